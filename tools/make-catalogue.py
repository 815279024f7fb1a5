#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the first version of a criteria set's YAML, and of its overlay, from facts compiled with their provenance.

    tools/make-catalogue.py FACTS_FOLDER [--out catalogue] [--set ID ...]

The YAML under catalogue/ is the truth once it is made: it is read, reviewed and mended by hand. This script made its
first version and says how: what the facts mark as `seen` goes into the set with its sources, everything else into an
overlay named `.recalled.unverified`, and what is null stays absent. Run it again only for a set that is new, or
compare its output with what is there.

To add a set: write a module in catalogue_models/ (fact dictionary, rules, notes) and name it in SETS below.
tools/check-catalogue.py checks the result against format and facts.
"""
import argparse
import json
import os
import re
import sys
import textwrap

from catalogue_models import commune_ntm_2016_2020, garden_model_ha_tinh

WIDTH = 118


# ------------------------------------------------------------------------------------------------ YAML text

def text(value, flow=False):
    """A scalar, quoted only where YAML needs it."""
    value = str(value)
    plain = value and value == value.strip() and not re.search(r":( |$)| #|[\n\"]", value)
    plain = plain and value[0] not in "-?:,[]{}#&*!|>'\"%@`"
    plain = plain and not re.fullmatch(r"[-+.\d]+|true|false|null|yes|no|~", value, re.I)
    if flow:
        plain = plain and not re.search(r"[,\[\]{}]", value)
    return value if plain else '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def names(vi, en):
    return "{%s}" % ", ".join("%s: %s" % (k, text(v, flow=True)) for k, v in (("vi", vi), ("en", en)) if v)


class Writer:
    """Lines of YAML in block style; a map goes on one line where it fits."""

    def __init__(self):
        self.lines = []

    def line(self, indent, content=""):
        self.lines.append((" " * indent + content).rstrip())

    def blank(self):
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def comment(self, indent, content):
        for part in textwrap.wrap(content, WIDTH - indent - 2, break_on_hyphens=False):
            self.line(indent, "# " + part)

    def folded(self, indent, key, content):
        """`key: text`, folded over lines where it is long."""
        content = " ".join(content.split())
        if len(key) + 2 + indent + len(text(content)) <= WIDTH:
            self.line(indent, "%s: %s" % (key, text(content)))
            return
        self.line(indent, key + ": >-")
        for part in textwrap.wrap(content, WIDTH - indent - 2, break_on_hyphens=False, break_long_words=False):
            self.line(indent + 2, part)

    def names(self, indent, vi, en, key="name"):
        short = "%s: %s" % (key, names(vi, en))
        if indent + len(short) <= WIDTH:
            self.line(indent, short)
            return
        self.line(indent, key + ":")
        for k, v in (("vi", vi), ("en", en)):
            if v:
                self.line(indent + 2, "%s: %s" % (k, text(v)))

    def rule(self, indent, rule):
        """A rule is given as flow text; its line breaks are kept."""
        first, *rest = rule.split("\n")
        if indent + len("rule: " + first) > WIDTH:
            raise ValueError("too long: " + first)
        self.line(indent, "rule: " + first)
        for part in rest:
            self.line(indent + len("rule: {all: [") if rest else indent, part)

    def sources(self, indent, sources):
        if sources:
            self.line(indent, "source: [%s]" % ", ".join(sources))

    def facts(self, entries):
        """The fact dictionary; a str is a comment over what follows."""
        self.line(0, "facts:")
        for entry in entries:
            if isinstance(entry, str):
                self.comment(2, entry)
                continue
            fact, vi, en, kind, unit, rest = entry
            tail = "kind: %s" % kind + (", unit: %s" % unit if unit else "") + (", " + rest if rest else "")
            short = "%s: {name: %s, %s}" % (fact, names(vi, en), tail)
            if 2 + len(short) <= WIDTH:
                self.line(2, short)
                continue
            self.line(2, fact + ":")
            self.names(4, vi, en)
            for part in tail.split(", "):
                self.line(4, part)

    def save(self, path):
        content = "\n".join(self.lines).rstrip("\n") + "\n"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)


# ------------------------------------------------------------------------------------------------ provenance

class Statement:
    """Something the facts say, and how far it can be relied on."""

    def __init__(self, provenance):
        provenance = provenance or {"status": "unknown"}
        self.seen = provenance["status"] == "seen"
        self.recalled = provenance["status"] == "recalled"
        self.sources = list(provenance.get("src", [])) if self.seen else []
        self.confidence = provenance.get("confidence")


def merged(*lists):
    """Source ids of several statements, in order, each once."""
    return list(dict.fromkeys(source for sources in lists for source in sources))


class Figure:
    """One threshold, divided into what goes into the set and what into the overlay."""

    def __init__(self, name, row, provenance, delegated, unit, year, regional):
        self.name, self.unit, self.year = name, unit, year
        self.delegated = delegated
        self.general = row["national"] if not isinstance(row["national"], str) else None
        self.cells = row.get("by_region")
        self.national = Statement(provenance.get("national"))
        self.by_region = Statement(provenance.get("by_region"))
        self.by_delegation = Statement(provenance.get("delegated_to"))
        self.axes = (["region"] if self.cells or regional else []) + (["year"] if year else [])
        self.one_value = self.cells and set(self.cells.values()) == {self.general} and \
            self.national.seen == self.by_region.seen
        if self.one_value:
            self.axes = [axis for axis in self.axes if axis != "region"]

    @property
    def in_set(self):
        return self.national.seen or self.by_region.seen or bool(self.delegated and self.by_delegation.seen)

    @property
    def sources(self):
        if self.delegated:
            return self.by_delegation.sources
        if "region" not in self.axes or not self.by_region.seen:
            return self.national.sources
        if self.national.seen and not set(self.national.sources) & set(self.by_region.sources):
            raise ValueError("%s: no source has both general figure and regions" % self.name)
        return self.by_region.sources

    def cell(self, region):
        value = self.cells[region]
        return '{"%s": %s}' % (self.year, value) if self.year else str(value)

    def write_cells(self, writer, indent):
        if self.year:
            writer.line(indent, "values:")
            for region in self.cells:
                writer.line(indent + 2, "%s: %s" % (region, self.cell(region)))
        else:
            writer.line(indent, "values: {%s}" % ", ".join("%s: %s" % (r, self.cell(r)) for r in self.cells))

    def write_whole(self, writer, overlay):
        """The figure with all it has (set: what is seen; overlay: what is recalled)."""
        head = ["unit: %s" % text(self.unit)]
        if self.delegated:
            head.append("delegated_to: %s" % text(self.delegated, flow=True))
        elif not self.axes:
            head.append("value: %s" % self.general)
        else:
            head.append("axes: [%s]" % ", ".join(self.axes))
            head.append("general: %s" % self.general)
        cells = self.axes and self.cells and (overlay or self.by_region.seen)
        sources = "" if overlay else ", source: [%s]" % ", ".join(self.sources)
        if not cells:
            writer.line(2, "%s: {%s%s}" % (self.name, ", ".join(head), sources))
            return
        writer.line(2, self.name + ":")
        for part in head:
            writer.line(4, part)
        if not overlay:
            writer.sources(4, self.sources)
        self.write_cells(writer, 4)


class Indicator:
    """One row, divided the same way."""

    def __init__(self, row, model):
        self.code = row["code"]
        self.vi, self.en = row["title_vi"], row["title_en"]
        provenance = row["provenance"]
        self.title = Statement(provenance.get("title"))
        self.verdict = Statement(provenance.get("national") or provenance.get("delegated_to"))
        self.regions = Statement(provenance.get("by_region"))
        self.rule, places = model.RULES[self.code]
        self.figures = []
        for name, place in places.items():
            sub = row.get("sub", {})
            numbers, where = (row["thresholds"], provenance) if place == "thresholds" else (sub, sub["provenance"])
            self.figures.append(Figure(name, numbers, where, row["delegated_to"] if place == "thresholds" else None,
                                       model.UNITS.get(name, row["unit"]), model.FIGURE_YEARS.get(name),
                                       name in model.REGIONAL))
        self.rule_in_set = all(f.in_set for f in self.figures) if self.figures else self.verdict.seen
        self.english_only = self.code in model.ENGLISH_NAME_ONLY

    @property
    def sources(self):
        """Of the text and of the rule; figures name their own."""
        return merged(self.title.sources, self.verdict.sources if self.rule_in_set and not self.figures else [])

    @property
    def overlay_has(self):
        return not self.title.seen or not self.rule_in_set or self.english_only

    def confidence(self):
        """How sure the memory is of what the overlay adds."""
        parts = []
        if not self.title.seen:
            parts.append(("name", self.title.confidence))
        if not self.rule_in_set:
            parts.append(("figure" if self.figures and not self.figures[0].delegated else "rule",
                          self.verdict.confidence))
        if self.regions.recalled:
            parts.append(("regions", self.regions.confidence))
        told = {}
        for what, how in parts:
            told.setdefault(how or "not said", []).append(what)
        return "; ".join("%s: %s" % (", ".join(whats), how) for how, whats in told.items())


# ------------------------------------------------------------------------------------------------ NTM sets

def facts_used(model, rules):
    """The entries of the model's dictionary that rules need, with the comments over them."""
    words = set(re.findall(r"[\w-]+", " ".join(rules)))
    entries = {entry[0]: entry for entry in model.FACTS if not isinstance(entry, str)}
    needed, queue = set(), [word for word in words if word in entries]
    while queue:
        fact = queue.pop()
        if fact in needed:
            continue
        needed.add(fact)
        queue += re.findall(r"(?:part_of|merge_weight): ([\w-]+)", entries[fact][5])
    return needed


