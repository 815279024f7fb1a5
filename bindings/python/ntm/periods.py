# SPDX-License-Identifier: Apache-2.0
"""Tables with a column of periods: every period judged by its own day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Callable, Iterator, Literal, Mapping, NoReturn, Sequence, Union

from . import core
from .attainment import Attainment, Keep, Tally, evaluate
from .columns import Nan, Prepared, length_of, prepare, reported
from .criteria import CriteriaSet
from .days import date_number, day_of
from .errors import ArgumentError, BadValueError, ConflictError, NotFoundError, NotInForceError, NtmError, Problem
from .errors import ShapeError, Status
from .exports import Frame, Out, WordedRows, objects_of, value_column, word_column
from .frames import as_text, text_at
from .handles import no_pickle
from .laws import law_of
from .number import Language, text_of
from .row_slices import by_columns, plain, row_count, rows_at
from .tables import fixed_axes, not_found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Law = Union[CriteriaSet, str, Callable[[datetime.date], Union[CriteriaSet, str]]]


def _end_of(text: str) -> int:
    """The last day of "2020", "2020-Q1", "2020-02" or "2020-02-25", as a number."""
    return core.period_end(text)


class Periods(WordedRows, Mapping[datetime.date, Attainment]):
    """Results by day, in the order of days, made by :func:`evaluate_periods`: ``periods["2020-02"].tally()``.

    A day may be asked for as a date, or as text of a period, which stands for its last day. Frozen.

    As a data frame all periods stand below one another: ``period`` (the last day), then the columns of
    :meth:`ntm.Attainment.to_pandas`. Where the laws of two periods differ, a column that one of them lacks is empty there.
    """

    def __init__(self, results: dict[datetime.date, Attainment], rows: dict[datetime.date, npt.NDArray[np.int64]]) -> None:
        self._results = results
        self._rows = rows

    def __getitem__(self, period: datetime.date | str) -> Attainment:
        return self._results[self._day(period)]

    def _day(self, period: datetime.date | str) -> datetime.date:
        day = day_of(_end_of(period) if isinstance(period, str) else date_number(period))
        if day not in self._results:
            raise NotFoundError(not_found("period", day.isoformat(), [one.isoformat() for one in self._results]))
        return day

    def rows(self, period: datetime.date | str) -> npt.NDArray[np.int64]:
        """The rows of the caller's table that a period is made of, in their order. Shape (rows of it,), int64, read-only.

        Raises:
            NotFoundError: no such period.
        """
        return self._rows[self._day(period)]

    def __contains__(self, period: object) -> bool:
        try:
            return isinstance(period, (str, datetime.date)) and self._day(period) in self._results
        except (NtmError, TypeError):
            return False

    def __iter__(self) -> Iterator[datetime.date]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    def tally(
        self, *, criterion: str | None = None, indicator: str | None = None, precondition: str | None = None
    ) -> dict[datetime.date, Tally]:
        """How many rows met, did not meet, or cannot be told, by period: as :meth:`ntm.Attainment.tally`.

        Raises:
            NotFoundError: a period whose set has no such criterion ...
        """
        named = {"criterion": criterion, "indicator": indicator, "precondition": precondition}
        return {day: one.tally(**named) for day, one in self._results.items()}

    def _worded(self, lang: Language) -> Frame:
        import numpy as np

        frames = [one._wide(None, True, lang) for one in self._results.values()]
        days = np.repeat([date_number(day) for day in self._results] or [0], [one.rows for one in frames] or [0])
        return Frame([Out("period", "date", days), *_below_one_another(frames)])

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "evaluate again, or keep its data frame")

    def __repr__(self) -> str:
        if not self._results:
            return "<ntm.Periods: none>"
        first, last = next(iter(self._results)), next(reversed(self._results))
        return f"<ntm.Periods: {len(self)} from {first.isoformat()} to {last.isoformat()}>"


def _below_one_another(frames: Sequence[Frame]) -> list[Out]:
    """The columns of all frames by name; where a frame lacks one, nothing stands."""
    names = dict.fromkeys(column.name for frame in frames for column in frame.columns)
    return [_joined(name, frames) for name in names]


def _joined(name: str, frames: Sequence[Frame]) -> Out:
    found = [(frame.rows, next((one for one in frame.columns if one.name == name), None)) for frame in frames]
    there = [column for _, column in found if column is not None]
    values = [value for rows, column in found for value in ([None] * rows if column is None else objects_of(column))]
    if any(column.kind != there[0].kind for column in there):
        return value_column(name, values)
    if there[0].kind != "word":
        return Out(name, there[0].kind, values)
    words = dict.fromkeys(word for column in there for word in column.categories)
    same = all(column.categories == there[0].categories for column in there)
    return word_column(name, values, tuple(words))._replace(ordered=there[0].ordered and same)


def _days(name: str, values: Any, rows: int) -> npt.NDArray[np.int64]:
    """The last day of the period of every row.

    Raises:
        BadValueError: a row without a period. TextError: a text that is none. ShapeError: numbers with a mark.
    """
    import numpy as np

    if hasattr(values, "dtype") and str(values.dtype).startswith("period["):  # of pandas
        values = values.dt.end_time.dt.normalize() if hasattr(values, "dt") else values.to_timestamp(how="E").normalize()
    if str(getattr(values, "dtype", "")) in ("datetime64[M]", "datetime64[Y]"):  # of NumPy: a month or year, not its first day
        values = (values + 1).astype("M8[D]") - 1
    column = prepare(name, values, rows)
    gone = np.flatnonzero(~reported(column))
    if column.is_dates and not len(gone):
        return column.data.astype(np.int64)
    texts: Prepared = column if column.is_dates else as_text(name, column)
    if not column.is_dates and texts.categories is not None:
        gone = np.flatnonzero(texts.data < 0)
    if len(gone):
        raise BadValueError(Problem(Status.VALUE, "a row without a period", name, int(gone[0])))
    ends = np.zeros(len(texts.categories or ()), np.int64)
    for code, text in enumerate(texts.categories or ()):
        try:
            ends[code] = _end_of(text)
        except NtmError as error:
            row = int(np.flatnonzero(texts.data == code)[0])
            what = f"{text!r} is no period: like '2020-02', '2020-02-25', '2020-Q1' or '2020'"
            raise type(error)(Problem(error.status, what, name, row)) from None
    days: npt.NDArray[np.int64] = ends[texts.data]
    return days


def _check_once(unit: str, names: Prepared, days: npt.NDArray[np.int64]) -> None:
    """That no unit comes twice in a period."""
    known: dict[tuple[int, int], int] = {}
    for row, place in enumerate(zip(names.data.tolist(), days.tolist())):
        if place[0] < 0:
            raise BadValueError(Problem(Status.VALUE, "a unit without a name", unit, row))
        first = known.setdefault(place, row)
        if first != row:
            what = f"{text_at(names, row)!r} at {day_of(place[1]).isoformat()} is row {first} already"
            raise ConflictError(Problem(Status.CONFLICT, what, unit, row))


def _law_of(law: Law, day: datetime.date) -> CriteriaSet:
    if isinstance(law, (CriteriaSet, str)):
        return law_of(law)
    made = law(day)
    if not isinstance(made, (CriteriaSet, str)):
        raise TypeError(f"law({day}) has to give an ntm.CriteriaSet or the id of one, not {type(made).__name__}")
    return law_of(made)


def _placed(error: NtmError, day: datetime.date, rows: npt.NDArray[np.int64]) -> NtmError:
    """The error with the row of the caller's table, and the period."""
    hint = ""
    if isinstance(error, NotInForceError):
        hint = "; law= may be a function of the day that gives the set in force, or out_of_force=True"

    def placed(one: Problem) -> Problem:
        row = None if one.row is None else int(rows[one.row]) if one.row < len(rows) else one.row
        message = f"{one.message} (period {day.isoformat()}){hint}"
        return Problem(one.status, message, one.subject, row, one.line, one.column)

    made = type(error)(placed(error.problem), [placed(one) for one in error.problems], error.problem_count)
    made.unit = error.unit
    return made


