# SPDX-License-Identifier: Apache-2.0
"""What can be a column, what is copied and what is refused."""

from __future__ import annotations

import array
import datetime
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest

import ntm
from ntm import columns, core

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = 0, 1, 2


def run(law: ntm.CriteriaSet, **data: Any) -> ntm.Attainment:
    named = {name.replace("_", "-"): value for name, value in data.items()}
    return ntm.evaluate(named, law, on="2020-02-25", region="BTB")


@pytest.mark.parametrize("dtype", ["f8", "i8", "i4", "i2", "i1", "?"])
@pytest.mark.parametrize("stride", [1, 3, -1, -2])
def test_nothing_is_copied(dtype: str, stride: int) -> None:
    values = np.zeros(60, dtype=dtype)[::stride]
    prepared = columns.prepare("x", values, len(values))
    table = core.table_new(len(values), 1)
    core.table_add(table, "x", prepared.data, 0, False, None, None, None)
    address, step, rows = core.table_layout(table, 0)
    assert (address, step, rows) == (values.__array_interface__["data"][0], values.strides[0], len(values))


def test_memory_does_not_grow_with_the_columns(law: ntm.CriteriaSet) -> None:
    rows = 1_000_000
    data = {"households": np.full(rows, 2000), "clean-water": np.full(rows, 1800), "insured": np.full(rows, 89.95)}
    tracemalloc.start()
    result = run(law, **{name.replace("-", "_"): value for name, value in data.items()})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(result) == rows
    assert peak < 1_000_000, f"{peak} bytes for columns of {rows * 8}"


@pytest.mark.parametrize("stride", [2, -1])
def test_strides_are_read_right(law: ntm.CriteriaSet, stride: int) -> None:
    insured = np.array([89.95, 0.0, 89.94, 0.0, 90.0, 0.0])[::stride]
    expected = [MET if value >= 89.95 else NOT_MET for value in insured]
    assert run(law, insured=insured).indicator("1.2").tolist() == expected


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i4", ">f8", "f8"])
def test_every_number_type_gives_the_same(law: ntm.CriteriaSet, dtype: str) -> None:
    households, clean = np.array([100, 100, 100]).astype(dtype), np.array([90, 89, 100]).astype(dtype)
    assert run(law, households=households, clean_water=clean).indicator("1.1").tolist() == [MET, NOT_MET, MET]


@pytest.mark.parametrize("dtype", ["f4", "f2", "c16", "S3", "V4", "g"])
def test_refused_types(law: ntm.CriteriaSet, dtype: str) -> None:
    with pytest.raises(ntm.ShapeError) as caught:
        run(law, insured=np.zeros(3, dtype=dtype))
    assert caught.value.subject == "insured"
    if dtype in ("f4", "f2"):
        assert "float" in str(caught.value) and "Decimal" in str(caught.value)


def test_lists_decimals_and_none(law: ntm.CriteriaSet) -> None:
    assert run(law, insured=[89.95, 89.94]).indicator("1.2").tolist() == [MET, NOT_MET]
    assert run(law, insured=[90, None, 89]).indicator("1.2").tolist() == [MET, OPEN, NOT_MET]
    assert run(law, insured=[89.95, None]).indicator("1.2").tolist() == [MET, OPEN]
    exact = [Decimal("89.95"), Decimal("89.949999999999999"), None, Decimal("9E1")]
    assert run(law, insured=exact).indicator("1.2").tolist() == [MET, NOT_MET, OPEN, MET]
    assert run(law, plan=[True, False, None]).indicator("3.1").tolist() == [MET, NOT_MET, OPEN]
    scaled = ntm.Column(np.array([8995, 8994], dtype=np.int32), scale=2)
    assert run(law, insured=scaled).indicator("1.2").tolist() == [MET, NOT_MET]
    assert run(law, insured=array.array("d", [89.95, 1.0])).indicator("1.2").tolist() == [MET, NOT_MET]
    assert run(law, insured=memoryview(array.array("q", [90, 89]))).indicator("1.2").tolist() == [MET, NOT_MET]


