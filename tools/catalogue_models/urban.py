# SPDX-License-Identifier: Apache-2.0
"""Civilised urban areas (QĐ 04/2022/QĐ-TTg): wards and townships; districts, towns and cities."""

from .ntm import finish
from .yaml_text import Names, Num, parse

SOURCE = ["dtvm"]
ENGLISH = [
    "Urban planning",
    "Urban transport",
    "Urban environment and food safety",
    "Urban security and order",
    "Urban information and communications",
    "Jobs, average income and poor households in the city",
    "Urban culture and sport",
    "Urban health and education",
    "The political system, and the responsibility of the city's government",
]

FACTS = [
    "Registration",
    (
        "recognised-before",
        "Đã từng được công nhận đạt chuẩn đô thị văn minh",
        "Recognised as civilised before",
        "flag",
        None,
        "merge: reassess",
    ),
    ("registration-years", "Số năm kể từ khi đăng ký", "Years since registration", "amount", "year", "merge: reassess"),
    (
        "registered-with-district",
        "Đã đăng ký với UBND cấp huyện",
        "Registered with the district",
        "flag",
        None,
        "merge: reassess",
    ),
    (
        "registered-with-province",
        "Đã đăng ký với UBND cấp tỉnh",
        "Registered with the province",
        "flag",
        None,
        "merge: reassess",
    ),
    "Satisfaction",
    ("satisfied-residents", "Tỷ lệ người dân hài lòng", "Residents who are satisfied", "share", '"%"', "merge: reassess"),
]
YEARS = """\
{any: [{all: [{not: {attested: recognised-before}}, [registration-years, ">=", {figure: registration-years-first}]]},
       {all: [{attested: recognised-before}, [registration-years, ">=", {figure: registration-years-again}]]}]}"""


def registration(by, vi, en):
    return [
        {
            "id": "registered",
            "name": Names(vi="Đã đăng ký với %s" % vi, en="Registered with the %s" % en),
            "rule": parse("{attested: registered-with-%s}" % by),
            "source": SOURCE,
        },
        {
            "id": "registration-years",
            "name": Names(
                vi="Thời gian đăng ký: 2 năm (lần đầu), 5 năm (công nhận lại)",
                en="Registered for two years the first time, five years again",
            ),
            "rule": parse(YEARS),
            "source": SOURCE,
            "note": "Wording ours, after the source.",
        },
    ]


def document(data, name, level, title, note, figures, preconditions):
    criteria = []
    for place, (vi, en) in enumerate(zip(data["criteria"], ENGLISH)):
        vi = vi[0].upper() + vi[1:]
        if place == 2:
            parts = vi[:-1].split(" (cấp huyện: ")
            vi = parts[0] if level == "ward" else parts[1][0].upper() + parts[1][1:]
            en = en if level == "ward" else "Urban environment"
        no = str(place + 1)
        criteria.append(
            {
                "id": no,
                "name": Names(vi=vi, en=en),
                "source": SOURCE,
                "indicators": [{"id": no + ".unread", "note": "rows exist that nobody has read"}],
            }
        )
    years = data["ward_town"]["registration_years"]
    return {
        "format": "ntm-set/1",
        "id": name,
        "title": title,
        "programme": "urban",
        "level": level,
        "tier": "standard",
        "place": "VN",
        "note": note,
        "instrument": {
            "number": "04/2022/QĐ-TTg",
            "issuer": "Thủ tướng Chính phủ",
            "signed": data["date"],
            "##": "in_force: not read",
            "source": SOURCE,
        },
        "figures": [
            ("registration-years-first", {"unit": "year", "value": Num(years["first"]), "source": SOURCE}),
            ("registration-years-again", {"unit": "year", "value": Num(years["again"]), "source": SOURCE}),
        ]
        + figures,
        "criteria": criteria,
        "preconditions": preconditions,
    }


NOTE = """\
All nine criteria must be met; there are no points. Their names were read, the rows of the annexes were not: their
verdict is open. The day on which the decision took effect was not read, so the set is not found by date. That TT
02/2013/TT-BVHTTDL was there before is known by its title only."""


def make(facts, sources):
    data = facts["companion-programmes"]["civilised_urban"]["QD04_2022"]
    ward = document(
        data,
        "ward-civilised-2022",
        "ward",
        Names(vi="Phường, thị trấn đạt chuẩn đô thị văn minh", en="Wards and townships recognised as civilised"),
        NOTE,
        [("satisfied-share", {"unit": "%", "value": Num(data["ward_town"]["satisfaction_min_pct"]), "source": SOURCE})],
        registration("district", "UBND cấp huyện", "district")
        + [
            {
                "id": "satisfaction",
                "name": Names(vi="Từ 90% người dân trở lên hài lòng", en="At least 90% satisfied"),
                "rule": parse('[satisfied-residents, ">=", {figure: satisfied-share}]'),
                "source": SOURCE,
            }
        ],
    )
    district = document(
        data,
        "district-civilised-2022",
        "district",
        Names(
            vi="Quận, thị xã, thành phố đạt chuẩn đô thị văn minh",
            en="Urban districts, towns and cities recognised as civilised",
        ),
        NOTE,
        [
            (
                "civilised-wards-share",
                {"unit": "%", "value": Num(data["district_town_city"]["wards_towns_recognised_pct"]), "source": SOURCE},
            )
        ],
        registration("province", "UBND cấp tỉnh", "province")
        + [
            {
                "id": "wards",
                "name": Names(
                    vi="100% phường, thị trấn được công nhận đạt chuẩn đô thị văn minh",
                    en="All wards and townships recognised as civilised",
                ),
                "rule": parse(
                    '[{share: children, level: ward, name: civilised-wards, where: {holds: ward-civilised-2022}}, '
                    '">=", {figure: civilised-wards-share}]'
                ),
                "source": SOURCE,
            },
            {
                "id": "communes",
                "name": Names(vi="100% số xã ...", en="All communes ..."),
                "#": "the source is cut here",
                "source": SOURCE,
            },
        ],
    )
    return [finish([one], sources, FACTS) for one in (ward, district)]
