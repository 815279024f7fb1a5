# SPDX-License-Identifier: Apache-2.0
"""Trajectories: months of observations against targets and deadlines."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .attainment import Range, plan_of
from .columns import Nan
from .criteria import CriteriaSet
from .days import date_number, date_of, day_of
from .errors import ArgumentError, NotFoundError, NtmError
from .exports import Frame, Out, Rows
from .frames import one_column, text_at, text_values, whole_table
from .handles import no_pickle
from .laws import law_of
from .number import at_least_zero, text_of
from .observations import ObservedView
from .results import ResultColumns
from .tables import choice, fixed_axes, not_found, read_table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Period = Union[datetime.date, str]
"""A period: "2020-02", or the day on which it ends."""

_TEXT = ("unit", "indicator", "fact", "sign", "measure", "line", "citation")
_OF = ("indicator", "criterion", "status", "fact", "part")
_SIGNS = ("", "<", "<=", "=", ">=", ">")
_LINES = ("none", "straight", "law")


class TrackState(IntEnum):
    """How a unit stands at the end of a period; told only if it holds whatever the open facts turn out to be."""

    OPEN = 0
    """Cannot be told: see :class:`TrackWhy`."""
    ATTAINED = 1
    """What the deadline asks is reached already."""
    ON_TRACK = 2
    """On the line or beyond it; what the deadline asks is not known to be reached."""
    BEHIND = 3
    """Short of the line, and the deadline has not come."""
    MISSED = 4
    """The deadline has come, and what it asks is not reached."""


class TrackWhy(IntEnum):
    """Why a state is open."""

    NOTHING = 0
    """It is not open."""
    NOT_KNOWN = 1
    """Facts that are not reported, or a figure that nobody has read."""
    NO_LINE = 2
    """Not reached; the deadline has not come, and nothing is asked on the way."""
    NOT_BEGUN = 3
    """Not reached; the line begins later."""
    PARTS = 4
    """What it is made of leaves it open: indicators, or parts."""


class TrackSeries(NamedTuple):
    """One thing that is followed over all units."""

    of: str
    """"indicator", "criterion", "status", "fact", or "part": a comparison in an indicator, or criterion, that is more than
    that."""
    id: str
    """Its id; of a part "17.1:households-clean-water", by what it measures."""
    measured: bool
    """It is an amount against a target; otherwise there are no amounts and no line."""
    whole: bool
    """Whole things are counted."""
    sign: str
    """What the amount has to be, of the target: ">="; "" when nothing is measured."""
    unit: str | None
    """Unit of the amounts; None for plain numbers and when nothing is measured."""


@dataclass(frozen=True)
class TrackCell:
    """One unit at the end of one period. Amounts are exact, in the unit of the series; None where there is none."""

    series: TrackSeries
    """What is followed."""
    unit: str
    """The unit."""
    period: str
    """The period, as the caller wrote it."""
    state: TrackState
    """How it stands."""
    why: TrackWhy
    """Why that is open."""
    value: Range
    """What was measured: between these while facts are open."""
    target: Range
    """What the deadline asks."""
    interim: Fraction | None
    """What is asked on this day: of several possible, the least demanding."""
    behind: Fraction | None
    """Behind or missed: how much is lacking to what is asked, surely."""
    since: datetime.date | None
    """Behind or missed: the last day of the first of the months without a break in which it is."""
    fell_since: datetime.date | None
    """The value went back since the last period in which it was known: the last day of that one."""


class TrackTarget(NamedTuple):
    """What is asked of one unit."""

    deadline: datetime.date
    """Its last day."""
    line: str
    """What is asked on the way: "none", "straight" (as declared), "law" (the set's figure for each year)."""
    start: datetime.date | None
    """The day of the baseline."""
    baseline: Fraction | None
    """The value then."""
    value: Fraction | None
    """The target that was declared; None: that of the law."""
    citation: str | None
    """Who declared it."""
    row: int | None
    """Row of the targets; None: none was declared."""


class TrackOutlook(NamedTuple):
    """What is still needed of a unit, and how fast it has moved; towards the target is above 0."""

    needed: Range
    """From the value of the period to the target, 0 when it is reached; of whole things as many as it takes."""
    months: Fraction
    """From the end of the period to the deadline; 0 when that has come."""
    pace_needed: Range
    """``needed`` a month, whole things rounded up; None when no time is left."""
    first_reported: datetime.date | None
    """The first period up to this one with a known value."""
    last_reported: datetime.date | None
    """The last such period."""
    pace_so_far: Fraction | None
    """A month, between these two; None when they are one."""
    arrives_on: datetime.date | None
    """A projection, no verdict: when the line through these two reaches the target; None when it does not move towards it
    or is there already."""


class TrackTally(NamedTuple):
    """How many units stand how at the end of a period."""

    attained: int
    on_track: int
    behind: int
    missed: int
    open: int


def _fraction(parts: tuple[int, int] | None) -> Fraction | None:
    return None if parts is None else Fraction(*parts)


def _range(ends: tuple[Any, Any]) -> Range:
    return Range(_fraction(ends[0]), _fraction(ends[1]))


class TrackTable(ResultColumns):
    """All cells in long form, one row each: by series, then period, then unit.

    Columns: ``of``, ``id``, ``unit`` (text), ``period_end`` (date), ``value_least``, ``value_most``, ``target_least``,
    ``target_most``, ``interim``, ``behind`` (Fraction or None), ``state`` ("open", "attained", "on track", "behind",
    "missed"), ``why`` (None, "not known", "no line", "not begun", "parts"), ``since``, ``fell_since`` (date or None).
    """

    _days = ("period_end", "since", "fell_since")

    def __init__(self, columns: tuple[int, list[tuple[Any, ...]]]) -> None:
        super().__init__(columns)
        ending = "_divisor"
        self._divisors = {name[: -len(ending)]: field for name, field in self._fields.items() if name.endswith(ending)}
        for name in self._divisors:
            del self._fields[name + ending]
        why = self._fields.get("why")
        if why is not None and why.categories is not None and "" in why.categories:
            self._fields["why"] = self._without_empty(why)

    def _without_empty(self, field: Any) -> Any:
        """A column of words in which "" is none."""
        import numpy as np

        empty = field.categories.index("")
        numbers = self._numbers(field)
        made = np.where(numbers == empty, -1, numbers - (numbers > empty)).astype(numbers.dtype)
        return field._replace(data=made.tobytes(), categories=[word for word in field.categories if word])

    def _values(self, field: Any) -> list[Any]:
        if field.name not in self._divisors:
            return super()._values(field)
        top, under = self._numbers(field).tolist(), self._numbers(self._divisors[field.name]).tolist()
        return [Fraction(a, b) if b else None for a, b in zip(top, under)]

    def _out(self, name: str) -> Out:
        return Out(name, "exact", self._column(name)) if name in self._divisors else super()._out(name)


class Trajectory(Rows):
    """Months of observations against targets and deadlines, made by :func:`trajectory`. Frozen, usable by several threads.

    A thing that is followed is named by ``indicator=``, ``criterion=`` or ``fact=``; without any of them the status is
    meant. A part is named by its id in place of the indicator's: ``indicator="17.1:households-clean-water"``. A period is named as it was given, or by the day on which it ends; without one the last is meant.

    62 % had clean water at the end of 2019, and 85 % shall have it at the end of 2025:

    >>> law = ntm.CriteriaSet.read(
    ...     "format: ntm-set/1\\nid: w\\nprogramme: ntm\\nlevel: commune\\ntier: standard\\nplace: VN\\n"
    ...     "sources: {S1: {where: an example}}\\ninstrument: {in_force: {from: 2020-01-01}, source: [S1]}\\n"
    ...     "facts: {clean: {kind: share, unit: '%'}}\\n"
    ...     "criteria: [{id: '1', source: [S1], rule: [clean, '>=', {constant: 85, unit: '%'}]}]\\n"
    ... )
    >>> scheme = {"indicator": ["1"], "line": ["straight"], "from": ["2019-12-31"], "from_value": [62]}
    >>> course = ntm.trajectory({"clean": [62.1, 90, 62.3, 90]}, law, deadline="2025-12-31", units=["A", "B"],
    ...                         periods=["2020-01", "2020-02"], targets=scheme)
    >>> course.tally(criterion="1")
    TrackTally(attained=1, on_track=0, behind=1, missed=0, open=0)
    >>> worst = course.behind()[0]
    >>> worst.unit, worst.behind, worst.since
    ('A', Fraction(903, 2740), datetime.date(2020, 1, 31))
    >>> course.outlook("A", criterion="1").pace_needed.least
    Fraction(227, 700)
    """

    def __init__(
        self, law: CriteriaSet, handle: core.Trajectory, units: Sequence[str], periods: Sequence[str], ends: Sequence[int]
    ) -> None:
        self.law = law
        """The set of the deadline."""
        self.units: tuple[str, ...] = tuple(units)
        """The units."""
        self.periods: tuple[str, ...] = tuple(periods)
        """The periods, as they were given; days as text."""
        self._ends = tuple(ends)
        self._handle = handle
        self._places = {unit: place for place, unit in enumerate(self.units)}
        self.series: tuple[TrackSeries, ...] = tuple(
            TrackSeries(_OF[of], id, measured, whole, _SIGNS[sign], unit)
            for of, id, measured, whole, sign, unit in core.trajectory_series(handle)
        )
        """What is followed: indicators, criteria, the status, facts with targets of their own."""

    # ---------------------------------------------------------------------------------------- who, what, when

    def _series(self, indicator: str | None, criterion: str | None, fact: str | None) -> int:
        named = [(of, id) for of, id in (("indicator", indicator), ("criterion", criterion), ("fact", fact)) if id is not None]
        if len(named) > 1:
            raise ArgumentError(f"{' and '.join(of for of, _ in named)}: one of them")
        of, id = named[0] if named else ("status", "status")
        text_of(f"the id of a {of}", id)
        wanted = (of, "part") if of in ("indicator", "criterion") else (of,)
        for place, one in enumerate(self.series):
            if one.of in wanted and one.id == id:
                return place
        raise NotFoundError(not_found(of, id, [one.id for one in self.series if one.of in wanted]))

    def _unit(self, unit: str) -> int:
        if unit not in self._places:
            raise NotFoundError(not_found("unit", text_of("a unit", unit), self.units))
        return self._places[unit]

    def _period(self, period: Period | None) -> int:
        if not self.periods:
            raise NotFoundError("there are no periods")
        if period is None:
            return len(self.periods) - 1
        if isinstance(period, str) and period in self.periods:
            return self.periods.index(period)
        if not isinstance(period, str) and date_number(period) in self._ends:
            return self._ends.index(date_number(period))
        raise NotFoundError(not_found("period", str(period), self.periods))

    def _cell(self, series: int, unit: int, period: int) -> TrackCell:
        state, why, value, target, interim, behind, since, fell = core.trajectory_cell(self._handle, series, unit, period)
        return TrackCell(
            self.series[series], self.units[unit], self.periods[period], TrackState(state), TrackWhy(why), _range(value),
            _range(target), _fraction(interim), _fraction(behind), date_of(since), date_of(fell),
        )

    # ---------------------------------------------------------------------------------------- one unit

    def at(
        self,
        unit: str,
        *,
        indicator: str | None = None,
        criterion: str | None = None,
        fact: str | None = None,
        period: Period | None = None,
    ) -> TrackCell:
        """How a unit stands at the end of a period.

        Raises:
            NotFoundError: no such unit, period, indicator, criterion or fact.
            ArgumentError: several of the latter.
        """
        return self._cell(self._series(indicator, criterion, fact), self._unit(unit), self._period(period))

    def target(
        self, unit: str, *, indicator: str | None = None, criterion: str | None = None, fact: str | None = None
    ) -> TrackTarget:
        """What is asked of a unit, and who said so.

        Raises:
            NotFoundError, ArgumentError: as :meth:`at`.
        """
        deadline, line, start, baseline, value, citation, row = core.trajectory_target(
            self._handle, self._series(indicator, criterion, fact), self._unit(unit)
        )
        return TrackTarget(
            day_of(deadline), _LINES[line], date_of(start), _fraction(baseline), _fraction(value), citation, row
        )

    def outlook(
        self,
        unit: str,
        *,
        indicator: str | None = None,
        criterion: str | None = None,
        fact: str | None = None,
        period: Period | None = None,
    ) -> TrackOutlook:
        """What is still needed from a period on, what pace that takes, and the pace so far.

        Raises:
            NotFoundError: as :meth:`at`.
            ArgumentError: it is not measured, or asks for "=".
            ExactOverflowError: a pace whose exact fraction is beyond 64 bits.
        """
        series, at = self._series(indicator, criterion, fact), self._period(period)
        needed, months, pace, first, last, so_far, arrives = core.trajectory_outlook(
            self._handle, series, self._unit(unit), at
        )
        return TrackOutlook(
            _range(needed), Fraction(*months), _range(pace), date_of(first), date_of(last), _fraction(so_far),
            date_of(arrives),
        )

    # ---------------------------------------------------------------------------------------- all units

    def tally(
        self,
        *,
        indicator: str | None = None,
        criterion: str | None = None,
        fact: str | None = None,
        period: Period | None = None,
    ) -> TrackTally:
        """How many units stand how.

        Raises:
            NotFoundError, ArgumentError: as :meth:`at`.
        """
        series = self._series(indicator, criterion, fact)
        return TrackTally(*core.trajectory_tally(self._handle, series, self._period(period)))

    def states(
        self, *, indicator: str | None = None, criterion: str | None = None, fact: str | None = None
    ) -> npt.NDArray[np.int8]:
        """The states of all units: int8 with the values of :class:`TrackState`, of shape (periods, units).

        Raises:
            NotFoundError, ArgumentError: as :meth:`at`.
        """
        import numpy as np

        series, size = self._series(indicator, criterion, fact), len(self.units) * len(self.periods)
        codes = self.table._numbers(self.table._fields["state"])[series * size : (series + 1) * size]
        return codes.astype(np.int8).reshape(len(self.periods), len(self.units))

    def behind(
        self,
        *,
        indicator: str | None = None,
        criterion: str | None = None,
        fact: str | None = None,
        period: Period | None = None,
        limit: int | None = None,
    ) -> list[TrackCell]:
        """Who is behind, or missed the deadline; the worst first, relative to what is asked on that day.

        Without an indicator, criterion or fact, of all but the status and criteria that have indicators. What has no amount (flags, criteria)
        comes last; ties by the bytes of the unit's code.

        Raises:
            NotFoundError, ArgumentError: as :meth:`at`; a limit below 0.
        """
        everything = indicator is None and criterion is None and fact is None
        series = -1 if everything else self._series(indicator, criterion, fact)
        places = core.trajectory_places(self._handle, series, self._period(period))
        return [self._cell(*place) for place in (places if limit is None else places[: at_least_zero("limit", limit)])]

    def fallen(
        self, *, indicator: str | None = None, criterion: str | None = None, fact: str | None = None
    ) -> list[TrackCell]:
        """Where a value went back since the last period in which it was known: by series, then period, then unit.

        Raises:
            NotFoundError, ArgumentError: as :meth:`at`.
        """
        everything = indicator is None and criterion is None and fact is None
        series = -1 if everything else self._series(indicator, criterion, fact)
        return [self._cell(*place) for place in core.trajectory_places(self._handle, series, -1)]

    @cached_property
    def table(self) -> TrackTable:
        """All cells in long form."""
        return TrackTable(core.trajectory_table(self._handle))

    def _frame(self) -> Frame:
        return self.table._frame()

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "make it again, or keep its data frame")

    def __repr__(self) -> str:
        return (
            f"<ntm.Trajectory of {len(self.units)} units, {len(self.periods)} periods, {len(self.series)} series "
            f"under {self.law.layers}>"
        )


