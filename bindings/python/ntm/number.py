# SPDX-License-Identifier: Apache-2.0
"""Numbers as people print them, exactly: :class:`decimal.Decimal` for numbers, ``int`` đồng for money.

How numbers are written is a property of a field or a file, so the caller says it; nothing is guessed from the look of a
number: "3.843" is three thousand eight hundred and forty-three under ``"vi"`` and a little under four under ``"plain"``.
"""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Literal, NamedTuple, Union

from . import core
from .errors import ArgumentError, ExactOverflowError

Locale = Literal["plain", "vi", "en"]
"""``"plain"``: 3843.5; ``"vi"``: 3.843,5; ``"en"``: 3,843.5."""

Language = Literal["vi", "en"]
"""``"vi"``: Vietnamese; ``"en"``: English."""

Exact = Union[Fraction, Decimal, int, str]
"""A number given exactly; text like "1/3" or "0.25"."""

_LOCALES = {"plain": 1, "vi": 2, "en": 3}
_LANGUAGES = {"vi": 1, "en": 2}
_MONEY_POWERS = {"đồng": 0, "nghìn đồng": 3, "triệu đồng": 6, "tỷ đồng": 9}


class Qualifier(IntEnum):
    """What the words before a printed number say of it."""

    EXACTLY = 0
    OVER = 1
    """trên, hơn"""
    NEARLY = 2
    """gần"""
    ABOUT = 3
    """khoảng"""
    NO_LESS = 4
    """tối thiểu, ít nhất"""
    UNDER = 5
    """dưới"""
    NO_MORE = 6
    """tối đa, không quá"""


class Rounding(IntEnum):
    """How a number is rounded where somebody says that it is. Exact ties are told apart from the rest."""

    HALF_UP = 1
    """Ties away from zero: what people do by hand."""
    HALF_EVEN = 2
    """Ties to the even neighbour."""
    DOWN = 3
    """Towards zero: cut off."""
    UP = 4
    """Away from zero."""


class CountBounds(NamedTuple):
    """A whole number known to lie between two bounds, both included."""

    least: int
    """At least."""
    most: int
    """At most."""


class Printed(NamedTuple):
    """A number as printed in running text, taken apart."""

    qualifier: Qualifier
    """What the words before it say."""
    value: Decimal
    """The number with its magnitude word applied: 7942000000 for "7,942 tỷ"."""
    money: bool
    """Whether the unit is đồng."""
    unit: str
    """The unit as printed, "suất quà"; empty if there is none."""


def decimal_of(coefficient: int, scale: int) -> Decimal:
    """coefficient x 10**-scale, exactly, whatever the decimal context is.

    >>> decimal_of(8995, 2)
    Decimal('89.95')
    """
    digits = tuple(int(digit) for digit in str(abs(coefficient)))
    return Decimal((int(coefficient < 0), digits, -scale))


def parts_of(value: Decimal | int) -> tuple[int, int]:
    """(coefficient, scale) of a decimal with at most 18 digits after the mark.

    >>> parts_of(Decimal("89.950"))
    (89950, 3)

    Raises:
        ArgumentError: a NaN, an infinity, or more digits than the library carries.
    """
    number = value if isinstance(value, Decimal) else Decimal(whole_number("the value", value, "a Decimal or an int"))
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise ArgumentError(f"{value} is not a number")
    if is_out_of_reach(number):
        raise ArgumentError("the number has more digits than the library carries")
    coefficient = int("".join(map(str, digits))) * 10 ** max(exponent, 0) * (-1 if sign else 1)
    if not -(2**63) <= coefficient < 2**63:
        raise ArgumentError("the number has more digits than the library carries")
    return coefficient, max(-exponent, 0)


