# SPDX-License-Identifier: Apache-2.0
"""Rows of results as data frames of pandas and polars, and as Arrow: one set of rules for all of them.

=============  ========================================  =====================================  ====================
column         pandas                                    polars                                 Arrow
=============  ========================================  =====================================  ====================
names, texts   object (str, None)                        String                                 utf8
words          category (of verdicts: ordered)           Enum                                   dictionary of utf8
counts, đồng   Int64 (int64 where none can be missing)   Int64                                  int64
yes/no         bool, or boolean where one can miss       Boolean                                bool
days           datetime64[ns]                            Date                                   date32
in kind        object (Decimal), or float64              Decimal                                decimal128
exact numbers  object (int, Decimal, Fraction), or       Float64, beside numerator and          float64, and so on
               float64                                   denominator
=============  ========================================  =====================================  ====================

A number that is a ratio of integers has no exact type outside of Python: there it is the nearest float64 under its own
name, followed by ``<name>_numerator`` and ``<name>_denominator`` (int64; null where one does not fit 64 bits).
"""

from __future__ import annotations

import datetime
import importlib
from collections import Counter
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any, Iterable, Literal, NamedTuple, NoReturn, Sequence

from . import core
from .days import date_number, day_of
from .errors import ConflictError, ExactOverflowError, Problem, Status
from .handles import no_pickle
from .htmls import table_html
from .number import Language, language_code
from .words import COMMON

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Kind = Literal["text", "word", "int", "small", "flag", "date", "decimal", "exact"]
_BYTES, _INT8, _INT32, _INT64, _DOUBLE, _DECIMAL128, _TEXT = 2, 3, 5, 6, 7, 8, 9

VERDICT_WORDS: dict[str, tuple[str, str, str]] = {
    lang: (COMMON["not met"][at], COMMON["open"][at], COMMON["met"][at]) for at, lang in enumerate(("vi", "en"))
}
"""From the worst to the best, as Kleene orders them: the least of several is that of "all", the greatest that of "any"."""
_PLACE_OF_VERDICT = (1, 2, 0)  # by Verdict: open, met, not met


class Out(NamedTuple):
    """A column to give out. ``values``: a list with None where there is none, or an array of NumPy with ``known``."""

    name: str
    kind: Kind
    values: Any
    known: Any = None
    """Arrays: a boolean a row, False where there is none; None: all are known."""
    categories: tuple[str, ...] = ()
    """Words: what the values, codes from 0, stand for; -1 is none."""
    ordered: bool = False


def text_column(name: str, values: Iterable[str | None]) -> Out:
    """A column of names or free text."""
    return Out(name, "text", list(values))


def int_column(name: str, values: Any) -> Out:
    """A column of counts or đồng: an array, or a list with None."""
    return Out(name, "int", values)


def count_column(name: str, values: Iterable[int]) -> Out:
    """A column of counts or đồng of which none can be missing."""
    import numpy as np

    return Out(name, "int", np.array(list(values), np.int64))


def flag_column(name: str, values: Iterable[bool | None]) -> Out:
    """A column of yes and no."""
    return Out(name, "flag", list(values))


def word_column(name: str, values: Iterable[str | None], categories: Sequence[str] | None = None) -> Out:
    """A column of few different words, in the order given or in that of their first rows."""
    import numpy as np

    made = list(values)
    words = tuple(dict.fromkeys(categories if categories is not None else (one for one in made if one is not None)))
    place = {word: at for at, word in enumerate(words)}
    codes = np.fromiter((-1 if one is None else place[one] for one in made), np.int32, len(made))
    return Out(name, "word", codes, categories=words)


def enum_column(name: str, values: Iterable[Any]) -> Out:
    """A column of members of an enum by their names in small letters, "not reported"; None stays."""
    return word_column(name, [None if one is None else one.name.lower().replace("_", " ") for one in values])


def verdict_column(name: str, verdicts: Any, lang: Language, labels: bool = True) -> Out:
    """A column of verdicts: ordered words, or the numbers of :class:`ntm.Verdict` as int8."""
    import numpy as np

    numbers = np.asarray(verdicts, np.int8)
    if not labels:
        return Out(name, "small", numbers)
    codes = np.array(_PLACE_OF_VERDICT, np.int8)[numbers]
    return Out(name, "word", codes, categories=VERDICT_WORDS[lang], ordered=True)


