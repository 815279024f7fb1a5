# SPDX-License-Identifier: Apache-2.0
"""Trajectories. All figures are made up."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = """\
format: ntm-set/1
id: t
programme: test
level: commune
tier: standard
place: VN
instrument: {in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere}}
axes:
  region: {values: {A: {vi: a}, B: {vi: b}}}
  year: {values: ["2021", "2025"]}
facts:
  clean: {kind: share, unit: "%"}
  income: {kind: amount, unit: triệu đồng/người/năm}
  hall: {kind: flag}
  pupils: {kind: count, unit: person}
figures:
  income: {unit: triệu đồng/người/năm, axes: [region, year], interpolate: true, source: [S],
    values: {A: {"2021": 39, "2025": 53}, B: {"2021": 40, "2025": 50}}}
criteria:
  - id: "1"
    source: [S]
    indicators:
      - {id: "1.1", source: [S], rule: [clean, ">=", {constant: 85, unit: "%"}]}
      - {id: "1.2", source: [S], rule: [income, ">=", {figure: income}]}
  - id: "2"
    source: [S]
    rule: {any: [{indicator: "2.1"}, {indicator: "1.1"}]}
    indicators:
      - {id: "2.1", source: [S], rule: {attested: hall}}
"""
SCHEME = {
    "indicator": ["1.1", None],
    "fact": [None, "pupils"],
    "unit": [None, "X"],
    "sign": [None, "<"],
    "line": ["straight", None],
    "from": [datetime.date(2019, 12, 31), None],
    "from_value": [62.0, float("nan")],
    "to": [None, "2020-02-10"],
    "to_value": [None, 5],
    "citation": ["QĐ 1", None],
}


@pytest.fixture(scope="module")
def small() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(LAW)


def observed() -> ntm.ObservedView:
    rows = [
        ("X", "clean", "2020-01", 62.1), ("Y", "clean", "2020-01", 90), ("X", "clean", "2020-02", 62.3),
        ("Y", "clean", "2020-02", 84), ("X", "pupils", "2020-01", 9), ("X", "pupils", "2020-02", 5),
    ]
    unit, fact, period, value = zip(*rows)
    known = ["2020-03-01"] * len(rows)
    data = {"unit": unit, "fact": fact, "period": period, "value": [Decimal(str(one)) for one in value], "recorded_on": known}
    return ntm.Observations(data).view()


@pytest.fixture()
def course(small: ntm.CriteriaSet) -> ntm.Trajectory:
    return ntm.trajectory(observed(), small, deadline="2025-12-31", targets=SCHEME, region="A")


def test_a_unit(course: ntm.Trajectory) -> None:
    assert course.units == ("X", "Y") and course.periods == ("2020-01", "2020-02")
    cell = course.at("X", indicator="1.1")
    assert cell.state is ntm.TrackState.BEHIND and cell.why is ntm.TrackWhy.NOTHING and cell.period == "2020-02"
    assert cell.value == ntm.Range(Fraction("62.3"), Fraction("62.3")) and cell.target.least == 85
    assert cell.interim == 62 + 23 * Fraction(60, 2192) and cell.behind == cell.interim - Fraction("62.3")
    assert cell.since == datetime.date(2020, 1, 31) and cell.fell_since is None
    fell = course.at("Y", indicator="1.1", period=datetime.date(2020, 2, 29))
    assert fell.state is ntm.TrackState.ON_TRACK and fell.fell_since == datetime.date(2020, 1, 31)
    assert course.at("Y", indicator="1.1", period="2020-01").state is ntm.TrackState.ATTAINED
    assert course.at("X", fact="pupils").state is ntm.TrackState.MISSED and course.at("X", fact="pupils").behind == 0
    assert course.at("Y").why is ntm.TrackWhy.PARTS
    one = course.at("X", indicator="1.1").series
    assert one == ntm.TrackSeries("indicator", "1.1", True, False, ">=", "%")
    assert repr(course) == "<ntm.Trajectory of 2 units, 2 periods, 7 series under t>"


def test_targets(course: ntm.Trajectory) -> None:
    target = course.target("X", indicator="1.1")
    assert target == (datetime.date(2025, 12, 31), "straight", datetime.date(2019, 12, 31), 62, None, "QĐ 1", 0)
    assert course.target("X", fact="pupils").value == 5 and course.target("Y", fact="pupils").row is None
    assert course.target("Y", indicator="1.2").line == "law" and course.target("Y", indicator="2.1").line == "none"


def test_ahead(course: ntm.Trajectory) -> None:
    ahead = course.outlook("X", indicator="1.1")
    assert ahead.needed == (Fraction("22.7"), Fraction("22.7")) and ahead.months == 70
    assert ahead.pace_needed.most == Fraction(227, 700) and ahead.pace_so_far == Fraction(1, 5)
    assert ahead.arrives_on == datetime.date(2029, 3, 5) and ahead.last_reported == datetime.date(2020, 2, 29)
    assert course.outlook("X", fact="pupils", period="2020-01").pace_so_far is None
    with pytest.raises(ntm.ArgumentError, match="one direction"):
        course.outlook("X", indicator="2.1")


def test_all_units(course: ntm.Trajectory) -> None:
    assert course.states(indicator="1.1").tolist() == [[3, 1], [3, 2]]
    assert course.tally(criterion="2") == ntm.TrackTally(0, 1, 0, 0, 1)
    assert course.tally(criterion="1", period="2020-01").behind == 1
    assert [(one.unit, one.series.id) for one in course.behind()] == [("X", "1.1"), ("X", "pupils")]
    assert len(course.behind(limit=1)) == 1 and course.behind(indicator="2.1") == []
    assert [(one.unit, one.period) for one in course.fallen()] == [("Y", "2020-02")]
    assert course.fallen(fact="pupils") == []


def test_the_table(course: ntm.Trajectory) -> None:
    table = course.table
    assert len(table) == 7 * 4 and table["state"][:4] == ["behind", "attained", "behind", "on track"]
    assert table.keys() == (
        "of", "id", "unit", "period_end", "value_least", "value_most", "target_least", "target_most", "interim", "behind",
        "state", "why", "since", "fell_since",
    )
    row = table.row(2)
    assert row["unit"] == "X" and row["behind"] == Fraction(903, 2740) and row["period_end"] == datetime.date(2020, 2, 29)
    assert table.row(0)["fell_since"] is None and table.row(1)["behind"] is None
    pandas = pytest.importorskip("pandas")
    frame = course.to_pandas()
    assert frame.loc[2, "interim"] == Fraction(34321, 548) and frame.loc[1, "behind"] is None
    nearest = course.to_pandas(exact=False)
    assert nearest["value_least"][0] == 62.1 and pandas.isna(nearest["behind"][1])


def test_parts(small: ntm.CriteriaSet) -> None:
    rule = "{all: [[clean, '>=', {constant: 85, unit: '%'}], {attested: hall}]}"
    law = ntm.CriteriaSet.read(LAW.replace("{attested: hall}", rule))
    scheme = {"indicator": ["2.1:clean"], "line": ["straight"], "from": ["2019-12-31"], "from_value": [62]}
    data = {"clean": [62, 90], "hall": [True, True]}
    course = ntm.trajectory(data, law, deadline="2025-12-31", units=["X", "Y"], periods=["2020-01"], targets=scheme)
    assert course.at("X", indicator="2.1:clean").state is course.at("X", indicator="2.1").state is ntm.TrackState.BEHIND
    assert course.at("Y", indicator="2.1").state is ntm.TrackState.ATTAINED
    assert course.at("X", criterion="2.1:clean").series.of == "part"


def test_plain_columns(small: ntm.CriteriaSet) -> None:
    data = {"income": [42.5, 39.0, 49.9, 55], "region": ["A", "B", "B", "A"]}
    ends = [datetime.date(2022, 6, 30), "2025-06"]
    course = ntm.trajectory(data, small, deadline="2025-12-31", units=[1, 2], periods=ends)
    assert course.units == ("1", "2") and course.periods == ("2022-06-30", "2025-06")
    assert course.states(indicator="1.2").tolist() == [[2, 3], [3, 1]]
    assert course.at("2", indicator="1.2", period="2022-06-30").interim == Fraction(85, 2)


def test_refused(small: ntm.CriteriaSet) -> None:
    def made(**changed: Any) -> ntm.Trajectory:
        given: dict[str, Any] = {"units": ["X", "Y"], "periods": ["2020-01", "2020-02"], "deadline": "2025-12-31"}
        return ntm.trajectory({"clean": [60, 61, 62, 101 if "bad" in changed else 63]}, small,
                              **{**given, **{name: one for name, one in changed.items() if name != "bad"}})

    with pytest.raises(ntm.ArgumentError, match="units= and periods="):
        made(units=None)
    with pytest.raises(ntm.ConflictError):
        made(units=["X", "X"])
    with pytest.raises(ntm.ShapeError, match="one row a unit in each period"):
        made(periods=["2020-01"])
    with pytest.raises(ntm.BadValueError, match="in their order"):
        made(periods=["2020-02", "2020-01"])
    with pytest.raises(ntm.TextError):
        made(periods=["2020-13", "2021-01"])
    with pytest.raises(ntm.BadValueError) as bad:
        made(bad=True)
    assert bad.value.row == 3 and bad.value.unit == "Y"
    with pytest.raises(ntm.NotFoundError) as unknown:
        made(targets={"indicator": ["9", "1.1"], "unit": ["X", "Z"]})
    assert len(unknown.value.problems) == 2 and unknown.value.subject == "targets: indicator" and unknown.value.unit is None
    with pytest.raises(ntm.UnitError):
        made(targets={"indicator": ["1.1"], "to_value": [5], "measure": ["km"]})
    with pytest.raises(ntm.ShapeError):
        made(targets={"indicator": ["1.1"], "goal": [5]})
    with pytest.raises(ntm.NotInForceError):
        made(deadline="2019-12-31")
    good = made()
    for wrong in ({"indicator": "9"}, {"criterion": "9"}, {"fact": "clean"}):
        with pytest.raises(ntm.NotFoundError):
            good.at("X", **wrong)
    with pytest.raises(ntm.NotFoundError):
        good.at("Z")
    with pytest.raises(ntm.NotFoundError):
        good.at("X", period="2020-03")
    with pytest.raises(ntm.ArgumentError):
        good.at("X", indicator="1.1", criterion="1")
    with pytest.raises(TypeError):
        pickle.dumps(good)


def test_a_criterion_called_as_its_indicator() -> None:
    """Data frames want each category once."""
    pandas = pytest.importorskip("pandas")
    law = ntm.CriteriaSet.read(LAW.replace('id: "2.1"', 'id: "2"').replace('indicator: "2.1"', 'indicator: "2"'))
    course = ntm.trajectory({"hall": [True]}, law, deadline="2025-12-31", units=["X"], periods=["2020-02"], region="A")
    frame = course.to_pandas()
    assert frame.loc[frame["id"] == "2", "of"].tolist() == ["indicator", "criterion"]
    assert frame["id"].tolist() == [one.id for one in course.series] and isinstance(frame["id"].dtype, pandas.CategoricalDtype)
    with pytest.raises(ntm.ArgumentError, match="below 0"):
        course.behind(limit=-1)
