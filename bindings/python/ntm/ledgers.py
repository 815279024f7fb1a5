# SPDX-License-Identifier: Apache-2.0
"""Ledgers: entries of money and of things in kind, checked as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Collection, Iterable, Literal, NamedTuple, Sequence

from . import core
from .classifications import BudgetProgramme, Classification, programme_parts
from .arrow_in import ArrowColumn
from .columns import Column, Nan, Prepared, length_of, prepare, reported
from .cubes import About, Cube, CubeTally, Day, Expected, Measure, Only, Running, Side, day_number, kept_units, only_of
from .cubes import question_of, sides_of
from .days import date_number
from .errors import ArgumentError, NtmError, Problem, ShapeError, Status, problem_of
from .file_errors import with_lines
from .frames import as_days, as_numbers, as_text, core_table, enum_of, text_at, texts_of
from .handles import Held, TextOrPath, as_bytes
from .number import Locale, check_separator, locale_code, text_of, whole_number
from .slow_money import Milestone, SlowMoney, SlowOrder, milestones_of, stage_of
from .tables import choice, columns_of
from .unit_rows import Echelon
from .units import Units

_NUMBERS = ("amount", "quantity")
_LEFT_OUT_MOST = 2**32


class Member(NamedTuple):
    """One member of a dimension: the source "central"."""

    id: str
    """What the library calls it; "" is "not stated"."""
    name: str | None = None
    """Another text under which entries may name it: "ngân sách trung ương"."""
    parent: str | None = None
    """Id of the member that it is a part of; None: of none."""
    stock: bool = False
    """Amounts of it are stocks: how much there is on a day. Never added over time, nor to flows."""


@dataclass(frozen=True)
class Dimension:
    """What the members of a dimension may be."""

    name: str
    """"source"; the column of that name."""
    members: tuple[Member, ...] = ()
    """In the order in which they are shown."""
    open: bool = False
    """Other members may occur; otherwise they are errors."""


class Duplicate(NamedTuple):
    """Two entries that say the same."""

    row: int
    """The later one."""
    of: int
    """The first that says so."""


def usual_dimensions() -> tuple[Dimension, ...]:
    """The dimensions that a ledger knows from the start, besides those of the unit and of time.

    >>> [one.name for one in ntm.usual_dimensions() if not one.open]
    ['source', 'nature', 'stage']
    """
    return tuple(
        Dimension(name, tuple(Member(*one) for one in members), is_open)
        for name, is_open, members in core.usual_dimensions()
    )


def money_unit(unit: str | int) -> int:
    """Đồng that 1 stands for: a word like "tỷ đồng", "triệu đồng", "nghìn đồng", "đồng", or 1, 1000, 10**6, 10**9.

    Raises:
        ArgumentError: another word, or no positive number.

    >>> money_unit("tỷ đồng")
    1000000000
    """
    if isinstance(unit, str):
        try:
            return core.money_parse(f"1 {unit}", locale_code("vi"))
        except NtmError:
            known = "'đồng', 'nghìn đồng', 'triệu đồng', 'tỷ đồng', or 1, 1000, 10**6, 10**9"
            raise ArgumentError(f"unit {unit!r}: {known}") from None
    number = whole_number("unit", unit, "a word like 'triệu đồng' or an int")
    if not 0 < number < 2**63:
        raise ArgumentError(f"unit is {number}: 1, 1000, 10**6 or 10**9 đồng")
    return number


def _dimensions(dimensions: Iterable[Dimension | str]) -> tuple[tuple[str, bool, tuple[tuple[Any, ...], ...]], ...]:
    given: Iterable[Any] = (dimensions,) if isinstance(dimensions, (Dimension, str)) else tuple(dimensions)
    made = []
    for one in given:
        spec = Dimension(one, open=True) if isinstance(one, str) else one
        if not isinstance(spec, Dimension):
            raise TypeError(f"dimensions have to be ntm.Dimension or text, not {type(one).__name__}")
        members = tuple(
            (text_of("a member's id", id), _text_or_none(name), _text_or_none(parent), bool(stock))
            for id, name, parent, stock in (Member(*member) for member in spec.members)
        )
        made.append((text_of("a dimension's name", spec.name), bool(spec.open), members))
    return tuple(made)


def _text_or_none(text: Any) -> str | None:
    return None if text is None else text_of("a member's name or parent", text)


class Ledger(Held[core.Ledger]):
    """Entries of money and of things in kind, one row each, checked as a whole and frozen. Usable by several threads.

    Args:
        data: a mapping of columns, a data frame of pandas or polars, or an Arrow record batch, in any order: ``unit``; one of
            ``date``, ``period`` ("2020-02", "2020-Q1", "2020") and ``year``, or none with ``on``; ``amount`` or ``quantity``
            with ``quantity_unit``; any dimension (``source``, ``stage``, ``programme``, ``component`` ..., as
            :func:`usual_dimensions`). An amount that is None is open: a report that is due. It never counts as 0.
        numbers: how numbers in text are written ("vi": 1.250,5); never guessed.
        unit: what 1 in ``amount`` stands for: "đồng", "triệu đồng", "tỷ đồng", or 1, 1000, 10**6, 10**9.
        units: registry in which every unit has to be there on the day of its entry; None: units as they are named.
        echelon: the rung of the units' codes; None: whichever has the code.
        on: the day of all entries, if there is no column of time.
        dimensions: :class:`Dimension`, in place of the usual ones of the same name or beside them; a word is an open one.
        unknown: columns that a ledger does not know are an error, or are ignored.
        wrong: entries with something wrong refuse the whole, or are left out and listed in :attr:`left_out`.
        left_out_most: so many may be left out.
        key: columns that tell entries apart: two with the same are an error.
        codes: a classification that budget codes are checked against (``chapter``, ``category``, ``class``, ``item`` ...).
        programmes, local_sources, seen_only: with codes, as :meth:`Classification.check_table`; no local sources: "local".
        nan: what NaN means among float64 values: an error, or "not reported".

    Raises:
        ShapeError: a column is missing, unknown or of the wrong type.
        TextError: text that is no number in ``numbers``, no day, no period (a month 13).
        BadValueError: parts of a đồng, NaN, an entry without unit or day, a bad budget code.
        ExactOverflowError: an amount beyond 64 bits.
        NotFoundError: a member that a closed dimension lacks, a unit that is not there on the day.
        ConflictError: two entries of one key.
        UnitError: a quantity without unit, or two units for one kind.

    All name the row (``.row``, from 0), the unit (``.unit``) and all problems together (``.problems``).

    The library reads some columns where they lie (:meth:`borrows`); do not write to them while the ledger lives.

    >>> ledger = ntm.Ledger(
    ...     {
    ...         "unit": ["A", "A", "B", "B"], "source": ["central", "central", "people", "central"],
    ...         "stage": ["plan", "disbursed", "plan", "disbursed"], "period": ["2020", "2020-02", "2020", "2020-02"],
    ...         "amount": ["2,5", "1", "0,5", None],
    ...     },
    ...     numbers="vi", unit="tỷ đồng",
    ... )
    >>> cube = ledger.cube("unit", "source", "stage", up="source")
    >>> cube["A", "central", "disbursed"].value
    1000000000
    >>> cell = cube["B", "state", "disbursed"]
    >>> cell.known.name, cell.value, cell.missing
    ('NOT_REPORTED', None, 1)
    >>> cube.rate(("A", "*", "disbursed"), ("A", "*", "plan")).text()
    '40,0 %'
    """

    _what, _again = "ledger", "make it again from its table"
    _registry: Units | None
    _own: frozenset[str]

    def __init__(
        self,
        data: Any,
        *,
        numbers: Locale = "plain",
        unit: str | int = "đồng",
        units: Units | None = None,
        echelon: Echelon | str | None = None,
        on: Day | None = None,
        dimensions: Iterable[Dimension | str] = (),
        unknown: Literal["error", "ignore"] = "error",
        wrong: Literal["error", "leave out"] = "error",
        left_out_most: int | None = None,
        key: Sequence[str] | str = (),
        codes: Classification | None = None,
        programmes: Sequence[BudgetProgramme] = (),
        local_sources: Sequence[str] | str = (),
        seen_only: bool = False,
        nan: Nan = "error",
    ) -> None:
        choice("nan", nan, ("error", "not reported"))
        options = _options(numbers, unit, echelon, on, dimensions, unknown, wrong, left_out_most, key,
                           programmes, local_sources, seen_only)
        table, names, self._own = _table(data, nan)
        try:
            self._handle = core.ledger_new(table, _registry_of(units), _rules_of(codes), options)
        except NtmError as error:
            if error.row is not None and names is not None:
                error.unit = text_at(names, error.row)
            raise
        self._registry = kept_units(units)

    @classmethod
    def read_csv(
        cls,
        source: TextOrPath,
        *,
        numbers: Locale = "plain",
        unit: str | int = "đồng",
        units: Units | None = None,
        echelon: Echelon | str | None = None,
        on: Day | None = None,
        dimensions: Iterable[Dimension | str] = (),
        unknown: Literal["error", "ignore"] = "error",
        wrong: Literal["error", "leave out"] = "error",
        left_out_most: int | None = None,
        key: Sequence[str] | str = (),
        codes: Classification | None = None,
        programmes: Sequence[BudgetProgramme] = (),
        local_sources: Sequence[str] | str = (),
        seen_only: bool = False,
        separator: str = ",",
    ) -> Ledger:
        """Reads a ledger from a CSV file, or from CSV (text with a newline, or bytes), with the columns of the class.

        Raises:
            FileError: the file cannot be read.
            NtmError: as for the class; the file, its row and its line are named.
        """
        check_separator(separator)
        options = _options(numbers, unit, echelon, on, dimensions, unknown, wrong, left_out_most, key,
                           programmes, local_sources, seen_only)
        path, contents = as_bytes(source)
        made = cls.__new__(cls)
        made._own = frozenset()
        rules = _rules_of(codes)
        with with_lines(path, contents):
            if path is not None:
                made._handle = core.ledger_open(path, separator, _registry_of(units), rules, options)
            else:
                made._handle = core.ledger_read(contents or b"", "text", separator, _registry_of(units), rules, options)
        made._registry = kept_units(units)
        return made

    # ------------------------------------------------------------------------------------ what there is

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that there is a column of, "unit" among them."""
        return tuple(core.ledger_dimensions(self._core))

    def members(self, dimension: str) -> tuple[Member, ...]:
        """The members of a dimension: those declared, used or not, then others by id. None for one that is not there."""
        return tuple(Member(*one) for one in core.ledger_members(self._core, text_of("a dimension", dimension)))

    def quantity_unit(self, kind: str = "") -> str | None:
        """The unit in which quantities of a kind are told ("": of no kind); None: there are none."""
        return core.ledger_quantity_unit(self._core, text_of("a kind", kind))

    def borrows(self, column: str) -> bool:
        """Whether a column is read where the caller has it; False for one that was copied, and for one that is not there."""
        return core.ledger_borrows(self._core, text_of("a column", column)) and column not in self._own

    @property
    def left_out(self) -> list[Problem]:
        """The rows that were left out (``wrong="leave out"``), each with its first reason."""
        return [problem_of(one) for one in core.ledger_left_out(self._core)]

    def duplicates(self, *columns: str) -> list[Duplicate]:
        """Entries that are the same in some columns ("person", "programme"; also "date" and "amount"); none: in all.

        Raises:
            NotFoundError: no such dimension.
        """
        return [Duplicate(*one) for one in core.ledger_duplicates(self._core, texts_of("columns", columns))]

    # ------------------------------------------------------------------------------------ sums

    def _names(self, dimension: str) -> list[tuple[str | None, str]]:
        return [(one.name, one.id) for one in self.members(dimension)]

    def _about(self, measure: Measure, only: Only | None) -> About:
        kinds: tuple[str, ...] = ()
        if measure == "quantity":
            chosen = dict(only_of(only)).get("kind")
            kinds = chosen or tuple(one.id for one in self.members("kind")) or ("",)
        ledger = Ledger.__new__(Ledger)  # names stay there when the caller closes hers
        ledger._handle = self._core
        return About(self._registry, ledger._names, kinds, measure == "amount")

    def cube(
        self,
        *sides: str | Side,
        up: bool | str | Collection[str] = False,
        only: Only | None = None,
        since: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        running: Running | None = None,
        expected: Expected | Iterable[Expected] = (),
        measure: Measure = "amount",
    ) -> Cube:
        """Sums by any sides. The interpreter's lock is released meanwhile.

        Args:
            sides: dimensions ("source", "stage"); or levels of units ("province", "district", "commune", "village") or of
                time ("month", "quarter", "half-year", "year"); or :class:`Side`. None: one total, ``cube[()]``.
            up: which sides also have what their members are parts of, and a total "*"; True: all but the stage.
            only: entries whose member is one of these ids, or below one: ``{"programme": ["ntm"]}``.
            since, until: only entries of periods that begin and end within.
            as_of: the day whose tree of units counts; None: for each entry that of its own day.
            running: sums from the first period of the "in year", or of "all", on.
            expected: who has to report.
            measure: "amount" (int đồng) or "quantity" (Decimal in the unit of its kind).

        Raises:
            ArgumentError: no such level, days in the wrong order.
            NotFoundError: no such dimension or member; a unit that has nothing on the level asked for.
            UnitError: stages, kinds, or stocks and flows would be added; the cell is named.
        """
        asked = question_of(self.dimensions, sides, up=up, only=only, since=since, until=until, as_of=as_of,
                            running=running, expected=expected, measure=measure)
        return Cube(core.cube_new(self._core, asked), self._about(measure, only))

    def tally(
        self,
        *sides: str | Side,
        up: bool | str | Collection[str] = False,
        only: Only | None = None,
        since: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        running: Running | None = None,
        expected: Expected | Iterable[Expected] = (),
        measure: Measure = "amount",
        rows: range | None = None,
    ) -> CubeTally:
        """Part of a cube, to be put together with others: as :meth:`cube`.

        Args:
            rows: only these rows of the ledger, so that threads can share it; None: all.
        """
        asked = question_of(self.dimensions, sides, up=up, only=only, since=since, until=until, as_of=as_of,
                            running=running, expected=expected, measure=measure, rows=rows)
        return CubeTally(core.cube_tally_new(self._core, asked), self._about(measure, only))

    def slow(
        self,
        *by: str | Side,
        on: Day,
        due: str = "plan",
        done: str = "disbursed",
        since: Day | None = None,
        until: Day | None = None,
        milestones: Iterable[Milestone] = (),
        only: Only | None = None,
        as_of: Day | None = None,
        order: SlowOrder | str = "days",
        all: bool = False,
    ) -> SlowMoney:
        """Who is behind schedule on a day, ranked. The interpreter's lock is released meanwhile.

        Args:
            by: what is looked at apart, as the sides of :meth:`cube`, not the stage or a level of time; none: all together.
            on: the day; entries of periods that end later do not count.
            due, done: ids of the stage whose entries are due, and of the one that has to keep up.
            since: only entries of periods that begin on this day or later.
            milestones: (day, percent): what is due by when of all that is due; none: each entry of ``due`` is due on the
                last day of its period.
            until: with milestones: entries of ``due`` up to this day are the whole.
            only, as_of: as for :meth:`cube`.
            order: by "days", "amount" or "share".
            all: also those that are not behind.

        Raises:
            ArgumentError: milestones that go back, a side that is the stage or time.
            NtmError: as :meth:`cube`.

        >>> ledger = ntm.Ledger({"unit": ["A", "A", "B"], "stage": ["plan", "disbursed", "plan"], "amount": [9, 4, 1],
        ...                      "date": ["2020-01-31", "2020-02-10", "2020-01-31"]})
        >>> slow = ledger.slow("unit", on="2020-02-25", order="amount")
        >>> slow["unit"], slow["behind"], slow["days"], slow["since"][0].isoformat()
        (['A', 'B'], [5, 1], [25, 25], '2020-01-31')
        """
        asked = (
            sides_of(by, False, self.dimensions),
            stage_of("due", due),
            stage_of("done", done),
            date_number(on),
            day_number(since),
            day_number(until),
            milestones_of(milestones),
            only_of(only),
            day_number(as_of),
            int(enum_of("order", SlowOrder, order)),
            bool(all),
        )
        return SlowMoney(core.slow(self._core, asked))

    def __len__(self) -> int:
        """Rows of the table, with those left out."""
        return core.ledger_rows(self._core)

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return len(self) > 0

    def __repr__(self) -> str:
        if self._handle is None:
            return "<ntm.Ledger, closed>"
        out = len(self.left_out)
        return f"<ntm.Ledger of {len(self)} rows{f', {out} left out' if out else ''}: {', '.join(self.dimensions)}>"


