# SPDX-License-Identifier: Apache-2.0
"""Writes the template that communes fill in: a table with one row a unit, or a form for one."""

from __future__ import annotations

import os
import re
from typing import Any, Iterable, Literal, Mapping, NamedTuple, Sequence, Union

from ..criteria import CriteriaSet
from ..errors import ArgumentError, ConflictError, NotFoundError, Problem, Status
from ..laws import law_of
from ..number import Language, format_measure, language_code, text_of
from ..parts import FactKind
from ..tables import choice, not_found
from .names import Slot, slots_of
from .places import column_name
from .styles import WHOLE_FORMAT, Look, openpyxl_module, print_on_a4, save, sheet_title

Units = Union[Mapping[str, str], Sequence[str], Sequence["tuple[str, str]"]]

_BLANK_ROWS = 50
_LIST_MAX = 250

_TEXT = {
    "vi": {
        "title": "BÁO CÁO SỐ LIỆU THEO BỘ TIÊU CHÍ",
        "period": "Kỳ báo cáo",
        "stt": "STT",
        "code": "Mã xã",
        "name": "Tên xã",
        "what": "Chỉ tiêu",
        "unit": "Đơn vị tính",
        "figure": "Số liệu",
        "note": "Ghi chú",
        "shared": "Số liệu chung",
        "others": "Điều kiện và số liệu khác",
        "sheet": "Biểu số liệu",
        "lists": "Danh mục",
        "yes": "Có",
        "no": "Không",
        "away": "Không áp dụng",
        "yes no": "Có/Không",
        "how": "Ô để trống là chưa có số liệu, không phải là 0. Nơi không có nội dung này: ghi Không áp dụng. Chỉ điền ô trắng.",
        "flag": "Chọn Có, Không hoặc Không áp dụng",
        "level": "Chọn một mức trong danh sách",
        "count": "Số nguyên, không âm",
        "share": "Số từ 0 đến 100",
        "number": "Một con số",
        "date": "Một ngày",
        "wrong": "Giá trị không hợp lệ",
    },
    "en": {
        "title": "FIGURES BY THE CRITERIA SET",
        "period": "Period",
        "stt": "No.",
        "code": "Commune code",
        "name": "Commune",
        "what": "Item",
        "unit": "Unit of measure",
        "figure": "Value",
        "note": "Note",
        "shared": "Shared figures",
        "others": "Conditions and other figures",
        "sheet": "Figures",
        "lists": "Lists",
        "yes": "Yes",
        "no": "No",
        "away": "Không áp dụng",
        "yes no": "Yes/No",
        "how": "A blank cell is not reported, not 0. Where there is nothing of the kind: Không áp dụng. Fill white cells only.",
        "flag": "Choose Yes, No or Không áp dụng",
        "level": "Choose a level of the list",
        "count": "A whole number, not below 0",
        "share": "A number from 0 to 100",
        "number": "A number",
        "date": "A day",
        "wrong": "This cannot be",
    },
}


class _Group(NamedTuple):
    """Facts under one heading."""

    title: str
    slots: list[Slot]


def _units_of(units: Units | None) -> list[tuple[str, str | None]]:
    """(code, name) of each unit, no code twice."""
    if units is None:
        return []
    if isinstance(units, (str, bytes)):
        raise TypeError("units are a mapping {code: name}, codes, or pairs, not one text")
    pairs: Iterable[Any] = units.items() if isinstance(units, Mapping) else units
    made: dict[str, str | None] = {}
    for one in pairs:
        code, name = one if isinstance(one, tuple) else (one, None)
        if text_of("the code of a unit", code) in made:
            raise ConflictError(Problem(Status.CONFLICT, "this unit is there twice", code))
        made[code] = None if name is None else text_of("the name of a unit", name)
    return list(made.items())


def _chosen(law: CriteriaSet, facts: Sequence[str] | None) -> list[Slot]:
    slots = {slot.key: slot for slot in slots_of(law)}
    if facts is None:
        return list(slots.values())
    if isinstance(facts, str):
        raise TypeError("facts are a sequence of ids, not one text")
    made = []
    for key in dict.fromkeys(facts):
        if key not in slots:
            raise NotFoundError(not_found("fact", text_of("a fact", key), slots))
        made.append(slots[key])
    if not made:
        raise ArgumentError("no facts: facts=None takes all of the set")
    return made


def _grouped(law: CriteriaSet, slots: list[Slot], lang: Language) -> list[_Group]:
    """Facts by the criterion that reads them: what several read comes first, what none reads last."""
    words = _TEXT[lang]
    groups: dict[str, _Group] = {"": _Group(words["shared"], [])}
    for criterion in law.criteria:
        name = (criterion.name.en if lang == "en" else None) or str(criterion.name)
        groups[f"c {criterion.id}"] = _Group(f"{criterion.id}. {name}".strip(), [])
    groups["others"] = _Group(words["others"], [])
    for slot in slots:
        key = "others" if not slot.criteria else f"c {slot.criteria[0]}" if len(slot.criteria) == 1 else ""
        groups[key].slots.append(slot)
    return [one for one in groups.values() if one.slots]


