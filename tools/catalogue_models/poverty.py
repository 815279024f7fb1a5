# SPDX-License-Identifier: Apache-2.0
"""Poverty standards of households: QĐ 59/2015, NĐ 07/2021, and the one of 2027-2030."""

from .ntm import finish
from .yaml_text import Names, Num, parse

UNIT = "nghìn đồng/người/tháng"
AREA = {
    "area": {
        "name": Names(vi="Khu vực", en="Area"),
        "values": {"rural": Names(vi="Nông thôn", en="Rural"), "urban": Names(vi="Thành thị", en="Urban")},
    }
}

INCOME = (
    "household-income-per-person",
    "Thu nhập bình quân đầu người của hộ",
    "Income of the household per person and month",
    "money",
    UNIT,
    "least: 0, merge: reassess",
)
EARLY = [
    ("deprived-adult-education-2016", "Thiếu hụt về trình độ giáo dục của người lớn", "Deprived in adult education"),
    ("deprived-child-schooling-2016", "Thiếu hụt về tình trạng đi học của trẻ em", "Deprived in child schooling"),
    ("deprived-health-care-2016", "Thiếu hụt về tiếp cận dịch vụ y tế", "Deprived in access to health care"),
    ("deprived-health-insurance-2016", "Thiếu hụt về bảo hiểm y tế", "Deprived in health insurance"),
    ("deprived-housing-quality-2016", "Thiếu hụt về chất lượng nhà ở", "Deprived in housing quality"),
    (
        "deprived-housing-area-2016",
        "Thiếu hụt về diện tích nhà ở bình quân đầu người",
        "Deprived in housing area per head",
    ),
    ("deprived-water-2016", "Thiếu hụt về nguồn nước sinh hoạt", "Deprived in the water source"),
    ("deprived-toilet-2016", "Thiếu hụt về nhà tiêu", "Deprived in the toilet"),
    ("deprived-telecom-2016", "Thiếu hụt về sử dụng dịch vụ viễn thông", "Deprived in telecom services"),
    (
        "deprived-information-assets-2016",
        "Thiếu hụt về tài sản phục vụ tiếp cận thông tin",
        "Deprived in information assets",
    ),
]
LATE = [
    (
        "deprived-employment",
        "Thiếu hụt về việc làm",
        "Deprived in employment: a member able and willing to work is without it, or works for wages without a contract",
    ),
    (
        "deprived-dependants",
        "Thiếu hụt về người phụ thuộc",
        "Deprived by dependants: more than half of the members (under 16; elderly or disabled on monthly benefits)",
    ),
    ("deprived-nutrition", "Thiếu hụt về dinh dưỡng", "Deprived in nutrition: a child under 16 stunted or underweight"),
    (
        "deprived-health-insurance",
        "Thiếu hụt về bảo hiểm y tế",
        "Deprived in health insurance: a child above 6 has none (as the note prints it)",
    ),
    (
        "deprived-adult-education",
        "Thiếu hụt về trình độ giáo dục của người lớn",
        "Deprived in adult education: a member of 16 to 30 neither in training nor with the diploma of that age",
    ),
    (
        "deprived-child-attendance",
        "Thiếu hụt về tình trạng đi học của trẻ em",
        "Deprived in schooling: a child of 3 to under 16 not at the level of schooling of its age",
    ),
    (
        "deprived-housing-quality",
        "Thiếu hụt về chất lượng nhà ở",
        "Deprived in housing quality: at least two of wall, column and roof are not durable",
    ),
    (
        "deprived-housing-area",
        "Thiếu hụt về diện tích nhà ở bình quân đầu người",
        "Deprived in housing area: less than 8 m2 a person",
    ),
    (
        "deprived-water",
        "Thiếu hụt về nguồn nước sinh hoạt",
        "Deprived in water: no clean source (tap, drilled well, protected dug well or spring, rain, bottled)",
    ),
    ("deprived-toilet", "Thiếu hụt về nhà tiêu hợp vệ sinh", "Deprived in the toilet: no hygienic one"),
    (
        "deprived-11",
        "Thiếu hụt theo chỉ số thứ 11 (nội dung chưa đọc được)",
        "Deprived by the 11th indicator (not read)",
    ),
    (
        "deprived-12",
        "Thiếu hụt theo chỉ số thứ 12 (nội dung chưa đọc được)",
        "Deprived by the 12th indicator (not read)",
    ),
]
SHEET = [
    "Sheets B1 and B2 of the yearly review, where a household is measured by them",
    (
        "measured-by-sheets",
        "Hộ được rà soát bằng phiếu B1, B2",
        "The household was measured by the sheets B1 and B2",
        "flag",
        None,
        "merge: reassess",
    ),
    ("b1-score", "Điểm B1", "Score of sheet B1: stands for income", "amount", "point", "least: 0, merge: reassess"),
    (
        "b2-score",
        "Điểm B2",
        "Score of sheet B2: 10 points for each indicator of which the household is deprived",
        "amount",
        "point",
        "least: 0, most: 120, merge: reassess",
    ),
]


