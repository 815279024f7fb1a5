# SPDX-License-Identifier: Apache-2.0
"""An envelope of money divided among claimants by weights, classes, shares or needs, adding back to the đồng."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Iterator, Literal, Mapping, NamedTuple, NoReturn, Union

from . import core
from .columns import Nan
from .errors import ArgumentError, NotFoundError, NtmError
from .exports import Frame, Out, Rows, count_column, enum_column, flag_column, text_column, word_column
from .frames import text_at, whole_table
from .handles import no_pickle
from .number import Language, decimal_of, language_code, money_of, parts_of, text_of
from .tables import choice, not_found

Coefficient = Union[int, Decimal, "tuple[int | Decimal, str]"]
"""A number, or a number and where it is written."""

_SEVERAL = {None: 0, "highest": 1, "added": 2}


class BoundBy(IntEnum):
    """What kept a claimant from its part by weight."""

    NOTHING = 0
    """It has its quota, to the step."""
    FLOOR = 1
    """It has its floor, which is more."""
    CAP = 2
    """It has its cap, which is less."""
    NEED = 3
    """It has its need, which is less."""


class Allotted(NamedTuple):
    """A claimant and what it gets."""

    unit: str
    """Its code."""
    row: int
    """Its first row of the claims."""
    share: int
    """What it gets, in đồng."""
    weight: Fraction | None
    """What it is divided by; None when that does not fit 64 bits."""
    quota: Fraction | None
    """Its exact quota in đồng; None likewise."""
    class_name: str | None
    """The class that counts; None: none, or several that add up."""
    coefficient: Decimal | None
    """Its coefficient."""
    citation: str | None
    """Where the coefficient, or else the rule, is written."""
    extra_step: bool
    """It has one of the steps that were left, by its remainder."""
    rest: int
    """What it has of the envelope's part that is no whole step."""
    bound_by: BoundBy
    """What kept it from its part by weight."""


def _allotted(row: tuple[Any, ...]) -> Allotted:
    unit, at, share, weight, quota, class_name, coefficient, scale, citation, extra, rest, bound = row
    return Allotted(
        unit,
        at,
        share,
        None if weight is None else Fraction(*weight),
        None if quota is None else Fraction(*quota),
        class_name,
        None if class_name is None else decimal_of(coefficient, scale),
        citation,
        extra,
        rest,
        BoundBy(bound),
    )


class Apportionment(Rows):
    """An envelope divided, made by :func:`apportion`: a sequence of claimants in the order of their first rows.

    Frozen, and usable by several threads.
    """

    def __init__(self, handle: core.Apportionment) -> None:
        self._handle = handle
        self._rows = tuple(_allotted(row) for row in core.apportionment_rows(handle))
        self._at = {one.unit: index for index, one in enumerate(self._rows)}
        self._envelope, self._left, left_out = core.apportionment_about(handle)
        self._left_out = tuple(left_out)

    @property
    def envelope(self) -> int:
        """What was divided, in đồng: the sum of all shares and what is left."""
        return self._envelope

    @property
    def left(self) -> int:
        """What nobody gets, in đồng: caps and needs that all bind, shares below 100 %, a part that is no whole step."""
        return self._left

    @property
    def left_out(self) -> tuple[str, ...]:
        """Claimants that take no part because something is not reported."""
        return self._left_out

    @property
    def shares(self) -> dict[str, int]:
        """What each claimant gets, in đồng."""
        return {one.unit: one.share for one in self._rows}

    def _index(self, unit: str) -> int:
        if text_of("unit", unit) in self._at:
            return self._at[unit]
        if unit in self._left_out:
            raise NotFoundError(f"{unit!r} is left out: something is not reported")
        raise NotFoundError(not_found("claimant", unit, self._at))

    def __getitem__(self, unit: str) -> Allotted:
        """A claimant by its code.

        Raises:
            NotFoundError: there is no such claimant, or it is left out.
        """
        return self._rows[self._index(unit)]

    def __iter__(self) -> Iterator[Allotted]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def explain(self, unit: str, *, lang: Language = "vi") -> str:
        """How a claimant's share came about: coefficients with their citation, quota, remainder, what binds.

        Raises:
            NotFoundError: there is no such claimant.
        """
        return core.apportionment_explain(self._handle, self._index(unit), language_code(lang))

    def _frame(self) -> Frame:
        made = [text_column("unit", [one.unit for one in self._rows])]
        for name in Allotted._fields:
            values = [getattr(one, name) for one in self._rows]
            if name in ("weight", "quota", "coefficient"):
                made.append(Out(name, "exact", values))
            elif name == "bound_by":
                made.append(enum_column(name, values))
            elif name not in ("unit", "row"):
                kind: dict[str, Any] = {"share": count_column, "rest": count_column, "extra_step": flag_column}
                made.append(kind.get(name, word_column)(name, values))
        return Frame(made)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "divide again, or keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.Apportionment of {self._envelope} đồng: {len(self)} claimants, {self._left} left>"


