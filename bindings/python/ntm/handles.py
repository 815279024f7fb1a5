# SPDX-License-Identifier: Apache-2.0
"""What objects over the core have in common: where they are read from, and that they are not pickled."""

from __future__ import annotations

import os
from typing import NoReturn, Union

TextOrPath = Union[str, bytes, "os.PathLike[str]"]


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
