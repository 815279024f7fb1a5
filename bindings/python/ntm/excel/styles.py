# SPDX-License-Identifier: Apache-2.0
"""How workbooks look, and how anything becomes a cell: text is never a formula, numbers keep their digits."""

from __future__ import annotations

import datetime
import importlib
import io
import os
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Sequence

from ..errors import Status
from ..explanation import Verdict
from ..number import format_number, is_out_of_reach
from ..whole_files import write_whole
from .package import lock_file, refused
from .places import failure

WHOLE_FORMAT = "[$-42A]#,##0"
"""What Excel shows as #.##0 where numbers are Vietnamese: in a file the code is always written with the comma."""
MONEY_FORMAT = "[$-42A]#,##0"
DATE_FORMAT = "dd/mm/yyyy"

MET_FILL, NOT_MET_FILL, HEAD_FILL, GROUP_FILL = "9ECAE1", "F4A259", "1F3B57", "E8EEF4"

WORDS = {
    "vi": {Verdict.MET: "Đạt", Verdict.NOT_MET: "Chưa đạt", Verdict.OPEN: "Chưa có số liệu"},
    "en": {Verdict.MET: "Met", Verdict.NOT_MET: "Not met", Verdict.OPEN: "Open"},
}

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TEXT_MAX = 32_767
_DIGITS_MAX = 15
_RISKY = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def openpyxl_module(name: str = "openpyxl") -> Any:
    """A module of openpyxl, which only writing needs.

    Raises:
        ImportError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ImportError('writing workbooks needs openpyxl: pip install openpyxl', name="openpyxl") from None


def put_text(cell: Any, text: str) -> None:
    """Writes text as text, whatever it begins with, without the signs that a workbook cannot hold."""
    clean = _FORBIDDEN.sub("\ufffd", text)
    if len(clean) > _TEXT_MAX:
        clean = clean[: _TEXT_MAX - 1] + "…"
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(_RISKY):
        cell.quotePrefix = True


def put(cell: Any, value: Any, format: str | None = None) -> None:
    """Writes a value: text, a flag, a day, a number.

    A number with more than the 15 digits that Excel keeps is written as text, with all of them; a fraction that no
    decimal holds as the nearest number.
    """
    if value is None:
        return
    if isinstance(value, bool):
        put_text(cell, "Có" if value else "Không")
    elif isinstance(value, (int, Decimal)) and _digits(value) > _DIGITS_MAX:
        long = isinstance(value, Decimal) and is_out_of_reach(value)
        fits = not long and -(2**63) <= Decimal(value).scaleb(-min(0, _exponent(value))) < 2**63
        put_text(cell, format_number(value, locale="vi") if fits else str(value))
    elif isinstance(value, (int, Decimal)):
        cell.value = value
        cell.number_format = format or (WHOLE_FORMAT if value == int(value) else "General")
    elif isinstance(value, Fraction):
        cell.value = float(value)
        cell.number_format = format or "0.00"
    elif isinstance(value, datetime.date):
        cell.value = value
        cell.number_format = DATE_FORMAT
    elif isinstance(value, float):
        cell.value = value
    else:
        put_text(cell, str(value))


def _exponent(value: int | Decimal) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _digits(value: int | Decimal) -> int:
    number = Decimal(value)
    if not number.is_finite():
        return _DIGITS_MAX + 1
    digits = number.as_tuple().digits
    while len(digits) > 1 and digits[-1] == 0:
        digits = digits[:-1]
    return len(digits)


class Look:
    """The styles of one workbook."""

    def __init__(self, book: Any) -> None:
        self._styles = openpyxl_module("openpyxl.styles")
        side = self._styles.Side(style="thin", color="9AA5B1")
        self.border = self._styles.Border(left=side, right=side, top=side, bottom=side)
        self._book = book
        self.names = {
            "title": self._named("ntm title", bold=True, size=14, wrap=False),
            "head": self._named("ntm head", bold=True, color="FFFFFF", fill=HEAD_FILL, border=True, centre=True),
            "group": self._named("ntm group", bold=True, fill=GROUP_FILL, border=True, centre=True),
            "note": self._named("ntm note", italic=True, wrap=False),
            "text": self._named("ntm text", border=True),
            "text left": self._named("ntm text left", border=True, align="left"),
            "number": self._named("ntm number", border=True, wrap=False),
            "input": self._named("ntm input", border=True, locked=False),
            Verdict.MET: self._named("ntm met", fill=MET_FILL, border=True, centre=True),
            Verdict.NOT_MET: self._named("ntm not met", fill=NOT_MET_FILL, border=True, centre=True, bold=True),
            Verdict.OPEN: self._named("ntm open", hatch=True, border=True, centre=True, italic=True),
        }

    def _named(
        self,
        name: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 11,
        color: str | None = None,
        fill: str | None = None,
        hatch: bool = False,
        border: bool = False,
        centre: bool = False,
        align: str | None = None,
        wrap: bool = True,
        locked: bool = True,
    ) -> str:
        styles = self._styles
        made = styles.NamedStyle(name=name)
        made.font = styles.Font(name="Arial", bold=bold, italic=italic, size=size, color=color)
        made.alignment = styles.Alignment(
            horizontal="center" if centre else align, vertical="center" if centre else "top", wrap_text=wrap
        )
        made.protection = styles.Protection(locked=locked)
        if fill is not None:
            made.fill = styles.PatternFill("solid", start_color=fill)
        if hatch:
            made.fill = styles.PatternFill("lightUp", start_color="8A8A8A", end_color="FFFFFF")
        if border:
            made.border = self.border
        self._book.add_named_style(made)
        return name

    def write(
        self, sheet: Any, row: int, column: int, value: Any, style: Any = "text", format: str | None = None
    ) -> Any:
        """Writes a cell in a style of :attr:`names`."""
        cell = sheet.cell(row=row, column=column)
        cell.style = self.names[style]
        put(cell, value, format)
        return cell

    def head(self, sheet: Any, row: int, texts: Sequence[str], style: str = "head") -> None:
        """Writes a row of headers."""
        for column, text in enumerate(texts, start=1):
            self.write(sheet, row, column, text, style)

    def frame(self, sheet: Any, top: int, left: int, bottom: int, right: int, style: Any) -> None:
        """Merges cells that a value stands in already, with a border all around."""
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    sheet.cell(row=row, column=column).style = self.names[style]
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def print_on_a4(sheet: Any, header_rows: tuple[int, int] | None, columns: str | None = None) -> None:
    """A4 landscape, as wide as one page, the header on every page, page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl_module("openpyxl.worksheet.properties").PageSetupProperties(
        fitToPage=True
    )
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "&P/&N"
    if header_rows is not None:
        sheet.print_title_rows = f"${header_rows[0]}:${header_rows[1]}"
    if columns is not None:  # with "$": a place that is relative is no title for LibreOffice
        first, _, last = columns.partition(":")
        sheet.print_title_cols = f"${first}:${last}"


