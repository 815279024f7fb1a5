# SPDX-License-Identifier: Apache-2.0
"""Facts of some units made into facts of others: across a merger, from communes to a district, from months to a year."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Iterable, Iterator, Literal, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .attainment import Range
from .columns import Column, Nan, Prepared, length_of, prepare
from .criteria import CriteriaSet
from .days import date_number
from .errors import ArgumentError, NotFoundError, ShapeError
from .arrow_in import is_arrow
from .exports import Frame, Out, Rows
from .handles import no_pickle
from .number import decimal_of, parts_of, text_of, whole_number
from .parts import Fact
from .tables import add_column, choice, columns_of, not_found, of_sort, only
from .unit_rows import Echelon, Unit
from .units import Day, Units

_ROWS_MAX = 2**32 - 2


class RollupPart(NamedTuple):
    """One source row, or a part of it, in one target row."""

    source: int
    """Row of the source, from 0."""
    target: int
    """Row of the target, from 0."""
    weight: int | float | Decimal | None = None
    """How much of the source this part is, in any unit that its parts share: people, km2. None: nobody has said."""
    partial: bool = False
    """Only a part of the source is here, and the rest went elsewhere than to other targets."""


class RolledParts(NamedTuple):
    """Of how many source rows a value was made; each counts once."""

    parts: int
    reported: int
    not_reported: int
    not_applicable: int
    divided: int
    """Of ``parts``, those that were divided on their way."""


Parts = Union[Iterable[Union[RollupPart, "tuple[Any, ...]"]], Mapping[str, Any]]


def _rows(name: str, values: Any) -> Any:
    """Row numbers as uint32."""
    import numpy as np

    array = np.asarray(values if hasattr(values, "__array__") else list(values))
    if array.size == 0:
        array = array.astype(np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise TypeError(f"{name} has to be a sequence of row numbers, not {array.dtype} of {array.ndim} dimensions")
    if array.size and (array.min() < 0 or array.max() > _ROWS_MAX):
        raise ArgumentError(f"{name}: row numbers are 0 to {_ROWS_MAX}")
    return np.ascontiguousarray(array, dtype=np.uint32)


def _weight_pair(row: int, value: Any) -> tuple[int, int]:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TypeError(f"weight of part {row} has to be a number, not {type(value).__name__}")
    return parts_of(Decimal(repr(value)) if isinstance(value, float) else value)


def _weights(values: Any, count: int) -> tuple[Any, Any, Any]:
    """(has weight, coefficient, scale) of every part; None three times when no part has one."""
    import numpy as np

    if values is None:
        return None, None, None
    array = values if isinstance(values, np.ndarray) else None
    if array is not None and array.dtype.kind in "iu" and array.shape == (count,):
        return np.ones(count, np.uint8), np.ascontiguousarray(array, dtype=np.int64), None
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    if len(listed) != count:
        raise ShapeError(f"{len(listed)} weights for {count} parts")
    has, coefficients, scales = np.zeros(count, np.uint8), np.zeros(count, np.int64), np.zeros(count, np.uint8)
    for row, value in enumerate(listed):
        if value is None or value != value:
            continue
        has[row] = 1
        coefficients[row], scales[row] = _weight_pair(row, value)
    return has, coefficients, scales


def _columns_of_parts(parts: Parts) -> tuple[Any, Any, Any, Any]:
    """(sources, targets, partial, weights) from tuples, or from columns of these names."""
    if hasattr(parts, "keys") or is_arrow(parts) or getattr(getattr(parts, "dtype", None), "names", None):
        columns = columns_of(parts)
        known = ("source", "target", "weight", "partial")
        for name in columns.keys():
            if name not in known:
                raise NotFoundError(not_found("column of parts", str(name), known))
        for name in known[:2]:
            if name not in columns.keys():
                raise NotFoundError(not_found("column", name, [str(key) for key in columns.keys()]))
        partial, weight = (columns[name] if name in columns.keys() else None for name in ("partial", "weight"))
        return columns["source"], columns["target"], partial, weight
    made = [part if isinstance(part, RollupPart) else RollupPart(*part) for part in parts]
    weighed = any(part.weight is not None for part in made)
    partial = any(part.partial for part in made)
    return (
        [part.source for part in made],
        [part.target for part in made],
        [part.partial for part in made] if partial else None,
        [part.weight for part in made] if weighed else None,
    )


def _fact_tuple(fact: Any) -> tuple[Any, ...]:
    if not isinstance(fact, Fact):
        raise TypeError(f"facts are an ntm.CriteriaSet or ntm.Fact, not {type(fact).__name__}")
    numerator, denominator = fact.merge_parts or (None, None)
    return (
        fact.id,
        int(fact.kind),
        fact.unit,
        None if fact.least is None else parts_of(fact.least),
        None if fact.most is None else parts_of(fact.most),
        fact.by,
        tuple(fact.levels),
        int(fact.merge),
        fact.merge_weight,
        numerator,
        denominator,
        int(fact.over_time or 0),
    )


def _base(name: str) -> str:
    """The column whose bounds a column has, or the column itself."""
    for suffix in (":least", ":most"):
        if name.endswith(suffix):
            return name[: -len(suffix)]
    return name


def _fact_of(name: str, facts: Mapping[str, Fact]) -> Fact | None:
    id, bracket, _ = _base(name).partition("[")
    fact = facts.get(id)
    return fact if fact is not None and bool(bracket) == (fact.by is not None) else None


def _table_of(data: Any, facts: Mapping[str, Fact], nan: Nan, unknown: str) -> core.Table:
    columns = columns_of(data)
    names = []
    for name in columns.keys():
        if _fact_of(text_of("a column's name", name), facts) is not None:
            names.append(name)
        elif unknown == "error":
            problem = not_found("fact", name, facts)
            mark = "" if problem.message.endswith("?") else ";"
            raise NotFoundError(replace(problem, message=f"{problem.message}{mark} unknown='ignore' leaves columns out"))
    only(columns, names)
    lengths = [length for length in (length_of(columns[name]) for name in names) if length is not None]
    rows = lengths[0] if lengths else 1 if names else 0
    table = core.table_new(rows, len(names))
    for name in names:
        fact = _fact_of(name, facts)
        column: Prepared = prepare(name, columns[name], rows)
        column = of_sort(name, column, fact, nan)
        add_column(table, name, column, nan)
    return table


class Rollup:
    """Which rows make which rows. Frozen; usable by several threads.

    Args:
        parts: ``(source row, target row)``, with a weight behind them where the source is divided by weights, and True
            behind that where only a part of the source is there; or a mapping or data frame with the columns
            ``source``, ``target`` and, if wanted, ``weight`` and ``partial``.
        from_rows: rows of the source; None: as many as the parts name.
        to_rows: rows of the target.

    A source with parts in several targets is divided: by weights if all of its parts have one, else every part is only
    bounded. A target without parts has nothing reported.

    Raises:
        ArgumentError: a row past the end.
        BadValueError: a weight below 0.

    Two communes of 5,000 and 7,000 people make one of 12,000:

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> merged = ntm.Rollup([(0, 0), (1, 0)]).apply({"population": [5000, 7000]}, law)
    >>> merged.range("population", 0)
    Range(least=Fraction(12000, 1), most=Fraction(12000, 1))
    """

    def __init__(self, parts: Parts, *, from_rows: int | None = None, to_rows: int | None = None) -> None:
        import numpy as np

        sources, targets, partial, weights = _columns_of_parts(parts)
        source, target = _rows("source", sources), _rows("target", targets)
        count = len(source)
        if len(target) != count:
            raise ShapeError(f"{count} source rows and {len(target)} target rows")
        flags = None if partial is None else np.ascontiguousarray(np.asarray(partial, dtype=bool)).view(np.uint8)
        if flags is not None and flags.shape != (count,):
            raise ShapeError(f"partial has to be {count} booleans")
        sizes = []
        for name, rows, given in (("from_rows", source, from_rows), ("to_rows", target, to_rows)):
            size = (int(rows.max()) + 1 if count else 0) if given is None else whole_number(name, given)
            if size < 0:
                raise ArgumentError(f"{name} has to be 0 or more")
            sizes.append(size)
        columns = (source, target, flags, *_weights(weights, count))
        self._handle = core.rollup_new(columns, count, *sizes)

    @classmethod
    def over_periods(cls, rows: int, groups: Sequence[int]) -> Rollup:
        """From periods to longer periods, by each fact's rule over time.

        Args:
            rows: units; the table has one block of so many rows a period, in the order of time.
            groups: the group of each period, from 0 and not decreasing: ``[0] * 12 + [1] * 12`` makes two years of 24
                months.

        >>> made = ntm.Rollup.over_periods(3, [0] * 12 + [1] * 12)
        >>> made.from_rows, made.to_rows
        (72, 6)
        """
        numbers = _rows("groups", groups)
        size = whole_number("rows", rows)
        if size < 0:
            raise ArgumentError("rows has to be 0 or more")
        rollup = cls.__new__(cls)
        count = int(numbers.max()) + 1 if len(numbers) else 0
        rollup._handle = core.rollup_over_periods(size, numbers, len(numbers), count)
        return rollup

    @classmethod
    def across(
        cls,
        units: Units,
        old: Sequence[Unit | str],
        new: Sequence[Unit | str],
        *,
        since: Day,
        by: Day,
        weight: str | None = None,
        others: Literal["error", "ignore"] = "error",
    ) -> Rollup:
        """Across mergers, divisions and renames: from units of one day to those of a later one.

        What a new unit needs and is not among the old ones is not reported: its values are bounds, not totals.

        Args:
            old: units, or codes on the day ``since``, in the order of the source rows.
            new: units, or codes on the day ``by``, in the order of the target rows.
            weight: the weight of edges by which divided units are split ("population"); None: their parts are bounds.
            others: old units of which something goes to a unit that is not among the new ones are an error, or only
                what goes to the new ones is counted.

        Raises:
            NotFoundError: a code that no unit has on its day, no such weight, or an old unit that goes elsewhere.
            ConflictError: a unit twice.

        Two communes of 5,000 and 7,000 people merge:

        >>> units = ntm.Units(
        ...     {
        ...         "code": ["18103", "18106", "18103"],
        ...         "name": ["Xã Thạch Môn", "Xã Thạch Đồng", "Xã Đồng Môn"],
        ...         "level": ["commune", "commune", "commune"],
        ...         "valid_from": [None, None, "2020-01-01"],
        ...         "valid_to": ["2020-01-01", "2020-01-01", None],
        ...     },
        ...     {"old_code": ["18103", "18106"], "new_code": ["18103", "18103"]},
        ...     edges_on="2020-01-01",
        ... )
        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> merger = ntm.Rollup.across(units, ["18103", "18106"], ["18103"], since="2019-12-31", by="2020-01-01")
        >>> merger.apply({"population": [5000, 7000]}, law)["population"].values.tolist()
        [12000]

        Where a commune is missing, its people are not counted as none:

        >>> merger = ntm.Rollup.across(units, ["18103"], ["18103"], since="2019-12-31", by="2020-01-01")
        >>> merger.apply({"population": [5000]}, law).range("population", 0)
        Range(least=Fraction(5000, 1), most=None)
        """
        choice("others", others, ("error", "ignore"))
        rows = units._rows(old, since, "old"), units._rows(new, by, "new")
        rollup = cls.__new__(cls)
        rollup._handle = core.rollup_across(
            units._core,
            rows[0],
            date_number(since),
            rows[1],
            date_number(by),
            None if weight is None else text_of("weight", weight),
            others == "ignore",
        )
        return rollup

    @classmethod
    def up(
        cls,
        units: Units,
        below: Sequence[Unit | str],
        above: Sequence[Unit | str],
        *,
        on: Day,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        others: Literal["error", "ignore"] = "error",
    ) -> Rollup:
        """Up the tree as of a day: from communes to their districts or provinces.

        A unit of the rung (or level) that lies below and is not among the sources is not reported, so that a sum with a
        hole is bounds and no total.

        Args:
            below: units or codes, in the order of the source rows.
            above: units or codes of one rung, in the order of the target rows.
            echelon, level: what is rolled up; one of both is needed.

        Raises:
            NotFoundError: a code that no unit has on the day, or a source that lies below none of the targets.
            BadValueError: a source of another rung or level.

        >>> units = ntm.Units(
        ...     {
        ...         "code": ["42", "18103", "18109"],
        ...         "name": ["Tỉnh Hà Tĩnh", "Xã Đồng Môn", "Xã Thạch Hạ"],
        ...         "level": ["province", "commune", "commune"],
        ...         "parent": [None, "42", "42"],
        ...     }
        ... )
        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> up = ntm.Rollup.up(units, ["18103", "18109"], ["42"], on="2020-02-25", echelon="commune")
        >>> up.apply({"population": [12000, 8000]}, law)["population"].values.tolist()
        [20000]
        """
        choice("others", others, ("error", "ignore"))
        rows = units._rows(below, on, "below"), units._rows(above, on, "above")
        rollup = cls.__new__(cls)
        chosen = units._filter(on, echelon, level, None)
        rollup._handle = core.rollup_up(units._core, *rows, chosen, others == "ignore")
        return rollup

    def then(self, next: Rollup) -> Rollup:
        """This roll-up with another behind it: its targets are the other's sources, block for block.

        Raises:
            ShapeError: the rows do not fit.
        """
        if not isinstance(next, Rollup):
            raise TypeError(f"an ntm.Rollup is needed, not {type(next).__name__}")
        rollup = type(self).__new__(type(self))
        rollup._handle = core.rollup_then(self._handle, next._handle)
        return rollup

    @property
    def from_rows(self) -> int:
        """Rows of one block of the source."""
        return core.rollup_from_rows(self._handle)

    @property
    def to_rows(self) -> int:
        """Rows of one block of the target."""
        return core.rollup_to_rows(self._handle)

    def apply(
        self,
        data: Any,
        facts: CriteriaSet | Fact | Iterable[Fact],
        *,
        nan: Nan = "error",
        unknown: Literal["error", "ignore"] = "error",
        scale: int = 6,
    ) -> Rolled:
        """Rolls the columns of a table up, each by the rule of its fact. The interpreter's lock is released meanwhile.

        Args:
            data: columns of facts as for :func:`ntm.evaluate`: ``from_rows`` rows, or several blocks of so many, one a
                period. Where a value is not reported, columns ``F:least`` and ``F:most`` say between what it lies.
            facts: a set, whose facts are taken, or facts.
            nan: whether NaN is an error or "not reported".
            unknown: "ignore" leaves columns out that are no fact.
            scale: digits after the mark of means and ratios in the table.

        Raises:
            BadValueError, ExactOverflowError, ShapeError, SchemaError, UnitError: as ``ntm_rolled_new`` in C.
            NotFoundError: a column that is no fact.
        """
        choice("nan", nan, ("error", "not reported"))
        choice("unknown", unknown, ("error", "ignore"))
        listed = facts.facts if isinstance(facts, CriteriaSet) else (facts,) if isinstance(facts, Fact) else tuple(facts)
        tuples = tuple(_fact_tuple(fact) for fact in listed)
        digits = whole_number("scale", scale)
        if not 0 <= digits <= 18:
            raise ArgumentError("scale is 0 to 18")
        known = {fact.id: fact for fact in listed}
        table = _table_of(data, known, nan, unknown)
        return Rolled(core.rolled_new(self._handle, table, tuples, unknown == "ignore", digits), known)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "its parts")

    def __repr__(self) -> str:
        return f"<ntm.Rollup: {self.from_rows} rows to {self.to_rows}>"


class Rolled(Rows):
    """Facts of the targets, made by :meth:`Rollup.apply`. Frozen; usable by several threads.

    It is a mapping from column to values, bounds included, so that :func:`ntm.evaluate` and :meth:`Rollup.apply` take it
    as it is, and a step of :func:`ntm.cascade` as ``{"code": codes, **rolled}``. Its length is that of a column.

    >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
    >>> rolled = ntm.Rollup([(0, 0), (1, 0)]).apply({"population": [5000, None]}, law)
    >>> list(rolled), rolled["population:least"].values.tolist()
    (['population', 'population:least'], [5000])
    """

    def __init__(self, handle: core.Rolled, facts: Mapping[str, Fact]) -> None:
        self._handle = handle
        self._facts = facts
        self._names = core.rolled_names(handle)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: facts, and their bounds where something is only bounded."""
        return self._names

    def _masks(self, validity: bytes | None, away: bytes | None) -> tuple[Any, Any]:
        """(not reported, not applicable) as booleans."""
        import numpy as np

        rows = len(self)

        def unpack(bits: bytes) -> Any:
            return np.unpackbits(np.frombuffer(bits, np.uint8), count=rows, bitorder="little").astype(bool)

        absent = np.zeros(rows, bool) if away is None else unpack(away)
        known = np.ones(rows, bool) if validity is None else unpack(validity)
        return ~known & ~absent, absent

    def _values(self, name: str) -> tuple[Any, int, Any, Any, tuple[str, ...]]:
        """(values, scale, not reported, not applicable, levels) of a column."""
        import numpy as np

        if name not in self._names:
            raise NotFoundError(not_found("column", name, self._names))
        size, scale, data, validity, away, levels = core.rolled_column(self._handle, self._names.index(name))
        missing, absent = self._masks(validity, away)
        if size == 0:
            packed = np.frombuffer(data or b"", np.uint8)
            return np.unpackbits(packed, count=len(self), bitorder="little").astype(bool), 0, missing, absent, ()
        return np.frombuffer(data or b"", np.int64 if size == 8 else np.int32), scale, missing, absent, levels

    def column(self, name: str) -> Column:
        """One column, as :func:`ntm.evaluate` and :meth:`Rollup.apply` take it.

        Numbers are integers with a scale, flags booleans, levels text, dates ``datetime64[D]``.
        """
        import numpy as np

        values, scale, missing, absent, levels = self._values(name)
        gone = missing | absent
        if levels:
            values = np.array([None if away else levels[code] for code, away in zip(values, gone)], dtype=object)
        elif values.dtype == np.int32:
            values = np.where(gone, 0, values).astype("datetime64[D]")
        elif values.dtype == np.int64:
            values = np.where(gone, 0, values)
        return Column(values, scale=scale, not_reported=missing, not_applicable=absent)

    def table(self, *, bounds: bool = False) -> dict[str, Column]:
        """All columns by name; with ``bounds`` also those that end in ``:least`` and ``:most``.

        Without them what is only bounded is open to whoever is given the table.
        """
        return {name: self.column(name) for name in self._names if bounds or _base(name) == name}

    def range(self, column: str, row: int) -> Range | None:
        """What is known of one value, exactly; None where it is not applicable.

        Flags are 0 and 1, levels their place from 0, dates days since 1970-01-01.
        """
        raw = core.rolled_range(self._handle, text_of("a column", column), self._row(row))
        if raw is None:
            return None
        least, most = (None if end is None else Fraction(*end) for end in raw)
        return Range(least, most)

    def parts(self, column: str, row: int) -> RolledParts:
        """Of how many source rows a value was made, and what was known of them."""
        return RolledParts(*core.rolled_parts(self._handle, text_of("a column", column), self._row(row)))

    def _row(self, row: int) -> int:
        number = whole_number("row", row)
        if not 0 <= number < len(self):
            raise IndexError(f"row {number} of {len(self)}")
        return number

    def _frame(self) -> Frame:
        return Frame(self._out(name) for name in self._names)

    def _out(self, name: str) -> Out:
        import numpy as np

        values, scale, missing, absent, levels = self._values(name)
        known = ~(missing | absent)
        if levels:
            return Out(name, "word", np.where(known, values, -1), categories=tuple(levels), ordered=True)
        if values.dtype == bool:
            return Out(name, "flag", values, known)
        if values.dtype == np.int32:
            return Out(name, "date", values, known)
        if scale == 0:
            return Out(name, "int", values, known)
        return Out(name, "decimal", [decimal_of(one, scale) if there else None for one, there in zip(values.tolist(), known)])

    def keys(self) -> tuple[str, ...]:
        """The names of the columns, bounds included."""
        return self._names

    def __getitem__(self, name: str) -> Column:
        return self.column(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return core.rolled_rows(self._handle)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "its table")

    def __repr__(self) -> str:
        return f"<ntm.Rolled: {len(self)} rows, {len(self._names)} columns>"
