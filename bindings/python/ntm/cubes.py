# SPDX-License-Identifier: Apache-2.0
"""Cubes: exact sums of a ledger by any of its dimensions, rolled up; tallies of parts of them; rates."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Callable, Collection, Iterable, Iterator, Literal, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .days import date_number
from .errors import ArgumentError, ConflictError, FileError, NotFoundError, Problem, Status
from .exports import Frame, Rows
from .frames import texts_of
from .handles import Held, TextOrPath, as_bytes, no_pickle
from .number import decimal_of, name_equal, text_of, whole_number
from .rates import Known, Rate, Rates, rate_made
from .results import ResultColumns
from .tables import choice, not_found
from .units import Units

Day = Union[datetime.date, str]
Only = Mapping[str, Union[str, Sequence[str]]]
Measure = Literal["amount", "quantity"]
Running = Literal["in year", "all"]
NamesOf = Callable[[str], "list[tuple[str | None, str]]"]

_UNIT_LEVELS = ("province", "district", "commune", "village")
_LENGTHS = {"month": 2, "quarter": 3, "half-year": 4, "year": 5}
_MEASURES = {"amount": 1, "quantity": 2}
_RUNNING = {None: 0, "in year": 1, "all": 2}
_ALL_ROWS = 2**64 - 1
_NO_ENTRY = -1


class Side(NamedTuple):
    """A side of a cube, where a word alone ("district", "source", "month") does not say enough."""

    dimension: str
    """"source", "unit", "date", or any other of the ledger."""
    level: str | None = None
    """Of "unit" the rung that its entries are rolled up to, of "date" "month", "quarter", "half-year" or "year"; None: as
    they are posted."""
    up: bool = False
    """Also what the members are parts of, and one total of all ("*")."""


@dataclass(frozen=True)
class Expected:
    """Who has to report: every unit, in each combination of the other sides in which it has any entry, in each period."""

    stage: str
    """"disbursed"."""
    every: Literal["month", "quarter", "half-year", "year"]
    """How often."""
    since: Day
    """First day."""
    until: Day
    """Last day, included: of the last report that is due by now."""


class CubeMember(NamedTuple):
    """One member of a side of a cube."""

    id: str
    """Id, code of a unit, or period ("2020-02"); "" is "not stated", "*" the total of all."""
    level: str | None
    """"district", "month", "total"; None for members of other dimensions."""
    parent: int | None
    """Place of the member that it is a part of; None: of none."""
    stock: bool
    """Whether its amounts are stocks."""


class CubeCell(NamedTuple):
    """One cell of a cube. True if its value is known.

    ``int(cell.value)`` of an open cell fails: missing is never zero.
    """

    known: Known
    """REPORTED, NOT_REPORTED (open: a report is missing) or NOT_APPLICABLE (there is no entry, and none is expected)."""
    value: int | Decimal | None
    """The sum: int đồng, or Decimal in ``unit``; None unless it is known."""
    so_far: int | Decimal | None
    """The sum of what was reported, also of an open cell; None if nothing was."""
    missing: int
    """Reports that are missing: entries without an amount, and expected ones."""
    stock: bool
    """It is a stock: of the last day reported on."""
    unit: str | None
    """"đồng", or the unit of the things counted; None if several kinds could be meant."""

    def __bool__(self) -> bool:
        return self.known is Known.REPORTED


def day_number(day: Day | None) -> int:
    """A day as the core takes it; None is none."""
    return core.DATE_NONE if day is None else date_number(day)


def _raised(sides: Sequence[str], up: bool | str | Collection[str]) -> frozenset[str]:
    if isinstance(up, bool):
        return frozenset(name for name in sides if up and name != "stage")  # there is no total of stages
    asked = texts_of("up", up if isinstance(up, str) else tuple(up))
    for name in asked:
        if name not in sides:
            raise NotFoundError(not_found("side", name, sides))
    return frozenset(asked)


def sides_of(
    sides: Sequence[str | Side], up: bool | str | Collection[str], dimensions: Collection[str]
) -> tuple[tuple[str, str | None, bool], ...]:
    """Sides as the core takes them: a word is a dimension of the ledger, or else a level of units or of time.

    Raises:
        NotFoundError: ``up`` names no side.
    """
    for one in sides:
        if not isinstance(one, (str, tuple)):
            raise TypeError(f"a side has to be text or ntm.Side, each an argument of its own, not {type(one).__name__}")
    names = [one if isinstance(one, str) else text_of("a side's dimension", Side(*one).dimension) for one in sides]
    raised = _raised(names, up)
    made: list[tuple[str, str | None, bool]] = []
    for name, one in zip(names, sides):
        if not isinstance(one, str):
            side = Side(*one)
            level = None if side.level is None else text_of("a side's level", side.level)
            made.append((name, level, bool(side.up) or name in raised))
        elif name not in dimensions and name in _UNIT_LEVELS:
            made.append(("unit", name, name in raised))
        elif name not in dimensions and name in _LENGTHS:
            made.append(("date", name, name in raised))
        else:
            made.append((name, None, name in raised))
    return tuple(made)


def only_of(only: Only | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which entries count, as the core takes it."""
    if only is None:
        return ()
    if not hasattr(only, "items"):
        raise TypeError(f"only has to map dimensions to ids, not be {type(only).__name__}")
    return tuple((text_of("a dimension", name), texts_of(f"only[{name!r}]", ids)) for name, ids in only.items())


