# SPDX-License-Identifier: Apache-2.0
"""Pictures of money: numbers at bars, what is missing, gaps in lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import ntm

pytest.importorskip("matplotlib")
pytest.importorskip("numpy")

from matplotlib.colors import to_hex  # noqa: E402
from pictures import drawn, overlaps, part, texts  # noqa: E402

import ntm.plots  # noqa: E402
from ntm.plots.flow import _next  # noqa: E402
from ntm.plots.style import PERHAPS, STAGES  # noqa: E402

ROWS = [  # unit, source, stage, period, tỷ đồng
    ("A", "central", "plan", "2020", "1.250,5"), ("A", "central", "disbursed", "2020-01", "400"),
    ("A", "central", "disbursed", "2020-02", None), ("A", "province", "plan", "2020", "300"),
    ("A", "province", "disbursed", "2020-02", "120,25"), ("B", "people", "plan", "2020", "80"),
    ("B", "people", "disbursed", "2020-02", None),
]


@pytest.fixture()
def ledger() -> ntm.Ledger:
    names = ("unit", "source", "stage", "period", "amount")
    return ntm.Ledger(dict(zip(names, (list(one) for one in zip(*ROWS)))), numbers="vi", unit="tỷ đồng")


def widths(figure: Any) -> dict[str, float]:
    return {one.get_gid(): round(one.get_width(), 6) for one in figure.axes[0].patches if one.get_gid()}


def test_budget_draws_what_was_reported_and_says_what_was_not(ledger: ntm.Ledger) -> None:
    figure = ntm.plots.budget(ledger)
    found = widths(figure)
    assert {name: found[name] for name in ("plan-0", "disbursed-0", "plan-1", "disbursed-1", "plan-2")} == {
        "plan-0": 1250.5, "disbursed-0": 400, "plan-1": 300, "disbursed-1": 120.25, "plan-2": 80}
    assert "disbursed-2" not in found, "nothing was reported of it: no bar, not one of zero"
    assert part(figure, "open-disbursed-0").get_hatch() == PERHAPS.hatch
    assert part(figure, "open-disbursed-0").get_x() == 400
    shown = texts(figure)
    assert {"1.250,5", "400 · thiếu 1 số liệu", "300", "120,3", "80", "chưa có số liệu"} <= set(shown)
    assert {"Ngân sách trung ương", "Ngân sách tỉnh", "Dân góp", "Kế hoạch", "Giải ngân", "tỷ đồng"} <= set(shown)
    assert "Nhu cầu" not in shown, "no cell has this stage"
    assert to_hex(part(figure, "plan-0").get_facecolor()) == STAGES[1]
    drawn(figure)
    assert overlaps(figure) == []


def test_budget_of_a_cube_with_parents_and_other_sides(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("unit", "source", "stage", up=True)
    figure = ntm.plots.budget(cube, lang="en")
    names = [one.get_text().strip("\u2003") for one in figure.axes[0].get_yticklabels()]
    assert names[0] == "State" and names[-1] == "Total" and "Central" in names
    assert widths(figure)[f"plan-{names.index('State')}"] == 1550.5
    assert widths(figure)[f"plan-{names.index('Total')}"] == 1630.5
    only_b = ntm.plots.budget(cube, at={"unit": "B"}, stages=["plan"])
    assert set(widths(only_b).values()) == {80}
    columns = ntm.plots.budget(ledger.cube("source", "stage").columns)
    assert widths(columns) == widths(ntm.plots.budget(ledger))
    with pytest.raises(ntm.ArgumentError, match="the cube has a side 'unit' besides"):
        ntm.plots.budget(ledger.cube("unit", "source", "stage"))
    with pytest.raises(ntm.ArgumentError, match="several rows of 'A' and"):
        ntm.plots.budget(ledger.cube("unit", "source", "stage").columns, by="unit")


def test_money_is_drawn_in_the_unit_that_is_short() -> None:
    for amount, unit in ((2_500_000_000, "tỷ đồng"), (2_500_000, "triệu đồng"), (2500, "nghìn đồng"), (25, "đồng")):
        ledger = ntm.Ledger({"unit": ["A"], "source": ["central"], "stage": ["plan"], "period": ["2020"], "amount": [amount]})
        shown = texts(ntm.plots.budget(ledger))
        assert unit in shown and ("2,5" in shown or "25" in shown)


def test_things_in_kind_and_what_was_given_back() -> None:
    cement = ntm.Ledger({"unit": ["A", "B"], "stage": ["disbursed"] * 2, "kind": ["xi măng"] * 2, "quantity": ["25,5", "1.250"],
                         "quantity_unit": ["tấn"] * 2, "period": ["2020-01"] * 2}, numbers="vi")
    cube = cement.cube("unit", "stage", measure="quantity")
    figure = ntm.plots.budget(cube, by="unit", stages="disbursed")
    assert widths(figure) == {"disbursed-0": 25.5, "disbursed-1": 1250} and {"tấn", "1.250", "25,5"} <= set(texts(figure))
    back = ntm.Ledger({"unit": ["A"] * 2, "source": ["central", "people"], "stage": ["disbursed"] * 2, "period": ["2020"] * 2,
                       "amount": [-2_000_000_000, 5_000_000_000]})
    figure = ntm.plots.budget(back)
    assert widths(figure) == {"disbursed-0": -2, "disbursed-1": 5} and "-2" in texts(figure)
    assert figure.axes[0].get_xlim()[0] < -2


def test_what_is_wrong_with_money_is_told(ledger: ntm.Ledger) -> None:
    with pytest.raises(TypeError, match="budget draws an ntm.Ledger, a cube of it"):
        ntm.plots.budget({"amount": [1]})  # type: ignore[arg-type]
    with pytest.raises(ntm.NotFoundError, match="sorce.*source"):
        ntm.plots.budget(ledger.cube("source", "stage"), by="sorce")
    with pytest.raises(ntm.ArgumentError, match="choose entries of a ledger"):
        ntm.plots.budget(ledger.cube("source", "stage"), since="2020-01-01")
    with pytest.raises(ntm.ArgumentError, match="no cell of the stages need: there is nothing to draw"):
        ntm.plots.budget(ledger, stages=["need"])
    with pytest.raises(ntm.ArgumentError, match="there is no cell: there is nothing to draw"):
        ntm.plots.budget(ledger, since="2031-01-01")
    with pytest.raises(TypeError, match="disbursement draws an ntm.Ledger or a cube"):
        ntm.plots.disbursement(ledger.cube("source", "stage").columns)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="no cell of the stage 'alotted'"):
        ntm.plots.disbursement(monthly(["0,5"]), done="alotted")


def monthly(amounts: list[str | None]) -> ntm.Ledger:
    """What was disbursed from January on; "" is a month without an entry. Planned: 6 by December."""
    there = [(f"2020-{at + 1:02d}", one) for at, one in enumerate(amounts) if one != ""]
    return ntm.Ledger(
        {"unit": ["A"] * (len(there) + 1), "stage": ["plan"] + ["disbursed"] * len(there),
         "period": ["2020-12", *(period for period, _ in there)], "amount": ["6", *(one for _, one in there)]},
        numbers="vi", unit="tỷ đồng",
    )


def lines(figure: Any, gid: str) -> list[list[tuple[float, float]]]:
    return [[(float(x), float(y)) for x, y in one.get_xydata()] for one in figure.axes[0].lines if one.get_gid() == gid]


def test_disbursement_adds_up() -> None:
    figure = ntm.plots.disbursement(monthly(["0,5", "0,25", "1"]))
    assert lines(figure, "disbursed-known") == [[(0, 0.5), (1, 0.75), (2, 1.75)]]
    assert lines(figure, "disbursed-so-far") == [] and lines(figure, "plan-known") == [[(11, 6.0)]]
    assert any("3/2020: giải ngân 1,8 tỷ đồng" in one for one in texts(figure))
    drawn(figure)


@pytest.mark.parametrize("missing", [None, ""])
def test_a_month_that_is_not_reported_is_a_gap_and_not_zero(missing: str | None) -> None:
    figure = ntm.plots.disbursement(monthly(["0,5", "0,25", missing, "1", "0,5"]))
    assert lines(figure, "disbursed-known") == [[(0, 0.5), (1, 0.75)]]
    assert lines(figure, "disbursed-so-far") == [[(3, 1.75), (4, 2.25)]]
    marks = {gid: [x for line in lines(figure, gid) for x, _ in line] for gid in ("mark-known", "mark-so-far")}
    assert marks == {"mark-known": [0, 1], "mark-so-far": [3, 4]}, "none at the month that is missing"
    hollow = next(one for one in figure.axes[0].lines if one.get_gid() == "mark-so-far")
    assert hollow.get_markerfacecolor() == "#ffffff"
    shown = texts(figure)
    assert "Chưa có số liệu: 3/2020" in shown
    assert any("mới có 2,3 tỷ đồng (còn thiếu báo cáo)" in one for one in shown)
    drawn(figure)
    assert overlaps(figure) == []


def test_expected_reports_that_are_missing_leave_the_sum_open() -> None:
    data = {"unit": ["A", "B", "A"], "stage": ["disbursed"] * 3, "period": ["2020-01", "2020-01", "2020-02"], "amount": [3, 4, 5]}
    everybody = ntm.Expected("disbursed", "month", "2020-01-01", "2020-03-31")
    figure = ntm.plots.disbursement(ntm.Ledger(data), expected=everybody, lang="en")
    assert lines(figure, "mark-known") == [[(0, 7.0)]] and lines(figure, "mark-so-far") == [[(1, 12.0)]]
    assert lines(figure, "disbursed-so-far") == [[(0, 7.0), (1, 12.0)]], "dashed from the last that is known on"
    assert "Not reported: 2020-03" in texts(figure)


def test_a_plan_of_the_whole_year_is_a_line_across(ledger: ntm.Ledger) -> None:
    figure = ntm.plots.disbursement(ledger, lang="en")
    assert [one.get_ydata()[0] for one in figure.axes[0].lines if one.get_gid() == "plan-whole"] == [1630.5]
    assert lines(figure, "plan-known") == []
    assert lines(figure, "mark-known") == [[(0, 400.0)]] and lines(figure, "mark-so-far") == [[(1, 520.25)]]
    assert any("plan 1,630.5 billion đồng" in one for one in texts(figure))
    drawn(figure)


def test_disbursement_by_quarter_of_a_cube() -> None:
    ledger = monthly(["1"] * 7)
    figure = ntm.plots.disbursement(ledger.cube("quarter", "stage"), every="quarter")
    assert lines(figure, "disbursed-known") == [[(0, 3.0), (1, 6.0), (2, 7.0)]]
    assert "quý 1/2020" in texts(figure)
    assert [_next(one) for one in ("2020", "2020-09", "2020-12", "2020-Q4", "2020-H1")] == [
        "2021", "2020-10", "2021-01", "2021-Q1", "2020-H2"]


def test_numbers_are_rounded_half_up_and_written_as_in_vietnam() -> None:
    from ntm.plots.words import bounds, number

    assert [number(Fraction(*one), "vi", digits=1) for one in ((1, 20), (-1, 20), (1, 21), (24999, 2))] == [
        "0,1", "-0,1", "0", "12.499,5"]
    assert bounds(Fraction(1, 3), Fraction(2, 3), "en", digits=2) == "0.33–0.67"
    assert bounds(1200, 1200, "vi") == "1.200"


# ------------------------------------------------------------------------------------ months against a target

COURSE = """\
format: ntm-set/1
id: t
programme: test
level: commune
tier: standard
place: VN
instrument: {in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere}}
facts:
  clean: {kind: share, unit: "%"}
  hall: {kind: flag}
