# SPDX-License-Identifier: Apache-2.0
"""Reads the rows below a header: one a unit, with what is no unit told apart and left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Mapping

from ..errors import NtmError, Status
from ..measures import measure_power
from ..spelling import is_total, loose, spelt_alike, squeezed
from .cells import Cell, Sheet, text_of_cell
from .figures import Away, CellError, Value, Words, value_in
from .header import Header, HeaderRows, complain_of_columns, is_row_of_numbers, is_row_of_units
from .names import Index, Slot, is_note, is_unit, split_unit, unit_of
from .places import Complaints, LeftOut, Span, column_name

_ROMAN = re.compile(r"^(?=[IVXLC])[IVXLC]+\.?$|^[A-ZĐ]\.?$")
_DISTRICT = re.compile(r"(huyện|quận|thị xã|thành phố|tỉnh)\s+\w", re.IGNORECASE)
_BELOW_DISTRICT = ("commune", "ward", "town", "residential-area", "household", "garden")


@dataclass
class Column:
    """A column of the table while it is read."""

    slot: Slot | None
    """None: an axis."""
    axis: str | None
    at: int
    header_row: int
    unit: str | None
    """The unit that the sheet says; None: the fact's."""
    values: list[Value] = field(default_factory=list)
    away: list[bool] = field(default_factory=list)
    places: list[tuple[int, int] | None] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of the column for :func:`ntm.evaluate`."""
        return self.slot.key if self.slot is not None else self.axis or ""


@dataclass
class Table:
    """What was read of a sheet."""

    sheet: str
    columns: list[Column] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """The sheet's row of each unit; 0 where there is none."""
    left_out: list[LeftOut] = field(default_factory=list)


def checked_unit(slot: Slot, said: str | None, sheet_unit: str | None) -> str | None:
    """The unit of a column as the library writes it; None: the fact's own.

    Raises:
        CellError: one that is not the fact's at another scale.
    """
    if slot.unit is None:
        return None
    if said is None:
        try:
            return None if sheet_unit is None or not measure_power(sheet_unit, slot.unit) else sheet_unit
        except NtmError:
            return None  # the sheet's unit is of other figures
    unit = unit_of(said)
    try:
        return unit if measure_power(unit, slot.unit) else None
    except NtmError:
        hint = f"if it is the same, units={{{slot.key!r}: {_meant(unit, slot.unit)!r}}} says so"
        raise CellError(Status.UNIT, f'the header says "{said}", and {slot.key} is in "{slot.unit}": {hint}') from None


def _meant(said: str, unit: str) -> str:
    """What a header may mean: money at the scale that it says, per whatever the fact is per; else the fact's unit."""
    money, slash, per = unit.partition("/")
    words = said.split()
    if slash and "/" not in said and words[-1:] == ["đồng"] and money.split()[-1:] == ["đồng"]:
        return f"{said}/{per}"
    return unit


def unit_of_sheet(sheet: Sheet, above: int) -> str | None:
    """The unit of measure that a line above the table gives to all figures: "Đơn vị tính: triệu đồng"."""
    for (row, _), cell in sheet.cells.items():
        if row < above and isinstance(cell.content, str) and ":" in cell.content:
            text = text_of_cell(cell).strip("() ")
            _, unit = split_unit("- " + text)
            if unit is not None and is_unit(unit) and loose(text).startswith(("don vi", "dvt")):
                return unit_of(unit)
    return None


