# SPDX-License-Identifier: Apache-2.0
"""Results by group: what the keys are, and a mapping from key to result."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Any, Callable, Generic, Iterator, Mapping, Sequence, TypeVar, Union

from .columns import Prepared
from .days import day_of
from .errors import NotFoundError, Problem, Status
from .exports import Frame, Out, Rows, int_column, text_column, value_column, word_column

T = TypeVar("T")


class Missing(Enum):
    """In place of a key: the rows in which the grouping column has none."""

    NOT_REPORTED = "not reported"
    """Nobody has said."""
    NOT_APPLICABLE = "not applicable"
    """There is nothing to report."""


KeyPart = Union[str, int, bool, datetime.date, Missing]


def _part(raw: tuple[int, str | None, int], column: Prepared | None) -> KeyPart:
    known, text, value = raw
    if known != 1:
        return Missing.NOT_APPLICABLE if known == 2 else Missing.NOT_REPORTED
    if text is not None:
        return text
    if column is not None and column.is_dates:
        return day_of(value)
    return bool(value) if column is not None and column.data.dtype.kind == "b" else value


class Grouped(Rows, Generic[T]):
    """Results by group, and over all rows (``total``).

    ``result[key]`` is the result of a group: the value of the grouping column, or a tuple of values where there are
    several. Iterating gives the keys in their order: numbers and texts upward, then :attr:`Missing.NOT_REPORTED`, then
    :attr:`Missing.NOT_APPLICABLE`. Without grouping columns there is the total only.
    """

    def __init__(self, by: Sequence[str], keys: Sequence[Any], make: Callable[[int, Any], T]) -> None:
        self.by: tuple[str, ...] = tuple(by)
        """Names of the grouping columns."""
        self._keys = tuple(keys)
        self._places = {key: place for place, key in enumerate(self._keys)}
        self._make = make

    @property
    def total(self) -> T:
        """Over all rows."""
        return self._make(-1, None)

    def keys(self) -> tuple[Any, ...]:
        """The keys of all groups, in their order."""
        return self._keys

    def values(self) -> tuple[T, ...]:
        """The results of all groups, in the order of the keys."""
        return tuple(self._make(place, key) for place, key in enumerate(self._keys))

    def items(self) -> tuple[tuple[Any, T], ...]:
        """Pairs of key and result."""
        return tuple(zip(self._keys, self.values()))

    def __getitem__(self, key: Any) -> T:
        if key not in self._places:
            raise NotFoundError(Problem(Status.NOT_FOUND, "no such group", str(key)))
        return self._make(self._places[key], key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._keys)


def read_keys(
    count: int, by: Sequence[str], read: Callable[[int, int], tuple[int, str | None, int]],
    columns: Mapping[str, Prepared] | None,
) -> list[Any]:
    """The keys of all groups, one value where there is one grouping column, else tuples."""
    made = []
    for group in range(count):
        parts = tuple(
            _part(read(group, field), None if columns is None else columns.get(name)) for field, name in enumerate(by)
        )
        made.append(parts[0] if len(parts) == 1 else parts)
    return made


def key_columns(by: Sequence[str], keys: Sequence[Any]) -> list[Out]:
    """The keys of rows as columns, named as the grouping columns; None where a key is missing.

    Where any is, ``<column>_missing`` says why: "not reported" or "not applicable". Without groups there is one column,
    ``group``, which says "total".
    """
    if not by:
        return [text_column("group", ["total"] * len(keys))]
    made = []
    for at, name in enumerate(by):
        parts = [key if len(by) == 1 else key[at] for key in keys]
        made.append(value_column(name, [None if isinstance(part, Missing) else part for part in parts]))
        if any(isinstance(part, Missing) for part in parts):
            why = [part.value if isinstance(part, Missing) else None for part in parts]
            made.append(word_column(f"{name}_missing", why, [one.value for one in Missing]))
    return made


def group_frame(by: Sequence[str], keys: Sequence[Any], rows: Sequence[Mapping[str, Any]]) -> Frame:
    """Rows by group: the keys, then int and exact columns; one row "total" without groups."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    made = key_columns(by, keys if by else [None] * len(rows))
    for name in names:
        values = [row[name] for row in rows]
        whole = all(isinstance(one, int) for one in values)
        made.append(int_column(name, values) if whole and values else Out(name, "exact", values))
    return Frame(made)