def fact_entries(model, needed):
    result, comment = [], None
    for entry in model.FACTS:
        if isinstance(entry, str):
            comment = entry
        elif entry[0] in needed:
            if comment:
                result.append(comment)
                comment = None
            result.append(entry)
    return result


def write_sources(writer, ids, sources):
    writer.line(0, "sources:")
    for source in sorted(ids, key=lambda s: (int(re.sub(r"\D", "", s) or 0), s)):
        writer.line(2, source + ":")
        writer.line(4, "where: %s" % text(sources[source]["url"]))
        writer.folded(4, "what", "%s (trust: %s)" % (sources[source]["what"], sources[source]["trust"]))


def write_head(writer, fmt, pairs):
    writer.line(0, "# SPDX-License-Identifier: Apache-2.0")
    writer.line(0, "format: " + fmt)
    for key, value in pairs:
        if value:
            writer.line(0, "%s: %s" % (key, value))


def make_ntm_set(model, facts, out):
    data = next(s for s in facts["criteria-sets"]["sets"] if s["id"] == model.SET)
    sources, regions = facts["criteria-sets"]["sources"], facts["criteria-sets"]["regions"]
    criteria = [(c, [Indicator(row, model) for row in c["indicators"]]) for c in data["criteria"]]
    indicators = [i for _, rows in criteria for i in rows]
    declared = data["declared_counts"]
    if len(criteria) != declared["criteria"] or len(indicators) != declared["indicators"]:
        raise ValueError("%s: %d criteria, %d indicators" % (model.SET, len(criteria), len(indicators)))

    instrument = data["instrument"]
    number, start = (Statement(instrument["provenance"][k]) for k in ("number_date", "effective_from"))
    base_rules = [i.rule for i in indicators if i.rule_in_set] + [p[3] for p in model.PRECONDITIONS if p[3]]
    base_facts = facts_used(model, base_rules)

    # ---- the set
    body = Writer()
    body.facts(fact_entries(model, base_facts))
    body.blank()
    body.line(0, "figures:")
    for criterion, rows in criteria:
        figures = [f for i in rows for f in i.figures if f.in_set]
        if figures:
            body.comment(2, "%s %s" % (criterion["no"], criterion["name_en"]))
        for figure in figures:
            figure.write_whole(body, overlay=False)
    body.blank()
    body.line(0, "criteria:")
    for criterion, rows in criteria:
        named = Statement(criterion["provenance"])
        if not named.seen:
            raise ValueError("criterion %s: name not seen" % criterion["no"])
        body.line(2, '- id: "%s"' % criterion["no"])
        body.names(4, criterion["name_vi"], criterion["name_en"])
        body.line(4, "group: %s" % text(criterion["group"]))
        body.sources(4, named.sources)
        body.line(4, "indicators:")
        for i in rows:
            absent = not i.title.seen and not i.rule_in_set
            body.line(6, '- id: "%s"%s' % (i.code, "  # not read" if absent else ""))
            if i.title.seen:
                body.names(8, None if i.english_only else i.vi, i.en)
            if i.rule_in_set:
                body.rule(8, i.rule)
            elif not absent:
                body.line(8, "# the rule was not read")
            body.sources(8, i.sources)
            if i.code in model.NOTES:
                body.folded(8, "note", model.NOTES[i.code])
        body.blank()
    recognition = next(r for r in facts["criteria-sets"]["recognition"] if r["period"] == model.RECOGNITION_PERIOD)
    conditions = Statement(recognition["conditions"]["provenance"])
    body.comment(0, "Conditions of recognition beside the criteria: %s." % recognition["instrument"]["number"])
    body.line(0, "preconditions:")
    for name, vi, en, rule, cited, note in model.PRECONDITIONS:
        if not set(cited) <= set(conditions.sources + recognition["survey"]["provenance"]["src"]):
            raise ValueError("%s: source not among those seen" % name)
        body.line(2, "- id: " + name)
        body.names(4, vi, en)
        if rule:
            body.rule(4, rule)
        body.sources(4, cited)
        body.folded(4, "note", note)

    writer = Writer()
    write_head(writer, "ntm-set/1", [("id", model.SET)])
    writer.names(0, model.TITLE_VI, model.TITLE_EN, key="title")
    for key, value in (("programme", model.PROGRAMME), ("level", data["level"]), ("tier", model.TIER),
                       ("place", text(model.PLACE))):
        writer.line(0, "%s: %s" % (key, value))
    writer.folded(0, "note", model.NOTE)
    writer.line(0, "instrument:")
    writer.line(2, "number: " + instrument["number"])
    writer.line(2, "issuer: " + instrument["issuer"])
    title_en = "Issuing the " + model.TITLE_EN[0].lower() + model.TITLE_EN[1:]
    writer.names(2, instrument["title_vi"], title_en, key="title")
    writer.line(2, "signed: " + instrument["date"])
    writer.line(2, "in_force: {from: %s, to: %s}  # the last day: see the note" % (instrument["effective_from"],
                                                                                  model.IN_FORCE_TO))
    writer.sources(2, merged(number.sources, start.sources))
    writer.blank()
    used = set(re.findall(r"\bS\d+[a-c]?\b", "\n".join(writer.lines + body.lines)))
    write_sources(writer, used, sources)
    writer.blank()
    writer.line(0, "axes:")
    writer.line(2, "region:")
    writer.line(4, "name: {vi: Vùng, en: Region}")
    writer.line(4, "values:")
    for region in regions:
        writer.line(6, "%s: %s" % (region["code"], names(region["name_vi"], region["name_en"])))
    if model.YEARS:
        writer.line(2, "year: {values: [%s]}" % ", ".join('"%s"' % y for y in model.YEARS))
    writer.blank()
    writer.lines += body.lines
    writer.save(os.path.join(out, model.SET + ".yaml"))

    # ---- the overlay
    overlay = Writer()
    write_head(overlay, "ntm-overlay/1", [("id", model.SET + ".recalled.unverified"), ("of", model.SET),
                                          ("standing", "unverified")])
    overlay.names(0, model.OVERLAY_TITLE_VI, model.OVERLAY_TITLE_EN, key="title")
    overlay.folded(0, "note", model.OVERLAY_NOTE)
    overlay.blank()
    rules = [i.rule for i in indicators if not i.rule_in_set] + [p[1] for p in model.OVERLAY_PRECONDITIONS]
    overlay.facts(fact_entries(model, facts_used(model, rules) - base_facts))
    overlay.blank()
    overlay.line(0, "figures:")
    filled = [f for i in indicators for f in i.figures if f.in_set and f.cells and f.axes and not f.by_region.seen]
    overlay.comment(2, "Cells of figures of the set")
    for figure in filled:
        overlay.line(2, figure.name + ":")
        figure.write_cells(overlay, 4)
        overlay.line(4, "note: \"regions: %s\"" % figure.by_region.confidence)
    overlay.comment(2, "New figures; how sure they are is said at their indicators")
    for figure in (f for i in indicators for f in i.figures if not f.in_set):
        figure.write_whole(overlay, overlay=True)
    for name, unit, value, note in model.OVERLAY_FIGURES:
        overlay.line(2, "%s: {unit: %s, value: %s, note: %s}" % (name, unit, value, text(note, flow=True)))
    overlay.blank()
    overlay.line(0, "indicators:")
    for i in indicators:
        if not i.overlay_has:
            continue
        overlay.line(2, '"%s":' % i.code)
        if not i.title.seen:
            overlay.names(4, i.vi, i.en)
        elif i.english_only:
            overlay.names(4, i.vi, None)
        if not i.rule_in_set:
            overlay.rule(4, i.rule)
        told = " ".join(p for p in (i.confidence() + ".", model.OVERLAY_NOTES.get(i.code)) if p)
        overlay.folded(4, "note", told)
    overlay.blank()
    overlay.line(0, "preconditions:")
    for name, rule, note in model.OVERLAY_PRECONDITIONS:
        overlay.line(2, name + ":")
        overlay.rule(4, rule)
        overlay.folded(4, "note", note)
    overlay.save(os.path.join(out, model.SET + ".recalled.unverified.yaml"))


