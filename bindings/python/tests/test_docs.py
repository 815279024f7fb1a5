# SPDX-License-Identifier: Apache-2.0
"""The examples in docstrings, and the package as a whole."""

from __future__ import annotations

import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ntm

MODULES = [
    "ntm", "ntm.acts", "ntm.apportionments", "ntm.attainment", "ntm.attainment_rows", "ntm.balances", "ntm.batches", "ntm.cascades", "ntm.catalogues", "ntm.classifications", "ntm.climbs", "ntm.columns", "ntm.comparisons", "ntm.group_counts", "ntm.laws", "ntm.criteria", "ntm.cubes", "ntm.days", "ntm.deciding",
    "ntm.errors", "ntm.excel.cells", "ntm.excel.header", "ntm.excel.names", "ntm.excel.places", "ntm.excel.styles", "ntm.explanation", "ntm.explanation_html", "ntm.exports", "ntm.fact_tables", "ntm.file_errors", "ntm.findings", "ntm.flips", "ntm.frames", "ntm.gaps", "ntm.groups", "ntm.handles", "ntm.htmls", "ntm.household_moves",
    "ntm.ledgers", "ntm.measures", "ntm.long_tables", "ntm.needs", "ntm.number", "ntm.observations", "ntm.overlays", "ntm.page", "ntm.page.amounts", "ntm.page.assets", "ntm.page.explanations", "ntm.page.markup", "ntm.page.words",
    "ntm.panels", "ntm.parts", "ntm.plots", "ntm.plots.counts", "ntm.plots.style", "ntm.plots.words", "ntm.periods", "ntm.poverty", "ntm.progress", "ntm.proofs", "ntm.questions", "ntm.rates",
    "ntm.recognition", "ntm.results", "ntm.rollups", "ntm.row_slices", "ntm.slow_money", "ntm.successor",
    "ntm.tables", "ntm.tasks", "ntm.top_ups", "ntm.trajectories", "ntm.units", "ntm.what_ifs",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(name)
    outcome = doctest.testmod(module, extraglobs={"ntm": ntm}, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert outcome.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    tests = [test for name in MODULES for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in tests) >= 15


def test_all_is_there_and_documented() -> None:
    assert sorted(ntm.__all__) == list(ntm.__all__)
    for name in ntm.__all__:
        thing = getattr(ntm, name)
        assert inspect.getdoc(thing), f"{name} has no docstring"
        if inspect.isclass(thing) and thing.__module__.startswith("ntm") and not issubclass(thing, (tuple, BaseException)):
            for inner, member in vars(thing).items():
                if not inner.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
                    assert inspect.getdoc(member), f"{name}.{inner} has no docstring"


def test_every_class_has_a_repr_of_its_own() -> None:
    for name in ntm.__all__:
        thing = getattr(ntm, name)
        if inspect.isclass(thing):
            assert thing.__repr__ is not object.__repr__, f"ntm.{name} shows nothing of itself"


def test_numpy_is_not_needed_to_import() -> None:
    code = "import sys; sys.modules['numpy'] = None; import ntm; print(ntm.parse_money('1 tỷ đồng'), len(ntm.catalogue()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1000000000 ")


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
