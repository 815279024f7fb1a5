# SPDX-License-Identifier: Apache-2.0
"""Slow money: who is behind its schedule on a day, by how many đồng and for how many days."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any, Iterable, Union

from .days import date_number
from .errors import ArgumentError
from .number import parts_of
from .results import ResultColumns

Milestone = tuple[Union[datetime.date, str], Union[int, Decimal]]
"""(the last day on which it is in time, percent of all that is due)."""


class SlowOrder(IntEnum):
    """What comes first among slow money."""

    DAYS = 1
    """The longest behind; then the most đồng."""
    AMOUNT = 2
    """The most đồng behind; then the longest."""
    SHARE = 3
    """The largest share of what is due; then the most đồng."""


class SlowMoney(ResultColumns):
    """Who is behind, ranked, made by :meth:`Ledger.slow`. One row a combination of what was asked by.

    Columns: one for each side ("district", "component"); ``due``, ``done`` and ``behind`` (int đồng); ``since`` (the first
    day of which what was due by then is more than all that is done now; None where nothing is behind), ``days`` since
    then, ``missing`` (entries without an amount) and ``open`` (bool: what is told is of what was reported).
    """

    _days = ("since",)


def milestones_of(milestones: Iterable[Milestone]) -> tuple[tuple[int, int, int], ...]:
    """Milestones as the core takes them."""
    made = []
    for one in milestones:
        if not isinstance(one, tuple) or len(one) != 2:
            raise TypeError("milestones have to be pairs of a day and a percentage")
        made.append((date_number(one[0]), *parts_of(one[1])))
    return tuple(made)


def stage_of(name: str, stage: Any) -> str:
    """The id of a stage.

    Raises:
        ArgumentError: none was given.
    """
    if not isinstance(stage, str) or not stage:
        raise ArgumentError(f"{name} has to be the id of a stage, like 'plan', not {stage!r}")
    return stage
