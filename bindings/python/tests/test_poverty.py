# SPDX-License-Identifier: Apache-2.0
"""Poverty measures, moves and top-ups: by hand, and against plain Python with fractions."""

from __future__ import annotations

import copy
import datetime
import random
import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

# The example of Alkire and Foster (2011): four persons, four indicators of equal weight.
EXAMPLE: dict[str, Any] = {
    "income": [13.1, 15.2, 12.5, 20.0],
    "schooling": [14, 7, 10, 11],
    "health": [4, 5, 1, 3],
    "service": [1, 0, 0, 1],
}
CUTOFFS = {"income": 13, "schooling": 12, "health": 3, "service": 1}


def example(count: int, **more: Any) -> ntm.PovertyMeasures:
    indicators = [ntm.Deprivation(name, Fraction(1, 4), "<", cutoff) for name, cutoff in CUTOFFS.items()]
    return ntm.poverty_measures(EXAMPLE, indicators, cutoff_count=count, incomplete="bounds", gaps=True, **more)


def test_the_example_of_2011() -> None:
    one, two = example(1).total, example(2).total
    assert (one.H.value, one.A.value, one.M0.value) == (Fraction(3, 4), Fraction(7, 12), Fraction(7, 16))
    assert one.M1.value == Fraction(263, 1248)
    assert (two.H.value, two.A.value, two.M0.value) == (Fraction(1, 2), Fraction(3, 4), Fraction(3, 8))
    assert (two.M1.value, two.M2.value) == (Fraction(171, 832), Fraction(21475, 129792))
    assert two.raw("schooling").value == Fraction(3, 4) and two.censored("schooling").value == Fraction(1, 2)
    sixth, third = Fraction(1, 6), Fraction(1, 3)
    assert [two.contribution(name).value for name in CUTOFFS] == [sixth, third, sixth, third]
    assert (two.rows, two.incomplete, two.left_out, two.poor_rows, two.population) == (4, 0, 0, (2, 2), 4)
    assert two.rounded("M1") == (Decimal("20.55"), Decimal("20.55"))
    assert two.rounded(ntm.Measure.M1, digits=4, percent=False, rounding="up").most == Decimal("0.2056")
    assert example(4).total.H.value == Fraction(1, 4)


def test_missing_is_an_interval() -> None:
    third = Fraction(1, 3)
    data = {"a": [True, True, False], "b": [True, None, False], "c": [False, False, False]}
    weights = {"a": third, "b": third, "c": "1/3"}
    found = ntm.poverty_measures(data, weights, cutoff="2/3", incomplete="bounds").total
    assert found.H == (ntm.Defined.DEFINED, third, Fraction(2, 3)) and found.H.value is None
    assert found.M0[1:] == (Fraction(2, 9), Fraction(4, 9))
    assert found.raw("b")[1:] == (third, Fraction(2, 3)) and found.censored("c").value == 0
    assert found.poor_rows == (1, 2) and found.incomplete == 1
    out = ntm.poverty_measures(data, weights, cutoff=Fraction(2, 3), incomplete="leave out").total
    assert (out.left_out, out.population, out.population_left_out, out.H.value) == (1, 2, 1, Fraction(1, 2))


def test_undefined() -> None:
    nobody = ntm.poverty_measures({"a": [False, False]}, {"a": 1}, cutoff=1, incomplete="bounds").total
    assert nobody.H.value == 0 and nobody.A == (ntm.Defined.UNDEFINED, None, None) and nobody.A.value is None
    with pytest.raises(ntm.NotFoundError, match="nobody is poor"):
        nobody.rounded("A")
    perhaps = ntm.poverty_measures({"a": [None, False]}, {"a": 1}, cutoff=1, incomplete="bounds").total
    assert perhaps.A == (ntm.Defined.MAYBE_DEFINED, 1, 1)
    empty = ntm.poverty_measures({"a": np.zeros(0, bool)}, {"a": 1}, cutoff=1, incomplete="bounds").total
    assert empty.H.defined is ntm.Defined.UNDEFINED and empty.rows == 0


