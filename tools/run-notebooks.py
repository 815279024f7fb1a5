#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs notebooks and compares what their cells print with what is stored: run-notebooks.py [--write] NOTEBOOK...

Each notebook runs from its own folder in a fresh kernel of the Python that runs this (Debian: python3-nbclient,
python3-ipykernel), with the package that PYTHONPATH names. Text is compared: what is printed, and the plain form of what
is shown. Not pictures, and no HTML: data frames write theirs differently in each version of pandas. --write stores the
text of this run, and nothing else of it: no counts, times or versions.
"""

import argparse
import asyncio
import difflib
import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbclient
import nbclient.exceptions
import nbformat

ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"}}


def text_of(output: Any) -> "tuple[str, str] | None":
    """(what it is, its text) of one output of a cell; None for a picture and what else has no text."""
    kind = output["output_type"]
    if kind == "stream":
        return output["name"], ADDRESS.sub("0x...", output["text"])
    if kind == "error":
        return "error", f"{output['ename']}: {output['evalue']}\n"
    data = output["data"]
    if "text/plain" not in data or any(name.startswith("image/") for name in data):
        return None
    return kind, ADDRESS.sub("0x...", data["text/plain"])


def texts_of(cell: Any) -> "list[tuple[str, str]]":
    """The texts of a cell; pieces of one stream, which the kernel cuts as it likes, are one."""
    joined: "list[tuple[str, str]]" = []
    for one in filter(None, map(text_of, cell["outputs"])):
        if joined and joined[-1][0] == one[0] and one[0] in ("stdout", "stderr"):
            joined[-1] = (one[0], joined[-1][1] + one[1])
        else:
            joined.append(one)
    return joined


def stored_form(kind: str, text: str) -> Any:
    """An output of a notebook that holds this text."""
    if kind in ("stdout", "stderr"):
        return nbformat.v4.new_output("stream", name=kind, text=text)
    if kind == "error":
        name, value = text.rstrip("\n").split(": ", 1)
        return nbformat.v4.new_output("error", ename=name, evalue=value, traceback=[])
    return nbformat.v4.new_output(kind, data={"text/plain": text})


def normalise(notebook: Any) -> None:
    """Leaves nothing in it that another machine or another run would write differently."""
    notebook["metadata"] = nbformat.from_dict(METADATA)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [stored_form(*one) for one in texts_of(cell)]
            cell["execution_count"] = None
        cell["metadata"] = nbformat.from_dict({"tags": cell["metadata"]["tags"]} if cell["metadata"].get("tags") else {})


def title(number: int, cell: Any) -> str:
    """What a message calls a cell; numbers count all cells from 1, as one sees them."""
    first = next((line for line in cell["source"].splitlines() if line.strip()), "")
    return f"cell {number} ({first.strip()[:60]})"


def differences(stored: Any, run: Any) -> "list[str]":
    """What the cells print otherwise than is stored, cell by cell."""
    said: "list[str]" = []
    for number, (old, new) in enumerate(zip(stored["cells"], run["cells"]), 1):
        if old["cell_type"] != "code":
            continue
        before, after = ([f"[{kind}] {line}" for kind, text in texts_of(cell) for line in text.splitlines()]
                         for cell in (old, new))
        lines = list(difflib.unified_diff(before, after, "stored", "printed", lineterm="", n=1))
        if lines:
            said += [f"{title(number, old)} does not print what is stored:", *("  " + line for line in lines)]
    return said


class Client(nbclient.NotebookClient):  # type: ignore[misc]
    """A client that remembers the cell where it is."""

    at = 0

    async def async_execute_cell(self, cell: Any, cell_index: int, **options: Any) -> Any:
        self.at = cell_index
        return await super().async_execute_cell(cell, cell_index, **options)


def kernel_of_this_python(folder: Path) -> None:
    """Makes "python3" the Python that runs this, without startup files of the user."""
    place = folder / "kernels" / "python3"
    place.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    if "PYTHONPATH" in os.environ:  # kernels run elsewhere
        os.environ["PYTHONPATH"] = os.pathsep.join(os.path.abspath(one) for one in os.environ["PYTHONPATH"].split(os.pathsep))
    os.environ.update(JUPYTER_PATH=str(folder), IPYTHONDIR=str(folder / "ipython"), PYTHONDONTWRITEBYTECODE="1",
                      PYDEVD_DISABLE_FILE_VALIDATION="1")


def run(notebook: Any, folder: Path, seconds: int) -> "str | None":
    """Runs all cells, and says where it stopped and why; None when it came to the end."""
    client = Client(notebook, timeout=seconds, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    try:
        asyncio.run(client.async_execute())
    except nbclient.exceptions.CellTimeoutError:
        reason = f"takes longer than {seconds} s"
    except nbclient.exceptions.DeadKernelError:
        reason = "ended the kernel"
    except nbclient.exceptions.CellExecutionError as error:
        trace = [COLOUR.sub("", line) for output in notebook["cells"][client.at]["outputs"]
                 if output["output_type"] == "error" for line in output["traceback"]]
        reason = "\n".join([f"raises {error.ename}: {error.evalue}", *trace])
    else:
        return None
    return f"{title(client.at + 1, notebook['cells'][client.at])} {reason}"


def problems_of(path: Path, seconds: int, write: bool) -> "list[str]":
    """Runs one notebook; gives back what is wrong with it, and stores what it printed when that is asked for."""
    stored = nbformat.read(path, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    before = set(os.listdir(path.parent))
    stopped = run(notebook, path.parent, seconds)
    if stopped is not None:
        return [stopped]
    left = sorted(set(os.listdir(path.parent)) - before)
    problems = [f"leaves files in its folder: {', '.join(left)}"] if left else []
    if write:
        normalise(notebook)
        nbformat.write(notebook, path)
        return problems
    problems += differences(stored, notebook)
    normalise(stored)
    if not problems and nbformat.writes(stored).rstrip("\n") != path.read_text(encoding="utf-8").rstrip("\n"):
        problems.append("is stored with counts, pictures or data of a machine: run with --write")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs notebooks and compares what they print with what is stored.")
    parser.add_argument("--write", action="store_true", help="store what they print")
    parser.add_argument("--timeout", type=int, default=120, metavar="SECONDS", help="of one cell (120)")
    parser.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        kernel_of_this_python(Path(folder))
        for path in options.notebooks:
            problems = problems_of(path.resolve(), options.timeout, options.write)
            print(f"{path.name}: {'stored' if options.write else 'as stored'}" if not problems else
                  "\n".join(f"{path.name}: {line}" for line in problems), flush=True)
            bad += bool(problems)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
