# SPDX-License-Identifier: Apache-2.0
"""Status rolled up over a tree of units."""

from __future__ import annotations

import copy
import gc
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

HEAD = """\
format: ntm-set/1
id: {id}
programme: ntm
level: {level}
tier: standard
place: VN
sources: {{S1: {{where: here}}}}
instrument: {{in_force: {{from: 2020-01-01}}, source: [S1]}}
"""
COMMUNE = HEAD.format(id="c-ntm", level="commune") + """\
facts:
  households: {kind: count, unit: household}
  clean: {kind: count, unit: household, part_of: households}
criteria:
  - {id: "1", rule: [{ratio: [clean, households]}, ">=", {constant: 90, unit: "%"}], source: [S1]}
"""
DISTRICT = HEAD.format(id="d-ntm", level="district") + """\
facts: {satisfaction: {kind: share, unit: "%"}}
criteria:
  - {id: "1", source: [S1], rule: {every: children, level: commune, name: communes, holds: {holds: c-ntm}}}
  - {id: "2", source: [S1], rule: {every: children, level: commune, name: satisfied,
     holds: [satisfaction, ">=", {constant: 80, unit: "%"}]}}
"""

UNITS: dict[str, list[Any]] = {
    "code": ["1", "11", "12", "111", "112", "121"],
    "name": ["Tỉnh Một", "Huyện A", "Huyện B", "Xã A1", "Xã A2", "Xã B1"],
    "level": ["province", "district", "district", "commune", "commune", "commune"],
    "parent": [None, "1", "1", "11", "11", "12"],
}
FACTS: dict[str, list[Any]] = {
    "code": ["121", "111", "112"],
    "households": [100, 200, 100],
    "clean": [90, 180, 89],
    "satisfaction": [80.0, 95.5, 81.0],
}


@pytest.fixture()
def laws() -> list[ntm.CriteriaSet]:
    return [ntm.CriteriaSet.read(COMMUNE), ntm.CriteriaSet.read(DISTRICT)]


@pytest.fixture()
def run(laws: list[ntm.CriteriaSet]) -> ntm.Cascade:
    return ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], FACTS), laws[1]], on="2024-06-30")


def test_from_communes_to_districts(run: ntm.Cascade) -> None:
    communes, districts = run
    assert len(run) == 2 and run["d-ntm"] is districts and run[-1] is districts
    assert communes.units == ["121", "111", "112"] and districts.units == ["11", "12"]
    assert communes.status.tolist() == [1, 1, 2] and districts.status.tolist() == [2, 1]
    assert districts.counted == ("communes", "satisfied")
    assert districts.counts("11", "communes") == ntm.ChildCounts(1, 1, 0, 2)
    held = districts.children("11", "communes")
    assert [(one.unit.name, one.verdict, one.step) for one in held] == [
        ("Xã A2", ntm.Verdict.NOT_MET, 0),
        ("Xã A1", ntm.Verdict.MET, 0),
    ]
    assert districts.children("12", "satisfied")[0].step is None
    assert districts.rows[0].name == "Huyện A"
    assert districts.explain("11", criterion="1").verdict is ntm.Verdict.NOT_MET
    tree = districts.tree("11")
    assert tree.splitlines()[0] == "Huyện A: chưa đạt d-ntm" and "Xã A2" in tree and "Xã A1" not in tree
    assert "not met" in districts.tree("11", lang="en", most=1)


def test_missing_is_open(laws: list[ntm.CriteriaSet]) -> None:
    some = {name: values[:2] for name, values in FACTS.items()}
    run = ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], some), laws[1]], on="2024-06-30")
    assert run[1].status.tolist() == [0, 1]
    assert run[1].counts("11", "communes") == ntm.ChildCounts(1, 0, 1, 2)
    within = ntm.cascade(ntm.Units(UNITS), laws, on="2024-06-30", within="12")
    assert within[0].units == ["121"] and within[1].units == ["12"]


def test_a_register_goes_first(laws: list[ntm.CriteriaSet]) -> None:
    held = {"code": ["111", "112", "121"], "holds:c-ntm": [True, True, False], "satisfaction": [90, 90, 90]}
    run = ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], held), laws[1]], on="2024-06-30")
    assert run[0].status.tolist() == [0, 0, 0] and run[1].status.tolist() == [1, 2]


def test_refused(laws: list[ntm.CriteriaSet]) -> None:
    units = ntm.Units(UNITS)

    def go(facts: Any, **options: Any) -> Any:
        return ntm.cascade(units, [ntm.CascadeStep(laws[0], facts)], on="2024-06-30", **options)

    with pytest.raises(ntm.NotFoundError, match="999") as told:
        go({"code": ["111", "999"], "households": [1, 2]})
    assert told.value.row == 1
    with pytest.raises(ntm.ShapeError, match="satisfaction"):
        go(FACTS)
    assert len(go(FACTS, unknown="ignore")[0]) == 3
    with pytest.raises(ntm.NotFoundError, match="code"):
        go({"households": [1]})
    with pytest.raises(ntm.NotFoundError, match="that of Huyện A"):
        go({"code": ["11"], "households": [1]})
    with pytest.raises(ntm.NotInForceError):
        ntm.cascade(units, [laws[0]], on="2019-01-01")
    with pytest.raises(TypeError):
        ntm.cascade(units, [7], on="2024-01-01")  # type: ignore[list-item]
    with pytest.raises(ntm.NotFoundError, match="no such shipped set"):
        ntm.cascade(units, ["c-ntm"], on="2024-01-01")


