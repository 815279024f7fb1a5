# SPDX-License-Identifier: Apache-2.0
"""Registries of units: the tree as of a day, names, succession."""

from __future__ import annotations

import copy
import datetime
import os
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

DATA = Path(__file__).resolve().parents[3] / "examples" / "data" / "viet-nam-2025-07"

ROWS: dict[str, list[Any]] = {
    "code": ["42", "436", "18103", "18106", "18103", "18109"],
    "name": ["Tỉnh Hà Tĩnh", "Thành phố Hà Tĩnh", "Xã Thạch Môn", "Xã Thạch Đồng", "Xã Đồng Môn", "Xã Thạch Hạ"],
    "level": ["province", "town", "commune", "commune", "commune", "commune"],
    "parent": [None, "42", "436", "436", "436", "436"],
    "valid_from": [None, None, None, None, "2020-01-01", None],
    "valid_to": [None, None, "2020-01-01", "2020-01-01", None, None],
}
EDGES: dict[str, list[Any]] = {
    "old_code": ["18103", "18106"],
    "new_code": ["18103", "18103"],
    "on": [datetime.date(2020, 1, 1)] * 2,
}


@pytest.fixture()
def units() -> ntm.Units:
    return ntm.Units(ROWS, EDGES)


def test_find(units: ntm.Units) -> None:
    before, after = units.find("18103", on="2019-12-31"), units.find("18103", on="2020-01-01")
    assert (before.name, after.name) == ("Xã Thạch Môn", "Xã Đồng Môn")
    assert before.before == after.first_day == datetime.date(2020, 1, 1)
    assert after.echelon is ntm.Echelon.COMMUNE and after.before is None and after.parent == "436"
    with pytest.raises(ntm.NotFoundError, match="2020-02-01.*Thạch Đồng.*2019-12-31"):
        units.find("18106", on="2020-02-01")
    assert [one.name for one in units.history("18103")] == ["Xã Thạch Môn", "Xã Đồng Môn"]
    assert units.find("42", on="2020-01-01", echelon="province").parent is None
    with pytest.raises(ntm.NotFoundError):
        units.find("42", on="2020-01-01", echelon=ntm.Echelon.COMMUNE)


def test_find_all(units: ntm.Units) -> None:
    found = units.find_all(["18109", "18106", "18103"], on="2020-02-01", unknown="none")
    assert found.dtype == np.int64 and found.tolist() == [5, -1, 4]
    with pytest.raises(ntm.NotFoundError) as told:
        units.find_all(["18109", "18106", "1"], on="2020-02-01")
    assert [problem.row for problem in told.value.problems] == [1, 2]
    assert units.find_all(np.array([18103]), on="2020-02-01").tolist() == [4]


def test_names(units: ntm.Units) -> None:
    for name in ("xã thạch đồng", "Thạch  Đồng", "THẠCH ĐỒNG"):
        assert [one.code for one in units.named(name)] == ["18106"]
    assert units.named("Phường Thạch Đồng") == []
    assert len(units.named("hà tĩnh")) == 2  # the province and its town: both are told
    assert [one.code for one in units.named("hà tĩnh", echelon="district")] == ["436"]
    assert units.named("Thạch Đồng", on="2020-01-01") == []
    assert units.named("Thạch Đồng", on="2019-01-01", within="42")[0].code == "18106"


def test_tree(units: ntm.Units) -> None:
    new = units.find("18103", on="2020-01-01")
    town = units.parent(new, on="2020-01-01")
    assert town is not None and town.code == "436"
    assert units.parent(new, on="2019-12-31") is None
    assert [one.code for one in units.ancestors("18103", on="2020-01-01")] == ["436", "42"]
    province = units.ancestor("18109", "province", on="2020-01-01")
    assert province is not None and province.name == "Tỉnh Hà Tĩnh"
    assert [one.code for one in units.children("436", on="2019-12-31")] == ["18103", "18106", "18109"]
    assert [one.name for one in units.descendants("42", on="2020-01-01")][1:] == ["Xã Đồng Môn", "Xã Thạch Hạ"]
    assert [one.code for one in units.siblings("18109", on="2020-01-01")] == ["18103"]
    assert units.place("18103", on="2020-01-01") == "42/436/18103" and units.place("42", on="2020-01-01") == "42"
    with pytest.raises(ntm.ArgumentError, match="not there"):
        units.place(units[2], on="2020-01-01")
    law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25", place=units.place("18103", on="2020-02-25"))
    assert law.id == "commune-ntm-2016-2020"
    assert len(units.select(on="2019-12-31", level="commune", within="42")) == 3
    assert units.select(on="2020-01-01", parent="42") == [town]
    frame = units.table(on="2019-12-31", level="commune")
    assert frame["row"] == [2, 3, 5] and frame["name"][0] == "Xã Thạch Môn" and frame["first_day"] == [None] * 3


