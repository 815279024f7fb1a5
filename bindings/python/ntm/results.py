# SPDX-License-Identifier: Apache-2.0
"""Tables of results: cells of cubes, rates, slow money. Columns by name, rows, data frames."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Iterator, NamedTuple, NoReturn, Sequence

from .days import day_of
from .errors import ConflictError, NotFoundError, Problem, Status
from .exports import Frame, Out, Rows
from .handles import no_pickle
from .number import decimal_of, text_of
from .tables import not_found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BYTES, _INT32, _INT64, _DECIMAL128 = 2, 5, 6, 8


class _Field(NamedTuple):
    """A column as the core hands it over."""

    name: str
    type: int
    scale: int
    data: bytes
    validity: bytes | None
    categories: list[str] | None


class ResultColumns(Rows):
    """Columns by name, in order: text, int (đồng, counts), Decimal (in kind), dates or booleans; None where there is none.

    A mapping of columns as data frames are, so that pandas and the functions of this package take it.
    """

    _days: tuple[str, ...] = ()

    def __init__(self, columns: tuple[int, list[tuple[Any, ...]]]) -> None:
        rows, fields = columns
        for name, count in Counter(field[0] for field in fields).items():
            if count > 1:
                what = "a side has the name of another column of the result: rename the dimension"
                raise ConflictError(Problem(Status.CONFLICT, what, name))
        self._rows = rows
        self._fields = {field[0]: _Field(*field) for field in fields}
        self._made: dict[str, list[Any]] = {}

    def keys(self) -> Sequence[str]:
        """The names of the columns."""
        return tuple(self._fields)

    def __getitem__(self, name: str) -> list[Any]:
        """A column, one value a row.

        Raises:
            NotFoundError: there is no such column.
        """
        if text_of("a column's name", name) not in self._fields:
            raise NotFoundError(not_found("column", name, self._fields))
        return list(self._column(name))

    def _column(self, name: str) -> list[Any]:
        if name not in self._made:
            self._made[name] = self._values(self._fields[name])
        return self._made[name]

    def _values(self, field: _Field) -> list[Any]:
        if field.type == _DECIMAL128:
            size = 16
            wide = (int.from_bytes(field.data[at : at + size], "little", signed=True)
                    for at in range(0, size * self._rows, size))
            made: list[Any] = [decimal_of(one, field.scale) for one in wide]
        else:
            numbers = self._numbers(field).tolist()
            if field.categories is not None:
                return [None if one < 0 else field.categories[one] for one in numbers]
            if field.name in self._days:
                made = [day_of(one) for one in numbers]
            else:
                made = [decimal_of(one, field.scale) for one in numbers] if field.scale else numbers
        if field.validity is None:
            return made
        return [one if there else None for one, there in zip(made, self._known(field).tolist())]

    def _numbers(self, field: _Field) -> npt.NDArray[Any]:
        import numpy as np

        return np.frombuffer(field.data, {_BYTES: np.bool_, _INT32: np.int32, _INT64: np.int64}[field.type])

    def _known(self, field: _Field) -> npt.NDArray[np.bool_]:
        import numpy as np

        if field.validity is None:
            return np.ones(self._rows, bool)
        bits = np.frombuffer(field.validity, np.uint8)
        return np.unpackbits(bits, count=self._rows, bitorder="little").astype(bool)

    def row(self, row: int) -> dict[str, Any]:
        """One row by the names of the columns; negative rows count from the end.

        Raises:
            IndexError: there is no such row.
        """
        if not -self._rows <= row < self._rows:
            raise IndexError(f"no row {row}: there are {self._rows}")
        return {name: self._column(name)[row] for name in self._fields}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows in their order, each by the names of the columns."""
        return (self.row(row) for row in range(self._rows))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        """How many rows."""
        return self._rows

    def _out(self, name: str) -> Out:
        """A column to give out; :mod:`ntm.exports`."""
        field = self._fields.get(name)
        if field is None or (field.type == _DECIMAL128 or field.scale) and field.categories is None:
            values = self._column(name)
            return Out(name, "decimal" if field is not None else "exact", values)
        numbers = self._numbers(field)
        if field.categories is not None:
            return Out(name, "word", numbers, categories=tuple(field.categories))
        if name in self._days:
            return Out(name, "date", numbers, self._known(field))
        if field.type == _BYTES:
            return Out(name, "flag", numbers)
        return Out(name, "int", numbers, self._known(field))

    def _frame(self) -> Frame:
        return Frame(self._out(name) for name in self.keys())

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "ask again, or keep its data frame")

    def __repr__(self) -> str:
        names = self.keys()
        shown = ", ".join(names if len(names) <= 8 else [*names[:7], f"… ({len(names)} columns)"])
        return f"<ntm.{type(self).__name__} of {self._rows} rows: {shown}>"
