# SPDX-License-Identifier: Apache-2.0
"""Makes a set and its overlays from the rows of criteria-sets.json and a module's tables.

What is `seen` goes into the set with its sources; what is recalled, doubted, or rests on a source of very low trust
goes into the overlay `.recalled.unverified`; what is unknown stays absent. A table RULES says of each row which facts
it asks for: code -> (rule as flow YAML, {figure of the rule: where its numbers stand in the row}).
"""

import json
import re

from . import vocabulary
from .provenance import Statement, merged, number
from .yaml_text import Names, parse

UNREAD = "further rows exist that nobody has read"


def of_criterion(no):
    return "%s.unread" % no


class Figure:
    """One threshold of a row, divided into what goes into the set and what into the overlay."""

    def __init__(self, name, row, numbers, provenance, delegated, unit, model):
        self.name, self.unit = name, unit
        self.year = model.get("FIGURE_YEARS", {}).get(name)
        doubt = "doubt" in row
        self.delegated = delegated if numbers.get("national") is None else None
        general = numbers.get("national")
        self.general = general if isinstance(general, (int, float)) else None
        self.cells = {k: v for k, v in (numbers.get("by_region") or {}).items() if v is not None}
        self.national = Statement(None if doubt else provenance.get("national"))
        self.by_region = Statement(None if doubt else provenance.get("by_region"))
        self.doubted = doubt and self.general is not None
        self.by_delegation = Statement(provenance.get("delegated_to"))
        regional = self.cells or name in model.get("REGIONAL", ())
        self.axes = (["region"] if regional else []) + (["year"] if self.year else [])
        if (
            self.cells
            and set(self.cells.values()) == {self.general}
            and len(self.cells) == 7
            and self.national.seen == self.by_region.seen
        ):
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
        return self.by_region.sources

    def values(self):
        if self.year:
            return {region: {self.year: number(value)} for region, value in self.cells.items()}
        return {region: number(value) for region, value in self.cells.items()}

    def whole(self, overlay):
        """The figure with all it has (set: what is seen; overlay: what is recalled)."""
        result = {"unit": self.unit}
        if self.delegated:
            result["delegated_to"] = self.delegated
        elif not self.axes:
            result["value"] = number(self.general)
        else:
            result["axes"] = self.axes
            if self.general is not None:
                result["general"] = number(self.general)
        if not overlay:
            result["source"] = self.sources
        if "region" in self.axes and self.cells and (overlay or self.by_region.seen):
            result["values"] = self.values()
        return result


class Row:
    """One indicator, divided the same way."""

    def __init__(self, row, model):
        self.code = row["code"]
        self.id = model.get("IDS", {}).get(self.code, self.code)
        self.vi, self.en = row["title_vi"], row["title_en"]
        provenance = row["provenance"]
        self.title = Statement(provenance.get("title"))
        if self.code in model.get("NAME_LATER", ()):  # the text that was read is that of an amendment
            self.title = Statement(None)
        doubt = "doubt" in row
        self.verdict = Statement(
            None
            if doubt
            else provenance.get("national")
            or provenance.get("by_commune_group")
            or provenance.get("delegated_to")
            or {"status": "unknown"}
        )
        self.regions = Statement(provenance.get("by_region"))
        rule, places = model["RULES"].get(self.code, (None, {}))
        self.rule = parse(rule) if rule else None
        self.figures = []
        for name, place in places.items():
            if place == "thresholds":
                numbers, where, delegated = row["thresholds"], provenance, row["delegated_to"]
            else:
                numbers, delegated = row["sub"], None
                where = row["sub"].get("provenance", {})
            unit = model.get("UNITS", {}).get(name, row["unit"])
            self.figures.append(Figure(name, row, numbers, where, delegated, unit, model))
        self.rule_in_set = self.rule is not None and (
            all(f.in_set for f in self.figures) if self.figures else self.verdict.seen
        )
        if self.code in model.get("RULE_IN_SET", ()):
            self.rule_in_set = True
        self.rule_in_overlay = (
            self.rule is not None and not self.rule_in_set and self.code not in model.get("ELSEWHERE", ())
        )
        self.english_only = self.code in model.get("ENGLISH_NAME_ONLY", ())

    @property
    def sources(self):
        """Of the text and of the rule; figures name their own."""
        return merged(self.title.sources, self.verdict.sources if self.rule_in_set and not self.figures else [])

    def told(self):
        """How sure the memory is of what the overlay adds."""
        parts = {}
        if not self.title.seen and self.vi:
            parts.setdefault(self.title.confidence or "not said", []).append("name")
        if self.rule_in_overlay:
            what = "figure" if self.figures and not self.figures[0].delegated else "rule"
            how = self.verdict.confidence or ("doubtful" if self.figures and self.figures[0].doubted else "not said")
            parts.setdefault(how, []).append(what)
        if self.regions.recalled:
            parts.setdefault(self.regions.confidence or "not said", []).append("regions")
        return "; ".join("%s: %s" % (", ".join(whats), how) for how, whats in parts.items())