def _options(
    numbers: Locale,
    unit: str | int,
    echelon: Echelon | str | None,
    on: Day | None,
    dimensions: Iterable[Dimension | str],
    unknown: str,
    wrong: str,
    left_out_most: int | None,
    key: Sequence[str] | str,
    programmes: Sequence[BudgetProgramme],
    local_sources: Sequence[str] | str,
    seen_only: bool,
) -> tuple[Any, ...]:
    """Options of a ledger as the core takes them."""
    choice("unknown", unknown, ("error", "ignore"))
    choice("wrong", wrong, ("error", "leave out"))
    most = 0
    if left_out_most is not None:
        most = whole_number("left_out_most", left_out_most)
        if not 1 <= most <= _LEFT_OUT_MOST:
            raise ArgumentError(f"left_out_most is {most}: from 1 to {_LEFT_OUT_MOST}")
    return (
        0 if echelon is None else int(enum_of("echelon", Echelon, echelon)),
        _dimensions(dimensions),
        money_unit(unit),
        locale_code(numbers),
        day_number(on),
        unknown == "ignore",
        wrong == "leave out",
        most,
        texts_of("key", key),
        programme_parts(programmes),
        texts_of("local_sources", local_sources),
        bool(seen_only),
    )


def _registry_of(units: Units | None) -> core.Units | None:
    if units is not None and not isinstance(units, Units):
        raise TypeError(f"units are an ntm.Units, not {type(units).__name__}")
    return None if units is None else units._core


