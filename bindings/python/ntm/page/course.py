# SPDX-License-Identifier: Apache-2.0
"""Months against deadlines, and the facts that are best collected next."""

from __future__ import annotations

from fractions import Fraction

from ..deciding import CollectingOrder
from ..number import format_measure
from ..trajectories import TrackCell, TrackSeries, Trajectory
from .amounts import bounds_text
from .asked import Asked
from .grid import Cell, Column, day_cell, number_cell, section, table
from .markup import Html, tag


def course_section(asked: Asked) -> Html:
    """Who is on track at the end of the last period; nothing without a trajectory."""
    course = asked.trajectory
    if course is None or not course.periods:
        return Html()
    title = asked.say("course")
    told = tag("p", asked.say("course period", course.periods[-1]), class_="quiet")
    return section("course", title, told, _tallies(asked, course, title), *_behind(asked, course))


def _names(asked: Asked) -> dict[tuple[str, str], str]:
    law = asked.result.law
    made = {("indicator", one.id): asked.name(one.name, one.id) for one in law.indicators}
    made.update({("criterion", one.id): asked.name(one.name, one.id) for one in law.criteria})
    made.update({("fact", one.id): asked.name(one.name, one.id) for one in law.facts})
    return made


def _series(asked: Asked, names: dict[tuple[str, str], str], one: TrackSeries) -> str:
    if one.of == "status":
        return asked.say("status")
    if one.of == "part":
        id, _, fact = one.id.partition(":")
        return f"{id} {names.get(('fact', fact), fact)}"
    name = names.get((one.of, one.id), "")
    return f"{one.id} {name}" if one.of != "fact" and name != one.id else name or one.id


def _tallies(asked: Asked, course: Trajectory, title: str) -> Html:
    keys = ("track attained", "track on", "track behind", "track missed", "open")
    columns = [Column(asked.say("criterion")), *(Column(asked.say(key).capitalize(), "number") for key in keys)]
    names, rows = _names(asked), []
    for one in course.series:
        if one.of not in ("criterion", "status", "fact"):
            continue
        which = {} if one.of == "status" else {one.of: one.id}
        tally = course.tally(**which)
        rows.append([Cell(_series(asked, names, one)), *(number_cell(count, asked) for count in tally)])
    return table(asked, "table-course", title, columns, rows)


def _behind(asked: Asked, course: Trajectory) -> list[Html]:
    cells = course.behind()
    if not cells:
        return []
    heads = ("unit", "what", "value", "target", "lack", "since")
    numbers = ("value", "target", "lack", "since")
    columns = [Column(asked.say(head), "number" if head in numbers else "text") for head in heads]
    names = _names(asked)
    rows = [_late(asked, names, cell) for cell in cells[: asked.limit]]
    caption = asked.say("behind list")
    return [tag("h3", caption), table(asked, "table-behind", caption, columns, rows, whole=len(cells))]


def _late(asked: Asked, names: dict[tuple[str, str], str], cell: TrackCell) -> list[Cell]:
    return [
        Cell(asked.label_of.get(cell.unit, cell.unit)),
        Cell(_series(asked, names, cell.series)),
        _measured(asked, cell, cell.value.least, cell.value.most),
        _measured(asked, cell, cell.target.least, cell.target.most),
        _measured(asked, cell, cell.behind, cell.behind),
        day_cell(cell.since, asked),
    ]


def _measured(asked: Asked, cell: TrackCell, least: Fraction | None, most: Fraction | None) -> Cell:
    if least is None and most is None:
        return Cell("–")
    unit = "" if cell.series.unit is None else f" {format_measure(cell.series.unit, lang=asked.lang)}"
    key = least if least is not None else most
    return Cell(bounds_text(least, most, asked.lang) + unit, float(key or 0))


def collecting_section(asked: Asked) -> Html:
    """Facts to collect, in order; nothing where nobody asked for them."""
    if not asked.collecting:
        return Html()
    made: list[Html] = []
    for at, (what, order) in enumerate(asked.collecting.items(), 1):
        numbers = (asked.count(order.open), asked.level, asked.count(order.settled))
        if len(asked.collecting) > 1 or what != asked.say("status"):
            made.append(tag("h3", what))
        made.append(tag("p", asked.say("collecting help", *numbers), class_="quiet"))
        made.append(_order(asked, f"table-collecting-{at}", what, order))
    return section("collecting", asked.say("collecting"), *made)


def _order(asked: Asked, id: str, caption: str, order: CollectingOrder) -> Html:
    heads = ("batch", "lacking rows", "settled", "settled so far")
    columns = [Column(asked.say("fact")), *(Column(asked.say(head), "number") for head in heads)]
    names = {fact.id: asked.name(fact.name, fact.id) for fact in asked.result.law.facts}
    rows = [
        [
            Cell(names.get(step.input.partition("[")[0], step.input)),
            *(number_cell(one, asked) for one in (step.batch, step.lacking, step.settled, step.settled_so_far)),
        ]
        for step in order.steps
    ]
    return table(asked, id, caption, columns, rows)