def sheet_title(text: str) -> str:
    """A name that a sheet can have.

    >>> sheet_title("Xã/phường: [2020]")
    'Xã phường 2020'
    """
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", _FORBIDDEN.sub(" ", text)).split()).strip("'")[:31] or "Sheet"


def save(book: Any, path: str | os.PathLike[str]) -> None:
    """Writes a workbook in one step: whoever reads the path meanwhile sees the old file or the new one.

    Raises:
        FileError: it cannot be written, or another program has it open.
    """
    target = os.fspath(path)
    if not isinstance(target, str):
        raise TypeError("the path of a workbook has to be text")
    owner = lock_file(target)
    if owner is not None:
        what = f"open in another program ({owner}): close it there, or write under another name"
        raise failure(Status.IO, target, f"{what}; if nobody has it open, that file was left behind: delete it")
    contents = io.BytesIO()
    book.save(contents)
    try:
        write_whole(target, contents.getvalue())
    except OSError as error:
        raise _not_written(target, error) from None


def _not_written(target: str, error: OSError) -> Exception:
    if isinstance(error, PermissionError):
        what = (
            "cannot be written: another program (Excel?) has it open, or you may not write there; "
            "close it there, or take another name"
        )
        return failure(Status.IO, target, what)
    if isinstance(error, FileNotFoundError):
        return failure(Status.IO, target, "there is no such folder to write to")
    made: Exception = refused(target, error)
    return made
