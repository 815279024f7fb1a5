# SPDX-License-Identifier: Apache-2.0
"""Tables whose columns the caller names, or that have fixed names: text, days and numbers as the core takes them."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Collection, Iterable, Sequence, TypeVar

from . import core
from .columns import Nan, Prepared, empty_of, length_of, nothing_reported, own_masks, prepare, reported
from .errors import ArgumentError, NotFoundError, Problem, ShapeError, Status
from .tables import add_column, columns_of, not_found, only

_Enum = TypeVar("_Enum", bound=IntEnum)


def enum_of(name: str, kind: type[_Enum], value: Any) -> _Enum:
    """A member of an enum, or its name as text: "half up" is HALF_UP.

    Raises:
        ArgumentError: text that is no name of a member.
        TypeError: neither a member nor text.
    """
    if isinstance(value, kind):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{name} has to be an ntm.{kind.__name__} or text, not {type(value).__name__}")
    for member in kind:
        if member.name == value.replace(" ", "_").replace("-", "_").upper():
            return member
    known = ", ".join(repr(member.name.lower().replace("_", " ")) for member in kind)
    raise ArgumentError(f"{name} {value!r}: {known}")


def as_text(name: str, column: Prepared) -> Prepared:
    """A column of text; whole numbers are taken as their digits (codes read as numbers).

    Raises:
        ShapeError: numbers that may have been something else: 18103.0, or True.
    """
    import numpy as np

    if column.categories is not None:
        return column
    if not reported(column).any():  # None alone has no sort of its own
        return Prepared(np.full(len(column.data), -1, np.int32), 0, None, column.not_applicable, ())
    if column.data.dtype.kind != "i" or column.scale or column.is_dates:
        what = "dates" if column.is_dates else "flags" if column.data.dtype.kind == "b" else "numbers with a mark"
        hint = "; read the column as text (dtype=str)" if what.startswith("numbers") else ""
        raise ShapeError(Problem(Status.SHAPE, f"{what}, expected text{hint}", name))
    column = own_masks(column)
    found, codes = np.unique(column.data, return_inverse=True)
    texts = tuple(str(one) for one in found.tolist())
    return Prepared(codes.astype(np.int32), 0, column.validity, column.not_applicable, texts)


def as_days(name: str, column: Prepared) -> Prepared:
    """A column of days: dates, or text like "2020-02-25".

    Raises:
        ShapeError: numbers or flags.
    """
    if column.is_dates or column.categories is not None:
        return column
    if not reported(column).any():
        return as_text(name, column)
    raise ShapeError(Problem(Status.SHAPE, "numbers, expected dates or text like '2020-02-25'", name))


def as_numbers(column: Prepared) -> Prepared:
    """A column of numbers: one of nothing but None, which has no sort of its own, becomes one."""
    if (column.data.dtype.kind != "b" and column.categories is None) or not nothing_reported(column):
        return column
    return empty_of(column, "numbers")


def text_at(column: Prepared, row: int) -> str | None:
    """The text of a row of a text column; None where there is none."""
    if column.arrow is not None and column.categories is not None:
        text = core.table_text(column.arrow.table, column.arrow.place(column.arrow.kind.name), row)
        return text if isinstance(text, str) and reported(column)[row] else None
    code = int(column.data[row]) if row < len(column.data) else -1
    if code < 0 or column.categories is None or code >= len(column.categories) or not reported(column)[row]:
        return None
    return column.categories[code]


def one_column(name: str, column: Prepared) -> core.Table:
    """A table of one column."""
    return core_table(len(column.data), {name: column}, "error")


def core_table(rows: int, columns: dict[str, Prepared], nan: Nan) -> core.Table:
    """A table of the core over prepared columns."""
    table = core.table_new(rows, len(columns))
    for name, one in columns.items():
        add_column(table, name, one, nan)
    return table


def text_values(name: str, values: Any) -> Prepared:
    """A sequence of codes or names as a text column.

    Raises:
        TypeError: no sequence, or a text alone.
    """
    rows = length_of(values)
    if rows is None:
        raise TypeError(f"{name} has to be a sequence with one text a row, not {type(values).__name__}")
    return as_text(name, prepare(name, values, rows))


def prepare_all(
    data: Any,
    names: Iterable[str],
    *,
    text: Collection[str] = (),
    days: Collection[str] = (),
    numbers: Collection[str] = (),
) -> tuple[int, dict[str, Prepared]]:
    """(rows, the named columns); those of `text`, `days` and `numbers` as such.

    Raises:
        NotFoundError: the data have no such column.
        ShapeError: a column of another sort or length.
    """
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in data.keys():
            raise NotFoundError(not_found("column", name, [str(key) for key in data.keys()]))
    only(data, wanted)
    lengths = [length for length in (length_of(data[name]) for name in wanted) if length is not None]
    rows = lengths[0] if lengths else 1
    columns = {}
    for name in wanted:
        column = prepare(name, data[name], rows)
        if len(column.data) != rows:
            raise ShapeError(Problem(Status.SHAPE, f"{len(column.data)} rows, expected {rows}", name))
        if name in text:
            column = as_text(name, column)
        elif name in days:
            column = as_days(name, column)
        elif name in numbers:
            column = as_numbers(column)
        columns[name] = column
    return rows, columns


def open_table(
    data: Any, names: Iterable[str], *, nan: Nan, text: Collection[str] = (), numbers: Collection[str] = ()
) -> tuple[core.Table, dict[str, Prepared]]:
    """A table with the named columns, and what they were prepared as.

    Raises:
        NotFoundError, ShapeError: as :func:`prepare_all`.
    """
    rows, columns = prepare_all(columns_of(data), names, text=text, numbers=numbers)
    return core_table(rows, columns, nan), columns


def whole_table(
    data: Any,
    *,
    nan: Nan,
    text: Collection[str] = (),
    days: Collection[str] = (),
    numbers: Collection[str] = (),
) -> tuple[core.Table, dict[str, Prepared]]:
    """A table with all columns of the data, as :func:`open_table`: the core says which of them it does not know.

    Raises:
        ShapeError: as :func:`prepare_all`.
    """
    columns = columns_of(data)
    names = [str(name) for name in columns.keys()]
    rows, prepared = prepare_all(columns, names, text=text, days=days, numbers=numbers)
    return core_table(rows, prepared, nan), prepared


def texts_of(name: str, texts: Sequence[str] | str) -> tuple[str, ...]:
    """A tuple of texts; one text alone is one.

    Raises:
        TypeError: anything else.
    """
    made = (texts,) if isinstance(texts, str) else tuple(texts)
    for one in made:
        if not isinstance(one, str):
            raise TypeError(f"{name} have to be text, not {type(one).__name__}")
    return made
