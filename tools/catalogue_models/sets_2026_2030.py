# SPDX-License-Identifier: Apache-2.0
"""The sets of 2026-2030 (QĐ 51/2025/QĐ-TTg): communes, modern communes, provinces."""

from .ntm import Maker, finish
from .yaml_text import Names, Num, parse

GROUP_1 = """\
{any: [{attested: becoming-urban},
[agriculture-share, "<", {constant: 10, unit: "%"}], {attested: new-urban-area}]}"""
GROUP_3 = "{attested: area-ii-or-iii}"
GAP = """\
It is in force from 15 February 2026 (S16) and those of the period before end with 2025: the days from 1 January to 14
February 2026 are a gap that no set covers."""

COMMUNE = {
    "FACTS_ID": "commune-ntm-2026-2030",
    "SET": "commune-ntm-2026-2030",
    "LEVEL": "commune",
    "TIER": "standard",
    "TITLE_VI": "Bộ tiêu chí quốc gia về nông thôn mới giai đoạn 2026-2030",
    "TITLE_EN": "National criteria set for new rural communes, 2026-2030",
    "TITLE_ACT_EN": "Issuing the national criteria set for new rural development, 2026-2030",
    "IN_FORCE_TO": "2030-12-31",
    "NOTE": """\
Annex I of QĐ 51/2025/QĐ-TTg. The names of the 10 criteria were read (S40, S17, S40b); of 47 rows (S16, S17) none was.
The regions are gone: figures go by three groups of communes. The last day is taken from the period in the title. """
    + GAP,
    "RULES": {
        "1.1": ("{attested: commune-or-urban-plan}", {}),
        "1.2": ("{any: [{attested: architecture-rules}, {attested: architecture-rules-in-plan}]}", {}),
        "4.?": ('[{ratio: [labour-certified, labour-force]}, ">=", {figure: certified-share}]', {}),
    },
    "IDS": {"1.1": "1.plan", "1.2": "1.architecture", "4.?": "4.certified-labour"},
    "UNREAD": {str(no): "rows exist that nobody has read" for no in range(1, 11)},
    "OVERLAY_TITLE_VI": "Phần chưa kiểm chứng của Bộ tiêu chí xã nông thôn mới giai đoạn 2026-2030",
    "OVERLAY_TITLE_EN": "What a source of very low trust says of the commune set 2026-2030: not verified",
    "OVERLAY_NOTE": """\
NOT LAW. An unnamed public app (S19), which mixes plausible text with visibly invented rows and document numbers. It
numbers the first two 1.1 and 1.2; the number of the third is not known. The ids are ours.""",
}


def group_scope():
    cited = ["S17", "S46"]
    return [
        {
            "axis": "commune-group",
            "use": "1",
            "when": parse(GROUP_1),
            "source": cited,
            "note": """\
Beside an existing urban area and meant to become urban; or agriculture under 10% of the economy; or meant to be a new
urban area. Which group goes first where both hold was not read: here this one.""",
        },
        {
            "axis": "commune-group",
            "use": "3",
            "when": parse(GROUP_3),
            "source": cited,
            "note": "As classified by the competent authority.",
        },
        {
            "axis": "commune-group",
            "use": "2",
            "when": parse("{not: {any: [%s,\n%s]}}" % (GROUP_1, GROUP_3)),
            "source": cited,
            "note": "Neither group 1 nor group 3.",
        },
    ]


def move_rows(base, overlay):
    """Out of the set, into the overlay: that these rows exist was read nowhere but in the app."""
    filled, added = dict(overlay.pop("indicators")), {}
    for criterion in base["criteria"]:
        for row in [r for r in criterion["indicators"] if r["id"] in filled]:
            criterion["indicators"].remove(row)
            body = {"id": row["id"], **filled[row["id"]], "note": "very low: S19"}
            added.setdefault(criterion["id"], []).append(body)
    overlay["adds"] = {"indicators": added}


def make_commune(facts, sources):
    maker = Maker(facts, sources, COMMUNE)
    groups = {
        "1": Names(vi="Nhóm 1", en="Group 1: becoming urban"),
        "2": Names(vi="Nhóm 2", en="Group 2: the others"),
        "3": Names(vi="Nhóm 3", en="Group 3: area II and III communes"),
    }
    base = maker.base(
        axes={"commune-group": {"name": Names(vi="Nhóm xã", en="Group of communes"), "values": groups}},
        scope=group_scope(),
        figures=None,
        follows={
            "set": "commune-ntm-2021-2025",
            "note": """\
Paired by us, by what the criteria are called. Most criteria here gather several of before; only those with one main
counterpart are listed, and no row is: none was read.""",
            "criteria": {"1": "1", "3": "13", "6": "11", "8": "17", "10": "19"},
        },
    )
    row = next(r for c in maker.compiled["criteria"] for r in c["indicators"] if r["code"] == "4.?")
    cells = {k: Num(v) for k, v in row["thresholds"]["by_commune_group"].items()}
    overlay = maker.overlay(
        new_figures=[
            ("certified-share", {"unit": "%", "axes": ["commune-group"], "values": cells, "note": "very low: S19"})
        ]
    )
    move_rows(base, overlay)
    return finish([base, overlay], sources)


def bare(facts, sources, facts_id, name, level, tier, vi, en, note, follows=None):
    """A set of which only the title was read."""
    model = {
        "FACTS_ID": facts_id,
        "SET": name,
        "LEVEL": level,
        "TIER": tier,
        "TITLE_VI": vi,
        "TITLE_EN": en,
        "TITLE_ACT": "Ban hành Bộ tiêu chí quốc gia về nông thôn mới giai đoạn 2026-2030",
        "TITLE_ACT_EN": COMMUNE["TITLE_ACT_EN"],
        "IN_FORCE_TO": "2030-12-31",
        "NOTE": note,
        "RULES": {},
    }
    maker = Maker(facts, sources, model)
    base = maker.base(
        follows=follows,
        criteria=[
            {
                "id": "unread",
                "#": "not read",
                "indicators": [{"id": "unread", "note": "what the annex asks for was not read"}],
            }
        ]
    )
    return finish([base], sources)


def make(facts, sources):
    return [
        make_commune(facts, sources),
        bare(
            facts,
            sources,
            "commune-hiendai-2026-2030",
            "commune-modern-2026-2030",
            "commune",
            "modern",
            "Quy định khung thí điểm xây dựng xã nông thôn mới hiện đại giai đoạn 2026-2030",
            "Pilot framework for modern new rural communes, 2026-2030",
            """\
Annex II of QĐ 51/2025/QĐ-TTg, of which only the title was read (S15). It is the only tier above the standard one:
there is no set of advanced or model communes for 2026-2030. The last day is taken from the period in the title. """
            + GAP,
        ),
        bare(
            facts,
            sources,
            "province-2026-2030",
            "province-ntm-2026-2030",
            "province",
            "completed-task",
            "Quy định tỉnh, thành phố hoàn thành nhiệm vụ xây dựng nông thôn mới giai đoạn 2026-2030",
            "Provinces and cities that have completed the task of new rural development, 2026-2030",
            """\
Annex III of QĐ 51/2025/QĐ-TTg, of which only the title was read (S15). The press says that it is tighter than that of
2021-2025 (S18); there are no districts any more, so communes are counted straight into provinces. The last day is
taken from the period in the title. """ + GAP,
            {"set": "province-ntm-2021-2025", "note": "No row was read, so none is paired."},
        ),
    ]
