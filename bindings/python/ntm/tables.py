# SPDX-License-Identifier: Apache-2.0
"""Tables of the caller's as tables of the core, their names and units checked."""

from __future__ import annotations

import difflib
import operator
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any, Callable, Iterable, Mapping, Sequence

from . import core
from .arrow_in import ArrowColumns, arrow_column, arrow_columns, is_arrow
from .columns import Nan, Prepared, empty_of, is_missing, length_of, nothing_reported, prepare, reported
from .criteria import CriteriaSet
from .errors import ArgumentError, BadValueError, ConflictError, NotFoundError, Problem, ShapeError, Status
from .known_columns import KnownColumns, together
from .number import text_of
from .parts import Axis, Fact, FactKind


_MANY_NAMES = 5000


def add_column(table: core.Table, name: str, column: Prepared, nan: Nan) -> None:
    """Adds a prepared column to a table of the core."""
    said = nan == "not reported"
    if column.arrow is not None:
        place = column.arrow.place(name)
        masks = column.validity, column.not_applicable
        core.table_take(table, name, column.arrow.table, place, column.scale, said, *masks)
        return
    core.table_add(
        table,
        name,
        column.data,
        column.scale,
        said,
        column.validity,
        column.not_applicable,
        column.categories,
    )


def choice(name: str, value: str, choices: Iterable[str]) -> None:
    """That an option has one of its words.

    Raises:
        ArgumentError: it has another.
    """
    if value not in choices:
        raise ArgumentError(f"{name} {value!r}: {', '.join(repr(choice) for choice in choices)}")


def nearest(id: str, known: Iterable[str]) -> str:
    """"did you mean 'a' or 'b'?"; "" where no name is near."""
    names = list(dict.fromkeys(known))
    if len(names) > _MANY_NAMES:  # of a million units only those that begin or end alike
        names = [one for one in names if one[:2] == id[:2] or one[-2:] == id[-2:]][:_MANY_NAMES]
    near = difflib.get_close_matches(id, names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""


def nearest_or_all(id: str, known: Iterable[str]) -> str:
    """The nearest of a few names, or all of them."""
    names = list(dict.fromkeys(known))
    return nearest(id, names) or f"there is {', '.join(map(repr, names)) or 'none'}"


def nearest_axis(axes: Iterable[Axis], fixed: Iterable[tuple[str, str]]) -> str:
    """What there is instead of the first axis, or value of one, that a law does not have."""
    values = {axis.id: axis.values for axis in axes}
    for axis, value in fixed:
        if axis not in values:
            return nearest_or_all(axis, values)
        if value not in values[axis]:
            return nearest_or_all(value, values[axis])
    return ""


def not_found(kind: str, id: str, known: Iterable[str]) -> Problem:
    """What to say about a name that is not there: the nearest ones that are."""
    hint = nearest(id, known)
    return Problem(Status.NOT_FOUND, f"no such {kind}{'; ' if hint else ''}{hint}", id)


def with_hint(error: NotFoundError, hint: str) -> NotFoundError:
    """The same error, with what there is instead."""
    return NotFoundError(replace(error.problem, message=f"{error.problem.message}; {hint}")) if hint else error


def _check_known(names: Iterable[str], inputs: Sequence[str], known: KnownColumns) -> None:
    """That every column is an input of the plans, a fact or bounds of one."""
    here = frozenset(inputs)
    strange = [name for name in names if not (name in here or name in known.facts or name in known.bounds)]
    if not strange:
        return
    near = list(dict.fromkeys([*inputs, *known.facts]))
    problems = [not_found("fact or axis", text_of("a column's name", name), near) for name in strange]
    hint = "; unit= takes a column of names, unknown='ignore' leaves columns out"
    problems = [one if "did you mean" in one.message else replace(one, message=one.message + hint) for one in problems]
    raise NotFoundError(problems[0], problems)


def check_once(names: Iterable[str]) -> None:
    """That no two columns have one name, as a data frame of pandas allows."""
    listed = list(names)
    if len(set(listed)) < len(listed):
        times = Counter(listed).items()
        problems = [Problem(Status.CONFLICT, f"{count} columns have this name", name) for name, count in times if count > 1]
        raise ConflictError(problems[0], problems)


def columns_of(data: Any) -> Any:
    """A mapping of columns from whatever has columns: a mapping, a data frame, Arrow data, a structured array of NumPy.

    Raises:
        ConflictError: two columns of one name.
        TypeError: nothing that has columns.
    """
    if isinstance(data, ArrowColumns):
        return data
    if is_arrow(data):
        return arrow_columns(data)
    names = getattr(getattr(data, "dtype", None), "names", None)
    if names:
        return {name: data[name] for name in names}
    if not hasattr(data, "keys"):
        hint = "; .collect() it first" if hasattr(data, "collect") else ""
        what = "a mapping of columns, a data frame, Arrow data (a table, record batch or reader) or a structured array"
        raise TypeError(f"{what}, not {type(data).__name__}{hint}")
    if getattr(data, "ndim", 2) == 1:  # a series of pandas has keys too
        raise TypeError(f"a table with names is needed, not one column ({type(data).__name__})")
    check_once(data.keys())
    if hasattr(data, "iloc"):  # of pandas, where asking for a column makes an object
        return data
    bare = [name for name in data.keys() if is_arrow(data[name]) and not hasattr(data[name], "__len__")]
    if bare:  # a stream has no length before it is read
        return {name: arrow_column(str(name), data[name]) if name in bare else data[name] for name in data.keys()}
    return data


def only(data: Any, names: Iterable[str]) -> None:
    """Says which columns will be used, before they are: the others are then not read."""
    if isinstance(data, ArrowColumns):
        data.want(names)


class UnitRows:
    """A mapping of columns that knows the unit of each of its rows."""

    @property
    def row_units(self) -> Sequence[str] | None:
        """The unit of each row; None where that is not known."""
        raise NotImplementedError


def unit_texts(data: Any, unit: str | Sequence[Any] | None) -> list[str] | None:
    """The units as text: a column of the data, or a sequence of their own, or those that the data themselves know.

    Raises:
        NotFoundError: no such column.
        BadValueError, ConflictError: a unit without a name, or twice.
    """
    if unit is None and isinstance(data, UnitRows):
        unit = data.row_units
    if unit is None:
        return None
    if isinstance(unit, str) and not hasattr(data, "keys"):
        data = columns_of(data)
    if isinstance(unit, str) and unit not in data.keys():
        raise NotFoundError(not_found("column", unit, data.keys()))
    values: Any = data[unit] if isinstance(unit, str) else unit
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"units are the name of a column or a sequence, not {type(values).__name__}")
    rows: dict[str, int] = {}
    for row, one in enumerate(listed_texts(unit if isinstance(unit, str) else "unit", values)):
        if one is None:
            raise BadValueError(Problem(Status.VALUE, "a unit without a name", "unit", row))
        if rows.setdefault(one, row) != row:
            raise ConflictError(Problem(Status.CONFLICT, f"{one!r} is row {rows[one]} already", "unit", row))
    return list(rows)


