# SPDX-License-Identifier: Apache-2.0
"""Reconciliation: equations over the figures of a table, what breaks them, and which figures are likely wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Iterator, Mapping, NamedTuple, Sequence, overload

from . import core
from .columns import Nan, Prepared, reported
from .errors import ArgumentError, NotFoundError
from .exports import Frame, Out, Rows, count_column, text_column, word_column
from .frames import as_numbers, core_table, one_column, prepare_all, text_values, texts_of
from .handles import Held
from .number import decimal_of, parse_number, parts_of, text_of, whole_number
from .tables import choice, columns_of, not_found


class Cause(IntEnum):
    """What may have happened to a figure, the most telling first: the order in which causes are ranked."""

    SHIFTED_ROW = 1
    """Several cells of one column hold the figure of the row above or below."""
    SIGN = 2
    """The sign is wrong."""
    UNIT = 3
    """10**3, 10**6 or 10**9 off: đồng, nghìn, triệu, tỷ taken for one another."""
    FACTOR = 4
    """10, 100 or 1,000 times too large or too small."""
    SWAPPED_NEIGHBOURS = 5
    """Two neighbouring digits are swapped."""
    MISSING_CHILD = 6
    """A total lacks exactly one of its parts, or a part stands as 0."""
    COUNTED_TWICE = 7
    """A total has one of its parts, or of theirs, in it twice."""
    LAST_DIGIT = 8
    """One more or less in the last digit: rounded otherwise."""
    SWAPPED_DIGITS = 9
    """Two digits further apart are swapped."""
    ONE_DIGIT = 10
    """One digit is wrong."""


class LocateEnd(IntEnum):
    """Why a search ended."""

    LOCATED = 1
    """It is complete: these are all smallest sets."""
    LOCATED_SOME = 2
    """The size is proved; there are more sets than were asked for."""
    STOPPED_SIZE = 3
    """No set of ``size_most`` cells or fewer explains the violations."""
    STOPPED_WORK = 4
    """The work limit was reached."""
    STOPPED_NUMBERS = 5
    """Numbers did not fit 128 bits."""
    STOPPED_DOUBT = 6
    """A set hangs on a product of two unknown figures, which is not decided."""
    STOPPED_LARGE = 7
    """More cells and equations hang together than are searched."""
    STOPPED_NEVER = 8
    """No set at all does: the equations contradict one another."""


@dataclass(frozen=True)
class Violation:
    """An equation that does not hold."""

    equation: int
    """Which, from 0 in the order declared."""
    name: str
    """Its text as declared, or "... == its children"."""
    row: str | None
    """The key of the row that it was declared for, or that of all its cells; None when they are of several."""
    row_number: int | None
    """That row, from 0."""
    column: str | None
    """The column of its cells; None when they are of several."""
    imbalance: Fraction | None
    """The left side less the right side, as printed; of a tree the children less the parent; of a share what is printed
    less what follows. None: nothing follows (the whole is not above 0), or it does not fit 64 bits."""
    tolerance: Fraction
    """What the rounding of the figures could explain of a sum; 0 for a share."""

    def __str__(self) -> str:
        where = ", ".join(text for text in (self.row, self.column) if text is not None)
        amount = "nothing follows" if self.imbalance is None else f"off by {_shown(self.imbalance)}"
        within = f" (rounding explains {_shown(self.tolerance)})" if self.tolerance else ""
        return f"{where + ': ' if where else ''}{self.name}: {amount}{within}"


class Checked(Rows, Sequence[Violation]):
    """What became of the equations: a sequence of those that do not hold, and how many there are of each sort.

    As a data frame one row a violation: ``name``, ``row``, ``column``, ``imbalance``, ``tolerance`` (exact).
    """

    def __init__(self, equations: int, hold: int, undecided: int, violations: tuple[Violation, ...]) -> None:
        self.equations = equations
        """All."""
        self.hold = hold
        """Satisfied, with some true figures within their rounding."""
        self.undecided = undecided
        """With a cell that has no value, or with numbers too large for 128 bits."""
        self._violations = violations

    @property
    def violated(self) -> int:
        """Not satisfied: the length of this sequence."""
        return len(self._violations)

    @overload
    def __getitem__(self, index: int) -> Violation: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Violation, ...]: ...
    def __getitem__(self, index: int | slice) -> Violation | tuple[Violation, ...]:
        return self._violations[index]

    def __len__(self) -> int:
        return len(self._violations)

    def _frame(self) -> Frame:
        made = [text_column(name, [getattr(one, name) for one in self]) for name in ("name", "row", "column")]
        return Frame([*made, *(Out(name, "exact", [getattr(one, name) for one in self]) for name in ("imbalance", "tolerance"))])

    def __str__(self) -> str:
        return "\n".join([repr(self)[1:-1].removeprefix("ntm.Checked: "), *(f"  {one}" for one in self)])

    def __repr__(self) -> str:
        return f"<ntm.Checked: {self.equations} equations, {self.violated} violated, {self.undecided} undecided>"


class Suspicion(NamedTuple):
    """A cause that would explain a figure."""

    cause: Cause
    """Which."""
    power: int
    """Of a factor or unit: stated = right x 10**power; of a shift: rows from where the figure belongs; else 0."""
    other: tuple[str, str] | None
    """Row and column of the part that is missing or counted twice."""
    value: Decimal
    """The figure that the cause makes of the stated one: what to write in its place."""

    def __str__(self) -> str:
        words = self.cause.name.lower().replace("_", " ")
        if self.cause in (Cause.UNIT, Cause.FACTOR):
            way = "large" if self.power > 0 else "small"
            words += f" (10^{abs(self.power)} times too {way})"
        elif self.other is not None:
            words += f" ({', '.join(self.other)})"
        return f"{self.value:f} by {words}"


@dataclass(frozen=True)
class Suspect:
    """A cell that may be wrong, and what it would have to be."""

    row: str
    """The key of its row."""
    column: str
    """Its column."""
    row_number: int
    """Its row, from 0."""
    stated: Decimal
    """What is printed."""
    least: Fraction | None
    """The least value with which all equations can hold, the other cells of the set free too; None: no bound."""
    most: Fraction | None
    """The greatest."""
    least_open: bool
    """``least`` itself is excluded."""
    most_open: bool
    """``most`` itself is excluded."""
    causes: tuple[Suspicion, ...]
    """What may have happened, the most telling first."""

    @property
    def repaired(self) -> Fraction | None:
        """The only value with which all equations hold; None when there are several, see ``least`` and ``most``."""
        return self.least if self.least == self.most else None

    def __str__(self) -> str:
        if self.repaired is not None:
            right = _shown(self.repaired)
        else:
            ends = ["" if end is None else _shown(end) for end in (self.least, self.most)]
            right = f"{'(' if self.least_open or not ends[0] else '['}{ends[0]} .. {ends[1]}"
            right += ")" if self.most_open or not ends[1] else "]"
        text = f"{self.row}, {self.column}: {self.stated:f}, all holds with {right}"
        return text if not self.causes else f"{text}: {'; or '.join(str(one) for one in self.causes[:2])}"


@dataclass(frozen=True)
class LocatedGroup:
    """Equations that share cells and cannot all hold, and the smallest sets of cells that explain this."""

    violations: int
    """Equations of it that are violated by themselves; 0 when only several together are."""
    cells: int
    """Cells of it."""
    end: LocateEnd
    """Why the search ended."""
    exact: bool
    """The sets have proved size: none smaller explains."""
    least_size: int
    """No set smaller than this explains: the size of the sets when ``exact``."""
    explanations: tuple[tuple[Suspect, ...], ...]
    """The sets, the likeliest first: if the figures of one set are wrong, everything is explained."""

    def __str__(self) -> str:
        head = f"{self.violations} violated"
        if not self.explanations:
            why = self.end.name.lower().replace("_", " ")
            return f"{head}: no set of cells found ({why}); it has at least {self.least_size}"
        count = len(self.explanations)
        more = "or more " if self.end is not LocateEnd.LOCATED else ""
        proof = "" if self.exact else " (not proved)"
        ways = f"{count} {more}way{'s' if count > 1 else ''}"
        head += f", explained by {self.least_size} of {self.cells} cells{proof}, in {ways}"
        lines = [head]
        for place, suspects in enumerate(self.explanations[:3], 1):
            lines += [f"  {place if not index else ' ' * len(str(place))}  {one}" for index, one in enumerate(suspects)]
        return "\n".join(lines if count <= 3 else [*lines, f"  and {count - 3} more"])


class Located(Rows, Sequence[LocatedGroup]):
    """The smallest sets of cells that explain what is violated: a sequence of groups, by their first cell.

    ``print()`` shows it in words. Nothing is repaired: what to do is for a person to decide. As a data frame one row a
    suspect of an explanation: ``group``, ``explanation`` (both from 0), ``row``, ``column``, ``stated``, ``least``, ``most``,
    ``cause`` (the likeliest, or None), ``value`` (what to write by it, or None).
    """

    def __init__(self, groups: tuple[LocatedGroup, ...]) -> None:
        self._groups = groups

    @property
    def complete(self) -> bool:
        """Whether every search ended with all smallest sets."""
        return all(group.end is LocateEnd.LOCATED for group in self)

    @overload
    def __getitem__(self, index: int) -> LocatedGroup: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[LocatedGroup, ...]: ...
    def __getitem__(self, index: int | slice) -> LocatedGroup | tuple[LocatedGroup, ...]:
        return self._groups[index]

    def __len__(self) -> int:
        return len(self._groups)

    def _frame(self) -> Frame:
        rows = [
            (g, e, one.row, one.column, one.stated, one.least, one.most, *_likeliest(one))
            for g, group in enumerate(self)
            for e, suspects in enumerate(group.explanations)
            for one in suspects
        ]
        columns: list[list[Any]] = [[row[place] for row in rows] for place in range(9)]
        made = [count_column("group", columns[0]), count_column("explanation", columns[1])]
        made += [text_column("row", columns[2]), text_column("column", columns[3]), Out("stated", "decimal", columns[4])]
        made += [Out("least", "exact", columns[5]), Out("most", "exact", columns[6])]
        return Frame([*made, word_column("cause", columns[7]), Out("value", "decimal", columns[8])])

    def __str__(self) -> str:
        if not self._groups:
            return "nothing to explain: all equations can hold together"
        return "\n".join(str(group) for group in self)

    def __repr__(self) -> str:
        ways = ", ".join(f"{len(group.explanations)}x{group.least_size}" for group in self[:5])
        rest = ", ..." if len(self) > 5 else ""
        count = f"{len(self)} group{'' if len(self) == 1 else 's'}"
        return f"<ntm.Located: {count}{': sets of cells ' + ways + rest if ways else ''}>"


def _likeliest(suspect: Suspect) -> tuple[str | None, Decimal | None]:
    if not suspect.causes:
        return None, None
    return suspect.causes[0].cause.name.lower().replace("_", " "), suspect.causes[0].value


def _shown(value: Fraction) -> str:
    """As a decimal where it is one."""
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1 or places > 18:
        return str(value)
    return f"{decimal_of(int(value * 10**places), places):f}"


def _fraction(pair: tuple[int, int] | None) -> Fraction | None:
    return None if pair is None else Fraction(*pair)


def _suspect(row: str, column: str, number: int, coefficient: int, scale: int, *rest: Any) -> Suspect:
    least, most, least_open, most_open, causes = rest
    suspicions = tuple(
        Suspicion(Cause(cause), power, other, decimal_of(value, digits))
        for cause, power, other, value, digits in causes
    )
    stated = decimal_of(coefficient, scale)
    return Suspect(row, column, number, stated, _fraction(least), _fraction(most), least_open, most_open, suspicions)


def _widths(widths: Mapping[str, Decimal | int | str] | None) -> tuple[tuple[str, int, int], ...]:
    if widths is None:
        return ()
    if not hasattr(widths, "items"):
        raise TypeError(f"widths are a mapping of columns to half-widths, not {type(widths).__name__}")
    made = []
    for column, width in widths.items():
        number = parse_number(width, locale="plain") if isinstance(width, str) else width
        made.append((text_of("a column of widths", column), *parts_of(number)))
    return tuple(made)


def _is_number(column: Prepared) -> bool:
    return column.categories is None and not column.is_dates and column.data.dtype.kind != "b"


class Balance(Held[core.Balance]):
    """The figures of a table, and equations over them, checked in exact arithmetic.

    A cell without a value is unknown, never 0. Usable by several threads, one at a time.

    Args:
        data: columns, as for :func:`ntm.evaluate`. Columns of numbers are the figures; others are left out.
        key: the column that names the rows, each once; None: rows are called "0", "1" ...
        widths: of columns whose figures are rounded, how far the true figure is from the printed one at most: "0.5" for
            whole tỷ. Decimals, ints or text. Other columns are exact.
        nan: what NaN means among float64 values: an error, or "not reported".

    Raises:
        NotFoundError: a column that is not there.
        BadValueError: NaN, a row without a key, a width below 0.
        ConflictError: a key that two rows have.
        ShapeError: a column of the wrong length or type.
        LimitError: over ten million cells.

    >>> table = {"source": ["central", "local", "total"], "amount": [120, 80, 2000], "share": [60, 40, None]}
    >>> balance = ntm.Balance(table, key="source")
    >>> balance.declare_rows("total == central + local", columns="amount")
    >>> balance.declare("share == 100 * amount / amount[total]")
    >>> balance.check()
    <ntm.Checked: 3 equations, 3 violated, 0 undecided>
    >>> print(balance.locate())
    3 violated, explained by 1 of 5 cells, in 1 way
      1  total, amount: 2000, all holds with 200: 200 by factor (10^1 times too large)
    """

    _what, _again = "balance", "make it again from its table"

    def __init__(
        self,
        data: Any,
        *,
        key: str | None = None,
        widths: Mapping[str, Decimal | int | str] | None = None,
        nan: Nan = "error",
    ) -> None:
        choice("nan", nan, ("error", "not reported"))
        of_key = None if key is None else text_of("key", key)
        half_widths = _widths(widths)
        self._texts: dict[str, Prepared] = {}
        columns = columns_of(data)
        names = [text_of("a column's name", name) for name in columns.keys()]
        if of_key is not None and of_key not in names:
            raise NotFoundError(not_found("column", of_key, names))
        rows, prepared = prepare_all(columns, names, text=() if of_key is None else (of_key,))
        self._texts = {name: one for name, one in prepared.items() if one.categories is not None or _is_empty(one)}
        numbers = {name: as_numbers(one) for name, one in prepared.items()}
        kept = {name: one for name, one in numbers.items() if name == of_key or _is_number(one)}
        table = core_table(rows, kept, nan)
        self._handle = core.balance_new(table, of_key, half_widths)
        self._lock = threading.Lock()

    def declare(self, equation: str) -> None:
        """Adds an equation over columns, for every row.

        Args:
            equation: like "state == central + local", "share == 100 * state / total rounded half-up 1" or
                "share == 100 * amount / amount[total]", where the key of a row in brackets makes one cell of all rows'
                equations. Names that are no plain words stand in quotes of either kind: ``"'tổng số' == a + b"``. Without
                "rounded", a share is rounded half up to as many digits as its column prints at most.

        Raises:
            TextError: no equation; line and column are told.
            NotFoundError: a column of numbers, or a row, that is not there; near names are told.
            SchemaError: nothing is left of it.
        """
        with self._lock:
            core.balance_declare(self._core, text_of("equation", equation))

    def declare_rows(self, equation: str, *, columns: Sequence[str] | str | None = None) -> None:
        """Adds an equation over rows, named by their keys, for every column: "state == central + local" down each.

        Args:
            columns: only these; None: all columns of numbers.

        Raises:
            TextError, NotFoundError, SchemaError: as :meth:`declare`.
        """
        of = None if columns is None else texts_of("columns", columns)
        with self._lock:
            core.balance_declare_rows(self._core, text_of("equation", equation), of)

    def declare_tree(self, parents: str | Sequence[Any], *, columns: Sequence[str] | str | None = None) -> None:
        """Adds, for every row that is the parent of others and every column, that it is the sum of its children.

        Args:
            parents: a column of the table, or a sequence: for each row the key of its parent; None or empty: none.
            columns: only these; None: all columns of numbers.

        Raises:
            NotFoundError: a parent that is no row; every such row is told.
            SchemaError: a row that is its own ancestor.
            ShapeError: not as many parents as rows.
        """
        of = None if columns is None else texts_of("columns", columns)
        if isinstance(parents, str):
            if not self._texts:
                raise ArgumentError("there are no columns of text: give the parents as a sequence")
            if parents not in self._texts:
                raise NotFoundError(not_found("column of text", parents, self._texts))
            column = self._texts[parents]
        else:
            column = text_values("parents", parents)
        column = text_values("parents", [None] * len(column.data)) if column.categories is None else column
        with self._lock:
            core.balance_declare_tree(self._core, one_column("parent", column), of)

    def check(self) -> Checked:
        """Checks every equation by itself. The interpreter's lock is released meanwhile."""
        with self._lock:
            equations, hold, _, undecided, found = core.balance_check(self._core)
        violations = tuple(
            Violation(index, name, key, row, column, _fraction(off), _fraction(within) or Fraction(0))
            for index, name, row, key, column, off, within in found
        )
        return Checked(equations, hold, undecided, violations)

    def locate(
        self, *, size_most: int = 6, explanations_most: int = 1000, work_most: int = 200_000_000
    ) -> Located:
        """Finds the smallest sets of cells that, if wrong, explain every violation. The interpreter's lock is released.

        Each set comes with the values that would repair it and with the likely causes. A search that stops early says
        so: see :class:`LocateEnd`.

        Args:
            size_most: the largest set looked for, 1 to 16.
            explanations_most: so many sets are kept of each group, 1 to 100,000.
            work_most: elementary steps of arithmetic for each group; the default takes some seconds.

        Raises:
            ArgumentError: a limit out of its range.
        """
        limits = (size_most, explanations_most, work_most)
        names = ("size_most", "explanations_most", "work_most")
        wanted = [whole_number(name, value) for name, value in zip(names, limits)]
        for name, value in zip(names, wanted):
            if not 0 < value < 2**63:
                raise ArgumentError(f"{name} is {value}: 1 or more")
        with self._lock:
            found = core.balance_locate(self._core, *wanted)
        return Located(
            tuple(
                LocatedGroup(
                    violations,
                    cells,
                    LocateEnd(end),
                    exact,
                    least,
                    tuple(tuple(_suspect(*one) for one in suspects) for suspects in sets),
                )
                for violations, cells, end, exact, least, sets in found
            )
        )

    def __repr__(self) -> str:
        if self._handle is None:
            return "<ntm.Balance: closed>"
        cells, equations = core.balance_cell_count(self._handle), core.balance_equation_count(self._handle)
        return f"<ntm.Balance of {cells} cells, {equations} equations>"


def _is_empty(column: Prepared) -> bool:
    return column.data.dtype.kind == "b" and not reported(column).any()
