# SPDX-License-Identifier: Apache-2.0
"""Overlays: amendments, what a province decides, and what is known only from memory."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn

from . import core
from .file_errors import with_paths
from .findings import Finding, findings_of
from .handles import TextOrPath, as_bytes, no_pickle
from .parts import Standing, instrument_of

if TYPE_CHECKING:
    from .criteria import CriteriaSet


class Rank(IntEnum):
    """Who decided an act. A lower number is a higher authority."""

    CENTRAL = 1
    """Trung ương."""
    PROVINCE = 2
    """Cấp tỉnh."""
    DISTRICT = 3
    """Cấp huyện."""
    COMMUNE = 4
    """Cấp xã."""


class Overlay:
    """A layer over a set: an amendment, what a province decides, or what is known only from memory.

    >>> overlay = ntm.catalogue().overlay("commune-ntm-2016-2020.recalled.unverified")
    >>> overlay.standing.name, overlay.place, overlay.rank.name
    ('UNVERIFIED', 'VN', 'CENTRAL')
    """

    def __init__(self, handle: core.Overlay) -> None:
        self._core = handle
        about = core.overlay_about(handle)
        self.id: str = about["id"]
        """Its id; one that cannot be relied on ends in ``.unverified``."""
        self.of: str = about["of"]
        """Id of the set that it goes over."""
        self.standing = Standing(about["standing"])
        """How far all of it can be relied on."""
        self.place: str = about["place"]
        """Where it holds: "VN" (wherever its set holds), the code of a province, or a longer way down ("42/436")."""
        self.rank = Rank(about["rank"])
        """Who decided it."""
        self.instrument = instrument_of(about["instrument"])
        """The act behind it, with its days; all of it may be unknown."""

    @classmethod
    def read(cls, source: TextOrPath) -> Overlay:
        """Reads an overlay from a file, or from YAML (text with a newline, or bytes).

        Raises:
            TextError, SchemaError, UnitError, LimitError: with ``.problems``, each with line and column.
            FileError: the file cannot be read.
        """
        path, contents = as_bytes(source)
        with with_paths(path):
            return cls(core.overlay_open(path) if path is not None else core.overlay_read(contents or b"", "text"))

    def lint(self, base: CriteriaSet) -> tuple[Finding, ...]:
        """Whether it can be laid over its set, and whether it gives values that nobody is known to have left to it.

        Args:
            base: the set it goes over.
        """
        handle: Any = getattr(base, "_core", None)  # a CriteriaSet; the core refuses anything else
        return findings_of(core.overlay_lint(self._core, handle))

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "read it again from where it came")

    def __repr__(self) -> str:
        return f"<ntm.Overlay {self.id} over {self.of}, {self.standing.name.lower()}>"
