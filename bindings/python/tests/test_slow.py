# SPDX-License-Identifier: Apache-2.0
"""Slow money. All figures are made up."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

DAY = "2020-02-25"


@pytest.fixture()
def ledger() -> ntm.Ledger:
    """A: 9 planned, 4 done; B: 1 planned, nothing done; C: all done; D: not reported."""
    return ntm.Ledger({
        "unit": ["A", "A", "B", "C", "C", "D", "D"],
        "component": ["road"] * 7,
        "stage": ["plan", "disbursed", "plan", "plan", "disbursed", "plan", "disbursed"],
        "date": ["2020-02-05", "2020-02-10", "2020-01-31", "2020-01-31", "2020-02-01", "2020-02-20", "2020-02-20"],
        "amount": [9, 4, 1, 3, 3, 2, None],
    })


def test_ranks(ledger: ntm.Ledger) -> None:
    slow = ledger.slow("unit", on=DAY)
    assert slow.keys() == ("unit", "due", "done", "behind", "days", "missing", "since", "open")
    assert slow["unit"] == ["B", "A", "D"] and slow["behind"] == [1, 5, 2] and slow["days"] == [25, 20, 5]
    assert slow["since"][0] == datetime.date(2020, 1, 31)
    assert slow["open"] == [False, False, True] and slow["missing"] == [0, 0, 1]
    assert ledger.slow("unit", on=DAY, order="amount")["unit"] == ["A", "D", "B"]
    assert ledger.slow("unit", on=DAY, order=ntm.SlowOrder.SHARE)["unit"][0] in ("B", "D")
    all_of_them = ledger.slow("unit", on=DAY, all=True)
    assert len(all_of_them) == 4 and all_of_them.row(-1)["since"] is None and all_of_them.row(-1)["behind"] == 0
    assert ledger.slow("component", on=datetime.date(2020, 2, 25))["behind"] == [8]
    assert ledger.slow(on=DAY, only={"unit": ["A", "B"]})["due"] == [10]
    assert ledger.slow("unit", on=DAY, since="2020-02-01")["unit"] == ["A", "D"]
    assert repr(slow).startswith("<ntm.SlowMoney of 3 rows: unit, due")


def test_milestones(ledger: ntm.Ledger) -> None:
    slow = ledger.slow("unit", on=DAY, only={"unit": "A"}, milestones=[("2020-02-01", 50), ("2020-03-01", Decimal("99.5"))])
    assert slow["due"] == [5] and slow["behind"] == [1] and slow["since"] == [datetime.date(2020, 2, 1)]
    with pytest.raises(ntm.ArgumentError):
        ledger.slow("unit", on=DAY, milestones=[("2020-02-01", 50), ("2020-01-01", 60)])
    for wrong in ([1], ["ab"], [(1, 2)], [("2020-02-01", 0.5)]):
        with pytest.raises(TypeError):
            ledger.slow("unit", on=DAY, milestones=wrong)  # type: ignore[arg-type]


def test_refused(ledger: ntm.Ledger) -> None:
    for options in ({"due": ""}, {"done": None}, {"order": "x"}, {"on": "x"}):
        with pytest.raises(ntm.ArgumentError):
            ledger.slow("unit", **{"on": DAY, **options})
    with pytest.raises(ntm.NotFoundError):
        ledger.slow("unit", on=DAY, due="planned")
    for side in ("stage", "month"):
        with pytest.raises(ntm.ArgumentError):
            ledger.slow(side, on=DAY)
    with pytest.raises(ntm.NotFoundError, match="no such column"):
        ledger.slow("unit", on=DAY)["behnd"]


def test_pandas(ledger: ntm.Ledger) -> None:
    pandas: Any = pytest.importorskip("pandas")
    frame = ledger.slow("unit", on=DAY, all=True).to_pandas()
    assert str(frame["behind"].dtype) == "Int64" and frame["behind"].tolist() == [1, 5, 2, 0]
    assert frame["since"].iloc[0] == pandas.Timestamp("2020-01-31") and pandas.isna(frame["since"].iloc[3])
    assert frame["open"].dtype == bool and str(frame["unit"].dtype) == "category"
