# SPDX-License-Identifier: Apache-2.0
"""The distance to a class, and the cheapest steps there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Callable, Iterator, Mapping, Union

from . import core
from .attainment import Attainment, Range
from .criteria import CriteriaSet
from .errors import ArgumentError, NotFoundError, NtmError
from .number import CountBounds, text_of, whole_number
from .parts import FactKind
from .tables import not_found

Cost = Union[int, float]
"""A whole number in whatever the caller counts, or ``math.inf`` for a step that nobody can make."""

Costs = Union[Mapping[tuple[str, str], Cost], Callable[[str, str], Cost]]


@dataclass(frozen=True)
class ClimbStep:
    """One step up: a fact from its level to a higher one."""

    fact: str
    """Id of the fact."""
    from_level: str
    """Its level now: a level, "no", or a number."""
    to_level: str
    """The level to reach."""
    levels: int
    """How many levels that is."""
    cost: int
    """What it costs."""
    gain: Fraction | None
    """What it adds to the lowest that the quantity can be, made after the steps before it; the gains of steps that
    need one another thus stand at the last. None: not bounded."""


@dataclass(frozen=True)
class Climb:
    """Where a row stands, and what its way up costs; made by :func:`climb`. Compare ``found`` first."""

    unit: str | None
    """The unit; None when the units were not named."""
    row: int
    """Its row."""
    grade: CountBounds
    """Its grade now, as places among ``law.classes`` from 1; 0 = no class."""
    score: Range
    """The quantity of the grade now, in the unit of the bands."""
    target: str | None
    """The class aimed at; None: there is none above."""
    lacking: Range
    """How much the quantity is below the bound of that class: at least, at most; 0: nothing."""
    more_than_bound: bool
    """The bound itself is outside the class: more than ``lacking`` is needed."""
    found: bool
    """There is a way: the steps reach this class or a higher one for sure, whatever is not reported."""
    exact: bool
    """Nothing was left out: no way is cheaper, or there is none. Otherwise the search stopped early."""
    cost: int
    """What all steps cost."""
    score_after: Fraction | None
    """The lowest that the quantity can be after them; None: not bounded, or no way."""
    steps: tuple[ClimbStep, ...]
    """The steps, in the set's order of facts; none when nothing is to be done, or there is no way."""


def _cost(fact: str, level: str, cost: Any) -> tuple[str, str, int | None]:
    if isinstance(cost, float) and cost == math.inf:
        return fact, level, None
    number = whole_number(f"the cost of {fact!r} to {level!r}", cost, "an int, or math.inf for never")
    if not 0 <= number < 2**64 - 1:
        raise ArgumentError(f"the cost of {fact!r} to {level!r} is {number}: from 0 to 2**64 - 2")
    return fact, level, number


def _steps_of(law: CriteriaSet) -> Iterator[tuple[str, str]]:
    """Every step that a level or a flag can make: (fact, level reached)."""
    for fact in law.facts:
        if fact.kind == FactKind.FLAG:
            yield fact.id, "yes"
        elif fact.kind == FactKind.LEVEL:
            yield from ((fact.id, level) for level in fact.levels[1:])


def _costs(law: CriteriaSet, costs: Costs | None) -> tuple[tuple[str, str, int | None], ...]:
    if costs is None:
        return ()
    if callable(costs):
        return tuple(_cost(fact, level, costs(fact, level)) for fact, level in _steps_of(law))
    if not hasattr(costs, "items"):
        raise TypeError(f"costs are a mapping {{(fact, level): cost}} or callable, not {type(costs).__name__}")
    made = []
    for step, cost in costs.items():
        if not isinstance(step, tuple) or len(step) != 2:
            raise TypeError(f"the key of a cost is (fact, level), not {step!r}")
        made.append(_cost(text_of("a fact", step[0]), text_of("a level", step[1]), cost))
    return tuple(made)


def _place(law: CriteriaSet, target: str | None) -> int:
    if target is None:
        return 0
    if text_of("the target", target) not in law.classes:
        raise NotFoundError(not_found("class", target, law.classes))
    return law.classes.index(target) + 1


