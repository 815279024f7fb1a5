# SPDX-License-Identifier: Apache-2.0
"""Commune NTM 2021-2025 (QĐ 318/QĐ-TTg), amended in 2024 (QĐ 211/QĐ-TTg)."""

from .commune_2021_provinces import binh_phuoc, dong_nai
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
from .commune_ntm_2010_2020 import REGIONS
from .ntm import Maker, finish
from .provenance import number
from .vocabulary import attested, flag, ratio, share
from .yaml_text import Names, Num, parse

SCHOOLS = """\
{any: [
  [schools-facilities-level-1, "=", schools],
  {all: [
    [{ratio: [schools-minimum-facilities, schools]}, ">=", {figure: schools-minimum-share}],
    {any: [
      {all: [[schools, "<=", {figure: schools-few}],
             [{ratio: [schools-facilities-level-1, schools]}, ">=", {figure: schools-level-1-share-few}]]},
      {all: [[schools, ">", {figure: schools-few}],
             [{ratio: [schools-facilities-level-1, schools]}, ">=", {figure: schools-level-1-share}]]}]}]}]}"""
EDUCATION = """\
{all: [
  {attested: universal-preschool},
  [{ratio: [six-year-olds-in-grade-1, six-year-olds]}, ">=", {figure: grade-1-share}],
  {at_level: [mức độ 2 trở lên, universal-primary]},
  {at_level: [mức độ 2 trở lên, universal-lower-secondary]},
  {at_level: [mức độ 2 trở lên, literacy]}]}"""
INSURED = '{every: sex, holds: [{ratio: [insured-by-sex, population-by-sex]}, ">=", {figure: insured-share}]}'

