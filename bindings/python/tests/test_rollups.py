# SPDX-License-Identifier: Apache-2.0
"""Facts rolled up across mergers, up the tree and over time."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

HEAD = """\
format: ntm-set/1
id: rolled
title: {vi: Thử}
programme: test
level: commune
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
dimensions: {sex: [female, male]}
facts:
  people: {kind: count, unit: person, merge: sum, over_time: stock}
  born: {kind: count, unit: person, merge: sum, over_time: flow}
  road: {kind: amount, unit: km, least: 0, merge: sum}
  rate: {kind: share, unit: "%", merge: ratio, merge_parts: [born, people]}
  income: {kind: money, unit: VND, merge: weighted, merge_weight: people}
  plan: {kind: flag, merge: all}
  rating: {kind: level, levels: [thấp, vừa, cao], merge: min}
  last: {kind: date, merge: max}
  trained: {kind: count, unit: person, by: sex, merge: sum}
criteria:
  - id: "1"
    source: [S]
    indicators: [{id: "1.1", rule: [people, ">=", {constant: 12000, unit: person}], source: [S]}]
"""


@pytest.fixture(scope="module")
def law() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(HEAD)


def point(value: object) -> ntm.Range:
    return ntm.Range(Fraction(value), Fraction(value))  # type: ignore[arg-type]


def test_two_communes(law: ntm.CriteriaSet) -> None:
    rolled = ntm.Rollup([(0, 0), (1, 0)]).apply({"people": [5000, 7000]}, law)
    assert rolled.range("people", 0) == point(12000)
    assert rolled.parts("people", 0) == (2, 2, 0, 0, 0)
    assert rolled.columns == ("people",) and len(rolled) == 1
    assert ntm.evaluate(rolled.table(), law, on="2020-02-25").status.tolist() == [ntm.Verdict.MET]


def test_every_kind(law: ntm.CriteriaSet) -> None:
    data = {
        "people": [3, 1, 5],
        "road": [Decimal("1.25"), Decimal("0.5"), None],
        "income": [10, 20, 7],
        "plan": [True, None, False],
        "rating": ["cao", "vừa", None],
        "last": [datetime.date(2020, 1, 1), datetime.date(2020, 2, 25), datetime.date(2019, 1, 1)],
        "trained[female]": [1, 2, 3],
        "born": ntm.Column([1, 0, 5], not_applicable=[False, False, True]),
        "rate": [None, None, None],
    }
    rolled = ntm.Rollup([(0, 0), (1, 0), (2, 1)]).apply(data, law.facts)
    assert rolled.range("road", 0) == point("1.75") and rolled.range("road", 1) == ntm.Range(Fraction(0), None)
    assert rolled.range("income", 0) == point("12.5")
    assert rolled.range("plan", 0) == (0, 1)
    assert rolled.range("born", 1) is None
    assert rolled.range("rate", 0) == point(25)
    table = rolled.table()
    assert table["rating"].values.tolist() == ["vừa", None]
    assert table["last"].values.tolist() == [datetime.date(2020, 2, 25), datetime.date(2019, 1, 1)]
    assert table["born"].not_applicable.tolist() == [False, True]
    assert table["trained[female]"].values.tolist() == [3, 3]
    assert not any(name.endswith(":least") for name in table)
    again = ntm.Rollup([(0, 0), (1, 0)]).apply(rolled.table(bounds=True), law)
    assert again.range("people", 0) == point(9) and again.range("plan", 0) == point(0)
    assert again.range("road", 0) == ntm.Range(Fraction(7, 4), None)


def test_divided(law: ntm.CriteriaSet) -> None:
    for weights in ([1, 1, 1], [0.1, 0.1, 0.1], [Decimal("0.50")] * 3):
        parts = [ntm.RollupPart(0, target, weight) for target, weight in enumerate(weights)]
        rolled = ntm.Rollup(parts).apply({"people": [10]}, law)
        assert [rolled.range("people", row) for row in range(3)] == [point(4), point(3), point(3)]
    columns = {"source": np.array([0, 0]), "target": np.array([0, 1]), "weight": np.array([1, 4])}
    assert ntm.Rollup(columns).apply({"people": [10]}, law).range("people", 1) == point(8)
    rolled = ntm.Rollup([(0, 0, None, True)], to_rows=2).apply({"people": [10]}, law)
    assert rolled.range("people", 0) == (0, 10) and rolled.range("people", 1) == ntm.Range(Fraction(0), None)
    assert rolled.parts("people", 0).divided == 1
    assert rolled.columns == ("people", "people:least", "people:most")


def test_over_time_and_up(law: ntm.CriteriaSet) -> None:
    year = ntm.Rollup.over_periods(2, [0, 0, 0])
    data = {"people": [1, 2, 3, 4, 5, None], "born": [1, 2, 3, 4, 5, None]}
    rolled = year.apply(data, law)
    assert [rolled.range("born", row) for row in range(2)] == [point(9), ntm.Range(Fraction(6), None)]
    assert [rolled.range("people", row) for row in range(2)] == [point(5), ntm.Range(Fraction(0), None)]
    both = year.then(ntm.Rollup([(0, 0), (1, 0)]))
    assert (both.from_rows, both.to_rows) == (6, 1) and "6 rows to 1" in repr(both)
    assert both.apply(data, law).range("born", 0) == ntm.Range(Fraction(15), None)
    with pytest.raises(ntm.SchemaError, match="over time"):
        year.apply({"road": [1] * 6}, law)


def test_pandas(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"people": [3, 1, 5], "road": [1.25, 0.5, float("nan")], "rating": ["cao", "cao", "thấp"]})
    frame["plan"] = [True, True, False]
    frame["last"] = pandas.to_datetime(["2020-01-01", "2020-01-02", "2020-01-03"])
    made = ntm.Rollup([(0, 0), (1, 0), (2, 1)]).apply(frame, law, nan="not reported").to_pandas().set_axis(["A", "B"])
    assert made.loc["A", "people"] == 4 and made.loc["A", "road"] == Decimal("1.75")
    assert made.loc["B", "road"] is None
    assert made["rating"].tolist() == ["cao", "thấp"] and made["rating"].dtype.ordered
    assert made["plan"].tolist() == [True, False]
    assert made.loc["A", "last"] == pandas.Timestamp("2020-01-02")


def test_refused(law: ntm.CriteriaSet) -> None:
    rollup = ntm.Rollup([(0, 0), (1, 0)])
    with pytest.raises(ntm.NotFoundError, match="people"):
        rollup.apply({"peple": [1, 2]}, law)
    assert rollup.apply({"key": ["a", "b"], "people": [1, 2]}, law, unknown="ignore").columns == ("people",)
    with pytest.raises(ntm.BadValueError) as bad:
        rollup.apply({"people": [1, -2]}, law)
    assert bad.value.row == 1
    with pytest.raises(ntm.ShapeError):
        rollup.apply({"people": [1, 2, 3]}, law)
    with pytest.raises(ntm.ArgumentError):
        ntm.Rollup([(0, 5)], to_rows=5)
    with pytest.raises(ntm.BadValueError):
        ntm.Rollup([(0, 0, -1), (0, 1, 2)])
    with pytest.raises(ntm.ShapeError):
        ntm.Rollup([(0, 0), (1, 1)]).then(ntm.Rollup([(4, 0)], from_rows=7))
    with pytest.raises(ntm.NotFoundError):
        ntm.Rollup({"from": [0], "target": [0]})
    with pytest.raises(TypeError):
        ntm.Rollup([(0.5, 0)])
    with pytest.raises(TypeError):
        ntm.Rollup([(0, 0, "x"), (0, 1, "y")])
    with pytest.raises(TypeError):
        rollup.apply({"people": [1, 2]}, ["people"])  # type: ignore[list-item]
    rolled = rollup.apply({"people": [1, 2]}, law)
    with pytest.raises(IndexError):
        rolled.range("people", 1)
    with pytest.raises(ntm.NotFoundError):
        rolled.range("road", 0)
    with pytest.raises(ntm.NotFoundError):
        rolled.column("road")


def test_results_go_into_evaluation_as_they_are() -> None:
    law = ntm.CriteriaSet.read(
        "format: ntm-set/1\nid: s\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\n"
        "sources: {S1: {where: here}}\ninstrument: {in_force: {from: 2010-01-01}, source: [S1]}\n"
        "facts: {plan: {kind: flag, merge: all}, rating: {kind: level, levels: [low, mid, high], merge: max},\n"
        "  day: {kind: date, merge: max}, income: {kind: money, unit: VND, merge: weighted, merge_weight: people},\n"
        "  people: {kind: count, unit: person, merge: sum}}\ncriteria:\n"
        '  - {id: "1", rule: {attested: plan}, source: [S1]}\n'
        '  - {id: "2", rule: {at_level: [mid, rating]}, source: [S1]}\n'
        '  - {id: "3", rule: [income, ">", {constant: 7, unit: VND}], source: [S1]}\n'
        '  - {id: "4", rule: [day, ">=", {constant: 18262, unit: date}], source: [S1]}\n'
    )
    facts: dict[str, Any] = {
        "plan": [True, None],
        "rating": ["mid", None],
        "day": np.array(["2020-01-01", "NaT"], "M8[D]"),
        "income": [7, 20],
        "people": [1000, 3],
    }
    merged = ntm.Rollup([(0, 0), (1, 0)]).apply(facts, law)
    result = ntm.evaluate(merged.table(bounds=True), law, on="2020-02-25")
    assert [result.criterion(id).tolist() for id in "1234"] == [[0], [1], [1], [1]]


def test_as_a_mapping(law: ntm.CriteriaSet) -> None:
    people = next(fact for fact in law.facts if fact.id == "people")
    rolled = ntm.Rollup([(0, 0), (1, 0), (2, 1)]).apply({"people": [12000, None, 7000]}, people)
    assert list(rolled) == list(rolled.keys()) == ["people", "people:least"] and "people:least" in rolled
    assert rolled["people:least"].values.tolist() == [12000, 7000]
    # bounds go on: 12,000 people are enough, however many more there are
    assert ntm.evaluate(rolled, law, on="2020-02-25").status.tolist() == [1, 2]
    assert ntm.evaluate(rolled.table(), law, on="2020-02-25").status.tolist() == [0, 2]
    assert ntm.Rollup([(0, 0), (1, 0)]).apply(rolled, law).range("people", 0) == ntm.Range(Fraction(19000), None)
    with pytest.raises(ntm.NotFoundError, match="born: no such column"):
        rolled["born"]
    with pytest.raises(ntm.NotFoundError, match="zzz: no such fact; unknown='ignore' leaves columns out"):
        ntm.Rollup([(0, 0)]).apply({"zzz": ["a"], "people": [1]}, law)
    with pytest.raises(ntm.NotFoundError, match=r"poeple: .* 'people'\? unknown='ignore' leaves columns out"):
        ntm.Rollup([(0, 0)]).apply({"poeple": [1]}, law)
