# SPDX-License-Identifier: Apache-2.0
"""The report workbook of a month."""

from __future__ import annotations

import os
from typing import Any

from ..attainment import Attainment
from ..cubes import Cube
from ..errors import ArgumentError
from ..tables import columns_of
from ..tasks import Tasks
from ..gaps import Gaps
from ..number import Language, language_code, text_of
from ..plots.labels import Naming, labels_of
from . import sheets
from .styles import Look, openpyxl_module, save


def _columns(name: str, data: Any) -> Any:
    """Columns by name, of a cube too."""
    if isinstance(data, Cube):
        return data.columns
    try:
        return columns_of(data)
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from None


def _check(result: Any, gaps: Any, previous: Any, title: Any) -> None:
    if not isinstance(result, Attainment):
        raise TypeError(f"a result has to be an ntm.Attainment, as from ntm.evaluate(), not {type(result).__name__}")
    if gaps is not None and not isinstance(gaps, (Gaps, bool)):
        raise TypeError(f"gaps are ntm.Gaps, as from result.gaps(), or True, not {type(gaps).__name__}")
    if isinstance(gaps, Gaps) and (gaps.units != result.units or gaps.law != result.law):
        raise ArgumentError("the gaps are of another result")
    if previous is not None and not isinstance(previous, Attainment):
        raise TypeError(f"previous has to be an ntm.Attainment, not {type(previous).__name__}")
    if previous is not None and (previous.units is None or result.units is None):
        raise ArgumentError(
            "to compare with the period before, both results need names of units: evaluate(..., unit=...)"
        )
    if title is not None:
        text_of("the title", title)


def write_report(
    path: str | os.PathLike[str],
    result: Attainment,
    *,
    units: Naming | None = None,
    gaps: Gaps | bool | None = None,
    tasks: Any = None,
    budget: Any = None,
    previous: Attainment | None = None,
    title: str | None = None,
    lang: Language = "vi",
) -> None:
    """Writes the report workbook: counts, units by criterion and by indicator, gaps, tasks, money, changes, sources.

    Verdicts stand in words and in colours that colour-blind people can tell apart; open is hatched. All values are
    plain: no formula, no link, no macro. See docs/excel.md for what the number formats show.

    Args:
        path: where to; a file there is replaced.
        result: kept with ``keep="criteria"`` or more; by indicator where they were kept.
        units: what units are called, beside their codes: an :class:`ntm.Units` (names of the day that was evaluated
            for), a mapping from code to name, or one name a row.
        gaps: the gaps of the result; True asks it for them.
        tasks: :class:`ntm.Tasks` (what people read of it), or columns by name as they are.
        budget: a cube, or columns by name; sums in đồng.
        previous: the result of the period before.
        title: of the summary; None: the set's name.
        lang: of sheets and headers.

    Raises:
        ImportError: openpyxl is not installed.
        ArgumentError: criteria were not kept, gaps of another result, results without names of units to compare.
        FileError: it cannot be written, or another program has it open.
    """
    language_code(lang)
    _check(result, gaps, previous, title)
    book = openpyxl_module().Workbook()
    book.properties.creator = "ntm"
    book.properties.title = title or str(result.law.title)
    called = labels_of(result, units, None) if units is not None else None
    report = sheets.Report(book, Look(book), result, lang, called)
    sheets.summary(report, book.active, title)
    criteria = result.law.criteria
    sheets.verdicts(report, "criteria", criteria, [result.criterion(one.id).tolist() for one in criteria])
    if result._keep >= 2:
        indicators = result.law.indicators
        sheets.verdicts(report, "indicators", indicators, [result.indicator(one.id).tolist() for one in indicators])
    if gaps is not None and gaps is not False:
        sheets.gap_rows(report, gaps if isinstance(gaps, Gaps) else result.gaps())
    if tasks is not None:
        told = sheets.tasks_table(tasks, lang) if isinstance(tasks, Tasks) else _columns("tasks", tasks)
        sheets.columns_sheet(report, "tasks", told)
    if budget is not None:
        sheets.columns_sheet(report, "money", _columns("budget", budget))
    if previous is not None:
        sheets.changes(report, previous)
    sheets.sources(report)
    save(book, path)
