# SPDX-License-Identifier: Apache-2.0
"""The end of the page: every source that anything on it rests on."""

from __future__ import annotations

from typing import Iterable

from .asked import Asked
from .grid import section
from .markup import Html, joined, tag


def sources_section(asked: Asked) -> Html:
    """Sources of the set with their ids, grounds of duties and targets, sources of the data."""
    law = asked.result.law
    items = [
        tag("li", tag("b", source.id), " ", joined(filter(None, (source.what, source.where)), " — "), id=f"source-{at}")
        for at, source in enumerate(law.sources)
    ]
    cells, rules = law.status.cells, law.status.rules
    absent = cells.absent + cells.delegated
    numbers = (rules.cited, rules.unverified, rules.absent, cells.cited, cells.unverified, absent, cells.delegated)
    made = [
        tag("h3", asked.say("set source")),
        tag("p", asked.say("standing", *(asked.count(one) for one in numbers)), class_="quiet"),
        tag("ul", *items, class_="sources"),
        *_list(asked, "task source", _task_grounds(asked)),
        *_list(asked, "target source", _target_grounds(asked)),
        *_list(asked, "other sources", asked.sources),
        tag("p", asked.say("set id", law.id, law.digest), class_="quiet"),
    ]
    return section("sources", asked.say("sources"), *made)


def _list(asked: Asked, key: str, texts: Iterable[str]) -> list[Html]:
    items = [tag("li", text) for text in texts]
    return [tag("h3", asked.say(key)), tag("ul", *items, class_="sources")] if items else []


def _task_grounds(asked: Asked) -> list[str]:
    if asked.tasks is None:
        return []
    grounds = dict.fromkeys(one for one in asked.tasks["citation"] if one)
    return list(grounds)


def _target_grounds(asked: Asked) -> list[str]:
    course = asked.trajectory
    if course is None or "citation" not in course.table.keys():
        return []
    return list(dict.fromkeys(str(one) for one in course.table["citation"] if one))