def test_one_value_for_all_rows(law: ntm.CriteriaSet) -> None:
    result = run(law, insured=[89.95, 90.0, 91.0], plan=True, rating="tốt")
    assert result.indicator("3.1").tolist() == [MET] * 3
    assert result.indicator("3.3").tolist() == [MET] * 3


def test_masks(law: ntm.CriteriaSet) -> None:
    masked = np.ma.array([90.0, 0.0, np.nan, 10.0] * 5, mask=[False, True, True, False] * 5)
    assert run(law, insured=masked).indicator("1.2").tolist() == [MET, OPEN, OPEN, NOT_MET] * 5
    assert run(law, insured=np.ma.array([90.0, 0.0])).indicator("1.2").tolist() == [MET, NOT_MET]
    column = ntm.Column([True, True, False], not_reported=np.array([False, True, False]))
    assert run(law, plan=column).indicator("3.1").tolist() == [MET, OPEN, NOT_MET]


def test_not_applicable(law: ntm.CriteriaSet) -> None:
    away = np.array([True, False, False])
    market = ntm.Column([False, False, True], not_applicable=away)
    assert run(law, market=market).indicator("3.2").tolist() == [MET, NOT_MET, MET]
    plan = ntm.Column([False, False, True], not_applicable=away)
    assert run(law, plan=plan).indicator("3.1").tolist() == [OPEN, NOT_MET, MET]


@pytest.mark.parametrize("mask", [[True], np.array([1, 0]), np.array([[True, False]]), np.array([True, False, True])])
def test_bad_masks(law: ntm.CriteriaSet, mask: Any) -> None:
    with pytest.raises(ntm.ShapeError):
        run(law, plan=ntm.Column([True, False], not_applicable=mask))


def test_nan(law: ntm.CriteriaSet) -> None:
    insured = np.array([90.0, 91.0, np.nan])
    with pytest.raises(ntm.BadValueError) as caught:
        run(law, insured=insured)
    assert (caught.value.row, caught.value.subject) == (2, "insured")
    result = ntm.evaluate({"insured": insured}, law, on="2020-02-25", region="BTB", nan="not reported")
    assert result.indicator("1.2").tolist() == [MET, MET, OPEN]
    for bad in (np.inf, -np.inf):
        with pytest.raises(ntm.BadValueError) as caught:
            ntm.evaluate({"insured": [1.0, bad]}, law, on="2020-02-25", region="BTB", nan="not reported",
                         unit=["18103", "18106"])
        assert (caught.value.row, caught.value.unit) == (1, "18106")


@pytest.mark.parametrize(("row", "value"), [(1, -1), (2, 101), (0, 140)])
def test_impossible_shares(law: ntm.CriteriaSet, row: int, value: int) -> None:
    insured = np.array([50, 50, 50])
    insured[row] = value
    with pytest.raises(ntm.BadValueError) as caught:
        run(law, insured=insured)
    assert caught.value.row == row


def test_a_part_above_its_whole(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.BadValueError) as caught:
        run(law, households=[10, 10, 10], clean_water=[10, 9, 11])
    assert caught.value.row == 2


def test_lengths(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.ShapeError):
        run(law, insured=[1.0, 2.0], income=[1.0, 2.0, 3.0])
    with pytest.raises(ntm.ShapeError):
        ntm.evaluate({"insured": [1.0, 2.0]}, law, on="2020-02-25", region="BTB", unit=["a", "b", "c"])
    with pytest.raises(ntm.ShapeError):
        run(law, insured=np.zeros((2, 2)))


def test_text_columns(law: ntm.CriteriaSet) -> None:
    assert run(law, rating=np.array(["khá", "tốt", "trung bình"])).indicator("3.3").tolist() == [MET, MET, NOT_MET]
    assert run(law, rating=["khá", None, float("nan")]).indicator("3.3").tolist() == [MET, OPEN, OPEN]
    with pytest.raises(ntm.ShapeError) as caught:
        run(law, rating=["khá", 3])
    assert caught.value.row == 1
    with pytest.raises(ntm.NtmError):
        run(law, rating=["khá", "xuất sắc"])
    with pytest.raises(ntm.NtmError):
        run(law, insured=["90", "91"])
    data = {"income": [36.0, 36.0, 36.0], "region": ["BTB", "DBSH", None]}
    assert ntm.evaluate(data, law, on="2020-02-25").indicator("2.1").tolist() == [MET, OPEN, OPEN]
    with pytest.raises(ntm.NotFoundError):
        ntm.evaluate({"income": [1.0], "region": ["XYZ"]}, law, on="2020-02-25")