def _expected_of(expected: Expected | Iterable[Expected]) -> tuple[tuple[str, int, int, int], ...]:
    made = []
    for one in (expected,) if isinstance(expected, Expected) else tuple(expected):
        if not isinstance(one, Expected):
            raise TypeError(f"expected has to be ntm.Expected, not {type(one).__name__}")
        choice("every", one.every, _LENGTHS)
        made.append((text_of("stage", one.stage), _LENGTHS[one.every], date_number(one.since), date_number(one.until)))
    return tuple(made)


def _rows_of(rows: range | None) -> tuple[int, int]:
    if rows is None:
        return 0, _ALL_ROWS
    if not isinstance(rows, range) or rows.step != 1 or rows.start < 0:
        raise ArgumentError(f"rows {rows!r}: a range of rows in steps of 1")
    if rows.stop > _ALL_ROWS:
        raise ArgumentError(f"rows {rows!r}: beyond any ledger")
    return rows.start, max(rows.stop - rows.start, 0)


def question_of(
    dimensions: Collection[str],
    sides: Sequence[str | Side],
    *,
    up: bool | str | Collection[str],
    only: Only | None,
    since: Day | None,
    until: Day | None,
    as_of: Day | None,
    running: Running | None,
    expected: Expected | Iterable[Expected],
    measure: Measure,
    rows: range | None = None,
) -> tuple[Any, ...]:
    """What is asked of a cube, as the core takes it."""
    choice("measure", measure, _MEASURES)
    if running is not None:
        choice("running", running, ("in year", "all"))
    return (
        sides_of(sides, up, dimensions),
        _MEASURES[measure],
        only_of(only),
        day_number(since),
        day_number(until),
        day_number(as_of),
        _RUNNING[running],
        _expected_of(expected),
        *_rows_of(rows),
    )


def no_names(dimension: str) -> list[tuple[str | None, str]]:
    """Members that a ledger knows, where there is none to ask."""
    return []


class About(NamedTuple):
    """What a cube takes over from the ledger or tally that it was made of."""

    units: Units | None
    """The registry, for names of units."""
    names: NamesOf
    """(second name or None, id) of all members of a dimension of the ledger, used or not."""
    kinds: tuple[str, ...]
    """Of which kinds quantities can be, where "kind" is no side."""
    money: bool
    """Whether đồng are added up."""


class CubeColumns(ResultColumns):
    """The cells of a cube as columns: one for each side, then ``sum`` (int đồng or Decimal; None where nothing was
    reported), ``missing`` (int) and ``open`` (bool)."""


