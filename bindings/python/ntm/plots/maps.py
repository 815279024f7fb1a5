# SPDX-License-Identifier: Apache-2.0
"""Units on the ground: a map of their shapes, or tiles where there are none."""

from __future__ import annotations

import math
from typing import Any, Literal, Mapping, NamedTuple, Sequence

from ..attainment import Attainment
from ..errors import ArgumentError, NotFoundError
from ..explanation import Verdict
from ..number import Language
from ..tables import choice, not_found
from .figures import Axes, Canvas, Figure, canvas, mpl
from .geometry import Geometry, Shape, frame_of, shapes_of
from .labels import Day, Grouping, Naming, attainment_of, groups_of, labels_of, row_named
from .style import FILLS, INK, PAPER, SMALL, SOFT, TINY, WIDTH, Fill, ink_on
from .words import bounds, capital, name_in, number, units_word, verdict_word, word

_LISTED = 12
"""Units named in the note, at most."""


class _Verdicts(NamedTuple):
    """What is shown of each row."""

    values: list[Verdict]
    title: str


def _verdicts(result: Attainment, criterion: str | None, indicator: str | None, lang: Language) -> _Verdicts:
    if criterion is not None and indicator is not None:
        raise ArgumentError("name one of criterion and indicator")
    law = result.law
    if criterion is not None:
        found, names = result.criterion(criterion), {one.id: one.name for one in law.criteria}[criterion]
    elif indicator is not None:
        found, names = result.indicator(indicator), {one.id: one.name for one in law.indicators}[indicator]
    else:
        title = word("status map", lang, name_in(law.title, lang, law.id))
        return _Verdicts([Verdict(one) for one in result.status.tolist()], title)
    id = criterion if criterion is not None else str(indicator)
    return _Verdicts([Verdict(one) for one in found.tolist()], f"{id} {capital(name_in(names, lang, id))}")


def map(
    result: Attainment,
    geometry: Geometry,
    *,
    key: str | None = "code",
    criterion: str | None = None,
    indicator: str | None = None,
    missing: Literal["tell", "error"] = "tell",
    projected: bool = False,
    units: Naming | None = None,
    on: Day | None = None,
    labels: bool | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """Units as shapes on a map: met, not met or open (hatched). The package ships no shapes: bring your own.

    Shapes and units are joined by code. A unit without a shape, and a shape without a unit (drawn empty, dotted), are
    counted and named below the map.

    Args:
        result: what :func:`ntm.evaluate` gave, with its units named.
        geometry: the path of a GeoJSON file, its contents, or anything with ``__geo_interface__``, as a GeoDataFrame has it;
            polygons with or without holes, in degrees.
        key: the property that is the unit's code; None: the id of the feature.
        criterion, indicator: what is shown; None: the status.
        missing: units without a shape are told below, or are an error.
        projected: coordinates are metres on a plane, not degrees.
        units, on: what the units are called, as for :func:`heat_map`.
        labels: write the names on the map; None: where there are 40 shapes or fewer.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: what is shown.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no result of ntm.evaluate(), or nothing that is a geometry.
        ArgumentError: units that were not named; no shape that has a unit.
        NotFoundError: no such criterion, indicator or property (near ones are named); a unit without a shape, if asked.
        FileError, TextError, ShapeError, BadValueError, ConflictError: what is wrong with the geometry, and where.
        ImportError: matplotlib is not installed.
    """
    attainment_of(result, "map")
    choice("missing", missing, ("tell", "error"))
    if result.units is None:
        raise ArgumentError("the units of this result were not named: evaluate(..., unit='code') names them")
    names = labels_of(result, units, on)
    shown = _verdicts(result, criterion, indicator, lang)
    shapes = shapes_of(geometry, key, projected=projected)
    rows = [row_named(result, one.code) for one in shapes]
    without = [names[row] for row in sorted(set(range(len(result))) - {row for row in rows if row is not None})]
    if without and missing == "error":
        raise NotFoundError(not_found("shape of the unit", without[0], [one.code for one in shapes]))
    frame_of([shape for shape, row in zip(shapes, rows) if row is not None])
    made = canvas(ax, lang, height=4.0)
    _frame(made, frame_of(shapes), projected)
    for shape, row in zip(shapes, rows):
        if row is None:
            _draw_shape(made, shape, Fill(PAPER), f"no-unit-{shape.code}", dotted=True)
            continue
        _draw_shape(made, shape, FILLS[shown.values[row]], f"unit-{shape.code}")
        if labels or (labels is None and len(shapes) <= 40):
            _name_shape(made, shape, names[row], FILLS[shown.values[row]])
    _keys(made)
    strangers = [shape.code for shape, row in zip(shapes, rows) if row is None]
    note = "\n".join([*_note("no shape", without, lang), *_note("no unit", strangers, lang)])
    return made.finish(title or shown.title, under=_counted(shown.values, result, lang), note=note)


def _keys(made: Canvas) -> None:
    for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN):
        made.key(capital(verdict_word(verdict, made.lang)), FILLS[verdict])


