# SPDX-License-Identifier: Apache-2.0
"""The budget classification (mục lục ngân sách nhà nước): codes checked by the rules in force on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, Sequence

from . import core
from .columns import Prepared, length_of, prepare, reported
from .days import date_number, date_of
from .errors import ArgumentError, Problem, ShapeError, Status
from .exports import Frame, Rows, enum_column, int_column, text_column, word_column
from .frames import as_days, as_text, core_table, enum_of, texts_of
from .handles import Held, TextOrPath, as_bytes, no_pickle
from .number import text_of, whole_number
from .tables import choice, columns_of, only

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_KINDS = ("chapter", "category", "class", "item", "subitem", "programme", "source", "level")
_CODES = ("chapter", "category", "class", "item", "subitem", "programme_code", "source_code", "budget_level")


class CodeVerdict(IntEnum):
    """What was found of a code."""

    GOOD = 0
    """There is such a code on the day."""
    OPEN = 1
    """No rule that was read tells."""
    BAD_DIGITS = 2
    """Not digits alone."""
    BAD_LENGTH = 3
    """Too long or too short."""
    OUT_OF_RANGE = 4
    """In no range of codes."""
    BAD_SHAPE = 5
    """In a range, with a last digit that it cannot have."""
    ENDED = 6
    """It was a code until ``until``."""
    NOT_YET = 7
    """It is a code from ``since`` on."""
    NO_PARENT = 8
    """A part of nothing."""
    OTHER_PARENT = 9
    """A part of another code than the one beside it."""
    OTHER_LEVEL = 10
    """The chapter is of another level of government."""
    IS_A_SUM = 11
    """A programme's own code, where entries go on its parts."""
    CENTRAL_NEEDED = 12
    """Local money in a central programme without a code of that programme."""


class Government(IntEnum):
    """A level of government."""

    CENTRAL = 1
    PROVINCIAL = 2
    OF_DISTRICT = 3
    OF_COMMUNE = 4
    LOCAL = 5
    """Any of the last three."""


class RuleStanding(IntEnum):
    """How a rule is known."""

    SEEN = 1
    """Read in the named source."""
    INFERRED = 2
    """Reasoned from what was read."""
    UNREAD = 3
    """There are such codes, and nobody has read which."""


@dataclass(frozen=True)
class CodeFinding:
    """One code and what was found of it. ``str()`` is one line with the reason and the act; true if the code is good."""

    kind: str
    """What the code is one of: "chapter", "category", "class", "item", "subitem", "programme", "source", "level"."""
    code: str
    """The code; empty where one is missing."""
    verdict: CodeVerdict
    """What was found."""
    standing: RuleStanding | None
    """How that is known: the weakest of the rules it rests on; None: there is none."""
    level: Government | None
    """The level of government that the code stands for."""
    digits: int
    """Digits that such a code has on the day; 0: no rule tells."""
    since: datetime.date | None
    """The rule's first day."""
    until: datetime.date | None
    """The first day on which it no longer holds."""
    expected: str | None
    """The code to take in its place, where the rules name one."""
    parent: str | None
    """The code that it is a part of, where the rules tell."""
    label: str | None
    """A name from the file."""
    act: str | None
    """The legal act of the rule."""
    source: str | None
    """Where it was read."""
    rule: int | None
    """The rule's row in the file, from 0."""
    text: str
    """One line of English: the code, what was found, what was expected, the act."""
    row: int | None = None
    """The row of the table, from 0."""

    def __str__(self) -> str:
        return self.text if self.row is None else f"row {self.row}: {self.text}"

    def __bool__(self) -> bool:
        return self.verdict is CodeVerdict.GOOD


@dataclass(frozen=True)
class BudgetProgramme:
    """A programme as the caller declares it: codes of programmes are not shipped.

    >>> ntm.BudgetProgramme("ntm", "0490", has_parts=True).step
    0
    """

    id: str
    """What the entries call it."""
    code: str
    """Its own code; the codes of its parts follow it."""
    step: int = 0
    """Codes of its block, its own included; 0: as the rules say for its level."""
    level: Government | str | None = None
    """CENTRAL ("central") or LOCAL ("local"); None: as the rules say of its code."""
    has_parts: bool = False
    """It has sub-programmes: entries go on their codes, and its own is their sum."""
    valid_from: datetime.date | str | None = None
    """Its first day; None: ever."""
    valid_to: datetime.date | str | None = None
    """The first day on which it no longer holds; None: none."""


def _finding(it: Any, row: int | None = None) -> CodeFinding:
    kind, verdict, standing, level, digits, since, until, code, expected, parent, label, act, source, rule, text = it
    return CodeFinding(
        kind=_KINDS[kind - 1],
        code=code,
        verdict=CodeVerdict(verdict),
        standing=RuleStanding(standing) if standing else None,
        level=Government(level) if level else None,
        digits=digits,
        since=date_of(since),
        until=date_of(until),
        expected=expected or None,
        parent=parent or None,
        label=label,
        act=act,
        source=source,
        rule=rule,
        text=text,
        row=row,
    )


