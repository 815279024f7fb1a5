# SPDX-License-Identifier: Apache-2.0
"""OCOP: the 26 product types of 1048/781 (QĐ 1048/QĐ-TTg), and what is known of QĐ 148/QĐ-TTg."""

import re

from .ntm import finish
from .yaml_text import Names, Num, parse

SOURCE, BANDS, WEIGHTS = ["g_ocop"], ["ocop_bands"], ["ocop1048_th"]
# Product type -> word of the id, English name.
TYPES = {
    1: ("tea", "Tea, fresh or processed"),
    2: ("rice-cereal-products", "Products of rice and cereals"),
    3: ("vegetable-fruit-products", "Products of vegetables, roots, fruit and nuts"),
    4: ("meat-egg-milk-products", "Products of meat, eggs and milk"),
    5: ("seafood-products", "Products of fish and seafood"),
    6: ("coffee-cocoa", "Coffee, cocoa"),
    7: ("other-tea-products", "Other products of tea"),
    8: ("tourism-service", "Community tourism and tourist sites"),
    9: ("other-spices", "Other spices"),
    10: ("rice-cereals", "Rice, cereals"),
    11: ("honey", "Honey, products of honey, other honeys"),
    12: ("cosmetics", "Cosmetics"),
    13: ("textiles", "Textiles and clothing"),
    14: ("drinking-water", "Natural mineral water, purified drinking water"),
    15: ("fresh-vegetables-fruit", "Fresh vegetables, roots, fruit and nuts"),
    16: ("white-spirit", "White spirit"),
    17: ("other-herbal-products", "Other herbal products"),
    18: ("fresh-meat-egg-milk", "Fresh meat, eggs and milk"),
    19: ("household-crafts", "Handicrafts for the household"),
    20: ("decorative-crafts", "Handicrafts, decoration"),
    21: ("functional-food-medicine", "Functional food, herbal and traditional medicine"),
    22: ("medical-equipment", "Medical equipment and tools"),
    23: ("sauces", "Sauces, fish sauce, liquid seasoning"),
    24: ("other-alcoholic-drinks", "Other alcoholic drinks"),
    25: ("soft-drinks", "Drinks without alcohol"),
    26: ("fast-food", "Fast food"),
}
PARTS = {
    "A": ("Sản phẩm và sức mạnh của cộng đồng", "Product and community strength"),
    "B": ("Khả năng tiếp thị", "Marketing capability"),
    "C": ("Chất lượng sản phẩm", "Product quality"),
}
STORY = "5.1"
SLIPS = {"VỊ"}  # words that the app writes in capitals in the middle of small letters
# What rejects a product or stops its scoring, as the app prints it beside a question. The facts have one word for all
# stops ("food-safety certificate"), and leave some out.
FOOD_SAFETY = (
    "food-safety-certificate-invalid",
    "Giấy chứng nhận đủ điều kiện an toàn thực phẩm (hoặc tương đương) không phù hợp theo quy định",
    "Food-safety certificate invalid: scoring stops",
)
FOREIGN_MATTER = (
    "hazardous-foreign-matter",
    "Có tạp chất có nguy cơ mất an toàn thực phẩm",
    "Foreign matter that endangers food safety: scoring stops",
)
PERMIT = (
    "production-certificate-invalid",
    "Giấy chứng nhận đủ điều kiện sản xuất không có hoặc không phù hợp theo quy định",
    "No valid certificate of the conditions of production: scoring stops",
)
RIGHTS = (
    "rights-infringed",
    "Sản phẩm vi phạm sở hữu trí tuệ",
    "The product infringes intellectual property: it is rejected",
)
# Product type -> number of the question -> the fact. Food safety is what stops at the other questions of the facts.
STOPS = {
    **{t: {no: FOREIGN_MATTER} for t, no in ((1, "6.1.1"), (6, "6.1.1"))},
    **{t: {"6.1": FOREIGN_MATTER} for t in (2, 4, 5, 7, 9, 16, 18, 23, 24, 25, 26)},
    12: {
        "6": (
            "cosmetics-declaration-missing",
            "Không có Phiếu công bố sản phẩm mỹ phẩm theo quy định",
            "No declaration of the cosmetic product: scoring stops",
        ),
        "12": PERMIT,
    },
    17: {
        "6": (
            "standard-declaration-missing",
            "Không có hồ sơ công bố tiêu chuẩn sản phẩm theo quy định",
            "No file that declares the product's standard: scoring stops",
        ),
        "12": PERMIT,
    },
    21: {"12": PERMIT},
    22: {
        "6": (
            "standard-receipt-missing",
            "Không có Phiếu tiếp nhận hồ sơ công bố tiêu chuẩn áp dụng theo quy định",
            "No receipt for the file that declares the standard: scoring stops",
        ),
        "12": PERMIT,
    },
    **{t: {"6.2": RIGHTS} for t in (13, 19, 20)},
}
# Questions of which no points stop the scoring: the one of the facts, and those before it that its words include.
NO_POINTS = {3: {"6.1": ["6.1"]}, 14: {"6.4": ["6.1", "6.2", "6.3", "6.4"]}}


