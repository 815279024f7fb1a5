# SPDX-License-Identifier: Apache-2.0
"""Hà Tĩnh's own: model residential areas, model gardens, and the income support of NQ 151/2019."""

from . import garden_model_ha_tinh as garden
from .ntm import finish
from .yaml_text import Names, Num, parse

FENCE = ("green-fence-share", "Tỷ lệ hàng rào xanh", "Share of the fence that is green", "share", '"%"', "")
RESIDENTIAL_EN = [
    "Houses and outbuildings",
    "Household gardens and livestock",
    "Fences",
    "Roads",
    "The village's culture house and sports ground",
    "Electricity",
    "Culture, education, health",
    "Environmental hygiene",
    "Political system, security and order",
    "Observance of the law and of village conventions",
]
SUPPORT_FACTS = [
    (
        "in-class-of-support",
        "Thuộc đối tượng được hỗ trợ theo nghị quyết",
        "In a class that the resolution names",
        "flag",
        None,
        "",
    ),
    (
        "monthly-benefits",
        "Trợ cấp xã hội hàng tháng đang hưởng",
        "Monthly social benefits received",
        "money",
        "đồng/người/tháng",
        "least: 0",
    ),
]


def residential(facts):
    data = facts["companion-programmes"]["ha_tinh_sets"]["khu_dan_cu_kieu_mau"]
    source = ["kdc2014"]
    criteria = []
    for place, (vi, en) in enumerate(zip(data["criteria"], RESIDENTIAL_EN)):
        no = str(place + 1)
        rows = [{"id": no + ".unread", "note": "rows exist that nobody has read"}]
        if vi == "hàng rào":
            rows = [
                {
                    "id": "3.green-fence",
                    "name": Names(vi="Hàng rào xanh", en="Green fence"),
                    "rule": parse('[green-fence-share, ">=", {figure: green-fence-share-least}]'),
                    "source": source,
                    "note": "Of what the 70% is a share was not read. Wording ours.",
                },
                {"id": "3.unread", "note": "further rows exist that nobody has read"},
            ]
        criteria.append(
            {"id": no, "name": Names(vi=vi[0].upper() + vi[1:], en=en), "source": source, "indicators": rows}
        )
    return {
        "format": "ntm-set/1",
        "id": "residential-area-model-ha-tinh",
        "title": Names(
            vi="Tiêu chí khu dân cư nông thôn mới kiểu mẫu tỉnh Hà Tĩnh",
            en="Criteria for model residential areas, Hà Tĩnh province",
        ),
        "programme": "ntm",
        "level": "residential-area",
        "tier": "model",
        "place": "42",
        "note": """\
The provisional set of August 2014, by its ten names and one figure; title ours. The act's number and days were not
read, so the set is not found by date. Later editions are known by title only.""",
        "instrument": {
            "issuer": "Tỉnh Hà Tĩnh",
            "##": "number, day of signature and issuing body: not read",
            "source": source,
        },
        "figures": [
            (
                "green-fence-share-least",
                {"unit": "%", "value": Num(data["known_threshold"]["green_fence_pct_min"]), "source": source},
            )
        ],
        "criteria": criteria,
        "preconditions": [
            {
                "id": "village-criteria",
                "#": "which of them apply to a village was not read",
                "name": Names(
                    vi="Đạt các tiêu chí nông thôn mới áp dụng ở cấp thôn",
                    en="The 19 criteria of new rural development that apply to a village are met",
                ),
                "source": source,
            }
        ],
    }


