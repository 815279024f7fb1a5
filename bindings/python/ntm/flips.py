# SPDX-License-Identifier: Apache-2.0
"""Who changes if a threshold moves: the exact numbers at which each unit's verdict changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Callable, Iterator, NamedTuple, NoReturn, Sequence

from . import core
from .attainment import Attainment, Tally
from .errors import NtmError
from .exports import Frame, Out, WordedRows, unit_column, verdict_column
from .explanation import Verdict
from .handles import no_pickle
from .number import Language, parts_of, text_of
from .parts import Figure

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NOW = (0, -1)


class Flip(NamedTuple):
    """A number at which the watched verdict of a row changes."""

    row: int
    unit: str | None
    """Its unit, when the units were named."""
    at: Fraction
    """The threshold, in the unit of the figure."""
    below: Verdict
    """While the threshold is below, down to the row's flip before."""
    exactly: Verdict
    """When it is just that."""
    above: Verdict
    """While it is above, up to the row's next flip."""


class FlipChange(NamedTuple):
    """A row whose verdict would be another."""

    row: int
    unit: str | None
    """Its unit, when the units were named."""
    now: Verdict
    """By the figures of the set."""
    then: Verdict
    """By the threshold asked about."""


class FlipStep(NamedTuple):
    """How the verdicts of all rows go over at one number, at which some of them flip."""

    at: Fraction
    """The threshold, in the unit of the figure."""
    below: Tally
    """While the threshold is below, down to the step before."""
    exactly: Tally
    """When it is just that."""
    above: Tally
    """While it is above, up to the next step."""


class Flips(WordedRows):
    """All flips of a table, from the lowest number to the highest; made by :meth:`Attainment.flips`.

    Frozen, and usable by several threads. ``len(flips)`` is how many there are; ``flips[i]`` is one of them. The arrays
    are for tables and plots. As a data frame one row a flip: ``unit`` (the row number where none were named), ``at`` (exact),
    ``below``, ``exactly``, ``above`` (verdicts).
    """

    def __init__(
        self, handle: core.Flips, figure: Figure, units: Sequence[str] | None, row_of: Callable[[str | int], int]
    ) -> None:
        self._core = handle
        self._row_of = row_of
        self.figure = figure
        """The figure that moves."""
        self.units = units
        """The unit of each row, as text; None when the caller named none."""
        self.row_count, self.moving, self._count, self._step_count = core.flips_about(handle)

    @cached_property
    def _arrays(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int8]]:
        import numpy as np

        rows = np.empty(self._count, dtype=np.int64)
        at = np.empty((self._count, 2), dtype=np.int64)
        verdicts = np.empty((self._count, 3), dtype=np.int8)
        core.flips_get(self._core, rows, at.reshape(-1), verdicts.reshape(-1))
        rows.flags.writeable = at.flags.writeable = verdicts.flags.writeable = False
        return rows, at, verdicts

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """The row of each flip. Shape (flips,), int64, read-only."""
        return self._arrays[0]

    @property
    def fractions(self) -> npt.NDArray[np.int64]:
        """The numbers, in the unit of the figure: numerator and denominator. Shape (flips, 2), int64, read-only."""
        return self._arrays[1]

    @property
    def at(self) -> npt.NDArray[np.float64]:
        """The doubles nearest to the numbers, for plots. Shape (flips,)."""
        at: npt.NDArray[np.float64] = self.fractions[:, 0] / self.fractions[:, 1]
        return at

    @property
    def verdicts(self) -> npt.NDArray[np.int8]:
        """The verdicts below, at and above each number. Shape (flips, 3), int8, read-only."""
        return self._arrays[2]

    @cached_property
    def steps(self) -> tuple[FlipStep, ...]:
        """The curve: counts of all rows below, at and above each number at which some row flips."""
        import numpy as np

        raw = np.empty((self._step_count, 11), dtype=np.int64)
        core.flips_get_steps(self._core, raw.reshape(-1))
        return tuple(
            FlipStep(Fraction(one[0], one[1]), Tally(*one[2:5]), Tally(*one[5:8]), Tally(*one[8:11]))
            for one in raw.tolist()
        )

    def tally(self, threshold: Decimal | int | None = None) -> Tally:
        """How many rows would meet, not meet or be open if the threshold stood exactly there.

        Args:
            threshold: in the unit of the figure; None: by the figures of the set. Rows whose threshold does not move
                are counted as they are.

        Raises:
            TypeError: a float: the threshold is exact.
        """
        return Tally(*core.flips_tally(self._core, *_threshold(threshold)))

    def verdict(self, unit: str | int, threshold: Decimal | int | None = None) -> Verdict:
        """The verdict of one row if the threshold stood exactly there; None: by the figures of the set.

        Raises:
            NotFoundError: no such unit.
        """
        return Verdict(core.flips_verdict(self._core, self._row_of(unit), *_threshold(threshold)))

    def changed(self, threshold: Decimal | int) -> list[FlipChange]:
        """The rows whose verdict would be another than now if the threshold stood exactly there, in order of rows."""
        if threshold is None:
            raise TypeError("a threshold is needed: a Decimal or an int")
        return [
            FlipChange(row, self._unit(row), Verdict(now), Verdict(then))
            for row, now, then in core.flips_changed(self._core, *parts_of(threshold))
        ]

    def of(self, unit: str | int) -> list[Flip]:
        """The flips of one row, from the lowest number to the highest.

        Raises:
            NotFoundError: no such unit.
        """
        import numpy as np

        return [self[int(index)] for index in np.flatnonzero(self.rows == self._row_of(unit))]

    def _unit(self, row: int) -> str | None:
        return None if self.units is None else self.units[row]

    def __getitem__(self, index: int) -> Flip:
        rows, at, verdicts = self._arrays
        row = int(rows[index])
        below, exactly, above = (Verdict(int(one)) for one in verdicts[index])
        return Flip(row, self._unit(row), Fraction(int(at[index, 0]), int(at[index, 1])), below, exactly, above)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Flip]:
        return (self[index] for index in range(self._count))

    def _worded(self, lang: Language) -> Frame:
        rows, at, verdicts = self._arrays
        made = [unit_column(rows, self.units), Out("at", "exact", [Fraction(*one) for one in at.tolist()])]
        for index, name in enumerate(("below", "exactly", "above")):
            made.append(verdict_column(name, verdicts[:, index], lang))
        return Frame(made)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "ask again, or keep its data frame")

    def __repr__(self) -> str:
        return f"<ntm.Flips of {self.figure.id}: {self._count} over {self.moving} of {self.row_count} rows>"


def flips_of(
    result: Attainment, figure: str, axes: tuple[tuple[str, str], ...], of: int, index: int
) -> Flips:
    """The flips of a result: :meth:`Attainment.flips`."""
    plan, table = result._unchanged()
    try:
        handle = core.flips_new(plan, table, text_of("a figure", figure), axes, of, index)
    except NtmError as error:
        raise result._named(error) from None
    moved = next(one for one in result.law.figures if one.id == figure)
    return Flips(handle, moved, result.units, result.row)


def _threshold(threshold: Decimal | int | None) -> tuple[int, int]:
    return _NOW if threshold is None else parts_of(threshold)
