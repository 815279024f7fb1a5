# SPDX-License-Identifier: Apache-2.0
"""Cells of a sheet as they are stored: values, formulas, formats, what is merged and hidden.

Empty cells are passed over.
Both the formula and the value that Excel kept of it are seen in one pass, and what is typed keeps all its digits.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Union

from ..errors import Status
from .package import Package
from .places import Span, cell_place, failure

CELLS_MAX = 2_000_000
MERGES_MAX = 100_000
ROWS_MAX, COLUMNS_MAX = 1_048_576, 16_384

Content = Union[str, Decimal, bool, datetime.datetime]

_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILT_IN = {9: "0%", 10: "0.00%"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = 15  # what Excel keeps of a number, and all that it ever shows


class Cell(NamedTuple):
    """A cell that is not empty."""

    content: Content | None
    """Text, a number, a boolean, a point of time; None: a formula without a value."""
    format: str
    """Its number format, as stored."""
    formula: bool
    """Whether a formula stands in it."""
    error: str | None = None
    """"#N/A" and the like."""


@dataclass
class Sheet:
    """What stands in a sheet."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, without blanks around it and line breaks; "" when there is none."""
        cell = self.cells.get((row, column))
        return text_of_cell(cell)


def text_of_cell(cell: Cell | None) -> str:
    """What a reader sees in a cell, near enough to compare words."""
    if cell is None or cell.content is None:
        return cell.error or "" if cell is not None else ""
    if isinstance(cell.content, Decimal):
        return format(cell.content.normalize(), "f")
    if isinstance(cell.content, datetime.datetime):
        return cell.content.date().isoformat()
    if isinstance(cell.content, bool):
        return "TRUE" if cell.content else "FALSE"
    return " ".join(cell.content.split())


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_date_format(code: str) -> bool:
    """Whether a number format shows a point of time.

    >>> is_date_format('dd/mm/yyyy'), is_date_format('[$-42A]#,##0'), is_date_format('0.00 "day"')
    (True, False, False)
    """
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', "", code.split(";")[0], flags=re.IGNORECASE)
    return "general" not in bare.lower() and bool(re.search(r"[dmyhs]", bare, re.IGNORECASE))


def is_percent_format(code: str) -> bool:
    """Whether a number format shows hundredths.

    >>> is_percent_format("0.00%"), is_percent_format('0.0"%"')
    (True, False)
    """
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


