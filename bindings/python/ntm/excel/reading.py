# SPDX-License-Identifier: Apache-2.0
"""Reads what communes filled in: a mapping of columns for :func:`ntm.evaluate`, with where each value came from."""

from __future__ import annotations

import re
from typing import Any, Iterator, Literal, Mapping, NamedTuple, Sequence

from ..columns import Column as NtmColumn
from ..criteria import CriteriaSet
from ..errors import ArgumentError, NotFoundError, NtmError, Status
from ..laws import law_of
from ..number import Locale, locale_code, text_of
from ..spelling import same_name
from ..tables import UnitRows, choice, not_found
from .cells import Sheet, Workbook, text_of_cell
from .figures import Words
from .form import FormHeader, FormReader, find_form
from .header import HeaderRows, find_header
from .names import HOLDS, Index, Slot, slots_of
from .package import Package, Source
from .places import Complaints, LeftOut, cell_name, failure
from .rows import Column, RowsReader, Table

Layout = Literal["rows", "form"]

YES = ("có", "đạt", "x", "✓", "✔", "yes", "met")
NO = ("không", "chưa", "không đạt", "chưa đạt", "no", "not met")
NOT_REPORTED = ("", "chưa có số liệu")
NOT_APPLICABLE = ("không áp dụng",)

_PERIODS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})\b"),
    re.compile(r"tháng\s+(?P<m>\d{1,2})\s*(?:/|-|năm)\s*(?P<y>\d{4})", re.I),
)


class Reported(UnitRows, Mapping[str, Any]):
    """What a workbook reports: columns by the id of the fact, as :func:`ntm.evaluate` takes them.

    ``ntm.evaluate(data, law, ...)`` takes its units too. A column is a list with one value a unit: int or Decimal in the
    unit of the fact, bool, a level or a date; None is "not reported". Where a cell says "not applicable" it is an
    :class:`ntm.Column`. ``len()`` is the number of columns.
    """

    def __init__(
        self, path: str, layout: Layout, table: Table, period: str | None, left_out: Sequence[LeftOut]
    ) -> None:
        self.path = path
        """The file."""
        self.sheet = table.sheet
        """The sheet that was read."""
        self.layout: Layout = layout
        """"rows": one row a unit; "form": one line a fact."""
        self.period = period
        """The month that the sheet says ("2020-02"); None when it says none."""
        self.units = tuple(table.units)
        """The units in their order: codes where there are codes, else names."""
        self.names = tuple(table.names)
        """What the units are called; None where a sheet with codes does not say."""
        self.left_out = tuple(left_out)
        """What was not read, and what is hidden and was read all the same."""
        self._columns = {column.key: column for column in table.columns}

    @property
    def row_units(self) -> Sequence[str]:
        """The unit of each row, as :func:`ntm.evaluate` takes them when it is given none."""
        return self.units

    @property
    def converted(self) -> dict[str, tuple[str, str]]:
        """Columns whose unit in the sheet is not the fact's, by id: (unit in the sheet, unit of the fact)."""
        return {
            key: (one.unit, one.slot.unit)
            for key, one in self._columns.items()
            if one.slot is not None and one.unit is not None and one.slot.unit is not None and one.unit != one.slot.unit
        }

    def _column(self, fact: str) -> Column:
        if text_of("a fact", fact) not in self._columns:
            raise NotFoundError(not_found("column", fact, self._columns))
        return self._columns[fact]

    def __getitem__(self, fact: str) -> Any:
        column = self._column(fact)
        values = list(column.values)
        return NtmColumn(values, not_applicable=list(column.away)) if any(column.away) else values

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def cell(self, row: int | str, fact: str) -> str:
        """Where a value came from: "D12".

        Args:
            row: the row of the table, from 0 (``error.row``), or a unit.
            fact: the id of the column.

        Raises:
            NotFoundError: no such unit or column.
            IndexError: no such row.
        """
        if isinstance(row, str):
            if row not in self.units:
                raise NotFoundError(not_found("unit", row, self.units))
            row = self.units.index(row)
        if not 0 <= row < len(self.units):
            raise IndexError(f"no row {row}: there are {len(self.units)}")
        place = self._column(fact).places[row]
        return cell_name(*place) if place is not None else ""

    def header(self, fact: str) -> str:
        """The cell in which a column is named: "D6".

        Raises:
            NotFoundError: no such column.
        """
        column = self._column(fact)
        return cell_name(column.header_row, column.at)

    def place(self, error: NtmError) -> str:
        """Where the figure stands that :func:`ntm.evaluate` refused: 'bao-cao.xlsx, sheet "Xã", cell D12'.

        Where the error is about a column as a whole, it is the cell of its header; about something else, the sheet.
        """
        fact = next((key for key in (error.subject, error.subject.partition(":")[0]) if key in self._columns), None)
        where = f'{self.path}, sheet "{self.sheet}"'
        if fact is None:
            return where
        if error.row is None or not 0 <= error.row < len(self.units):
            return f"{where}, cell {self.header(fact)}"
        return f"{where}, cell {self.cell(error.row, fact)}"

    def __repr__(self) -> str:
        what = f"{len(self.units)} units, {len(self)} columns, {len(self.left_out)} left out or hidden"
        return f"<ntm.excel.Reported of {self.path}, sheet {self.sheet!r}: {what}>"


