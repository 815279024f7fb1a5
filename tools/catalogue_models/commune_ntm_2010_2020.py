# SPDX-License-Identifier: Apache-2.0
"""Commune NTM 2010-2020 (QĐ 491/QĐ-TTg), amended in 2013 (QĐ 342/QĐ-TTg)."""

from .ntm import Maker, finish
from .provenance import number
from .vocabulary import flag, ratio, share
from .yaml_text import Names, parse

INCOME = '[income-per-person, ">=", {figure: %s}]'
LANES = "{all: [%s, %s]}" % (
    ratio("lanes-clean", "lanes", ">=", "lanes-share"),
    ratio("lanes-hardened", "lanes", ">=", "lanes-hardened-share"),
)
WATER = "{all: [%s, %s]}" % (
    ratio("households-hygienic-water", "households", ">=", "hygienic-water-share"),
    ratio("households-clean-water", "households", ">=", "clean-water-share"),
)
REGIONS = ["TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL"]
NOT_READ = {str(no): "rows exist that nobody has read" for no in range(6, 20)}

MODEL = {
    "FACTS_ID": "commune-ntm-2010-2020",
    "SET": "commune-ntm-2010-2020",
    "LEVEL": "commune",
    "TIER": "standard",
    "TITLE_VI": "Bộ tiêu chí quốc gia về nông thôn mới (2010-2020)",
    "TITLE_EN": "National criteria set for new rural areas (2010-2020)",
    "TITLE_ACT_EN": "Issuing the national criteria set for new rural areas",
    "NOTE": """\
Only what was read in a named source stands here. The annex was read as a scan of criteria 1 to 5 that breaks off in
criterion 5 (S44); that there are 19 criteria is told by the press (S61), and the names of 6 to 19 were not read. The
scan shows 12 rows of criteria 1 to 4 and one of criterion 5; how many rows the whole has was not read. The day on
which the decision took effect was not read, so the set is not found by date; communes had another set from 1 December
2016. Criteria 7, 10, 12, 14 and 15 were amended in 2013 (S45): see the overlay
commune-ntm-2010-2020.amended-2013.""",
    "DAYS": "in_force: not read. Replaced for communes in 2016",
    "RULES": {
        "1.1": flag("plan-land-use"),
        "1.2": flag("plan-infrastructure"),
        "1.3": flag("plan-residential"),
        "2.1": share("intercommune-roads-paved", "intercommune-roads", "intercommune-roads-share"),
        "2.2": share("village-trunk-roads-hardened", "village-trunk-roads", "village-trunk-roads-share"),
        "2.3": (LANES, {"lanes-share": "thresholds"}),
        "2.4": share("field-roads-hardened", "field-roads", "field-roads-hardened-share"),
        "3.1": flag("irrigation-adequate"),
        "3.2": share("canals-lined", "canals", "canals-lined-share"),
        "4.1": flag("grid-technical"),
        "4.2": share("households-electricity", "households", "electricity-share"),
        "5": share("schools-facilities-to-standard", "schools", "schools-facilities-share"),
        "10": (None, {}),
    },
    "ELSEWHERE": {"10"},
    "FIGURES": {
        "2": [
            (
                "lanes-hardened-share",
                {
                    "unit": "%",
                    "axes": ["region"],
                    "source": ["S44"],
                    "note": "The sub-figures are scrambled in the scan: which region has which was not read for sure.",
                },
            )
        ]
    },
    "NOTES": {
        "2.3": "Printed as 100% clean, 'of which hardened' a share of each region: read here as a share of all lanes.",
        "5": "The scan is cut after the second region.",
        "10": "A multiple of the province's average is recalled for the years before 2013; from 2013 an amount of "
        "money.",
    },
    "ADDED": {
        "12": [{"id": "12", "#": "not read; the amendment of 2013 has it"}],
        "15": [{"id": "15.insurance", "#": "not read; the amendment of 2013 has it, its number was not printed"}],
        "17": [{"id": "17.1", "#": "not read"}],
    },
    "UNREAD": {"5": "the scan breaks off in criterion 5: whether further rows follow was not read", **NOT_READ},
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí quốc gia về nông thôn mới (2010-2020)",
    "OVERLAY_TITLE_EN": "What is only recalled of the commune set 2010-2020: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. The names of criteria 6 to 19 are known from memory only (high). That the set has 39 indicators is recalled
too (medium). The cells of 2.3 are the reading of a scrambled scan (S44) that fits memory. The water figures come from
a page that names neither act nor period: a lead, no more. Criterion 10
is that before the amendment of 2013.""",
}


def more_figures(facts, code, **axis):
    """Single figures of the set, by code and whatever else is asked of their axis."""
    for entry in facts["criteria-figures-more"]:
        if (
            entry["set_id"] == MODEL["FACTS_ID"]
            and entry["indicator_code"] == code
            and all(entry["axis"].get(k) == v for k, v in axis.items())
        ):
            yield entry


def region_cells(entries):
    cells = {e["axis"]["region"]: number(e["value"]) for e in entries}
    return {region: cells[region] for region in REGIONS if region in cells}


def income_ladder(facts, base):
    """End points of the amendment (press), and what the ministry set for years between them."""
    order = [r["code"] for r in base.regions]
    cells = {region: {} for region in order}
    for entry in more_figures(facts, "10"):
        region, year = entry["axis"]["region"], str(entry["axis"]["year"])
        if entry["use"].startswith("catalogue") and region in cells:
            cells[region][year] = number(entry["value"])
    row = next(r for c in base.compiled["criteria"] for r in c["indicators"] if r["code"] == "10")
    for year, table in row["versions"][1]["year_region"].items():
        for region, value in table["by_region"].items():
            if value is not None and year in ("2013", "2014"):
                cells[region][year] = {"value": number(value), "source": ["S58"]}
    cells["DBSCL"]["2016"] = {"value": number(33), "source": ["S24"]}
    return {region: dict(sorted(values.items())) for region, values in cells.items()}


def water(facts):
    return [
        (name, {"unit": "%", "axes": ["region"], "values": region_cells(more_figures(facts, "17.1", sub_measure=sub))})
        for name, sub in (
            ("hygienic-water-share", "hygienic water"),
            ("clean-water-share", "clean water to the national standard"),
        )
    ]


def amended(facts, maker):
    ladder = income_ladder(facts, maker)
    return {
        "format": "ntm-overlay/1",
        "id": "commune-ntm-2010-2020.amended-2013",
        "of": MODEL["SET"],
        "standing": "cited",
        "title": Names(
            vi="Sửa đổi một số tiêu chí của Bộ tiêu chí quốc gia về nông thôn mới (342/QĐ-TTg)",
            en="Amendment of criteria of the national set for new rural areas, 2013",
        ),
        "place": "VN",
        "rank": "central",
        "note": """\
QĐ 342/QĐ-TTg amended criteria 7, 10, 12, 14 and 15 (S45); title ours. Of 7 and 14 nothing was read, of 15 one row.
The first day is that of the signature, from which the facts take the new version; the day it took effect was not read
apart. The national income figures (18 for 2012, 26 for 2015: qd342-bl; 21 for 2013, 23 for 2014: S58) differ from
year to year and decide nothing; for 2020 two sources print 44 and 40. Between the end points the ministry set figures
year by year, rounded; only those that were printed stand here.""",
        "instrument": {
            "number": "342/QĐ-TTg",
            "issuer": "Thủ tướng Chính phủ",
            "signed": "2013-02-20",
            "in_force": {"from": "2013-02-20"},
            "source": ["S45"],
        },
        "figures": [
            "10 Income: what communes must reach in a year, by region",
            (
                "income",
                {"unit": "triệu đồng/người/năm", "axes": ["region", "year"], "source": ["qd342-bl"], "values": ladder},
            ),
            "12 Labour structure: general and each region the same",
            ("regularly-employed-share", {"unit": "%", "value": number(90), "source": ["qd342-na", "qd342-bl"]}),
            "15 Health",
            ("insured-share", {"unit": "%", "axes": ["region"], "general": number(70), "source": ["qd342-na"]}),
        ],
        "replaces": {
            "indicators": [
                (
                    "10",
                    {
                        "name": Names(en="Income per person, rural, per year"),
                        "rule": parse(INCOME % "income"),
                        "source": ["qd342-bl", "S58", "S24"],
                        "note": """\
2016: the figure of one region as S24 works it out. The commune surveys and computes by the statistics office's guide:
total income of the households by the number of their members (S58).""",
                    },
                ),
                (
                    "12",
                    {
                        "name": Names(en="People of working age in regular employment"),
                        "rule": parse(
                            ratio("regularly-employed", "working-age-people", ">=", "regularly-employed-share")
                        ),
                        "source": ["qd342-na", "qd342-bl"],
                    },
                ),
                (
                    "15.insurance",
                    {
                        "name": Names(en="People with health insurance"),
                        "rule": parse(ratio("insured-people", "population", ">=", "insured-share")),
                        "source": ["qd342-na"],
                        "note": """\
The regional columns read 'Đạt' and name no figure: the general figure is told and decides nothing.""",
                    },
                ),
            ]
        },
    }


def interim(facts, maker):
    ladder = income_ladder(facts, maker)
    points = {region: {year: values[year] for year in ("2015", "2020")} for region, values in ladder.items()}
    return {
        "format": "ntm-overlay/1",
        "id": "commune-ntm-2010-2020.interim-2016",
        "of": MODEL["SET"],
        "standing": "cited",
        "title": Names(
            vi="Mức thu nhập tạm thời các năm 2016 và 2017, theo số tăng đều giữa 2015 và 2020",
            en="Interim income figures of 2016 and 2017, on the line between 2015 and 2020",
        ),
        "place": "VN",
        "rank": "central",
        "note": """\
The interim rule of 2016 and 2017: (figure of 2020 - figure of 2015) / 5 a year more than 2015, unrounded (S24; Mekong
Delta: 29 and 49 give 33 for 2016). The act that says so was not read, nor its days: this is never laid by date. The
years after 2017 lie on the line too, by the format's meaning; the rule was not read to hold for them.""",
        "figures": [
            (
                "income-interim",
                {
                    "unit": "triệu đồng/người/năm",
                    "axes": ["region", "year"],
                    "interpolate": True,
                    "source": ["S24", "qd342-bl"],
                    "values": points,
                },
            )
        ],
        "replaces": {"indicators": [("10", {"rule": parse(INCOME % "income-interim"), "source": ["S24"]})]},
    }