class Cube(Rows):
    """Sums of a ledger, rolled up, made by :meth:`Ledger.cube` or :meth:`CubeTally.cube`. Frozen, usable by several threads.

    ``cube[a, b, c]`` is the :class:`CubeCell` of one member of each side. A member is told by its id ("central", "436",
    "2020-02"), by "*" (the total of a side asked for with ``up``), by "" (not stated), by a name ("Huyện Can Lộc", "ngân
    sách trung ương"), or by (level, id) where units of two levels have one code. Members that the ledger declares and no
    entry has have cells that are not applicable; a member that nobody knows is an error. ``len(cube)`` is the number of cells that
    have an entry or one that is expected; iterating gives these as rows.
    """

    def __init__(self, handle: core.Cube, about: About) -> None:
        self._handle = handle
        self._about = about
        self.sides: tuple[str, ...] = tuple(core.cube_sides(handle))
        """Names of the sides: the level ("district", "month") or else the dimension ("source")."""
        self._members: dict[int, tuple[CubeMember, ...]] = {}
        self._places: dict[int, dict[Any, int]] = {}
        self._columns: CubeColumns | None = None

    def _side(self, side: str) -> int:
        if text_of("a side", side) not in self.sides:
            raise NotFoundError(not_found("side", side, self.sides))
        return self.sides.index(side)

    def _members_of(self, at: int) -> tuple[CubeMember, ...]:
        if at not in self._members:
            self._members[at] = tuple(CubeMember(*one) for one in core.cube_members(self._handle, at))
        return self._members[at]

    def members(self, side: str) -> tuple[CubeMember, ...]:
        """The members of a side: those above before those below; the total last.

        Raises:
            NotFoundError: there is no such side.
        """
        return self._members_of(self._side(side))

    def _places_of(self, at: int) -> dict[Any, int]:
        if at not in self._places:
            places: dict[Any, int] = {}
            for place, member in enumerate(self._members_of(at)):
                places.setdefault(member.id, place)
                places[member.level, member.id] = place
            self._places[at] = places
        return self._places[at]

    def _named(self, at: int, name: str) -> list[int]:
        """Places of the members that have this name."""
        places = self._places_of(at)
        found: list[int] = []
        if self._about.units is not None and any(one.level in _UNIT_LEVELS for one in self._members_of(at)):
            units = self._about.units.named(name)
            found = [places[unit.echelon.name.lower(), unit.code] for unit in units
                     if (unit.echelon.name.lower(), unit.code) in places]
        return sorted(set(found))

    def _declared(self, at: int, key: str) -> int | None:
        """The place of a member by what its ledger knows of it: -1 if no entry has it, None if there is no such member."""
        places = self._places_of(at)
        for name, id in self._about.names(self.sides[at]):
            if key == id or (name is not None and name_equal(name, key)):
                return places.get(id, _NO_ENTRY)
        return None

    def _place(self, at: int, key: Any) -> int:
        places = self._places_of(at)
        side = self.sides[at]
        if isinstance(key, tuple) and len(key) == 2 and all(isinstance(one, str) for one in key):
            if key not in places:
                raise NotFoundError(Problem(Status.NOT_FOUND, f"no member of the side {side}", " ".join(key)))
            return places[key]
        if text_of(f"a member of {side}", key) in places:
            return places[key]
        found = self._named(at, key)
        if len(found) == 1:
            return found[0]
        declared = self._declared(at, key) if not found else None
        if declared is not None:
            return declared
        if found:
            all_of_them = ", ".join(self._members_of(at)[place].id for place in found)
            raise ConflictError(Problem(Status.CONFLICT, f"{len(found)} members of the side {side} have this name: "
                                        f"{all_of_them}", key))
        named = self._about.names(side)
        known = [*(one.id for one in self._members_of(at)), *(id for _, id in named), *(name for name, _ in named if name)]
        raise NotFoundError(not_found(f"member of the side {side}", key, known))

    def _key(self, key: Any) -> tuple[int, ...]:
        parts = key if isinstance(key, tuple) else (key,)
        if len(parts) != len(self.sides):
            raise ArgumentError(f"a member of each side is needed: {', '.join(self.sides) or 'none, cube[()]'}")
        return tuple(self._place(at, part) for at, part in enumerate(parts))

    def _unit(self, places: Sequence[int]) -> str | None:
        if self._about.money:
            return "đồng"
        kinds: Sequence[str] = self._about.kinds
        if "kind" in self.sides:
            at = self.sides.index("kind")
            member = None if places[at] == _NO_ENTRY else self._members_of(at)[places[at]].id
            kinds = kinds if member is None or member == "*" else (member,)
        units = {unit for unit in (core.cube_unit(self._handle, kind) for kind in kinds) if unit is not None}
        return units.pop() if len(units) == 1 else None

    def _number(self, number: int) -> int | Decimal:
        return number if self._about.money else decimal_of(number, core.cube_scale(self._handle))

    def _any_reported(self, places: Sequence[int]) -> bool:
        """Whether anything of an open cell whose sum is 0 was reported: the columns say so."""
        import numpy as np

        columns = self.columns
        fields = columns._fields
        there = np.ones(len(columns), bool)
        for side, place in zip(self.sides, places):
            there &= columns._numbers(fields[side]) == place
        return bool((there & columns._known(fields["sum"])).any())

    def __getitem__(self, key: Any) -> CubeCell:
        """A cell.

        Raises:
            NotFoundError: no such member; near ones are named.
            ConflictError: several members have this name.
            ArgumentError: not one member a side.
            ExactOverflowError: the sum does not fit 64 bits.
        """
        places = self._key(key)
        known, total, missing, stock = self._raw(places)
        kind = Known(known)
        if kind is Known.NOT_APPLICABLE:
            return CubeCell(kind, None, None, missing, stock, self._unit(places))
        number = self._number(total)
        value = number if kind is Known.REPORTED else None
        reported = value is not None or total != 0 or self._any_reported(places)
        return CubeCell(kind, value, number if reported else None, missing, stock, self._unit(places))

    def _raw(self, places: tuple[int, ...]) -> tuple[int, int, int, bool]:
        """A cell as the core has it."""
        if _NO_ENTRY in places:
            return int(Known.NOT_APPLICABLE), 0, 0, False
        return core.cube_get(self._handle, places)

    @property
    def columns(self) -> CubeColumns:
        """All cells as columns, in the order of members, the last side fastest. Made once.

        Raises:
            ExactOverflowError: a sum does not fit 64 bits; the cell is named.
            ConflictError: a side is called "sum", "missing" or "open".
        """
        if self._columns is None:
            self._columns = CubeColumns(core.cube_rows(self._handle))
        return self._columns

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.columns.rows()

    def __len__(self) -> int:
        """How many cells have an entry, or one that is expected."""
        return core.cube_cells(self._handle)

    def __bool__(self) -> bool:
        """Whether there is any cell."""
        return len(self) > 0

    def _frame(self) -> Frame:
        return self.columns._frame()

    def rate(self, part: Any, whole: Any) -> Rate:
        """The rate of one cell in another, told as in ``cube[part]``.

        Raises:
            UnitError: a stock and a flow have no rate.
        """
        known, _, negative, above = core.rate_of(self._raw(self._key(part)), self._raw(self._key(whole)))
        return rate_made(known, self[part].so_far, self[whole].so_far, negative, above)

    def rates(
        self, part: str | None = None, whole: str | None = None, *, side: str = "stage", years_back: int = 0
    ) -> Rates:
        """Rates of one member of a side in another, or of each period in the same one some years earlier.

        Args:
            part, whole: ids on the side, "disbursed" and "plan".
            side: the side on which both stand.
            years_back: in place of the three: so many years earlier. The cube has to have a side of time.

        Raises:
            ArgumentError: neither a part and a whole nor years_back, or both.
            NotFoundError: no such side or member.
            ExactOverflowError: a sum does not fit 64 bits; the cell is named.
        """
        years = whole_number("years_back", years_back)
        if not 0 <= years <= 10_000:
            raise ArgumentError(f"years_back is {years}: from 0 to 10,000")
        if years and (part is not None or whole is not None):
            raise ArgumentError("either a part and a whole, or years_back")
        if not years and (part is None or whole is None):
            raise ArgumentError("a part and a whole are needed: rates('disbursed', 'plan'); or years_back=1")
        if years:
            return Rates(core.cube_rates(self._handle, None, None, None, years))
        ids = text_of("part", part), text_of("whole", whole)
        return Rates(core.cube_rates(self._handle, text_of("side", side), *ids, 0))

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "keep its tally as text, or its data frame")

    def __repr__(self) -> str:
        return f"<ntm.Cube of {len(self)} cells: {' x '.join(self.sides) or 'one total'}>"


