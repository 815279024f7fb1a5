# SPDX-License-Identifier: Apache-2.0
"""Money: cubes with the stages side by side, and other tables of results."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..cubes import Cube
from .amounts import exact_text, millions
from .asked import Asked
from .columns import columns_of, columns_table, label, rate_cell
from .grid import Cell, Column, Sort, section, table
from .markup import Html, joined, tag
from .words import heading

_STAGE = "stage"


def money_section(asked: Asked) -> Html:
    """All tables of money; nothing without any."""
    if not asked.budget:
        return Html()
    made = [tag("p", asked.say("money unit"), class_="quiet")]
    for at, (caption, given) in enumerate(asked.budget.items(), 1):
        if len(asked.budget) > 1 or caption != asked.say("money"):
            made.append(tag("h3", caption))
        made.append(_table(asked, f"table-money-{at}", caption, given))
    return section("money", asked.say("money"), *made)


def _table(asked: Asked, id: str, caption: str, given: Any) -> Html:
    labels = _labels(asked, given)
    if isinstance(given, Cube) and _STAGE in given.sides and len(given.sides) > 1 and given._about.money:
        return _by_stage(asked, id, caption, given, labels)
    return columns_table(asked, id, caption, columns_of(caption, given), labels)


def _labels(asked: Asked, given: Any) -> dict[str, dict[str, str]]:
    """Names of members by side: of units those of the page, of the rest those that the ledger knows."""
    if not isinstance(given, Cube):
        return {"unit": asked.label_of}
    made: dict[str, dict[str, str]] = {}
    for side in given.sides:
        names = {id: name for name, id in given._about.names(side) if name} if asked.lang == "vi" else {}
        made[side] = {**asked.label_of, **names} if side in ("unit", asked.result.law.level) else names
    return made


def _by_stage(asked: Asked, id: str, caption: str, cube: Cube, labels: dict[str, dict[str, str]]) -> Html:
    """The stages as columns, and what was disbursed of the plan where both are there."""
    others = [side for side in cube.sides if side != _STAGE]
    cells = _cells(cube, others)
    used = {stage for by_stage in cells.values() for stage in by_stage}
    stages = [member.id for member in cube.members(_STAGE) if member.id in used]
    rate = {"plan", "disbursed"} <= set(stages)
    columns = [Column(heading(side, asked.lang) or side, choose=at > 0) for at, side in enumerate(others)]
    number: Sort = "number"
    columns += [Column(label(asked, stage, labels[_STAGE]).capitalize(), number) for stage in stages]
    if rate:
        columns.append(Column(asked.say("disbursed of plan"), number))
    rows = []
    for key, by_stage in cells.items():
        names = [Cell(label(asked, member, labels[side])) for side, member in zip(others, key)]
        rows.append(names + [_amount(asked, by_stage.get(stage)) for stage in stages]
                    + ([_rate(asked, by_stage)] if rate else []))  # fmt: skip
    return table(asked, id, caption, columns, rows[: asked.limit], whole=len(rows))


def _cells(cube: Cube, others: list[str]) -> dict[tuple[str, ...], dict[str, tuple[int | None, int]]]:
    """Sum and missing reports by the other sides and stage."""
    made: dict[tuple[str, ...], dict[str, tuple[int | None, int]]] = {}
    for row in cube:
        key = tuple(row[side] or "" for side in others)
        made.setdefault(key, {})[row[_STAGE]] = (row["sum"], row["missing"])
    return made


def _amount(asked: Asked, cell: tuple[int | None, int] | None) -> Cell:
    if cell is None:
        return Cell("–")
    total, missing = cell
    gone = asked.say("missing reports", asked.count(missing)) if missing else ""
    if total is None:
        return Cell(gone or asked.say("open"))
    text = exact_text(millions(total), asked.lang)
    return Cell(joined([text, " ", tag("small", gone)]) if gone else text, float(total))


def _rate(asked: Asked, by_stage: dict[str, tuple[int | None, int]]) -> Cell:
    done, plan = by_stage.get("disbursed"), by_stage.get("plan")
    if done is None or plan is None or done[1] or plan[1] or done[0] is None or not plan[0]:
        return rate_cell(asked, None)
    return rate_cell(asked, Fraction(done[0], plan[0]))
