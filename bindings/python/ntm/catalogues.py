# SPDX-License-Identifier: Apache-2.0
"""The catalogue: the law that is built into the library, plus files of the caller's."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from typing import Iterator

from . import core
from .criteria import CriteriaSet
from .days import date_number, date_of, day_of
from .errors import NotFoundError
from .file_errors import with_paths
from .findings import Finding, findings_of
from .handles import Held
from .number import text_of
from .overlays import Overlay
from .parts import Standings, standings_of
from .tables import nearest, nearest_or_all, with_hint


@dataclass(frozen=True)
class SetVersion:
    """A set as it is in force in a place on a stretch of days: with all layers of that place laid on."""

    id: str
    """The set's id."""
    place: str
    """Where it holds: the set's own place, or one below it that has layers of its own."""
    first_day: datetime.date
    last_day: datetime.date | None
    """None: still in force, or not known."""
    law: CriteriaSet
    """The set; its ``overlays`` are the layers."""


class Catalogue(Held[core.Catalogue]):
    """Sets and overlays. Frozen; may be used by several threads. Sets taken out of it stay valid after it is closed.

    >>> with ntm.catalogue() as law:
    ...     "commune-ntm-2016-2020" in law
    True
    """

    _what, _again = "catalogue", "open it again"

    def __init__(self, handle: core.Catalogue) -> None:
        self._handle = handle

    @property
    def sets(self) -> tuple[CriteriaSet, ...]:
        """All criteria sets."""
        handle = self._core
        return tuple(CriteriaSet(core.catalogue_set(handle, i)) for i in range(core.catalogue_set_count(handle)))

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """All overlays."""
        handle = self._core
        return tuple(Overlay(core.catalogue_overlay(handle, i)) for i in range(core.catalogue_overlay_count(handle)))

    def find(
        self, programme: str, *, level: str, on: datetime.date | str, tier: str = "standard", place: str = "VN"
    ) -> CriteriaSet:
        """The set in force at a place on a day, with the layers in force there laid on.

        A set whose last day is not known goes on until a set that follows it takes its place.

        Args:
            programme: "ntm", "ocop", "poverty", "urban".
            level: level of the units: "commune", "garden".
            on: a date, or text like "2020-02-25".
            tier: "standard", "advanced", "model".
            place: the code of a province, a longer way down ("42/436"), or "VN" for the national law with its
                amendments; a set of the place itself comes before one of the places above it. A name, or the code
                of a commune without the way to it, is refused: the law of its province would be missed.

        Raises:
            NotFoundError: there is no such programme, level, tier or place.
            NotInForceError: there are sets, but none covers the day; the message says which days are covered.
            ConflictError: several do.
        """
        for name, value in (("programme", programme), ("level", level), ("tier", tier), ("place", place)):
            text_of(name, value)
        handle, day = self._core, date_number(on)
        try:
            return CriteriaSet(core.catalogue_find(handle, programme, level, tier, place, day))
        except NotFoundError as error:
            raise with_hint(error, self._nearest(programme, level, tier)) from None

    def _nearest(self, programme: str, level: str, tier: str) -> str:
        """What there is instead of the first of these that no set has."""
        left = list(self.sets)
        for what, wanted in (("programme", programme), ("level", level), ("tier", tier)):
            known = dict.fromkeys(str(getattr(one, what)) for one in left)
            if wanted not in known:
                return f"{what} {wanted!r}: {nearest_or_all(wanted, known)}"
            left = [one for one in left if getattr(one, what) == wanted]
        return ""

    @property
    def versions(self) -> tuple[SetVersion, ...]:
        """All sets whose first day is known, in all versions: by id, then place ("VN" first), then first day."""
        handle, made = self._core, []
        for index in range(core.catalogue_version_count(handle)):
            id, place, first, last = core.catalogue_version_about(handle, index)
            law = CriteriaSet(core.catalogue_version(handle, index))
            made.append(SetVersion(id, place, day_of(first), date_of(last), law))
        return tuple(made)

    def status(self, id: str | None = None) -> Standings:
        """How much is known of a set as it was published, or of all sets together.

        What is absent from the set and stands in an unverified overlay of the catalogue counts as unverified. Of one
        version: ``version.law.status``.

        Args:
            id: a set; None: all of the catalogue.

        Raises:
            NotFoundError: no such set.
        """
        return standings_of(core.catalogue_status(self._core, None if id is None else text_of("the id of a set", id)))

    def lint(self) -> tuple[Finding, ...]:
        """What a careful reader would stumble over in every set and overlay, and in how they go together.

        Overlays after sets, each in the order of the catalogue.
        """
        return findings_of(core.catalogue_lint(self._core))

    def overlay(self, id: str) -> Overlay:
        """An overlay by its id.

        Raises:
            NotFoundError: there is none.
        """
        return Overlay(core.catalogue_get_overlay(self._core, text_of("the id of an overlay", id)))

    def __getitem__(self, id: str) -> CriteriaSet:
        handle, name = self._core, text_of("the id of a set", id)
        try:
            return CriteriaSet(core.catalogue_get(handle, name))
        except NotFoundError as error:
            raise with_hint(error, nearest(name, self)) from None

    def __contains__(self, id: object) -> bool:
        return any(one.id == id for one in self.sets)

    def __iter__(self) -> Iterator[str]:
        return iter([one.id for one in self.sets])

    def __len__(self) -> int:
        return core.catalogue_set_count(self._core)

    def __repr__(self) -> str:
        if self._handle is None:
            return "<ntm.Catalogue, closed>"
        return f"<ntm.Catalogue: {len(self)} sets, {core.catalogue_overlay_count(self._handle)} overlays>"


def catalogue(*paths: str | os.PathLike[str]) -> Catalogue:
    """Opens the shipped law, plus files of the caller's (sets and overlays).

    Raises:
        TextError, SchemaError, UnitError, LimitError: a file is wrong; ``.problems`` has every problem.
        ConflictError: two files have one id.
        FileError: a file cannot be read.
    """
    files = tuple(os.fsencode(path) for path in paths)
    with with_paths(*files):
        return Catalogue(core.catalogue_open(files))