class CubeTally(Held[core.CubeTally]):
    """Part of a cube: sums before anything is rolled up, made by :meth:`Ledger.tally`. Frozen, usable by several threads.

    Tallies of parts of the rows, of files or of machines are put together to one, in any order, to the last bit the same.

    >>> year = {"unit": ["A", "B", "A"], "stage": ["plan"] * 3, "amount": [1, 2, 4], "year": [2020] * 3}
    >>> ledger = ntm.Ledger(year)
    >>> halves = [ledger.tally("unit", "stage", rows=range(2)), ledger.tally("unit", "stage", rows=range(2, 3))]
    >>> merged = ntm.CubeTally.merge(reversed(halves))
    >>> merged.to_bytes() == ledger.tally("unit", "stage").to_bytes(), merged.cube()["A", "plan"].value
    (True, 5)
    """

    _what, _again = "tally", "count it again, or keep to_bytes()"

    def __init__(self, handle: core.CubeTally, about: About) -> None:
        self._handle = handle
        self._about = about

    @classmethod
    def merge(cls, tallies: Iterable[CubeTally]) -> CubeTally:
        """One tally of several, made with the same options and registry.

        Raises:
            ArgumentError, ConflictError, UnitError: none at all, or tallies that do not belong together.
        """
        given = tuple(tallies)
        for one in given:
            if not isinstance(one, CubeTally):
                raise TypeError(f"tallies have to be ntm.CubeTally, not {type(one).__name__}")
        handle = core.cube_tally_merge(tuple(one._core for one in given))
        named = [one._about for one in given if one._about.names is not no_names]
        kinds = tuple(dict.fromkeys(kind for one in given for kind in one._about.kinds))
        return cls(handle, (named or [given[0]._about])[0]._replace(kinds=kinds))

    @classmethod
    def read(cls, source: TextOrPath, *, units: Units | None = None) -> CubeTally:
        """Reads what :meth:`to_bytes` or :meth:`to_text` gave: a file, text with a newline, or bytes.

        Args:
            units: the registry of the ledger that was tallied; None: it had none.

        Raises:
            FileError: the file cannot be read.
            TextError: no tally; the line is named.
            UnsupportedError: another version of the form.
            NotFoundError: a unit that the registry lacks.
        """
        if units is not None and not isinstance(units, Units):
            raise TypeError(f"units are an ntm.Units, not {type(units).__name__}")
        path, contents = as_bytes(source)
        name = "text" if path is None else os.fsdecode(path)
        if path is not None:
            contents = _contents(path)
        handle = core.cube_tally_read(contents or b"", name, None if units is None else units._core)
        return cls(handle, _about_text(core.cube_tally_text(handle), units))

    def to_text(self) -> str:
        """Its written form, as docs/budget.md describes it. The same contents give the same text."""
        return core.cube_tally_text(self._core)

    def to_bytes(self) -> bytes:
        """Its written form in UTF-8."""
        return self.to_text().encode("utf-8")

    def cube(self) -> Cube:
        """The cube of it, rolled up. The interpreter's lock is released meanwhile.

        Raises:
            UnitError: stocks and flows would be added; the cell is named.
            NotFoundError: a unit that is not there on the day, or has nothing on the level asked for.
            ExactOverflowError: sums beyond 128 bits.
        """
        return Cube(core.cube_of(self._core), self._about)

    def __len__(self) -> int:
        """How many cells it has."""
        return core.cube_tally_cells(self._core)

    def __bool__(self) -> bool:
        """Whether it has any cell."""
        return len(self) > 0

    def __repr__(self) -> str:
        return "<ntm.CubeTally, closed>" if self._handle is None else f"<ntm.CubeTally of {len(self)} cells>"


def kept_units(units: Units | None) -> Units | None:
    """The registry once more, which stays when the caller closes hers."""
    if units is None:
        return None
    kept = Units.__new__(Units)
    kept._handle = units._core
    return kept


def _contents(path: bytes) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(Problem(Status.IO, error.strerror or str(error), os.fsdecode(path))) from None


def _untold(text: str) -> str:
    """A text of the written form, without what stands for tabs, line ends and backslashes."""
    letters = {"\\t": "\t", "\\n": "\n", "\\\\": "\\"}
    return re.sub(r"\\[tn\\]", lambda found: letters[found[0]], text[1:])


def _about_text(text: str, units: Units | None) -> About:
    """What the written form of a tally tells of its measure and kinds."""
    money, kinds, chosen = True, [], None
    for line in text.split("\n"):
        what, *rest = line.split("\t")
        if what == "measure":
            money = rest == ["amount"]
        elif what == "kind":
            kinds.append(_untold(rest[0]))
        elif what == "only" and _untold(rest[0]) == "kind":
            chosen = [_untold(one) for one in rest[1:]]
        elif what == "cell":
            break
    return About(kept_units(units), no_names, tuple(kinds if chosen is None else chosen), money)
