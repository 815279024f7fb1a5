# SPDX-License-Identifier: Apache-2.0
"""Compares the catalogue's sets, as check-catalogue.py reads them, with the facts that they were made from.

Of every set: the figures that are `seen` in the facts are the figures that its rules use, no more and no less, each at
its row and in its column. Of a cited overlay the same, against the facts that its act or province has. Of an
unverified one: each figure is recalled or doubted there, and none is seen.
"""
import json
import os
import re
from collections import Counter
from decimal import Decimal

FILES = ["criteria-sets.json", "criteria-figures-more.json", "companion-programmes.json"]

# Our id of a set -> that of the facts.
SETS = {
    "commune-ntm-2010-2020": "commune-ntm-2010-2020", "commune-ntm-2016-2020": "commune-ntm-2016-2020",
    "commune-ntm-2021-2025": "commune-ntm-2021-2025", "commune-advanced-2021-2025": "commune-nangcao-2021-2025",
    "commune-model-2018-2020": "commune-kieumau-2018-2020", "commune-model-2021-2025": "commune-kieumau-2021-2025",
    "district-ntm-2016-2020": "district-ntm-2016-2020", "district-ntm-2021-2025": "district-ntm-2021-2025",
    "town-ntm-2021-2025": "towncity-2021-2025", "district-advanced-2021-2025": "district-nangcao-2021-2025",
    "province-ntm-2021-2025": "province-2021-2025", "commune-ntm-2026-2030": "commune-ntm-2026-2030",
    "commune-modern-2026-2030": "commune-hiendai-2026-2030", "province-ntm-2026-2030": "province-2026-2030",
}
# Codes of the facts that have another id here.
ROWS = {
    "commune-model-2018-2020": {"1.thu_nhap": "1.income", "1.ho_ngheo": "1.poor", "2.mau_giao": "2.kindergarten",
                                "2.tram_y_te": "2.health-station", "2.quan_ly_suc_khoe": "2.health-management",
                                "2.bhyt": "2.insurance"},
    "commune-ntm-2026-2030": {"1.1": "1.plan", "1.2": "1.architecture", "4.?": "4.certified-labour"},
    "commune-ntm-2010-2020": {"15.?": "15.insurance"},
}
# Names that are printed otherwise than the facts give them; said in a note there.
AS_PRINTED = {("commune-model-2018-2020", "4")}


def decimal(value):
    try:
        return Decimal(str(value)).normalize() + 0
    except ArithmeticError:
        return None


def is_seen(provenance):
    return (provenance or {}).get("status") == "seen" and "caution" not in provenance


def sources_of(provenance):
    return set((provenance or {}).get("src", []))


def figures_in(rule):
    if isinstance(rule, dict):
        for key, value in rule.items():
            if key == "figure":
                yield value
            else:
                yield from figures_in(value)
    elif isinstance(rule, list):
        for item in rule:
            yield from figures_in(item)


def sign_in(rule):
    return rule[1] if isinstance(rule, list) and len(rule) == 3 and isinstance(rule[1], str) else None


# ------------------------------------------------------------------------------------------------ what a file has


def cells_of(checker, name):
    """(keys, value) of every number that a figure of this file has; ("general",) is the national one."""
    own = checker.data.get("figures", {}).get(name)
    if own is None:
        return
    axes = checker.figures[name].get("axes", [])
    for keys, value, _ in checker.cells({**own, "axes": axes}, name):
        yield tuple(keys), decimal(value)
    if "general" in own:
        yield ("general",), decimal(own["general"])


