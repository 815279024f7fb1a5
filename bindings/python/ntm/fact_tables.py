# SPDX-License-Identifier: Apache-2.0
"""Facts read from a file: a mapping of columns with its units, as :func:`ntm.evaluate` takes it."""

from __future__ import annotations

from typing import Any, Collection, Iterable, Iterator, Mapping, Sequence

from . import core
from .columns import Column
from .criteria import CriteriaSet
from .csv_files import DATE, DIGITS, FLAG, NUMBER, TEXT, Field, contents_of, header_of, made_column, values_of, whole_column
from .errors import ArgumentError, BadValueError, ConflictError, NotFoundError, Problem, Status
from .exports import Frame, Rows, text_column, value_column
from .handles import TextOrPath
from .known_columns import KnownColumns
from .laws import law_of
from .number import Locale, locale_code, name_equal, text_of
from .parts import FactKind
from .spelling import is_total
from .tables import UnitRows, check_once, choice, not_found

_HOLDS = "holds:"


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
        """What the lines say that stand before the header, without their "#" and the blanks around."""

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

    def take(self, units: Iterable[str]) -> FactTable:
        """The rows of some units, in their order.

        Raises:
            ArgumentError: the file names no units.
            NotFoundError: a unit that has no row; all are listed.

        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> table = ntm.read_csv("code,population\\n18103,2000\\n18106,3000\\n18109,\\n", law)
        >>> table.take(["18109", "18103"]).to_pandas().values.tolist()
        [['18109', <NA>], ['18103', 2000]]
        """
        import numpy as np

        if self.units is None:
            raise ArgumentError("the rows have no units: read the file with unit=")
        place = {unit: row for row, unit in enumerate(self.units)}
        wanted = [text_of("a unit", one) for one in units]
        problems = [not_found("unit", one, place) for one in wanted if one not in place]
        if problems:
            raise NotFoundError(problems[0], problems)
        rows = np.array([place[one] for one in wanted], np.intp)
        columns = {name: _taken(column, rows) for name, column in self._columns.items()}
        texts = {name: [values[row] for row in rows.tolist()] for name, values in self.texts.items()}
        return FactTable(columns, wanted, texts, self.comment)

    def _frame(self) -> Frame:
        made = [] if self.units is None else [text_column("unit", self.units)]
        made += [text_column(name, values) for name, values in self.texts.items()]
        return Frame([*made, *(value_column(name, values_of(one)) for name, one in self._columns.items())])

    def __reduce__(self) -> tuple[Any, ...]:  # type: ignore[override]  # these rows can be pickled
        return FactTable, (self._columns, self.units, self.texts, self.comment)

    def __repr__(self) -> str:
        return f"<ntm.FactTable of {len(self)} rows, {len(self._columns)} facts and axes>"


def _taken(column: Any, rows: Any) -> Column:
    """Some rows of a column."""
    column = whole_column(column)
    masks = [None if mask is None else mask[rows] for mask in (column.not_reported, column.not_applicable)]
    return Column(column.values[rows], column.scale, *masks)


def _statuses_of(law: CriteriaSet) -> frozenset[str]:
    """The columns ``holds:S`` that the set's rules look at."""
    plan = core.plan_new(law._core, 0, True, (), 0, ())  # which columns are looked at does not depend on the day
    return frozenset(name for name in core.plan_inputs(plan) if name.startswith(_HOLDS))


def _matched(
    header: str, columns: Mapping[str, str], law: CriteriaSet, statuses: Collection[str]
) -> str | None:
    """The fact or axis that a header means: by the caller's word, its id, or its name in either language."""
    if header in columns:
        return columns[header]
    plain = header.strip()
    if _HOLDS + plain in statuses and plain not in law._columns.ids:
        return _HOLDS + plain
    known = law._columns
    if plain.startswith(_HOLDS) or known.fact_of(plain) is not None or plain in known.axes:
        return plain
    names = [*((fact.id, fact.name) for fact in law.facts), *((axis.id, axis.name) for axis in law.axes)]
    named = [id for id, both in names if any(one is not None and name_equal(one, plain) for one in (both.vi, both.en))]
    return named[0] if len(named) == 1 else None


def _field_of(
    header: str, column: str, known: KnownColumns, locale: int, words: tuple[str, str, str | None, str | None]
) -> Field:
    """How the cells of a column are read, by what sort of fact it holds."""
    fact = known.fact_of(column)
    if column.startswith(_HOLDS) or (fact is not None and fact.kind is FactKind.FLAG):
        return (header, FLAG, locale, 0, *words)
    if fact is None or fact.kind is FactKind.LEVEL:
        return (header, TEXT, locale, 0, *words)
    if fact.kind is FactKind.DATE:
        return (header, DATE, locale, 0, *words)
    return (header, NUMBER, locale, 0 if fact.kind is FactKind.COUNT else DIGITS, *words)


