# SPDX-License-Identifier: Apache-2.0
"""Tasks from Python: whose, at what cost, what remains, and what is refused. All figures are made up."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = """\
format: ntm-set/1
id: tasks
title: {vi: Bộ thử, en: A set to test with}
programme: ntm
level: commune
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2016-12-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
facts:
  households: {name: {vi: Số hộ, en: Households}, kind: count, unit: household}
  water: {name: {vi: Nước sạch, en: Clean water}, kind: count, unit: household, part_of: households}
  roads: {name: {vi: Đường, en: Roads}, kind: amount, unit: km}
  plan: {name: {vi: Quy hoạch, en: Plan}, kind: flag}
criteria:
  - id: "1"
    name: {vi: Nước}
    source: [S]
    indicators:
      - {id: "1.1", name: {vi: nước}, source: [S], rule: [{ratio: [water, households]}, ">=", {constant: 90, unit: "%"}]}
      - {id: "1.2", name: {vi: nước}, source: [S], rule: [water, ">=", {constant: 100, unit: household}]}
  - id: "2"
    name: {vi: Đường}
    source: [S]
    indicators:
      - {id: "2.1", name: {vi: đường}, source: [S], rule: [roads, ">=", {constant: 2.5, unit: km}]}
      - {id: "2.2", name: {vi: quy hoạch}, source: [S], rule: {attested: plan, evidence: Quyết định}}
