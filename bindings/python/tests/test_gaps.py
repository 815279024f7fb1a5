# SPDX-License-Identifier: Apache-2.0
"""Gaps and margins from Python: against plain arithmetic, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = """\
format: ntm-set/1
id: gaps
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
figures:
  water-share: {unit: "%", value: 90, source: [S]}
  roads-share: {unit: km, source: [S]}
criteria:
  - id: "1"
    name: {vi: Nước}
    source: [S]
    indicators:
      - {id: "1.1", name: {vi: nước}, source: [S], rule: [{ratio: [water, households]}, ">=", {figure: water-share}]}
  - id: "2"
    name: {vi: Đường}
    source: [S]
    rule: {any: [{indicator: "2.1"}, {indicator: "2.2"}]}
    indicators:
      - {id: "2.1", name: {vi: đường}, source: [S], rule: [roads, ">=", {constant: 2.5, unit: km}]}
      - {id: "2.2", name: {vi: quy hoạch}, source: [S], rule: {attested: plan, evidence: Quyết định}}
revocation: [{count: criteria, verdict: not met}, ">=", {constant: 2}]
"""


@pytest.fixture(name="law")
def law_of() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(LAW)


def result_of(law: ntm.CriteriaSet, **columns: Any) -> ntm.Attainment:
    return ntm.evaluate(columns, law, on="2020-02-25", unit=["A", "B", "C"])


def usual(law: ntm.CriteriaSet) -> ntm.Attainment:
    return result_of(
        law,
        water=np.array([1799, 1800, 1850]),
        households=np.array([2000, 2000, 2000]),
        roads=[Decimal("1.1"), Decimal("2.5"), Decimal("3.5")],
        plan=np.array([False, False, True]),
    )


def test_gaps(law: ntm.CriteriaSet) -> None:
    gaps = usual(law).gaps()
    first, roads, plan = gaps.of("A")
    assert (first.least, first.most, first.subject.unit, first.kind) == (1, 1, "household", ntm.GapKind.MORE)
    assert (roads.least, roads.subject.fact, roads.for_criterion, roads.for_status) == (Decimal("1.4"), "roads", True, True)
    assert plan.kind is ntm.GapKind.ACT and plan.subject.evidence == "Quyết định" and not plan.for_criterion
    assert plan.subject.closing is ntm.Closing.ACT and first.subject.closing is ntm.Closing.WORK
    assert [gap.unit for gap in gaps] == ["A", "A", "A", "B"] and gaps[-1] == gaps.of("B")[0] and gaps[1:2] == [roads]
    assert gaps.of("C") == [] and gaps.effort("C").works == 0
    assert gaps.effort("A") == (ntm.Verdict.NOT_MET, 2, 0, 2, 2, 2, 0)
    assert gaps.nearest() == [("A", gaps.effort("A"))]
    assert repr(gaps) == "<ntm.Gaps of gaps: 4 of 3 rows>"


def test_margins_and_risk(law: ntm.CriteriaSet) -> None:
    gaps = usual(law).gaps(margins=True, revocation=True)
    water, roads = gaps.margins_of("B")
    assert (water.criterion, water.spare, water.relative) == ("1", 0, 0)
    assert (roads.subject.fact, roads.spare, roads.relative) == ("roads", 0, 0)
    (only,) = gaps.margins_of("C")  # criterion 2 rests on an act as well
    assert (only.spare, only.relative, only.unit) == (50, Fraction(1, 36), "C")
    assert len(list(gaps.margins())) == 3
    assert gaps.risk("A") == (ntm.Verdict.MET, 0, None)
    assert gaps.risk("B") == (ntm.Verdict.NOT_MET, 2, 0)
    with pytest.raises(ntm.ArgumentError, match="not asked for"):
        usual(law).gaps().risk("A")


def test_prices_and_units(law: ntm.CriteriaSet) -> None:
    result = usual(law)
    gaps = result.gaps(prices={"roads": Decimal("1.5"), "plan": 1, "water": 7}, units=["A"])
    assert [gap.subject.fact for gap in gaps if gap.for_status] == ["water", "plan"]
    assert gaps.effort("A").cost_most == 8
    assert result.gaps(prices={"roads": 0}, units=[0]).effort("A").unpriced == 1
    with pytest.raises(ntm.NotFoundError):
        result.gaps(units=["D"])
    with pytest.raises(ntm.NotFoundError):
        result.gaps(prices={"road": 1})
    with pytest.raises(ntm.BadValueError):
        result.gaps(prices={"roads": -1})
    with pytest.raises(TypeError):
        result.gaps(prices=[("roads", 1)])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        result.gaps(units="A")


def test_open_facts(law: ntm.CriteriaSet) -> None:
    result = result_of(law, households=np.array([2000, 1, 100]), roads=[None, 2.5, 0.1], plan=[None, None, False])
    gaps = result.gaps()
    assert [(gap.least, gap.most) for gap in gaps.of("A")] == [(0, 1800), (None, None), (0, 1)]
    assert gaps.of("A")[1].untold is ntm.Untold.NOT_REPORTED
    assert gaps.effort("A").cost_least == 0
    frame = pytest.importorskip("pandas") and gaps.to_pandas()
    assert list(frame["unit"][:3]) == ["A"] * 3 and frame["least"][0] == 0 and frame["most"][1] is None
    assert frame["untold"].isna()[0] and frame["untold"][1] == "not reported" and frame["name"][0] == "Nước sạch"
    assert list(gaps.to_pandas(lang="en")["name"][:1]) == ["Clean water"]
    assert frame["closing"][0] == "work" and frame["measure"][0] == "hộ"
    assert gaps.to_pandas(lang="en")["measure"][0] == "household"


def test_frames(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    gaps = usual(law).gaps(margins=True)
    nearest = gaps.to_pandas(exact=False)
    assert nearest["least"].dtype == "float64" and nearest["least"][1] == 1.4
    assert nearest["indicator"].isna().tolist() == [gap.subject.part != "indicator" for gap in gaps]
    assert nearest["precondition"].isna().tolist() == [gap.subject.part != "precondition" for gap in gaps]
    margins = gaps.margins_to_pandas()
    assert margins["relative"].tolist() == sorted(one.relative for one in gaps.margins())
    assert margins.loc[0, ["unit", "criterion", "fact", "measure"]].tolist() == ["B", "1", "water", "hộ"]
    assert margins["relative"][2] == Fraction(1, 36) and margins["spare"][2] == 50
    assert gaps.margins_to_pandas(exact=False)["relative"][2] == pytest.approx(1 / 36)
    assert list(gaps.margins_to_pandas(lang="en")["name"][:1]) == ["Clean water"]
    none = usual(law).gaps().margins_to_pandas()
    assert len(none) == 0 and list(none) == list(margins)
    unnamed = ntm.evaluate({"water": [1800], "households": [2000]}, law, on="2020-06-01").gaps(margins=True)
    assert unnamed.margins_to_pandas()["unit"].tolist() == [0] and set(unnamed.to_pandas()["unit"]) <= {0}
    assert pandas.isna(none.get("unit")).all()


def test_nearest_counts_works_before_untold(law: ntm.CriteriaSet) -> None:
    """As the list of tasks does: one untold work before two that are told."""
    result = result_of(law, water=[1799, 1850, 1799], households=[2000, None, 2000], roads=[1.1, 2.5, 2.5])
    gaps = result.gaps()
    found = [(unit, effort.works, effort.untold) for unit, effort in gaps.nearest()]
    assert found == [("C", 1, 0), ("B", 1, 1), ("A", 2, 0)]
    assert list(dict.fromkeys(gaps.tasks()["unit"])) == [unit for unit, _, _ in found]
    with pytest.raises(ntm.ArgumentError, match="below 0"):
        gaps.nearest(-1)


def test_many_rows_against_numpy(law: ntm.CriteriaSet) -> None:
    rng = np.random.default_rng(5)
    households = rng.integers(1, 3000, 5000)
    water = (households * rng.random(5000)).astype(np.int64)
    result = ntm.evaluate({"households": households, "water": water}, law, on="2020-02-25")
    gaps = result.gaps(margins=True)
    wanted = -(-households * 9 // 10)
    lacking = {row: int(wanted[row] - water[row]) for row in range(5000) if water[row] < wanted[row]}
    assert {gap.row: gap.least for gap in gaps if gap.subject.id == "1.1"} == lacking
    spare = {row: int(water[row] - wanted[row]) for row in range(5000) if water[row] >= wanted[row]}
    assert {one.row: one.spare for one in gaps.margins()} == spare


def test_next_tier(law: ntm.CriteriaSet) -> None:
    higher = ntm.CriteriaSet.read(LAW.replace("id: gaps", "id: higher").replace("value: 90", "value: 92"))
    columns = {"water": np.array([1799, 1800, 1850]), "households": np.array([2000] * 3), "roads": [9, 9, 9]}
    tiers = [ntm.evaluate(columns, one, on="2020-02-25", unit=["A", "B", "C"]) for one in (law, higher)]
    assert ntm.next_tier(tiers).tolist() == [0, 1, 2]
    assert tiers[1].gaps(units=["B"]).of("B")[0].least == 40
    with pytest.raises(ntm.ShapeError, match="same units"):
        ntm.next_tier([tiers[0], ntm.evaluate(columns, law, on="2020-02-25")])


def test_closed(law: ntm.CriteriaSet) -> None:
    result = usual(law)
    gaps = result.gaps()
    result.close()
    assert len(gaps.of("A")) == 3
    with pytest.raises(ValueError):
        result.gaps()
    with pytest.raises(IndexError):
        gaps[4]
    with pytest.raises(TypeError, match="pickled"):
        gaps.__reduce__()


def test_what_has_to_go(law: ntm.CriteriaSet) -> None:
    text = LAW.replace("rule: {attested: plan, evidence: Quyết định}", "rule: {not: {attested: plan}}")
    text = text.replace('[roads, ">=", {constant: 2.5, unit: km}]', '[roads, ">", {constant: 2.5, unit: km}]')
    gaps = usual(ntm.CriteriaSet.read(text)).gaps(margins=True)
    (plan,) = gaps.of("C")
    assert plan.kind is ntm.GapKind.UNDO and plan.down and not gaps.of("A")[0].down
    assert list(gaps.to_pandas()["down"]) == [gap.down for gap in gaps]
    water, roads = gaps.margins_of("C")
    assert (water.strict, roads.strict, roads.spare) == (False, True, 1)


def test_a_gap_in_words() -> None:
    law = ntm.catalogue()["commune-ntm-2016-2020"]
    data = {"population": [2000, 2000], "insured-people": [1699, None], "insured-people:least": [None, 1600]}
    gaps = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["A", "B"]).gaps()
    first, second = (next(gap for gap in gaps.of(unit) if gap.subject.id == "15.1") for unit in ("A", "B"))
    assert str(first) == first.text("vi") == "15.1 Số người tham gia bảo hiểm y tế: thêm 1 người"
    assert first.text("en") == "15.1 People with health insurance: 1 person more"
    assert second.text("en") == "15.1 People with health insurance: 0 to 100 person more"
    with pytest.raises(ntm.ArgumentError):
        first.text("fr")  # type: ignore[arg-type]


def test_every_kind_of_gap_has_words() -> None:
    from dataclasses import replace

    law = ntm.catalogue()["commune-ntm-2016-2020"]
    gaps = ntm.evaluate({"population": [2000], "insured-people": [1699]}, law, on="2020-02-25", region="BTB").gaps()
    gap = next(gap for gap in gaps if gap.subject.id == "15.1")
    told = set()
    for kind in ntm.GapKind:
        for untold in ntm.Untold if kind is ntm.GapKind.UNTOLD else (ntm.Untold.TOLD,):
            for down in (False, True):
                one = replace(gap, kind=kind, untold=untold, down=down, least=Fraction(4, 3), most=None, strict=True)
                told |= {one.text("vi"), one.text("en"), replace(one, out_of_reach=True).text("vi")}
    assert len(told) == 3 * (7 + 3 + 6)  # three kinds say something else when they go down
    assert any("trên ít nhất 4/3 người" in text for text in told) and not any("{" in text for text in told)
