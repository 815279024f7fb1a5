# SPDX-License-Identifier: Apache-2.0
"""What a criteria set is made of, as frozen typed objects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Any, NamedTuple

from .days import date_of
from .number import decimal_of


class Standing(IntEnum):
    """How far a statement of law can be relied on."""

    CITED = 1
    """Read in a source that is named."""
    UNVERIFIED = 2
    """From memory, or sources disagree."""
    ABSENT = 3
    """Nobody has read it: what needs it is open."""


class FactKind(IntEnum):
    """What sort of thing a fact is."""

    FLAG = 1
    COUNT = 2
    AMOUNT = 3
    SHARE = 4
    LEVEL = 5
    MONEY = 6
    DATE = 7


class Merge(IntEnum):
    """How the facts of merged units become the fact of the new unit."""

    SUM = 1
    RATIO = 2
    WEIGHTED = 3
    ALL = 4
    ANY = 5
    MIN = 6
    MAX = 7
    REASSESS = 8
    """Open until someone looks again."""


class OverTime(IntEnum):
    """How the facts of periods become the fact of a longer period."""

    FLOW = 1
    """Happens during a period: add."""
    STOCK = 2
    """Is there at a moment: the value of the last period."""
    MIN = 3
    MAX = 4


class Closing(IntEnum):
    """What closes a gap in a fact."""

    WORK = 1
    """Build, train, connect, pay."""
    ACT = 2
    """Somebody has to issue, approve or sign something: a decision, a plan."""
    ASSESSMENT = 3
    """Somebody has to look, rate or ask again: a level, a survey of satisfaction, a recognition."""
    TIME = 4
    """Only time: a date that has to come."""


@dataclass(frozen=True)
class Names:
    """The same text in two languages; None where nobody has written it."""

    vi: str | None
    en: str | None

    def __str__(self) -> str:
        return self.vi or self.en or ""


@dataclass(frozen=True)
class Citation:
    """Where a statement was read."""

    standing: Standing
    sources: tuple[str, ...]
    """Ids of sources of the set."""
    note: str | None
    overlay: str | None
    """The overlay that it came from; None for the set itself."""


@dataclass(frozen=True)
class Source:
    """A place where law was read."""

    id: str
    where: str | None
    what: str | None


@dataclass(frozen=True)
class Instrument:
    """The legal act behind a set."""

    number: str | None
    issuer: str | None
    title: Names
    signed_on: datetime.date | None
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    """Last day; None when it is still in force, or not known."""
    citation: Citation


@dataclass(frozen=True)
class Axis:
    """A key of figures: region, class, year."""

    id: str
    name: Names
    values: tuple[str, ...]
    value_names: tuple[Names, ...]


@dataclass(frozen=True)
class Dimension:
    """Members over which some facts are reported apart: female, male."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """An entry of the fact dictionary. A column of this id feeds it."""

    id: str
    name: Names
    kind: FactKind
    unit: str | None
    """Unit of its values ("household", "%"); None for flags, levels and dates."""
    least: Decimal | None
    most: Decimal | None
    part_of: str | None
    """A fact that this one may not exceed."""
    by: str | None
    """The dimension over whose members it is reported."""
    levels: tuple[str, ...]
    """The scale of a level, from low to high."""
    merge: Merge
    """How it merges."""
    merge_weight: str | None
    """The fact that weighs a mean."""
    merge_parts: tuple[str, str] | None
    """The facts whose ratio it is; None: not said, or no ratio."""
    over_time: OverTime | None
    """How it goes from months to a year; None: nobody has said."""
    closed_by: Closing | None
    """What its definition declares to close a gap in it; None: nobody has said."""
    closing: Closing
    """What closes a gap in it: `closed_by`, else by its kind (a flag: an act, a level: an assessment, a date: time,
    whatever else: work)."""


@dataclass(frozen=True)
class FigureValue:
    """One cell of a figure."""

    keys: tuple[str, ...]
    """One value per axis of the figure."""
    value: Decimal
    """In the unit of the figure."""
    citation: Citation
    """Where it was read: its own, or the figure's."""


@dataclass(frozen=True)
class Figure:
    """A threshold of law: one number, or a table over axes. A cell that is not here is absent."""

    id: str
    unit: str | None
    axes: tuple[str, ...]
    values: tuple[FigureValue, ...]
    interpolate: bool
    delegated_to: str | None
    general: Decimal | None
    """The general figure printed beside the table; never used in place of an absent cell."""
    citation: Citation

    def at(self, *keys: str) -> Decimal | None:
        """The threshold for one value per axis; None when it is absent."""
        return next((cell.value for cell in self.values if cell.keys == keys), None)