def test_lifetime(run: ntm.Cascade) -> None:
    districts = run["d-ntm"]
    with pytest.raises(ntm.NotFoundError, match="d-ntm"):
        run["d-ntn"]
    with pytest.raises(ntm.NotFoundError):
        districts.counts("11", "commune")
    with pytest.raises(ntm.ArgumentError, match="cascade"):
        ntm.climb(districts, "11")
    with pytest.raises(TypeError):
        copy.copy(run)
    del run
    gc.collect()
    assert districts.status.tolist() == [2, 1] and "A2" in districts.tree(0)
    assert "d-ntm" in repr(districts)


def test_of_which(laws: list[ntm.CriteriaSet]) -> None:
    """Of the communes that hold a status, at least half hold another too: a ratio of two counts."""
    district = ntm.CriteriaSet.read(
        HEAD.format(id="of-which", level="district")
        + """\
criteria:
  - {id: "1", source: [S1], rule: [{ratio: [
       {count: children, level: commune, name: both, where: {all: [{holds: c-ntm}, {holds: c-adv}]}},
       {count: children, level: commune, name: attained, where: {holds: c-ntm}}]}, ">=",
       {constant: 50, unit: "%"}]}
"""
    )
    held = {
        "code": ["111", "112", "121"],
        "holds:c-ntm": [True, True, True],
        "holds:c-adv": np.ma.array([True, False, False], mask=[False, True, True]),
    }
    run = ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], held), district], on="2024-06-30")
    assert run[1].status.tolist() == [1, 0]  # one of two is half already; of one that is open nothing can be told
    held["holds:c-ntm"] = [True, True, False]
    run = ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], held), district], on="2024-06-30")
    assert run[1].status.tolist() == [1, 0]  # a share of nothing is open
    assert run[1].counts("12", "attained") == ntm.ChildCounts(0, 1, 0, 1)


def test_a_rolled_table_is_a_step(laws: list[ntm.CriteriaSet]) -> None:
    facts = {name: FACTS[name] for name in ("households", "clean")}
    same = ntm.Rollup([(0, 0), (1, 1), (2, 2)]).apply(facts, laws[0])
    steps = [ntm.CascadeStep(laws[0], {"code": FACTS["code"], **same, "built": [1, 2, 3]}), laws[1]]
    with pytest.raises(ntm.ShapeError, match="built: no set of the cascade uses this column"):
        ntm.cascade(ntm.Units(UNITS), steps, on="2024-06-30")
    more = ntm.CriteriaSet.read(COMMUNE.replace("facts:\n", "facts:\n  built: {kind: count, unit: house}\n"))
    steps[0] = ntm.CascadeStep(more, steps[0].data)  # a fact that no rule uses is right, as for ntm.evaluate()
    assert ntm.cascade(ntm.Units(UNITS), steps, on="2024-06-30")["c-ntm"].status.tolist() == [1, 1, 2]
    with pytest.raises(ntm.NotFoundError, match="code: no such column: the codes of units; code= names another"):
        ntm.cascade(ntm.Units(UNITS), [ntm.CascadeStep(laws[0], same)], on="2024-06-30")


def test_counts_of_all_rows(run: ntm.Cascade) -> None:
    districts = run["d-ntm"]
    assert districts.row(districts.rows[1]) == 1 and districts.counts(districts.rows[0], "communes").total == 2
    assert districts.count_table("communes") == {
        "code": ["11", "12"],
        "name": ["Huyện A", "Huyện B"],
        "met": [1, 1],
        "not_met": [1, 0],
        "open": [0, 0],
        "total": [2, 1],
    }
    with pytest.raises(ntm.NotFoundError, match="Xã A1 111 .* is no row of this step"):
        districts.row(run["c-ntm"].rows[1])


def test_axes_from_the_registry() -> None:
    """What no commune has of its own comes from above; what is given commune by commune does not."""
    law = ntm.CriteriaSet.read(
        HEAD.format(id="by-axes", level="commune")
        + """\
axes: {region: {values: [BTB, DBSH]}, class: {values: [I, II]}}
facts: {income: {kind: money, unit: triệu đồng}}
figures:
  by-region: {unit: triệu đồng, axes: [region], source: [S1], values: {BTB: 30, DBSH: 40}}
  by-class: {unit: triệu đồng, axes: [class], source: [S1], values: {I: 30, II: 40}}
criteria:
  - {id: "1", source: [S1], rule: [income, ">=", {figure: by-region}]}
  - {id: "2", source: [S1], rule: [income, ">=", {figure: by-class}]}
"""
    )
    attributes = {
        "code": ["1", "1", "111", "121"],
        "attribute": ["region", "class", "class", "class"],
        "value": ["BTB", "I", "I", "II"],
    }
    units = ntm.Units(UNITS, attributes=attributes)
    facts = {"code": ["111", "112", "121"], "income": [35, 35, 35]}
    run = ntm.cascade(units, [ntm.CascadeStep(law, facts)], on="2024-06-30")
    assert run[0].criterion("1").tolist() == [1, 1, 1]
    assert run[0].criterion("2").tolist() == [1, 0, 2]  # 112 has no class: it is not the province's
    lent = ntm.cascade(units, [ntm.CascadeStep(law, facts)], on="2024-06-30", inherited="class")
    assert lent[0].criterion("2").tolist() == [1, 1, 2]