def recognition():
    def entry(vi, en, classes, start, end, source):
        return {"by": Names(vi=vi, en=en), "classes": classes, "from": start, "to": end, "source": [source]}

    province = ("UBND cấp tỉnh", "Provincial People's Committee")
    return [
        entry(*province, ["3", "4"], "2019-08-21", "2022-09-30", "ocop_1322"),
        entry("Trung ương", "Central level", ["5"], "2019-08-21", "2022-09-30", "ocop_1322"),
        "The change is dated by its month, October 2022, only: no entry covers that month.",
        entry("UBND cấp huyện", "District People's Committee", ["3"], "2022-11-01", "2025-07-05", "ocop_1322"),
        entry(*province, ["4"], "2022-11-01", "2025-07-05", "ocop_1322"),
        entry("Trung ương", "Central level", ["5"], "2022-11-01", "2025-07-05", "ocop_1322"),
        "After the district level was abolished; told of the programme, whose act was QĐ 148/QĐ-TTg by then. That three "
        "and four stars both are the province's is how its lead reads.",
        entry(*province, ["3", "4"], "2025-07-06", None, "ocop_1489"),
        entry("Bộ", "The ministry", ["5"], "2025-07-06", None, "ocop_1489"),
    ]


GRADE_COMMENT = """\
The act prints integers (to 30, 30-49, 50-69, 70-89, 90-100) and applies them to a mean, which may lie between: 69.2
or 89.5 fall in no printed band. That the lower bound decides is our policy: 89.5 is four stars."""


def bands():
    rows = [("1", "[0, 30)"), ("2", "[30, 50)"), ("3", "[50, 70)"), ("4", "[70, 90)"), ("5", "[90, 100]")]
    return [
        {"class": star, "range": where, "name": Names(vi="%s sao" % star, en="%s star%s" % (star, "s"[: star != "1"]))}
        for star, where in rows
    ]


def sentence(title):
    """A title as the source has it, without its number, and not in capitals."""
    title = re.sub(r"^\d+(\.\d+)*\.?\s*", "", title).strip()
    if title == title.upper():
        title = title[0] + title[1:].lower().replace("attp", "ATTP")
    return title


def steps(ladder):
    """Names of a ladder's levels: their points, and for a step whose points stand twice a letter."""
    names = []
    for points in ladder:
        name, letter = str(points), ord("a")
        while name in names:
            letter += 1
            name = str(points) + chr(letter)
        names.append(name)
    return names


def climb(fact, ladder, *conditions):
    """Points of the steps of a ladder, under conditions."""
    result = []
    for name, points in zip(steps(ladder), ladder):
        if points == 0:
            continue
        step = {"at_level": [name, fact]}
        when = {"all": [parse(c) for c in conditions] + [step]} if conditions else step
        result.append({"when": when, "give": Num(points)})
    return result


