# SPDX-License-Identifier: Apache-2.0
"""Colours, hatches and sizes of the pictures, told once.

The colours of the verdicts differ in lightness as well as in hue, so that they stay apart in grey and for people who do
not see red or green; open is hatched besides. ``tests/test_plots_style.py`` measures it.
"""

from __future__ import annotations

from typing import NamedTuple

from ..explanation import Verdict


class Fill(NamedTuple):
    """How an area is filled."""

    colour: str
    """"#rrggbb"."""
    hatch: str | None = None
    """A hatch of matplotlib; None: plain."""
    line: str = "#8c8c8c"
    """Colour of the hatch, and of the outline of hatched areas."""


FILLS: dict[Verdict, Fill] = {
    Verdict.MET: Fill("#8dbbdb"),
    Verdict.NOT_MET: Fill("#c8501e"),
    Verdict.OPEN: Fill("#f7f7f7", "//////"),
}
"""Met is calm, not met catches the eye, open is hatched."""

PERHAPS = Fill("#f7f7f7", "//////", "#7a99b0")
"""What lies between the least and the most."""

STAGES = ("#c9ced3", "#8dbbdb", "#3f7fae", "#12486f")
"""Need, plan, allotted, disbursed: from light to dark, as money comes nearer."""

STARS = ("#dbe6ee", "#b3d0e4", "#86b3d1", "#3f7fae", "#12486f")
"""Classes from low to high; more of them take colours between."""

NO_CLASS = Fill("#ffffff", None, "#8c8c8c")
"""No class at all: white with an outline."""

INK = "#1f2933"
SOFT = "#5b6670"
FAINT = "#c5ccd2"
GRID = "#e4e8eb"
ACCENT = "#c8501e"
PAPER = "#ffffff"

WIDTH = 7.1
"""Inches: what fits between the margins of an A4 page."""
TITLE, TEXT, SMALL, TINY = 11.0, 8.5, 7.5, 6.5
"""Sizes of type in points."""
DPI = 150


def shades(count: int) -> list[str]:
    """So many colours from light to dark.

    >>> shades(2), len(shades(7))
    (['#b3d0e4', '#12486f'], 7)
    """
    if count == 2:
        return [STARS[1], STARS[-1]]
    if count <= len(STARS):
        return list(STARS[len(STARS) - count :])
    low, high = _parts(STARS[0]), _parts(STARS[-1])
    steps = [at / (count - 1) for at in range(count)]
    return ["#" + "".join(f"{round(a + (b - a) * step):02x}" for a, b in zip(low, high)) for step in steps]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def ink_on(colour: str) -> str:
    """The colour of type that can be read on a colour.

    >>> ink_on("#12486f"), ink_on("#f7f7f7")
    ('#ffffff', '#1f2933')
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
              for part in (one / 255 for one in _parts(colour))]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if light > 0.25 else PAPER