def test_succession(units: ntm.Units) -> None:
    parts = units.made_of("18103", since="2019-12-31", by="2020-01-01")
    assert [(part.unit.name, part.share) for part in parts] == [
        ("Xã Thạch Môn", ntm.UnitShare.WHOLE),
        ("Xã Thạch Đồng", ntm.UnitShare.WHOLE),
    ]
    [became] = units.became("18106", since="2019-12-31")
    assert became.unit.name == "Xã Đồng Môn" and became.steps == 1 and not became.ended
    assert [(edge.old.code, edge.new.code, edge.partial, edge.row) for edge in units.edges] == [
        ("18103", "18103", False, 0),
        ("18106", "18103", False, 1),
    ]
    reform = units.reform("2020-01-01", echelon="commune")
    assert (reform.before, reform.after, reform.involved, reform.results, reform.unchanged) == (3, 2, 2, 1, 1)


def test_attributes() -> None:
    values = {
        "code": ["42", "18109", "18109"],
        "attribute": ["region", "class", "class"],
        "value": ["BTB", "III", "I"],
        "valid_from": [None, None, "2021-06-04"],
        "valid_to": [None, "2021-06-04", None],
    }
    units = ntm.Units(ROWS, attributes=values)
    assert units.attribute("18109", "region", on="2020-01-01") is None
    assert units.attribute("18109", "region", on="2020-01-01", inherited=True) == "BTB"
    assert units.attribute("18109", "class", on="2021-06-03") == "III"
    assert units.attribute("18109", "class", on="2021-06-04") == "I"
    assert units.attribute("18106", "class", on="2019-01-01") is None


def test_findings_and_refusals(units: ntm.Units) -> None:
    [renamed] = ntm.Units(ROWS).findings
    assert renamed.defect == "renamed" and renamed.unit is not None and renamed.unit.row == 4
    assert renamed.other is not None and renamed.other.row == 2 and "row 2" in renamed.message
    assert units.findings == []
    with pytest.raises(ntm.ConflictError, match="Xã Thạch Môn"):
        ntm.Units(ROWS, allow=())
    twice = {name: [*values, values[5]] for name, values in ROWS.items()}
    with pytest.raises(ntm.ConflictError, match="row 5") as told:
        ntm.Units(twice)
    assert told.value.row == 6
    with pytest.raises(ntm.ShapeError, match="area"):
        ntm.Units({**ROWS, "area": [1.0] * 6})
    assert len(ntm.Units({**ROWS, "area": [1.0] * 6}, unknown="ignore")) == 6
    for word in ("orphans", ["orphans"]):
        with pytest.raises(ntm.ArgumentError, match="'orphans': no such defect; did you mean 'orphan'"):
            ntm.Units(ROWS, allow=word)
    with pytest.raises(ntm.ArgumentError, match='"cycle" can never be allowed'):
        ntm.Units(ROWS, allow="cycle")
    assert ntm.Units(ROWS, allow="renamed").findings == [renamed]
    with pytest.raises(ntm.BadValueError, match="hamlet"):
        ntm.Units({"code": ["1"], "name": ["a"], "level": ["hamlet"]})
    assert "outlives" in ntm.unit_defects()


