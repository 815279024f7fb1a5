# SPDX-License-Identifier: Apache-2.0
"""Any table of results as a table of the page: the columns say by their names what they hold."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Sequence

from ..cubes import Cube
from ..errors import ArgumentError
from .amounts import exact_text, rounded_text
from .asked import Asked
from .grid import Cell, Column, Sort, day_cell, money_cell, number_cell, table
from .markup import Html
from .words import heading

_MONEY = ("sum", "part", "whole", "amount", "need", "allotted", "remaining", "surplus", "cost", "due", "done", "behind")
_TOTAL = "*"


def columns_of(what: str, given: Any) -> dict[str, list[Any]]:
    """The columns of a cube, of a table of results, of a mapping or of a data frame.

    Raises:
        TypeError: something else.
        ArgumentError: columns of different length.
    """
    source = given.columns if isinstance(given, Cube) else given
    if not hasattr(source, "keys"):
        raise TypeError(f"{what}: an ntm.Cube, a table of results or a mapping of columns, not {type(given).__name__}")
    made = {str(name): _listed(source[name]) for name in source.keys()}
    if len({len(values) for values in made.values()}) > 1:
        raise ArgumentError(f"{what}: columns of different length")
    return made


def _listed(values: Any) -> list[Any]:
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    return [None if one is None or one != one else one for one in listed]


def _is_money(name: str, values: Sequence[Any]) -> bool:
    known = name.split("_")[0] in _MONEY
    return known and all(one is None or isinstance(one, int) and not isinstance(one, bool) for one in values)


def columns_table(
    asked: Asked, id: str, caption: str, given: dict[str, list[Any]], labels: dict[str, dict[str, str]]
) -> Html:
    """A table of the page of columns of any kind. Whole numbers in columns of money are đồng, shown in triệu đồng.

    Args:
        labels: names of members, by column.
    """
    heads: list[Column] = []
    kinds: list[str] = []
    for name, values in given.items():
        kind = _kind(name, values)
        kinds.append(kind)
        sort: Sort = "text" if kind == "text" else "number"
        heads.append(Column(heading(name, asked.lang) or name, sort, choose=kind == "text" and len(heads) > 0))
    whole = max((len(values) for values in given.values()), default=0)
    rows = [
        [_cell(asked, kind, values[at], labels.get(name, {})) for kind, (name, values) in zip(kinds, given.items())]
        for at in range(min(whole, asked.limit))
    ]
    return table(asked, id, caption, heads, rows, whole=whole)


def _kind(name: str, values: Sequence[Any]) -> str:
    known = [one for one in values if one is not None]
    if _is_money(name, values):
        return "money"
    if name == "ratio":
        return "ratio"
    if known and all(isinstance(one, datetime.date) for one in known):
        return "day"
    if known and all(isinstance(one, (int, Decimal, Fraction, float)) and not isinstance(one, bool) for one in known):
        return "number"
    return "text"


def _cell(asked: Asked, kind: str, value: Any, labels: dict[str, str]) -> Cell:
    if kind == "money":
        return money_cell(value, value, asked)
    if kind == "ratio":
        return rate_cell(asked, value)
    if kind == "day":
        return day_cell(value, asked)
    if kind == "number":
        exact = Fraction(value) if isinstance(value, float) else value
        return number_cell(exact, asked)
    if isinstance(value, bool):
        return Cell(asked.say("yes" if value else "no"))
    return Cell("–" if value is None else label(asked, str(value), labels))


def label(asked: Asked, member: str, labels: dict[str, str]) -> str:
    """What a member of a side is called: "" is not stated, "*" the total."""
    if member == _TOTAL:
        return asked.say("total")
    return labels.get(member, member) if member else asked.say("not stated")


def rate_cell(asked: Asked, ratio: Any) -> Cell:
    """A share in percent, rounded half up to one digit; a dash where it is open or there is none."""
    if ratio is None:
        return Cell("–")
    percent = Fraction(ratio) * 100
    text = exact_text(percent, asked.lang) if percent.denominator == 1 else rounded_text(percent, 1, asked.lang)
    return Cell(f"{text} %" if asked.lang == "vi" else f"{text}%", float(percent))