def _day(day: datetime.date | str | None) -> int:
    return core.DATE_NONE if day is None else date_number(day)


def programme_parts(
    programmes: Sequence[BudgetProgramme],
) -> tuple[tuple[str, str, int, int, bool, int, int], ...]:
    """Programmes as the core takes them."""
    made = []
    for one in programmes:
        if not isinstance(one, BudgetProgramme):
            raise TypeError(f"programmes have to be ntm.BudgetProgramme, not {type(one).__name__}")
        step = whole_number("step", one.step)
        if not 0 <= step <= 1_000_000:
            raise ArgumentError(f"step is {step}: from 0 to 1,000,000")
        level = 0 if one.level is None else int(enum_of("level", Government, one.level))
        days = _day(one.valid_from), _day(one.valid_to)
        made.append((text_of("id", one.id), text_of("code", one.code), step, level, bool(one.has_parts), *days))
    return tuple(made)


class CodesCheck(Rows):
    """What the check of a table came to, made by :meth:`Classification.check_table`. good + bad + open = rows.

    As a data frame the findings that were kept: ``row``, ``kind``, ``code``, ``verdict``, ``expected``, ``act``, ``text``.
    """

    def __init__(self, made: Any) -> None:
        self.rows: int = made[0]
        self.good: int = made[1]
        self.bad: int = made[2]
        self.open: int = made[3]
        self.undeclared: int = made[4]
        self.findings: list[CodeFinding] = [_finding(one, row) for row, one in made[8]]
        self._counts: list[int] = made[5]
        self._bits: tuple[bytes, bytes] = (made[6], made[7])

    @property
    def by_verdict(self) -> dict[CodeVerdict, int]:
        """How many findings there are of each verdict, kept or not; those that there are none of are left out."""
        return {CodeVerdict(verdict): count for verdict, count in enumerate(self._counts) if count}

    @property
    def bad_rows(self) -> npt.NDArray[np.bool_]:
        """Which rows have something bad: one boolean a row."""
        return self._rows_of(0)

    @property
    def open_rows(self) -> npt.NDArray[np.bool_]:
        """Which rows have something open and nothing bad: one boolean a row."""
        return self._rows_of(1)

    def _rows_of(self, which: int) -> npt.NDArray[np.bool_]:
        import numpy as np

        bits = np.frombuffer(self._bits[which], np.uint8)
        return np.unpackbits(bits, count=self.rows, bitorder="little").astype(bool)

    def _frame(self) -> Frame:
        kept = self.findings
        made = [int_column("row", [one.row for one in kept]), word_column("kind", [one.kind for one in kept])]
        made += [text_column("code", [one.code for one in kept]), enum_column("verdict", [one.verdict for one in kept])]
        made.append(text_column("expected", [one.expected for one in kept]))
        return Frame([*made, word_column("act", [one.act for one in kept]), text_column("text", [one.text for one in kept])])

    def __bool__(self) -> bool:
        """Whether no row is bad."""
        return self.bad == 0

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.CodesCheck of {self.rows} rows: {self.good} good, {self.bad} bad, {self.open} open>"


