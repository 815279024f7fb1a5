# SPDX-License-Identifier: Apache-2.0
"""Needs by norms, and who pays them. All figures are made up."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

NORMS: dict[str, Any] = {
    "work": ["road", "road", "road", "room"],
    "class": [None, "A", None, None],
    "resource": ["money", "money", "cement", "money"],
    "work_unit": ["km", "km", "km", "room"],
    "amount": [1_000_000_000, 1_500_000_000, Decimal("150.5"), Decimal("1000.5")],
    "resource_unit": [None, None, "tonne", None],
    "citation": ["all", "for A", None, None],
}
ROADS = {"unit": ["X", "Y"], "work": ["road"] * 2, "class": ["A", "B"], "quantity": [2, None], "work_unit": ["km"] * 2}
RULES = {
    "resource": [None, None, "money", "money"],
    "source": ["central", "people", "central", "people"],
    "doer": ["province", "village", "province", "village"],
    "share": [50, 50, Decimal("66.67"), Decimal("33.33")],
    "cap": [None, None, 900_000_000, None],
    "cap_per": [None, None, "work", None],
    "cap_to": [None, None, "people", None],
}


@pytest.fixture(scope="module")
def norms() -> ntm.Norms:
    return ntm.Norms(NORMS)


def test_needs(norms: ntm.Norms) -> None:
    needs = norms.needs(ROADS)
    assert needs.keys() == ("unit", "source", "doer", "stage", "kind", "amount", "quantity", "quantity_unit")
    assert needs["unit"] == ["X", "X", "Y", "Y"] and needs["stage"] == ["need"] * 4 and needs["source"] == [None] * 4
    assert needs["kind"] == ["cement", None] * 2 and needs["quantity_unit"] == ["tonne", None] * 2
    assert needs["amount"] == [None, 3_000_000_000, None, None]
    assert needs["quantity"] == [Decimal("301.000"), None, None, None]
    assert needs.line(1) == ntm.Need(0, 1, None, ntm.NeedOpen.KNOWN, 3_000_000_000, 3_000_000_000, 0, 0)
    assert needs.line(2).open is ntm.NeedOpen.NO_QUANTITY and needs.line(2).amount is None
    assert needs.line(0).amount == Decimal("301.000")
    assert "định mức: 1.500.000.000 đồng/km, loại A [for A]" in needs.explain(1)
    assert "open: the quantity of work is not reported" in needs.explain(3, lang="en")
    assert repr(needs).startswith("<ntm.Needs of 4 rows: unit, ") and len(needs) == 4 and list(needs) == list(needs.keys())
    assert needs.rows()[1]["amount"] == 3_000_000_000
    for call in (lambda: needs.line(4), lambda: needs.explain(-1)):
        with pytest.raises(ntm.ArgumentError, match="no line"):
            call()
    with pytest.raises(ntm.NotFoundError, match="amount"):
        needs["amonut"]
    with pytest.raises(TypeError, match="reckon again"):
        pickle.dumps(needs)


def test_division_and_sums(norms: ntm.Norms) -> None:
    needs = norms.needs(ROADS, division=RULES)
    money = [line for line in needs.rows() if line["kind"] is None and line["unit"] == "X"]
    assert [(one["source"], one["amount"]) for one in money] == [("central", 1_800_000_000), ("people", 1_200_000_000)]
    sums = needs.by("source")
    assert sums.keys() == ("source", "kind", "quantity_unit", "amount", "quantity", "lines", "open")
    assert sums["source"] == ["central", "central", "people", "people"]
    assert sums["amount"] == [1_800_000_000, None, 1_200_000_000, None] and sums["open"] == [1] * 4
    assert sums["quantity"] == [None, Decimal("150.500"), None, Decimal("150.500")] and sums["lines"] == [2] * 4
    assert needs.by()["amount"] == [3_000_000_000, None]
    assert "cuts off 200,100,000 đồng" in needs.explain(2, lang="en")
    with pytest.raises(ntm.NotFoundError, match="no such column"):
        needs.by("programme")
    with pytest.raises(ntm.BadValueError, match="nobody can say") as caught:
        norms.needs(ROADS, division={**RULES, "cap_per": [None, None, "total", None]})
    assert caught.value.row == 1 and caught.value.unit == "Y"
    with pytest.raises(ntm.BadValueError, match="100 %") as caught:
        norms.needs(ROADS, division={**RULES, "share": [50, 49, 66, 34]})
    assert caught.value.unit is None


def test_rounding_and_open(norms: ntm.Norms) -> None:
    room = {"unit": ["X"], "work": ["room"], "quantity": [1], "work_unit": ["room"]}
    with pytest.raises(ntm.BadValueError, match="not whole") as caught:
        norms.needs(room)
    assert caught.value.unit == "X"
    assert norms.needs(room, rounding="half up")["amount"] == [1001]
    assert norms.needs(room, rounding=ntm.Rounding.HALF_EVEN)["amount"] == [1000]
    unknown = {"unit": ["X"], "work": ["road"], "class": [None], "quantity": [1], "work_unit": ["km"]}
    with pytest.raises(ntm.BadValueError, match="depend on it"):
        norms.needs(unknown)
    assert norms.needs(unknown, without_norm="open").line(1).open is ntm.NeedOpen.NOT_TOLD
    with pytest.raises(ntm.UnitError, match='per "room"'):
        norms.needs({**room, "work_unit": ["class"]})
    with pytest.raises(ntm.ArgumentError, match="kind_scale"):
        norms.needs(room, kind_scale=19)
    with pytest.raises(TypeError, match="ntm.Units"):
        norms.needs(room, units=1)  # type: ignore[arg-type]
    with pytest.raises(ntm.ConflictError, match="row 0 is for"):
        ntm.Norms({name: column[:1] * 2 for name, column in NORMS.items()})


def test_dates_and_registry() -> None:
    dated = ntm.Norms({
        "work": ["road"] * 3, "resource": ["money"] * 3, "work_unit": ["km"] * 3, "amount": [1, 2, 3],
        "region": [None, "hill", "hill"], "valid_from": [None, None, datetime.date(2021, 1, 1)],
        "valid_to": [None, datetime.date(2021, 1, 1), None],
    })
    units = ntm.Units({"code": ["X"], "name": ["Xã X"], "level": ["commune"]},
                      attributes={"code": ["X"], "attribute": ["zone"], "value": ["hill"]})
    road: dict[str, Any] = {"unit": ["X"], "work": ["road"], "quantity": [1], "work_unit": ["km"]}
    for day, amount in (("2020-12-31", 2), (datetime.date(2021, 1, 1), 3)):
        assert dated.needs(road, units=units, region="zone", date=day)["amount"] == [amount]  # type: ignore[arg-type]
    assert dated.needs({**road, "region": ["plain"], "date": ["2021-05-01"]})["amount"] == [1]
    with pytest.raises(ntm.BadValueError, match="no date"):
        dated.needs({**road, "region": ["plain"]})


def test_pandas(norms: ntm.Norms) -> None:
    pandas = pytest.importorskip("pandas")
    needs = norms.needs(pandas.DataFrame(ROADS), division=pandas.DataFrame(RULES), nan="not reported")
    frame = needs.to_pandas()
    assert str(frame["amount"].dtype) == "Int64" and frame["amount"].sum() == 3_000_000_000
    assert frame["quantity"].dropna().tolist() == [Decimal("150.500")] * 2
    assert needs.by("unit").to_pandas()["open"].tolist() == [0, 0, 2, 2]


def test_lifetime(norms: ntm.Norms) -> None:
    mine = ntm.Norms(NORMS)
    assert repr(mine) == "<ntm.Norms of 4 rows>"
    needs = mine.needs(ROADS)
    mine.close()
    with pytest.raises(ValueError, match="closed"):
        mine.needs(ROADS)
    assert needs.explain(1)
    with pytest.raises(TypeError, match="make them again"):
        pickle.dumps(norms)


def test_matching() -> None:
    assert ntm.matching_least(1001, Decimal("1.5")) == 1502
    rows = {"unit": ["A", "B", "C"], "central": [100, None, 7], "local": [150, 1, 10], "ratio": [2, 1, Decimal("1.5")]}
    assert ntm.matching_check(rows) == [(200, 50), (None, None), (11, 1)]
    assert ntm.matching_check(rows, ratio=1) == [(100, 0), (None, None), (7, 0)]
    with pytest.raises(ntm.NotFoundError, match="local"):
        ntm.matching_check({"central": [1]}, ratio=1)
    with pytest.raises(ntm.BadValueError, match="0 or more"):
        ntm.matching_check({"central": [1], "local": [-1]}, ratio=1)
    with pytest.raises(ntm.ExactOverflowError):
        ntm.matching_least(2**62, 3)
