# SPDX-License-Identifier: Apache-2.0
"""tools/run-notebooks.py refuses what it has to refuse."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

nbformat: Any = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")

TOOL = Path(__file__).resolve().parents[2] / "tools" / "run-notebooks.py"


def written(folder: Path, *cells: str, outputs: "tuple[Any, ...]" = ()) -> Path:
    """A notebook of code cells; the outputs are those of the last."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    for number, cell in enumerate(made["cells"]):
        cell["id"] = f"c{number}"
    made["cells"][-1]["outputs"] = list(outputs)
    path = folder / "small.ipynb"
    nbformat.write(made, path)
    return path


def ran(path: Path, *options: str) -> "tuple[int, str]":
    """(status, what it printed) of the tool."""
    done = subprocess.run([sys.executable, str(TOOL), *options, str(path)], capture_output=True, text=True,
                          encoding="utf-8", timeout=90, check=False)
    return done.returncode, done.stdout + done.stderr


def printed(text: str) -> Any:
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def test_what_is_stored_is_printed_again(tmp_path: Path) -> None:
    path = written(tmp_path, "import sys", "print('một'); sys.stdout.flush(); print('hai'); object")
    assert ran(path)[0] == 1
    assert ran(path, "--write") == (0, "small.ipynb: stored\n")
    text = path.read_text(encoding="utf-8")
    assert "một\\n" in text and '"hai\\n"' in text and '"object"' in text
    assert '"execution_count": null' in text and '"execution_count": 1' not in text and '"version"' not in text
    assert ran(path) == (0, "small.ipynb: as stored\n")
    ran(path, "--write")
    assert path.read_text(encoding="utf-8") == text


def test_another_output_is_refused_with_its_cell(tmp_path: Path) -> None:
    status, said = ran(written(tmp_path, "x = 1", "print('hai')", outputs=(printed("ba\n"),)))
    assert status == 1
    assert "cell 2 (print('hai')) does not print what is stored" in said
    assert "-[stdout] ba" in said and "+[stdout] hai" in said


def test_an_output_that_is_gone_is_refused(tmp_path: Path) -> None:
    status, said = ran(written(tmp_path, "x = 1", outputs=(printed("ba\n"),)))
    assert (status, "-[stdout] ba" in said) == (1, True)


def test_an_exception_is_told_with_its_cell(tmp_path: Path) -> None:
    status, said = ran(written(tmp_path, "x = 1", "\ndef f():\n    return 1 / 0\n", "f()"))
    assert status == 1
    assert "cell 3 (f()) raises ZeroDivisionError: division by zero" in said
    assert "return 1 / 0" in said and "\x1b" not in said


def test_a_cell_has_only_so_much_time(tmp_path: Path) -> None:
    status, said = ran(written(tmp_path, "import time", "time.sleep(30)"), "--timeout", "2")
    assert (status, "cell 2 (time.sleep(30)) takes longer than 2 s" in said) == (1, True)


def test_pictures_are_neither_stored_nor_compared(tmp_path: Path) -> None:
    show = "from IPython.display import display\n" \
           "display({'image/png': 'aGVsbG8=', 'text/plain': '<Figure>'}, raw=True)\nprint('ba')"
    path = written(tmp_path, show, outputs=(printed("ba\n"),))
    assert ran(path, "--write")[0] == 0
    assert nbformat.read(path, 4)["cells"][0]["outputs"] == [printed("ba\n")]
    assert ran(path)[0] == 0


def test_what_a_machine_left_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "print('ba')")
    assert ran(path, "--write")[0] == 0
    made = nbformat.read(path, 4)
    made["cells"][0]["execution_count"] = 7
    nbformat.write(made, path)
    status, said = ran(path)
    assert (status, "run with --write" in said) == (1, True)


def test_files_left_behind_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "open('left.txt', 'w').close()")
    status, said = ran(path)
    assert (status, "leaves files in its folder: left.txt" in said) == (1, True)
