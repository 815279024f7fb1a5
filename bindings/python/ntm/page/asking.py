# SPDX-License-Identifier: Apache-2.0
"""The arguments of a report, checked and gathered."""

from __future__ import annotations

import datetime
from typing import Any, Mapping, Sequence

from ..attainment import Attainment
from ..cubes import Cube
from ..deciding import CollectingOrder
from ..gaps import Gaps
from ..number import Language, at_least_zero, language_code, text_of
from ..plots.labels import Grouping, Naming, groups_of, labels_of
from ..tasks import Tasks
from ..trajectories import Trajectory
from .amounts import day_text
from .asked import Asked
from .changes import day_of_result
from .head import usual_title
from .names import Day, codes_of
from .words import word


def asked_of(
    result: Attainment, *, title: str | None, place: str | None, on: Day | None,
    units: Naming | None, groups: Grouping | None, previous: Attainment | None,
    gaps: Gaps | None, tasks: Tasks | None, budget: Any, trajectory: Trajectory | None,
    collecting: CollectingOrder | Mapping[str, CollectingOrder] | None, pictures: Mapping[str, Any] | bool,
    geometry: Any, notes: str | Sequence[str], sources: str | Sequence[str],
    made: datetime.date | str | None, explained: int, limit: int, lang: Language,
) -> Asked:  # fmt: skip
    """Everything the page is made of; see :func:`ntm.report`."""
    language_code(lang)
    _check(result, previous, gaps, tasks, trajectory)
    day = on if on is not None else day_of_result(result)
    return Asked(
        result=result,
        title=usual_title(lang, day) if title is None else text_of("title", title),
        place=None if place is None else text_of("place", place),
        on=day,
        codes=codes_of(result),
        labels=labels_of(result, units, day) if units is not None else codes_of(result),
        groups=groups_of(result, groups, units, day),
        group_word=word(f"group {groups}" if isinstance(groups, str) else "group", lang, instead="group"),
        previous=previous,
        gaps=gaps,
        tasks=tasks,
        budget=_budget(budget, lang),
        trajectory=trajectory,
        collecting=_orders(collecting, lang),
        pictures=dict(pictures) if isinstance(pictures, Mapping) else {},
        drawn=pictures is not False,
        geometry=geometry,
        notes=_texts("notes", notes),
        sources=_texts("sources", sources),
        made=_made(made, lang),
        explained=at_least_zero("explained", explained),
        limit=at_least_zero("limit", limit),
        lang=lang,
        naming=(units, groups),
    )


_KINDS: tuple[tuple[str, type[Any]], ...] = (
    ("previous", Attainment),
    ("gaps", Gaps),
    ("tasks", Tasks),
    ("trajectory", Trajectory),
)


def _check(result: Any, *given: Any) -> None:
    if not isinstance(result, Attainment):
        raise TypeError(f"a report is of a result of ntm.evaluate(), not of {type(result).__name__}")
    for (name, kind), one in zip(_KINDS, given):
        if one is not None and not isinstance(one, kind):
            raise TypeError(f"{name} has to be an ntm.{kind.__name__}, not {type(one).__name__}")


def _orders(collecting: Any, lang: Language) -> dict[str, CollectingOrder]:
    """Orders of facts to collect, by what they are to settle."""
    if collecting is None:
        return {}
    made = dict(collecting) if isinstance(collecting, Mapping) else {word("status", lang): collecting}
    for one in made.values():
        if not isinstance(one, CollectingOrder):
            raise TypeError(f"collecting has to be an ntm.CollectingOrder, not {type(one).__name__}")
    return {str(what): order for what, order in made.items()}


def _texts(name: str, given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(text_of(name, one) for one in given)


def _made(made: datetime.date | str | None, lang: Language) -> str | None:
    return day_text(made, lang) if isinstance(made, datetime.date) else None if made is None else text_of("made", made)


def _budget(budget: Any, lang: Language) -> dict[str, Any]:
    """Tables of money by heading."""
    if budget is None:
        return {}
    if isinstance(budget, Mapping) and budget and all(hasattr(one, "keys") or isinstance(one, Cube) for one in budget.values()):
        return {str(heading): one for heading, one in budget.items()}
    return {word("money", lang): budget}
