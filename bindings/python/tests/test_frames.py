# SPDX-License-Identifier: Apache-2.0
"""Data frames and record batches of other packages; each test is skipped where its package is missing."""

from __future__ import annotations

import ctypes
from decimal import Decimal

import pytest

import ntm

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = 0, 1, 2


def test_pandas(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({
        "code": ["18103", "18106", "18109"],
        "insured": [89.95, 90.0, 10.0],
        "households": pandas.array([10, None, 10], dtype="Int64"),
        "clean-water": [9, 9, 8],
        "plan": pandas.array([True, None, False], dtype="boolean"),
        "rating": pandas.Categorical(["khá", None, "trung bình"]),
        "region": ["BTB", None, "BTB"],
        "income": [36.0, 36.0, 35.9],
    })
    result = ntm.evaluate(frame, law, on="2020-02-25", unit="code")
    assert result.indicator("1.1").tolist() == [MET, OPEN, NOT_MET]
    assert result.indicator("1.2").tolist() == [MET, MET, NOT_MET]
    assert result.indicator("2.1").tolist() == [MET, OPEN, NOT_MET]
    assert result.indicator("3.1").tolist() == [MET, OPEN, NOT_MET]
    assert result.indicator("3.3").tolist() == [MET, OPEN, NOT_MET]
    assert result.row("18109") == 2
    frame.loc[1, "insured"] = None  # pandas turns it into NaN: an error until somebody says what it means
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.evaluate(frame, law, on="2020-02-25", unit="code")
    assert caught.value.unit == "18106"


def test_pandas_that_misleads(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    twice = pandas.DataFrame([[1.0, 2.0]], columns=["insured", "insured"])
    with pytest.raises(ntm.ConflictError, match="2 columns have this name") as caught:
        ntm.evaluate(twice, law, on="2020-02-25", region="BTB")
    assert caught.value.subject == "insured"
    days = pandas.DataFrame({"households": pandas.to_datetime(["2020-01-01"])})
    with pytest.raises(ntm.ShapeError, match="dates, expected numbers"):
        ntm.evaluate(days, law, on="2020-02-25", region="BTB")
    frame = pandas.DataFrame({"code": [18103, 18106], "income": [36.0, 35.0]})
    result = ntm.evaluate(frame, law, on=pandas.Timestamp("2020-02-25"), unit="code", region="BTB")
    assert [result.row(code) for code in frame["code"]] == [0, 1]
    for stamp in (pandas.Timestamp("2020-02-25 08:00"), pandas.Timestamp("2020-02-25", tz="UTC"), pandas.NaT):
        with pytest.raises((ntm.ArgumentError, TypeError)):
            ntm.evaluate(frame, law, on=stamp, unit="code", region="BTB")
    with pytest.raises(ntm.BadValueError, match="without a name"):
        ntm.evaluate(frame, law, on="2020-02-25", unit=pandas.Series(["a", pandas.NA]), region="BTB")


def test_polars(law: ntm.CriteriaSet) -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({
        "code": ["18103", "18106", "18109"],
        "insured": [Decimal("89.95"), None, Decimal("10.00")],
        "households": [10, None, 10],
        "clean-water": [9, 9, 8],
        "plan": [True, None, False],
        "rating": ["khá", None, "trung bình"],
        "income": [36.0, None, 35.9],
    })
    result = ntm.evaluate(frame, law, on="2020-02-25", unit="code", region="BTB")
    for indicator in ("1.1", "1.2", "2.1", "3.1", "3.3"):
        assert result.indicator(indicator).tolist() == [MET, OPEN, NOT_MET], indicator
    categorical = frame.with_columns(polars.col("rating").cast(polars.Categorical))
    again = ntm.evaluate(categorical, law, on="2020-02-25", unit="code", region="BTB")
    assert again.indicator("3.3").tolist() == [MET, OPEN, NOT_MET]


def test_arrow_in(law: ntm.CriteriaSet) -> None:
    arrow = pytest.importorskip("pyarrow")
    batch = arrow.record_batch({
        "insured": arrow.array([89.95, None, 10.0]),
        "households": arrow.array([10, None, 10]),
        "clean-water": arrow.array([9, 9, 8], arrow.int32()),
        "plan": arrow.array([True, None, False]),
        "rating": arrow.array(["khá", None, "trung bình"]).dictionary_encode(),
        "income": arrow.array([Decimal("36.0"), None, Decimal("35.9")]),
    })
    result = ntm.evaluate(batch, law, on="2020-02-25", unit=["a", "b", "c"], region="BTB")
    for indicator in ("1.1", "1.2", "2.1", "3.1", "3.3"):
        assert result.indicator(indicator).tolist() == [MET, OPEN, NOT_MET], indicator
    unsaid = arrow.record_batch({"insured": arrow.array([90.0, float("nan")])})
    with pytest.raises(ntm.BadValueError):
        ntm.evaluate(unsaid, law, on="2020-02-25", region="BTB")
    said = ntm.evaluate(unsaid, law, on="2020-02-25", region="BTB", nan="not reported")
    assert said.indicator("1.2").tolist() == [MET, OPEN]
    sliced = ntm.evaluate(batch.slice(2), law, on="2020-02-25", region="BTB")
    assert sliced.indicator("1.1").tolist() == [NOT_MET]
    with pytest.raises(ntm.NotFoundError):
        ntm.evaluate(batch.rename_columns(["wrong", *batch.schema.names[1:]]), law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.NtmError):
        ntm.evaluate(arrow.record_batch({"insured": arrow.array([1.0], arrow.float32())}), law, on="2020-02-25",
                     region="BTB")


class _Schema(ctypes.Structure):
    """struct ArrowSchema, to hand over a record batch without any package."""


_Schema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_char_p), ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.c_void_p), ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]


