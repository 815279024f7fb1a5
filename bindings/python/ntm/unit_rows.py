# SPDX-License-Identifier: Apache-2.0
"""What a registry of units answers with: rows, parts, edges, findings, counts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Echelon(IntEnum):
    """The rung of administration that a unit stands on (cấp). A code is unique on its rung only."""

    PROVINCE = 1
    """Levels "province", "city" (under the central government)."""
    DISTRICT = 2
    """Levels "district", "town" (thị xã, and thành phố of a province), "urban-district"."""
    COMMUNE = 3
    """Levels "commune", "ward", "township", "special-zone"."""
    VILLAGE = 4
    """Levels "village", "residential-group"."""


@dataclass(frozen=True)
class Unit:
    """One row of a registry: a code under one name, level and parent for one stretch of days."""

    row: int
    """Its row in the registry, from 0."""
    code: str
    """Code, as written: "18103"."""
    name: str
    """Name, as written: "Xã Đồng Môn"."""
    level: str
    """Word of its level: "commune"."""
    echelon: Echelon
    """The rung that the level stands on."""
    parent: str | None
    """Code of the unit above; None: none is named."""
    first_day: datetime.date | None
    """First day; None: always."""
    before: datetime.date | None
    """The first day on which it is no longer so; None: still so."""

    def __str__(self) -> str:
        """Its name, code and days, as messages have them."""
        last = None if self.before is None else self.before - datetime.timedelta(days=1)
        return f"{self.name} {self.code} ({self.first_day or 'ever'} to {last or 'now'}, row {self.row})"


class UnitShare(IntEnum):
    """How much of an old unit a new one has."""

    WHOLE = 1
    """All of it."""
    PART = 2
    """A part of it, surely."""
    PERHAPS = 3
    """A part of it or nothing: it was mixed with others and then divided."""


@dataclass(frozen=True)
class UnitPart:
    """One end of a succession."""

    unit: Unit
    """The unit at the other end."""
    share: UnitShare
    """How much of the old one is in the new one."""
    steps: int
    """Edges on the shortest way; 0: it is the same row."""
    ended: bool
    """Of what became of a unit: it ended before the day, and nothing says where it went. Of what one was made of: it
    began after the day, and nothing says of what."""


@dataclass(frozen=True)
class UnitEdge:
    """What was one unit on the day before is (in part) another on the day."""

    old: Unit
    """There on the day before."""
    new: Unit
    """There on the day."""
    on: datetime.date
    """The day."""
    partial: bool
    """Only a part of the old one."""
    row: int | None
    """Row of the table of edges; None: not from the table, the code simply goes on."""


@dataclass(frozen=True)
class UnitFinding:
    """What was wrong with, or had to be told of, the rows of a registry, and was allowed."""

    defect: str
    """Which: "renamed", "orphan" ...; see ``include/ntm/unit.h`` or :func:`unit_defects`."""
    unit: Unit | None
    """The row concerned; None: an edge without one."""
    other: Unit | None
    """The other row, if there is one."""
    edge: int | None
    """Row of the table of edges; None: it is about no edge."""
    on: datetime.date | None
    """The first day concerned; None: the first of all."""
    message: str
    """One line that names both rows."""


class UnitReform(NamedTuple):
    """What one day did to the units of a place: ``before == involved + renamed + unchanged + ended``."""

    before: int
    """Units there on the day before."""
    after: int
    """Units there on the day."""
    involved: int
    """Units of the day before that merged with others or were divided."""
    results: int
    """Units of the day that have something of these."""
    divided: int
    """Of ``involved``: those divided among several."""
    renamed: int
    """Went on alone under another name, level or code."""
    unchanged: int
    """Went on alone as they were."""
    ended: int
    """Ended, and nothing says where they went."""
    begun: int
    """Of ``after``: nothing says what they were made of."""
    edges: int
    """Edges from the table between these units."""
    partial: int
    """Of ``edges``: partial ones."""
