#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the notebooks of examples/notebooks, each in a fresh kernel, and compares what their cells print with what is
stored.

Pictures and HTML are neither compared nor stored: they differ between versions of other packages, and make the
repository large. With --write what was printed is stored instead, as Jupyter writes a file, without execution counts.

    PYTHONPATH=build/bindings/python tools/run-notebooks.py [--write] [NOTEBOOK ...]
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import sys
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).resolve().parent.parent / "examples" / "notebooks"
SECONDS = 600


def told(outputs: list[Any]) -> list[Any]:
    """The outputs of a cell that count: printed text, joined, and the text of the last line."""
    made: list[Any] = []
    for output in outputs:
        if output.output_type == "stream":
            if made and made[-1].output_type == "stream" and made[-1].name == output.name:
                made[-1]["text"] += output["text"]
                continue
            made.append(output)
        elif output.output_type == "error":
            made.append(output)
        elif not any(kind.startswith("image/") for kind in output["data"]) and "text/plain" in output["data"]:
            output["data"], output["metadata"] = {"text/plain": output["data"]["text/plain"]}, {}
            if output.output_type == "execute_result":
                output["execution_count"] = None
            made.append(output)
    return made


def text_of(cell: Any) -> str:
    """What a cell shows, as text."""
    parts = []
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            parts.append(f"{output['ename']}: {output['evalue']}")
        else:
            parts.append(output["text"] if output.output_type == "stream" else output["data"]["text/plain"])
    return "".join(part if part.endswith("\n") else part + "\n" for part in parts)


def run(path: Path) -> tuple[Any, list[str]]:
    """The notebook as it ran, and what every cell was stored to show.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    from nbclient.client import NotebookClient

    nbformat: Any = importlib.import_module("nbformat")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell["outputs"] = told(cell["outputs"])
    stored = [text_of(cell) for cell in notebook.cells]
    folder = {"metadata": {"path": str(path.parent)}}
    client: Any = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=folder)
    kernels = client.create_kernel_manager()
    kernels.kernel_spec.argv[0] = sys.executable  # this Python, whichever the installed kernel is of
    client.execute(cleanup_kc=True)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell["execution_count"], cell["metadata"], cell["outputs"] = None, {}, told(cell["outputs"])
    return notebook, stored


def differences(path: Path, notebook: Any, stored: list[str]) -> list[str]:
    """Where what was shown is not what is stored, as lines of a diff."""
    found: list[str] = []
    for place, (cell, before) in enumerate(zip(notebook.cells, stored)):
        now = text_of(cell)
        if now != before:
            names = f"{path.name} cell {place}, stored", f"{path.name} cell {place}, now"
            found += difflib.unified_diff(before.splitlines(), now.splitlines(), *names, lineterm="")
    return found


def one(path: Path, write: bool) -> bool:
    """Runs one notebook; whether all is well."""
    from nbclient.exceptions import CellExecutionError

    try:
        notebook, stored = run(path)
    except CellExecutionError as error:
        print(f"{path.name}: a cell failed\n{error}", file=sys.stderr)
        return False
    if write:
        nbformat: Any = importlib.import_module("nbformat")
        path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8")
        print(f"{path.name}: stored")
        return True
    found = differences(path, notebook, stored)
    print("\n".join(found) if found else f"{path.name}: {sum(map(bool, stored))} cells show what is stored")
    return not found


def main() -> int:
    """1 when a notebook fails or shows something else."""
    parser = argparse.ArgumentParser(description="Runs the notebooks and compares what their cells print.")
    parser.add_argument("--write", action="store_true", help="store what the cells print")
    parser.add_argument("notebooks", nargs="*", type=Path, help="notebooks; none: all of examples/notebooks")
    options = parser.parse_args()
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # its warning is about debugging
    folders = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    os.environ["PYTHONPATH"] = os.pathsep.join(os.path.abspath(folder) for folder in folders)  # kernels run elsewhere
    chosen = options.notebooks or sorted(NOTEBOOKS.glob("*.ipynb"))
    if not chosen:
        print(f"no notebook in {NOTEBOOKS}", file=sys.stderr)
        return 1
    return 0 if all([one(path.resolve(), options.write) for path in chosen]) else 1


if __name__ == "__main__":
    sys.exit(main())