def verdict_word(verdict: int, lang: Language) -> str:
    """đạt, chưa đạt, chưa có số liệu; met, not met, open."""
    return VERDICT_WORDS[lang][_PLACE_OF_VERDICT[verdict]]


def value_column(name: str, values: Iterable[Any]) -> Out:
    """A column of whatever the values are: flags, ints, Decimals, dates, texts; exact numbers where they are mixed."""
    made = list(values)
    kinds = {type(one) for one in made if one is not None}
    if kinds <= {bool}:
        return Out(name, "flag", made) if kinds else text_column(name, made)
    if kinds <= {int}:
        return int_column(name, made)
    if kinds <= {Decimal}:
        return Out(name, "decimal", made)
    if kinds <= {int, Decimal, Fraction, bool}:
        return Out(name, "exact", made)
    if kinds <= {datetime.date}:
        return Out(name, "date", made)
    return text_column(name, [None if one is None else str(one) for one in made])


# -------------------------------------------------------------------------------------------- one column


def _rows(column: Out) -> int:
    return len(column.values)


def _array(column: Out) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
    """Whole numbers, flags and days as an array, and which are known."""
    import numpy as np

    kinds: dict[str, Any] = {"int": np.int64, "small": np.int8, "flag": np.bool_, "date": np.int32}
    kind = kinds[column.kind]
    if not isinstance(column.values, list):
        known = None if column.known is None or column.known.all() else column.known
        return np.ascontiguousarray(column.values, kind), known
    there = np.fromiter((one is not None for one in column.values), np.bool_, len(column.values))
    day = column.kind == "date"
    made = [0 if one is None else date_number(one) if day else one for one in column.values]
    return np.array(made, kind), None if there.all() else there


def objects_of(column: Out) -> list[Any]:
    """The values as Python's own, None where there is none."""
    if column.kind == "word":
        return [None if code < 0 else column.categories[code] for code in column.values.tolist()]
    if isinstance(column.values, list):
        return column.values
    values = column.values.tolist()
    if column.kind == "date":
        values = [day_of(one) for one in values]
    if column.known is None:
        return list(values)
    return [one if there else None for one, there in zip(values, column.known.tolist())]


def _floats(values: Sequence[Any]) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.array([np.nan if one is None else _near(one) for one in values], np.float64)


def _near(number: Any) -> float:
    """The nearest float; beyond all of them, infinity."""
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _scaled(column: Out) -> tuple[int, list[int | None]]:
    """Decimals as integers of one scale.

    Raises:
        ExactOverflowError: some do not fit 38 digits.
    """
    scale = max([0, *(-int(one.as_tuple().exponent) for one in column.values if one is not None)])
    made: list[int | None] = []
    for one in column.values:
        if one is None:
            made.append(None)
            continue
        sign, digits, exponent = one.as_tuple()
        number = int("".join(map(str, digits)) or "0") * 10 ** (scale + int(exponent))
        made.append(-number if sign else number)
    if scale > 18 or any(one is not None and abs(one) >= 10**38 for one in made):
        raise ExactOverflowError(Problem(Status.OVERFLOW, "decimals beyond decimal128(38, 18): to_pandas() has them", column.name))
    return scale, made


def _with_fractions(columns: Iterable[Out], exact: bool) -> list[Out]:
    """For where there are no fractions: numerators and denominators beside the nearest floats."""
    made = []
    for column in columns:
        made.append(column)
        if column.kind != "exact" or not exact:
            continue
        ratios = [None if one is None else Fraction(one) for one in column.values]
        fit = [None if one is None or abs(one.numerator) >= 2**63 or one.denominator >= 2**63 else one for one in ratios]
        for name in ("numerator", "denominator"):
            made.append(int_column(f"{column.name}_{name}", [None if one is None else getattr(one, name) for one in fit]))
    return made


# -------------------------------------------------------------------------------------------- the three forms


