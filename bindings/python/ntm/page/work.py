# SPDX-License-Identifier: Apache-2.0
"""What is missing, and the tasks that it makes."""

from __future__ import annotations

from typing import Any, Mapping

from ..gaps import Gap, GapKind, Gaps, Untold
from ..number import format_measure
from ..parts import Closing
from ..tasks import Tasks
from .amounts import bounds_text
from .asked import Asked
from .grid import Cell, Column, bounds_cell, day_cell, money_cell, number_cell, section, table
from .markup import Html, joined, tag

_KINDS = {
    GapKind.MORE: "more",
    GapKind.FEWER: "fewer",
    GapKind.ACT: "act",
    GapKind.UNDO: "undo",
    GapKind.LEVEL: "level",
    GapKind.STATUS: "status held",
    GapKind.UNITS: "units below",
    GapKind.UNTOLD: "untold",
}
_UNTOLD = {
    Untold.LAW: "untold law",
    Untold.NOT_REPORTED: "untold not reported",
    Untold.NOT_APPLICABLE: "untold not applicable",
    Untold.AXIS: "untold axis",
    Untold.RULE: "untold rule",
}
_CLOSINGS = {Closing.WORK: "work", Closing.ACT: "act", Closing.ASSESSMENT: "assessment", Closing.TIME: "time"}
_COSTS = {
    "not work": "not work",
    "no duty": "no duty",
    "no work": "no norm",
    "untold": "no quantity",
    "no bound": "no bound",
    "no decimal": "no decimal",
    "no norm": "no norm",
    "norm not told": "norm not told",
}
_AMOUNTS = (GapKind.MORE, GapKind.FEWER, GapKind.UNITS)


def _group(asked: Asked, code: str) -> list[Cell]:
    return [] if asked.groups is None else [Cell(asked.group_of.get(code, ""))]


def _group_column(asked: Asked) -> list[Column]:
    return [] if asked.groups is None else [Column(asked.group_word, choose=True)]


def gaps_section(asked: Asked) -> Html:
    """What each unit lacks; nothing without gaps."""
    if asked.gaps is None:
        return Html()
    gaps: Gaps = asked.gaps
    columns = [
        Column(asked.say("unit")),
        *_group_column(asked),
        Column(asked.say("indicator"), "text"),
        Column(asked.say("what")),
        Column(asked.say("lacking"), "number"),
        Column(asked.say("measure")),
        Column(asked.say("how"), choose=True),
        Column(asked.say("needed"), choose=True),
    ]
    rows = [_gap(asked, gap) for gap in gaps[: asked.limit]]
    title = asked.say("gaps")
    return section("gaps", title, table(asked, "table-gaps", title, columns, rows, whole=len(gaps)), wide=True)


def _gap(asked: Asked, gap: Gap) -> list[Cell]:
    subject = gap.subject
    code = asked.codes[gap.row]
    how = "" if subject.closing is None else asked.say(_CLOSINGS[subject.closing])
    measure = "" if subject.unit is None else format_measure(subject.unit, lang=asked.lang)
    return [
        Cell(asked.labels[gap.row]),
        *_group(asked, code),
        Cell(asked.short(subject.id or subject.criterion or "–")),
        Cell(asked.name(subject.name, subject.input or subject.id)),
        _lacking(asked, gap),
        Cell(measure),
        Cell(how or "–"),
        Cell(asked.say("yes" if gap.for_status else "no")),
    ]


def _lacking(asked: Asked, gap: Gap) -> Cell:
    if gap.untold is not Untold.TOLD:
        return Cell(asked.say(_UNTOLD[gap.untold]))
    word = asked.say(_KINDS[gap.kind])
    if gap.kind not in _AMOUNTS:
        text = word if gap.least else f"{word} ({asked.say('act maybe')})"
        if gap.subject.level and gap.kind is GapKind.LEVEL:
            text += " " + asked.say("level to", gap.subject.level)
        return Cell(text, float(gap.least or 0))
    text = bounds_text(gap.least, gap.most, asked.lang) + f" ({word})"
    if gap.out_of_reach:
        text += f"; {asked.say('beyond')}"
    return Cell(text, float(gap.least or 0))


# ------------------------------------------------------------------------------------------------ tasks


def tasks_section(asked: Asked) -> Html:
    """Whose the work is, by when, how much and for how much money; nothing without tasks."""
    if asked.tasks is None:
        return Html()
    title = asked.say("tasks")
    return section("tasks", title, _by_department(asked, asked.tasks), _list(asked, asked.tasks), wide=True)


def _by_department(asked: Asked, tasks: Tasks) -> Html:
    columns = [
        Column(asked.say("department")),
        Column(asked.say("task number"), "number"),
        Column(asked.say("units number"), "number"),
        Column(asked.say("cost known"), "number"),
        Column(asked.say("cost open"), "number"),
    ]
    rows = [
        [
            Cell(one["department"] or asked.say("not stated")),
            number_cell(one["tasks"], asked),
            number_cell(one["units"], asked),
            money_cell(one["cost_least"], one["cost_known"], asked),
            number_cell(one["open"], asked),
        ]
        for one in tasks.sum("department").rows()
    ]
    caption = asked.say("by department")
    return joined([tag("h3", caption), table(asked, "table-departments", caption, columns, rows)])


def _list(asked: Asked, tasks: Tasks) -> Html:
    columns = [
        Column(asked.say("unit")),
        *_group_column(asked),
        Column(asked.say("indicator")),
        Column(asked.say("task")),
        Column(asked.say("quantity"), "number"),
        Column(asked.say("department"), choose=True),
        Column(asked.say("doer"), choose=True),
        Column(asked.say("deadline"), "number"),
        Column(asked.say("cost"), "number"),
    ]
    shown = min(len(tasks), asked.limit)
    rows = [_task(asked, tasks.row(at)) for at in range(shown)]
    caption = asked.say("task list")
    return joined([tag("h3", caption), table(asked, "table-tasks", caption, columns, rows, whole=len(tasks))])


def _task(asked: Asked, task: Mapping[str, Any]) -> list[Cell]:
    names = (task["name_vi"], task["name_en"]) if asked.lang == "vi" else (task["name_en"], task["name_vi"])
    what = names[0] or names[1] or task["input"] or "?"
    if task["work"]:
        what = f"{task['work']}: {what}"
    return [
        Cell(asked.label_of.get(task["unit"], task["unit"])),
        *_group(asked, task["unit"]),
        Cell(asked.short(task["indicator"] or task["precondition"] or task["criterion"] or "–")),
        Cell(what),
        _quantity(asked, task),
        Cell(task["department"] or asked.say("not stated")),
        Cell(task["doer"] or "–"),
        day_cell(task["deadline"], asked),
        _cost(asked, task),
    ]


def _quantity(asked: Asked, task: Mapping[str, Any]) -> Cell:
    kind, unit = ("quantity", task["work_unit"]) if task["work_unit"] else ("amount", task["measure"])
    least, most = task[f"{kind}_least"], task[f"{kind}_most"]
    if least is None and most is None:
        return Cell(asked.say("untold"))
    if unit is None:  # an act, an assessment: there is nothing to count
        return Cell(asked.say("act needed" if least else "act maybe"))
    made = bounds_cell(least, most, asked)
    return Cell(f"{made.content} {format_measure(unit, lang=asked.lang)}", made.key)


def _cost(asked: Asked, task: Mapping[str, Any]) -> Cell:
    if task["cost_least"] is not None or task["cost_most"] is not None:
        return money_cell(task["cost_least"], task["cost_most"], asked)
    return Cell(asked.say(_COSTS.get(task["cost"], "untold")))
