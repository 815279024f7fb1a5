# SPDX-License-Identifier: Apache-2.0
"""What was asked of the page, checked, and what all its parts look up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Sequence

from ..attainment import Attainment
from ..deciding import CollectingOrder
from ..gaps import Gaps
from ..number import Language, format_number
from ..parts import Names
from ..tasks import Tasks
from ..trajectories import Trajectory
from .markup import Html, tag
from .names import Day
from .words import word

VERDICT_CLASSES = "omn"
"""Classes of the style by verdict number: open, met, not met."""


@dataclass(frozen=True)
class Asked:
    """Everything the page is made of."""

    result: Attainment
    title: str
    place: str | None
    on: Day | None
    codes: Sequence[str]
    """The code of each row."""
    labels: Sequence[str]
    """What each row is called."""
    groups: Sequence[str] | None
    """The group of each row."""
    group_word: str
    """The heading of groups."""
    previous: Attainment | None
    gaps: Gaps | None
    tasks: Tasks | None
    budget: dict[str, Any]
    """Tables of money by heading."""
    trajectory: Trajectory | None
    collecting: dict[str, CollectingOrder]
    """Orders of facts to collect, by what they are to settle."""
    pictures: dict[str, Any]
    """The caller's own, by caption."""
    drawn: bool
    """Whether the usual pictures are made."""
    geometry: Any
    """Shapes of the units, for a map; None: none."""
    notes: Sequence[str]
    sources: Sequence[str]
    made: str | None
    explained: int
    limit: int
    lang: Language
    naming: Any
    """Units and groups as the caller gave them, for pictures."""

    def say(self, key: str, *parts: object) -> str:
        """A phrase of the page."""
        return word(key, self.lang, *parts)

    def count(self, number: int) -> str:
        """A whole number."""
        return format_number(int(number), locale=self.lang)

    def name(self, names: Names, instead: str = "") -> str:
        """A name in the page's language, else in the other."""
        first, second = (names.vi, names.en) if self.lang == "vi" else (names.en, names.vi)
        return first or second or instead

    @cached_property
    def level(self) -> str:
        """What the units are called: "xã"."""
        return word(self.result.law.level, self.lang, instead="units")

    @cached_property
    def judged(self) -> bool:
        """Whether rows have a status: a set with a grade only gives them none."""
        return bool(self.result.law.criteria) or not self.result.law.classes

    @cached_property
    def _shorts(self) -> dict[str, str]:
        start = "ĐK" if self.lang == "vi" else "P"
        return {one.id: f"{start}{at}" for at, one in enumerate(self.result.law.preconditions, 1)}

    def short(self, id: str) -> str:
        """The id of a part of the set as tables show it: preconditions are numbered."""
        return self._shorts.get(id, id)

    @cached_property
    def label_of(self) -> dict[str, str]:
        """Names by code."""
        return dict(zip(self.codes, self.labels))

    @cached_property
    def group_of(self) -> dict[str, str]:
        """Groups by code."""
        return dict(zip(self.codes, self.groups or ()))

    def verdict(self, number: int) -> str:
        """The word for a verdict."""
        return self.say(("open", "met", "not met")[number])

    def mark(self, number: int) -> Html:
        """A verdict as symbol and word."""
        return tag("span", self.verdict(number), class_=f"v {VERDICT_CLASSES[number]}")