def words_of(value):
    return set(re.findall(r"[\w.-]+", json.dumps(value, ensure_ascii=False)))


def facts_used(value, dictionary=None):
    """The facts that rules name, and those that these lean on."""
    entries = {e[0]: e for e in dictionary or vocabulary.FACTS if not isinstance(e, str)}
    needed, queue = set(), [word for word in words_of(value) if word in entries]
    while queue:
        fact = queue.pop()
        if fact in needed:
            continue
        needed.add(fact)
        queue += re.findall(r"(?:part_of|merge_weight): ([\w-]+)", entries[fact][5])
    return needed


def rules_in(value):
    """Every rule in a document (what stands under rule, status, revocation, of, when)."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("rule", "status", "revocation", "when", "of", "knock_out"):
                yield item
            elif key not in ("note", "name"):
                yield from rules_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from rules_in(item)


def fact_entries(needed, dictionary=None):
    """The dictionary's entries that are needed, with the comments over them."""
    result, comment = [], None
    for entry in dictionary or vocabulary.FACTS:
        if isinstance(entry, str):
            comment = entry
        elif entry[0] in needed:
            if comment:
                result.append(comment)
                comment = None
            fact, vi, en, kind, unit, rest = entry
            body = {"name": Names(vi=vi, en=en), "kind": kind}
            if unit:
                body["unit"] = unit.strip('"')
            for key, value in (parse("{%s}" % rest) if rest else {}).items():
                body[key] = value
            result.append((fact, body))
    return result


