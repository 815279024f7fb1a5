# SPDX-License-Identifier: Apache-2.0
"""Facts read from a file: a mapping of columns with its units, as :func:`ntm.evaluate` takes it."""

from __future__ import annotations

import csv
import io
import os
from typing import Any, Collection, Iterator, Mapping, Sequence

from . import core
from .columns import Column
from .criteria import CriteriaSet
from .errors import ArgumentError, BadValueError, ConflictError, FileError, NotFoundError, Problem, ShapeError, Status
from .exports import Frame, Rows, text_column, value_column
from .handles import TextOrPath, as_bytes
from .laws import law_of
from .number import Locale, decimal_of, locale_code, name_equal, text_of
from .parts import Fact, FactKind
from .tables import UnitRows, check_once, choice, not_found

_TEXT, _FLAG, _NUMBER, _DATE = 2, 3, 4, 6
_BYTES, _INT32 = 2, 5
_DIGITS = 6
"""Digits behind the mark that a number in a file may have."""

_Raw = tuple[str, int, int, bytes, "bytes | None", "bytes | None", "list[str] | None"]
_Field = tuple[str, int, int, int, str, str, "str | None", "str | None"]


class FactTable(Rows, UnitRows):
    """Columns of facts and axes by id, one row a unit: what :func:`read_csv` gives.

    A mapping, so that ``ntm.evaluate(table, law, ...)`` takes it as it is, with its units. As a data frame it has
    the columns ``unit`` (where there are units), those kept as text, and one a fact or axis; what is not applicable is
    missing there too.
    """

    def __init__(
        self,
        columns: Mapping[str, Any],
        units: Sequence[str] | None,
        texts: Mapping[str, Sequence[str | None]] | None = None,
        comment: str = "",
    ) -> None:
        self._columns = dict(columns)
        self.units = None if units is None else list(units)
        """The unit of each row; None when the file names none."""
        self.texts = {name: list(values) for name, values in (texts or {}).items()}
        """Other columns that were asked for (``keep=``): text, None where there is none."""
        self.comment = comment
        """What the lines say that stand before the header, without their "#"."""

    @property
    def row_units(self) -> Sequence[str] | None:
        """The unit of each row, as :func:`ntm.evaluate` takes them when it is given none."""
        return self.units

    def keys(self) -> tuple[str, ...]:
        """The ids of the facts and axes that there are columns of."""
        return tuple(self._columns)

    def __getitem__(self, name: str) -> Any:
        """A column: an :class:`ntm.Column`, or a list of text.

        Raises:
            NotFoundError: there is no such column.
        """
        if name not in self._columns:
            raise NotFoundError(not_found("column", text_of("a column's name", name), self._columns))
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        """How many rows."""
        if self.units is not None:
            return len(self.units)
        first: Any = next(iter(self._columns.values()), ())
        return len(first.values if isinstance(first, Column) else first)

    def _frame(self) -> Frame:
        made = [] if self.units is None else [text_column("unit", self.units)]
        made += [text_column(name, values) for name, values in self.texts.items()]
        return Frame([*made, *(value_column(name, _values_of(one)) for name, one in self._columns.items())])

    def __repr__(self) -> str:
        return f"<ntm.FactTable of {len(self)} rows, {len(self._columns)} facts and axes>"


def _values_of(column: Any) -> list[Any]:
    """One value a row as Python has them: int, Decimal, bool, text or a day; None where nothing is reported."""
    if not isinstance(column, Column):
        return list(column)
    made: list[Any] = column.values.tolist()
    if column.scale:
        made = [decimal_of(one, column.scale) for one in made]
    for mask in (column.not_reported, column.not_applicable):
        if mask is not None:
            made = [None if gone else one for one, gone in zip(made, mask.tolist())]
    return made


def _header_of(contents: bytes, name: str, separator: str) -> list[str]:
    """The header: the first line that is no comment."""
    try:
        text = contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = contents.count(b"\n", 0, error.start) + 1
        what = "not UTF-8: save the file as CSV UTF-8"
        raise ShapeError(Problem(Status.SHAPE, what, name, line=line)) from None
    lines = io.StringIO(text, newline="")
    for line_text in lines:
        if not line_text.startswith("#"):
            rest = line_text + lines.read()
            return next(csv.reader(io.StringIO(rest, newline=""), delimiter=separator), [])
    raise ShapeError(Problem(Status.SHAPE, "no header: the file is empty, or holds comments only", name))


