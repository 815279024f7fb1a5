# SPDX-License-Identifier: Apache-2.0
"""Evaluating a criteria set over a table of units: verdicts, counts as bounds, explanations."""

from __future__ import annotations

import datetime
import difflib
from collections import Counter
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Iterable, Literal, Mapping, NamedTuple, NoReturn, Sequence

from . import core
from .columns import Nan, Prepared, is_missing, length_of, prepare
from .criteria import Criterion, CriteriaSet, Fact, FactKind, Indicator, Precondition, date_number, no_pickle
from .errors import (
    ArgumentError,
    BadValueError,
    ConflictError,
    NotFoundError,
    NtmError,
    Problem,
    ShapeError,
    Status,
)
from .explanation import Explanation, Verdict
from .number import Language, language_code, text_of, whole_number

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Keep = Literal["status", "criteria", "indicators"]

_KEEP = {"status": 0, "criteria": 1, "indicators": 2}
_KERNELS = {"best": 0, "plain": 1, "reference": 2}
_STATUS, _CRITERIA_STATUS, _REVOCATION, _CRITERION, _INDICATOR, _PRECONDITION = range(6)
_KEPT_WITH = {_CRITERION: "criteria", _PRECONDITION: "criteria", _INDICATOR: "indicators"}


class Bounds(NamedTuple):
    """Numbers known to lie between two bounds, both included; one row a unit."""

    least: npt.NDArray[np.uint16]
    """At least."""
    most: npt.NDArray[np.uint16]
    """At most."""


class Tally(NamedTuple):
    """How many rows had which verdict."""

    met: int
    not_met: int
    open: int


class NearMiss(NamedTuple):
    """A row that has not attained, and how far it is."""

    row: int
    unit: str | None
    """Its unit, when the units were named."""
    needed: int
    """Criteria that are surely not met."""
    open: int
    """Criteria that cannot be told from what is known."""


