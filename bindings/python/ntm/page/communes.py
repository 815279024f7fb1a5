# SPDX-License-Identifier: Apache-2.0
"""The tables of verdicts: units by criteria, criteria, groups."""

from __future__ import annotations

from typing import NamedTuple

from ..attainment import Tally
from .amounts import bounds_text
from .asked import VERDICT_CLASSES, Asked
from .explanations import Explained
from .grades import Grades, grade_cell
from .grid import (
    Cell,
    Column,
    bar,
    cell_html,
    classes,
    framed,
    head_html,
    key_text,
    number_cell,
    section,
    table,
)
from .markup import Html, joined, safe, tag

_VERDICT_KEYS = (1, 2, 0)
"""By verdict number: not met comes before open, and open before met."""


class Part(NamedTuple):
    """A column of verdicts: a criterion or a precondition."""

    kind: str
    """"criterion" or "precondition"."""
    id: str
    short: str
    """What heads the column."""
    name: str
    tally: Tally
    verdicts: bytes
    """One byte a row."""


def parts_of(asked: Asked) -> list[Part]:
    """The criteria and preconditions of the set with their verdicts.

    Raises:
        ArgumentError: the result did not keep criteria.
    """
    result, made = asked.result, []
    for criterion in result.law.criteria:
        verdicts = result.criterion(criterion.id).tobytes()
        name = asked.name(criterion.name, criterion.id)
        made.append(Part("criterion", criterion.id, criterion.id, name, result.tally(criterion=criterion.id), verdicts))
    for one in result.law.preconditions:
        verdicts = result.precondition(one.id).tobytes()
        name = asked.name(one.name, one.id)
        made.append(Part("precondition", one.id, asked.short(one.id), name, result.tally(precondition=one.id), verdicts))
    return made


def criteria_section(asked: Asked, parts: list[Part]) -> Html:
    """How many units meet each criterion; nothing for a set that has a grade only."""
    if not asked.judged and not parts:
        return Html()
    columns = [
        Column(asked.say("criterion"), "number"),
        Column(asked.say("name")),
        Column(asked.say("met").capitalize(), "number"),
        Column(asked.say("open").capitalize(), "number"),
        Column(asked.say("not met").capitalize(), "number"),
        Column(asked.say("share"), "number"),
    ]
    rows = []
    for at, part in enumerate(parts):
        met, not_met, unknown = part.tally
        label = f"{asked.say('met')} {met}, {asked.say('open')} {unknown}, {asked.say('not met')} {not_met}"
        counts = (number_cell(count, asked) for count in (met, unknown, not_met))
        rows.append([Cell(part.short, at), Cell(part.name), *counts, Cell(bar(met, unknown, not_met, label), met)])
    return section("criteria", asked.say("criteria"), table(asked, "table-criteria", asked.say("criteria"), columns, rows))


def groups_section(asked: Asked) -> Html:
    """Bounds and verdicts of each group; nothing without groups, or where a set has a grade only."""
    if asked.groups is None or not asked.judged:
        return Html()
    counts: dict[str, list[int]] = {}
    for group, verdict in zip(asked.groups, asked.result.status.tolist()):
        counts.setdefault(group, [0, 0, 0])[verdict] += 1
    columns = [
        Column(asked.group_word),
        Column(asked.say("unit count", asked.level), "number"),
        Column(asked.say("attained").capitalize(), "number"),
        Column(asked.say("open").capitalize(), "number"),
        Column(asked.say("not met").capitalize(), "number"),
        Column(asked.say("share"), "number"),
    ]
    rows = []
    for group, (unknown, met, not_met) in counts.items():
        label = f"{asked.say('met')} {met}, {asked.say('open')} {unknown}, {asked.say('not met')} {not_met}"
        rows.append([
            Cell(group or asked.say("not stated")),
            number_cell(unknown + met + not_met, asked),
            Cell(bounds_text(met, met + unknown, asked.lang), met),
            number_cell(unknown, asked),
            number_cell(not_met, asked),
            Cell(bar(met, unknown, not_met, label), met),
        ])  # fmt: skip
    title = asked.say("by group", asked.group_word.lower())
    return section("groups", title, table(asked, "table-groups", title, columns, rows))


