# SPDX-License-Identifier: Apache-2.0
"""Verdicts counted by group: so many of so many communes of a district."""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterator, Literal, Mapping, NamedTuple, Sequence, Union

from .attainment_rows import name_in
from .days import date_number
from .errors import ArgumentError, NotFoundError, Problem, ShapeError, Status
from .explanation import Verdict
from .exports import Frame, Out, Rows, Table, checked, int_column, text_column, word_column
from .number import Language
from .tables import choice, listed_texts, not_found
from .unit_rows import Echelon
from .units import Units

if TYPE_CHECKING:
    from .attainment import Attainment

By = Union[Sequence[Any], Mapping[str, Any], Units]
"""Groups: one a row, by unit, or a registry in which the units lie."""


class GroupCount(NamedTuple):
    """How the units of a group stand. Open units are in no bound but the upper one."""

    group: str | None
    """Its name; None: the units of which nobody says in which group they are."""
    units: int
    """How many units."""
    met: int
    """Units with the status."""
    not_met: int
    """Units surely without it."""
    open: int
    """Units of which it cannot be told."""
    criteria_met_least: int
    """Criteria met by all units together, at least."""
    criteria_met_most: int
    """The same, at most."""

    @property
    def least(self) -> int:
        """At least so many units have the status."""
        return self.met

    @property
    def most(self) -> int:
        """At most so many units have it."""
        return self.met + self.open

    @property
    def average_least(self) -> Fraction | None:
        """Criteria met by a unit on average, at least; None without units."""
        return Fraction(self.criteria_met_least, self.units) if self.units else None

    @property
    def average_most(self) -> Fraction | None:
        """The same, at most."""
        return Fraction(self.criteria_met_most, self.units) if self.units else None

    def text(self, lang: Language = "vi") -> str:
        """"61 to 70 of 82"; one number where it is known."""
        return bounds_text(self.least, self.most, self.units, lang)


def bounds_text(least: int, most: int, total: int, lang: Language) -> str:
    """A count with bounds of a total, in words.

    >>> bounds_text(61, 70, 82, "en"), bounds_text(61, 61, 82, "vi")
    ('61 to 70 of 82', '61 trên 82')
    """
    of = "trên" if checked(lang) == "vi" else "of"
    to = "đến" if lang == "vi" else "to"
    return f"{least} {of} {total}" if least == most else f"{least} {to} {most} {of} {total}"


