# SPDX-License-Identifier: Apache-2.0
"""Cells of cubes for pictures: which, what they are called, and in which unit they are drawn."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Mapping, NamedTuple, Sequence, Union

from ..cubes import Cube, CubeCell, CubeColumns, CubeMember, Day, Expected, Only
from ..errors import ArgumentError, NotFoundError
from ..ledgers import Ledger, usual_dimensions
from ..number import Language
from ..rates import Known
from ..tables import not_found
from .words import capital, known_word, number, word

Money = Union[Ledger, Cube, CubeColumns]
"""What pictures of money take: a ledger, a cube of it, or a cube's columns."""

_UNITS = ((10**9, "tỷ đồng"), (10**6, "triệu đồng"), (10**3, "nghìn đồng"), (1, "đồng"))
_NOTHING = CubeCell(Known.NOT_APPLICABLE, None, None, 0, False, None)


class Scale(NamedTuple):
    """What 1 on an axis stands for."""

    one: int
    """So many đồng, or things counted."""
    unit: str
    """What it is called."""
    is_money: bool

    def of(self, value: int | Decimal) -> Fraction:
        """A sum in this unit, exactly."""
        return Fraction(value) / self.one

    def text(self, value: int | Decimal, lang: Language) -> str:
        """A sum in this unit, rounded for reading: to a tenth, to a hundredth below 10."""
        scaled = self.of(value)
        return number(scaled, lang, digits=1 if abs(scaled) >= 10 else 2)


def scale_of(cells: Sequence[CubeCell], lang: Language) -> Scale:
    """The unit in which the largest cell is a short number: tỷ đồng from 1 tỷ on."""
    sums = [abs(Fraction(one.so_far)) for one in cells if one.so_far is not None]
    units = {one.unit for one in cells if one.unit is not None}
    if units and "đồng" not in units:
        return Scale(1, " / ".join(sorted(units)), False)
    highest = max(sums, default=Fraction(0))
    one, name = next(((one, name) for one, name in _UNITS if highest >= one), _UNITS[-1])
    return Scale(one, word(name, lang), True)


class Cells:
    """The cells of a cube by the members of two of its sides; other sides are held at one member."""

    def __init__(self, money: Money, sides: tuple[str, str], at: Mapping[str, str] | None) -> None:
        self._columns: dict[tuple[str, str], CubeCell] = {}
        self.cube = money if isinstance(money, Cube) else None
        self.sides = sides
        self._fixed = dict(at or {})
        if isinstance(money, CubeColumns):
            self._read(money)
        elif isinstance(money, Cube):
            self._check(money)

    def _check(self, cube: Cube) -> None:
        """That the cube has the sides, and a total or chosen member of the others."""
        for side in (*self.sides, *self._fixed):
            if side not in cube.sides:
                raise NotFoundError(not_found("side of the cube", side, cube.sides))
        for side in cube.sides:
            if side in self.sides or side in self._fixed:
                continue
            if not any(member.id == "*" for member in cube.members(side)):
                raise ArgumentError(f"the cube has a side {side!r} besides: choose a member, at={{{side!r}: ...}}, or make the "
                                    f"cube without it or with its total, up={side!r}")
            self._fixed[side] = "*"

    def _read(self, columns: CubeColumns) -> None:
        names = list(columns.keys())
        for side in (*self.sides, *self._fixed):
            if side not in names:
                raise NotFoundError(not_found("side of the columns", side, names))
        for row in columns.rows():
            if any(row[side] != member for side, member in self._fixed.items()):
                continue
            place = str(row[self.sides[0]]), str(row[self.sides[1]])
            if place in self._columns:
                raise ArgumentError(f"several rows of {place[0]!r} and {place[1]!r}: the columns have more sides; say at=")
            known = Known.NOT_REPORTED if row["open"] else Known.REPORTED
            self._columns[place] = CubeCell(known, None if row["open"] else row["sum"], row["sum"], row["missing"], False, "đồng")

    def members(self, at: int) -> tuple[CubeMember, ...]:
        """The members of the first side (0) or the second (1)."""
        if self.cube is not None:
            return self.cube.members(self.sides[at])
        return tuple(CubeMember(id, None, None, False) for id in dict.fromkeys(place[at] for place in self._columns))

    def cell(self, first: CubeMember, second: str) -> CubeCell:
        """A cell; not applicable where the cube has no such member."""
        if self.cube is None:
            return self._columns.get((first.id, second), _NOTHING)
        keys: list[Any] = []
        for side in self.cube.sides:
            if side == self.sides[0]:
                keys.append(first.id if first.level is None else (first.level, first.id))
            else:
                keys.append(second if side == self.sides[1] else self._fixed[side])
        if second not in [member.id for member in self.members(1)]:
            return _NOTHING
        return self.cube[tuple(keys)]

    def name(self, at: int, member: CubeMember, lang: Language) -> str:
        """What a member is called."""
        if member.id in ("*", ""):
            return word("total" if member.id else "not stated", lang)
        if self.cube is not None and member.level is not None and self.cube._about.units is not None:
            found = [one for one in self.cube._about.units.history(member.id)
                     if one.echelon.name.lower() == member.level]
            if found:
                return found[-1].name
        return capital(_named(self.cube, self.sides[at], member.id, lang))


def _named(cube: Cube | None, side: str, id: str, lang: Language) -> str:
    """The name of a member of a dimension in a language: ids are English, second names Vietnamese."""
    names = [] if cube is None else cube._about.names(side)
    known = {one.id: one.name for usual in usual_dimensions() if usual.name == side for one in usual.members}
    known.update({own: name for name, own in names})
    if lang == "en":
        return id.replace("-", " ") if id in known and known[id] else id
    return known.get(id) or id


def stage_name(id: str, lang: Language, cube: Cube | None = None) -> str:
    """What a stage is called."""
    return word(id, lang) if known_word(id) else _named(cube, "stage", id, lang)


def money_of(
    money: Money,
    what: str,
    sides: tuple[str, str],
    *,
    since: Day | None,
    until: Day | None,
    only: Only | None,
    expected: Expected | Sequence[Expected] = (),
) -> Cube | CubeColumns:
    """The cube of a ledger; a cube or columns as they are.

    Raises:
        TypeError: something else.
        ArgumentError: what a ledger is asked for, with a cube that is made already; a cube without cells.
    """
    if isinstance(money, Ledger):
        made: Cube | CubeColumns = money.cube(*sides, since=since, until=until, only=only, expected=expected)
    elif isinstance(money, (Cube, CubeColumns)):
        if since is not None or until is not None or only is not None or expected:
            raise ArgumentError("since, until, only and expected choose entries of a ledger: the cube is made already")
        made = money
    else:
        raise TypeError(f"{what} draws an ntm.Ledger, a cube of it or the cube's columns, not {type(money).__name__}")
    if not len(made):
        raise ArgumentError("there is no cell: there is nothing to draw")
    return made