def climb(
    result: Attainment,
    unit: str | int,
    *,
    target: str | None = None,
    costs: Costs | None = None,
    combinations_max: int | None = None,
) -> Climb:
    """Finds the cheapest steps by which a unit reaches a class for sure.

    Steps are made by reported facts: a level to any higher one, a flag from no to yes, a count up to the numbers with
    which rules compare it. What is not reported stays so, and the steps do without it. The interpreter's lock is
    released meanwhile.

    Args:
        result: an evaluation by a set with a grade; its arrays are read again.
        unit: a unit as text, or a row number.
        target: a class of ``law.classes``; None: the one above the lowest that is possible now.
        costs: what it costs to climb to a level from the one below: a mapping ``{(fact, level): cost}``, the level of a
            flag being "yes" and that of a count a whole number as text; or a function of fact and level, which is
            asked for every level and flag, not for counts. Every other step costs 1; ``math.inf`` is never made, nor
            any step to a level above it.
        combinations_max: most combinations tried for facts that hang together; None: 65,536.

    Raises:
        NotFoundError: no such unit or class, the set has no grade, a cost names no fact or level.
        ConflictError: two costs for one step.
        ExactOverflowError: costs or a score beyond 64 bits.
        ValueError: the result is closed.

    >>> wine = ntm.CriteriaSet.read('''
    ... format: ntm-set/1
    ... id: wine
    ... title: {vi: Rượu}
    ... programme: test
    ... level: product
    ... tier: standard
    ... place: VN
    ... instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
    ... sources: {S: {where: nowhere, what: made up}}
    ... facts: {taste: {kind: level, levels: [poor, fair, good]}, label: {kind: flag}}
    ... grade:
    ...   of:
    ...     sum:
    ...       - {points: [{when: {at_level: [fair, taste]}, give: 1}, {when: {at_level: [good, taste]}, give: 3}]}
    ...       - {points: [{when: {attested: label}, give: 2}]}
    ...   bands: [{class: low, range: "[0, 3)"}, {class: high, range: "[3, ...)"}]
    ... ''')
    >>> result = ntm.evaluate({"taste": ["poor"], "label": [False]}, wine, on="2020-03-01")
    >>> way = ntm.climb(result, 0, costs={("label", "yes"): 5})
    >>> way.target, way.lacking.least, way.cost, [(step.fact, step.to_level) for step in way.steps]
    ('high', Fraction(3, 1), 2, [('taste', 'good')])
    """
    if not isinstance(result, Attainment):
        raise TypeError(f"a result of ntm.evaluate(), not {type(result).__name__}")
    result._open
    row, law = result.row(unit), result.law
    plan, table = result._unchanged(row)
    most = 0 if combinations_max is None else whole_number("combinations_max", combinations_max)
    if most < (0 if combinations_max is None else 1):
        raise ArgumentError("combinations_max is 1 or more")
    name = None if result.units is None else result.units[row]
    try:
        raw = core.climb(plan, table, row, _place(law, target), _costs(law, costs), most)
    except NtmError as error:
        error.unit = name if error.row is not None else None
        raise
    return _climb(law, name, row, raw)


def _fraction(pair: tuple[int, int] | None) -> Fraction | None:
    return None if pair is None else Fraction(*pair)


def _step(raw: tuple[Any, ...]) -> ClimbStep:
    fact, from_level, to_level, levels, cost, gain = raw
    return ClimbStep(fact, from_level, to_level, levels, cost, _fraction(gain))


def _climb(law: CriteriaSet, unit: str | None, row: int, raw: tuple[Any, ...]) -> Climb:
    grade, score, target, lacking, more, found, exact, cost, after, steps = raw
    return Climb(
        unit,
        row,
        CountBounds(*grade),
        Range(*map(_fraction, score)),
        law.classes[target - 1] if target else None,
        Range(*map(_fraction, lacking)),
        more,
        found,
        exact,
        cost,
        _fraction(after),
        tuple(_step(step) for step in steps),
    )
