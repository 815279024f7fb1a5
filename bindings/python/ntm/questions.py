# SPDX-License-Identifier: Apache-2.0
"""What can be asked of a result beyond its verdicts; :class:`ntm.Attainment` has these methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Literal, Mapping, cast

from .errors import ArgumentError
from .gaps import Gaps, gaps_of
from .tables import choice, fixed_axes

if TYPE_CHECKING:
    from .attainment import Attainment
    from .flips import Flips
    from .what_ifs import FactValue, FigureKeys, FigureValue

_WATCHED = {"status": 0, "criteria_status": 1, "revocation": 2}


class Questions:
    """Questions to a result that need the plan and the table again."""

    def _asked(self) -> Attainment:
        return cast("Attainment", self)

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
        return gaps_of(asked, asked._evaluated, margins, revocation, untold_law, prices, units)

    def flips(
        self,
        figure: str,
        indicator: str | None = None,
        *,
        criterion: str | None = None,
        precondition: str | None = None,
        of: Literal["status", "criteria_status", "revocation"] = "status",
        axes: Mapping[str, str] | None = None,
        **more_axes: str,
    ) -> Flips:
        """Who changes if a threshold moves: the exact numbers at which each row's verdict changes, all else as it is.

        Args:
            figure: the figure that moves.
            indicator, criterion, precondition: the verdict that is watched; none named: the one that `of` says.
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
        choice("of", of, _WATCHED)
        part, index = asked._of(indicator, criterion, precondition)
        if part == _WATCHED["status"]:
            part = _WATCHED[of]
        elif of != "status":
            raise ArgumentError("name one of indicator, criterion, precondition and of")
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