class SheetInfo(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


class Workbook:
    """An .xlsx workbook: its list of sheets; a sheet is read when it is asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.path = package.path
        self._since_1904 = False
        self.sheets = self._list()
        self._formats = self._read_formats()
        self._texts: list[str] | None = None

    def _list(self) -> list[SheetInfo]:
        found: list[tuple[str, str, bool]] = []
        targets: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            kind = _local(name)
            if kind == "sheet":
                id = next((value for key, value in attributes.items() if ":" in key and _local(key) == "id"), "")
                found.append((attributes.get("name", ""), id, attributes.get("state", "visible") != "visible"))
            elif kind == "workbookPr":
                self._since_1904 = attributes.get("date1904", "0") in ("1", "true")
            elif kind == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        self._package.parse("xl/workbook.xml", start)
        if "xl/_rels/workbook.xml.rels" in self._package:
            self._package.parse("xl/_rels/workbook.xml.rels", start)
        made = []
        for name, id, hidden in found:
            target = targets.get(id, "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            if part in self._package and "chartsheet" not in part:
                made.append(SheetInfo(name, part, hidden))
        return made

    def _read_formats(self) -> list[tuple[str, bool]]:
        """(format, whether it shows a point of time) by the number of the style."""
        codes: dict[int, str] = dict(_BUILT_IN)
        ids: list[int] = []
        inside = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            kind = _local(name)
            if kind == "numFmt":
                codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
            elif kind == "cellXfs":
                inside = True
            elif kind == "xf" and inside:
                ids.append(int(attributes.get("numFmtId", "0")))

        def end(name: str) -> None:
            nonlocal inside
            inside = inside and _local(name) != "cellXfs"

        if "xl/styles.xml" in self._package:
            self._package.parse("xl/styles.xml", start, end)
        return [
            (codes.get(id, ""), id in _DATES or (id not in _BUILT_IN and is_date_format(codes.get(id, ""))))
            for id in ids
        ]

    def _shared(self) -> list[str]:
        if self._texts is None:
            self._texts = self._read_texts() if "xl/sharedStrings.xml" in self._package else []
        return self._texts

    def _read_texts(self) -> list[str]:
        texts: list[str] = []
        pieces: list[str] = []
        state = {"t": False, "phonetic": 0}

        def start(name: str, attributes: dict[str, str]) -> None:
            kind = _local(name)
            if kind == "si":
                pieces.clear()
            elif kind == "rPh":
                state["phonetic"] += 1
            elif kind == "t" and not state["phonetic"]:
                state["t"] = True

        def end(name: str) -> None:
            kind = _local(name)
            if kind == "si":
                texts.append(_unescaped("".join(pieces)))
            elif kind == "rPh":
                state["phonetic"] -= 1
            elif kind == "t":
                state["t"] = False

        def text(data: str) -> None:
            if state["t"]:
                pieces.append(data)

        self._package.parse("xl/sharedStrings.xml", start, end, text)
        return texts

    def read(self, info: SheetInfo) -> Sheet:
        """Reads a sheet.

        Raises:
            TextError: it is damaged.
            LimitError: more cells than a table of units can have.
        """
        reader = _SheetReader(self.path, info.name, self._shared(), self._formats, self._since_1904)
        self._package.parse(info.part, reader.start, reader.end, reader.text)
        return reader.sheet


class _SheetReader:
    """Handlers for the XML of a sheet."""

    def __init__(
        self, path: str, name: str, shared: list[str], formats: list[tuple[str, bool]], since_1904: bool
    ) -> None:
        self.sheet = Sheet(name)
        self._path = path
        self._shared = shared
        self._formats = formats
        self._epoch = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)
        self._row, self._column = 0, 0
        self._ref = ""  # the name of the cell, looked into only if there is something in it
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._listening = False
        self._formula = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _local(name)
        if kind == "c":
            ref = attributes.get("r", "")
            if not ref:  # beside the cell before it
                self._resolve()
                self._column += 1
            self._ref = ref
            self._attributes, self._formula = attributes, False
            self._pieces.clear()
        elif kind == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._column, self._ref = 0, ""
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self._row)
        elif kind == "v" or (kind == "t" and not self._phonetic):
            self._listening = True
        elif kind == "f":
            self._formula = True
        elif kind == "rPh":
            self._phonetic += 1
        elif kind == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif kind == "col" and attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_columns.append((int(attributes.get("min", "0")), int(attributes.get("max", "0"))))

    def end(self, name: str) -> None:
        kind = _local(name)
        if kind == "c":
            self._keep()
        elif kind in ("v", "t"):
            self._listening = False
        elif kind == "rPh":
            self._phonetic -= 1

    def text(self, data: str) -> None:
        if self._listening:
            self._pieces.append(data)

    def _resolve(self) -> None:
        place = cell_place(self._ref)
        if place is not None:
            self._row, self._column = place
        elif self._ref:
            self._column += 1
        self._ref = ""

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        a, b = cell_place(first), cell_place(last or first)
        if a and b:
            self.sheet.merges.append(Span(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
        if len(self.sheet.merges) > MERGES_MAX:
            raise failure(Status.LIMIT, self._path, f"more than {MERGES_MAX} merged cells")

    def _keep(self) -> None:
        raw = "".join(self._pieces)
        if not raw and not self._formula:
            return
        self._resolve()
        cells = self.sheet.cells
        if len(cells) >= CELLS_MAX:
            raise failure(
                Status.LIMIT, self._path, f"more than {CELLS_MAX} filled cells in {self.sheet.name!r}: split it"
            )
        if not (0 < self._row <= ROWS_MAX and 0 < self._column <= COLUMNS_MAX):
            raise self._damaged()
        style = self._attributes.get("s", "0")
        at = int(style) if style.isdigit() else 0
        code, is_date = self._formats[at] if at < len(self._formats) else ("", False)
        kind = self._attributes.get("t", "n")
        if kind == "e":
            cell = Cell(None, code, self._formula, raw or "#VALUE!")
        elif self._formula and not raw and kind != "str":
            cell = Cell(None, code, True)
        else:
            content = self._content(kind, raw, is_date)
            if content == "" and not self._formula:
                return
            cell = Cell(content, code, self._formula)
        cells[self._row, self._column] = cell

    def _content(self, kind: str, raw: str, is_date: bool) -> Content:
        try:
            if kind == "s":
                return self._shared[int(raw)]
            if kind in ("str", "inlineStr"):
                return _unescaped(raw)
            if kind == "b":
                return raw.strip() in ("1", "true")
            if kind == "d":
                return datetime.datetime.fromisoformat(raw.replace("Z", ""))
            number = Decimal(raw)
            if not number.is_finite() or (number and abs(number.adjusted()) > 400):  # no double is
                raise self._damaged()
            return self._time(number) if is_date else _as_shown(number)
        except (ValueError, IndexError, InvalidOperation, OverflowError) as error:
            if type(error) not in (ValueError, IndexError, InvalidOperation, OverflowError):
                raise
            raise self._damaged() from None

    def _time(self, serial: Decimal) -> Content:
        if not 0 <= serial < 2_958_466:
            return _as_shown(serial)
        return self._epoch + datetime.timedelta(seconds=round(float(serial) * 86400))

    def _damaged(self) -> Exception:
        place = f"row {self._row}, column {self._column}"
        return failure(
            Status.SYNTAX,
            self._path,
            f"the sheet {self.sheet.name!r} is damaged at {place}: open it in Excel and " "save it again",
        )


def _as_shown(number: Decimal) -> Decimal:
    """A stored number with the 15 digits that Excel works with; whole numbers keep all of theirs."""
    digits = number.as_tuple().digits
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or len(digits) <= _DIGITS or exponent >= 0:
        return number
    shown = Decimal(f"{number:.{_DIGITS - 1}e}")
    return shown.normalize() if shown else Decimal(0)
