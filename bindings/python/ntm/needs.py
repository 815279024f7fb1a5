# SPDX-License-Identifier: Apache-2.0
"""Quantities of work turned into needs by norms, and divided among sources and doers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any, Iterator, Literal, NamedTuple, NoReturn, Sequence

from . import core
from .columns import Nan
from .days import date_number
from .errors import ArgumentError, NotFoundError, NtmError
from .exports import Frame, Out, Rows, int_column, word_column
from .frames import core_table, enum_of, prepare_all, text_at, texts_of, whole_table
from .handles import Held, no_pickle
from .number import Language, Rounding, decimal_of, language_code, money_of, parts_of, text_of, whole_number
from .tables import choice, columns_of, not_found
from .unit_rows import Echelon
from .units import Units

_NORM_TEXT = ("work", "class", "region", "resource", "work_unit", "resource_unit", "citation")
_QUANTITY_TEXT = ("unit", "work", "class", "region", "work_unit", "programme", "component")
RULE_TEXT = ("work", "resource", "source", "doer", "cap_per", "cap_to", "cap_to_doer", "citation")


class NeedOpen(IntEnum):
    """Why a need has no amount."""

    KNOWN = 0
    """It has one."""
    NO_QUANTITY = 1
    """The quantity of work is not reported."""
    NO_NORM = 2
    """No norm is for it."""
    NOT_TOLD = 3
    """A class or region is not reported, and norms depend on it."""


class Need(NamedTuple):
    """Where a line of needs comes from. Amounts are đồng (int), or resource units (Decimal)."""

    row: int
    """Row of the quantities."""
    norm: int | None
    """Row of the norms."""
    rule: int | None
    """Row of the division; None: not divided."""
    open: NeedOpen
    """Why there is no amount."""
    amount: int | Decimal | None
    """What the source pays; None when open."""
    whole: int | Decimal | None
    """The need that it is a part of; None when open."""
    cut: int | Decimal
    """What the rule's cap cut off."""
    taken: int | Decimal
    """What caps of others sent here."""


class NeedColumns(Rows):
    """Columns by name, in order: text or None, int (đồng, counts) or None, Decimal (in kind) or None.

    A mapping as data frames are, so that pandas and the functions of this package take it.
    """

    def __init__(self, columns: tuple[int, list[tuple[Any, ...]]]) -> None:
        rows, fields = columns
        self._rows = rows
        self._columns = {field[0]: _values(rows, field) for field in fields}

    def keys(self) -> Sequence[str]:
        """The names of the columns."""
        return tuple(self._columns)

    def __getitem__(self, name: str) -> list[Any]:
        """A column, one value a row.

        Raises:
            NotFoundError: there is no such column.
        """
        if text_of("a column's name", name) not in self._columns:
            raise NotFoundError(not_found("column", name, self._columns))
        return list(self._columns[name])

    def rows(self) -> list[dict[str, Any]]:
        """The rows, each by the names of the columns."""
        return [{name: column[row] for name, column in self._columns.items()} for row in range(self._rows)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        """How many rows."""
        return self._rows

    def _frame(self) -> Frame:
        whole = {"amount": int_column, "lines": int_column, "open": int_column}
        made = []
        for name, column in self._columns.items():
            if name == "quantity":
                made.append(Out(name, "decimal", column))
            else:
                made.append(whole.get(name, word_column)(name, column))
        return Frame(made)

    def __repr__(self) -> str:
        return f"<ntm.{type(self).__name__} of {self._rows} rows: {', '.join(self._columns)}>"


def _values(rows: int, field: tuple[Any, ...]) -> list[Any]:
    import numpy as np

    if len(field) == 3:
        _, codes, texts = field
        found = np.frombuffer(codes, np.int32).tolist()
        return [None if code < 0 else texts[code] for code in (found if len(found) == rows else found * rows)]
    name, scale, values, validity = field
    numbers = np.frombuffer(values, np.int64).tolist()
    made: list[Any] = numbers if name != "quantity" else [decimal_of(number, scale) for number in numbers]
    if validity is None:
        return made
    known = np.unpackbits(np.frombuffer(validity, np.uint8), count=rows, bitorder="little").tolist()
    return [one if there else None for one, there in zip(made, known)]


class Needs(NeedColumns):
    """Needs by quantity of work, resource, source and doer, made by :meth:`Norms.needs`. Frozen.

    Columns as a ledger has them: ``unit``, ``programme`` and ``component`` where the quantities have them, ``source``,
    ``doer``, ``stage`` ("need"), ``kind`` (None for money), ``amount`` (đồng; None in kind and when open), ``quantity`` (in
    kind) and ``quantity_unit``.
    """

    def __init__(self, handle: core.Needs, kind_scale: int) -> None:
        super().__init__(core.needs_columns(handle))
        self._handle = handle
        self._scale = kind_scale

    def by(self, *columns: str) -> NeedColumns:
        """Sums by columns: "unit", "source", "doer", "programme", "component".

        Money and kinds are never added to one another: ``kind`` and ``quantity_unit`` are grouped by too. Open lines are
        counted apart (``open``); sums are of the known ones, None where none is.

        Raises:
            NotFoundError: there is no such column.
            ExactOverflowError: a sum beyond 64 bits.
        """
        return NeedColumns(core.needs_sums(self._handle, texts_of("columns", columns)))

    def _line(self, line: int) -> int:
        at = whole_number("line", line)
        if not 0 <= at < len(self):
            raise ArgumentError(f"no line {at}: there are {len(self)}")
        return at

    def line(self, line: int) -> Need:
        """Where a line comes from."""
        row, norm, rule, why, *amounts = core.needs_get(self._handle, self._line(line))
        money = self["kind"][line] is None
        numbers: list[int | Decimal] = [one if money else decimal_of(one, self._scale) for one in amounts]
        amount, whole, cut, taken = numbers
        is_open = NeedOpen(why) is not NeedOpen.KNOWN
        return Need(
            row, norm, rule, NeedOpen(why), None if is_open else amount, None if is_open else whole, cut, taken
        )

    def explain(self, line: int, *, lang: Language = "vi") -> str:
        """How a line came about: quantity x norm, source, what a cap cut off, each with its citation."""
        return core.needs_explain(self._handle, self._line(line), language_code(lang))

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "reckon again, or keep its data frame")


