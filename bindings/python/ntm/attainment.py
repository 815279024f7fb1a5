# SPDX-License-Identifier: Apache-2.0
"""Evaluating a criteria set over a table of units: verdicts, counts as bounds, explanations."""

from __future__ import annotations

import datetime
import difflib
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Iterable, Literal, Mapping, NamedTuple, Sequence

from . import core
from .columns import Nan, length_of, prepare
from .criteria import Criterion, CriteriaSet, Indicator, Precondition, date_number
from .errors import ArgumentError, NotFoundError, NtmError, Problem, ShapeError, Status
from .explanation import Explanation, Verdict
from .number import Language, language_code

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Keep = Literal["status", "criteria", "indicators"]

_KEEP = {"status": 0, "criteria": 1, "indicators": 2}
_KERNELS = {"best": 0, "plain": 1, "reference": 2}
_STATUS, _CRITERIA_STATUS, _REVOCATION, _CRITERION, _INDICATOR, _PRECONDITION = range(6)


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
        self, law: CriteriaSet, plan: core.Plan, table: core.Table, handle: core.Attainment, units: Sequence[str] | None
    ) -> None:
        self.law = law
        """The set that was evaluated."""
        self.units = units
        """The unit of each row, as text; None when the caller named none."""
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

        out = np.empty(len(self), dtype=np.int8)
        core.verdicts(self._core, of, index, out)
        out.flags.writeable = False
        return out

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
        return Tally(*core.tally(self._core, *self._of(indicator, criterion, precondition)))

    def near_misses(self, limit: int = 20, *, needed_most: int | None = None) -> list[NearMiss]:
        """The rows nearest to attaining, nearest first; at most ``limit`` of them.

        Args:
            needed_most: leave out rows that need more criteria than this.
        """
        criteria = len(self.law.criteria)
        found = core.near_misses(self._core, limit, criteria if needed_most is None else needed_most)
        return [
            NearMiss(row, None if self.units is None else self.units[row], criteria - most, most - least)
            for row, least, most in found
        ]

    # ---------------------------------------------------------------------------------------- explanations

    def row(self, unit: str | int) -> int:
        """The row of a unit (text), or a row number checked.

        Raises:
            NotFoundError: no such unit, or the caller named none.
            IndexError: no such row.
        """
        if isinstance(unit, str):
            try:
                return self._rows_of_units[unit]
            except KeyError:
                raise NotFoundError(_not_found("unit", unit, self.units or ())) from None
        if not -len(self) <= unit < len(self):
            raise IndexError(f"row {unit} of {len(self)}")
        return unit % len(self)

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

    def __len__(self) -> int:
        return core.attainment_rows(self._core)

    def __repr__(self) -> str:
        if self._handles is None:
            return f"<ntm.Attainment of {self.law.id}, closed>"
        met, not_met, unknown = self.tally()
        return f"<ntm.Attainment of {self.law.id} over {len(self)} rows: {met} met, {not_met} not met, {unknown} open>"


def _not_found(kind: str, id: str, known: Iterable[str]) -> Problem:
    """What to say about a name that is not there: the nearest ones that are."""
    near = difflib.get_close_matches(id, list(known), n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    return Problem(Status.NOT_FOUND, f"no such {kind}{hint}", id)


def _check_known(names: Iterable[str], inputs: Sequence[str]) -> None:
    known = set(inputs)
    problems = [_not_found("fact or axis", name, inputs) for name in names if name not in known]
    if problems:
        raise NotFoundError(problems[0], problems)


def _unit_texts(data: Any, unit: str | Sequence[Any] | None) -> list[str] | None:
    """The units as text: a column of the data, or a sequence of their own."""
    if unit is None:
        return None
    if isinstance(unit, str) and unit not in list(data.keys()):
        raise NotFoundError(_not_found("column", unit, data.keys()))
    values: Any = data[unit] if isinstance(unit, str) else unit
    return [str(one) for one in (values.tolist() if hasattr(values, "tolist") else values)]


def _table(data: Any, names: Sequence[str], rows: int, nan: Nan) -> core.Table:
    """The named columns as a table of the core."""
    table = core.table_new(rows, len(names))
    for name in names:
        column = prepare(name, data[name], rows)
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


def _row_count(data: Any, names: Iterable[str], units: Sequence[str] | None) -> int:
    """Rows of the table: of the units, else of the first column that is no single value."""
    if units is not None:
        return len(units)
    lengths = (length_of(data[name]) for name in names)
    return next((length for length in lengths if length is not None), 1)


def _read(
    data: Any, inputs: Sequence[str], unit: str | Sequence[Any] | None, nan: Nan, unknown: str
) -> tuple[core.Table, list[str] | None]:
    """The table and its units, checked against the inputs of the plan and against each other."""
    if hasattr(data, "get_columns"):  # a data frame of polars
        data = {series.name: series for series in data.get_columns()}
    if not hasattr(data, "keys") and hasattr(data, "__arrow_c_array__"):
        if isinstance(unit, str):
            raise ArgumentError("with Arrow data, give the units as a sequence")
        units = _unit_texts(data, unit)
        table = core.table_from_arrow(*data.__arrow_c_array__())
        if unknown == "error":
            _check_known(core.table_names(table), inputs)
    elif not hasattr(data, "keys"):
        raise TypeError(f"a mapping of columns, a data frame or a record batch, not {type(data).__name__}")
    else:
        units = _unit_texts(data, unit)
        names = [name for name in data.keys() if not (isinstance(unit, str) and name == unit)]
        if unknown == "error":
            _check_known(names, inputs)
        known = set(inputs)
        table = _table(data, [name for name in names if name in known], _row_count(data, names, units), nan)
    if units is not None and len(units) != core.table_rows(table):
        raise ShapeError(Problem(Status.SHAPE, f"{len(units)} units for {core.table_rows(table)} rows", "unit"))
    return table, units


def _choice(name: str, value: str, choices: Iterable[str]) -> None:
    if value not in choices:
        raise ArgumentError(f"{name} {value!r}: {', '.join(repr(choice) for choice in choices)}")


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
        unit: the units: the name of a column of ``data``, or a sequence of their own. Errors then name the unit.
        nan: what NaN means in float64 columns: an error, or "not reported".
        unknown: columns that the set does not know are an error, or are ignored.
        keep: what the result keeps: "status" (with counts), also "criteria", also "indicators".
        out_of_force: allow a day on which the set is not in force.
        kernels: which code runs; all give the same result.

    Raises:
        ShapeError: columns of different length or of a type that is no column.
        BadValueError: NaN, infinity, outside natural bounds, a part above its whole; ``.row`` and ``.unit`` tell where.
        NotFoundError: a column, an axis or a value of an axis that the set does not have.
        NotInForceError: the set is not in force on the day.
        ExactOverflowError: beyond exact arithmetic; the row is named.
    """
    _choice("keep", keep, _KEEP)
    _choice("kernels", kernels, _KERNELS)
    _choice("nan", nan, ("error", "not reported"))
    _choice("unknown", unknown, ("error", "ignore"))
    fixed = {**(axes or {}), **more_axes}
    plan = core.plan_new(law._core, date_number(on), out_of_force, tuple(fixed.items()), _KERNELS[kernels])
    table, units = _read(data, core.plan_inputs(plan), unit, nan, unknown)
    try:
        handle = core.evaluate(plan, table, _KEEP[keep], True)
    except NtmError as error:
        if error.row is not None and units is not None and error.row < len(units):
            error.unit = units[error.row]
        raise
    return Attainment(law, plan, table, handle, units)