class Maker:
    """A set and its overlay in the making. `model` is a dict of tables, see the modules."""

    def __init__(self, facts, sources, model):
        self.sources, self.model = sources, model
        self.compiled = next(s for s in facts["criteria-sets"]["sets"] if s["id"] == model["FACTS_ID"])
        self.regions = facts["criteria-sets"]["regions"]
        self.figures, self.new_figures, self.filled = [], [], []
        self.criteria, self.overlay_rows, self.overlay_criteria = [], [], []
        self.rows()

    def rows(self):
        model = self.model
        for criterion in self.compiled["criteria"]:
            no = str(criterion["no"])
            named = Statement(criterion["provenance"])
            rows = [Row(row, model) for row in criterion["indicators"]]
            self.criterion(no, criterion, named, rows)
            if not named.seen:
                # That they are sure enough ("high") is said once, in the overlay's note.
                sure = named.confidence == "high"
                self.overlay_criteria.append(
                    (
                        no,
                        {
                            "name": Names(vi=criterion["name_vi"], en=criterion["name_en"]),
                            **({} if sure else {"note": "name: %s" % named.confidence}),
                        },
                    )
                )
            for row in rows:
                self.row_overlay(row)

    def criterion(self, no, criterion, named, rows):
        model = self.model
        result = {"id": no, "#": None if named.seen else "name not read"}
        if named.seen:
            result["name"] = Names(vi=criterion["name_vi"], en=criterion["name_en"])
            result["group"] = criterion["group"]
            result["source"] = named.sources
        result["note"] = model.get("CRITERION_NOTES", {}).get(no)
        figures = [(f.name, f.whole(overlay=False)) for r in rows if r.rule_in_set for f in r.figures]
        figures += model.get("FIGURES", {}).get(no, [])
        if figures:
            self.figures += ["%s %s" % (no, criterion["name_en"])] + figures
        indicators = [self.row_base(row) for row in rows]
        for row in model.get("ADDED", {}).get(no, []):
            indicators.append(dict(row))
        unread = model.get("UNREAD", {})
        note = unread.get(no) if isinstance(unread, dict) else UNREAD
        if note:
            if not indicators and note == UNREAD:
                note = "rows exist that nobody has read"
            indicators.append({"id": of_criterion(no), "note": note})
        result["indicators"] = indicators
        self.criteria.append(result)

    def row_base(self, row):
        absent = not row.title.seen and not row.rule_in_set
        changed = self.model.get("CHANGES", {}).get(row.code, {})
        result = {"id": row.id, "#": "not read" if absent and not changed else None}
        if row.title.seen:
            result["name"] = Names(vi=None if row.english_only else row.vi, en=row.en)
        if row.rule_in_set:
            result["rule"] = row.rule
        if row.sources:
            result["source"] = row.sources
        if row.title.seen and not row.rule_in_set and not changed:
            result["#"] = "the rule was not read"
        result.update(changed)
        note = self.model.get("NOTES", {}).get(row.code)
        if note:
            result["note"] = note
        return {k: v for k, v in result.items() if v is not None}

    def row_overlay(self, row):
        result = {}
        changed = self.model.get("CHANGES", {}).get(row.code, {})
        if row.code in self.model.get("ELSEWHERE", ()):
            return
        if not row.title.seen and row.vi:
            names = {"vi": row.vi, "en": row.en}
            result["name"] = Names({k: v for k, v in names.items() if k not in changed.get("name", {})})
        elif row.english_only:
            result["name"] = Names(vi=row.vi)
        if row.rule_in_overlay:
            result["rule"] = row.rule
        told = row.told()
        note = self.model.get("OVERLAY_NOTES", {}).get(row.code)
        for figure in row.figures:
            if row.rule_in_overlay and not figure.in_set and figure.name not in self.model.get("BY_HAND", ()):
                self.new_figures.append((figure.name, figure.whole(overlay=True)))
            elif figure.in_set and figure.cells and figure.axes and not figure.by_region.seen:
                self.filled.append(
                    (figure.name, {"values": figure.values(), "note": "regions: %s" % figure.by_region.confidence})
                )
        if result:
            result["note"] = " ".join(part for part in (told + "." if told else "", note) if part) or None
            self.overlay_rows.append((row.id, {k: v for k, v in result.items() if v is not None}))

    def instrument(self, title_en):
        data = self.compiled["instrument"]
        said = data["provenance"]
        start = Statement(said["effective_from"])
        result = {
            "number": data["number"],
            "issuer": data["issuer"],
            "title": Names(vi=self.model.get("TITLE_ACT", data["title_vi"]), en=title_en),
            "signed": data["date"],
        }
        if start.seen:
            result["in_force"] = {"from": data["effective_from"], "to": self.model.get("IN_FORCE_TO")}
            result["in_force"] = {k: v for k, v in result["in_force"].items() if v}
        elif self.model.get("DAYS"):
            result["##"] = self.model["DAYS"]
        result["source"] = merged(Statement(said["number_date"]).sources, start.sources)
        return result

    def axes(self, years=None, names=("region",)):
        result = {}
        if "region" in names:
            result["region"] = {
                "name": Names(vi="Vùng", en="Region"),
                "values": {r["code"]: Names(vi=r["name_vi"], en=r["name_en"]) for r in self.regions},
            }
        if years:
            result["year"] = {"values": list(years)}
        return result

    def base(self, **more):
        model = self.model
        document = {
            "format": "ntm-set/1",
            "id": model["SET"],
            "title": Names(vi=model["TITLE_VI"], en=model["TITLE_EN"]),
            "programme": "ntm",
            "level": model["LEVEL"],
            "tier": model["TIER"],
            "place": "VN",
            "note": model["NOTE"],
            "instrument": self.instrument(model["TITLE_ACT_EN"]),
            "figures": list(self.figures),
            "criteria": self.criteria,
        }
        extra = more.pop("extra_figures", [])
        document["figures"] += extra
        document.update(more)
        return document

    def overlay(self, **more):
        model = self.model
        document = {
            "format": "ntm-overlay/1",
            "id": model["SET"] + ".recalled.unverified",
            "of": model["SET"],
            "standing": "unverified",
            "title": Names(vi=model["OVERLAY_TITLE_VI"], en=model["OVERLAY_TITLE_EN"]),
            "note": model["OVERLAY_NOTE"],
            "figures": [],
            "indicators": self.overlay_rows,
            "criteria": self.overlay_criteria,
        }
        if self.filled:
            document["figures"] += ["Cells of figures of the set"] + self.filled
        new = self.new_figures + more.pop("new_figures", [])
        filled = more.pop("filled", [])
        if filled and not self.filled:
            document["figures"] += ["Cells of figures of the set"]
        document["figures"] += filled
        if new:
            document["figures"] += ["New figures; how sure they are is said at their rows"] + new
        document.update(more)
        return document


def finish(documents, sources, dictionary=None, extra=()):
    """Fact dictionaries and sources: an overlay adds what its set does not have."""
    base, overlays = documents[0], documents[1:]
    parts = (
        "criteria",
        "preconditions",
        "status",
        "revocation",
        "scope",
        "values",
        "grade",
        "indicators",
        "replaces",
        "adds",
        "tightens",
    )

    def needs(document):
        rules = list(rules_in({k: document[k] for k in parts if k in document}))
        # The parts of a set refer to each other by ids that are no facts.
        return facts_used(rules, dictionary)

    own = needs(base) | set(extra)
    base["facts"] = fact_entries(own, dictionary)
    for overlay in overlays:
        overlay["facts"] = fact_entries(needs(overlay) - own, dictionary)
    base["sources"] = sources.of(base)
    for overlay in overlays:
        overlay["sources"] = {k: v for k, v in sources.of(overlay).items() if k not in base["sources"]}
    return documents
