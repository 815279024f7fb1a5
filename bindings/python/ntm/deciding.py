# SPDX-License-Identifier: Apache-2.0
"""Which facts decide an open verdict, and in which order facts are best collected."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Union

from . import core
from .errors import ArgumentError, NtmError
from .exports import Frame, Rows, Table, rows_of
from .explanation import Verdict
from .number import decimal_of, text_of, whole_number
from .parts import FactKind
from .tables import choice

if TYPE_CHECKING:
    from .attainment import Attainment

DecidingValue = Union[bool, int, Decimal, str, datetime.date]
"""A value of a fact: yes or no, a whole number, a number, a level, or a day."""

_COULD_SHOW = {"met": Verdict.MET, "not met": Verdict.NOT_MET}


class DecidingReason(IntEnum):
    """Whether facts could show something, and why not."""

    FOUND = 0
    """There is a set."""
    LAW_ABSENT = 1
    """A figure, rule or value would be needed that nobody has read, or that is left to a lower authority."""
    AXIS_UNKNOWN = 2
    """The unit's region, class or year is not known."""
    NOT_APPLICABLE = 3
    """A fact is "not applicable" where the rule makes no room for that."""
    IMPOSSIBLE = 4
    """No values within the bounds show it."""
    LIMIT = 5
    """None was found with the work allowed, or among the values tried. There may be one."""


class WantingKind(IntEnum):
    """What sort of thing is wanting, beside facts."""

    FIGURE = 1
    CRITERION = 2
    INDICATOR = 3
    PRECONDITION = 4
    VALUE = 5
    AXIS = 6
    FACT = 7
    """A fact that is not applicable."""
    STATUS = 8


@dataclass(frozen=True)
class DecidingFact:
    """A fact to report, and a witness: a value of it that, with those of the others, shows the verdict."""

    input: str
    """The input column: "households", "trained[female]", "holds:S" ..."""
    value: DecidingValue
    """The value, in ``unit``; a level as text."""
    unit: str | None
    """The unit of the fact; None for flags, levels, days, children and held statuses."""


@dataclass(frozen=True)
class DecidingSet:
    """The smallest set of facts that could show a verdict, or why there is none."""

    reason: DecidingReason
    """FOUND, or why there is none."""
    exact: bool
    """It is proven that no smaller set could, or that there is none."""
    facts: tuple[DecidingFact, ...]
    """The facts; none for a verdict that stands already."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The input columns alone."""
        return tuple(fact.input for fact in self.facts)


@dataclass(frozen=True)
class Wanting:
    """Something that an open verdict looks at and that no reporting of facts can mend."""

    reason: DecidingReason
    kind: WantingKind
    id: str
    """Which figure, indicator, axis ..."""
    delegated_to: str | None
    """Figures: who is to set it; None: nobody is."""


@dataclass(frozen=True)
class Deciding:
    """The facts that decide one verdict of one row; made by :meth:`ntm.Attainment.deciding`."""

    unit: str | None
    """The unit; None when the units were not named."""
    row: int
    """Its row."""
    verdict: Verdict
    """The verdict as it is."""
    met: DecidingSet
    """What could show that it is met."""
    not_met: DecidingSet
    """What could show that it is not."""
    open: tuple[str, ...]
    """All columns that could still matter. Together they surely settle it, unless something is wanting."""
    wanting: tuple[Wanting, ...]
    """What is wanting beside facts."""


@dataclass(frozen=True)
class CollectingStep:
    """One fact to collect, in all rows that lack it."""

    input: str
    """The input column."""
    batch: int
    """Facts of one batch settle rows together; from 1."""
    lacking: int
    """Open rows that lack it and whose verdict looks at it."""
    settled: int
    """Rows newly settled when its batch is complete: the same at each fact of the batch."""
    settled_so_far: int
    """Rows settled when its batch is complete, the earlier ones too."""


@dataclass(frozen=True)
class CollectingCell:
    """A row that one single fact would settle."""

    unit: str | None
    """The unit; None when the units were not named."""
    row: int
    """Its row."""
    input: str
    """The fact to ask for."""
    surely: bool
    """Whatever it is, the row is settled. Otherwise there are values that settle it."""


