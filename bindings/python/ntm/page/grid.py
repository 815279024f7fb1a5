# SPDX-License-Identifier: Apache-2.0
"""Tables that the script sorts and filters, and that can be read without it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Iterable, Literal, NamedTuple, Sequence

from .amounts import Number, bounds_text, day_text, exact_text, millions
from .asked import Asked
from .markup import Html, joined, safe, tag

_LONG = 300
"""Rows of a table that the script does not show all at once."""

Sort = Literal["text", "number", "verdict"]


class Column(NamedTuple):
    """A column of a table."""

    head: str
    sort: Sort = "text"
    """What it is sorted by."""
    choose: bool = False
    """Offer its values as a filter."""
    full: str | None = None
    """What the head stands for, where it is short."""


class Cell(NamedTuple):
    """A cell; one without a key is sorted by its text, or comes last in a column of numbers."""

    content: Html | str
    key: float | None = None


def number_cell(value: Number | None, asked: Asked) -> Cell:
    """A number; a dash where there is none."""
    return Cell("–") if value is None else Cell(exact_text(value, asked.lang), float(value))


def bounds_cell(least: Number | None, most: Number | None, asked: Asked) -> Cell:
    """A number between two bounds, sorted by the lower one."""
    if least is None and most is None:
        return Cell("–")
    key = float(least if least is not None else most)  # type: ignore[arg-type]
    return Cell(bounds_text(least, most, asked.lang), key)


def money_cell(least: int | None, most: int | None, asked: Asked) -> Cell:
    """Đồng between two bounds, in triệu đồng."""
    low, high = (None if one is None else millions(one) for one in (least, most))
    return bounds_cell(low, high, asked)


def day_cell(day: datetime.date | None, asked: Asked) -> Cell:
    """A day, sorted by time."""
    return Cell("–") if day is None else Cell(day_text(day, asked.lang), float(day.toordinal()))


def verdict_cell(verdict: int, asked: Asked) -> Cell:
    """A verdict in words, sorted not met, open, met."""
    return Cell(asked.mark(verdict), float("120"[verdict]))


def key_text(key: float) -> str:
    """A sort key as short as it can be."""
    return str(int(key)) if key == int(key) else repr(key)


def cell_html(cell: Cell, sort: Sort) -> str:
    """A cell as HTML. End tags that HTML does not need are left out: tables are long."""
    kind = ' class="num"' if sort == "number" else ""
    key = "" if cell.key is None else f' data-v="{key_text(cell.key)}"'
    return f"<td{kind}{key}>{safe(cell.content)}"


def head_html(columns: Sequence[Column]) -> Html:
    """The head of a table."""
    cells = [
        tag("th", column.head, scope="col", data_sort=column.sort, data_choose=column.choose,
            class_="num" if at and column.sort == "number" else None, title=column.full)
        for at, column in enumerate(columns)
    ]  # fmt: skip
    return tag("thead", tag("tr", *cells))


def framed(id: str, caption: str, inside: Html, **attributes: str | bool) -> Html:
    """A table in a frame that scrolls where it is too wide."""
    table = tag("table", tag("caption", caption), inside, id=id, **attributes)
    return tag("div", table, class_="scroll", role="region", tabindex="0", aria_label=caption)


def table(
    asked: Asked, id: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *,
    whole: int | None = None,
) -> Html:  # fmt: skip
    """A table whose first column names the row.

    Args:
        whole: how many rows there are, when only the first are given.
    """
    lines = [
        "<tr>" + _first_html(row[0]) + "".join(cell_html(cell, column.sort) for cell, column in zip(row[1:], columns[1:]))
        + "</tr>"
        for row in rows
    ]
    if not lines:
        return tag("p", asked.say("nothing"), class_="quiet")
    body = Html("<tbody>\n" + "\n".join(lines) + "\n</tbody>")
    made = framed(id, caption, joined([head_html(columns), body]), class_=classes(columns, len(lines)))
    return joined([made, left_out(asked, len(lines), len(lines) if whole is None else whole)])


def classes(columns: Sequence[Column], rows: int) -> str:
    """What the style tells tables apart by: long ones, and those with the group of the unit in the second column."""
    grouped = " grouped" if len(columns) > 1 and columns[1].choose else ""
    return f"grid{grouped}{' long' if rows > _LONG else ''}"


def _first_html(cell: Cell) -> str:
    key = "" if cell.key is None else f' data-v="{key_text(cell.key)}"'
    return f'<th scope="row"{key}>{safe(cell.content)}</th>'


def left_out(asked: Asked, shown: int, whole: int) -> Html:
    """Says how many rows are not on the page; nothing when all are."""
    if shown >= whole:
        return Html()
    numbers = (asked.count(shown), asked.count(whole), asked.count(whole - shown))
    return tag("p", asked.say("left out", *numbers), class_="quiet")


def section(id: str, title: str, *inside: Html, wide: bool = False) -> Html:
    """A part of the page with its heading."""
    return tag("section", tag("h2", title), *inside, id=id, class_="wide" if wide else None)


def bar(met: int, open_: int, not_met: int, label: str) -> Html:
    """Three shares as one bar: met, open (hatched), not met."""
    whole = max(met + open_ + not_met, 1)
    parts, left = [], Fraction(0)
    for count, name in ((met, "m"), (open_, "o"), (not_met, "n")):
        width = Fraction(200 * count, whole)
        if count:
            parts.append(tag("rect", x=_place(left), y="0", width=_place(width), height="12", class_=f"bar-{name}"))
        left += width
    return tag("svg", *parts, viewBox="0 0 200 12", class_="bar", role="img", aria_label=label, preserveAspectRatio="none")


def _place(value: Fraction) -> str:
    return str(Decimal(round(value * 100)).scaleb(-2))


