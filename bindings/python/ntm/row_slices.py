# SPDX-License-Identifier: Apache-2.0
"""Some rows of a table of the caller's, of whatever sort: a slice of it, or the rows of given numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Callable

from .columns import Column, length_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def row_count(data: Any) -> int | None:
    """Rows of a table; None where it cannot be told without reading it."""
    for name in ("num_rows", "height"):  # of pyarrow, of polars
        if isinstance(getattr(data, name, None), int) and not isinstance(data, dict):
            return int(getattr(data, name))
    if not hasattr(data, "keys"):
        return None
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
    """The rows from ``first`` up to ``last``, without a copy where the table's own kind of slice makes none."""
    if hasattr(data, "iloc"):  # a data frame of pandas
        return data.iloc[first:last]
    if hasattr(data, "slice") and not hasattr(data, "keys"):  # polars, and record batches
        return data.slice(first, last - first)

    def some(value: Any) -> Any:
        if hasattr(value, "iloc"):  # a series of pandas
            return value.iloc[first:last]
        if not hasattr(value, "__array__") and not isinstance(value, (list, tuple)):
            value = _as_array(value)
        return value[first:last]

    return _of_columns(data, some)


def rows_at(data: Any, rows: npt.NDArray[np.int64]) -> Any:
    """The rows of these numbers, copied."""
    if hasattr(data, "iloc"):
        return data.iloc[rows]
    if hasattr(data, "get_columns"):  # polars
        return data[rows]
    if hasattr(data, "take") and not hasattr(data, "keys"):  # record batches
        return data.take(rows)

    def some(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [value[row] for row in rows.tolist()]
        if hasattr(value, "iloc"):
            return value.iloc[rows]
        return (value if hasattr(value, "__array__") else _as_array(value))[rows]

    return _of_columns(data, some)


def _as_array(value: Any) -> Any:
    import numpy as np

    return np.asarray(value)
