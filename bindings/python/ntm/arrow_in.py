# SPDX-License-Identifier: Apache-2.0
"""Arrow data from whoever has them: polars, pyarrow, DuckDB, anything with ``__arrow_c_stream__`` or ``__arrow_c_array__``.

What is copied and what not is in docs/data-in.md.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Iterable, Iterator, NamedTuple

from . import core
from .errors import ArgumentError, Problem, ShapeError, Status

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ZONE = "a point of time with a time zone is another day elsewhere: give the days"

_TEXT = ("u", "U", "vu")
_NUMBERS = tuple("csilCSILg")
_NAMES = {
    "z": "bytes", "Z": "bytes", "vz": "bytes", "+l": "lists", "+L": "lists", "+vl": "lists", "+vL": "lists",
    "+s": "records", "+m": "maps", "+r": "runs; decode them",
}  # fmt: skip


def float_refused(dtype: str) -> str:
    """Why float32 is no column: the same words, wherever it comes from."""
    return (
        f"{dtype} is refused: it does not hold the decimal number that was typed; "
        "read the column as float64, integers or Decimal"
    )


class ArrowType(NamedTuple):
    """The type of a column."""

    name: str
    format: str
    """As the Arrow C data interface writes it."""
    dictionary: str | None
    """The format of its dictionary."""

    @property
    def is_dates(self) -> bool:
        """Whether the values are days."""
        return self.format.startswith(("td", "ts"))

    @property
    def is_text(self) -> bool:
        """Whether the values are text, be it by a dictionary."""
        return self.format in _TEXT or self.dictionary is not None

    @property
    def is_copied(self) -> bool:
        """Whether the values are made into others: unsigned integers, points of time, views."""
        return self.format in (*"CSILn", "tdm", "vu") or self.format.startswith("ts")

    def refusal(self) -> str | None:
        """Why no column can be made of it; None: one can."""
        return _refusal(self.format, self.dictionary)


@lru_cache(maxsize=256)
def _refusal(kind: str, dictionary: str | None) -> str | None:
    if kind in ("f", "e"):
        return float_refused("float32" if kind == "f" else "float16")
    if dictionary is not None:
        return None if dictionary in _TEXT else "a dictionary of other values than text: decode it"
    if kind.startswith("ts"):
        return None if kind.endswith(":") else ZONE
    if kind.startswith("d:") and kind.count(",") > 1 and not kind.endswith(",128"):
        return "a decimal that does not have 128 bits: cast it to decimal128"
    if kind in (*_TEXT, *_NUMBERS, "b", "n", "tdD", "tdm") or kind.startswith("d:"):
        return None
    shown = "durations" if kind.startswith("tD") else "times of day" if kind.startswith("tt") else None
    return f"no column can be made of {shown or _NAMES.get(kind, f'Arrow type {kind!r}')}"


class ArrowColumn:
    """One column of Arrow data, for :func:`ntm.columns.prepare`. Frozen."""

    def __init__(self, kind: ArrowType, table: core.Table, index: int | None, joined: bool = False) -> None:
        self.kind = kind
        self.table = table
        self.index = index
        self._joined = joined

    @property
    def is_copied(self) -> bool:
        """Whether the values are no longer where the producer has them."""
        return self._joined or self.kind.is_copied

    def __len__(self) -> int:
        return core.table_rows(self.table)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def place(self, name: str) -> int:
        """Where in the table it is.

        Raises:
            ShapeError: its type is not read.
        """
        problem = self.kind.refusal()
        if problem is not None or self.index is None:
            raise ShapeError(Problem(Status.SHAPE, problem or "the column has not been read", name))
        return self.index

    def tolist(self) -> list[Any]:
        """Its texts or whole numbers; None where there is none.

        Raises:
            ShapeError: dates, or numbers with a mark.
        """
        place = self.place(self.kind.name)
        if self.kind.is_dates:
            raise ShapeError(Problem(Status.SHAPE, "dates, expected text", self.kind.name))
        return core.table_texts(self.table, place)

    def known(self) -> npt.NDArray[np.bool_]:
        """Which rows have a value: one boolean a row."""
        import numpy as np

        return np.frombuffer(core.table_known(self.table, self.place(self.kind.name)), np.bool_)

    def numbers(self) -> npt.NDArray[Any] | None:
        """The numbers (or codes) where they lie, whatever stands in rows without a value; None: no such numbers."""
        import numpy as np

        found = core.table_array(self.table, self.place(self.kind.name))
        return None if found is None else np.asarray(found)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        import numpy as np

        found = None if self.kind.is_text else self.numbers()
        if found is None or not self.known().all():
            found = np.array([*self.tolist(), None], dtype=object)[:-1]
        return found if dtype is None else found.astype(dtype)


class ArrowColumns:
    """Columns of Arrow data, by name. They are read when one is first asked for: all of them, or those wanted."""

    def __init__(self, types: Iterable[ArrowType], stream: core.Stream | None, source: Any = None) -> None:
        self.types = {kind.name: kind for kind in types}
        self._stream = stream
        self._source = source
        self._wanted: list[str] | None = None
        self._table: core.Table | None = None
        self._places: dict[str, int] = {}
        self._joined = False

    @classmethod
    def over(cls, types: Iterable[ArrowType], table: core.Table) -> ArrowColumns:
        """Over a table that was read already."""
        made = cls(types, None)
        made._fill(table)
        return made

    def _fill(self, table: core.Table) -> None:
        self._table = table
        self._places = {name: at for at, name in enumerate(core.table_names(table))}

    def keys(self) -> list[str]:
        """The names, read or not."""
        return list(self.types)

    def __iter__(self) -> Iterator[str]:
        return iter(self.types)

    def __len__(self) -> int:
        return len(self.types)

    def __contains__(self, name: object) -> bool:
        return name in self.types

    def want(self, names: Iterable[str]) -> None:
        """Says which columns are read; the others are not looked at. Of no effect once they have been read."""
        self._wanted = [*(self._wanted or ()), *names]

    def _read(self) -> core.Table:
        if self._table is None:
            assert self._stream is not None
            self._fill(core.stream_read(self._stream, readable(self.types.values(), self._wanted), None))
            self._joined = core.stream_batches(self._stream) > 1
            _check_not_spent(self._stream, self._source)
            self._stream = self._source = None
        assert self._table is not None
        return self._table

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return core.table_rows(self._read())

    def __getitem__(self, name: str) -> ArrowColumn:
        table = self._read()
        return ArrowColumn(self.types[name], table, self._places.get(name), self._joined)


def readable(types: Iterable[ArrowType], wanted: Iterable[str] | None) -> tuple[str, ...]:
    """The wanted columns (None: all) that can be read: the others are refused when they are used, by their own words."""
    names = None if wanted is None else set(wanted)
    return tuple(kind.name for kind in types if kind.refusal() is None and (names is None or kind.name in names))


def _check_not_spent(stream: core.Stream, source: Any) -> None:
    """That a reader gave something: one that was read already looks like one that is empty."""
    if core.stream_batches(stream) == 0 and hasattr(source, "read_next_batch"):
        what = "the reader has no rows left: it was read already, or its source is empty; make it again"
        raise ArgumentError(what)


def is_arrow(data: Any) -> bool:
    """Whether data hand themselves over by Arrow, and are no mapping."""
    return not hasattr(data, "keys") and (hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"))


def open_stream(data: Any) -> tuple[core.Stream, list[ArrowType], bool]:
    """(the stream, the types of its columns, whether it has record batches).

    A reader is consumed: it is read from where it stands, and is of no use afterwards.

    Raises:
        ArgumentError: a stream that was read already.
        FileError: the producer failed; its words are in the message.
    """
    if hasattr(data, "__arrow_c_array__"):
        stream = core.stream_of(*data.__arrow_c_array__())
    else:
        stream = core.stream_new(data.__arrow_c_stream__())
    batches, types = core.stream_types(stream)
    return stream, [ArrowType(name, kind or "", dictionary) for name, kind, dictionary in types], batches


def arrow_columns(data: Any) -> ArrowColumns:
    """The columns of a table, record batch, reader, data frame or relation.

    Raises:
        TypeError: one column without a name.
        ConflictError: two columns of one name.
    """
    stream, types, batches = open_stream(data)
    if not batches:
        raise TypeError(f"a table with names is needed, not one column ({type(data).__name__})")
    return ArrowColumns(_once(types), stream, data)


def _once(types: list[ArrowType]) -> list[ArrowType]:
    from .tables import check_once

    check_once(kind.name for kind in types)
    return types


def arrow_column(name: str, data: Any) -> ArrowColumn:
    """One array, chunked array or series as a column.

    Raises:
        ShapeError: a table, or a type that is no column.
    """
    stream, types, batches = open_stream(data)
    if batches:
        raise ShapeError(Problem(Status.SHAPE, "a table or records, expected one column", name))
    kind = types[0]._replace(name=name)
    problem = kind.refusal()
    if problem is not None:
        raise ShapeError(Problem(Status.SHAPE, problem, name))
    table = core.stream_read(stream, None, name)
    return ArrowColumn(kind, table, 0, core.stream_batches(stream) > 1)


def arrow_parts(data: Any, rows_max: int, wanted: Iterable[str] | None = None) -> Iterator[ArrowColumns]:
    """The columns of a stream part by part, each of at most `rows_max` rows, in bounded memory: nothing is joined.

    Args:
        data: as :func:`arrow_columns`; a reader is consumed.
        rows_max: 0: the batches of the producer.
        wanted: the columns that are read; None: all.

    Raises:
        ArgumentError: a reader that was read already.
        TypeError, ConflictError, FileError: as :func:`arrow_columns` and :func:`open_stream`.
    """
    stream, types, batches = open_stream(data)
    if not batches:
        raise TypeError(f"a table with names is needed, not one column ({type(data).__name__})")
    names = readable(_once(types), wanted)
    while True:
        table = core.stream_next(stream, rows_max, names, None)
        if table is None:
            _check_not_spent(stream, data)
            return
        yield ArrowColumns.over(types, table)