STANDARD = {
    "FACTS_ID": "commune-ntm-2021-2025",
    "SET": "commune-ntm-2021-2025",
    "LEVEL": "commune",
    "TIER": "standard",
    "TITLE_VI": "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025",
    "TITLE_EN": "National criteria set for new rural communes, 2021-2025",
    "TITLE_ACT_EN": "National criteria sets for new rural communes and for advanced new rural communes, 2021-2025",
    "IN_FORCE_TO": "2025-12-31",
    "NOTE": """\
Only what was read in a named source stands here: the decision's preamble and first article (S1), the 19 names (S36,
S2) and single rows. An indicator without a name or a rule is a row that nobody has read: its verdict is open. That
there are 57 rows, and how they are numbered, was not read. The last day is taken from the period in the title. Part
of the road figures is for the province to set; which ones was not read. QĐ 211/QĐ-TTg amended 13.1, 15.4, 17.1 and
18.4 in 2024: see commune-ntm-2021-2025.amended-2024. Figures of criteria 5 and 14 are those of the education
ministry's decision 1491/QĐ-BGDĐT of 6 June 2022 (qd1491).""",
    "RULES": {
        "1.1": flag("plan-valid-published"),
        "1.2": flag("plan-rules-applied"),
        "3.1": share("farmland-irrigated", "farmland", "irrigated-share"),
        "3.2": flag("disaster-four-on-the-spot"),
        "4.1": flag("grid-to-standard"),
        "6.3": share("villages-culture-house", "villages", "culture-house-share"),
        "7": ("{any: [{attested: rural-market}, {attested: trading-place}]}", {}),
        "8.1": flag("postal-point"),
        "8.2": flag("telecom-internet"),
        "8.3": flag("radio-loudspeakers"),
        "8.4": flag("it-in-administration"),
        "9.1": ('[makeshift-houses, "=", {figure: makeshift-houses-limit}]', {"makeshift-houses-limit": "thresholds"}),
        "10": (INCOME, {}),
        "13.2": flag("linkage-model"),
        "13.3": flag("traceability"),
        "13.4": ("{if_applicable: craft-village-plan, then: {attested: craft-village-plan}}", {}),
        "13.5": flag("extension-team"),
        "15.1": (INSURED, {"insured-share": "thresholds"}),
        "15.2": ("{holds: commune-health-standard}", {}),
        "17.3": flag("landscape"),
        "17.4": share("public-green-space", "population", "green-space-per-person"),
        "17.5": flag("burial-cremation"),
        "17.7": share("packaging-and-medical-waste-treated", "packaging-and-medical-waste", "packaging-waste-share"),
        "17.10": share("food-producers-safe", "food-producers", "safe-food-share"),
        "17.11": share("households-sorting-waste", "households", "sorting-share"),
        "17.12": share("plastic-waste-handled", "plastic-waste", "plastic-waste-share"),
        "18.1": flag("officials-to-standard"),
        "18.2": flag("party-and-government-good"),
        "18.3": flag("organisations-good"),
        "18.5": flag("gender-equality"),
        "18.6": flag("ntm-training-plan"),
        "19.1": flag("militia-strong"),
        "19.2": flag("security-composite", "crime-prevention-model"),
    },
    "UNITS": {"makeshift-houses-limit": "house", "green-space-per-person": "m2/person"},
    "UNREAD": {},
    "NAME_LATER": {"13.1"},
    "RULE_IN_SET": {"10"},
    "FIGURES": {
        "5": [
            ("schools-few", {"unit": "school", "value": Num("3"), "source": ["qd1491"]}),
            (
                "schools-minimum-share",
                {
                    "unit": "%",
                    "axes": ["region"],
                    "source": ["qd1491"],
                    "values": {r: Num("100") for r in REGIONS if r not in ("DBSH", "DNB")},
                },
            ),
            (
                "schools-level-1-share",
                {
                    "unit": "%",
                    "axes": ["region"],
                    "source": ["qd1491"],
                    "values": {r: Num("100" if r in ("DBSH", "DNB") else "70") for r in REGIONS},
                },
            ),
            (
                "schools-level-1-share-few",
                {
                    "unit": "%",
                    "axes": ["region"],
                    "source": ["qd1491"],
                    "values": {r: Num("100" if r in ("DBSH", "DNB") else "50") for r in REGIONS},
                },
            ),
        ],
        "10": [
            (
                "income",
                {
                    "unit": "triệu đồng/người/năm",
                    "axes": ["region", "year"],
                    "source": ["S2"],
                    "note": "That the decision has a figure for each year was read, the figures were not.",
                },
            )
        ],
        "14": [("grade-1-share", {"unit": "%", "value": Num("98"), "source": ["qd1491"]})],
    },
    "CHANGES": {
        "5": {
            "name": Names(en="Schools (preschool, primary, lower secondary) to the facilities standard"),
            "rule": parse(SCHOOLS),
            "source": ["qd1491"],
        },
        "14.1": {"name": Names(en="Universal education and literacy"), "rule": parse(EDUCATION), "source": ["qd1491"]},
    },
    "NOTES": {
        "5": """\
Read as two regions that want level 1 of all schools, and 'the remaining regions' that want the minimum of all and
level 1 of a share that depends on how many schools there are (three or fewer). That the two regions also name no
minimum is ours to bridge: where all schools are at level 1, all is met.""",
        "14.1": "Printed as 'must meet level 2'; 'or better' is our reading.",
        "11": "Measured by the poverty standard of NĐ 07/2021/NĐ-CP, which is not the one of 2016-2020.",
        "15.4": "The rule before the amendment of 2024 was not read.",
        "18.4": "The rule before the amendment of 2024 was not read.",
    },
    "ELSEWHERE": {"15.4"},
    "OVERLAY_NOTES": {
        "4.2": "98% for the country is recalled (medium), the regions are not; no figure is given here.",
        "9.2": "80% for the country is recalled (medium) and the ladder of 2016-2020; no figure is given here.",
        "14.1": "The parts stand in the set.",
    },
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí xã nông thôn mới giai đoạn 2021-2025",
    "OVERLAY_TITLE_EN": "What is only recalled of the commune set 2021-2025: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. Everything here is known from memory only, or from a source that names neither act nor period. Each note says
how sure the memory is; that is itself a guess. Rows whose figure is not even recalled have a name only. The rules of 13.1
and 15.4 are those before the amendment of 2024. Left out: 15% or 20% of
piped water that a mountain district of Thanh Hóa ascribes to the national set, without a region (S27); 56 million of
a public app that names neither region nor year. That 90% of the appraisal council must agree is recalled too
(medium); it is a step of the procedure and no state of the commune. That the chair of the provincial
People's Committee recognises communes is recalled (high).""",
}


def mirror_cells(facts, code):
    cells = {
        e["axis"]["region"]: number(e["value"])
        for e in facts["criteria-figures-more"]
        if e["set_id"] == STANDARD["FACTS_ID"]
        and e["indicator_code"] == code
        and e["use"].startswith("opt-in")
        and e["axis"]["region"]
    }
    return {r: cells[r] for r in REGIONS if r in cells}


