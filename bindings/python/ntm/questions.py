# SPDX-License-Identifier: Apache-2.0
"""What can be asked of a result beyond its verdicts; :class:`ntm.Attainment` has these methods."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Collection, Iterable, Literal, Mapping, cast

from . import core
from .errors import ConflictError, Problem, Status
from .gaps import Gaps, gaps_of
from .tables import fixed_axes

if TYPE_CHECKING:
    from .attainment import Attainment, VerdictOf
    from .comparisons import Changes, Pairs
    from .deciding import CollectingOrder, Deciding
    from .flips import Flips
    from .group_counts import By, GroupCounts
    from .unit_rows import Echelon
    from .what_ifs import FactValue, FigureKeys, FigureValue

class Questions:
    """Questions to a result that need the plan and the table again."""

    def _asked(self) -> Attainment:
        return cast("Attainment", self)

    def _unchanged(self, rows: int | Collection[int] | None = None) -> tuple[core.Plan, core.Table]:
        """Plan and table for a question; the rows that it is about (None: all) still give the verdicts that were kept.

        Raises:
            ConflictError: they do not: the caller's arrays were changed since.
        """
        asked = self._asked()
        plan, table = asked._evaluated
        for row in (-1,) if rows is None else (rows,) if isinstance(rows, int) else rows:
            changed = core.changed_row(plan, table, asked._core, asked._keep, row)
            if changed is not None:
                what = "the data changed since they were evaluated: evaluate again, or hand in a copy"
                raise asked._named(ConflictError(Problem(Status.CONFLICT, what, "", changed)))
        return plan, table

    def gaps(
        self,
        *,
        margins: bool = False,
        revocation: bool = False,
        untold_law: bool = False,
        prices: Mapping[str, Any] | None = None,
        units: Iterable[str | int] | None = None,
    ) -> Gaps:
        """What every unit lacks, in the units people work in, as exact numbers; docs/gaps.md has the rules.

        Args:
            margins: also how much could go of each criterion that is surely met.
            revocation: also how far each unit is from the set's rule of revocation.
            untold_law: list gaps too that cannot be told because a figure or rule was not read; otherwise they are
                counted.
            prices: what one unit of work costs, by fact (or column), to choose among alternatives: int or Decimal, not
                below 0. Without prices every work costs 1.
            units: only these units (or rows).

        Raises:
            NotFoundError: no such unit; a price of what no rule asks for.
            BadValueError: a price below 0.

        >>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
        >>> data = {"population": [2000], "insured-people": [1699]}
        >>> gaps = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["X"]).gaps()
        >>> gap = next(gap for gap in gaps.of("X") if gap.subject.id == "15.1")
        >>> gap.least, gap.subject.unit, gap.subject.fact
        (1, 'person', 'insured-people')
        """
        asked = self._asked()
        return gaps_of(asked, margins, revocation, untold_law, prices, units)

    def flips(
        self,
        figure: str,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        of: VerdictOf = "status",
        axes: Mapping[str, str] | None = None,
        **more_axes: str,
    ) -> Flips:
        """Who changes if a threshold moves: the exact numbers at which each row's verdict changes, all else as it is.

        Args:
            figure: the figure that moves.
            indicator, criterion, precondition: the verdict that is watched; none named: the one that ``of`` says: "status",
                "criteria status" or "revocation".
            axes: which cells of the figure move; an axis not named: all of its values. May also be given as keywords:
                ``region="BTB"``.

        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> data = {"population": [2000, 2000, 3], "insured-people": [1699, 1900, 2]}
        >>> flips = ntm.evaluate(data, law, on="2020-02-25", region="BTB").flips("insured-share", "15.1")
        >>> [str(flip.at) for flip in flips]
        ['200/3', '1699/20', '95']
        >>> flips.tally(), flips.tally(80)
        (Tally(met=1, not_met=2, open=0), Tally(met=2, not_met=1, open=0))

        Raises:
            NotFoundError: no such figure, axis of it, or value of that; the revocation of a set without such a rule.
            UnsupportedError: the figure stands inside of arithmetic, not by itself on a side of a comparison.
            ExactOverflowError: a number at which a row changes is beyond 64 bits.
        """
        from .flips import flips_of

        asked = self._asked()
        part, index = asked._watched(indicator, criterion, precondition, of)
        return flips_of(asked, figure, fixed_axes(axes, more_axes), part, index)

    def what_if(
        self,
        *,
        facts: Mapping[str | int, Mapping[str, FactValue]] | None = None,
        figures: Mapping[str, FigureValue | Mapping[FigureKeys, FigureValue]] | None = None,
    ) -> Attainment:
        """A new result in which some facts or figures are others. This one, its law and its arrays are not touched.

        Args:
            facts: by unit (text, or a row number), then fact: its value; None for "not reported",
                ``ntm.Known.NOT_APPLICABLE`` for "not applicable".
            figures: by figure: one value for all of its cells, or a mapping of cells to values; a cell is one value per
                axis, None for all (of a figure with one axis that value alone). The value None is absent.

        The law of the new result has "what-if" among its overlays where figures changed.

        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> data = {"population": [2000], "insured-people": [1699]}
        >>> now = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["18103"])
        >>> now.what_if(facts={"18103": {"insured-people": 1700}}).indicator("15.1").tolist()
        [1]
        >>> then = now.what_if(figures={"insured-share": 80})
        >>> then.indicator("15.1").tolist(), then.law.overlays, now.indicator("15.1").tolist()
        ([1], ('what-if',), [2])

        Raises:
            NotFoundError: a unit, fact, figure or value of an axis that is not there.
            ConflictError: two changes for one cell.
            ShapeError: a value that is not of the column's sort.
            NtmError: as for :func:`evaluate`.
        """
        from .what_ifs import asked_again

        return asked_again(self._asked(), facts, figures)

    def deciding(
        self,
        unit: str | int,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        of: VerdictOf = "status",
        work: int | None = None,
    ) -> Deciding:
        """Which facts decide an open verdict: of an indicator, a criterion, a precondition, or (none named) ``of``.

        The smallest set of facts that are not reported which could show it met, and the smallest that could show it not
        met, each with values that do so whatever the other open facts are; and all facts that could still matter. The
        interpreter's lock is released meanwhile.

        Args:
            unit: a unit as text, or a row number.
            of: "status", "criteria status" or "revocation".
            work: how much may be looked at; None: the usual 300 million steps.

        Raises:
            NotFoundError: no such unit or indicator ..., or a set without a rule of revocation.
            ArgumentError: several verdicts named.

        >>> law = ntm.CriteriaSet.read('''
        ... format: ntm-set/1
        ... id: water
        ... title: {vi: Nước}
        ... programme: test
        ... level: commune
        ... tier: standard
        ... place: VN
        ... instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
        ... sources: {S: {where: nowhere, what: made up}}
        ... facts:
        ...   households: {kind: count, unit: household}
        ...   clean: {kind: count, unit: household, part_of: households}
        ... criteria:
        ...   - id: "17"
        ...     name: {vi: Nước sạch}
        ...     source: [S]
        ...     rule: [{ratio: [clean, households]}, ">=", {constant: 90, unit: "%"}]
        ... ''')
        >>> r = ntm.evaluate({"code": ["A"], "households": [2000]}, law, unit="code", on="2020-03-01")
        >>> d = r.deciding("A", criterion="17")
        >>> [(fact.input, fact.value) for fact in d.met.facts], [(fact.input, fact.value) for fact in d.not_met.facts]
        ([('clean', 1800)], [('clean', 1799)])
        """
        from .deciding import deciding_of

        return deciding_of(self._asked(), unit, (indicator, criterion, precondition), of, work)

    def collecting_order(
        self,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        of: VerdictOf = "status",
        could_show: Literal["met", "not met"] = "met",
        all_facts: bool = False,
        work: int | None = None,
    ) -> CollectingOrder:
        """In which order collecting facts settles most rows per fact, found greedily.

        A fact counts one, however many rows lack it. A row is settled once the facts collected include the smallest set
        that could show it met: that is a chance, and no promise. With ``all_facts`` it needs all its open facts, which
        surely settle it. The interpreter's lock is released meanwhile.

        Args:
            of: "status", "criteria status" or "revocation", when nothing else is named.
            could_show: what a row's set could show.
            work: how much may be looked at in each different row; None: the usual 3 million steps.

        Raises:
            NotFoundError: no such indicator ..., or a set without a rule of revocation.
            ArgumentError: several verdicts named, or another ``could_show``.
        """
        from .deciding import collecting_of

        return collecting_of(self._asked(), (indicator, criterion, precondition), of, could_show, all_facts, work)

    def compare(self, other: Attainment, *, pairs: Pairs | None = None) -> Changes:
        """Who changed from what to what between this result and a later one: two months, two laws, or a what-if.

        Units are matched by their names (rows by their numbers where neither result has names); who is only on one side
        is told apart. The status is always compared. Of two results of one set (by its id: amended or not) so are the
        criteria and indicators of the same id. A set that follows the other is compared by its own pairs of counterparts.
        Of other sets nothing but the status is: "17.1" of one set need not be about what "17.1" of another is.

        Args:
            other: the later result.
            pairs: what is compared with what instead: an :class:`ntm.Successor`, :class:`ntm.Counterpart` s, or
                "same ids".

        Raises:
            ArgumentError: the units of only one result are named.
            ShapeError: different numbers of rows, and no names.

        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> january = {"code": ["A", "B", "C"], "population": [2000] * 3, "insured-people": [1699, 1900, None]}
        >>> february = {"code": ["B", "A", "D"], "population": [2000] * 3, "insured-people": [1600, 1700, 1900]}
        >>> one = ntm.evaluate(january, law, on="2020-01-31", unit="code", region="BTB")
        >>> two = ntm.evaluate(february, law, on="2020-02-29", unit="code", region="BTB")
        >>> changes = one.compare(two)
        >>> [change.unit for change in changes.gained(indicator="15.1")], changes.only_before, changes.only_after
        (['A'], ('C',), ('D',))
        """
        from .attainment import Attainment
        from .comparisons import Changes

        if not isinstance(other, Attainment):
            raise TypeError(f"compare with an ntm.Attainment, not {type(other).__name__}")
        return Changes(self._asked(), other, pairs)

    def rollup(
        self, by: By, *, echelon: Echelon | str | None = None, on: datetime.date | str | None = None
    ) -> GroupCounts:
        """Counts verdicts by group: how many communes of each district have the status, meet each criterion, with bounds.

        It counts the verdicts that there are. :class:`ntm.Rollup` is another thing: it makes *facts* of districts from
        facts of communes, to be evaluated under a set for districts.

        Args:
            by: a sequence of groups, one a row; a mapping from unit to group; or a registry (:class:`ntm.Units`). Rows
                whose group is missing are counted under None, never dropped.
            echelon: up to which rung of a registry: "district", "province".
            on: the day of the registry; None: that of the evaluation.

        Raises:
            ShapeError: not one group a row.
            NotFoundError: a unit that the registry does not have on the day.
            ArgumentError: a registry without ``echelon``; groups by unit, and units that were not named.

        >>> law = ntm.catalogue()["commune-ntm-2016-2020"]
        >>> data = {"population": [2000] * 3, "insured-people": [1699, 1900, None]}
        >>> r = ntm.evaluate(data, law, on="2020-02-25", unit=["A", "B", "C"], region="BTB")
        >>> counts = r.rollup({"A": "436", "B": "436", "C": "437"})
        >>> counts["436"].text("en"), counts["437"].text("en"), counts["436"].average_most
        ('0 to 1 of 2', '0 to 1 of 1', Fraction(37, 2))
        """
        from .group_counts import GroupCounts, groups_of

        return GroupCounts(self._asked(), groups_of(self._asked(), by, echelon, on))
