# SPDX-License-Identifier: Apache-2.0
"""Money by source (or any other side) and stage."""

from __future__ import annotations

from typing import Mapping, NamedTuple, Sequence

from ..cubes import CubeCell, CubeMember, Day, Only
from ..errors import ArgumentError
from ..number import Language
from ..rates import Known
from .figures import Axes, Canvas, Figure, canvas, plain_axes
from .money import Cells, Money, Scale, money_of, scale_of, stage_name
from .style import INK, PERHAPS, SMALL, SOFT, STAGES, TINY, Fill, shades
from .words import capital, known_word, number, word

_USUAL = ("need", "plan", "allotted", "disbursed")


class _Row(NamedTuple):
    """A member of the side, and its cells by stage."""

    name: str
    depth: int
    cells: list[CubeCell]


def budget(
    money: Money,
    *,
    by: str = "source",
    stages: Sequence[str] = _USUAL,
    at: Mapping[str, str] | None = None,
    since: Day | None = None,
    until: Day | None = None,
    only: Only | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """Money by source and stage: what is needed, planned, allotted and disbursed, in tỷ đồng (or a smaller unit).

    A cell that nobody has reported says so in words; one of which reports are missing is drawn as far as it was reported,
    with a hatched end, and says how many are missing. Nothing missing is drawn as zero.

    Args:
        money: a ledger; or a cube of it with the sides ``by`` and "stage" (others have to have a total, ``up=``, or a member
            chosen in ``at``); or such a cube's columns.
        by: a side: "source", "nature", "component", "programme", "district".
        stages: which stages, in order; those of which there is no cell are left out.
        at: members of the other sides of the cube: ``{"district": "436"}``.
        since, until, only: which entries of a ledger count, as for :meth:`ntm.Ledger.cube`.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: one that says what is drawn.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: neither a ledger nor a cube nor its columns.
        NotFoundError: no such side.
        ArgumentError: no cell of these stages; a side that is neither drawn nor held at a member.
        ImportError: matplotlib is not installed.
    """
    stages = (stages,) if isinstance(stages, str) else tuple(stages)
    cube = money_of(money, "budget", (by, "stage"), since=since, until=until, only=only)
    cells = Cells(cube, (by, "stage"), at)
    rows = _rows(cells, stages, lang)
    drawn = [place for place in range(len(stages)) if any(row.cells[place].known != Known.NOT_APPLICABLE for row in rows)]
    if not drawn:
        raise ArgumentError(f"no cell of the stages {', '.join(stages)}: there is nothing to draw")
    scale = scale_of([row.cells[place] for row in rows for place in drawn], lang)
    made = canvas(ax, lang, height=max(1.2, len(rows) * (0.17 * len(drawn) + 0.14)))
    plain_axes(made, grid="x")
    colours = _colours([stages[place] for place in drawn])
    limit = _limits(made, rows, drawn, scale)
    for at_row, row in enumerate(rows):
        for order, place in enumerate(drawn):
            middle = at_row + (order - (len(drawn) - 1) / 2) * (0.82 / len(drawn))
            gid = f"{stages[place]}-{at_row}"
            _bar(made, row.cells[place], middle, 0.82 / len(drawn) * 0.84, colours[order], scale, limit, gid)
    _scale(made, rows, scale)
    for order, place in enumerate(drawn):
        made.key(capital(stage_name(stages[place], lang, cells.cube)), Fill(colours[order]))
    if any(row.cells[place].known == Known.NOT_REPORTED for row in rows for place in drawn):
        made.key(capital(word("incomplete", lang)), PERHAPS)
    side = word(f"by {by}", lang) if known_word(f"by {by}") else by
    return made.finish(title or word("budget", lang, side, scale.unit), told=_told(rows, drawn, stages, scale, lang))


def _rows(cells: Cells, stages: Sequence[str], lang: Language) -> list[_Row]:
    """The members that have any cell, in their order, parents before what is part of them, the total last."""
    members = cells.members(0)
    rows = []
    for member in members:
        found = [cells.cell(member, stage) for stage in stages]
        if any(one.known != Known.NOT_APPLICABLE for one in found):
            rows.append(_Row(cells.name(0, member, lang), _depth(members, member), found))
    return rows


def _depth(members: Sequence[CubeMember], member: CubeMember) -> int:
    """How many members it is a part of, the total left out."""
    depth, parent = 0, member.parent
    while parent is not None and members[parent].id != "*":
        depth, parent = depth + 1, members[parent].parent
    return depth


def _colours(stages: Sequence[str]) -> list[str]:
    """The usual colour of each usual stage; shades where there are others."""
    if all(stage in _USUAL for stage in stages):
        return [STAGES[_USUAL.index(stage)] for stage in stages]
    return shades(len(stages))


def _limits(made: Canvas, rows: Sequence[_Row], drawn: Sequence[int], scale: Scale) -> float:
    """Sets the limits of the axis of money, with room for the numbers at the ends of bars; the highest sum."""
    sums = [float(scale.of(sofar)) for row in rows for place in drawn if (sofar := row.cells[place].so_far) is not None]
    low, high = min([0.0, *sums]), max([0.0, *sums])
    span = (high - low) or 1.0
    made.ax.set_xlim(low * 1.1, high + span * 0.30 if high else span)
    return span


def _bar(
    made: Canvas, cell: CubeCell, middle: float, thick: float, colour: str, scale: Scale, span: float, gid: str
) -> None:
    """One cell: a bar and its number, or words where there is none."""
    ax = made.ax
    end = 0.0
    if cell.so_far is not None:
        end = float(scale.of(cell.so_far))
        ax.barh(middle, end, height=thick, color=colour, linewidth=0)[0].set_gid(gid)
    if cell.known == Known.REPORTED and cell.value is not None:
        text, ink = scale.text(cell.value, made.lang), INK
    elif cell.known == Known.NOT_REPORTED and cell.so_far is not None:
        text, ink = word("missing", made.lang, scale.text(cell.so_far, made.lang), number(cell.missing, made.lang)), INK
        bar = ax.barh(middle, span * 0.035, left=max(end, 0.0), height=thick, facecolor=PERHAPS.colour,
                      edgecolor=PERHAPS.line, hatch=PERHAPS.hatch, linewidth=0.6)
        bar[0].set_gid(f"open-{gid}")
        end = max(end, 0.0) + span * 0.035
    else:
        text, ink = word("no data" if cell.known == Known.NOT_REPORTED else "no entry", made.lang), SOFT
    ax.annotate(text, (max(end, 0.0), middle), (3, 0), textcoords="offset points", fontsize=TINY, color=ink, ha="left",
                va="center", fontstyle="italic" if ink == SOFT else "normal", annotation_clip=False)


def _scale(made: Canvas, rows: Sequence[_Row], scale: Scale) -> None:
    """Ticks of both axes."""
    ax = made.ax
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_yticks(range(len(rows)))
    names = ["\u2003" * row.depth + row.name for row in rows]
    tree = any(row.depth for row in rows)
    ax.set_yticklabels(names, ha="left" if tree else "right")
    wide = max(made.text_width(name, SMALL, bold=True) for name in names) * 72
    ax.tick_params(axis="y", length=0, pad=wide + 4 if tree else 4)
    for label, row, below in zip(ax.get_yticklabels(), rows, [*rows[1:], None]):
        if tree and (row.depth == 0 or (below is not None and below.depth > row.depth)):
            label.set_fontweight("bold")
    ax.spines["left"].set_visible(False)
    ax.axvline(0, color=SOFT, linewidth=0.8)
    money_ticks(ax.xaxis, ax.get_xlim(), made.lang)
    ax.set_xlabel(scale.unit, fontsize=SMALL, color=INK)


def money_ticks(axis: object, limits: tuple[float, float], lang: Language) -> None:
    """Ticks at round numbers, written as the language does."""
    from fractions import Fraction

    from .figures import mpl

    places = mpl("ticker").MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(*limits)
    shown = [place for place in places if limits[0] <= place <= limits[1]]
    axis.set_ticks(shown)  # type: ignore[attr-defined]
    axis.set_ticklabels([number(Fraction(repr(float(one))), lang, digits=3) for one in shown])  # type: ignore[attr-defined]


def _told(rows: Sequence[_Row], drawn: Sequence[int], stages: Sequence[str], scale: Scale, lang: Language) -> str:
    """All numbers in words."""
    parts = []
    for row in rows:
        for place in drawn:
            cell = row.cells[place]
            told = "" if cell.so_far is None else scale.text(cell.so_far, lang)
            if cell.known == Known.NOT_REPORTED:
                told = word("missing", lang, told, cell.missing) if told else word("no data", lang)
            parts.append(f"{row.name}, {stage_name(stages[place], lang)}: {told or word('no entry', lang)}")
    return "; ".join(parts)