def _units_of(values: Sequence[Any], header: str, name: str) -> list[str]:
    """The units of the rows: each has a name, no two the same."""
    known: dict[str, int] = {}
    for row, value in enumerate(values):
        if value is None or not value.strip():
            raise BadValueError(Problem(Status.VALUE, f"a unit without a name in column {header!r}", name, row))
        if not value.isdigit() and is_total(value):
            raise BadValueError(Problem(Status.VALUE, f"{value!r} is a total and no unit: take the row out", name, row))
        if known.setdefault(value, row) != row:
            raise ConflictError(Problem(Status.CONFLICT, f"{value!r} is row {known[value]} already", name, row))
    return list(known)


def _shown(header: Sequence[str]) -> str:
    """The first headers, for a message."""
    return ", ".join(repr(one[:60]) for one in header[:8]) + (", ..." if len(header) > 8 else "")


def _hint(header: Sequence[str], is_unit: bool) -> str:
    """What to do when a column is not there."""
    mark = next((one for one in (";", "\t", ",") if one in header[0]), None) if len(header) == 1 else None
    if mark is not None:
        return f"; separator={mark!r} if that is what stands between columns"
    return "; unit= names the column of units (None: there is none)" if is_unit else ""


class _Plan:
    """Which columns of a file are read as what."""

    def __init__(self, name: str, header: Sequence[str], law: CriteriaSet, columns: Mapping[str, str],
                 unit: str | None, keep: Collection[str]) -> None:
        self.known = law._columns
        check_once(header)
        for wanted in (*columns, *keep, *(() if unit is None else (unit,))):
            if wanted not in header:
                problem = not_found("column", wanted, header)
                told = f"{problem.message}: the header of {name} is {_shown(header)}{_hint(header, wanted == unit)}"
                raise NotFoundError(Problem(problem.status, told, wanted))
        apart = {*keep, *(() if unit is None else (unit,))}
        self.of: dict[str, str] = {}
        self.strange: list[str] = []
        statuses = _statuses_of(law)
        for one in header:
            column = _matched(one, columns, law, statuses)
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
        known = [*self.known.ids, *(axis.id for axis in law.axes)]
        problems = [not_found("fact or axis", one, known) for one in self.strange]
        problems = [Problem(one.status, one.message + hint, one.subject) for one in problems]
        return NotFoundError(problems[0], problems)

    def fields(self, locale: int, words: tuple[str, str, str | None, str | None]) -> list[Field]:
        """How each column is read: first those of facts and axes, then text."""
        made = [_field_of(one, column, self.known, locale, words) for one, column in self.of.items()]
        return made + [(one, TEXT, locale, 0, "1", "0", None, None) for one in self.texts]


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
        law: a set (or the id of a shipped one), whose facts and axes the headers name, by id, or by their name in Vietnamese
            or English; also the ids of other sets and standards that its rules ask a unit to hold
            ("commune-health-standard", read as ``holds:...``).
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
        BadValueError: a row without a unit, or of a total ("Tổng cộng").
        ShapeError: no header, or not UTF-8.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> table = ntm.read_csv("code,Dân số,insured-people\\n18103,2.000,1.699\\n", law, locale="vi",
    ...                      columns={"Dân số": "population"})
    >>> ntm.evaluate(table, law, on="2020-02-25", region="BTB").indicator("15.1").tolist()
    [2]
    """
    choice("unknown", unknown, ("error", "ignore"))
    law = law_of(law)
    name, contents = contents_of(source)
    plan = _Plan(name, header_of(contents, name, separator), law, dict(columns or {}), unit, keep)
    if plan.strange and unknown == "error":
        raise plan.strange_error(law)
    words = (text_of("yes", yes), text_of("no", no), not_reported, not_applicable)
    fields = plan.fields(locale_code(locale), words)
    comment, rows, raw = core.csv_columns(contents, name, separator, tuple(fields))
    made = {column: made_column(one, rows, field[1] == DATE) for one, field, column in zip(raw, fields, plan.of.values())}
    kept = {one[0]: made_column(one, rows, False).values.tolist() for one in raw[len(plan.of):]}
    if unit is not None and unit in plan.of:
        kept[unit] = made[plan.of[unit]].values.tolist()
    units = None if unit is None else _units_of(kept[unit], unit, name)
    told = "\n".join(line.strip() for line in comment.split("\n"))
    return FactTable(made, units, {one: kept[one] for one in keep}, told)