def listed_texts(name: str, values: Any) -> list[str | None]:
    """A sequence of codes or names as text, whole numbers as their digits; None where there is none.

    Raises:
        ShapeError: anything else: 18103.0 or a day would become a name that nobody looks for.
        BadValueError: a text with a NUL byte or half a character.
        TypeError: no sequence.
    """
    if getattr(values, "ndim", 1) != 1 or isinstance(values, (str, bytes, set, frozenset)):
        raise TypeError(f"{name} has to be a sequence with one text a row, not {type(values).__name__}")
    if not hasattr(values, "tolist") and (hasattr(values, "__arrow_c_array__") or hasattr(values, "__arrow_c_stream__")):
        values = arrow_column(name, values)
    if not hasattr(values, "tolist") and not hasattr(values, "__iter__"):
        raise TypeError(f"{name} has to be a sequence with one text a row, not {type(values).__name__}")
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    if set(map(type, listed)) <= {str}:
        made: list[str | None] = listed
    else:
        made = [one if type(one) is str else _as_name(name, one, row) for row, one in enumerate(listed)]
    _check_texts(name, made)
    return made


def _as_name(name: str, one: Any, row: int) -> str | None:
    if is_missing(one):
        return None
    kind = type(one).__name__
    if isinstance(one, str):
        return str(one)
    try:
        if kind not in ("bool", "bool_"):  # the latter are NumPy's
            return str(operator.index(one))
    except TypeError:
        pass
    what = "numbers with a mark" if isinstance(one, (float, Decimal)) else kind
    raise ShapeError(Problem(Status.SHAPE, f"{what}, expected text: read the column as text (dtype=str)", name, row))


def _check_texts(name: str, texts: list[str | None]) -> None:
    whole = "".join(filter(None, texts))
    if "\0" not in whole and (whole.isascii() or whole.encode(errors="replace").decode() == whole):
        return
    for row, one in enumerate(texts):
        if one is not None and ("\0" in one or one.encode(errors="replace").decode() != one):
            what = f"{one!r} is no text: it holds a NUL byte or half a character"
            raise BadValueError(Problem(Status.VALUE, what, name, row))


_SORTS = {FactKind.FLAG: "booleans", FactKind.DATE: "dates", FactKind.LEVEL: "levels as text"}


def _mismatch(column: Prepared, fact: Fact | None) -> str | None:
    """Why a column does not feed a fact (None: an axis): as numbers days and text would be taken for something else."""
    expected = "text" if fact is None else _SORTS.get(fact.kind, "numbers")
    if column.is_dates and expected != "dates":
        return f"dates, expected {expected}"
    if column.categories is not None and expected in ("booleans", "dates", "numbers"):
        hint = "; ntm.parse_number(text, locale=...) reads printed ones" if expected == "numbers" else ""
        return f"text, expected {expected}{hint}"
    if expected == "booleans" and column.data.dtype.kind == "f":
        return 'numbers with a mark, expected booleans; pandas: .astype("boolean") keeps 0, 1 and the missing apart'
    return None