def rules_of(checker):
    """(where, rule) of every rule of a file: where is the id of a row, or the name of a section."""
    data = checker.data
    if not checker.is_overlay:
        for criterion in data.get("criteria", []):
            yield criterion["id"], criterion.get("rule")
            for row in criterion.get("indicators", []):
                yield row["id"], row.get("rule")
    else:
        for part in (data, data.get("replaces", {})):
            for what in ("criteria", "indicators"):
                for name, row in part.get(what, {}).items():
                    yield name, row.get("rule")
        added = data.get("adds", {})
        for row in added.get("criteria", []) + [r for rows in added.get("indicators", {}).values() for r in rows]:
            yield row["id"], row.get("rule")
    conditions = data.get("preconditions", [])
    for row in conditions.values() if isinstance(conditions, dict) else conditions:
        yield "conditions", row.get("rule")
    yield "revocation", data.get("revocation")
    for value in data.get("values", []):
        yield "value " + value["id"], value["of"]


def numbers_of(checker, base=None):
    """Counter of (where, keys, value): every number of the file, at every row whose rule uses it."""
    users = {}
    for one in (base, checker):
        for where, rule in rules_of(one) if one else ():
            for name in figures_in(rule):
                users.setdefault(name, set()).add(where)
    result = Counter()
    for name in checker.data.get("figures", {}):
        for keys, value in cells_of(checker, name):
            for where in users.get(name, {"nowhere"}):
                result[where, keys, value] += 1
    return result


# ------------------------------------------------------------------------------------------------ what the facts have


def row_numbers(row, wanted):
    """(keys, value, sources) of a row's numbers whose provenance is as wanted."""
    if "doubt" in row and wanted is is_seen:
        return
    tables = [(row["thresholds"], row["provenance"])]
    if "sub" in row:
        tables.append((row["sub"], row["sub"].get("provenance", {})))
    for numbers, provenance in tables:
        regions = numbers.get("by_region") or {}
        general, by_region = provenance.get("national"), provenance.get("by_region")
        value = numbers.get("national")
        same = len(regions) == 7 and set(regions.values()) == {value} and wanted(general) and wanted(by_region)
        if isinstance(value, (int, float)) and wanted(general):
            one = not regions and not numbers.get("regional")
            yield ("general",) if not (one or same) else (), decimal(value), sources_of(general)
        for region, cell in regions.items():
            if isinstance(cell, (int, float)) and wanted(by_region) and not same:
                yield (region,), decimal(cell), sources_of(by_region)


def named_in(value):
    """Every source that a part of the facts names."""
    if isinstance(value, dict):
        yield from value.get("src", [])
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from named_in(item)


def more_of(facts, name):
    return [entry for entry in facts["criteria-figures-more"] if entry["set_id"] == SETS[name]]


def expected_more(facts, name, place=None, amended=None):
    """Numbers of criteria-figures-more.json that belong into the set, an amendment or a province's overlay."""
    result = Counter()
    for entry in more_of(facts, name):
        axis, use = entry["axis"], entry["use"]
        right = use.startswith("provincial") and axis.get("place") == place if place else \
            use.startswith("catalogue") and (entry.get("version_from") is not None) == bool(amended)
        value = decimal(entry["value"])
        if not right or value is None:
            continue
        region, year = axis.get("region"), axis.get("year")
        if amended and region == "national" and year:
            continue  # told in the note: a national figure of a year decides nothing
        row = ROWS.get(name, {}).get(entry["indicator_code"], entry["indicator_code"])
        regions = [region] if region and region != "national" else []
        if place == "Bình Phước" and axis.get("group"):
            regions = ["TDMNPB" if "special" in axis["group"] else "DNB"]
        if row == "15.insurance":
            regions = ["general"]
        if place == "Nam Định":
            row = "income-nam-dinh"
        few = axis.get("commune_school_count")
        keys = tuple(regions) + ((str(year),) if year else ())
        for _ in ("few", "many") if row == "5" and "level 1" in axis.get("sub_measure", "") and not few else ("once",):
            result[row, keys, value] += 1
    return result