class Type:
    """One product type in the making."""

    def __init__(self, data):
        self.data, self.facts, self.values, self.knock_outs = data, [], [], []
        self.has_alternatives, self.twice = False, []

    def level(self, fact, vi, ladder):
        self.facts.append(
            (
                fact,
                vi,
                None,
                "level",
                None,
                "levels: [%s], merge: reassess" % ", ".join('"%s"' % name for name in steps(ladder)),
            )
        )

    def flag(self, fact, vi, en):
        if fact not in [f[0] for f in self.facts if not isinstance(f, str)]:
            self.facts.append((fact, vi, en, "flag", None, "merge: reassess"))

    def criterion(self, no, criterion, section_title):
        vi = sentence(criterion["t"]) if criterion["t"] else section_title
        if criterion.get("under"):
            first, rest = vi[0], vi[1:]
            if vi.split()[0] in SLIPS:
                first, rest = vi.split()[0], vi[len(vi.split()[0]) :]
            vi = "%s: %s" % (sentence(criterion["under"]), first.lower() + rest)
        fact, ladder = "level-" + no, criterion["ladder"]
        self.level(fact, vi, ladder)
        story = ['{at_level: ["%s", level-%s]}' % (self.story_step, STORY)] if "cond" in criterion else []
        points = {"points": climb(fact, ladder, *story)}
        for other in criterion.get("alt_ladders", []):
            self.has_alternatives = True
            second = "second-ladder-" + no
            self.flag(second, vi + ": áp dụng thang điểm thứ hai", "The second ladder of %s applies" % no)
            self.level(fact + "-second", vi + " (thang điểm thứ hai)", other)
            first = climb(fact, ladder, "{not: {attested: %s}}" % second, *story)
            other = climb(fact + "-second", other, "{attested: %s}" % second, *story)
            points = {"maximum": [{"points": first}, {"points": other}]}  # one of them is 0
        self.values.append(
            {
                "id": no,
                "name": Names(vi=vi),
                "unit": "point",
                "most": Num(criterion["max"]),
                "source": SOURCE,
                "of": points,
            }
        )
        if "knockout" in criterion:
            self.flag(
                "raw-material-rejected",
                "Nguyên liệu nhập khẩu toàn bộ hoặc không truy xuất được nguồn gốc",
                "Raw material all imported or untraceable: the product is rejected",
            )
            self.knock_outs.append("{attested: raw-material-rejected}")
        self.stops(no, criterion)

    def stops(self, no, criterion):
        """What the app prints beside a question: that the product is rejected, or not scored any further."""
        told = criterion.get("stop", "").startswith("invalid")
        nothing = NO_POINTS.get(self.data["id"], {}).get(no)
        stop = STOPS.get(self.data["id"], {}).get(no, FOOD_SAFETY if told and not nothing else None)
        if stop:
            self.flag(*stop)
            self.knock_outs.append("{attested: %s}" % stop[0])
        for other in nothing or []:
            ladder = next(c["ladder"] for s in self.data["sections"] for c in s["criteria"]
                          if (c["t"] or "").startswith(other + "."))
            lowest = next(name for name, points in zip(steps(ladder), ladder) if points > 0)
            self.knock_outs.append('{not: {at_level: ["%s", level-%s]}}' % (lowest, other))

    def section(self, section):
        no = re.match(r"\d+", section["t"]).group()
        title = sentence(section["t"])
        self.facts.append("%s %s" % (no, title))
        self.values.append("%s %s" % (no, title))
        ids = []
        for criterion in section["criteria"]:
            own = re.match(r"\d+(\.\d+)*", criterion["t"]).group() if criterion["t"] else no
            while own in ids:  # a number that the source gives twice
                own += "b"
                self.twice.append(own)
            self.criterion(own, criterion, title)
            ids.append(own)
        total = {"sum": [{"value": i} for i in ids]} if len(ids) > 1 else {"value": ids[0]}
        name = "%s.%s" % (section["part"], no)
        self.values.append(
            {
                "id": name,
                "name": Names(vi=title),
                "unit": "point",
                "most": Num(section["max"]),
                "source": SOURCE,
                "of": total,
            }
        )
        return name

    def make(self, weights):
        story = next(
            (c for s in self.data["sections"] for c in s["criteria"] if (c["t"] or "").startswith(STORY)), None
        )
        if story:  # the lowest step above none
            self.story_step = next(name for name, p in zip(steps(story["ladder"]), story["ladder"]) if p > 0)
        parts = {"A": [], "B": [], "C": []}
        for section in self.data["sections"]:
            parts[section["part"]].append(self.section(section))
        self.values.append("Parts and total")
        for part, ids in parts.items():
            vi, en = PARTS[part]
            given = self.data["part_max"][part]
            note = None
            if given != weights[part]:
                note = "The sections as published come to %s only; the act gives the part %s." % (given, weights[part])
            self.values.append(
                {
                    "id": part,
                    "name": Names(vi=vi, en=en),
                    "unit": "point",
                    "most": Num(weights[part]),
                    "source": WEIGHTS,
                    "of": {"sum": [{"value": i} for i in ids]},
                    "note": note,
                }
            )
        self.values.append(
            {
                "id": "total",
                "name": Names(vi="Tổng điểm", en="Total"),
                "unit": "point",
                "most": Num(100),
                "source": BANDS,
                "of": parse("{sum: [{value: A}, {value: B}, {value: C}]}"),
            }
        )