def _index(law: CriteriaSet, headers: Mapping[str, str | None], units: Mapping[str, str], unit: str | None) -> Index:
    slots = {slot.key: slot for slot in slots_of(law)}
    for header, target in headers.items():
        text_of("a header", header)
        if target is not None and text_of("a column", target).startswith(HOLDS):
            slots.setdefault(target, Slot(target, None, (target,), ()))
        elif target is not None and target not in slots:
            raise NotFoundError(not_found("fact", target, slots))
    for key, measure in units.items():
        text_of("a unit", measure)
        if key not in slots:
            raise NotFoundError(not_found("fact", key, slots))
    return Index(law, slots, unit, headers)


def _period_of(sheet: Sheet, above: int) -> str | None:
    """The month that a line above the table says."""
    for (row, _), cell in sorted(sheet.cells.items()):
        if row >= above:
            continue
        for pattern in _PERIODS:
            found = pattern.search(text_of_cell(cell))
            if found and 1 <= int(found["m"]) <= 12:
                return f"{found['y']}-{int(found['m']):02d}"
    return None


def _asked_sheets(book: Workbook, sheet: str | int | None) -> tuple[list[Any], list[LeftOut]]:
    """The sheets to look into, and those that were passed over."""
    names = [one.name for one in book.sheets]
    if not names:
        raise failure(Status.SYNTAX, book.path, "the workbook has no sheet")
    if isinstance(sheet, str):
        found = [one for one in book.sheets if one.name == sheet or same_name(one.name, sheet)]
        if not found:
            raise NotFoundError(not_found("sheet", sheet, names))
        return found[:1], []
    if sheet is not None:
        if isinstance(sheet, bool) or not isinstance(sheet, int) or not -len(names) <= sheet < len(names):
            raise ArgumentError(f"sheet {sheet!r}: the name of a sheet, or its number from 0 to {len(names) - 1}")
        return [book.sheets[sheet]], []
    hidden = [LeftOut(one.name, "", "", "hidden sheet") for one in book.sheets if one.hidden]
    return [one for one in book.sheets if not one.hidden], hidden


def _candidates(
    book: Workbook, infos: list[Any], index: Index, layout: Layout | None
) -> tuple[list[Any], list[LeftOut]]:
    found, left = [], []
    for info in infos:
        sheet = book.read(info)
        form = find_form(sheet) if layout != "rows" else None
        header = find_header(sheet, index) if layout != "form" and form is None else None
        if form is not None or header is not None:
            found.append((sheet, form or header))
        else:
            left.append((info.name, "empty sheet" if not sheet.cells else "no fact's name in a header"))
    return found, [LeftOut(name, "", "", why) for name, why in left]


def _chosen(
    book: Workbook, found: list[Any], left: list[LeftOut], asked: bool
) -> tuple[Sheet, HeaderRows | FormHeader]:
    if len(found) > 1:
        names = ", ".join(repr(sheet.name) for sheet, _ in found)
        raise failure(Status.CONFLICT, book.path, f"several sheets have such a table: sheet= says which of {names}")
    if found:
        chosen: tuple[Sheet, HeaderRows | FormHeader] = found[0]
        return chosen
    if left and all(one.why in ("empty sheet", "hidden sheet") for one in left):
        what = "the sheet is empty" if asked or len(left) == 1 else "all visible sheets are empty"
        raise failure(Status.SHAPE, book.path, f"{what}: is it the file that was filled in?")
    names = ", ".join(repr(one.sheet) for one in left if one.why != "hidden sheet")
    raise failure(
        Status.NOT_FOUND,
        book.path,
        f"no header with names of facts in {names}: columns are found by the names in law.facts, "
        'or by headers={"header": "fact"}; is it the table of this set?',
    )


