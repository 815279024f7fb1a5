# SPDX-License-Identifier: Apache-2.0
"""On which line of a CSV file a row begins, for errors that are found after it was read."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import Iterator

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


@contextmanager
def with_lines(path: bytes | None, contents: bytes | None, name: str = "text") -> Iterator[None]:
    """Errors about rows of a CSV file, raised inside, also tell their line.

    Args:
        path, contents: where the CSV is; one of them.
        name: what errors call it when there is no path.
    """
    try:
        yield
    except NtmError as error:
        if all(one.row is None or one.line is not None for one in error.problems):
            raise
        called = name if path is None else os.fsdecode(path)
        if contents is None and path is not None:
            try:
                with open(path, "rb") as file:
                    contents = file.read()
            except OSError:
                raise error from None

        def placed(one: Problem) -> Problem:
            own = one.subject == called or one.subject.startswith(called + ": ")
            if one.row is None or one.line is not None or not own or contents is None:
                return one
            return replace(one, line=line_of_row(contents, one.row))

        made = type(error)(placed(error.problem), [placed(one) for one in error.problems], error.problem_count)
        made.unit = error.unit
        raise made from None
