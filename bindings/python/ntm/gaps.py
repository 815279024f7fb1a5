# SPDX-License-Identifier: Apache-2.0
"""What units lack, how much, and how much of what they have could go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, NamedTuple, NoReturn, Sequence, Union

from . import core
from .errors import ArgumentError, Problem, ShapeError, Status
from .exports import Frame, Out, Table, WordedRows, checked, enum_column, unit_column, word_column
from .explanation import Verdict
from .gap_words import gap_text
from .handles import no_pickle
from .number import Language, at_least_zero, format_measure, language_code, parts_of, text_of, whole_number
from .parts import Closing, Names
from .tasks import MakesTasks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .attainment import Attainment

Number = Union[int, Decimal, Fraction]
"""An exact number: an int where it is whole, a Decimal where one holds it, a Fraction otherwise."""


class GapKind(IntEnum):
    """What sort of thing is missing."""

    MORE = 1
    """More of an amount: 11 households, 1.4 km."""
    FEWER = 2
    """Less of it: 9 makeshift houses."""
    ACT = 3
    """A yes: a decision has to be issued."""
    UNDO = 4
    """A no where there is, or may be, a yes."""
    LEVEL = 5
    """Levels up a scale (down, where a gap is ``down``)."""
    STATUS = 6
    """A status that has to be held (given up, where a gap is ``down``)."""
    UNITS = 7
    """Units below that have to meet a condition (that may not any more, where a gap is ``down``)."""
    UNTOLD = 8
    """It cannot be told as an amount."""


class Untold(IntEnum):
    """Why a gap has no amount."""

    TOLD = 0
    """It has one."""
    LAW = 1
    """A figure or rule was not read in any source, or is left to a lower authority."""
    NOT_REPORTED = 2
    """What it depends on is not reported and not bounded."""
    NOT_APPLICABLE = 3
    """A fact is "not applicable" where the rule makes no room for that."""
    AXIS = 4
    """The unit's region, class or year is not known."""
    RULE = 5
    """The rule has no such amount."""


_PARTS = ("status", "status", "revocation", "criterion", "indicator", "precondition")
_CRITERION, _INDICATOR, _PRECONDITION = 3, 4, 5
_NEEDED_CRITERION, _NEEDED_STATUS = 2, 4


@dataclass(frozen=True)
class Subject:
    """A place in a rule where a fact decides; the same for all units."""

    kind: GapKind
    """What is missing here when something is."""
    closing: Closing | None
    """What closes it; None for units below."""
    part: str
    """"indicator", "criterion" (its own rule), "precondition", "status" or "revocation"."""
    id: str
    """The id of the indicator, criterion or precondition; "" for the others."""
    criterion: str | None
    """The criterion it is in."""
    input: str | None
    """The column that decides; None where several do."""
    fact: str | None
    """The fact behind it; None where there is none or several are."""
    name: Names
    """What it is; of a status or units below, the name of the part that asks for them."""
    unit: str | None
    """Unit of amounts; None for acts, levels and statuses."""
    level: str | None
    """The level, or the status, that the rule names: to reach, or (a gap that is ``down``) to be below of."""
    evidence: str | None
    """Which document shows it."""
    whole: bool
    """Amounts count whole things."""


@dataclass(frozen=True)
class Gap:
    """What a unit lacks of a subject."""

    row: int
    """Its row."""
    unit: str | None
    """The unit, when the units were named."""
    subject: Subject
    """What is missing."""
    kind: GapKind
    """As the subject's, its opposite where it has to go the other way, or UNTOLD."""
    untold: Untold
    """Why there is no amount."""
    least: Number | None
    """What is surely lacking; 0: maybe nothing is. None: untold."""
    most: Number | None
    """What is at most lacking; None: no bound is known, or untold."""
    for_criterion: bool
    """It is on the cheapest way to its criterion."""
    for_status: bool
    """It is on the cheapest way to the status."""
    strict: bool
    """The amount itself is not enough, anything above is."""
    out_of_reach: bool
    """Even the least amount leads beyond the fact's bounds, the whole that it is part of, or the units that there are."""
    down: bool
    """It has to go: fewer, an undoing, down a scale, a status given up, fewer units."""

    def text(self, lang: Language = "vi") -> str:
        """What is missing in one line: "15.1 Số người tham gia bảo hiểm y tế: thêm 880 người"."""
        return gap_text(self, lang)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Margin:
    """How close a criterion that is met is to being lost."""

    row: int
    """Its row."""
    unit: str | None
    """The unit, when the units were named."""
    criterion: str
    """The criterion."""
    subject: Subject
    """Where it would be lost first."""
    spare: Number
    """How much can surely go (or come), in the subject's unit."""
    relative: Fraction | None
    """The distance to what is asked, as a share of that; None where that is 0 and more is to spare."""
    strict: bool
    """The spare amount itself is too much, anything below it can go."""