def read_template(
    source: Source,
    law: CriteriaSet | str,
    *,
    sheet: str | int | None = None,
    layout: Layout | None = None,
    period: str | None = None,
    unit: str | None = None,
    headers: Mapping[str, str | None] | None = None,
    units: Mapping[str, str] | None = None,
    locale: Locale = "vi",
    unknown: Literal["error", "ignore"] = "error",
    yes: Sequence[str] = YES,
    no: Sequence[str] = NO,
    not_reported: Sequence[str] = NOT_REPORTED,
    not_applicable: Sequence[str] = NOT_APPLICABLE,
) -> Reported:
    """Reads a template that was filled in, or a table that other people made.

    Columns are found by the names of facts (Vietnamese, English, id), whatever the case, the tone placement and the
    punctuation, over headers of several rows with merged cells; a unit of measure in the header is compared with the
    fact's and converted exactly. A blank cell is not reported, never 0. See docs/excel.md.

    Args:
        source: a path, or an open binary file.
        law: the set whose facts are read, or the id of a shipped one.
        sheet: a sheet by name or number (from 0); None: the one visible sheet that has such a table.
        layout: "rows" (one row a unit) or "form" (one line a fact); None: as it looks.
        period: the month that the sheet has to be of, "2020-02"; checked where the sheet says one.
        unit: the header of the column of units; of a form, the unit itself.
        headers: what headers stand for: ``{"Số hộ nghèo": "poor-households", "Tỷ lệ": None}``; None leaves a
            column out, "holds:..." is a status.
        units: the unit of measure of a column where its header does not say it, or says it in other words:
            ``{"population": "người"}``.
        locale: how numbers in text are written.
        unknown: columns that nobody knows are an error, or are left out (``.left_out`` lists them).
        yes, no: words of flags.
        not_reported, not_applicable: words of cells without a value.

    Raises:
        UnsupportedError: a password, an .xls, .xlsb or .ods file.
        TextError: no workbook, a damaged one, text that is no number, flag or day.
        FileError: the file cannot be opened, because another program has it open, for instance.
        LimitError: a file that unpacks to more than any table of units.
        NotFoundError: an unknown column (with the nearest names), no table at all, no such sheet.
        ShapeError: an empty sheet, no column of units, merged cells among figures, a date among numbers.
        ConflictError: a unit twice, two columns of one fact, several sheets with a table, another period.
        UnitError: a unit of measure that is not the fact's; both are named.
        BadValueError: a formula without a value, #N/A and the like, a level that the set does not have.
    """
    for name, value, words in (
        ("layout", layout or "rows", ("rows", "form")),
        ("unknown", unknown, ("error", "ignore")),
    ):
        choice(name, value, words)
    locale_code(locale)
    law = law_of(law)
    index = _index(law, headers or {}, units or {}, None if layout == "form" else unit)
    said = Words(locale, tuple(yes), tuple(no), tuple(not_reported), tuple(not_applicable))
    book = Workbook(Package(source))
    infos, hidden = _asked_sheets(book, sheet)
    found, left = _candidates(book, infos, index, layout)
    data, header = _chosen(book, found, hidden + left, sheet is not None)
    return _read(book, data, header, _How(index, said, units or {}, unknown, unit, period), [*hidden, *left])


class _How(NamedTuple):
    """How a sheet is read."""

    names: Index
    words: Words
    units: Mapping[str, str]
    unknown: str
    unit: str | None
    period: str | None


def _read(book: Workbook, data: Sheet, header: HeaderRows | FormHeader, how: _How, passed: list[LeftOut]) -> Reported:
    """Reads the sheet that was chosen.

    Raises:
        NtmError: all that is wrong with it, together.
    """
    complaints = Complaints(book.path, data.name)
    if isinstance(header, FormHeader):
        kind: Layout = "form"
        top = header.row
        form = FormReader(data, header, how.names, how.words, how.units, complaints, how.unknown, how.unit)
        table = form.read()
    else:
        kind, top = "rows", header.top
        table = RowsReader(data, header, how.names, how.words, how.units, complaints, how.unknown).read()
    there = _period_of(data, top)
    if how.period is not None and there is not None and there != text_of("the period", how.period):
        complaints.add(Status.CONFLICT, f"the sheet is of {there}, and {how.period} was asked for")
    complaints.raise_any()
    if not table.units:
        what = f'no row of a unit below the header of "{data.name}": is it the file that was filled in?'
        raise failure(Status.SHAPE, book.path, what)
    return Reported(book.path, kind, table, there or how.period, [*passed, *_titles(data, top), *table.left_out])


def _titles(sheet: Sheet, above: int) -> list[LeftOut]:
    """The lines above the table."""
    rows: dict[int, list[str]] = {}
    for row, column in sorted(sheet.cells):
        if row < above and sheet.text(row, column):
            rows.setdefault(row, []).append(sheet.text(row, column))
    return [LeftOut(sheet.name, f"{row}:{row}", " | ".join(texts)[:200], "title") for row, texts in rows.items()]
