# SPDX-License-Identifier: Apache-2.0
"""Pictures of places and products: maps, tiles, mergers, stars. The shapes are made up here: the package has none."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

import ntm
from ntm import Verdict

pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")

from matplotlib.colors import to_hex  # noqa: E402
from pictures import bars, drawn, overlaps, part, texts  # noqa: E402

import ntm.plots  # noqa: E402
from ntm.plots.style import FILLS, PERHAPS  # noqa: E402

CODES = ["18103", "18109", "18112", "18115"]


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=CODES)


def square(x: float, y: float, side: float = 0.1) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code: Any, polygons: list[Any], key: str = "code") -> dict[str, Any]:
    kind = ({"type": "Polygon", "coordinates": polygons[0]} if len(polygons) == 1 else
            {"type": "MultiPolygon", "coordinates": polygons})
    return {"type": "Feature", "id": f"f{code}", "properties": {key: code, "name": "x"}, "geometry": kind}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture()
def shapes() -> dict[str, Any]:
    """The first with a hole, the second in two parts, the third as a number, none for the fourth, one of a stranger."""
    return collection(
        feature("18103", [[square(105.5, 18.1), square(105.53, 18.13, 0.04)]]),
        feature("18109", [[square(105.6, 18.1)], [square(105.8, 18.3)]]),
        feature(18112, [[square(105.7, 18.1)]]),
        feature("99999", [[square(105.5, 18.2)]]),
    )


@pytest.mark.parametrize("criterion, shown_verdicts", [("1", {Verdict.MET, Verdict.NOT_MET}), ("3", {Verdict.MET, Verdict.OPEN})])
def test_map_draws_verdicts_holes_and_parts(
    result: ntm.Attainment, shapes: dict[str, Any], criterion: str, shown_verdicts: set[Verdict]
) -> None:
    figure = ntm.plots.map(result, shapes, criterion=criterion)
    verdicts = dict(zip(CODES, result.criterion(criterion).tolist()))
    assert {verdicts[code] for code in CODES[:3]} == shown_verdicts
    for code in CODES[:3]:
        shape = part(figure, f"unit-{code}")
        fill = FILLS[Verdict(verdicts[code])]
        assert to_hex(shape.get_facecolor()) == fill.colour and shape.get_hatch() == fill.hatch
    holed = part(figure, "unit-18103").get_path()
    assert int((holed.codes == holed.MOVETO).sum()) == 2
    assert int((part(figure, "unit-18109").get_path().codes == holed.MOVETO).sum()) == 2
    image = rgb(figure)
    assert image(105.51, 18.11) == FILLS[Verdict(verdicts["18103"])].colour
    assert image(105.56, 18.165) == "#ffffff", "the hole is empty"
    assert part(figure, "no-unit-99999").get_linestyle() == ":"
    shown = " ".join(texts(figure))
    assert "Không có hình (1): 18115" in shown and "Hình không có đơn vị (1): 99999" in shown
    assert overlaps(figure) == []


def rgb(figure: Any) -> Any:
    """A function from a place on the map to the colour that is drawn there."""
    drawn(figure)
    pixels = np.asarray(figure.canvas.buffer_rgba())

    def at(x: float, y: float) -> str:
        across, up = figure.axes[0].transData.transform((x, y))
        red, green, blue = (int(one) for one in pixels[pixels.shape[0] - 1 - int(up), int(across), :3])
        return f"#{red:02x}{green:02x}{blue:02x}"

    return at


def test_map_keeps_the_proportions_of_the_ground(result: ntm.Attainment, shapes: dict[str, Any]) -> None:
    def proportion(figure: Any) -> float:
        drawn(figure)
        (x0, y0), (x1, y1) = figure.axes[0].transData.transform([(105.5, 18.1), (105.6, 18.2)])
        return float((y1 - y0) / (x1 - x0))

    assert proportion(ntm.plots.map(result, shapes)) == pytest.approx(1 / math.cos(math.radians(18.25)), rel=1e-3)
    assert proportion(ntm.plots.map(result, shapes, projected=True)) == pytest.approx(1, rel=1e-3)


def test_map_takes_files_interfaces_and_ids(result: ntm.Attainment, shapes: dict[str, Any], tmp_path: Path) -> None:
    class Frame:
        __geo_interface__ = shapes

    path = tmp_path / "xã.geojson"
    path.write_text(json.dumps(shapes), encoding="utf-8")
    for geometry in (path, str(path), Frame()):
        assert part(ntm.plots.map(result, geometry), "unit-18112")
    turned = collection(*({**one, "id": str(one["properties"]["code"])} for one in shapes["features"]))
    assert part(ntm.plots.map(result, turned, key=None), "unit-18109")


@pytest.mark.parametrize("change, error, what", [
    (lambda s: s.update(type="Topology"), ntm.ShapeError, "TopoJSON"),
    (lambda s: s.update(features=[]), ntm.ShapeError, "no features"),
    (lambda s: s["features"][0]["properties"].pop("code"), ntm.ShapeError, "feature 0 has no text or whole number"),
    (lambda s: s["features"][1].update(geometry=None), ntm.ShapeError, "18109: a Polygon or MultiPolygon is needed"),
    (lambda s: s["features"][1].update(geometry={"type": "Point", "coordinates": [1, 2]}), ntm.ShapeError, "not Point"),
    (lambda s: s["features"][0]["geometry"]["coordinates"][0].__setitem__(1, [600000, 2000000]), ntm.BadValueError,
     "no degrees.*projected=True"),
    (lambda s: s["features"][0]["geometry"]["coordinates"][0].__setitem__(1, [math.nan, 1]), ntm.BadValueError, "not finite"),
    (lambda s: s["features"][0]["geometry"]["coordinates"][0].__setitem__(1, ["a", 1]), ntm.ShapeError, "is no point"),
    (lambda s: s["features"][0]["geometry"]["coordinates"].__setitem__(0, [[1, 2]]), ntm.ShapeError, "four points"),
    (lambda s: s["features"][1]["properties"].update(code="18103"), ntm.ConflictError, "two shapes"),
])
def test_geometry_is_checked(result: ntm.Attainment, shapes: dict[str, Any], change: Any, error: Any, what: str) -> None:
    change(shapes)
    with pytest.raises(error, match=what):
        ntm.plots.map(result, shapes)


def test_map_says_what_is_wrong(result: ntm.Attainment, shapes: dict[str, Any], tmp_path: Path, law: ntm.CriteriaSet,
                                table: dict[str, Any]) -> None:
    with pytest.raises(ntm.NotFoundError, match="codes.*code"):
        ntm.plots.map(result, shapes, key="codes")
    with pytest.raises(ntm.NotFoundError, match="18115"):
        ntm.plots.map(result, shapes, missing="error")
    with pytest.raises(ntm.FileError):
        ntm.plots.map(result, tmp_path / "none.geojson")
    (tmp_path / "bad.geojson").write_text("{\n oops")
    with pytest.raises(ntm.TextError, match="no JSON") as caught:
        ntm.plots.map(result, tmp_path / "bad.geojson")
    assert caught.value.line == 2
    with pytest.raises(ntm.ArgumentError, match="units of this result were not named"):
        ntm.plots.map(ntm.evaluate(table, law, on="2020-02-25"), shapes)
    with pytest.raises(ntm.ArgumentError, match="no shape has a unit"):
        ntm.plots.map(result, collection(shapes["features"][3]))
    with pytest.raises(TypeError, match="a geometry is a path"):
        ntm.plots.map(result, 7)


def test_tiles(result: ntm.Attainment) -> None:
    figure = ntm.plots.tile_map(result, groups={"18103": "Huyện A", "18109": "Huyện A", "18112": "Huyện B"}, criterion="1")
    for row, verdict in enumerate(result.criterion("1").tolist()):
        tile = part(figure, f"tile-{row}")
        assert to_hex(tile.get_facecolor()) == FILLS[Verdict(verdict)].colour
        assert tile.get_hatch() == FILLS[Verdict(verdict)].hatch
    assert {"Huyện A", "Huyện B", "–", "3", "2", "2–3", "0"} <= set(texts(figure))
    assert part(figure, "tile-0").get_y() == part(figure, "tile-1").get_y()
    assert overlaps(figure) == []
    placed = ntm.plots.tile_map(result, layout={"18103": (0, 0), "18109": (2, 0), "18112": (0, 1), "18115": (1, 3)})
    assert part(placed, "tile-3").get_y() == pytest.approx(3 * (part(placed, "tile-2").get_y()))
    with pytest.raises(ntm.ArgumentError, match="no place for 18112, 18115"):
        ntm.plots.tile_map(result, layout={"18103": (0, 0), "18109": (1, 0)})
    with pytest.raises(ntm.ArgumentError, match="no two the same"):
        ntm.plots.tile_map(result, layout={code: (0, 0) for code in CODES})


# ------------------------------------------------------------------------------------ products

HONEY = """\
format: ntm-set/1
id: honey
title: {vi: Mật ong}
programme: ocop
level: product
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
facts:
  points: {kind: amount, unit: point, least: 0, most: 100}
  fake: {kind: flag}
