# SPDX-License-Identifier: Apache-2.0
"""The sheets of the report workbook. Plain values, no formulas: right without recalculation."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Iterable, Mapping, NamedTuple, Sequence

from ..attainment import Attainment
from ..explanation import Verdict
from ..gaps import Gap, GapKind, Gaps
from ..number import Language, format_measure
from ..parts import Names
from .places import column_name
from .styles import MONEY_FORMAT, WORDS, Look, print_on_a4, put_text, sheet_title

_MONEY = ("sum", "amount", "cost", "price", "(đồng)")

_TEXT = {
    "vi": {
        "summary": "Tổng hợp",
        "criteria": "Xã theo tiêu chí",
        "indicators": "Xã theo nội dung",
        "gaps": "Còn thiếu",
        "tasks": "Nhiệm vụ",
        "money": "Kinh phí",
        "changes": "So với kỳ trước",
        "sources": "Nguồn",
        "unit": "Đơn vị",
        "row": "Dòng",
        "status": "Kết quả chung",
        "least": "Số tiêu chí đạt, ít nhất",
        "most": "Số tiêu chí đạt, nhiều nhất",
        "count": "Số đơn vị",
        "legend": "Chú giải",
        "set": "Bộ tiêu chí",
        "number": "Văn bản",
        "issuer": "Cơ quan ban hành",
        "signed": "Ngày ký",
        "force": "Hiệu lực từ",
        "layers": "Lớp bổ sung",
        "note": "Ghi chú",
        "criterion": "Tiêu chí",
        "indicator": "Nội dung",
        "share": "Tỷ lệ đạt trên số có số liệu",
        "name": "Tên",
        "what": "Còn thiếu gì",
        "kind": "Loại",
        "gap least": "Ít nhất",
        "gap most": "Nhiều nhất",
        "measure": "Đơn vị tính",
        "why": "Vì sao chưa tính được",
        "way": "Trên đường ngắn nhất tới kết quả chung",
        "was": "Kỳ trước",
        "now": "Kỳ này",
        "id": "Mã",
        "where": "Ở đâu",
        "yes": "Có",
        "no": "Không",
        "standing": "Độ tin cậy",
        "missing": "Chưa đạt và chưa có số liệu được ghi bằng chữ; ô gạch chéo là chưa có số liệu.",
        "unverified": "CHƯA KIỂM CHỨNG: bộ tiêu chí có phần chỉ nhớ lại, không phải văn bản.",
        "all": "Tất cả",
        "none": "Không có thay đổi",
        "only": "Chỉ có ở một kỳ",
    },
    "en": {
        "summary": "Summary",
        "criteria": "Units by criterion",
        "indicators": "Units by indicator",
        "gaps": "Gaps",
        "tasks": "Tasks",
        "money": "Money",
        "changes": "Changes",
        "sources": "Sources",
        "unit": "Unit",
        "row": "Row",
        "status": "Status",
        "least": "Criteria met, at least",
        "most": "Criteria met, at most",
        "count": "Units",
        "legend": "Legend",
        "set": "Criteria set",
        "number": "Act",
        "issuer": "Issued by",
        "signed": "Signed",
        "force": "In force from",
        "layers": "Overlays",
        "note": "Note",
        "criterion": "Criterion",
        "indicator": "Indicator",
        "share": "Met of those that are told",
        "name": "Name",
        "what": "What is missing",
        "kind": "Kind",
        "gap least": "At least",
        "gap most": "At most",
        "measure": "Unit of measure",
        "why": "Why there is no amount",
        "way": "On the shortest way to the status",
        "was": "Before",
        "now": "Now",
        "id": "Id",
        "where": "Where",
        "yes": "Yes",
        "no": "No",
        "standing": "Standing",
        "missing": "Not met and open are written out; hatched cells are open.",
        "unverified": "NOT VERIFIED: parts of the set are only remembered, and are not law.",
        "all": "All",
        "none": "Nothing changed",
        "only": "In one of the two only",
    },
}

_KINDS = {
    GapKind.MORE: ("thêm", "more"),
    GapKind.FEWER: ("bớt", "fewer"),
    GapKind.ACT: ("cần văn bản, xác nhận", "an act"),
    GapKind.UNDO: ("phải thôi", "undo"),
    GapKind.LEVEL: ("nâng mức", "level"),
    GapKind.STATUS: ("cần được công nhận", "status"),
    GapKind.UNITS: ("đơn vị cấp dưới", "units below"),
    GapKind.UNTOLD: ("chưa tính được", "cannot be told"),
}
_UNTOLD = {
    1: ("chưa đọc được quy định", "law not read"),
    2: ("chưa có số liệu", "not reported"),
    3: ("không áp dụng", "not applicable"),
    4: ("chưa biết vùng, loại, năm", "region, class or year unknown"),
    5: ("không có lượng", "no amount"),
}
_HEADS = {  # columns of tasks and money
    "unit": ("Đơn vị", "Unit"),
    "department": ("Sở, ngành", "Department"),
    "doer": ("Người làm", "Doer"),
    "deadline": ("Hạn", "Deadline"),
    "work": ("Việc", "Work"),
    "work_unit": ("Đơn vị tính", "Work unit"),
    "source": ("Nguồn vốn", "Source"),
    "stage": ("Bước", "Stage"),
    "sum": ("Số tiền (đồng)", "Sum (đồng)"),
    "missing": ("Báo cáo còn thiếu", "Missing reports"),
    "open": ("Chưa đủ số liệu", "Open"),
    "component": ("Nội dung chi", "Component"),
    "programme": ("Chương trình", "Programme"),
    "district": ("Huyện", "District"),
    "commune": ("Xã", "Commune"),
    "month": ("Tháng", "Month"),
    "year": ("Năm", "Year"),
    "criterion": ("Tiêu chí", "Criterion"),
    "indicator": ("Nội dung", "Indicator"),
    "fact": ("Số liệu", "Fact"),
    "citation": ("Căn cứ", "Citation"),
}


class Report(NamedTuple):
    """What the sheets share."""

    book: Any
    look: Look
    result: Attainment
    lang: Language
    called: Sequence[str] | None = None
    """What each row is called, where the caller said it."""

    @property
    def words(self) -> Mapping[str, str]:
        """Words of the language."""
        return _TEXT[self.lang]

    def named(self, names: Names) -> str:
        """A name in the language, or the other one."""
        return ((names.en if self.lang == "en" else names.vi) or str(names)).strip()

    def unit(self, row: int) -> Any:
        """What a row is called: its name and code, else its code, else its number."""
        code = row if self.result.units is None else self.result.units[row]
        if self.called is None or self.called[row] == str(code):
            return code
        return f"{self.called[row]} ({code})"

    def new(self, key: str) -> Any:
        """A new sheet."""
        return self.book.create_sheet(sheet_title(self.words[key]))


def finish(
    sheet: Any, head: int, columns: int, last: int, freeze: int, widths: Sequence[float], titles: str | None = None
) -> None:
    """Freezes the header, filters below it, sets widths and the page."""
    sheet.freeze_panes = f"{column_name(freeze + 1)}{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{column_name(columns)}{max(last, head)}"
    for column in range(1, columns + 1):
        sheet.column_dimensions[column_name(column)].width = widths[min(column, len(widths)) - 1]
    print_on_a4(sheet, (head, head), titles)


def _head_line(report: Report, sheet: Any, text: str) -> None:
    report.look.write(sheet, 1, 1, text, "title")


def legend(report: Report, sheet: Any, row: int) -> int:
    """What the colours mean; the next free row."""
    report.look.write(sheet, row, 1, report.words["legend"], "group")
    for at, verdict in enumerate((Verdict.MET, Verdict.NOT_MET, Verdict.OPEN), start=1):
        report.look.write(sheet, row + at, 1, WORDS[report.lang][verdict], verdict)
    report.look.write(sheet, row + 4, 1, report.words["missing"], "note")
    return row + 6


def summary(report: Report, sheet: Any, title: str | None) -> None:
    """Counts, the set and where it was read, the counts of each criterion."""
    law, words, look = report.result.law, report.words, report.look
    sheet.title = sheet_title(words["summary"])
    _head_line(report, sheet, title or f"{words['summary']}: {report.named(law.title)}")
    row = 2
    if any(part.unverified for part in (law.status.cells, law.status.rules)) or any(
        "unverified" in one for one in law.overlays
    ):
        look.write(sheet, row, 1, words["unverified"], "note")
        row += 1
    acts = law.instrument
    lines = (
        (words["set"], report.named(law.title)),
        (words["number"], acts.number),
        (words["issuer"], acts.issuer),
        (words["signed"], acts.signed_on),
        (words["force"], acts.in_force_from),
        (words["layers"], ", ".join(law.overlays) or None),
        (words["sources"], ", ".join(acts.citation.sources) or None),
        (words["note"], law.note),
        (words["count"], len(report.result)),
    )
    for label, value in lines:
        if value is not None:
            look.write(sheet, row, 1, label, "text")
            look.write(sheet, row, 2, value, "text left")
            look.frame(sheet, row, 2, row, 6, "text left")
            if label == words["note"]:
                sheet.row_dimensions[row].height = 90
            row += 1
    row = legend(report, sheet, row + 1)
    head = row
    look.head(
        sheet,
        head,
        [
            words["criterion"],
            words["name"],
            *(WORDS[report.lang][one] for one in (Verdict.MET, Verdict.NOT_MET, Verdict.OPEN)),
            words["share"],
        ],
    )
    for id, name, tally in _tallies(report):
        row += 1
        told = tally.met + tally.not_met
        for column, value in enumerate((id, name, *tally), start=1):
            look.write(sheet, row, column, value, "text" if column < 3 else "number")
        look.write(sheet, row, 6, Decimal(tally.met * 1000 // told).scaleb(-3) if told else None, "number", "[$-42A]0.0%")
    finish(sheet, head, 6, row, 0, (20, 60, 12, 12, 18, 32))
    sheet.freeze_panes = None  # the header stands below the set's description


def _tallies(report: Report) -> Iterable[tuple[str, str, Any]]:
    yield "", report.words["status"], report.result.tally()
    for criterion in report.result.law.criteria:
        yield criterion.id, report.named(criterion.name), report.result.tally(criterion=criterion.id)


def verdicts(report: Report, key: str, parts: Sequence[Any], columns: Sequence[Any]) -> None:
    """Units by parts of the set, in colours and words."""
    sheet, look, words = report.new(key), report.look, report.words
    _head_line(report, sheet, words[key])
    texts = [f"{part.id}. {report.named(part.name)}".strip(". ") for part in parts]
    look.head(sheet, 2, [words["unit"], words["status"], words["least"], words["most"], *texts])
    sheet.row_dimensions[2].height = 110
    status, met = report.result.status.tolist(), report.result.criteria_met
    least, most = met.least.tolist(), met.most.tolist()
    said = {int(verdict): (text, look.names[verdict]) for verdict, text in WORDS[report.lang].items()}
    styles: dict[int, Any] = {}
    for row in range(len(report.result)):
        look.write(sheet, row + 3, 1, report.unit(row), "text")
        for column, value in ((3, least[row]), (4, most[row])):
            look.write(sheet, row + 3, column, value, "number")
        for column, verdict in ((2, status[row]), *((at, values[row]) for at, values in enumerate(columns, start=5))):
            cell = sheet.cell(row=row + 3, column=column)
            if verdict not in styles:
                cell.style = said[verdict][1]
                styles[verdict] = cell._style
            cell.value = said[verdict][0]
            cell._style = styles[verdict]
    finish(sheet, 2, 4 + len(parts), 2 + len(report.result), 1, (22, 17, 10, 10, 17), "A:A")
    sheet.page_setup.fitToWidth = max(1, -(-len(parts) // 10))  # words have to be read on paper


def gap_rows(report: Report, gaps: Gaps) -> None:
    """What each unit lacks."""
    sheet, look, words = report.new("gaps"), report.look, report.words
    _head_line(report, sheet, words["gaps"])
    look.head(
        sheet,
        2,
        [
            words[key]
            for key in (
                "unit",
                "criterion",
                "indicator",
                "what",
                "kind",
                "gap least",
                "gap most",
                "measure",
                "why",
                "way",
            )
        ],
    )
    row = 2
    at = 1 if report.lang == "en" else 0
    for gap in gaps:
        row += 1
        subject = gap.subject
        measure = format_measure(subject.unit, lang=report.lang) if subject.unit else subject.level
        values: tuple[Any, ...] = (
            report.unit(gap.row),
            subject.criterion,
            subject.id or None,
            report.named(subject.name) or subject.input,
            _KINDS[gap.kind][at],
            gap.least,
            gap.most,
            measure,
            _UNTOLD[int(gap.untold)][at] if int(gap.untold) else None,
            words["yes"] if gap.for_status else None,
        )
        for column, value in enumerate(values, start=1):
            look.write(sheet, row, column, value, "number" if column in (6, 7) else "text", _amount_format(gap, value))
    finish(sheet, 2, 10, row, 1, (22, 10, 12, 60, 22, 14, 14, 18, 26, 22), "A:A")


def _amount_format(gap: Gap, value: Any) -> str | None:
    return MONEY_FORMAT if isinstance(value, int) and gap.subject.unit in ("đồng", "VND") else None


_TASKS = {  # what of a task people read, and what it is called
    "unit": ("Đơn vị", "Unit"),
    "row": ("Dòng", "Row"),
    "criterion": ("Tiêu chí", "Criterion"),
    "indicator": ("Nội dung", "Indicator"),
    "name": ("Còn thiếu gì", "What is missing"),
    "amount_least": ("Ít nhất", "At least"),
    "amount_most": ("Nhiều nhất", "At most"),
    "measure": ("Đơn vị tính", "Unit of measure"),
    "work": ("Việc", "Work"),
    "quantity_least": ("Khối lượng, ít nhất", "Quantity, at least"),
    "quantity_most": ("Khối lượng, nhiều nhất", "Quantity, at most"),
    "work_unit": ("Đơn vị khối lượng", "Work unit"),
    "cost_least": ("Chi phí, ít nhất (đồng)", "Cost, at least (đồng)"),
    "cost_most": ("Chi phí, nhiều nhất (đồng)", "Cost, at most (đồng)"),
    "department": ("Sở, ngành", "Department"),
    "doer": ("Người làm", "Doer"),
    "deadline": ("Hạn", "Deadline"),
    "citation": ("Căn cứ", "Citation"),
}


def tasks_table(tasks: Any, lang: Language) -> dict[str, list[Any]]:
    """The columns of tasks that people read, with their headers; those in which nothing stands are left out."""
    at = 1 if lang == "en" else 0
    made: dict[str, list[Any]] = {}
    for key, heads in _TASKS.items():
        wanted = f"name_{lang}" if key == "name" else key
        values = list(tasks[wanted]) if wanted in tasks.keys() else []
        if key == "measure":
            values = [one if one is None else format_measure(one, lang=lang) for one in values]
        if any(one is not None for one in values):
            made[heads[at]] = values
    return made


def columns_sheet(report: Report, key: str, data: Any) -> None:
    """A table of columns as it comes: tasks, money."""
    sheet, look = report.new(key), report.look
    names = [str(name) for name in data.keys()]
    columns = [list(data[name]) for name in names]
    _head_line(report, sheet, report.words[key])
    at = 1 if report.lang == "en" else 0
    look.head(sheet, 2, [_HEADS[name][at] if name in _HEADS else name for name in names])
    rows = max((len(column) for column in columns), default=0)
    for row in range(rows):
        for place, (name, column) in enumerate(zip(names, columns), start=1):
            value = _plain(column[row]) if row < len(column) else None
            if isinstance(value, bool):
                value = report.words["yes" if value else "no"]
            number = isinstance(value, (int, Decimal, Fraction))
            money = number and any(word in name for word in _MONEY)
            look.write(
                sheet,
                row + 3,
                place,
                value,
                "number" if number else "text",
                MONEY_FORMAT if money and value == int(value) else None,
            )
    finish(
        sheet,
        2,
        max(1, len(names)),
        2 + rows,
        1,
        [max(12.0, min(40.0, _width(name, column))) for name, column in zip(names, columns)] or [12.0],
        "A:A",
    )


def _plain(value: Any) -> Any:
    """A value of NumPy or pandas as Python's own; None where there is none."""
    if hasattr(value, "item") and not isinstance(value, (str, bytes)):
        value = value.item()
    if value is None or value != value or type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value if isinstance(value, (bool, int, float, Decimal, Fraction, datetime.date)) else str(value)


