# SPDX-License-Identifier: Apache-2.0
"""Administrative units in time: who is there on a day, what lies in what, what became of whom."""

from __future__ import annotations

import datetime
import os
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Literal, Sequence, Union, overload

from . import core
from .days import date_number, date_of
from .errors import ArgumentError, Status
from .exports import Arrows, Frame, Out, int_column, text_column, word_column
from .frames import core_table, enum_of, one_column, prepare_all, text_values, texts_of
from .handles import Held
from .number import text_of
from .tables import choice, columns_of, not_found
from .unit_rows import Echelon, Unit, UnitEdge, UnitFinding, UnitPart, UnitReform, UnitShare

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Day = Union[datetime.date, str]


@lru_cache(maxsize=None)
def _defects() -> dict[str, int]:
    return {name: number for number, name in core.units_defects()}


def unit_defects() -> tuple[str, ...]:
    """The words for all defects that a registry can have; ``include/ntm/unit.h`` says what each means.

    Overlap, cycle, rung, still there and twice are errors in any case. Reused, renamed, no successor and from nowhere
    are allowed unless :class:`Units` is told otherwise.

    >>> ntm.unit_defects()[:5]
    ('overlap', 'orphan', 'cycle', 'rung', 'outlives')
    """
    return tuple(_defects())


_USUAL = ("reused", "renamed", "no successor", "from nowhere")
_UNITS = ("code", "name", "level", "parent")
_EDGES = ("old_code", "new_code", "part", "level", "old_level", "new_level", "old_name", "new_name")
_ATTRIBUTES = ("code", "attribute", "value", "level")
_ANCESTORS, _CHILDREN, _DESCENDANTS, _SIBLINGS = range(4)


def _table(data: Any, text: Sequence[str], days: Sequence[str]) -> core.Table:
    columns = columns_of(data)
    rows, prepared = prepare_all(columns, columns.keys(), text=text, days=days)
    return core_table(rows, prepared, "error")


def _allowed(allow: Iterable[str]) -> int:
    bits = 0
    for word in texts_of("defects", allow if isinstance(allow, str) else tuple(allow)):
        if word not in _defects():
            problem = not_found("defect", word, _defects())
            raise ArgumentError(replace(problem, status=Status.ARGUMENT, subject=repr(word)))
        bits |= 1 << _defects()[word]
    return bits


def _echelon(value: Echelon | str | None) -> int:
    return 0 if value is None else int(enum_of("echelon", Echelon, value))


def _day(on: Day | None) -> int:
    return core.DATE_NONE if on is None else date_number(on)


