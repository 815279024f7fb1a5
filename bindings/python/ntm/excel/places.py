# SPDX-License-Identifier: Apache-2.0
"""Where something stands in a workbook, and all that is wrong with it, told together."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from ..errors import CLASS_OF, NtmError, Problem, Status

PROBLEMS_MAX = 100


class Span(NamedTuple):
    """A rectangle of cells, rows and columns from 1, all included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


class LeftOut(NamedTuple):
    """Something of a workbook that was not read, or that a reader should look at."""

    sheet: str
    """The sheet."""
    place: str
    """A cell ("D12"), a row ("12:12"), a column ("D:D"); "" is the whole sheet."""
    text: str
    """What stands there."""
    why: str
    """"total", "note", "heading", "not a fact", "unknown", "hidden" ..."""


def column_name(column: int) -> str:
    """The letters of a column, from 1.

    >>> column_name(1), column_name(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell.

    >>> cell_name(12, 4)
    'D12'
    """
    return f"{column_name(column)}{row}"


def cell_place(name: str) -> tuple[int, int] | None:
    """(row, column) of a cell's name; None for anything else.

    >>> cell_place("$D$12")
    (12, 4)
    """
    text = name.replace("$", "").upper()
    digits = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = text[: len(text) - len(digits)]
    if not 0 < len(letters) <= 3 or not digits.isascii() or not digits.isdigit() or len(digits) > 7:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def failure(status: Status, path: str, message: str) -> NtmError:
    """The exception of a status about a whole file."""
    return CLASS_OF[status](Problem(status, message, path))


class Complaints:
    """All problems of one sheet, raised together."""

    def __init__(self, path: str, sheet: str) -> None:
        self.path = path
        self.sheet = sheet
        self.kept: list[Problem] = []
        self.found = 0

    def add(self, status: Status, message: str, at: tuple[int, int] | None = None, row: int | None = None) -> None:
        """Notes a problem; `at` is (sheet row, column), `row` the row of the table that is read, from 0."""
        self.found += 1
        if len(self.kept) < PROBLEMS_MAX:
            place = f'sheet "{self.sheet}"' + (f", cell {cell_name(*at)}" if at else "")
            self.kept.append(Problem(status, f"{place}: {message}", self.path, row, at[0] if at else None))

    def raise_any(self) -> None:
        """Raises what was noted, if anything was: the class is the first problem's."""
        if self.kept:
            self._raise()

    def _raise(self) -> NoReturn:
        raise CLASS_OF[self.kept[0].status](self.kept[0], self.kept, self.found)
