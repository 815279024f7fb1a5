# SPDX-License-Identifier: Apache-2.0
"""What the pictures say, in Vietnamese and in English; numbers as each writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Union

from ..explanation import Verdict
from ..number import Language, format_number, language_code
from ..parts import Names
from ..words import COMMON

Number = Union[int, Decimal, Fraction]

_WORDS = {
    **COMMON,
    "no data": ("chưa có số liệu", "no data"),
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
    "total": ("Tổng cộng", "Total"),
    "not stated": ("không nêu", "not stated"),
    "need": ("nhu cầu", "need"),
    "plan": ("kế hoạch", "plan"),
    "allotted": ("phân bổ", "allotted"),
    "disbursed": ("giải ngân", "disbursed"),
    "by unit": ("đơn vị", "unit"),
    "by province": ("tỉnh", "province"),
    "by district": ("huyện", "district"),
    "by commune": ("xã", "commune"),
    "by source": ("nguồn", "source"),
    "by nature": ("tính chất vốn", "nature"),
    "by component": ("nội dung", "component"),
    "by programme": ("chương trình", "programme"),
    "đồng": ("đồng", "đồng"),
    "nghìn đồng": ("nghìn đồng", "thousand đồng"),
    "triệu đồng": ("triệu đồng", "million đồng"),
    "tỷ đồng": ("tỷ đồng", "billion đồng"),
    "budget": ("Vốn theo {0} và giai đoạn ({1})", "Money by {0} and stage ({1})"),
    "incomplete": ("đã báo cáo, còn thiếu", "reported so far, incomplete"),
    "missing": ("{0} · thiếu {1} số liệu", "{0} · {1} missing"),
    "no entry": ("không có", "none"),
    "disbursement": ("Giải ngân lũy kế so với kế hoạch ({0})", "Disbursed against plan, cumulative ({0})"),
    "gap": ("Chưa có số liệu: {0}", "Not reported: {0}"),
    "rate": ("{0} đến hết {1}: {2} {3}", "{0} to the end of {1}: {2} {3}"),
    "or more reported": ("mới có {0} (còn thiếu báo cáo)", "{0} so far (reports are missing)"),
    "stars": ("Sản phẩm theo hạng sao", "Products by star"),
    "classes": ("Phân hạng", "Classes"),
    "no class": ("không xếp hạng", "no class"),
    "open class": ("chưa xác định", "open"),
    "decided": ("{0} trong {1} {2} đã rõ hạng", "the class of {0} of {1} {2} is known"),
    "merger": ("Trước và sau sáp nhập: {0}", "Before and after the merger: {0}"),
    "before": ("Trước ({0})", "Before ({0})"),
    "after": ("Sau ({0})", "After ({0})"),
    "status": ("đạt chuẩn", "status"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
    "reassess": ("đánh giá lại", "to be reassessed"),
    "not applicable": ("không áp dụng", "not applicable"),
    "no shape": ("Không có hình ({0}): {1}", "Without a shape ({0}): {1}"),
    "no unit": ("Hình không có đơn vị ({0}): {1}", "Shapes without a unit ({0}): {1}"),
    "and more": ("{0} và {1} nữa", "{0} and {1} more"),
    "in school": ("trường", "schools"),
    "in commune": ("xã", "communes"),
    "in village": ("thôn", "villages"),
    "in year": ("năm", "years"),
    "in model": ("mô hình", "models"),
    "in household": ("hộ", "households"),
    "in person": ("người", "people"),
    "in business": ("cơ sở", "businesses"),
    "in house": ("nhà", "houses"),
    "status map": ("Đạt chuẩn: {0}", "Status: {0}"),
    "tiles": ("Số trong ô: số {0} đạt.", "The number in a tile: how many {0} are met."),
    "observed": ("thực hiện", "observed"),
    "asked on the way": ("yêu cầu theo tiến độ", "asked on the way"),
    "asked": ("yêu cầu đến {0}", "asked by {0}"),
    "between": ("từ ít nhất đến nhiều nhất", "between least and most"),
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
