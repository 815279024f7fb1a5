# SPDX-License-Identifier: Apache-2.0
"""Where in which file an error is: whole paths, which the core cuts, and lines of rows of CSV."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import Callable, Iterator, Sequence

from .errors import NtmError, Problem


def line_of_row(contents: bytes, row: int) -> int | None:
    """The line, from 1, on which a row (from 0, the header not counted) begins; None past the end.

    Of CSV that could be read: then quotes stand in quoted cells alone, and a record ends where their number is even.

    >>> line_of_row(b'# note\\na,b\\n1,"x\\ny"\\n2,z\\n', 1)
    5
    """
    record, begins, quotes, in_head = -2, 1, 0, True
    for number, line in enumerate(contents.split(b"\n"), 1):
        if in_head and line.startswith((b"#", b"\xef\xbb\xbf#")):
            continue
        in_head = False
        if quotes % 2 == 0:
            record, begins = record + 1, number
            if record == row:
                return begins if line else None
        quotes += line.count(b'"')
    return None


_CUT = 127  # bytes of a subject that the core keeps


def _whole(subject: str, paths: Sequence[str]) -> str:
    """A subject whose file is named in full where the core cut it, or named its last part."""
    file, mark, inside = subject.partition(": ")
    for path in paths:
        cut = len(file.encode()) >= _CUT - 4 and path.startswith(file)
        if file and (cut or file == os.path.basename(path)):
            return path + mark + inside
    return subject


def _again(error: NtmError, change: Callable[[Problem], Problem]) -> NtmError:
    made = type(error)(change(error.problem), [change(one) for one in error.problems], error.problem_count)
    made.unit = error.unit
    return made


@contextmanager
def with_paths(*paths: bytes | None) -> Iterator[None]:
    """Errors raised inside name their file in full."""
    try:
        yield
    except NtmError as error:
        whole = [os.fsdecode(path) for path in paths if path is not None]
        raise _again(error, lambda one: replace(one, subject=_whole(one.subject, whole))) from None


@contextmanager
def with_lines(path: bytes | None, contents: bytes | None, name: str = "text") -> Iterator[None]:
    """Errors about rows of a CSV file, raised inside, name their file in full and tell their line.

    Args:
        path, contents: where the CSV is; one of them.
        name: what errors call it when there is no path.
    """
    try:
        with with_paths(path):
            yield
    except NtmError as error:
        called = name if path is None else os.fsdecode(path)
        contents = _contents(path) if contents is None else contents

        def placed(one: Problem) -> Problem:
            own = one.subject == called or one.subject.startswith(called + ": ")
            if one.row is None or one.line is not None or not own or contents is None:
                return one
            return replace(one, line=line_of_row(contents, one.row))

        raise _again(error, placed) from None


def _contents(path: bytes | None) -> bytes | None:
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
