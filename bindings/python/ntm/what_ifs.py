# SPDX-License-Identifier: Apache-2.0
"""What-if questions as the core takes them: other facts, other figures."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Callable, Mapping, Sequence, Union

from . import core
from .attainment import Attainment, plan_of
from .columns import is_missing
from .criteria import CriteriaSet
from .days import date_number
from .errors import ArgumentError, BadValueError, NotFoundError, NtmError, Problem, Status
from .number import parts_of, text_of
from .parts import FactKind, Figure
from .rates import Known
from .tables import not_found

FactValue = Union[int, Decimal, float, bool, str, datetime.date, Known, None]
"""Another value of a fact: None is "not reported", ``ntm.Known.NOT_APPLICABLE`` "not applicable". A float stands for the
shortest decimal that reads back as it, as in columns."""

FigureValue = Union[int, Decimal, None]
"""Another value of a figure; None is absent."""

FigureKeys = Union[str, tuple[Union[str, None], ...]]
"""Which cells: one value per axis of the figure, None for all; of a figure with one axis the value alone."""

_NUMBER, _FLAG, _TEXT = 1, 2, 3
_FactChange = tuple[int, str, int, int, int, int, bool, Union[str, None]]
_FigureChange = tuple[str, tuple[tuple[str, str], ...], bool, int, int]


def _own_type(value: Any) -> Any:
    """A scalar of NumPy as Python's own."""
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") else value


def _parts(name: str, value: Any) -> tuple[int, int]:
    if isinstance(value, float):
        if value in (float("inf"), float("-inf")):
            raise BadValueError(Problem(Status.VALUE, f"{value} is no number", name))
        value = Decimal(repr(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"{name}: a number, not {type(value).__name__}")
    return parts_of(value)


def _value_kind(kind: FactKind | None) -> int:
    """What the core calls the values of a fact; of no fact: of an axis."""
    if kind is None or kind is FactKind.LEVEL:
        return _TEXT
    return _FLAG if kind is FactKind.FLAG else _NUMBER


def _fact_change(row: int, name: str, of: FactKind | None, value: Any) -> _FactChange:
    """One cell; the kind of a cell without a value is that of its fact."""
    kind = _value_kind(of)
    value = _own_type(value)
    if value is Known.NOT_APPLICABLE:
        return row, name, int(Known.NOT_APPLICABLE), kind, 0, 0, False, None
    if value is Known.NOT_REPORTED or is_missing(value):
        return row, name, int(Known.NOT_REPORTED), kind, 0, 0, False, None
    if isinstance(value, Known):
        raise ArgumentError(f"{name}: say what is reported")
    reported = int(Known.REPORTED)
    if isinstance(value, bool):
        return row, name, reported, _FLAG, 0, 0, value, None
    if of is FactKind.DATE and isinstance(value, (str, datetime.date)):
        return row, name, reported, _NUMBER, date_number(value), 0, False, None
    if isinstance(value, str):
        return row, name, reported, _TEXT, 0, 0, False, value
    return row, name, reported, _NUMBER, *_parts(name, value), False, None


def fact_changes(
    law: CriteriaSet,
    inputs: Sequence[str],
    facts: Mapping[str | int, Mapping[str, FactValue]],
    row_of: Callable[[str | int], int],
) -> tuple[_FactChange, ...]:
    """Changes of a table of facts.

    Raises:
        NotFoundError: a unit, fact or axis that is not there.
        TypeError: no mapping of mappings, or a value that is none.
    """
    if not hasattr(facts, "items"):
        raise TypeError(f"facts have to be a mapping of units to mappings, not {type(facts).__name__}")
    kinds = _kinds(law, inputs)
    made = []
    for unit, own in facts.items():
        if not hasattr(own, "items"):
            raise TypeError(f"the facts of {unit!r} have to be a mapping, not {type(own).__name__}")
        for name, value in own.items():
            if text_of("a fact", name) not in kinds:
                raise NotFoundError(not_found("fact or axis", name, kinds))
            made.append(_fact_change(row_of(unit), name, kinds[name], value))
    return tuple(made)


def _kinds(law: CriteriaSet, inputs: Sequence[str]) -> dict[str, FactKind | None]:
    """The sort of every column that the set can use; None of an axis."""
    members = {one.id: one.members for one in law.dimensions}
    facts = {fact.id: fact.kind for fact in law.facts}
    axes = {axis.id for axis in law.axes}
    kinds: dict[str, FactKind | None] = {}
    for fact in law.facts:
        for name in [fact.id] if fact.by is None else [f"{fact.id}[{member}]" for member in members[fact.by]]:
            kinds[name] = kinds[f"{name}:least"] = kinds[f"{name}:most"] = fact.kind
    for name in inputs:  # also statuses held, earlier facts, counts of children, figures of other sets
        if name not in kinds:
            other = FactKind.FLAG if name.startswith("holds:") else FactKind.AMOUNT
            kinds[name] = None if name in axes else facts.get(name.rpartition(":")[2], other)
    return kinds


def figure_changes(
    law: CriteriaSet, figures: Mapping[str, FigureValue | Mapping[FigureKeys, FigureValue]]
) -> tuple[_FigureChange, ...]:
    """Changes of a set's figures.

    Raises:
        NotFoundError: a figure that is not there.
        ArgumentError: keys that are not one value per axis.
        TypeError: no mapping, or a value that is no number.
    """
    if not hasattr(figures, "items"):
        raise TypeError(f"figures have to be a mapping, not {type(figures).__name__}")
    there = {figure.id: figure for figure in law.figures}
    made = []
    for name, value in figures.items():
        if text_of("a figure", name) not in there:
            raise NotFoundError(not_found("figure", name, there))
        cells: Any = value.items() if isinstance(value, Mapping) else [((None,) * len(there[name].axes), value)]
        made += [_figure_change(there[name], keys, one) for keys, one in cells]
    return tuple(made)


def _figure_change(figure: Figure, keys: Any, value: Any) -> _FigureChange:
    own: tuple[Any, ...] = (keys,) if isinstance(keys, str) else keys
    if not isinstance(own, tuple) or len(own) != len(figure.axes):
        raise ArgumentError(f"{figure.id}: keys are one value (or None) for each of the axes {figure.axes}, not {keys!r}")
    axes = tuple((axis, text_of(f"the value of {axis}", key)) for axis, key in zip(figure.axes, own) if key is not None)
    value = _own_type(value)
    return figure.id, axes, value is None, *((0, 0) if value is None else _parts(figure.id, value))


def asked_again(
    result: Attainment,
    facts: Mapping[str | int, Mapping[str, FactValue]] | None,
    figures: Mapping[str, FigureValue | Mapping[FigureKeys, FigureValue]] | None,
) -> Attainment:
    """The result of the same question with other facts and figures: :meth:`Attainment.what_if`."""
    plan, table = result._unchanged()
    how = result._how
    assert how is not None  # whatever has a plan was evaluated in this package
    law = result.law
    if figures is not None:
        law = CriteriaSet(core.set_what_if(law._core, figure_changes(law, figures)))
        plan = plan_of(law, *how.plan)
    try:
        if facts is not None:
            table = core.table_what_if(table, fact_changes(law, core.plan_inputs(plan), facts, result.row))
        handle = core.evaluate(plan, table, result._keep, True, how.values)
    except NtmError as error:
        raise result._named(error) from None
    made = Attainment(law, plan, table, handle, result.units, how.keep)
    made._how = how
    return made