class Units(Held[core.Units], Arrows):
    """A registry of units, checked as a whole and frozen. Usable by several threads.

    Args:
        data: one row a unit in one stretch of days, in any order: a mapping of columns, a data frame of pandas or
            polars, or an Arrow record batch. ``code``, ``name``, ``level`` (see :class:`Echelon`); where there are any
            ``parent`` (code of the unit above), ``valid_from`` (first day) and ``valid_to`` (the first day on which it
            is no longer so). Days are dates or text like "2020-01-01".
        succession: one row an edge: ``old_code`` of a unit there on the day before, ``new_code`` of one there on the
            day, ``on`` the day; ``part`` "full" or "partial"; ``level``, or ``old_level`` and ``new_level``, where codes
            of several rungs are the same; ``old_name``, ``new_name`` to be compared with the registry's.
        attributes: one row a value in a stretch of days: ``code``, ``attribute`` ("region", "class"), ``value``, and
            ``level``, ``valid_from``, ``valid_to``.
        allow: words of :func:`unit_defects` that become :attr:`findings` instead of errors. What is given stands in
            place of the usual "reused", "renamed", "no successor" and "from nowhere": to let edges of unknown units
            pass as well, name these and "unknown part".
        unknown: columns that a registry does not know are an error, or are ignored.
        edges_on: the day of edges whose table has no column ``on``.
        weights: columns of ``succession`` that say how much of the old unit a part is ("population").

    Raises:
        ConflictError: rows that contradict one another; the message names both.
        NotFoundError: orphans, edges of units that are not there.
        BadValueError, TextError, ShapeError: cells and columns that cannot be.

    Two communes merge on 1 January 2020, and the new one has the code of one of them:

    >>> units = ntm.Units(
    ...     {
    ...         "code": ["42", "18103", "18106", "18103"],
    ...         "name": ["Tỉnh Hà Tĩnh", "Xã Thạch Môn", "Xã Thạch Đồng", "Xã Đồng Môn"],
    ...         "level": ["province", "commune", "commune", "commune"],
    ...         "parent": [None, "42", "42", "42"],
    ...         "valid_from": [None, None, None, "2020-01-01"],
    ...         "valid_to": [None, "2020-01-01", "2020-01-01", None],
    ...     },
    ...     {"old_code": ["18103", "18106"], "new_code": ["18103", "18103"], "on": ["2020-01-01", "2020-01-01"]},
    ... )
    >>> print(units.find("18103", on="2019-12-31"))
    Xã Thạch Môn 18103 (ever to 2019-12-31, row 1)
    >>> [one.name for one in units.named("đồng môn")]
    ['Xã Đồng Môn']
    >>> [(part.unit.name, part.share.name) for part in units.became("18106", since="2019-12-31")]
    [('Xã Đồng Môn', 'WHOLE')]
    >>> [part.unit.name for part in units.made_of("18103", by="2020-01-01")]
    ['Xã Thạch Môn', 'Xã Thạch Đồng']
    >>> units.crosswalk(since="2019-12-31", by="2020-01-01", level="commune")["old_code"]
    ['18103', '18106']
    >>> units.reform("2020-01-01", level="commune").results
    1
    """

    _what, _again = "registry", "make it again from its tables"

    def __init__(
        self,
        data: Any,
        succession: Any = None,
        attributes: Any = None,
        *,
        allow: Iterable[str] = _USUAL,
        unknown: Literal["error", "ignore"] = "error",
        edges_on: Day | None = None,
        weights: Sequence[str] = (),
    ) -> None:
        choice("unknown", unknown, ("error", "ignore"))
        table = _table(data, _UNITS, ("valid_from", "valid_to"))
        edges = None if succession is None else _table(succession, _EDGES, ("on",))
        values = None if attributes is None else _table(attributes, _ATTRIBUTES, ("valid_from", "valid_to"))
        self._handle = core.units_new(
            table,
            edges,
            values,
            _allowed(allow),
            unknown == "ignore",
            _day(edges_on),
            texts_of("weights", tuple(weights)),
        )

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        succession: str | os.PathLike[str] | None = None,
        attributes: str | os.PathLike[str] | None = None,
        *,
        allow: Iterable[str] = _USUAL,
        unknown: Literal["error", "ignore"] = "error",
        edges_on: Day | None = None,
        weights: Sequence[str] = (),
    ) -> Units:
        """A registry from CSV files with the same columns.

        Raises:
            FileError: a file that cannot be opened; and as the class.
        """
        choice("unknown", unknown, ("error", "ignore"))
        made = cls.__new__(cls)
        made._handle = core.units_open(
            os.fsencode(path),
            None if succession is None else os.fsdecode(succession),
            None if attributes is None else os.fsdecode(attributes),
            _allowed(allow),
            unknown == "ignore",
            _day(edges_on),
            texts_of("weights", tuple(weights)),
        )
        return made

    def _unit(self, row: int) -> Unit:
        at, code, name, level, echelon, parent, first, before = core.units_row(self._core, row)
        return Unit(at, code, name, level, Echelon(echelon), parent, date_of(first), date_of(before))

    def _unit_or_none(self, row: int) -> Unit | None:
        return None if row < 0 else self._unit(row)

    def _units(self, rows: Iterable[int]) -> list[Unit]:
        return [self._unit(row) for row in rows]

    def _row(self, unit: Unit | str, on: Day | None, name: str = "a unit", day: str = "on") -> int:
        """The row of a unit, or of a code on a day; `day` is what the caller calls it."""
        if isinstance(unit, Unit):
            if not 0 <= unit.row < len(self) or self._unit(unit.row) != unit:
                raise ArgumentError(f"{unit.name} {unit.code} is a unit of another registry")
            return unit.row
        if on is None:
            raise ArgumentError(f"{name} is a code ({unit!r}), and a code needs a day: say it in {day}=")
        return core.units_find(self._core, text_of(name, unit), 0, date_number(on))

    def _rows(self, units: Sequence[Unit | str], on: Day, name: str) -> npt.NDArray[np.uint32]:
        """The rows of units, or of codes on a day."""
        import numpy as np

        if isinstance(units, (str, Unit)):
            raise TypeError(f"{name} has to be a sequence of units or codes")
        listed = list(units.tolist() if hasattr(units, "tolist") else units)
        if all(isinstance(one, Unit) for one in listed):
            return np.array([self._row(one, on, name) for one in listed], np.uint32)
        return self.find_all(listed, on=on).astype(np.uint32)

    def _filter(
        self,
        on: Day | None,
        echelon: Echelon | str | None,
        level: str | None,
        within: Unit | str | None,
        parent: Unit | str | None = None,
    ) -> tuple[int, int, str | None, int, int]:
        places = [-1 if one is None else self._row(one, on, "a place") for one in (within, parent)]
        return _day(on), _echelon(echelon), None if level is None else text_of("level", level), places[0], places[1]

    # ---------------------------------------------------------------------------------------- questions

    @property
    def findings(self) -> list[UnitFinding]:
        """Defects that were allowed, by kind, then row."""
        found = []
        for index in range(core.units_finding_count(self._core)):
            defect, unit, other, edge, on, message = core.units_finding(self._core, index)
            found.append(
                UnitFinding(
                    defect, self._unit_or_none(unit), self._unit_or_none(other), edge, date_of(on), message
                )
            )
        return found

    def find(self, code: str, *, on: Day, echelon: Echelon | str | None = None) -> Unit:
        """The unit of a code on a day.

        Raises:
            NotFoundError: no unit has the code on the day; the message says when it was in use, if ever.
            ConflictError: several rungs have the code.
        """
        return self._unit(core.units_find(self._core, text_of("a code", code), _echelon(echelon), date_number(on)))

    def find_all(
        self,
        codes: Sequence[Any],
        *,
        on: Day,
        echelon: Echelon | str | None = None,
        unknown: Literal["error", "none"] = "error",
    ) -> npt.NDArray[np.int64]:
        """The rows of many codes on a day. Shape (codes,), int64; -1 for one that is not found with ``unknown="none"``.

        Raises:
            NotFoundError: codes that no unit has on the day; ``.problems`` lists them all with their rows.
            BadValueError: a row without a code.
        """
        import numpy as np

        choice("unknown", unknown, ("error", "none"))
        column = text_values("code", codes)
        out = np.empty(len(column.data), np.uint32)
        core.units_find_all(
            self._core, one_column("code", column), _echelon(echelon), date_number(on), unknown == "none", out
        )
        rows = out.astype(np.int64)
        rows[out == np.uint32(0xFFFFFFFF)] = -1
        return rows

    def history(self, code: str, *, echelon: Echelon | str | None = None) -> list[Unit]:
        """The rows of a code by day, of the highest rung first."""
        return self._units(core.units_history(self._core, text_of("a code", code), _echelon(echelon)))

    def named(
        self,
        name: str,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
    ) -> list[Unit]:
        """All units of a name: never one of several.

        Compared as :func:`ntm.name_equal` does, with or without the word of the level: "Xã Đồng Môn" and "đồng môn"
        both find it. Marks belong to the name: "Dong Mon" finds nothing.

        Args:
            on: only units there on this day; None: of any day.
            within: only units below this one on the day: a unit, or a code.
        """
        chosen = self._filter(on, echelon, level, within)
        return self._units(core.units_named(self._core, text_of("a name", name), chosen))

    def select(
        self,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
        parent: Unit | str | None = None,
    ) -> list[Unit]:
        """Units in the order of their rows: of a day, a rung, a level, a place; None: all."""
        return self._units(core.units_list(self._core, self._filter(on, echelon, level, within, parent)))

    def table(
        self,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
        parent: Unit | str | None = None,
    ) -> dict[str, list[Any]]:
        """The same as columns, for ``pandas.DataFrame(...)``: row, code, name, level, parent, first_day, before."""
        chosen = self.select(on=on, echelon=echelon, level=level, within=within, parent=parent)
        names = ("row", "code", "name", "level", "parent", "first_day", "before")
        return {name: [getattr(unit, name) for unit in chosen] for name in names}

    def to_pandas(
        self,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
        parent: Unit | str | None = None,
    ) -> Any:
        """The same as a data frame of pandas."""
        return self._chosen(on, echelon, level, within, parent).to_pandas()

    def to_polars(
        self,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
        parent: Unit | str | None = None,
    ) -> Any:
        """The same as a data frame of polars."""
        return self._chosen(on, echelon, level, within, parent).to_polars()

    def to_arrow(
        self,
        *,
        on: Day | None = None,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
        parent: Unit | str | None = None,
    ) -> Any:
        """The same as a table of pyarrow."""
        return self._chosen(on, echelon, level, within, parent).to_arrow()

    def _chosen(
        self, on: Day | None, echelon: Echelon | str | None, level: str | None, within: Unit | str | None, parent: Unit | str | None
    ) -> Frame:
        found = self.table(on=on, echelon=echelon, level=level, within=within, parent=parent)
        made = [int_column("row", found["row"]), text_column("code", found["code"]), text_column("name", found["name"])]
        made += [word_column("level", found["level"]), text_column("parent", found["parent"])]
        return Frame([*made, Out("first_day", "date", found["first_day"]), Out("before", "date", found["before"])])

    def _frame(self) -> Frame:
        return self._chosen(None, None, None, None, None)

    def parent(self, unit: Unit | str, *, on: Day) -> Unit | None:
        """The unit right above on a day; None when there is none."""
        return self._unit_or_none(core.units_above(self._core, self._row(unit, on), 0, date_number(on)))

    def ancestor(self, unit: Unit | str, echelon: Echelon | str, *, on: Day) -> Unit | None:
        """The unit above on a rung on a day, at any distance; None when there is none."""
        found = core.units_above(self._core, self._row(unit, on), _echelon(echelon), date_number(on))
        return self._unit_or_none(found)

    def _around(self, kind: int, unit: Unit | str, on: Day) -> list[Unit]:
        return self._units(core.units_around(self._core, kind, self._row(unit, on), date_number(on)))

    def ancestors(self, unit: Unit | str, *, on: Day) -> list[Unit]:
        """All units above on a day, from the nearest."""
        return self._around(_ANCESTORS, unit, on)

    def children(self, unit: Unit | str, *, on: Day) -> list[Unit]:
        """The units right below on a day, by code."""
        return self._around(_CHILDREN, unit, on)

    def descendants(self, unit: Unit | str, *, on: Day) -> list[Unit]:
        """All units below on a day, parents before their children."""
        return self._around(_DESCENDANTS, unit, on)

    def siblings(self, unit: Unit | str, *, on: Day) -> list[Unit]:
        """The other units right below the same unit on a day, on the same rung, by code."""
        return self._around(_SIBLINGS, unit, on)

    def place(self, unit: Unit | str, *, on: Day) -> str:
        """The way to a unit on a day, as :meth:`ntm.Catalogue.find` takes places: "42/436/18103".

        Raises:
            ArgumentError: the unit is not there on the day.
        """
        found = core.units_place(self._core, self._row(unit, on), date_number(on))
        if found is None:
            raise ArgumentError(f"the unit is not there on {on}")
        return found

    def attribute(self, unit: Unit | str, attribute: str, *, on: Day, inherited: bool = False) -> str | None:
        """The value of an attribute on a day; None when nothing is known.

        Args:
            inherited: look at the units above, from the nearest, when the unit itself has no value.
        """
        row = self._row(unit, on)
        return core.units_attribute(self._core, row, text_of("attribute", attribute), date_number(on), bool(inherited))

    # ---------------------------------------------------------------------------------------- succession

    @property
    def edges(self) -> list[UnitEdge]:
        """What became what, by day: edges of the table, and of codes that simply go on."""
        found = []
        for index in range(core.units_edge_count(self._core)):
            old, new, on, partial, row = core.units_edge(self._core, index)
            day = date_of(on)
            assert day is not None  # an edge has a day
            found.append(UnitEdge(self._unit(old), self._unit(new), day, partial, row))
        return found

    def _parts(self, unit: Unit | str, first: Day | None, last: Day | None, made_of: bool) -> list[UnitPart]:
        row = self._row(unit, last, day="by") if made_of else self._row(unit, first, day="since")
        found = core.units_parts(self._core, row, _day(first), _day(last), made_of)
        return [UnitPart(self._unit(at), UnitShare(share), steps, ended) for at, share, steps, ended in found]

    def became(self, unit: Unit | str, *, since: Day | None = None, by: Day | None = None) -> list[UnitPart]:
        """What became of a unit by a day, through any number of reforms.

        Args:
            unit: a unit, or its code on the day ``since``.
            since: a day on which it is there; None: its first.
            by: None: after the last edge.
        """
        return self._parts(unit, since, by, False)

    def made_of(self, unit: Unit | str, *, since: Day | None = None, by: Day | None = None) -> list[UnitPart]:
        """What a unit was made of.

        Args:
            unit: a unit, or its code on the day ``by``.
            since: None: before the first edge.
            by: a day on which the unit is there; None: its last.
        """
        return self._parts(unit, since, by, True)

    def crosswalk(
        self,
        *,
        since: Day,
        by: Day,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
    ) -> dict[str, list[Any]]:
        """What became of many units as columns, for ``pandas.DataFrame(...)``: one row an old unit and what it became.

        The columns are old_code, old_name, new_code, new_name, share ("whole", "part", "perhaps") and ended: then the
        new unit is the last that is known of. Facts are taken across by :meth:`ntm.Rollup.across`.

        Args:
            since: the day of the old units.
            by: the day of the new ones.
            echelon, level, within: which old units, as in :meth:`select`.
        """
        names = ("old_code", "old_name", "new_code", "new_name", "share", "ended")
        found: dict[str, list[Any]] = {name: [] for name in names}
        for old in self.select(on=since, echelon=echelon, level=level, within=within):
            for part in self.became(old, since=since, by=by):
                new, share = part.unit, part.share.name.lower()
                for name, value in zip(names, (old.code, old.name, new.code, new.name, share, part.ended)):
                    found[name].append(value)
        return found

    def reform(
        self,
        on: Day,
        *,
        echelon: Echelon | str | None = None,
        level: str | None = None,
        within: Unit | str | None = None,
    ) -> UnitReform:
        """What a day did to the units of a place: the counts that acts state.

        Args:
            within: a unit of the day or of the day before, or a code of the day; what it became or was made of stands
                for it on the other.
        """
        place = -1 if within is None else self._row(within, on, "a place")
        chosen = (core.DATE_NONE, _echelon(echelon), None if level is None else text_of("level", level), place, -1)
        return UnitReform(*core.units_reform(self._core, chosen, date_number(on)))

    # ---------------------------------------------------------------------------------------- the object

    def __len__(self) -> int:
        return core.units_count(self._core)

    @overload
    def __getitem__(self, row: int) -> Unit: ...

    @overload
    def __getitem__(self, row: slice) -> list[Unit]: ...

    def __getitem__(self, row: int | slice) -> Unit | list[Unit]:
        """A row of the registry, or several."""
        if isinstance(row, slice):
            return self._units(range(len(self))[row])
        return self._unit(range(len(self))[row])

    def __contains__(self, unit: object) -> bool:
        """Whether a unit is a row of this registry, or a code was that of a unit on any day."""
        if isinstance(unit, str):
            return bool(self.history(unit))
        return isinstance(unit, Unit) and 0 <= unit.row < len(self) and self._unit(unit.row) == unit

    def __iter__(self) -> Iterator[Unit]:
        return (self._unit(row) for row in range(len(self)))

    def __repr__(self) -> str:
        return "<ntm.Units, closed>" if self._handle is None else f"<ntm.Units of {len(self)} rows>"