def _pandas_series(pandas: Any, column: Out, exact: bool) -> Any:
    if column.kind == "word":
        words = pandas.Categorical.from_codes(column.values, list(column.categories), ordered=column.ordered)
        return pandas.Series(words)
    if column.kind in ("text", "decimal", "exact"):
        if column.kind != "text" and not exact:
            return pandas.Series(_floats(column.values))
        return pandas.Series(column.values, dtype=object)
    values, known = _array(column)
    if column.kind == "date":
        days = values.astype("datetime64[D]").astype("datetime64[ns]")
        if known is not None:
            days[~known] = "NaT"
        return pandas.Series(days)
    if column.kind == "flag":
        return pandas.Series(values if known is None else pandas.arrays.BooleanArray(values, ~known))
    if column.kind == "int" and (known is not None or isinstance(column.values, list) or column.known is not None):
        import numpy as np

        return pandas.Series(pandas.arrays.IntegerArray(values, np.zeros(len(values), bool) if known is None else ~known))
    return pandas.Series(values)


def _polars_series(polars: Any, column: Out) -> Any:
    if column.kind == "word":
        codes = polars.Series(column.name, column.values)
        words = polars.Enum(list(column.categories))
        if not column.categories:
            return polars.Series(column.name, [None] * len(codes), dtype=words)
        table = polars.Series(column.name, list(column.categories), dtype=words)
        return table.gather(codes.set(codes < 0, None).cast(polars.UInt32))
    if column.kind == "exact":
        return polars.Series(column.name, [None if one is None else _near(one) for one in column.values], dtype=polars.Float64)
    if column.kind == "decimal":
        scale, _ = _scaled(column)
        return polars.Series(column.name, column.values, dtype=polars.Decimal(38, scale))
    types = {"text": polars.String, "int": polars.Int64, "small": polars.Int8, "flag": polars.Boolean, "date": polars.Date}
    if not isinstance(column.values, list) and column.known is None and column.kind != "date":
        return polars.Series(column.name, column.values, dtype=types[column.kind])
    return polars.Series(column.name, objects_of(column), dtype=types[column.kind])


def _bits(known: Any) -> bytes | None:
    import numpy as np

    return None if known is None else np.packbits(np.asarray(known, np.bool_), bitorder="little").tobytes()


def _known(values: Sequence[Any]) -> bytes | None:
    there = [one is not None for one in values]
    return None if all(there) else _bits(there)


def _core_text(name: str, values: Sequence[str | None]) -> tuple[Any, ...]:
    import numpy as np

    parts = [b"" if one is None else one.encode() for one in values]
    offsets = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=offsets[1:])
    if offsets[-1] >= 2**31:
        raise ExactOverflowError(Problem(Status.OVERFLOW, "more than 2 GiB of text in one column", name))
    return (name, _TEXT, 0, False, offsets.astype(np.int32), b"".join(parts), _known(values), None)


def _core_column(column: Out) -> tuple[Any, ...]:
    """A column as the core's batches take it; see core/batch.h."""
    name = column.name
    if column.kind == "text":
        return _core_text(name, column.values)
    if column.kind == "word":
        import numpy as np

        narrow = column.values.dtype == np.int8
        codes = np.ascontiguousarray(column.values, np.int8 if narrow else np.int32)
        return (name, _INT8 if narrow else _INT32, 0, False, codes, None, None, column.categories)
    if column.kind == "exact":
        return (name, _DOUBLE, 0, False, _floats(column.values), None, _known(column.values), None)
    if column.kind == "decimal":
        scale, numbers = _scaled(column)
        data = b"".join((one or 0).to_bytes(16, "little", signed=True) for one in numbers)
        return (name, _DECIMAL128, scale, False, data, None, _known(numbers), None)
    values, known = _array(column)
    kind = {"int": _INT64, "small": _INT8, "flag": _BYTES, "date": _INT32}[column.kind]
    return (name, kind, 0, column.kind == "date", values, None, _bits(known), None)


