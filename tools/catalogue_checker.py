# SPDX-License-Identifier: Apache-2.0
"""The format of criteria sets and overlays, read a second time: what check-catalogue.py knows of one file."""
import copy
import os
import re
from decimal import Decimal

from catalogue_reading import read
from catalogue_signs import SIGNS, signs_of

ID = re.compile(r"[A-Za-z0-9._-]+")

TOP = {"format", "id", "title", "programme", "level", "tier", "place", "note", "instrument", "sources", "axes",
       "dimensions", "facts", "figures", "criteria", "status", "preconditions", "revocation", "grade", "validity",
       "revocation_by", "recognition", "follows", "scope", "values"}
TOP_OVERLAY = {"format", "id", "of", "standing", "place", "rank", "title", "note", "instrument", "sources", "facts",
               "figures", "indicators", "criteria", "preconditions", "replaces", "tightens", "adds", "removes"}
PARTS = {"criteria": "criterion", "indicators": "indicator", "preconditions": "precondition"}
CHANGES = {"replaces": {"figures", *PARTS}, "tightens": {"figures"}, "adds": set(PARTS),
           "removes": {*PARTS, "source", "note"}}
RANKS = ["central", "province", "district", "commune"]
KEYS = {
    "instrument": {"number", "issuer", "title", "signed", "in_force", "source"},
    "source": {"where", "what"},
    "axis": {"name", "values"},
    "fact": {"name", "kind", "unit", "least", "most", "part_of", "by", "levels", "merge", "merge_weight",
             "merge_parts", "over_time", "closed_by"},
    "figure": {"unit", "value", "values", "axes", "general", "delegated_to", "interpolate", "source", "note"},
    "criterion": {"id", "name", "group", "source", "rule", "indicators", "note"},
    "indicator": {"id", "name", "rule", "source", "note"},
    "precondition": {"id", "name", "rule", "source", "note"},
    "names": {"vi", "en"},
    "filled figure": {"value", "values", "source", "note"},
    "replaced figure": {"value", "values", "source", "note", "general", "delegated_to", "absent"},
    "replaced": {"name", "rule", "source", "note", "absent"},
    "value": {"id", "name", "unit", "least", "most", "of", "source", "note"},
    "scope": {"axis", "use", "when", "source", "note"},
    "recognition": {"by", "classes", "from", "to", "source", "note"},
    "follows": {"set", "note", "criteria", "indicators"},
    "validity": {"months", "source", "note"},
    "grade": {"of", "knock_out", "bands", "source", "note"},
    "band": {"class", "range", "name", "requires"},
}
RULE_KEYS = {
    "fact": set(), "constant": {"unit"}, "date": set(), "figure": set(), "sum": set(), "product": set(),
    "minimum": set(), "maximum": set(), "difference": set(), "ratio": set(), "past": {"event"},
    "of_parent": {"level"}, "average": {"level"}, "figure_of": {"set", "unit"}, "value": set(), "compare": set(),
    "count": {"verdict", "among", "level", "name", "of", "where"}, "share": {"verdict", "of", "where", "level", "name", "among"},
    "points": set(), "rounded": {"digits", "mode", "source"}, "attested": {"evidence"}, "at_level": set(),
    "all": set(), "any": set(), "at_least": {"of"}, "not": set(), "holds": set(), "if_applicable": {"then"},
    "every": {"holds", "level", "name"}, "criterion": set(), "indicator": set(), "grade": set(),
}
KINDS = {"flag", "count", "amount", "share", "level", "money", "date"}
MERGES = {"sum", "ratio", "weighted", "all", "any", "min", "max", "reassess"}
OVER_TIMES = {"flow", "stock", "min", "max"}
CLOSINGS = {"work", "act", "assessment", "time"}
QUANTITIES = {"fact", "constant", "date", "figure", "sum", "product", "minimum", "maximum", "difference", "ratio",
              "past", "of_parent", "average", "figure_of", "count", "share", "points", "rounded", "value"}