# ------------------------------------------------------------------------------------------------ Hà Tĩnh's gardens

def make_garden_set(model, facts, out):
    data = facts["companion-programmes"]["ha_tinh_sets"]["vuon_mau"]
    source = facts["companion-programmes"]["sources"][model.SOURCE]
    if len(data["criteria"]) != data["n"] or len(model.CRITERIA) != data["n"]:
        raise ValueError("garden: not %d criteria" % data["n"])
    writer = Writer()
    write_head(writer, "ntm-set/1", [("id", model.SET)])
    writer.names(0, model.TITLE_VI, model.TITLE_EN, key="title")
    for key, value in (("programme", model.PROGRAMME), ("level", model.LEVEL), ("tier", model.TIER),
                       ("place", text(model.PLACE))):
        writer.line(0, "%s: %s" % (key, value))
    writer.folded(0, "note", model.NOTE)
    writer.line(0, "instrument:")
    writer.line(2, "issuer: %s  # number, dates and issuing body were not read" % model.ISSUER)
    writer.sources(2, [model.SOURCE])
    writer.blank()
    writer.line(0, "sources:")
    writer.line(2, model.SOURCE + ":")
    writer.line(4, "where: " + text(source["ref"]))
    writer.folded(4, "what", "%s (trust: %s)" % (model.SOURCE_WHAT, model.SOURCE_TRUST))
    writer.blank()
    writer.facts(model.FACTS)
    writer.blank()
    writer.line(0, "figures:")
    for name, unit, value in model.FIGURES:
        writer.line(2, "%s: {unit: %s, value: %s, source: [%s]}" % (name, unit, value, model.SOURCE))
    writer.blank()
    writer.line(0, "criteria:")
    for (number, en, rows), row in zip(model.CRITERIA, data["criteria"]):
        seen = row.get("prov", data["prov"]).startswith("seen")
        writer.line(2, '- id: "%s"%s' % (number, "" if seen else "  # name not read"))
        if seen:
            writer.names(4, row["t"][0].upper() + row["t"][1:], en)
            writer.sources(4, [model.SOURCE])
        if len(rows) != row.get("parts", 1):
            raise ValueError("garden: criterion %s has %d parts" % (number, row.get("parts", 1)))
        writer.line(4, "indicators:")
        for code, vi, title_en, rule, note in rows:
            writer.line(6, '- id: "%s"%s' % (code, "" if vi else "  # not read"))
            if vi:
                writer.names(8, vi, title_en)
            if rule:
                writer.rule(8, rule)
            if vi:
                writer.sources(8, [model.SOURCE])
            if note:
                writer.folded(8, "note", note)
        writer.blank()
    writer.save(os.path.join(out, model.SET + ".yaml"))

    overlay = Writer()
    write_head(overlay, "ntm-overlay/1", [("id", model.SET + ".recalled.unverified"), ("of", model.SET),
                                          ("standing", "unverified")])
    overlay.names(0, model.OVERLAY_TITLE_VI, model.OVERLAY_TITLE_EN, key="title")
    overlay.folded(0, "note", model.OVERLAY_NOTE)
    overlay.blank()
    overlay.line(0, "criteria:")
    for number, (vi, en, note) in model.OVERLAY_CRITERIA.items():
        overlay.line(2, '"%s":' % number)
        overlay.names(4, vi, en)
        overlay.folded(4, "note", note)
    overlay.save(os.path.join(out, model.SET + ".recalled.unverified.yaml"))


SETS = {
    commune_ntm_2016_2020.SET: (make_ntm_set, commune_ntm_2016_2020),
    garden_model_ha_tinh.SET: (make_garden_set, garden_model_ha_tinh),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", help="folder with criteria-sets.json and companion-programmes.json")
    parser.add_argument("--out", default=os.path.join(os.path.dirname(__file__), "..", "catalogue"))
    parser.add_argument("--set", action="append", choices=sorted(SETS), help="only this set")
    options = parser.parse_args()
    facts = {}
    for name in ("criteria-sets", "companion-programmes"):
        with open(os.path.join(options.facts, name + ".json"), encoding="utf-8") as file:
            facts[name] = json.load(file)
    os.makedirs(options.out, exist_ok=True)
    for name in options.set or SETS:
        make, model = SETS[name]
        make(model, facts, options.out)
        print("made %s and its overlay" % name, file=sys.stderr)


if __name__ == "__main__":
    main()
