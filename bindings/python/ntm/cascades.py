# SPDX-License-Identifier: Apache-2.0
"""Status rolled up: from the facts of communes to districts and to the province in one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterator, Literal, Mapping, NamedTuple, NoReturn, Sequence

from . import core
from .attainment import Attainment
from .columns import Nan
from .criteria import CriteriaSet
from .days import date_number
from .errors import ArgumentError, NotFoundError
from .explanation import Explanation, Verdict
from .frames import as_text, texts_of
from .handles import no_pickle
from .laws import law_of
from .number import Language, language_code, text_of, whole_number
from .tables import choice, fixed_axes, not_found, unit_table
from .unit_rows import Unit
from .units import Day, Units


@dataclass(frozen=True)
class CascadeStep:
    """One set over the units of one level."""

    law: CriteriaSet | str
    """The set, or the id of a shipped one."""
    data: Any = None
    """Facts, one row a unit, as for :func:`ntm.evaluate`; None: all units of the level."""
    code: str = "code"
    """The column of ``data`` with the codes of its units."""
    level: str | None = None
    """The level of its units; None: the set's."""
    axes: Mapping[str, str] = field(default_factory=dict)
    """Axes that are the same for all rows."""


class ChildCounts(NamedTuple):
    """Units below one unit, by a condition: they add up to ``total``."""

    met: int
    """Surely."""
    not_met: int
    """Surely not."""
    open: int
    """Cannot be told."""
    total: int
    """All that are there on the day."""


@dataclass(frozen=True)
class CountedChild:
    """A unit that was counted."""

    unit: Unit
    """The unit."""
    verdict: Verdict
    """Whether it meets the condition."""
    step: int | None
    """The step under whose set it has the status in question; None: there is none."""


class CascadeResult(Attainment):
    """The verdicts of one step of a cascade: an :class:`ntm.Attainment` whose units are codes."""

    def __init__(self, owner: Cascade, handle: core.Cascade, step: int, law: CriteriaSet, rows: Sequence[Unit]) -> None:
        super().__init__(law, None, None, core.cascade_result(handle, step), [unit.code for unit in rows], "indicators")
        self._owner = owner
        self._cascade = handle
        self._step = step
        self.rows: tuple[Unit, ...] = tuple(rows)
        """The unit of each row."""

    def _explained(self, row: int, of: int, index: int) -> core.Explanation:
        self._open
        return core.cascade_explain(self._cascade, self._step, row, of, index)

    def _proved(
        self, row: int, of: int, index: int, known_on: int, period: str | None, recorded_on: int, observed: core.Table | None
    ) -> str:
        self._open
        return core.cascade_proof(self._cascade, self._step, row, of, index, known_on, period, recorded_on, observed)

    @property
    def counted(self) -> tuple[str, ...]:
        """The names under which the set counts children: "ntm-communes"."""
        return tuple(core.cascade_names(self._cascade, self._step))

    def _count(self, name: str) -> int:
        if text_of("a name", name) not in self.counted:
            raise NotFoundError(not_found("condition over children", name, self.counted))
        return self.counted.index(name)

    def row(self, unit: Unit | str | int) -> int:
        """The row of a unit (itself, or its code), or a row number checked; as :meth:`ntm.Attainment.row`."""
        if not isinstance(unit, Unit):
            return super().row(unit)
        row = self._rows_of_units.get(unit.code)
        if row is None or self.rows[row] != unit:
            raise NotFoundError(f"{unit} is no row of this step")
        return row

    def counts(self, unit: Unit | str | int, name: str) -> ChildCounts:
        """How many units below a unit meet a condition.

        Raises:
            NotFoundError: no such unit or condition, or a column of the caller's counts them.
        """
        found = core.cascade_counts(self._cascade, self._step, self._count(name), self.row(unit))
        return ChildCounts(*found)

    def count_table(self, name: str) -> dict[str, list[Any]]:
        """The counts of all rows as columns, for ``pandas.DataFrame(...)``: code, name, met, not_met, open, total.

        Raises:
            NotFoundError: as :meth:`counts`.
        """
        table: dict[str, list[Any]] = {"code": [one.code for one in self.rows], "name": [one.name for one in self.rows]}
        counts = [self.counts(row, name) for row in self.rows]
        return {**table, **{of: [getattr(one, of) for one in counts] for of in ChildCounts._fields}}

    def children(self, unit: Unit | str | int, name: str) -> list[CountedChild]:
        """The units that a unit counts: those that hold it back first, then the open ones, then the others; by code.

        Raises:
            NotFoundError: as :meth:`counts`.
        """
        found = core.cascade_children(self._cascade, self._step, self._count(name), self.row(unit))
        return [CountedChild(self._owner.units[at], Verdict(verdict), step) for at, verdict, step, _ in found]

    def tree(self, unit: Unit | str | int, *, lang: Language = "vi", most: int = 0) -> str:
        """Why a unit has not attained, down to the units that hold it back, as indented text.

        Args:
            most: at most so many units of one condition; the others are counted. 0: all.
        """
        limit = whole_number("most", most)
        if limit < 0:
            raise ArgumentError(f"most is {limit}, and cannot be below 0")
        return core.cascade_tree(self._cascade, self._step, self.row(unit), language_code(lang), limit)