class Effort(NamedTuple):
    """A unit as a whole: the cheapest way to its status."""

    status: Verdict
    """Its status now."""
    works: int
    """Gaps on the way, a fact that several rules need counted once."""
    untold: int
    """Those of them that are untold, listed or not."""
    criteria: int
    """Criteria on the way that are not surely met."""
    cost_least: Fraction
    """What the least amounts cost by the prices; without prices, how many works surely are needed."""
    cost_most: Fraction | None
    """The same of the most amounts; None: no bound is known."""
    unpriced: int
    """Works without a price although prices were given."""


class Risk(NamedTuple):
    """How far a unit is from having its recognition revoked."""

    revocation: Verdict
    """Whether the rule holds."""
    steps: int | None
    """How many conditions have to be lost, criteria counted one each; 0 when it holds or is open; None: it cannot."""
    relative: Fraction | None
    """The rule holds when all amounts lose this share and more of what is asked of them; None: not a matter of amounts."""


def _number(numerator: int, denominator: int) -> Number | None:
    if denominator == 0:
        return None
    if denominator == 1:
        return numerator
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return Fraction(numerator, denominator)
    scale = max(twos, fives)
    return Decimal(numerator * 10**scale // denominator).scaleb(-scale)


def _by_share(shares: Any) -> Any:
    """The places of fractions, smallest first and those without one last; exactly, and ties as they stand."""
    import numpy as np

    pairs, place = np.unique(shares, axis=0, return_inverse=True)
    told = [(d == 0, Fraction(int(c), int(d)) if d else Fraction(0)) for c, d in pairs]
    rank = np.empty(len(pairs), np.int64)
    rank[sorted(range(len(pairs)), key=told.__getitem__)] = np.arange(len(pairs))
    return np.argsort(rank[place.reshape(-1)], kind="stable")


def _subject(law: Any, raw: tuple[Any, ...]) -> Subject:
    kind, closing, of, index, criterion, column, fact, vi, en, unit, level, evidence, whole = raw
    parts = {_CRITERION: law.criteria, _INDICATOR: law.indicators, _PRECONDITION: law.preconditions}
    return Subject(
        GapKind(kind),
        Closing(closing) if closing else None,
        _PARTS[of],
        parts[of][index].id if of in parts else "",
        None if criterion is None else law.criteria[criterion].id,
        column,
        fact,
        Names(vi, en),
        unit,
        level,
        evidence,
        whole,
    )


class Gaps(MakesTasks, WordedRows, Sequence[Gap]):
    """Gaps and margins of a result, made by :meth:`Attainment.gaps`. Frozen, and usable by several threads.

    A sequence of gaps, by row and then in the order of the set. As a data frame one row a gap: ``unit`` (the row number
    where none were named), ``criterion``, ``indicator``, ``precondition``, ``part``, ``fact``, ``name``, ``kind``, ``closing``,
    ``least``, ``most`` (exact), ``measure`` (their unit, in words), ``level`` (to reach, or the status), ``for_criterion``,
    ``for_status``, ``strict``, ``out_of_reach``, ``down``, ``untold`` (why there is no amount). None where there is none.
    """

    def __init__(self, result: Attainment, handle: core.Gaps) -> None:
        self.law = result.law
        """The set."""
        self.units = result.units
        """The unit of each row; None when they were not named."""
        self._row = result.row
        self._handle = handle
        self._rows = len(result)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Everything that can be missing, in the order of the set."""
        return tuple(_subject(self.law, raw) for raw in core.gaps_subjects(self._handle))

    @cached_property
    def _columns(self) -> tuple[Any, Any, Any, Any]:
        import numpy as np

        rows, subjects, words, amounts = core.gaps_columns(self._handle)
        return (
            np.frombuffer(rows, np.int64),
            np.frombuffer(subjects, np.int32),
            np.frombuffer(words, np.uint8).reshape(-1, 6),
            np.frombuffer(amounts, np.int64).reshape(-1, 4),
        )

    @cached_property
    def _margins(self) -> tuple[Any, Any, Any]:
        import numpy as np

        rows, what, amounts = core.gaps_margins(self._handle)
        return (
            np.frombuffer(rows, np.int64),
            np.frombuffer(what, np.int32).reshape(-1, 3),
            np.frombuffer(amounts, np.int64).reshape(-1, 4),
        )

    def _name(self, row: int) -> str | None:
        return None if self.units is None else self.units[row]

    def _gap(self, at: int) -> Gap:
        rows, subjects, words, amounts = self._columns
        kind, untold, needed, strict, beyond, down = (int(one) for one in words[at])
        a, b, c, d = (int(one) for one in amounts[at])
        row = int(rows[at])
        return Gap(
            row,
            self._name(row),
            self.subjects[int(subjects[at])],
            GapKind(kind),
            Untold(untold),
            _number(a, b),
            _number(c, d),
            bool(needed & _NEEDED_CRITERION),
            bool(needed & _NEEDED_STATUS),
            bool(strict),
            bool(beyond),
            bool(down),
        )

    def __len__(self) -> int:
        return len(self._columns[0])

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self._gap(i) for i in range(*at.indices(len(self)))]
        number = whole_number("a gap", at)
        if not -len(self) <= number < len(self):
            raise IndexError(f"no gap {number}: there are {len(self)}")
        return self._gap(number % len(self))

    def of(self, unit: str | int) -> list[Gap]:
        """The gaps of one unit (its name, or a row).

        Raises:
            NotFoundError: no such unit.
        """
        first, end = core.gaps_bounds(self._handle, self._row(unit), False)
        return [self._gap(at) for at in range(first, end)]

    def margins_of(self, unit: str | int) -> list[Margin]:
        """The margins of one unit's criteria that are surely met; none where they were not asked for."""
        first, end = core.gaps_bounds(self._handle, self._row(unit), True)
        return [self._margin(at) for at in range(first, end)]

    def _margin(self, at: int) -> Margin:
        rows, what, amounts = self._margins
        a, b, c, d = (int(one) for one in amounts[at])
        row = int(rows[at])
        spare = _number(a, b)
        assert spare is not None
        return Margin(
            row,
            self._name(row),
            self.law.criteria[int(what[at, 0])].id,
            self.subjects[int(what[at, 1])],
            spare,
            Fraction(c, d) if d else None,
            bool(what[at, 2]),
        )

    def margins(self) -> Iterator[Margin]:
        """The margins of all units, by row and criterion; none where they were not asked for: ``gaps(margins=True)``."""
        return (self._margin(at) for at in range(len(self._margins[0])))

    def effort(self, unit: str | int) -> Effort:
        """The cheapest way to a unit's status as a whole."""
        status, works, untold, criteria, least, most, unpriced = core.gaps_row(self._handle, self._row(unit))
        return Effort(
            Verdict(status),
            works,
            untold,
            criteria,
            Fraction(*least) if least else Fraction(0),
            Fraction(*most) if most else None,
            unpriced,
        )

    def risk(self, unit: str | int) -> Risk:
        """How far a unit is from revocation, by the set's own rule.

        Raises:
            NotFoundError: the set has no such rule.
            ArgumentError: it was not asked for: ``gaps(revocation=True)``.
        """
        revocation, steps, relative = core.gaps_risk(self._handle, self._row(unit))
        return Risk(Verdict(revocation), steps, None if relative is None else Fraction(*relative))

    def nearest(self, limit: int = 20) -> list[tuple[str | int, Effort]]:
        """Near misses: the units that have not attained and need the fewest works; then the fewest untold ones, then the lower row.

        Args:
            limit: at most so many.
        """
        import numpy as np

        most = at_least_zero("limit", limit)
        works = np.frombuffer(core.gaps_works(self._handle), np.uint32).reshape(-1, 3)
        order = np.lexsort((np.arange(len(works)), works[:, 1], works[:, 0]))
        rows = [int(row) for row in order if works[row, 0] > 0][:most]
        return [(row if self.units is None else self.units[row], self.effort(row)) for row in rows]

    def _worded(self, lang: Language) -> Frame:
        rows, subjects, words, amounts = self._columns
        told = [self._words(subject, lang) for subject in self.subjects]
        texts = ("criterion", "indicator", "precondition", "part", "fact", "name", "closing", "measure", "level")
        made = {name: word_column(name, [told[subject][at] for subject in subjects]) for at, name in enumerate(texts)}
        made["kind"] = enum_column("kind", [GapKind(kind) for kind in words[:, 0]])
        for name, parts in (("least", amounts[:, :2]), ("most", amounts[:, 2:])):
            made[name] = Out(name, "exact", [_number(int(a), int(b)) for a, b in parts])
        made["for_criterion"] = Out("for_criterion", "flag", (words[:, 2] & _NEEDED_CRITERION) != 0)
        made["for_status"] = Out("for_status", "flag", (words[:, 2] & _NEEDED_STATUS) != 0)
        for at, name in ((3, "strict"), (4, "out_of_reach"), (5, "down")):
            made[name] = Out(name, "flag", words[:, at] != 0)
        made["untold"] = enum_column("untold", [Untold(one) if one else None for one in words[:, 1]])
        order = [*texts[:6], "kind", "closing", "least", "most", "measure", "level"]
        order += ["for_criterion", "for_status", "strict", "out_of_reach", "down", "untold"]
        return Frame([unit_column(rows, self.units), *(made[name] for name in order)])

    def margin_rows(self, *, lang: Language = "vi") -> Table:
        """The margins as rows, the nearest to being lost first; then by row and criterion.

        Columns: ``unit`` (the row number where none were named), ``criterion``, ``indicator``, ``precondition``, ``fact``,
        ``name``, ``spare``, ``measure`` (its unit), ``relative``, ``strict``: as :class:`Margin`. Without a ``relative`` one
        comes last.

        Args:
            lang: of ``name`` and ``measure``.
        """
        rows, what, amounts = self._margins
        told = [self._words(subject, checked(lang)) for subject in self.subjects]
        order = _by_share(amounts[:, 2:])
        rows, what, amounts = rows[order], what[order], amounts[order]
        made = [unit_column(rows, self.units)]
        made.append(word_column("criterion", [self.law.criteria[at].id for at in what[:, 0]]))
        for name, at in (("indicator", 1), ("precondition", 2), ("fact", 4), ("name", 5)):
            made.append(word_column(name, [told[subject][at] for subject in what[:, 1]]))
        made.append(Out("spare", "exact", [_number(int(a), int(b)) for a, b in amounts[:, :2]]))
        made.append(word_column("measure", [told[subject][7] for subject in what[:, 1]]))
        made.append(Out("relative", "exact", [Fraction(int(c), int(d)) if d else None for c, d in amounts[:, 2:]]))
        made.append(Out("strict", "flag", what[:, 2] != 0))
        return Table("margins", Frame(made))

    def margins_to_pandas(self, *, lang: Language = "vi", exact: bool = True) -> Any:
        """:meth:`margin_rows` as a data frame of pandas."""
        return self.margin_rows(lang=lang).to_pandas(exact=exact)

    @staticmethod
    def _words(subject: Subject, lang: Language) -> tuple[str | None, ...]:
        name = subject.name.vi if lang == "vi" else subject.name.en
        closing = None if subject.closing is None else subject.closing.name.lower()
        whole = name or str(subject.name) or subject.input
        indicator = subject.id if subject.part == "indicator" else None
        precondition = subject.id if subject.part == "precondition" else None
        of = (subject.criterion, indicator, precondition, subject.part)
        measure = None if subject.unit is None else format_measure(subject.unit, lang=lang)
        return (*of, subject.fact, whole, closing, measure, subject.level)

    def __repr__(self) -> str:
        return f"<ntm.Gaps of {self.law.layers}: {len(self)} of {self._rows} rows>"

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "ask for the gaps again, or keep their data frame")


