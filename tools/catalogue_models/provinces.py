# SPDX-License-Identifier: Apache-2.0
"""Provinces that have completed the task: QĐ 321/QĐ-TTg (2021-2025)."""

from .districts import children
from .ntm import Maker, finish
from .vocabulary import ratio
from .yaml_text import Names, Num, parse

MODEL = {
    "FACTS_ID": "province-2021-2025",
    "SET": "province-ntm-2021-2025",
    "LEVEL": "province",
    "TIER": "completed-task",
    "TITLE_VI": "Quy định tỉnh, thành phố trực thuộc trung ương hoàn thành nhiệm vụ xây dựng nông thôn mới giai đoạn "
    "2021-2025",
    "TITLE_EN": "Provinces and centrally run cities that have completed the task of new rural development, 2021-2025",
    "TITLE_ACT_EN": "Provinces and centrally run cities that have completed the task of new rural development, "
    "2021-2025",
    "IN_FORCE_TO": "2025-12-31",
    "NOTE": """\
The decision is eight conditions (S4; 1 to 5 also S4b): they stand here as criteria, by their numbers. The last day is
taken from the period in the title. Districts and towns recognised before must meet the set of 2021-2025 (1, 2). A
province without towns or cities has no share of them: that criterion is then open.""",
    "RULES": {},
}
# no, vi, en, rule, (figure, unit, value), sources
ROWS = [
    (
        "1",
        "100% số huyện được công nhận đạt chuẩn nông thôn mới giai đoạn 2021-2025",
        "All districts recognised as new rural districts, 2021-2025",
        children("district", "ntm-districts", "district-ntm-2021-2025", "ntm-districts-share"),
        ("ntm-districts-share", "%"),
        "Districts recognised in 2010-2020 must meet the set of 2021-2025.",
    ),
    (
        "2",
        "100% số thị xã, thành phố hoàn thành nhiệm vụ xây dựng nông thôn mới giai đoạn 2021-2025",
        "All towns and cities have completed the task, 2021-2025",
        children("town", "completed-towns", "town-ntm-2021-2025", "completed-towns-share"),
        ("completed-towns-share", "%"),
        "The same holds for those recognised before.",
    ),
    (
        "3",
        "Có ít nhất 20% số huyện được công nhận đạt chuẩn nông thôn mới nâng cao",
        "At least 20% of districts recognised as advanced",
        children("district", "advanced-districts", "district-advanced-2021-2025", "advanced-districts-share"),
        ("advanced-districts-share", "%"),
        None,
    ),
    (
        "4",
        "Có ít nhất 40% số xã được công nhận đạt chuẩn nông thôn mới nâng cao",
        "At least 40% of communes recognised as advanced",
        children("commune", "advanced-communes", "commune-advanced-2021-2025", "advanced-communes-share"),
        ("advanced-communes-share", "%"),
        None,
    ),
    (
        "5",
        "Đề án xây dựng nông thôn mới của tỉnh giai đoạn 2021-2025 được HĐND cấp tỉnh thông qua",
        "A provincial scheme for 2021-2025 passed by the People's Council",
        parse("{attested: province-scheme-passed}"),
        None,
        None,
    ),
    (
        "6",
        "Ít nhất 70% chiều dài đường huyện, đường tỉnh, quốc lộ được trồng cây xanh dọc tuyến",
        "At least 70% of district, provincial and national roads lined with trees",
        parse(ratio("main-roads-tree-lined", "main-roads", ">=", "tree-lined-share")),
        ("tree-lined-share", "%"),
        None,
    ),
    (
        "7",
        "Đất cây xanh sử dụng công cộng từ 4 m2/người trở lên",
        "Public green space of at least 4 m2 a person",
        parse(ratio("public-green-space", "population", ">=", "green-space-per-person")),
        ("green-space-per-person", "m2/person"),
        None,
    ),
    (
        "8",
        "Chỉ số hài lòng của người dân đối với sự phục vụ của cơ quan hành chính (SIPAS) từ 90% trở lên",
        "Satisfaction index with administrative service (SIPAS) of at least 90%",
        parse('[sipas, ">=", {figure: sipas-least}]'),
        ("sipas-least", "%"),
        None,
    ),
]


def make(facts, sources):
    maker = Maker(facts, sources, MODEL)
    figures, criteria = [], []
    for (no, vi, en, rule, figure, note), condition in zip(ROWS, maker.compiled["conditions"]):
        cited = condition["provenance"]["src"]
        if figure:
            figures.append((figure[0], {"unit": figure[1], "value": Num(condition["value"]), "source": cited}))
        criteria.append({"id": no, "name": Names(vi=vi, en=en), "source": cited, "rule": rule, "note": note})
    for criterion in criteria:
        criterion["note"] = " ".join(p for p in (criterion["note"], "Wording ours, after the source.") if p)
    return [finish([maker.base(figures=figures, criteria=criteria)], sources)]
