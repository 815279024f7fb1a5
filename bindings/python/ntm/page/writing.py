# SPDX-License-Identifier: Apache-2.0
"""Writing the page: whole or not at all."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from typing import Any

from ..errors import FileError, Problem, Status


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
        _put(os.path.realpath(name), text.encode("utf-8"))
    except OSError as error:
        raise FileError(Problem(Status.IO, error.strerror or str(error), name)) from None
    except ValueError as error:  # a NUL in the path
        raise FileError(Problem(Status.IO, str(error), name)) from None


def _put(path: str, contents: bytes) -> None:
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        with open(path, "wb") as device:  # a pipe, /dev/stdout: a file must not take its place
            device.write(contents)
    else:
        _replace(path, contents)


def _replace(path: str, contents: bytes) -> None:
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f".{name[:40]}.{secrets.token_hex(6)}.tmp")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
        if os.path.exists(path):
            shutil.copymode(path, beside)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