def package(name: str) -> Any:
    """An optional package, imported when it is used.

    Raises:
        ImportError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"{name} is needed for this: pip install {name}", name=name) from error


class Frame:
    """Columns of one length, ready to be given out."""

    def __init__(self, columns: Iterable[Out]) -> None:
        self.columns = tuple(columns)
        self.rows = _rows(self.columns[0]) if self.columns else 0
        for name, count in Counter(column.name for column in self.columns).items():
            if count > 1:
                raise ConflictError(Problem(Status.CONFLICT, f"{count} columns have this name", name))

    def to_pandas(self, exact: bool = True) -> Any:
        """A data frame of pandas."""
        pandas = package("pandas")
        series = {column.name: _pandas_series(pandas, column, exact) for column in self.columns}
        return pandas.DataFrame(series, columns=list(series))

    def to_polars(self, exact: bool = True) -> Any:
        """A data frame of polars."""
        polars = package("polars")
        return polars.DataFrame([_polars_series(polars, column) for column in _with_fractions(self.columns, exact)])

    def to_arrow(self, exact: bool = True) -> Any:
        """A table of pyarrow."""
        pyarrow = package("pyarrow")
        holder = _Capsules(self.capsules(exact))
        return pyarrow.Table.from_batches([pyarrow.record_batch(holder)])

    def _for_core(self, exact: bool) -> tuple[tuple[Any, ...], ...]:
        return tuple(_core_column(column) for column in _with_fractions(self.columns, exact))

    def capsules(self, exact: bool = True) -> tuple[object, object]:
        """A record batch: (schema, array) as capsules."""
        return core.batch_array(self.rows, self._for_core(exact))

    def stream(self, exact: bool = True) -> object:
        """A stream of one record batch, as a capsule."""
        return core.batch_stream(self.rows, self._for_core(exact))

    def html(self, title: str) -> str:
        """The first rows as a table of HTML."""
        cells = [objects_of(column)[:30] if isinstance(column.values, list) else objects_of(_head(column)) for column in self.columns]
        return table_html(title, [column.name for column in self.columns], list(zip(*cells)), self.rows)


def _head(column: Out) -> Out:
    known = None if column.known is None else column.known[:30]
    return column._replace(values=column.values[:30], known=known)


class _Capsules:
    """Something that pyarrow takes a record batch from."""

    def __init__(self, made: tuple[object, object]) -> None:
        self._made = made

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        return self._made


class Arrows:
    """What takes Arrow takes a result as it is: ``pyarrow.table(r)``, ``polars.from_arrow(r)``, ``duckdb.sql("from r")``."""

    def _frame(self) -> Frame:
        raise NotImplementedError

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The rows as an Arrow record batch (PyCapsules) that owns its memory; pyarrow need not be installed."""
        return self._frame().capsules()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The same as a stream of one batch, for DuckDB and others."""
        return self._frame().stream()

    def _repr_html_(self) -> str:
        """The first rows, for notebooks; of what is closed, only that."""
        if getattr(self, "_handle", self) is None:
            return f"<div>{escape(repr(self))}</div>"
        return self._frame().html(repr(self))

    def __repr__(self) -> str:
        made = self._frame()
        names = [column.name for column in made.columns]
        shown = ", ".join(names if len(names) <= 8 else [*names[:7], "…"])
        return f"<ntm.{type(self).__name__} of {made.rows} rows: {shown}>"

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "keep its data frame")


class Rows(Arrows):
    """Rows as data frames and Arrow; :mod:`ntm.exports` says what becomes of which column."""

    def to_pandas(self, *, exact: bool = True) -> Any:
        """A data frame of pandas, one row a row.

        Args:
            exact: decimals and fractions as Python's own, None where there is none; otherwise the nearest float64, for
                drawing, NaN where there is none.

        Raises:
            ImportError: pandas is not installed.
        """
        return self._frame().to_pandas(exact)

    def to_polars(self, *, exact: bool = True) -> Any:
        """A data frame of polars.

        Args:
            exact: beside ratios, which are the nearest float64, columns with their numerators and denominators.

        Raises:
            ImportError: polars is not installed.
        """
        return self._frame().to_polars(exact)

    def to_arrow(self, *, exact: bool = True) -> Any:
        """A table of pyarrow.

        Args:
            exact: as :meth:`to_polars`.

        Raises:
            ImportError: pyarrow is not installed.
        """
        return self._frame().to_arrow(exact)


class WordedRows(Arrows):
    """Rows with names or verdicts, in Vietnamese or English, as data frames and Arrow (in Vietnamese)."""

    def _worded(self, lang: Language) -> Frame:
        raise NotImplementedError

    def _frame(self) -> Frame:
        return self._worded("vi")

    def to_pandas(self, *, lang: Language = "vi", exact: bool = True) -> Any:
        """A data frame of pandas, one row a row.

        Args:
            lang: of names and verdicts: "vi" or "en".
            exact: decimals and fractions as Python's own, None where there is none; otherwise the nearest float64, for
                drawing, NaN where there is none.

        Raises:
            ImportError: pandas is not installed.
        """
        return self._worded(checked(lang)).to_pandas(exact)

    def to_polars(self, *, lang: Language = "vi", exact: bool = True) -> Any:
        """A data frame of polars.

        Args:
            lang: as :meth:`to_pandas`.
            exact: beside ratios, which are the nearest float64, columns with their numerators and denominators.

        Raises:
            ImportError: polars is not installed.
        """
        return self._worded(checked(lang)).to_polars(exact)

    def to_arrow(self, *, lang: Language = "vi", exact: bool = True) -> Any:
        """A table of pyarrow.

        Args:
            lang, exact: as :meth:`to_polars`.

        Raises:
            ImportError: pyarrow is not installed.
        """
        return self._worded(checked(lang)).to_arrow(exact)


def checked(lang: Language) -> Language:
    """A language, checked."""
    language_code(lang)
    return lang


def unit_column(rows: Any, units: Sequence[str] | None) -> Out:
    """The units of rows of a table: their names, or the numbers of the rows where none were named."""
    if units is None:
        return int_column("unit", rows)
    return text_column("unit", [units[row] for row in (rows.tolist() if hasattr(rows, "tolist") else rows)])


class Table(Rows):
    """Rows that a result has beside its own, or that :func:`rows_of` made of a list of things."""

    def __init__(self, title: str, frame: Frame) -> None:
        self._title = title
        self._made = frame

    def _frame(self) -> Frame:
        return self._made

    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self._made.columns)

    def __len__(self) -> int:
        """How many rows."""
        return self._made.rows

    def __repr__(self) -> str:
        return f"<ntm.Table of {len(self)} {self._title}: {', '.join(self.keys())}>"


def rows_of(things: Iterable[Any], *, kind: type | None = None) -> Table:
    """A list of results (acts, findings, near misses, steps ...) as rows: one a thing, one column a field.

    Fields that are results themselves become columns of their own, ``at_line``; members of an enum their names in small
    letters; several texts one, with commas between.

    Args:
        kind: the class of the things; needed for columns where there are none.

    Raises:
        TypeError: things that have no fields, or are not of one class.

    >>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    >>> r = ntm.evaluate({"population": [2000], "insured-people": [1699]}, law, on="2020-02-25", region="BTB", unit=["X"])
    >>> ntm.rows_of(r.near_misses())
    <ntm.Table of 1 NearMiss: row, unit, needed, open>
    """
    made = list(things)
    of = kind if kind is not None else type(made[0]) if made else None
    if of is None:
        raise TypeError("there are no things: say of which class their columns are in kind=")
    for one in made:
        if not isinstance(one, of):
            raise TypeError(f"things of one class: {of.__name__}, not {type(one).__name__}")
    return Table(of.__name__, Frame(_fields_of("", of, made)))


def _field_names(of: type) -> tuple[str, ...]:
    named: Any = of
    names = tuple(getattr(named, "_fields", ())) or tuple(getattr(named, "__dataclass_fields__", ()))
    if not names:
        raise TypeError(f"an {of.__name__} has no fields to make columns of")
    return names


def _fields_of(prefix: str, of: type, things: Sequence[Any]) -> list[Out]:
    made = []
    for name in _field_names(of):
        values = [None if one is None else getattr(one, name) for one in things]
        inner = next((type(one) for one in values if hasattr(one, "_fields") or hasattr(one, "__dataclass_fields__")), None)
        if inner is not None:
            made += _fields_of(f"{prefix}{name}_", inner, values)
        elif any(isinstance(one, Enum) for one in values):
            made.append(enum_column(prefix + name, values))
        else:
            made.append(value_column(prefix + name, [_joined(one) for one in values]))
    return made


def _joined(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return ", ".join(str(one) for one in value)
    return value