def _coefficients(coefficients: Mapping[str, Coefficient] | None) -> tuple[tuple[str, int, int, str | None], ...]:
    made = []
    for name, given in (coefficients or {}).items():
        number, citation = given if isinstance(given, tuple) else (given, None)
        cited = None if citation is None else text_of("a citation", citation)
        made.append((text_of("a class", name), *parts_of(number), cited))
    return tuple(made)


def apportion(
    envelope: int,
    claims: Any,
    *,
    coefficients: Mapping[str, Coefficient] | None = None,
    several: Literal["highest", "added"] | None = None,
    step: int = 1,
    rest: Literal["left", "to next"] = "left",
    missing: Literal["error", "leave out"] = "error",
    citation: str | None = None,
    nan: Nan = "error",
) -> Apportionment:
    """Divides an envelope exactly. The interpreter's lock is released meanwhile.

    Each claimant gets its quota, λ x weight between its floor and its cap, rounded down to whole steps; the steps that are
    left go one each to the largest remainders, then the larger weight, then the code that comes first. The order of rows
    never matters; shares and what is left add up to the envelope.

    Args:
        envelope: đồng.
        claims: columns, as for :func:`ntm.evaluate`, one row a claimant (or one a claimant and class): ``unit``; one of
            ``weight``, ``share`` (percent), ``class``, or else ``need`` (đồng); where there are any ``count`` (of what has
            the weight or class), ``need`` (nobody gets more), ``floor``, ``cap`` (đồng; none: no such bound).
        coefficients: of the classes; a number, or a number with its citation. No figure of law is built in.
        several: what becomes of a claimant in several classes: only the ``"highest"`` coefficient counts, or all are
            ``"added"``. None: an error.
        step: shares are multiples of it, in đồng.
        rest: what is no whole step is ``"left"``, or goes ``"to next"`` in line.
        missing: claimants of whom something is not reported are an error, or are left out (``.left_out``). Never zero.
        citation: where the rule is written; explanations show it.
        nan: what NaN means among float64 values: an error, or "not reported".

    Raises:
        BadValueError: what is not reported or below 0, parts of a đồng, floors above the envelope, shares above 100 %.
        NotFoundError: a class without coefficient.
        ConflictError: a claimant twice, or in several classes without ``several``.
        ShapeError: a column that is missing, unknown or of the wrong type.
        ExactOverflowError: weights beyond 126 bits.

    >>> claims = {"unit": ["X", "Y", "Z"], "class": ["a", "b", "c"]}
    >>> divided = ntm.apportion(120_000_000_000, claims, coefficients={"a": 5, "b": 3, "c": 1})
    >>> divided.shares
    {'X': 66666666667, 'Y': 40000000000, 'Z': 13333333333}
    >>> divided["X"].quota, divided.left
    (Fraction(200000000000, 3), 0)
    """
    choice("rest", rest, ("left", "to next"))
    choice("missing", missing, ("error", "leave out"))
    choice("nan", nan, ("error", "not reported"))
    if several not in _SEVERAL:
        raise ArgumentError(f"several {several!r}: 'highest', 'added' or None")
    amount, whole_step = money_of("envelope", envelope), money_of("step", step)
    numbers = ("weight", "share", "count", "need", "floor", "cap")
    table, columns = whole_table(claims, nan=nan, text=("unit", "class"), numbers=numbers)
    try:
        handle = core.apportion(
            table,
            amount,
            _coefficients(coefficients),
            _SEVERAL[several],
            whole_step,
            rest == "to next",
            missing == "leave out",
            None if citation is None else text_of("citation", citation),
        )
    except NtmError as error:
        if error.row is not None and "unit" in columns:
            error.unit = text_at(columns["unit"], error.row)
        raise
    return Apportionment(handle)
