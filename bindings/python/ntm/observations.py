# SPDX-License-Identifier: Apache-2.0
"""Observations in two times: what was so in a period, and since when that has been known."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Iterator, NoReturn, Sequence, Union

from . import core
from .columns import Column, Nan, Prepared, length_of, prepare
from .days import date_number, day_of
from .errors import ArgumentError, NotFoundError, NtmError, Problem, ShapeError, Status
from .exports import Frame, Out, Rows, text_column, word_column
from .file_errors import with_lines
from .frames import (
    as_days,
    as_numbers,
    as_text,
    core_table,
    one_column,
    text_at,
    text_values,
    texts_of,
)
from .handles import Held, TextOrPath, as_bytes, no_pickle
from .number import Locale, check_separator, decimal_of, locale_code, text_of, whole_number
from .tables import UnitRows, choice, columns_of, not_found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_COLUMNS = ("unit", "fact", "period", "value", "recorded_on")

Periods = Union[Sequence[Union[str, datetime.date]], str, datetime.date]


@dataclass(frozen=True)
class ObservedCount:
    """The cells of a view, or of one of its facts, by what is known of them; they add up to ``cells``."""

    cells: int
    """Units x periods (x facts)."""
    reported: int
    """With a value."""
    not_applicable: int
    """Last recorded as not applicable."""
    withdrawn: int
    """Last recorded as not reported."""
    unknown: int
    """Without any row on or before the day."""
    left_out: int
    """(unit, fact, period) of the store that the view does not show; 0 for a single fact."""


@dataclass(frozen=True)
class Punctual:
    """Reports by when they came: in_time + late + missing + not_due = expected."""

    expected: int
    """Of each unit and fact, for each period of the fact's length."""
    in_time: int
    """First recorded on or before the day it was due."""
    late: int
    """First recorded after that day."""
    missing: int
    """Not there, and due on or before the day asked about."""
    not_due: int
    """Not there yet, and due later."""
    corrected: int
    """Of those that came: said something else later."""
    withdrawn: int
    """Of those that came: taken back, and nothing else since."""


@dataclass(frozen=True)
class MissingReport:
    """A report that is missing."""

    unit: str
    """Of which unit."""
    fact: str
    """Of which fact."""
    period: str
    """Of which period."""
    due_on: datetime.date
    """When it was due."""


def _asked(name: str, texts: Sequence[str] | str | None) -> tuple[str, ...] | None:
    return None if texts is None else texts_of(name, texts)


def _day_text(day: datetime.date) -> str:
    return day_of(date_number(day)).isoformat()


