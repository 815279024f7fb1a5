# SPDX-License-Identifier: Apache-2.0
"""Classes of a set with a grade: stars of OCOP products, poor and near-poor households."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from .amounts import bounds_text
from .asked import Asked
from .grid import Cell, Column, number_cell, section, table
from .markup import Html, tag


@dataclass(frozen=True)
class Grades:
    """The class of each row, as places among the names."""

    names: Sequence[str]
    """What classes are called; the first is no class at all."""
    least: list[int]
    most: list[int]

    def text(self, row: int) -> str:
        """The class of a row, or the lowest and the highest possible."""
        low, high = self.names[self.least[row]], self.names[self.most[row]]
        return low if low == high else f"{low} – {high}"

    def count(self, place: int, rows: Sequence[int]) -> tuple[int, int]:
        """How many of some rows are in a class, at least and at most."""
        sure = sum(self.least[row] == self.most[row] == place for row in rows)
        return sure, sum(self.least[row] <= place <= self.most[row] for row in rows)


def grades_of(asked: Asked) -> Grades | None:
    """The classes of the rows; None where the set has no grade."""
    grade, law = asked.result.grade, asked.result.law
    if grade is None:
        return None
    stars = law.programme == "ocop"
    names = [asked.say("star" if id == "1" else "stars", id) if stars else id for id in law.classes]
    return Grades([asked.say("no class"), *names], grade.least.tolist(), grade.most.tolist())


def grade_cell(grades: Grades, row: int) -> Cell:
    """The class of a row, sorted by the lowest possible, then the highest."""
    return Cell(grades.text(row), grades.least[row] + grades.most[row] / 1000)


def classes_card(asked: Asked, grades: Grades | None) -> Html | None:
    """Of how many rows the class is known."""
    if grades is None or not grades.least:
        return None
    rows = range(len(grades.least))
    known = sum(grades.least[row] == grades.most[row] for row in rows)
    counts = ((name, grades.count(place, rows)) for place, name in enumerate(grades.names))
    told = "; ".join(f"{name}: {bounds_text(*count, asked.lang)}" for name, count in counts if count[1])
    number = tag("p", tag("strong", asked.count(known)), " ", asked.say("of", asked.count(len(rows)), asked.level), class_="big")
    return tag("div", number, tag("p", asked.say("class known")), tag("p", told, class_="quiet"), class_="card")


def classes_section(asked: Asked, grades: Grades | None) -> Html:
    """How many rows are in each class, of all and of each group; nothing for a set without a grade."""
    if grades is None:
        return Html()
    rows_of: dict[str, list[int]] = {}
    for row, group in enumerate(asked.groups or ()):
        rows_of.setdefault(group or asked.say("not stated"), []).append(row)
    rows_of = {**rows_of, asked.say("total"): list(range(len(grades.least)))}
    columns = [Column(asked.group_word if asked.groups is not None else ""), Column(asked.say("unit count", asked.level), "number")]
    columns += [Column(name[:1].upper() + name[1:], "number") for name in grades.names]
    lines = []
    for name, rows in rows_of.items():
        counts = [grades.count(place, rows) for place in range(len(grades.names))]
        cells = [Cell(bounds_text(*count, asked.lang), float(count[0]) + count[1] / 1e6) for count in counts]
        lines.append([Cell(name), number_cell(len(rows), asked), *cells])
    title = asked.say("by class")
    return section("classes", title, table(asked, "table-classes", title, columns, lines))