def _rules_of(codes: Classification | None) -> core.Classification | None:
    if codes is not None and not isinstance(codes, Classification):
        raise TypeError(f"codes are an ntm.Classification, not {type(codes).__name__}")
    return None if codes is None else codes._core


# ---------------------------------------------------------------------------------------- columns


def _table(data: Any, nan: Nan) -> tuple[core.Table, Prepared | None, frozenset[str]]:
    """The table, its column of units as text, and the columns that are not where the caller has them."""
    columns = columns_of(data)
    names = [text_of("a column's name", name) for name in columns.keys()]
    lengths = [length for length in (length_of(columns[name]) for name in names) if length is not None]
    rows = lengths[0] if lengths else 1
    prepared: dict[str, Prepared] = {}
    own = set()
    for name in names:
        column = prepare(name, columns[name], rows)
        if len(column.data) != rows:
            raise ShapeError(Problem(Status.SHAPE, f"{len(column.data)} rows, expected {rows}", name))
        if name == "date":
            column = as_days(name, column)
        elif name in _NUMBERS:
            column = _number_column(name, column)
        else:
            column = _key_column(name, column)
        if not _is_shared(columns[name], column.data):
            own.add(name)
        prepared[name] = column
    unit = prepared.get("unit")
    whole = unit is not None and (unit.categories is not None or unit.data.dtype.kind == "i")
    shown = as_text("unit", unit) if unit is not None and whole else None
    return core_table(rows, prepared, nan), shown, frozenset(own)


