# SPDX-License-Identifier: Apache-2.0
"""Multidimensional poverty of households by Alkire and Foster: exact measures, with bounds for what is not reported."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Collection, Iterable, Literal, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .columns import Nan
from .errors import ArgumentError, NotFoundError, NtmError
from .exports import Frame
from .frames import enum_of, open_table, texts_of
from .groups import Grouped, group_frame, read_keys
from .handles import no_pickle
from .number import CountBounds, Exact, Rounding, decimal_of, fraction_parts, parts_of, text_of, whole_number
from .tables import choice, columns_of, not_found, only, unit_texts


class Deprived(IntEnum):
    """When a household is deprived in an indicator."""

    FLAG = 1
    """The column says yes."""
    LESS = 2
    """Achievement < cut-off: the definition of Alkire and Foster. Has gaps."""
    LESS_OR_EQUAL = 3
    """Achievement <= cut-off. Has gaps."""
    MORE = 4
    """Value > cut-off. No gaps."""
    MORE_OR_EQUAL = 5
    """Value >= cut-off. No gaps."""


_SIGNS = {"<": Deprived.LESS, "<=": Deprived.LESS_OR_EQUAL, ">": Deprived.MORE, ">=": Deprived.MORE_OR_EQUAL}


class Incomplete(IntEnum):
    """What becomes of rows in which an indicator is not reported. Never "not deprived"."""

    BOUNDS = 1
    """They count; every measure lies between bounds."""
    LEAVE_OUT = 2
    """They are left out of everything, also of the population, and counted apart."""


class Measure(IntEnum):
    """What is measured. All shares count each row by its weight."""

    POPULATION = 1
    LEFT_OUT = 2
    POOR = 3
    H = 4
    A = 5
    M0 = 6
    M1 = 7
    M2 = 8
    RAW = 9
    CENSORED = 10
    CONTRIBUTION = 11


class Defined(IntEnum):
    """Whether there is a number."""

    UNDEFINED = 0
    """There is none: a share of nobody, the intensity of no poverty."""
    DEFINED = 1
    """There is one, between the bounds."""
    MAYBE_DEFINED = 2
    """It depends on what is not reported; if there is one, it lies between the bounds."""


class Measured(NamedTuple):
    """A measure as exact bounds, both included. Without incomplete rows they are equal."""

    defined: Defined
    """Whether there is a number."""
    least: Fraction | None
    """At least this; None: undefined."""
    most: Fraction | None
    """At most this; None: undefined."""

    @property
    def value(self) -> Fraction | None:
        """The number itself, where it is known; else None."""
        return self.least if self.defined is Defined.DEFINED and self.least == self.most else None


class Rounded(NamedTuple):
    """The bounds of a measure, each rounded once."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Deprivation:
    """One indicator of a measurement.

    >>> ntm.Deprivation("schooling", weight="1/4", when="<", cutoff=12).when
    <Deprived.LESS: 2>
    """

    column: str
    """The column of the data: booleans (True: deprived), or numbers where there is a cut-off."""
    weight: Exact
    """Its weight, exactly: a Fraction, an int, a Decimal, or text like "1/3"; all weights sum to exactly 1. An
    indicator of weight 0 takes no part."""
    when: Deprived | str = Deprived.FLAG
    """How the column is read: a :class:`Deprived`, or "<", "<=", ">", ">="."""
    cutoff: Decimal | int | None = None
    """The deprivation cut-off, in the column's unit; None for flags."""
    not_applicable_is_not_deprived: bool = False
    """Rows where it is not applicable count as not deprived, because the standard says so; else as not reported."""

    def __post_init__(self) -> None:
        text_of("the column of an indicator", self.column)
        fraction_parts(f"the weight of {self.column!r}", self.weight)
        when = _SIGNS.get(self.when) if isinstance(self.when, str) else None
        object.__setattr__(self, "when", when or enum_of("when", Deprived, self.when))
        if (self.when is Deprived.FLAG) != (self.cutoff is None):
            raise ArgumentError(f"{self.column!r}: a cut-off goes with '<', '<=', '>' or '>=', and they with a cut-off")
        if self.cutoff is not None:
            parts_of(self.cutoff)

    def _parts(self) -> tuple[str, int, int, int, tuple[int, int], bool]:
        cutoff, scale = (0, 0) if self.cutoff is None else parts_of(self.cutoff)
        weight = fraction_parts("the weight", self.weight)
        return self.column, int(self.when), cutoff, scale, weight, bool(self.not_applicable_is_not_deprived)