def fraction_parts(name: str, value: Any) -> tuple[int, int]:
    """(numerator, denominator) of an exact number: a Fraction, an int, a Decimal, or text like "1/3" or "0.25".

    >>> fraction_parts("weight", "1/3")
    (1, 3)

    Raises:
        TypeError: anything else: the float 1/3 is not one third.
        ArgumentError: text or a Decimal that is no number.
        ExactOverflowError: beyond 64 bits.
    """
    if isinstance(value, str):
        if len(value) > 64 or not set(value) <= set("0123456789./- "):
            raise ArgumentError(f"{name} {value[:64]!r}: a number like '1/3' or '0.25'")
        try:
            made = Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise ArgumentError(f"{name} {value!r}: a number like '1/3' or '0.25'") from None
    elif isinstance(value, Decimal):
        coefficient, scale = parts_of(value)
        made = Fraction(coefficient, 10**scale)
    elif isinstance(value, Fraction):
        made = value
    else:
        made = Fraction(whole_number(name, value, "a Fraction, an int, a Decimal or text like '1/3'"))
    if not (-(2**63) <= made.numerator < 2**63 and made.denominator < 2**63):
        raise ExactOverflowError(f"{name} does not fit 64 bits")
    return made.numerator, made.denominator


def is_out_of_reach(number: Decimal) -> bool:
    """Whether a finite number is so long that its digits should not even be written out: no 64 bits can hold it."""
    exponent = number.as_tuple().exponent
    return not isinstance(exponent, int) or exponent < -18 or number.adjusted() > 38


def whole_number(name: str, value: Any, wanted: str = "an int") -> int:
    """An integer of Python or NumPy; a bool is none.

    Raises:
        TypeError: anything else.
    """
    try:
        if type(value).__name__ not in ("bool", "bool_"):  # also those of NumPy
            return operator.index(value)
    except TypeError:
        pass
    raise TypeError(f"{name} has to be {wanted}, not {type(value).__name__}")


def at_least_zero(name: str, value: Any) -> int:
    """A whole number that is not below 0.

    Raises:
        ArgumentError: it is.
        TypeError: no whole number.
    """
    number = whole_number(name, value)
    if number < 0:
        raise ArgumentError(f"{name} is {number}, and cannot be below 0")
    return number


def money_of(name: str, amount: Any) -> int:
    """Whole đồng: an int, or a Decimal without parts of a đồng, as figures of law are given.

    Raises:
        TypeError: anything else.
        ExactOverflowError: beyond 64 bits.
    """
    if isinstance(amount, Decimal) and not is_out_of_reach(amount) and amount == int(amount):
        amount = int(amount)
    number = whole_number(name, amount, "whole đồng")
    if not -(2**63) <= number < 2**63:
        raise ExactOverflowError(f"{name} is {number}, beyond 64 bits")
    return number


def text_of(name: str, value: Any) -> str:
    """Text, checked.

    Raises:
        TypeError: anything but a str.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} has to be a str, not {type(value).__name__}")
    return value


def check_separator(separator: str) -> None:
    """That what stands between the cells of a CSV file is one character.

    Raises:
        ArgumentError: several characters, or one outside of ASCII.
        TypeError: no text.
    """
    if len(text_of("separator", separator)) != 1 or not separator.isascii():
        raise ArgumentError(f"separator {separator!r}: one character, like ',' or ';'")


def locale_code(locale: str) -> int:
    """The library's number of a locale."""
    try:
        return _LOCALES[text_of("locale", locale)]
    except KeyError:
        raise ArgumentError(f"locale {locale!r}: 'plain', 'vi' or 'en'") from None


def language_code(lang: str) -> int:
    """The library's number of a language."""
    try:
        return _LANGUAGES[text_of("lang", lang)]
    except KeyError:
        raise ArgumentError(f"lang {lang!r}: 'vi' or 'en'") from None


def parse_number(text: str, *, locale: Locale) -> Decimal:
    """Reads one number and nothing else.

    >>> parse_number("3.843,5", locale="vi")
    Decimal('3843.5')

    Raises:
        TextError: anything else in the text, wrong grouping, an exponent.
        ExactOverflowError: more than 18 digits after the mark, or beyond 64 bits.
    """
    return decimal_of(*core.decimal_parse(text_of("text", text), locale_code(locale)))