class Cascade:
    """Results of several sets over one tree of units, made by :func:`cascade`. Frozen."""

    def __init__(self, units: Units, laws: Sequence[CriteriaSet], handle: core.Cascade) -> None:
        self.units = units
        """The registry."""
        self.laws = tuple(laws)
        """The set of each step."""
        self._handle = handle
        self._results: dict[int, CascadeResult] = {}

    def __len__(self) -> int:
        return len(self.laws)

    def __getitem__(self, step: int | str) -> CascadeResult:
        """The result of a step, by its number or by the id of its set.

        Raises:
            NotFoundError: no step has the set.
            IndexError: no such step.
        """
        if isinstance(step, str):
            ids = [law.id for law in self.laws]
            if step not in ids:
                raise NotFoundError(not_found("step", step, ids))
            step = ids.index(step)
        number = range(len(self))[step]
        if number not in self._results:
            rows = [self.units[at] for at in core.cascade_rows(self._handle, number)]
            self._results[number] = CascadeResult(self, self._handle, number, self.laws[number], rows)
        return self._results[number]

    def __iter__(self) -> Iterator[CascadeResult]:
        return (self[step] for step in range(len(self)))

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "run it again, or keep its arrays")

    def __repr__(self) -> str:
        return f"<ntm.Cascade of {', '.join(law.id for law in self.laws)}>"


def _with_steps(units: Units, steps: Sequence[CascadeStep], nan: Nan) -> tuple[core.Cascade, list[CriteriaSet]]:
    """A cascade that is still to be run, and its sets."""
    for step in steps:
        if not isinstance(step, CascadeStep):
            raise TypeError("steps are ntm.CascadeStep, ntm.CriteriaSet or ids of shipped sets")
    laws = [law_of(step.law) for step in steps]
    handle = core.cascade_new(units._core, len(steps))
    for step, law in zip(steps, laws):
        table = None
        if step.data is not None:
            table = unit_table(step.data, laws, text_of("code", step.code), as_text, nan)
        level = None if step.level is None else text_of("level", step.level)
        core.cascade_add(handle, law._core, table, step.code, level, fixed_axes(step.axes, {}))
    return handle, laws


def cascade(
    units: Units,
    steps: Sequence[CascadeStep | CriteriaSet | str],
    *,
    on: Day,
    within: Unit | str | None = None,
    inherited: Sequence[str] | str = (),
    others: Sequence[CriteriaSet] = (),
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    out_of_force: bool = False,
) -> Cascade:
    """Evaluates sets over a tree of units, from the lowest level to the highest, each with what the earlier ones found.

    An input of a set comes from the step's own table; a status from an earlier step of the same level (a column
    ``holds:S``, as from a register, goes before it); what is counted over children, from all units below that are there
    on the day: who is in no table is open; an axis, from an attribute of the registry; facts, from the table of an
    earlier step of the same level.

    Args:
        steps: sets (or ids of shipped ones), or :class:`CascadeStep` with their tables, in the order in which they are evaluated.
        on: the day whose units, law and year count.
        within: steps without a table: only units below this one, or it itself.
        inherited: attributes of the registry that a unit without one of its own has from above although other units of
            its rung have their own: a region with exceptions. Without it such a unit has none; attributes that no unit
            of the rung has are inherited anyway.
        others: sets in which rules look figures up.
        nan: what NaN means in float64 columns.
        unknown: columns that no set of the cascade uses, and that are no facts of the step's own, are an error, or are
            ignored.
        out_of_force: allow a day on which a set is not in force.

    Raises:
        NotFoundError: codes that no unit has on the day.
        BadValueError: a row whose unit is of another level, and as :func:`ntm.evaluate`.
        ConflictError: two rows of one unit.
        ShapeError: a column that no set uses.

    A district attains when all of its communes do; the one that holds it back is named:

    >>> head = (
    ...     "format: ntm-set/1\\nprogramme: ntm\\ntier: standard\\nplace: VN\\nsources: {S1: {where: an example}}\\n"
    ...     "instrument: {in_force: {from: 2020-01-01}, source: [S1]}\\n"
    ... )
    >>> commune = ntm.CriteriaSet.read(
    ...     head + "id: c-ntm\\nlevel: commune\\nfacts: {paved-roads: {kind: share, unit: '%'}}\\ncriteria:\\n"
    ...     "  - {id: '1', rule: [paved-roads, '>=', {constant: 90, unit: '%'}], source: [S1]}\\n"
    ... )
    >>> district = ntm.CriteriaSet.read(
    ...     head + "id: d-ntm\\nlevel: district\\ncriteria:\\n"
    ...     "  - {id: '1', source: [S1],\\n"
    ...     "     rule: {every: children, level: commune, name: communes, holds: {holds: c-ntm}}}\\n"
    ... )
    >>> names, levels = ["Huyện A", "Xã Đồng Môn", "Xã Thạch Hạ"], ["district", "commune", "commune"]
    >>> table = {"code": ["436", "18103", "18109"], "name": names, "level": levels, "parent": [None, "436", "436"]}
    >>> facts = {"code": ["18103", "18109"], "paved-roads": [95, 80]}
    >>> result = ntm.cascade(ntm.Units(table), [ntm.CascadeStep(commune, facts), district], on="2020-02-25")["d-ntm"]
    >>> result.counts("436", "communes")
    ChildCounts(met=1, not_met=1, open=0, total=2)
    >>> result.children("436", "communes")[0].unit.name
    'Xã Thạch Hạ'
    """
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    made = [CascadeStep(law_of(step)) if isinstance(step, (CriteriaSet, str)) else step for step in steps]
    day, handle, laws = date_number(on), *_with_steps(units, made, nan)
    place = -1 if within is None else units._row(within, on, "within")
    other_sets = tuple(other._core for other in others)
    core.cascade_run(handle, day, place, bool(out_of_force), unknown == "ignore", texts_of("attributes", inherited), other_sets)
    return Cascade(units, laws, handle)
