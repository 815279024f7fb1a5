# SPDX-License-Identifier: Apache-2.0
"""Long tables, one row a unit and fact (and period), as wide ones that can be evaluated."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any, Iterator, Literal, Mapping, NamedTuple, NoReturn, Sequence

from .columns import Column, Nan, Prepared, is_missing, length_of, prepare
from .criteria import CriteriaSet
from .days import date_number, day_of
from .errors import (
    ArgumentError,
    BadValueError,
    ConflictError,
    ExactOverflowError,
    NotFoundError,
    NtmError,
    Problem,
    ShapeError,
    Status,
)
from .exports import Frame, Rows, value_column
from .frames import as_text, text_at, texts_of
from .handles import no_pickle
from .laws import law_of
from .number import Locale, format_number, name_equal, text_of
from .observations import Observations, ObservedView
from .parts import Fact, FactKind
from .row_slices import by_columns, listed, plain
from .tables import choice, not_found
from .what_ifs import _kinds

_DAY = "2000-01-01"
"""Of a table without times: observations need a period and a day, and here all have the same."""

_PREFIXES = {"holds": FactKind.FLAG, "figure": FactKind.AMOUNT, "children": FactKind.COUNT}
"""Columns of rules that are no facts; "past:", "parent:" and "average:" are of the sort of the fact they end in."""


class Wide(Rows, Mapping[str, Any]):
    """A long table as a wide one, made by :func:`from_long`: a mapping of columns that :func:`ntm.evaluate` takes.

    One row a unit, or a unit and period: first all units in the first period, then all in the second. Its columns are that of
    the units, that of the periods if there is one, those carried over, and one a fact. Frozen.
    """

    def __init__(self, view: ObservedView, columns: dict[str, Any], repeat: int) -> None:
        self._view = view
        self._columns = columns
        self.units: tuple[str, ...] = view.units * repeat
        """The unit of each row."""
        self.facts: tuple[str, ...] = view.facts
        """The facts, in the order of the table's texts."""

    def __getitem__(self, name: str) -> Any:
        if name not in self._columns:
            raise NotFoundError(not_found("column", text_of("a column", name), self._columns))
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def source(self, fact: str, unit: str, period: str | None = None) -> int | None:
        """The row of the long table that a value comes from; None when none does.

        Args:
            period: needed where there are several.

        Raises:
            NotFoundError: no such fact, unit or period.
        """
        return self._view.source(fact, unit, period)

    def _frame(self) -> Frame:
        facts = {column.name: column for column in self._view._frame().columns}
        made = []
        for name, values in self._columns.items():
            single = length_of(values) is None
            own = facts.get(name)
            if own is None:
                own = value_column(name, [values] * len(self.units) if single else listed(values))
            made.append(own)
        return Frame(made)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "make it again from its table, or keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.Wide of {len(self.units)} rows, {len(self.facts)} facts>"


def _columns(data: Any, names: Sequence[str]) -> tuple[Any, int]:
    """The table, and its rows."""
    table = by_columns(data)
    for name in names:
        if name not in table.keys():
            raise NotFoundError(not_found("column", name, [str(key) for key in table.keys()]))
    lengths = {name: length_of(table[name]) for name in names}
    there = [length for length in lengths.values() if length is not None]
    rows = there[0] if there else 1
    for name, length in lengths.items():
        if length not in (None, rows):
            raise ShapeError(Problem(Status.SHAPE, f"{length} rows, expected {rows}", name))
    return table, rows