def before_2013(maker):
    """The income criterion as it is recalled before the amendment: its figure and its row."""
    row = next(r for c in maker.compiled["criteria"] for r in c["indicators"] if r["code"] == "10")
    cells = {k: number(v) for k, v in row["thresholds"]["by_region"].items()}
    figure = ("income-multiple", {"unit": "1", "axes": ["region"], "general": number(1.4), "values": cells})
    rule = (
        '[{ratio: [income-per-person, {average: income-per-person, level: province}]}, ">=", {figure: income-multiple}]'
    )
    return figure, (
        "10",
        {
            "name": Names(vi=row["title_vi"], en=row["title_en"]),
            "rule": parse(rule),
            "note": "name: high; figure, regions: medium. Until the amendment of 2013; the average of the same year.",
        },
    )


def make(facts, sources):
    maker = Maker(facts, sources, MODEL)
    base = maker.base(axes=maker.axes(years=range(2012, 2021)))
    base["axes"]["year"]["values"] = [str(y) for y in range(2012, 2021)]
    sub = next(r for c in maker.compiled["criteria"] for r in c["indicators"] if r["code"] == "2.3")["sub"]
    figure, row = before_2013(maker)
    overlay = maker.overlay(
        filled=[
            (
                "lanes-hardened-share",
                {
                    "values": {k: number(v) for k, v in sub["by_region"].items()},
                    "note": "S44: the reading that fits the scan's tokens and memory.",
                },
            )
        ],
        new_figures=[figure] + water(facts),
    )
    overlay["indicators"].append(row)
    overlay["indicators"].append(
        (
            "17.1",
            {
                "name": Names(en="Households with hygienic water, of which clean water"),
                "rule": parse(WATER),
                "note": "low: read on a page (water-faq) that names neither the act nor the period.",
            },
        )
    )
    documents = [base, overlay, amended(facts, maker), interim(facts, maker)]
    return [finish(documents, sources)]