def _width(name: str, column: Sequence[Any]) -> float:
    return 3.0 + max([len(name), *(len(str(one)) for one in column[:200] if one is not None)])


def changes(report: Report, previous: Attainment) -> None:
    """Whose verdicts are others than in the period before."""
    sheet, look, words = report.new("changes"), report.look, report.words
    _head_line(report, sheet, words["changes"])
    look.head(sheet, 2, [words[key] for key in ("unit", "criterion", "name", "was", "now")])
    row = 2
    for unit, id, name, was, now in _changed(report, previous):
        row += 1
        for column, value in enumerate((unit, id, name), start=1):
            look.write(sheet, row, column, value, "text")
        for column, verdict in ((4, was), (5, now)):
            if verdict is None:
                look.write(sheet, row, column, words["only"], "text")
            else:
                look.write(sheet, row, column, WORDS[report.lang][verdict], verdict)
    if row == 2:
        row += 1
        look.write(sheet, row, 1, words["none"], "note")
    finish(sheet, 2, 5, row, 1, (24, 12, 60, 18, 18))


def _changed(report: Report, previous: Attainment) -> Iterable[tuple[str, str, str, Verdict | None, Verdict | None]]:
    now_rows = {unit: row for row, unit in enumerate(report.result.units or ())}
    was_rows = {unit: row for row, unit in enumerate(previous.units or ())}
    old = {criterion.id for criterion in previous.law.criteria}
    parts = [("", report.words["status"], report.result.status.tolist(), previous.status.tolist())]
    parts += [
        (one.id, report.named(one.name), report.result.criterion(one.id).tolist(), previous.criterion(one.id).tolist())
        for one in report.result.law.criteria
        if one.id in old
    ]
    for unit in dict.fromkeys([*now_rows, *was_rows]):
        now, was = now_rows.get(unit), was_rows.get(unit)
        if now is None or was is None:
            before_all = None if was is None else Verdict(parts[0][3][was])
            yield unit if now is None else str(report.unit(now)), "", report.words["status"], before_all, None if now is None else Verdict(parts[0][2][now])
            continue
        for id, name, new, before in parts:
            if new[now] != before[was]:
                yield str(report.unit(now)), id, name, Verdict(before[was]), Verdict(new[now])


def sources(report: Report) -> None:
    """Where the law was read."""
    sheet, look, words = report.new("sources"), report.look, report.words
    _head_line(report, sheet, words["sources"])
    look.head(sheet, 2, [words["id"], words["where"], words["name"]])
    row = 2
    for source in report.result.law.sources:
        row += 1
        for column, value in enumerate((source.id, source.where, source.what), start=1):
            cell = look.write(sheet, row, column, None, "text")
            if value is not None:
                put_text(cell, value)
    finish(sheet, 2, 3, row, 0, (16, 80, 60))