class Norms(Held[core.Norms]):
    """Unit costs and unit quantities. Frozen, and usable by several threads.

    Args:
        data: columns, as for :func:`ntm.evaluate`, one row a norm: ``work``, ``resource`` ("money", or a kind like
            "cement"), ``work_unit`` ("km"), ``amount`` (per unit of work: đồng, or resource units) and, where there are any,
            ``class``, ``region`` (none: for all), ``valid_from``, ``valid_to`` (the first day on which it no longer holds),
            ``resource_unit`` (of kinds), ``citation``.
        nan: what NaN means among float64 values: an error, or "not reported".

    Raises:
        BadValueError: a cell that is needed, an amount below 0.
        ConflictError: two norms for one work, class, region and resource on one day.
        UnitError: money with a unit, a kind without or with two.
        ShapeError: a column that is missing, unknown or of the wrong type.

    >>> norms = ntm.Norms({"work": ["road", "road"], "resource": ["money", "cement"], "work_unit": ["km", "km"],
    ...                    "amount": [1_000_000_000, 150], "resource_unit": [None, "tonne"]})  # made up
    >>> needs = norms.needs({"unit": ["X"], "work": ["road"], "quantity": [2.5], "work_unit": ["km"]})
    >>> needs["kind"], needs["amount"], needs["quantity"]
    (['cement', None], [None, 2500000000], [Decimal('375.000'), None])
    """

    _what, _again = "norms", "make them again from their table"

    def __init__(self, data: Any, *, nan: Nan = "error") -> None:
        choice("nan", nan, ("error", "not reported"))
        table, _ = whole_table(data, nan=nan, text=_NORM_TEXT, days=("valid_from", "valid_to"), numbers=("amount",))
        self._handle = core.norms_new(table)
        self._rows = core.table_rows(table)

    def needs(
        self,
        quantities: Any,
        *,
        division: Any = None,
        rounding: Rounding | str | None = None,
        kind_scale: int = 3,
        without_norm: Literal["error", "open"] = "error",
        units: Units | None = None,
        region: str = "region",
        echelon: Echelon | str | None = None,
        date: datetime.date | str | None = None,
        nan: Nan = "error",
    ) -> Needs:
        """Reckons the needs of quantities of work. The interpreter's lock is released meanwhile.

        Args:
            quantities: one row a quantity: ``unit``, ``work``, ``quantity`` (none: an open need), ``work_unit`` and, where
                there are any, ``class``, ``region``, ``date``, ``programme``, ``component``.
            division: one row a rule: ``source``, ``share`` (percent) and, where there are any, ``doer``, ``work``,
                ``resource`` (none: all), ``cap`` with ``cap_per`` ("work", "unit", "total") and ``cap_to`` (with
                ``cap_to_doer``), ``citation``. The shares of one work and resource add up to 100.
            rounding: of amounts that are not whole đồng (or steps of kind_scale), once before they are divided; None: such
                amounts are errors.
            kind_scale: digits after the mark of amounts in kind.
            without_norm: a row without norm is an error, or an open need. Never 0.
            units: with a registry, regions of quantities without the column are its attribute ``region`` on the date.
            echelon: the rung of the quantities' units in the registry; None: their codes are on one rung only.
            date: the day of rows without one.

        Raises:
            NotFoundError: no norm; no rule of the division; a unit that the registry does not know.
            BadValueError: an amount that is not whole, shares that do not add up, an open row under a cap with others.
            ConflictError: norms that are as specific as one another.
            UnitError: a quantity in another unit than its norm.
            ExactOverflowError: an amount beyond 64 bits.
        """
        choice("without_norm", without_norm, ("error", "open"))
        choice("nan", nan, ("error", "not reported"))
        scale = whole_number("kind_scale", kind_scale)
        if not 0 <= scale <= 18:
            raise ArgumentError(f"kind_scale is {scale}: from 0 to 18")
        if units is not None and not isinstance(units, Units):
            raise TypeError(f"units are an ntm.Units, not {type(units).__name__}")
        table, columns = whole_table(quantities, nan=nan, text=_QUANTITY_TEXT, days=("date",), numbers=("quantity",))
        rules = None
        if division is not None:
            rules, _ = whole_table(division, nan=nan, text=RULE_TEXT, numbers=("share", "cap"))
        try:
            handle = core.needs_new(
                self._core,
                table,
                rules,
                0 if rounding is None else enum_of("rounding", Rounding, rounding),
                scale,
                without_norm == "open",
                None if units is None else units._core,
                text_of("region", region),
                0 if echelon is None else enum_of("echelon", Echelon, echelon),
                core.DATE_NONE if date is None else date_number(date),
            )
        except NtmError as error:
            of_rules = str(error).startswith("division:")
            if error.row is not None and "unit" in columns and not of_rules:
                error.unit = text_at(columns["unit"], error.row)
            raise
        return Needs(handle, scale)

    def __repr__(self) -> str:
        return "<ntm.Norms, closed>" if self._handle is None else f"<ntm.Norms of {self._rows} rows>"