def test_cutoffs_at_the_edge() -> None:
    for when, expected in (("<", 1), ("<=", 2), (">", 1), (">=", 2), (ntm.Deprived.LESS, 1), ("less or equal", 2)):
        one = ntm.Deprivation("x", 1, when, Decimal("89.95"))
        found = ntm.poverty_measures({"x": [89.94, 89.95, 89.96]}, [one], cutoff=1, incomplete="bounds")
        assert found.total.poor_rows == (expected, expected)
    away = ntm.Column([True, False], not_applicable=np.array([True, False]))
    asked = ntm.Deprivation("x", 1, not_applicable_is_not_deprived=True)
    assert ntm.poverty_measures({"x": away}, [asked], cutoff=1, incomplete="bounds").total.poor_rows == (0, 0)
    assert ntm.poverty_measures({"x": away}, {"x": 1}, cutoff=1, incomplete="bounds").total.poor_rows == (0, 1)


def test_groups() -> None:
    data = {
        "a": [True, False, True, True, False],
        "area": ["rural", "urban", None, "rural", "urban"],
        "sex": [True, True, False, True, False],
        "year": [2020, 2021, 2020, 2021, 2020],
        "day": np.array(["2020-01-01", "2020-01-01", "NaT", "2021-01-01", "2021-01-01"], "M8[D]"),
        "people": [4, 3, 2, 1, 5],
    }

    def by(*names: str) -> ntm.PovertyMeasures:
        return ntm.poverty_measures(data, {"a": 1}, cutoff=1, incomplete="bounds", population="people", by=names)

    areas = by("area")
    assert list(areas) == ["rural", "urban", ntm.Missing.NOT_REPORTED] and len(areas) == 3 and "rural" in areas
    assert areas["rural"].population == 5 and areas["urban"].H.value == 0
    assert areas[ntm.Missing.NOT_REPORTED].poor.value == 2
    assert areas.total.H.value == Fraction(7, 15) and areas.total.key is None and areas["urban"].key == "urban"
    assert [key for key, group in areas.items() if group.rows == 2] == ["rural", "urban"]
    assert list(by("sex")) == [False, True] and list(by("year")) == [2020, 2021]
    assert list(by("day"))[:2] == [datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)]
    both = by("area", "sex")
    assert both["urban", True].rows == 1 and list(both)[0] == ("rural", True)
    with pytest.raises(ntm.NotFoundError):
        areas["suburban"]
    assert "3 groups" in repr(areas) and "rural" in repr(areas["rural"])
    assert "by" not in repr(by()) and len(by()) == 0


def plain(rows: list[dict[str, Any]], weights: dict[str, Fraction], cutoff: Fraction) -> dict[str, Any]:
    """The definition, over complete rows."""
    n = sum(row["people"] for row in rows)
    shares = [(row, sum((weights[name] for name in weights if row[name]), Fraction(0))) for row in rows]
    poor = [(row, share) for row, share in shares if share >= cutoff]
    q = sum(row["people"] for row, _ in poor)
    deprived = sum((row["people"] * share for row, share in poor), Fraction(0))
    return {
        "H": Fraction(q, n) if n else None,
        "A": deprived / q if q else None,
        "M0": deprived / n if n else None,
        "censored": {name: Fraction(sum(row["people"] for row, _ in poor if row[name]), n) for name in weights if n},
    }


@pytest.mark.parametrize("seed", range(20))
def test_random_households(seed: int) -> None:
    chance = random.Random(seed)
    names = ["a", "b", "c", "d"]
    parts = [chance.randrange(1, 9) for _ in names]
    weights = {name: Fraction(part, sum(parts)) for name, part in zip(names, parts)}
    cutoff = Fraction(chance.randrange(1, 10), 10)
    rows = [
        {**{name: chance.random() < 0.4 for name in names}, "people": chance.randrange(9), "area": chance.choice("xyz")}
        for _ in range(60)
    ]
    data = {key: [row[key] for row in rows] for key in rows[0]}
    found = ntm.poverty_measures(data, weights, cutoff=cutoff, incomplete="leave out", population="people", by="area")
    for key in (None, "x", "y", "z"):
        group = found.total if key is None else found[key]
        expected = plain([row for row in rows if key in (None, row["area"])], weights, cutoff)
        assert (group.H.value, group.A.value, group.M0.value) == (expected["H"], expected["A"], expected["M0"])
        assert {name: group.censored(name).value for name in names} == expected["censored"]


