# SPDX-License-Identifier: Apache-2.0
"""Columns: how arrays of Python become columns of the library.

Without a copy, whatever the stride: float64, int64, int32, int16, int8 and bool arrays of NumPy, anything with a buffer of
these, and the same of Arrow (polars, pyarrow) with their nulls. With a copy, exactly: lists, unsigned integers, decimals, dates, text (which becomes codes and
categories), foreign byte orders. Refused: float32 and float16, because the number somebody typed is lost in them: 89.95
is 89.94999694824219 in float32, and no rule can tell whether that is at least 89.95.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Iterable, Literal, NamedTuple, Sequence

from . import core
from .arrow_in import ZONE as _ZONE
from .arrow_in import ArrowColumn, arrow_column, float_refused
from .errors import BadValueError, ExactOverflowError, Problem, ShapeError, Status
from .number import is_out_of_reach

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[Any]

Nan = Literal["error", "not reported"]


@dataclass(frozen=True)
class Column:
    """Values with what has to be said about them. A bare array is a Column with nothing to say.

    >>> Column([8995, 8000], scale=2).scale  # the shares 89.95 and 80.00, as integers
    2
    """

    values: Any
    """One value a row: an array, a masked array, a sequence; None in a sequence is "not reported"."""
    scale: int = 0
    """Integers stand for value x 10**-scale; 0 to 18."""
    not_reported: Any = None
    """Booleans, one a row: True where nobody has said. Added to masks and to None."""
    not_applicable: Any = None
    """Booleans, one a row: True where there is nothing to report ("nếu có")."""


class Prepared(NamedTuple):
    """A column as the core takes it."""

    data: Array
    scale: int
    validity: bytes | None
    not_applicable: bytes | None
    categories: tuple[str, ...] | None
    is_dates: bool = False
    """Whether the integers are days."""
    arrow: ArrowColumn | None = None
    """Where the column lies if it came by Arrow. Then `data` are the numbers there; of flags, text and decimals only the
    sort and the number of rows; `categories` of text are (); masks that are not None take the place of its own."""


def reported(column: Prepared) -> npt.NDArray[np.bool_]:
    """Which rows of a column have a value: one boolean a row."""
    import numpy as np

    rows = len(column.data)
    if column.validity is None:
        valid = np.ones(rows, dtype=bool) if column.arrow is None else column.arrow.known().copy()
    else:
        valid = np.unpackbits(np.frombuffer(column.validity, np.uint8), count=rows, bitorder="little").astype(bool)
    if column.data.dtype.kind == "f":
        valid &= ~np.isnan(column.data)
    return valid


def nothing_reported(column: Prepared) -> bool:
    """Whether no row of a column has a value: then it has no sort of its own, whatever its type."""
    there = reported(column)
    if column.arrow is None and column.categories is not None:
        there &= column.data >= 0
    return not there.any()


def empty_of(column: Prepared, sort: Literal["text", "flags", "numbers"]) -> Prepared:
    """A column of a sort with as many rows, of which none is reported."""
    import numpy as np

    rows = len(column.data)
    data: Array = np.full(rows, -1, np.int32) if sort == "text" else np.zeros(rows, np.bool_ if sort == "flags" else np.int64)
    return Prepared(data, 0, _pack(np.zeros(rows, np.bool_)), column.not_applicable, () if sort == "text" else None)


def _shape_error(name: str, message: str, row: int | None = None) -> ShapeError:
    return ShapeError(Problem(Status.SHAPE, message, name, row))


def is_missing(value: Any) -> bool:
    """Whether a value says that there is none: None, a masked item, NA, NaT, NaN."""
    if value is None or value is _masked() or type(value).__name__ in ("NAType", "NaTType"):
        return True
    differs = value != value  # of an array in a cell this is an array
    return type(differs).__name__ in ("bool", "bool_") and bool(differs)


def _masked() -> Any:
    import numpy as np

    return np.ma.masked


def _codes(name: str, values: Sequence[Any]) -> tuple[Array, None, tuple[str, ...]]:
    """Text as codes into the different texts, in order of appearance; -1 where there is none."""
    import numpy as np

    known: dict[str, int] = {}
    codes = np.empty(len(values), dtype=np.int32)
    for row, value in enumerate(values):
        if isinstance(value, str):
            codes[row] = known.setdefault(str(value), len(known))
        elif is_missing(value):
            codes[row] = -1
        else:
            raise _shape_error(name, f"{type(value).__name__} among text", row)
    return codes, None, tuple(known)


_USUAL_DIGITS = 6
"""After the mark; zeros among more are looked for."""
_LONG = (
    "more digits than the library carries: at most 18 after the mark, and with those of the column's longest fraction "
    "64 bits in all; round it by the rule that holds for it, or give counts"
)


def _short(number: Decimal) -> Decimal:
    """The same number without the zeros at the end of a long fraction, as division leaves them."""
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or exponent >= -_USUAL_DIGITS:
        return number
    spare = next((at for at, digit in enumerate(reversed(digits)) if digit), len(digits))
    spare = min(spare, -exponent)
    return Decimal((sign, digits[: len(digits) - spare] or (0,), exponent + spare)) if any(digits) else Decimal(0)


def _exact(name: str, values: Sequence[Any], missing: Array) -> tuple[Array, int]:
    """Decimals and integers as int64 and the scale that all of them fit."""
    import numpy as np

    numbers = [
        Decimal(0) if gone else _short(value) if isinstance(value, Decimal) else Decimal(int(value))
        for value, gone in zip(values, missing)
    ]
    for row, number in enumerate(numbers):
        if not number.is_finite():
            raise BadValueError(Problem(Status.VALUE, f"{number} is not a number", name, row))
        if is_out_of_reach(number):
            raise ExactOverflowError(Problem(Status.OVERFLOW, _LONG, name, row))
    exponents = [number.as_tuple().exponent for number in numbers]
    scale = max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])
    out = np.zeros(len(numbers), dtype=np.int64)
    for row, number in enumerate(numbers):
        sign, digits, exponent = number.as_tuple()
        whole = int("".join(map(str, digits))) * 10 ** (int(exponent) + scale) * (-1 if sign else 1)
        if not -(2**63) <= whole < 2**63:
            raise ExactOverflowError(Problem(Status.OVERFLOW, _LONG, name, row))
        out[row] = whole
    return out, scale


def _integers(name: str, values: Sequence[int]) -> Array:
    """Integers of Python as int64."""
    import numpy as np

    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        row = next(row for row, value in enumerate(values) if not -(2**63) <= value < 2**63)
        raise ExactOverflowError(Problem(Status.OVERFLOW, f"{values[row]} is beyond int64", name, row)) from None


def _floats(name: str, values: Sequence[Any]) -> Array:
    """Floats, and integers that are the same number as floats."""
    import numpy as np

    for row, value in enumerate(values):
        if isinstance(value, (int, np.integer)) and not (abs(int(value)) < 2**1000 and int(float(value)) == value):
            what = f"{value} among floats would be rounded: give integers or Decimals, and None where there is none"
            raise ExactOverflowError(Problem(Status.OVERFLOW, what, name, row))
    return np.array(values, np.float64)


def _of_one_type(name: str, values: Sequence[Any]) -> tuple[Array, Array | None, tuple[str, ...] | None] | None:
    """Values that are all of one plain type, with None among them or not: (data, missing, categories); None: they are not."""
    import numpy as np

    kinds = set(map(type, values))
    gaps = type(None) in kinds
    kinds.discard(type(None))
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    if kind is str:
        return _codes(name, values)
    if kind not in (int, float, bool):
        return None
    missing = np.array([value is None for value in values], bool) if gaps else None
    there = [kind() if value is None else value for value in values] if gaps else values
    return _integers(name, there) if kind is int else np.array(there, kind), missing, None


def _from_objects(name: str, values: Sequence[Any]) -> tuple[Array, Array | None, tuple[str, ...] | None, int]:
    """A column of Python objects: (data, missing, categories, scale)."""
    import numpy as np

    plain = _of_one_type(name, values)
    if plain is not None:
        return (*plain, 0)
    missing = np.fromiter(
        (not isinstance(value, (float, Decimal)) and is_missing(value) for value in values), bool, len(values)
    )
    kinds = {type(value) for value, gone in zip(values, missing) if not gone}
    if kinds == {bool, float}:  # pandas marks by NaN where a yes or no is missing, as it does among text
        missing = np.fromiter((is_missing(value) for value in values), bool, len(values))
        kinds = {type(value) for value, gone in zip(values, missing) if not gone}
    if any(issubclass(kind, str) for kind in kinds):
        return (*_codes(name, values), 0)
    if kinds <= {bool, np.bool_}:
        return np.array([not gone and bool(value) for value, gone in zip(values, missing)], bool), missing, None, 0
    if all(issubclass(kind, int) and kind is not bool for kind in kinds):
        return _integers(name, [0 if gone else value for value, gone in zip(values, missing)]), missing, None, 0
    if all(issubclass(kind, (int, np.integer, Decimal)) and kind is not bool for kind in kinds):
        data, scale = _exact(name, values, missing)
        return data, missing, None, scale
    if all(issubclass(kind, (int, float, np.integer, np.float64)) and kind is not bool for kind in kinds):
        return _floats(name, [0.0 if gone else value for value, gone in zip(values, missing)]), missing, None, 0
    if all(issubclass(kind, datetime.date) for kind in kinds):
        for row, value in enumerate(values):
            if getattr(value, "tzinfo", None) is not None:
                raise _shape_error(name, _ZONE, row)
        data, gone = _from_dates(name, np.array([None if gone else v for v, gone in zip(values, missing)], "M8[us]"))
        return data, gone, None, 0
    shown = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise _shape_error(name, f"no column can be made of {shown}")


def _from_dates(name: str, array: Array) -> tuple[Array, Array]:
    """(days since 1970-01-01, missing) of datetime64."""
    import numpy as np

    days = array.astype("M8[D]")
    missing = np.isnat(array)
    odd = np.flatnonzero(~missing & (days.astype(array.dtype) != array))
    if len(odd):
        raise _shape_error(name, f"{array[odd[0]]} is not a whole day", int(odd[0]))
    return np.where(missing, 0, days.astype(np.int64)), missing


def _widen(name: str, array: Array) -> Array:
    """Unsigned integers as signed ones that hold them."""
    import numpy as np

    if array.dtype.itemsize < 8:
        return array.astype({1: np.int16, 2: np.int32, 4: np.int64}[array.dtype.itemsize])
    too_large = np.flatnonzero(array > np.uint64(2**63 - 1))
    if len(too_large):
        row = int(too_large[0])
        raise ExactOverflowError(Problem(Status.OVERFLOW, f"{array[row]} is beyond int64", name, row))
    return array.astype(np.int64)


def _typed(name: str, array: Array) -> tuple[Array, Array | None, tuple[str, ...] | None, int]:
    """An array as (data, missing, categories, scale), with data of a type that the library reads."""
    import numpy as np

    kind = array.dtype.kind
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if kind == "f" and array.dtype.itemsize != 8:
        raise _shape_error(name, float_refused(str(array.dtype)))
    if kind in "bif":
        return array if array.flags.aligned else array.copy(), None, None, 0
    if kind == "u":
        return _widen(name, array), None, None, 0
    if kind == "M":
        return (*_from_dates(name, array), None, 0)
    if kind == "U":
        names, codes = np.unique(array, return_inverse=True)
        return codes.astype(np.int32), None, tuple(names.tolist()), 0
    if kind == "O":
        return _from_objects(name, array.tolist())
    raise _shape_error(name, f"no column can be made of {array.dtype}")


def _from_pandas(values: Any) -> tuple[Any, Array | None, tuple[str, ...] | None]:
    """A Series or extension array as (values, missing, categories)."""
    import numpy as np

    dtype = values.dtype
    if isinstance(dtype, np.dtype):
        return values.to_numpy(), None, None
    array = getattr(values, "array", values)
    if hasattr(array, "categories") and hasattr(array, "codes"):
        sort = array.categories.dtype
        mixed = sort == object and not all(isinstance(one, str) for one in array.categories)
        if mixed or (isinstance(sort, np.dtype) and sort.kind in "fbM"):  # as text 1.125 could be read as 1125
            return np.asarray(array), None, None
        return np.asarray(array.codes), None, tuple(str(one) for one in array.categories)
    plain = getattr(dtype, "numpy_dtype", None)
    if plain is not None and not isinstance(dtype, np.dtype):
        missing = np.asarray(values.isna(), dtype=bool)
        plain = np.dtype(plain)
        return values.to_numpy(dtype=plain, na_value=plain.type(0)), missing, None
    return values.to_numpy(), None, None


def _is_arrow(values: Any) -> bool:
    """Whether values hand themselves over by Arrow: arrays of pyarrow, series of polars, columns of pandas kept by Arrow."""
    if hasattr(values, "isna") and hasattr(values, "to_numpy"):  # of pandas
        dtype = values.dtype
        kept = hasattr(dtype, "pyarrow_dtype") or getattr(dtype, "storage", None) == "pyarrow"
        return kept and hasattr(values, "__arrow_c_stream__")
    return hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__")


def _from_arrow(name: str, column: ArrowColumn) -> Prepared:
    """A column of Arrow where it lies."""
    import numpy as np

    place, rows, kind = column.place(name), len(column), column.kind
    if kind.format == "n":
        return Prepared(np.zeros(rows, bool), 0, _pack(np.zeros(rows, bool)), None, None)
    scale = int(kind.format[2:].split(",")[1]) if kind.format.startswith("d:") else 0
    data = core.table_array(column.table, place) if rows else None
    if data is None:
        sort: Any = np.int32(-1) if kind.is_text else np.False_ if kind.format == "b" else np.float64(0)
        if kind.format in tuple("csilCSIL") or kind.is_dates:
            sort = np.int64(0)
        data = np.broadcast_to(sort, (rows,))
    return Prepared(np.asarray(data), scale, None, None, () if kind.is_text else None, kind.is_dates, column)


def _with_more(name: str, made: Prepared, more: Column) -> Prepared:
    """A column of Arrow with what an :class:`ntm.Column` says besides."""
    if more.scale:
        if not _is_scale(more.scale) or made.scale or made.data.dtype.kind != "i" or made.categories is not None:
            raise _shape_error(name, "a scale is 0 to 18 and goes with integers")
        made = made._replace(scale=more.scale)
    if more.not_reported is not None:
        gone = _mask(name, "not_reported", more.not_reported, len(made.data))
        there = reported(made) if made.arrow is None else made.arrow.known()
        made = made._replace(validity=_pack(there & ~gone))
    if more.not_applicable is not None:
        away = _mask(name, "not_applicable", more.not_applicable, len(made.data))
        made = made._replace(not_applicable=_pack(away))
    return made


def _is_scale(scale: Any) -> bool:
    return isinstance(scale, int) and 0 < scale <= 18


def _mask(name: str, what: str, mask: Any, rows: int) -> Array:
    """A mask as booleans, checked."""
    import numpy as np

    out = np.asarray(mask)
    if out.dtype != np.bool_ or out.shape != (rows,):
        raise _shape_error(name, f"{what} has to be {rows} booleans, not {out.dtype} of shape {out.shape}")
    return out


def _pack(mask: Array) -> bytes:
    import numpy as np

    return np.packbits(mask, bitorder="little").tobytes()


def own_masks(column: Prepared) -> Prepared:
    """The same column, its mask as bytes of its own: for those who change the data."""
    if column.arrow is None:
        return column
    validity = _pack(column.arrow.known()) if column.validity is None else column.validity
    return column._replace(validity=validity, arrow=None)


def length_of(value: Any) -> int | None:
    """Rows of a column; None for a single value that holds for every row."""
    values = value.values if isinstance(value, Column) else value
    if isinstance(values, (str, bytes)) or not hasattr(values, "__len__") or getattr(values, "shape", (0,)) == ():
        return None
    return len(values)


def _plain(value: Any) -> Prepared | None:
    """An array of numbers or booleans as it lies, where nothing is to be asked; None: the long way."""
    import numpy as np

    array = value
    if type(value) is not np.ndarray:
        dtype = getattr(value, "dtype", None)
        if not (isinstance(dtype, np.dtype) and dtype.kind in "bif" and hasattr(value, "isna") and hasattr(value, "to_numpy")):
            return None
        array = value.to_numpy()
    dtype = array.dtype
    if array.ndim != 1 or dtype.kind not in "bif" or (dtype.kind == "f" and dtype.itemsize != 8):
        return None
    return Prepared(array, 0, None, None, None) if dtype.isnative and array.flags.aligned else None


def _has_dates(values: Iterable[Any]) -> bool:
    return any(issubclass(kind, datetime.date) for kind in set(map(type, values)))


def prepare(name: str, value: Any, rows: int) -> Prepared:
    """Anything that can be a column, as the core takes it.

    Raises:
        ShapeError: a type that is no column, several dimensions, masks of another length.
        BadValueError, ExactOverflowError: a value that cannot be carried; the row is named.
    """
    import numpy as np

    plain = _from_arrow(name, value) if isinstance(value, ArrowColumn) else _plain(value)
    if plain is not None:
        return plain
    column = value if isinstance(value, Column) else Column(value)
    values, missing, categories, scale = column.values, None, None, 0
    if isinstance(values, np.ma.MaskedArray):
        missing = None if values.mask is np.ma.nomask else np.broadcast_to(values.mask, values.shape)
        values = values.data
    elif any(getattr(getattr(values, "dtype", None), zone, None) is not None for zone in ("tz", "time_zone")):
        raise _shape_error(name, _ZONE)  # of pandas, of polars
    elif isinstance(values, ArrowColumn):
        return _with_more(name, _from_arrow(name, values), column)
    elif not isinstance(values, np.ndarray) and _is_arrow(values):
        return _with_more(name, _from_arrow(name, arrow_column(name, values)), column)
    elif not isinstance(values, np.ndarray) and hasattr(values, "to_numpy") and hasattr(values, "isna"):
        values, missing, categories = _from_pandas(values)
    if isinstance(values, (list, tuple)):  # NumPy would turn ["khá", 3] and [True, 2] into something else
        single, is_dates = False, _has_dates(values)
        array, gone, found, scale = _from_objects(name, values)
    else:
        array = np.asarray(values)
        if array.ndim > 1:
            raise _shape_error(name, f"a column has one dimension, not {array.ndim}")
        single, is_dates = array.ndim == 0, array.dtype.kind == "M"
        if array.dtype.kind == "O" and categories is None:
            is_dates = _has_dates(array.reshape(-1))
        array, gone, found, scale = _typed(name, array.reshape(1) if single else array)
    categories = categories if found is None else found
    if gone is not None:
        missing = gone if missing is None else missing | gone
    if column.scale:
        if not _is_scale(column.scale) or scale or array.dtype.kind != "i" or categories is not None:
            raise _shape_error(name, "a scale is 0 to 18 and goes with integers")
        scale = column.scale
    if single:
        array = np.broadcast_to(array, (rows,))
        missing = None if missing is None else np.broadcast_to(missing, (rows,))
    if column.not_reported is not None:
        more = _mask(name, "not_reported", column.not_reported, len(array))
        missing = more if missing is None else missing | more
    away = None if column.not_applicable is None else _mask(name, "not_applicable", column.not_applicable, len(array))
    return Prepared(
        array,
        scale,
        None if missing is None else _pack(~missing),
        None if away is None else _pack(away),
        categories,
        is_dates,
    )
