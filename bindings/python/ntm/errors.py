# SPDX-License-Identifier: Apache-2.0
"""What can go wrong: one exception class per status of the library.

All of them are :class:`NtmError`, and each is also the built-in that a Python programmer would expect, so that
``except KeyError`` or ``except ValueError`` work as usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Sequence


class Status(IntEnum):
    """The library's statuses. A number keeps its meaning for ever."""

    OK = 0
    ARGUMENT = 1
    MEMORY = 2
    LIMIT = 3
    OVERFLOW = 4
    SYNTAX = 5
    SCHEMA = 6
    UNIT = 7
    VALUE = 8
    SHAPE = 9
    NOT_FOUND = 10
    NOT_IN_FORCE = 11
    CONFLICT = 12
    IO = 13
    UNSUPPORTED = 14


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input."""

    status: Status
    """The family of the problem."""
    message: str
    """One line of English."""
    subject: str = ""
    """The file, path, fact or column concerned; empty when there is none."""
    row: int | None = None
    """Row of the table, from 0."""
    line: int | None = None
    """Line of the file, from 1."""
    column: int | None = None
    """Column (in characters) of the line, from 1."""

    @property
    def path(self) -> str | None:
        """The file, or the path inside of a set; None when it is neither. See :attr:`NtmError.path`."""
        name, mark, _ = self.subject.partition(": ")
        if mark:
            return name
        in_file = self.line is not None or self.status is Status.IO
        return self.subject if self.subject and (in_file or "/" in self.subject and self.row is None) else None

    def __str__(self) -> str:
        place = self.subject
        if self.line is not None:
            file, mark, inside = place.partition(": ")
            place = f"{file}:{self.line}" + (f":{self.column}" if self.column is not None else "") + mark + inside
        if self.row is not None:
            place += f"{', ' if place else ''}row {self.row}"
        return f"{place}: {self.message}" if place else self.message


class NtmError(Exception):
    """Base of all errors of the library.

    Attributes:
        problem: the first problem, with everything known about it.
        problems: all problems of the input that were kept (at most 100), the first included.
        problem_count: how many problems there were, kept or not.
        unit: the unit (commune ...) of the row, when the caller named its units.

    >>> try:
    ...     ntm.parse_number("12.34", locale="vi")
    ... except ntm.NtmError as error:
    ...     error.status.name, isinstance(error, ValueError)
    ('SYNTAX', True)
    """

    def __init__(self, problem: Problem | str, problems: Sequence[Problem] = (), problem_count: int = 0) -> None:
        if isinstance(problem, str):
            problem = Problem(_STATUS_OF.get(type(self), Status.ARGUMENT), problem)
        self.problem = problem
        self.problems = tuple(problems) or (problem,)
        self.problem_count = max(problem_count, len(self.problems))
        self.unit: str | None = None
        super().__init__(str(problem))

    @property
    def status(self) -> Status:
        """The status that the library returned."""
        return self.problem.status

    @property
    def code(self) -> int:
        """The status as a plain number."""
        return int(self.problem.status)

    @property
    def subject(self) -> str:
        """The file, path, fact or column concerned; empty when there is none."""
        return self.problem.subject

    @property
    def path(self) -> str | None:
        """The file that is wrong, or the path inside of a set ("criteria/17/rule"); None when it is neither.

        A file is known by what it is called: the path given, or "text" for bytes and texts. What ``subject`` says beyond
        it ("plan.csv: amount" is a column of a file) is left out.
        """
        return self.problem.path

    @property
    def message(self) -> str:
        """One line of English, without the place."""
        return self.problem.message

    @property
    def row(self) -> int | None:
        """Row of the table, from 0; None when there is none."""
        return self.problem.row

    @property
    def line(self) -> int | None:
        """Line of the file, from 1; None when there is none."""
        return self.problem.line

    @property
    def column(self) -> int | None:
        """Column (in characters) of the line, from 1; None when there is none."""
        return self.problem.column

    def __str__(self) -> str:
        text = str(self.problem)
        if self.unit is not None:
            text += f" (unit {self.unit})"
        more = self.problem_count - 1
        return text + (f" (and {more} more problem{'s' if more > 1 else ''}, see .problems)" if more > 0 else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problem, self.problems, self.problem_count), {"unit": self.unit}


class ArgumentError(NtmError, ValueError):
    """The call itself is wrong."""


class OutOfMemoryError(NtmError, MemoryError):
    """There is no memory left."""


class LimitError(NtmError, ValueError):
    """Input larger or deeper than the library takes."""


class ExactOverflowError(NtmError, OverflowError):
    """An exact result does not fit the integers that carry it."""


class TextError(NtmError, ValueError):
    """Text that cannot be read: YAML, CSV, a number, a date."""


class SchemaError(NtmError, ValueError):
    """Text that can be read and breaks a rule of the set format."""


class UnitError(NtmError, ValueError):
    """Quantities of different units compared or added."""


class BadValueError(NtmError, ValueError):
    """A value that cannot be: NaN, infinity, a share of 140 %, a part above its whole."""


class ShapeError(NtmError, ValueError, TypeError):
    """Columns of different length, a column missing or of the wrong type."""


class NotFoundError(NtmError, KeyError):
    """No such set, fact, indicator, unit."""

    __str__ = NtmError.__str__  # KeyError would print the message in quotes


class NotInForceError(NtmError, LookupError):
    """The law asked for is not in force on the date."""


class ConflictError(NtmError, ValueError):
    """Two things claim the same place."""


class FileError(NtmError, OSError):
    """The operating system refused to read or write."""

    __str__ = NtmError.__str__


class UnsupportedError(NtmError, NotImplementedError):
    """Understood, and not something this version does."""


CLASS_OF: dict[Status, type[NtmError]] = {
    Status.ARGUMENT: ArgumentError,
    Status.MEMORY: OutOfMemoryError,
    Status.LIMIT: LimitError,
    Status.OVERFLOW: ExactOverflowError,
    Status.SYNTAX: TextError,
    Status.SCHEMA: SchemaError,
    Status.UNIT: UnitError,
    Status.VALUE: BadValueError,
    Status.SHAPE: ShapeError,
    Status.NOT_FOUND: NotFoundError,
    Status.NOT_IN_FORCE: NotInForceError,
    Status.CONFLICT: ConflictError,
    Status.IO: FileError,
    Status.UNSUPPORTED: UnsupportedError,
}
"""The exception class of every status but ``OK``."""

_STATUS_OF: dict[type[NtmError], Status] = {kind: status for status, kind in CLASS_OF.items()}

_CoreProblem = tuple[int, "int | None", int, int, str, str]


def problem_of(core: _CoreProblem) -> Problem:
    """A problem, from what the core says."""
    status, row, line, column, subject, message = core
    return Problem(Status(status), message, subject, row, line or None, column or None)


def _from_core(first: _CoreProblem, problems: Sequence[_CoreProblem], found: int) -> NtmError:
    """The exception of a failed call; called by the core."""
    problem = problem_of(first)
    return CLASS_OF[problem.status](problem, [problem_of(one) for one in problems], found)
