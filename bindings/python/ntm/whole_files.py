# SPDX-License-Identifier: Apache-2.0
"""Files written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil


def write_whole(path: str, contents: bytes) -> None:
    """Writes a file by another one beside it, which takes its place: whoever reads meanwhile sees the old one or the new one.

    What a link leads to is written; a pipe or device is written to, and no file takes its place.

    Raises:
        OSError: the file cannot be written; one that was there stays as it was.
        ValueError: a NUL in the path.
    """
    path = os.path.realpath(path)
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