class _Reader:
    """How values are read: their column, the words for none, what the law says of the facts."""

    def __init__(
        self, value: str, locale: Locale, nan: Nan, manners: tuple[tuple[str, ...], tuple[str, ...]],
        yes: tuple[str, ...], no: tuple[str, ...], law: CriteriaSet | None,
    ) -> None:
        self.value, self.locale, self.nan, self.manners, self.yes, self.no = value, locale, nan, manners, yes, no
        self.words = (*manners[0], *manners[1])
        self.facts = {} if law is None else {fact.id: fact for fact in law.facts}
        self.kinds = {} if law is None else _kinds(law, [axis.id for axis in law.axes])
        self.is_checked = law is not None

    def knows(self, fact: str) -> bool:
        """Whether the law has a column of this name."""
        first, _, rest = fact.partition(":")
        return fact in self.kinds or first in _PREFIXES or (":" in rest and rest.rpartition(":")[2] in self.kinds)

    def kind_of(self, fact: str) -> FactKind | None:
        """The sort of a column that the law has; None of an axis."""
        first = fact.partition(":")[0]
        if fact in self.kinds:
            return self.kinds[fact]
        return _PREFIXES[first] if first in _PREFIXES else self.kinds[fact.rpartition(":")[2]]

    def wrong(self, row: int, fact: str, what: str) -> ShapeError:
        """What is raised for a value that is not of the fact's sort."""
        return ShapeError(Problem(Status.SHAPE, f"{fact!r}: {what}", self.value, row))

    def text(self, row: int, fact: str, value: Any) -> str | None:
        """One value as text that the core reads: a number as the locale writes it, a level; None where there is none."""
        if type(value).__module__ == "numpy" and hasattr(value, "item"):
            value = value.item()
        if isinstance(value, str) and (not value.strip() or any(name_equal(value, word) for word in self.words)):
            return value
        if not isinstance(value, (float, Decimal)) and is_missing(value):
            return None
        if isinstance(value, (float, Decimal)) and value != value and self.nan == "not reported":
            return None
        if self.is_checked and self.knows(fact):
            value = self._of_kind(row, fact, self.kind_of(fact), value)
        return value if isinstance(value, str) else self._number(row, fact, value)

    def _number(self, row: int, fact: str, value: Any) -> str:
        if isinstance(value, bool):
            return "1" if value else "0"
        if isinstance(value, (float, Decimal)):
            value = Decimal(repr(value)) if isinstance(value, float) else value
            if not value.is_finite():
                hint = "; nan='not reported' takes it for none" if value.is_nan() else ""
                raise BadValueError(Problem(Status.VALUE, f"{fact!r}: {value} is not a number{hint}", self.value, row))
        if isinstance(value, datetime.date):
            raise self.wrong(row, fact, "a date; with law= a fact that is a date takes it")
        if not isinstance(value, (int, Decimal)):
            raise self.wrong(row, fact, f"no value can be made of {type(value).__name__}")
        try:
            return format_number(value, locale=self.locale)
        except ArgumentError as error:
            raise ExactOverflowError(Problem(Status.OVERFLOW, f"{fact!r}: {error.problem.message}", self.value, row)) from None

    def _of_kind(self, row: int, fact: str, kind: FactKind | None, value: Any) -> Any:
        """The value, checked against the sort that the law gives its fact."""
        if kind is FactKind.FLAG:
            return self._flag(row, fact, value)
        if kind is FactKind.DATE:
            return self._date(row, fact, value)
        if kind is None or kind is FactKind.LEVEL:
            if not isinstance(value, str):
                raise self.wrong(row, fact, f"{value} is a {_sort(value)}, expected text")
            return self._level(row, fact, value)
        if isinstance(value, bool) or isinstance(value, str) and _is_words(value):
            raise self.wrong(row, fact, f"{value!r} is {_sort(value)}, expected a number; a text that means that there is "
                             "none goes into not_reported=")
        return value

    def _flag(self, row: int, fact: str, value: Any) -> Any:
        if isinstance(value, str):
            for words, text in ((self.yes, "1"), (self.no, "0")):
                if any(name_equal(value, word) for word in words):
                    return text
            if value.strip() in ("0", "1"):
                return value
        elif value in (0, 1):
            return int(value)
        raise self.wrong(row, fact, f"{value!r} is no yes or no; yes= and no= say which texts are")

    def _date(self, row: int, fact: str, value: Any) -> int:
        try:
            if isinstance(value, datetime.datetime):
                if value.time() != datetime.time() or value.tzinfo is not None:
                    raise self.wrong(row, fact, f"{value} is not a whole day")
                value = value.date()
            return date_number(value)
        except (NtmError, TypeError) as error:
            if isinstance(error, ShapeError):
                raise
            raise self.wrong(row, fact, f"{value!r} is no date: dates, or text like '2020-02-25'") from None

    def _level(self, row: int, fact: str, value: str) -> str:
        of: Fact | None = self.facts.get(fact)
        if of is not None and of.levels and value not in of.levels:
            near = not_found("level", value, of.levels).message
            raise NotFoundError(Problem(Status.NOT_FOUND, f"{fact!r}: {near}", self.value, row))
        return value


