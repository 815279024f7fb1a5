# SPDX-License-Identifier: Apache-2.0
"""A table with a column of periods: every period by its own day and its own law."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import ntm

from conftest import SMALL

np = pytest.importorskip("numpy")

D = datetime.date

DATA: dict[str, Any] = {
    "code": ["A", "B", "A", "C", "B"],
    "month": ["2020-02", "2020-01", "2020-01", "2020-02", "2020-02"],
    "households": [2000, 2000, 2000, 2000, 2000],
    "clean-water": [1800, 1799, 1700, None, 1800],
    "region": ["BTB"] * 5,
}


def test_every_period_by_its_day(law: ntm.CriteriaSet) -> None:
    months = ntm.evaluate_periods(DATA, law, period="month", unit="code")
    assert list(months) == [D(2020, 1, 31), D(2020, 2, 29)] and len(months) == 2
    assert [one.units for one in months.values()] == [["B", "A"], ["A", "C", "B"]]
    assert [one.indicator("1.1").tolist() for one in months.values()] == [[2, 2], [1, 0, 1]]
    assert months.rows("2020-02").tolist() == [0, 3, 4] and not months.rows("2020-02").flags.writeable
    for key in ("2020-02", "2020-02-29", D(2020, 2, 29)):
        assert months[key].units == ["A", "C", "B"] and key in months
    assert "2020-03" not in months and 7 not in months and "soon" not in months
    with pytest.raises(ntm.NotFoundError, match="no such period"):
        months["2020-03"]
    assert months.tally(indicator="1.1") == {D(2020, 1, 31): (0, 2, 0), D(2020, 2, 29): (2, 0, 1)}
    assert repr(months) == "<ntm.Periods: 2 from 2020-01-31 to 2020-02-29>"
    assert "1.799" in str(months["2020-01"].explain("B", "1.1"))


@pytest.mark.parametrize(
    "periods",
    [
        ["2020-02-29", "2020-01-31", "2020-01-31", "2020-02-29", "2020-02-29"],
        [D(2020, 2, 29), D(2020, 1, 31), D(2020, 1, 31), D(2020, 2, 29), D(2020, 2, 29)],
        np.array(["2020-02-29", "2020-01-31", "2020-01-31", "2020-02-29", "2020-02"] * 1),
        np.array(["2020-02-29", "2020-01-31", "2020-01-31", "2020-02-29", "2020-02-29"], "M8[D]"),
    ],
    ids=["text", "dates", "mixed text", "datetime64"],
)
def test_periods_of_many_sorts(law: ntm.CriteriaSet, periods: Any) -> None:
    months = ntm.evaluate_periods({**DATA, "month": periods}, law, period="month", unit="code")
    assert [one.units for one in months.values()] == [["B", "A"], ["A", "C", "B"]]


def test_frames(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(DATA, index=[9, 8, 7, 7, 5])
    for column in (frame["month"], pandas.to_datetime(frame["month"]) + pandas.offsets.MonthEnd(0),
                   frame["month"].astype("category"), pandas.PeriodIndex(frame["month"], freq="M")):
        months = ntm.evaluate_periods(frame.assign(month=column), law, period="month", unit="code", nan="not reported")
        assert [one.units for one in months.values()] == [["B", "A"], ["A", "C", "B"]]
    shown = months.to_pandas()
    assert shown["period"].dt.strftime("%Y-%m-%d").tolist() == ["2020-01-31"] * 2 + ["2020-02-29"] * 3
    assert shown["unit"].tolist() == ["B", "A", "A", "C", "B"] and list(shown.columns)[:2] == ["period", "unit"]
    assert shown.index.tolist() == list(range(5))
    polars = pytest.importorskip("polars")
    months = ntm.evaluate_periods(polars.DataFrame(DATA), law, period="month", unit="code")
    assert [one.indicator("1.1").tolist() for one in months.values()] == [[2, 2], [1, 0, 1]]


def test_the_law_of_the_day(law: ntm.CriteriaSet) -> None:
    stricter = ntm.CriteriaSet.read(SMALL.replace("value: 90,", "value: 91,").replace("id: small", "id: strict"))
    asked: list[datetime.date] = []

    def law_of(day: datetime.date) -> ntm.CriteriaSet:
        asked.append(day)
        return stricter if day >= D(2020, 2, 1) else law

    months = ntm.evaluate_periods({**DATA, "clean-water": [1800] * 5}, law_of, period="month", unit="code")
    assert asked == list(months)
    assert [(one.law.id, one.indicator("1.1").tolist()) for one in months.values()] == [
        ("small", [1, 1]), ("strict", [2, 2, 2])]
    with pytest.raises(TypeError, match="has to give an ntm.CriteriaSet"):
        ntm.evaluate_periods(DATA, lambda day: None, period="month")  # type: ignore[arg-type, return-value]
    with pytest.raises(TypeError, match="function from a day"):
        ntm.evaluate_periods(DATA, 7, period="month")  # type: ignore[arg-type]
    late = {**DATA, "month": ["2021-02", "2020-01", "2020-01", "2020-02", "2020-02"]}
    with pytest.raises(ntm.NotInForceError, match=r"period 2021-02-28\); law= may be a function"):
        ntm.evaluate_periods(late, law, period="month", unit="code")
    assert len(ntm.evaluate_periods(late, law, period="month", unit="code", out_of_force=True)) == 3


def test_bad_input(law: ntm.CriteriaSet) -> None:
    twice = {**DATA, "month": ["2020-02", "2020-01", "2020-02-29", "2020-02", "2020-02"]}
    with pytest.raises(ntm.ConflictError, match="'A' at 2020-02-29 is row 0 already") as caught:
        ntm.evaluate_periods(twice, law, period="month", unit="code")
    assert caught.value.row == 2
    assert len(ntm.evaluate_periods(twice, law, period="month", unknown="ignore")) == 2
    for periods, error, match in (
        (["2020-02", None, "2020-01", "2020-02", "2020-02"], ntm.BadValueError, "row 1: a row without a period"),
        (["2020-02", "2020-13", "2020-01", "2020-02", "2020-02"], ntm.TextError, "row 1: '2020-13' is no period"),
        ([1.5] * 5, ntm.ShapeError, "month"),
        (["2020-02"] * 4, ntm.ShapeError, "expected"),
    ):
        with pytest.raises(error, match=match):
            ntm.evaluate_periods({**DATA, "month": periods}, law, period="month", unit="code")
    with pytest.raises(ntm.BadValueError, match="row 3: a unit without a name"):
        ntm.evaluate_periods({**DATA, "code": ["A", "B", "A", None, "B"]}, law, period="month", unit="code")
    wrong = {**DATA, "clean-water": [1800, 1799, 1700, 2001, 1800]}
    with pytest.raises(ntm.BadValueError, match=r"period 2020-02-29\)") as bad:
        ntm.evaluate_periods(wrong, law, period="month", unit="code")
    assert (bad.value.row, bad.value.unit) == (3, "C")
    for names in ({"period": "mont"}, {"period": "month", "unit": "cod"}):
        with pytest.raises(ntm.NotFoundError, match="did you mean"):
            ntm.evaluate_periods(DATA, law, **names)
    with pytest.raises(ntm.ArgumentError, match="both"):
        ntm.evaluate_periods(DATA, law, period="month", unit="month")
    with pytest.raises(ntm.ConflictError, match="as a keyword"):
        ntm.evaluate_periods(DATA, law, period="month", axes={"region": "BTB"}, region="BTB")
    with pytest.raises(TypeError, match="a mapping of columns"):
        ntm.evaluate_periods([1], law)


def test_no_rows(law: ntm.CriteriaSet) -> None:
    empty: dict[str, Any] = {"code": [], "month": [], "households": []}
    months = ntm.evaluate_periods(empty, law, period="month", unit="code")
    assert len(months) == 0 and repr(months) == "<ntm.Periods: none>"


def test_months_and_years_of_numpy_count_as_their_last_day(law: ntm.CriteriaSet) -> None:
    data = {"code": ["A", "B"], "households": [1, 2], "month": np.array(["2020-02", "2020-11"], "M8[M]")}
    months = ntm.evaluate_periods(data, law, period="month", unit="code", region="BTB")
    assert [str(day) for day in months] == ["2020-02-29", "2020-11-30"]
    years = ntm.evaluate_periods({**data, "month": np.array(["2020", "2020"], "M8[Y]")}, law, period="month", unit="code", region="BTB")
    assert [str(day) for day in years] == ["2020-12-31"]
    with pytest.raises(ntm.BadValueError, match="row 1"):
        ntm.evaluate_periods({**data, "month": np.array(["2020-02", "NaT"], "M8[M]")}, law, period="month", unit="code", region="BTB")
    long = {"unit": ["A", "B"], "fact": ["households"] * 2, "value": [1, 2], "period": data["month"]}
    wide = ntm.from_long(long, period="period")
    assert [str(day) for day in ntm.evaluate_periods(wide, law, period="period", unit="unit", region="BTB")] == ["2020-02-29", "2020-11-30"]


def test_law_may_be_a_function_to_the_id_of_a_shipped_set() -> None:
    data = {"code": ["A"], "period": ["2020-02"], "population": [2000], "insured-people": [1700]}
    months = ntm.evaluate_periods(data, lambda day: "commune-ntm-2016-2020", unit="code", region="BTB")
    assert months["2020-02"].indicator("15.1").tolist() == [1]
