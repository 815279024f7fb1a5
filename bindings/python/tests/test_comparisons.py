# SPDX-License-Identifier: Apache-2.0
"""Two results side by side, verdicts by group, and laws told by their ids."""

from __future__ import annotations

import itertools
import random
import threading
from fractions import Fraction
from typing import Any

import pytest

import ntm
from ntm.group_counts import bounds_text

np = pytest.importorskip("numpy")

MET, NOT_MET, OPEN = ntm.Verdict.MET, ntm.Verdict.NOT_MET, ntm.Verdict.OPEN
SHIPPED = "commune-ntm-2016-2020"


def month(insured: dict[str, int | None], **options: Any) -> ntm.Attainment:
    data = {"code": list(insured), "population": [2000] * len(insured), "insured-people": list(insured.values())}
    return ntm.evaluate(data, SHIPPED, on="2020-02-25", region="BTB", unit="code", nan="not reported", **options)


@pytest.fixture()
def changes() -> ntm.Changes:
    before = month({"A": 1699, "B": 1900, "C": None, "D": 1900, "gone": 1})
    return before.compare(month({"D": None, "new": 1, "C": 1900, "B": 1600, "A": 1700}))


def test_who_changed(changes: ntm.Changes) -> None:
    assert changes.units == ("D", "C", "B", "A")
    assert (changes.only_before, changes.only_after, changes.not_compared) == (("gone",), ("new",), ())
    found = {one.unit: (one.before, one.after) for one in changes.changed(indicator="15.1")}
    assert found == {"A": (NOT_MET, MET), "B": (MET, NOT_MET), "C": (OPEN, MET), "D": (MET, OPEN)}
    assert [one.unit for one in changes.gained(indicator="15.1")] == ["A"]
    assert [one.unit for one in changes.lost(indicator="15.1")] == ["B"]
    moves = changes.moves(indicator="15.1")
    assert len(moves) == 9 and sum(moves.values()) == 4 and moves[NOT_MET, MET] == moves[OPEN, MET] == 1
    assert changes.moves()[NOT_MET, OPEN] == 1 and sum(changes.moves().values()) == 4
    assert changes.gained() == changes.lost() == []
    assert repr(changes).startswith("<ntm.Changes of 4 units: 0 gain") and "2 units only on one side" in repr(changes)
    with pytest.raises(ntm.NotFoundError, match="did you mean"):
        changes.moves(indicator="15.11")
    with pytest.raises(ntm.ArgumentError):
        changes.changed(indicator="15.1", criterion="15")


def test_changes_as_rows(changes: ntm.Changes) -> None:
    pytest.importorskip("pandas")
    frame = changes.to_pandas(lang="en")
    assert list(frame) == ["unit", "part", "id", "name", "before", "after"] and len(frame) == len(changes)
    one = frame[(frame["unit"] == "A") & (frame["id"] == "15.1")].iloc[0]
    assert (one["part"], one["before"], one["after"]) == ("indicator", "not met", "met")
    assert changes.to_pandas()["after"].tolist().count("đạt") == frame["after"].tolist().count("met") > 0
    parts = changes.by_part.to_pandas().set_index(["part", "id_after"])
    assert parts.loc[("indicator", "15.1"), "not_met_to_met"] == 1
    assert (parts[[name for name in parts if "_to_" in name]].sum(axis=1) == 4).all()
    html = changes._repr_html_()
    assert "chưa có số liệu" in html and "indicator 15.1" in html


def test_bounds_of_criteria_gained(law: ntm.CriteriaSet) -> None:
    pytest.importorskip("pandas")
    values = {"met": 40.0, "not": 20.0, "open": None}
    pairs = list(itertools.product(values, values))
    names = [f"{a}-{b}" for a, b in pairs]
    sides = [
        ntm.evaluate({"income": [values[pair[at]] for pair in pairs]}, law, on="2020-02-25", region="BTB", unit=names)
        for at in (0, 1)
    ]
    frame = sides[0].compare(sides[1]).by_unit.to_pandas().set_index("unit")
    assert list(frame) == ["status_before", "status_after", "gained_least", "gained_most", "lost_least", "lost_most"]
    for a, b in pairs:
        # the other two criteria are open on both sides: each may be gained, and may be lost
        worlds = list(itertools.product(*({"met": [1], "not": [0], "open": [0, 1]}[one] for one in (a, b))))
        gained, lost = [y > x for x, y in worlds], [x > y for x, y in worlds]
        expected = [min(gained), max(gained) + 2, min(lost), max(lost) + 2]
        assert frame.loc[f"{a}-{b}"].tolist()[2:] == expected, (a, b)


