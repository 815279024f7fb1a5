# SPDX-License-Identifier: Apache-2.0
"""Months of one unit against what a deadline asks."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, Sequence

from ..days import day_of
from ..errors import ArgumentError
from ..number import Language
from ..trajectories import TrackCell, Trajectory
from .budget import money_ticks
from .figures import Axes, Canvas, Figure, canvas, plain_axes
from .flow import period_name
from .style import ACCENT, INK, PERHAPS, SMALL, SOFT, STAGES
from .words import bounds, capital, name_in, word


def trajectory(
    course: Trajectory,
    unit: str,
    *,
    indicator: str | None = None,
    criterion: str | None = None,
    fact: str | None = None,
    name: str | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """One unit, month by month, against what is asked on the way and by the deadline.

    A month that is not reported is a gap in the line; one of which only bounds are known is a bar from the least to the most.

    Args:
        course: what :func:`ntm.trajectory` gave.
        unit: the unit, by its code.
        indicator, criterion, fact: what is followed, as for :meth:`ntm.Trajectory.at`; it has to be an amount.
        name: what the unit is called; None: its code.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: what is followed, and the unit.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no ntm.Trajectory.
        NotFoundError: no such unit, indicator, criterion or fact.
        ArgumentError: it is not measured (a flag, several indicators), or there are no periods.
        ImportError: matplotlib is not installed.
    """
    if not isinstance(course, Trajectory):
        raise TypeError(f"trajectory draws a result of ntm.trajectory(), not {type(course).__name__}")
    if not course.periods:
        raise ArgumentError("there are no periods: there is nothing to draw")
    cells = [course.at(unit, indicator=indicator, criterion=criterion, fact=fact, period=one) for one in course.periods]
    series = cells[0].series
    if not series.measured:
        raise ArgumentError(f"{series.of} {series.id} is no amount against a target: name an indicator or fact that is")
    deadline = course.target(unit, indicator=indicator, criterion=criterion, fact=fact).deadline
    days = [day_of(end) for end in course._ends]
    made = canvas(ax, lang, height=2.7)
    plain_axes(made)
    _draw_values(made, cells, days)
    _draw_asked(made, cells, days, deadline)
    _scale(made, course, days, deadline, series.unit)
    gaps = [period_name(cell.period, lang) for cell in cells if _says_nothing(cell)]
    return made.finish(title or f"{_followed(course, series.id, lang)}: {name or unit}", under=_under(cells[-1], lang, deadline),
                       note=word("gap", lang, ", ".join(gaps)) if gaps else "")


def _says_nothing(cell: TrackCell) -> bool:
    """Whether the bounds are no narrower than what a share, or a count, can be at all."""
    low, high = cell.value
    return (low is None or low <= 0) and (high is None or (cell.series.unit == "%" and high >= 100)) and low != high


def _is_between(cell: TrackCell) -> bool:
    return not _says_nothing(cell) and None not in cell.value and cell.value.least != cell.value.most


def _draw_values(made: Canvas, cells: Sequence[TrackCell], days: Sequence[datetime.date]) -> None:
    """Marks and the line through months that follow one another; bars where only bounds are known."""
    stretch: list[tuple[int, float]] = []
    stretches = [stretch]
    for cell, day in zip(cells, days):
        low, high = cell.value
        if low is not None and low == high:
            stretch.append((day.toordinal(), float(low)))
            continue
        stretch = []
        stretches.append(stretch)
        if low is not None and high is not None and _is_between(cell):
            made.ax.plot([day.toordinal()] * 2, [float(low), float(high)], color=PERHAPS.line, linewidth=5, alpha=0.55,
                         solid_capstyle="butt", gid="between", zorder=2)
    for points in stretches:
        if points:
            made.ax.plot([x for x, _ in points], [y for _, y in points], color=STAGES[3], linewidth=1.8, marker="o",
                         markersize=4.5, gid="observed", zorder=4)
    made.key_line(capital(word("observed", made.lang)), color=STAGES[3], linewidth=1.8, marker="o", markersize=4.5)
    if any(_is_between(cell) for cell in cells):
        made.key_line(capital(word("between", made.lang)), color=PERHAPS.line, linewidth=5, alpha=0.55)


def _draw_asked(
    made: Canvas, cells: Sequence[TrackCell], days: Sequence[datetime.date], deadline: datetime.date
) -> None:
    """What is asked on the way, and at the deadline."""
    way = [(day.toordinal(), float(cell.interim)) for cell, day in zip(cells, days) if cell.interim is not None]
    if way:
        made.ax.plot([x for x, _ in way], [y for _, y in way], color=SOFT, linewidth=1.1, linestyle=(0, (1.4, 1)),
                     gid="on-the-way", zorder=3)
        made.key_line(capital(word("asked on the way", made.lang)), color=SOFT, linewidth=1.1, linestyle=(0, (1.4, 1)))
    target = cells[-1].target
    if target.least is None or target.least != target.most:
        return
    made.ax.plot([days[0].toordinal(), max(deadline, days[-1]).toordinal()], [float(target.least)] * 2, color=ACCENT,
                 linewidth=1.1, gid="target", zorder=3)
    made.ax.plot([deadline.toordinal()], [float(target.least)], color=ACCENT, marker="D", markersize=5, linestyle="none",
                 gid="deadline", zorder=4)
    made.key_line(capital(word("asked", made.lang, _date(deadline, made.lang))), color=ACCENT, linewidth=1.1, marker="D",
                  markersize=4)


def _date(day: datetime.date, lang: Language) -> str:
    return day.isoformat() if lang == "en" else f"{day.day}/{day.month}/{day.year}"


def _scale(
    made: Canvas, course: Trajectory, days: Sequence[datetime.date], deadline: datetime.date, unit: str | None
) -> None:
    ax = made.ax
    first, last = days[0].toordinal(), max(deadline, days[-1]).toordinal()
    span = max(last - first, 1)
    ax.set_xlim(first - span * 0.03, last + span * 0.03)
    ticks: list[tuple[int, str]] = []
    for day, text in [*zip(days, (period_name(one, made.lang) for one in course.periods)),
                      *([(deadline, _date(deadline, made.lang))] if deadline > days[-1] else [])]:
        room = (made.text_width(text, SMALL) + 0.1) / max(made.size[0] - 0.6, 1.0) * span
        if ticks and day.toordinal() - ticks[-1][0] < room:
            if day != deadline or len(ticks) == 1:
                continue
            ticks.pop()
        ticks.append((day.toordinal(), text))
    ax.set_xticks([at for at, _ in ticks])
    ax.set_xticklabels([text for _, text in ticks])
    low, high = ax.get_ylim()
    ax.set_ylim(min(low, low + (high - low) * -0.02), high + (high - low) * 0.05)
    money_ticks(ax.yaxis, ax.get_ylim(), made.lang)
    if unit:
        ax.set_ylabel(unit, fontsize=SMALL, color=INK)


def _followed(course: Trajectory, id: str, lang: Language) -> str:
    """The name of what is followed."""
    law = course.law
    things: Sequence[Any] = (*law.facts, *law.criteria, *law.indicators)
    named = {one.id: one.name for one in things}
    found = named.get(id)
    return id if found is None else f"{id} {capital(name_in(found, lang, ''))}".strip()


def _under(last: TrackCell, lang: Language, deadline: datetime.date) -> str:
    """The last month in numbers."""
    def told(least: Fraction | None, most: Fraction | None) -> str:
        if least is None or most is None:
            return word("no data", lang)
        return f"{bounds(least, most, lang, digits=2)} {last.series.unit or ''}".strip()

    value = word("no data", lang) if _says_nothing(last) else told(*last.value)
    return (f"{capital(period_name(last.period, lang))}: {value}; "
            f"{word('asked', lang, _date(deadline, lang))}: {last.series.sign} {told(*last.target)}")