@dataclass(frozen=True)
class Indicator:
    """The smallest thing with a verdict."""

    id: str
    name: Names
    criterion: str
    """Id of its criterion."""
    has_rule: bool
    """False while nobody has read the rule: the verdict is open."""
    citation: Citation


@dataclass(frozen=True)
class Criterion:
    """Indicators under one number."""

    id: str
    name: Names
    group: str | None
    indicators: tuple[Indicator, ...]
    citation: Citation


@dataclass(frozen=True)
class Precondition:
    """A condition for recognition beside the criteria."""

    id: str
    name: Names
    has_rule: bool
    citation: Citation


@dataclass(frozen=True)
class Value:
    """A named quantity that results give out beside the verdicts."""

    id: str
    name: Names
    unit: str | None
    """The unit that it is given out in."""
    least: Decimal | None
    most: Decimal | None
    """What the law declares that it can be at most."""
    has_rule: bool
    """False while nobody has read how it is reckoned: it is not known."""
    citation: Citation


@dataclass(frozen=True)
class Scope:
    """A class of units that uses another column of an axis."""

    axis: str
    use: str
    """The value of the axis whose column holds instead."""
    citation: Citation


@dataclass(frozen=True)
class Recogniser:
    """Who recognises, for some classes on some days."""

    by: Names
    classes: tuple[str, ...]
    """Classes of the grade; empty for all."""
    first_day: datetime.date | None
    last_day: datetime.date | None
    citation: Citation


class StandingTally(NamedTuple):
    """How many statements of one sort can be relied on."""

    cited: int
    """Read in a source."""
    unverified: int
    """Known only from memory, or written down without any source."""
    absent: int
    """Nobody has read them."""
    delegated: int
    """Absent because the law leaves them to somebody (cells of figures)."""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


class Standings(NamedTuple):
    """How much of a set is known."""

    cells: StandingTally
    """Cells of figures: one for a figure without axes, else the product of its axes."""
    rules: StandingTally
    """Rules of indicators and preconditions, and of criteria that have their own or no indicators."""
    names: StandingTally
    """Names of criteria, indicators and preconditions, in whatever language."""


@dataclass(frozen=True)
class Counterpart:
    """A row of this set and the row of the set it follows that is about the same matter."""

    id: str
    of: str
    is_criterion: bool


def names_of(pair: tuple[str | None, str | None]) -> Names:
    """The same text in two languages, from what the core gives."""
    return Names(*pair)


def citation_of(raw: dict[str, Any]) -> Citation:
    """Where a statement was read, from what the core gives."""
    return Citation(Standing(raw["standing"] or Standing.ABSENT), raw["sources"], raw["note"], raw["overlay"])


def decimal_or_none(pair: tuple[int, int] | None) -> Decimal | None:
    """A decimal from what the core gives."""
    return None if pair is None else decimal_of(*pair)


def _cell(raw: dict[str, Any], figure: dict[str, Any]) -> FigureValue:
    own = raw["citation"]
    cited = own["sources"] or own["overlay"] or own["standing"] == Standing.UNVERIFIED
    return FigureValue(raw["keys"], decimal_of(*raw["value"]), citation_of(own if cited else figure["citation"]))


def figure_of(raw: dict[str, Any]) -> Figure:
    """A figure, from what the core gives."""
    cells = tuple(_cell(cell, raw) for cell in raw["cells"])
    return Figure(
        raw["id"],
        raw["unit"],
        raw["axes"],
        cells,
        raw["interpolate"],
        raw["delegated_to"],
        decimal_or_none(raw["general"]),
        citation_of(raw["citation"]),
    )


def fact_of(raw: dict[str, Any]) -> Fact:
    """A fact, from what the core gives."""
    return Fact(
        raw["id"],
        names_of(raw["name"]),
        FactKind(raw["kind"]),
        raw["unit"],
        decimal_or_none(raw["least"]),
        decimal_or_none(raw["most"]),
        raw["part_of"],
        raw["by"],
        raw["levels"],
        Merge(raw["merge"]),
        raw["merge_weight"],
        None if raw["merge_parts"][0] is None else raw["merge_parts"],
        OverTime(raw["over_time"]) if raw["over_time"] else None,
        Closing(raw["closed_by"]) if raw["closed_by"] else None,
        Closing(raw["closing"]),
    )


def instrument_of(raw: dict[str, Any]) -> Instrument:
    """An act, from what the core gives."""
    return Instrument(
        raw["number"],
        raw["issuer"],
        names_of(raw["title"]),
        date_of(raw["signed_on"]),
        date_of(raw["in_force_from"]),
        date_of(raw["in_force_to"]),
        citation_of(raw["citation"]),
    )


def standings_of(raw: tuple[tuple[int, int, int, int], ...]) -> Standings:
    """How much is known, from what the core gives."""
    return Standings(*(StandingTally(*one) for one in raw))
