# SPDX-License-Identifier: Apache-2.0
"""How many criteria the units meet: a distribution with bounds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Sequence

from ..attainment import Attainment
from ..errors import ArgumentError
from ..explanation import Verdict
from ..number import Language, whole_number
from .figures import Axes, Canvas, Figure, canvas, plain_axes
from .labels import attainment_of, with_criteria
from .style import ACCENT, FILLS, INK, PERHAPS, SMALL, Fill
from .words import bounds, capital, number, units_word, word

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class _Band(NamedTuple):
    """Counts that stand together: from 15 to 18 criteria."""

    low: int
    high: int

    @property
    def label(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def criteria_counts(
    result: Attainment,
    *,
    bands: Sequence[int] | None = None,
    cumulative: bool = False,
    target: int | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """How many units meet how many criteria: surely (filled), and possibly, once all is reported (hatched).

    A unit that meets between 12 and 15 criteria is possibly at 12, 13, 14 and 15, and surely at none of them: the numbers
    over the bars are the least and the most ("3–7"). Bars that are possible do not add up to the number of units.

    Args:
        result: what :func:`ntm.evaluate` gave.
        bands: where bands begin, as reports print them: ``(0, 5, 10, 15, 19)`` makes 0–4, 5–9, 10–14, 15–18 and 19;
            None: each count by itself.
        cumulative: units that meet so many criteria or more, in place of exactly so many.
        target: how many criteria are aimed at: a line, and how many units reach it; None: all criteria of the set.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: one that says what is drawn.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no result of ntm.evaluate().
        ArgumentError: no rows; bands that do not rise from 0 or more, or are combined with ``cumulative``; a target beyond
            the criteria of the set.
        ImportError: matplotlib is not installed.
    """
    attainment_of(result, "criteria_counts")
    with_criteria(result)
    criteria = len(result.law.criteria)
    aim = criteria if target is None else whole_number("target", target)
    if not 0 <= aim <= criteria:
        raise ArgumentError(f"target is {aim}: the set has {criteria} criteria")
    if bands is not None and cumulative:
        raise ArgumentError("either bands or cumulative")
    least, most = result.criteria_met
    found = _bands(bands, criteria, least)
    counts = [_at_least(one.low, least, most) if cumulative else _within(one, least, most) for one in found]
    made = canvas(ax, lang, height=2.9)
    plain_axes(made)
    _bars(made, counts)
    _scale(made, found, counts, units_word(result.law.level, lang), cumulative)
    units = units_word(result.law.level, lang)
    made.key(capital(word("surely", lang)), FILLS[Verdict.MET])
    made.key(capital(word("perhaps", lang)), PERHAPS)
    _target(made, found, aim)
    return made.finish(
        title or word("counts", lang, word("criteria", lang), units),
        under=_under(result, aim, units, lang),
    )


def _bands(starts: Sequence[int] | None, criteria: int, least: npt.NDArray[np.uint16]) -> list[_Band]:
    """The bands from low to high; None: each count from the lowest that occurs on."""
    if starts is None:
        return [_Band(count, count) for count in range(min(int(least.min()), max(criteria - 1, 0)), criteria + 1)]
    lows = [whole_number("a band", one) for one in starts]
    if not lows or any(low < 0 or low > criteria for low in lows) or any(a >= b for a, b in zip(lows, lows[1:])):
        raise ArgumentError(f"bands {lows}: where each begins, rising, from 0 to {criteria}")
    if lows[0] != 0:
        lows.insert(0, 0)
    return [_Band(low, next_low - 1) for low, next_low in zip(lows, [*lows[1:], criteria + 1])]


def _within(band: _Band, least: Any, most: Any) -> tuple[int, int]:
    """Units surely and possibly in a band."""
    surely = (least >= band.low) & (most <= band.high)
    possibly = (least <= band.high) & (most >= band.low)
    return int(surely.sum()), int(possibly.sum())


def _at_least(count: int, least: Any, most: Any) -> tuple[int, int]:
    return int((least >= count).sum()), int((most >= count).sum())


def _bars(made: Canvas, counts: Sequence[tuple[int, int]]) -> None:
    sure: Fill = FILLS[Verdict.MET]
    for at, (least, most) in enumerate(counts):
        if least:
            bar = made.ax.bar(at, least, width=0.72, color=sure.colour, linewidth=0)
            bar[0].set_gid(f"surely-{at}")
        if most > least:
            bar = made.ax.bar(at, most - least, bottom=least, width=0.72, facecolor=PERHAPS.colour,
                              edgecolor=PERHAPS.line, hatch=PERHAPS.hatch, linewidth=0.7)
            bar[0].set_gid(f"perhaps-{at}")
        if most:
            made.ax.annotate(bounds(least, most, made.lang), (at, most), (0, 2), textcoords="offset points",
                             fontsize=SMALL, color=INK, ha="center", va="bottom", annotation_clip=False)


def _scale(made: Canvas, bands: Sequence[_Band], counts: Sequence[tuple[int, int]], units: str, cumulative: bool) -> None:
    """Ticks and words of both axes."""
    ax = made.ax
    signs = [f"≥ {one.low}" if cumulative else one.label for one in bands]
    ax.set_xticks(range(len(bands)))
    ax.set_xticklabels(signs)
    ax.tick_params(axis="x", length=0)
    ax.set_xlim(-0.6, len(bands) - 0.4)
    highest = max(most for _, most in counts)
    ax.set_ylim(0, max(highest * 1.12, 1))
    steps = whole_steps(highest)
    ax.set_yticks(steps)
    ax.set_yticklabels([number(one, made.lang) for one in steps])
    ax.set_xlabel(capital(word("how many criteria", made.lang, word("criteria", made.lang))), fontsize=SMALL, color=INK)
    ax.set_ylabel(word("how many", made.lang, units), fontsize=SMALL, color=INK)


def whole_steps(highest: int, most: int = 6) -> list[int]:
    """Whole numbers from 0 on for an axis, at most so many.

    >>> whole_steps(97), whole_steps(3), whole_steps(0)
    ([0, 20, 40, 60, 80], [0, 1, 2, 3], [0, 1])
    """
    step, at = 1, 0
    while highest // step >= most:
        at += 1
        step = (1, 2, 5)[at % 3] * 10 ** (at // 3)
    return list(range(0, max(highest, 1) + 1, step))


def _target(made: Canvas, bands: Sequence[_Band], aim: int) -> None:
    """A line before the first band that is at the target or beyond."""
    at = next((place for place, one in enumerate(bands) if one.low >= aim), None)
    if at is None:
        return
    made.ax.axvline(at - 0.5, color=ACCENT, linewidth=1.0, linestyle=(0, (4, 2)), gid="target")
    made.key_line(capital(word("target", made.lang, f"{aim} {word('criteria', made.lang)}")), color=ACCENT,
                  linewidth=1.0, linestyle=(0, (4, 2)))


def _under(result: Attainment, aim: int, units: str, lang: Language) -> str:
    """How many reach the target, and the mean."""
    least, most = result.criteria_met
    rows = len(result)
    reach = word("reach", lang, bounds(*_at_least(aim, least, most), lang), number(rows, lang), units, aim,
                 word("criteria", lang))
    mean = bounds(Fraction(int(least.sum(dtype="int64")), rows), Fraction(int(most.sum(dtype="int64")), rows), lang,
                  digits=1)
    return f"{reach}. {word('mean', lang, mean, word('criteria', lang))}"
