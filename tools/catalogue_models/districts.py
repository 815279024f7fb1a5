# SPDX-License-Identifier: Apache-2.0
"""Districts: QĐ 558/QĐ-TTg (2016-2020), QĐ 320/QĐ-TTg (2021-2025: standard, town or city, advanced)."""

from .ntm import Maker, finish
from .vocabulary import flag, share
from .yaml_text import Names, Num, parse

PRIME_MINISTER = Names(vi="Thủ tướng Chính phủ", en="Prime Minister")


def children(level, name, held, figure):
    return parse(
        '[{share: children, level: %s, name: %s, where: {holds: %s}}, ">=", {figure: %s}]' % (level, name, held, figure)
    )


EARLY = {
    "FACTS_ID": "district-ntm-2016-2020",
    "SET": "district-ntm-2016-2020",
    "LEVEL": "district",
    "TIER": "standard",
    "TITLE_VI": "Tiêu chí huyện nông thôn mới giai đoạn 2016-2020",
    "TITLE_EN": "Criteria for new rural districts, 2016-2020",
    "TITLE_ACT_EN": "Criteria for new rural districts; towns and provincial cities that have completed the task",
    "DAYS": "in_force: not read",
    "NOTE": """\
Criteria 1 to 8 as a district's data page prints the table of QĐ 558/QĐ-TTg (S33); the ninth is cut. 9 criteria; 14
rows are recalled, 12 were read. The day on which the decision took effect was not read, so the set is not found by
date.""",
    "RULES": {
        "1.1": flag("district-plan-approved"),
        "2.1": flag("roads-reach-communes"),
        "2.2": share("district-roads-to-plan", "district-roads", "district-roads-share"),
        "3.1": flag("intercommune-irrigation"),
        "4.1": flag("intercommune-grid"),
        "5.1": (
            "{all: [{at_level: [hạng 3 trở lên, district-hospital-class]}, " "{attested: health-centre-to-standard}]}",
            {},
        ),
        "5.2": flag("culture-centre-to-standard"),
        "5.3": share("upper-secondary-schools-to-standard", "upper-secondary-schools", "upper-secondary-share"),
        "6.1": ("{any: [{attested: production-zone}, {attested: value-chain-model}]}", {}),
        "7.1": flag("waste-system-to-standard"),
        "7.2": share("processing-businesses-environment", "processing-businesses", "businesses-environment-share"),
        "8.1": flag("security-plan", "no-mass-complaints", "no-complex-spots", "armed-forces-complete-tasks"),
        "9.1": flag("steering-committee"),
        "9.2": flag("coordination-office"),
    },
    "NOTES": {"8.1": "The four parts are those of TT 35/2016/TT-BNNPTNT (S29), in force from 8 February 2017."},
    "UNREAD": {},
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Tiêu chí huyện nông thôn mới giai đoạn 2016-2020",
    "OVERLAY_TITLE_EN": "What is only recalled of the district set 2016-2020: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. That towns and provincial cities complete the task when all their communes are recognised (QĐ 558/QĐ-TTg) is
recalled too (high), and has no set of its own here.""",
}

LATE = {
    "FACTS_ID": "district-ntm-2021-2025",
    "SET": "district-ntm-2021-2025",
    "LEVEL": "district",
    "TIER": "standard",
    "TITLE_VI": "Bộ tiêu chí quốc gia về huyện nông thôn mới giai đoạn 2021-2025",
    "TITLE_EN": "National criteria set for new rural districts, 2021-2025",
    "TITLE_ACT_EN": "National criteria sets for new rural districts and advanced ones; towns and provincial cities "
    "that "
    "have completed the task, 2021-2025",
    "DAYS": "in_force: not read",
    "NOTE": """\
Annex I of QĐ 320/QĐ-TTg: its conditions (S34) stand here as preconditions beside the criteria. Of the criteria four
names were read (in the rule of revocation: S5, S5b) and three rows of one (S25); 9 criteria and 36 rows are recalled.
The day on which the decision took effect was not read, so the set is not found by date. QĐ 211/QĐ-TTg of 2024 amended
rows of districts too (S22, S22b); which ones was not read. A district without townships has no share of townships:
that precondition is then open. Districts ended on 1 July
2025 (S53).""",
    "RULES": {
        "2.1": (
            """\
{all: [[{ratio: [communes-linked-by-road, communes]}, ">=", {figure: communes-linked-share}],
       [{ratio: [district-roads-paved, district-roads]}, ">=", {figure: district-roads-paved-share}],
       [{ratio: [district-roads-maintained, district-roads]}, ">=",
        {figure: district-roads-maintained-share}]]}""",
            {},
        ),
        "2.2": share("district-roads-to-plan", "district-roads", "district-roads-share"),
        "2.4": ("{if_applicable: bus-station-class, then: {at_level: [loại IV, bus-station-class]}}", {}),
    },
    "FIGURES": {
        "2": [
            (name, {"unit": "%", "value": Num("100"), "source": ["S25"]})
            for name in ("communes-linked-share", "district-roads-paved-share", "district-roads-maintained-share")
        ]
    },
    "NOTES": {"2.1": "The parts are those of the transport ministry's guide, QĐ 932/QĐ-BGTVT (S25)."},
    "UNREAD": {**{str(no): "rows exist that nobody has read" for no in range(1, 10)}, "2": None},
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí huyện nông thôn mới giai đoạn 2021-2025",
    "OVERLAY_TITLE_EN": "What is only recalled of the district set 2021-2025: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. Names of criteria (high). That the decision took effect on the day of its signature, 8 March 2022, is
recalled too (high), and that the Prime Minister recognises districts and provinces (high).""",
}

