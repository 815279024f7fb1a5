# SPDX-License-Identifier: Apache-2.0
"""Criteria sets: what the law asks, as frozen typed objects.

Everything here is read from the set once and kept; changing a set means changing its YAML, or laying an overlay over it.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from . import core
from .days import date_of
from .file_errors import with_paths
from .findings import Finding, findings_of
from .handles import TextOrPath, as_bytes
from .known_columns import KnownColumns, known_columns
from .overlays import Overlay
from .parts import (
    Axis,
    Counterpart,
    Criterion,
    Dimension,
    Fact,
    Figure,
    Indicator,
    Precondition,
    Recogniser,
    Scope,
    Source,
    Standings,
    Value,
    citation_of,
    decimal_or_none,
    fact_of,
    figure_of,
    instrument_of,
    names_of,
    standings_of,
)


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
        self.title = names_of(about["title"])
        self.programme: str = about["programme"]
        self.level: str = about["level"]
        """Level of its units: "commune", "garden"."""
        self.tier: str = about["tier"]
        self.place: str = about["place"]
        """"VN", or the code of the province that it holds in."""
        self.note: str | None = about["note"]
        self.overlays: tuple[str, ...] = about["overlays"]
        """Ids of what was laid over it, in order: a set with any is not the law alone."""
        self.instrument = instrument_of(about["instrument"])
        self.follows: str | None = about["follows"]
        """Id of the set whose place this one takes."""
        self.follows_note: str | None = about["follows_note"]
        self.revocation_by: str | None = about["revocation_by"]
        """Id of the set whose revocation rule its units are measured by; None for its own, if any."""
        self.validity_months: int | None = about["validity_months"] or None
        """How long a recognition lasts; None when that is not limited, or not known."""
        self.validity_citation = citation_of(about["validity_citation"])

    @classmethod
    def read(cls, source: TextOrPath) -> CriteriaSet:
        """Reads a set from a file, or from YAML (text with a newline, or bytes).

        Raises:
            TextError, SchemaError, UnitError, LimitError: with ``.problems``, each with line and column.
            FileError: the file cannot be read.
        """
        path, contents = as_bytes(source)
        with with_paths(path):
            return cls(core.set_open(path) if path is not None else core.set_read(contents or b"", "text"))

    def to_yaml(self) -> str:
        """The set as YAML; :meth:`read` reads it into an equal set."""
        return core.set_write(self._core)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the set as a YAML file in UTF-8."""
        Path(path).write_text(self.to_yaml(), encoding="utf-8", newline="\n")

    def with_overlay(self, overlay: Overlay) -> CriteriaSet:
        """A new set: this one with an overlay laid on. Days and places are not looked at: :meth:`ntm.Catalogue.find`.

        The overlay fills what is absent; what is there it changes only by saying so (``replaces``, ``tightens``), and
        where a layer has spoken that prevails it gives way.

        Raises:
            NotFoundError: the overlay goes over another set, or names what is not there.
            ConflictError: a place that is taken, an act of too low a rank, a looser figure, two acts of one rank and
                day.
        """
        if not isinstance(overlay, Overlay):
            raise TypeError(f"an ntm.Overlay, not {type(overlay).__name__}")
        return CriteriaSet(core.set_with_overlay(self._core, overlay._core))

    @cached_property
    def status(self) -> Standings:
        """How much of the set is cited, unverified and absent: figures, rules, names. Layers count for what they say."""
        return standings_of(core.set_standings(self._core))

    @cached_property
    def digest(self) -> str:
        """The content hash: SHA-256 of all that the set says, as 64 hex digits. A proof names its law by it."""
        return core.set_digest(self._core)

    def lint(self) -> tuple[Finding, ...]:
        """What a careful reader would stumble over in this set by itself, by line. Mends nothing."""
        return findings_of(core.set_lint(self._core))

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
            Axis(raw["id"], names_of(raw["name"]), raw["values"], tuple(names_of(pair) for pair in raw["value_names"]))
            for raw in self._parts["axes"]
        )

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Members over which some facts are reported apart."""
        return tuple(Dimension(raw["id"], raw["members"]) for raw in self._parts["dimensions"])

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The fact dictionary: what the columns of a table may be called."""
        return tuple(fact_of(raw) for raw in self._parts["facts"])

    @cached_property
    def _columns(self) -> KnownColumns:
        """What columns may be called: made once, because a service evaluates one row at a time."""
        return known_columns(self.facts, self.axes, self.dimensions)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Thresholds."""
        return tuple(figure_of(raw) for raw in self._parts["figures"])

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Criteria in their order, each with its indicators."""
        made = []
        for raw in self._parts["criteria"]:
            first, count = raw["indicators"]
            indicators = tuple(
                Indicator(one["id"], names_of(one["name"]), raw["id"], one["has_rule"], citation_of(one["citation"]))
                for one in self._parts["indicators"][first : first + count]
            )
            made.append(
                Criterion(raw["id"], names_of(raw["name"]), raw["group"], indicators, citation_of(raw["citation"]))
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
            Precondition(raw["id"], names_of(raw["name"]), raw["has_rule"], citation_of(raw["citation"]))
            for raw in self._parts["preconditions"]
        )

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Named quantities, which :meth:`ntm.Attainment.value` gives out."""
        return tuple(
            Value(
                raw["id"],
                names_of(raw["name"]),
                raw["unit"],
                decimal_or_none(raw["least"]),
                decimal_or_none(raw["most"]),
                raw["has_rule"],
                citation_of(raw["citation"]),
            )
            for raw in self._parts["values"]
        )

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """Which units use another column of an axis, in the order in which the rules decide."""
        return tuple(Scope(raw["axis"], raw["use"], citation_of(raw["citation"])) for raw in self._parts["scopes"])

    @cached_property
    def recognisers(self) -> tuple[Recogniser, ...]:
        """Who recognises. Days that no entry covers are not known."""
        return tuple(
            Recogniser(
                names_of(raw["by"]),
                raw["classes"],
                date_of(raw["from"]),
                date_of(raw["to"]),
                citation_of(raw["citation"]),
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

    @property
    def layers(self) -> str:
        """Its id and those of what was laid over it: what a result under it has to be called by.

        >>> catalogue = ntm.catalogue()
        >>> overlay = catalogue.overlay("district-ntm-2021-2025.recalled.unverified")
        >>> catalogue["district-ntm-2021-2025"].with_overlay(overlay).layers
        'district-ntm-2021-2025 + district-ntm-2021-2025.recalled.unverified'
        """
        return " + ".join((self.id, *self.overlays))

    def __repr__(self) -> str:
        return f"<ntm.CriteriaSet {self.layers}: {len(self.criteria)} criteria, {len(self.indicators)} indicators>"
