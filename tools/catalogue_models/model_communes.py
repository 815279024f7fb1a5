# SPDX-License-Identifier: Apache-2.0
"""Model communes: QĐ 691/QĐ-TTg (2018-2020) and QĐ 319/QĐ-TTg (2021-2025)."""

from .commune_2021_shared import YEARS, preconditions
from .ntm import Maker, finish
from .provenance import number
from .vocabulary import flag, share
from .yaml_text import Names, Num, parse

EARLY = {
    "FACTS_ID": "commune-kieumau-2018-2020",
    "SET": "commune-model-2018-2020",
    "LEVEL": "commune",
    "TIER": "model",
    "TITLE_VI": "Tiêu chí xã nông thôn mới kiểu mẫu giai đoạn 2018-2020",
    "TITLE_EN": "Criteria for model new rural communes, 2018-2020",
    "TITLE_ACT_EN": "Issuing the criteria for model new rural communes, 2018-2020",
    "DAYS": "in_force: not read",
    "NOTE": """\
What the press tells of QĐ 691/QĐ-TTg, cut in the second criterion (S21). The decision's numbering was not read: the
ids of rows are ours. Four criteria; how many rows they have was not read, 6 were. The day on which the decision took
effect was not read, so the set is not found by date; that it was signed on 5 June 2018 was told to us, S49 has number
and year. Between the standard tier and this one there was no national set
in these years: provinces issued theirs (S59, S50). Recognition follows QĐ 2540/QĐ-TTg with provincial detail
(S49).""",
    "IDS": {
        "1.thu_nhap": "1.income",
        "1.ho_ngheo": "1.poor",
        "2.mau_giao": "2.kindergarten",
        "2.tram_y_te": "2.health-station",
        "2.quan_ly_suc_khoe": "2.health-management",
        "2.bhyt": "2.insurance",
    },
    "RULES": {
        "1.thu_nhap": (
            '[{ratio: [income-per-person, {past: income-per-person, event: recognition}]}, ">=", '
            '{figure: income-multiple}]',
            {"income-multiple": "thresholds"},
        ),
        "1.ho_ngheo": (
            '[{difference: [poor-households, {sum: [poor-households-social-protection, '
            'poor-households-accident, poor-households-grave-illness]}]}, "=", {figure: poor-limit}]',
            {"poor-limit": "thresholds"},
        ),
        "2.mau_giao": share("kindergarten-children", "kindergarten-age-children", "kindergarten-share"),
        "2.tram_y_te": flag("health-station-insurance"),
        "2.quan_ly_suc_khoe": share("residents-health-managed", "residents", "health-managed-share"),
        "2.bhyt": share("insured-people", "population", "insured-share"),
    },
    "UNITS": {"income-multiple": "1", "poor-limit": "household"},
    "NOTES": {
        "1.thu_nhap": "The commune's own income when it was recognised as a new rural commune.",
        "1.ho_ngheo": "Three classes of poor households do not count; a household is reported under one of them only.",
    },
    "UNREAD": {
        "1": "whether further rows exist was not read",
        "2": "further rows exist; the source is cut",
        "3": "rows exist that nobody has read",
        "4": "rows exist that nobody has read",
    },
    "CRITERION_NOTES": {"4": "As the press prints it; 'hành chính công' (public administration) is probably meant."},
}

CONDITIONS = [
    (
        "1",
        "Đạt chuẩn nông thôn mới nâng cao giai đoạn 2021-2025",
        "Meets the advanced set of 2021-2025",
        "{holds: commune-advanced-2021-2025}",
        "A commune recognised as advanced in 2018-2020 must meet the set of 2021-2025 in full.",
    ),
    (
        "2",
        "Thu nhập bình quân đầu người cao hơn từ 10% trở lên so với mức quy định đối với xã nâng cao tại cùng "
        "thời điểm",
        "Income at least 10% above the figure of advanced communes at that time",
        '[{ratio: [income-per-person, {figure_of: income, set: commune-advanced-2021-2025,\n'
        'unit: triệu đồng/người/năm}]}, ">=", {figure: income-multiple}]',
        "Same year and region.",
    ),
    (
        "3",
        "Có ít nhất một mô hình thôn thông minh",
        "At least one smart village",
        '[smart-villages, ">=", {figure: smart-villages-least}]',
        "What a smart village is, the province says.",
    ),
    (
        "4",
        "Đạt tiêu chí kiểu mẫu theo ít nhất một lĩnh vực nổi trội",
        "Meets the model criteria of at least one field",
        "{at_least: 1, of: [{attested: model-production}, {attested: model-education}, {attested: model-culture}, "
        "{attested: model-tourism}, {attested: model-landscape}, {attested: model-security}, "
        "{attested: model-digital}, "
        "{attested: model-other-field}]}",
        "Seven fields are named and the list is open; what each asks for, the province says.",
    ),
]


def make_early(facts, sources):
    maker = Maker(facts, sources, EARLY)
    maker.criteria[3]["name"] = Names(vi="An ninh trật tự - Tài chính công", en="Security and public finance (as printed)")
    base = maker.base(
        recognition=[
            {
                "by": Names(vi="Chủ tịch UBND cấp tỉnh", en="Chair of the provincial People's Committee"),
                "source": ["S49"],
            }
        ]
    )
    return finish([base], sources)