TOWN = {
    "FACTS_ID": "towncity-2021-2025",
    "SET": "town-ntm-2021-2025",
    "LEVEL": "town",
    "TIER": "completed-task",
    "TITLE_VI": "Thị xã, thành phố trực thuộc cấp tỉnh hoàn thành nhiệm vụ xây dựng nông thôn mới giai đoạn 2021-2025",
    "TITLE_EN": "Towns and provincial cities that have completed the task of new rural development, 2021-2025",
    "TITLE_ACT": "Bộ tiêu chí quốc gia về huyện nông thôn mới; quy định thị xã, thành phố trực thuộc cấp tỉnh hoàn "
    "thành "
    "nhiệm vụ xây dựng nông thôn mới và Bộ tiêu chí quốc gia về huyện nông thôn mới nâng cao giai đoạn 2021-2025",
    "TITLE_ACT_EN": LATE["TITLE_ACT_EN"],
    "DAYS": "in_force: not read",
    "NOTE": """\
Annex II of QĐ 320/QĐ-TTg. The text read breaks off after 'Có 100% số xã' (S34): one condition, which stands here as a
criterion; that others follow is certain, what they say is not known.""",
    "RULES": {},
}

ADVANCED = {
    "FACTS_ID": "district-nangcao-2021-2025",
    "SET": "district-advanced-2021-2025",
    "LEVEL": "district",
    "TIER": "advanced",
    "TITLE_VI": "Bộ tiêu chí quốc gia về huyện nông thôn mới nâng cao giai đoạn 2021-2025",
    "TITLE_EN": "National criteria set for advanced new rural districts, 2021-2025",
    "TITLE_ACT": TOWN["TITLE_ACT"],
    "TITLE_ACT_EN": LATE["TITLE_ACT_EN"],
    "DAYS": "in_force: not read",
    "NOTE": """\
Annex III of QĐ 320/QĐ-TTg, of which only four names were read (in the rule of revocation: S5, S5b). 9 criteria and 38
rows are recalled; no row was read, and no condition.""",
    "RULES": {},
    "UNREAD": {str(no): "rows exist that nobody has read" for no in range(1, 10)},
    "OVERLAY_TITLE_VI": "Phần nhớ lại, chưa kiểm chứng, của Bộ tiêu chí huyện nông thôn mới nâng cao 2021-2025",
    "OVERLAY_TITLE_EN": "What is only recalled of the advanced district set 2021-2025: not verified",
    "OVERLAY_NOTE": "NOT LAW. Names of criteria are recalled (high); how sure the conditions are is said beside them.",
}


