# SPDX-License-Identifier: Apache-2.0
"""Figures: the cell that holds for a unit, by its axes, by the rules of scope, and on the line between two years."""

from collections import namedtuple

from . import exact
from .exact import ANYTHING, Interval
from .law import is_year
from .walk import figure_of

Column = namedtuple("Column", "written value")
Column.__doc__ = "A column that could hold: the cell as the step has to write it, and its value in base units or None."


def _sources(cell, figure):
    """Of the cell's own citation if it has one, also if that names no source; else of the figure's."""
    return cell.get("citation", figure.get("citation", {})).get("sources", [])


def _line(cells, keys, place):
    """The two cells between whose years the year keys[place] lies, the nearest on either side; None without both."""
    year, sides = int(keys[place]), {}
    for other_keys, cell in cells.items():
        same = all(a == b for number, (a, b) in enumerate(zip(keys, other_keys)) if number != place)
        if not same or not is_year(other_keys[place]):
            continue
        other, side = int(other_keys[place]), "above" if int(other_keys[place]) > year else "below"
        if side not in sides or abs(other - year) < abs(sides[side][0] - year):
            sides[side] = other, cell
    return (sides["below"], sides["above"]) if len(sides) == 2 else None


def column_of(law, figure, keys):
    """The Column of a figure for these values of its axes, None where one is not known."""
    written = {"keys": list(keys)}
    if None in keys:
        return Column(written, None)
    cells, axes = law.cells[figure["id"]], figure.get("axes", [])
    cell = cells.get(tuple(keys))
    if cell is not None:
        value, sources = exact.number_of(cell["value"]), _sources(cell, figure)
    else:
        place = axes.index("year") if figure.get("interpolate") else None
        line = _line(cells, keys, place) if place is not None and is_year(keys[place]) else None
        if line is None:
            return Column(written, None)
        (low, low_cell), (high, high_cell) = line
        first, last = exact.number_of(low_cell["value"]), exact.number_of(high_cell["value"])
        value = first + (last - first) * (int(keys[place]) - low) / (high - low)
        sources = _sources(low_cell, figure) + _sources(high_cell, figure)
        written["between"] = [f"{low:04}", f"{high:04}"]
    written["value"] = exact.bound_text(value)
    if sources:
        written["sources"] = sources
    return Column(written, exact.scaled(value, figure["power"]))


def columns_of(step, law, others, axes):
    """The Columns of a figure's step: one by each rule of scope that speaks of it, last that of the unit's own axes."""
    figure_law, figure = figure_of(step.node, law, others)
    names = figure.get("axes", [])
    own = [axes.get(name) for name in names]
    uses = [law.scopes[place]["use"] for place in range(step.scopes)]
    return [
        column_of(
            figure_law, figure, [use if name == law.scopes[0]["axis"] else value for name, value in zip(names, own)]
        )
        for use in uses
    ] + [column_of(figure_law, figure, own)]


def possible(columns, scopes):
    """The Columns that could hold, by the verdicts of the rules of scope: up to the first that is met."""
    found = []
    for verdict, column in zip(scopes, columns):
        if verdict == "not met":
            continue
        found.append(column)
        if verdict == "met":
            return found
    return [*found, columns[-1]]


def interval_of(columns, scopes):
    """What is known of a figure: from the smallest to the largest of the columns that could hold."""
    values = [column.value for column in possible(columns, scopes)]
    return ANYTHING if None in values else Interval(min(values), max(values))
