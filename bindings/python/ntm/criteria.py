# SPDX-License-Identifier: Apache-2.0
"""Criteria sets: what the law asks, as frozen typed objects.

Everything here is read from the set once and kept; changing a set means changing its YAML, or laying an overlay over it.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, Union

from . import core
from .errors import ArgumentError
from .number import decimal_of

_EPOCH = datetime.date(1970, 1, 1).toordinal()

TextOrPath = Union[str, bytes, "os.PathLike[str]"]


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


@dataclass(frozen=True)
class Counterpart:
    """A row of this set and the row of the set it follows that is about the same matter."""

    id: str
    of: str
    is_criterion: bool


def _names(pair: tuple[str | None, str | None]) -> Names:
    return Names(*pair)


def _citation(raw: dict[str, Any]) -> Citation:
    return Citation(Standing(raw["standing"] or Standing.ABSENT), raw["sources"], raw["note"], raw["overlay"])


def day_of(days: int) -> datetime.date:
    """The date of so many days since 1970-01-01."""
    return datetime.date.fromordinal(_EPOCH + days)


def date_of(days: int | None) -> datetime.date | None:
    """The same, or None."""
    return None if days is None else day_of(days)


def _decimal(pair: tuple[int, int] | None) -> Decimal | None:
    return None if pair is None else decimal_of(*pair)


def _cell(raw: dict[str, Any], figure: dict[str, Any]) -> FigureValue:
    own = raw["citation"]
    cited = own["sources"] or own["overlay"] or own["standing"] == Standing.UNVERIFIED
    return FigureValue(raw["keys"], decimal_of(*raw["value"]), _citation(own if cited else figure["citation"]))


def _figure(raw: dict[str, Any]) -> Figure:
    cells = tuple(_cell(cell, raw) for cell in raw["cells"])
    return Figure(
        raw["id"],
        raw["unit"],
        raw["axes"],
        cells,
        raw["interpolate"],
        raw["delegated_to"],
        _decimal(raw["general"]),
        _citation(raw["citation"]),
    )


def _fact(raw: dict[str, Any]) -> Fact:
    return Fact(
        raw["id"],
        _names(raw["name"]),
        FactKind(raw["kind"]),
        raw["unit"],
        _decimal(raw["least"]),
        _decimal(raw["most"]),
        raw["part_of"],
        raw["by"],
        raw["levels"],
    )


def date_number(on: datetime.date | str) -> int:
    """Days since 1970-01-01 of a date, of text like "2020-02-25", or of a whole day of NumPy or pandas.

    Raises:
        ArgumentError: the text is no date, or a point of time is no whole day.
        TypeError: neither a date nor text.
    """
    if isinstance(on, str):
        try:
            on = datetime.date.fromisoformat(on)
        except ValueError:
            raise ArgumentError(f"{on!r} is no date: 'YYYY-MM-DD'") from None
    elif type(on).__name__ in ("Timestamp", "datetime64"):
        on = _whole_day(on)
    if isinstance(on, datetime.datetime) or not isinstance(on, datetime.date):
        raise TypeError(f"a date or 'YYYY-MM-DD', not {type(on).__name__}")
    return on.toordinal() - _EPOCH


def _whole_day(on: Any) -> Any:
    """A numpy.datetime64 or pandas.Timestamp as a date."""
    import numpy as np

    if getattr(on, "tzinfo", None) is not None:
        raise ArgumentError(f"{on} has a time zone: give the day")
    stamp = np.datetime64(on)
    if np.isnat(stamp) or stamp != stamp.astype("M8[D]"):
        raise ArgumentError(f"{on} is no whole day")
    return stamp.astype("M8[D]").item()


def no_pickle(thing: object, instead: str) -> NoReturn:
    """What the objects say that cannot be pickled or copied."""
    raise TypeError(f"an ntm.{type(thing).__name__} cannot be pickled or copied: {instead}")


def as_bytes(source: TextOrPath) -> tuple[bytes | None, bytes | None]:
    """(path, None) or (None, contents): text with a newline and bytes are contents, anything else is a path."""
    if isinstance(source, bytes):
        return None, source
    if isinstance(source, str) and "\n" in source:
        return None, source.encode("utf-8")
    return os.fsencode(source), None


class Overlay:
    """A layer over a set: what a province decides, or what is known only from memory."""

    def __init__(self, handle: core.Overlay) -> None:
        self._core = handle
        about = core.overlay_about(handle)
        self.id: str = about["id"]
        """Its id; one that cannot be relied on ends in ``.unverified``."""
        self.of: str = about["of"]
        """Id of the set that it goes over."""
        self.standing = Standing(about["standing"])
        """How far all of it can be relied on."""

    @classmethod
    def read(cls, source: TextOrPath) -> Overlay:
        """Reads an overlay from a file, or from YAML (text with a newline, or bytes).

        Raises:
            TextError, SchemaError, UnitError, LimitError: with ``.problems``, each with line and column.
            FileError: the file cannot be read.
        """
        path, contents = as_bytes(source)
        return cls(core.overlay_open(path) if path is not None else core.overlay_read(contents or b"", "text"))

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "read it again from where it came")

    def __repr__(self) -> str:
        return f"<ntm.Overlay {self.id} over {self.of}, {self.standing.name.lower()}>"


class CriteriaSet:
    """A criteria set. Frozen: it may be used by several threads, compared, hashed and pickled.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> law.instrument.number
    '1980/QĐ-TTg'
    >>> len(law.criteria), len(law.indicators)
    (19, 49)
    """

    def __init__(self, handle: core.Set) -> None:
        self._core = handle
        about = core.set_about(handle)
        self.id: str = about["id"]
        self.title = _names(about["title"])
        self.programme: str = about["programme"]
        self.level: str = about["level"]
        """Level of its units: "commune", "garden"."""
        self.tier: str = about["tier"]
        self.place: str = about["place"]
        """"VN", or the code of the province that it holds in."""
        self.note: str | None = about["note"]
        self.overlays: tuple[str, ...] = about["overlays"]
        """Ids of what was laid over it, in order: a set with any is not the law alone."""
        act = about["instrument"]
        self.instrument = Instrument(
            act["number"],
            act["issuer"],
            _names(act["title"]),
            date_of(act["signed_on"]),
            date_of(act["in_force_from"]),
            date_of(act["in_force_to"]),
            _citation(act["citation"]),
        )
        self.follows: str | None = about["follows"]
        """Id of the set whose place this one takes."""
        self.follows_note: str | None = about["follows_note"]
        self.revocation_by: str | None = about["revocation_by"]
        """Id of the set whose revocation rule its units are measured by; None for its own, if any."""
        self.validity_months: int | None = about["validity_months"] or None
        """How long a recognition lasts; None when that is not limited, or not known."""
        self.validity_citation = _citation(about["validity_citation"])

    @classmethod
    def read(cls, source: TextOrPath) -> CriteriaSet:
        """Reads a set from a file, or from YAML (text with a newline, or bytes).

        Raises:
            TextError, SchemaError, UnitError, LimitError: with ``.problems``, each with line and column.
            FileError: the file cannot be read.
        """
        path, contents = as_bytes(source)
        return cls(core.set_open(path) if path is not None else core.set_read(contents or b"", "text"))

    def to_yaml(self) -> str:
        """The set as YAML; :meth:`read` reads it into an equal set."""
        return core.set_write(self._core)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the set as a YAML file in UTF-8."""
        Path(path).write_text(self.to_yaml(), encoding="utf-8", newline="\n")

    def with_overlay(self, overlay: Overlay) -> CriteriaSet:
        """A new set: this one with what the overlay fills in. Nothing that is here is replaced.

        Raises:
            NotFoundError: the overlay goes over another set, or names what is not there.
            ConflictError: the overlay fills a place that is taken.
        """
        if not isinstance(overlay, Overlay):
            raise TypeError(f"an ntm.Overlay, not {type(overlay).__name__}")
        return CriteriaSet(core.set_with_overlay(self._core, overlay._core))

    @cached_property
    def _parts(self) -> dict[str, Any]:
        return core.set_parts(self._core)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the law was read."""
        return tuple(Source(raw["id"], raw["where"], raw["what"]) for raw in self._parts["sources"])

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """Keys of figures."""
        return tuple(
            Axis(raw["id"], _names(raw["name"]), raw["values"], tuple(_names(pair) for pair in raw["value_names"]))
            for raw in self._parts["axes"]
        )

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Members over which some facts are reported apart."""
        return tuple(Dimension(raw["id"], raw["members"]) for raw in self._parts["dimensions"])

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The fact dictionary: what the columns of a table may be called."""
        return tuple(_fact(raw) for raw in self._parts["facts"])

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Thresholds."""
        return tuple(_figure(raw) for raw in self._parts["figures"])

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Criteria in their order, each with its indicators."""
        made = []
        for raw in self._parts["criteria"]:
            first, count = raw["indicators"]
            indicators = tuple(
                Indicator(one["id"], _names(one["name"]), raw["id"], one["has_rule"], _citation(one["citation"]))
                for one in self._parts["indicators"][first : first + count]
            )
            made.append(
                Criterion(raw["id"], _names(raw["name"]), raw["group"], indicators, _citation(raw["citation"]))
            )
        return tuple(made)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the criteria."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @cached_property
    def preconditions(self) -> tuple[Precondition, ...]:
        """Conditions for recognition beside the criteria."""
        return tuple(
            Precondition(raw["id"], _names(raw["name"]), raw["has_rule"], _citation(raw["citation"]))
            for raw in self._parts["preconditions"]
        )

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Named quantities, which :meth:`ntm.Attainment.value` gives out."""
        return tuple(
            Value(
                raw["id"],
                _names(raw["name"]),
                raw["unit"],
                _decimal(raw["least"]),
                _decimal(raw["most"]),
                raw["has_rule"],
                _citation(raw["citation"]),
            )
            for raw in self._parts["values"]
        )

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Which units use another column of an axis, in the order in which the rules decide."""
        return tuple(Scope(raw["axis"], raw["use"], _citation(raw["citation"])) for raw in self._parts["scopes"])

    @cached_property
    def recognisers(self) -> tuple[Recogniser, ...]:
        """Who recognises. Days that no entry covers are not known."""
        return tuple(
            Recogniser(
                _names(raw["by"]), raw["classes"], date_of(raw["from"]), date_of(raw["to"]), _citation(raw["citation"])
            )
            for raw in self._parts["recognisers"]
        )

    @cached_property
    def counterparts(self) -> tuple[Counterpart, ...]:
        """Pairs with rows of the set that this one follows."""
        return tuple(Counterpart(*raw) for raw in self._parts["counterparts"])

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the set's grade from low to high; empty without a grade."""
        labels: tuple[str, ...] = self._parts["grade"]
        return labels

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CriteriaSet):
            return NotImplemented
        return core.set_equal(self._core, other._core)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[Any, ...]:
        return CriteriaSet.read, (self.to_yaml().encode("utf-8"),)

    def __repr__(self) -> str:
        layers = "".join(f" + {overlay}" for overlay in self.overlays)
        return f"<ntm.CriteriaSet {self.id}{layers}: {len(self.criteria)} criteria, {len(self.indicators)} indicators>"