Indicators = Union[Iterable[Deprivation], Mapping[str, Exact]]


class PovertyGroup:
    """The measures of a group, or of all rows. Each :class:`Measured` is found when it is asked for."""

    def __init__(self, handle: core.Poverty, indicators: Sequence[str], index: int, key: Any) -> None:
        self._core = handle
        self._indicators = indicators
        self._index = index
        self.key = key
        """The key of the group; None for all rows."""
        rows, incomplete, left_out, poor = core.poverty_count(handle, index)
        self.rows: int = rows
        """All rows of the group."""
        self.incomplete: int = incomplete
        """Rows in which an indicator (or, when left out, the weight) is not reported."""
        self.left_out: int = left_out
        """Of these, the rows that do not count: all or none of them, as ``incomplete`` says."""
        self.poor_rows = CountBounds(*poor)
        """Rows that count and are poor."""

    def get(self, measure: Measure | str, indicator: str | None = None) -> Measured:
        """A measure by its name: "H", or ("censored", "water").

        Raises:
            NotFoundError: no such indicator.
            ArgumentError: gaps that were not measured; an indicator that is needed or not.
            ExactOverflowError: an exact bound does not fit 64 bits; :meth:`rounded` may still print it.
        """
        defined, least, most = core.poverty_get(self._core, self._index, *self._what(measure, indicator))
        bounds = [None if end is None else Fraction(*end) for end in (least, most)]
        return Measured(Defined(defined), *bounds)

    def rounded(
        self, measure: Measure | str, indicator: str | None = None, *, digits: int = 2, percent: bool = True,
        rounding: Rounding | str = Rounding.HALF_UP,
    ) -> Rounded:
        """The bounds of a measure rounded for printing, in percent or as they are.

        Raises:
            NotFoundError: the measure is undefined.
            NtmError: as for :meth:`get`.
        """
        way, places = enum_of("rounding", Rounding, rounding), whole_number("digits", digits)
        what = self._what(measure, indicator)
        found = core.poverty_rounded(self._core, self._index, *what, 2 if percent else 0, places, int(way))
        return Rounded(*(decimal_of(*end) for end in found))

    def _what(self, measure: Measure | str, indicator: str | None) -> tuple[int, int]:
        of = enum_of("measure", Measure, measure)
        if (of >= Measure.RAW) != (indicator is not None):
            what = "of one indicator" if indicator is None else "of no indicator"
            raise ArgumentError(f"{of.name.lower()} is {what}")
        if indicator is None:
            return int(of), 0
        if text_of("an indicator", indicator) not in self._indicators:
            raise NotFoundError(not_found("indicator", indicator, self._indicators))
        return int(of), self._indicators.index(indicator)

    @property
    def population(self) -> Fraction:
        """n: the weights of the rows that count."""
        return self.get(Measure.POPULATION).least or Fraction(0)

    @property
    def population_left_out(self) -> Fraction:
        """The weights of the rows left out, where they are reported."""
        return self.get(Measure.LEFT_OUT).least or Fraction(0)

    @property
    def poor(self) -> Measured:
        """q: the weights of the poor rows."""
        return self.get(Measure.POOR)

    @property
    def H(self) -> Measured:  # noqa: N802 - the name that the field uses
        """Headcount ratio, q / n."""
        return self.get(Measure.H)

    @property
    def A(self) -> Measured:  # noqa: N802
        """Intensity: the mean share of deprivations of the poor. Undefined when nobody is poor."""
        return self.get(Measure.A)

    @property
    def M0(self) -> Measured:  # noqa: N802
        """Adjusted headcount ratio, H x A."""
        return self.get(Measure.M0)

    @property
    def M1(self) -> Measured:  # noqa: N802
        """Adjusted poverty gap; needs ``gaps=True``."""
        return self.get(Measure.M1)

    @property
    def M2(self) -> Measured:  # noqa: N802
        """Adjusted squared gap; needs ``gaps=True``."""
        return self.get(Measure.M2)

    def raw(self, indicator: str) -> Measured:
        """Share deprived in an indicator, poor or not."""
        return self.get(Measure.RAW, indicator)

    def censored(self, indicator: str) -> Measured:
        """Share poor and deprived in an indicator."""
        return self.get(Measure.CENSORED, indicator)

    def contribution(self, indicator: str) -> Measured:
        """Weight x censored headcount ratio / M0. Undefined when nobody is poor."""
        return self.get(Measure.CONTRIBUTION, indicator)

    def __repr__(self) -> str:
        name = "all rows" if self._index < 0 else repr(self.key)
        return f"<ntm.PovertyGroup {name}: {self.rows} rows, {self.poor_rows.least} to {self.poor_rows.most} poor>"


