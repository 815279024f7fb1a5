# SPDX-License-Identifier: Apache-2.0
"""Moves of households between classes from one year to the next: who left poverty, who fell into it."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Literal, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .columns import Nan
from .errors import NotFoundError
from .exports import Frame, Out, int_column, word_column
from .frames import enum_of, open_table, texts_of
from .groups import Grouped, key_columns, read_keys
from .handles import no_pickle
from .number import CountBounds, decimal_of, text_of
from .tables import choice, not_found


class Year(IntEnum):
    """Which of two tables."""

    FIRST = 1
    """The earlier one."""
    SECOND = 2
    """The later one."""


class Presence(Enum):
    """In place of a class of a year."""

    ABSENT = "absent"
    """The household is not in that year's table. Never "out of poverty"."""
    ANY = "any"
    """The household is in that year's table, in whatever class."""


ClassOrPresence = Union[str, Presence]


class HouseholdMove(NamedTuple):
    """How many households made a move."""

    households: CountBounds
    """Rows: surely, and possibly when open classes are such."""
    least: Decimal
    """Their weights, at least; as households when there is no weight."""
    most: Decimal
    """Their weights, at most."""


class TransitionGroup:
    """The moves of a group, or of all households."""

    def __init__(self, handle: core.Transitions, classes: Sequence[str], index: int, key: Any) -> None:
        self._core = handle
        self._classes = tuple(classes)
        self._index = index
        self.key = key
        """The key of the group; None for all households."""

    def _place(self, label: ClassOrPresence) -> int:
        if isinstance(label, Presence):
            return -1 if label is Presence.ABSENT else -2
        if text_of("a class", label) not in self._classes:
            raise NotFoundError(not_found("class", label, self._classes))
        return self._classes.index(label)

    def move(self, before: ClassOrPresence, after: ClassOrPresence) -> HouseholdMove:
        """The households of one class in the first year and another in the second. Sharp bounds, also under ``ANY``.

        Raises:
            NotFoundError: no such class.
            ArgumentError: absent in both years.
        """
        households, least, most = core.transitions_get(self._core, self._index, self._place(before), self._place(after))
        return HouseholdMove(CountBounds(*households), decimal_of(*least), decimal_of(*most))

    def moves(self) -> dict[tuple[ClassOrPresence, ClassOrPresence], HouseholdMove]:
        """All moves between classes (nine for three of them), then those from and to ``Presence.ABSENT``."""
        names: list[ClassOrPresence] = [*self._classes]
        pairs = [(before, after) for before in names for after in names]
        pairs += [(label, Presence.ABSENT) for label in names] + [(Presence.ABSENT, label) for label in names]
        return {pair: self.move(*pair) for pair in pairs}

    def __repr__(self) -> str:
        name = "all households" if self._index < 0 else repr(self.key)
        return f"<ntm.TransitionGroup {name}>"


class Transitions(Grouped[TransitionGroup]):
    """Moves by group and over all households, made by :func:`transitions`. Frozen, and usable by several threads.

    As a data frame one row a group and move: the grouping columns, ``before``, ``after`` (None: absent),
    ``households_least``, ``households_most``, ``least``, ``most`` (weights).
    """

    def __init__(
        self, handle: core.Transitions, classes: Sequence[str], by: Sequence[str], keys: Sequence[Any]
    ) -> None:
        super().__init__(by, keys, lambda index, key: TransitionGroup(handle, self.classes, index, key))
        self.classes: tuple[str, ...] = tuple(classes)
        """The classes in order."""

    def _frame(self) -> Frame:
        pairs = [(key, group.moves()) for key, group in (self.items() if self.by else ((None, self.total),))]
        keys = [key for key, moves in pairs for _ in moves]
        moves = [(way, move) for _, found in pairs for way, move in found.items()]
        made = key_columns(self.by, keys) if self.by else []
        for at, name in enumerate(("before", "after")):
            ends: list[str | None] = [None if isinstance(way[at], Presence) else str(way[at]) for way, _ in moves]
            made.append(word_column(name, ends, self.classes))
        made.append(int_column("households_least", [move.households.least for _, move in moves]))
        made.append(int_column("households_most", [move.households.most for _, move in moves]))
        return Frame([*made, *(Out(end, "decimal", [getattr(move, end) for _, move in moves]) for end in ("least", "most"))])

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "count again, or keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.Transitions between {', '.join(self.classes)}: {len(self)} groups>"


def transitions(
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    *,
    id: str,
    label: str,
    classes: Sequence[str],
    label_most: str | None = None,
    counted_by: Year | Literal["first", "second"] = Year.SECOND,
    population: str | None = None,
    by: Sequence[str] | str = (),
    nan: Nan = "error",
) -> Transitions:
    """Pairs the households of two years and counts their moves between classes.

    The interpreter's lock is released meanwhile.

    Args:
        first, second: the tables of both years, one row a household, in any order.
        id: the column of both that tells households apart: text or whole numbers, the same sort in both.
        label: the column of both with the class, one of ``classes``; not reported: any of them.
        classes: the classes in order: poor, near-poor, not poor; at most 16.
        label_most: a column for classes known within bounds: the household is in a class from ``label`` to this one.
        counted_by: whose weight and group a household in both tables has.
        population: the column of both with each household's weight (members); None: each counts 1.
        by: grouping columns of both.
        nan: what NaN means in float64 columns: an error, or "not reported".

    Raises:
        ConflictError: an id twice in one table; the message names both rows.
        BadValueError: an id or a weight not reported, a text that is no class; ``.row`` tells where, ``.subject`` of
            what.
        NotFoundError: a column that is not there.
        ShapeError: a column of the wrong type or length.

    >>> before = {"id": [1, 2, 3], "class": ["poor", "poor", "out"]}
    >>> after = {"id": [3, 2], "class": ["poor", "out"]}
    >>> moves = ntm.transitions(before, after, id="id", label="class", classes=["poor", "near-poor", "out"]).total
    >>> moves.move("poor", "out").households, moves.move("poor", ntm.Presence.ABSENT).households
    (CountBounds(least=1, most=1), CountBounds(least=1, most=1))
    """
    names, kinds = texts_of("grouping columns", by), texts_of("classes", classes)
    year = enum_of("counted_by", Year, counted_by)
    choice("nan", nan, ("error", "not reported"))
    key, least = text_of("id", id), text_of("label", label)
    most = None if label_most is None else text_of("label_most", label_most)
    weight = None if population is None else text_of("population", population)
    wanted = [key, least, *([most] if most else []), *([weight] if weight else []), *names]
    texts, numbers = [least, *([most] if most else [])], [weight] if weight else []
    one, _ = open_table(first, wanted, nan=nan, text=texts, numbers=numbers)
    two, columns = open_table(second, wanted, nan=nan, text=texts, numbers=numbers)
    handle = core.transitions_count(one, two, key, least, most, kinds, int(year), weight, names)
    keys = read_keys(core.transitions_groups(handle), names, lambda *at: core.transitions_key(handle, *at), columns)
    return Transitions(handle, kinds, names, keys)
