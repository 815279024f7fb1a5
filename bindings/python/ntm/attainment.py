# SPDX-License-Identifier: Apache-2.0
"""Evaluating a criteria set over a table of units: verdicts, counts as bounds, explanations."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Iterable, Literal, Mapping, NamedTuple, NoReturn, Sequence

from . import core
from .attainment_rows import AttainmentRows
from .columns import Nan
from .criteria import CriteriaSet
from .days import date_number
from .errors import ArgumentError, NotFoundError, NtmError
from .explanation import Explanation, Verdict
from .handles import no_pickle
from .laws import law_of
from .number import Language, at_least_zero, language_code, text_of, whole_number
from .parts import Criterion, Indicator, Precondition, Value
from .proofs import Day, Observed, notes_of
from .questions import Questions
from .tables import choice, fixed_axes, nearest_axis, not_found, read_table, with_hint

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


Keep = Literal["status", "criteria", "indicators"]

_KEEP = {"status": 0, "criteria": 1, "indicators": 2}
_KERNELS = {"best": 0, "plain": 1, "reference": 2}
VerdictOf = Literal["status", "criteria status", "revocation"]
"""A verdict of a whole row."""

_STATUS, _CRITERIA_STATUS, _REVOCATION, _CRITERION, _INDICATOR, _PRECONDITION = range(6)
_OF_ROW = {"status": _STATUS, "criteria status": _CRITERIA_STATUS, "revocation": _REVOCATION}
_KEPT_WITH = {_CRITERION: "criteria", _PRECONDITION: "criteria", _INDICATOR: "indicators"}


class _How(NamedTuple):
    """How a result was asked for, so that it can be asked again."""

    plan: tuple[datetime.date | str, bool, tuple[tuple[str, str], ...], str, tuple[CriteriaSet, ...]]
    keep: Keep
    values: bool


class Bounds(NamedTuple):
    """Numbers known to lie between two bounds, both included; one row a unit."""

    least: npt.NDArray[np.uint16]
    """At least. Shape (rows,)."""
    most: npt.NDArray[np.uint16]
    """At most. Shape (rows,)."""


class Tally(NamedTuple):
    """How many rows had which verdict."""

    met: int
    not_met: int
    open: int


class Range(NamedTuple):
    """An exact number known to lie between two others, both included; None where no bound is known."""

    least: Fraction | None
    most: Fraction | None


class Values:
    """A value of a set for every row: exact ranges.

    ``values[row]`` is a :class:`Range`; ``least`` and ``most`` are whole columns for tables and plots.
    """

    def __init__(self, unit: str | None, fractions: npt.NDArray[np.int64]) -> None:
        self.unit = unit
        """The unit that it is given out in."""
        self.fractions = fractions
        """Numerator and denominator of least, then of most: shape (rows, 4), int64, read-only; denominator 0 is no bound."""

    @property
    def least(self) -> npt.NDArray[np.float64]:
        """The nearest doubles of the lower bounds, NaN where there is none. Shape (rows,)."""
        return self._column(0)

    @property
    def most(self) -> npt.NDArray[np.float64]:
        """The nearest doubles of the upper bounds, NaN where there is none. Shape (rows,)."""
        return self._column(2)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Whether the number itself is known. Shape (rows,)."""
        f = self.fractions
        known: npt.NDArray[np.bool_] = (f[:, 1] != 0) & (f[:, 0] == f[:, 2]) & (f[:, 1] == f[:, 3])
        return known

    def _column(self, at: int) -> npt.NDArray[np.float64]:
        import numpy as np

        out = np.full(len(self), np.nan)
        np.divide(self.fractions[:, at], self.fractions[:, at + 1], out=out, where=self.fractions[:, at + 1] != 0)
        return out

    def __getitem__(self, row: int) -> Range:
        a, b, c, d = (int(one) for one in self.fractions[row])
        return Range(Fraction(a, b) if b else None, Fraction(c, d) if d else None)

    def __len__(self) -> int:
        return len(self.fractions)

    def __repr__(self) -> str:
        return f"<ntm.Values of {len(self)} rows in {self.unit or 'plain numbers'}: {int(self.known.sum())} known>"


class NearMiss(NamedTuple):
    """A row that has not attained, and how far it is."""

    row: int
    unit: str | None
    """Its unit, when the units were named."""
    needed: int
    """Criteria that are surely not met."""
    open: int
    """Criteria that cannot be told from what is known."""