class Comparison:
    def __init__(self, facts, checker, overlays):
        self.facts, self.checker, self.overlays = facts, checker, overlays
        self.name = checker.data["id"]
        self.complain = checker.complain

    def same(self, checker, there, here, what):
        for key, count in (there - here).items():
            checker.complain(None, "%s: %s is in the facts and not here (%d)" % (what, shown(key), count))
        for key, count in (here - there).items():
            checker.complain(None, "%s: %s is here and not in the facts (%d)" % (what, shown(key), count))

    def addresses(self, checker):
        for name, body in checker.data.get("sources", {}).items():
            known = self.facts["criteria-sets"]["sources"].get(name, {}).get("url") or \
                self.facts["companion-programmes"]["sources"].get(name, {}).get("ref")
            urls = {entry["source_url"] for entry in self.facts["criteria-figures-more"]}
            if known != body["where"] and not (known is None and body["where"] in urls):
                checker.complain(name, "source %s has another address in the facts" % name)


def shown(key):
    where, keys, value = key
    return "%s%s = %s" % (where, "".join(" " + k for k in keys), value)


class NtmComparison(Comparison):
    """A set of criteria-sets.json."""

    def run(self):
        self.compiled = next(s for s in self.facts["criteria-sets"]["sets"] if s["id"] == SETS[self.name])
        self.addresses(self.checker)
        self.instrument()
        if self.name != "commune-model-2021-2025":
            self.names()
        self.same(self.checker, self.expected(), self.here(self.checker), "figures")
        self.delegated()
        for one in [self.checker] + [o for o in self.overlays if o.data["standing"] == "cited"]:
            self.sources(one)
        for overlay in self.overlays:
            self.addresses(overlay)
            self.overlay(overlay)

    def id_of(self, code):
        return ROWS.get(self.name, {}).get(code, code)

    def rows(self):
        for criterion in self.compiled["criteria"]:
            for row in criterion["indicators"]:
                yield row

    def here(self, checker):
        base = self.checker if checker.is_overlay else None
        numbers = numbers_of(checker, base)
        for key in [k for k in numbers if k[0] == "5" and k[1] == () and self.name == "commune-ntm-2021-2025"]:
            del numbers[key]  # three schools: a condition of the text, not a threshold
        return Counter({(w, k, v): n for (w, k, v), n in numbers.items()})

    def instrument(self):
        there, here = self.compiled["instrument"], self.checker.data["instrument"]
        for ours, theirs in (("number", "number"), ("signed", "date"), ("issuer", "issuer")):
            if here.get(ours) != there[theirs]:
                self.complain(here.get(ours), "instrument: %s is %s in the facts" % (ours, there[theirs]))
        start = here.get("in_force", {}).get("from")
        seen = is_seen(there["provenance"]["effective_from"])
        if start != (there["effective_from"] if seen else None):
            self.complain(start, "instrument: its first day is %s here, %s (%s) in the facts" % (
                start, there["effective_from"], there["provenance"]["effective_from"]["status"]))

    def names(self):
        ours = {c["id"]: c for c in self.checker.data["criteria"]}
        rows = {i["id"]: i for c in ours.values() for i in c.get("indicators", [])}
        for criterion in self.compiled["criteria"]:
            self.name_of(ours.get(str(criterion["no"])), str(criterion["no"]), criterion["name_vi"],
                         criterion["provenance"])
        for row in self.rows():
            title = row["provenance"].get("title")
            if "caution" in (title or {}) and self.id_of(row["code"]) in self.rows_of_overlays():
                continue  # that there is such a row was read nowhere else
            here = rows.pop(self.id_of(row["code"]), None)
            self.name_of(here, row["code"], row["title_vi"], title)
            if here is not None and here.get("rule") is not None:
                self.rule_of(here, row)
        for name, row in rows.items():
            if "name" in row or "rule" in row:
                self.complain(name, "row %s is not in the facts" % name)

    def rows_of_overlays(self):
        added = [o.data.get("adds", {}).get("indicators", {}) for o in self.overlays if o.data["standing"] != "cited"]
        return {row["id"] for part in added for rows in part.values() for row in rows}

    def name_of(self, here, code, vi, provenance):
        if here is None:
            self.complain(None, "%s is in the facts and not here" % code)
            return
        name = here.get("name", {})
        more = {e["indicator_code"] for e in more_of(self.facts, self.name)}
        if bool(name) != is_seen(provenance) and code not in more and (self.name, code) != (
                "commune-ntm-2021-2025", "13.1"):
            self.complain(here["id"], "%s: its name is %s" % (code, (provenance or {}).get("status")))
        english = "in English" in (provenance or {}).get("note", "")
        if "vi" in name and (name["vi"] != vi or english) and (self.name, code) not in AS_PRINTED:
            self.complain(here["id"], "%s: its Vietnamese name is another, or was not read" % code)

    def rule_of(self, here, row):
        sign = sign_in(here["rule"])
        if sign and {"==": "="}.get(row["operator"], row["operator"]) not in (sign, "dat"):
            self.complain(here["id"], "%s: sign %s, facts %s" % (row["code"], sign, row["operator"]))
        known = any(is_seen(p) for k, p in row["provenance"].items() if k != "title")
        more = {e["indicator_code"] for e in more_of(self.facts, self.name) if e["use"].startswith("catalogue")}
        absent = all("value" not in f and "values" not in f and "general" not in f for f in (
            self.checker.figures[name] for name in figures_in(here["rule"])))
        if not known and row["code"] not in more and not (absent and list(figures_in(here["rule"]))):
            self.complain(here["id"], "%s: a rule, and nothing of its row is seen" % row["code"])
        allowed = set().union(*(sources_of(p) for p in row["provenance"].values()), sources_of(
            row.get("parts_provenance")))
        if known and not set(here.get("source", [])) <= allowed:
            self.complain(here["id"], "%s: a source that the facts do not name" % row["code"])

    def expected(self):
        result = expected_more(self.facts, self.name)
        for row in self.rows():
            year = (("2020",) if self.name == "commune-ntm-2016-2020" and row["code"] == "10" else ())
            for keys, value, _ in row_numbers(row, is_seen):
                if keys == () and row["rule_kind"] == "numeric_by_region" and not row["thresholds"].get("by_region"):
                    keys = ("general",)
                result[self.id_of(row["code"]), keys + (year if keys != ("general",) else ()), value] += 1
        if self.name == "district-ntm-2021-2025":  # the parts of 2.1 are printed as words
            result["2.1", (), Decimal(100)] += 3
        for count, key in self.conditions():
            result[key] += count
        for value in self.revocation():
            result["revocation", (), value] += 1
        # A place where nothing is met without a figure: k of an open list is written into the rule.
        if self.name == "commune-model-2021-2025":
            del result["4", (), Decimal(1)]
        return result

    def conditions(self):
        as_rows = self.name in ("province-ntm-2021-2025", "town-ntm-2021-2025")
        for condition in self.compiled.get("conditions", []):
            if not is_seen(condition["provenance"]) or "value" not in condition:
                continue
            where = str(condition["no"]) if as_rows else "conditions"
            yield 1, (where, (), decimal(condition["value"]))
            if "nested_min" in condition:
                yield 1, (where, (), decimal(condition["nested_min"]))
        if self.name == "district-ntm-2016-2020":  # "100% of communes NTM", words of QĐ 2540
            yield 1, ("conditions", (), Decimal(100))

    def revocation(self):
        level = {"commune-ntm-2021-2025": "commune", "commune-advanced-2021-2025": "commune",
                 "district-ntm-2021-2025": "district", "district-advanced-2021-2025": "district"}.get(self.name)
        for entry in self.facts["criteria-sets"]["revocation"]:
            if entry["level"] != level or not is_seen(entry["provenance"]):
                continue
            for way in entry["any_of"]:
                if way["rule_kind"] == "fail_share_band_with_member":
                    yield decimal(way["fail_share_min"])
                elif way["rule_kind"] == "fail_share":
                    yield decimal(way["fail_share_min"])
                else:
                    yield decimal(way["share_min"])

    def delegated(self):
        there = Counter(self.id_of(row["code"]) for row in self.rows()
                        if is_seen(row["provenance"].get("delegated_to")) and row["thresholds"]["national"] is None)
        here = Counter(where for where, rule in rules_of(self.checker) for name in figures_in(rule)
                       if "delegated_to" in self.checker.figures[name])
        if there != here:
            self.complain(None, "delegated to the province: %s here, %s in the facts" % (sorted(here), sorted(there)))

    def sources(self, checker):
        """A figure names sources that the facts have at the rows that use it."""
        known = self.facts["criteria-sets"]
        rows = {self.id_of(row["code"]): row for row in self.rows()}
        beside = [self.compiled.get("conditions", [])] + [known[k] for k in ("recognition", "revocation", "rollup")]
        urls = {entry["source_url"] for entry in more_of(self.facts, self.name)}
        more = {name for one in (self.checker, checker) for name, body in one.data.get("sources", {}).items()
                if body["where"] in urls}
        for where, rule in rules_of(checker):
            allowed = set(named_in(rows.get(where, beside))) | more
            if where == "10" and self.name.startswith(("commune-advanced", "commune-model")):
                allowed |= {"S3b", "S3c"}  # that there is an income figure is told by the model communes' act
            for name in figures_in(rule):
                figure = checker.data.get("figures", {}).get(name, {})
                cited = set(figure.get("source", [])).union(*(own for _, _, own in checker.cells(
                    {**figure, "axes": checker.figures[name].get("axes", [])}, name)))
                if not cited <= allowed:
                    checker.complain(name, "%s: the facts do not name %s for it" % (name, sorted(cited - allowed)))

    # ---- overlays

    def overlay(self, overlay):
        kind = overlay.data["id"][len(self.name) + 1:]
        here = self.here(overlay)
        places = {"binh-phuoc": "Bình Phước", "dong-nai": "Đồng Nai", "nam-dinh": "Nam Định"}
        if kind in places:
            self.same(overlay, expected_more(self.facts, self.name, place=places[kind]), here, kind)
        elif kind == "amended-2013":
            there = expected_more(self.facts, self.name, amended=True)
            row = next(r for r in self.rows() if r["code"] == "10")
            for year, table in row["versions"][1]["year_region"].items():
                for region, value in table["by_region"].items():
                    if value is not None:
                        there["10", (region, year), decimal(value)] = 1
            self.same(overlay, there, here, kind)
        elif kind == "interim-2016":
            amended = next(o for o in self.overlays if o.data["id"].endswith("amended-2013"))
            ends = {k: n for k, n in self.here(amended).items() if k[1][-1:] in (("2015",), ("2020",))}
            self.same(overlay, Counter(ends), here, kind)
        elif kind in ("amended-2024", "ha-tinh"):
            self.same(overlay, Counter(), here, kind)
        else:
            self.unverified(overlay, here)

    def unverified(self, overlay, here):
        allowed = self.recalled()
        seen = self.expected()
        for key in here:
            if key in seen:
                overlay.complain(None, "%s is seen, so it belongs into the set" % shown(key))
            if key not in allowed:
                overlay.complain(None, "%s is not what the facts recall" % shown(key))

    def recalled(self):
        """Every number that is recalled, doubted, or rests on a source of very low trust, where a row may have it."""
        result = set()

        def weak(provenance):
            return bool(provenance) and not is_seen(provenance) and provenance["status"] != "unknown"
        for row in self.rows():
            name = self.id_of(row["code"])
            for keys, value, _ in row_numbers(row, weak):
                result |= {(name, keys, value), (name, (), value), (name, ("general",), value)}
            for group, value in (row["thresholds"].get("by_commune_group") or {}).items():
                result.add((name, (group,), decimal(value)))
            for year, table in (row["thresholds"].get("by_year_region") or {}).items():
                result |= {(name, (region, year), decimal(value)) for region, value in table["by_region"].items()
                           if value is not None}
            if "doubt" in row and isinstance(row["thresholds"]["national"], (int, float)):
                result.add((name, ("TDMNPB",), decimal(row["thresholds"]["national"])))
            if "sub" in row and not row["sub"].get("provenance"):
                result |= {(name, (r,), decimal(v)) for r, v in row["sub"]["by_region"].items()}
        for entry in more_of(self.facts, self.name):
            if entry["use"].startswith("opt-in") and entry["axis"].get("region"):
                result.add((self.id_of(entry["indicator_code"]), (entry["axis"]["region"],), decimal(entry["value"])))
        survey = self.facts["criteria-sets"]["recognition"]
        tier = {"commune-ntm-2021-2025": "ntm", "commune-advanced-2021-2025": "nang_cao",
                "commune-model-2021-2025": "kieu_mau"}.get(self.name)
        if tier:
            rule = survey[1]["survey"]["commune"][tier]
            result |= {("conditions", (), decimal(rule["value"])), ("conditions", (), decimal(rule["nested"]))}
        if self.name == "commune-ntm-2016-2020":
            result.add(("conditions", (), Decimal(80)))
        for condition in self.compiled.get("conditions", []):
            if condition["provenance"]["status"] == "recalled" and "value" in condition:
                result.add(("conditions", (), decimal(condition["value"])))
        return result


