# SPDX-License-Identifier: Apache-2.0
"""Long tables as wide ones, every value worked out by hand."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")


def table(*rows: tuple[Any, ...], columns: str = "unit fact value") -> dict[str, Any]:
    return {name: list(values) for name, values in zip(columns.split(), zip(*rows))}


MIXED = table(
    ("A", "households", 2000), ("A", "clean-water", Decimal(1800)), ("A", "insured", "89,95"), ("A", "plan", True),
    ("A", "rating", "khá"), ("B", "households", "1.000"), ("B", "clean-water", 901.0), ("B", "insured", 90.5),
    ("B", "plan", "có"), ("B", "rating", "đang  cập nhật"), ("C", "households", None), ("C", "market", "Không có"),
)


def test_all_sorts_in_one_column(law: ntm.CriteriaSet) -> None:
    wide = ntm.from_long(MIXED, law=law, locale="vi", not_reported="Đang cập nhật", not_applicable="không có", yes=("có", "x"))
    assert wide.units == ("A", "B", "C") and wide["unit"] == ["A", "B", "C"]
    assert wide.facts == ("households", "clean-water", "insured", "plan", "rating", "market")
    result = ntm.evaluate(wide, law, unit="unit", on="2020-02-25", region="BTB")
    assert {id: result.indicator(id).tolist() for id in ("1.1", "1.2", "3.1", "3.2", "3.3")} == {
        "1.1": [1, 1, 0], "1.2": [1, 1, 0], "3.1": [1, 1, 0], "3.2": [0, 0, 1], "3.3": [1, 0, 0]
    }
    assert wide.source("insured", "B") == 7 and wide.source("market", "A") is None
    assert "3" in repr(wide) and len(wide) == 7 and "plan" in wide
    with pytest.raises(ntm.NotFoundError, match="did you mean 'insured'"):
        wide["insuerd"]
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(wide)
    pandas = pytest.importorskip("pandas")
    frame = wide.to_pandas()
    assert frame["insured"].tolist() == [Decimal("89.95"), Decimal("90.50"), None] and frame["unit"].tolist() == ["A", "B", "C"]
    assert isinstance(frame, pandas.DataFrame) and pandas.isna(wide.to_pandas(exact=False)["households"][2])
    again = ntm.from_long(pandas.DataFrame(MIXED), law=law, locale="vi", not_reported="đang cập nhật",
                          not_applicable="không có", yes=("có", "x"))
    assert again.to_pandas().equals(frame)


def test_without_a_law() -> None:
    data = table(("A", "x", 1), ("B", "x", 2), ("A", "y", 3))
    wide = ntm.from_long(data)
    assert wide["x"].values.tolist() == [1, 2] and wide["y"].not_reported.tolist() == [False, True]
    wide = ntm.from_long({**data, "value": ["1,5", "", "tốt"]}, locale="vi")
    assert wide["x"].values.tolist() == [15, 0] and wide["x"].scale == 1 and wide["y"].values.tolist() == ["tốt", None]
    wide = ntm.from_long({"unit": "18103", "fact": ["x", "y"], "value": np.array([1, 2])})
    assert wide.units == ("18103",)
    wide = ntm.from_long({"ma": [18103, 18104], "f": "x", "v": [0.25, float("nan")]}, unit="ma", fact="f", value="v",
                         nan="not reported")
    assert wide["ma"] == ["18103", "18104"] and wide["x"].not_reported.tolist() == [False, True]


def test_periods_and_carried_columns(law: ntm.CriteriaSet) -> None:
    data = table(
        ("A", "households", "2020-01", 2000, "BTB"), ("A", "clean-water", "2020-01", 1800, "BTB"),
        ("B", "clean-water", "2020-02", 700, None), ("B", "households", "2020-02", 1000, "DBSH"),
        columns="unit fact month value region",
    )
    wide = ntm.from_long(data, law=law, period="month", carry="region")
    assert wide["unit"] == ["A", "B", "A", "B"] and wide["month"] == ["2020-01", "2020-01", "2020-02", "2020-02"]
    assert wide["region"].tolist() == ["BTB", None, None, "DBSH"]
    months = ntm.evaluate_periods(wide, law, period="month", unit="unit")
    assert [one.indicator("1.1").tolist() for one in months.values()] == [[1, 0], [0, 2]]
    dates = {**data, "month": [datetime.date(2020, 1, 31)] * 2 + [datetime.date(2020, 2, 29)] * 2}
    same = ntm.from_long(dates, law=law, period="month", carry=["region"])
    assert same["region"].tolist() == ["BTB", None, None, "DBSH"] and same["month"][0] == "2020-01-31"
    with pytest.raises(ntm.ConflictError, match="'DBSH' for 'A', and 'BTB' in row 0") as caught:
        ntm.from_long({**data, "region": ["BTB", "DBSH", None, None]}, period="month", carry="region")
    assert caught.value.row == 1
    assert ntm.from_long({**data, "region": "BTB"}, period="month", carry="region")["region"] == "BTB"


def test_arrow(law: ntm.CriteriaSet) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    data = table(("A", "households", 2000), ("A", "clean-water", 1800), ("B", "households", None))
    for frame in (pyarrow.table(data), pyarrow.table(data).to_reader(), polars.DataFrame(data)):
        wide = ntm.from_long(frame, law=law)
        assert wide.units == ("A", "B") and wide["households"].values.tolist()[0] == 2000
        assert wide["households"].not_reported.tolist() == [False, True]
    floats = pyarrow.table({**data, "value": pyarrow.array([1.5, None, 2.25])})
    assert ntm.from_long(floats)["households"].values.tolist() == [150, 225]


def test_dates_with_a_law() -> None:
    text = """
