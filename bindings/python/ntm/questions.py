# SPDX-License-Identifier: Apache-2.0
"""What can be asked of a result beyond its verdicts; :class:`ntm.Attainment` has these methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Mapping, cast

from .gaps import Gaps, gaps_of

if TYPE_CHECKING:
    from .attainment import Attainment


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