def test_bounds_hold_what_could_be() -> None:
    chance = random.Random(7)
    weights = {name: Fraction(1, 3) for name in "abc"}
    for _ in range(10):
        rows = [{**{name: chance.choice([True, False, None]) for name in "abc"}, "people": 1} for _ in range(5)]
        data = {name: [row[name] for row in rows] for name in "abc"}
        found = ntm.poverty_measures(data, weights, cutoff="2/3", incomplete="bounds").total
        seen = [plain([{n: chance.random() < 0.5 if row[n] is None else row[n] for n in row} for row in rows],
                      weights, Fraction(2, 3)) for _ in range(40)]
        for name in ("H", "M0"):
            measured = found.get(name)
            assert all(measured.least <= one[name] <= measured.most for one in seen)  # type: ignore[operator]


def test_in_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [True, False, True], "b": pandas.array([True, None, False], dtype="boolean"),
                              "area": ["n", "n", "s"]})
    found = ntm.poverty_measures(frame, {"a": "1/2", "b": "1/2"}, cutoff=1, incomplete="bounds", by="area")
    table = found.to_pandas().set_index("area")
    assert table.index.tolist() == ["n", "s"]
    assert table.loc["n", "H_least"] == Fraction(1, 2) and table.loc["s", "A_least"] is None
    assert table.loc["n", "raw:b_most"] == 1
    out = ntm.poverty_measures(frame, {"a": "1/2", "b": "1/2"}, cutoff=1, incomplete="leave out")
    out = out.to_pandas(exact=False).set_index("group")
    assert out.index.tolist() == ["total"] and out.loc["total", "H"] == 0.5 and out.loc["total", "censored:a"] == 0.5
    both = ntm.poverty_measures(frame, {"a": 1}, cutoff=1, incomplete="bounds", by=["area", "a"])
    both = both.to_pandas().set_index(["area", "a"])
    assert both.loc[("n", True), "rows"] == 1
    assert "M1" in example(2).to_pandas().columns.str.replace("_least", "").tolist()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"cutoff": 0}, ntm.ArgumentError),
        ({"cutoff": "4/3"}, ntm.ArgumentError),
        ({"cutoff": None}, ntm.ArgumentError),
        ({"cutoff_count": 1}, ntm.ArgumentError),
        ({"cutoff": "one third"}, ntm.ArgumentError),
        ({"cutoff": "1/0"}, ntm.ArgumentError),
        ({"cutoff": 0.5}, TypeError),
        ({"cutoff": Fraction(1, 2**64)}, ntm.ExactOverflowError),
        ({"indicators": {"a": "1/2"}}, ntm.ArgumentError),
        ({"indicators": {"a": 1, "z": 0}}, None),
        ({"indicators": {"z": 1}}, ntm.NotFoundError),
        ({"indicators": {"a": 1.0}}, TypeError),
        ({"indicators": ["a"]}, TypeError),
        ({"indicators": "a"}, TypeError),
        ({"incomplete": "guess"}, ntm.ArgumentError),
        ({"incomplete": 1}, TypeError),
        ({"nan": "zero"}, ntm.ArgumentError),
        ({"by": "z"}, ntm.NotFoundError),
        ({"by": 3}, TypeError),
        ({"population": "minus"}, ntm.BadValueError),
        ({"population": 3}, TypeError),
        ({"gaps": True}, ntm.NtmError),
        ({"data": [1]}, TypeError),
        ({"data": {"a": [True], "minus": [1, 2]}, "population": "minus"}, ntm.ShapeError),
    ],
)
def test_what_is_refused(change: dict[str, Any], error: type[Exception] | None) -> None:
    given: dict[str, Any] = {"data": {"a": [True, False], "minus": [1, -1]}, "indicators": {"a": 1}, "cutoff": 1,
                             "incomplete": "bounds", **change}
    data, indicators = given.pop("data"), given.pop("indicators")
    if error is None:
        assert ntm.poverty_measures(data, indicators, **given).total.H.value == Fraction(1, 2)
        return
    with pytest.raises(error):
        ntm.poverty_measures(data, indicators, **given)