def _manners(
    locale: Locale, not_reported: Sequence[str] | str, not_applicable: Sequence[str] | str
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """How values in text are read, as the core takes it."""
    return locale_code(locale), texts_of("not_reported", not_reported), texts_of("not_applicable", not_applicable)


def _periods(periods: Periods | None) -> tuple[str, ...] | None:
    if periods is None:
        return None
    given: Sequence[Any] = (periods,) if isinstance(periods, (str, datetime.date)) else tuple(periods)
    return texts_of("periods", [_day_text(one) if isinstance(one, datetime.date) else one for one in given])


def _units(units: Sequence[Any] | None) -> core.Table | None:
    return None if units is None else one_column("unit", text_values("unit", units))


def _known_on(known_on: datetime.date | str | None) -> int:
    return core.DATE_NONE if known_on is None else date_number(known_on)


class ObservedView(Rows, UnitRows):
    """Facts as wide columns, as known on a day, made by :meth:`Observations.view`. Frozen, usable by several threads.

    It is a mapping from fact to column, so that :func:`ntm.evaluate` takes it as it is::

        view = observations.view(periods="2020-02", known_on="2020-03-10")
        ntm.evaluate(view, law, on="2020-02-29")

    There is one row a unit in each period: first all units in the first period, then all in the second. As a data frame it
    has the columns ``period``, ``unit``, and one a fact.
    """

    def __init__(self, store: core.Observations, handle: core.Observed) -> None:
        self._store = store  # lives as long as what borrows from it
        self._handle = handle
        units, periods, facts = core.observed_names(handle)
        self.facts: tuple[str, ...] = tuple(facts)
        """The facts, in the order asked for."""
        self.periods: tuple[str, ...] = tuple(periods)
        """The periods, in the order asked for."""
        self.units: tuple[str, ...] = tuple(units)
        """The units, in the order asked for: the rows of each period."""
        self._places = {fact: place for place, fact in enumerate(self.facts)}

    @property
    def row_units(self) -> tuple[str, ...] | None:
        """The unit of each row, as :func:`ntm.evaluate` takes them when it is given none; None with several periods."""
        return self.units if len(self.periods) == 1 else None

    def _place(self, fact: str) -> int:
        if fact not in self._places:
            raise NotFoundError(not_found("fact", text_of("a fact", fact), self.facts))
        return self._places[fact]

    def keys(self) -> tuple[str, ...]:
        """The facts."""
        return self.facts

    def __getitem__(self, fact: str) -> Column:
        values, scale, known, away, _ = self._parts(self._place(fact))
        return Column(values, scale, not_reported=~known & ~away, not_applicable=away)

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __contains__(self, fact: object) -> bool:
        return fact in self._places

    def __len__(self) -> int:
        return len(self.units) * len(self.periods)

    def _parts(self, place: int) -> tuple[Any, int, npt.NDArray[np.bool_], npt.NDArray[np.bool_], bool]:
        """(values or objects, scale, which are known, which are not applicable, whether they are levels)."""
        import numpy as np

        scale, data, validity, away, categories = core.observed_column(self._handle, place)
        known, not_applicable = (
            np.unpackbits(np.frombuffer(bits, np.uint8), count=len(self), bitorder="little").astype(bool)
            for bits in (validity, away)
        )
        if categories is None:
            return np.frombuffer(data, np.int64), scale, known, not_applicable, False
        texts = np.array([*categories, None], dtype=object)
        codes = np.where(known, np.frombuffer(data, np.int32), -1)
        return texts[codes], 0, known, not_applicable, True

    @property
    def count(self) -> ObservedCount:
        """The cells of all facts."""
        return ObservedCount(*core.observed_cells(self._handle, -1))

    def count_of(self, fact: str) -> ObservedCount:
        """The cells of one fact."""
        return ObservedCount(*core.observed_cells(self._handle, self._place(fact)))

    def source(self, fact: str, unit: str, period: str | None = None) -> int | None:
        """The row of the long table that stands behind a cell; None when none does.

        Args:
            period: needed where there are several.

        Raises:
            NotFoundError: no such fact, unit or period in the view.
        """
        place = self._place(fact)
        if period is None and len(self.periods) != 1:
            raise ArgumentError(f"there are {len(self.periods)} periods: say which in period=")
        for name, one, known in (("unit", unit, self.units), ("period", period, self.periods)):
            if one is not None and one not in known:
                raise NotFoundError(not_found(name, text_of(f"a {name}", one), known))
        block = 0 if period is None else self.periods.index(period)
        return core.observed_source(self._handle, place, block * len(self.units) + self.units.index(unit))

    def _frame(self) -> Frame:
        made = [text_column("period", (period for period in self.periods for _ in self.units))]
        made.append(text_column("unit", (unit for _ in self.periods for unit in self.units)))
        for place, fact in enumerate(self.facts):
            values, scale, known, _, levels = self._parts(place)
            if levels:
                made.append(word_column(fact, values.tolist()))
            elif not scale:
                made.append(Out(fact, "int", values, known))
            else:
                there = zip(values.tolist(), known.tolist())
                made.append(Out(fact, "decimal", [decimal_of(one, scale) if is_known else None for one, is_known in there]))
        return Frame(made)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "ask for it again, or keep its data frame")

    def __repr__(self) -> str:
        facts, periods, units = len(self.facts), len(self.periods), len(self.units)
        return f"<ntm.ObservedView of {facts} facts, {periods} periods, {units} units>"


