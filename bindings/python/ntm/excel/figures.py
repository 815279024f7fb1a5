# SPDX-License-Identifier: Apache-2.0
"""One cell as the value of a fact, in the fact's unit and exactly; or what is wrong with it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Sequence, Union

from ..errors import NtmError, Status
from ..measures import measure_power
from ..number import Locale, Qualifier, decimal_of, is_out_of_reach, parse_number, parse_printed
from ..parts import FactKind
from ..spelling import is_one_of, same_name
from .cells import Cell, is_percent_format, text_of_cell
from .names import Slot, unit_of

Value = Union[int, Decimal, bool, str, datetime.date, None]


class Away(Enum):
    """What stands in a cell that has no value."""

    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Words:
    """What the caller declares about the words of cells."""

    locale: Locale
    yes: Sequence[str]
    no: Sequence[str]
    not_reported: Sequence[str]
    not_applicable: Sequence[str]


class CellError(Exception):
    """What is wrong with a cell."""

    def __init__(self, status: Status, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(message)


_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


def scaled(value: Decimal, power: int) -> Decimal | int:
    """value x 10**power, exactly; whole numbers as int."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or (value and is_out_of_reach(value)):
        raise CellError(Status.OVERFLOW, "more digits than the library carries")
    coefficient = int("".join(map(str, digits))) * (-1 if sign else 1)
    scale = -(exponent + power)
    while scale > 0 and coefficient % 10 == 0 and coefficient:
        coefficient, scale = coefficient // 10, scale - 1
    if coefficient == 0 or scale <= 0:
        return coefficient * 10 ** max(-scale, 0) if coefficient else 0
    return decimal_of(coefficient, scale)


def _power(unit: str, slot: Slot) -> int:
    try:
        return measure_power(unit, slot.unit or "")
    except NtmError:
        raise CellError(Status.UNIT, f'in "{unit}", and {slot.key} is in "{slot.unit or "plain numbers"}"') from None


def _printed(text: str, slot: Slot, words: Words, unit: str | None) -> tuple[Decimal, str | None]:
    """A number in text and the unit that it says, else the column's."""
    try:
        return parse_number(text, locale=words.locale), unit
    except NtmError as error:
        first = error
    try:
        printed = parse_printed(text, locale=words.locale)
    except NtmError:
        hint = f'"{text[:60]}" is no number written as {words.locale!r} ({first.message}); locale= says how numbers are written'
        raise CellError(Status.SYNTAX, hint) from None
    if printed.qualifier is not Qualifier.EXACTLY:
        raise CellError(Status.VALUE, f'"{text[:60]}" is no exact number: write the figure')
    if printed.money or (not printed.unit and text[-1:].isalpha() and _is_money(slot)):
        return printed.value, _money_unit(slot)  # "38,5 triệu" of money is so many đồng, in whatever the fact is
    return printed.value, unit_of(printed.unit) if printed.unit else unit


def _is_money(slot: Slot) -> bool:
    return (slot.unit or "").partition("/")[0].split()[-1:] == ["đồng"]


def _money_unit(slot: Slot) -> str:
    """ "đồng" per whatever the fact is per: "38 triệu đồng" of an income per person and year."""
    _, slash, per = (slot.unit or "").partition("/")
    return f"đồng{slash}{per}"


def number_in(cell: Cell, slot: Slot, words: Words, unit: str | None) -> Decimal | int:
    """A number of a cell in the unit of its fact.

    Args:
        unit: the unit that the header says; None: the fact's.
    """
    content = cell.content
    if isinstance(content, bool):
        raise CellError(Status.SHAPE, "TRUE or FALSE, and a number is needed")
    if isinstance(content, datetime.datetime):
        raise CellError(
            Status.SHAPE, f"a date ({content.date()}), and a number is needed; Excel makes dates of texts like 3/5"
        )
    if isinstance(content, Decimal):
        value, said = content, unit
        if is_percent_format(cell.format):
            said = ""
            if slot.unit not in (None, "%"):
                raise CellError(Status.UNIT, f'shown in % ({cell.format}), and {slot.key} is in "{slot.unit}"')
    else:
        value, said = _printed(str(content).strip(), slot, words, unit)
    if said is None:
        return scaled(value, 0)
    return scaled(value, _power(said, slot))


def _flag(text: str, words: Words) -> bool:
    if is_one_of(text, words.yes) or text == "TRUE":
        return True
    if is_one_of(text, words.no) or text == "FALSE":
        return False
    known = ", ".join(repr(one) for one in (*words.yes, *words.no))
    raise CellError(Status.SYNTAX, f'"{text[:60]}" is neither yes nor no ({known}); yes= and no= declare more words')


def _level(text: str, slot: Slot) -> str:
    levels = slot.fact.levels if slot.fact is not None else ()
    for level in levels:
        if text == level or same_name(text, level):
            return level
    raise CellError(Status.VALUE, f'"{text[:60]}" is no level of {slot.key}: {", ".join(levels)}')


def _day(cell: Cell, text: str, words: Words) -> datetime.date:
    if isinstance(cell.content, datetime.datetime):
        if cell.content.time() != datetime.time():
            raise CellError(Status.SHAPE, f"{cell.content} is not a whole day")
        return cell.content.date()
    found = _DAY.match(text) if words.locale == "vi" else None
    try:
        if found:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        return datetime.date.fromisoformat(text)
    except ValueError:
        example = "25/2/2020 or 2020-02-25" if words.locale == "vi" else "2020-02-25"
        raise CellError(Status.SYNTAX, f'"{text[:60]}" is no day, as {example}') from None


def value_in(cell: Cell | None, slot: Slot, words: Words, unit: str | None) -> Value | Away:
    """The value of a cell for a fact; None: not reported.

    Raises:
        CellError: what is wrong with it.
    """
    if cell is None:
        return None
    if cell.error is not None:
        raise CellError(
            Status.VALUE, f"the formula's value is an error ({cell.error}): mend it in Excel, or empty the cell"
        )
    if cell.content is None:
        raise CellError(Status.VALUE, "a formula without a value: open it in Excel, save, and try again")
    text = text_of_cell(cell)
    if not text or _is_word(cell, text, words.not_reported):
        return None
    if _is_word(cell, text, words.not_applicable):
        return Away.NOT_APPLICABLE
    if slot.kind is FactKind.FLAG:
        return _flag(text, words)
    if slot.kind is FactKind.LEVEL:
        return _level(text, slot)
    if slot.kind is FactKind.DATE:
        return _day(cell, text, words)
    return number_in(cell, slot, words, unit)


def _is_word(cell: Cell, text: str, words: Sequence[str]) -> bool:
    """Whether a cell says one of the declared words. Words are compared as names are; numbers and signs as they are."""
    if text in words:
        return True
    return isinstance(cell.content, str) and is_one_of(text, [word for word in words if any(map(str.isalnum, word))])