def _measure(slot: Slot, lang: Language) -> str:
    return format_measure(slot.unit, lang=lang) if slot.unit is not None else ""


class _Lists:
    """Drop-down lists: short ones in the cell's own rule, long ones on a hidden sheet."""

    def __init__(self, book: Any, title: str) -> None:
        self._book, self._title, self._column = book, title, 0
        self._sheet: Any = None

    def formula(self, words: Sequence[str]) -> str:
        """The list of a validation."""
        joined = ",".join(words)
        if not any(mark in one for one in words for mark in ',"') and len(joined) <= _LIST_MAX:
            return f'"{joined}"'
        if self._sheet is None:
            self._sheet = self._book.create_sheet(self._title)
            self._sheet.sheet_state = "hidden"
        self._column += 1
        for row, word in enumerate(words, start=1):
            cell = self._sheet.cell(row=row, column=self._column, value=word)
            cell.data_type = "s"
        letters = column_name(self._column)
        return f"'{self._title}'!${letters}$1:${letters}${len(words)}"


def _validation(slot: Slot, words: Mapping[str, str], lists: _Lists) -> Any:
    """What a cell of a fact takes."""
    make = openpyxl_module("openpyxl.worksheet.datavalidation").DataValidation
    fact = slot.fact
    if slot.kind is FactKind.FLAG:
        made, hint = make(type="list", formula1=lists.formula((words["yes"], words["no"], words["away"]))), "flag"
    elif slot.kind is FactKind.LEVEL and fact is not None:
        made, hint = make(type="list", formula1=lists.formula((*fact.levels, words["away"]))), "level"
    elif slot.kind is FactKind.DATE:
        made, hint = make(type="date", operator="greaterThan", formula1="1"), "date"
    elif slot.kind is FactKind.COUNT:
        made, hint = make(type="whole", operator="greaterThanOrEqual", formula1="0"), "count"
    elif slot.kind is FactKind.SHARE and slot.unit == "%":
        made, hint = make(type="decimal", operator="between", formula1="0", formula2="100"), "share"
    else:
        made, hint = make(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15"), "number"
    made.allow_blank = True
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle, made.error, made.prompt = words["wrong"], words[hint], words[hint]
    return made


def _format(slot: Slot) -> str | None:
    if slot.kind is FactKind.COUNT or (slot.kind is FactKind.MONEY and slot.unit in ("đồng", "VND")):
        return WHOLE_FORMAT
    return "dd/mm/yyyy" if slot.kind is FactKind.DATE else None


def _protect(sheet: Any) -> None:
    """Locks what is not to be changed, without a password: whoever has to can take it off."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False


class _Writer:
    """One template."""

    def __init__(self, law: CriteriaSet, slots: list[Slot], period: str | None, lang: Language) -> None:
        self.law, self.period, self.lang = law, period, lang
        self.words = _TEXT[lang]
        self.groups = _grouped(law, slots, lang)
        self.book = openpyxl_module().Workbook()
        self.look = Look(self.book)
        self.sheet = self.book.active
        self.sheet.title = sheet_title(self.words["sheet"])
        self.lists = _Lists(self.book, self.words["lists"])
        title = (law.title.en if lang == "en" else None) or str(law.title)
        self.book.properties.title = title
        self.book.properties.creator = "ntm"
        self.titles = [f"{self.words['title']}: {title}", f"{self.words['period']}: {period or ''}", self.words["how"]]

    def head(self) -> None:
        """Title, period, how to fill it in."""
        for row, text in enumerate(self.titles, start=1):
            self.look.write(self.sheet, row, 1, text, "title" if row == 1 else "note")

    def name(self, slot: Slot, with_unit: bool) -> str:
        """The header of a fact."""
        unit = _measure(slot, self.lang)
        return f"{slot.name(self.lang)} ({unit})" if with_unit and unit else slot.name(self.lang)

    def rows(self, units: list[tuple[str, str | None]]) -> None:
        """One row a unit, the criterion over its facts."""
        self.head()
        sheet, look, words = self.sheet, self.look, self.words
        for column, key in enumerate(("stt", "code", "name"), start=1):
            look.write(sheet, 5, column, words[key], "head")
            look.frame(sheet, 5, column, 6, column, "head")
        column = 4
        for group in self.groups:
            look.write(sheet, 5, column, group.title, "head")
            look.frame(sheet, 5, column, 5, column + len(group.slots) - 1, "head")
            for slot in group.slots:
                look.write(sheet, 6, column, self.name(slot, True), "group")
                column += 1
        for at in range(1, column):
            look.write(sheet, 7, at, f"({at})", "note").alignment = openpyxl_module("openpyxl.styles").Alignment(
                horizontal="center"
            )
        last = 7 + (len(units) or _BLANK_ROWS)
        self._fill_rows(units, last)
        sheet.freeze_panes = "D8"
        sheet.row_dimensions[5].height, sheet.row_dimensions[6].height = 36, 90
        for at in range(1, column):
            sheet.column_dimensions[column_name(at)].width = (6, 12, 24)[at - 1] if at <= 3 else 16
        print_on_a4(sheet, (5, 7), "A:C")
        sheet.page_setup.fitToWidth = max(1, -(-(column - 4) // 14))
        _protect(sheet)

    def _fill_rows(self, units: list[tuple[str, str | None]], last: int) -> None:
        sheet, look = self.sheet, self.look
        slots = [slot for group in self.groups for slot in group.slots]
        for row in range(8, last + 1):
            code, name = units[row - 8] if units else (None, None)
            look.write(sheet, row, 1, row - 7, "number")
            for column, text in ((2, code), (3, name)):
                look.write(sheet, row, column, text, "input" if text is None else "text").number_format = "@"
            for column, slot in enumerate(slots, start=4):
                look.write(sheet, row, column, None, "input").number_format = _format(slot) or "General"
        for column, slot in enumerate(slots, start=4):
            rule = _validation(slot, self.words, self.lists)
            rule.add(f"{column_name(column)}8:{column_name(column)}{last}")
            sheet.add_data_validation(rule)

    def form(self, units: list[tuple[str, str | None]]) -> None:
        """One line a fact, for one unit."""
        if len(units) > 1:
            raise ArgumentError(
                f"a form is for one unit, and {len(units)} are given: write one form each, or layout='rows'"
            )
        self.head()
        sheet, look, words = self.sheet, self.look, self.words
        code, name = units[0] if units else (None, None)
        for row, key, text in ((4, "code", code), (5, "name", name)):
            look.write(sheet, row, 2, f"{words[key]}:", "text")
            look.write(sheet, row, 3, text, "input" if text is None else "text").number_format = "@"
        look.head(sheet, 7, [words[key] for key in ("stt", "what", "unit", "figure", "note")])
        row, number = 8, 0
        for group in self.groups:
            look.write(sheet, row, 1, group.title, "group")
            look.frame(sheet, row, 1, row, 5, "group")
            row += 1
            for slot in group.slots:
                number += 1
                self._line(row, number, slot)
                row += 1
        sheet.freeze_panes = "A8"
        for letters, width in zip("ABCDE", (7, 70, 26, 20, 30)):
            sheet.column_dimensions[letters].width = width
        print_on_a4(sheet, (7, 7))
        _protect(sheet)

    def _line(self, row: int, number: int, slot: Slot) -> None:
        unit = _measure(slot, self.lang) or (self.words["yes no"] if slot.kind is FactKind.FLAG else "")
        for column, value, style in (
            (1, number, "number"),
            (2, self.name(slot, False), "text"),
            (3, unit, "text"),
            (4, None, "input"),
            (5, None, "input"),
        ):
            self.look.write(self.sheet, row, column, value, style)
        self.sheet.cell(row=row, column=4).number_format = _format(slot) or "General"
        rule = _validation(slot, self.words, self.lists)
        rule.add(f"D{row}")
        self.sheet.add_data_validation(rule)


def write_template(
    path: str | os.PathLike[str],
    law: CriteriaSet | str,
    *,
    units: Units | None = None,
    period: str | None = None,
    facts: Sequence[str] | None = None,
    layout: Literal["rows", "form"] = "rows",
    lang: Language = "vi",
) -> None:
    """Writes the template that is filled in month by month; :func:`read_template` reads it back as it is.

    Headers are locked without a password, cells take only what their fact can be, and the page is A4 landscape.

    Args:
        path: where to; a file there is replaced.
        law: the set (or the id of a shipped one) whose facts are asked for, and the statuses that its rules ask for.
        units: the units: ``{code: name}``, codes, or (code, name) pairs; None: blank rows.
        period: the month, "2020-02".
        facts: which facts, by id and in this order within a criterion; None: all.
        layout: "rows" (one row a unit) or "form" (one line a fact, for one unit).
        lang: of headers.

    Raises:
        ImportError: openpyxl is not installed.
        NotFoundError: a fact that the set does not have.
        ConflictError: a unit twice.
        ArgumentError: a form for several units, a period that is no month.
        FileError: it cannot be written, or another program has it open.
    """
    choice("layout", layout, ("rows", "form"))
    language_code(lang)
    law = law_of(law)
    if period is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text_of("the period", period)):
        raise ArgumentError(f"period {period!r}: a month like '2020-02'")
    writer = _Writer(law, _chosen(law, facts), period, lang)
    pairs = _units_of(units)
    if layout == "rows":
        writer.rows(pairs)
    else:
        writer.form(pairs)
    save(writer.book, path)
