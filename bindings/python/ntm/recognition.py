# SPDX-License-Identifier: Apache-2.0
"""Status over time: who holds which recognition on a day, since when, by which act, and until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Sequence, Union

from . import core
from .acts import Act, ActKind, After, Expiry, Holders, Holding, Inherit, Lack, Lasting, Pending
from .columns import Prepared
from .criteria import CriteriaSet
from .days import date_number, date_of, day_of
from .errors import ArgumentError, NtmError
from .exports import Frame, Rows, rows_of
from .file_errors import with_lines
from .explanation import Verdict
from .frames import core_table, enum_of, one_column, prepare_all, text_at, text_values, texts_of
from .handles import Held, TextOrPath, as_bytes
from .number import text_of, whole_number
from .parts import Recogniser
from .tables import columns_of

if TYPE_CHECKING:
    import numpy as np

_TEXT = ("unit", "status", "class", "kind", "number", "successor")
_DAYS = ("date", "until")


@dataclass(frozen=True)
class StatusRule:
    """What holds for one status.

    >>> ntm.StatusRule("ocop-honey-2019", months=36).lasting
    <Lasting.MONTHS: 2>
    """

    status: str = ""
    """The status; left empty in the rule that is the usual one."""
    lasting: Lasting = Lasting.UNKNOWN
    """How long a recognition lasts, unless its act names the last day."""
    months: int | None = None
    """How many months it lasts, 1 to 12000; makes ``lasting`` :attr:`Lasting.MONTHS`."""
    inherit: Inherit = Inherit.NONE
    """What becomes of it in a merger."""
    law_from: datetime.date | None = None
    """No recognition may be earlier; None is not checked."""

    def __post_init__(self) -> None:
        text_of("the status of a rule", self.status)
        lasting = enum_of("lasting", Lasting, self.lasting)
        if self.months is not None:
            months = whole_number("months", self.months)
            if not 1 <= months <= 12000:
                raise ArgumentError(f"{months} months: from 1 to 12000")
            if lasting is Lasting.UNLIMITED:
                raise ArgumentError("a recognition lasts so many months, or without limit")
            lasting = Lasting.MONTHS
        elif lasting is Lasting.MONTHS:
            raise ArgumentError("how many months a recognition lasts is to be given in months=")
        object.__setattr__(self, "lasting", lasting)
        object.__setattr__(self, "inherit", enum_of("inherit", Inherit, self.inherit))
        if self.law_from is not None:
            object.__setattr__(self, "law_from", date_of(date_number(self.law_from)))

    @classmethod
    def of(cls, law: CriteriaSet) -> StatusRule:
        """The rule of a set for its own id: the months of its validity, the first day of its act, not inherited."""
        status, lasting, months, inherit, law_from = core.status_rule(_law(law)._core)
        return cls(status, Lasting(lasting), months or None, Inherit(inherit), date_of(law_from))

    def _parts(self) -> tuple[str, int, int, int, int]:
        law_from = core.DATE_NONE if self.law_from is None else date_number(self.law_from)
        return self.status, int(self.lasting), self.months or 0, int(self.inherit), law_from


Rules = Iterable[Union[StatusRule, CriteriaSet]]


def _law(law: Any) -> CriteriaSet:
    if not isinstance(law, CriteriaSet):
        raise TypeError(f"a law has to be an ntm.CriteriaSet, not {type(law).__name__}")
    return law


def _rules(rules: Rules, usual: StatusRule | None) -> tuple[tuple[tuple[str, int, int, int, int], ...], Any]:
    made = [StatusRule.of(rule) if isinstance(rule, CriteriaSet) else rule for rule in rules]
    usual = StatusRule() if usual is None else usual
    for rule in (*made, usual):
        if not isinstance(rule, StatusRule):
            raise TypeError(f"rules are ntm.StatusRule or ntm.CriteriaSet, not {type(rule).__name__}")
    for rule in made:
        if not rule.status:
            raise ArgumentError("a rule without a status: the rule of all others is given in usual=")
    return tuple(rule._parts() for rule in made), usual._parts()


def _optional(name: str, value: str | None) -> str | None:
    return None if value is None else text_of(name, value)


class Register(Held[core.Register], Rows):
    """A list of acts on units, checked as a whole and frozen. Usable by several threads.

    As a data frame one row an act, its columns the fields of :class:`Act`. What a register answers in lists,
    :func:`ntm.rows_of` makes rows of.

    Args:
        data: a mapping of columns, a data frame of pandas or polars, or an Arrow record batch, one row an act, in any
            order. ``unit``, ``kind`` (the values of :class:`ActKind`, "recognised") and ``date`` are needed;
            ``status``, ``class``, ``number``, ``successor`` and ``until`` where there are any; no other column. Text
            (codes that are whole numbers are taken as their digits); dates, or text like "2020-02-25".
        rules: what holds for single statuses: sets, whose own rule is taken, or :class:`StatusRule`.
        usual: what holds for all other statuses; None: nothing is known.
        partial: acts are missing: where none is found the answer is open. Otherwise the register is complete, and who
            is not in it never held anything.

    Raises:
        ConflictError: acts that contradict one another; ``.row`` and the message tell which, ``.unit`` of whom. Two
            rules for one status.
        BadValueError: an unknown kind, a cell that is needed or must be empty.
        NotInForceError: a recognition before the first day of its law.
        TextError: a text that is no date.
        ShapeError: a column that is missing, unknown or of the wrong type.
        LimitError: more than 256 statuses.

    >>> acts = {"unit": ["18103", "18103"], "status": ["ntm", "ntm"], "kind": ["recognised", "revoked"],
    ...         "date": ["2015-12-31", "2019-06-01"]}
    >>> register = ntm.Register(acts, usual=ntm.StatusRule(lasting="unlimited"))
    >>> register.holds("18103", "ntm", on="2019-05-31").held, register.holds("18103", "ntm", on="2019-06-01").held
    (True, False)
    """

    _what, _again = "register", "make it again from its acts"

    def __init__(self, data: Any, *, rules: Rules = (), usual: StatusRule | None = None, partial: bool = False) -> None:
        given = _rules(rules, usual)
        table, units = _acts_table(data)
        try:
            self._handle = core.register_new(table, *given, bool(partial))
        except NtmError as error:
            if error.row is not None and units is not None:
                error.unit = text_at(units, error.row)
            raise

    @classmethod
    def read(
        cls, source: TextOrPath, *, rules: Rules = (), usual: StatusRule | None = None, partial: bool = False
    ) -> Register:
        """Reads a register from a CSV file, or from CSV (text with a newline, or bytes).

        The header has all of unit, status, class, kind, date, number, successor, until; an empty cell is nothing.

        Raises:
            FileError: the file cannot be read.
            NtmError: as for the class; the file and its line are named.
        """
        made, common = _rules(rules, usual)
        path, contents = as_bytes(source)
        register = cls.__new__(cls)
        with with_lines(path, contents):
            if path is not None:
                register._handle = core.register_open(path, made, common, bool(partial))
            else:
                register._handle = core.register_read(contents or b"", "text", made, common, bool(partial))
        return register

    def _act(self, index: int) -> Act:
        row, unit, status, label, kind, on, until, number, successor = core.register_act(self._core, index)
        return Act(row, unit, status, label, ActKind(kind), day_of(on), date_of(until), number, successor)

    def _act_or_none(self, index: int | None) -> Act | None:
        return None if index is None else self._act(index)

    @property
    def acts(self) -> tuple[Act, ...]:
        """All acts, in the order of the rows."""
        return tuple(self)

    def _frame(self) -> Frame:
        return rows_of(self.acts, kind=Act)._frame()

    # ---------------------------------------------------------------------------------------- questions

    def holds(self, unit: str, status: str, *, on: datetime.date | str) -> Holding:
        """Whether a unit holds a status on a day. Who is not in the register never held it (open if it is partial)."""
        text_of("a unit", unit)
        text_of("a status", status)
        verdict, reason, label, since, until, act = core.register_holds(self._core, unit, status, date_number(on))
        return Holding(Verdict(verdict), Lack(reason), label, date_of(since), date_of(until), self._act_or_none(act))

    def column(
        self, units: Sequence[Any], status: str, *, on: datetime.date | str
    ) -> np.ma.MaskedArray[Any, np.dtype[np.bool_]]:
        """The same for many units, as the column ``holds:S`` of a table for :func:`ntm.evaluate`.

        Args:
            units: codes, one a row: a sequence, a Series, an array. A row without a code is open.

        Returns:
            A masked array of booleans, shape (rows,): masked where it is open.

        Raises:
            ShapeError: codes that are neither text nor whole numbers.
        """
        import numpy as np

        text_of("a status", status)
        column = text_values("unit", units)
        rows = len(column.data)
        values, validity = (
            np.unpackbits(np.frombuffer(bits, np.uint8), count=rows, bitorder="little").astype(bool)
            for bits in core.register_column(self._core, one_column("unit", column), status, date_number(on))
        )
        masked: Any = np.ma.MaskedArray
        made: np.ma.MaskedArray[Any, np.dtype[np.bool_]] = masked(values, mask=~validity)
        return made

    def count(
        self, status: str, *, on: datetime.date | str, units: Sequence[Any] | None = None, label: str | None = None
    ) -> Holders:
        """How many units hold a status on a day: at least ``.least``, at most ``.most``.

        Args:
            units: codes, one a row; None: all units of the register that are there on the day.
            label: only this class counts as held; None: any.
        """
        text_of("a status", status)
        table = None if units is None else one_column("unit", text_values("unit", units))
        day = date_number(on)
        return Holders(*core.register_count(self._core, table, status, _optional("a class", label), day))

    def expiring(
        self,
        first_day: datetime.date | str,
        last_day: datetime.date | str,
        *,
        status: str | None = None,
        known_on: datetime.date | str | None = None,
    ) -> list[Expiry]:
        """Recognitions whose last day lies between two days, both included: by unit, then status, in the order of
        their acts.

        What was revoked or given up before, or whose unit ended before, is not listed.

        Args:
            status: None: all of them.
            known_on: acts after this day are not looked at; None: all are.
        """
        known = core.DATE_NONE if known_on is None else date_number(known_on)
        days = date_number(first_day), date_number(last_day)
        found = core.register_expiring(self._core, _optional("a status", status), *days, known)
        return [
            Expiry(
                unit,
                kind,
                label,
                self._act(act),
                day_of(until),
                After(after),
                self._act_or_none(later),
                date_of(on),
            )
            for unit, kind, label, act, until, after, later, on in found
        ]

    def pending(
        self, *, on: datetime.date | str, status: str | None = None, instead: Sequence[str] | str = ()
    ) -> list[Pending]:
        """What waits for re-acknowledgement after mergers: one entry per unit, status and part that held it.

        Args:
            status: None: all of them.
            instead: statuses: a unit that holds one of them needs no re-acknowledgement (a higher one, say).
        """
        others = texts_of("statuses", instead)
        return [
            Pending(unit, kind, part, label, Verdict(held), day_of(merged), self._act_or_none(act))
            for unit, kind, part, label, held, merged, act in core.register_pending(
                self._core, _optional("a status", status), date_number(on), others
            )
        ]

    # ---------------------------------------------------------------------------------------- the object

    def __iter__(self) -> Iterator[Act]:
        return (self._act(index) for index in range(len(self)))

    def __len__(self) -> int:
        return core.register_act_count(self._core)

    def __repr__(self) -> str:
        return "<ntm.Register, closed>" if self._handle is None else f"<ntm.Register of {len(self)} acts>"


def _acts_table(data: Any) -> tuple[core.Table, Prepared | None]:
    """The table of acts, and its column of units."""
    columns = columns_of(data)
    rows, prepared = prepare_all(columns, columns.keys(), text=_TEXT, days=_DAYS)
    return core_table(rows, prepared, "error"), prepared.get("unit")


def recogniser(law: CriteriaSet, label: str | None = None, *, on: datetime.date | str) -> Recogniser:
    """Who recognises a class of a set on a day.

    Args:
        label: a class of the set's grade, "4"; None: the set has none, or all of its classes are meant: then only an
            entry for all classes answers.

    Raises:
        NotFoundError: no such class, or the set does not say who recognises.
        NotInForceError: no entry covers the day.
        ConflictError: two do.
    """
    return _law(law).recognisers[core.recogniser(law._core, _optional("a class", label), date_number(on))]


def validity_last_day(first_day: datetime.date | str, months: int) -> datetime.date:
    """The last day of a recognition of so many months: the day of the same number, or the last of its month.

    >>> ntm.validity_last_day("2020-02-29", 36)
    datetime.date(2023, 2, 28)

    Raises:
        ArgumentError: no date, fewer than 0 months, or past the year 9999.
    """
    count = whole_number("months", months)
    found = core.validity_last_day(date_number(first_day), count) if 0 <= count <= 120_000 else None
    if found is None:
        raise ArgumentError(f"{count} months from {first_day}: not within the years 1 to 9999")
    return day_of(found)