class Attainment:
    """Verdicts of a set over a table, made by :func:`evaluate`.

    Frozen, and usable by several threads. It holds on to the arrays that it was computed from, because explanations read
    them again: do not change them in between. Verdict arrays are int8 with the values of :class:`Verdict`: 0 open,
    1 met, 2 not met.
    """

    def __init__(
        self,
        law: CriteriaSet,
        plan: core.Plan,
        table: core.Table,
        handle: core.Attainment,
        units: Sequence[str] | None,
        keep: Keep,
    ) -> None:
        self.law = law
        """The set that was evaluated."""
        self.units = units
        """The unit of each row, as text; None when the caller named none."""
        self._keep = _KEEP[keep]
        self._handles: tuple[core.Plan, core.Table, core.Attainment] | None = (plan, table, handle)

    @property
    def _open(self) -> tuple[core.Plan, core.Table, core.Attainment]:
        if self._handles is None:
            raise ValueError("the result is closed")
        return self._handles

    @property
    def _core(self) -> core.Attainment:
        return self._open[2]

    # ---------------------------------------------------------------------------------------- columns

    def _verdicts(self, of: int, index: int = 0) -> npt.NDArray[np.int8]:
        import numpy as np

        self._check_kept(of)
        out = np.empty(len(self), dtype=np.int8)
        core.verdicts(self._core, of, index, out)
        out.flags.writeable = False
        return out

    def _check_kept(self, of: int) -> None:
        needed = _KEPT_WITH.get(of, "status")
        if self._keep < _KEEP[needed]:
            raise ArgumentError(f"these verdicts were not kept: evaluate(..., keep={needed!r}) keeps them")

    @property
    def status(self) -> npt.NDArray[np.int8]:
        """Verdict of each row: status rule and all preconditions. Shape (rows,), int8, read-only."""
        return self._verdicts(_STATUS)

    @property
    def criteria_status(self) -> npt.NDArray[np.int8]:
        """Verdict of each row by its criteria alone, without preconditions. Shape (rows,), int8, read-only."""
        return self._verdicts(_CRITERIA_STATUS)

    @property
    def revocation(self) -> npt.NDArray[np.int8]:
        """Whether the revocation rule holds; open where the set has none. Shape (rows,), int8, read-only."""
        return self._verdicts(_REVOCATION)

    @property
    def criteria_met(self) -> Bounds:
        """How many criteria each row meets, at least and at most.

        Two arrays of shape (rows,), uint16: read-only views into the result, which they keep alive.
        """
        import numpy as np

        least, most = core.counts(self._core)
        return Bounds(np.asarray(least), np.asarray(most))

    @property
    def grade(self) -> Bounds | None:
        """The class of each row as positions in ``law.classes``, from 1; 0 is no class. None without a grade."""
        import numpy as np

        if not self.law.classes:
            return None
        bounds = Bounds(np.empty(len(self), dtype=np.uint16), np.empty(len(self), dtype=np.uint16))
        core.grades(self._core, bounds.least, bounds.most)
        return bounds

    def criterion(self, id: str) -> npt.NDArray[np.int8]:
        """Verdicts of a criterion. Shape (rows,), int8, read-only.

        Raises:
            NotFoundError: the set has no such criterion.
            ArgumentError: criteria were not kept.
        """
        return self._verdicts(_CRITERION, self._index("criterion", id))

    def indicator(self, id: str) -> npt.NDArray[np.int8]:
        """Verdicts of an indicator. Shape (rows,), int8, read-only.

        Raises:
            NotFoundError: the set has no such indicator.
            ArgumentError: indicators were not kept.
        """
        return self._verdicts(_INDICATOR, self._index("indicator", id))

    def precondition(self, id: str) -> npt.NDArray[np.int8]:
        """Verdicts of a precondition. Shape (rows,), int8, read-only.

        Raises:
            NotFoundError: the set has no such precondition.
            ArgumentError: criteria were not kept.
        """
        return self._verdicts(_PRECONDITION, self._index("precondition", id))

    # ---------------------------------------------------------------------------------------- counts

    def tally(
        self, *, criterion: str | None = None, indicator: str | None = None, precondition: str | None = None
    ) -> Tally:
        """How many rows met, did not meet, or cannot be told: of the status, or of the one thing named."""
        of, index = self._of(indicator, criterion, precondition)
        self._check_kept(of)
        return Tally(*core.tally(self._core, of, index))

    def near_misses(self, limit: int = 20, *, needed_most: int | None = None) -> list[NearMiss]:
        """The rows nearest to attaining, nearest first; at most ``limit`` of them.

        Args:
            needed_most: leave out rows that need more criteria than this.
        """
        criteria = len(self.law.criteria)
        most_rows = _at_least_zero("limit", limit)
        needed = criteria if needed_most is None else _at_least_zero("needed_most", needed_most)
        found = core.near_misses(self._core, min(most_rows, len(self)), min(needed, criteria))
        return [
            NearMiss(row, None if self.units is None else self.units[row], criteria - most, most - least)
            for row, least, most in found
        ]

    # ---------------------------------------------------------------------------------------- explanations

    def row(self, unit: str | int) -> int:
        """The row of a unit (text), or a row number checked.

        Where the units' names look like integers, an integer is first taken for a name.

        Raises:
            NotFoundError: no such unit, or the caller named none.
            ArgumentError: an integer that is the name of one row and the number of another.
            IndexError: no such row.
            TypeError: neither text nor an integer.
        """
        if isinstance(unit, str):
            try:
                return self._rows_of_units[unit]
            except KeyError:
                raise NotFoundError(_not_found("unit", unit, self.units or ())) from None
        number = whole_number("a row", unit, "a unit's name or a row number")
        is_row = -len(self) <= number < len(self)
        named = self._rows_of_units.get(str(number))
        if named is None and not is_row:
            raise IndexError(f"row {number} of {len(self)}" + ("" if self.units is None else ", and no unit's name"))
        if named is None:
            return number % len(self)
        if is_row and number % len(self) != named:
            raise ArgumentError(f"{number} is a row number and the name of row {named}: give the unit as text")
        return named

    @cached_property
    def _rows_of_units(self) -> dict[str, int]:
        return {unit: row for row, unit in reversed(list(enumerate(self.units or ())))}

    def explain(
        self,
        unit: str | int,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        lang: Language = "vi",
    ) -> Explanation:
        """Why a verdict is what it is: of an indicator, a criterion, a precondition, or (none named) the status.

        Args:
            unit: a unit as text, or a row number.
            lang: the language of ``str()``; both are there through :meth:`Explanation.line`.

        Raises:
            NotFoundError: no such unit, indicator ...
        """
        plan, table, _ = self._open
        language_code(lang)
        row = self.row(unit)
        of, index = self._of(indicator, criterion, precondition)
        return Explanation(core.explain(plan, table, row, of, index), lang)

    def _of(self, indicator: str | None, criterion: str | None, precondition: str | None) -> tuple[int, int]:
        named = [
            (of, kind, id)
            for of, kind, id in (
                (_INDICATOR, "indicator", indicator),
                (_CRITERION, "criterion", criterion),
                (_PRECONDITION, "precondition", precondition),
            )
            if id is not None
        ]
        if len(named) > 1:
            raise ArgumentError("name one of indicator, criterion and precondition")
        if not named:
            return _STATUS, 0
        of, kind, id = named[0]
        return of, self._index(kind, id)

    def _index(self, kind: str, id: str) -> int:
        text_of(f"the id of the {kind}", id)
        try:
            return self._indexes[kind][id]
        except KeyError:
            raise NotFoundError(_not_found(kind, id, self._indexes[kind])) from None

    @cached_property
    def _indexes(self) -> dict[str, dict[str, int]]:
        groups: dict[str, tuple[Indicator | Criterion | Precondition, ...]] = {
            "indicator": self.law.indicators,
            "criterion": self.law.criteria,
            "precondition": self.law.preconditions,
        }
        return {kind: {one.id: index for index, one in enumerate(things)} for kind, things in groups.items()}

    # ---------------------------------------------------------------------------------------- the object

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The result as an Arrow record batch (PyCapsules), for pyarrow, polars and others."""
        return core.attainment_arrow(self._core)

    def close(self) -> None:
        """Lets go of the result and of the arrays; using it afterwards raises ValueError. Views stay valid."""
        self._handles = None

    def __enter__(self) -> Attainment:
        self._open
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "evaluate again, or keep its arrays")

    def __len__(self) -> int:
        return core.attainment_rows(self._core)

    def __repr__(self) -> str:
        if self._handles is None:
            return f"<ntm.Attainment of {self.law.id}, closed>"
        met, not_met, unknown = self.tally()
        return f"<ntm.Attainment of {self.law.id} over {len(self)} rows: {met} met, {not_met} not met, {unknown} open>"


def _at_least_zero(name: str, value: Any) -> int:
    number = whole_number(name, value)
    if number < 0:
        raise ArgumentError(f"{name} is {number}, and cannot be below 0")
    return number


def _not_found(kind: str, id: str, known: Iterable[str]) -> Problem:
    """What to say about a name that is not there: the nearest ones that are."""
    near = difflib.get_close_matches(id, list(known), n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    return Problem(Status.NOT_FOUND, f"no such {kind}{hint}", id)


def _check_known(names: Iterable[str], inputs: Sequence[str]) -> None:
    known = set(inputs)
    strange = [text_of("a column's name", name) for name in names if name not in known]
    problems = [_not_found("fact or axis", name, inputs) for name in strange]
    hint = "; unit= takes a column of names, unknown='ignore' leaves columns out"
    problems = [one if "did you mean" in one.message else replace(one, message=one.message + hint) for one in problems]
    if problems:
        raise NotFoundError(problems[0], problems)


def _check_once(names: Iterable[str]) -> None:
    """That no two columns have one name, as a data frame of pandas allows."""
    problems = [
        Problem(Status.CONFLICT, f"{count} columns have this name", name)
        for name, count in Counter(names).items()
        if count > 1
    ]
    if problems:
        raise ConflictError(problems[0], problems)


def _unit_texts(data: Any, unit: str | Sequence[Any] | None) -> list[str] | None:
    """The units as text: a column of the data, or a sequence of their own."""
    if unit is None:
        return None
    if isinstance(unit, str) and unit not in list(data.keys()):
        raise NotFoundError(_not_found("column", unit, data.keys()))
    values: Any = data[unit] if isinstance(unit, str) else unit
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"units are the name of a column or a sequence, not {type(values).__name__}")
    rows: dict[str, int] = {}
    for row, one in enumerate(values.tolist() if hasattr(values, "tolist") else values):
        if is_missing(one):
            raise BadValueError(Problem(Status.VALUE, "a unit without a name", "unit", row))
        if rows.setdefault(str(one), row) != row:
            raise ConflictError(Problem(Status.CONFLICT, f"{str(one)!r} is row {rows[str(one)]} already", "unit", row))
    return list(rows)


def _check_sort(name: str, column: Prepared, fact: Fact | None) -> None:
    """That days feed only dates, and text only levels and axes: as numbers they would be taken for something else."""
    wanted = {FactKind.FLAG: "booleans", FactKind.DATE: "dates", FactKind.LEVEL: "levels as text"}
    expected = "text" if fact is None else wanted.get(fact.kind, "numbers")
    message = None
    if column.is_dates and expected != "dates":
        message = f"dates, expected {expected}"
    elif column.categories is not None and expected in ("booleans", "dates", "numbers"):
        message = f"text, expected {expected}"
        if expected == "numbers":
            message += "; ntm.parse_number(text, locale=...) reads printed ones"
    if message is not None:
        raise ShapeError(Problem(Status.SHAPE, message, name))


def _table(data: Any, names: Sequence[str], rows: int, nan: Nan, law: CriteriaSet) -> core.Table:
    """The named columns as a table of the core."""
    facts = {fact.id: fact for fact in law.facts}
    axes = {axis.id for axis in law.axes}
    table = core.table_new(rows, len(names))
    for name in names:
        column = prepare(name, data[name], rows)
        fact = facts.get(name, facts.get(name.partition("[")[0]))
        if fact is not None or name in axes:
            _check_sort(name, column, fact)
        core.table_add(
            table,
            name,
            column.data,
            column.scale,
            nan == "not reported",
            column.validity,
            column.not_applicable,
            column.categories,
        )
    return table


def _row_count(data: Any, names: Sequence[str], units: Sequence[str] | None) -> int:
    """Rows of the table: of the units, else of the first column that is no single value."""
    lengths = [length for length in (length_of(data[name]) for name in names) if length is not None]
    if units is None:
        if not names:
            raise ShapeError("no column and no units: how many rows there are cannot be told")
        return lengths[0] if lengths else 1
    if lengths and len(units) not in lengths:
        raise ShapeError(Problem(Status.SHAPE, f"{len(units)} units for {lengths[0]} rows", "unit"))
    return len(units)


def _read(
    data: Any, law: CriteriaSet, inputs: Sequence[str], unit: str | Sequence[Any] | None, nan: Nan, unknown: str
) -> tuple[core.Table, list[str] | None]:
    """The table and its units, checked against the inputs of the plan and against each other."""
    if hasattr(data, "get_columns"):  # a data frame of polars
        data = {series.name: series for series in data.get_columns()}
    if not hasattr(data, "keys") and hasattr(data, "__arrow_c_array__"):
        if isinstance(unit, str):
            raise ArgumentError("with Arrow data, give the units as a sequence")
        units = _unit_texts(data, unit)
        schema, array = data.__arrow_c_array__()
        table = core.table_from_arrow(schema, array, nan == "not reported")
        if unknown == "error":
            _check_known(core.table_names(table), inputs)
    elif not hasattr(data, "keys"):
        hint = "; a table in pieces has .to_batches()" if hasattr(data, "__arrow_c_stream__") else ""
        raise TypeError(f"a mapping of columns, a data frame or a record batch, not {type(data).__name__}{hint}")
    else:
        _check_once(data.keys())
        units = _unit_texts(data, unit)
        names = [name for name in data.keys() if not (isinstance(unit, str) and name == unit)]
        if unknown == "error":
            _check_known(names, inputs)
        known = set(inputs)
        used = [name for name in names if name in known]
        table = _table(data, used, _row_count(data, used or names, units), nan, law)
    if units is not None and len(units) != core.table_rows(table):
        raise ShapeError(Problem(Status.SHAPE, f"{len(units)} units for {core.table_rows(table)} rows", "unit"))
    return table, units


def _choice(name: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise ArgumentError(f"{name} {value!r}: {', '.join(repr(choice) for choice in choices)}")


def _fixed_axes(axes: Mapping[str, str] | None, more: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The axes that are the same for all rows, each given once."""
    if axes is not None and not hasattr(axes, "items"):
        raise TypeError(f"axes have to be a mapping of str to str, not {type(axes).__name__}")
    fixed = dict(axes or {})
    for axis, value in more.items():
        if axis in fixed:
            raise ConflictError(Problem(Status.CONFLICT, "given in axes= and as a keyword", axis))
        fixed[axis] = value
    for axis, value in fixed.items():
        text_of(f"the value of axis or option {text_of('the id of an axis', axis)!r}", value)
    return tuple(fixed.items())