class _Array(ctypes.Structure):
    """struct ArrowArray."""


_Array._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))), ("dictionary", ctypes.c_void_p),
    ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p),
]


_BATCHES: list[_Batch] = []


class _Batch:
    """A record batch of one float64 column. It stays for ever: the core calls its release when it pleases."""

    def __init__(self, name: str, values: list[float]) -> None:
        _BATCHES.append(self)
        self.release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(self._released)
        release = ctypes.cast(self.release, ctypes.c_void_p)
        data = (ctypes.c_double * len(values))(*values)
        buffers = (ctypes.c_void_p * 2)(None, ctypes.cast(data, ctypes.c_void_p))
        none = (ctypes.c_void_p * 1)(None)
        inner_schema = _Schema(b"g", name.encode(), None, 2, release=release)
        inner = _Array(len(values), 0, 0, 2, 0, buffers, release=release)
        schemas = (ctypes.POINTER(_Schema) * 1)(ctypes.pointer(inner_schema))
        arrays = (ctypes.POINTER(_Array) * 1)(ctypes.pointer(inner))
        self.schema = _Schema(b"+s", b"", None, 0, 1, schemas, release=release)
        self.array = _Array(len(values), 0, 0, 1, 1, none, arrays, release=release)
        self.kept = (data, buffers, none, inner_schema, inner, schemas, arrays)

    @staticmethod
    def _released(address: int) -> None:
        pass

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
        return (new(ctypes.addressof(self.schema), b"arrow_schema", None),
                new(ctypes.addressof(self.array), b"arrow_array", None))


def test_nan_in_a_record_batch(law: ntm.CriteriaSet) -> None:
    values = [90.0, float("nan"), 10.0]
    first = _Batch("insured", values)
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.evaluate(first, law, on="2020-02-25", region="BTB")  # type: ignore[arg-type]
    assert caught.value.row == 1
    second = _Batch("insured", values)
    result = ntm.evaluate(second, law, on="2020-02-25", region="BTB", nan="not reported")  # type: ignore[arg-type]
    assert result.indicator("1.2").tolist() == [MET, OPEN, NOT_MET]
    assert result.explain(1, "1.2").verdict is ntm.Verdict.OPEN
    result.close()


def test_arrow_out(law: ntm.CriteriaSet) -> None:
    arrow = pytest.importorskip("pyarrow")
    result = ntm.evaluate({"insured": [89.95, None, 10.0]}, law, on="2020-02-25", region="BTB")
    batch = arrow.record_batch(result)
    del result
    batch.validate(full=True)
    assert batch.column("1.2").to_pylist() == ["đạt", "chưa có số liệu", "chưa đạt"]
    assert batch.column("criteria_met_most").to_pylist() == [3, 3, 2]
    polars = pytest.importorskip("polars")
    assert polars.from_arrow(batch)["1.2"].to_list() == ["đạt", "chưa có số liệu", "chưa đạt"]
