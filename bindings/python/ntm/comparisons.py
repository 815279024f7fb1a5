# SPDX-License-Identifier: Apache-2.0
"""Two results side by side: who changed from what to what."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Iterable, Literal, NamedTuple, Sequence, Union

from .attainment_rows import name_in
from .errors import ArgumentError, NotFoundError, Problem, ShapeError, Status
from .explanation import Verdict
from .exports import Frame, Table, WordedRows, int_column, text_column, verdict_column, verdict_word, word_column
from .htmls import MOST_ROWS, grid_html, verdict_html
from .number import Language
from .parts import Counterpart
from .successor import PairKind, Successor
from .tables import not_found

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from .attainment import Attainment

Pairs = Union[Successor, Iterable[Counterpart], Literal["same ids"]]
"""What is compared with what under two sets."""

_ORDER = (Verdict.MET, Verdict.OPEN, Verdict.NOT_MET)
_KEYS = {Verdict.MET: "met", Verdict.OPEN: "open", Verdict.NOT_MET: "not met"}


class Change(NamedTuple):
    """One verdict of one unit that is another now."""

    unit: str | int
    """The unit; its row where the units were not named."""
    part: str
    """"status", "criterion" or "indicator"."""
    id: str
    """Id of the part in the later set; "" for the status."""
    before: Verdict
    """What it was."""
    after: Verdict
    """What it is."""


class _Part(NamedTuple):
    kind: str
    before: str
    after: str


class Changes(WordedRows):
    """What changed between two results, made by :meth:`ntm.Attainment.compare`. Frozen; usable by several threads.

    As a data frame one row a changed verdict: ``unit``, ``part`` ("status", "criterion", "indicator"), ``id``, ``name``,
    ``before``, ``after``; by part, then unit. Units that only one side has are in ``only_before`` and ``only_after`` and
    nowhere else; parts that only one side has in ``not_compared``.
    """

    def __init__(self, before: Attainment, after: Attainment, pairs: Pairs | None) -> None:
        self.before = before
        """The earlier result, or the one before the what-if."""
        self.after = after
        """The later one."""
        self._rows_before, self._rows_after, self.units, self.only_before, self.only_after = _matched(before, after)
        self._parts, self.not_compared = _parts_of(before, after, pairs)

    @property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """What is compared: ("criterion", id before, id after); the status first, with ids ""."""
        return tuple((one.kind, one.before, one.after) for one in self._parts)

    @cached_property
    def _verdicts(self) -> dict[_Part, tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]]:
        made = {}
        for part in self._parts:
            one = _verdicts(self.before, part.kind, part.before)[self._rows_before]
            two = _verdicts(self.after, part.kind, part.after)[self._rows_after]
            made[part] = one, two
        return made

    def _part(self, criterion: str | None, indicator: str | None) -> _Part:
        if criterion is not None and indicator is not None:
            raise ArgumentError("name one of criterion and indicator")
        kind, id = ("criterion", criterion) if criterion is not None else ("indicator", indicator)
        if id is None:
            return self._parts[0]
        for part in self._parts:
            if part.kind == kind and part.after == id:
                return part
        known = [part.after for part in self._parts if part.kind == kind]
        raise NotFoundError(not_found(f"{kind} among those compared", id, known))

    def moves(self, *, criterion: str | None = None, indicator: str | None = None) -> dict[tuple[Verdict, Verdict], int]:
        """How many units went from which verdict to which: nine numbers that add up to the units that both sides have.

        Args:
            criterion, indicator: of this part, by its id in the later set; none: of the status.

        Raises:
            NotFoundError: it is not among the parts compared.
        """
        found = _moves(*self._verdicts[self._part(criterion, indicator)])
        return {(a, b): found[a, b] for a in _ORDER for b in _ORDER}

    def _where(self, criterion: str | None, indicator: str | None, pairs: Any) -> list[Change]:
        part = self._part(criterion, indicator)
        one, two = (array.tolist() for array in self._verdicts[part])
        return [
            Change(unit, part.kind, part.after, Verdict(a), Verdict(b))
            for unit, a, b in zip(self.units, one, two)
            if a != b and (pairs is None or (a, b) in pairs)
        ]

    def changed(self, *, criterion: str | None = None, indicator: str | None = None) -> list[Change]:
        """The units whose verdict is another now, in the order of the later result; arguments as :meth:`moves`."""
        return self._where(criterion, indicator, None)

    def gained(self, *, criterion: str | None = None, indicator: str | None = None) -> list[Change]:
        """The units that surely did not meet it before and surely meet it now. What was open may have been met before."""
        return self._where(criterion, indicator, {(Verdict.NOT_MET, Verdict.MET)})

    def lost(self, *, criterion: str | None = None, indicator: str | None = None) -> list[Change]:
        """The units that surely met it before and surely do not now."""
        return self._where(criterion, indicator, {(Verdict.MET, Verdict.NOT_MET)})

    @cached_property
    def by_unit(self) -> Table:
        """One row a unit that both sides have: what became of its status, and how many criteria it gained and lost.

        Columns: ``unit``, ``status_before``, ``status_after`` ("met", "not met", "open"), ``gained_least``,
        ``gained_most``, ``lost_least``, ``lost_most`` (of the criteria compared: surely, and possibly where one side is
        open).
        """
        import numpy as np

        counts = {name: np.zeros(len(self.units), np.int64) for name in _BOUNDS}
        for part, (one, two) in self._verdicts.items():
            if part.kind == "criterion":
                for name, hits in zip(_BOUNDS, _bounds(one, two)):
                    counts[name] += hits
        status = self._verdicts[self._parts[0]]
        made = [_unit_column(self.units)]
        made += [verdict_column(f"status_{name}", array, "en") for name, array in zip(("before", "after"), status)]
        return Table("units compared", Frame([*made, *(int_column(name, array) for name, array in counts.items())]))

    @cached_property
    def by_part(self) -> Table:
        """One row a part compared: ``part``, ``id_before``, ``id_after``, then how many units made each of the nine moves
        (``met_to_not_met``)."""
        moves = [_moves(*self._verdicts[part]) for part in self._parts]
        made = [word_column("part", [part.kind for part in self._parts])]
        made += [text_column(f"id_{side}", [getattr(part, side) for part in self._parts]) for side in ("before", "after")]
        for a in _ORDER:
            for b in _ORDER:
                name = f"{_KEYS[a]}_to_{_KEYS[b]}".replace(" ", "_")
                made.append(int_column(name, [found[a, b] for found in moves]))
        return Table("parts compared", Frame(made))

    @cached_property
    def _changed_by_part(self) -> Counter[_Part]:
        return Counter({part: int((one != two).sum()) for part, (one, two) in self._verdicts.items()})

    @cached_property
    def _changes(self) -> list[tuple[_Part, str | int, int, int]]:
        found = []
        for part, (one, two) in self._verdicts.items():
            for row in (one != two).nonzero()[0].tolist():
                found.append((part, self.units[row], int(one[row]), int(two[row])))
        return found

    def _worded(self, lang: Language) -> Frame:
        law = self.after.law
        names = {("criterion", one.id): name_in(one.name, lang) for one in law.criteria}
        names.update({("indicator", one.id): name_in(one.name, lang) for one in law.indicators})
        found = self._changes
        made = [_unit_column([unit for _, unit, _, _ in found])]
        made.append(word_column("part", [part.kind for part, *_ in found], ["status", "criterion", "indicator"]))
        made.append(word_column("id", [part.after or None for part, *_ in found]))
        made.append(word_column("name", [names.get((part.kind, part.after)) for part, *_ in found]))
        made.append(verdict_column("before", [one[2] for one in found], lang))
        return Frame([*made, verdict_column("after", [one[3] for one in found], lang)])

    def __len__(self) -> int:
        """How many verdicts changed, of the status, criteria and indicators together."""
        return sum(self._changed_by_part.values())

    def __repr__(self) -> str:
        moves = self.moves()
        gained, lost = moves[Verdict.NOT_MET, Verdict.MET], moves[Verdict.MET, Verdict.NOT_MET]
        apart = len(self.only_before) + len(self.only_after)
        more = f", {apart} units only on one side" if apart else ""
        return f"<ntm.Changes of {len(self.units)} units: {gained} gain the status, {lost} lose it, {len(self)} verdicts changed{more}>"

    def _repr_html_(self) -> str:
        """The nine moves of the status, and the parts that changed most."""
        lang: Language = "vi"
        head = ["trước \\ sau", *(verdict_word(one, lang) for one in _ORDER)]
        moves = self.moves()
        rows = [[verdict_html(_KEYS[a], verdict_word(a, lang)), *(str(moves[a, b]) for b in _ORDER)] for a in _ORDER]
        found = Counter({part: count for part, count in self._changed_by_part.items() if count and part.kind != "status"})
        most = [[escape(f"{part.kind} {part.after}"), str(count)] for part, count in found.most_common(MOST_ROWS)]
        more = f'<div style="opacity:.75">… and {len(found) - len(most)} more</div>' if len(found) > len(most) else ""
        tables = grid_html(head, rows) + (grid_html(["", "đổi"], most) if most else "")
        return f'<div style="color:inherit;overflow-x:auto"><div>{escape(repr(self))}</div>{tables}{more}</div>'


_BOUNDS = ("gained_least", "gained_most", "lost_least", "lost_most")


def _moves(one: Any, two: Any) -> dict[tuple[Verdict, Verdict], int]:
    """How many rows went from which verdict to which."""
    import numpy as np

    count = len(Verdict)
    found = np.bincount(one.astype(np.intp) * count + two, minlength=count * count).tolist()
    return {(a, b): found[int(a) * count + int(b)] for a in _ORDER for b in _ORDER}


def _bounds(one: Any, two: Any) -> tuple[Any, Any, Any, Any]:
    """Which units surely and possibly gain and lose a part."""
    met, unmet = Verdict.MET, Verdict.NOT_MET
    gained = (one == unmet) & (two == met), (one != met) & (two != unmet)
    lost = (one == met) & (two == unmet), (one != unmet) & (two != met)
    return (*gained, *lost)


def _unit_column(units: Sequence[str | int]) -> Any:
    if all(isinstance(unit, int) for unit in units):
        return int_column("unit", list(units))
    return text_column("unit", [str(unit) for unit in units])


def _verdicts(result: Attainment, kind: str, id: str) -> Any:
    if kind == "status":
        return result.status
    return result.criterion(id) if kind == "criterion" else result.indicator(id)


def _matched(before: Attainment, after: Attainment) -> tuple[Any, Any, tuple[Any, ...], tuple[str, ...], tuple[str, ...]]:
    """Rows of both sides that belong together, their units, and the units of one side alone."""
    import numpy as np

    if (before.units is None) != (after.units is None):
        raise ArgumentError("the units of only one result are named: evaluate(..., unit=) for both")
    if before.units is None or after.units is None:
        if len(before) != len(after):
            message = f"{len(before)} and {len(after)} rows without names: evaluate(..., unit=) to match them"
            raise ShapeError(Problem(Status.SHAPE, message))
        rows = np.arange(len(before))
        return rows, rows, tuple(range(len(before))), (), ()
    first = {unit: row for row, unit in enumerate(before.units)}
    second = set(after.units)
    both = [(first[unit], row, unit) for row, unit in enumerate(after.units) if unit in first]
    one, two = (np.array([pair[at] for pair in both], np.intp) for at in (0, 1))
    only_before = tuple(unit for unit in before.units if unit not in second)
    return one, two, tuple(pair[2] for pair in both), only_before, tuple(unit for unit in after.units if unit not in first)


def _parts_of(
    before: Attainment, after: Attainment, pairs: Pairs | None
) -> tuple[tuple[_Part, ...], tuple[tuple[str, str, str], ...]]:
    """What is compared with what, and (part, side, id) of what is not."""
    kept = min(before._keep, after._keep)
    kinds = ("criterion", "indicator")[:kept]
    ids = {
        (kind, side): _ids(result, kind) for kind in kinds for side, result in (("before", before), ("after", after))
    }
    parts = [_Part("status", "", "")]
    for kind in kinds:
        known = set(ids[kind, "before"])
        mine = _pairing(before, after, pairs, kind)
        for id in ids[kind, "after"]:
            old = id if mine is None else mine.get(id)
            if old is not None and old in known:
                parts.append(_Part(kind, old, id))
    left = []
    for (kind, side), listed in ids.items():
        taken = {getattr(part, side) for part in parts if part.kind == kind}
        left += [(kind, side, id) for id in listed if id not in taken]
    return tuple(parts), tuple(left)


def _ids(result: Attainment, kind: str) -> list[str]:
    if kind == "criterion":
        return [one.id for one in result.law.criteria]
    return [one.id for one in result.law.indicators]


def _pairing(before: Attainment, after: Attainment, pairs: Pairs | None, kind: str) -> dict[str, str] | None:
    """Ids of the later set, and those of the earlier one that they are compared with; None: the same ids."""
    if isinstance(pairs, str):
        if pairs != "same ids":
            raise ArgumentError(f"pairs {pairs!r}: 'same ids', an ntm.Successor, or ntm.Counterpart")
        return None
    if isinstance(pairs, Successor):
        wanted = PairKind.CRITERION if kind == "criterion" else PairKind.INDICATOR
        return {one.after: one.before for one in pairs.pairs if one.kind == wanted and one.after and one.before}
    if pairs is None and before.law.id == after.law.id:
        return None
    listed: tuple[Counterpart, ...] = tuple(pairs or ())
    if pairs is None and after.law.follows == before.law.id:
        listed = after.law.counterparts
    for one in listed:
        if not isinstance(one, Counterpart):
            raise TypeError(f"pairs are ntm.Counterpart, not {type(one).__name__}")
    return {one.id: one.of for one in listed if one.is_criterion == (kind == "criterion")}
