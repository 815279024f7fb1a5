# SPDX-License-Identifier: Apache-2.0
"""Acts on units, and the answers of a register of them, as frozen typed objects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, NoReturn

from .explanation import Verdict


class ActKind(IntEnum):
    """What an act did. In a table its name is written with a hyphen: "re-acknowledged"."""

    REGISTERED = 1
    """The unit signed up for a status. Gives nothing yet."""
    RECOGNISED = 2
    """It holds the status from this day. Again: renewed, or another class."""
    REACKNOWLEDGED = 3
    """A unit made by a merger is given what its parts held: "re-acknowledged"."""
    REVOKED = 4
    """Taken away; from this day it is not held."""
    WITHDRAWN = 5
    """Given up; from this day it is not held."""
    MERGED = 6
    """The unit ended and became part of its successor on this day."""
    ENDED = 7
    """The unit ended on this day without a successor."""


class Lasting(IntEnum):
    """How long a recognition lasts."""

    UNKNOWN = 0
    """Nobody has read it: held on its first day, later open."""
    UNLIMITED = 1
    """Until an act ends it."""
    MONTHS = 2
    """So many months."""


class Inherit(IntEnum):
    """What becomes of a status in a merger."""

    NONE = 0
    """The new unit does not hold it until it is re-acknowledged or recognised."""
    ALL = 1
    """It goes on if all parts held it, until the first of their last days."""
    ANY = 2
    """It goes on if one part held it, until the last of their last days."""
    UNKNOWN = 3
    """The rule was not read: open if a part held it."""


class Lack(IntEnum):
    """Why a status is not held, or open."""

    NONE = 0
    """It is held."""
    NEVER = 1
    """Not held: it was never recognised before that day."""
    REVOKED = 2
    """Not held: revoked."""
    WITHDRAWN = 3
    """Not held: given up."""
    EXPIRED = 4
    """Not held: its last day is over."""
    ENDED = 5
    """Not held: the unit merged into another or ended."""
    NOT_REACKNOWLEDGED = 6
    """Not held: a part held it, and the unit made by the merger was not given it."""
    PART = 7
    """Not held: it is inherited, and the parts did not hold it as that asks for."""
    UNDECIDED = 8
    """Open: a merger, and nobody has decided or the rule was not read."""
    LASTING_UNKNOWN = 9
    """Open: it was recognised, and how long that lasts is not known."""
    NOT_REPORTED = 10
    """Open: the register is partial and says nothing."""


class After(IntEnum):
    """What came after a recognition whose last day is over."""

    NOTHING = 0
    """No act so far."""
    RENEWED = 1
    """Recognised again, in time or later, in the same or another class."""
    WITHDRAWN = 2
    """Given up."""
    ENDED = 3
    """The unit ended."""


@dataclass(frozen=True)
class Act:
    """One act of a register. It counts from its day on."""

    row: int
    """Its row in the register, from 0."""
    unit: str
    """Code of the unit."""
    status: str | None
    """A set's id or another standard's name; None when the unit merged or ended."""
    label: str | None
    """The class, as a grade's band names it: "3" stars."""
    kind: ActKind
    """What it did."""
    on: datetime.date
    """From which day."""
    until: datetime.date | None
    """The last day that the act itself names."""
    number: str | None
    """Number of the act: "218/QĐ-UBND"."""
    successor: str | None
    """The unit that a merged one became part of."""


@dataclass(frozen=True)
class Holding:
    """Whether a unit holds a status on a day. It has three answers, so it is no condition: ask for ``.held``."""

    verdict: Verdict
    """Met: held; not met: not held; open."""
    reason: Lack
    """Why it is not held, or open."""
    label: str | None
    """Held: the class; None: none, or parts of different classes."""
    since: datetime.date | None
    """The first day on which this has been so without a break; None: always."""
    until: datetime.date | None
    """Held: the last day, if no act comes in between; None: no limit."""
    act: Act | None
    """The act behind it. A renewal keeps ``since`` and changes the act."""

    @property
    def held(self) -> bool | None:
        """True: held, False: not held, None: open."""
        return {Verdict.MET: True, Verdict.NOT_MET: False}.get(self.verdict)

    def __bool__(self) -> NoReturn:
        raise TypeError("a status is held, not held or open: ask for .held (None when it is open)")


class Holders(NamedTuple):
    """How many units hold a status."""

    held: int
    """Surely."""
    not_held: int
    """Surely not."""
    open: int
    """Cannot be told."""

    @property
    def least(self) -> int:
        """At least so many hold it."""
        return self.held

    @property
    def most(self) -> int:
        """At most so many hold it."""
        return self.held + self.open


@dataclass(frozen=True)
class Expiry:
    """A recognition that comes to its last day."""

    unit: str
    """Code of the unit."""
    status: str
    """The status."""
    label: str | None
    """The class; None: none."""
    act: Act
    """The act that gave it."""
    until: datetime.date
    """Its last day."""
    after: After
    """What came after. A renewal counts more than what else came."""
    after_act: Act | None
    """The act that came after."""
    after_on: datetime.date | None
    """Its day; a renewal on or before ``until``, or the day after, left no gap."""


@dataclass(frozen=True)
class Pending:
    """A part of a merged unit that held, or may have held, what the unit has not been given."""

    unit: str
    """Code of the unit made by the merger."""
    status: str
    """The status that waits."""
    part: str
    """Code of the part."""
    part_label: str | None
    """The class that the part held; None: none."""
    part_held: Verdict
    """Whether it held it on the day before the merger: met, or open."""
    merged_on: datetime.date
    """Day of the merger."""
    act: Act | None
    """The act that merged the part; None: the unit itself, which took the others in."""