# ------------------------------------------------------------------------------------------------ the other programmes


class OcopComparison(Comparison):
    """A product type: ladders, maxima, weights of the parts, bands."""

    def run(self):
        ocop = self.facts["companion-programmes"]["ocop"]
        self.addresses(self.checker)
        self.bands(ocop)
        if self.checker.data.get("validity", {}).get("months") != str(ocop["validity_months"]["v"]):
            self.complain(None, "another validity than in the facts")
        title = self.checker.data["title"]["vi"].split(": ", 1)[-1]
        data = next((s for s in ocop["sets_1048_781"]["sets"] if s["name_vi"] == title), None)
        if data is None:
            if self.name != "ocop-rice-grain-2023":
                self.complain(None, "no product type of the facts has this title")
            return
        values = {v["id"]: v for v in self.checker.data.get("values", [])}
        ladders = [f["levels"] for n, f in self.checker.facts.items() if f["kind"] == "level"]
        there, most = [], []
        for section in data["sections"]:
            for criterion in section["criteria"]:
                there += [criterion["ladder"]] + criterion.get("alt_ladders", [])
                most.append(criterion["max"])
            most.append(section["max"])
        if [[re.sub(r"[a-z]$", "", level) for level in ladder] for ladder in ladders] != [
                [str(p) for p in ladder] for ladder in there]:
            self.complain(None, "the ladders are not those of the facts")
        here = [int(v["most"]) for n, v in values.items() if n not in ("A", "B", "C", "total")]
        if here != most:
            self.complain(None, "the maxima are not those of the facts: %s, %s" % (here, most))
        for part in ("A", "B", "C"):
            if data["sections"] and int(values[part]["most"]) != ocop["part_weights"][0][part]:
                self.complain(part, "part %s has another weight" % part)
        self.steps(data, values)

    def steps(self, data, values):
        """Each step of a ladder gives its points, and none is left out."""
        for name, value in values.items():
            if name in ("A", "B", "C", "total") or name[0] in "ABC":
                continue
            ladders = [fact["levels"] for fact_name, fact in self.checker.facts.items()
                       if fact_name in ("level-" + name, "level-%s-second" % name)]
            points = [step for part in value["of"].get("maximum", [value["of"]]) for step in part["points"]]
            if len(points) != sum(level != "0" for ladder in ladders for level in ladder):
                self.complain(name, "%s: a step of its ladder gives nothing" % name)
            for step in points:
                told = re.findall(r"'at_level': \['(\d+)[a-z]?', 'level-%s(?:-second)?'\]" % re.escape(name),
                                  repr(step["when"]).replace("Text(", ""))
                if step["give"] not in told:
                    self.complain(name, "%s: a step gives %s points" % (name, step["give"]))

    def bands(self, ocop):
        printed = {str(star): low for star, low, *_ in ocop["star_bands"]["printed"]}
        for band in self.checker.data.get("grade", {}).get("bands", []):
            low = re.match(r"\[(\d+)", band["range"]).group(1)
            if str(printed[band["class"]] or 0) != low:
                self.complain(band["class"], "band %s begins elsewhere in the facts" % band["class"])


