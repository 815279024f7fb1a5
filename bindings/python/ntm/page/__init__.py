# SPDX-License-Identifier: Apache-2.0
"""One HTML page of a month: figures, pictures, tables, tasks and sources in one file that needs no network."""

from __future__ import annotations

import datetime
import os
from typing import IO, Any, Mapping, Sequence, Union

from ..attainment import Attainment
from ..deciding import CollectingOrder
from ..gaps import Gaps
from ..number import Language
from ..plots.labels import Grouping, Naming
from ..tasks import Tasks
from ..trajectories import Trajectory
from .asking import asked_of
from .document import document
from .names import Day
from .writing import write

__all__ = ["report"]

Target = Union[str, "os.PathLike[str]", IO[str], IO[bytes]]
"""Where the page goes: a path, or an object with ``write`` that takes text or bytes."""


def report(
    path: Target, result: Attainment, *, title: str | None = None, place: str | None = None, on: Day | None = None,
    units: Naming | None = None, groups: Grouping | None = None, previous: Attainment | None = None,
    gaps: Gaps | None = None, tasks: Tasks | None = None, budget: Any = None, trajectory: Trajectory | None = None,
    collecting: CollectingOrder | Mapping[str, CollectingOrder] | None = None, pictures: Mapping[str, Any] | bool = True,
    geometry: Any = None, notes: str | Sequence[str] = (), sources: str | Sequence[str] = (),
    made: datetime.date | str | None = None, explained: int = 20_000, limit: int = 5_000, lang: Language = "vi",
) -> None:  # fmt: skip
    """Writes one self-contained HTML page of a month.

    The file opens without a network, and its policy forbids any. Tables sort and filter where scripts run, and are plain
    tables elsewhere; it prints to A4. The same input gives the same bytes. Everything from data is escaped (docs/page.md).

    Args:
        path: a path, or an object with ``write``. A file is written whole or not at all.
        result: what :func:`ntm.evaluate` gave, with its criteria kept.
        title: None: "Báo cáo tháng 2/2020", after the day.
        place: where it is of: "Tỉnh Hà Tĩnh".
        on: the day; None: that of the result.
        units: what units are called: an :class:`ntm.Units`, a mapping from code to name, or one name a row.
        groups: "district" or "province" of that registry, a mapping from code to group, or one group a row.
        previous: the result of the period before: units are told by their codes. Not of a set that has a grade only.
        gaps, tasks: ``result.gaps()`` and ``gaps.tasks(...)``.
        budget: an :class:`ntm.Cube` (its stages side by side), a table of results, a mapping of columns or a data frame; or a
            mapping from headings to these. Whole numbers in columns named as those of this package are đồng.
        trajectory: months against deadlines.
        collecting: ``result.collecting_order()``, or a mapping from headings to such orders.
        pictures: True: classes of a set with a grade, counts of criteria, the heat map, budgets that are cubes of one side and "stage"; without matplotlib
            the page says so in their place. A mapping from captions to more of them: figures of matplotlib, SVG text, or
            bytes of PNG. False: none.
        geometry: shapes of the units, as for :func:`ntm.plots.map`: draws a map of the status.
        notes: what is real and what is illustrative, one paragraph each; printed in the head.
        sources: where the data come from; printed beside the sources of the set.
        made: when the page was made, a day or text; None: not said.
        explained: how many explanations of verdicts there may be: of all when they are not more; else of those not met and
            open, units nearest to attaining first. What is left out is said. 0: none.
        limit: rows of each table but that of the units; what is left out is said.
        lang: "vi" or "en".

    Raises:
        FileError: the file cannot be written; one that was there stays as it was.
        ArgumentError: criteria were not kept; another number of names or groups than rows; no picture.
        NotFoundError: no such level of groups.
        TypeError, ValueError: an argument of the wrong type; a closed result.

    >>> import io
    >>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    >>> result = ntm.evaluate({"households": [2000]}, law, on="2020-02-25", region="BTB", unit=["18103"])
    >>> ntm.report(io.StringIO(), result, units={"18103": "Xã Đồng Môn"}, pictures=False, notes="Số liệu minh họa")
    """
    asked = asked_of(
        result, title=title, place=place, on=on, units=units, groups=groups, previous=previous, gaps=gaps, tasks=tasks,
        budget=budget, trajectory=trajectory, collecting=collecting, pictures=pictures, geometry=geometry,
        notes=notes, sources=sources, made=made, explained=explained, limit=limit, lang=lang,
    )  # fmt: skip
    write(path, document(asked))
