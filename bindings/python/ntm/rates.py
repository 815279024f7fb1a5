# SPDX-License-Identifier: Apache-2.0
"""Rates of sums: how much of the plan was disbursed. Exact, open where a part is missing, flagged where odd."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

from . import core
from .errors import ArgumentError
from .exports import Out
from .frames import enum_of
from .number import Language, Rounding, language_code, whole_number
from .results import ResultColumns


class Known(IntEnum):
    """What is known of a cell or a rate."""

    NOT_REPORTED = 0
    """Open: something is missing. Never zero."""
    REPORTED = 1
    """Everything that is there was reported."""
    NOT_APPLICABLE = 2
    """There is nothing: no entry and none expected; of a rate, nothing of which it could be a share."""


@dataclass(frozen=True)
class Rate:
    """One sum in another."""

    known: Known
    """REPORTED, NOT_REPORTED (open: a part is missing) or NOT_APPLICABLE (a share of nothing)."""
    ratio: Fraction | None
    """Exact; None unless it is known."""
    so_far: Fraction | None
    """Of what was reported, also where it is open; None where nothing was."""
    negative: bool
    """Below 0: to be looked at."""
    above_one: bool
    """Above 100 %: to be looked at."""

    def text(self, *, digits: int = 1, rounding: Rounding | str = "half up", lang: Language = "vi") -> str:
        """In percent, rounded once by the named rule: "89,9 %"; "để ngỏ" or "open", "–" where there is no rate, and "?"
        where the percentage does not fit 64 bits.

        Args:
            digits: after the mark, 0 to 9.
        """
        places = whole_number("digits", digits)
        if not 0 <= places <= 9:
            raise ArgumentError(f"digits is {places}: from 0 to 9")
        ratio = None
        if self.ratio is not None and abs(self.ratio.numerator) < 2**63 and self.ratio.denominator < 2**63:
            ratio = self.ratio.numerator, self.ratio.denominator
        return core.rate_text(self.known, ratio, places, enum_of("rounding", Rounding, rounding), language_code(lang))

    def __bool__(self) -> bool:
        """Whether it is known."""
        return self.known is Known.REPORTED


class Rates(ResultColumns):
    """Rates of a cube, one row a combination of the other sides, made by :meth:`Cube.rates`.

    Columns: one for each of these sides; ``part`` and ``whole`` (int đồng or Decimal; None where nothing was reported),
    ``ratio`` (exact :class:`fractions.Fraction`; None where it is open or not applicable), and the booleans ``open``,
    ``negative`` and ``above_one``. Rows of stocks and flows together are left out: they have no rate.
    """

    def _column(self, name: str) -> list[Any]:
        if name == "ratio" and name not in self._made:
            self._made[name] = [one.ratio for one in self._rates()]
        return super()._column(name)

    def _out(self, name: str) -> Out:
        return Out(name, "exact", self._column(name)) if name == "ratio" else super()._out(name)

    def _rates(self) -> list[Rate]:
        names = ("part", "whole", "open", "negative", "above_one")
        return [_rate_of(*one) for one in zip(*(self._column(name) for name in names))]

    def rate(self, row: int) -> Rate:
        """The rate of a row.

        Raises:
            IndexError: there is no such row.
        """
        return _rate_of(*(self.row(row)[name] for name in ("part", "whole", "open", "negative", "above_one")))

    def texts(self, *, digits: int = 1, rounding: Rounding | str = "half up", lang: Language = "vi") -> list[str]:
        """All rates in percent, as :meth:`Rate.text`."""
        return [one.text(digits=digits, rounding=rounding, lang=lang) for one in self._rates()]


def _rate_of(
    part: int | Decimal | None, whole: int | Decimal | None, is_open: bool, negative: bool, above_one: bool
) -> Rate:
    known = Known.REPORTED
    if is_open:
        known = Known.NOT_REPORTED
    elif part is None or not whole:
        known = Known.NOT_APPLICABLE
    return rate_made(known, part, whole, negative, above_one)


def rate_made(
    known: int, part: int | Decimal | None, whole: int | Decimal | None, negative: bool, above_one: bool
) -> Rate:
    """A rate of what was reported of its parts."""
    so_far = None if part is None or not whole else Fraction(part) / Fraction(whole)
    kind = Known(known)
    return Rate(kind, so_far if kind is Known.REPORTED else None, so_far, negative, above_one)
