# SPDX-License-Identifier: Apache-2.0
"""Values, scope, recognition, figures of other sets, and two laws over one table."""

from __future__ import annotations

import datetime
from fractions import Fraction

import numpy as np
import pytest

import ntm

HEAD = """\
format: ntm-set/1
id: {id}
title: {{vi: Bộ tiêu chí thử, en: A set to test with}}
programme: test
level: {level}
tier: standard
place: VN
instrument: {{number: 1/TEST, issuer: Nobody, in_force: {{from: {first}}}, source: [S1]}}
sources: {{S1: {{where: nowhere, what: made up for tests}}}}
"""

PRODUCT = HEAD.format(id="product", level="product", first="2019-08-21") + """\
validity: {months: 36, source: [S1]}
revocation_by: other-product
recognition:
  - {by: {vi: UBND cấp tỉnh, en: Province}, classes: [low], to: 2022-10-30, source: [S1]}
  - {by: {vi: UBND cấp huyện, en: District}, classes: [low], from: 2022-10-31, source: [S1]}
facts:
  taste: {kind: level, levels: ["0", "1", "3"]}
  smell: {kind: level, levels: ["0", "1", "3"]}
values:
  - {id: total, name: {vi: Tổng điểm, en: Total}, unit: point, most: 6, of: {sum: [{value: taste}, {value: smell}]}}
  - {id: taste, unit: point, of: {points: [{when: {at_level: ["1", taste]}, give: 1}, {when: {at_level: ["3", taste]}, give: 3}]}}
  - {id: smell, unit: point, of: {points: [{when: {at_level: ["1", smell]}, give: 1}, {when: {at_level: ["3", smell]}, give: 3}]}}
  - {id: third, unit: point, of: {ratio: [{value: total}, {constant: 3}]}}
  - {id: unread, unit: point}
grade:
  of: {value: third}
  bands: [{class: low, range: "(..., 1.3)"}, {class: high, range: "[1.3, ...)"}]
"""

BEFORE = HEAD.format(id="before", level="commune", first="2016-12-01") + """\
facts:
  population: {kind: count, unit: person}
  insured: {kind: count, unit: person}
  market: {kind: flag}
criteria:
  - {id: "15", source: [S1], indicators: [{id: "15.1", rule: [{ratio: [insured, population]}, ">=", {constant: 85, unit: "%"}], source: [S1]}]}
  - {id: "7", source: [S1], indicators: [{id: "7", rule: {attested: market}, source: [S1]}]}
"""

AFTER = HEAD.format(id="after", level="commune", first="2021-01-01") + """\
follows: {set: before, note: the pairing is ours, criteria: {"15": "15"}, indicators: {"15.1": "15.1"}}
axes:
  region: {values: [BTB, DBSH, TDMNPB]}
facts:
  population: {kind: count, unit: person}
  insured: {kind: count, unit: person}
  hard: {kind: flag}
figures:
  insured-least: {unit: "%", axes: [region], source: [S1], values: {BTB: 90, DBSH: 95, TDMNPB: 80}}
scope:
  - {axis: region, use: TDMNPB, when: {attested: hard}, source: [S1]}
criteria:
  - {id: "15", source: [S1], indicators: [{id: "15.1", rule: [{ratio: [insured, population]}, ">=", {figure: insured-least}], source: [S1]}]}
  - {id: "8", source: [S1], indicators: [{id: "8.1"}]}
"""


def read(text: str) -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(text)


def test_what_a_set_says_of_its_practice() -> None:
    law = read(PRODUCT)
    assert [value.id for value in law.values] == ["total", "taste", "smell", "third", "unread"]
    assert (law.values[0].unit, law.values[0].most, law.values[0].least) == ("point", 6, None)
    assert not law.values[4].has_rule
    assert law.validity_months == 36 and law.validity_citation.sources == ("S1",)
    assert law.revocation_by == "other-product"
    assert law.recognisers[1].by.en == "District"
    assert law.recognisers[1].first_day == datetime.date(2022, 10, 31)
    after = read(AFTER)
    assert (after.follows, after.follows_note) == ("before", "the pairing is ours")
    assert after.counterparts == (ntm.Counterpart("15", "15", True), ntm.Counterpart("15.1", "15.1", False))
    assert (after.scopes[0].axis, after.scopes[0].use) == ("region", "TDMNPB")
    for one in (law, after):
        assert read(one.to_yaml()) == one