class RowsReader:
    """Reads one sheet with one row a unit."""

    def __init__(
        self,
        sheet: Sheet,
        header: HeaderRows,
        index: Index,
        words: Words,
        units: Mapping[str, str],
        complaints: Complaints,
        unknown: str,
    ) -> None:
        self.sheet, self.header, self.index, self.words = sheet, header, index, words
        self.units, self.complaints, self.unknown = units, complaints, unknown
        self.table = Table(sheet.name)
        self._by_row: dict[int, list[int]] = {}
        for row, column in sheet.cells:
            if row > header.bottom:
                self._by_row.setdefault(row, []).append(column)
        self._first_of: dict[str, int] = {}

    def read(self) -> Table:
        """Reads all; what is wrong goes to the complaints."""
        complain_of_columns(self.header, self.index, self.complaints, self.unknown)
        key = next(iter(self.header.of("code") or self.header.of("name")), None)
        name = next(iter(self.header.of("name")), None)
        if key is None:
            said = ", ".join(f'"{one.text}"' for one in self.header.columns[:8])
            self.complaints.add(
                Status.SHAPE,
                f'no column says which unit a row is (found {said}): call one "Mã xã" or "Tên xã", '
                'or name it: unit="its header"',
                (self.header.bottom, self.header.columns[0].column),
            )
            return self.table
        below = self._rows_under_header()
        self._make_columns(below)
        self._say_columns()
        for row in sorted(self._by_row):
            if row not in below:
                self._read_row(row, key, name if name is not key else None)
        self._check_merges(key)
        self._say_hidden()
        return self.table

    def _leave_out(self, place: str, text: str, why: str) -> None:
        self.table.left_out.append(LeftOut(self.sheet.name, place, text[:200], why))

    def _rows_under_header(self) -> dict[int, str]:
        """Rows directly below the header that give units or numbers of columns."""
        columns = [one.column for one in self.header.columns]
        found: dict[int, str] = {}
        for row in sorted(self._by_row)[:3]:
            if is_row_of_numbers(self.sheet, row, columns):
                found[row] = "numbers of columns"
            elif is_row_of_units(self.sheet, row, columns):
                found[row] = "units"
            else:
                break
        for row, why in found.items():
            if why != "units":
                self._leave_out(f"{row}:{row}", self._row_text(row), why)
        return found

    def _make_columns(self, below: Mapping[int, str]) -> None:
        of_sheet = unit_of_sheet(self.sheet, self.header.top)
        row_of_units = next((row for row, why in below.items() if why == "units"), None)
        seen: set[str] = set()
        for one in self.header.columns:
            kind, _, key = (one.target or "").partition(" ")
            if kind not in ("slot", "axis") or key in seen:
                continue
            seen.add(key)
            slot = self.index.slots[key] if kind == "slot" else None
            said = one.unit or (
                self.sheet.text(row_of_units, one.column).strip("()[] ") or None if row_of_units else None
            )
            unit = None
            if slot is not None:
                said = self.units.get(key, said)
                try:
                    unit = checked_unit(slot, said, of_sheet)
                except CellError as wrong:
                    self.complaints.add(wrong.status, wrong.message, (one.row, one.column))
            self.table.columns.append(Column(slot, key if slot is None else None, one.column, one.row, unit))

    def _say_columns(self) -> None:
        for one in self.header.columns:
            if one.target == "nothing" or (one.target is None and self.unknown == "ignore"):
                letters = column_name(one.column)
                self._leave_out(f"{letters}:{letters}", one.text, "not a fact" if one.target else "unknown")

    def _row_text(self, row: int) -> str:
        texts = (self.sheet.text(row, column) for column in sorted(self._by_row[row])[:20])
        return " | ".join(text for text in texts if text)

    def _has_figure(self, row: int) -> bool:
        for column in self.table.columns:
            cell = self.sheet.cells.get((row, column.at))
            try:
                if (
                    cell is not None
                    and column.slot is not None
                    and value_in(cell, column.slot, self.words, column.unit) is not None
                ):
                    return True
            except CellError:
                if not isinstance(cell.content, str) if cell else False:
                    return True
        return False

    def _read_row(self, row: int, key: Header, name: Header | None) -> None:
        said = self._unit_text(row, key)
        named = self.sheet.text(row, name.column) if name is not None else ""
        why = self._why_no_unit(row, said, named, key)
        if why is not None:
            if why == "blank" and not self._row_text(row):
                return
            self._leave_out(f"{row}:{row}", self._row_text(row), why)
            return
        at = (row, key.column)
        if not said:
            self.complaints.add(Status.VALUE, f'figures without a unit: "{key.text}" is empty', at)
            return
        place = f"{column_name(key.column)}{row}"
        same = squeezed(said) if key.target == "code" else spelt_alike(said)
        if same in self._first_of:
            first = f"{column_name(key.column)}{self._first_of[same]}"
            self.complaints.add(
                Status.CONFLICT, f'"{said}" is in {first} already: each unit has one row', at, len(self.table.units)
            )
            return
        cell = self.sheet.cells.get(at)
        if cell is not None and (cell.error is not None or (cell.formula and cell.content is None)):
            self.complaints.add(
                Status.VALUE,
                f"{place} names a unit by a formula without a value: open it in Excel, save, and " "try again",
                at,
            )
            return
        self._first_of[same] = row
        for column in self.table.columns:
            self._read_cell(row, column)
        self.table.units.append(said)
        self.table.names.append(named or None)
        self.table.rows.append(row)

    def _why_no_unit(self, row: int, said: str, named: str, key: Header) -> str | None:
        """Why a row is no unit; None: it is one, or has figures and has to be one."""
        texts = [self.sheet.text(row, column) for column in sorted(self._by_row[row])]
        texts = [one for one in texts if one]
        first = next((one for one in (said, named, *texts) if one), "")
        if not texts and not any(self._unread(row, column) for column in self._by_row[row]):
            return "blank"
        numbering = {one.column for one in self.header.columns if one.target == "nothing"}
        if not said and not named and numbering.issuperset(self._by_row[row]):
            return "blank"
        words = [one for one in (said, named, texts[0] if texts else "") if one]
        if any(is_total(one) for one in words) and not re.search(r"\d", said):
            return "total"
        if self._has_figure(row) and self._is_of_district(said if key.target != "code" else "" if said else named):
            return "total"
        figures = self._has_figure(row)
        if not said:
            return None if figures else ("note" if is_note(first) else "heading" if named else "note")
        if figures or key.target == "code":
            return None if figures or re.search(r"\d", said) or not is_note(said) else "note"
        if is_note(said):
            return "note"
        numbered = next((one for one in self.header.columns if one.target == "nothing"), None)
        number = self.sheet.text(row, numbered.column) if numbered is not None else ""
        if numbered is not None and _ROMAN.match(number):
            return "heading"
        has_numbers = numbered is not None and any(
            self.sheet.text(other, numbered.column).rstrip(".").isdigit() for other in self._by_row
        )
        return "note" if has_numbers and not number else None

    def _is_of_district(self, called: str) -> bool:
        """Whether a row stands for a district or a province, in a table of what is smaller."""
        return self.index.law.level in _BELOW_DISTRICT and bool(_DISTRICT.match(called))

    def _unread(self, row: int, column: int) -> bool:
        cell = self.sheet.cells[row, column]
        return cell.error is not None or (cell.formula and cell.content is None)

    def _unit_text(self, row: int, key: Header) -> str:
        cell = self.sheet.cells.get((row, key.column))
        text = text_of_cell(cell)
        if cell is not None and isinstance(cell.content, Decimal) and cell.format and set(cell.format) == {"0"}:
            return text.zfill(len(cell.format))  # a code that is shown with its leading zeros
        return text

    def _read_cell(self, row: int, column: Column) -> None:
        cell = self.sheet.cells.get((row, column.at))
        value: Any = None
        away = False
        try:
            if column.slot is None:
                value = self._axis_value(cell, column.axis or "")
            else:
                value = value_in(cell, column.slot, self.words, column.unit)
                if isinstance(value, Away):
                    value, away = None, True
        except CellError as wrong:
            value = None
            self.complaints.add(wrong.status, f"{column.key}: {wrong.message}", (row, column.at), len(self.table.units))
        column.values.append(value)
        column.away.append(away)
        column.places.append((row, column.at))

    def _axis_value(self, cell: Cell | None, axis: str) -> str | None:
        return axis_value(self.index, text_of_cell(cell), axis)

    def _check_merges(self, key: Header) -> None:
        """Merged cells among figures: nobody can tell whose the one value is."""
        columns = {column.at for column in self.table.columns} | {key.column}
        rows = set(self.table.rows)
        for span in self.sheet.merges:
            if span.top <= self.header.bottom or (span.top, span.left) not in self.sheet.cells:
                continue
            here = [column for column in columns if span.left <= column <= span.right]
            if here and any(row in rows for row in range(span.top, min(span.bottom, span.top + 10_000) + 1)):
                self.complaints.add(
                    Status.SHAPE,
                    f"merged cells {Span(*span)} among the figures: whose the value is cannot be told; "
                    "unmerge them in Excel and write each value",
                    (span.top, span.left),
                )

    def _say_hidden(self) -> None:
        for row in self.table.rows:
            if row in self.sheet.hidden_rows:
                self._leave_out(f"{row}:{row}", self._row_text(row), "hidden, and read all the same")
        for column in self.table.columns:
            if any(first <= column.at <= last for first, last in self.sheet.hidden_columns):
                letters = column_name(column.at)
                self._leave_out(f"{letters}:{letters}", column.key, "hidden, and read all the same")


def axis_value(index: Index, text: str, axis: str) -> str | None:
    """The value of an axis by its id or a name.

    Raises:
        CellError: there is no such value.
    """
    if not text:
        return None
    of = next(one for one in index.law.axes if one.id == axis)
    for value, names in zip(of.values, of.value_names):
        if text == value or any(loose(name) == loose(text) for name in (names.vi, names.en) if name):
            return value
    raise CellError(Status.NOT_FOUND, f'"{text[:60]}" is no value of {axis}: {", ".join(of.values)}')