class PlainComparison(Comparison):
    """A set of a few figures: all its numbers, wherever they are used."""

    def run(self):
        self.addresses(self.checker)
        here = Counter((keys, value) for name in self.checker.data.get("figures", {})
                       for keys, value in cells_of(self.checker, name))
        there = Counter((keys, decimal(value)) for keys, value in self.expected())
        if here != there:
            self.complain(None, "figures: %s here, %s in the facts" % (dict(here - there), dict(there - here)))

    def expected(self):
        poverty = self.facts["companion-programmes"]["poverty"]
        if self.name.startswith("household-poverty"):
            standard = {"2016": poverty["standards"][0], "2022": poverty["standards"][1],
                        "2027": poverty["standards"][3]}[self.name.split("-")[2]]
            for area, lines in standard["income_k_vnd_month"].items():
                for value in lines.values():
                    yield (area,), value
            yield (), re.search(r"dep>=(\d+)", standard["rule"]["poor"]).group(1)
            if "2022" in self.name:
                sheet = poverty["scoring_sheet_tt07_2021"]
                yield ("rural",), sheet["rural_B1_line"]
                yield ("urban",), sheet["urban_B1_line"]
                yield (), re.search(r"B2>=(\d+)", sheet["rule"]["poor"]).group(1)
        elif self.name == "person-income-support-ha-tinh":
            for area, value in poverty["ha_tinh_income_support"][0]["v"]["target_vnd_month"].items():
                yield (area,), value
        elif self.name.endswith("civilised-2022"):
            data = self.facts["companion-programmes"]["civilised_urban"]["QD04_2022"]
            one = data["ward_town" if self.name.startswith("ward") else "district_town_city"]
            yield from (((), v) for v in one["registration_years"].values())
            yield (), one.get("satisfaction_min_pct") or one["wards_towns_recognised_pct"]
        elif self.name == "residential-area-model-ha-tinh":
            data = self.facts["companion-programmes"]["ha_tinh_sets"]["khu_dan_cu_kieu_mau"]
            yield (), data["known_threshold"]["green_fence_pct_min"]
            if [c["name"]["vi"].lower() for c in self.checker.data["criteria"]] != data["criteria"]:
                self.complain(None, "the names are not those of the facts")
        elif self.name == "garden-model-ha-tinh":
            for row in self.facts["companion-programmes"]["ha_tinh_sets"]["vuon_mau"]["criteria"]:
                yield from (((), value) for value in re.findall(r">=\s*(\d+)", row.get("req", "")))
        else:
            self.complain(None, "nobody has said how to compare %s with the facts" % self.name)


def compare(sets, overlays, folder):
    facts = {}
    for name in FILES:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            facts[name[:-len(".json")]] = json.load(file)
    for name, checker in sets.items():
        kind = NtmComparison if name in SETS else OcopComparison if name.startswith("ocop-") else PlainComparison
        kind(facts, checker, overlays.get(name, [])).run()
    for name in SETS:
        if name not in sets:
            print("no set %s" % name)
