# SPDX-License-Identifier: Apache-2.0
"""Explanations, in both languages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=["18103", "18106", "18109", "18112"])


def test_both_languages(result: ntm.Attainment) -> None:
    why = result.explain("18106", "1.1")
    assert why.verdict is ntm.Verdict.NOT_MET
    assert str(why).startswith("1.1 chưa đạt")
    assert "1.799" in str(why) and "2.000" in str(why) and "89,95" in str(why)
    english = result.explain(1, "1.1", lang="en")
    assert "not met" in str(english) and "1,799" in str(english) and "89.95" in str(english)
    assert why.line("en") == str(english) and why.line() == str(why)
    assert len(why.tree().splitlines()) > 1 and why.tree("en") != why.tree("vi")
    with pytest.raises(ntm.ArgumentError):
        result.explain("18106", "1.1", lang="fr")  # type: ignore[arg-type]


def test_steps(result: ntm.Attainment) -> None:
    why = result.explain("18106", "1.1")
    assert why.steps[0].depth == 0 and why.steps[0].verdict is ntm.Verdict.NOT_MET
    assert all(step.depth >= 1 for step in why.steps[1:])
    quantities = [step for step in why.steps if step.verdict is None]
    assert any(step.least == step.most == Fraction(1799) for step in quantities)
    [lack] = why.gaps
    assert (lack.gap, lack.gap_unit, lack.compare) == (1, "household", ntm.Comparison.MORE_OR_EQUAL)
    assert any("S1" in step.citation.sources for step in why.steps)


def test_why_a_verdict_is_open(result: ntm.Attainment, law: ntm.CriteriaSet) -> None:
    why = result.explain("18109", "3.3")
    assert why.verdict is ntm.Verdict.OPEN
    assert ntm.Reason.NOT_REPORTED in {step.reason for step in why.steps}
    absent = ntm.evaluate({"income": [50.0]}, law, on="2020-02-25", region="DBSH").explain(0, "2.1")
    assert ntm.Reason.FIGURE_ABSENT in {step.reason for step in absent.steps}
    nobody = ntm.evaluate({"households": [0], "clean-water": [0]}, law, on="2020-02-25", region="BTB")
    assert ntm.Reason.ZERO_DIVISOR in {step.reason for step in nobody.explain(0, "1.1").steps}


def test_every_sort_of_verdict(result: ntm.Attainment) -> None:
    assert result.explain("18103").verdict is ntm.Verdict.MET
    assert result.explain("18106", criterion="1").verdict is ntm.Verdict.NOT_MET
    assert result.explain("18103", precondition="registered").verdict is ntm.Verdict.MET
    with pytest.raises(ntm.ArgumentError):
        result.explain("18103", "1.1", criterion="1")
    with pytest.raises(ntm.NotFoundError):
        result.explain("18103", "9.9")
    with pytest.raises(ntm.NotFoundError, match="did you mean '18109'"):
        result.explain("1810", "1.1")


def test_explanations_agree_with_verdicts(result: ntm.Attainment, law: ntm.CriteriaSet) -> None:
    for row in range(len(result)):
        assert result.explain(row).verdict == result.status[row]
        for criterion in law.criteria:
            assert result.explain(row, criterion=criterion.id).verdict == result.criterion(criterion.id)[row]
        for indicator in law.indicators:
            assert result.explain(row, indicator.id).verdict == result.indicator(indicator.id)[row]


def test_explaining_when_indicators_were_not_kept(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    result = ntm.evaluate(table, law, on="2020-02-25", keep="status")
    assert result.explain(1, "1.1").verdict is ntm.Verdict.NOT_MET


def test_repr(result: ntm.Attainment) -> None:
    assert repr(result.explain("18106", "1.1")).startswith("<ntm.Explanation, not_met: 1.1 chưa đạt")


def test_in_a_notebook(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    result = ntm.evaluate(table, law, on="2020-02-25", unit=["a<b>", "b", "c", "d"])
    for explanation in (result.explain("a<b>"), result.explain("b", "1.1", lang="en")):
        html = explanation._repr_html_()
        assert html.count("<div style=\"margin-left") == len(explanation.steps) and "<b>" not in html.replace('<b style', "")
    assert "✗" in result.explain("b", "1.1")._repr_html_() and "1,799 household" in html
    assert "thiếu 1 hộ" in result.explain("b", "1.1")._repr_html_()


def test_a_figure_that_nobody_read_is_named_once_in_the_tree() -> None:
    law = ntm.catalogue()["commune-ntm-2016-2020"]
    data = {"commune-roads": [10], "commune-roads-paved": [10]}
    why = ntm.evaluate(data, law, on="2020-02-25", region="BTB").explain(0, "2.1")
    for lang, told in (("vi", "? — chưa đọc được ở nguồn nào"), ("en", "? — it was not read in any source")):
        (line,) = [line for line in why.tree(lang).splitlines() if "commune-roads-share" in line]  # type: ignore[arg-type]
        assert told in line and line.count("commune-roads-share") == 1
    assert "no threshold commune-roads-share" in why.line("en")  # alone, it has to be named
