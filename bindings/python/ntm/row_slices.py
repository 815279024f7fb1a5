# SPDX-License-Identifier: Apache-2.0
"""Some rows of a table of the caller's, of whatever sort: a slice of it, or the rows of given numbers."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable

from .arrow_in import is_arrow
from .columns import Column, _is_arrow, length_of
from .tables import check_once, columns_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def row_count(data: Any) -> int | None:
    """Rows of a table; None where it cannot be told without reading it."""
    if not hasattr(data, "keys"):
        for name in ("num_rows", "height"):  # of pyarrow, of polars
            if isinstance(getattr(data, name, None), int):
                return int(getattr(data, name))
        return len(data) if hasattr(data, "dtype") else None
    lengths = [length for length in (length_of(data[name]) for name in data.keys()) if length is not None]
    return lengths[0] if lengths else 1


def _of_columns(data: Any, of: Callable[[Any], Any]) -> dict[Any, Any]:
    return {name: _of_column(data[name], of) for name in data.keys()}


def _of_column(value: Any, of: Callable[[Any], Any]) -> Any:
    if isinstance(value, Column):
        masks = (None if mask is None else of(mask) for mask in (value.not_reported, value.not_applicable))
        return replace(value, values=_of_column(value.values, of), **dict(zip(("not_reported", "not_applicable"), masks)))
    return value if length_of(value) is None else of(value)


def rows_between(data: Any, first: int, last: int) -> Any:
    """The rows from ``first`` up to ``last`` of a mapping, data frame of pandas or structured array, without a copy where its
    own kind of slice makes none."""
    if hasattr(data, "iloc"):
        return data.iloc[first:last]
    if not hasattr(data, "keys"):
        return data[first:last]

    def some(value: Any) -> Any:
        if hasattr(value, "iloc"):  # a series of pandas
            return value.iloc[first:last]
        if not hasattr(value, "__array__") and not isinstance(value, (list, tuple)):
            value = _as_array(value)
        return value[first:last]

    return _of_columns(data, some)


def by_columns(data: Any) -> Any:
    """A mapping of columns, or a data frame of pandas, from whatever has columns, so that rows can be taken from it.

    Raises:
        ConflictError: two columns of one name.
        TypeError: nothing that has columns.
        ImportError: Arrow data that only pyarrow can take rows from, and it is not installed.
    """
    if hasattr(data, "get_columns"):  # a data frame of polars
        return {series.name: series for series in data.get_columns()}
    if is_arrow(data):
        try:
            pyarrow: Any = importlib.import_module("pyarrow")
        except ImportError:
            what = f'rows of {type(data).__name__} are taken by pyarrow: pip install pyarrow, or hand in a mapping'
            raise ImportError(what) from None
        table = pyarrow.table(data)
        check_once(table.column_names)
        return {name: table.column(name) for name in table.column_names}
    return columns_of(data)


def listed(values: Any) -> list[Any]:
    """A column as a list of Python's own objects.

    Raises:
        TypeError: an ntm.Column, of which a value is not all that is said.
    """
    if isinstance(values, Column):
        raise TypeError("an ntm.Column: say what is not reported by None")
    kind = getattr(getattr(values, "dtype", None), "kind", None)
    if kind == "M" and not hasattr(values, "to_list"):  # in nanoseconds, tolist() would give integers
        values = values.astype("M8[us]")
    for name in ("to_list", "to_pylist", "tolist"):
        if hasattr(values, name):
            return list(getattr(values, name)())
    return list(values)


def plain(values: Any) -> Any:
    """A column of Arrow as a list; any other as it is."""
    return listed(values) if _is_arrow(values) else values


def rows_at(data: Any, rows: npt.NDArray[np.int64]) -> Any:
    """The rows of these numbers of what :func:`by_columns` gives, copied."""
    if hasattr(data, "iloc"):
        return data.iloc[rows]

    def some(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [value[row] for row in rows.tolist()]
        if hasattr(value, "iloc"):
            return value.iloc[rows]
        if hasattr(value, "to_pylist"):  # of pyarrow
            return value.take(rows)
        return (value if hasattr(value, "__array__") else _as_array(value))[rows]

    return _of_columns(data, some)


def _as_array(value: Any) -> Any:
    import numpy as np

    return np.asarray(value)