def _is_words(value: str) -> bool:
    """Whether a text has letters, or nothing that a number could begin with: "…", "½"."""
    return any(one.isalpha() for one in value) or not any(one.isascii() for one in value)


def _sort(value: Any) -> str:
    return "text" if isinstance(value, str) else "yes or no" if isinstance(value, bool) else "number"


def _renamed(error: NtmError, names: Mapping[str, str]) -> NtmError:
    """The error with the caller's names of columns."""

    def renamed(one: Problem) -> Problem:
        return replace(one, subject=names.get(one.subject, one.subject))

    made = type(error)(renamed(error.problem), [renamed(one) for one in error.problems], error.problem_count)
    made.unit = error.unit
    return made


def _months(values: Any) -> Any:
    """Months and years of NumPy as text, since they are no days; anything else as it is."""
    if str(getattr(values, "dtype", "")) not in ("datetime64[M]", "datetime64[Y]"):
        return values
    return [None if text == "NaT" else text for text in values.astype(str).tolist()]


def _as_period(name: str, values: Any, rows: int) -> Prepared:
    """Periods of all rows as text, as observations call them."""
    import numpy as np

    column = prepare(name, values, rows)
    if not column.is_dates:
        return as_text(name, column)
    days, codes = np.unique(column.data, return_inverse=True)
    texts = tuple(day_of(one).isoformat() for one in days.tolist())
    return column._replace(data=codes.astype(np.int32), categories=texts, is_dates=False)


def _check_once(name: str, columns: Sequence[Prepared]) -> None:
    """That no unit, fact (and period) comes twice."""
    import numpy as np

    keys = np.zeros(len(columns[0].data), np.int64)
    for column in columns:
        keys = np.unique(keys * (len(column.categories or ()) + 1) + column.data, return_inverse=True)[1]
    _, first = np.unique(keys, return_index=True)
    again = np.ones(len(keys), bool)
    again[first] = False
    for row in np.flatnonzero(again).tolist():
        place = [text_at(column, row) for column in columns]
        if None in place:
            continue  # which is said of the cell that is empty
        what = f"{', '.join(map(repr, place))} is row {int(np.flatnonzero(keys == keys[row])[0])} already"
        raise ConflictError(Problem(Status.CONFLICT, what, name, row))


def _values(data: Any, rows: int, facts: Prepared, reader: _Reader) -> Any:
    """The column of values as observations take it."""
    given = plain(data[reader.value])
    if not reader.is_checked and not _is_mixed(given):
        return given
    if length_of(given) is None:
        given = [given] * rows
    names = facts.categories or ()
    codes = facts.data.tolist()
    return [
        None if code < 0 else reader.text(row, names[code], value) for row, (code, value) in enumerate(zip(codes, listed(given)))
    ]


def _is_mixed(values: Any) -> bool:
    """Whether a column of values has several sorts of things, as a worksheet has."""
    if length_of(values) is None or str(getattr(values, "dtype", "object")) not in ("object", "O", "str", "string"):
        return False
    return len({type(value) for value in values if not is_missing(value)}) > 1