class Matched(NamedTuple):
    """What a unit has to match."""

    least: int | None
    """The least local money in đồng; None: the central money or the ratio is not reported."""
    shortfall: int | None
    """What is missing of it; 0: it is matched. None: the local money is not reported."""


def matching_least(central: int, ratio: int | Decimal) -> int:
    """The least local money that matches central money at local >= ratio x central, rounded up to the đồng.

    >>> from decimal import Decimal
    >>> ntm.matching_least(1001, Decimal("1.5"))  # an illustration, not law
    1502
    """
    return core.matching_least(money_of("central", central), *parts_of(ratio))


def matching_check(data: Any, *, ratio: int | Decimal | None = None, nan: Nan = "error") -> list[Matched]:
    """Checks local money against central money, row by row.

    Args:
        data: the columns ``central`` and ``local`` in đồng and, without the argument, ``ratio``; others are not looked at.
        ratio: one ratio for all rows.

    Raises:
        BadValueError: an amount below 0, or parts of a đồng.
        ShapeError: a column of the wrong type.
        NotFoundError: a column that is missing.

    >>> ntm.matching_check({"central": [100, 100], "local": [150, None]}, ratio=2)
    [Matched(least=200, shortfall=50), Matched(least=200, shortfall=None)]
    """
    choice("nan", nan, ("error", "not reported"))
    names = ["central", "local", *(["ratio"] if ratio is None else [])]
    rows, columns = prepare_all(columns_of(data), names, numbers=names)
    table = core_table(rows, columns, nan)
    coefficient, scale = (0, 0) if ratio is None else parts_of(ratio)
    return [Matched(*one) for one in core.matching_check(table, coefficient, scale)]
