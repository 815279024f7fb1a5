#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs an example and compares what it prints with what is stored: stored-output.py EXPECTED PROGRAM ARGUMENT..."""

import difflib
import subprocess
import sys
from pathlib import Path


def main(expected: str, *command: str) -> int:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    stored = Path(expected).read_text(encoding="utf-8")
    difference = list(difflib.unified_diff(stored.splitlines(), done.stdout.splitlines(), expected, "printed", lineterm=""))
    print("\n".join(difference) or f"{len(stored.splitlines())} lines as stored")
    sys.stderr.write(done.stderr)
    if done.returncode != 0:
        print(f"status {done.returncode}", file=sys.stderr)
    return 1 if difference or done.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
