# SPDX-License-Identifier: Apache-2.0
"""Money over time: what was disbursed by the end of each month, against the plan."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal, Mapping, NamedTuple, Sequence, Union

from ..cubes import Cube, CubeCell, Day, Expected, Only
from ..errors import ArgumentError, Problem, ShapeError, Status
from ..ledgers import Ledger
from ..number import Language
from ..rates import Known
from ..tables import choice
from .budget import money_ticks
from .figures import Axes, Canvas, Figure, canvas, plain_axes
from .money import Cells, Scale, money_of, scale_of, stage_name
from .style import ACCENT, INK, SMALL, SOFT, STAGES
from .words import capital, number, word

Every = Literal["month", "quarter", "half-year", "year"]


class _Point(NamedTuple):
    """Where a line is at the end of a period."""

    at: int
    total: Fraction
    known: bool
    """Nothing was missing up to here."""


class _Line(NamedTuple):
    """A stage over time."""

    stage: str
    points: list[_Point]
    gaps: list[int]
    """Periods of which nothing was reported."""
    whole: Fraction | None
    """The sum of entries that are of longer periods than those drawn; None: there are none."""


def disbursement(
    money: Ledger | Cube,
    *,
    done: str = "disbursed",
    against: Sequence[str] = ("plan", "allotted"),
    every: Every = "month",
    at: Mapping[str, str] | None = None,
    since: Day | None = None,
    until: Day | None = None,
    only: Only | None = None,
    expected: Expected | Sequence[Expected] = (),
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """What was disbursed by the end of each month, added up, against the plan and what was allotted.

    The line is full while all reports are there. From the first missing one on, it is the sum of what was reported: dashed,
    with hollow marks. A month of which nothing was reported is a gap in the line, and is named below; it is never zero. It
    ends with the last month that has an entry or an expected report, while plans go on.

    Args:
        money: a ledger; or a cube of it with a side of time and "stage", not made with ``running`` (other sides: as for
            :func:`budget`).
        done: the stage that is reported month by month.
        against: stages that it is measured by; entries of these count in the month of their date. A plan of a whole year,
            in a ledger, is a line across.
        every: the length of periods: "month", "quarter", "half-year" or "year".
        at: members of the other sides of the cube.
        since, until, only, expected: for a ledger, as for :meth:`ntm.Ledger.cube`. Say in ``expected`` who has to report;
            otherwise only an entry without an amount, and a month without any entry between others, are missing.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: one that says what is drawn.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: neither a ledger nor a cube.
        NotFoundError: the cube lacks a side.
        ShapeError: what was done is told by longer periods than ``every``.
        ArgumentError: nothing of the stage ``done``, a word that ``every`` does not know.
        ImportError: matplotlib is not installed.
    """
    choice("every", every, ("month", "quarter", "half-year", "year"))
    if not isinstance(money, (Ledger, Cube)):
        raise TypeError(f"disbursement draws an ntm.Ledger or a cube of it, not {type(money).__name__}")
    stages = ((against, done) if isinstance(against, str) else (*against, done))
    cube = money_of(money, "disbursement", ("date", "stage"), since=since, until=until, only=only, expected=expected)
    cells = Cells(cube, ("date" if isinstance(money, Ledger) else every, "stage"), at)
    stages = ((against, done) if isinstance(against, str) else (*against, done))
    told = {stage: _told(cells, stage, every) for stage in stages}
    if any(one is None for one in told[done]):
        what = f"entries of {done!r} are of longer periods than a {every}: say every="
        raise ShapeError(Problem(Status.SHAPE, what, "every"))
    periods = _periods([period for periods in told.values() for period in periods if period is not None], every)
    lines = [_line(told[stage], periods, stage, stage == done) for stage in stages]
    if not lines[-1].points and not lines[-1].gaps:
        raise ArgumentError(f"no cell of the stage {done!r}: there is nothing to draw")
    lines = [line for line in lines if line.points or line.whole is not None or line.stage == done]
    scale = _scale_of(lines, next((one.unit for one in told[done].values() if one.unit), "đồng"), lang)
    made = canvas(ax, lang, height=2.9)
    plain_axes(made)
    for order, line in enumerate(lines):
        _draw(made, line, scale, done, order)
    _scale(made, periods, scale, lines)
    gaps = ", ".join(period_name(periods[at], lang) for at in lines[-1].gaps)
    note = word("gap", lang, gaps) if gaps else ""
    return made.finish(title or word("disbursement", lang, scale.unit), under=_under(lines, periods, scale, lang), note=note)


_Told = dict[Union[str, None], CubeCell]
"""The cells of a stage by period; None: all entries of longer periods than those drawn."""


def _told(cells: Cells, stage: str, every: str) -> _Told:
    """What a cube tells of a stage, put together by period: exact sums, open where any part is."""
    told: _Told = {}
    for member in cells.members(0):
        cell = cells.cell(member, stage)
        if member.id in ("*", "") or cell.known == Known.NOT_APPLICABLE:
            continue
        period = _period_of(member.id, every)
        before = told.get(period)
        told[period] = cell if before is None else _both(before, cell)
    return told


def _both(one: CubeCell, other: CubeCell) -> CubeCell:
    """Two cells added up."""
    known = Known.REPORTED if one.known == other.known == Known.REPORTED else Known.NOT_REPORTED
    sums = [cell.so_far for cell in (one, other) if cell.so_far is not None]
    so_far = sum(sums[1:], sums[0]) if sums else None
    return CubeCell(known, so_far if known == Known.REPORTED else None, so_far, one.missing + other.missing, False,
                    one.unit or other.unit)


def _period_of(id: str, every: str) -> str | None:
    """The period in which a day or shorter period lies; None: it is longer."""
    year, _, part = id.partition("-")
    if every == "year":
        return year
    if not part:
        return None
    months = {"Q": 3, "H": 6}.get(part[0], 1)
    size = {"month": 1, "quarter": 3, "half-year": 6}[every]
    if months > size:
        return None
    last = int(part[1:]) * months if months > 1 else int(part[:2])
    at = -(-last // size)
    return f"{year}-{at:02d}" if size == 1 else f"{year}-{'Q' if size == 3 else 'H'}{at}"


def _scale_of(lines: Sequence[_Line], unit: str | None, lang: Language) -> Scale:
    """The unit that suits the highest point of all lines."""
    highest = max((abs(value) for line in lines for value in _values(line)), default=Fraction(0))
    return scale_of([CubeCell(Known.REPORTED, None, int(highest), 0, False, unit)], lang)


def _values(line: _Line) -> list[Fraction]:
    return [one.total for one in line.points] + ([] if line.whole is None else [line.whole])


def _periods(known: Sequence[str], every: str) -> list[str]:
    """The periods from the first to the last, those without a cell too."""
    if not known:
        raise ArgumentError(f"there is no {every} with an entry: there is nothing to draw")
    ids = [min(known)]
    while ids[-1] != max(known):
        ids.append(_next(ids[-1]))
    return ids


def _next(id: str) -> str:
    """The period after one: "2020-12" is followed by "2021-01"."""
    year, _, part = id.partition("-")
    if not part:
        return str(int(year) + 1)
    letter, last = ("Q", 4) if part[0] == "Q" else ("H", 2) if part[0] == "H" else ("", 12)
    at = int(part.lstrip("QH")) + 1
    if at > last:
        year, at = str(int(year) + 1), 1
    return f"{year}-{letter}{at}" if letter else f"{year}-{at:02d}"


def _line(told: _Told, periods: Sequence[str], stage: str, reported: bool) -> _Line:
    """A stage added up. Of a stage that is reported, a period without entry is a gap; of plans it adds nothing."""
    whole = told.get(None)
    used = [at for at, period in enumerate(periods) if period in told]
    points: list[_Point] = []
    gaps: list[int] = []
    so_far, known = Fraction(0), True
    for at in range(used[0], used[-1] + 1) if used else ():
        cell = told.get(periods[at])
        if (cell is None and reported) or (cell is not None and cell.so_far is None):
            known = False
            gaps.append(at)
            continue
        if cell is not None and cell.so_far is not None:
            so_far += Fraction(cell.so_far)
            known = known and cell.known == Known.REPORTED
        points.append(_Point(at, so_far, known))
    return _Line(stage, points, gaps, None if whole is None or whole.so_far is None else Fraction(whole.so_far))


# ------------------------------------------------------------------------------------ drawing


def _draw(made: Canvas, line: _Line, scale: Scale, done: str, order: int) -> None:
    """The full part, the dashed part, and the key."""
    main = line.stage == done
    colour = STAGES[3] if main else (SOFT, STAGES[2], ACCENT)[order % 3]
    width = 1.8 if main else 1.2
    marker = "o" if main else None
    if line.whole is not None:
        made.ax.axhline(float(line.whole / scale.one), color=colour, linewidth=width, gid=f"{line.stage}-whole")
    for full, points in _stretches(line):
        style = "-" if full else (0, (1.4, 1))
        made.ax.plot([one.at for one in points], [float(one.total / scale.one) for one in points], color=colour,
                     linewidth=width, linestyle=style, gid=f"{line.stage}-{'known' if full else 'so-far'}", zorder=3)
    for one in line.points if main else ():
        made.ax.plot([one.at], [float(one.total / scale.one)], marker="o", markersize=5, color=colour, linestyle="none",
                     markerfacecolor=colour if one.known else "#ffffff", gid="mark-known" if one.known else "mark-so-far",
                     zorder=4)
    made.key_line(capital(stage_name(line.stage, made.lang)), color=colour, linewidth=width, marker=marker, markersize=4.5)
    if main and not all(one.known for one in line.points):
        made.key_line(capital(word("incomplete", made.lang)), color=colour, linewidth=width, linestyle=(0, (1.4, 1)),
                      marker=marker, markersize=4.5, markerfacecolor="#ffffff")


def _stretches(line: _Line) -> list[tuple[bool, list[_Point]]]:
    """Points that are joined: (known throughout, points); a gap parts them."""
    found: list[tuple[bool, list[_Point]]] = []
    for before, point in zip([None, *line.points], line.points):
        if before is None or point.at != before.at + 1:
            found.append((point.known, [point]))
        elif found[-1][0] == point.known or len(found[-1][1]) == 1 and not found[-1][0]:
            found[-1][1].append(point)
        else:
            found.append((point.known, [before, point]))
    return found


def _scale(made: Canvas, periods: Sequence[str], scale: Scale, lines: Sequence[_Line]) -> None:
    ax = made.ax
    count = len(periods)
    wide = max(made.text_width(period_name(one, made.lang), SMALL) for one in periods) + 0.08
    step = max(1, math.ceil(wide * count / max(made.size[0] - (0.6 if made.own else 0.0), 0.5)))
    shown = range(0, count, step)
    ax.set_xticks(list(shown))
    ax.set_xticklabels([period_name(periods[at], made.lang) for at in shown])
    ax.set_xlim(-0.4, count - 0.6)
    values = [float(value / scale.one) for line in lines for value in _values(line)]
    highest, lowest = max(values, default=1.0), min([0.0, *values])
    ax.set_ylim(lowest * 1.1, (highest or 1.0) * 1.12)
    money_ticks(ax.yaxis, ax.get_ylim(), made.lang)
    ax.set_ylabel(scale.unit, fontsize=SMALL, color=INK)


def period_name(id: str, lang: Language) -> str:
    """A period as people write it: "2/2020", "quý 1/2020"; as it is in English."""
    year, _, part = id.partition("-")
    if lang == "en" or not part or "-" in part:
        return id
    if part[0] == "Q":
        return f"quý {part[1:]}/{year}"
    return f"nửa năm {part[1:]}/{year}" if part[0] == "H" else f"{int(part)}/{year}"


def _under(lines: Sequence[_Line], periods: Sequence[str], scale: Scale, lang: Language) -> str:
    """How far it is at the last point, and what was planned by then."""
    done = lines[-1]
    if not done.points:
        return ""
    last = done.points[-1]
    parts = []
    for line in (done, *lines[:-1]):
        points = [one for one in line.points if one.at <= last.at]
        if line.whole is not None:
            points = [_Point(last.at, line.whole, True)]
        if points:
            amount = f"{number(points[-1].total / scale.one, lang, digits=1)} {scale.unit}"
            if not points[-1].known:
                amount = word("or more reported", lang, amount)
            parts.append(f"{stage_name(line.stage, lang)} {amount}")
    return capital(period_name(periods[last.at], lang)) + ": " + "; ".join(parts)