def flags(rows):
    return ["Deprivations: yes is bad"] + [row + ("flag", None, "merge: reassess") for row in rows]


def counted(rows, source):
    points = ", ".join("{points: [{when: {attested: %s}, give: 1}]}" % row[0] for row in rows)
    return {
        "id": "deprivations",
        "name": Names(vi="Số chỉ số thiếu hụt", en="Indicators of which the household is deprived"),
        "unit": "point",
        "least": Num("0"),
        "most": Num(len(rows)),
        "source": source,
        "of": parse("{sum: [%s]}" % points),
    }


def line(name, cells, source):
    return (name, {"unit": UNIT, "axes": ["area"], "source": source, "values": {k: Num(v) for k, v in cells.items()}})


def class_value(points, source):
    return {
        "id": "class",
        "name": Names(vi="Bậc của hộ", en="Step of the household: 1 is poor"),
        "unit": "point",
        "source": source,
        "of": {
            "sum": [
                {"constant": Num(1), "unit": "point"},
                {"points": [{"when": parse(when), "give": Num(give - 1)} for when, give in points if give > 1]},
            ]
        },
    }


def grade(names, source):
    bands = []
    for place, (name, vi, en) in enumerate(names):
        last = place == len(names) - 1
        bands.append(
            {
                "class": name,
                "range": "[%d, %s" % (place + 1, "...)" if last else "%d)" % (place + 2)),
                "name": Names(vi=vi, en=en),
            }
        )
    return {"of": parse("{value: class}"), "source": source, "bands": bands}


POOR, NEAR = ("poor", "Hộ nghèo", "Poor"), ("near-poor", "Hộ cận nghèo", "Near-poor")
AVERAGE, ABOVE = ("average", "Hộ có mức sống trung bình", "Average"), (
    "above-average",
    "Trên mức trung bình",
    "Above average",
)
GRADE_COMMENT = "The class by its step: nothing lies between two steps, so the bounds only say which step is which."


def document(name, title, note, instrument, figures, values, criteria, status, classes, follows=None):
    return {
        "format": "ntm-set/1",
        "id": name,
        "title": title,
        "programme": "poverty",
        "level": "household",
        "tier": "standard",
        "place": "VN",
        "note": note,
        "instrument": instrument,
        "follows": follows,
        "axes": AREA,
        "figures": figures,
        "values": values,
        "criteria": criteria,
        "status": parse(status) if status else None,
        "grade": grade(classes, values[-1]["source"]),
        "grade_comment": GRADE_COMMENT,
    }


def criterion(name, vi, en, rule, source, note=None):
    return {"id": name, "name": Names(vi=vi, en=en), "source": source, "rule": parse(rule), "note": note}


def make_2016(standard):
    source = ["p59_vn"]
    income = standard["income_k_vnd_month"]
    least = "deprivations-least"
    poor = "{any: [{criterion: income-poor}, {all: [{criterion: income-minimum}, {criterion: deprivations}]}]}"
    status = poor[:-1] + ", source: [p59_vn]}"
    return document(
        "household-poverty-2016-2020",
        Names(
            vi="Chuẩn nghèo tiếp cận đa chiều áp dụng cho giai đoạn 2016-2020",
            en="Multidimensional poverty standard, 2016-2020",
        ),
        """\
Poor: income at most the lower line; or above it, at most the minimum living standard, and three or more of ten
indicators missing. The status "met" means that the household is poor. Near-poor, average: see the grade; what lies
above 'average' has no name in the source, ours is a plain one. 2021 went on under this standard (p07). When a
household counts as deprived was not read: the ten are attested, and have ids of their own because the next standard
has other cut-offs for the same names.""",
        {
            "number": standard["act"].split(" ")[1],
            "issuer": "Thủ tướng Chính phủ",
            "signed": standard["date"],
            "in_force": {"from": standard["valid"][0], "to": standard["valid"][1]},
            "##": "the days are those on which the standard is valid",
            "source": source + ["p07"],
        },
        [
            line("income-poor", {a: income[a]["poor"] for a in ("rural", "urban")}, source),
            line("income-minimum", {a: income[a]["min"] for a in ("rural", "urban")}, source),
            line("income-average", {a: income[a]["avg_to"] for a in ("rural", "urban")}, source),
            (least, {"unit": "point", "value": Num("3"), "source": source}),
        ],
        [
            counted(EARLY, source),
            class_value(
                [
                    (poor, 1),
                    ("{all: [{criterion: income-minimum}, {not: %s}]}" % poor, 2),
                    ("{not: {criterion: income-minimum}}", 3),
                    ('[household-income-per-person, ">", {figure: income-average}]', 4),
                ],
                source,
            ),
        ],
        [
            criterion(
                "income-poor",
                "Thu nhập bình quân đầu người từ chuẩn nghèo trở xuống",
                "Income at most the poverty line",
                '[household-income-per-person, "<=", {figure: income-poor}]',
                source,
            ),
            criterion(
                "income-minimum",
                "Thu nhập bình quân đầu người từ mức sống tối thiểu trở xuống",
                "Income at most the minimum living standard",
                '[household-income-per-person, "<=", {figure: income-minimum}]',
                source,
            ),
            criterion(
                "deprivations",
                "Thiếu hụt từ 03 chỉ số trở lên",
                "Deprived of three indicators or more",
                '[{value: deprivations}, ">=", {figure: %s}]' % least,
                source,
            ),
        ],
        status,
        [POOR, NEAR, AVERAGE, ABOVE],
    )


