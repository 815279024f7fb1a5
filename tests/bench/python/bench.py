#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The benchmark of the Python package: bench.py [--work P1|P2] [--rows N] [--rounds N] [--build DIR] [--here]

P1: one call on a small table. P2: many rows, next to polars and DuckDB. One line of JSON a measurement.

Polars, DuckDB, pyarrow and pandas come from PyPI into BUILD/bench-venv. Where they are out of reach, the reason is printed and
what can be measured without them is measured. --here takes this interpreter as it is.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

PEERS = ("numpy", "pandas", "polars", "pyarrow", "duckdb")


def environment(build: Path) -> "Path | None":
    """The interpreter of the virtual environment with the peers, made when it is not there; None: out of reach."""
    folder = build / "bench-venv"
    ready = folder / "ready"
    if ready.exists():
        return folder / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True, text=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--only-binary", ":all:", "--retries", "1", "--timeout", "20"]
        subprocess.run([*pip, *PEERS], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", None) or getattr(error, "stdout", None) or str(error)).strip().splitlines()
        reason = next((line for line in said if "ERROR" in line), said[-1] if said else "no reason given")
        print(f"bench: no {', '.join(PEERS)} of PyPI: {reason}", file=sys.stderr)
        return None
    ready.touch()
    return folder / "bin" / "python"


def main() -> int:
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", choices=("P1", "P2"))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--here", action="store_true")
    asked = parser.parse_args()
    asked.build = asked.build.resolve()
    if asked.rows < 1 or asked.rounds < 1:
        parser.error("at least one row and one round")
    if not asked.here:
        python = environment(asked.build) or Path(sys.executable)
        path = os.pathsep.join(filter(None, [str(asked.build / "bindings" / "python"), os.environ.get("PYTHONPATH")]))
        command = [str(python), "-B", __file__, *sys.argv[1:], "--here"]
        return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False).returncode
    import calls
    import rows

    if asked.work in (None, "P1"):
        calls.measure(asked.rounds)
    if asked.work in (None, "P2"):
        rows.measure(asked.rows, asked.rounds, asked.build / "bench-data")
    return 0


if __name__ == "__main__":
    sys.exit(main())