def _counted(values: Sequence[Verdict], result: Attainment, lang: Language) -> str:
    counts = ", ".join(f"{number(values.count(verdict), lang)} {verdict_word(verdict, lang)}"
                       for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN))
    return f"{number(len(values), lang)} {units_word(result.law.level, lang)}: {counts}"


def _note(what: str, names: Sequence[str], lang: Language) -> list[str]:
    """A line that names units; nothing where there are none."""
    if not names:
        return []
    listed = ", ".join(names[:_LISTED])
    if len(names) > _LISTED:
        listed = word("and more", lang, listed, number(len(names) - _LISTED, lang))
    return [word(what, lang, number(len(names), lang), listed)]


def _frame(made: Canvas, frame: tuple[float, float, float, float], projected: bool) -> None:
    """Limits and aspect: a degree of longitude is shorter by the cosine of the latitude."""
    west, south, east, north = frame
    wide, tall = (east - west) or 1.0, (north - south) or 1.0
    aspect = 1.0 if projected else 1 / max(math.cos(math.radians((south + north) / 2)), 0.01)
    ax = made.ax
    ax.set_axis_off()
    if made.own:
        inner = WIDTH - 0.16
        height = min(inner * tall * aspect / wide, 7.6)
        made.figure.set_size_inches(WIDTH, max(height, 1.5))
    ax.set_xlim(west - wide * 0.01, east + wide * 0.01)
    ax.set_ylim(south - tall * 0.01, north + tall * 0.01)
    ax.set_aspect(aspect, adjustable="datalim" if made.own else "box", anchor="NW")


def _draw_shape(made: Canvas, shape: Shape, fill: Fill, gid: str, *, dotted: bool = False) -> None:
    path = mpl("path").Path
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for polygon in shape.polygons:
        for ring in polygon:
            vertices.extend(ring)
            codes.extend([path.MOVETO, *[path.LINETO] * (len(ring) - 2), path.CLOSEPOLY])
    patch = mpl("patches").PathPatch(path(vertices, codes), facecolor=fill.colour, hatch=fill.hatch, gid=gid,
                                     edgecolor=SOFT if dotted else fill.line if fill.hatch else PAPER, linewidth=0.7,
                                     linestyle=":" if dotted else "-", joinstyle="round", zorder=1 if dotted else 2)
    made.ax.add_patch(patch)


def _name_shape(made: Canvas, shape: Shape, name: str, fill: Fill) -> None:
    """The name where the largest polygon is widest."""
    polygon = max(shape.polygons, key=lambda one: abs(_area(one[0])))
    x, y = _inside(polygon)
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2, "alpha": 0.85} if fill.hatch else None
    made.ax.text(x, y, name, fontsize=TINY, color=ink_on(fill.colour), ha="center", va="center", bbox=box, zorder=3)


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:])) / 2