def test_dates() -> None:
    days = columns.prepare("d", [datetime.date(1970, 1, 2), None], 2)
    assert days.data.tolist()[0] == 1 and days.validity == b"\x01"
    stamps = np.array(["1970-01-03", "NaT"], dtype="M8[s]")
    assert columns.prepare("d", stamps, 2).data.tolist()[0] == 2
    with pytest.raises(ntm.ShapeError):
        columns.prepare("d", np.array(["1970-01-03T12:00"], dtype="M8[s]"), 1)


def test_numbers_that_do_not_fit(law: ntm.CriteriaSet) -> None:
    with pytest.raises(OverflowError):
        run(law, households=np.array([2**64 - 1], dtype=np.uint64))
    with pytest.raises(OverflowError) as caught:
        run(law, households=[1, 2**70])
    assert isinstance(caught.value, ntm.NtmError) and caught.value.row == 1
    for mixed in ([True, 2], [[1], [2]], [1.5, "x"], [{}], [b"x"]):
        with pytest.raises(ntm.ShapeError):
            run(law, households=mixed)
    with pytest.raises(OverflowError):
        run(law, insured=[Decimal("0." + "1" * 30)])
    with pytest.raises(ntm.ShapeError):
        run(law, insured=ntm.Column([1.0], scale=2))
    with pytest.raises(ntm.ShapeError):
        run(law, insured=ntm.Column([1], scale=19))


def test_no_rows(law: ntm.CriteriaSet) -> None:
    result = run(law, insured=np.zeros(0))
    assert len(result) == 0 and result.status.tolist() == [] and result.criteria_met.least.tolist() == []
    assert result.tally() == (0, 0, 0)
    assert result.near_misses() == []


@pytest.mark.parametrize("number", ["1E99999999", "-1E99999999", "1E-99999999", "0E99999999", "1E39", "1E19", "1E-19"])
def test_exponents_are_refused_before_they_are_written_out(law: ntm.CriteriaSet, number: str) -> None:
    with pytest.raises(ntm.ExactOverflowError) as caught:
        run(law, insured=[Decimal(1), Decimal(number)])
    assert caught.value.row == 1
    with pytest.raises(ntm.ArgumentError):
        ntm.format_number(Decimal(number), locale="vi")


def test_objects_of_numpy_in_a_list(law: ntm.CriteriaSet) -> None:
    assert run(law, insured=[np.int64(90), Decimal("89.94"), 89]).indicator("1.2").tolist() == [MET, NOT_MET, NOT_MET]
    assert run(law, insured=[np.int64(90), np.int64(89)]).indicator("1.2").tolist() == [MET, NOT_MET]
    with pytest.raises(ntm.BadValueError):
        run(law, insured=[Decimal("sNaN")])


@pytest.mark.parametrize(
    "days", [np.array(["2020-01-01"], "M8[D]"), [datetime.date(2020, 1, 1)], [None, datetime.datetime(2020, 1, 1)]]
)
@pytest.mark.parametrize("fact", ["households", "income", "insured", "plan", "rating"])
def test_days_are_no_numbers(law: ntm.CriteriaSet, fact: str, days: Any) -> None:
    with pytest.raises(ntm.ShapeError, match="dates, expected") as caught:
        run(law, **{fact: days})
    assert caught.value.subject == fact
    with pytest.raises(ntm.ShapeError, match="dates, expected text"):
        ntm.evaluate({"region": days}, law, on="2020-02-25")


def test_text_for_numbers_says_what_to_do(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.ShapeError, match="text, expected numbers; ntm.parse_number"):
        run(law, insured=["90", "91"])
    with pytest.raises(ntm.ShapeError, match="text, expected booleans"):
        run(law, plan=["x"])


