# SPDX-License-Identifier: Apache-2.0
"""What the facts say, how far it can be relied on, and where it was read."""

import re

from .yaml_text import Num

# Sources of single figures (criteria-figures-more.json), by address: short names are ours.
MORE_SOURCES = {
    "https://chatluongvacuocsong.vn/ban-hanh-bo-chi-tieu-giao-duc-trong-xay-dung-nong-thon-moi-d95868.html": (
        "qd1491",
        "press: the education ministry's decision 1491/QĐ-BGDĐT of 6 June 2022, which publishes the figures "
        "of the education indicators of QĐ 318 (trust: press)",
    ),
    "http://baclieunews.com/news/Trong-nuoc/Sua-doi-5-tieu-chi-ve-nong-thon-moi-20210/": (
        "qd342-bl",
        "press: QĐ 342/QĐ-TTg, five amended criteria; the stored copy is dated 2016 (trust: press)",
    ),
    "https://nghean.gov.vn/chinh-sach-thuc-hien-nong-thon-moi-52684/sua-doi-05-tieu-chi-cua-bo-tieu-chi-quoc-gia-ve-"
    "nong-thon-moi-410877": ("qd342-na", "portal of Nghệ An: QĐ 342/QĐ-TTg (trust: government)"),
    "https://sldtbxh.binhphuoc.gov.vn/en/news/news/the-criteria-for-new-rural-communes-in-binh-phuoc-province-shall-"
    "range-from-2021-2025-207.html": (
        "binh-phuoc",
        "department of Bình Phước, English page, clumsy and cut after about 1,500 characters: QĐ "
        "1360/QĐ-UBND of 28 July 2022 (trust: government)",
    ),
    "https://dongnai.gov.vn/pages/newsdetail.aspx?CatId=128&NewsId=48418": (
        "dong-nai",
        "portal of Đồng Nai, 5 November 2024: its commune set to 2025; the decision's number is not "
        "printed (trust: government)",
    ),
    "http://baonamdinh.vn/channel/5083/202208/ubnd-tinh-ban-hanh-quyet-dinh-ve-tieu-chi-xa-nong-thon-moi-kieu-mau-"
    "2552387/": (
        "nam-dinh",
        "press: decision 23 of 8 August 2022 of the People's Committee of Nam Định (trust: press)",
    ),
    "http://118.69.201.250:801/phap-luat/tim-tu-van?loc=right_news&page=291&q=Th%E1%BB%B1c+h%C3%A0nh+kh%C3%A1m+ch%E1"
    "%BB%AFa+b%E1%BB%87nh": (
        "mirror",
        "search page of a mirrored legal portal; names neither the act nor the period (trust: low)",
    ),
    "https://maylocnuocsaigon.com/faqs.html": (
        "water-faq",
        "questions and answers of a private company; names neither the act nor the period (trust: low)",
    ),
}

# What the sources of companion-programmes.json are.
COMPANION_WHAT = {
    "g_ocop": "SQL dump of a Bến Tre OCOP scoring app of May 2022: 26 product types, questions, points (facts only)",
    "ocop1048_th": "provincial OCOP page of Thanh Hóa: the acts 490 and 1048, weights of the parts (trust: government)",
    "ocop1048_bm": "press: QĐ 1048/QĐ-TTg, the six product groups (trust: press)",
    "ocop_bands": "two advisers' pages and the OCOP page of Quảng Nam: the star bands (trust: low to government)",
    "ocop148_tvpl": "legal portal notice: QĐ 148/QĐ-TTg replaces 1048 and 781; weights of the parts (trust: legal "
    "portal)",
    "ocop148_bt": "OCOP page of Bến Tre: the set of rice, cereals and other pre-processed seeds (trust: government)",
    "ocop_1322": "press: from October 2022 the district rates and certifies three stars (trust: press)",
    "ocop_1489": "infographic: procedure after the district level was abolished, 6 July 2025 (trust: press)",
    "ocop_36": "press of Hà Tĩnh and the OCOP page of Quảng Nam: certificates last 36 months (trust: press)",
    "p59_vn": "press: QĐ 59/2015/QĐ-TTg, lines, services, indicators (trust: press)",
    "p07": "press and legal portal: NĐ 07/2021/NĐ-CP, lines and classes (trust: press, legal portal)",
    "p07_note": "public note on the 12 indicators of NĐ 07/2021, indicators 1 to 9 (trust: low)",
    "p_b1b2": "public code of a poor-household project in Đắk Nông: the sheets B1 and B2 (trust: low)",
    "p2027": "press: the standard of 2027-2030; the standard of 2022-2025 is kept through 2026 (trust: press)",
    "p2027_draft": "press: DRAFT decree with the indicators of missing basic services (trust: press)",
    "ht151": "portal of a commune of Hà Tĩnh: NQ 151/2019/NQ-HĐND (trust: government)",
    "dtvm": "department of Thanh Hóa, portal of Hải Phòng, legal portal: QĐ 04/2022/QĐ-TTg (trust: government)",
    "kdc2014": "district and provincial pages of Hà Tĩnh, press: provisional criteria of August 2014 (trust: "
    "government)",
    "tc20": "a page on the 20th criterion; press of the Fatherland Front on Hà Tĩnh's model (trust: press)",
    "vuonmau": "questions and answers on the portal of Tân Hương commune (Đức Thọ, Hà Tĩnh); the text is cut "
    "(trust: government)",
}


class Statement:
    """Something the facts say, and how far it can be relied on."""

    def __init__(self, provenance):
        provenance = provenance or {"status": "unknown"}
        doubtful = "caution" in provenance  # a source of very low trust is no source
        self.seen = provenance["status"] == "seen" and not doubtful
        self.recalled = provenance["status"] == "recalled" or doubtful
        self.sources = list(provenance.get("src", [])) if self.seen else []
        self.confidence = "very low" if doubtful else provenance.get("confidence")


def merged(*lists):
    """Source ids of several statements, in order, each once."""
    return list(dict.fromkeys(source for sources in lists for source in sources))


class Sources:
    """Every source that a set may name, and which of them it does."""

    def __init__(self, facts):
        self.known = {}
        for name, source in facts["criteria-sets"]["sources"].items():
            self.known[name] = (source["url"], "%s (trust: %s)" % (source["what"], source["trust"]))
        for url, (name, what) in MORE_SOURCES.items():
            self.known[name] = (url, what)
        for name, source in facts["companion-programmes"]["sources"].items():
            self.known[name] = (source["ref"], COMPANION_WHAT.get(name) or source.get("what"))

    def of(self, document):
        """The sources that a document cites or names in a note, ready to be written."""
        cited = set()

        def walk(value, key=None):
            if isinstance(value, dict):
                for k, v in value.items():
                    walk(v, k)
            elif isinstance(value, (list, tuple)):
                for v in value:
                    walk(v, key)
            elif isinstance(value, str) and key == "source":
                cited.add(value)
            elif isinstance(value, str) and key in ("note", "##", "#", "revocation_comment"):
                cited.update(
                    s
                    for s in re.findall(r"[\w.-]*\w", value)
                    if s in self.known and (re.search(r"[\d_-]", s) or s == "mirror")
                )

        walk(document)
        order = sorted(
            cited, key=lambda s: (0, int(re.sub(r"\D", "", s)), s) if re.fullmatch(r"S\d+[a-c]?", s) else (1, 0, s)
        )
        result = {}
        for name in order:
            where, what = self.known[name]
            result[name] = {"where": where, "what": what}
        return result


def number(value):
    """A figure as the facts print it."""
    return Num(int(value) if isinstance(value, float) and value == int(value) else value)