def test_errors_name_the_household() -> None:
    data = {"a": [True, False], "people": [1, -1], "household": ["h1", "h2"]}
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.poverty_measures(data, {"a": 1}, cutoff=1, incomplete="bounds", population="people", unit="household")
    assert (caught.value.row, caught.value.unit, caught.value.subject) == (1, "h2", "people")
    found = ntm.poverty_measures(data, {"a": 1}, cutoff=1, incomplete="bounds")
    for call in (lambda: found.total.raw("b"), lambda: found.total.get("H", "b")):
        with pytest.raises((ntm.NotFoundError, ntm.ArgumentError)):
            call()
    for measure, indicator in (("raw", None), ("H", "a"), ("Z", None), ("M1", None)):
        with pytest.raises(ntm.ArgumentError):
            found.total.get(measure, indicator)
    with pytest.raises(ntm.ArgumentError):
        found.total.rounded("H", digits=19)
    for wrong in ({"when": "<"}, {"cutoff": 3}, {"when": "about", "cutoff": 3}):
        with pytest.raises(ntm.ArgumentError):
            ntm.Deprivation("x", 1, **wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="cannot be pickled"):
        copy.copy(found)


def test_nested_weights() -> None:
    weights = ntm.nested_weights({"health": ["nutrition", "mortality"], "education": ["years", "attendance"],
                                  "living": ["fuel", "water", "floor"]}, unavailable=["floor"])
    assert weights["nutrition"] == Fraction(1, 6) and weights["fuel"] == Fraction(1, 6) and weights["floor"] == 0
    assert sum(weights.values()) == 1
    with pytest.raises(ntm.BadValueError):
        ntm.nested_weights({"health": ["nutrition"], "education": ["years"]}, unavailable="years")
    for wrong in ({"a": ["x"], "b": ["x"]}, {"a": ["y"]}):
        with pytest.raises(ntm.ArgumentError):
            ntm.nested_weights(wrong, unavailable=["x"])


# ------------------------------------------------------------------------------------------------- moves

CLASSES = ["poor", "near", "out"]
FIRST = {"id": [40, 10, 30, 20], "class": ["poor", "poor", "near", "out"], "people": [1, 2, 3, 4]}
SECOND = {"id": [50, 20, 10, 30], "class": ["near", "poor", "out", None], "people": [5, 6, 7, 8]}


def test_moves_by_hand() -> None:
    absent, any_class = ntm.Presence.ABSENT, ntm.Presence.ANY
    found = ntm.transitions(FIRST, SECOND, id="id", label="class", classes=CLASSES, population="people")
    total = found.total
    assert total.move("poor", "out") == ((1, 1), 7, 7)  # the members of the second year
    assert total.move("near", "poor") == ((0, 1), 0, 8) and total.move("near", any_class).households == (1, 1)
    assert total.move("poor", absent) == ((1, 1), 1, 1) and total.move(absent, "near").most == 5
    assert total.move(any_class, any_class).households == (3, 3)
    moves = total.moves()
    assert len(moves) == 15 and list(moves)[0] == ("poor", "poor") and moves["out", "poor"].households == (1, 1)
    before = ntm.transitions(
        FIRST, SECOND, id="id", label="class", classes=CLASSES, population="people", counted_by="first"
    )
    assert before.total.move("poor", "out").least == 2
    with pytest.raises(ntm.ArgumentError):
        total.move(absent, absent)
    with pytest.raises(ntm.NotFoundError):
        total.move("rich", "out")
    with pytest.raises(TypeError):
        total.move(None, "out")  # type: ignore[arg-type]