def _base(column: str) -> str:
    """The fact behind a column of bounds or of one member: "trained[female]:least" is of "trained"."""
    return column.removesuffix(":least").removesuffix(":most").partition("[")[0]


def _matched(header: str, columns: Mapping[str, str], law: CriteriaSet, facts: Mapping[str, Fact]) -> str | None:
    """The fact or axis that a header means: by the caller's word, its id, or its name in either language."""
    if header in columns:
        return columns[header]
    plain = header.strip()
    if plain.startswith("holds:") or _base(plain) in facts or any(axis.id == plain for axis in law.axes):
        return plain
    names = [*((fact.id, fact.name) for fact in law.facts), *((axis.id, axis.name) for axis in law.axes)]
    named = [id for id, both in names if any(one is not None and name_equal(one, plain) for one in (both.vi, both.en))]
    return named[0] if len(named) == 1 else None


def _field_of(
    header: str, column: str, facts: Mapping[str, Fact], locale: int, words: tuple[str, str, str | None, str | None]
) -> _Field:
    """How the cells of a column are read, by what sort of fact it holds."""
    fact = facts.get(_base(column))
    if column.startswith("holds:") or (fact is not None and fact.kind is FactKind.FLAG):
        return (header, _FLAG, locale, 0, *words)
    if fact is None or fact.kind is FactKind.LEVEL:
        return (header, _TEXT, locale, 0, *words)
    if fact.kind is FactKind.DATE:
        return (header, _DATE, locale, 0, *words)
    return (header, _NUMBER, locale, 0 if fact.kind is FactKind.COUNT else _DIGITS, *words)


def _made(raw: _Raw, rows: int, is_date: bool) -> Any:
    """A column of the core as one of Python: text as a list, everything else an :class:`ntm.Column`."""
    import numpy as np

    _, type_, scale, data, validity, away, categories = raw

    def bits(of: bytes) -> Any:
        return np.unpackbits(np.frombuffer(of, np.uint8), count=rows, bitorder="little").astype(bool)

    missing = np.zeros(rows, bool) if validity is None else ~bits(validity)
    not_applicable = None if away is None else bits(away)
    if not_applicable is not None:
        missing &= ~not_applicable
    if categories is not None:
        texts = np.array([*categories, None], dtype=object)[np.where(missing, -1, np.frombuffer(data, np.int32))]
        return Column(texts, not_applicable=not_applicable)
    if type_ == _BYTES:
        return Column(np.frombuffer(data, np.bool_), not_reported=missing, not_applicable=not_applicable)
    numbers = np.frombuffer(data, np.int32 if type_ == _INT32 else np.int64)
    if is_date:
        numbers = numbers.astype("M8[D]")
    return Column(numbers, scale, not_reported=missing, not_applicable=not_applicable)


def _units_of(values: Sequence[Any], header: str, name: str) -> list[str]:
    """The units of the rows: each has a name, no two the same."""
    known: dict[str, int] = {}
    for row, value in enumerate(values):
        if value is None or not value.strip():
            raise BadValueError(Problem(Status.VALUE, f"a unit without a name in column {header!r}", name, row))
        if known.setdefault(value, row) != row:
            raise ConflictError(Problem(Status.CONFLICT, f"{value!r} is row {known[value]} already", name, row))
    return list(known)


class _Plan:
    """Which columns of a file are read as what."""

    def __init__(self, name: str, header: Sequence[str], law: CriteriaSet, columns: Mapping[str, str],
                 unit: str | None, keep: Collection[str]) -> None:
        self.facts = {fact.id: fact for fact in law.facts}
        check_once(header)
        for wanted in (*columns, *keep, *(() if unit is None else (unit,))):
            if wanted not in header:
                problem = not_found("column", wanted, header)
                raise NotFoundError(Problem(problem.status, f"{problem.message}: the header of {name}", wanted))
        apart = {*keep, *(() if unit is None else (unit,))}
        self.of: dict[str, str] = {}
        self.strange: list[str] = []
        for one in header:
            column = _matched(one, columns, law, self.facts)
            if column is not None and (one not in apart or one in columns):
                self.of[one] = column
            elif one not in apart:
                self.strange.append(one)
        check_once(self.of.values())
        self.texts = [one for one in header if one in apart and one not in self.of]
        """Columns that are kept as text."""

    def strange_error(self, law: CriteriaSet) -> NotFoundError:
        """What to say of headers that mean nothing to the law."""
        hint = "; keep= keeps columns as text, unknown='ignore' leaves them out"
        known = [*self.facts, *(axis.id for axis in law.axes)]
        problems = [not_found("fact or axis", one, known) for one in self.strange]
        problems = [Problem(one.status, one.message + hint, one.subject) for one in problems]
        return NotFoundError(problems[0], problems)

    def fields(self, locale: int, words: tuple[str, str, str | None, str | None]) -> list[_Field]:
        """How each column is read: first those of facts and axes, then text."""
        made = [_field_of(one, column, self.facts, locale, words) for one, column in self.of.items()]
        return made + [(one, _TEXT, locale, 0, "1", "0", None, None) for one in self.texts]


