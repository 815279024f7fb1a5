# SPDX-License-Identifier: Apache-2.0
"""Writing the page: whole or not at all."""

from __future__ import annotations

import io
import os
from typing import Any

from ..errors import FileError, Problem, Status
from ..whole_files import write_whole


def write(path: Any, text: str) -> None:
    """Writes text in UTF-8 to a path, by a temporary file beside it, or to an object with ``write``.

    Raises:
        FileError: the file cannot be written; one that was there stays as it was.
        TypeError: neither a path nor a file.
    """
    if hasattr(path, "write"):
        is_text = isinstance(path, io.TextIOBase) or getattr(path, "encoding", None) is not None
        path.write(text if is_text else text.encode("utf-8"))
        return
    name = os.fsdecode(path)
    try:
        write_whole(name, text.encode("utf-8"))
    except OSError as error:
        raise FileError(Problem(Status.IO, error.strerror or str(error), name)) from None
    except ValueError as error:  # a NUL in the path
        raise FileError(Problem(Status.IO, str(error), name)) from None