def _prices(prices: Mapping[str, Any] | None) -> tuple[tuple[str, int, int], ...]:
    if prices is None:
        return ()
    if not hasattr(prices, "items"):
        raise TypeError(f"prices are a mapping {{fact: price}}, not {type(prices).__name__}")
    return tuple((text_of("a fact", fact), *parts_of(price)) for fact, price in prices.items())


def _rows_of(result: Attainment, units: Iterable[str | int] | None) -> tuple[int, ...] | None:
    if units is None:
        return None
    if isinstance(units, (str, bytes)):
        raise TypeError("units are a list of units or rows, not one text")
    return tuple(sorted({result.row(unit) for unit in units}))


def gaps_of(
    result: Attainment,
    margins: bool,
    revocation: bool,
    untold_law: bool,
    prices: Mapping[str, Any] | None,
    units: Iterable[str | int] | None,
) -> Gaps:
    """What :meth:`Attainment.gaps` does."""
    result._open
    wanted = _rows_of(result, units)
    plan, table = result._unchanged(wanted)
    made = core.gaps_new(plan, table, bool(margins), bool(revocation), bool(untold_law), _prices(prices), wanted)
    return Gaps(result, made)


def next_tier(tiers: Sequence[Attainment]) -> npt.NDArray[np.int64]:
    """Which of several results, from the lowest tier to the highest, each unit has to attain next.

    Args:
        tiers: results over the same units in the same order.

    Returns:
        The place of the first tier whose status is not surely met; ``len(tiers)`` where all are. Shape (rows,), int64.

    Raises:
        ArgumentError: no result at all.
        ShapeError: results of different lengths, or of other units.
    """
    import numpy as np

    made = list(tiers)
    if not made:
        raise ArgumentError("at least one result is needed")
    for one in made[1:]:
        if len(one) != len(made[0]) or one.units != made[0].units:
            raise ShapeError(Problem(Status.SHAPE, "the results are not of the same units in the same order"))
    unmet = np.array([one.status != Verdict.MET for one in made] + [np.ones(len(made[0]), bool)])
    first: npt.NDArray[np.int64] = unmet.argmax(axis=0)
    return first
