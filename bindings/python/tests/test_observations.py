# SPDX-License-Identifier: Apache-2.0
"""Observations in two times: every answer worked out by hand from the rows."""

from __future__ import annotations

import copy
import datetime
import gc
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

HEAD = "unit,fact,period,value,recorded_on\n"
CSV = HEAD + """\
A,poor,2020-01,12,2020-02-05
B,poor,2020-01,30,2020-02-12
A,poor,2020-01,21,2020-03-01
A,poor,2020-02,"20,5",2020-03-01
B,road,2020-02,tốt,2020-03-01
B,poor,2020-01,đang cập nhật,2020-03-05
A,poor,2020-02,"20,50",2020-03-01
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture()
def observations() -> ntm.Observations:
    return ntm.Observations.read(CSV, locale="vi", not_reported="Đang cập nhật")


def known(column: ntm.Column) -> list[Any]:
    return [
        None if gone else "n/a" if away else value
        for value, gone, away in zip(column.values.tolist(), column.not_reported, column.not_applicable)
    ]


def test_what_is_held(observations: ntm.Observations) -> None:
    assert len(observations) == 7 and observations.places == 4
    assert observations.units == ("A", "B")
    assert observations.facts == ("poor", "road")
    assert observations.periods == ("2020-01", "2020-02")
    assert observations.repeated == [(6, 3)]
    assert repr(observations) == "<ntm.Observations of 7 rows>"


def test_as_known_on(observations: ntm.Observations) -> None:
    early = observations.view(known_on="2020-02-29")
    assert (early.facts, early.periods, early.units) == (("poor",), ("2020-01",), ("A", "B"))
    assert known(early["poor"]) == [12, 30] and early["poor"].scale == 0
    assert early.source("poor", "B") == 1
    late = observations.view(known_on=day("2020-03-05"))
    assert len(late) == 4
    assert known(late["poor"]) == [210, None, 205, None] and late["poor"].scale == 1
    assert known(late["road"]) == [None, None, None, "tốt"]
    assert late.source("poor", "A", "2020-02") == 3
    assert late.source("road", "A", period="2020-01") is None
    assert late.count == ntm.ObservedCount(8, 3, 0, 1, 4, 0)
    assert late.count_of("road").unknown == 3
    assert list(late) == ["poor", "road"] and "road" in late and "x" not in late
    with pytest.raises(ntm.NotFoundError, match="did you mean"):
        late["rood"]
    with pytest.raises(ntm.NotFoundError, match="no such unit"):
        late.source("poor", "C", "2020-01")
    with pytest.raises(ntm.ArgumentError, match="2 periods"):
        late.source("poor", "A")


def test_what_is_asked_for(observations: ntm.Observations) -> None:
    view = observations.view(facts=["x", "poor"], periods="2020-01", units=["B", "Z", "A"], known_on="2020-02-29")
    assert view.units == ("B", "Z", "A") and view.facts == ("x", "poor")
    assert known(view["x"]) == [None] * 3
    assert known(view["poor"]) == [30, None, 12]
    assert view.count.left_out == 2
    with pytest.raises(ntm.ConflictError, match="row 0"):
        observations.view(units=["A", "A"])
    with pytest.raises(ntm.ArgumentError, match="twice"):
        observations.view(facts=["poor", "poor"])
    with pytest.raises(ntm.TextError, match="no period"):
        observations.view(periods=["2020-13"])
    with pytest.raises(TypeError):
        observations.view(facts=[1])  # type: ignore[list-item]


def test_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "unit": [18103, 18104, 18103],
            "fact": ["f", "f", "f"],
            "period": [2019, 2019, 2020],
            "value": [1.5, float("nan"), 2.0],
            "recorded_on": pandas.to_datetime(["2020-01-31", "2020-02-01", "2021-01-31"]),
        }
    )
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.Observations(frame)
    assert (caught.value.row, caught.value.unit) == (1, "18104")
    made = ntm.Observations(frame, nan="not reported").view().to_pandas().set_index(["period", "unit"])
    assert made.loc[("2019", "18103"), "f"] == Decimal("1.5")
    assert made.loc[("2019", "18104"), "f"] is None
    rough = ntm.Observations(frame, nan="not reported").view().to_pandas(exact=False).set_index(["period", "unit"])
    assert rough.loc[("2020", "18103"), "f"] == 2.0 and np.isnan(rough.loc[("2020", "18104"), "f"])


def test_columns_of_many_sorts() -> None:
    data: dict[str, Any] = {
        "unit": ["A", "B", "A"],
        "fact": "flag",
        "period": [day("2020-01-01"), day("2020-01-01"), day("2020-01-02")],
        "value": ntm.Column([True, False, False], not_applicable=np.array([False, False, True])),
        "recorded_on": np.array(["2020-01-05"] * 3, dtype="M8[D]"),
    }
    view = ntm.Observations(data).view(periods=[day("2020-01-01"), "2020-01-02"])
    assert known(view["flag"]) == [1, 0, "n/a", None]
    data["value"] = [Decimal("1.25"), None, Decimal(3)]
    assert known(ntm.Observations(data).view()["flag"]) == [125, None, 300, None]


def test_contradictions() -> None:
    with pytest.raises(ntm.ConflictError, match="another value than in row 0") as caught:
        ntm.Observations.read(HEAD + "A,f,2020,1,2020-01-01\nA,f,2020,2,2020-01-01\n")
    assert caught.value.row == 1 and str(caught.value) == str(caught.value.problems[0])
    with pytest.raises(ntm.ConflictError, match='text:3: value, row 1: .* is "đang cập nhật" a level'):
        ntm.Observations.read(HEAD + "A,f,2020,1,2020-01-01\nB,f,2020,đang cập nhật,2020-01-01\n")
    rows = {"unit": ["A", "B"], "fact": ["f", "f"], "period": ["2020", "2020-01"], "value": [1, 1],
            "recorded_on": ["2021-01-01", "2021-01-01"]}
    with pytest.raises(ntm.ConflictError, match="of a year in row 0") as caught:
        ntm.Observations(rows)
    assert (caught.value.row, caught.value.unit) == (1, "B")
    with pytest.raises(ntm.ShapeError, match="need this column"):
        ntm.Observations({name: rows[name] for name in ("unit", "fact", "period", "value")})
    with pytest.raises(ntm.ShapeError, match="no column of observations"):
        ntm.Observations({**rows, "note": ["", ""]})
    with pytest.raises(ntm.TextError) as several:
        ntm.Observations.read(HEAD + "A,f,2020,1;5,2020-01-01\nA,f,2020-13,2,2020-01-01\n")
    assert len(several.value.problems) == 2


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "observations.csv"
    path.write_text("\ufeffunit;fact;period;value;recorded_on\nA;f;2020;1,5;2021-01-01\n", encoding="utf-8")
    made = ntm.Observations.read(path, locale="vi", separator=";")
    assert known(made.view()["f"]) == [15]
    with pytest.raises(ntm.FileError):
        ntm.Observations.read(tmp_path / "nothing.csv")
    with pytest.raises(ntm.ArgumentError, match="separator"):
        ntm.Observations.read(path, separator=";;")
    with pytest.raises(ntm.ArgumentError, match="locale"):
        ntm.Observations.read(path, locale="fr")  # type: ignore[arg-type]


def test_punctuality(observations: ntm.Observations) -> None:
    found = observations.punctuality(due_days=10, known_on="2020-03-10")
    assert found.total == ntm.Punctual(8, 3, 1, 4, 0, 1, 1)
    assert found.by_fact["poor"] == ntm.Punctual(4, 2, 1, 1, 0, 1, 1)
    assert list(found.by_unit) == ["A", "B"] and found.by_unit["B"].missing == 2
    assert found.left_out == 0
    assert found.missing[0] == ntm.MissingReport("B", "poor", "2020-02", day("2020-03-10"))
    assert repr(found) == "<ntm.Punctuality: 3 in time, 1 late, 4 missing of 8>"
    late = observations.missing(due_days=10, known_on="2020-02-29", facts="poor", units=["A", "C"], periods="2020-01")
    assert late == [ntm.MissingReport("C", "poor", "2020-01", day("2020-02-10"))]
    with pytest.raises(ntm.ArgumentError):
        observations.punctuality(due_days=10**9, known_on="2020-03-10")


def test_evaluated_as_it_is(law: ntm.CriteriaSet) -> None:
    rows = {"unit": ["A", "B", "B"], "fact": "insured", "period": "2020-01", "value": [89.95, 90.0, 80.0],
            "recorded_on": ["2020-02-01", "2020-02-01", "2020-03-01"]}
    observations = ntm.Observations(rows)
    early = observations.view(known_on="2020-02-29")
    result = ntm.evaluate(early, law, unit=early.units, on="2020-02-25", region="BTB")
    assert "90" in str(result.explain("B", "1.2"))
    late = observations.view(known_on="2020-03-01")
    again = ntm.evaluate(late, law, unit=late.units, on="2020-02-25", region="BTB")
    assert "80" in str(again.explain("B", "1.2"))


def test_lifetime(observations: ntm.Observations) -> None:
    view = observations.view()
    found = observations.punctuality(due_days=10, known_on="2020-03-10")
    with observations:
        pass
    assert repr(observations) == "<ntm.Observations, closed>"
    with pytest.raises(ValueError, match="closed"):
        observations.view()
    del observations
    gc.collect()
    assert view.source("poor", "A", "2020-01") == 2
    assert len(found.missing) == 4
    for thing in (view, found):
        with pytest.raises(TypeError, match="cannot be pickled"):
            copy.copy(thing)