def _contents_of(source: TextOrPath) -> tuple[str, bytes]:
    """What errors call the source, and what is in it."""
    path, contents = as_bytes(source)
    if path is None:
        return "text", contents or b""
    name = os.fsdecode(path)
    try:
        with open(path, "rb") as file:
            return name, file.read()
    except OSError as error:
        raise FileError(Problem(Status.IO, error.strerror or str(error), name)) from error


def read_csv(
    source: TextOrPath,
    law: CriteriaSet | str,
    *,
    unit: str | None = "code",
    locale: Locale = "plain",
    columns: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    unknown: str = "error",
    yes: str = "1",
    no: str = "0",
    not_reported: str | None = None,
    not_applicable: str | None = None,
    separator: str = ",",
) -> FactTable:
    """Reads a table of facts from a CSV file, each column as the law's fact asks: numbers exactly, never as floats.

    Lines that start with "#" before the header are a comment. An empty cell is "not reported".

    Args:
        source: a file, or CSV (text with a newline, or bytes), in UTF-8.
        law: a set (or the id of a shipped one), whose facts and axes the headers name, by id, or by their name in
            Vietnamese or English.
        unit: the header of the column of units; None: there is none.
        locale: how numbers are written: "vi" reads 1.799 as one thousand seven hundred and ninety-nine.
        columns: other headers, and which fact or axis each means.
        keep: headers of other columns to keep as text, in ``.texts``.
        unknown: "error" or "ignore": headers that mean nothing to the law.
        yes, no: how flags are written.
        not_reported: a text that means "not reported", besides the empty cell.
        not_applicable: a text that means "not applicable".

    Raises:
        FileError: the file cannot be read.
        TextError: a cell that cannot be read; ``.problems`` has all of them, each with line and column.
        NotFoundError: a header that means nothing to the law, or that was asked for and is not there.
        ConflictError: two columns of one fact, two rows of one unit.
        BadValueError: a row without a unit.
        ShapeError: no header, or not UTF-8.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> table = ntm.read_csv("code,Dân số,insured-people\\n18103,2.000,1.699\\n", law, locale="vi",
    ...                      columns={"Dân số": "population"})
    >>> ntm.evaluate(table, law, on="2020-02-25", region="BTB").indicator("15.1").tolist()
    [2]
    """
    choice("unknown", unknown, ("error", "ignore"))
    law = law_of(law)
    if len(text_of("separator", separator)) != 1 or not separator.isascii():
        raise ArgumentError(f"separator {separator!r}: one character, like ',' or ';'")
    name, contents = _contents_of(source)
    plan = _Plan(name, _header_of(contents, name, separator), law, dict(columns or {}), unit, keep)
    if plan.strange and unknown == "error":
        raise plan.strange_error(law)
    words = (text_of("yes", yes), text_of("no", no), not_reported, not_applicable)
    fields = plan.fields(locale_code(locale), words)
    comment, rows, raw = core.csv_columns(contents, name, separator, tuple(fields))
    made = {column: _made(one, rows, field[1] == _DATE) for one, field, column in zip(raw, fields, plan.of.values())}
    kept = {one[0]: _made(one, rows, False).values.tolist() for one in raw[len(plan.of):]}
    if unit is not None and unit in plan.of:
        kept[unit] = made[plan.of[unit]].values.tolist()
    units = None if unit is None else _units_of(kept[unit], unit, name)
    return FactTable(made, units, {one: kept[one] for one in keep}, comment)