class GroupCounts(Rows):
    """Verdicts by group, made by :meth:`ntm.Attainment.rollup`. Frozen, and usable by several threads.

    ``counts["436"]`` is the :class:`GroupCount` of a group; iterating gives all of them, in the order in which the groups
    first appear, the units without a group (``None``) last. As a data frame one row a group: ``group``, ``units``, ``met``,
    ``not_met``, ``open``, ``criteria_met_least``, ``criteria_met_most``, ``average_least``, ``average_most`` (exact).
    """

    def __init__(self, result: Attainment, groups: Sequence[str | None]) -> None:
        import numpy as np

        self._result = result
        names = list(dict.fromkeys(group for group in groups if group is not None))
        self.groups: tuple[str | None, ...] = (*names, None) if None in groups else tuple(names)
        """The groups in their order."""
        self._at = {group: at for at, group in enumerate(self.groups)}
        self._places = np.array([self._at[group] for group in groups], np.intp)

    def _sums(self, values: Any) -> list[int]:
        """Exact sums of integers by group."""
        import numpy as np

        out = np.zeros(len(self.groups), np.int64)
        np.add.at(out, self._places, np.asarray(values, np.int64))
        return [int(one) for one in out]

    def _tallies(self, verdicts: Any) -> tuple[list[int], list[int], list[int]]:
        met, not_met, unknown = (self._sums(verdicts == one) for one in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN))
        return met, not_met, unknown

    @cached_property
    def _counts(self) -> tuple[GroupCount, ...]:
        import numpy as np

        counts = self._result.criteria_met
        columns = [self._sums(np.ones(len(self._places))), *self._tallies(self._result.status)]
        columns += [self._sums(counts.least), self._sums(counts.most)]
        return tuple(GroupCount(*row) for row in zip(self.groups, *columns))

    @property
    def total(self) -> GroupCount:
        """All groups together; its ``group`` is "total"."""
        sums = (sum(int(getattr(one, name)) for one in self._counts) for name in GroupCount._fields[1:])
        return GroupCount("total", *sums)

    def __getitem__(self, group: str | None) -> GroupCount:
        if group not in self._at:
            raise NotFoundError(not_found("group", str(group), [one for one in self.groups if one is not None]))
        return self._counts[self._at[group]]

    def __iter__(self) -> Iterator[GroupCount]:
        return iter(self._counts)

    def __len__(self) -> int:
        """How many groups."""
        return len(self.groups)

    def tallies(self, *, of: Literal["criteria", "indicators"] = "criteria", lang: Language = "vi") -> Table:
        """How many units of each group meet each criterion or indicator: one row a group and criterion.

        Columns: ``group``, ``id``, ``name``, ``units``, ``met_least``, ``met_most``, ``not_met``, ``open``, ``text`` ("61 to 70
        of 82").

        Raises:
            ArgumentError: these verdicts were not kept.
        """
        choice("of", of, ("criteria", "indicators"))
        result = self._result
        things: Sequence[Any] = result.law.criteria if of == "criteria" else result.law.indicators
        take = result.criterion if of == "criteria" else result.indicator
        rows = []
        for thing in things:
            name = name_in(thing.name, checked(lang))
            rows.append([(thing.id, name, *counts) for counts in zip(*self._tallies(take(thing.id)))])
        listed = [(one, *row[at]) for at, one in enumerate(self._counts) for row in rows]
        made = [text_column("group", [one.group for one, *_ in listed]), word_column("id", [one[1] for one in listed])]
        made += [word_column("name", [one[2] for one in listed]), int_column("units", [one[0].units for one in listed])]
        made += [int_column("met_least", [one[3] for one in listed]), int_column("met_most", [one[3] + one[5] for one in listed])]
        made += [int_column("not_met", [one[4] for one in listed]), int_column("open", [one[5] for one in listed])]
        texts = [bounds_text(one[3], one[3] + one[5], one[0].units, lang) for one in listed]
        return Table(f"{of} by group", Frame([*made, text_column("text", texts)]))

    def _frame(self) -> Frame:
        made = [text_column("group", [one.group for one in self])]
        for name in GroupCount._fields[1:]:
            made.append(int_column(name, [getattr(one, name) for one in self]))
        return Frame([*made, *(Out(name, "exact", [getattr(one, name) for one in self]) for name in ("average_least", "average_most"))])

    def __repr__(self) -> str:
        total = self.total
        return f"<ntm.GroupCounts of {total.units} units in {len(self)} groups: {total.text('en')} with the status>"


def groups_of(
    result: Attainment, by: By, echelon: Echelon | str | None, on: datetime.date | str | None
) -> list[str | None]:
    """The group of each row; None where there is none."""
    if isinstance(by, Units):
        return _by_registry(result, by, echelon, on)
    if echelon is not None or on is not None:
        raise ArgumentError("echelon and on are for a registry: rollup(units, echelon='district', on=...)")
    if isinstance(by, (str, bytes, set, frozenset)) or not (hasattr(by, "__iter__") or hasattr(by, "keys")):
        shown = "the name of a column" if isinstance(by, str) else type(by).__name__
        raise TypeError(f"groups are a sequence with one a row, a mapping by unit, or an ntm.Units; not {shown}")
    if hasattr(by, "keys") and not hasattr(by, "to_numpy"):
        if result.units is None:
            raise ArgumentError("groups by unit need named units: evaluate(..., unit=)")
        mapping: Any = by
        return listed_texts("by", [mapping[unit] if unit in mapping else None for unit in result.units])
    values = listed_texts("by", by)
    if len(values) != len(result):
        raise ShapeError(Problem(Status.SHAPE, f"{len(values)} groups for {len(result)} rows", "by"))
    return values


def _by_registry(
    result: Attainment, units: Units, echelon: Echelon | str | None, on: datetime.date | str | None
) -> list[str | None]:
    if echelon is None:
        raise ArgumentError("up to which rung? rollup(units, echelon='district')")
    if result.units is None:
        raise ArgumentError("a registry needs named units: evaluate(..., unit=)")
    day = on if on is not None else None if result._how is None else result._how.plan[0]
    if day is None:
        raise ArgumentError("on which day? rollup(units, echelon=..., on=...)")
    date_number(day)
    above = [units.ancestor(unit, echelon, on=day) for unit in result.units]
    return [None if one is None else one.code for one in above]