def test_moves_against_plain_python() -> None:
    pandas = pytest.importorskip("pandas")
    chance = random.Random(3)

    def year() -> dict[str, tuple[str, str]]:
        return {f"h{i}": (chance.choice(CLASSES), chance.choice("xy")) for i in chance.sample(range(300), 200)}

    first, second = year(), year()
    frames = [
        pandas.DataFrame({"id": list(one), "class": [own for own, _ in one.values()],
                          "area": [area for _, area in one.values()]})
        for one in (first, second)
    ]
    found = ntm.transitions(frames[0], frames[1], id="id", label="class", classes=CLASSES, by="area")
    for key in (None, "x", "y"):
        group = found.total if key is None else found[key]
        for (before, after), move in group.moves().items():
            ids = [
                id for id in first.keys() | second.keys()
                if key in (None, second.get(id, first.get(id, ("", "")))[1])  # the second year's group counts
                and first.get(id, (ntm.Presence.ABSENT,))[0] == before
                and second.get(id, (ntm.Presence.ABSENT,))[0] == after
            ]
            assert move.households == (len(ids), len(ids)), (key, before, after)
    table = found.to_pandas()
    assert len(table) == 30
    assert table["households_least"].sum() == table["households_most"].sum() == len(first.keys() | second.keys())
    assert len(ntm.transitions(FIRST, SECOND, id="id", label="class", classes=CLASSES).to_pandas()) == 15


def test_moves_refused() -> None:
    def count(first: Any = FIRST, second: Any = SECOND, **change: Any) -> Any:
        return ntm.transitions(first, second, **{"id": "id", "label": "class", "classes": CLASSES, **change})

    with pytest.raises(ntm.ConflictError) as conflict:
        count({**FIRST, "id": [10, 20, 30, 10]})
    assert conflict.value.row == 3
    with pytest.raises(ntm.BadValueError) as caught:
        count({**FIRST, "class": ["poor", "rich", "out", "out"]})
    assert caught.value.row == 1
    for change, error in (({"id": "code"}, ntm.NotFoundError), ({"classes": []}, ntm.ArgumentError),
                          ({"classes": [1]}, TypeError), ({"counted_by": "third"}, ntm.ArgumentError),
                          ({"label": None}, TypeError), ({"by": ["people", 3]}, TypeError)):
        with pytest.raises(error):
            count(**change)
    with pytest.raises(ntm.ShapeError):
        count({**FIRST, "id": ["a", "b", "c", "d"]})
    first, second = {"id": [1], "class": ["poor"], "to": ["near"]}, {"id": [1], "class": ["out"], "to": ["out"]}
    bounds = count(first, second, label_most="to")
    assert bounds.total.move("near", "out").households == (0, 1)


# ------------------------------------------------------------------------------------------------- top-ups


def test_top_up_by_hand() -> None:
    people = {"benefits": [270, 950, 951, None, 800, None], "area": ["rural", "urban", "urban", "urban", None, None]}
    targets = {"rural": 750, "urban": 950}
    found = ntm.top_up(people, benefits="benefits", area="area", targets=targets, keep_rows=True, by="area")
    assert found.total == (6, 2, 2, 0, (1, 4), 480, 480 + 950 + 150 + 950)
    assert found.rows.least.tolist() == [480, 0, 0, 0, 0, 0] and found.rows.most.tolist() == [480, 0, 0, 950, 150, 950]
    assert found["rural"].least == 480 and found["urban"].most == 950
    assert not found.rows.least.flags.writeable
    entitled = ntm.top_up({**people, "poor": [True, True, None, False, None, True]}, benefits="benefits", target=1000,
                          entitled="poor")
    assert (entitled.total.least, entitled.total.most) == (730 + 50, 730 + 50 + 49 + 200 + 1000)
    with pytest.raises(ntm.ArgumentError, match="keep_rows"):
        entitled.rows
    own = ntm.top_up({"benefits": [1, 2], "target": [5, 1]}, benefits="benefits", target="target").total
    assert (own.least, own.most, own.paid) == (4, 4, (1, 1))
    one = ntm.top_up({"benefits": [1, 2], "target": ["x", "y"]}, benefits="benefits", target=3, by="target")
    assert one["x"].least == 2 and one["y"].least == 1