def _number_column(name: str, column: Prepared) -> Prepared:
    if column.is_dates:
        raise ShapeError(Problem(Status.SHAPE, "dates, expected numbers", name))
    return as_numbers(column)


def _key_column(name: str, column: Prepared) -> Prepared:
    """Text, or whole numbers that stand for their digits, where nobody writes to them."""
    if column.is_dates:
        raise ShapeError(Problem(Status.SHAPE, "dates, expected text or whole numbers", name))
    if column.categories is None and not reported(column).any():
        return as_text(name, column)
    if column.categories is None and column.data.dtype.kind == "i" and column.data.flags.writeable:
        # Codes that are read where they lie index tables: nobody may change them afterwards.
        return column._replace(data=column.data.copy())
    return column


def _is_shared(value: Any, data: Any) -> bool:
    """Whether prepared data lie where the caller has them."""
    import numpy as np

    values = value.values if isinstance(value, Column) else value
    if isinstance(values, ArrowColumn):
        return not values.is_copied
    array = getattr(values, "array", None)
    if array is not None and hasattr(array, "categories"):
        values = array.codes
    elif not isinstance(values, np.ndarray):
        if not hasattr(values, "to_numpy"):
            return False
        values = values.to_numpy()
    return bool(np.may_share_memory(values, data))
