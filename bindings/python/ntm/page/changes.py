# SPDX-License-Identifier: Apache-2.0
"""What changed since the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..attainment import Attainment
from .amounts import bounds_text, day_text, signed_text
from .asked import Asked
from .grid import Cell, Column, section, table, verdict_cell
from .markup import Html, joined, tag
from .names import Day, codes_of

_MET = 1


class Changed(NamedTuple):
    """A unit whose status or number of criteria is another."""

    row: int
    status: tuple[int, int]
    """Before and now."""
    least: tuple[int, int]
    most: tuple[int, int]


@dataclass(frozen=True)
class Changes:
    """Two periods side by side: the units that are in both, by their codes."""

    against: str
    """What the period before is called."""
    gained: int
    """Surely attained now, and not surely before."""
    lost: int
    """The other way round."""
    bounds: str
    """How the number of units that attain changed: "+3", or at least and at most."""
    rows: list[Changed]
    only_now: int
    only_before: int
    other_law: str | None
    """Id of the set of the period before, where it is another."""


def day_of_result(result: Attainment) -> Day | None:
    """The day that a result was evaluated on; None where it does not know."""
    return None if result._how is None else result._how.plan[0]


def changes_of(asked: Asked) -> Changes | None:
    """What changed; None without a period before, or where a set has a grade only."""
    if asked.previous is None or not asked.judged:
        return None
    before = asked.previous
    place = {code: row for row, code in enumerate(codes_of(before))}
    statuses = before.status.tolist(), asked.result.status.tolist()
    counts = [[bound.tolist() for bound in one.criteria_met] for one in (before, asked.result)]
    rows, gained, lost, both = [], 0, 0, 0
    for row, code in enumerate(asked.codes):
        was = place.get(code)
        if was is None:
            continue
        both += 1
        status = statuses[0][was], statuses[1][row]
        least, most = ((counts[0][end][was], counts[1][end][row]) for end in (0, 1))
        gained += status[0] != _MET and status[1] == _MET
        lost += status[0] == _MET and status[1] != _MET
        if status[0] != status[1] or least[0] != least[1] or most[0] != most[1]:
            rows.append(Changed(row, status, least, most))
    day = day_of_result(before)
    against = asked.say("previous") if day is None else day_text(day, asked.lang)
    other = None if before.law == asked.result.law else before.law.id
    only = len(asked.codes) - both, len(before) - both
    return Changes(against, gained, lost, _bounds(asked, before), rows, *only, other)


def _bounds(asked: Asked, before: Attainment) -> str:
    (met, _, unknown), (was_met, _, was_unknown) = asked.result.tally(), before.tally()
    least, most = met - was_met, met + unknown - was_met - was_unknown
    ends = signed_text(least, asked.lang), signed_text(most, asked.lang)
    return ends[0] if least == most and not unknown and not was_unknown else asked.say("to", *ends)


def changes_section(asked: Asked, changes: Changes | None) -> Html:
    """The units that changed; nothing without a period before."""
    if changes is None:
        return Html()
    title = asked.say("changes", changes.against)
    told = []
    if changes.only_now or changes.only_before:
        counts = asked.count(changes.only_now), asked.count(changes.only_before)
        told.append(tag("p", asked.say("only one", *counts), class_="quiet"))
    if changes.other_law is not None:
        told.append(tag("p", asked.say("other law", changes.other_law), class_="warning"))
    if not changes.rows:
        return section("changes", title, *told, tag("p", asked.say("no change"), class_="quiet"))
    columns = [
        Column(asked.say("unit")),
        *([] if asked.groups is None else [Column(asked.group_word, choose=True)]),
        Column(asked.say("before"), "verdict"),
        Column(asked.say("now"), "verdict"),
        Column(asked.say("counts before"), "number"),
        Column(asked.say("counts now"), "number"),
    ]
    rows = [_row(asked, one) for one in changes.rows[: asked.limit]]
    made = table(asked, "table-changes", title, columns, rows, whole=len(changes.rows))
    return section("changes", title, *told, joined([made]))


def _row(asked: Asked, one: Changed) -> list[Cell]:
    counts = (
        Cell(bounds_text(one.least[at], one.most[at], asked.lang), one.least[at] + one.most[at] / 1000) for at in (0, 1)
    )
    group = [] if asked.groups is None else [Cell(asked.groups[one.row])]
    return [Cell(asked.labels[one.row]), *group, *(verdict_cell(verdict, asked) for verdict in one.status), *counts]