grade:
  of: points
  bands: [{class: "3", range: "[50, 70)"}, {class: "4", range: "[70, 90)"}, {class: "5", range: "[90, 100]"}]
"""


@pytest.fixture()
def panel() -> ntm.Panel:
    """3 stars, 4 stars, none, and one of which nothing is known."""
    law = ntm.CriteriaSet.read(HONEY)
    return ntm.panel({"points": [60, 80, 10, None]}, law, product=["A", "B", "C", "D"], on="2020-03-01")


def test_stars_have_bounds(panel: ntm.Panel) -> None:
    figure = ntm.plots.stars(panel)
    assert {name: one[1:] for name, one in bars(figure).items()} == {
        "surely-0": (0, 1, None), "perhaps-0": (1, 1, PERHAPS.hatch), "surely-1": (0, 1, None),
        "perhaps-1": (1, 1, PERHAPS.hatch), "surely-2": (0, 1, None), "perhaps-2": (1, 1, PERHAPS.hatch),
        "perhaps-3": (0, 1, PERHAPS.hatch)}
    shown = texts(figure)
    assert {"Không xếp hạng", "3 sao", "5 sao", "0–1"} <= set(shown) and shown.count("1–2") == 3
    assert any("3 trong 4 sản phẩm đã rõ hạng" in one for one in shown)
    drawn(figure)


def test_stars_by_group(panel: ntm.Panel) -> None:
    figure = ntm.plots.stars(panel, groups={"A": "Huyện X", "B": "Huyện X", "C": "Huyện Y", "D": "Huyện Y"}, lang="en")
    pieces = {one.get_gid(): (one.get_x(), one.get_width(), one.get_hatch()) for one in figure.axes[0].patches
              if one.get_gid()}
    assert pieces == {"1-0": (0, 1, None), "2-0": (1, 1, None), "0-1": (0, 1, None), "open-1": (1, 1, PERHAPS.hatch)}
    assert [one.get_text() for one in figure.axes[0].get_yticklabels()] == ["Huyện X", "Huyện Y"]
    assert {"3 stars", "4 stars", "No class", "Open"} <= set(texts(figure))
    both = ntm.plots.stars({"Mật ong": panel, "Chè": panel})
    assert len([one for one in both.axes[0].patches if one.get_gid()]) == 8
    result = ntm.evaluate({"points": [95.0, 60.0]}, panel.law, on="2020-03-01")
    assert set(bars(ntm.plots.stars(result))) == {"surely-3", "surely-1"}


def test_stars_say_what_is_wrong(panel: ntm.Panel, law: ntm.CriteriaSet, result: ntm.Attainment) -> None:
    with pytest.raises(TypeError, match="stars draws a result of ntm.panel"):
        ntm.plots.stars([1])  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="the set small has no grade"):
        ntm.plots.stars(result)
    graded = ntm.evaluate({"points": [95.0]}, panel.law, on="2020-03-01")
    for draw in (ntm.plots.heat_map, ntm.plots.criteria_counts):
        with pytest.raises(ntm.ArgumentError, match="the set honey has no criteria: ntm.plots.stars draws its grade"):
            draw(graded)
    with pytest.raises(ntm.ArgumentError, match="there is no result"):
        ntm.plots.stars({})
    with pytest.raises(ntm.ArgumentError, match="groups: 1 for 4 products"):
        ntm.plots.stars(panel, groups=["x"])
    tea = ntm.CriteriaSet.read(HONEY.replace('"3"', '"1"').replace("id: honey", "id: tea"))
    other = ntm.panel({"points": [60]}, tea, product=["T"], on="2020-03-01")
    with pytest.raises(ntm.ArgumentError, match="honey and tea have different classes"):
        ntm.plots.stars({"a": panel, "b": other})


# ------------------------------------------------------------------------------------ mergers


@pytest.fixture()
def merged() -> ntm.Units:
    return ntm.Units(
        {"code": ["42", "18103", "18106", "18103", "18200"],
         "name": ["Tỉnh Hà Tĩnh", "Xã Thạch Môn", "Xã Thạch Đồng", "Xã Đồng Môn", "Xã Khác"],
         "level": ["province", "commune", "commune", "commune", "commune"], "parent": [None, "42", "42", "42", "42"],
         "valid_from": [None, None, None, "2020-01-01", None], "valid_to": [None, "2020-01-01", "2020-01-01", None, None]},
        {"old_code": ["18103", "18106"], "new_code": ["18103", "18103"], "on": ["2020-01-01", "2020-01-01"]},
    )


DAYS = {"since": "2019-12-31", "by": "2020-01-01"}


def test_merger_adds_counts_and_leaves_open_what_is(merged: ntm.Units) -> None:
    law = ntm.catalogue()["commune-ntm-2016-2020"]
    data = {"code": ["18200", "18106", "18103"], "households": [7, 1500, 1060], "population": [1, None, 4000],
            "poor-households": [1, 30, 20], "note": ["", "", ""]}
    facts = ["households", "population", "poor-households"]
    figure = ntm.plots.merger(data, law, "18103", units=merged, facts=facts, **DAYS)
    shown = texts(figure)
    assert {"1.060", "1.500", "2.560", "4.000", "≥ 4.000", "chưa có số liệu", "30", "20", "50"} <= set(shown)
    assert "7" not in shown and "0" not in shown, "another unit, and nothing that is missing as zero"
    assert {"Xã Thạch Môn", "Xã Thạch Đồng", "Xã Đồng Môn", "Trước (31/12/2019)", "Sau (1/1/2020)", "Số hộ (hộ)"} <= set(shown)
    first = [one for one in figure.axes[0].patches if one.get_gid() in ("bar-0", "bar-1", "bar-2")][:3]
    lengths = [one.get_width() for one in first]
    assert lengths[0] / lengths[2] == pytest.approx(1060 / 2560) and lengths[1] / lengths[2] == pytest.approx(1500 / 2560)
    assert part(figure, "open-bar-2").get_hatch() == PERHAPS.hatch
    assert len([one for one in figure.axes[0].patches if str(one.get_gid()).startswith("bar-")]) == 3 + 2 + 3
    drawn(figure)
    assert overlaps(figure) == []


def test_merger_takes_frames_and_numbers_as_codes(merged: ntm.Units, law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"code": [18103, 18106], "insured": [80.5, float("nan")], "income": [36.0, 20.0]})
    shown = texts(ntm.plots.merger(frame, law, "18103", units=merged, **DAYS))
    assert {"80,5", "36", "20", "chưa có số liệu"} <= set(shown)
    pyarrow = pytest.importorskip("pyarrow")
    reader = pyarrow.Table.from_pandas(frame).to_reader()
    assert texts(ntm.plots.merger(reader, law, "18103", units=merged, **DAYS)) == shown


def test_merger_says_what_has_to_be_assessed_again(merged: ntm.Units, law: ntm.CriteriaSet) -> None:
    assert law.facts[1].merge == ntm.Merge.REASSESS
    data = {"code": ["18103", "18106"], "clean-water": [400, 500], "plan": [True, False],
            "rating": ["tốt", "khá"]}
    shown = texts(ntm.plots.merger(data, law, "18103", units=merged, **DAYS))
    assert {"đánh giá lại", "400", "500", "có", "không", "tốt", "khá"} <= set(shown) and "900" not in shown
    assert shown.count("đánh giá lại") == 3


def test_merger_shows_verdicts_before_and_after(merged: ntm.Units, law: ntm.CriteriaSet) -> None:
    facts = {"households": [1000, 1000], "clean-water": [950, 600], "insured": [95.0, 95.0]}
    before = ntm.evaluate({**facts, "region": ["BTB"] * 2}, law, on="2020-02-25", unit=["18103", "18106"])
    after = ntm.evaluate({"households": [2000], "clean-water": [1550], "insured": [95.0]}, law, on="2020-02-25",
                         unit=["18103"], region="BTB")
    data = {"households": [1000, 1000], "clean-water": [950, 600]}
    figure = ntm.plots.merger(data, law, "18103", units=merged, unit=["18103", "18106"], before=before, after=after, **DAYS)
    chips = [to_hex(one.get_facecolor()) for one in figure.axes[0].patches if one.get_gid() == "chip"]
    met, not_met, is_open = (FILLS[one].colour for one in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN))
    assert chips == [is_open, not_met, not_met] + [met, not_met, not_met] + [is_open] * 6
    drawn(figure)


def test_merger_says_what_is_wrong(merged: ntm.Units, law: ntm.CriteriaSet) -> None:
    data = {"code": ["18103"], "households": [1060]}
    with pytest.raises(ntm.ArgumentError, match="Xã Khác is made of 1 unit"):
        ntm.plots.merger(data, law, "18200", units=merged, **DAYS)
    with pytest.raises(ntm.NotFoundError, match="fact of the data.*housholds|housholds.*households"):
        ntm.plots.merger(data, law, "18103", units=merged, facts=["housholds"], **DAYS)
    with pytest.raises(ntm.NotFoundError, match="ma.*column"):
        ntm.plots.merger(data, law, "18103", units=merged, unit="ma", **DAYS)
    with pytest.raises(ntm.NotFoundError, match="18103"):
        ntm.plots.merger({"code": ["18200"], "households": [1]}, law, "18103", units=merged, **DAYS)
    with pytest.raises(TypeError, match="units has to be an ntm.Units"):
        ntm.plots.merger(data, law, "18103", units={}, **DAYS)  # type: ignore[arg-type]
    one_only = ntm.plots.merger(data, law, "18103", units=merged, **DAYS)
    assert "≥ 1.060" in texts(one_only), "the other commune is not in the data: nobody knows the total"
