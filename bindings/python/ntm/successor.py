# SPDX-License-Identifier: Apache-2.0
"""When the law changes: the same facts under a set and under the one that takes its place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Iterable, Mapping, NoReturn, Sequence

from . import core
from .attainment import plan_of
from .columns import Nan
from .criteria import CriteriaSet
from .errors import ArgumentError, NotFoundError, Problem, Status
from .explanation import Verdict
from .exports import Frame, Rows, enum_column, flag_column, int_column, text_column
from .handles import no_pickle
from .laws import law_of
from .parts import Counterpart
from .tables import fixed_axes, read_table


class PairKind(IntEnum):
    """What a pair is of."""

    STATUS = 1
    CRITERION = 2
    INDICATOR = 3


@dataclass(frozen=True)
class Pair:
    """A part of the set before and the part of its successor that is about the same matter, or one of them alone."""

    index: int
    kind: PairKind
    before: str | None
    """Id in the set before; None when the part is new."""
    after: str | None
    """Id in the successor; None when the part was dropped."""
    review: bool
    """Somebody has to look: one side is missing or has no rule that was read, or other facts decide it."""
    facts_differ: bool
    """Both sides have rules, and these look at different facts."""


class Successor(Rows):
    """A table under two laws, made by :func:`compare_laws`. Frozen, and usable by several threads.

    As a data frame one row a pair: ``kind``, ``before``, ``after``, ``review``, ``facts_differ``, then how many rows made
    each of the nine moves (``met_to_not_met``).
    """

    def __init__(self, before: CriteriaSet, after: CriteriaSet, handle: core.Successor, units: Sequence[str] | None) -> None:
        self.before = before
        """The set before."""
        self.after = after
        """The set that takes its place."""
        self.units = units
        """The unit of each row, as text; None when the caller named none."""
        self._core = handle
        self.pairs: tuple[Pair, ...] = tuple(self._pair(index, raw) for index, raw in enumerate(core.successor_pairs(handle)))
        """The status, the criteria, then the indicators; parts without a counterpart are among them."""

    def _pair(self, index: int, raw: tuple[int, int, int, bool, bool]) -> Pair:
        kind, before, after, review, facts_differ = raw
        if kind == PairKind.STATUS:
            return Pair(index, PairKind.STATUS, self.before.id, self.after.id, review, facts_differ)
        old: Sequence[Any] = self.before.criteria if kind == PairKind.CRITERION else self.before.indicators
        new: Sequence[Any] = self.after.criteria if kind == PairKind.CRITERION else self.after.indicators
        ids = old[before].id if before >= 0 else None, new[after].id if after >= 0 else None
        return Pair(index, PairKind(kind), ids[0], ids[1], review, facts_differ)

    def pair(self, *, criterion: str | None = None, indicator: str | None = None) -> Pair:
        """The pair of a criterion or indicator of the successor; with none named, the status.

        Raises:
            NotFoundError: the successor has no such part.
        """
        if criterion is not None and indicator is not None:
            raise ArgumentError("name one of criterion and indicator")
        if criterion is None and indicator is None:
            return self.pairs[0]
        kind, id = (PairKind.CRITERION, criterion) if criterion is not None else (PairKind.INDICATOR, indicator)
        for pair in self.pairs:
            if pair.kind == kind and pair.after == id:
                return pair
        raise NotFoundError(Problem(Status.NOT_FOUND, f"no such {kind.name.lower()}", str(id)))

    @property
    def for_review(self) -> tuple[Pair, ...]:
        """What nobody has paired, or what is measured otherwise now: to be looked at, not guessed."""
        return tuple(pair for pair in self.pairs if pair.review)

    def moves(self, *, criterion: str | None = None, indicator: str | None = None) -> dict[tuple[Verdict, Verdict], int]:
        """How many rows went from which verdict to which; all nine moves, which add up to the rows."""
        counts = core.successor_moves(self._core, self.pair(criterion=criterion, indicator=indicator).index)
        return {(Verdict(i // 3), Verdict(i % 3)): count for i, count in enumerate(counts)}

    def rows(
        self, from_verdict: Verdict, to_verdict: Verdict, *, criterion: str | None = None, indicator: str | None = None
    ) -> list[int]:
        """The rows that went from one verdict to another."""
        pair = self.pair(criterion=criterion, indicator=indicator)
        return core.successor_rows(self._core, pair.index, Verdict(from_verdict), Verdict(to_verdict))

    def gained(self, *, criterion: str | None = None, indicator: str | None = None) -> list[int]:
        """The rows that did not meet it before and meet it now."""
        return self.rows(Verdict.NOT_MET, Verdict.MET, criterion=criterion, indicator=indicator)

    def lost(self, *, criterion: str | None = None, indicator: str | None = None) -> list[int]:
        """The rows that met it before and do not meet it now."""
        return self.rows(Verdict.MET, Verdict.NOT_MET, criterion=criterion, indicator=indicator)

    def _frame(self) -> Frame:
        made = [enum_column("kind", [one.kind for one in self.pairs])]
        made += [text_column(side, [getattr(one, side) for one in self.pairs]) for side in ("before", "after")]
        made += [flag_column(name, [getattr(one, name) for one in self.pairs]) for name in ("review", "facts_differ")]
        moves = [core.successor_moves(self._core, one.index) for one in self.pairs]
        words = [verdict.name.lower() for verdict in Verdict]
        for at in range(9):
            made.append(int_column(f"{words[at // 3]}_to_{words[at % 3]}", [counts[at] for counts in moves]))
        return Frame(made)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "compare again")

    def __repr__(self) -> str:
        return (
            f"<ntm.Successor {self.before.id} -> {self.after.id}: {len(self.gained())} gain, {len(self.lost())} lose, "
            f"{len(self.for_review)} of {len(self.pairs)} parts for review>"
        )


def _pairs(pairs: Iterable[Counterpart] | None) -> tuple[tuple[str, str, bool], ...]:
    made = tuple(pairs or ())
    for one in made:
        if not isinstance(one, Counterpart):
            raise TypeError(f"pairs are ntm.Counterpart, not {type(one).__name__}")
    return tuple((one.id, one.of, one.is_criterion) for one in made)


def compare_laws(
    data: Any,
    before: CriteriaSet | str,
    after: CriteriaSet | str,
    *,
    on_before: datetime.date | str,
    on_after: datetime.date | str,
    pairs: Iterable[Counterpart] | None = None,
    axes: Mapping[str, str] | None = None,
    unit: str | Sequence[Any] | None = None,
    nan: Nan = "error",
    others: Sequence[CriteriaSet] = (),
    out_of_force: bool = False,
    **more_axes: str,
) -> Successor:
    """Evaluates a table under a set and under its successor: who gains, who loses, what has no counterpart.

    Args:
        data: columns for both sets, as for :func:`ntm.evaluate`; a column that one of them knows is right.
        before, after: the sets, or ids of shipped ones.
        on_before, on_after: the day whose law and year count, for each.
        pairs: pairs in place of those that the successor gives itself.
        axes: fixed axes; each is given to the sets that have it.
        unit, nan, others, out_of_force: as for :func:`ntm.evaluate`.

    Raises:
        NotFoundError: a column that neither knows; no pairs, and the successor does not follow the set before.
        ConflictError: a part paired twice.
        NtmError: as for :func:`ntm.evaluate`.
    """
    before, after = law_of(before), law_of(after)
    fixed = fixed_axes(axes, more_axes)
    plans = []
    for law, on in ((before, on_before), (after, on_after)):
        own = {axis.id for axis in law.axes}
        chosen = tuple(pair for pair in fixed if pair[0] in own)
        plans.append(plan_of(law, on, out_of_force, chosen, "best", tuple(others)))
    known = {axis.id for law in (before, after) for axis in law.axes}
    for axis, _ in fixed:
        if axis not in known:
            raise NotFoundError(Problem(Status.NOT_FOUND, "neither set has such an axis", axis))
    inputs = list(dict.fromkeys([*core.plan_inputs(plans[0]), *core.plan_inputs(plans[1])]))
    table, units = read_table(data, [before, after], inputs, unit, nan, "error")
    return Successor(before, after, core.successor_new(plans[0], plans[1], table, _pairs(pairs)), units)
