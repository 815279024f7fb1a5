# SPDX-License-Identifier: Apache-2.0
"""Streams of tables evaluated batch by batch: memory for one batch, however many rows there are in all."""

from __future__ import annotations

import datetime
import threading
from dataclasses import replace
from types import TracebackType
from typing import Any, Dict, Iterator, Literal, Mapping, NoReturn, Sequence

from . import core
from .arrow_in import arrow_parts, is_arrow
from .attainment import _KEEP, _KEPT_WITH, _KERNELS, Attainment, Keep, Tally, _How, evaluated, plan_of
from .columns import Nan
from .criteria import CriteriaSet
from .errors import ArgumentError, ConflictError, NotFoundError, NtmError, Problem, ShapeError, Status
from .handles import no_pickle
from .laws import law_of
from .number import at_least_zero, text_of
from .progress import Bar, Progress, bar_of
from .row_slices import row_count, rows_between
from .tables import UnitRows, choice, fixed_axes, not_found

BATCH_ROWS = 65_536
"""Rows of a batch unless the caller says otherwise."""

_PARTS = {"criterion": 3, "indicator": 4, "precondition": 5}
_Sums = dict[tuple[int, int], Tally]


def _things(law: CriteriaSet) -> dict[str, Sequence[Any]]:
    return {"criterion": law.criteria, "indicator": law.indicators, "precondition": law.preconditions}


def _added(sums: _Sums, made: Attainment) -> _Sums:
    """The sums with the counts of one more result: of the status and of all parts that it keeps."""
    parts = [(0, 0)]
    for kind, things in _things(made.law).items():
        if made._keep >= _KEEP[_KEPT_WITH[_PARTS[kind]]]:
            parts += [(_PARTS[kind], index) for index in range(len(things))]
    nothing = Tally(0, 0, 0)
    before = {part: sums.get(part, nothing) for part in parts}
    now = {part: core.tally(made._core, *part) for part in parts}
    return {part: Tally(*(a + b for a, b in zip(before[part], now[part]))) for part in parts}


class _Piece(Dict[Any, Any], UnitRows):
    """Some rows of a table that knows its units."""

    def __init__(self, columns: Mapping[Any, Any], units: Sequence[str]) -> None:
        super().__init__(columns)
        self._units = units

    @property
    def row_units(self) -> Sequence[str]:
        return self._units


def _names(table: Any) -> set[str]:
    """The names of the columns of a table."""
    fields = getattr(getattr(table, "dtype", None), "names", None)
    return {str(name) for name in (table.keys() if fields is None else fields)}


def _pieces(table: Any, rows_max: int) -> Iterator[Any]:
    """A table in pieces of at most so many rows."""
    rows = row_count(table)
    if rows is None or rows <= rows_max:
        yield table
        return
    units = table.row_units if isinstance(table, UnitRows) else None
    for first in range(0, rows, rows_max):
        piece = rows_between(table, first, min(first + rows_max, rows))
        yield piece if units is None else _Piece(piece, units[first : first + rows_max])


def _tables(source: Any, rows_max: int) -> Iterator[Any]:
    """The tables of a source, none of them longer than the rows allowed."""
    if hasattr(source, "keys") or hasattr(source, "dtype"):
        yield from _pieces(source, rows_max)
    elif is_arrow(source):
        yield from arrow_parts(source, rows_max)
    else:
        iterator = iter(source)
        try:
            for table in iterator:
                yield from arrow_parts(table, rows_max) if is_arrow(table) else _pieces(table, rows_max)
        finally:
            if hasattr(iterator, "close"):  # a generator, a reader of pandas
                iterator.close()