class Attainment(AttainmentRows, Questions):
    """Verdicts of a set over a table, made by :func:`evaluate`.

    Frozen, and usable by several threads. It holds on to the arrays that it was computed from, because explanations read
    them again: do not change them in between. Verdict arrays are int8 with the values of :class:`Verdict`: 0 open,
    1 met, 2 not met.
    """

    def __init__(
        self,
        law: CriteriaSet,
        plan: core.Plan | None,
        table: core.Table | None,
        handle: core.Attainment,
        units: Sequence[str] | None,
        keep: Keep,
    ) -> None:
        self.law = law
        """The set that was evaluated."""
        self.units = units
        """The unit of each row, as text; None when the caller named none."""
        self._keep = _KEEP[keep]
        self._handles: tuple[core.Plan | None, core.Table | None, core.Attainment] | None = (plan, table, handle)
        self._how: _How | None = None

    @property
    def _open(self) -> tuple[core.Plan | None, core.Table | None, core.Attainment]:
        if self._handles is None:
            raise ValueError("the result is closed: evaluate again, or take what you need before it is closed")
        return self._handles

    @property
    def _core(self) -> core.Attainment:
        return self._open[2]

    @property
    def _evaluated(self) -> tuple[core.Plan, core.Table]:
        plan, table, _ = self._open
        if plan is None or table is None:
            raise ArgumentError("the result of a step of a cascade: evaluate its set alone for this")
        return plan, table

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
        """The class of each row as positions in ``law.classes``, from 1; 0 is no class. None without a grade.

        Two arrays of shape (rows,), uint16, of the caller.
        """
        import numpy as np

        self._open
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

    def value(self, id: str) -> Values:
        """A value of the set (``law.values``), exactly.

        Raises:
            NotFoundError: the set has no such value.
            ArgumentError: values were not kept.
        """
        index = self._index("value", id)
        return self._values(index, self.law.values[index].unit)

    @property
    def score(self) -> Values | None:
        """The quantity that the grade is of, in the unit of its bands; None without a grade.

        Raises:
            ArgumentError: values were not kept.
        """
        self._open
        return self._values(-1, None) if self.law.classes else None

    def _values(self, index: int, unit: str | None) -> Values:
        import numpy as np

        out = np.empty((len(self), 4), dtype=np.int64)
        core.values(self._core, index, out.reshape(-1))
        out.flags.writeable = False
        return Values(unit, out)

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
        most_rows = at_least_zero("limit", limit)
        needed = criteria if needed_most is None else at_least_zero("needed_most", needed_most)
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
                raise NotFoundError(not_found("unit", unit, self.units or ())) from None
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
        self._open
        language_code(lang)
        row = self.row(unit)
        of, index = self._of(indicator, criterion, precondition)
        return Explanation(self._explained(row, of, index), lang)

    def _explained(self, row: int, of: int, index: int) -> core.Explanation:
        return core.explain(*self._unchanged(row), row, of, index)

    def proof(
        self,
        unit: str | int,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        of: VerdictOf = "status",
        known_on: Day | None = None,
        period: str | None = None,
        recorded_on: Day | None = None,
        observed: Observed | None = None,
    ) -> str:
        """A proof of one verdict: self-contained text from which another program derives it again (docs/proof.md).

        Of a step of a cascade it holds the proofs of the units below that are counted. The same input gives the same
        text on every machine.

        Args:
            unit: a unit as text, or a row number.
            of: what is proved when no part is named: "status", "criteria status" or "revocation".
            known_on: the day with whose knowledge it was decided.
            period: the period that all facts are of.
            recorded_on: the day on which all facts were recorded.
            observed: where single facts differ: ``{"households": ("2019", "2020-01-10")}``, by names of columns. Names
                that the proof does not look at are passed over.

        Raises:
            NotFoundError: no such unit, indicator ..., or a set without a rule of revocation.
            ExactOverflowError: an exact number that does not fit 128 bits: nothing is ever rounded.
            ArgumentError: two parts named, a part and another ``of``, no date.
        """
        self._open
        row = self.row(unit)
        part, index = self._watched(indicator, criterion, precondition, of)
        return self._proved(row, part, index, *notes_of(known_on, period, recorded_on, observed))

    def _proved(
        self, row: int, of: int, index: int, known_on: int, period: str | None, recorded_on: int, observed: core.Table | None
    ) -> str:
        plan, table = self._unchanged(row)
        unit = None if self.units is None else self.units[row]
        return core.proof(plan, table, row, of, index, unit, known_on, period, recorded_on, observed)

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

    def _watched(self, indicator: str | None, criterion: str | None, precondition: str | None, of: str) -> tuple[int, int]:
        """The one thing named, or what ``of`` says."""
        choice("of", text_of("of", of), _OF_ROW)
        part, index = self._of(indicator, criterion, precondition)
        if part != _STATUS and of != "status":
            raise ArgumentError(f"either one of indicator, criterion and precondition, or {of!r}")
        return (part, index) if part != _STATUS else (_OF_ROW[of], 0)

    def _index(self, kind: str, id: str) -> int:
        text_of(f"the id of the {kind}", id)
        try:
            return self._indexes[kind][id]
        except KeyError:
            problem = not_found(kind, id, self._indexes[kind])
            others = [f"{other}={id!r}" for other, ids in self._indexes.items() if id in ids]
            if others:
                problem = replace(problem, message=f"no such {kind}; did you mean {others[0]}?")
            raise NotFoundError(problem) from None

    @cached_property
    def _indexes(self) -> dict[str, dict[str, int]]:
        groups: dict[str, tuple[Indicator | Criterion | Precondition | Value, ...]] = {
            "value": self.law.values,
            "indicator": self.law.indicators,
            "criterion": self.law.criteria,
            "precondition": self.law.preconditions,
        }
        return {kind: {one.id: index for index, one in enumerate(things)} for kind, things in groups.items()}

    def _named(self, error: NtmError) -> NtmError:
        """The error with the unit of its row."""
        if error.row is not None and self.units is not None and error.row < len(self.units):
            error.unit = self.units[error.row]
        return error

    # ---------------------------------------------------------------------------------------- the object

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
            return f"<ntm.Attainment of {self.law.layers}, closed>"
        met, not_met, unknown = self.tally()
        return f"<ntm.Attainment of {self.law.layers} over {len(self)} rows: {met} met, {not_met} not met, {unknown} open>"