class Punctuality:
    """Reports by when they came, made by :meth:`Observations.punctuality`. Frozen, usable by several threads."""

    def __init__(self, store: core.Observations, handle: core.Punctuality) -> None:
        self._store = store  # lives as long as what borrows from it
        self._handle = handle

    def _all(self, of: int) -> dict[str, Punctual]:
        found: dict[str, Punctual] = {}
        while (one := core.punctuality_get(self._handle, of, len(found))) is not None:
            found[one[0] or ""] = Punctual(*one[1:])
        return found

    @property
    def total(self) -> Punctual:
        """All units and facts together."""
        one = core.punctuality_get(self._handle, 0, 0)
        assert one is not None
        return Punctual(*one[1:])

    @property
    def by_fact(self) -> dict[str, Punctual]:
        """By fact, in the order asked for."""
        return self._all(1)

    @property
    def by_unit(self) -> dict[str, Punctual]:
        """By unit, in the order asked for."""
        return self._all(2)

    @property
    def left_out(self) -> int:
        """(unit, fact, period) of the store that were not asked for."""
        return core.punctuality_left_out(self._handle)

    @property
    def missing(self) -> list[MissingReport]:
        """The reports that are missing: by fact, then period, then unit."""
        return [
            MissingReport(unit, fact, period, day_of(due))
            for unit, fact, period, due in core.punctuality_missing(self._handle)
        ]

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "count again")

    def __repr__(self) -> str:
        it = self.total
        return f"<ntm.Punctuality: {it.in_time} in time, {it.late} late, {it.missing} missing of {it.expected}>"