criteria:
  - {id: "1", source: [S], rule: [clean, ">=", {constant: 85, unit: "%"}]}
  - {id: "2", source: [S], rule: {attested: hall}}
"""


@pytest.fixture()
def course() -> ntm.Trajectory:
    scheme = {"indicator": ["1"], "line": ["straight"], "from": ["2019-12-31"], "from_value": [62]}
    return ntm.trajectory(
        {"clean": [62.5, 63.0, None, 70.5]}, ntm.CriteriaSet.read(COURSE), deadline="2020-12-31", units=["A"],
        periods=["2020-01", "2020-02", "2020-03", "2020-04"], targets=scheme,
    )


def test_months_against_the_target(course: ntm.Trajectory) -> None:
    import datetime

    figure = ntm.plots.trajectory(course, "A", criterion="1")
    ends = [datetime.date(2020, *one).toordinal() for one in ((1, 31), (2, 29), (3, 31), (4, 30))]
    assert lines(figure, "observed") == [[(ends[0], 62.5), (ends[1], 63.0)], [(ends[3], 70.5)]], "a gap, not zero"
    way = lines(figure, "on-the-way")[0]
    assert [x for x, _ in way] == ends and way[3][1] == pytest.approx(62 + 23 * 121 / 366)
    deadline = datetime.date(2020, 12, 31).toordinal()
    assert lines(figure, "target") == [[(ends[0], 85.0), (deadline, 85.0)]] and lines(figure, "deadline") == [[(deadline, 85.0)]]
    shown = texts(figure)
    assert {"1/2020", "31/12/2020", "%", "Yêu cầu đến 31/12/2020"} <= set(shown)
    assert "Chưa có số liệu: 3/2020" in shown and lines(figure, "between") == []
    assert any(one.startswith("4/2020: 70,5 %; yêu cầu đến 31/12/2020: >= 85 %") for one in shown)
    drawn(figure)
    assert overlaps(figure) == []
    with pytest.raises(ntm.ArgumentError, match="2 is no amount against a target"):
        ntm.plots.trajectory(course, "A", criterion="2")
    with pytest.raises(ntm.NotFoundError):
        ntm.plots.trajectory(course, "B", criterion="1")
    with pytest.raises(TypeError, match="trajectory draws a result of ntm.trajectory"):
        ntm.plots.trajectory(7, "A")  # type: ignore[arg-type]