class Batches:
    """The results of a stream, one :class:`ntm.Attainment` a batch, made by :func:`evaluate_batches`.

    Iterated once; threads that share it take turns, and each batch goes to one of them. What it gives out may be used by any.
    ``with`` or :meth:`close` release the stream before its end. Results that were given out stay usable.
    """

    def __init__(
        self,
        source: Any,
        law: CriteriaSet,
        plan: core.Plan,
        how: _How,
        read: tuple[str | None, Nan, str],
        rows_max: int,
        units_once: bool,
        bar: Bar,
    ) -> None:
        self.law = law
        """The set that is evaluated."""
        self.rows = 0
        """Rows evaluated so far."""
        self.batches = 0
        """Batches evaluated so far."""
        self.first_row = 0
        """The row of the stream at which the batch given out last begins."""
        self._plan, self._how, self._read = plan, how, read
        self._tables: Iterator[Any] | None = _tables(source, rows_max)
        self._ended = False
        self._known: dict[str, int] | None = {} if units_once else None
        self._columns: set[str] | None = None
        self._turn = threading.RLock()
        self._bar: Bar | None = bar
        self._sums: _Sums = {}

    def __iter__(self) -> Batches:
        return self

    def __next__(self) -> Attainment:
        with self._turn:
            return self._given()

    def _given(self) -> Attainment:
        if self._ended:
            raise StopIteration
        if self._tables is None:
            raise ValueError("the batches are closed: call ntm.evaluate_batches() again with a new source")
        try:
            made = self._next(self._tables)
        except StopIteration:
            self._ended = True
            self.close()
            raise
        except BaseException:  # KeyboardInterrupt too: the stream is let go of at once
            self.close()
            raise
        return made

    def _next(self, tables: Iterator[Any]) -> Attainment:
        unit, nan, unknown = self._read
        try:
            table = next(tables)
            made = evaluated(table, self.law, self._plan, self._how, unit, nan, unknown)
            self._check_columns(_names(table))
        except NtmError as error:
            raise self._placed(error) from None
        self._check_units(made)
        sums = _added(self._sums, made)
        if self._bar is not None:
            self._bar.update(len(made))
        rows, batches = self.rows + len(made), self.batches + 1
        # Nothing is called in this line, so Ctrl-C comes before all of it or after.
        self._sums, self.first_row, self.rows, self.batches = sums, self.rows, rows, batches
        return made

    def _placed(self, error: NtmError) -> NtmError:
        """The error with the row of the stream, and which batch it was."""

        def placed(problem: Problem) -> Problem:
            where = f"batch {self.batches}, which begins at row {self.rows}"
            row = None if problem.row is None else problem.row + self.rows
            return replace(problem, row=row, message=f"{problem.message} ({where})")

        made = type(error)(placed(error.problem), [placed(one) for one in error.problems], error.problem_count)
        made.unit = error.unit
        return made

    def _check_columns(self, names: set[str]) -> None:
        """That a batch has the columns of the first, as far as the set reads them: else a slip in one file of many would turn
        what it reports into "not reported"."""
        inputs = set(core.plan_inputs(self._plan))
        names = {name for name in names if name in inputs or name.rsplit(":", 1)[0] in inputs}
        if self._columns is None:
            self._columns = names
        missing, more = sorted(self._columns - names), sorted(names - self._columns)
        if missing:
            what = "a column of the first batch is missing; one of None says that nothing is reported"
            raise ShapeError(Problem(Status.SHAPE, what, missing[0]))
        if more:
            what = "a column that the first batch does not have; give it to all, of None where nothing is reported"
            raise ShapeError(Problem(Status.SHAPE, what, more[0]))

    def _check_units(self, made: Attainment) -> None:
        if self._known is None or made.units is None:
            return
        for row, name in enumerate(made.units, self.rows):
            first = self._known.setdefault(name, row)
            if first != row:
                what = f"{name!r} is row {first} already, in an earlier batch"
                raise ConflictError(Problem(Status.CONFLICT, f"{what} (batch {self.batches})", "unit", row))

    def tally(
        self, *, criterion: str | None = None, indicator: str | None = None, precondition: str | None = None
    ) -> Tally:
        """How many rows so far met, did not meet, or cannot be told: of the status, or of the one thing named.

        Raises:
            NotFoundError: the set has no such criterion ...
            ArgumentError: several things named, or verdicts that ``keep=`` leaves out.
        """
        named = {"criterion": criterion, "indicator": indicator, "precondition": precondition}
        asked = [(kind, id) for kind, id in named.items() if id is not None]
        if len(asked) > 1:
            raise ArgumentError("name one of indicator, criterion and precondition")
        part = (0, 0)
        for kind, id in asked:
            if _KEEP[self._how.keep] < _KEEP[needed := _KEPT_WITH[_PARTS[kind]]]:
                raise ArgumentError(f"these verdicts were not kept: evaluate_batches(..., keep={needed!r}) keeps them")
            ids = [one.id for one in _things(self.law)[kind]]
            if text_of(f"the id of the {kind}", id) not in ids:
                raise NotFoundError(not_found(kind, id, ids))
            part = (_PARTS[kind], ids.index(id))
        return self._sums.get(part, Tally(0, 0, 0))

    @property
    def closed(self) -> bool:
        """Whether the stream was released: at its end, by :meth:`close`, or by an error or Ctrl-C."""
        return self._tables is None

    def close(self) -> None:
        """Releases the stream and ends the bar. The sums stay; asking for another batch raises ValueError."""
        with self._turn:
            tables, bar = self._tables, self._bar
            self._tables = self._bar = self._known = None
            try:
                if tables is not None:
                    tables.close()  # type: ignore[attr-defined]  # a generator of ours
            finally:
                if bar is not None:
                    bar.close()

    def __enter__(self) -> Batches:
        if self._tables is None and not self._ended:
            raise ValueError("the batches are closed: call ntm.evaluate_batches() again with a new source")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_bar", None) is not None:
            self.close()

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "call ntm.evaluate_batches() again")

    def __repr__(self) -> str:
        met, not_met, unknown = self.tally()
        state = ", closed" if self.closed else ""
        return (
            f"<ntm.Batches of {self.law.id}{state}: {self.batches} batches, {self.rows} rows: "
            f"{met} met, {not_met} not met, {unknown} open>"
        )