def parse_money(text: str, *, locale: Locale = "vi") -> int:
    """Reads an amount of money, in đồng.

    >>> parse_money("7,942 tỷ đồng")
    7942000000

    Raises:
        TextError: not an amount.
        UnitError: the unit is not đồng.
        BadValueError: a qualified amount ("khoảng 5 tỷ đồng"), or not whole đồng.
    """
    return core.money_parse(text_of("text", text), locale_code(locale))


def parse_printed(text: str, *, locale: Locale = "vi") -> Printed:
    """Takes a printed number apart: qualifier, number, magnitude word, unit.

    >>> parse_printed("trên 319.107 suất quà")
    Printed(qualifier=<Qualifier.OVER: 1>, value=Decimal('319107'), money=False, unit='suất quà')

    Raises:
        TextError: not a number.
    """
    qualifier, coefficient, scale, money, unit = core.printed_parse(text_of("text", text), locale_code(locale))
    return Printed(Qualifier(qualifier), decimal_of(coefficient, scale), money, unit)


def format_number(value: Decimal | int, *, locale: Locale) -> str:
    """Writes a number with all its digits.

    >>> format_number(Decimal("3843.50"), locale="vi")
    '3.843,50'
    """
    return core.decimal_format(*parts_of(value), locale_code(locale))


def format_measure(unit: str, *, lang: Language = "vi") -> str:
    """A unit of measure with each of its words in a language; words that the library does not know stay as they are.

    >>> ntm.format_measure("household"), ntm.format_measure("triệu đồng/người/năm", lang="en")
    ('hộ', 'million VND/person/year')
    """
    return core.measure_format(text_of("a unit of measure", unit), language_code(lang))


def format_money(
    amount: int, *, lang: Language = "vi", unit: str | None = None, digits: int | None = None
) -> str:
    """Writes an amount of đồng: in the largest unit that needs no rounding, or in one unit, as a table has it.

    >>> format_money(7_942_000_000)
    '7,942 tỷ đồng'
    >>> [format_money(one, unit="tỷ đồng", digits=1) for one in (7_942_000_000, 5_963_700_000, 0)]
    ['7,9 tỷ đồng', '6,0 tỷ đồng', '0,0 tỷ đồng']

    Args:
        unit: "đồng", "nghìn đồng", "triệu đồng" or "tỷ đồng"; None: the largest that needs no rounding.
        digits: with a unit, after the mark, 0 to 9: rounded half up, away from zero; None: as many as there are.

    Raises:
        ArgumentError: another unit, or digits without one.
        ExactOverflowError: beyond 64 bits.
    """
    whole = whole_number("the amount", amount)
    if not -(2**63) <= whole < 2**63:
        raise ExactOverflowError("the amount does not fit 64 bits")
    if unit is None:
        if digits is not None:
            raise ArgumentError("digits of which unit? Say it: unit='tỷ đồng'")
        return core.money_format(whole, language_code(lang))
    if unit not in _MONEY_POWERS:
        raise ArgumentError(f"unit {unit!r}: {', '.join(map(repr, _MONEY_POWERS))}")
    told = Decimal(whole).scaleb(-_MONEY_POWERS[unit])
    if digits is None:
        told = told.normalize()
        told = told.quantize(Decimal(1)) if int(told.as_tuple().exponent) > 0 else told
    else:
        places = whole_number("digits", digits)
        if not 0 <= places <= 9:
            raise ArgumentError(f"digits is {places}: from 0 to 9")
        told = told.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    number, words = format_number(told, locale=lang), format_measure(unit, lang=lang)
    return f"{number} {words}" if lang == "vi" else f"VND {number} {words.removesuffix('VND')}".rstrip()


def name_equal(a: str, b: str) -> bool:
    """Whether two names are the same after what spelling leaves open: tone placement, letter case, blanks.

    >>> name_equal("Xã Hoà  Bình", "xã Hòa Bình")
    True
    """
    return core.name_equal(text_of("a", a), text_of("b", b))