def make_late(facts, sources):
    compiled = next(s for s in facts["criteria-sets"]["sets"] if s["id"] == "commune-kieumau-2021-2025")
    rows = compiled["criteria"][0]["indicators"]
    model = {
        "FACTS_ID": "commune-kieumau-2021-2025",
        "SET": "commune-model-2021-2025",
        "LEVEL": "commune",
        "TIER": "model",
        "TITLE_VI": "Quy định xã nông thôn mới kiểu mẫu giai đoạn 2021-2025",
        "TITLE_EN": "Model new rural communes, 2021-2025",
        "TITLE_ACT_EN": "Model new rural communes, 2021-2025",
        "DAYS": "in_force: not read",
        "NOTE": """\
The decision is four conditions and nothing else (S3b, S3c): they stand here as criteria, by their numbers. The day on
which it took effect was not read, so the set is not found by date. Model communes lose their recognition by the rule
of the advanced set (S5, S48).""",
        "RULES": {},
        "UNREAD": {},
    }
    maker = Maker(facts, sources, model)
    criteria = []
    for (no, vi, en, rule, note), row in zip(CONDITIONS, rows):
        if row["title_vi"] != vi:
            raise ValueError("model commune, condition %s: another text" % no)
        criteria.append(
            {"id": no, "name": Names(vi=vi, en=en), "source": ["S3b", "S3c"], "rule": parse(rule), "note": note}
        )
    source = ["S3b", "S3c"]
    base = maker.base(
        axes=maker.axes(YEARS),
        revocation_by="commune-advanced-2021-2025",
        extra_figures=[
            ("income-multiple", {"unit": "1", "value": number(rows[1]["thresholds"]["national"]), "source": source}),
            ("smart-villages-least", {"unit": "model", "value": Num("1"), "source": source}),
        ],
        preconditions=preconditions("model"),
        preconditions_comment="Conditions of recognition beside these: QĐ 18/2022/QĐ-TTg.",
        follows={
            "set": "commune-model-2018-2020",
            "note": """\
Paired by us, by what the rows say. Both ask for an income, measured against something else: against the commune's own
past there, against the advanced set here.""",
            "criteria": {"2": "1"},
        },
    )
    base["criteria"] = criteria
    overlay = {
        "format": "ntm-overlay/1",
        "id": model["SET"] + ".recalled.unverified",
        "of": model["SET"],
        "standing": "unverified",
        "title": Names(
            vi="Phần nhớ lại, chưa kiểm chứng, của quy định xã nông thôn mới kiểu mẫu 2021-2025",
            en="What is only recalled of model communes 2021-2025: not verified",
        ),
        "note": """\
NOT LAW. The survey's shares are recalled (low): 95% satisfied, and with each content at least 85%. That the decision
took effect on the day of its signature, 8 March 2022, is
recalled too (high), and that the chair of the provincial People's Committee recognises communes (high).""",
        "figures": [
            ("satisfied-share", {"unit": "%", "value": Num("95")}),
            ("least-satisfied-share", {"unit": "%", "value": Num("85")}),
        ],
        "preconditions": [
            (
                "satisfaction-survey",
                {
                    "rule": parse("""\
{all: [[{ratio: [surveyed-households-satisfied, surveyed-households]}, ">=", {figure: satisfied-share}],
       [least-content-satisfaction, ">=", {figure: least-satisfied-share}]]}"""),
                    "note": "low",
                },
            )
        ],
    }
    return finish([base, overlay, nam_dinh(facts)], sources)


def nam_dinh(facts):
    cells = {
        str(e["axis"]["year"]): number(e["value"])
        for e in facts["criteria-figures-more"]
        if e["axis"].get("place") == "Nam Định"
    }
    return {
        "format": "ntm-overlay/1",
        "id": "commune-model-2021-2025.nam-dinh",
        "of": "commune-model-2021-2025",
        "standing": "cited",
        "title": Names(vi="Tiêu chí xã nông thôn mới kiểu mẫu tỉnh Nam Định", en="Model communes of Nam Định province"),
        "place": "36",
        "rank": "province",
        "note": """\
Title ours. The press prints the number as '23-QĐ/UBND' and says that the figures are reviewed every year, so later
years may have been changed. The national rule stays; the province's amount comes on top of it. The province ended on
1 July 2025, which nothing here says of the decision itself.""",
        "instrument": {
            "number": "23/QĐ-UBND",
            "issuer": "UBND tỉnh Nam Định",
            "signed": "2022-08-08",
            "in_force": {"from": "2022-08-20"},
            "source": ["nam-dinh"],
        },
        "figures": [
            (
                "income-nam-dinh",
                {"unit": "triệu đồng/người/năm", "axes": ["year"], "source": ["nam-dinh"], "values": cells},
            )
        ],
        "adds": {
            "criteria": [
                {
                    "id": "income-nam-dinh",
                    "name": Names(
                        vi="Thu nhập bình quân đầu người do tỉnh quy định", en="Income per person, as the province asks"
                    ),
                    "source": ["nam-dinh"],
                    "rule": parse('[income-per-person, ">=", {figure: income-nam-dinh}]'),
                }
            ]
        },
    }


def make(facts, sources):
    return [make_early(facts, sources), make_late(facts, sources)]