@dataclass(frozen=True, repr=False)
class CollectingOrder(Rows):
    """In which order facts should be collected; made by :meth:`ntm.Attainment.collecting_order`.

    As a data frame the steps: ``input``, ``batch``, ``lacking``, ``settled``, ``settled_so_far``.
    """

    rows: int
    """Rows of the table."""
    open: int
    """Rows whose verdict is open: ``settled`` and all of ``unsettled``."""
    settled: int
    """Rows settled when all steps are done."""
    unsettled: dict[DecidingReason, int]
    """Rows that no collecting settles, by why; reasons without rows are left out."""
    patterns: int
    """Different rows that were looked at."""
    steps: tuple[CollectingStep, ...]
    """The facts, in order."""
    cells: tuple[CollectingCell, ...]
    """Rows that one fact would settle, by row."""

    def __repr__(self) -> str:
        return (
            f"<ntm.CollectingOrder of {len(self.steps)} facts: settles {self.settled} of {self.open} open rows "
            f"of {self.rows}>"
        )

    def _frame(self) -> Frame:
        return rows_of(self.steps, kind=CollectingStep)._frame()

    @property
    def cell_rows(self) -> Table:
        """The cells as rows: ``unit``, ``row``, ``input``, ``surely``."""
        return rows_of(self.cells, kind=CollectingCell)


def _work(work: int | None) -> int:
    if work is None:
        return 0
    number = whole_number("work", work)
    if not 1 <= number < 2**64:
        raise ArgumentError("work is from 1 to 2**64 - 1")
    return number


def deciding_of(
    result: Attainment,
    unit: str | int,
    named: tuple[str | None, str | None, str | None],
    of: str,
    work: int | None,
) -> Deciding:
    """See :meth:`ntm.Attainment.deciding`."""
    result._open
    row = result.row(unit)
    plan, table = result._unchanged(row)
    name = None if result.units is None else result.units[row]
    try:
        raw = core.deciding(plan, table, row, *result._watched(*named, of), _work(work))
    except NtmError as error:
        error.unit = name if error.row is not None else None
        raise
    verdict, met, not_met, columns, wanting = raw
    kinds = {fact.id: fact.kind for fact in result.law.facts}
    return Deciding(
        name,
        row,
        Verdict(verdict),
        _set(kinds, met),
        _set(kinds, not_met),
        tuple(columns),
        tuple(Wanting(DecidingReason(reason), WantingKind(kind), id, who) for reason, kind, id, who in wanting),
    )


def _set(kinds: dict[str, FactKind], raw: tuple[int, bool, list[tuple[str, str, int, int, str | None]]]) -> DecidingSet:
    reason, exact, facts = raw
    return DecidingSet(DecidingReason(reason), exact, tuple(_fact(kinds, *fact) for fact in facts))


def _fact(
    kinds: dict[str, FactKind], column: str, text: str, coefficient: int, scale: int, unit: str | None
) -> DecidingFact:
    id = column.split("[")[0]
    figure = column.startswith("figure:")
    kind = None if figure else kinds.get(id if id in kinds else id.rsplit(":", 1)[-1])
    value: DecidingValue
    if column.startswith("holds:") or kind == FactKind.FLAG:
        value = coefficient != 0
    elif kind == FactKind.LEVEL:
        value = text
    elif kind == FactKind.DATE:
        value = datetime.date(1970, 1, 1) + datetime.timedelta(days=coefficient)
    elif column.startswith("children:") or kind == FactKind.COUNT:
        value = coefficient
    else:
        value = decimal_of(coefficient, scale)
    return DecidingFact(column, value, unit)


def collecting_of(
    result: Attainment,
    named: tuple[str | None, str | None, str | None],
    of: str,
    could_show: str,
    all_facts: bool,
    work: int | None,
) -> CollectingOrder:
    """See :meth:`ntm.Attainment.collecting_order`."""
    plan, table = result._unchanged()
    choice("could_show", text_of("could_show", could_show), _COULD_SHOW)
    at, index = result._watched(*named, of)
    raw = core.collecting(plan, table, at, index, int(_COULD_SHOW[could_show]), bool(all_facts), _work(work))
    rows, open_rows, settled, unsettled, patterns, steps, cells = raw
    units = result.units
    return CollectingOrder(
        rows,
        open_rows,
        settled,
        {reason: unsettled[reason] for reason in DecidingReason if unsettled[reason] > 0},
        patterns,
        tuple(CollectingStep(*step) for step in steps),
        tuple(CollectingCell(None if units is None else units[row], row, column, sure) for row, column, sure in cells),
    )