def make_2022(standard, sheet):
    source, sheets = ["p07"], ["p_b1b2"]
    income = standard["income_k_vnd_month"]
    by_sheet = (
        "{any: [{all: [{attested: measured-by-sheets}, %s]},\n" "{all: [{not: {attested: measured-by-sheets}}, %s]}]}"
    )
    poor = "{all: [{criterion: income}, {criterion: deprivations}]}"
    base = document(
        "household-poverty-2022-2026",
        Names(vi="Chuẩn nghèo đa chiều giai đoạn 2021-2025", en="Multidimensional poverty standard, 2021-2025"),
        """\
Poor: income at most the line and three or more of twelve indicators missing. The status "met" means that the
household is poor. Near-poor, average: see the grade; what lies above 'average' has no name in the source, ours is a
plain one. In the yearly review (TT 07/2021) sheet B1 stands for income and B2 for the deprivations: where
'measured-by-sheets' is yes, their scores decide (p_b1b2), and whether such a household is average or above was not
read. Communes are rural, wards and townships urban. Indicators 1 to 3 were read in a draft of the next standard
(p2027_draft), 4 to 10 in a note (p07_note); 11 and 12 were not. NĐ 30/2025/NĐ-CP amends the decree as to workers of
low income, which is no class of households.""",
        {
            "number": standard["act"].split(" ")[1],
            "issuer": "Chính phủ",
            "signed": standard["date"],
            "in_force": {"from": standard["valid"][0], "to": standard["valid"][1]},
            "##": "the days are those on which the standard is valid; the decree is in force from 15 March 2021. 2026: "
            "p2027",
            "source": source + ["p2027"],
        },
        [
            line("income-line", {a: income[a]["line"] for a in ("rural", "urban")}, source),
            line("income-average", {a: income[a]["avg_to"] for a in ("rural", "urban")}, source),
            ("deprivations-least", {"unit": "point", "value": Num("3"), "source": source}),
            "The sheets",
            (
                "b1-line",
                {
                    "unit": "point",
                    "axes": ["area"],
                    "source": sheets,
                    "values": {"rural": Num(sheet["rural_B1_line"]), "urban": Num(sheet["urban_B1_line"])},
                },
            ),
            ("b2-least", {"unit": "point", "value": Num("30"), "source": sheets}),
        ],
        [
            counted(LATE, source),
            class_value(
                [
                    (poor, 1),
                    ("{all: [{criterion: income}, {not: {criterion: deprivations}}]}", 2),
                    ("{not: {criterion: income}}", 3),
                    (
                        '{all: [{not: {criterion: income}}, [household-income-per-person, ">", {figure: '
                        'income-average}]]}',
                        4,
                    ),
                ],
                source,
            ),
        ],
        [
            criterion(
                "income",
                "Thu nhập bình quân đầu người từ chuẩn trở xuống, hoặc điểm B1 từ mức quy định trở xuống",
                "Income at most the line, or a score of B1 of at most its line",
                by_sheet
                % ('[b1-score, "<=", {figure: b1-line}]', '[household-income-per-person, "<=", {figure: income-line}]'),
                source + sheets,
            ),
            criterion(
                "deprivations",
                "Thiếu hụt từ 03 chỉ số trở lên, hoặc điểm B2 từ 30 trở lên",
                "Deprived of three indicators or more, or a score of B2 of at least 30",
                by_sheet
                % (
                    '[b2-score, ">=", {figure: b2-least}]',
                    '[{value: deprivations}, ">=", {figure: deprivations-least}]',
                ),
                source + sheets,
            ),
        ],
        None,
        [POOR, NEAR, AVERAGE, ABOVE],
        {
            "set": "household-poverty-2016-2020",
            "note": """\
Paired by us, by what is measured. The line for income here is compared with the minimum living standard there: both
bound poor and near-poor households together.""",
            "criteria": {"income": "income-minimum", "deprivations": "deprivations"},
        },
    )
    base["preconditions"] = None
    return base