def test_top_up_against_plain_python() -> None:
    pandas = pytest.importorskip("pandas")
    chance = random.Random(11)
    benefits, areas = [chance.randrange(0, 2000) for _ in range(500)], [chance.choice("ru") for _ in range(500)]
    goal = {"r": 1000, "u": 1500}
    frame = pandas.DataFrame({"benefits": benefits, "area": areas})
    found = ntm.top_up(frame, benefits="benefits", area="area", targets=goal, by="area", keep_rows=True)
    expected = [max(0, goal[area] - got) for area, got in zip(areas, benefits)]
    assert found.rows.least.tolist() == found.rows.most.tolist() == expected
    for area in goal:
        assert found[area].least == sum(paid for paid, own in zip(expected, areas) if own == area)
    table = found.to_pandas().set_index("area")
    assert table.loc["r", "paid_least"] == sum(paid > 0 for paid, own in zip(expected, areas) if own == "r")
    assert found.to_pandas()["least"].sum() == sum(expected) == found.total.most


def test_top_up_by_the_figures_of_a_set() -> None:
    law = ntm.catalogue()["person-income-support-ha-tinh"]
    figure = next(one for one in law.figures if one.axes == ("area",))
    targets = {cell.keys[0]: cell.value for cell in figure.values}
    people = {"benefits": [0, 0], "area": ["rural", "urban"]}
    found = ntm.top_up(people, benefits="benefits", area="area", targets=targets, by="area")
    assert {area: found[area].least for area in found} == targets
    with pytest.raises(TypeError):
        ntm.top_up(people, benefits="benefits", target=Decimal("0.5"))


def test_top_up_refused() -> None:
    people = {"benefits": [1, -2], "area": ["r", "x"], "code": ["a", "b"]}
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.top_up(people, benefits="benefits", target=5, unit="code")
    assert (caught.value.row, caught.value.unit) == (1, "b")
    with pytest.raises(ntm.BadValueError):
        ntm.top_up({**people, "benefits": [1, 2]}, benefits="benefits", area="area", targets={"r": 5})
    wrong: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({}, ntm.ArgumentError),
        ({"target": 5, "area": "area"}, ntm.ArgumentError),
        ({"area": "area"}, ntm.ArgumentError),
        ({"target": 5, "targets": {"r": 5}}, ntm.ArgumentError),
        ({"target": 5.0}, TypeError),
        ({"target": 2**63}, ntm.ExactOverflowError),
        ({"target": -1}, ntm.NtmError),
        ({"target": "none"}, ntm.NotFoundError),
        ({"area": "area", "targets": {3: 5}}, TypeError),
        ({"area": "area", "targets": {"r": 5.5}}, TypeError),
        ({"target": 5, "entitled": "area"}, ntm.ShapeError),
    )
    for change, error in wrong:
        with pytest.raises(error):
            ntm.top_up({**people, "benefits": [1, 2]}, benefits="benefits", **change)


def test_nothing_is_copied_and_threads_agree() -> None:
    import tracemalloc

    rows = 1_000_000
    data = {name: np.arange(rows) % k == 0 for name, k in (("a", 2), ("b", 3), ("c", 4))}
    tracemalloc.start()
    ntm.poverty_measures(data, dict.fromkeys(data, "1/3"), cutoff="2/3", incomplete="bounds")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000, f"{peak} bytes for {rows} rows"
    poor = int((data["a"].astype(int) + data["b"] + data["c"] >= 2).sum())
    found: list[Any] = []

    def work() -> None:
        measures = ntm.poverty_measures(data, dict.fromkeys(data, "1/3"), cutoff="2/3", incomplete="bounds")
        found.append(measures.total.H.value)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Fraction(poor, rows)] * 4