LEVELS = (
    "Levels are named by their points; what they mean is in the app, not here. No criterion is met or not: the grade "
    "goes by the total, or by the mean of the totals of the council's members (ocop_bands)."
)
NOTE = (
    """\
%s: one of 26 product types of a scoring app of May 2022 (g_ocop). That it follows QĐ 1048/QĐ-TTg as amended by QĐ
781/QĐ-TTg is inferred, from the types it has. """
    + LEVELS.replace("%", "%%")
    + """ Days in force were not read, so the set is not found by date; QĐ 148/QĐ-TTg of 24 February 2023 replaced it
(ocop148_tvpl)."""
)
ALTERNATIVES = """ Where a criterion has two ladders, one of them applies: which, a fact says (3.2: 'one of two cases', the
first by the senior managers, the second by the director or head of household; whom each is for is not printed)."""
STORIES = """ 5.2 and 5.3 'apply only when there is a story': read as 5.1 above its lowest step, which is 'no story, or none
that is documented'; the step of 1 point is 'a text that introduces the product', so that 2 could be meant."""
STOPPED = """ Where the app rejects the product or ends its scoring, it has no class here."""
NOT_ADDING_UP = """ The published maxima of part C add up to 38, to 98 in all; the act has 40 and 100. Kept as
published."""
TWICE = """ The app lists criteria twice (%s); read once each, by title."""


def instrument():
    return {
        "number": "1048/QĐ-TTg",
        "issuer": "Thủ tướng Chính phủ",
        "signed": "2019-08-21",
        "##": "in_force: not read",
        "source": WEIGHTS,
    }


def head(name, vi, en, note):
    return {
        "format": "ntm-set/1",
        "id": name,
        "title": Names(vi=vi, en=en),
        "programme": "ocop",
        "level": "product",
        "tier": "standard",
        "place": "VN",
        "note": note,
    }


VALIDITY = {"months": Num(36), "source": ["ocop_36"]}


def product(data, weights):
    word, en = TYPES[data["id"]]
    note = NOTE % data["name_vi"]
    document = head("ocop-%s-2019" % word, "Bộ tiêu chí OCOP: " + data["name_vi"], "OCOP criteria: " + en, note)
    document.update(instrument=instrument(), validity=VALIDITY)
    if not data["sections"]:
        note = " ".join(note.split())
        document["note"] = note.replace(LEVELS, "The app holds no rows of this type: nothing was read.")
        document["criteria"] = [
            {
                "id": "unread",
                "#": "not read",
                "indicators": [{"id": "unread", "note": "the app holds no rows of this type"}],
            }
        ]
        return document, []
    document["recognition"] = recognition()
    made = Type(data)
    made.make(weights)
    if made.has_alternatives:
        document["note"] += ALTERNATIVES
    if any("cond" in c for s in data["sections"] for c in s["criteria"]):
        document["note"] += STORIES
    if made.knock_outs:
        document["note"] += STOPPED
    if data["total_max"] != 100:
        document["note"] += NOT_ADDING_UP
    if "twice" in data.get("note", ""):
        document["note"] += TWICE % re.search(r"\d+", data["note"]).group()
    if made.twice:
        document["note"] += " A number stands twice in the app: the second row is %s here." % ", ".join(made.twice)
    document["values"] = made.values
    out = list(dict.fromkeys(made.knock_outs))
    document["grade"] = {"of": parse("{value: total}"), "source": BANDS}
    if out:
        document["grade"]["knock_out"] = parse("{any: [%s]}" % ", ".join(out) if len(out) > 1 else out[0])
    document["grade"]["bands"] = bands()
    document["grade_comment"] = GRADE_COMMENT
    return document, made.facts