def revocation(named):
    return parse(
        """\
{any: [[{share: children, level: commune, name: revoked-communes, where: {attested: recognition-revoked}}, ">=",
        {figure: revoked-communes-share}],
       {all: [[{share: criteria, verdict: not met}, ">=", {figure: revocation-from}],
              [{share: criteria, verdict: not met}, "<", {figure: revocation-to}],
              {any: [%s]}]},
       [{share: criteria, verdict: not met}, ">=", {figure: revocation-to}]],
 source: [S5, S5b]}"""
        % ", ".join('{not: {criterion: "%s"}}' % no for no in named)
    )


REVOCATION_FIGURES = [
    "Revocation",
    ("revoked-communes-share", {"unit": "%", "value": Num("30"), "source": ["S5", "S5b"]}),
    ("revocation-from", {"unit": "%", "value": Num("30"), "source": ["S5", "S5b"]}),
    ("revocation-to", {"unit": "%", "value": Num("50"), "source": ["S5", "S5b"]}),
]
REVOCATION_COMMENT = """\
Revocation (QĐ 18/2022/QĐ-TTg; S5, S5b): 30% of the communes revoked; or from 30% of the criteria not met up to less
than 50%, if one of the named criteria is among them; or 50% and more."""


def make_early(facts, sources):
    maker = Maker(facts, sources, EARLY)
    for criterion in maker.criteria:
        for row in criterion["indicators"]:
            if row["id"] == "8.1":
                row["source"] = ["S33", "S29"]
    recognised = {"by": PRIME_MINISTER, "source": ["S7"]}
    base = maker.base(
        recognition=[recognised],
        extra_figures=[
            "Conditions of recognition",
            ("ntm-communes-share", {"unit": "%", "value": Num("100"), "source": ["S7", "S33"]}),
        ],
        preconditions_comment="Conditions of recognition beside the criteria: QĐ 2540/QĐ-TTg (S49), as S7 tells them.",
        preconditions=[
            {
                "id": "registered",
                "name": Names(
                    vi="Đã đăng ký và được đưa vào kế hoạch của tỉnh", en="Registered and put in the province's plan"
                ),
                "rule": parse("{attested: registered-province}"),
                "source": ["S7"],
                "note": "Wording ours, after the source.",
            },
            {
                "id": "communes",
                "name": Names(
                    vi="100% số xã được công nhận đạt chuẩn nông thôn mới",
                    en="All communes recognised as new rural communes",
                ),
                "rule": children("commune", "ntm-communes", "commune-ntm-2016-2020", "ntm-communes-share"),
                "source": ["S7", "S33"],
            },
            {
                "id": "no-construction-arrears",
                "name": Names(vi="Không có nợ đọng xây dựng cơ bản", en="No construction arrears"),
                "rule": parse('[construction-arrears, "=", {constant: 0, unit: triệu đồng}]'),
                "source": ["S7"],
                "note": "Wording ours, after the source.",
            },
        ],
    )
    return finish([base, maker.overlay()], sources)


def make_late(facts, sources):
    maker = Maker(facts, sources, LATE)
    base = maker.base(
        extra_figures=["Conditions"]
        + [
            (name, {"unit": "%", "value": Num(value), "source": cited})
            for name, value, cited in (
                ("ntm-communes-share", "100", ["S34"]),
                ("advanced-communes-share", "10", ["S34"]),
                ("civilised-townships-share", "100", ["S34"]),
                ("satisfied-share", "90", ["S34", "S35"]),
                ("least-satisfied-share", "80", ["S34", "S35"]),
            )
        ]
        + REVOCATION_FIGURES,
        preconditions_comment="Conditions 1 to 4 of the annex; the fifth is that the criteria are met.",
        preconditions=[
            {
                "id": "1",
                "name": Names(
                    vi="Có 100% số xã đạt chuẩn nông thôn mới, đáp ứng đầy đủ bộ tiêu chí 2021-2025",
                    en="All communes meet the standard set of 2021-2025 in full",
                ),
                "rule": children("commune", "ntm-communes", "commune-ntm-2021-2025", "ntm-communes-share"),
                "source": ["S34"],
            },
            {
                "id": "2",
                "name": Names(
                    vi="Có ít nhất 10% số xã đạt chuẩn nông thôn mới nâng cao giai đoạn 2021-2025",
                    en="At least 10% of communes meet the advanced set of 2021-2025 in full",
                ),
                "rule": children(
                    "commune", "advanced-communes", "commune-advanced-2021-2025", "advanced-communes-share"
                ),
                "source": ["S34"],
            },
            {
                "id": "3",
                "name": Names(
                    vi="Có 100% số thị trấn đạt chuẩn đô thị văn minh", en="All townships recognised as civilised"
                ),
                "rule": children("township", "civilised-townships", "ward-civilised-2022", "civilised-townships-share"),
                "source": ["S34"],
            },
            {
                "id": "4",
                "name": Names(
                    vi="Tỷ lệ hài lòng của người dân đối với kết quả xây dựng nông thôn mới của huyện",
                    en="People satisfied with the district's results",
                ),
                "rule": parse("""\
{all: [[satisfaction, ">=", {figure: satisfied-share}],
       {every: children, level: commune, name: satisfied-communes,
        holds: [least-content-satisfaction, ">=", {figure: least-satisfied-share}]}]}"""),
                "source": ["S34", "S35"],
                "note": "90%, within which the satisfaction of each commune with each content is at least 80%.",
            },
        ],
        revocation=revocation(["6", "7", "8", "9"]),
        revocation_comment=REVOCATION_COMMENT,
        follows={
            "set": "district-ntm-2016-2020",
            "note": "Paired by us, by what criteria and rows are called (those that nobody has read, by the names that are "
            "recalled of them).",
            "criteria": {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "6", "7": "7", "9": "8"},
            "indicators": {"2.1": "2.1", "2.2": "2.2"},
        },
    )
    return finish([base, maker.overlay()], sources)