def _read(data: Any, period: str, unit: str | None) -> tuple[Any, npt.NDArray[np.int64]]:
    """The columns, and the last day of the period of every row; no unit is twice in a period."""
    table = by_columns(data)
    for name in (text_of("period", period), *(() if unit is None else (text_of("unit", unit),))):
        if name not in table.keys():
            raise NotFoundError(not_found("column", name, [str(key) for key in table.keys()]))
    if unit == period:
        raise ArgumentError(f"{unit!r} is named both as unit= and as period=")
    rows = row_count(table) or 0
    for name in table.keys():
        if length_of(table[name]) not in (None, rows):
            raise ShapeError(Problem(Status.SHAPE, f"{length_of(table[name])} rows, expected {rows}", str(name)))
    days = _days(period, plain(table[period]), rows)
    if unit is not None:
        _check_once(unit, as_text(unit, prepare(unit, plain(table[unit]), rows)), days)
    return table, days


def evaluate_periods(
    data: Any,
    law: Law,
    *,
    period: str = "period",
    unit: str | None = None,
    axes: Mapping[str, str] | None = None,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    keep: Keep = "indicators",
    values: bool = False,
    others: Sequence[CriteriaSet | str] = (),
    out_of_force: bool = False,
    kernels: Literal["best", "plain", "reference"] = "best",
    **more_axes: str,
) -> Periods:
    """Evaluates a table with a column of periods, each period on its own day: one row a unit and period, in any order.

    A period counts as its last day: "2020-02" is judged by the law and year of 29 February 2020, "2020-Q1" by those of
    31 March; a date is judged by itself.

    Args:
        data: as for :func:`ntm.evaluate`: a mapping of columns, a data frame, Arrow data (which needs pyarrow unless it is of polars).
        law: the set, or a function from the day to the set, so that each period is judged by the law in force then:
            ``lambda day: catalogue.find("ntm", level="commune", on=day)``. It is called once a period.
        period: the name of the column with the periods: dates, or text like "2020-02-25", "2020-02", "2020-Q1", "2020";
            periods of pandas, months and years of NumPy (``datetime64[M]``).
        unit: the name of the column with the units.
        axes, nan, unknown, keep, values, others, out_of_force, kernels: as for :func:`ntm.evaluate`.

    Raises:
        ConflictError: a unit twice in a period; both rows are named.
        BadValueError: a row without a period or unit.
        TextError: a text that is no period.
        NotInForceError: the set is not in force in a period, which is named.
        NtmError: as :func:`ntm.evaluate`; ``row`` is the row of ``data``.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> data = {"code": ["A", "B", "A"], "month": ["2020-01", "2020-01", "2020-02"], "population": [2000, 2000, 2000],
    ...         "insured-people": [1699, 1900, 1700]}
    >>> months = ntm.evaluate_periods(data, law, period="month", unit="code", region="BTB")
    >>> [(day.isoformat(), result.units, result.indicator("15.1").tolist()) for day, result in months.items()]
    [('2020-01-31', ['A', 'B'], [2, 1]), ('2020-02-29', ['A'], [1])]
    """
    import numpy as np

    if not isinstance(law, (CriteriaSet, str)) and not callable(law):
        raise TypeError(f"a law is an ntm.CriteriaSet or a function from a day to one, not {type(law).__name__}")
    table, days = _read(data, period, unit)
    fixed = dict(fixed_axes(axes, more_axes))
    facts = table.drop(columns=[period]) if hasattr(table, "iloc") else {
        name: table[name] for name in table.keys() if name != period
    }
    results: dict[datetime.date, Attainment] = {}
    places: dict[datetime.date, npt.NDArray[np.int64]] = {}
    for number in np.unique(days).tolist():
        day, at = day_of(number), np.flatnonzero(days == number)
        own = _law_of(law, day)
        try:
            results[day] = evaluate(
                rows_at(facts, at), own, on=day, axes=fixed, unit=unit, nan=nan, unknown=unknown, keep=keep, values=values,
                others=others, out_of_force=out_of_force, kernels=kernels
            )
        except NtmError as error:
            raise _placed(error, day, at) from None
        at.flags.writeable = False
        places[day] = at
    return Periods(results, places)