def _check_facts(facts: Prepared, name: str, reader: _Reader, unknown: str) -> list[str] | None:
    """The facts that the law has; None: all of them are asked for.

    Raises:
        NotFoundError: others, with the row of each.
    """
    import numpy as np

    if not reader.is_checked:
        return None
    codes = np.unique(facts.data[facts.data >= 0]).tolist()
    names = {code: (facts.categories or ())[code] for code in codes}
    strange = [code for code, fact in names.items() if not reader.knows(fact)]
    if strange and unknown == "error":
        rows = {code: int(np.flatnonzero(facts.data == code)[0]) for code in strange}
        problems = []
        for code in sorted(strange, key=lambda one: rows[one]):
            found = not_found("fact or axis", names[code], reader.kinds)
            problems.append(Problem(found.status, f"{names[code]!r}: {found.message}", name, rows[code]))
        raise NotFoundError(problems[0], problems)
    return [fact for code, fact in names.items() if code not in strange]


def _carried(name: str, values: Any, rows: int, keys: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> Any:
    """A column that says the same of a unit (and period) in all of its rows, one value a row of the wide table."""
    import numpy as np

    if length_of(values) is None:
        return values
    known: dict[tuple[str, str], tuple[Any, int]] = {}
    for row, (key, value) in enumerate(zip(keys, listed(values))):
        if is_missing(value):
            continue
        before, first = known.setdefault(key, (value, row))
        if before != value:
            what = f"{value!r} for {key[0]!r}, and {before!r} in row {first}: one value a unit and period"
            raise ConflictError(Problem(Status.CONFLICT, what, name, row))
    out = np.empty(len(wanted), dtype=object)
    for at, key in enumerate(wanted):
        out[at] = known[key][0] if key in known else None
    return out


class _Named(NamedTuple):
    """The names of the columns of a long table."""

    unit: str
    fact: str
    value: str
    period: str | None
    carried: tuple[str, ...]


def _read(data: Any, names: _Named, reader: _Reader, unknown: str) -> Wide:
    """The table of :func:`from_long`, its options checked."""
    unit, fact, value, period, carried = names
    named = [text_of("unit", unit), text_of("fact", fact), text_of("value", value), *carried]
    table, rows = _columns(data, named if period is None else [*named, text_of("period", period)])
    facts = as_text(fact, prepare(fact, plain(table[fact]), rows))
    asked = _check_facts(facts, fact, reader, unknown)
    columns = {"unit": plain(table[unit]), "fact": plain(table[fact])}
    columns["period"] = _DAY[:4] if period is None else _months(plain(table[period]))
    columns["value"] = _values(table, rows, facts, reader)
    units, when = as_text(unit, prepare(unit, columns["unit"], rows)), _as_period("period", columns["period"], rows)
    _check_once(fact, [units, facts] if period is None else [units, facts, when])
    if rows and all(length_of(one) is None for one in columns.values()):
        columns["unit"] = [columns["unit"]]
    view = _store(columns, names, reader).view(facts=asked)
    places = [(one, when_) for when_ in view.periods for one in view.units]
    wide: dict[str, Any] = {unit: [one for one, _ in places]}
    if period is not None:
        wide[period] = [when_ for _, when_ in places]
    if carried:
        keys = [(text_at(units, row) or "", text_at(when, row) or "") for row in range(rows)]
        wide.update({one: _carried(one, table[one], rows, keys, places) for one in carried})
    for name in view.facts:
        if name in wide:
            raise ConflictError(Problem(Status.CONFLICT, "a column and a fact have this name", name))
        wide[name] = view[name]
    return Wide(view, wide, len(view.periods))


def _store(columns: dict[str, Any], names: _Named, reader: _Reader) -> Observations:
    """The rows as observations, all recorded on one day."""
    not_reported, not_applicable = reader.manners
    try:
        return Observations({**columns, "recorded_on": _DAY}, locale=reader.locale, not_reported=not_reported,
                            not_applicable=not_applicable, nan=reader.nan)
    except NtmError as error:
        own = {"unit": names.unit, "fact": names.fact, "value": names.value, "period": names.period or "period"}
        raise _renamed(error, own) from None


def from_long(
    data: Any,
    *,
    unit: str = "unit",
    fact: str = "fact",
    value: str = "value",
    period: str | None = None,
    carry: Sequence[str] | str = (),
    not_reported: Sequence[str] | str = (),
    not_applicable: Sequence[str] | str = (),
    yes: Sequence[str] | str = ("true",),
    no: Sequence[str] | str = ("false",),
    law: CriteriaSet | str | None = None,
    unknown: Literal["error", "ignore"] = "error",
    locale: Locale | None = None,
    nan: Nan = "error",
) -> Wide:
    """A long table, one row a unit and fact (and period), as a wide one that :func:`ntm.evaluate` takes.

    ``ntm.evaluate(wide, law, unit="unit", ...)`` evaluates it; with periods ``ntm.evaluate_periods(wide, law,
    period="period", unit="unit", ...)``. A fact without a row is not reported. What was known on which day is the
    business of :class:`ntm.Observations`, which this is built on.

    Args:
        data: a mapping of columns or a data frame, one row a value. Other columns than the ones named are skipped. A column may
            be one value for all rows: ``{"unit": "18103", "fact": [...], "value": [...]}``.
        unit, fact, value: the names of these columns. Units are text or whole numbers; values are numbers, booleans, text,
            or all of them in one column, as worksheets have it.
        period: the name of the column with the periods: "2020", "2020-Q1", "2020-02", "2020-02-25", or dates. All of
            one length.
        carry: columns that say the same of a unit (and period) in all of its rows, such as its region: they become columns
            of the wide table.
        not_reported, not_applicable: texts of values that mean so ("đang cập nhật"), besides the empty text. Spelling, case
            and blanks do not count.
        yes, no: with a law: texts that mean so in facts that are flags ("có", "x").
        law: checks facts and values against the set: names, sorts, levels; dates are then taken for facts that are dates.
        unknown: with a law: rows of facts that it does not have are an error, or are left out.
        locale: how numbers in text are written: "vi" for "3.843,5", "en" for "3,843.5"; None or "plain" for "3843.5". Never
            guessed.
        nan: what NaN means among the values: an error, or "not reported".

    Raises:
        ConflictError: a unit, fact (and period) twice, also with the same value; a carried column that differs.
        NotFoundError: no such column; with a law: no such fact or level, with the nearest names.
        ShapeError: a value that is not of its fact's sort.
        TextError: a text without letters that is no number in this locale, no such period.
        ExactOverflowError: a number with more digits than the library carries.
        BadValueError: a row without a unit, fact or period; NaN.

    The ``row`` of an error is the row of ``data``.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> rows = [("18103", "population", "2.000"), ("18103", "insured-people", "1.699"), ("18104", "population", 2000),
    ...         ("18104", "insured-people", "đang cập nhật")]
    >>> data = dict(zip(("unit", "fact", "value"), zip(*rows)))
    >>> wide = ntm.from_long(data, law=law, locale="vi", not_reported="Đang cập nhật")
    >>> result = ntm.evaluate(wide, law, unit="unit", on="2020-02-25", region="BTB")
    >>> result.units, result.indicator("15.1").tolist()
    (['18103', '18104'], [2, 0])
    """
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    made = None if law is None else law_of(law)
    words = texts_of("not_reported", not_reported), texts_of("not_applicable", not_applicable)
    reader = _Reader(value, locale or "plain", nan, words, texts_of("yes", yes), texts_of("no", no), made)
    return _read(data, _Named(unit, fact, value, period, texts_of("carry", carry)), reader, unknown)