def test_values_are_exact() -> None:
    law = read(PRODUCT)
    data = {"taste": ["3", "3", None, "0"], "smell": ["1", "3", "1", None]}
    result = ntm.evaluate(data, law, on="2020-01-01", values=True)
    total = result.value("total")
    assert total[0] == (4, 4) and total[2] == (1, 4) and total[3] == (0, 3)
    assert result.value("third")[0] == (Fraction(4, 3), Fraction(4, 3))
    assert result.value("unread")[0] == (None, None)
    assert result.score is not None and result.score[1] == (2, 2)
    assert total.known.tolist() == [True, True, False, False]
    np.testing.assert_array_equal(total.least, [4, 6, 1, 0])
    assert np.isnan(result.value("unread").most).all()
    assert (len(total), total.unit) == (4, "point")
    assert not total.fractions.flags.writeable
    grade = result.grade
    assert grade is not None
    assert grade.least.tolist() == [2, 2, 1, 1] and grade.most.tolist() == [2, 2, 2, 1]
    with pytest.raises(ntm.NotFoundError, match="total"):
        result.value("totl")
    with pytest.raises(ntm.ArgumentError, match="not kept"):
        ntm.evaluate(data, law, on="2020-01-01").value("total")


def test_another_column_holds() -> None:
    data = {"population": [100] * 4, "insured": [80, 80, 94, 95], "hard": [True, False, None, None]}
    result = ntm.evaluate(data, read(AFTER), on="2022-01-01", region="DBSH")
    assert result.indicator("15.1").tolist() == [1, 2, 0, 1]
    why = result.explain(2, "15.1", lang="en")
    assert any(step.reason is ntm.Reason.SCOPE_OPEN for step in why.steps)
    assert "region=TDMNPB / region=DBSH" in str(why)


def test_figures_of_another_set() -> None:
    other = read(AFTER)
    model = read(
        HEAD.format(id="model", level="commune", first="2021-01-01")
        + """\
axes:
  region: {values: [BTB, DBSH]}
facts:
  share: {kind: share, unit: "%"}
criteria:
  - id: "1"
    source: [S1]
    rule: [share, ">=", {product: [{constant: 1.1}, {figure_of: insured-least, set: after, unit: "%"}]}]
"""
    )
    data = {"region": ["BTB", "BTB", "DBSH"], "share": [99.0, 98.9, 100.0]}
    assert ntm.evaluate(data, model, on="2022-01-01", others=[other]).criterion("1").tolist() == [1, 2, 2]
    with_column = {**data, "figure:after:insured-least": [50.0, 90.0, 90.0]}
    assert ntm.evaluate(with_column, model, on="2022-01-01").criterion("1").tolist() == [1, 2, 1]
    with pytest.raises(ntm.NotFoundError, match="no such shipped set"):
        ntm.evaluate(data, model, on="2022-01-01", others=["after"])


def test_two_laws() -> None:
    data = {
        "population": [2000, 2000, 2000, 2000],
        "insured": [1699, 1700, 1799, 1800],
        "market": [True] * 4,
        "hard": [False] * 4,
        "region": ["BTB"] * 4,
    }
    days = {"on_before": "2020-06-01", "on_after": "2022-06-01"}
    both = ntm.compare_laws(data, read(BEFORE), read(AFTER), unit=["a", "b", "c", "d"], **days)
    assert both.lost(criterion="15") == [1, 2] and both.gained(criterion="15") == []
    assert both.lost() == [1, 2]
    moves = both.moves(indicator="15.1")
    assert moves[ntm.Verdict.MET, ntm.Verdict.MET] == 1 and sum(moves.values()) == 4
    review = {(pair.kind, pair.before, pair.after) for pair in both.for_review}
    criterion = ntm.PairKind.CRITERION
    assert (criterion, "7", None) in review and (criterion, None, "8") in review
    assert both.units == ["a", "b", "c", "d"]
    assert "before -> after" in repr(both)
    with pytest.raises(ntm.NotFoundError):
        both.lost(criterion="99")
    own = ntm.compare_laws(data, read(BEFORE), read(AFTER), pairs=[ntm.Counterpart("8", "7", True)], **days)
    assert own.pair(criterion="8").before == "7" and own.pair(criterion="15").before is None
    with pytest.raises(ntm.NotFoundError, match="follow"):
        ntm.compare_laws(data, read(AFTER), read(BEFORE), on_before="2022-06-01", on_after="2022-06-01")
    with pytest.raises(ntm.NotFoundError, match="insured"):
        ntm.compare_laws({**data, "insurde": [1] * 4}, read(BEFORE), read(AFTER), **days)
    with pytest.raises(ntm.NotFoundError, match="axis"):
        ntm.compare_laws(data, read(BEFORE), read(AFTER), districts="BTB", **days)