def test_files(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("\ufeffcode,name,level\n1,Tỉnh A,province\n", encoding="utf-8")
    assert ntm.Units.open(tmp_path / "units.csv").find("1", on="2020-01-01").name == "Tỉnh A"
    (tmp_path / "edges.csv").write_text("old_code,new_code,part,people\n1,1,whole,5\n", encoding="utf-8")
    with pytest.raises(ntm.BadValueError, match="full or partial"):
        ntm.Units.open(tmp_path / "units.csv", tmp_path / "edges.csv", edges_on="2020-01-01", weights=["people"])
    with pytest.raises(ntm.FileError):
        ntm.Units.open(tmp_path / "no.csv")
    (tmp_path / "orphan.csv").write_text("code,name,level,parent\n1,Xã A,commune,9\n", encoding="utf-8")
    with pytest.raises(ntm.NotFoundError, match='orphan.csv: parent, row 0: no unit above has the code "9"'):
        ntm.Units.open(tmp_path / "orphan.csv")


def test_as_a_sequence(units: ntm.Units) -> None:
    assert units[1:3] == [units[1], units[2]] and units[:0] == []
    assert units[0] in units and "18106" in units and "99" not in units and 18106 not in units
    assert ntm.Units({"code": ["1"], "name": ["a"], "level": ["city"]})[0] not in units
    assert str(units[2]) == "Xã Thạch Môn 18103 (ever to 2019-12-31, row 2)"
    assert str(units[4]) == "Xã Đồng Môn 18103 (2020-01-01 to now, row 4)"
    with pytest.raises(ntm.NotFoundError, match="the nearest is " + str(units[3]).replace("(", "\\(").replace(")", "\\)")):
        units.find("18106", on="2020-02-01")


def test_frames(units: ntm.Units) -> None:
    pandas = pytest.importorskip("pandas")
    frame = units.to_pandas(on="2020-01-01", level="commune", within="436")
    assert frame["row"].tolist() == [4, 5] and frame.code.tolist() == ["18103", "18109"]
    assert len(units.to_pandas()) == 6
    walk = pandas.DataFrame(units.crosswalk(since="2019-12-31", by="2020-01-01", level="commune", within="42"))
    assert walk.old_code.tolist() == ["18103", "18106", "18109"]
    assert walk.new_name.tolist() == ["Xã Đồng Môn", "Xã Đồng Môn", "Xã Thạch Hạ"]
    assert walk.share.tolist() == ["whole"] * 3 and not walk.ended.any()
    assert units.crosswalk(since="2019-12-31", by="2020-01-01", echelon="village")["share"] == []
    assert units.reform("2020-01-01", within="42") == units.reform("2020-01-01", within=units[0])


def test_the_country() -> None:
    units = ntm.Units.open(DATA / "units.csv", DATA / "succession.csv")
    reform = units.reform("2025-07-01", echelon="commune")
    assert (reform.before, reform.after, reform.partial) == (10035, 3321, 1012)
    province = units.find("42", on="2020-01-01")
    ha_tinh = units.reform("2020-01-01", echelon="commune", within=province)
    assert (ha_tinh.before, ha_tinh.after, ha_tinh.involved, ha_tinh.results) == (262, 216, 80, 34)
    assert units.select(on="2025-07-01", echelon="district") == []


def test_lifetime(units: ntm.Units) -> None:
    unit = units[0]
    assert len(units) == 6 and [one.row for one in units] == list(range(6)) and units[-1].row == 5
    other = ntm.Units(ROWS, EDGES)
    assert other.parent(units[1], on="2020-01-01") == units[0]  # the same row of the same table
    with pytest.raises(ntm.ArgumentError, match="another registry"):
        ntm.Units({"code": ["1"], "name": ["a"], "level": ["city"]}).parent(unit, on="2020-01-01")
    with pytest.raises(ntm.ArgumentError, match="needs a day: say it in since="):
        units.became("18106")
    with pytest.raises(IndexError):
        units[6]
    with pytest.raises(TypeError, match="again"):
        copy.copy(units)
    with units as same:
        assert same is units
    with pytest.raises(ValueError, match="closed"):
        len(units)
    assert "closed" in repr(units) and unit.code == "42"
    assert os.fspath(DATA)


def test_facts_across_a_merger(units: ntm.Units) -> None:
    people = ntm.catalogue()["commune-ntm-2016-2020"]
    rollup = ntm.Rollup.across(
        units, ["18109", "18106", "18103"], ["18103", "18109"], since="2019-12-31", by="2020-01-01"
    )
    made = rollup.apply({"population": [900, 7000, 5000]}, people)
    assert made.column("population").values.tolist() == [12000, 900]
    less = ntm.Rollup.across(units, ["18106"], ["18103"], since="2019-12-31", by="2020-01-01")
    assert less.apply({"population": [7000]}, people).range("population", 0) == ntm.Range(7000, None)
    assert less.apply({"population": [7000]}, people).parts("population", 0)[:3] == (2, 1, 1)
    with pytest.raises(ntm.NotFoundError, match="no target"):
        ntm.Rollup.across(units, ["18106", "18109"], ["18103"], since="2019-12-31", by="2020-01-01")
    with pytest.raises(ntm.NotFoundError, match="no such weight"):
        ntm.Rollup.across(units, ["18106"], ["18103"], since="2019-12-31", by="2020-01-01", weight="area")


def test_facts_up_the_tree(units: ntm.Units) -> None:
    people = ntm.catalogue()["commune-ntm-2016-2020"]
    communes, town = units.select(on="2020-01-01", level="commune"), units.find("436", on="2020-01-01")
    up = ntm.Rollup.up(units, communes, [town], on="2020-01-01", level="commune")
    assert up.apply({"population": [1, 2]}, people).column("population").values.tolist() == [3]
    part = ntm.Rollup.up(units, ["18109"], ["436"], on="2020-01-01", echelon="commune")
    assert part.apply({"population": [2]}, people).range("population", 0) == ntm.Range(2, None)
    with pytest.raises(ntm.ArgumentError, match="level or rung"):
        ntm.Rollup.up(units, communes, [town], on="2020-01-01")


def test_a_bounded_sum_decides_where_it_can(units: ntm.Units) -> None:
    law = ntm.CriteriaSet.read(
        "format: ntm-set/1\nid: s\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\n"
        "sources: {S1: {where: here}}\ninstrument: {in_force: {from: 2010-01-01}, source: [S1]}\n"
        "facts: {population: {kind: count, unit: person, merge: sum}}\ncriteria:\n"
        '  - {id: "1", rule: [population, ">=", {constant: 5000, unit: person}], source: [S1]}\n'
        '  - {id: "2", rule: [population, ">=", {constant: 9000, unit: person}], source: [S1]}\n'
    )
    rollup = ntm.Rollup.across(
        units, ["18106", "18103"], ["18103"], since="2019-12-31", by="2020-01-01"
    )
    merged = rollup.apply({"population": [7000, None]}, law).table(bounds=True)
    result = ntm.evaluate(merged, law, on="2020-02-25")
    assert result.criterion("1").tolist() == [ntm.Verdict.MET] and result.criterion("2").tolist() == [ntm.Verdict.OPEN]
    assert "7.000" in str(result.explain(0, criterion="2"))
