# SPDX-License-Identifier: Apache-2.0
"""What both commune sets of 2021-2025 share: the scope of regions, conditions of recognition, revocation, the survey."""

from .commune_ntm_2010_2020 import REGIONS
from .provenance import number
from .vocabulary import ratio
from .yaml_text import Names, Num, parse

YEARS = ["2021", "2022", "2023", "2024", "2025"]
INCOME = '[income-per-person, ">=", {figure: income}]'
SURVEY = "{all: [%s, [least-content-satisfaction, \">=\", {figure: least-satisfied-share}]]}" % ratio(
    "surveyed-households-satisfied", "surveyed-households", ">=", "satisfied-share"
)

SCOPE = [
    {
        "axis": "region",
        "use": "TDMNPB",
        "when": parse("""\
{any: [{attested: extremely-difficult-commune},
       {all: [{attested: safe-zone-commune},
              {any: [{attested: of-poor-district}, {attested: of-district-out-of-poverty}]}]}]}"""),
        "source": ["S1", "S36"],
        "note": """\
Extremely difficult communes and safe-zone communes of poor districts, and of districts that left poverty in
2018-2020, use the column of the northern midlands and mountains. Whether 'of poor districts' also speaks of the
extremely difficult communes cannot be told from what was read; here it does not.""",
    }
]


LATER = "QĐ 18/2022/QĐ-TTg, in force from 2 August 2022: later than the set. "


def preconditions(tier):
    return [
        {
            "id": "no-construction-arrears",
            "name": Names(vi="Không có nợ đọng xây dựng cơ bản thuộc Chương trình", en="No construction arrears"),
            "rule": parse('[construction-arrears, "=", {constant: 0, unit: triệu đồng}]'),
            "source": ["S48", "S6"],
            "note": LATER + "Wording ours, after the source.",
        },
        {
            "id": "security-not-complex",
            "name": Names(
                vi="Không thuộc diện phức tạp về an ninh, trật tự", en="Not 'complex' as to security and order"
            ),
            "rule": parse("{attested: security-not-complex}"),
            "source": ["S48", "S6"],
            "note": LATER + "As the Ministry of Public Security's rules say. Wording ours, after the source.",
        },
        {
            "id": "satisfaction-survey",
            "name": Names(
                vi="Tỷ lệ hài lòng của người dân đạt mức quy định",
                en="The share of people who are satisfied is as prescribed",
            ),
            "#": "the share was not read" if tier else None,
            "source": ["S48", "S6"],
            "note": LATER.strip(),
        },
    ]


def revocation(named):
    return parse(
        """\
{any: [{all: [[{share: criteria, verdict: not met}, ">=", {figure: revocation-from}],
              [{share: criteria, verdict: not met}, "<", {figure: revocation-to}],
              {any: [%s]}]},
       [{share: criteria, verdict: not met}, ">=", {figure: revocation-to}]],
 source: [S5, S5b, S48]}"""
        % ", ".join('{not: {criterion: "%s"}}' % no for no in named)
    )


REVOCATION_FIGURES = [
    "Revocation",
    ("revocation-from", {"unit": "%", "value": Num("30"), "source": ["S5", "S5b", "S48"]}),
    ("revocation-to", {"unit": "%", "value": Num("50"), "source": ["S5", "S5b", "S48"]}),
]
REVOCATION_COMMENT = """\
Revocation (QĐ 18/2022/QĐ-TTg; S5, S5b, S48): from 30% of the criteria not met up to less than 50%, if one of the
named criteria is among them; or 50% and more. S5 prints the first band as '30% đến 50%', S48 as 'dưới 50%': at 50%
the second rule holds either way."""


def income_cells(maker):
    row = next(r for c in maker.compiled["criteria"] for r in c["indicators"] if r["code"] == "10")
    years = row["thresholds"]["by_year_region"]
    return {
        r: cells
        for r in REGIONS
        for cells in [
            {year: number(table["by_region"][r]) for year, table in years.items() if table["by_region"][r] is not None}
        ]
        if cells
    }


def survey(note):
    return ("satisfaction-survey", {"rule": parse(SURVEY), "note": note})


SURVEY_FIGURES = [
    ("satisfied-share", {"unit": "%", "value": Num("90")}),
    ("least-satisfied-share", {"unit": "%", "value": Num("80")}),
]
SURVEY_NOTE = "low: 90% satisfied, and with each content at least 80%."