def evaluate(
    data: Mapping[str, Any],
    law: CriteriaSet,
    *,
    on: datetime.date | str,
    axes: Mapping[str, str] | None = None,
    unit: str | Sequence[Any] | None = None,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    keep: Keep = "indicators",
    out_of_force: bool = False,
    kernels: Literal["best", "plain", "reference"] = "best",
    **more_axes: str,
) -> Attainment:
    """Evaluates a table, one row a unit.

    A fact without a column is not reported, and what needs it is open. The interpreter's lock is released meanwhile.

    Args:
        data: columns by the id of the fact or axis (``law.facts``, ``law.axes``): a mapping, or a data frame of pandas or
            polars.
            Each is an array of shape (rows,), in the unit of the fact, or one value for all rows; see
            :mod:`ntm.columns` for the types, and :class:`ntm.Column` for scales and "not applicable". Or one object
            with ``__arrow_c_array__`` (a record batch).
        law: the set.
        on: the day whose law and year count: a date, or text like "2020-02-25".
        axes: axes that are the same for all rows; may also be given as keywords: ``region="BTB"``.
        unit: the units: the name of a column of ``data``, or a sequence of their own; no two the same. Errors then
            name the unit.
        nan: what NaN means in float64 columns: an error, or "not reported".
        unknown: columns that the set does not know are an error, or are ignored.
        keep: what the result keeps: "status" (with counts), also "criteria", also "indicators".
        out_of_force: allow a day on which the set is not in force.
        kernels: which code runs; all give the same result.

    Raises:
        ShapeError: columns of different length, of a type that is no column, or not of the fact's sort; no column at all.
        ConflictError: two rows of one unit, two columns of one name, an axis given twice.
        ArgumentError: no date, or a word that is none of an option's.
        TypeError: an argument of the wrong type.
        BadValueError: NaN, infinity, outside natural bounds, a part above its whole; ``.row`` and ``.unit`` tell where.
        NotFoundError: a column, an axis or a value of an axis that the set does not have.
        NotInForceError: the set is not in force on the day.
        ExactOverflowError: beyond exact arithmetic; the row is named.
    """
    _choice("keep", keep, _KEEP)
    _choice("kernels", kernels, _KERNELS)
    _choice("nan", nan, ("error", "not reported"))
    _choice("unknown", unknown, ("error", "ignore"))
    if not isinstance(law, CriteriaSet):
        raise TypeError(f"law has to be an ntm.CriteriaSet, as from ntm.catalogue().find(), not {type(law).__name__}")
    fixed = _fixed_axes(axes, more_axes)
    plan = core.plan_new(law._core, date_number(on), bool(out_of_force), fixed, _KERNELS[kernels])
    table, units = _read(data, law, core.plan_inputs(plan), unit, nan, unknown)
    try:
        handle = core.evaluate(plan, table, _KEEP[keep], True)
    except NtmError as error:
        if error.row is not None and units is not None and error.row < len(units):
            error.unit = units[error.row]
        raise
    return Attainment(law, plan, table, handle, units, keep)
