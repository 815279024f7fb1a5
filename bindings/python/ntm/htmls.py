# SPDX-License-Identifier: Apache-2.0
"""Small pieces of HTML for notebooks: self-contained, escaped, readable on light and on dark pages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any, Sequence

from .number import Language, language_code
from .words import COMMON

MOST_ROWS = 30
"""Rows that a table in a notebook shows."""

_LINE = "1px solid rgba(128,128,128,.35)"
_TABLE = "border-collapse:collapse;color:inherit;font-size:.92em"  # colour: pages in quirks mode do not inherit it
_CELL = f"padding:.15em .6em;border-bottom:{_LINE};vertical-align:top;"
_COLOURS = {"met": "#1f8ad1", "not met": "#d55e00", "open": "#8a8a8a"}
_MARKS = {"met": "✓", "not met": "✗", "open": "?"}
_OF_WORD = {word: key for key in _MARKS for word in COMMON[key]}


def text_html(value: Any) -> str:
    """A value as escaped text; None is a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.6g}"
    return escape(str(value))


def _cell(value: Any) -> str:
    number = isinstance(value, (int, float, Decimal, Fraction)) and not isinstance(value, bool)
    key = _OF_WORD.get(value) if isinstance(value, str) else None
    shown = text_html(value) if key is None else verdict_html(key, escape(value))
    wide = "min-width:16em;" if isinstance(value, str) and len(value) > 24 else ""
    return f'<td style="{_CELL}{wide}text-align:{"right" if number else "left"}">{shown}</td>'


def verdict_html(key: str, word: str) -> str:
    """A verdict ("met", "not met", "open") as a mark and a word: never by colour alone."""
    return f'<span style="white-space:nowrap"><b style="color:{_COLOURS[key]}">{_MARKS[key]}</b> {word}</span>'


def table_html(title: str, names: Sequence[str], rows: Sequence[Sequence[Any]], total: int) -> str:
    """A table of at most 30 rows under a title, and how many more there are."""
    shown = list(rows)[:MOST_ROWS]
    head = "".join(f'<th style="{_CELL}text-align:left">{escape(str(name))}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in shown)
    more = f'<div style="opacity:.75">… and {total - len(shown)} more</div>' if total > len(shown) else ""
    caption = f'<div style="margin-bottom:.3em">{escape(title)}</div>' if title else ""
    table = f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div style="color:inherit;overflow-x:auto">{caption}{table}{more}</div>'


def bar_html(met: int, not_met: int, unknown: int, lang: Language) -> str:
    """A bar of three parts, met, not met and open (hatched), with the counts in its title."""
    total = max(met + not_met + unknown, 1)
    words = {key: COMMON[key][language_code(lang) - 1] for key in _MARKS}
    title = f"{met} {words['met']}, {not_met} {words['not met']}, {unknown} {words['open']}"
    hatched = "repeating-linear-gradient(45deg,#8a8a8a 0 3px,transparent 3px 6px)"
    parts = ((met, _COLOURS["met"]), (not_met, _COLOURS["not met"]), (unknown, hatched))
    inner = "".join(
        f'<span style="display:inline-block;height:.8em;width:{100 * count / total:.2f}%;background:{paint}"></span>'
        for count, paint in parts
        if count
    )
    style = f"display:inline-block;width:12em;border:{_LINE};white-space:nowrap;line-height:0;font-size:.9em"
    return f'<span role="img" aria-label="{escape(title)}" title="{escape(title)}" style="{style}">{inner}</span>'


def grid_html(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th style="{_CELL}text-align:left">{escape(name)}</th>' for name in names)
    body = "".join("<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>" for row in rows)
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