def plan_of(
    law: CriteriaSet,
    on: datetime.date | str,
    out_of_force: bool,
    fixed: tuple[tuple[str, str], ...],
    kernels: str,
    others: Iterable[CriteriaSet],
) -> core.Plan:
    """A plan of the core, its arguments checked."""
    law = law_of(law)
    handles = tuple(law_of(other)._core for other in others)
    try:
        return core.plan_new(law._core, date_number(on), bool(out_of_force), fixed, _KERNELS[kernels], handles)
    except NotFoundError as error:
        raise with_hint(error, nearest_axis(law.axes, fixed)) from None


def evaluate(
    data: Any,
    law: CriteriaSet | str,
    *,
    on: datetime.date | str,
    axes: Mapping[str, str] | None = None,
    unit: str | Sequence[Any] | None = None,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    keep: Keep = "indicators",
    values: bool = False,
    others: Sequence[CriteriaSet | str] = (),
    out_of_force: bool = False,
    kernels: Literal["best", "plain", "reference"] = "best",
    **more_axes: str,
) -> Attainment:
    """Evaluates a table, one row a unit.

    A fact without a column is not reported, and what needs it is open. The interpreter's lock is released meanwhile.

    Args:
        data: columns by the id of the fact or axis (``law.facts``, ``law.axes``): a mapping, a data frame of pandas or
            polars, a structured array of NumPy, a relation of DuckDB, a table, record batch or reader of pyarrow, or
            anything else with ``__arrow_c_stream__`` or ``__arrow_c_array__``. A column is of shape (rows,), in the unit
            of the fact; in a mapping it may be one value for all rows. See :mod:`ntm.columns` for the types and
            docs/data-in.md for what is copied, and :class:`ntm.Column` for scales and "not applicable". A reader is
            consumed.
        law: the set; or the id of a shipped one, as it was published: "commune-ntm-2016-2020".
        on: the day whose law and year count: a date, or text like "2020-02-25".
        axes: axes that are the same for all rows; may also be given as keywords: ``region="BTB"``.
        unit: the units: the name of a column of ``data``, or a sequence of their own; no two the same. None: those of
            a table that knows them (:func:`ntm.read_csv`, :func:`ntm.excel.read_template`). Errors name the unit.
        nan: what NaN means in float64 columns: an error, or "not reported".
        unknown: columns that the set does not know are an error, or are ignored.
        keep: what the result keeps: "status" (with counts), also "criteria", also "indicators".
        values: keep the set's values and the quantity of its grade too, exactly: 32 bytes a row each.
        others: sets in which rules look figures up ("at least 1.1 times what the advanced set asks"); without the set
            that a rule names, the figure is a column.
        out_of_force: allow a day on which the set is not in force.
        kernels: which code runs; all give the same result.

    Raises:
        ShapeError: columns of different length, of a type that is no column, or not of the fact's sort; no column at all.
        ConflictError: two rows of one unit, two columns of one name, an axis given twice.
        ArgumentError: no date, or a word that is none of an option's; a reader that was read already.
        FileError: a reader failed; its words are in the message.
        TypeError: an argument of the wrong type.
        BadValueError: NaN, infinity, outside natural bounds, a part above its whole; ``.row`` and ``.unit`` tell where.
        NotFoundError: a column, an axis or a value of an axis that the set does not have; no such shipped set.
        NotInForceError: the set is not in force on the day.
        ExactOverflowError: beyond exact arithmetic; the row is named.
    """
    choice("keep", keep, _KEEP)
    choice("kernels", kernels, _KERNELS)
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    law = law_of(law)
    sets = tuple(law_of(other) for other in others)
    how = _How((on, out_of_force, fixed_axes(axes, more_axes), kernels, sets), keep, bool(values))
    return evaluated(data, law, plan_of(law, *how.plan), how, unit, nan, unknown)


def evaluated(
    data: Any, law: CriteriaSet, plan: core.Plan, how: _How, unit: str | Sequence[Any] | None, nan: Nan, unknown: str
) -> Attainment:
    """A table evaluated by a plan."""
    table, units = read_table(data, [law], core.plan_inputs(plan), unit, nan, unknown)
    try:
        handle = core.evaluate(plan, table, _KEEP[how.keep], True, how.values)
    except NtmError as error:
        if error.row is not None and units is not None and error.row < len(units):
            error.unit = units[error.row]
        raise
    made = Attainment(law, plan, table, handle, units, how.keep)
    made._how = how
    return made