def support(facts):
    data = facts["companion-programmes"]["poverty"]["ha_tinh_income_support"][0]["v"]
    source = ["ht151"]
    target = data["target_vnd_month"]
    return {
        "format": "ntm-set/1",
        "id": "person-income-support-ha-tinh",
        "title": Names(
            vi="Hỗ trợ thu nhập hàng tháng cho thành viên hộ nghèo tỉnh Hà Tĩnh",
            en="Monthly income support for members of poor households, Hà Tĩnh province",
        ),
        "programme": "poverty",
        "level": "person",
        "tier": "standard",
        "place": "42",
        "note": """\
NQ 151/2019/NQ-HĐND tops up to a target that includes current monthly social benefits: it pays what is missing, and
nothing above. Title ours. Who is entitled was read in part: members of poor households with a person of merit (60 and
older, severely disabled, with a listed disease, without a pension ...) and lonely elderly people of poor households;
the list is not modelled, whether one is in it is attested, and who is not gets nothing. Until when it is in force was
not read.""",
        "instrument": {
            "number": "151/2019/NQ-HĐND",
            "issuer": "HĐND tỉnh Hà Tĩnh",
            "signed": data["date"],
            "in_force": {"from": data["from"]},
            "source": source,
        },
        "axes": {
            "area": {
                "name": Names(vi="Khu vực", en="Area"),
                "values": {"rural": Names(vi="Nông thôn", en="Rural"), "urban": Names(vi="Thành thị", en="Urban")},
            }
        },
        "figures": [
            (
                "support-target",
                {
                    "unit": "đồng/người/tháng",
                    "axes": ["area"],
                    "source": source,
                    "values": {k: Num(v) for k, v in target.items()},
                },
            )
        ],
        "values": [
            {
                "id": "support",
                "name": Names(vi="Mức hỗ trợ hàng tháng", en="Support a month"),
                "unit": "đồng/người/tháng",
                "least": Num("0"),
                "source": source,
                "of": parse(
                    "{product: [{ratio: [{points: [{when: {attested: in-class-of-support}, give: 1}]},\n"
                    "{constant: 1, unit: point}]},\n"
                    "{maximum: [{constant: 0, unit: đồng/người/tháng},\n"
                    "{difference: [{figure: support-target}, monthly-benefits]}]}]}"
                ),
            }
        ],
        "criteria": [
            {
                "id": "1",
                "name": Names(vi="Thuộc đối tượng được hỗ trợ", en="In a class that is supported"),
                "source": source,
                "rule": parse("{attested: in-class-of-support}"),
            }
        ],
    }


def gardens(facts):
    data = facts["companion-programmes"]["ha_tinh_sets"]["vuon_mau"]
    source = [garden.SOURCE]
    criteria = []
    for (no, en, rows), there in zip(garden.CRITERIA, data["criteria"]):
        seen = there.get("prov", data["prov"]).startswith("seen")
        indicators = []
        for code, vi, title_en, rule, note in rows:
            indicators.append(
                {
                    "id": code,
                    "#": None if vi else "not read",
                    "name": Names(vi=vi, en=title_en) if vi else None,
                    "rule": parse(rule) if rule else None,
                    "source": source if vi else None,
                    "note": note,
                }
            )
        criteria.append(
            {
                "id": no,
                "#": None if seen else "name not read",
                "name": Names(vi=there["t"][0].upper() + there["t"][1:], en=en) if seen else None,
                "source": source if seen else None,
                "indicators": indicators,
            }
        )
    base = {
        "format": "ntm-set/1",
        "id": garden.SET,
        "title": Names(vi=garden.TITLE_VI, en=garden.TITLE_EN),
        "programme": "ntm",
        "level": "garden",
        "tier": "model",
        "place": "42",
        "note": garden.NOTE,
        "instrument": {"issuer": garden.ISSUER, "#": "number, dates and issuing body were not read", "source": source},
        "figures": [
            (name, {"unit": unit.strip('"'), "value": Num(value), "source": source})
            for name, unit, value in garden.FIGURES
        ],
        "criteria": criteria,
    }
    overlay = {
        "format": "ntm-overlay/1",
        "id": garden.SET + ".recalled.unverified",
        "of": garden.SET,
        "standing": "unverified",
        "title": Names(vi=garden.OVERLAY_TITLE_VI, en=garden.OVERLAY_TITLE_EN),
        "note": garden.OVERLAY_NOTE,
        "criteria": [
            (no, {"name": Names(vi=vi, en=en), "note": note}) for no, (vi, en, note) in garden.OVERLAY_CRITERIA.items()
        ],
    }
    return base, overlay


def make(facts, sources):
    return [
        finish(list(gardens(facts)), sources, garden.FACTS),
        finish([residential(facts)], sources, [FENCE]),
        finish([support(facts)], sources, SUPPORT_FACTS),
    ]
