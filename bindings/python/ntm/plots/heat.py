# SPDX-License-Identifier: Apache-2.0
"""The heat map: units by criteria."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Sequence

from ..attainment import Attainment
from ..errors import ArgumentError
from ..explanation import Verdict
from ..number import Language
from ..tables import choice
from .figures import Axes, Canvas, Figure, canvas, mpl
from .labels import Day, Grouping, Naming, attainment_of, groups_of, labels_of, limited, order_of, with_criteria
from .style import FAINT, FILLS, INK, SMALL, SOFT, WIDTH
from .words import bounds, capital, name_in, number, units_word, verdict_word, word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_ROW_MOST, _ROW_LEAST, _TALL = 0.175, 0.082, 8.4
"""Inches: a row at most and at least, and what all rows should fit if they can (an A4 page)."""
_LABELS_MOST = 400
"""With more rows than this in a block they become thinner, and not each has its name."""
_HEAD = 0.2
_PITCH_LEAST, _ROW_GOOD = 0.095, 0.11
_GUTTER = 0.22


class _Column(NamedTuple):
    """A criterion or indicator, and where it lies."""

    id: str
    name: str
    left: float
    """Inches from the left of the cells."""


@dataclass
class _Grid:
    """What is drawn, and how large."""

    verdicts: npt.NDArray[np.int8]
    """Of shape (rows, columns)."""
    least: list[int]
    most: list[int]
    labels: list[str]
    lines: list[int | str]
    """From top to bottom: a row of the result, or the name of a group."""
    columns: list[_Column]
    pitch: float
    side: float
    """Inches for names, on the left."""
    counts: float
    """Inches for counts, on the right."""
    blocks: int
    row: float
    """Inches a row."""


def heat_map(
    result: Attainment,
    *,
    units: Naming | None = None,
    on: Day | None = None,
    of: Literal["criteria", "indicators"] = "criteria",
    groups: Grouping | None = None,
    order: str | Sequence[str] = "met",
    limit: int | None = None,
    names: bool = True,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """Units by criteria: met, not met or open (hatched), and how many are met at the side: "12–15".

    Many units are set in two or three blocks side by side: 200 communes fit an A4 page.

    Args:
        result: what :func:`ntm.evaluate` gave, which keeps its criteria (or indicators).
        units: what the units are called: an :class:`ntm.Units`, a mapping from code to name, or a name a row; None: codes.
        on: the day of names and groups from a registry; None: the day that was evaluated for.
        of: "criteria", or "indicators", set apart by criterion.
        groups: "district" or "province" of the registry, a mapping from code to group, or a group a row: units stand
            under the name of their group.
        order: "met" (most criteria first), "lacking" (fewest first), "name", "given" (as in the result), or units.
        limit: only so many, the first in the order.
        names: list what the numbers of the criteria mean, and how many units meet each, below.
        ax: axes to draw in; None: a figure of its own, as tall as it has to be.
        lang: "vi" or "en".
        title: the title; None: the name of the set.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no result of ntm.evaluate().
        ArgumentError: no rows, verdicts that were not kept, an option's word that there is none of.
        NotFoundError: a unit or level that is not there.
        ImportError: matplotlib is not installed.
    """
    attainment_of(result, "heat_map")
    with_criteria(result)
    choice("of", of, ("criteria", "indicators"))
    labels = labels_of(result, units, on)
    verdicts = _verdicts(result, of)
    least = (verdicts == Verdict.MET).sum(axis=1).tolist()
    most = (verdicts != Verdict.NOT_MET).sum(axis=1).tolist()
    chosen = limited(order_of(order, result, labels, least, most), limit)
    lines = _lines(chosen, groups_of(result, groups, units, on))
    made = canvas(ax, lang, height=4.0)
    grid = _grid(made, _Grid(verdicts, least, most, labels, lines, [], 0, 0, 0, 1, 0), result, of)
    _draw(made, grid)
    kind = units_word(result.law.level, lang)
    whole = len(chosen) == len(result)
    shown = f"{len(result)} {kind}" if whole else word("shown of", lang, len(chosen), len(result), kind)
    under = f"{shown} × {verdicts.shape[1]} {word(of, lang)}: {_told(verdicts[chosen], lang)}"
    note = _names_of(made, grid, chosen, result.law.level) if names else ""
    return made.finish(title or name_in(result.law.title, lang, result.law.id), under=under, note=note)


def _verdicts(result: Attainment, of: str) -> npt.NDArray[np.int8]:
    import numpy as np

    if of == "criteria":
        return np.stack([result.criterion(one.id) for one in result.law.criteria], axis=1)
    if not result.law.indicators:
        raise ArgumentError(f"the set {result.law.id} has no indicators: of='criteria' draws its criteria")
    return np.stack([result.indicator(one.id) for one in result.law.indicators], axis=1)


def _told(verdicts: npt.NDArray[np.int8], lang: Language) -> str:
    """How many cells have which verdict, as words."""
    counts = [(verdict, int((verdicts == verdict).sum())) for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN)]
    return ", ".join(word("cells", lang, number(count, lang), verdict_word(verdict, lang)) for verdict, count in counts)


def _lines(rows: list[int], groups: list[str] | None) -> list[int | str]:
    """Rows under the names of their groups, in the order in which the groups come first."""
    if groups is None:
        return list(rows)
    lines: list[int | str] = []
    for group in sorted({groups[row] for row in rows}, key=lambda name: (name == "", name)):
        lines.append(group or "–")
        lines.extend(row for row in rows if groups[row] == group)
    return lines


# ------------------------------------------------------------------------------------ layout


def _columns(result: Attainment, of: str, lang: Language, pitch: float) -> list[_Column]:
    """The columns with a little room between groups of criteria, or between the criteria of indicators."""
    parts: list[tuple[str, str, object]]
    if of == "criteria":
        parts = [(one.id, name_in(one.name, lang, one.id), one.group) for one in result.law.criteria]
    else:
        parts = [(one.id, name_in(one.name, lang, one.id), one.criterion) for one in result.law.indicators]
    columns, left = [], 0.0
    for at, (id, name, group) in enumerate(parts):
        left += pitch * 0.35 if at and group != parts[at - 1][2] else 0.0
        columns.append(_Column(id, name, left))
        left += pitch
    return columns


def _grid(made: Canvas, grid: _Grid, result: Attainment, of: str) -> _Grid:
    """How many blocks, and how large everything is: as many as make rows tall enough, while columns stay wide enough."""
    rooms = len(_columns(result, of, made.lang, 1.0)) + 0.35 * _breaks(result, of)
    best = _sized(made, grid, 1, rooms)
    for blocks in (2, 3):
        if best.row >= _ROW_GOOD:
            break
        more = _sized(made, grid, blocks, rooms)
        if more.pitch < _PITCH_LEAST:
            break
        best = more
    best.columns = _columns(result, of, made.lang, best.pitch)
    return best


def _sized(made: Canvas, grid: _Grid, blocks: int, rooms: float) -> _Grid:
    """The grid in so many blocks."""
    width, tall = (WIDTH - 0.16, _TALL) if made.own else (made.size[0], max(made.size[1] - _HEAD, 0.5))
    lines = -(-len(grid.lines) // blocks)
    row = min(tall / lines, 0.4)
    if made.own:
        row = min(_ROW_MOST, max(row, _ROW_LEAST))
        if lines > _LABELS_MOST:
            row = max(_ROW_LEAST * _LABELS_MOST / lines, 0.008)
    sized = replace(grid, blocks=blocks, row=row)
    rows = [line for line in grid.lines if isinstance(line, int)]
    size = _size(sized)
    sized.side = min(max(made.text_width(grid.labels[line], size) for line in rows) + 0.08, 1.5)
    sized.counts = max(made.text_width(_count(grid, line, made.lang), size) for line in rows) + 0.08
    room = (width - _GUTTER * (blocks - 1)) / blocks - sized.side - sized.counts
    sized.pitch = min(max(room, 0.3) / rooms, 0.42)
    return sized


def _breaks(result: Attainment, of: str) -> int:
    spaced = _columns(result, of, "vi", 1.0)
    return round((spaced[-1].left - (len(spaced) - 1)) / 0.35) if spaced else 0


def _size(grid: _Grid) -> float:
    """Points of the type in rows."""
    return max(4.6, min(SMALL, grid.row * 72 * 0.80))


def _count(grid: _Grid, row: int, lang: Language) -> str:
    return bounds(grid.least[row], grid.most[row], lang)


def _split(grid: _Grid, lang: Language) -> list[list[int | str]]:
    """The lines of each block; a group that goes on has its name again."""
    a_block = -(-len(grid.lines) // grid.blocks)
    blocks: list[list[int | str]] = []
    group = ""
    for at, line in enumerate(grid.lines):
        if isinstance(line, str):
            group = line
        full = not blocks or (len(blocks) < grid.blocks and len(blocks[-1]) >= a_block)
        if full:
            if blocks and isinstance(blocks[-1][-1], str):
                blocks[-1].pop()
            blocks.append([f"{group} ({word('continued', lang)})"] if group and blocks and isinstance(line, int) else [])
            if group and len(blocks) > 1 and at and isinstance(grid.lines[at - 1], str) and isinstance(line, int):
                blocks[-1] = [group]
        blocks[-1].append(line)
    return blocks


# ------------------------------------------------------------------------------------ drawing


def _draw(made: Canvas, grid: _Grid) -> None:
    """Everything inside the axes, whose coordinates are inches from the upper left corner."""
    ax = made.ax
    blocks = _split(grid, made.lang)
    head = max(_HEAD, max(_head_height(made, grid), 0.0))
    wide = (grid.columns[-1].left + grid.pitch) + grid.side + grid.counts
    tall = head + grid.row * max(len(block) for block in blocks)
    if made.own:
        made.figure.set_size_inches(WIDTH, tall)
    width = WIDTH - 0.16 if made.own else made.size[0]
    ax.set_xlim(0, width)
    ax.set_ylim(tall if made.own else max(tall, made.size[1]), 0)
    ax.set_axis_off()
    cells: dict[Verdict, list[tuple[float, float]]] = {verdict: [] for verdict in Verdict}
    for at, block in enumerate(blocks):
        left = at * (wide + max(_GUTTER, (width - wide * len(blocks)) / max(len(blocks) - 1, 1)
                                if len(blocks) > 1 else _GUTTER))
        _draw_head(made, grid, left + grid.side, head)
        _draw_block(made, grid, block, left, head, cells)
    _draw_cells(made, grid, cells)
    for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN):
        made.key(verdict_word(verdict, made.lang), FILLS[verdict])


def _is_upright(made: Canvas, grid: _Grid) -> bool:
    """Whether the ids fit over their columns."""
    return max(made.text_width(one.id, _size(grid)) for one in grid.columns) < grid.pitch * 0.98


def _head_height(made: Canvas, grid: _Grid) -> float:
    longest = max(made.text_width(one.id, _size(grid)) for one in grid.columns)
    return 0.16 if _is_upright(made, grid) else longest + 0.08


def _draw_head(made: Canvas, grid: _Grid, left: float, head: float) -> None:
    upright = _is_upright(made, grid)
    for column in grid.columns:
        made.ax.text(left + column.left + grid.pitch / 2, head - 0.04, column.id, fontsize=_size(grid), color=SOFT,
                     ha="center", va="bottom", rotation=0 if upright else 90)


def _draw_block(
    made: Canvas, grid: _Grid, block: list[int | str], left: float, top: float,
    cells: dict[Verdict, list[tuple[float, float]]],
) -> None:
    size, ax = _size(grid), made.ax
    every = max(1, round(0.085 / grid.row)) if grid.row < 0.07 else 1
    right = left + grid.side + grid.columns[-1].left + grid.pitch
    for at, line in enumerate(block):
        y = top + (at + 0.5) * grid.row
        if isinstance(line, str):
            ax.text(left, y, line, fontsize=size, color=INK, fontweight="bold", ha="left", va="center_baseline")
            begins = left + max(grid.side, made.text_width(line, size, bold=True) + 0.06)
            ax.plot([begins, right + grid.counts], [y + grid.row * 0.1] * 2, color=FAINT, linewidth=0.5)
            continue
        if at % every == 0:
            ax.text(left, y, fitted(made, grid.labels[line], size, grid.side - 0.05), fontsize=size, color=INK,
                    ha="left", va="center_baseline")
            ax.text(right + grid.counts, y, _count(grid, line, made.lang), fontsize=size, color=SOFT, ha="right",
                    va="center_baseline")
        for column, verdict in zip(grid.columns, grid.verdicts[line]):
            cells[Verdict(int(verdict))].append((left + grid.side + column.left, top + at * grid.row))


def fitted(made: Canvas, text: str, size: float, width: float) -> str:
    """The text, cut with "…" where it is too wide."""
    if made.text_width(text, size) <= width:
        return text
    fits, wide = 0, len(text)  # halving: a name may be a whole paragraph
    while wide - fits > 1:
        middle = (fits + wide) // 2
        if made.text_width(text[:middle] + "…", size) <= width:
            fits = middle
        else:
            wide = middle
    return text[:fits].rstrip() + "…"


def _draw_cells(made: Canvas, grid: _Grid, cells: dict[Verdict, list[tuple[float, float]]]) -> None:
    """One path a verdict, with a rectangle for each cell: small files, quickly drawn."""
    gap = min(0.012, grid.pitch * 0.12, grid.row * 0.12)
    wide, tall = grid.pitch - gap, grid.row - gap
    for verdict, places in cells.items():
        if not places:
            continue
        fill = FILLS[verdict]
        shape = mpl("patches").PathPatch(
            _rectangles(places, wide, tall), facecolor=fill.colour, edgecolor=fill.line if fill.hatch else "none",
            hatch=fill.hatch, linewidth=0.3 if fill.hatch else 0.0, gid=f"cells-{verdict.name.lower().replace('_', '-')}",
        )
        made.ax.add_patch(shape)


def _rectangles(places: list[tuple[float, float]], wide: float, tall: float) -> Any:
    """Rectangles of one size at many places, as one path."""
    import numpy as np

    corners = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall), (0, 0)])
    vertices = (np.asarray(places)[:, None, :] + corners[None, :, :]).reshape(-1, 2)
    path = mpl("path").Path
    codes = np.tile([path.MOVETO, path.LINETO, path.LINETO, path.LINETO, path.CLOSEPOLY], len(places))
    return path(vertices, codes)


def _names_of(made: Canvas, grid: _Grid, rows: list[int], level: str) -> str:
    """What the ids mean, and how many units meet each."""
    verdicts = grid.verdicts[rows]
    parts = []
    for at, column in enumerate(grid.columns):
        least = int((verdicts[:, at] == Verdict.MET).sum())
        most = least + int((verdicts[:, at] == Verdict.OPEN).sum())
        parts.append(f"{column.id} {capital(column.name)}: {bounds(least, most, made.lang)}".replace(" ", "\u00a0"))
    return word("each met by", made.lang, units_word(level, made.lang)) + " " + " · ".join(parts)
