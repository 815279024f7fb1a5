# SPDX-License-Identifier: Apache-2.0
"""The examples in docstrings, and the package as a whole."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ntm

# Optional: imported when used, so that neither ``import ntm`` nor any module of it needs them.
OPTIONAL = ["numpy", "pandas", "polars", "pyarrow", "duckdb", "openpyxl", "matplotlib", "tqdm"]
# Made by SWIG.
PRIVATE = {"ntm.core", "ntm._core"}


def names_of_modules() -> list[str]:
    """All modules of the package, subpackages too, without those that SWIG makes."""
    found = [one.name for one in pkgutil.walk_packages(ntm.__path__, "ntm.")]
    return ["ntm", *sorted(name for name in found if name not in PRIVATE)]


MODULES = names_of_modules()


def test_all_modules_are_found() -> None:
    folder = Path(ntm.__file__).parent
    files = [path.relative_to(folder.parent).with_suffix("") for path in folder.rglob("*.py")]
    names = {".".join(path.parts).removesuffix(".__init__") for path in files} - PRIVATE
    assert names == set(MODULES)
    assert len(names) > 60


def test_no_module_needs_an_optional_package() -> None:
    code = f"import importlib, sys; sys.modules.update(dict.fromkeys({OPTIONAL!r})); "
    code += f"[importlib.import_module(name) for name in {MODULES!r}]; import ntm; print(ntm.parse_money('1 tỷ đồng'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1000000000\n"


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, extraglobs={"ntm": ntm}, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    tests = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in tests) >= 15


def test_every_class_has_a_repr_of_its_own() -> None:
    for name in ntm.__all__:
        thing = getattr(ntm, name)
        if inspect.isclass(thing):
            assert thing.__repr__ is not object.__repr__, f"ntm.{name} shows nothing of itself"


def test_the_minute_in_the_readme() -> None:
    np = pytest.importorskip("numpy")
    readme = next((folder / "README.md" for folder in Path(__file__).parents if (folder / "README.md").exists()), None)
    if readme is None:
        pytest.skip("the tests were copied away from README.md")
    code = readme.read_text(encoding="utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    names: dict[str, Any] = {}
    exec(compile(code, str(readme), "exec"), names)
    result = names["result"]
    assert result.indicator("15.1").tolist() == [2, 1]
    assert "array([2, 1], dtype=int8)" in code
    said = code.split("result.criteria_met", 1)[1].split("# ", 1)[1].split("\n", 1)[0]
    assert said == repr(result.criteria_met)
    assert np.array_equal(result.status, [2, 0])


def test_version() -> None:
    assert ntm.__version__.count(".") == 2


def test_importing_asks_for_no_package() -> None:
    """`import ntm` alone imports NumPy no more than pandas or matplotlib, and what draws or writes only when asked."""
    code = (
        "import sys, ntm\n"
        "heavy = {'numpy', 'pandas', 'polars', 'pyarrow', 'duckdb', 'matplotlib', 'openpyxl', 'tqdm'}\n"
        "assert not heavy & {name.partition('.')[0] for name in sys.modules}\n"
        "assert not {'ntm.plots', 'ntm.excel', 'ntm.page'} & set(sys.modules)\n"
        "assert callable(ntm.report) and callable(ntm.excel.read_template) and callable(ntm.plots.heat_map)\n"
        "assert {'report', 'excel', 'plots'} <= set(dir(ntm))\n"
        "try:\n"
        "    ntm.repot\n"
        "except AttributeError as error:\n"
        "    assert 'repot' in str(error)\n"
        "else:\n"
        "    raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_analysts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/python.md, line by line."""
    pytest.importorskip("pandas"), pytest.importorskip("openpyxl")
    root = next((one for one in Path(__file__).resolve().parents if (one / "docs" / "python.md").exists()), None)
    if root is None:
        pytest.skip("the tests were copied away from docs/python.md")
    monkeypatch.chdir(root)
    outcome = doctest.testfile(str(root / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 15 and outcome.failed == 0
