# SPDX-License-Identifier: Apache-2.0
"""Data frames, structured arrays, buffers, and Arrow from a producer that needs no package: our own results."""

from __future__ import annotations

import array
import datetime
from decimal import Decimal
from typing import Any

import pytest

import ntm
from ntm import arrow_in, columns, core, exports, tables

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = 0, 1, 2


def places(data: Any, law: ntm.CriteriaSet, names: list[str]) -> list[int]:
    """Where the columns lie in the table that is evaluated."""
    table, _ = tables.read_table(data, [law], names, None, "not reported", "ignore")
    at = core.table_names(table)
    return [core.table_layout(table, at.index(name))[0] for name in names]


def test_pandas_is_not_copied(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({name: np.arange(5.0) for name in ("insured", "income")})
    frame["households"] = np.arange(5)
    names = ["insured", "income", "households"]
    expected = [frame[name].to_numpy().__array_interface__["data"][0] for name in names]
    assert places(frame, law, names) == expected


def test_a_structured_array_is_not_copied(law: ntm.CriteriaSet) -> None:
    sort = np.dtype([("code", "U5"), ("insured", "f8"), ("households", "i4"), ("clean-water", "i2"), ("plan", "?")], align=True)
    rows = np.zeros(4, sort)
    rows["code"], rows["insured"] = ["a", "b", "c", "d"], [89.95, 1, 100, np.nan]
    rows["households"], rows["clean-water"], rows["plan"] = 10, [9, 8, 10, 9], [True, False, True, True]
    names = ["insured", "households", "clean-water", "plan"]
    start = rows.__array_interface__["data"][0]
    assert places(rows, law, names) == [start + sort.fields[name][1] for name in names]
    assert places(rows[::-2], law, names) == [start + 3 * sort.itemsize + sort.fields[name][1] for name in names]
    result = ntm.evaluate(rows, law, on="2020-02-25", unit="code", region="BTB", nan="not reported")
    assert result.indicator("1.1").tolist() == [MET, NOT_MET, MET, MET]
    assert result.indicator("1.2").tolist() == [MET, NOT_MET, MET, OPEN]
    assert result.indicator("3.1").tolist() == [MET, NOT_MET, MET, MET]
    assert result.row("d") == 3
    packed = rows.astype([(name, sort.fields[name][0]) for name in sort.names])  # not aligned: copied, and the same
    again = ntm.evaluate(packed, law, on="2020-02-25", unit="code", region="BTB", nan="not reported")
    assert again.indicator("1.2").tolist() == result.indicator("1.2").tolist()
    with pytest.raises(ntm.NotFoundError, match="did you mean 'insured'"):
        ntm.evaluate(np.zeros(1, [("insurred", "f8")]), law, on="2020-02-25", region="BTB")


def test_buffers(law: ntm.CriteriaSet) -> None:
    numbers = array.array("d", [89.95, 1.0])
    flags = memoryview(bytearray([1, 0])).cast("?")
    data = {"insured": numbers, "plan": flags}
    assert places(data, law, ["insured"]) == [numbers.buffer_info()[0]]
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    assert result.indicator("1.2").tolist() == result.indicator("3.1").tolist() == [MET, NOT_MET]


class Produced:
    """Data that only know the Arrow interfaces."""

    def __init__(self, *made: exports.Out) -> None:
        self.frame = exports.Frame(made)


class Batch(Produced):
    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        return self.frame.capsules()


class Reader(Produced):
    """Gives the same capsule again and again, as a stream that can be read once does."""

    def __init__(self, *made: exports.Out) -> None:
        super().__init__(*made)
        self.capsule = self.frame.stream()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.capsule


def facts() -> tuple[exports.Out, ...]:
    return (
        exports.text_column("code", ["18103", "18106", "18109"]),
        exports.Out("insured", "decimal", [Decimal("89.95"), None, Decimal("10.00")]),
        exports.int_column("households", [10, None, 10]),
        exports.Out("clean-water", "small", np.array([9, 9, 8], np.int8)),
        exports.Out("plan", "flag", [True, None, False]),
        exports.word_column("rating", ["khá", None, "trung bình"]),
        exports.text_column("region", ["BTB", None, "BTB"]),
        exports.Out("income", "decimal", [Decimal("36.0"), None, Decimal("35.5")]),
    )


@pytest.mark.parametrize("sort", [Batch, Reader])
def test_arrow(law: ntm.CriteriaSet, sort: type[Produced]) -> None:
    result = ntm.evaluate(sort(*facts()), law, on="2020-02-25", unit="code")
    for indicator in ("1.1", "1.2", "2.1", "3.1", "3.3"):
        assert result.indicator(indicator).tolist() == [MET, OPEN, NOT_MET], indicator
    assert result.row("18109") == 2
    assert result.explain(2, "1.2").verdict is ntm.Verdict.NOT_MET
    with pytest.raises(ntm.NotFoundError, match="did you mean 'code'"):
        ntm.evaluate(sort(*facts()), law, on="2020-02-25", unit="cod")
    days = exports.Out("day", "date", [datetime.date(2020, 1, 1), None])
    with pytest.raises(ntm.NotFoundError):
        ntm.evaluate(sort(days), law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="dates, expected numbers"):
        ntm.evaluate(sort(days._replace(name="households")), law, on="2020-02-25", region="BTB")


def test_a_stream_is_read_once(law: ntm.CriteriaSet) -> None:
    reader = Reader(*facts())
    ntm.evaluate(reader, law, on="2020-02-25", unit="code")
    with pytest.raises(ntm.ArgumentError, match="read already"):
        ntm.evaluate(reader, law, on="2020-02-25", unit="code")


def test_parts() -> None:
    rows = 10
    source = Reader(
        exports.int_column("households", list(range(rows))),
        exports.text_column("code", [None if row == 3 else f"xã {row}" for row in range(rows)]),
        exports.Out("day", "date", [datetime.date(2020, 1, 1 + row) for row in range(rows)]),
    )
    parts = list(arrow_in.arrow_parts(source, 4))
    assert [part.rows for part in parts] == [4, 4, 2]
    assert parts[0]["code"].tolist() == ["xã 0", "xã 1", "xã 2", None]
    assert list(parts[2]["code"]) == ["xã 8", "xã 9"]
    made = columns.prepare("households", parts[1]["households"], 4)
    assert made.data.tolist() == [4, 5, 6, 7] and not made.data.flags.writeable
    first = columns.prepare("households", parts[0]["households"], 4)
    address = first.data.__array_interface__["data"][0]
    assert made.data.__array_interface__["data"][0] == address + 4 * 8  # of one batch, where it lies
    assert np.asarray(parts[0]["code"]).tolist() == parts[0]["code"].tolist()
    day = columns.prepare("day", parts[1]["day"], 4)
    assert day.is_dates and day.data.tolist() == [18266, 18267, 18268, 18269]
    with pytest.raises(ntm.ShapeError, match="dates, expected text"):
        parts[1]["day"].tolist()
    with pytest.raises(IndexError):
        core.table_known(parts[1]["day"].table, 3)


def test_other_functions_take_arrow(law: ntm.CriteriaSet) -> None:
    entries = (
        exports.text_column("unit", ["A", "B"]),
        exports.word_column("stage", ["plan", "plan"]),
        exports.Out("date", "date", [datetime.date(2020, 1, 31)] * 2),
        exports.int_column("amount", [5, 7]),
    )
    ledger = ntm.Ledger(Reader(*entries))
    assert ledger.cube("stage")["plan"].value == 12 and ledger.borrows("amount")
    rolled = ntm.Rollup(Batch(exports.int_column("source", [0, 1]), exports.int_column("target", [0, 0])))
    households = Batch(exports.int_column("households", [3, 4]), exports.text_column("name", ["x", "y"]))
    with pytest.raises(ntm.NotFoundError):
        rolled.apply(households, law)
    assert rolled.apply(households, law, unknown="ignore").range("households", 0) == (7, 7)
    people = Reader(exports.int_column("has", [1, None]), exports.text_column("who", ["a", "b"]), exports.Out("odd", "date", [None, None]))
    assert ntm.top_up(people, benefits="has", target=5, by="who", unit="who").total.most == 9
