# SPDX-License-Identifier: Apache-2.0
"""A gap in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Union

from .number import Language, format_measure, format_number, language_code

if TYPE_CHECKING:
    from .gaps import Gap

_Pair = tuple[str, str]
_KINDS: dict[str, _Pair] = {
    "MORE": ("thêm {0}", "{0} more"),
    "FEWER": ("bớt {0}", "{0} fewer"),
    "ACT": ("phải có", "has to be there"),
    "UNDO": ("phải không còn", "must not be so"),
    "LEVEL": ("phải đạt mức {1}", "has to reach {1}"),
    "STATUS": ("phải được công nhận ({1})", "has to be held ({1})"),
    "UNITS": ("thêm {0} đơn vị cấp dưới", "{0} more units below"),
    "UNTOLD": ("chưa tính được: {2}", "cannot be told: {2}"),
}
_DOWN: dict[str, _Pair] = {
    "LEVEL": ("phải dưới mức {1}", "has to be below {1}"),
    "STATUS": ("phải thôi danh hiệu ({1})", "has to be given up ({1})"),
    "UNITS": ("bớt {0} đơn vị cấp dưới", "{0} fewer units below"),
}
_WHY: dict[str, _Pair] = {
    "TOLD": ("", ""),
    "LAW": ("quy định chưa đọc được", "the rule was not read"),
    "NOT_REPORTED": ("chưa có số liệu", "not reported"),
    "NOT_APPLICABLE": ("không áp dụng", "not applicable"),
    "AXIS": ("chưa rõ vùng, loại hoặc năm", "region, class or year unknown"),
    "RULE": ("quy định không cho ra số lượng", "the rule has no amount"),
}
_OUT_OF_REACH: _Pair = ("quá mức có thể có", "beyond what there is")


def _number(number: Union[int, Decimal, Fraction], lang: Language) -> str:
    """An exact number; one that no decimal holds as a fraction."""
    return str(number) if isinstance(number, Fraction) else format_number(number, locale=lang)


def _amount(gap: Gap, lang: Language) -> str:
    least, most, vi = gap.least, gap.most, lang == "vi"
    if least is None:
        return "?"
    first = _number(least, lang)
    if most is None:
        told = f"{'ít nhất' if vi else 'at least'} {first}"
    elif most == least:
        told = first
    else:
        told = f"{first} {'đến' if vi else 'to'} {_number(most, lang)}"
    if gap.strict:
        told = f"{'trên' if vi else 'over'} {told}"
    unit = gap.subject.unit
    return told if unit is None else f"{told} {format_measure(unit, lang=lang)}"


def gap_text(gap: Gap, lang: Language) -> str:
    """What is missing, in one line: what :meth:`ntm.Gap.text` gives."""
    at = language_code(lang) - 1
    kind = gap.kind.name
    form = (_DOWN.get(kind) if gap.down else None) or _KINDS[kind]
    said = form[at].format(_amount(gap, lang), gap.subject.level or "?", _WHY[gap.untold.name][at])
    if gap.out_of_reach:
        said += f" ({_OUT_OF_REACH[at]})"
    subject = gap.subject
    name = (subject.name.vi if lang == "vi" else subject.name.en) or str(subject.name) or subject.input or ""
    place = subject.id if subject.part in ("indicator", "criterion") else ""
    return f"{f'{place} {name}'.strip()}: {said}"