def _check_source(source: Any, unit: str | None) -> None:
    """That there is something to iterate."""
    if unit is not None and not isinstance(unit, str):
        raise TypeError(f"unit is the name of a column of the batches, not {type(unit).__name__}")
    sorts = ("keys", "__arrow_c_stream__", "__arrow_c_array__", "__iter__")
    if isinstance(source, (str, bytes)) or not any(hasattr(source, sort) for sort in sorts):
        raise TypeError(f"a source is an iterable of tables, an Arrow stream or a table, not {type(source).__name__}")


def evaluate_batches(
    source: Any,
    law: CriteriaSet | str,
    *,
    on: datetime.date | str,
    axes: Mapping[str, str] | None = None,
    unit: str | None = None,
    batch_rows: int = BATCH_ROWS,
    progress: Progress = False,
    total: int | None = None,
    units_once: bool = True,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    keep: Keep = "indicators",
    values: bool = False,
    others: Sequence[CriteriaSet | str] = (),
    out_of_force: bool = False,
    kernels: Literal["best", "plain", "reference"] = "best",
    **more_axes: str,
) -> Batches:
    """Evaluates a stream that need not fit into memory, batch by batch; docs/batches.md has examples.

    The set is compiled once. At any time one batch is held, besides what the caller keeps. Ctrl-C stops it between two
    batches: the batch that is being evaluated is finished first (65,536 rows of a shipped set take well below a second),
    then the stream is released, the bar is closed and KeyboardInterrupt raised.

    Args:
        source: an iterable of whatever :func:`ntm.evaluate` takes (data frames, as ``pandas.read_csv(chunksize=...)``
            gives them, mappings, record batches); or an Arrow stream: anything with ``__arrow_c_stream__``, as a
            RecordBatchReader of pyarrow, a relation of DuckDB; or one table. It is read once.
        law, on, axes, nan, unknown, keep, values, others, out_of_force, kernels: as for :func:`ntm.evaluate`.
        unit: the name of the column with the units; the rows of an error then have a unit.
        batch_rows: longer batches are cut. Shorter ones are not joined.
        progress: a bar on standard error (silent when that is no terminal), a class like ``tqdm.notebook.tqdm``, or a
            function called with (rows done, all rows or None).
        total: how many rows there are, for the bar; None: what the source says of itself.
        units_once: no unit may come in two batches. For this all units are remembered: about 150 bytes each, 1.5 GB for
            ten million; False remembers none, and then only units that are twice in one batch are an error.

    Raises:
        NtmError: as :func:`ntm.evaluate`. While iterated, ``row`` is the row of the stream, and the message names the batch.
        ShapeError: while iterated: a batch that has not the columns of the first.
        ArgumentError: batch_rows below 1.
        TypeError: nothing that can be iterated; units that are not the name of a column.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> months = ({"code": [a, b], "population": [2000, 2000], "insured-people": [1699, 1900]} for a, b in ("AB", "CD"))
    >>> with ntm.evaluate_batches(months, law, on="2020-02-25", unit="code", region="BTB") as parts:
    ...     for part in parts:
    ...         print(part.units, part.indicator("15.1").tolist())
    ['A', 'B'] [2, 1]
    ['C', 'D'] [2, 1]
    >>> parts.rows, parts.tally(indicator="15.1")
    (4, Tally(met=2, not_met=2, open=0))
    """
    choice("keep", keep, _KEEP)
    choice("kernels", kernels, _KERNELS)
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    rows_max = at_least_zero("batch_rows", batch_rows)
    if rows_max == 0:
        raise ArgumentError("batch_rows is 0: at least 1")
    _check_source(source, unit)
    known = row_count(source) if total is None else at_least_zero("total", total)
    law = law_of(law)
    sets = tuple(law_of(other) for other in others)
    how = _How((on, out_of_force, fixed_axes(axes, more_axes), kernels, sets), keep, bool(values))
    plan = plan_of(law, *how.plan)
    return Batches(source, law, plan, how, (unit, nan, unknown), rows_max, bool(units_once), bar_of(progress, known))
