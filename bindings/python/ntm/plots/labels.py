# SPDX-License-Identifier: Apache-2.0
"""What units are called in a picture, how they are grouped and ordered, and arguments checked."""

from __future__ import annotations

import datetime
from typing import Any, Mapping, Sequence, Union

from ..attainment import Attainment
from ..errors import ArgumentError, NotFoundError, NtmError
from ..number import whole_number
from ..tables import not_found
from ..unit_rows import Echelon, Unit
from ..units import Units
from .figures import drawable

Naming = Union[Units, Mapping[str, str], Sequence[str]]
"""How units are called: a registry, a mapping from code to name, or one name a row."""
Grouping = Union[str, Mapping[str, str], Sequence[Any]]
"""Groups of units: "district" or "province" of a registry, a mapping from code to group, or one group a row."""
Day = Union[datetime.date, str]


def attainment_of(result: Any, what: str) -> Attainment:
    """The result, if it is one and has rows.

    Raises:
        TypeError: something else.
        ArgumentError: a result without rows.
    """
    if not isinstance(result, Attainment):
        raise TypeError(f"{what} draws a result of ntm.evaluate(), not {type(result).__name__}")
    if not len(result):
        raise ArgumentError("the result has no rows: there is nothing to draw")
    return result


def with_criteria(result: Attainment) -> None:
    """That the set has criteria.

    Raises:
        ArgumentError: it has none, as a set with a grade only.
    """
    if not result.law.criteria:
        hint = ": ntm.plots.stars draws its grade" if result.law.classes else ""
        raise ArgumentError(f"the set {result.law.id} has no criteria{hint}")


def _codes(result: Attainment) -> list[str]:
    return list(result.units) if result.units is not None else [str(row) for row in range(len(result))]


def _day_of(result: Attainment, on: Day | None) -> Day:
    if on is not None:
        return on
    if result._how is None:
        raise ArgumentError("names from a registry need a day: say it in on=")
    return result._how.plan[0]


def _found(result: Attainment, units: Units, on: Day | None) -> list[Unit | None]:
    """The units of all rows on the day; None for one that is not there."""
    if result.units is None:
        raise ArgumentError("the units of this result were not named: evaluate(..., unit='code') names them")
    rung = Echelon.__members__.get(result.law.level.upper())
    rows = units.find_all(list(result.units), on=_day_of(result, on), echelon=rung, unknown="none")
    return [None if row < 0 else units[int(row)] for row in rows]


def _one_a_row(name: str, values: Any, rows: int) -> list[str]:
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    if len(listed) != rows:
        raise ArgumentError(f"{name}: {len(listed)} for {rows} rows")
    return ["" if one is None or one != one else str(one) for one in listed]


def as_mapping(values: Any) -> Mapping[str, str] | None:
    """The values, if they are a mapping."""
    return values if hasattr(values, "keys") else None


def _named(result: Attainment, units: Naming | None, on: Day | None) -> list[str]:
    codes = _codes(result)
    if units is None:
        return codes
    if isinstance(units, Units):
        names = [code if unit is None else unit.name for unit, code in zip(_found(result, units, on), codes)]
        return _short(names)
    named = as_mapping(units)
    if named is not None:
        return [str(named[code]) if code in named.keys() and named[code] else code for code in codes]
    if isinstance(units, str):
        raise TypeError("units has to be an ntm.Units, a mapping from code to name, or a name a row, not text")
    return _one_a_row("units", units, len(result))


def _short(names: list[str]) -> list[str]:
    """Names without the word of the level, where all have the same: "Thạch Hạ" among communes only."""
    first = {name.split(" ", 1)[0] for name in names}
    return [name.split(" ", 1)[1] for name in names] if len(first) == 1 and all(" " in name for name in names) else names


def _grouped(result: Attainment, groups: Grouping | None, units: Naming | None, on: Day | None) -> list[str] | None:
    if groups is None:
        return None
    if isinstance(groups, str):
        return _above(result, groups, units, on)
    mapped = as_mapping(groups)
    if mapped is not None:
        known = {str(code): str(group) for code, group in mapped.items()}
        return [known.get(code, "") for code in _codes(result)]
    return _one_a_row("groups", groups, len(result))


def _above(result: Attainment, level: str, units: Naming | None, on: Day | None) -> list[str]:
    if not isinstance(units, Units):
        raise ArgumentError(f"groups={level!r} needs a registry: units=ntm.Units(...); or give one group a row")
    rungs = {rung.name.lower(): rung for rung in Echelon}
    if level not in rungs:
        raise NotFoundError(not_found("level", level, rungs))
    day = _day_of(result, on)
    found = []
    for unit in _found(result, units, on):
        above = None if unit is None else units.ancestor(unit, rungs[level], on=day)
        found.append("" if above is None else above.name)
    return found


def labels_of(result: Attainment, units: Naming | None, on: Day | None) -> list[str]:
    """What each row is called: its name, else its code, else its number.

    Raises:
        ArgumentError: as many names as rows are needed; a registry needs named units and a day.
    """
    return [drawable(name) for name in _named(result, units, on)]


def groups_of(result: Attainment, groups: Grouping | None, units: Naming | None, on: Day | None) -> list[str] | None:
    """The group of each row; None without groups.

    Raises:
        ArgumentError: a level without a registry, another number of groups than rows.
        NotFoundError: no such level.
    """
    made = _grouped(result, groups, units, on)
    return None if made is None else [drawable(name) for name in made]


def order_of(
    order: str | Sequence[str], result: Attainment, labels: Sequence[str], least: Sequence[int], most: Sequence[int]
) -> list[int]:
    """The rows in the order in which they are drawn.

    Raises:
        ArgumentError: another word.
        NotFoundError: a unit that the result does not have.
    """
    rows = range(len(result))
    if not isinstance(order, str):
        return _chosen(order, result)
    if order == "met":
        return sorted(rows, key=lambda row: (-int(least[row]), -int(most[row]), labels[row]))
    if order == "lacking":
        return sorted(rows, key=lambda row: (int(most[row]), int(least[row]), labels[row]))
    if order == "name":
        return sorted(rows, key=lambda row: labels[row])
    if order == "given":
        return list(rows)
    raise ArgumentError(f"order {order!r}: 'met', 'lacking', 'name', 'given', or a sequence of units")


def _chosen(order: Sequence[str], result: Attainment) -> list[int]:
    rows = [result.row(unit) for unit in order]
    if not rows or len(set(rows)) != len(rows):
        raise ArgumentError("order has to name at least one unit, and each once")
    return rows


def limited(rows: list[int], limit: int | None) -> list[int]:
    """The first rows.

    Raises:
        ArgumentError: a limit below 1.
    """
    if limit is None:
        return rows
    most = whole_number("limit", limit)
    if most < 1:
        raise ArgumentError(f"limit is {most}: 1 or more")
    return rows[:most]


def row_named(result: Attainment, unit: str) -> int | None:
    """The row of a unit; None for one that the result does not have."""
    try:
        return result.row(unit)
    except NtmError:
        return None
