# SPDX-License-Identifier: Apache-2.0
"""Advanced communes 2021-2025 (QĐ 318/QĐ-TTg, the second set)."""

from .commune_2021_shared import (
    INCOME,
    REVOCATION_COMMENT,
    REVOCATION_FIGURES,
    SCOPE,
    SURVEY_FIGURES,
    SURVEY_NOTE,
    YEARS,
    income_cells,
    preconditions,
    revocation,
    survey,
)
from .commune_ntm_2021_2025 import STANDARD
from .ntm import Maker, finish
from .vocabulary import share
from .yaml_text import Names, Num, parse

ADVANCED = {
    "FACTS_ID": "commune-nangcao-2021-2025",
    "SET": "commune-advanced-2021-2025",
    "LEVEL": "commune",
    "TIER": "advanced",
    "TITLE_VI": "Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021-2025",
    "TITLE_EN": "National criteria set for advanced new rural communes, 2021-2025",
    "TITLE_ACT": STANDARD
    and "Bộ tiêu chí quốc gia về xã nông thôn mới và Bộ tiêu chí quốc gia về xã nông thôn mới "
    "nâng "
    "cao giai đoạn 2021-2025",
    "TITLE_ACT_EN": STANDARD["TITLE_ACT_EN"],
    "IN_FORCE_TO": "2025-12-31",
    "NOTE": """\
The second set of QĐ 318/QĐ-TTg, of which hardly anything was read: the names of five criteria (10, 17, 18, 19 in the
rule of revocation: S5, S48; 14: S20) and the texts of five rows. 75 rows are recalled; 5 texts were read. QĐ
211/QĐ-TTg of 2024 amended the maintenance of small irrigation works, IT in administration, electronic health
management ('xã triển khai thực hiện quản lý sức khỏe điện tử'), the share of cremation and of piped clean water
(S22b): which rows these are, and their new figures, was not read, so no overlay has them.""",
    "RULES": {
        "10": (INCOME, {}),
        "14.1": share("insured-people", "population", "insured-share"),
        "14.2": share("people-health-managed", "population", "health-managed-share"),
        "14.3": share("telehealth-users", "population", "telehealth-share"),
        "14.4": share("people-with-electronic-record", "population", "electronic-record-share"),
    },
    "BY_HAND": {"insured-share", "health-managed-share", "telehealth-share", "electronic-record-share"},
    "RULE_IN_SET": {"10"},
    "CHANGES": {"10": {"source": ["S3b", "S3c"]}},
    "FIGURES": {
        "10": [
            (
                "income",
                {
                    "unit": "triệu đồng/người/năm",
                    "axes": ["region", "year"],
                    "source": ["S3b", "S3c"],
                    "note": "That there is a figure of each time is read in the conditions of model communes; "
                    "the figures were not.",
                },
            )
        ]
    },
    "UNREAD": {
        str(no): (
            "rows exist that nobody has read"
            if no not in (2, 10, 14)
            else (
                "whether this is the criterion's only row was not read"
                if no == 10
                else "further rows exist that nobody has read"
            )
        )
        for no in range(1, 20)
    },
    "CRITERION_NOTES": {
        "14": "The source gives order and figures of the rows, not their numbers: the order is " "assumed."
    },
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí xã nông thôn mới nâng cao giai đoạn 2021-2025",
    "OVERLAY_TITLE_EN": "What is only recalled of the advanced commune set 2021-2025: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. Names of criteria are recalled (high). The figures of criterion 14 were read (S20), but probably as the
column of one region: they stand in that column, the northern midlands and mountains, from which the source reports
(Lạng Sơn). 14.2 may have been replaced by the amendment of 2024. Income: the two deltas, four million more each year
(medium). Left out: 55% of piped water that a district ascribes to this tier without a row or region (S27); 68 million
of a public app that names neither region nor year (S42). That 90% of the appraisal council must agree is recalled too
(medium). That the chair of the provincial
People's Committee recognises communes is recalled (high).""",
}


def make(facts, sources):
    maker = Maker(facts, sources, ADVANCED)
    conditions = [{"id": "standard", "#": "not read"}] + preconditions("advanced")
    base = maker.base(
        axes=maker.axes(YEARS),
        scope=SCOPE,
        extra_figures=REVOCATION_FIGURES,
        preconditions=conditions,
        preconditions_comment="Conditions of recognition beside the criteria: QĐ 18/2022/QĐ-TTg.",
        revocation=revocation(["10", "17", "18", "19"]),
        revocation_comment=REVOCATION_COMMENT,
    )
    health = {
        "insured-share": "95",
        "health-managed-share": "90",
        "telehealth-share": "40",
        "electronic-record-share": "70",
    }
    overlay = maker.overlay(
        filled=[
            (
                "income",
                {
                    "values": income_cells(maker),
                    "note": """\
medium: only the two deltas are recalled, and 58 (2022) and 68 (2025) for the country.""",
                },
            )
        ],
        new_figures=[
            (name, {"unit": "%", "axes": ["region"], "values": {"TDMNPB": Num(value)}, "note": "S20"})
            for name, value in health.items()
        ]
        + SURVEY_FIGURES,
        preconditions=[
            (
                "standard",
                {
                    "name": Names(
                        vi="Đạt chuẩn nông thôn mới giai đoạn 2021-2025", en="Meets the standard set of 2021-2025"
                    ),
                    "rule": parse("{holds: commune-ntm-2021-2025}"),
                    "note": "high",
                },
            ),
            survey(SURVEY_NOTE),
        ],
    )
    return [finish([base, overlay], sources)]
