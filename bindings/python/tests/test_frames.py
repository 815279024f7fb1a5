# SPDX-License-Identifier: Apache-2.0
"""Data frames and record batches of other packages; each test is skipped where its package is missing."""

from __future__ import annotations

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
    sliced = ntm.evaluate(batch.slice(2), law, on="2020-02-25", region="BTB")
    assert sliced.indicator("1.1").tolist() == [NOT_MET]
    with pytest.raises(ntm.NotFoundError):
        ntm.evaluate(batch.rename_columns(["wrong", *batch.schema.names[1:]]), law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.NtmError):
        ntm.evaluate(arrow.record_batch({"insured": arrow.array([1.0], arrow.float32())}), law, on="2020-02-25",
                     region="BTB")


def test_arrow_out(law: ntm.CriteriaSet) -> None:
    arrow = pytest.importorskip("pyarrow")
    result = ntm.evaluate({"insured": [89.95, None, 10.0]}, law, on="2020-02-25", region="BTB")
    batch = arrow.record_batch(result)
    del result
    batch.validate(full=True)
    assert batch.column("indicator:1.2").to_pylist() == [1, None, 2]
    assert batch.column("criteria_met_most").to_pylist() == [3, 3, 2]
    polars = pytest.importorskip("polars")
    assert polars.from_arrow(batch)["indicator:1.2"].null_count() == 1