# Word -> (base, power of ten), after docs/units.md. A word that is not here is a unit of its own.
UNITS = {
    "1": ("", 0), "%": ("", -2), "percent": ("", -2), "VND": ("VND", 0), "đồng": ("VND", 0),
    "thousand VND": ("VND", 3), "nghìn đồng": ("VND", 3), "million VND": ("VND", 6), "triệu đồng": ("VND", 6),
    "billion VND": ("VND", 9), "tỷ đồng": ("VND", 9), "m": ("m", 0), "km": ("m", 3), "m2": ("m2", 0), "ha": ("m2", 4),
    "km2": ("m2", 6), "kg": ("kg", 0), "tonne": ("kg", 3), "tấn": ("kg", 3), "hộ": ("household", 0),
    "người": ("person", 0), "nhà": ("house", 0), "thôn": ("village", 0), "xã": ("commune", 0), "năm": ("year", 0),
    "tháng": ("month", 0), "ngày": ("day", 0), "điểm": ("point", 0),
}


def dimension_of(unit):
    """What a unit measures, without its scale: {"VND": 1, "person": -1, "year": -1}."""
    result = {}
    if not unit:
        return result
    for place, part in enumerate(unit.split("/")):
        for word in part.split("·"):
            base = UNITS.get(word.strip(), (word.strip(), 0))[0]
            if base:
                result[base] = result.get(base, 0) + (-1 if place else 1)
    return {k: v for k, v in result.items() if v}


def place_rank(head):
    place = head.get("place", "VN")
    if head.get("rank") in RANKS:
        return RANKS.index(head["rank"])
    return 0 if place == "VN" else min(1 + place.count("/"), 3)


