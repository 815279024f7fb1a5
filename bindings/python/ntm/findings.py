# SPDX-License-Identifier: Apache-2.0
"""Findings of the lint: what is well formed in a set, an overlay or a catalogue, and still hardly meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Iterable

from . import core


class Severity(IntEnum):
    """How grave a finding is."""

    ERROR = 1
    """It cannot be meant as it stands."""
    WARNING = 2
    """Somebody should look."""
    REMARK = 3
    """Good to know: what is absent, what has no name."""


@dataclass(frozen=True)
class Place:
    """A place in a set or an overlay."""

    set: str | None
    """Id of the set, or of the overlay."""
    path: str | None
    """The thing: "figures.income", "criteria.15.indicators.15.3"."""
    file: str | None
    """The file it was read from; the id where there is none."""
    line: int | None
    """Line of the file, from 1."""
    column: int | None
    """Column (in characters), from 1."""

    def __str__(self) -> str:
        where = self.file or self.set or ""
        if self.line is not None:
            where += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        return f"{where} {self.path}" if self.path else where


@dataclass(frozen=True)
class Finding:
    """One finding. ``str()`` is one line with its place."""

    code: str
    """A word that stays the same for ever: "ladder-maxima"; :func:`lint_codes` says what it means."""
    severity: Severity
    """How grave it is."""
    at: Place | None
    """Where."""
    other: Place | None
    """The second place where two are concerned."""
    text: str
    """One English sentence, with the figures."""

    def __str__(self) -> str:
        also = f" (see {self.other})" if self.other is not None else ""
        return f"{self.at or ''}: {self.severity.name.lower()}: {self.text}{also} [{self.code}]"


def _place(raw: tuple[str | None, str | None, str | None, int, int] | None) -> Place | None:
    return None if raw is None else Place(*raw[:3], line=raw[3] or None, column=raw[4] or None)


def findings_of(raw: Iterable[core._Finding]) -> tuple[Finding, ...]:
    """Findings, from what the core gives."""
    return tuple(
        Finding(code, Severity(severity), _place(at), _place(other), text) for code, severity, at, other, text in raw
    )


def lint_codes() -> dict[str, str]:
    """Every code of a finding, and what it means.

    >>> "ladder-maxima" in ntm.lint_codes()
    True
    """
    return dict(core.lint_codes())