class Observations(Held[core.Observations]):
    """A long table of observations, one row each, checked as a whole and frozen. Usable by several threads.

    Of each unit, fact and period the row recorded last on or before a day counts. Rows recorded later never change what
    was known before.

    Args:
        data: a mapping of columns, a data frame of pandas or polars, or an Arrow record batch, in any order. Exactly
            the columns ``unit`` and ``fact`` (text; whole numbers are taken as their digits), ``period`` ("2020",
            "2020-H1", "2020-Q1", "2020-02", "2020-02-25", or dates), ``value`` (numbers, booleans or text; none takes an
            earlier value back) and ``recorded_on`` (dates, or text like "2020-02-25").
        locale: how numbers in text are written; never guessed.
        not_reported: texts of values that mean "not reported" ("đang cập nhật"), besides the empty text.
        not_applicable: texts of values that mean "not applicable".
        nan: what NaN means among float64 values: an error, or "not reported".

    Raises:
        ConflictError: two values for one place and day, periods of mixed length or numbers and levels in one fact; both
            rows are named, ``.row`` is the later one.
        TextError: no such day or period, a text without letters that is no number.
        BadValueError: NaN, or a cell that is needed is empty.
        ShapeError: a column that is missing, unknown or of the wrong type.

    >>> data = {"unit": ["A", "A"], "fact": ["poor", "poor"], "period": ["2020-01", "2020-01"], "value": [12, 21],
    ...         "recorded_on": ["2020-02-05", "2020-03-01"]}
    >>> observations = ntm.Observations(data)
    >>> [observations.view(known_on=day)["poor"].values.tolist() for day in ("2020-02-29", "2020-03-01")]
    [[12], [21]]
    """

    _what, _again = "store of observations", "make it again from its table"

    def __init__(
        self,
        data: Any,
        *,
        locale: Locale = "plain",
        not_reported: Sequence[str] | str = (),
        not_applicable: Sequence[str] | str = (),
        nan: Nan = "error",
    ) -> None:
        choice("nan", nan, ("error", "not reported"))
        manners = _manners(locale, not_reported, not_applicable)
        table, units = _long_table(data, nan)
        try:
            self._handle = core.observations_new(table, *manners)
        except NtmError as error:
            if error.row is not None:
                error.unit = text_at(units, error.row)
            raise

    @classmethod
    def read(
        cls,
        source: TextOrPath,
        *,
        locale: Locale = "plain",
        not_reported: Sequence[str] | str = (),
        not_applicable: Sequence[str] | str = (),
        separator: str = ",",
    ) -> Observations:
        """Reads observations from a CSV file, or from CSV (text with a newline, or bytes).

        The header has unit, fact, period, value, recorded_on; other columns are skipped, an empty value is
        "not reported".

        Raises:
            FileError: the file cannot be read.
            NtmError: as for the class; the file, its row and its line are named.
        """
        check_separator(separator)
        manners = _manners(locale, not_reported, not_applicable)
        path, contents = as_bytes(source)
        made = cls.__new__(cls)
        with with_lines(path, contents):
            if path is not None:
                made._handle = core.observations_open(path, separator, *manners)
            else:
                made._handle = core.observations_read(contents or b"", "text", separator, *manners)
        return made

    @property
    def units(self) -> tuple[str, ...]:
        """All units, in the order of their codes."""
        return tuple(core.observations_names(self._core, 0))

    @property
    def facts(self) -> tuple[str, ...]:
        """All facts, in the order of their ids."""
        return tuple(core.observations_names(self._core, 1))

    @property
    def periods(self) -> tuple[str, ...]:
        """All periods, by their first day, then their last."""
        return tuple(core.observations_names(self._core, 2))

    @property
    def repeated(self) -> list[tuple[int, int]]:
        """Rows that said the same again as an earlier row of the same day, and that row: (row, of)."""
        return core.observations_repeated(self._core)

    @property
    def places(self) -> int:
        """How many different (unit, fact, period) there are."""
        return core.observations_count(self._core)[3]

    def view(
        self,
        *,
        facts: Sequence[str] | str | None = None,
        periods: Periods | None = None,
        units: Sequence[Any] | None = None,
        known_on: datetime.date | str | None = None,
    ) -> ObservedView:
        """Facts as wide columns, as known on a day.

        Args:
            facts: ids; None: all that were known on the day. What the store does not know is not reported.
            periods: text like "2020-02", or dates; None: all that were known on the day.
            units: codes, each once; None: all that were known on the day.
            known_on: rows recorded after this day are not looked at; None: all are.

        Raises:
            ArgumentError: a fact or period twice.
            ConflictError: a unit twice.
            TextError: no such period.
            ExactOverflowError: a value does not fit 64 bits with the digits that another one shown has.
        """
        asked = _asked("facts", facts), _periods(periods), _units(units), _known_on(known_on)
        return ObservedView(self._core, core.observed_new(self._core, *asked))

    def punctuality(
        self,
        *,
        due_days: int,
        known_on: datetime.date | str,
        facts: Sequence[str] | str | None = None,
        periods: Periods | None = None,
        units: Sequence[Any] | None = None,
    ) -> Punctuality:
        """Reports by when they came, as known on a day.

        Args:
            due_days: a report is due so many days after the last day of its period.
            known_on: the day asked about.
            facts, periods, units: as for :meth:`view`.
        """
        days = whole_number("due_days", due_days)
        if not -36600 <= days <= 36600:
            raise ArgumentError(f"due_days is {days}: from -36600 to 36600")
        asked = _asked("facts", facts), _periods(periods), _units(units), date_number(known_on)
        return Punctuality(self._core, core.punctuality_new(self._core, *asked, days))

    def missing(
        self,
        *,
        due_days: int,
        known_on: datetime.date | str,
        facts: Sequence[str] | str | None = None,
        periods: Periods | None = None,
        units: Sequence[Any] | None = None,
    ) -> list[MissingReport]:
        """The reports that are missing on a day; as :meth:`punctuality`."""
        return self.punctuality(
            due_days=due_days, known_on=known_on, facts=facts, periods=periods, units=units
        ).missing

    def __len__(self) -> int:
        return core.observations_count(self._core)[0]

    def __repr__(self) -> str:
        return "<ntm.Observations, closed>" if self._handle is None else f"<ntm.Observations of {len(self)} rows>"


def _long_table(data: Any, nan: Nan) -> tuple[core.Table, Prepared]:
    """The table, and its column of units."""
    columns = columns_of(data)
    for name in columns.keys():
        if name not in _COLUMNS:
            raise ShapeError(Problem(Status.SHAPE, f"no column of observations: {', '.join(_COLUMNS)}", str(name)))
    for name in _COLUMNS:
        if name not in columns.keys():
            raise ShapeError(Problem(Status.SHAPE, "observations need this column", name))
    lengths = [length for length in (length_of(columns[name]) for name in _COLUMNS) if length is not None]
    rows = lengths[0] if lengths else 1
    prepared: dict[str, Prepared] = {}
    for name in _COLUMNS:
        column = prepare(name, columns[name], rows)
        if name == "recorded_on":
            column = as_days(name, column)
        elif name == "value":
            column = as_numbers(column)
        elif name != "period" or not column.is_dates:
            column = as_text(name, column)
        prepared[name] = column
    return core_table(rows, prepared, nan), prepared["unit"]