def of_sort(name: str, column: Prepared, fact: Fact | None, nan: Nan) -> Prepared:
    """A column that is to feed a fact, or an axis: checked; of nothing but nulls, as one of the sort that is needed.

    Raises:
        ShapeError: dates, text or numbers where something else is needed.
        BadValueError: nothing but NaN, which the caller has not declared.
    """
    if fact is not None and fact.kind not in _SORTS and column.categories is None and not column.is_dates:
        if column.data.dtype.kind != "b":  # numbers for a number
            return column
    message = _mismatch(column, fact)
    text = fact is None or fact.kind == FactKind.LEVEL
    flag = fact is not None and fact.kind == FactKind.FLAG
    other = column.categories is None if text else column.data.dtype.kind == "b" and not flag
    if message is None and not other:
        return column
    if nothing_reported(column):
        _check_declared(name, column, nan)
        return empty_of(column, "text" if text else "flags" if flag else "numbers")
    if message is not None:
        raise ShapeError(Problem(Status.SHAPE, message, name))
    return column


def _check_declared(name: str, column: Prepared, nan: Nan) -> None:
    if nan == "not reported" or column.data.dtype.kind != "f" or not len(column.data):
        return
    import numpy as np

    known = reported(column._replace(data=np.zeros(len(column.data), np.int64)))
    if known.any():
        what = "NaN: declare that it means not reported, or mend it"
        raise BadValueError(Problem(Status.VALUE, what, name, int(known.argmax())))


def _table(
    columns: Mapping[str, Any],
    rows: int,
    nan: Nan,
    known: KnownColumns,
    own: Mapping[str, Callable[[str, Prepared], Prepared]] | None = None,
) -> core.Table:
    """Columns as a table of the core; `own` says how columns that are no facts are taken."""
    table = core.table_new(rows, len(columns))
    for name, value in columns.items():
        column = prepare(name, value, rows)
        fact = known.fact_of(name)
        if own is not None and name in own:
            column = own[name](name, column)
        elif fact is not None or name in known.axes:
            column = of_sort(name, column, fact, nan)
        add_column(table, name, column, nan)
    return table


def _row_count(columns: Iterable[Any], units: Sequence[str] | None) -> int:
    """Rows of the table: of the units, else of the first column that is no single value."""
    lengths = (length for length in map(length_of, columns) if length is not None)
    first = next(lengths, None)
    if units is None:
        return 1 if first is None else first
    if first is not None and len(units) != first and len(units) not in lengths:
        raise ShapeError(Problem(Status.SHAPE, f"{len(units)} units for {first} rows", "unit"))
    return len(units)


def read_table(
    data: Any, laws: Sequence[CriteriaSet], inputs: Sequence[str], unit: str | Sequence[Any] | None, nan: Nan, unknown: str
) -> tuple[core.Table, list[str] | None]:
    """The table and its units, checked against the inputs of the plans and against each other.

    A fact of a law that no rule of it reads is no unknown name.
    """
    known = together([law._columns for law in laws])
    data = columns_of(data)
    names = [name for name in data.keys() if not (isinstance(unit, str) and name == unit)]
    here = frozenset(inputs)
    used = [name for name in names if name in here or name in known.facts or name in known.bounds]
    only(data, [*used, *([unit] if isinstance(unit, str) else [])])
    units = unit_texts(data, unit)
    if unknown == "error" and len(used) < len(names):
        _check_known(names, inputs, known)
    if units is None and not names:
        raise ShapeError("no column and no units: how many rows there are cannot be told")
    columns = {name: data[name] for name in used}
    rows = _row_count(columns.values() if used else (data[name] for name in names), units)
    table = _table(columns, rows, nan, known)
    if units is not None and len(units) != core.table_rows(table):
        raise ShapeError(Problem(Status.SHAPE, f"{len(units)} units for {core.table_rows(table)} rows", "unit"))
    return table, units


def unit_table(
    data: Any, laws: Sequence[CriteriaSet], code: str, as_text: Callable[[str, Prepared], Prepared], nan: Nan
) -> core.Table:
    """A table with a column of codes of units; which other columns are of use is for the core to tell."""
    data = columns_of(data)
    names = [text_of("a column's name", name) for name in data.keys()]
    if code not in names:
        problem = not_found("column", code, names)
        raise NotFoundError(replace(problem, message=f"{problem.message}: the codes of units; code= names another column"))
    rows = length_of(data[code])
    if rows is None:
        raise TypeError(f"{code} has to be a sequence with one code a row")
    known = together([law._columns for law in laws])
    return _table({name: data[name] for name in names}, rows, nan, known, {code: as_text})


def fixed_axes(axes: Mapping[str, str] | None, more: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The axes that are the same for all rows, each given once."""
    if axes is not None and not hasattr(axes, "items"):
        raise TypeError(f"axes have to be a mapping of str to str, not {type(axes).__name__}")
    fixed = dict(axes or {})
    for axis, value in more.items():
        if axis in fixed:
            raise ConflictError(Problem(Status.CONFLICT, "given in axes= and as a keyword", axis))
        fixed[axis] = value
    for axis, value in fixed.items():
        text_of(f"the value of axis or option {text_of('the id of an axis', axis)!r}", value)
    return tuple(fixed.items())
