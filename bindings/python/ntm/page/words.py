# SPDX-License-Identifier: Apache-2.0
"""What the page says, in Vietnamese and in English."""

from __future__ import annotations

from ..number import Language, language_code
from ..words import COMMON

_WORDS: dict[str, tuple[str, str]] = {
    **COMMON,
    "group": ("Nhóm", "Group"),
    "group district": ("Huyện", "District"),
    "group province": ("Tỉnh", "Province"),
    # head
    "title": ("Báo cáo tháng {0}", "Report of {0}"),
    "title plain": ("Báo cáo kết quả theo bộ tiêu chí", "Report by the criteria set"),
    "month": ("{0}/{1}", "{0}/{1}"),
    "place": ("Địa bàn", "Place"),
    "day": ("Ngày xét", "As of"),
    "set": ("Bộ tiêu chí", "Criteria set"),
    "instrument": ("Văn bản", "Instrument"),
    "signed": ("ký ngày {0}", "signed {0}"),
    "in force": ("có hiệu lực từ {0}", "in force from {0}"),
    "in force to": ("đến {0}", "to {0}"),
    "made": ("Lập ngày", "Made"),
    "real": ("Thật và minh họa", "Real and illustrative"),
    "overlays": ("Lớp bổ sung", "Overlays"),
    "unverified": (
        "Có phần chỉ nhớ lại, CHƯA KIỂM CHỨNG, không phải văn bản: {0}",
        "Part of it is only remembered, NOT VERIFIED, and no law: {0}",
    ),
    "standing": (
        "Quy định: {0} đọc được trong nguồn, {1} chưa kiểm chứng, {2} chưa đọc được. Ngưỡng: {3} có nguồn, {4} chưa kiểm chứng, "
        "{5} chưa có (trong đó {6} giao địa phương).",
        "Rules: {0} read in a source, {1} not verified, {2} not read. Figures: {3} with a source, {4} not verified, "
        "{5} absent (of which {6} left to lower authorities).",
    ),
    "contents": ("Mục lục", "Contents"),
    "skip": ("Đến phần nội dung", "Skip to the contents"),
    # key figures
    "key": ("Số liệu chính", "Key figures"),
    "attained": ("đạt tất cả", "attained"),
    "of": ("trên {0} {1}", "of {0} {1}"),
    "to": ("{0} đến {1}", "{0} to {1}"),
    "surely": ("chắc chắn {0}, còn {1} chưa có đủ số liệu", "surely {0}; {1} more are open"),
    "mean": ("tiêu chí đạt, bình quân mỗi đơn vị", "criteria met, mean of all units"),
    "of criteria": ("trên {0} tiêu chí", "of {0} criteria"),
    "task count": ("việc cần làm", "tasks"),
    "task cost": ("kinh phí các việc đã tính được (triệu đồng)", "cost of the tasks that have one (million VND)"),
    "task open": ("{0} việc chưa tính được", "{0} tasks cannot be priced yet"),
    "newly": ("{0} mới đạt, {1} không còn đạt", "{0} newly attained, {1} no longer"),
    "change": ("So với {0}", "Against {0}"),
    "previous": ("kỳ trước", "the period before"),
    "bar": ("Cơ cấu: {0}", "Shares: {0}"),
    # tables
    "class": ("Hạng", "Class"),
    "by class": ("Theo hạng", "By class"),
    "class known": ("đã rõ hạng", "have a known class"),
    "no class": ("không xếp hạng", "no class"),
    "star": ("{0} sao", "{0} star"),
    "stars": ("{0} sao", "{0} stars"),
    "criteria": ("Theo tiêu chí", "By criterion"),
    "criterion": ("Tiêu chí", "Criterion"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "precondition": ("Điều kiện", "Precondition"),
    "share": ("Cơ cấu", "Shares"),
    "by group": ("Theo {0}", "By {0}"),
    "unit count": ("Số {0}", "Number of {0}"),
    "matrix": ("Kết quả của từng {0}", "Results, one row each"),
    "matrix help": (
        "Bấm vào một ô hoặc tên để xem quy định, ngưỡng, nguồn và phần còn thiếu.",
        "Click a cell or a name for the rule, the figure, its source and the gap.",
    ),
    "no script": (
        "Trình duyệt không chạy mã: bảng không lọc và không sắp xếp được, lời giải thích từng ô không hiện.",
        "Scripts do not run here: tables neither filter nor sort, and explanations of cells are not shown.",
    ),
    "name": ("Tên", "Name"),
    "code": ("Mã", "Code"),
    "status": ("Kết luận", "Status"),
    "counts": ("Số tiêu chí đạt", "Criteria met"),
    "explained all": ("Mọi ô đều có lời giải thích.", "Every cell has its explanation."),
    "explained some": (
        "Có lời giải thích cho ô chưa đạt và chưa có số liệu; ô đạt không kèm.",
        "Cells not met and open have explanations; cells met have none.",
    ),
    "explained part": (
        "Có lời giải thích cho ô chưa đạt và chưa có số liệu của {0} trong {1} {2}, những nơi gần đạt nhất trước; "
        "của {3} nơi còn lại không kèm để trang không quá nặng.",
        "Cells not met and open are explained for {0} of {1} {2}, those nearest to attaining first; those of the other {3} "
        "are left out to keep the page small.",
    ),
    "left out": (
        "Bảng có {0} dòng đầu trong {1}; {2} dòng sau không đưa vào trang.",
        "The first {0} of {1} rows; {2} are left out of the page.",
    ),
    "nothing": ("Không có dòng nào.", "There are no rows."),
    "changes": ("Thay đổi so với {0}", "Changes since {0}"),
    "before": ("Trước", "Before"),
    "now": ("Nay", "Now"),
    "counts before": ("Số tiêu chí trước", "Criteria before"),
    "counts now": ("Số tiêu chí nay", "Criteria now"),
    "only one": (
        "{0} đơn vị chỉ có trong kỳ này, {1} chỉ có trong kỳ trước: không so sánh.",
        "{0} units are only in this period, {1} only in the one before: not compared.",
    ),
    "other law": (
        "Kỳ trước xét theo bộ tiêu chí khác ({0}): chỉ so sánh kết luận và số tiêu chí.",
        "The period before was decided by another set ({0}): only status and counts are compared.",
    ),
    "no change": ("Không có thay đổi.", "Nothing changed."),
    # gaps
    "gaps": ("Còn thiếu gì", "What is missing"),
    "unit": ("Đơn vị", "Unit"),
    "what": ("Nội dung", "What"),
    "lacking": ("Còn thiếu", "Lacking"),
    "measure": ("Đơn vị tính", "Measure"),
    "how": ("Cần gì", "How"),
    "needed": ("Cho công nhận", "For the status"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
    "work": ("khối lượng", "work"),
    "act": ("văn bản, quyết định", "an act"),
    "assessment": ("đánh giá, xét lại", "an assessment"),
    "time": ("thời gian", "time"),
    "more": ("thêm", "more"),
    "fewer": ("bớt", "fewer"),
    "undo": ("chấm dứt", "to end"),
    "level": ("nâng mức", "levels up"),
    "status held": ("được công nhận", "a status"),
    "units below": ("đơn vị cấp dưới", "units below"),
    "untold": ("chưa tính được", "untold"),
    "untold law": ("chưa có quy định hoặc ngưỡng", "no rule or figure was read"),
    "untold not reported": ("chưa có số liệu", "not reported"),
    "untold not applicable": ("“không áp dụng” ở nơi quy định không cho", '"not applicable" where the rule allows none'),
    "untold axis": ("chưa biết vùng, loại hoặc năm", "region, class or year not known"),
    "untold rule": ("không có lượng", "has no amount"),
    "act needed": ("cần có", "needed"),
    "act maybe": ("có thể cần", "maybe needed"),
    "level to": ("đến mức “{0}”", 'up to "{0}"'),
    "beyond": ("vượt giới hạn của số liệu", "beyond the bounds of the fact"),
    # tasks
    "tasks": ("Việc phải làm", "Tasks"),
    "by department": ("Theo cơ quan", "By department"),
    "task list": ("Danh sách việc", "List of tasks"),
    "department": ("Cơ quan", "Department"),
    "doer": ("Ai làm được", "Who can do it"),
    "deadline": ("Hạn", "Deadline"),
    "task": ("Việc", "Task"),
    "quantity": ("Khối lượng", "Quantity"),
    "cost": ("Kinh phí (triệu đồng)", "Cost (million VND)"),
    "cost known": ("Đã tính được (triệu đồng)", "Known (million VND)"),
    "cost open": ("Chưa tính được", "Not known"),
    "task number": ("Số việc", "Tasks"),
    "units number": ("Số đơn vị", "Units"),
    "not stated": ("(không ghi)", "(not stated)"),
    "no norm": ("chưa có định mức", "no norm"),
    "no bound": ("chưa biết khối lượng tối đa", "no bound is known"),
    "not work": ("không cần kinh phí", "no work"),
    "no quantity": ("chưa có khối lượng", "no quantity"),
    "no duty": ("chưa phân công", "no duty"),
    "no decimal": ("khối lượng không viết được thành số thập phân", "a quantity that no decimal holds"),
    "norm not told": ("chưa rõ định mức nào", "the norm is not told"),
    # money
    "money": ("Kinh phí", "Money"),
    "money unit": ("Đơn vị: triệu đồng.", "In million VND."),
    "total": ("Tổng cộng", "Total"),
    "missing reports": ("thiếu {0} báo cáo", "{0} reports missing"),
    "source": ("Nguồn vốn", "Source"),
    "stage": ("Giai đoạn", "Stage"),
    "component": ("Nội dung chi", "Component"),
    "programme": ("Chương trình", "Programme"),
    "nature": ("Tính chất", "Nature"),
    "date": ("Ngày", "Date"),
    "month column": ("Tháng", "Month"),
    "sum": ("Số tiền (triệu đồng)", "Amount (million VND)"),
    "missing": ("Báo cáo còn thiếu", "Reports missing"),
    "is open": ("Để ngỏ", "Open"),
    "part": ("Phần", "Part"),
    "whole": ("Toàn bộ", "Whole"),
    "ratio": ("Tỷ lệ", "Rate"),
    "disbursed of plan": ("Giải ngân trên kế hoạch", "Disbursed of plan"),
    # trajectory, collecting
    "course": ("Tiến độ đến hạn", "Progress to the deadline"),
    "course period": ("Tình hình cuối kỳ {0}.", "At the end of {0}."),
    "track attained": ("đã đạt", "attained"),
    "track on": ("đúng tiến độ", "on track"),
    "track behind": ("chậm", "behind"),
    "track missed": ("quá hạn", "missed"),
    "behind list": ("Chậm nhất", "Furthest behind"),
    "value": ("Đã có", "Now"),
    "target": ("Đích", "Target"),
    "lack": ("Còn thiếu so với tiến độ", "Short of the line"),
    "since": ("Từ", "Since"),
    "collecting": ("Số liệu cần thu thập", "Facts to collect"),
    "collecting help": (
        "{0} {1} còn để ngỏ; thu đủ các số liệu dưới đây thì có thể kết luận được {2}.",
        "{0} {1} are open; with the facts below {2} could be settled.",
    ),
    "fact": ("Số liệu", "Fact"),
    "batch": ("Đợt", "Batch"),
    "lacking rows": ("Số đơn vị còn thiếu", "Units lacking it"),
    "settled": ("Kết luận thêm được", "Newly settled"),
    "settled so far": ("Cộng dồn", "So far"),
    # pictures, sources
    "pictures": ("Hình", "Pictures"),
    "no matplotlib": (
        'Trang này không có hình vẽ vì máy lập trang chưa cài matplotlib (pip install matplotlib). '
        "Số liệu trong các bảng vẫn đầy đủ.",
        'There are no pictures: matplotlib is not installed where the page was made (pip install matplotlib). '
        "The tables are complete.",
    ),
    "too many": (
        "Không vẽ bản đồ nhiệt cho {0} đơn vị: xem bảng từng đơn vị.",
        "No heat map of {0} units is drawn: see the table.",
    ),
    "picture of": ("Số liệu của hình có trong các bảng bên dưới.", "Its figures are in the tables below."),
    "sources": ("Nguồn", "Sources"),
    "set source": ("Nguồn của bộ tiêu chí", "Sources of the criteria set"),
    "other sources": ("Nguồn của số liệu", "Sources of the data"),
    "task source": ("Căn cứ phân công", "Grounds of the duties"),
    "target source": ("Căn cứ của mục tiêu", "Grounds of the targets"),
    "set id": ("Mã của bộ tiêu chí: {0}; mã băm nội dung (SHA-256): {1}.", "Id of the set: {0}; content hash (SHA-256): {1}."),
    # the script
    "js filter": ("Lọc theo chữ", "Filter by text"),
    "js all": ("tất cả", "all"),
    "js about": ("Xét", "Look at"),
    "js status": ("kết luận chung", "the status"),
    "js is": ("Là", "Is"),
    "js shown": ("{0} trong {1} dòng", "{0} of {1} rows"),
    "js more": ("Hiện thêm {0} dòng", "Show {0} more rows"),
    "js sort": ("Sắp xếp theo {0}", "Sort by {0}"),
    "js clear": ("Bỏ lọc", "Clear"),
    "js none": ("Không có dòng nào khớp.", "No row matches."),
    "js unexplained": ("Không kèm lời giải thích.", "No explanation is kept."),
    "js unverified": ("chưa kiểm chứng", "unverified"),
}


def word(key: str, lang: Language, *parts: object, instead: str | None = None) -> str:
    """A phrase in a language, with its parts.

    >>> word("of", "vi", 182, "xã")
    'trên 182 xã'

    Args:
        instead: the phrase in place of one that is not there.
    """
    text = _WORDS[key if instead is None or key in _WORDS else instead][language_code(lang) - 1]
    return text.format(*parts) if parts else text


def heading(key: str, lang: Language) -> str | None:
    """The word for a column of a table of results; None where there is none."""
    renamed = {"month": "month column", "open": "is open"}
    return word(renamed.get(key, key), lang) if renamed.get(key, key) in _WORDS else None


def script_words(lang: Language) -> dict[str, str]:
    """What the script says."""
    made = {key[3:]: word(key, lang) for key in _WORDS if key.startswith("js ")}
    return {**made, **{key: word(key, lang) for key in ("met", "not met", "open")}}
