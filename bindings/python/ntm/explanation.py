# SPDX-License-Identifier: Apache-2.0
"""Why a verdict is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import Any, NoReturn

from . import core
from .handles import no_pickle
from .number import Language, language_code
from .parts import Citation, Standing


class Verdict(IntEnum):
    """The three values of a condition; the numbers are those of the verdict arrays."""

    OPEN = 0
    """chưa có số liệu: cannot be told from what is known"""
    MET = 1
    """đạt"""
    NOT_MET = 2
    """chưa đạt"""


class Reason(IntEnum):
    """Why a verdict is open."""

    NONE = 0
    NOT_REPORTED = 1
    NOT_APPLICABLE = 2
    FIGURE_ABSENT = 3
    RULE_ABSENT = 4
    AXIS_UNKNOWN = 5
    ZERO_DIVISOR = 6
    SCOPE_OPEN = 7
    """It is open which column of an axis holds for the unit."""
    VALUE_ABSENT = 8
    """A value of the set has no rule that was read."""


class Comparison(IntEnum):
    """Comparison signs."""

    LESS = 1
    LESS_OR_EQUAL = 2
    EQUAL = 3
    MORE_OR_EQUAL = 4
    MORE = 5


@dataclass(frozen=True)
class Step:
    """One step of an explanation."""

    depth: int
    """0 for the root; its parent is the nearest step before it with depth - 1."""
    kind: int
    """The node's kind as the library numbers it; 0 for a criterion or indicator itself."""
    verdict: Verdict | None
    """Of a condition; None for a quantity."""
    reason: Reason
    """Why the verdict is open."""
    label_vi: str | None
    label_en: str | None
    least: Fraction | None
    """Exact lower bound in ``unit``; None when there is none."""
    most: Fraction | None
    """Exact upper bound; equal to ``least`` when the value is known."""
    unit: str | None
    axes: str | None
    """Figures: the axes that chose the threshold, "region=BTB, year=2020"."""
    gap: Fraction | None
    """Comparisons not met: how much is lacking, exactly, in ``gap_unit``."""
    surplus: Fraction | None
    """Comparisons met, but "=": how much there is beyond what is asked, exactly, in ``gap_unit``; of whole things, how
    many."""
    gap_unit: str | None
    compare: Comparison | None
    """Comparisons: the sign."""
    citation: Citation
    """Where the rule or figure was read."""

    @property
    def label(self) -> str:
        """What this is, in Vietnamese where there is a name."""
        return self.label_vi or self.label_en or ""


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _step(raw: dict[str, Any]) -> Step:
    return Step(
        depth=raw["depth"],
        kind=raw["kind"],
        verdict=Verdict(raw["verdict"]) if raw["is_condition"] else None,
        reason=Reason(raw["reason"]),
        label_vi=raw["label_vi"],
        label_en=raw["label_en"],
        least=_fraction(raw["least"]),
        most=_fraction(raw["most"]),
        unit=raw["unit"],
        axes=raw["axes"],
        gap=_fraction(raw["gap"]),
        surplus=_fraction(raw["surplus"]),
        gap_unit=raw["gap_unit"],
        compare=Comparison(raw["compare"]) if raw["compare"] else None,
        citation=Citation(
            Standing(raw["standing"] or Standing.ABSENT), raw["sources"], raw["note"], raw["overlay"]
        ),
    )


class Explanation:
    """Why one verdict of one row is what it is. Frozen, and independent of the result that it came from.

    ``str()`` gives one line in the language that was asked for.
    """

    def __init__(self, handle: core.Explanation, lang: Language) -> None:
        self._core = handle
        self.lang = lang
        """The language of ``str()``."""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The tree, flattened in the order in which it is read."""
        return tuple(_step(raw) for raw in core.explanation_steps(self._core))

    @property
    def verdict(self) -> Verdict:
        """The verdict that is explained."""
        verdict = self.steps[0].verdict if self.steps else None
        return Verdict.OPEN if verdict is None else verdict

    @property
    def gaps(self) -> tuple[Step, ...]:
        """The comparisons that are not met, with how much is lacking."""
        return tuple(step for step in self.steps if step.gap is not None)

    def line(self, lang: Language | None = None) -> str:
        """The explanation in one line of Vietnamese ("vi") or English ("en")."""
        return core.explanation_text(self._core, language_code(lang or self.lang), False)

    def tree(self, lang: Language | None = None) -> str:
        """The explanation as an indented tree, one step a line."""
        return core.explanation_text(self._core, language_code(lang or self.lang), True)

    def _repr_html_(self) -> str:
        """The tree, indented, with a mark on each condition."""
        from .explanation_html import explanation_html

        return explanation_html(self)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "keep its line(), tree() or steps")

    def __str__(self) -> str:
        return self.line()

    def __repr__(self) -> str:
        return f"<ntm.Explanation, {self.verdict.name.lower()}: {self.line()}>"