def test_rows_without_names_and_what_if(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    now = ntm.evaluate(table, law, on="2020-02-25")
    then = now.what_if(facts={1: {"clean-water": 1800}})
    changes = now.compare(then)
    assert changes.units == (0, 1, 2, 3) and [one.unit for one in changes.gained()] == [1]
    assert len(now.compare(now)) == 0 and now.compare(now).moves()[MET, MET] == 1
    short = ntm.evaluate({"income": [1.0]}, law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="unit="):
        now.compare(short)
    with pytest.raises(ntm.ArgumentError, match="only one result"):
        now.compare(ntm.evaluate(table, law, on="2020-02-25", unit=list("abcd")))
    with pytest.raises(TypeError, match="Attainment"):
        now.compare(law)  # type: ignore[arg-type]


def test_two_laws(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    text = law.to_yaml()
    other = ntm.CriteriaSet.read(text.replace("id: small", "id: other", 1))
    now = ntm.evaluate(table, law, on="2020-02-25", unit=list("abcd"))
    then = ntm.evaluate(table, other, on="2020-02-25", unit=list("abcd"))
    assert [part[0] for part in now.compare(then).parts] == ["status"]
    assert ("criterion", "after", "1") in now.compare(then).not_compared
    same = now.compare(then, pairs="same ids")
    assert len(same.parts) == 1 + 3 + 6 and len(same) == 0
    crossed = now.compare(then, pairs=[ntm.Counterpart("2.1", "1.1", False)])
    assert crossed.parts == (("status", "", ""), ("indicator", "1.1", "2.1"))
    assert [one.unit for one in crossed.gained(indicator="2.1")] == ["b"]
    with pytest.raises(ntm.ArgumentError, match="same ids"):
        now.compare(then, pairs="all")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Counterpart"):
        now.compare(then, pairs=[1])  # type: ignore[list-item]


def test_the_set_that_follows() -> None:
    data = {"code": ["A"], "population": [2000], "insured-people": [1900]}
    options: dict[str, Any] = {"unit": "code", "unknown": "ignore"}
    old = ntm.evaluate(data, SHIPPED, on="2020-02-25", region="BTB", **options)
    new_law = ntm.catalogue()["commune-ntm-2021-2025"]
    assert new_law.follows == SHIPPED and new_law.counterparts
    axes = {"region": "BTB"} if any(axis.id == "region" for axis in new_law.axes) else {}
    new = ntm.evaluate(data, new_law, on="2022-06-01", **axes, **options)
    found = {part[2]: part[1] for part in old.compare(new).parts if part[0] == "indicator"}
    told = {one.id: one.of for one in new_law.counterparts if not one.is_criterion}
    assert found and all(told[id] == of for id, of in found.items())


def test_compare_at_random(law: ntm.CriteriaSet) -> None:
    rng = random.Random(7)
    for _ in range(20):
        sides = []
        for _ in range(2):
            units = rng.sample("abcdefgh", rng.randint(1, 8))
            data = {"income": [rng.choice([20.0, 40.0, None]) for _ in units]}
            sides.append(ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=units))
        one, two = sides
        changes = one.compare(two)
        assert set(changes.units) == set(one.units or ()) & set(two.units or ())
        for unit in changes.units:
            before, after = (int(side.indicator("2.1")[side.row(unit)]) for side in sides)
            assert (before != after) == (unit in [change.unit for change in changes.changed(indicator="2.1")])
        assert len(changes.only_before) + len(changes.units) == len(one)


# ------------------------------------------------------------------------------------------------ by group


def test_rollup(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    result = ntm.evaluate(table, law, on="2020-02-25", unit=list("abcd"))
    counts = result.rollup(["north", "north", "south", None])
    assert counts.groups == ("north", "south", None) and len(counts) == 3
    assert counts["north"][1:5] == (2, 1, 1, 0) and counts["south"][1:5] == (1, 0, 0, 1) and counts[None].units == 1
    met = result.criteria_met
    assert counts["north"].criteria_met_least == int(met.least[:2].sum())
    assert counts["north"].average_most == Fraction(int(met.most[:2].sum()), 2)
    assert (counts["south"].least, counts["south"].most, counts["south"].text()) == (0, 1, "0 đến 1 trên 1")
    assert counts.total.units == 4 and counts.total.text("en") == "1 to 2 of 4"
    assert result.rollup({"a": "north", "b": "north", "c": "south"})["north"] == counts["north"]
    assert "4 units in 3 groups" in repr(counts) and "north" in counts._repr_html_()
    with pytest.raises(ntm.NotFoundError, match="south"):
        counts["souht"]
    assert bounds_text(61, 70, 82, "vi") == "61 đến 70 trên 82"


def test_rollup_as_rows(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    pandas = pytest.importorskip("pandas")
    result = ntm.evaluate(table, law, on="2020-02-25", unit=list("abcd"))
    counts = result.rollup(pandas.Series(["n", "n", "s", float("nan")]))
    frame = counts.to_pandas()
    assert frame["group"].tolist() == ["n", "s", None] and frame["units"].tolist() == [2, 1, 1]
    assert frame["average_least"].tolist()[0] == counts["n"].average_least
    tallies = counts.tallies(lang="en").to_pandas()
    assert len(tallies) == 3 * 3
    for row in tallies.to_dict("records"):
        rows = {"n": [0, 1], "s": [2], None: [3]}[row["group"]]
        verdicts = result.criterion(row["id"])[rows]
        assert row["met_least"] == (verdicts == MET).sum() and row["open"] == (verdicts == OPEN).sum()
        assert row["met_most"] == (verdicts != NOT_MET).sum() and row["units"] == len(rows)
    assert len(counts.tallies(of="indicators").to_pandas()) == 3 * 6
    assert "0 to 1 of 1" in tallies["text"].tolist()


def test_rollup_by_registry(law: ntm.CriteriaSet) -> None:
    units = ntm.Units({
        "code": ["42", "436", "437", "18103", "18106", "18109"], "name": ["Tỉnh", "Huyện A", "Huyện B", "a", "b", "c"],
        "level": ["province", "district", "district", "commune", "commune", "commune"],
        "parent": [None, "42", "42", "436", "436", "437"],
    })
    result = ntm.evaluate({"income": [40.0, 20.0, None]}, law, on="2020-02-25", region="BTB", unit=["18103", "18106", "18109"])
    counts = result.rollup(units, echelon="district")
    assert counts.groups == ("436", "437") and counts["436"].units == 2
    assert result.rollup(units, echelon="province", on="2020-01-01")["42"].units == 3
    with pytest.raises(ntm.ArgumentError, match="rung"):
        result.rollup(units)
    stranger = ntm.evaluate({"income": [40.0]}, law, on="2020-02-25", region="BTB", unit=["999"])
    with pytest.raises(ntm.NotFoundError):
        stranger.rollup(units, echelon="district")
    unnamed = ntm.evaluate({"income": [40.0]}, law, on="2020-02-25", region="BTB")
    for by in (units, {"a": "b"}):
        with pytest.raises(ntm.ArgumentError, match="unit="):
            unnamed.rollup(by, **({"echelon": "district"} if by is units else {}))


def test_rollup_refuses(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"income": [40.0, 20.0]}, law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="1 groups for 2 rows"):
        result.rollup(["a"])
    with pytest.raises(TypeError, match="not the name of a column"):
        result.rollup("district")
    with pytest.raises(ntm.ArgumentError, match="registry"):
        result.rollup(["a", "b"], on="2020-01-01")


# ------------------------------------------------------------------------------------------------ laws by id


def test_a_law_by_its_id() -> None:
    assert month({"A": 1900}).law == ntm.catalogue()[SHIPPED]
    assert month({"A": 1900}).law is month({"A": 1900}).law
    with pytest.raises(ntm.NotFoundError, match="did you mean 'commune-ntm-2016-2020'"):
        ntm.evaluate({"population": [1]}, "commune-ntm-2016-202", on="2020-02-25")
    with pytest.raises(ntm.NotFoundError, match="name of a programme.*'commune-.*find") as told:
        ntm.evaluate({"population": [1]}, "ntm", on="2020-02-25")
    assert told.value.subject == "ntm"
    with pytest.raises(ntm.NotFoundError, match="list"):
        ntm.evaluate({"population": [1]}, "", on="2020-02-25")
    with pytest.raises(TypeError, match="id of a shipped set"):
        ntm.evaluate({"population": [1]}, 7, on="2020-02-25")  # type: ignore[arg-type]


def test_ids_in_several_threads() -> None:
    from ntm import laws

    laws._shipped.cache_clear()
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(laws.law_of(SHIPPED).digest)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1


def test_two_laws_by_their_ids() -> None:
    moved = ntm.compare_laws({"population": [2000]}, SHIPPED, "commune-ntm-2021-2025", on_before="2020-02-25",
                             on_after="2022-06-01", region="BTB")
    assert moved.before.id == SHIPPED and len(moved.pairs) > 20


def test_an_axis_that_was_not_given_is_said(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    without = {name: values for name, values in table.items() if name != "region"}
    result = ntm.evaluate(without, law, on="2020-02-25")
    assert result.axes_not_given == ("region",)
    assert "region was not given" in repr(result) and "không cho region" in result._repr_html_()
    for given in (ntm.evaluate(without, law, on="2020-02-25", region="BTB"), ntm.evaluate(table, law, on="2020-02-25")):
        assert given.axes_not_given == () and "not given" not in repr(given)
