# SPDX-License-Identifier: Apache-2.0
"""Gaps as tasks: whose they are, by when, who can do them, what they cost, from which source, and what remains."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, Sequence, Union

from . import core
from .columns import Nan
from .days import date_number
from .errors import ArgumentError, NtmError
from .exports import Out
from .frames import enum_of, one_column, text_values, texts_of, whole_table
from .needs import RULE_TEXT, Norms
from .number import Rounding, text_of, whole_number
from .results import ResultColumns
from .tables import choice
from .unit_rows import Echelon
from .units import Units

NeededFor = Literal["status", "criterion", "part"]
"""Which gaps become tasks: those on the cheapest way to the status, to the criterion, or all."""

TaskSum = Literal["amounts", "works", "costs", "sources"]
"""What is added up: amounts of gaps, quantities of work, costs, or costs by source."""

_NEEDED = {"part": 1, "criterion": 2, "status": 4}
_SUMS = {"amounts": 1, "works": 2, "costs": 3, "sources": 4}
_TABLE, _COSTS, _REMAINING = 0, 1, 2
_EXACT = frozenset(
    f"{what}_{end}" for what in ("amount", "quantity") for end in ("least", "most", "known")
)
_DUTY_TEXT = ("fact", "indicator", "criterion", "department", "doer", "work", "class", "work_unit", "programme",
              "component", "citation")  # fmt: skip
_ALLOTTED_TEXT = ("unit", "source", "programme", "component", "work")


def _exact(text: str | None) -> int | Decimal | Fraction | None:
    if text is None:
        return None
    if "/" in text:
        return Fraction(text)
    return Decimal(text) if "." in text else int(text)


class TaskColumns(ResultColumns):
    """Columns about tasks by name: text, int (đồng, counts), exact numbers, dates or booleans; None where there is none.

    Amounts and quantities of work are exact: int where they are whole, Decimal where one holds them, Fraction otherwise.
    """

    _days = ("deadline",)

    def _values(self, field: Any) -> list[Any]:
        made = super()._values(field)
        return [_exact(one) for one in made] if self._is_exact(field) else made

    @staticmethod
    def _is_exact(field: Any) -> bool:
        return field.name in _EXACT and field.categories is not None

    def _out(self, name: str) -> Out:
        if self._is_exact(self._fields[name]):
            return Out(name, "exact", self._column(name))
        return super()._out(name)


class Tasks(TaskColumns):
    """Tasks of units, made by :meth:`Gaps.tasks`. Frozen, and usable by several threads.

    One row a task, in the order of a list of tasks: units whose status needs the fewest works first, then units, criteria
    and what is in none. Columns: ``unit``; ``province``, ``district``, ``commune`` (with a registry); ``criterion``,
    ``indicator``, ``precondition``, ``fact``, ``input``, ``name_vi``, ``name_en``; ``kind``, ``level``, ``closing``,
    ``amount_least``, ``amount_most``, ``measure``, ``untold`` (why there is no amount), ``strict``, ``out_of_reach``,
    ``needed_for``, ``evidence``; ``department``, ``doer``, ``deadline``, ``work``, ``quantity_least``, ``quantity_most``,
    ``work_unit``, ``programme``, ``component``, ``citation``; ``cost_least``, ``cost_most`` (int đồng), ``cost`` ("known", or
    why it is not: "no norm", "no bound" ...); ``works`` (that the unit's status needs), ``included`` (gaps beside its own).
    """

    def __init__(self, handle: core.Tasks) -> None:
        super().__init__(core.tasks_columns(handle, _TABLE) or (0, []))
        self._handle = handle

    def costs(self) -> TaskColumns:
        """Costs by resource, source and doer, by task.

        Columns: ``task`` (its row here), ``unit``, ``work``, ``programme``, ``component``, ``resource`` ("money" or a kind),
        ``resource_unit``, ``source``, ``doer``, ``cost_least``, ``cost_most`` (int đồng), ``quantity_least``,
        ``quantity_most`` (Decimal, in kind), ``norm`` and ``rule`` (the rows of the norms and of the division that it comes
        from). Work without a norm of money has an open line without a source.
        """
        return TaskColumns(core.tasks_columns(self._handle, _COSTS) or (0, []))

    def remaining(self) -> TaskColumns:
        """What remains after what was allotted, by ``unit``, ``source`` and what else both sides tell.

        Columns in đồng: ``need_least``, ``need_most``, ``allotted``, ``remaining_least``, ``remaining_most``,
        ``surplus_least``, ``surplus_most``; None where nobody can tell. ``open`` and ``allotted_open`` count what is not known.

        Raises:
            ArgumentError: the tasks were made without ``allotted``.
        """
        columns = core.tasks_columns(self._handle, _REMAINING)
        if columns is None:
            raise ArgumentError("what remains of what? Make the tasks with allotted=")
        return TaskColumns(columns)

    def sum(self, *by: str, what: TaskSum = "costs") -> TaskColumns:
        """Adds tasks up by columns: "unit", "district", "province", "department", "doer", "deadline", "work" ...

        Args:
            by: columns of texts, or the deadline; none: all together.
            what: ``"amounts"`` (by ``kind`` and ``measure`` too: nothing is added across units of measure), ``"works"`` (by
                ``work`` and ``work_unit`` too), ``"costs"``, or ``"sources"``: the lines of :meth:`costs`, also by ``source``,
                always by ``resource`` and ``resource_unit``.

        Returns:
            One row a group: the columns of ``by``, ``tasks``, ``units``, ``not_work`` (tasks that an act, an assessment or
            time closes), ``..._least`` of what is known, ``..._most`` only when all is known, ``..._known`` of those most
            that are, and ``open``: how many are not.

        Raises:
            NotFoundError: there is no such column to add up by.
            ExactOverflowError: a sum beyond 64 bits; the group is named.
        """
        choice("what", what, _SUMS)
        return TaskColumns(core.tasks_sum(self._handle, _SUMS[what], texts_of("columns", by)))

    def gaps_of(self, task: int) -> list[int]:
        """The gaps of a task as places in :class:`Gaps`: its own first, then those that it includes.

        Raises:
            ArgumentError: there is no such task.
        """
        at = whole_number("task", task)
        if not 0 <= at < len(self):
            raise ArgumentError(f"no task {at}: there are {len(self)}")
        return core.tasks_gaps(self._handle, at)

    def of_gap(self, gap: int) -> int | None:
        """The task that a gap went into; None: none."""
        at = whole_number("gap", gap)
        return None if at < 0 else core.tasks_of_gap(self._handle, at)


def _text_table(
    data: Any, text: Sequence[str], nan: Nan, days: Sequence[str], numbers: Sequence[str]
) -> core.Table | None:
    return None if data is None else whole_table(data, nan=nan, text=text, days=days, numbers=numbers)[0]


def _numbers(
    needed_for: str, rounding: Any, kind_scale: int, echelon: Any, on: Any, region: str
) -> tuple[int, int, int, int, int, str]:
    """Options as the core takes them."""
    choice("needed_for", needed_for, _NEEDED)
    scale = whole_number("kind_scale", kind_scale)
    if not 0 <= scale <= 18:
        raise ArgumentError(f"kind_scale is {scale}: from 0 to 18")
    return (
        _NEEDED[needed_for],
        0 if rounding is None else int(enum_of("rounding", Rounding, rounding)),
        scale,
        0 if echelon is None else int(enum_of("echelon", Echelon, echelon)),
        core.DATE_NONE if on is None else date_number(on),
        text_of("region", region),
    )


def _made(
    handle: core.Gaps,
    names: list[str],
    tables: tuple[core.Table | None, core.Table | None, core.Table | None],
    norms: Norms | None,
    units: Units | None,
    numbers: tuple[int, int, int, int, int, str],
) -> Tasks:
    if units is not None and not isinstance(units, Units):
        raise TypeError(f"units are an ntm.Units, not {type(units).__name__}")
    if norms is not None and not isinstance(norms, Norms):
        raise TypeError(f"norms are an ntm.Norms, not {type(norms).__name__}")
    duties, division, allotted = tables
    try:
        return Tasks(
            core.tasks_new(
                handle,
                one_column("codes", text_values("codes", names)),
                duties,
                None if norms is None else norms._core,
                division,
                allotted,
                None if units is None else units._core,
                numbers,
            )
        )
    except NtmError as error:
        of_table = error.subject.startswith(("duties:", "division:", "allotted:"))
        if error.row is not None and not of_table and error.row < len(names):
            error.unit = names[error.row]
        raise


class MakesTasks:
    """What :class:`Gaps` answers about who has to do what, at what cost."""

    _handle: core.Gaps
    units: Union[Sequence[str], None]
    """The unit of each row; None when they were not named."""

    def tasks(
        self,
        *,
        duties: Any = None,
        norms: Norms | None = None,
        division: Any = None,
        allotted: Any = None,
        units: Units | None = None,
        on: datetime.date | str | None = None,
        echelon: Echelon | str | None = None,
        codes: Sequence[str] | None = None,
        needed_for: NeededFor = "status",
        rounding: Rounding | str | None = None,
        kind_scale: int = 3,
        region: str = "region",
        nan: Nan = "error",
    ) -> Tasks:
        """Makes tasks of the gaps. The interpreter's lock is released meanwhile.

        A fact that several rules of a unit need is one task of the largest amount. Only work has a cost; never a number
        where nobody can tell.

        Args:
            duties: one row a duty: ``fact``, ``indicator``, ``criterion`` (for which it is; the most specific holds),
                ``department``, ``doer``, ``deadline``, ``work`` (in the norms), ``class``, ``work_unit``, ``per`` (how many of
                these one unit of the gap is), ``programme``, ``component``, ``citation``. An empty cell says nothing.
            norms: what works cost; None: no cost is known.
            division: who pays, as for :meth:`Norms.needs`.
            allotted: what was allotted: ``unit``, ``amount`` (đồng; none: not reported), with a division ``source``, and where
                there are any ``programme``, ``component``, ``work``. Who has no row has nothing.
            units: a registry, for the units above and the regions of norms, as of ``on``.
            on: the day: of the registry, and of norms that have days.
            echelon: the rung of the codes; None: they are on one rung only.
            codes: the code of each row's unit; None: the units as they were named.
            needed_for: which gaps become tasks.
            rounding: of costs that are not whole đồng; None: such costs are errors.
            kind_scale: digits after the mark of needs in kind.
            region: the attribute of units that is the region of norms.

        Raises:
            ArgumentError: the units have no names; a registry without a day.
            NotFoundError: a duty of what the set does not have, a unit that is not in the registry, an allotment to
                nobody.
            UnitError: gap and work in different units without ``per``; work and norm in different units.
            ConflictError: two duties for the same, a unit twice, norms that tie.
            BadValueError, ShapeError, ExactOverflowError: as for :meth:`Norms.needs`.

        >>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
        >>> data = {"population": [2000], "insured-people": [1699]}
        >>> gaps = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["X"]).gaps()
        >>> duties = {"indicator": ["15.1"], "department": ["Sở Y tế"], "work": ["card"]}
        >>> norms = ntm.Norms({"work": ["card"], "resource": ["money"], "work_unit": ["person"], "amount": [800_000]})  # made up
        >>> tasks = gaps.tasks(duties=duties, norms=norms, needed_for="part")
        >>> tasks.sum("department").row(-1)["cost_most"]
        800000
        """
        choice("nan", nan, ("error", "not reported"))
        named = self.units if codes is None else codes
        if named is None:
            raise ArgumentError("whose tasks? Name the units: ntm.evaluate(..., unit=), or codes=")
        numbers = _numbers(needed_for, rounding, kind_scale, echelon, on, region)
        tables = (
            _text_table(duties, _DUTY_TEXT, nan, ("deadline",), ("per",)),
            _text_table(division, RULE_TEXT, nan, (), ("share", "cap")),
            _text_table(allotted, _ALLOTTED_TEXT, nan, (), ("amount",)),
        )
        return _made(self._handle, [str(one) for one in named], tables, norms, units, numbers)

    def prices(
        self,
        *,
        duties: Any,
        norms: Norms,
        on: datetime.date | str | None = None,
        rounding: Rounding | str | None = None,
        nan: Nan = "error",
    ) -> dict[str, int]:
        """What one unit of each work costs by the norms, in đồng: prices for ``result.gaps(prices=...)``.

        Gaps made with them take, of alternatives, the one that costs least by these norms. A work has no price where
        its cost depends on a region or a class that its duty does not name, or no norm is for it.

        Args:
            duties, norms: as for :meth:`tasks`.
            on: the day of norms that have days.
            rounding: of prices that are not whole đồng; None: such prices are errors.
        """
        choice("nan", nan, ("error", "not reported"))
        if not isinstance(norms, Norms):
            raise TypeError(f"norms are an ntm.Norms, not {type(norms).__name__}")
        table = _text_table(duties, _DUTY_TEXT, nan, ("deadline",), ("per",))
        if table is None:
            raise ArgumentError("prices of what? Give the duties: which work is for which fact")
        rounded = 0 if rounding is None else int(enum_of("rounding", Rounding, rounding))
        day = core.DATE_NONE if on is None else date_number(on)
        return dict(core.task_prices(self._handle, table, norms._core, rounded, day))
