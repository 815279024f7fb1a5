# SPDX-License-Identifier: Apache-2.0
"""Finds the header of a table with one row a unit, over several rows and merged cells, by what columns are called."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import Status
from ..spelling import is_one_of
from .cells import Sheet
from .names import WHOLE, Index, is_unit, split_unit, without_number
from .places import Complaints, Span

ROWS_LOOKED_AT = 60
DEPTH_MAX = 6
_ORDINAL = re.compile(r"^\(?\s*(\d{1,3}|[A-ZĐa-zđ])\s*\)?(\s*=.*)?$")


class Header(NamedTuple):
    """A column and what it is called."""

    column: int
    """In the sheet, from 1."""
    row: int
    """Where the lowest part of its name stands."""
    text: str
    """All parts of its name, from top to bottom."""
    target: str | None
    """What it stands for, as :meth:`Index.find` says it; None: nobody knows."""
    unit: str | None
    """The unit that it says."""


class HeaderRows(NamedTuple):
    """The header of a table."""

    top: int
    bottom: int
    columns: tuple[Header, ...]
    score: int

    @property
    def facts(self) -> list[Header]:
        """Columns of facts."""
        return [one for one in self.columns if one.target is not None and one.target.startswith("slot ")]

    def of(self, target: str) -> list[Header]:
        """The columns that stand for something."""
        return [one for one in self.columns if one.target == target]


class Region:
    """Cells of a sheet with what merged cells show everywhere they reach."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        for span in sheet.merges:
            if span.top <= ROWS_LOOKED_AT * 20:
                for row in range(span.top, min(span.bottom, span.top + DEPTH_MAX * 4) + 1):
                    for column in range(span.left, min(span.right, span.left + 2000) + 1):
                        self._anchors.setdefault((row, column), (span.top, span.left))

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that a place shows."""
        return self._anchors.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """The text that a place shows."""
        return self.sheet.text(*self.anchor(row, column))


def _matches(index: Index, parts: list[str]) -> tuple[str | None, str | None]:
    """(what a column is, its unit) by the parts of its name, the whole path before its end alone."""
    told = [split_unit(part) for part in parts]
    unit = next((unit for _, unit in reversed(told) if unit is not None), None)
    bare = [text for text, _ in told]
    for first in range(len(parts)):
        tries = (
            (" ".join(parts[first:]), None),
            (" ".join(bare[first:]), unit),
            (" ".join([*parts[first:-1], bare[-1]]), told[-1][1]),
        )
        for text, its_unit in tries:
            for name in dict.fromkeys((text, without_number(text))):
                found = index.find(name)
                if found is not None:
                    above = next((one for _, one in reversed(told[:first]) if one is not None and is_unit(one)), None)
                    return found, its_unit if its_unit is not None else above
    if len(parts) > 1 and is_one_of(bare[-1], WHOLE):
        found, its_unit = _matches(index, parts[:-1])
        return found, told[-1][1] or its_unit
    if len(parts) > 1 and is_unit(parts[-1]):
        found, its_unit = _matches(index, parts[:-1])
        return found, parts[-1].strip("()[] ") if found else its_unit
    return None, unit


def _columns(region: Region, index: Index, top: int, bottom: int, columns: list[int]) -> tuple[Header, ...]:
    made = []
    for column in columns:
        parts: list[str] = []
        places: list[tuple[int, int]] = []
        for row in range(top, bottom + 1):
            anchor = region.anchor(row, column)
            text = region.sheet.text(*anchor) if anchor[0] >= top else ""
            if text and anchor not in places:
                parts.append(text[:300])
                places.append(anchor)
        if parts:
            target, unit = _matches(index, parts)
            made.append(Header(column, places[-1][0], " / ".join(parts), target, unit))
    return tuple(made)


def _score(columns: tuple[Header, ...]) -> int:
    found = {one.target for one in columns if one.target is not None}
    facts = sum(one.startswith("slot ") for one in found)
    return 10 * facts + 3 * ("code" in found) + 2 * ("name" in found) + ("nothing" in found) if facts else 0


def find_header(sheet: Sheet, index: Index) -> HeaderRows | None:
    """The rows whose columns name the most facts; of equal ones the fewest rows. None: no fact is named anywhere."""
    region = Region(sheet)
    rows = sorted({row for row, _ in sheet.cells})[:ROWS_LOOKED_AT]
    by_row: dict[int, list[int]] = {row: [] for row in rows}
    last = rows[-1] if rows else 0
    for (row, column), cell in sheet.cells.items():
        if row <= last and isinstance(cell.content, str):
            by_row[row].append(column)
    best: HeaderRows | None = None
    for bottom in rows:
        for top in range(bottom, max(0, bottom - DEPTH_MAX), -1):
            if not by_row.get(top):
                continue
            columns = _reach(region, top, bottom, by_row)
            made = _columns(region, index, top, bottom, columns)
            score = _score(made)
            if score and (best is None or score > best.score):
                best = HeaderRows(top, bottom, made, score)
    return best


def _reach(region: Region, top: int, bottom: int, by_row: dict[int, list[int]]) -> list[int]:
    """The columns with a text in some rows, those that merged cells reach included."""
    columns = {column for row in range(top, bottom + 1) for column in by_row.get(row, ())}
    for span in region.sheet.merges:
        if top <= span.top <= bottom and (span.top, span.left) in region.sheet.cells:
            columns.update(range(span.left, min(span.right, span.left + 2000) + 1))
    return sorted(columns)


def is_row_of_units(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether all that stands in a row below a header are units of measure."""
    texts = [sheet.text(row, column) for column in columns]
    texts = [one for one in texts if one]
    return bool(texts) and all(is_unit(one) for one in texts)


def is_row_of_numbers(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether a row numbers the columns: A, B, 1, 2, 3 or (1), (2), (3)."""
    texts = [sheet.text(row, column) for column in columns]
    texts = [one for one in texts if one]
    if len(texts) < 3 or len(texts) * 2 < len(columns):
        return False
    found = [_ORDINAL.match(one) for one in texts]
    marks = [one[1].upper() for one in found if one is not None]
    letters = [one for one in marks if not one.isdigit()]
    numbers = [int(one) for one in marks[len(letters) :] if one.isdigit()]
    if len(letters) + len(numbers) != len(texts) or letters != list("ABCDEFG"[: len(letters)]) or len(numbers) < 2:
        return False
    return numbers[0] in (1, len(letters) + 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def complain_of_columns(header: HeaderRows, index: Index, complaints: Complaints, unknown: str) -> None:
    """Notes columns that nobody knows, and two columns of one thing."""
    seen: dict[str, Header] = {}
    for one in header.columns:
        at = (one.row, one.column)
        if one.target is None:
            if unknown == "error":
                near = index.near(one.text.rpartition(" / ")[2]) or index.near(one.text)
                hint = f"did you mean {' or '.join(near)}? " if near else ""
                complaints.add(
                    Status.NOT_FOUND,
                    f'"{one.text}" is the name of no fact; {hint}headers={{{one.text!r}: "id"}} says '
                    "what it is, None leaves it out, unknown='ignore' all such columns",
                    at,
                )
        elif one.target != "nothing" and one.target in seen:
            other = Span(seen[one.target].row, seen[one.target].column, seen[one.target].row, seen[one.target].column)
            complaints.add(
                Status.CONFLICT,
                f'"{one.text}" and {other} are both {one.target.partition(" ")[2] or one.target}: '
                f"headers={{{one.text!r}: None}} leaves one out",
                at,
            )
        else:
            seen[one.target] = one