def matrix_section(asked: Asked, parts: list[Part], grades: Grades | None, explained: Explained) -> Html:
    """One row a unit, one column a criterion; or the class alone where a set has nothing else."""
    columns = [Column(asked.say("name"))]
    if asked.groups is not None:
        columns.append(Column(asked.group_word, choose=True))
    if grades is not None:
        columns.append(Column(asked.say("class"), "number", choose=len(columns) > 1))
    caption = asked.say("matrix", asked.level)
    if grades is not None and not asked.judged and not parts:
        lines = _class_rows(asked, grades)
        return section("units", caption, table(asked, "table-units", caption, columns, lines), explained.html, wide=True)
    columns += [Column(asked.say("status"), "verdict"), Column(asked.say("counts"), "number")]
    first = len(columns)
    columns += [Column(part.short, "verdict", full=part.name) for part in parts]
    head = _matrix_head(columns, first, parts)
    body = Html("<tbody>\n" + "\n".join(_rows(asked, parts, grades)) + "\n</tbody>")
    kinds = f"matrix {classes(columns, len(asked.codes))}"
    made = framed("table-units", caption, joined([head, body]), class_=kinds, data_first=str(first))
    legend = joined((asked.mark(verdict) for verdict in (1, 2, 0)), " ")
    help_ = tag("p", legend, " ", asked.say("matrix help"), " ", explained.told, class_="quiet legend")
    return section("units", caption, help_, made, _key(asked, parts), explained.html, wide=True)


def _matrix_head(columns: list[Column], first: int, parts: list[Part]) -> Html:
    plain = head_html(columns[:first])
    cells = joined(
        tag("th", part.short, scope="col", data_sort="verdict", class_="c", title=part.name, data_id=part.id) for part in parts
    )
    return Html(plain.replace("</tr></thead>", f"{cells}</tr></thead>"))


def _class_rows(asked: Asked, grades: Grades) -> list[list[Cell]]:
    made = []
    for row, (label, code) in enumerate(zip(asked.labels, asked.codes)):
        name = safe(label) if label == code else joined([label, " ", tag("small", code)])
        group = [] if asked.groups is None else [Cell(asked.groups[row])]
        made.append([Cell(name), *group, grade_cell(grades, row)])
    return made


def _rows(asked: Asked, parts: list[Part], grades: Grades | None) -> list[str]:
    least, most = (bound.tolist() for bound in asked.result.criteria_met)
    words = [str(safe(asked.verdict(verdict))) for verdict in range(3)]
    statuses = [f'<td data-v="{_VERDICT_KEYS[v]}">{asked.mark(v)}' for v in range(3)]
    cells = [f"<td class={VERDICT_CLASSES[v]}>{words[v]}" for v in range(3)]
    columns = [part.verdicts for part in parts]
    made = []
    for row, status in enumerate(asked.result.status.tolist()):
        label, code = asked.labels[row], asked.codes[row]
        known = "" if label == code else f" <small>{safe(code)}</small>"
        group = "" if asked.groups is None else f"<td>{safe(asked.groups[row])}"
        grade = "" if grades is None else cell_html(grade_cell(grades, row), "number")
        counts = bounds_text(least[row], most[row], asked.lang)
        made.append(
            f'<tr data-r="{row}"><th scope="row">{safe(label)}{known}</th>{group}{grade}{statuses[status]}'
            f'<td class="num" data-v="{key_text(least[row] + most[row] / 1000)}">{counts}'
            + "".join([cells[column[row]] for column in columns])
            + "</tr>"
        )
    return made


def _key(asked: Asked, parts: list[Part]) -> Html:
    """What the heads of the columns stand for."""
    items = (tag("li", tag("b", part.short), " ", part.name) for part in parts)
    return tag("ul", *items, class_="key")
