# SPDX-License-Identifier: Apache-2.0
"""Reconciliation from Python: the real table of 2021 to 2023, made-up tables, everything that is refused."""

from __future__ import annotations

import copy
import os
import pickle
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

ROOT = Path(os.environ.get("NTM_SOURCE_ROOT", Path(__file__).resolve().parents[3]))
SOURCES = ["state", "central", "local", "integrated", "credit", "enterprise", "people", "total"]


def mobilised() -> dict[str, Any]:
    """The real table, as text; the figures are turned into numbers exactly."""
    lines = (ROOT / "examples/data/reconcile/mobilised-2021-2023.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    table: dict[str, Any] = {name: [row[place] or None for row in rows[1:]] for place, name in enumerate(rows[0])}
    assert table["source"] == SOURCES
    table["amount"] = [int(amount) for amount in table["amount"]]
    table["share"] = [None if share is None else Decimal(share) for share in table["share"]]
    return table


def real(table: Any, **options: Any) -> ntm.Balance:
    balance = ntm.Balance(table, key="source", **options)
    balance.declare("share == 100 * amount / amount[total] rounded half-up 1")
    balance.declare_tree("parent", columns="amount")
    return balance


def test_the_real_table() -> None:
    balance = real(mobilised())
    assert repr(balance) == "<ntm.Balance of 16 cells, 9 equations>"
    checked = balance.check()
    assert (checked.equations, checked.hold, checked.violated, checked.undecided) == (9, 7, 2, 0)
    assert repr(checked) == "<ntm.Checked: 9 equations, 2 violated, 0 undecided>"
    assert [(one.row, one.row_number, one.column, one.imbalance, one.tolerance) for one in checked] == [
        ("central", 1, None, Fraction(1, 10), 0),
        ("people", 6, None, Fraction(-1, 10), 0),
    ]
    assert "central: share == 100 * amount" in str(checked) and "off by 0.1" in str(checked)
    located = balance.locate()
    assert located.complete and repr(located) == "<ntm.Located: 1 group: sets of cells 1x2>"
    (group,) = located
    assert (group.violations, group.exact, group.least_size, group.end) == (2, True, 2, ntm.LocateEnd.LOCATED)
    central, people = group.explanations[0]
    assert (central.row, central.column, central.stated, central.repaired) == (
        "central", "share", Decimal("1.0"), Fraction(9, 10),
    )
    assert (people.row, people.repaired) == ("people", 4)
    assert central.causes[0] == ntm.Suspicion(ntm.Cause.LAST_DIGIT, 0, None, Decimal("0.9"))
    assert "people, share: 3.9, all holds with 4: 4.0 by last digit" in str(located)


def test_data_frames() -> None:
    pandas = pytest.importorskip("pandas")
    path = ROOT / "examples/data/reconcile/mobilised-2021-2023.csv"
    balance = real(pandas.read_csv(path, comment="#"), nan="not reported")  # shares as float64
    checked = balance.check().to_pandas()
    assert list(checked["row"]) == ["central", "people"] and list(checked.columns) == [
        "name", "row", "column", "imbalance", "tolerance",
    ]
    located = balance.locate().to_pandas()
    assert list(located["row"]) == ["central", "people"] and list(located["cause"]) == ["last digit"] * 2
    assert list(located["value"]) == [Decimal("0.9"), Decimal("4.0")] and list(located["least"]) == [Fraction(9, 10), 4]
    assert located["group"].dtype == "int64" and not len(ntm.Balance({"a": [1]}).locate().to_pandas())


def test_a_unit_slip_and_a_missing_part() -> None:
    balance = ntm.Balance({"state": [120_000, 100], "central": [80, 70], "local": [40, 45], "note": ["x", "y"]})
    balance.declare("state == central + local")
    unit, missing = balance.locate()
    by_row = {suspects[0].column: suspects[0] for suspects in unit.explanations}
    assert unit.explanations[0][0].column == "state" and by_row["state"].row == "0"
    assert by_row["state"].causes[0] == ntm.Suspicion(ntm.Cause.UNIT, 3, None, Decimal(120))
    assert "(10^3 times too large)" in str(unit)
    assert by_row["central"].causes == () and by_row["central"].repaired == 119_960
    assert len(missing.explanations) == 3 and missing.least_size == 1
    table = {"key": ["a", "b", "c", "all"], "x": [10, 20, 35, 30]}
    balance = ntm.Balance(table, key="key")
    balance.declare_rows("all == a + b + c")
    (total,) = [sets[0] for sets in balance.locate()[0].explanations if sets[0].row == "all"]
    assert total.causes[0] == ntm.Suspicion(ntm.Cause.MISSING_CHILD, 0, ("c", "x"), Decimal(65))
    assert "by missing child (c, x)" in str(total)


def test_rounded_figures() -> None:
    table = {"a": [10, 10], "b": [20, 20], "c": [31, 33]}
    balance = ntm.Balance(table, widths={"a": "0.5", "b": Decimal("0.5"), "c": 1})
    balance.declare("c == a + b")
    (violation,) = balance.check()
    assert (violation.row, violation.imbalance, violation.tolerance) == ("1", 3, 2)
    assert "(rounding explains 2)" in str(violation)
    (group,) = balance.locate()
    ranges = {sets[0].column: (sets[0].least, sets[0].most) for sets in group.explanations}
    assert ranges == {
        "a": (Fraction(23, 2), Fraction(29, 2)), "b": (Fraction(43, 2), Fraction(49, 2)), "c": (29, 31),
    }
    a = group.explanations[0][0]
    assert (a.column, a.repaired, a.least_open, a.most_open) == ("a", None, False, False)
    assert a.causes[0] == ntm.Suspicion(ntm.Cause.LAST_DIGIT, 0, None, Decimal(11))  # 11 may stand for 11.5
    assert "all holds with [11.5 .. 14.5]" in str(group)


def test_missing_is_not_zero() -> None:
    balance = ntm.Balance({"state": [5, 5], "central": [5, None], "local": [None, None], "all_none": [None, None]})
    balance.declare("state == central + local")
    balance.declare("state == all_none")
    checked = balance.check()
    assert (checked.violated, checked.undecided) == (0, 4) and list(checked) == [] and not len(balance.locate())
    assert str(balance.locate()) == "nothing to explain: all equations can hold together"


def test_searches_that_stop() -> None:
    balance = ntm.Balance({"a": [10, 20, 35], "b": [11, 22, 36], "sum": [24, 42, 66]})
    balance.declare("sum == a + b")
    assert len(balance.locate()) == 2 and balance.locate().complete
    some = balance.locate(explanations_most=1)
    assert some[0].end is ntm.LocateEnd.LOCATED_SOME and not some.complete and "in 1 or more way" in str(some)
    balance.declare_rows("'2' == '0' + '1'")
    assert [len(sets) for sets in balance.locate()[0].explanations] == [2]
    none = balance.locate(size_most=1)
    assert none[0].end is ntm.LocateEnd.STOPPED_SIZE and none[0].explanations == () and none[0].least_size == 2
    assert "stopped size" in str(none) and "at least 2" in str(none)
    assert balance.locate(work_most=1)[0].end is ntm.LocateEnd.STOPPED_WORK


def test_refused() -> None:
    days = np.array(["2020-01-01"] * 2, "M8[D]")
    table = {"key": ["a", "b"], "x": [1, 2], "y": [1, 2], "up": [None, "z"], "day": days}
    balance = ntm.Balance(table, key="key")
    assert repr(balance) == "<ntm.Balance of 4 cells, 0 equations>"  # dates are no figures
    with pytest.raises(ntm.NotFoundError, match="no such column of numbers") as raised:
        balance.declare("x == zz")
    assert raised.value.line == 1 and raised.value.column == 6
    with pytest.raises(ntm.NotFoundError, match="no such row"):
        balance.declare("x == y[c]")
    with pytest.raises(ntm.NotFoundError, match="no such row"):
        balance.declare_rows("a == c")
    with pytest.raises(ntm.NotFoundError, match="no such column"):
        balance.declare_rows("a == b", columns=["x", "q"])
    with pytest.raises(ntm.NotFoundError, match="z") as parents:
        balance.declare_tree("up")
    assert parents.value.row == 1
    with pytest.raises(ntm.SchemaError, match="nothing is left"):
        balance.declare("x == x")
    with pytest.raises(ntm.TextError, match="expected =="):
        balance.declare("x")
    with pytest.raises(ntm.SchemaError, match="lies in itself"):
        balance.declare_tree(["b", "a"])
    with pytest.raises(ntm.ShapeError, match="rows"):
        balance.declare_tree(["b"])
    with pytest.raises(ntm.NotFoundError, match="up"):
        balance.declare_tree("upp")
    with pytest.raises(ntm.ArgumentError, match="as a sequence"):
        ntm.Balance({"x": [1]}).declare_tree("up")
    with pytest.raises(TypeError, match="equation"):
        balance.declare(5)  # type: ignore[arg-type]
    for limits in ({"size_most": 0}, {"size_most": 17}, {"explanations_most": -1}, {"work_most": 0}):
        with pytest.raises(ntm.ArgumentError):
            balance.locate(**limits)
    assert balance.check().equations == 0
    for options, error in (
        ({"key": "kee"}, ntm.NotFoundError),
        ({"key": "x", "widths": {"y": -1}}, ntm.BadValueError),
        ({"widths": {"q": 1}}, ntm.NotFoundError),
        ({"widths": {"x": "half"}}, ntm.TextError),
        ({"widths": {"x": 0.5}}, TypeError),
        ({"widths": [1]}, TypeError),
        ({"nan": "zero"}, ntm.ArgumentError),
    ):
        with pytest.raises(error):
            ntm.Balance(table, **options)  # type: ignore[arg-type]
    with pytest.raises(ntm.ConflictError, match="already") as twice:
        ntm.Balance({"key": ["a", "a"], "x": [1, 2]}, key="key")
    assert twice.value.row == 1
    with pytest.raises(ntm.BadValueError, match="without a key"):
        ntm.Balance({"key": ["a", None], "x": [1, 2]}, key="key")


def test_keys_and_parents_of_all_sorts() -> None:
    balance = ntm.Balance({"code": [3, 1, 2], "x": [30, 10, 20], "none": [None] * 3}, key="code")
    balance.declare_tree([None, 3, 3], columns="x")
    balance.declare_tree("none")
    assert balance.check().hold == 1


def test_arrow() -> None:
    arrow = pytest.importorskip("pyarrow")
    batch = arrow.record_batch({"key": ["a", "b"], "x": [1, 2], "y": [1, 3]})
    if hasattr(batch, "__arrow_c_array__"):
        other = ntm.Balance(batch, key="key")
        other.declare("x == y")
        assert [one.row for one in other.check()] == ["b"]


def test_life() -> None:
    balance = real(mobilised())
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(str(balance.locate()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
    for make in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="make it again"):
            make(balance)  # type: ignore[operator]
    with balance:
        pass
    assert repr(balance) == "<ntm.Balance: closed>"
    for call in (balance.check, balance.locate, lambda: balance.declare("share == amount")):
        with pytest.raises(ValueError, match="closed"):
            call()  # type: ignore[operator]
