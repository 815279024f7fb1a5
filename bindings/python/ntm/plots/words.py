# SPDX-License-Identifier: Apache-2.0
"""What the pictures say, in Vietnamese and in English; numbers as each writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Union

from ..explanation import Verdict
from ..number import Language, format_number, language_code
from ..parts import Names

Number = Union[int, Decimal, Fraction]

_WORDS = {
    "met": ("đạt", "met"),
    "not met": ("chưa đạt", "not met"),
    "open": ("chưa có số liệu", "open"),
    "no data": ("chưa có số liệu", "no data"),
    "units": ("đơn vị", "units"),
    "commune": ("xã", "communes"),
    "district": ("huyện", "districts"),
    "province": ("tỉnh", "provinces"),
    "ward": ("phường", "wards"),
    "town": ("thị xã, thành phố", "towns"),
    "village": ("thôn", "villages"),
    "garden": ("vườn", "gardens"),
    "product": ("sản phẩm", "products"),
    "household": ("hộ", "households"),
    "person": ("người", "people"),
    "criteria": ("tiêu chí", "criteria"),
    "indicators": ("chỉ tiêu", "indicators"),
    "cells": ("{0} ô {1}", "{0} {1}"),
    "continued": ("tiếp", "continued"),
    "shown of": ("{0} trong {1} {2}", "{0} of {1} {2}"),
    "surely": ("chắc chắn", "surely"),
    "perhaps": ("có thể, khi có đủ số liệu", "possibly, once all is reported"),
    "mean": ("Bình quân {0} {1} mỗi đơn vị", "{0} {1} per unit on average"),
    "how many": ("Số {0}", "Number of {0}"),
    "how many criteria": ("Số {0} đạt", "{0} met"),
    "target": ("mục tiêu: {0}", "target: {0}"),
    "reach": ("{0} trong {1} {2} đạt từ {3} {4} trở lên", "{0} of {1} {2} meet {3} {4} or more"),
    "counts": ("Phân bố {1} theo số {0} đạt", "How many {0} the {1} meet"),
    "each met by": ("Số {0} đạt:", "Number of {0} that meet"),
    "at least": ("ít nhất", "at least"),
    "more than": ("trên", "more than"),
}


def word(key: str, lang: Language, *parts: object) -> str:
    """A phrase in a language, with its parts.

    >>> word("shown of", "vi", 40, 182, "xã")
    '40 trong 182 xã'
    """
    text = _WORDS[key][language_code(lang) - 1]
    return text.format(*parts) if parts else text


def known_word(key: str) -> bool:
    """Whether there is such a phrase."""
    return key in _WORDS


def units_word(level: str, lang: Language) -> str:
    """What units of a level are called; "units" for a level without a word here."""
    return word(level if known_word(level) else "units", lang)


def verdict_word(verdict: Verdict, lang: Language) -> str:
    """"đạt", "chưa đạt", "chưa có số liệu"; "met", "not met", "open"."""
    return word({Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.OPEN: "open"}[verdict], lang)


def name_in(names: Names, lang: Language, instead: str) -> str:
    """A name in a language, else in the other, else `instead`."""
    first, second = (names.vi, names.en) if lang == "vi" else (names.en, names.vi)
    return first or second or instead


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def number(value: Number, lang: Language, *, digits: int = 0) -> str:
    """A number rounded half up to at most so many digits after the mark; zeros at the end are left out.

    >>> number(Decimal("1234.56"), "vi", digits=1), number(Fraction(1, 3), "en", digits=2), number(12, "vi", digits=2)
    ('1.234,6', '0.33', '12')
    """
    scaled = Fraction(value) * 10**digits
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    rounded = Decimal(whole if scaled >= 0 else -whole).scaleb(-digits)
    if rounded == rounded.to_integral_value(ROUND_HALF_UP):
        rounded = rounded.quantize(Decimal(1))
    else:
        rounded = rounded.normalize()
    return format_number(rounded, locale=lang)


def bounds(least: Number, most: Number, lang: Language, *, digits: int = 0) -> str:
    """"12", or "12–15" between two bounds."""
    low, high = number(least, lang, digits=digits), number(most, lang, digits=digits)
    return low if low == high else f"{low}–{high}"
