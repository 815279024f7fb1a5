# SPDX-License-Identifier: Apache-2.0
"""Reads a form: one unit, one line a fact (STT, Chỉ tiêu, Đơn vị tính, Số liệu, Ghi chú)."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple

from ..errors import Status
from ..spelling import is_one_of, squeezed
from .cells import Sheet, text_of_cell
from .figures import Away, CellError, Words, value_in
from .header import ROWS_LOOKED_AT, Region
from .names import Index, is_unit, split_unit, without_number
from .places import Complaints, LeftOut, Span, cell_name
from .rows import Column, Table, axis_value, checked_unit, unit_of_sheet

_WHAT = ("chỉ tiêu", "nội dung", "tên chỉ tiêu", "nội dung chỉ tiêu", "tiêu chí", "fact", "item")
_FIGURE = (
    "số liệu",
    "giá trị",
    "kết quả",
    "thực hiện",
    "số lượng",
    "kết quả thực hiện",
    "số liệu báo cáo",
    "value",
    "figure",
)
_UNIT = ("đơn vị tính", "đvt", "đơn vị", "unit", "unit of measure")
_PASSED = ("stt", "tt", "số thứ tự", "no", "no.", "ghi chú", "note", "mã", "mã số", "code", "id")
_CODE_LABELS = (
    "mã xã",
    "mã đơn vị",
    "mã số xã",
    "mã",
    "commune code",
    "code",
    "mã thôn",
    "mã huyện",
    "mã tỉnh",
    "mã đvhc",
)
_NAME_LABELS = (
    "xã",
    "tên xã",
    "đơn vị",
    "tên đơn vị",
    "ubnd xã",
    "đơn vị báo cáo",
    "commune",
    "name",
    "thôn",
    "tên thôn",
    "huyện",
    "tỉnh",
)


class FormHeader(NamedTuple):
    """The columns of a form, from 1."""

    row: int
    what: int
    figure: int
    unit: int | None
    id: int | None


def find_form(sheet: Sheet) -> FormHeader | None:
    """The row with "Chỉ tiêu" and "Số liệu"; None: this is no form."""
    rows = sorted({row for row, _ in sheet.cells})[:ROWS_LOOKED_AT]
    filled: dict[int, list[int]] = {row: [] for row in rows}
    for row, column in sheet.cells:
        if row in filled:
            filled[row].append(column)
    for row in rows:
        texts = {column: sheet.text(row, column) for column in filled[row]}
        found: dict[str, int] = {}
        for kind, words in (
            ("what", _WHAT),
            ("figure", _FIGURE),
            ("unit", _UNIT),
            ("id", ("mã", "mã số", "id", "code")),
        ):
            at = next((column for column, text in sorted(texts.items()) if is_one_of(split_unit(text)[0], words)), None)
            if at is not None and at not in found.values():
                found[kind] = at
        if "what" in found and "figure" in found:
            return FormHeader(row, found["what"], found["figure"], found.get("unit"), found.get("id"))
    return None


def _labelled(sheet: Sheet, above: int, labels: tuple[str, ...]) -> tuple[str, tuple[int, int]] | None:
    """A value beside or behind a label above the table: "Mã xã: 18103", or "Mã xã:" and 18103 in the next cell."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if row >= above or not isinstance(cell.content, str):
            continue
        text = text_of_cell(cell)
        label, colon, rest = text.partition(":")
        if not is_one_of(label, labels):
            continue
        if rest.strip():
            return rest.strip(), (row, column)
        if colon or label:
            beside = next((at for at in range(column + 1, column + 6) if sheet.text(row, at)), None)
            if beside is not None:
                return sheet.text(row, beside), (row, beside)
    return None