class PovertyMeasures(Grouped[PovertyGroup]):
    """Measures by group and over all rows, made by :func:`poverty_measures`. Frozen, and usable by several threads.

    ``measures.total.H``, ``measures["rural"].censored("water")``; iterating gives the keys of the groups.
    """

    def __init__(
        self,
        handle: core.Poverty,
        indicators: Sequence[str],
        by: Sequence[str],
        keys: Sequence[Any],
        gaps: bool,
        bounds: bool,
    ) -> None:
        super().__init__(by, keys, lambda index, key: PovertyGroup(handle, self.indicators, index, key))
        self.indicators: tuple[str, ...] = tuple(indicators)
        """The indicators, by the names of their columns."""
        self._gaps = gaps
        self._bounds = bounds

    def _frame(self) -> Frame:
        groups = self.values() if self.by else (self.total,)
        return group_frame(self.by, self._keys, [self._row(group) for group in groups])

    def _row(self, group: PovertyGroup) -> dict[str, Any]:
        row: dict[str, Any] = {"rows": group.rows, "incomplete": group.incomplete, "left_out": group.left_out}
        row["population"] = Fraction(group.population)
        single = ["poor", "H", "A", "M0", *(["M1", "M2"] if self._gaps else [])]
        columns = [(name, group.get(name)) for name in single]
        for name in ("raw", "censored", "contribution"):
            columns += [(f"{name}:{indicator}", group.get(name, indicator)) for indicator in self.indicators]
        for name, measured in columns:
            if self._bounds:
                row[f"{name}_least"], row[f"{name}_most"] = measured.least, measured.most
            else:
                row[name] = measured.least
        return row

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "measure again, or keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.PovertyMeasures of {self.total.rows} rows, {len(self)} groups>"


def _indicators(indicators: Indicators) -> tuple[Deprivation, ...]:
    if isinstance(indicators, Mapping):
        return tuple(Deprivation(column, weight) for column, weight in indicators.items())
    if isinstance(indicators, (str, bytes)) or not hasattr(indicators, "__iter__"):
        kind = type(indicators).__name__
        raise TypeError(f"indicators are a mapping of column to weight, or ntm.Deprivation, not {kind}")
    made = tuple(indicators)
    for one in made:
        if not isinstance(one, Deprivation):
            raise TypeError(f"an indicator is an ntm.Deprivation, not {type(one).__name__}")
    return made


def _cutoff(cutoff: Exact | None, count: int | None) -> tuple[tuple[int, int], int]:
    if (cutoff is None) == (count is None):
        raise ArgumentError("give the poverty cut-off as cutoff= (of the weights) or as cutoff_count= (of indicators)")
    if count is None:
        return fraction_parts("cutoff", cutoff), 0
    number = whole_number("cutoff_count", count)
    if not 1 <= number <= 64:
        raise ArgumentError(f"cutoff_count is {number}: from 1 to 64")
    return (0, 0), number