def _periods(periods: Sequence[Period]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Periods as text, and their last days."""
    if isinstance(periods, (str, datetime.date)):
        periods = (periods,)
    names, ends = [], []
    for one in periods:
        if isinstance(one, str):
            names.append(one)
            ends.append(core.period_end(one))
        else:
            ends.append(date_number(one))
            names.append(day_of(ends[-1]).isoformat())
    return tuple(names), tuple(ends)


def _declared(targets: Any) -> core.Table | None:
    if targets is None:
        return None
    numbers = ("from_value", "to_value")
    return whole_table(targets, nan="not reported", text=_TEXT, days=("from", "to"), numbers=numbers)[0]


def trajectory(
    data: Any,
    law: CriteriaSet | str,
    *,
    deadline: datetime.date | str,
    units: Sequence[Any] | None = None,
    periods: Sequence[Period] | None = None,
    targets: Any = None,
    axes: Mapping[str, str] | None = None,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    others: Sequence[CriteriaSet] = (),
    out_of_force: bool = False,
    **more_axes: str,
) -> Trajectory:
    """Follows every indicator, every criterion and the status of a set, and facts with targets of their own.

    Args:
        data: facts as for :func:`ntm.evaluate`, one row a unit in each period: first all units in the first period, then
            all in the second; as :meth:`ntm.Observations.view` gives them. No column "year": the year is the deadline's.
        law: the set of the deadline.
        deadline: its last day; the law of that day is what has to be reached.
        units: the codes of the units, each once. None: those of an observed view.
        periods: in the order of days: "2020-02", or the last day of each. None: those of an observed view.
        targets: what was declared apart from the law, a mapping of columns or a data frame, one row a target, None or NaN
            for nothing: ``unit`` (none: all without a row of their own); ``indicator`` (or a criterion without, or a part) or ``fact``; ``sign`` ("<", "<=", "=",
            ">=", ">": needed for a fact); ``to`` (none: the deadline), ``to_value`` (needed for a fact; none: what the law
            asks); ``line`` ("straight": then ``from`` and ``from_value`` say where it begins); ``measure`` (the unit of both
            values; none: that of the indicator or fact); ``citation``.
        axes: axes that are the same for all rows; may also be given as keywords: ``region="BTB"``.
        nan: what NaN means in float64 columns of ``data``.
        unknown: columns that the set does not know are an error, or are ignored.
        others: sets in which rules look figures up.
        out_of_force: allow a deadline on which the set is not in force.

    Raises:
        ShapeError: rows that are not units x periods, a column of targets that is unknown or of the wrong type, years.
        BadValueError: periods out of order, a baseline not before its deadline, what a target lacks or may not say.
        NotFoundError: an indicator, fact, unit or axis that is not there.
        UnitError: a measure that is not the indicator's.
        ConflictError: a unit twice, two targets for one place.
        ExactOverflowError: beyond exact arithmetic; the row is named.
        NtmError: as :func:`ntm.evaluate`.
    """
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    if isinstance(data, ObservedView):
        units, periods = (data.units if units is None else units), (data.periods if periods is None else periods)
    if units is None or periods is None:
        raise ArgumentError("units= and periods= are needed, unless the data are an ntm.ObservedView")
    names, ends = _periods(periods)
    law = law_of(law)
    plan = plan_of(law, deadline, out_of_force, fixed_axes(axes, more_axes), "best", tuple(others))
    table, _ = read_table(data, [law], core.plan_inputs(plan), None, nan, unknown)
    codes = text_values("units", units)
    texts = [text_at(codes, row) or "" for row in range(len(codes.data))]
    try:
        handle = core.trajectory_new(plan, table, one_column("units", codes), ends, _declared(targets), True)
    except NtmError as error:
        if error.row is not None and texts and not error.subject.startswith(("targets: ", "units", "periods")):
            error.unit = texts[error.row % len(texts)]
        raise
    return Trajectory(law, handle, texts, names, ends)