def fragment(data):
    source = ["ocop148_bt"]
    v = data["v"]
    document = head(
        "ocop-rice-grain-2023",
        "Bộ tiêu chí OCOP: " + v["set"],
        "OCOP criteria: rice, cereals, other pre-processed seeds",
        """\
What a provincial page tells of one of the sets of QĐ 148/QĐ-TTg: two criteria of part A (40 points, of which its
first section 18). Parts B and C have 25 and 35 (ocop148_tvpl); nothing of them was read, so there is no total and no
grade here. A dossier that is forged, or does not respect food safety, self-declaration or labelling, is rejected: it
stands as a precondition. That there are five star bands was read, their numbers under this act only by implication.
The day on which the decision took effect was not read, so the set is not found by date.""",
    )
    facts = [
        (
            "grown-in-province-share",
            "Tỷ lệ nguyên liệu trồng trong tỉnh",
            "Raw material grown in the province",
            "share",
            '"%"',
            "merge: reassess",
        ),
        (
            "grown-in-commune-share",
            "Tỷ lệ nguyên liệu trồng trong xã",
            "Raw material grown in the commune",
            "share",
            '"%"',
            "merge: reassess",
        ),
        ("level-A.1b", "Gia tăng giá trị", "Added value", "level", None, 'levels: ["1", "2", "3"], merge: reassess'),
        ("dossier-forged", "Hồ sơ giả mạo", "The dossier is forged", "flag", None, "merge: reassess"),
        (
            "safety-and-labels-respected",
            "Tuân thủ quy định về chứng nhận an toàn thực phẩm, tự công bố, ghi nhãn",
            "Food-safety certificate, self-declaration and labelling rules respected",
            "flag",
            None,
            "merge: reassess",
        ),
    ]
    document.update(
        instrument={
            "number": "148/QĐ-TTg",
            "issuer": "Thủ tướng Chính phủ",
            "signed": "2023-02-24",
            "##": "in_force: not read",
            "source": ["ocop148_tvpl"],
        },
        validity=VALIDITY,
        figures=[
            ("province-share", {"unit": "%", "value": Num(100), "source": source}),
            ("commune-share-middle", {"unit": "%", "value": Num(50), "source": source}),
            ("commune-share-high", {"unit": "%", "value": Num(75), "source": source}),
        ],
        values=[
            {
                "id": "A.1a",
                "name": Names(vi="Nguồn nguyên liệu", en="Origin of the raw material"),
                "unit": "point",
                "most": Num(v["A1a_origin"]["max"]),
                "source": source,
                "of": parse("""\
{points: [{when: [grown-in-commune-share, "<", {figure: commune-share-middle}], give: 1},
          {when: [grown-in-commune-share, ">=", {figure: commune-share-middle}], give: 3},
          {when: [grown-in-commune-share, ">=", {figure: commune-share-high}], give: 5}]}"""),
            },
            {
                "id": "A.1b",
                "name": Names(vi="Gia tăng giá trị", en="Added value"),
                "unit": "point",
                "most": Num(v["A1b_value_added"]["max"]),
                "source": source,
                "of": {"points": climb("level-A.1b", v["A1b_value_added"]["ladder"])},
            },
        ],
        criteria=[
            {
                "id": "unread",
                "#": "not read",
                "indicators": [{"id": "unread", "note": "the rest of the set was not read"}],
            }
        ],
        preconditions=[
            {
                "id": "grown-in-province",
                "name": Names(vi="100% nguyên liệu trồng trong tỉnh", en="All raw material grown in the province"),
                "rule": parse('[grown-in-province-share, ">=", {figure: province-share}]'),
                "source": source,
                "note": "Printed as the condition of A.1a: read as one of the whole.",
            },
            {
                "id": "dossier",
                "name": Names(
                    vi="Hồ sơ không giả mạo, tuân thủ quy định", en="The dossier is not forged and respects the rules"
                ),
                "rule": parse("{all: [{not: {attested: dossier-forged}}, {attested: safety-and-labels-respected}]}"),
                "source": source,
            },
        ],
    )
    return document, facts


def make(facts, sources):
    ocop = facts["companion-programmes"]["ocop"]
    weights = ocop["part_weights"][0]
    families = []
    for data in ocop["sets_1048_781"]["sets"]:
        document, dictionary = product(data, weights)
        families.append(finish([document], sources, dictionary or [("none", "", "", "flag", None, "")]))
    document, dictionary = fragment(ocop["set_148_fragment"])
    families.append(finish([document], sources, dictionary))
    return families