def _inside(polygon: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The middle of the widest stretch inside, of a few lines from west to east; near the middle of the height if equal."""
    ys = [y for _, y in polygon[0]]
    low, high = min(ys), max(ys)
    best = (0.0, polygon[0][0])
    for step in (8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13):
        y = low + (high - low) * (step / 16 + 0.003)
        crossed = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0) for ring in polygon
                         for (x0, y0), (x1, y1) in zip(ring, ring[1:]) if (y0 > y) != (y1 > y))
        for west, east in zip(crossed[::2], crossed[1::2]):
            if east - west > best[0] * 1.05:
                best = (east - west, ((west + east) / 2, y))
    return best[1]


# ------------------------------------------------------------------------------------ tiles


class _Tile(NamedTuple):
    row: int
    x: float
    y: float


def tile_map(
    result: Attainment,
    *,
    layout: Mapping[str, tuple[int, int]] | None = None,
    groups: Grouping | None = None,
    criterion: str | None = None,
    indicator: str | None = None,
    units: Naming | None = None,
    on: Day | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """A tile a unit, where there are no shapes: met, not met or open (hatched), with the number of criteria that are met.

    Tiles stand in blocks by group (district), or where ``layout`` puts them.

    Args:
        result: what :func:`ntm.evaluate` gave.
        layout: (column, row) of each unit, from the upper left corner; every unit needs a place of its own.
        groups: as for :func:`heat_map`; not with a layout.
        criterion, indicator: what is shown; None: the status.
        units, on: what the units are called, as for :func:`heat_map`: names are written where tiles are large enough.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: what is shown.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no result of ntm.evaluate().
        ArgumentError: no rows, units without a place, two in one place, groups and a layout.
        NotFoundError: no such criterion, indicator or level.
        ImportError: matplotlib is not installed.
    """
    attainment_of(result, "tile_map")
    if layout is not None and groups is not None:
        raise ArgumentError("either a layout or groups")
    names = labels_of(result, units, on)
    shown = _verdicts(result, criterion, indicator, lang)
    parts = groups_of(result, groups, units, on)
    made = canvas(ax, lang, height=4.0)
    width = WIDTH - 0.16 if made.own else made.size[0]
    if layout is not None:
        tiles, heads, side, tall = _laid_out(result, layout, width)
    else:
        tiles, heads, side, tall = _blocks(made, names, parts, width)
    if made.own:
        made.figure.set_size_inches(WIDTH, tall)
    made.ax.set_axis_off()
    made.ax.set_xlim(0, width)
    made.ax.set_ylim(tall if made.own else max(tall, made.size[1]), 0)
    _draw_tiles(made, result, tiles, shown.values, names if units is not None else None, side)
    for x, y, name in heads:
        made.ax.text(x, y, name, fontsize=SMALL, color=INK, fontweight="bold", ha="left", va="bottom")
    _keys(made)
    return made.finish(title or shown.title, under=_counted(shown.values, result, lang),
                       note=word("tiles", lang, word("criteria", lang)))


_Heads = list[tuple[float, float, str]]


def _laid_out(
    result: Attainment, layout: Mapping[str, tuple[int, int]], width: float
) -> tuple[list[_Tile], _Heads, float, float]:
    """Tiles where the caller puts them."""
    codes = list(result.units or ())
    lost = [code for code in codes if code not in layout.keys()] if codes else ["?"]
    if lost:
        raise ArgumentError(f"layout has no place for {', '.join(lost[:5])}: give every unit a (column, row)")
    places = [layout[code] for code in codes]
    if any(len(one) != 2 or min(one) < 0 for one in places) or len(set(places)) != len(places):
        raise ArgumentError("layout: a (column, row) from 0 for each unit, no two the same")
    across, down = max(x for x, _ in places) + 1, max(y for _, y in places) + 1
    side = min(width / across, 0.62)
    return [_Tile(row, x * side, y * side) for row, (x, y) in enumerate(places)], [], side, down * side


def _blocks(
    made: Canvas, names: Sequence[str], parts: Sequence[str] | None, width: float
) -> tuple[list[_Tile], _Heads, float, float]:
    """A block of tiles a group, blocks side by side in rows."""
    count = len(names)
    side = min(0.62, max(0.2, math.sqrt(width * 6.0 / max(count, 1)) * 0.72))
    groups = sorted(set(parts), key=lambda name: (name == "", name)) if parts is not None else [""]
    tiles: list[_Tile] = []
    heads: _Heads = []
    x = y = tallest = 0.0
    head = 0.22 if parts is not None else 0.0
    for group in groups:
        rows = [row for row in range(count) if parts is None or parts[row] == group]
        across = max(1, math.ceil(math.sqrt(len(rows) * 1.5))) if parts is not None else max(1, int(width / side))
        across = min(across, max(1, int(width / side)))
        wide = max(across * side, made.text_width(group, SMALL, bold=True))
        tall = head + math.ceil(len(rows) / across) * side
        if x and x + wide > width + 1e-6:
            x, y, tallest = 0.0, y + tallest + 0.14, 0.0
        if parts is not None:
            heads.append((x, y + head - 0.05, group or "–"))
        tiles.extend(_Tile(row, x + at % across * side, y + head + at // across * side) for at, row in enumerate(rows))
        x, tallest = x + wide + 0.22, max(tallest, tall)
    return tiles, heads, side, y + tallest


def _draw_tiles(
    made: Canvas, result: Attainment, tiles: Sequence[_Tile], values: Sequence[Verdict], names: Sequence[str] | None,
    side: float,
) -> None:
    least, most = (one.tolist() for one in result.criteria_met)
    rectangle: Any = mpl("patches").Rectangle
    gap = min(0.03, side * 0.08)
    size = min(SMALL, side * 72 * 0.26)
    for tile in tiles:
        fill = FILLS[values[tile.row]]
        made.ax.add_patch(rectangle((tile.x, tile.y), side - gap, side - gap, facecolor=fill.colour, hatch=fill.hatch,
                                    edgecolor=fill.line if fill.hatch else fill.colour, linewidth=0.5,
                                    gid=f"tile-{tile.row}"))
        text = bounds(least[tile.row], most[tile.row], made.lang)
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8} if fill.hatch else None
        middle = tile.x + (side - gap) / 2
        named = names is not None and side >= 0.5
        if made.text_width(text, size) < side - gap:
            made.ax.text(middle, tile.y + side * (0.32 if named else 0.48), text, fontsize=size,
                         color=ink_on(fill.colour), ha="center", va="center", bbox=box)
        if named and names is not None:
            label = made.wrap(names[tile.row], 5.5, side - gap - 0.04)
            made.ax.text(middle, tile.y + side * 0.66, "\n".join(label.split("\n")[:2]), fontsize=5.5,
                         color=ink_on(fill.colour), ha="center", va="center", linespacing=1.05, bbox=box)
