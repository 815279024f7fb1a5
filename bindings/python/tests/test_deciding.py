# SPDX-License-Identifier: Apache-2.0
"""Deciding facts and orders of collecting: worked out by hand, and proven by evaluating again."""

from __future__ import annotations

import datetime
import itertools
import random
from decimal import Decimal
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = """\
format: ntm-set/1
id: deciding
title: {vi: Thử, en: Test}
programme: test
level: commune
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
facts:
  households: {kind: count, unit: household}
  clean: {kind: count, unit: household, part_of: households}
  road: {kind: amount, unit: km}
  plan: {kind: flag}
  rating: {kind: level, levels: [low, mid, high]}
  day: {kind: date}
figures:
  absent: {unit: km, delegated_to: UBND, source: [S]}
criteria:
  - id: "1"
    name: {vi: một}
    source: [S]
    indicators:
      - {id: "1.1", name: {vi: a}, source: [S], rule: [{ratio: [clean, households]}, ">=", {constant: 90, unit: "%"}]}
      - {id: "1.2", name: {vi: b}, source: [S], rule: {all: [{attested: plan}, {at_level: [mid, rating]}]}}
  - id: "2"
    name: {vi: hai}
    source: [S]
    indicators:
      - {id: "2.1", name: {vi: c}, source: [S], rule: [road, ">=", {constant: 2.5, unit: km}]}
      - {id: "2.2", name: {vi: d}, source: [S], rule: [day, "<=", {date: 2020-06-30}]}
      - {id: "2.3", name: {vi: e}, source: [S], rule: [road, ">=", {figure: absent}]}
preconditions:
  - {id: p, name: {vi: p}, source: [S], rule: {holds: other}}
"""
LAW_OF_ALL = LAW.replace('      - {id: "2.3", name: {vi: e}, source: [S], rule: [road, ">=", {figure: absent}]}\n', "")


@pytest.fixture(scope="module")
def law() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(LAW)


def evaluate(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, unit="code", on="2020-03-01")


def facts(found: ntm.DecidingSet) -> dict[str, Any]:
    return {fact.input: fact.value for fact in found.facts}


def test_values_have_their_kinds(law: ntm.CriteriaSet) -> None:
    r = evaluate(law, {"code": ["A"], "households": [2000]})
    d = r.deciding("A", "1.1")
    assert (d.unit, d.row, d.verdict) == ("A", 0, ntm.Verdict.OPEN)
    assert d.met == ntm.DecidingSet(ntm.DecidingReason.FOUND, True, (ntm.DecidingFact("clean", 1800, "household"),))
    assert facts(d.not_met) == {"clean": 1799}
    assert d.open == ("clean",) and d.wanting == ()
    assert facts(r.deciding("A", "1.2").met) == {"plan": True, "rating": "mid"}
    assert r.deciding("A", "1.2").not_met.inputs in (("plan",), ("rating",))
    assert facts(r.deciding("A", "2.1").met) == {"road": Decimal("2.5")}
    assert facts(r.deciding("A", "2.2").met) == {"day": datetime.date(2020, 6, 30)}
    assert facts(r.deciding("A", precondition="p").met) == {"holds:other": True}
    assert r.deciding("A", criterion="1").met.inputs == ("clean", "plan", "rating")


def test_what_is_wanting(law: ntm.CriteriaSet) -> None:
    r = evaluate(law, {"code": ["A", "B"], "road": [3.0, 1.0]})
    d = r.deciding("A", "2.3")
    assert d.met.reason is ntm.DecidingReason.LAW_ABSENT and d.met.exact and d.met.facts == ()
    assert d.wanting == (ntm.Wanting(ntm.DecidingReason.LAW_ABSENT, ntm.WantingKind.FIGURE, "absent", "UBND"),)
    settled = r.deciding("B", "2.1")
    assert settled.verdict is ntm.Verdict.NOT_MET and settled.open == ()
    assert settled.not_met.reason is ntm.DecidingReason.FOUND and settled.not_met.facts == ()
    assert settled.met.reason is ntm.DecidingReason.IMPOSSIBLE