def test_nothing_but_none(law: ntm.CriteriaSet) -> None:
    nothing = [None, None]
    result = run(law, insured=nothing, income=nothing, rating=nothing, plan=nothing, households=nothing)
    for indicator in ("1.1", "1.2", "2.1", "3.1", "3.3"):
        assert result.indicator(indicator).tolist() == [OPEN, OPEN]
    assert ntm.evaluate({"income": [36.0], "region": [None]}, law, on="2020-02-25").indicator("2.1").tolist() == [OPEN]
    with pytest.raises(ntm.NtmError):
        run(law, insured=[True, None])


def test_no_columns(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.ShapeError, match="how many rows"):
        run(law)
    assert len(ntm.evaluate({}, law, on="2020-02-25", region="BTB", unit=["a", "b"])) == 2
    ignored = ntm.evaluate({"name": ["x", "y", "z"]}, law, on="2020-02-25", region="BTB", unknown="ignore")
    assert len(ignored) == 3


def test_what_is_no_table(law: ntm.CriteriaSet) -> None:
    for bad in ([1, 2], 3, None, "insured"):
        with pytest.raises(TypeError):
            ntm.evaluate(bad, law, on="2020-02-25", region="BTB")  # type: ignore[arg-type]


def test_a_whole_number_is_not_rounded_by_the_floats_beside_it() -> None:
    for values in ([2**53 + 1, 0.0], [0.5, None, 2**53 + 1], [float("nan"), -(2**53) - 1]):
        with pytest.raises(ntm.ExactOverflowError, match="among floats") as caught:
            columns.prepare("amount", values, len(values))
        assert caught.value.row == [row for row, one in enumerate(values) if isinstance(one, int)][-1]
    assert columns.prepare("amount", [2**53, 0.5], 2).data.tolist() == [2.0**53, 0.5]
    assert columns.prepare("amount", [2**53 + 1, None], 2).data.tolist() == [2**53 + 1, 0]


def test_missing_values_of_pandas_among_objects() -> None:
    pandas = pytest.importorskip("pandas")
    for values in ([pandas.NA, pandas.NA], [True, pandas.NA]):
        made = columns.prepare("plan", pandas.Series(values, dtype=object), 2)
        assert columns.reported(made).tolist() == [one is True for one in values]


def test_days_with_a_time_zone_are_refused() -> None:
    pandas = pytest.importorskip("pandas")
    stamp = pandas.Timestamp("2020-02-25 07:00", tz="Asia/Ho_Chi_Minh")  # a whole day in UTC only
    for values in (pandas.Series([stamp]), pandas.Series([stamp], dtype=object), [stamp.to_pydatetime()]):
        with pytest.raises(ntm.ShapeError, match="time zone"):
            columns.prepare("date", values, 1)


def test_categories_of_pandas_that_are_no_text() -> None:
    pandas = pytest.importorskip("pandas")
    table = {"unit": ["A", "B"], "stage": "plan", "date": "2020-01-31"}
    for values in ([1.125, 3.375], [Decimal("1.125"), Decimal("3.375")]):  # as text in "vi" 1125 and 3375
        ledger = ntm.Ledger({**table, "amount": pandas.Categorical(values)}, numbers="vi", unit="nghìn đồng")
        assert ledger.cube("stage")["plan"].value == 4500
    open_one = ntm.Ledger({**table, "amount": pandas.Categorical([2.0, None])}, nan="not reported")
    assert open_one.cube("stage")["plan"] == (ntm.Known.NOT_REPORTED, None, 2, 1, False, "đồng")
    days = pandas.Categorical(pandas.to_datetime(["2020-01-31", "2020-02-29"]))
    assert columns.prepare("date", days, 2).data.tolist() == [18292, 18321]
    assert columns.prepare("unit", pandas.Categorical([7, None]), 2).categories == ("7",)  # codes read as numbers
    with pytest.raises(ntm.ShapeError, match="int among text"):
        columns.prepare("unit", pandas.Categorical([1, "1"]), 2)