class Classification(Held[core.Classification]):
    """A budget classification: rules of codes, one a row of a file. Frozen, usable by several threads.

    Args:
        source: a CSV file, or CSV (text with a newline, or bytes), as docs/classification.md describes it; None: the
            one that is shipped, which holds what was read of circulars 324/2016/TT-BTC and 130/2025/TT-BTC.

    Raises:
        FileError: the file cannot be read.
        NtmError: what is no classification; all problems with their rows.

    >>> codes = ntm.Classification()
    >>> found = codes.check("chapter", "754", on="2026-02-01")
    >>> found.verdict, found.until, found.expected
    (<CodeVerdict.ENDED: 6>, datetime.date(2026, 1, 1), '854')
    >>> codes.check("class", "283", on="2025-06-30").parent
    '280'
    """

    _what, _again = "classification", "make it again from its file"

    def __init__(self, source: TextOrPath | None = None) -> None:
        if source is None:
            self._handle = core.classification_shipped()
            return
        path, contents = as_bytes(source)
        if path is not None:
            self._handle = core.classification_open(path)
        else:
            self._handle = core.classification_read(contents or b"", "text")

    def check(self, kind: str, code: str, *, on: datetime.date | str) -> CodeFinding:
        """What the rules say of one code on a day. A code is text with its leading zeros.

        Args:
            kind: "chapter", "category", "class", "item", "subitem", "programme", "source" or "level".
            code: "612".
            on: the day of the entry.

        Raises:
            ArgumentError: no such kind.
            TypeError: a number in place of a code.
        """
        choice("kind", kind, _KINDS)
        text = text_of("code", code)
        return _finding(core.classification_check(self._core, _KINDS.index(kind) + 1, text, date_number(on)))

    def check_entry(
        self,
        *,
        on: datetime.date | str,
        programmes: Sequence[BudgetProgramme] = (),
        local_sources: Sequence[str] | str = (),
        seen_only: bool = False,
        **codes: str | None,
    ) -> list[CodeFinding]:
        """What is not good of the codes of one entry, each by itself and those that belong together.

        Args:
            on: the day of the entry.
            programmes: what the caller declares.
            local_sources: ids of sources that are local money.
            seen_only: what rests on an inferred rule is open.
            codes: chapter, category, class_code, item, subitem, programme_code, source_code and budget_level as text;
                programme and source are ids. None and "" are absent.

        Raises:
            ArgumentError: another name.
            BadValueError, ConflictError: as :meth:`check_table`.

        >>> codes = ntm.Classification()
        >>> [str(one.verdict.name) for one in codes.check_entry(on="2024-05-01", category="250", class_code="283")]
        ['OTHER_PARENT']
        """
        names = ("chapter", "category", "class_code", *_CODES[3:], "programme", "source")
        for name in codes:
            choice("code", name, names)
        texts = tuple(None if codes.get(name) is None else text_of(name, codes[name]) for name in names)
        asked = programme_parts(programmes), texts_of("local_sources", local_sources), bool(seen_only)
        return [_finding(one) for one in core.classification_entry(self._core, texts, date_number(on), *asked)]

    def check_table(
        self,
        data: Any,
        *,
        on: datetime.date | str | None = None,
        programmes: Sequence[BudgetProgramme] = (),
        local_sources: Sequence[str] | str = (),
        seen_only: bool = False,
        limit: int = 1000,
    ) -> CodesCheck:
        """Checks the codes of a table of entries.

        Args:
            data: a mapping of columns, a data frame of pandas or polars, or an Arrow record batch. Of its columns
                chapter, category, class, item, subitem, programme_code, source_code and budget_level hold codes: text,
                or whole numbers, which have lost their leading zeros and stand for the code of the kind's length (10
                for "0010"). programme and source hold ids, date dates or text like "2020-02-25". Any may be absent,
                others are not looked at.
            on: the day of rows that have none; without it they are open.
            programmes: what the caller declares.
            local_sources: ids of sources that are local money.
            seen_only: what rests on an inferred rule is open.
            limit: so many findings are kept; the counts and the rows are complete all the same.

        Raises:
            ShapeError: numbers with a mark in place of codes (read the column as text).
            TextError: a date that is none.
            BadValueError: a programme whose code is none on its days.
            ConflictError: two programmes of one id, or of one block, on one day.

        >>> codes = ntm.Classification()
        >>> checked = codes.check_table({"chapter": ["412", "612"], "item": [6000, 6001]}, on="2026-02-01")
        >>> checked.bad_rows.tolist(), [(one.row, one.verdict.name) for one in checked.findings]
        ([False, True], [(1, 'ENDED'), (1, 'BAD_SHAPE')])
        """
        table = _table(data)
        most = whole_number("limit", limit)
        if most < 0:
            raise ArgumentError(f"limit is {most}: not below 0")
        asked = programme_parts(programmes), texts_of("local_sources", local_sources), bool(seen_only)
        return CodesCheck(core.classification_table(self._core, table, _day(on), *asked, most))

    def __len__(self) -> int:
        """How many rules there are."""
        return core.classification_rule_count(self._core)

    def __repr__(self) -> str:
        return "<ntm.Classification, closed>" if self._handle is None else f"<ntm.Classification of {len(self)} rules>"


def _codes_column(name: str, column: Prepared) -> Prepared:
    """Text, or whole numbers as they are: the core puts their zeros back."""
    if column.data.dtype.kind == "i" and not column.scale and not column.is_dates and reported(column).any():
        return column
    return as_text(name, column)


def _table(data: Any) -> core.Table:
    """A table of the columns that are known."""
    columns = columns_of(data)
    names = [name for name in (*_CODES, "date", "programme", "source") if name in columns.keys()]
    only(columns, names or columns.keys())
    lengths = [length_of(columns[name]) for name in columns.keys()]
    rows = next((length for length in lengths if length is not None), 1 if names else 0)
    prepared: dict[str, Prepared] = {}
    for name in names:
        column = prepare(name, columns[name], rows)
        if len(column.data) != rows:
            raise ShapeError(Problem(Status.SHAPE, f"{len(column.data)} rows, expected {rows}", name))
        if name == "date":
            prepared[name] = as_days(name, column)
        elif name in _CODES:
            prepared[name] = _codes_column(name, column)
        else:
            prepared[name] = as_text(name, column)
    return core_table(rows, prepared, "error")