class Checker:
    """One file; an overlay knows its set."""

    def __init__(self, path, problems, base=None):
        self.path, self.problems, self.base = path, problems, base
        self.root = base.root if base else self
        self.data = read(path, problems)
        self.is_overlay = self.data.get("format") == "ntm-overlay/1"
        self.cited = set()
        self.counts = {"cited": 0, "unverified": 0, "absent": 0}
        self.sources = {**(base.sources if base else {}), **self.data.get("sources", {})}
        self.axes = {**(base.axes if base else {}), **self.data.get("axes", {})}
        self.facts = {**(base.facts if base else {}), **self.data.get("facts", {})}
        self.figures = {**(base.figures if base else {})}
        for name, figure in self.data.get("figures", {}).items():
            self.figures[name] = {**self.figures.get(name, {}), **figure}
        self.values = {v["id"]: v for v in self.root.data.get("values", [])}
        self.rows = {c["id"] for c in self.root.data.get("criteria", [])}
        self.rows |= {i["id"] for c in self.root.data.get("criteria", []) for i in c.get("indicators", [])}
        self.rank = place_rank(self.data)
        self.law = copy.deepcopy(base.law) if base else {"cells": {}, **{part: {} for part in PARTS}}

    @property
    def place(self):
        return self.data.get("place", "VN")

    def day(self, end):
        """Its first or last day as text; None when it is not known."""
        return self.data.get("instrument", {}).get("in_force", {}).get(end)

    def complain(self, node, message):
        self.problems(self.path, node, message)

    def keys(self, what, data, node, allowed=None):
        for key in set(data) - (allowed or KEYS[what]):
            self.complain(key, "%s: unknown key %s" % (node, key))

    def stated(self, there, sources=()):
        """Counts one statement."""
        standing = "absent" if not there else "unverified" if self.is_overlay and not sources else "cited"
        self.counts[standing] += 1

    def cite(self, sources, node):
        for source in sources:
            self.cited.add(source)
            if source not in self.sources:
                self.complain(source, "%s: there is no source %s" % (node, source))

    # ---- rules

    def quantity(self, rule, node):
        """Checks a quantity and returns what it measures (None = cannot be told here)."""
        if isinstance(rule, str):
            rule = {"fact": rule}
        if not isinstance(rule, dict):
            self.complain(node, "%s: a quantity is wanted" % node)
            return None
        kind, body = self.node(rule, node, QUANTITIES)
        if kind == "fact":
            if body not in self.facts:
                self.complain(body, "%s: there is no fact %s" % (node, body))
                return None
            return dimension_of(self.facts[body].get("unit"))
        if kind == "figure":
            if body not in self.figures:
                self.complain(body, "%s: there is no figure %s" % (node, body))
                return None
            self.used_figures.add(body)
            return dimension_of(self.figures[body].get("unit"))
        if kind in ("constant", "figure_of"):
            return dimension_of(rule.get("unit"))
        if kind == "value":
            if body not in self.values:
                self.complain(body, "%s: there is no value %s" % (node, body))
                return None
            return dimension_of(self.values[body].get("unit"))
        if kind in ("past", "of_parent", "average"):
            return self.quantity({"fact": body}, node)
        if kind == "rounded":
            return self.quantity(body, node)
        if kind in ("ratio", "difference", "sum", "product", "minimum", "maximum"):
            return self.combined(kind, body, node)
        if kind == "points":
            for step in body:
                self.condition(step["when"], node)
            return {"point": 1}
        if kind in ("count", "share"):
            for no in rule.get("among", []):
                if no not in self.rows:
                    self.complain(no, "%s: there is no row %s" % (node, no))
            if "where" in rule:
                self.condition(rule["where"], node)
            return {} if kind == "share" else None
        return None

    def combined(self, kind, body, node):
        """What several quantities measure together."""
        parts = [self.quantity(part, node) for part in body]
        if kind in ("ratio", "difference") and len(parts) != 2:
            self.complain(node, "%s: %s has two parts" % (node, kind))
        if None in parts or len(parts) < 1:
            return None
        if kind in ("ratio", "product"):
            result = dict(parts[0])
            for part in parts[1:]:
                for unit, power in part.items():
                    result[unit] = result.get(unit, 0) + (power if kind == "product" else -power)
            return {unit: power for unit, power in result.items() if power}
        if any(part != parts[0] for part in parts):
            self.complain(node, "%s: parts of a %s have other units: %s" % (node, kind, parts))
        return parts[0]

    def node(self, rule, node, wanted=None):
        kinds = [k for k in rule if k in RULE_KEYS and (k in (wanted or RULE_KEYS))]
        kind = kinds[0] if kinds else None
        if kind is None:
            self.complain(node, "%s: unknown rule %s" % (node, " ".join(rule)))
            return None, None
        for key in set(rule) - {kind} - RULE_KEYS[kind] - {"source", "standing", "note"}:
            self.complain(key, "%s: %s does not take %s" % (node, kind, key))
        self.cite(rule.get("source", []), node)
        return kind, rule[kind]

    def condition(self, rule, node):
        if isinstance(rule, list):
            if len(rule) != 3 or rule[1] not in SIGNS:
                self.complain(node, "%s: a comparison is [quantity, sign, quantity]" % node)
                return
            a, b = self.quantity(rule[0], node), self.quantity(rule[2], node)
            if a is not None and b is not None and a != b:
                self.complain(node, "%s: units cannot be compared: %s and %s" % (node, a, b))
            return
        kind, body = self.node(rule, node)
        if kind in ("all", "any"):
            for part in body:
                self.condition(part, node)
        elif kind == "compare":
            self.condition(body, node)
        elif kind == "at_least":
            for part in rule["of"]:
                self.condition(part, node)
        elif kind == "not":
            self.condition(body, node)
        elif kind == "if_applicable":
            self.known_fact(body, node)
            self.condition(rule["then"], node)
        elif kind == "every":
            if body != "children" and body not in self.root.data.get("dimensions", {}):
                self.complain(body, "%s: there is no dimension %s" % (node, body))
            self.condition(rule["holds"], node)
        elif kind == "at_level":
            self.at_level(body, node)
        elif kind in ("criterion", "indicator"):
            if body not in self.rows:
                self.complain(body, "%s: there is no row %s" % (node, body))
        elif kind == "attested":
            self.known_fact(body, node)
            if body in self.facts and self.facts[body].get("kind") != "flag":
                self.complain(body, "%s: %s is no flag" % (node, body))
        elif kind == "holds" and not ID.fullmatch(body):
            self.complain(body, "%s: %s is no id" % (node, body))

    def at_level(self, body, node):
        level, fact = body
        if isinstance(fact, str):
            self.known_fact(fact, node)
            if level not in self.facts.get(fact, {}).get("levels", [level]):
                self.complain(level, "%s: %s has no level %s" % (node, fact, level))

    def known_fact(self, fact, node):
        if fact not in self.facts:
            self.complain(fact, "%s: there is no fact %s" % (node, fact))

    # ---- parts

    def check(self):
        data = self.data
        self.used_figures = set()
        self.keys("file", data, "file", TOP_OVERLAY if self.is_overlay else TOP)
        if data.get("format") not in ("ntm-set/1", "ntm-overlay/1"):
            self.complain(None, "unknown format")
        stem = os.path.basename(self.path)[:-len(".yaml")]
        if data["id"] != stem:
            self.complain(data["id"], "the id is not the file's name")
        if data.get("standing") == "unverified" and not data["id"].endswith(".unverified"):
            self.complain(data["id"], "an unverified overlay's id ends in .unverified")
        for source, body in data.get("sources", {}).items():
            self.keys("source", body, source)
        if "instrument" in data:
            self.keys("instrument", data["instrument"], "instrument")
            self.cite(data["instrument"].get("source", []), "instrument")
        for name, axis in data.get("axes", {}).items():
            self.keys("axis", axis, name)
        self.check_facts()
        self.check_figures()
        if self.is_overlay:
            self.check_overlay_rows()
        else:
            self.check_parts()
            self.check_rows()
        told = " ".join(self.notes(data))
        for source in data.get("sources", {}):
            if source not in self.cited and not re.search(r"\b%s\b" % re.escape(source), told):
                self.complain(source, "nothing cites source %s" % source)
        return self

    def notes(self, data):
        if isinstance(data, dict):
            for key, value in data.items():
                if key == "note":
                    yield value
                else:
                    yield from self.notes(value)
        elif isinstance(data, list):
            for item in data:
                yield from self.notes(item)

    def check_facts(self):
        for name, fact in self.data.get("facts", {}).items():
            self.keys("fact", fact, name)
            self.keys("names", fact["name"], name)
            if self.base and self.base.facts.get(name, fact) != fact:
                self.complain(name, "the set has another fact %s" % name)
            if not ID.fullmatch(name):
                self.complain(name, "%s is no id" % name)
            if fact["kind"] not in KINDS or fact.get("merge", "reassess") not in MERGES:
                self.complain(name, "%s: unknown kind or merge" % name)
            if (fact["kind"] in ("flag", "level", "date")) == ("unit" in fact):
                self.complain(name, "%s: a unit goes with counts, amounts, shares and money" % name)
            if fact.get("over_time", "flow") not in OVER_TIMES:
                self.complain(name, "%s: unknown rule over time" % name)
            if fact.get("closed_by", "work") not in CLOSINGS:
                self.complain(name, "%s: unknown way to close a gap" % name)
            links = [fact[link] for link in ("part_of", "merge_weight") if link in fact]
            for link in links + fact.get("merge_parts", []):
                if link not in self.facts:
                    self.complain(link, "%s: there is no fact %s" % (name, link))
            if "part_of" in fact and self.facts.get(fact["part_of"], {}).get("unit") != fact.get("unit"):
                self.complain(name, "%s: its whole has another unit" % name)

    def cells(self, figure, node):
        """((region, ...), value, sources) of every cell."""
        def walk(values, axes, keys):
            for key, value in values.items():
                allowed = self.axes.get(axes[0], {}).get("values", [])
                if key not in allowed:
                    self.complain(key, "%s: axis %s has no %s" % (node, axes[0], key))
                if len(axes) > 1:
                    yield from walk(value, axes[1:], keys + (key,))
                elif isinstance(value, dict):
                    yield keys + (key,), value["value"], value.get("source", [])
                else:
                    yield keys + (key,), value, []
        axes = figure.get("axes", [])
        if "value" in figure:
            yield (), figure["value"], []
        if "values" in figure:
            yield from walk(figure["values"], axes, ())

    def check_figures(self):
        for name, figure in self.data.get("figures", {}).items():
            self.keys("figure", figure, name)
            whole = self.figures[name]
            if not whole.get("unit"):
                self.complain(name, "%s: no unit" % name)
            if self.base and name in self.base.figures and set(figure) - KEYS["filled figure"]:
                self.complain(name, "%s: an overlay only fills a figure of the set" % name)
            for axis in whole.get("axes", []):
                if axis not in self.axes:
                    self.complain(name, "%s: there is no axis %s" % (name, axis))
            sources = figure.get("source", [])
            self.cite(sources, name)
            if "general" in figure or "delegated_to" in figure:
                self.stated(True, sources)
                if not sources and not self.is_overlay:
                    self.complain(name, "%s has no source" % name)
            if "delegated_to" in figure:
                self.stated(False)
            for keys, value, own in self.cells({**figure, "axes": whole.get("axes", [])}, name):
                self.cite(own, name)
                self.stated(True, own or sources)
                self.fill_cell((name, keys), value)
                if not (own or sources) and not self.is_overlay:
                    self.complain(name, "%s %s has no source" % (name, " ".join(keys)))
                try:
                    Decimal(value)
                except ArithmeticError:
                    self.complain(name, "%s: %s is no number" % (name, value))
            if "axes" in whole and "values" not in figure and not self.is_overlay:
                size = 1
                for axis in whole["axes"]:
                    size *= len(self.axes[axis]["values"])
                self.counts["absent"] += size

    def fill_cell(self, cell, value):
        """A cell that finds its place empty."""
        there = self.law["cells"].get(cell)
        if there is not None:
            self.complain(value, "%s %s: %s has it already" % (cell[0], " ".join(cell[1]), there["where"]))
        self.law["cells"][cell] = self.mark({"value": value})

    def mark(self, what):
        return {**what, "rank": self.rank, "where": os.path.basename(self.path)}

    def row(self, what, row, node):
        """Name, rule, sources of a criterion, indicator or precondition."""
        self.keys(what, row, node)
        self.cite(row.get("source", []), node)
        if "name" in row:
            self.keys("names", row["name"], node)
        if "rule" in row:
            self.condition(row["rule"], node)
        if not self.is_overlay and ("name" in row or "rule" in row) and not row.get("source"):
            self.complain(row.get("id"), "%s has a name or a rule and no source" % node)

    def check_parts(self):
        """What a set has beside rows: values, scope, who recognises, what it follows, status, revocation, grade."""
        data = self.data
        for value in data.get("values", []):
            node = "value " + value["id"]
            self.keys("value", value, node)
            self.cite(value.get("source", []), node)
            measured = self.quantity(value["of"], node)
            if measured is not None and measured != dimension_of(value.get("unit")):
                self.complain(value["id"], "%s: its rule has another unit" % node)
            if not value.get("source"):
                self.complain(value["id"], "%s has no source" % node)
        for scope in data.get("scope", []):
            self.keys("scope", scope, "scope")
            self.cite(scope.get("source", []), "scope")
            self.condition(scope["when"], "scope")
            if scope["use"] not in self.axes.get(scope["axis"], {}).get("values", []):
                self.complain(scope["use"], "axis %s has no %s" % (scope["axis"], scope["use"]))
        classes = [band["class"] for band in data.get("grade", {}).get("bands", [])]
        for entry in data.get("recognition", []):
            self.keys("recognition", entry, "recognition")
            self.cite(entry.get("source", []), "recognition")
            for name in entry.get("classes", []):
                if name not in classes:
                    self.complain(name, "the grade has no class %s" % name)
        for part in ("validity", "follows"):
            self.keys(part, data.get(part, {}), part)
            self.cite(data.get(part, {}).get("source", []), part)
        for part in ("criteria", "indicators"):
            for no in data.get("follows", {}).get(part, {}):
                if no not in self.rows:
                    self.complain(no, "follows: there is no row %s" % no)
        for part in ("status", "revocation"):
            if part in data:
                self.condition(data[part], part)
        if "grade" in data:
            self.keys("grade", data["grade"], "grade")
            self.cite(data["grade"].get("source", []), "grade")
            self.quantity(data["grade"]["of"], "grade")
            if "knock_out" in data["grade"]:
                self.condition(data["grade"]["knock_out"], "grade")
            for band in data["grade"]["bands"]:
                self.keys("band", band, "band " + band["class"])

    def add_row(self, part, row):
        """A row, written whole, of a set or of an overlay that adds it."""
        node = "%s %s" % (PARTS[part], row["id"])
        if row["id"] in self.law[part]:
            self.complain(row["id"], "%s stands twice" % node)
        self.row(PARTS[part], row, node)
        self.stated("name" in row, row.get("source", []))
        if part != "criteria":
            self.stated("rule" in row, row.get("source", []))
        self.law[part][row["id"]] = {key: self.mark({}) for key in self.sayings(row)}
        self.law[part][row["id"]]["row"] = self.mark({"rule": row.get("rule")})

    @staticmethod
    def sayings(row):
        """What a row says: "vi" and "en" of its name, "rule"."""
        yield from row.get("name", {})
        if "rule" in row or row.get("indicators"):
            yield "rule"

    def add_criterion(self, criterion):
        self.add_row("criteria", criterion)
        if not criterion.get("indicators") and "rule" not in criterion and not self.is_overlay:
            self.complain(criterion["id"], "criterion %s has neither indicators nor rule: it would always be open"
                          % criterion["id"])
        for row in criterion.get("indicators", []):
            self.add_row("indicators", row)

    def check_rows(self):
        for criterion in self.data.get("criteria", []):
            self.add_criterion(criterion)
        for row in self.data.get("preconditions", []):
            self.add_row("preconditions", row)
        for figure in set(self.figures) - self.used_figures:
            self.complain(figure, "no rule uses figure %s" % figure)

    # ---- overlays

    def check_overlay_rows(self):
        if self.data.get("standing") == "unverified":
            for key in ("replaces", "tightens", "removes"):
                if key in self.data:
                    self.complain(key, "an unverified overlay changes nothing that is there")
        for section, parts in CHANGES.items():
            self.keys(section, self.data.get(section, {}), section, parts)
        for part, what in PARTS.items():
            for name, row in self.data.get(part, {}).items():
                node = "%s %s" % (what, name)
                self.row(what, row, node)
                there = self.known(part, name, node)
                for key in self.sayings(row):
                    if key in there:
                        self.complain(name, "%s: its %s is in %s already" % (node, key, there[key]["where"]))
                    there[key] = self.mark({})
                for key in ("name", "rule"):
                    if key in row:
                        self.stated(True, row.get("source", []))
            for name, row in self.data.get("replaces", {}).get(part, {}).items():
                self.replace_row(part, name, row)
        self.change_figures()
        adds = self.data.get("adds", {})
        for criterion in adds.get("criteria", []):
            self.add_criterion(criterion)
        for criterion, rows in adds.get("indicators", {}).items():
            self.known("criteria", criterion, "criterion %s" % criterion)
            for row in rows:
                self.add_row("indicators", row)
        for row in adds.get("preconditions", []):
            self.add_row("preconditions", row)
        removes = self.data.get("removes", {})
        self.cite(removes.get("source", []), "removes")
        for part, what in PARTS.items():
            for name in removes.get(part, []):
                self.may_replace(self.known(part, name, "%s %s" % (what, name)).get("row"), name)
                self.law[part].pop(name, None)

    def known(self, part, name, node):
        """What is known of a row; nothing, after a complaint, when there is no such row."""
        if name not in self.law[part]:
            self.complain(name, "the set has no %s" % node)
        return self.law[part].setdefault(name, {})

    def may_replace(self, there, node):
        if there and there["rank"] < self.rank:
            self.complain(node, "%s: a %s act cannot replace what %s says" % (node, RANKS[self.rank], there["where"]))

    def replace_row(self, part, name, row):
        node = "%s %s" % (PARTS[part], name)
        self.keys("replaced", row, node)
        self.row(PARTS[part], {key: value for key, value in row.items() if key != "absent"}, node)
        there = self.known(part, name, node)
        if not row.get("source"):
            self.complain(name, "%s is replaced without a source" % node)
        gone = {key for word in row.get("absent", []) for key in (("vi", "en") if word == "name" else (word,))}
        for key in gone | set(self.sayings(row)):
            self.may_replace(there.get(key, there.get("row")), name)
            there[key] = self.mark({})
            if key in gone:
                del there[key]
        for key in ("name", "rule"):
            if key in row:
                self.stated(True, row["source"] if "source" in row else [])

    def change_figures(self):
        for section in ("replaces", "tightens"):
            for name, figure in self.data.get(section, {}).get("figures", {}).items():
                self.keys("replaced figure" if section == "replaces" else "filled figure", figure, name)
                if name not in self.figures:
                    self.complain(name, "there is no figure %s" % name)
                    continue
                sources = figure.get("source", [])
                self.cite(sources, name)
                below = {cell: there for cell, there in self.law["cells"].items() if cell[0] == name}
                if "absent" in figure or "delegated_to" in figure:
                    for cell, there in below.items():
                        self.may_replace(there, name)
                        del self.law["cells"][cell]
                whole = {**figure, "axes": self.figures[name].get("axes", [])}
                for keys, value, own in self.cells(whole, name):
                    self.cite(own, name)
                    self.stated(True, own or sources)
                    if not (own or sources):
                        self.complain(name, "%s %s has no source" % (name, " ".join(keys)))
                    there = below.get((name, keys))
                    if section == "replaces":
                        self.may_replace(there or {"rank": self.root.rank, "where": "the set"}, name)
                    elif there is None:
                        self.complain(value, "%s %s is absent: there is nothing to tighten" % (name, " ".join(keys)))
                    floors = [f for f in ((there or {}).get("floors", []) + [there]) if f and f["rank"] < self.rank]
                    for floor in floors:
                        self.check_floor(name, keys, value, floor)
                    self.law["cells"][(name, keys)] = self.mark({"value": value, "floors": floors})

    def check_floor(self, name, keys, value, there):
        """Against what a higher act says, where a rule compares something with the figure and nothing else."""
        signs = {sign for rule in self.rules() for sign in signs_of(rule, name)}
        if not signs:
            self.complain(name, "%s: no comparison tells what is stricter" % name)
        more, less = bool(signs & {">=", ">"}), bool(signs & {"<=", "<"})
        own, other = Decimal(value), Decimal(there["value"])
        if (more and own < other) or (less and own > other):
            self.complain(value, "%s %s: %s is looser than %s of %s" % (name, " ".join(keys), value, there["value"],
                                                                        there["where"]))

    def rules(self):
        """All rules of the set and of the overlays below."""
        data = self.data
        rows = []
        if self.is_overlay:
            for section in (data, data.get("replaces", {})):
                rows += [row for part in PARTS for row in section.get(part, {}).values()]
        else:
            for criterion in data.get("criteria", []):
                rows += [criterion, *criterion.get("indicators", [])]
            rows += data.get("preconditions", [])
        yield from (row["rule"] for row in rows if "rule" in row)
        if self.base:
            yield from self.base.rules()