def make_town(facts, sources):
    maker = Maker(facts, sources, TOWN)
    base = maker.base(
        figures=["1", ("ntm-communes-share", {"unit": "%", "value": Num("100"), "source": ["S34"]})],
        criteria=[
            {
                "id": "1",
                "name": Names(vi="Có 100% số xã đạt chuẩn nông thôn mới", en="All communes meet the standard set"),
                "source": ["S34"],
                "rule": children("commune", "ntm-communes", "commune-ntm-2021-2025", "ntm-communes-share"),
                "note": "The text is cut after 'Có 100% số xã': which set they meet is read from the district's "
                "condition.",
            },
            {
                "id": "unread",
                "#": "not read",
                "indicators": [{"id": "unread", "note": "further conditions exist that nobody has read"}],
            },
        ],
    )
    base["figures"] = base["figures"][1:]
    return finish([base], sources)


def make_advanced(facts, sources):
    maker = Maker(facts, sources, ADVANCED)
    base = maker.base(
        extra_figures=REVOCATION_FIGURES,
        preconditions_comment="That there are conditions is recalled, and what they say.",
        preconditions=[
            {"id": name, "#": "not read"} for name in ("district-standard", "advanced-communes", "satisfaction-survey")
        ],
        revocation=revocation(["6", "7", "8", "9"]),
        revocation_comment=REVOCATION_COMMENT,
    )
    overlay = maker.overlay(
        new_figures=[
            ("advanced-communes-share", {"unit": "%", "value": Num("50")}),
            ("satisfied-share", {"unit": "%", "value": Num("95")}),
        ],
        preconditions=[
            (
                "district-standard",
                {
                    "name": Names(
                        vi="Được công nhận huyện đạt chuẩn nông thôn mới", en="Recognised as a new rural district"
                    ),
                    "rule": parse("{holds: district-ntm-2021-2025}"),
                    "note": "high",
                },
            ),
            (
                "advanced-communes",
                {
                    "name": Names(
                        vi="Có ít nhất 50% số xã đạt chuẩn nông thôn mới nâng cao",
                        en="At least 50% of communes advanced",
                    ),
                    "rule": children(
                        "commune", "advanced-communes", "commune-advanced-2021-2025", "advanced-communes-share"
                    ),
                    "note": "medium",
                },
            ),
            (
                "satisfaction-survey",
                {
                    "name": Names(vi="Tỷ lệ hài lòng của người dân", en="People satisfied"),
                    "rule": parse('[satisfaction, ">=", {figure: satisfied-share}]'),
                    "note": "medium",
                },
            ),
        ],
    )
    return finish([base, overlay], sources)


def make(facts, sources):
    return [
        make_early(facts, sources),
        make_late(facts, sources),
        make_town(facts, sources),
        make_advanced(facts, sources),
    ]