def make_2027(standard):
    source = ["p2027"]
    income = standard["income_k_vnd_month"]
    poor = "{all: [{criterion: income}, {criterion: deprivations}]}"
    return document(
        "household-poverty-2027-2030",
        Names(
            vi="Chuẩn nghèo đa chiều quốc gia giai đoạn 2027-2030", en="Multidimensional poverty standard, 2027-2030"
        ),
        """\
Poor: income at most the line and three or more indicators missing; six services. The status "met" means that the
household is poor. That there are twelve indicators, and which, was read in a draft only: their number is reported as
it is. Nothing was read of a class of average living standard. The decree's number and day were not read. A draft lets
provinces set a higher standard.""",
        {
            "issuer": "Chính phủ",
            "in_force": {"from": standard["valid"][0], "to": standard["valid"][1]},
            "##": "number and day of signature: not read; the days are those on which the standard is valid",
            "source": source,
        },
        [
            line("income-line", {a: income[a]["line"] for a in ("rural", "urban")}, source),
            ("deprivations-least", {"unit": "point", "value": Num("3"), "source": source}),
        ],
        [
            class_value(
                [
                    (poor, 1),
                    ("{all: [{criterion: income}, {not: {criterion: deprivations}}]}", 2),
                    ("{not: {criterion: income}}", 3),
                ],
                source,
            )
        ],
        [
            criterion(
                "income",
                "Thu nhập bình quân đầu người từ chuẩn trở xuống",
                "Income at most the line",
                '[household-income-per-person, "<=", {figure: income-line}]',
                source,
            ),
            criterion(
                "deprivations",
                "Thiếu hụt từ 03 chỉ số trở lên",
                "Deprived of three indicators or more",
                '[deprived-indicators, ">=", {figure: deprivations-least}]',
                source,
            ),
        ],
        None,
        [POOR, NEAR, ("not-poor", "Không nghèo", "Not poor")],
        {
            "set": "household-poverty-2022-2026",
            "note": "Paired by us, by what is measured.",
            "criteria": {"income": "income", "deprivations": "deprivations"},
        },
    )


def recalled(name, note):
    """What is only recalled of a standard is no figure and no rule: a note is all that its overlay has."""
    return {
        "format": "ntm-overlay/1",
        "id": name + ".recalled.unverified",
        "of": name,
        "standing": "unverified",
        "title": Names(
            vi="Phần nhớ lại, chưa kiểm chứng, của chuẩn nghèo",
            en="What is only recalled of the standard: not verified",
        ),
        "note": "NOT LAW. " + note,
    }


RECALLED_2016 = """\
When a household is deprived, as recalled: adult education, a member of 15 or more born since 1986 without lower
secondary and not studying; child schooling, a child of 5 to under 15 not in school; health insurance, a member of 6
or more without; housing area, less than 8 m2 a person; telecom, no member uses phone or internet; information, no TV,
radio or computer and no village loudspeaker."""
RECALLED_2022 = """\
The 11th indicator, as recalled: no member uses an internet service. The 12th: none of TV, radio, desktop computer,
phone, laptop, tablet. That the 4th speaks of any member of 6 or more is recalled too; the note that was read says
'child above 6'."""
RECALLED_2027 = """\
The decree, as recalled: NĐ 351/2025/NĐ-CP of 30 December 2025. The twelve indicators are those of a draft."""


def make(facts, sources):
    poverty = facts["companion-programmes"]["poverty"]
    standards = poverty["standards"]
    first, second, third = standards[0], standards[1], standards[3]
    count = (
        "deprived-indicators",
        "Số chỉ số thiếu hụt",
        "Indicators of which the household is deprived",
        "count",
        "point",
        "merge: reassess",
    )
    return [
        finish(
            [make_2016(first), recalled("household-poverty-2016-2020", RECALLED_2016)],
            sources,
            ["Income", INCOME] + flags(EARLY),
        ),
        finish(
            [
                make_2022(second, poverty["scoring_sheet_tt07_2021"]),
                recalled("household-poverty-2022-2026", RECALLED_2022),
            ],
            sources,
            ["Income", INCOME] + flags(LATE) + SHEET,
        ),
        finish(
            [make_2027(third), recalled("household-poverty-2027-2030", RECALLED_2027)],
            sources,
            ["Income", INCOME, "Deprivations", count],
        ),
    ]