"""
NORMS = {
    "work": ["well", "road", "road"],
    "resource": ["money", "money", "cement"],
    "work_unit": ["household", "km", "km"],
    "amount": [3, 100, Decimal("1.5")],
    "resource_unit": [None, None, "tonne"],
}
DUTIES = {
    "fact": ["water", None, "plan"],
    "criterion": [None, "2", None],
    "department": ["NN", "GT", "XD"],
    "doer": ["thôn", "xã", None],
    "deadline": [datetime.date(2020, 6, 30), None, datetime.date(2020, 12, 31)],
    "work": ["well", "road", None],
}
DIVISION = {"source": ["central", "people"], "doer": [None, "thôn"], "share": [80, 20]}


@pytest.fixture(name="gaps")
def gaps_of() -> ntm.Gaps:
    law = ntm.CriteriaSet.read(LAW)
    data = {
        "households": [200, 100, 200, None],
        "water": [190, 70, None, 95],
        "roads": [Decimal("1.1"), Decimal("2.5"), Decimal("2.5"), Decimal(2)],
        "plan": [False, True, True, True],
    }
    return ntm.evaluate(data, law, on="2020-02-25", unit=["A", "B", "C", "D"]).gaps()


def made(gaps: ntm.Gaps, **options: Any) -> ntm.Tasks:
    return gaps.tasks(duties=DUTIES, norms=ntm.Norms(NORMS), **options)


def test_list(gaps: ntm.Gaps) -> None:
    tasks = made(gaps)
    assert tasks["unit"] == ["B", "C", "A", "A", "D", "D"]
    assert tasks["input"] == ["water", "water", "roads", "plan", "water", "roads"]
    assert tasks["amount_least"] == [30, 0, Decimal("1.4"), 1, 5, Decimal("0.5")]
    assert tasks["amount_most"] == [30, 180, Decimal("1.4"), 1, None, Decimal("0.5")]
    assert tasks["measure"] == ["household", "household", "km", None, "household", "km"]
    assert tasks["closing"] == ["work", "work", "work", "act", "work", "work"]
    assert tasks["evidence"][3] == "Quyết định" and tasks["evidence"][0] is None
    assert tasks["department"] == ["NN", "NN", "GT", "XD", "NN", "GT"]
    assert tasks["deadline"][0] == datetime.date(2020, 6, 30) and tasks["deadline"][2] is None
    assert tasks["cost_most"] == [90, 540, 140, None, None, 50]
    assert tasks["cost"] == ["known", "known", "known", "not work", "untold", "known"]
    assert tasks["works"] == [1, 1, 2, 2, 2, 2] and tasks["included"] == [1, 1, 0, 0, 1, 0]
    assert len(tasks) == 6 and repr(tasks).startswith("<ntm.Tasks of 6 rows: unit, criterion")
    assert [gaps[gap].subject.id for gap in tasks.gaps_of(0)] == ["1.2", "1.1"]
    assert [tasks.of_gap(gap) for gap in tasks.gaps_of(0)] == [0, 0]
    assert tasks.of_gap(99) is None and tasks.of_gap(-1) is None
    with pytest.raises(ntm.ArgumentError, match="no task 6"):
        tasks.gaps_of(6)


def test_sums(gaps: ntm.Gaps) -> None:
    tasks = made(gaps)
    sums = tasks.sum("department", "deadline")
    assert sums["department"] == ["GT", "NN", "XD"]
    assert sums["deadline"] == [None, datetime.date(2020, 6, 30), datetime.date(2020, 12, 31)]
    assert sums["cost_least"] == [190, 105, None] and sums["cost_most"] == [190, None, None]
    assert sums["cost_known"] == [190, 630, None] and sums["open"] == [0, 1, 0] and sums["not_work"] == [0, 0, 1]
    amounts = tasks.sum(what="amounts")
    assert amounts["measure"] == [None, "household", "km"] and amounts["kind"] == ["act", "more", "more"]
    assert amounts["amount_known"] == [1, 210, Decimal("1.9")] and amounts["amount_most"] == [1, None, Decimal("1.9")]
    assert tasks.sum("unit", what="works").row(1)["quantity_least"] == Decimal("1.4")
    assert len(tasks.sum()) == 1 and tasks.sum().row(0)["units"] == 4
    with pytest.raises(ntm.NotFoundError, match="no such column to add up by"):
        tasks.sum("district")
    with pytest.raises(ntm.ArgumentError, match="'amounts', 'works'"):
        tasks.sum(what="money")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        tasks.sum(1)  # type: ignore[arg-type]


def test_sources(gaps: ntm.Gaps) -> None:
    tasks = made(gaps, division=DIVISION)
    village = tasks.sum("doer", what="sources")
    found = {(row["doer"], row["resource"]): row for row in village.rows()}
    assert found["thôn", "money"]["cost_least"] == 105 + 38 and found["xã", "money"]["cost_most"] == 112 + 40
    assert found["xã", "cement"]["quantity_most"] == Decimal("2.280")
    costs = tasks.costs()
    assert costs["source"][:2] == ["central", "people"] and costs["cost_most"][:2] == [72, 18]
    assert set(costs["resource"]) == {"money", "cement"} and sum(costs["cost_least"][i] or 0 for i in range(len(costs))) == 295


def test_remaining(gaps: ntm.Gaps) -> None:
    allotted = {"unit": ["A", "A", "B", "D"], "source": ["central", "people", "central", "central"], "amount": [100, 50, None, 7]}
    remaining = made(gaps, division=DIVISION, allotted=allotted).remaining()
    rows = {(row["unit"], row["source"]): row for row in remaining.rows()}
    assert rows["A", "central"]["remaining_most"] == 12 and rows["A", "people"]["surplus_least"] == 22
    assert rows["B", "central"]["remaining_most"] is None and rows["B", "central"]["allotted_open"] == 1
    assert rows["B", "people"]["remaining_least"] == 18 and rows["D", "central"]["remaining_most"] is None
    assert rows["D", "central"]["remaining_least"] == 12 + 40 - 7
    with pytest.raises(ntm.ArgumentError, match="allotted"):
        made(gaps).remaining()


def test_registry(gaps: ntm.Gaps) -> None:
    units = ntm.Units(
        {
            "code": ["1", "5", "A", "B", "C", "D"],
            "name": ["Một", "Năm", "A", "B", "C", "D"],
            "level": ["province", "district", *["commune"] * 4],
            "parent": [None, "1", "5", "5", "1", "1"],
        }
    )
    sums = made(gaps, units=units, on="2020-02-25").sum("province", "district")
    assert sums["district"] == [None, "5"] and sums["units"] == [2, 2] and sums["cost_most"] == [None, 230]
    with pytest.raises(ntm.ArgumentError, match="a day is needed"):
        made(gaps, units=units)
    with pytest.raises(TypeError, match=r"units are an ntm\.Units"):
        made(gaps, units="42")
    with pytest.raises(TypeError, match=r"norms are an ntm\.Norms"):
        gaps.tasks(norms=NORMS)  # type: ignore[arg-type]


def test_fractions() -> None:
    rule = 'rule: [roads, ">=", {ratio: [{constant: 1, unit: km}, {constant: 3}]}]'
    law = ntm.CriteriaSet.read(LAW.replace('rule: [roads, ">=", {constant: 2.5, unit: km}]', rule))
    tasks = ntm.evaluate({"roads": [0]}, law, on="2020-02-25", unit=["X"]).gaps().tasks(needed_for="part")
    at = tasks["input"].index("roads")
    assert tasks["amount_least"][at] == Fraction(1, 3)
    assert tasks.sum("input", what="amounts")["amount_most"].count(Fraction(1, 3)) == 1


def test_pandas(gaps: ntm.Gaps) -> None:
    pandas = pytest.importorskip("pandas")
    tasks = made(gaps, needed_for="criterion")
    frame = tasks.to_pandas()
    assert frame["unit"].tolist()[:2] == ["B", "C"] and str(frame["unit"].dtype) == "category"
    assert list(frame["department"].cat.categories) == ["NN", "GT", "XD"]
    assert frame["amount_least"][2] == Decimal("1.4") and frame["cost_most"].sum() == 820
    assert frame["deadline"][0] == pandas.Timestamp("2020-06-30") and frame["deadline"].isna()[2]
    assert tasks.to_pandas(exact=False)["amount_most"][2] == 1.4
    assert tasks.to_pandas(exact=False)["amount_most"].isna()[4]
    by_frame = gaps.tasks(duties=pandas.DataFrame(DUTIES), norms=ntm.Norms(pandas.DataFrame(NORMS)))
    assert by_frame["cost_most"] == tasks["cost_most"]


def test_refused(gaps: ntm.Gaps) -> None:
    with pytest.raises(ntm.NotFoundError, match='no fact "watr": did you mean "water"') as found:
        gaps.tasks(duties={"fact": ["watr"]})
    assert found.value.row == 0 and found.value.unit is None
    with pytest.raises(ntm.UnitError, match='"roads" is in "km" and the work in "m"'):
        gaps.tasks(duties={"fact": ["roads"], "work": ["road"], "work_unit": ["m"]})
    with pytest.raises(ntm.UnitError, match='"household": the norm in row 2 is per "km"') as unit:
        gaps.tasks(duties={"fact": ["water"], "work": ["road"]}, norms=ntm.Norms(NORMS))
    assert unit.value.unit == "B"
    with pytest.raises(ntm.ConflictError, match="row 0 is for the same"):
        gaps.tasks(duties={"department": ["a", "b"]})
    with pytest.raises(ntm.ConflictError, match="row 0 already"):
        gaps.tasks(codes=["A", "A", "B", "C"])
    with pytest.raises(ntm.ShapeError, match="3 codes for 4 rows"):
        gaps.tasks(codes=["A", "B", "C"])
    with pytest.raises(ntm.NotFoundError, match="no row of the gaps is of unit"):
        gaps.tasks(allotted={"unit": ["Z"], "amount": [1]})
    with pytest.raises(ntm.ArgumentError, match="needed_for"):
        gaps.tasks(needed_for="all")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="kind_scale is 19"):
        gaps.tasks(kind_scale=19)
    law = ntm.CriteriaSet.read(LAW)
    with pytest.raises(ntm.ArgumentError, match="Name the units"):
        ntm.evaluate({"roads": [1]}, law, on="2020-02-25").gaps().tasks()
    assert len(ntm.evaluate({"roads": [1]}, law, on="2020-02-25").gaps().tasks(codes=["X"])) == 4 - 1


def test_lifetime(gaps: ntm.Gaps) -> None:
    tasks = made(gaps)
    del gaps
    assert tasks.sum("department")["department"] == ["GT", "NN", "XD"]
    with pytest.raises(TypeError):
        __import__("pickle").dumps(tasks)


def test_prices_by_norms() -> None:
    law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    data = {"population": [2000], "insured-people": [1699]}
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["X"])
    norms = ntm.Norms({"work": ["card"], "resource": ["money"], "work_unit": ["person"], "amount": [800_000]})
    prices = result.gaps().prices(duties={"indicator": ["15.1"], "work": ["card"]}, norms=norms)
    assert prices == {"insured-people": 800_000}
    assert result.gaps(prices=prices).effort("X").unpriced > 0
    with pytest.raises(TypeError):
        result.gaps().prices(duties={"indicator": ["15.1"], "work": ["card"]}, norms=None)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="prices of what"):
        result.gaps().prices(duties=None, norms=norms)
