# SPDX-License-Identifier: Apache-2.0
"""What objects over the core have in common: where they are read from, and that they are not pickled."""

from __future__ import annotations

import os
from types import TracebackType
from typing import ClassVar, Generic, NoReturn, TypeVar, Union

TextOrPath = Union[str, bytes, "os.PathLike[str]"]


_Handle = TypeVar("_Handle")
_Self = TypeVar("_Self", bound="Held[object]")


class Held(Generic[_Handle]):
    """An object over a handle of the core that can be let go of, also by ``with``."""

    _what: ClassVar[str]
    """What messages call it: "catalogue"."""
    _again: ClassVar[str]
    """What to do in place of copying it."""
    _handle: _Handle | None

    @property
    def _core(self) -> _Handle:
        if self._handle is None:
            raise ValueError(f"the {self._what} is closed: {self._again}")
        return self._handle

    def close(self) -> None:
        """Lets go of it; using it afterwards raises ValueError. Closing twice does nothing."""
        self._handle = None

    def __enter__(self: _Self) -> _Self:
        self._core
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        no_pickle(self, self._again)


def no_pickle(thing: object, instead: str) -> NoReturn:
    """What the objects say that cannot be pickled or copied."""
    raise TypeError(f"an ntm.{type(thing).__name__} cannot be pickled or copied: {instead}")


def as_bytes(source: TextOrPath) -> tuple[bytes | None, bytes | None]:
    """(path, None) or (None, contents): text with a newline and bytes are contents, anything else is a path."""
    if isinstance(source, bytes):
        return None, source
    if isinstance(source, str) and "\n" in source:
        return None, source.encode("utf-8")
    return os.fsencode(source), None
