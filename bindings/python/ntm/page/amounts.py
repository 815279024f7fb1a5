# SPDX-License-Identifier: Apache-2.0
"""Numbers, money and days as the page writes them. Nothing is rounded but what says so."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Union

from ..days import date_number, day_of
from ..number import Language, format_number

Number = Union[int, Decimal, Fraction]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_MOST_DIGITS = 18


def exact_text(value: Number, lang: Language) -> str:
    """A number with all its digits; a fraction that no decimal holds to four digits, cut off, with an ellipsis.

    >>> exact_text(Decimal("1234.50"), "vi"), exact_text(Fraction(2, 3), "vi"), exact_text(-1000, "en")
    ('1.234,5', '0,6666…', '-1,000')
    """
    if isinstance(value, Fraction):
        ten = 10**_MOST_DIGITS
        if value.denominator != 1 and (value * ten).denominator != 1:
            return cut_text(value, 4, lang) + "…"
        value = Decimal(value.numerator) / Decimal(value.denominator) if value.denominator != 1 else value.numerator
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else value.normalize()
    return format_number(value, locale=lang)


def cut_text(value: Fraction, digits: int, lang: Language) -> str:
    """A number cut off after so many digits.

    >>> cut_text(Fraction(-1, 3), 2, "en")
    '-0.33'
    """
    whole = abs(value.numerator) * 10**digits // value.denominator
    return format_number(Decimal(-whole if value < 0 else whole).scaleb(-digits), locale=lang)


def rounded_text(value: Number, digits: int, lang: Language) -> str:
    """A number rounded half up to so many digits.

    >>> rounded_text(Fraction(1525, 100), 1, "vi"), rounded_text(Fraction(2, 3), 0, "en")
    ('15,3', '1')
    """
    scaled = abs(Fraction(value)) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return format_number(Decimal(-whole if value < 0 else whole).scaleb(-digits), locale=lang)


def bounds_text(least: Number | None, most: Number | None, lang: Language) -> str:
    """"12", "12–15" between two bounds, "≥ 12" or "≤ 15" where one is not known.

    >>> bounds_text(1200, 1500, "vi"), bounds_text(3, 3, "vi"), bounds_text(3, None, "vi")
    ('1.200–1.500', '3', '≥ 3')
    """
    if least is None and most is None:
        return "?"
    if most is None:
        return f"≥ {exact_text(least or 0, lang)}"
    if least is None:
        return f"≤ {exact_text(most, lang)}"
    low, high = exact_text(least, lang), exact_text(most, lang)
    return low if least == most else f"{low}–{high}"


def millions(amount: int) -> Decimal:
    """Đồng in triệu đồng, exactly.

    >>> millions(1_250_500)
    Decimal('1.250500')
    """
    return Decimal(amount).scaleb(-6)


def day_text(day: datetime.date | str, lang: Language) -> str:
    """A day.

    >>> day_text(datetime.date(2020, 2, 25), "vi"), day_text("2020-02-25", "en")
    ('25/2/2020', '25 February 2020')
    """
    date = day_of(date_number(day))
    if lang == "vi":
        return f"{date.day}/{date.month}/{date.year}"
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def signed_text(value: int, lang: Language) -> str:
    """A change: "+3", "−1", "0".

    >>> signed_text(3, "vi"), signed_text(-1, "vi"), signed_text(0, "en")
    ('+3', '−1', '0')
    """
    size = format_number(abs(value), locale=lang)
    return f"+{size}" if value > 0 else f"−{size}" if value < 0 else size
