# SPDX-License-Identifier: Apache-2.0
"""Before and after a merger: facts of the old units beside those of the new one, and their verdicts."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any, NamedTuple, Sequence

from ..attainment import Attainment, Range
from ..criteria import CriteriaSet
from ..days import date_of
from ..errors import ArgumentError, NotFoundError
from ..explanation import Verdict
from ..frames import text_at, text_values
from ..number import Language, format_measure
from ..parts import Fact, FactKind, Merge
from ..rollups import Rolled, Rollup
from ..tables import columns_of, not_found
from ..unit_rows import Unit
from ..units import Day, Units
from .figures import Axes, Canvas, Figure, canvas, mpl
from .labels import row_named
from .style import ACCENT, FAINT, FILLS, GRID, INK, PERHAPS, SMALL, SOFT, TINY, WIDTH, ink_on
from .words import capital, known_word, name_in, number, verdict_word, word

_ROW, _CHIP = 0.27, 0.2
"""Inches a row of a fact, and of a criterion."""
_FACTS_MOST = 12


class _Cell(NamedTuple):
    """What a table shows in one place."""

    text: str
    range: Range | None = None
    """The number of a bar; None: no bar."""
    verdict: Verdict | None = None
    soft: bool = False


class _Line(NamedTuple):
    """A row of the table: old units, then the new one."""

    name: str
    cells: list[_Cell]
    tall: float


def merger(
    data: Any,
    law: CriteriaSet,
    new: Unit | str,
    *,
    units: Units,
    since: Day,
    by: Day,
    unit: str | Sequence[Any] = "code",
    facts: Sequence[str] | None = None,
    before: Attainment | None = None,
    after: Attainment | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """Facts of the communes that merged, beside the commune that they became; verdicts before and after, if given.

    The new one is made of the old ones by :class:`ntm.Rollup`: counts add, shares are computed again from their parts, and
    what an old commune did not report leaves the new one between bounds ("12–15", hatched) or open, never as if it were zero.

    Args:
        data: columns of facts of the old units, as for :meth:`ntm.Rollup.apply`, one row a unit; more rows may be there.
        law: the set whose facts these are.
        new: the unit that they became: a unit, or its code on the day ``by``.
        units: the registry that knows the merger.
        since, by: the day of the old units, and that of the new one.
        unit: the column of the old units' codes, or these codes.
        facts: which facts, in order; None: those that the data have, the first twelve.
        before: verdicts of the old units; after: of the new one: what :func:`ntm.evaluate` gave, units named by code.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: one that names the new unit.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: no registry, no set, no result of ntm.evaluate().
        NotFoundError: a unit, column or fact that is not there.
        ArgumentError: a unit that is made of one only, no fact, results of different sets.
        NtmError: as :meth:`ntm.Rollup.across` and :meth:`ntm.Rollup.apply`.
        ImportError: matplotlib is not installed.
    """
    _check(law, units, before, after)
    columns = columns_of(data)
    codes = _codes(columns, unit)
    parts = [part.unit for part in units.made_of(new, since=since, by=by)]
    target = new if isinstance(new, Unit) else units.find(new, on=by)
    if len(parts) < 2:
        raise ArgumentError(f"{target.name} is made of {len(parts)} unit by {by}: there is no merger to draw")
    rolled = _rolled(columns, law, units, codes, parts, target, since, by)
    lines = [_fact_line(rolled, fact, lang) for fact in _facts(rolled, law, facts)]
    verdicts = _verdict_lines(before, after, parts, target, lang)
    made = canvas(ax, lang, height=4.0)
    _draw(made, lines, verdicts, [*(one.name for one in parts), target.name], since, by)
    for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN) if verdicts else ():
        made.key(capital(verdict_word(verdict, lang)), FILLS[verdict])
    if any(_is_wide(cell.range) for line in lines for cell in line.cells):
        made.key(capital(word("between", lang)), PERHAPS)
    told = "; ".join(f"{line.name}: {', '.join(cell.text for cell in line.cells)}" for line in (*lines, *verdicts))
    return made.finish(title or word("merger", lang, target.name), under=" + ".join(one.name for one in parts), told=told)


def _check(law: Any, units: Any, before: Attainment | None, after: Attainment | None) -> None:
    if not isinstance(law, CriteriaSet):
        raise TypeError(f"law has to be an ntm.CriteriaSet, not {type(law).__name__}")
    if not isinstance(units, Units):
        raise TypeError(f"units has to be an ntm.Units, not {type(units).__name__}")
    for name, one in (("before", before), ("after", after)):
        if one is not None and not isinstance(one, Attainment):
            raise TypeError(f"{name} has to be a result of ntm.evaluate(), not {type(one).__name__}")


def _codes(columns: Any, unit: str | Sequence[Any]) -> list[str]:
    """The code of each row; "" where there is none."""
    if isinstance(unit, str) and unit not in columns.keys():
        raise NotFoundError(not_found("column", unit, [str(name) for name in columns.keys()]))
    column = text_values("unit", columns[unit] if isinstance(unit, str) else unit)
    return [text_at(column, row) or "" for row in range(len(column.data))]


class _Both(NamedTuple):
    """Facts of the old units, one row each, and of the new one."""

    old: Rolled
    new: Rolled


def _rolled(
    columns: Any, law: CriteriaSet, units: Units, codes: Sequence[str], parts: Sequence[Unit], target: Unit, since: Day, by: Day
) -> _Both:
    rows = {code: row for row, code in enumerate(codes)}
    there = [(rows[one.code], at) for at, one in enumerate(parts) if one.code in rows]
    if not there:
        raise NotFoundError(not_found("row of the unit", parts[0].code, codes))
    pick = Rollup(there, from_rows=len(codes), to_rows=len(parts)).apply(columns, law, nan="not reported", unknown="ignore")
    known = [at for _, at in there]
    chosen = {name: pick.column(name) for name in pick.columns}
    whole = Rollup([(at, place) for place, at in enumerate(known)], from_rows=len(parts), to_rows=len(known))
    listed = whole.apply(chosen, law)
    across = Rollup.across(units, [parts[at] for at in known], [target], since=since, by=by, others="ignore")
    return _Both(pick, across.apply({name: listed.column(name) for name in listed.columns}, law))


def _facts(rolled: _Both, law: CriteriaSet, facts: Sequence[str] | None) -> list[Fact]:
    known = {one.id: one for one in law.facts if one.id in rolled.old.columns}
    if facts is None:
        chosen = list(known.values())[:_FACTS_MOST]
    else:
        for id in (facts,) if isinstance(facts, str) else facts:
            if id not in known:
                raise NotFoundError(not_found("fact of the data", id, known))
        chosen = [known[id] for id in ((facts,) if isinstance(facts, str) else facts)]
    if not chosen:
        raise ArgumentError("the data have no fact of the set: there is nothing to draw")
    return chosen


# ------------------------------------------------------------------------------------ what is shown


def _fact_line(rolled: _Both, fact: Fact, lang: Language) -> _Line:
    name = capital(name_in(fact.name, lang, fact.id))
    unit = "" if not fact.unit or fact.kind in (FactKind.FLAG, FactKind.LEVEL) else f" ({_unit(fact.unit, lang)})"
    cells = [_fact_cell(rolled.old, fact, row, lang) for row in range(len(rolled.old))]
    new = _fact_cell(rolled.new, fact, 0, lang) if fact.id in rolled.new.columns else _Cell(word("no data", lang), soft=True)
    if fact.merge == Merge.REASSESS and new.soft:
        new = _Cell(word("reassess", lang), soft=True)
    return _Line(name + unit, [*cells, new], _ROW)


def _unit(unit: str, lang: Language) -> str:
    """A unit as people write it."""
    return word(f"in {unit}", lang) if known_word(f"in {unit}") else format_measure(unit, lang=lang)


def _fact_cell(rolled: Rolled, fact: Fact, row: int, lang: Language) -> _Cell:
    found = rolled.range(fact.id, row)
    if found is None:
        return _Cell(word("not applicable", lang), soft=True)
    if _says_nothing(found, fact):
        return _Cell(word("no data", lang), soft=True)
    if fact.kind in (FactKind.FLAG, FactKind.LEVEL, FactKind.DATE):
        if found.least is None or found.least != found.most:
            return _Cell(word("no data", lang), soft=True)
        return _Cell(_named(fact, int(found.least), lang))
    if found.least is None or found.most is None:
        sign, end = ("≤", found.most) if found.least is None else ("≥", found.least)
        return _Cell(f"{sign} {_number(end, lang)}", found)
    low, high = _number(found.least, lang), _number(found.most, lang)
    return _Cell(low if low == high else f"{low}–{high}", found)


def _says_nothing(found: Range, fact: Fact) -> bool:
    """Whether a range is no narrower than what the fact can be at all."""
    low = Fraction(fact.least) if fact.least is not None else Fraction(0)
    high = Fraction(fact.most) if fact.most is not None else Fraction(100) if fact.unit == "%" else None
    return (found.least is None or found.least <= low) and (found.most is None or found.most == high)


def _number(value: Fraction | None, lang: Language) -> str:
    return "" if value is None else number(value, lang, digits=2 if abs(value) < 10 else 1)


def _named(fact: Fact, value: int, lang: Language) -> str:
    if fact.kind == FactKind.FLAG:
        return word("yes" if value else "no", lang)
    if fact.kind == FactKind.LEVEL:
        return fact.levels[value]
    return _day(date_of(value), lang)


def _day(day: datetime.date | str | None, lang: Language) -> str:
    """A day as people write it: 1/1/2020; 2020-01-01 in English."""
    made = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    if made is None:
        return ""
    return made.isoformat() if lang == "en" else f"{made.day}/{made.month}/{made.year}"


def _verdict_lines(
    before: Attainment | None, after: Attainment | None, parts: Sequence[Unit], target: Unit, lang: Language
) -> list[_Line]:
    """The status and each criterion; criteria only if both results are by the same set."""
    given = [one for one in (before, after) if one is not None]
    if not given:
        return []
    if len(given) == 2 and given[0].law.id != given[1].law.id:
        raise ArgumentError(f"before is by {given[0].law.id}, after by {given[1].law.id}: evaluate both by one set")
    lines = []
    for criterion in (None, *given[0].law.criteria):
        columns = [_column(one, None if criterion is None else criterion.id) for one in (before, after)]
        name = capital(word("status", lang)) if criterion is None else (
            f"{criterion.id} {capital(name_in(criterion.name, lang, criterion.id))}")
        cells = [_verdict_cell(before, columns[0], one.code, lang) for one in parts]
        cells.append(_verdict_cell(after, columns[1], target.code, lang))
        lines.append(_Line(name, cells, _CHIP))
    return lines


def _column(result: Attainment | None, criterion: str | None) -> list[int]:
    if result is None:
        return []
    found: list[int] = (result.status if criterion is None else result.criterion(criterion)).tolist()
    return found


def _verdict_cell(result: Attainment | None, column: Sequence[int], code: str, lang: Language) -> _Cell:
    row = None if result is None else row_named(result, code)
    if row is None:
        return _Cell("–", soft=True)
    verdict = Verdict(column[row])
    return _Cell(verdict_word(verdict, lang), verdict=verdict)


# ------------------------------------------------------------------------------------ drawing


def _is_wide(found: Range | None) -> bool:
    return found is not None and found.least is not None and found.most is not None and found.least != found.most


def _draw(
    made: Canvas, lines: Sequence[_Line], verdicts: Sequence[_Line], names: Sequence[str], since: Day, by: Day
) -> None:
    """A table in inches: names on the left, old units, then the new one set apart."""
    width = WIDTH - 0.16 if made.own else made.size[0]
    longest = max(made.text_width(line.name, SMALL) for line in (*lines, *verdicts))
    side = min(longest + 0.1, width * 0.36)
    apart = 0.18
    wide = (width - side - apart) / len(names)
    lefts = [side + at * wide + (apart if at == len(names) - 1 else 0) for at in range(len(names))]
    heads = [made.wrap(name, SMALL, wide - 0.08, bold=True) for name in names]
    head = 0.24 + 0.14 * max(text.count("\n") + 1 for text in heads)
    tall = head + sum(line.tall for line in (*lines, *verdicts)) + (0.14 if verdicts else 0.0) + 0.02
    if made.own:
        made.figure.set_size_inches(WIDTH, tall)
    ax = made.ax
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(tall if made.own else max(tall, made.size[1]), 0)
    for at, text in enumerate(heads):
        ax.text(lefts[at] + 0.03, head - 0.05, text, fontsize=SMALL, color=INK, fontweight="bold", ha="left", va="bottom")
    for left, key, day, end in ((lefts[0], "before", since, lefts[-1] - apart), (lefts[-1], "after", by, width)):
        ax.text(left + 0.03, 0.0, word(key, made.lang, _day(_as_day(day), made.lang)), fontsize=TINY, color=SOFT, ha="left",
                va="top")
        ax.plot([left, end - 0.04], [0.16, 0.16], color=ACCENT if key == "after" else FAINT, linewidth=1.0)
    y = head
    for line in lines:
        _draw_line(made, line, lefts, wide, side, y)
        y += line.tall
    y += 0.14
    for line in verdicts:
        _draw_line(made, line, lefts, wide, side, y)
        y += line.tall


def _as_day(day: Day) -> datetime.date | str:
    return day.date() if isinstance(day, datetime.datetime) else day


def _draw_line(made: Canvas, line: _Line, lefts: Sequence[float], wide: float, side: float, y: float) -> None:
    from .heat import fitted

    ax, middle = made.ax, y + line.tall / 2
    size = SMALL if made.text_width(line.name, SMALL) <= side - 0.08 else TINY
    name = made.wrap(line.name, size, side - 0.08).split("\n")
    if len(name) > 2:
        name = [name[0], fitted(made, " ".join(name[1:]), size, side - 0.08)]
    ax.text(0, middle, "\n".join(name), fontsize=size, color=INK, ha="left", linespacing=1.1,
            va="center_baseline" if len(name) == 1 else "center")
    ends = [abs(end) for cell in line.cells if cell.range is not None for end in cell.range if end is not None]
    most = max(ends, default=Fraction(0))
    if any(cell.range is not None and None in cell.range for cell in line.cells):
        most *= Fraction(6, 5)  # room for what has no end
    for at, (cell, left) in enumerate(zip(line.cells, lefts)):
        if cell.verdict is not None:
            _draw_chip(made, cell, left, y, wide, line.tall)
            continue
        if cell.range is not None and most > 0:
            _draw_bar(made, cell.range, most, left, y, wide - 0.06, line.tall, f"bar-{at}")
        ax.text(left + 0.05, middle, fitted(made, cell.text, SMALL, wide - 0.08), fontsize=SMALL,
                color=SOFT if cell.soft else INK, fontstyle="italic" if cell.soft else "normal", ha="left",
                va="center_baseline")


def _draw_bar(
    made: Canvas, found: Range, most: Fraction, left: float, y: float, wide: float, tall: float, gid: str
) -> None:
    """A bar up to the least, hatched up to the most, on a faint ground; lengths compare within the row."""
    rectangle: Any = mpl("patches").Rectangle
    made.ax.add_patch(rectangle((left, y + 0.03), wide, tall - 0.06, facecolor=GRID, linewidth=0, alpha=0.45))
    least = float(max(found.least or 0, 0) / most) * wide
    if least:
        made.ax.add_patch(rectangle((left, y + 0.03), least, tall - 0.06, facecolor=FILLS[Verdict.MET].colour, linewidth=0,
                                    gid=gid))
    high = float(found.most / most) * wide if found.most is not None else wide
    if high > least and found.least != found.most:
        made.ax.add_patch(rectangle((left + least, y + 0.03), high - least, tall - 0.06, facecolor=PERHAPS.colour,
                                    edgecolor=PERHAPS.line, hatch=PERHAPS.hatch, linewidth=0.5, gid=f"open-{gid}"))


def _draw_chip(made: Canvas, cell: _Cell, left: float, y: float, wide: float, tall: float) -> None:
    from .heat import fitted

    assert cell.verdict is not None
    fill = FILLS[cell.verdict]
    rectangle: Any = mpl("patches").Rectangle
    made.ax.add_patch(rectangle((left, y + 0.015), wide - 0.06, tall - 0.03, facecolor=fill.colour, hatch=fill.hatch,
                                edgecolor=fill.line if fill.hatch else fill.colour, linewidth=0.4, gid="chip"))
    box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.8} if fill.hatch else None
    made.ax.text(left + 0.05, y + tall / 2, fitted(made, cell.text, TINY, wide - 0.1), fontsize=TINY,
                 color=ink_on(fill.colour), ha="left", va="center_baseline", bbox=box)