def poverty_measures(
    data: Any,
    indicators: Indicators,
    *,
    incomplete: Incomplete | Literal["bounds", "leave out"],
    cutoff: Exact | None = None,
    cutoff_count: int | None = None,
    population: str | None = None,
    by: Sequence[str] | str = (),
    gaps: bool = False,
    nan: Nan = "error",
    unit: str | Sequence[Any] | None = None,
) -> PovertyMeasures:
    """Measures poverty over a table, one row a household. No figure of law lives here: all cut-offs are the caller's.

    The interpreter's lock is released meanwhile; columns of fitting types are not copied.

    Args:
        data: columns, as for :func:`ntm.evaluate`.
        indicators: a mapping of flag column to weight, or :class:`Deprivation` with cut-offs.
        incomplete: what becomes of rows in which an indicator is not reported; has to be said.
        cutoff: poor when the weighted deprivations are at least this; above 0 and at most 1.
        cutoff_count: in place of it: poor when deprived in so many indicators or more; needs equal weights.
        population: the column with each row's weight (members): whole numbers or Decimals; None: each row counts 1.
        by: grouping columns: text, whole numbers, dates or booleans.
        gaps: also M1 and M2; every indicator has to be of "<" or "<=", with a cut-off above 0.
        nan: what NaN means in float64 columns: an error, or "not reported".
        unit: the households, for errors: the name of a column, or a sequence.

    Raises:
        ArgumentError: a cut-off outside 0 to 1, weights that do not sum to exactly 1, a count with unequal weights.
        NotFoundError: a column that is not there.
        BadValueError: NaN, a negative weight or achievement, a weight not reported; ``.row`` and ``.unit`` tell where.
        ShapeError: a column of the wrong type or length.
        TypeError: a weight or cut-off as float.
        ExactOverflowError: beyond exact arithmetic.

    >>> third = Fraction(1, 3)
    >>> data = {"health": [True, True, False], "school": [True, False, False], "water": [True, False, False]}
    >>> found = ntm.poverty_measures(data, {"health": third, "school": third, "water": third}, cutoff=Fraction(2, 3),
    ...                              incomplete="bounds")
    >>> found.total.H.value, found.total.A.value, found.total.M0.value
    (Fraction(1, 3), Fraction(1, 1), Fraction(1, 3))
    """
    made, names = _indicators(indicators), texts_of("grouping columns", by)
    policy = enum_of("incomplete", Incomplete, incomplete)
    choice("nan", nan, ("error", "not reported"))
    share, count = _cutoff(cutoff, cutoff_count)
    weight = None if population is None else text_of("population", population)
    parts = tuple(one._parts() for one in made)
    used = [one for one, part in zip(made, parts) if part[4][0] != 0]
    numbers = [one.column for one in used if one.when is not Deprived.FLAG] + ([weight] if weight else [])
    wanted = [*(one.column for one in used), *numbers, *names]
    data = columns_of(data)
    only(data, [*wanted, *([unit] if isinstance(unit, str) else [])])
    units = unit_texts(data, unit)
    table, columns = open_table(data, wanted, nan=nan, numbers=numbers)
    try:
        handle = core.poverty_measure(table, parts, share, count, int(policy), bool(gaps), weight, names)
    except NtmError as error:
        if error.row is not None and units is not None and error.row < len(units):
            error.unit = units[error.row]
        raise
    keys = read_keys(core.poverty_groups(handle), names, lambda *at: core.poverty_key(handle, *at), columns)
    return PovertyMeasures(handle, [one.column for one in made], names, keys, bool(gaps), policy is Incomplete.BOUNDS)


def nested_weights(
    dimensions: Mapping[str, Sequence[str]], *, unavailable: Collection[str] = ()
) -> dict[str, Fraction]:
    """Nested weights: every dimension weighs the same, and so does every available indicator inside its dimension.

    Args:
        dimensions: the indicators of each dimension.
        unavailable: indicators on which there are no data at all: they weigh 0, and the others of their dimension more.

    Returns:
        The weight of each indicator; they sum to exactly 1.

    Raises:
        BadValueError: a dimension without an available indicator.
        ArgumentError: an indicator twice, or unavailable and in no dimension.

    >>> ntm.nested_weights({"health": ["nutrition", "mortality"], "education": ["years"]}, unavailable=["mortality"])
    {'nutrition': Fraction(1, 2), 'mortality': Fraction(0, 1), 'years': Fraction(1, 2)}
    """
    away = texts_of("unavailable indicators", unavailable if isinstance(unavailable, str) else tuple(unavailable))
    triples = tuple(
        (text_of("a dimension", dimension), indicator, indicator not in away)
        for dimension, indicators in dimensions.items()
        for indicator in texts_of("indicators", indicators)
    )
    names = [indicator for _, indicator, _ in triples]
    if len(set(names)) != len(names) or not set(away) <= set(names):
        raise ArgumentError("each indicator is in one dimension, and what is not available too")
    weights = core.nested_weights(triples)
    return {name: Fraction(*weight) for name, weight in zip(names, weights)}