class FormReader:
    """Reads one sheet that is a form."""

    def __init__(
        self,
        sheet: Sheet,
        header: FormHeader,
        index: Index,
        words: Words,
        units: Mapping[str, str],
        complaints: Complaints,
        unknown: str,
        unit: str | None,
    ) -> None:
        self.sheet, self.header, self.index, self.words = sheet, header, index, words
        self.units, self.complaints, self.unknown, self.unit = units, complaints, unknown, unit
        self.table = Table(sheet.name)
        self._first_of: dict[str, tuple[int, int]] = {}

    def read(self) -> Table:
        """Reads all; what is wrong goes to the complaints."""
        self._read_unit()
        of_sheet = unit_of_sheet(self.sheet, self.header.row)
        region = Region(self.sheet)
        for row in sorted({row for row, _ in self.sheet.cells if row > self.header.row}):
            self._read_line(row, of_sheet)
        for span in self.sheet.merges:
            if (
                span.top > self.header.row
                and span.left <= self.header.figure <= span.right
                and self._is_figure(span, region)
            ):
                self.complaints.add(
                    Status.SHAPE,
                    f"merged cells {Span(*span)} among the figures: unmerge them in Excel and write each " "value",
                    (span.top, span.left),
                )
        return self.table

    def _is_figure(self, span: Span, region: Region) -> bool:
        lines = {column.places[0][0] for column in self.table.columns if column.places and column.places[0]}
        return (span.top, span.left) in self.sheet.cells and any(
            row in lines for row in range(span.top, span.bottom + 1)
        )

    def _read_unit(self) -> None:
        code = _labelled(self.sheet, self.header.row, _CODE_LABELS)
        name = _labelled(self.sheet, self.header.row, _NAME_LABELS)
        found = self.unit or (code or name or ("", None))[0]
        if not found:
            self.complaints.add(
                Status.SHAPE,
                'nothing above the table says which unit reports: write "Mã xã: ..." there, or give ' 'unit="its code"',
                (self.header.row, self.header.what),
            )
        if self.unit is not None and code is not None and code[0] != self.unit:
            self.complaints.add(
                Status.CONFLICT, f'the form is of "{code[0]}", and unit={self.unit!r} was asked for', code[1]
            )
        self.table.units.append(found)
        self.table.names.append(name[0] if name else None)
        self.table.rows.append(0)

    def _read_line(self, row: int, of_sheet: str | None) -> None:
        what = self.sheet.text(row, self.header.what) or self._id_of(row)
        cell = self.sheet.cells.get((row, self.header.figure))
        at = (row, self.header.figure)
        if not what:
            if cell is not None and text_of_cell(cell):
                self._strange(row, text_of_cell(cell), at, "a figure without a name")
            return
        target, said = self._target(row, what)
        kind, _, key = (target or "").partition(" ")
        if kind not in ("slot", "axis"):
            self._no_fact(
                row, what, target, cell is not None and bool(text_of_cell(cell) or cell.error or cell.formula)
            )
            return
        if key in self._first_of:
            self.complaints.add(Status.CONFLICT, f'"{what}": {cell_name(*self._first_of[key])} is {key} already', at)
            return
        self._first_of[key] = at
        self._read_value(row, key, kind, said, of_sheet)

    def _id_of(self, row: int) -> str:
        return self.sheet.text(row, self.header.id) if self.header.id is not None else ""

    def _target(self, row: int, what: str) -> tuple[str | None, str | None]:
        """What a line stands for, and its unit: by its id, its name, or its name without number and unit."""
        said = self.sheet.text(row, self.header.unit) if self.header.unit is not None else ""
        told, unit = split_unit(what)
        for text, its in (
            (self._id_of(row), None),
            (what, None),
            (without_number(what), None),
            (told, unit),
            (without_number(told), unit),
        ):
            found = self.index.find(text) if text else None
            if found is not None and found.startswith(("slot ", "axis ", "nothing")):
                return found, said or its or None
        return None, None

    def _no_fact(self, row: int, what: str, target: str | None, has_figure: bool) -> None:
        place = f"{row}:{row}"
        if target == "nothing" or not has_figure:
            self.table.left_out.append(
                LeftOut(self.sheet.name, place, what[:200], "not a fact" if target else "heading or note")
            )
        elif self.unknown == "ignore":
            self.table.left_out.append(LeftOut(self.sheet.name, place, what[:200], "unknown"))
        else:
            near = self.index.near(what)
            hint = f"did you mean {' or '.join(near)}? " if near else ""
            self.complaints.add(
                Status.NOT_FOUND,
                f'"{what[:200]}" is the name of no fact; {hint}headers={{{what[:200]!r}: "id"}} says what '
                "it is, None leaves it out, unknown='ignore' all such lines",
                (row, self.header.what),
            )

    def _strange(self, row: int, text: str, at: tuple[int, int], why: str) -> None:
        if is_unit(text) or not any(one.isdigit() for one in squeezed(text)):
            self.table.left_out.append(LeftOut(self.sheet.name, f"{row}:{row}", text[:200], "note"))
        else:
            self.complaints.add(Status.SHAPE, why, at)

    def _read_value(self, row: int, key: str, kind: str, said: str | None, of_sheet: str | None) -> None:
        at = (row, self.header.figure)
        slot = self.index.slots[key] if kind == "slot" else None
        cell = self.sheet.cells.get(at)
        unit: str | None = None
        value: Any = None
        try:
            if slot is None:
                value = axis_value(self.index, text_of_cell(cell), key)
            else:
                unit = checked_unit(slot, self.units.get(key, said), of_sheet)
                value = value_in(cell, slot, self.words, unit)
        except CellError as wrong:
            self.complaints.add(wrong.status, f"{key}: {wrong.message}", at, 0)
        column = Column(slot, key if slot is None else None, self.header.figure, row, unit)
        column.away.append(isinstance(value, Away))
        column.values.append(None if isinstance(value, Away) else value)
        column.places.append(at)
        self.table.columns.append(column)
        if row in self.sheet.hidden_rows:
            self.table.left_out.append(LeftOut(self.sheet.name, f"{row}:{row}", key, "hidden, and read all the same"))
