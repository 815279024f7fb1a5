# SPDX-License-Identifier: Apache-2.0
"""What provinces made of the commune set of 2021-2025: Bình Phước, Đồng Nai."""

from .vocabulary import ratio
from .yaml_text import Names, Num, parse

SET = "commune-ntm-2021-2025"


def province(place, name, number_act, signed, start, note, figures, indicators, source, filled=()):
    return {
        "format": "ntm-overlay/1",
        "id": "%s.%s" % (SET, name),
        "of": SET,
        "standing": "cited",
        "title": place[1],
        "place": place[0],
        "rank": "province",
        "note": note,
        "instrument": {
            "number": number_act,
            "issuer": place[2],
            "signed": signed,
            **({"in_force": {"from": start}} if start else {}),
            "source": [source],
        },
        "figures": list(filled) + figures,
        "indicators": indicators,
    }


def binh_phuoc():
    source = ["binh-phuoc"]
    special = """\
For communes with special difficulties only, which use the column of the northern midlands and mountains; the figure
of the other communes is not printed."""
    rows = [
        ("2.1", "commune-roads-paved", "commune-roads", "commune-roads-share"),
        ("2.2", "village-roads-hardened", "village-roads", "village-roads-share"),
        ("2.3", "lanes-clean", "lanes", "lanes-share"),
        ("2.4", "field-roads-passable", "field-roads", "field-roads-share"),
    ]
    figures = [("commune-roads-share", {"unit": "%", "value": Num("100"), "source": source})] + [
        (name, {"unit": "%", "axes": ["region"], "source": source, "values": {"TDMNPB": Num(value)}, "note": special})
        for name, value in (("village-roads-share", "80"), ("lanes-share", "50"), ("field-roads-share", "70"))
    ]
    filled = [
        (
            "income",
            {
                "source": source,
                "values": {"TDMNPB": {"2022": Num("39")}, "DNB": {"2022": Num("59")}},
                "note": """\
2022: communes with special difficulties 39, the remaining ones 59. The text ends after '59': unit and further digits
were not read, and a figure below the national one would be unusual.""",
            },
        )
    ]
    return province(
        (
            "70",
            Names(
                vi="Bộ tiêu chí xã nông thôn mới tỉnh Bình Phước giai đoạn 2021-2025",
                en="Commune criteria of Bình Phước province, 2021-2025",
            ),
            "UBND tỉnh Bình Phước",
        ),
        "binh-phuoc",
        "1360/QĐ-UBND",
        "2022-07-28",
        None,
        """\
What a clumsy English page says, cut after about 1,500 characters; title ours. The numbers of the rows are matched by
what they say. The day on which the decision took effect was not read, so this is not laid by date.""",
        figures,
        [(code, {"rule": parse(ratio(part, whole, ">=", name)), "source": source}) for code, part, whole, name in rows],
        "binh-phuoc",
        filled,
    )


def dong_nai():
    source = ["dong-nai"]
    rows = [
        ("17.2", "businesses-environment", "businesses", "businesses-environment-share"),
        ("17.6", "solid-waste-treated", "solid-waste", "solid-waste-share"),
        ("17.7", "packaging-and-medical-waste-treated", "packaging-and-medical-waste", "packaging-waste-share"),
    ]
    figures = [
        (
            "standard-water-share",
            {"unit": "%", "axes": ["year"], "source": source, "values": {"2024": Num("84.5"), "2025": Num("85")}},
        ),
        (
            "piped-water-share",
            {"unit": "%", "axes": ["year"], "source": source, "values": {"2024": Num("40"), "2025": Num("45")}},
        ),
    ]
    figures += [(name, {"unit": "%", "value": Num("100"), "source": source}) for _, _, _, name in rows]
    water = "{all: [%s, %s]}" % (
        ratio("households-standard-water", "households", ">=", "standard-water-share"),
        ratio("households-piped-water", "households", ">=", "piped-water-share"),
    )
    return province(
        (
            "75",
            Names(
                vi="Bộ tiêu chí xã nông thôn mới tỉnh Đồng Nai đến năm 2025",
                en="Commune criteria of Đồng Nai province to 2025",
            ),
            "UBND tỉnh Đồng Nai",
        ),
        "dong-nai",
        None,
        None,
        None,
        """\
What the province's portal reports on 5 November 2024; title ours. The decision's number and days are not printed, so
this is not laid by date. The numbers of the rows are matched by what they say; the sentences on 17.2, 17.6 and 17.7
do not repeat that they speak of this tier.""",
        figures,
        [
            (
                "17.1",
                {
                    "rule": parse(water),
                    "source": source,
                    "note": "All sources, of which a centralised supply; both read as shares of all " "households.",
                },
            )
        ]
        + [
            (code, {"rule": parse(ratio(part, whole, ">=", name)), "source": source})
            for code, part, whole, name in rows
        ],
        "dong-nai",
    )
