# SPDX-License-Identifier: Apache-2.0
"""An attainment as rows: data frames, Arrow, and what a notebook shows of it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Literal, Sequence, cast

from . import core
from .days import date_number, day_of
from .errors import ArgumentError
from .exports import Arrows, Frame, Out, WordedRows, checked, int_column, text_column, verdict_column, word_column
from .htmls import MOST_ROWS, bar_html, grid_html, verdict_html
from .number import Language
from .parts import Names
from .tables import choice

if TYPE_CHECKING:
    from .attainment import Attainment

Part = Literal["status", "criteria", "indicators"]
_PARTS = ("status", "criteria", "indicators")
_TITLES: dict[str, dict[str, str]] = {
    "vi": {"rows": "đơn vị", "met": "đạt", "not met": "chưa đạt", "open": "chưa có số liệu", "on": "ngày",
           "criterion": "Tiêu chí", "tally": "Đạt / chưa đạt / chưa có số liệu", "near": "Gần đạt nhất",
           "unit": "Đơn vị", "needed": "Tiêu chí chưa đạt", "unknown": "Tiêu chí chưa có số liệu", "closed": "đã đóng",
           "status": "Đạt chuẩn", "more": "và {} tiêu chí nữa",
           "no axis": "không cho {} nên phần phụ thuộc còn để ngỏ"},
    "en": {"rows": "units", "met": "met", "not met": "not met", "open": "open", "on": "on",
           "criterion": "Criterion", "tally": "Met / not met / open", "near": "Nearest misses",
           "unit": "Unit", "needed": "Criteria not met", "unknown": "Criteria open", "closed": "closed",
           "status": "Status", "more": "and {} more criteria",
           "no axis": "{} was not given, so what depends on it is open"},
}


def name_in(names: Names, lang: Language) -> str | None:
    """A name in a language, or else in the other; None where there is neither."""
    return (names.vi if lang == "vi" else names.en) or names.vi or names.en


class VerdictRows(WordedRows):
    """Verdicts in long form, made by :meth:`ntm.Attainment.verdicts`: one row a unit and criterion or indicator.

    Columns: ``unit`` (the row number where none are named), ``criterion``, ``indicator`` (None: the criterion itself),
    ``name``, ``verdict``. Rows by unit, then in the order of the set.
    """

    def __init__(self, result: Attainment, of: str, labels: bool) -> None:
        self._result = result
        self._of = of
        self._labels = labels

    @property
    def _things(self) -> Sequence[Any]:
        law = self._result.law
        return law.criteria if self._of == "criteria" else law.indicators

    def _worded(self, lang: Language) -> Frame:
        import numpy as np

        result, things = self._result, self._things
        rows, count = len(result), len(things)
        take = result.criterion if self._of == "criteria" else result.indicator
        verdicts = np.array([take(one.id) for one in things], np.int8).reshape(count, rows).T.reshape(-1)
        if result.units is None:
            unit = int_column("unit", np.repeat(np.arange(rows), count))
        else:
            unit = text_column("unit", (name for name in result.units for _ in range(count)))
        places = np.tile(np.arange(count, dtype=np.int32), rows)
        criteria = self._words("criterion", [self._criterion(one) for one in things], places)
        indicators = self._words("indicator", [None if self._of == "criteria" else one.id for one in things], places)
        names = self._words("name", [name_in(one.name, lang) for one in things], places)
        return Frame([unit, criteria, indicators, names, verdict_column("verdict", verdicts, lang, self._labels)])

    def _criterion(self, thing: Any) -> str:
        return cast(str, thing.id if self._of == "criteria" else thing.criterion)

    @staticmethod
    def _words(name: str, texts: Sequence[str | None], places: Any) -> Out:
        import numpy as np

        made = word_column(name, texts)
        return made._replace(values=made.values[places] if len(texts) else np.empty(0, np.int32))

    def __len__(self) -> int:
        """How many rows: units times criteria or indicators."""
        return len(self._result) * len(self._things)

    def __repr__(self) -> str:
        return f"<ntm.VerdictRows of {self._result.law.layers}: {len(self._result)} units x {len(self._things)} {self._of}>"


class AttainmentRows(Arrows):
    """What :class:`ntm.Attainment` gives out."""

    def _self(self) -> Attainment:
        return cast("Attainment", self)

    @property
    def axes_not_given(self) -> tuple[str, ...]:
        """Axes of the law that no column and no option gave, "region": what depends on them is open."""
        result = self._self()
        plan, table, _ = result._open
        if plan is None or table is None or result._how is None:
            return ()
        given = {"year", *(axis for axis, _ in result._how.plan[2]), *core.table_names(table)}  # the day gives the year
        needed = set(core.plan_inputs(plan)) - given
        return tuple(axis.id for axis in result.law.axes if axis.id in needed)

    def _part(self, of: str | None) -> str:
        kept = self._self()._keep
        if of is None:
            return _PARTS[kept]
        choice("of", of, _PARTS)
        if _PARTS.index(of) > kept:
            raise ArgumentError(f"these verdicts were not kept: evaluate(..., keep={of!r}) keeps them")
        return of

    def _frame(self) -> Frame:
        return self._wide(None, True, "vi")

    def _wide(self, of: str | None, labels: bool, lang: Language) -> Frame:
        result, part = self._self(), self._part(of)
        import numpy as np

        if result.units is None:
            columns = [int_column("unit", np.arange(len(result)))]
        else:
            columns = [text_column("unit", result.units)]
        columns.append(verdict_column("status", result.status, lang, labels))
        met = result.criteria_met
        columns += [int_column("criteria_met_least", met.least), int_column("criteria_met_most", met.most)]
        columns += [*self._grades(), *self._ranges()]
        taken = {column.name for column in columns}
        if part != "status":
            take = result.criterion if part == "criteria" else result.indicator
            things: Sequence[Any] = result.law.criteria if part == "criteria" else result.law.indicators
            for one in things:
                name = one.id if one.id not in taken else f"{'criterion' if part == 'criteria' else 'indicator'}:{one.id}"
                columns.append(verdict_column(name, take(one.id), lang, labels))
        return Frame(columns)

    def _grades(self) -> list[Out]:
        import numpy as np

        result = self._self()
        grade = result.grade
        if grade is None:
            return []
        made = []
        for end in ("least", "most"):
            codes = np.asarray(getattr(grade, end), np.int32) - 1
            made.append(Out(f"grade_{end}", "word", codes, categories=result.law.classes, ordered=True))
        return made

    def _ranges(self) -> list[Out]:
        result = self._self()
        if result._how is None or not result._how.values:
            return []
        values = {one.id: result.value(one.id) for one in result.law.values}
        if result.law.classes and result.score is not None:
            values["score"] = result.score
        made = []
        for name, value in values.items():
            ranges = [value[row] for row in range(len(value))]
            made.append(Out(f"{name}_least", "exact", [one.least for one in ranges]))
            made.append(Out(f"{name}_most", "exact", [one.most for one in ranges]))
        return made

    def verdicts(self, *, of: Literal["criteria", "indicators"] | None = None, labels: bool = True) -> VerdictRows:
        """The verdicts in long form, one row a unit and criterion or indicator; a result with rows of its own.

        Args:
            of: "criteria" or "indicators"; None: the finest that were kept.
            labels: verdicts as words; otherwise the numbers of :class:`ntm.Verdict`, int8.

        Raises:
            ArgumentError: these verdicts were not kept.
        """
        part = self._part(of)
        if part == "status":
            raise ArgumentError("only the status was kept: evaluate(..., keep='criteria') keeps criteria too")
        self._self()._open
        return VerdictRows(self._self(), part, labels)

    def to_pandas(
        self, *, of: Part | None = None, labels: bool = True, lang: Language = "vi", long: bool = False, exact: bool = True
    ) -> Any:
        """A data frame of pandas, one row a unit.

        Columns: ``unit`` (the row number where none were named), ``status``, ``criteria_met_least``,
        ``criteria_met_most``; ``grade_least``, ``grade_most`` of a set with a grade; ``<value>_least``, ``<value>_most`` and
        ``score_least``, ``score_most`` of ``evaluate(..., values=True)``; then one column of verdicts for each criterion or
        indicator, by its id (``indicator:<id>`` where the id is the name of a column before it).

        Verdicts are ordered words: not met < open < met, so that the least of several is what "all of them" comes to.

        Args:
            of: which verdicts there are: "status" alone, also of "criteria", or also of "indicators"; None: the finest
                that were kept.
            labels: verdicts as words; otherwise the numbers of :class:`ntm.Verdict`, int8.
            lang: of the words: đạt, chưa đạt, chưa có số liệu ("vi"); met, not met, open ("en").
            long: one row a unit and criterion or indicator instead; see :meth:`verdicts`.
            exact: values as Fractions; otherwise the nearest float64.

        Raises:
            ArgumentError: these verdicts were not kept.
            ImportError: pandas is not installed.

        >>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
        >>> data = {"population": [2000, 2000], "insured-people": [1699, 1900]}
        >>> r = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=["18103", "18106"])
        >>> r.to_pandas(lang="en")[["unit", "status", "criteria_met_most", "15.1"]].values.tolist()
        [['18103', 'not met', 18, 'not met'], ['18106', 'open', 19, 'met']]
        """
        return self._given(of, labels, lang, long).to_pandas(exact)

    def to_polars(
        self, *, of: Part | None = None, labels: bool = True, lang: Language = "vi", long: bool = False, exact: bool = True
    ) -> Any:
        """A data frame of polars, as :meth:`to_pandas`; ``exact`` adds numerators and denominators of values.

        Raises:
            ArgumentError: these verdicts were not kept.
            ImportError: polars is not installed.
        """
        return self._given(of, labels, lang, long).to_polars(exact)

    def to_arrow(
        self, *, of: Part | None = None, labels: bool = True, lang: Language = "vi", long: bool = False, exact: bool = True
    ) -> Any:
        """A table of pyarrow, as :meth:`to_polars`.

        Raises:
            ArgumentError: these verdicts were not kept.
            ImportError: pyarrow is not installed.
        """
        return self._given(of, labels, lang, long).to_arrow(exact)

    def _given(self, of: Part | None, labels: bool, lang: Language, long: bool) -> Frame:
        checked(lang)
        if not long:
            return self._wide(of, labels, lang)
        if of == "status":
            raise ArgumentError("the long form is of criteria or indicators")
        return self.verdicts(of=of, labels=labels)._worded(lang)

    # ------------------------------------------------------------------------------------ notebooks

    def _repr_html_(self) -> str:
        """What a notebook shows: the set and its date, counts, a bar for each criterion, the nearest misses."""
        result = self._self()
        lang: Language = "vi"
        words = _TITLES[lang]
        title = escape(name_in(result.law.title, lang) or result.law.id)
        if result._handles is None:
            return f"<div><b>{title}</b> ({words['closed']})</div>"
        how = "" if result._how is None else f", {words['on']} {day_of(date_number(result._how.plan[0])).isoformat()}"
        for axis in result.axes_not_given:
            how += f", {words['no axis'].format(escape(axis))}"
        head = f"<b>{title}</b><br><code>{escape(result.law.layers)}</code>{how}, {len(result)} {words['rows']}"
        counts = result.tally()
        keys = zip(("met", "not met", "open"), counts)
        summary = " · ".join(f"<b>{count}</b> {verdict_html(key, words[key])}" for key, count in keys)
        parts = [f"<div>{head}</div><div style='margin:.3em 0'>{words['status']}: {summary}</div>", self._bars(lang)]
        parts.append(self._near(lang))
        return f'<div style="color:inherit;overflow-x:auto">{"".join(parts)}</div>'

    def _bars(self, lang: Language) -> str:
        result, words = self._self(), _TITLES[lang]
        if result._keep == 0:
            return ""
        rows = []
        for one in result.law.criteria[:MOST_ROWS]:
            counts = result.tally(criterion=one.id)
            name = f"{escape(one.id)}. {escape(name_in(one.name, lang) or '')}"
            rows.append((name, bar_html(*counts, lang), " / ".join(str(count) for count in counts)))
        more = len(result.law.criteria) - len(rows)
        tail = f'<div style="opacity:.75">… {words["more"].format(more)}</div>' if more > 0 else ""
        return grid_html([words["criterion"], "", words["tally"]], rows) + tail

    def _near(self, lang: Language) -> str:
        words = _TITLES[lang]
        near = self._self().near_misses(5)
        if not near:
            return ""
        rows = [(escape(str(one.row if one.unit is None else one.unit)), str(one.needed), str(one.open)) for one in near]
        table = grid_html([words["unit"], words["needed"], words["unknown"]], rows)
        return f'<div style="margin-top:.5em">{words["near"]}</div>{table}'