def amended(maker):
    def text(code):
        return next(r for c in maker.compiled["criteria"] for r in c["indicators"] if r["code"] == code)

    return {
        "format": "ntm-overlay/1",
        "id": "commune-ntm-2021-2025.amended-2024",
        "of": STANDARD["SET"],
        "standing": "cited",
        "title": Names(
            vi="Sửa đổi Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025 (211/QĐ-TTg)",
            en="Amendment of the commune set 2021-2025, 2024",
        ),
        "place": "VN",
        "rank": "central",
        "note": """\
QĐ 211/QĐ-TTg as the press lists it (S22, S22b); title ours. The press names the indicators by what they say: the
numbers 13.1, 15.4 and 18.4 are matched from memory, and so is 17.1, whose new figures were not read. 15.4 became an
attestation: the kind of the rule changed, not only a number. The first day is that of the decision: that this was 1 March
2024 was told to us and not read; S22b is an article of 2 March 2024.""",
        "instrument": {
            "number": "211/QĐ-TTg",
            "issuer": "Thủ tướng Chính phủ",
            "signed": "2024-03-01",
            "in_force": {"from": "2024-03-01"},
            "source": ["S22", "S22b"],
        },
        "replaces": {
            "indicators": [
                (
                    "13.1",
                    {
                        "name": Names(vi=text("13.1")["title_vi"], en=text("13.1")["title_en"]),
                        "rule": parse(
                            "{any: [{attested: cooperative-effective}, {attested: cooperative-group-effective}]}"
                        ),
                        "source": ["S22", "S22b"],
                    },
                ),
                (
                    "15.4",
                    {
                        "name": Names(
                            vi="Xã triển khai thực hiện sổ khám chữa bệnh điện tử",
                            en="The commune runs the electronic health record",
                        ),
                        "rule": parse("{attested: electronic-record-introduced}"),
                        "source": ["S22", "S22b"],
                    },
                ),
                (
                    "17.1",
                    {"absent": ["rule"], "source": ["S22", "S22b"], "note": "Amended; the new figures were not read."},
                ),
                (
                    "18.4",
                    {
                        "name": Names(vi="Tiếp cận pháp luật theo quy định", en="Access to law"),
                        "rule": parse(
                            attested("documents-within-competence", "law-information", "conciliation-and-legal-aid")
                        ),
                        "source": ["S22", "S22b"],
                        "note": "Restated as three things; read as: all of them.",
                    },
                ),
            ]
        },
    }


FOLLOWS = {
    "set": "commune-ntm-2016-2020",
    "note": "Paired by us, by what criteria and rows are called (those that nobody has read, by the names that are recalled of "
    "them); rows that are not listed have no counterpart.",
    "criteria": {str(no): str(no) for no in range(1, 20)},
    "indicators": {
        code: code
        for code in (
            "1.2",
            "2.1",
            "2.2",
            "2.4",
            "3.1",
            "4.1",
            "5",
            "6.1",
            "6.2",
            "6.3",
            "7",
            "8.1",
            "8.2",
            "8.3",
            "8.4",
            "9.1",
            "10",
            "13.1",
            "13.2",
            "14.1",
            "14.2",
            "15.1",
            "15.2",
            "15.3",
            "17.2",
            "17.3",
            "18.1",
            "19.1",
            "19.2",
        )
    },
}
FOLLOWS["indicators"].update(
    {"17.5": "17.4", "17.8": "17.6", "17.9": "17.7", "17.10": "17.8", "18.3": "18.4", "18.4": "18.5", "18.5": "18.6"}
)


def make(facts, sources):
    maker = Maker(facts, sources, STANDARD)
    base = maker.base(
        axes=maker.axes(YEARS),
        dimensions={"sex": ["female", "male"]},
        scope=SCOPE,
        follows=FOLLOWS,
        extra_figures=REVOCATION_FIGURES,
        preconditions=preconditions("standard"),
        preconditions_comment="Conditions of recognition beside the criteria: QĐ 18/2022/QĐ-TTg.",
        revocation=revocation(["10", "17", "19"]),
        revocation_comment=REVOCATION_COMMENT,
    )
    overlay = maker.overlay(
        filled=[
            (
                "income",
                {
                    "values": income_cells(maker),
                    "note": """\
medium: three million more each year from 2022; the row of 2021 is that of QĐ 1980. The national figures 45, 48, 51,
54, 57 are recalled with them.""",
                },
            )
        ],
        new_figures=[
            (
                "stunted-share-limit",
                {
                    "unit": "%",
                    "axes": ["region"],
                    "values": mirror_cells(facts, "15.3"),
                    "note": """\
medium: a page that names neither act nor period (mirror). It prints '>=' on every figure; a ceiling is meant.""",
                },
            )
        ]
        + [
            (
                "electronic-record-share",
                {"unit": "%", "axes": ["region"], "values": mirror_cells(facts, "15.4"), "note": "medium: mirror"},
            )
        ]
        + SURVEY_FIGURES,
        preconditions=[survey(SURVEY_NOTE)],
    )
    for code, body in overlay["indicators"]:
        if code == "15.3":
            body["rule"] = parse(ratio("children-under-5-stunted", "children-under-5", "<=", "stunted-share-limit"))
        if code == "13.1":
            body["name"] = Names(en="An effective cooperative, run under the law")
            body["rule"] = parse("{attested: cooperative-effective}")
            body["note"] = "high: cooperatives only, until the amendment of 2024."
    record = parse(ratio("people-with-electronic-record", "population", ">=", "electronic-record-share"))
    place = [code for code, _ in overlay["indicators"]].index("16")
    overlay["indicators"].insert(
        place,
        (
            "15.4",
            {
                "rule": record,
                "note": """\
medium: two regions, until the amendment of 2024. A flat 50% is recalled and refuted by them.""",
            },
        ),
    )
    return [finish([base, overlay, amended(maker), binh_phuoc(), dong_nai()], sources)]