def test_the_order(law: ntm.CriteriaSet) -> None:
    table = {"code": list("ABCD"), "plan": [True, None, None, False], "rating": ["mid", "high", None, None]}
    order = evaluate(law, table).collecting_order("1.2")
    assert (order.rows, order.open, order.settled, order.unsettled) == (4, 2, 2, {})
    assert [(s.input, s.batch, s.lacking, s.settled, s.settled_so_far) for s in order.steps] == [
        ("plan", 1, 2, 1, 1), ("rating", 2, 1, 1, 2),
    ]
    assert order.cells == (ntm.CollectingCell("B", 1, "plan", True),)
    none = evaluate(law, table).collecting_order("2.3")
    assert none.unsettled == {ntm.DecidingReason.LAW_ABSENT: 4} and none.steps == ()
    both = evaluate(law, table).collecting_order(of="criteria status", could_show="not met")
    assert both.settled == both.open


def test_pandas(law: ntm.CriteriaSet) -> None:
    pytest.importorskip("pandas")
    order = evaluate(law, {"code": ["A", "B"], "plan": [True, True], "rating": ["mid", None]}).collecting_order("1.2")
    assert order.to_pandas().to_dict("list") == {
        "input": ["rating"], "batch": [1], "lacking": [1], "settled": [1], "settled_so_far": [1],
    }
    assert order.cell_rows.to_pandas().to_dict("list") == {"unit": ["B"], "row": [1], "input": ["rating"], "surely": [True]}


def test_random_tables_evaluated_again() -> None:
    law = ntm.CriteriaSet.read(LAW_OF_ALL)
    draw = random.Random(5)
    names = ["households", "clean", "road", "plan", "rating", "day", "holds:other"]
    values: dict[str, list[Any]] = {
        "households": [1000], "clean": [950, 100], "road": [2.5, 1.0], "plan": [True, True, False], "holds:other": [True],
        "rating": ["mid", "high", "low"], "day": [datetime.date(2020, 1, 1), datetime.date(2020, 12, 1)],
    }
    found = 0
    for _ in range(60):
        row = {name: draw.choice(values[name]) if draw.random() < 0.6 else None for name in names}
        table = {"code": ["A"], **{name: [value] for name, value in row.items()}}
        d = evaluate(law, table).deciding("A")
        for verdict, one in ((ntm.Verdict.MET, d.met), (ntm.Verdict.NOT_MET, d.not_met)):
            if one.reason is not ntm.DecidingReason.FOUND:
                continue
            filled = dict(table)
            for fact in one.facts:
                assert row[fact.input] is None and fact.input in d.open
                filled[fact.input] = [fact.value]
            assert evaluate(law, filled).status[0] == verdict
            found += 1
            # no smaller choice of the same facts does
            for size in range(len(one.facts)):
                for some in itertools.combinations(one.facts, size):
                    part = {**table, **{fact.input: [fact.value] for fact in some}}
                    assert evaluate(law, part).status[0] != verdict
    assert found > 50


def test_refused(law: ntm.CriteriaSet) -> None:
    r = evaluate(law, {"code": ["A"], "households": [2000]})
    with pytest.raises(ntm.NotFoundError, match="no such unit"):
        r.deciding("B")
    with pytest.raises(ntm.NotFoundError, match="indicator"):
        r.deciding("A", "9")
    with pytest.raises(ntm.NotFoundError, match="revocation"):
        r.deciding("A", of="revocation")
    with pytest.raises(ntm.ArgumentError, match="name one of"):
        r.deciding("A", "1.1", criterion="1")
    with pytest.raises(ntm.ArgumentError, match="either one of"):
        r.collecting_order("1.1", of="revocation")
    with pytest.raises(ntm.ArgumentError, match="'met', 'not met'"):
        r.collecting_order(could_show="open")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="'status', 'criteria status', 'revocation'"):
        r.deciding("A", of="grade")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="work is from 1"):
        r.deciding("A", work=0)
    assert r.deciding("A", work=3).met.reason is ntm.DecidingReason.LIMIT
    r.close()
    with pytest.raises(ValueError, match="closed"):
        r.deciding("A")