format: ntm-set/1
id: dated
title: {vi: Ngày}
programme: test
level: commune
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
facts:
  approved: {kind: date}
criteria:
  - {id: "1", name: {vi: Ngày}, source: [S], rule: [approved, "<=", {date: 2020-02-01}]}
"""
    law = ntm.CriteriaSet.read(text)
    values: list[Any] = [datetime.date(2020, 1, 31), "2020-02-02", datetime.datetime(2020, 2, 1)]
    data = {"unit": ["A", "B", "C"], "fact": "approved", "value": values}
    result = ntm.evaluate(ntm.from_long(data, law=law), law, unit="unit", on="2020-03-01")
    assert result.criterion("1").tolist() == [1, 2, 1]
    stamps = {**data, "value": np.array(["2020-01-31", "2020-02-02", "2020-02-01"], "M8[ns]")}
    result = ntm.evaluate(ntm.from_long(stamps, law=law), law, unit="unit", on="2020-03-01")
    assert result.criterion("1").tolist() == [1, 2, 1]
    for wrong in ("soon", datetime.datetime(2020, 2, 1, 7), 5):
        with pytest.raises(ntm.ShapeError) as caught:
            ntm.from_long({**data, "value": [values[0], wrong, None]}, law=law)
        assert caught.value.row == 1
    with pytest.raises(ntm.ShapeError, match="with law="):
        ntm.from_long({**data, "value": [values[0], "x", 1]})


def test_what_comes_twice() -> None:
    rows = [("A", "x", "2020-01", 1), ("A", "x", "2020-02", 1), ("A", "x", "2020-01", 2)]
    data = table(*rows, columns="unit fact month value")
    with pytest.raises(ntm.ConflictError, match="'A', 'x', '2020-01' is row 0 already") as caught:
        ntm.from_long(data, period="month")
    assert caught.value.row == 2
    with pytest.raises(ntm.ConflictError, match="fact, row 1: 'A', 'x' is row 0 already") as caught:
        ntm.from_long(data)
    assert caught.value.row == 1
    with pytest.raises(ntm.ConflictError, match="row 2: 'A', 'x', '2020-01' is row 0"):
        ntm.from_long({**data, "value": [1, 1, 1]}, period="month")
    with pytest.raises(ntm.ConflictError, match="a column and a fact"):
        ntm.from_long({"unit": ["A"], "fact": ["unit"], "value": [1]})


@pytest.mark.parametrize(
    "fact, value, error, match",
    [
        ("houshold", 1, ntm.NotFoundError, "did you mean 'households'"),
        ("households", "nhiều", ntm.ShapeError, "'nhiều' is text, expected a number"),
        ("households", True, ntm.ShapeError, "yes or no, expected a number"),
        ("households", "1.2.3", ntm.TextError, "value, row 1"),
        ("households", float("nan"), ntm.BadValueError, "nan='not reported'"),
        ("households", Decimal("Infinity"), ntm.BadValueError, "not a number"),
        ("households", [1], ntm.ShapeError, "no value can be made of list"),
        ("plan", "maybe", ntm.ShapeError, "yes= and no="),
        ("plan", 2, ntm.ShapeError, "no yes or no"),
        ("rating", 3, ntm.ShapeError, "number, expected text"),
        ("rating", "kha", ntm.NotFoundError, "no such level; did you mean 'khá'"),
        ("region", 3, ntm.ShapeError, "number, expected text"),
        (None, 3, ntm.BadValueError, "row 1"),
    ],
)
def test_wrong_values(law: ntm.CriteriaSet, fact: Any, value: Any, error: type[ntm.NtmError], match: str) -> None:
    data = table(("A", "households", "5"), ("B", fact, value))
    with pytest.raises(error, match=match) as caught:
        ntm.from_long(data, law=law)
    assert caught.value.row == 1
    assert ntm.from_long({**data, "fact": ["households", "x"], "value": [1, 2]}, law=law, unknown="ignore").facts == (
        "households",)


def test_wrong_calls(law: ntm.CriteriaSet) -> None:
    data = table(("A", "households", 5))
    for names in ({"unit": "unti"}, {"fact": "fcat"}, {"value": "valeu"}):
        with pytest.raises(ntm.NotFoundError, match="did you mean"):
            ntm.from_long(data, **names)
    with pytest.raises(ntm.NotFoundError, match="no such column"):
        ntm.from_long(data, period="month")
    with pytest.raises(ntm.ShapeError, match="2 rows, expected 1"):
        ntm.from_long({**data, "value": [1, 2]})
    with pytest.raises(TypeError, match="a mapping of columns"):
        ntm.from_long([1])
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.from_long({"ma": ["A", None], "fact": "households", "value": [1, 2]}, unit="ma", law=law)
    assert caught.value.row == 1 and caught.value.subject == "ma"
    with pytest.raises(ntm.ArgumentError, match="locale"):
        ntm.from_long(data, locale="fr")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="by None"):
        ntm.from_long({"unit": ["A"], "fact": ["x"], "value": ntm.Column([1])}, law=law, unknown="ignore")


@pytest.mark.parametrize("text", ["１", "½", "…"])
def test_texts_that_no_number_begins_with_name_their_row(text: str) -> None:
    law = ntm.catalogue()["commune-ntm-2016-2020"]
    data = {"unit": ["A", "B"], "fact": ["population"] * 2, "value": [5, text]}
    for given in (data, {name: values[1:] for name, values in data.items()}):
        with pytest.raises(ntm.ShapeError, match="expected a number") as caught:
            ntm.from_long(given, law=law)
        assert caught.value.row == len(given["unit"]) - 1


@pytest.mark.parametrize("number", [10**30, 1e300, Decimal("1E-30")])
def test_numbers_beyond_the_library_name_their_row(number: Any) -> None:
    data = {"unit": ["A", "B"], "fact": ["population"] * 2, "value": [Decimal(5), number]}
    with pytest.raises(ntm.ExactOverflowError) as caught:
        ntm.from_long(data, law="commune-ntm-2016-2020")
    assert caught.value.row == 1 and caught.value.problem.subject == "value"
