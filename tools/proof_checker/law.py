# SPDX-License-Identifier: Apache-2.0
"""A law as the checker uses it: its parts by name and by path, and whether everything that it names exists."""

from collections import namedtuple

from .shape_law import BELOW, SORT, CONDITION, GRADE, QUANTITY

Part = namedtuple("Part", "word path rule")
Part.__doc__ = "A part of a set: which word it goes by, its path, its rule (None if nobody has read it)."

# Words of docs/units.md that are a power of ten of something.
_POWERS = {
    "%": -2,
    "percent": -2,
    "thousand VND": 3,
    "nghìn đồng": 3,
    "million VND": 6,
    "triệu đồng": 6,
    "billion VND": 9,
    "tỷ đồng": 9,
    "km": 3,
    "ha": 4,
    "km2": 6,
    "tonne": 3,
    "tấn": 3,
}
NUMBER_KINDS = ("count", "amount", "share", "money", "date")


def power_of_unit(unit):
    """The power of ten of a unit, or None for a product, whose writing docs/units.md does not fix."""
    if any(mark in unit for mark in "·*.×"):
        return None
    first, *others = unit.split("/")
    return _POWERS.get(first, 0) - sum(_POWERS.get(word, 0) for word in others)


def nodes_below(node, path):
    """The nodes right below a node, as (node, path), in the order of the walk."""
    found = [(child, f"{path}/of/{number}") for number, child in enumerate(node.get("of", ()))]
    for number, band in enumerate(node.get("bands", ())):
        if "requires" in band:
            found.append((band["requires"], f"{path}/bands/{number}/requires"))
    if "knock_out" in node:
        found.append((node["knock_out"], f"{path}/knock_out"))
    return found


class Law:
    """A law. All of its lists of things with an id can be asked by id."""

    def __init__(self, content):
        self.content = content
        self.id = content["about"]["id"]
        self.facts = {fact["id"]: fact for fact in content.get("facts", ())}
        self.figures = {figure["id"]: figure for figure in content.get("figures", ())}
        self.axes = {axis["id"]: axis["values"] for axis in content.get("axes", ())}
        self.dimensions = {dimension["id"]: dimension["members"] for dimension in content.get("dimensions", ())}
        self.scopes = content.get("scopes", [])
        self.rules = content.get("rules", {})
        self.values = self._parts("value", "values")
        self.value_contents = {value["id"]: value for value in content.get("values", ())}
        self.preconditions = self._parts("precondition", "preconditions")
        self.criteria, self.indicators, self.indicators_of = {}, {}, {}
        for place, criterion in enumerate(content.get("criteria", ())):
            path = f"/criteria/{place}"
            self.criteria[criterion["id"]] = Part("criterion", path, criterion.get("rule"))
            own = [
                Part("indicator", f"{path}/indicators/{number}", indicator.get("rule"))
                for number, indicator in enumerate(criterion.get("indicators", ()))
            ]
            self.indicators_of[path] = own
            self.indicators.update(zip((indicator["id"] for indicator in criterion.get("indicators", ())), own))
        self.cells = {
            figure_id: {tuple(cell.get("keys", ())): cell for cell in figure.get("cells", ())}
            for figure_id, figure in self.figures.items()
        }

    def _parts(self, word, key):
        return {
            part["id"]: Part(word, f"/{key}/{place}", part.get("rule"))
            for place, part in enumerate(self.content.get(key, ()))
        }

    def roots(self):
        """The rules that stand in the law, as (node, path)."""
        found = [
            (part.rule, part.path + "/rule")
            for parts in (self.criteria, self.indicators, self.preconditions, self.values)
            for part in parts.values()
            if part.rule
        ]
        found += [(node, f"/rules/{name}") for name, node in self.rules.items()]
        return found + [(scope["when"], f"/scopes/{place}/when") for place, scope in enumerate(self.scopes)]

    def nodes(self):
        """All nodes of all rules, as (node, path)."""
        waiting = self.roots()
        while waiting:
            node, path = waiting.pop()
            yield node, path
            waiting.extend(nodes_below(node, path))

    def has_value(self, axis, value):
        """Whether an axis has a value; the axis `year` also has every year between its first and its last."""
        values = self.axes.get(axis, ())
        if value in values:
            return True
        if axis != "year" or not is_year(value):
            return False
        years = [int(year) for year in values if is_year(year)]
        return bool(years) and min(years) <= int(value) <= max(years)


def is_year(text):
    return len(text) == 4 and text.isascii() and text.isdigit()


def _doubled(names):
    seen = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


class _Checker:
    """Finds what a law names without having it."""

    def __init__(self, law):
        self.law, self.found = law, []

    def complain(self, path, what):
        self.found.append((path, what))

    def exists(self, path, name, where, what):
        if name is not None and name not in where:
            self.complain(path, f"{name!r} is no {what} of this law")

    def unique(self, key, inner="id"):
        twice = _doubled(thing[inner] for thing in self.law.content.get(key, ()))
        if twice is not None:
            self.complain(f"/{key}", f"{twice!r} stands there twice")

    def lists(self):
        for key in ("axes", "criteria", "dimensions", "facts", "figures", "preconditions", "sources", "values"):
            self.unique(key)
        content = self.law.content
        twice = _doubled(
            indicator["id"]
            for criterion in content.get("criteria", ())
            for indicator in criterion.get("indicators", ())
        )
        if twice is not None:
            self.complain("/criteria", f"the indicator {twice!r} stands there twice")
        for key, inner in (("axes", "values"), ("dimensions", "members")):
            for place, thing in enumerate(content.get(key, ())):
                if _doubled(thing[inner]) is not None:
                    self.complain(f"/{key}/{place}/{inner}", f"{_doubled(thing[inner])!r} stands there twice")
        for place, axis in enumerate(content.get("axes", ())):
            if len(axis.get("names", axis["values"])) != len(axis["values"]):
                self.complain(f"/axes/{place}/names", "there are as many names as values")
        for place, scope in enumerate(self.law.scopes):
            path = f"/scopes/{place}"
            if (
                scope["axis"] not in self.law.axes
                or scope["axis"] == "year"
                or scope["axis"] != self.law.scopes[0]["axis"]
            ):
                self.complain(path + "/axis", "all rules of scope speak of one axis of the law, not of the year")
            self.exists(path + "/use", scope["use"], self.law.axes.get(scope["axis"], ()), "value of that axis")

    def facts(self):
        for place, fact in enumerate(self.law.content.get("facts", ())):
            path = f"/facts/{place}"
            if (fact["kind"] == "level") != ("levels" in fact):
                self.complain(path, "levels are what a fact of kind level has, and no other")
            if _doubled(fact.get("levels", ())) is not None:
                self.complain(path + "/levels", "a level stands there twice")
            for key in ("part_of", "merge_weight"):
                self.exists(f"{path}/{key}", fact.get(key), self.law.facts, "fact")
            for number, name in enumerate(fact.get("merge_parts", ())):
                self.exists(f"{path}/merge_parts/{number}", name, self.law.facts, "fact")
            self.exists(path + "/by", fact.get("by"), self.law.dimensions, "dimension")
            self.power(path, fact)

    def power(self, path, thing):
        """What says its unit has the power of that unit."""
        expected = power_of_unit(thing.get("unit", ""))
        if expected is not None and thing["power"] != expected:
            self.complain(path + "/power", f"the unit {thing.get('unit', '1')!r} is 10^{expected} base units")

    def figures(self):
        for place, figure in enumerate(self.law.content.get("figures", ())):
            path, axes = f"/figures/{place}", figure.get("axes", [])
            self.power(path, figure)
            for number, axis in enumerate(axes):
                self.exists(f"{path}/axes/{number}", axis, self.law.axes, "axis")
            if figure.get("interpolate") and "year" not in axes:
                self.complain(path + "/interpolate", "a figure without the axis year has no line between years")
            for number, cell in enumerate(figure.get("cells", ())):
                keys = cell.get("keys", [])
                if len(keys) != len(axes) or not all(map(self.law.has_value, axes, keys)):
                    self.complain(f"{path}/cells/{number}/keys", "keys are one value of each axis of the figure")
            if len(self.law.cells[figure["id"]]) != len(figure.get("cells", ())):
                self.complain(path + "/cells", "two cells have the same keys")
        for place, value in enumerate(self.law.content.get("values", ())):
            self.power(f"/values/{place}", value)

    def citations(self):
        """Every source that is cited is one of the law's."""
        sources = {source["id"] for source in self.law.content.get("sources", ())}
        waiting = [(self.law.content, "")]
        while waiting:
            item, path = waiting.pop()
            if isinstance(item, dict):
                for name in (
                    item.get("citation", {}).get("sources", ()) if isinstance(item.get("citation"), dict) else ()
                ):
                    self.exists(path + "/citation/sources", name, sources, "source")
                waiting.extend((inner, f"{path}/{key}") for key, inner in item.items())
            elif isinstance(item, list):
                waiting.extend((inner, f"{path}/{number}") for number, inner in enumerate(item))

    def node_names(self, node, path):
        law, kind = self.law, node["kind"]
        name, label = node.get("name"), node.get("label")
        kinds = {
            "fact": NUMBER_KINDS,
            "past": NUMBER_KINDS,
            "of_parent": NUMBER_KINDS,
            "average": NUMBER_KINDS,
            "attested": ("flag",),
            "at_level": ("level",),
            "if_applicable": (*NUMBER_KINDS, "flag", "level"),
        }.get(kind)
        if kinds and name is not None and law.facts.get(name, {}).get("kind") not in kinds:
            self.complain(path + "/name", f"{name!r} is no fact of this law that {kind} can ask for")
        for own_kind, where in (
            ("value", law.values),
            ("figure", law.figures),
            ("criterion", law.criteria),
            ("indicator", law.indicators),
        ):
            if kind == own_kind:
                self.exists(path + "/name", name, where, own_kind)
        if kind in ("count", "share", "every"):
            self.counted(node, path)
        if kind == "at_level":
            if ("of" in node) == ("name" in node):
                self.complain(path, "at_level asks for a fact or for a grade")
            elif "of" in node and node["of"][0]["kind"] == "grade":
                self.exists(
                    path + "/label", label, [band["label"] for band in node["of"][0]["bands"]], "class of the grade"
                )
            elif "name" in node and name in law.facts:
                self.exists(path + "/label", label, law.facts[name].get("levels", ()), "level of the fact")
        if kind == "points" and len(node["points"]) != len(node["of"]):
            self.complain(path + "/points", "there are as many points as conditions")
        if kind == "grade" and _doubled(band["label"] for band in node["bands"]) is not None:
            self.complain(path + "/bands", "two bands have the same label")

    def counted(self, node, path):
        over = node["over"]
        keys = {
            "criteria": {"among", "verdict"},
            "indicators": {"among", "verdict"},
            "members": {"label", "of"},
            "children": {"label", "name", "of"},
        }[over]
        needed = keys - {"among", "verdict"}
        have = {"among", "verdict", "label", "name", "of"} & set(node)
        if not needed <= have <= keys:
            self.complain(
                path, f"over {over} a {node['kind']} has " + (" and ".join(sorted(needed)) or "no rule of its own")
            )
        if over == "members":
            self.exists(path + "/label", node.get("label"), self.law.dimensions, "dimension")
        for number, name in enumerate(node.get("among", ())):
            self.exists(
                f"{path}/among/{number}",
                name,
                self.law.criteria if over == "criteria" else self.law.indicators,
                "criterion" if over == "criteria" else "indicator",
            )
        if _doubled(node.get("among", ())) is not None:
            self.complain(path + "/among", "a name stands there twice")

    def node_powers(self, node, path):
        law, kind, name = self.law, node["kind"], node.get("name")
        if kind in ("constant", "figure_of"):
            self.power(path, node)
        where = {"value": law.value_contents, "figure": law.figures}.get(kind)
        if kind in ("fact", "past", "of_parent", "average"):
            where = law.facts
        if where and name in where and where[name]["power"] != node["power"]:
            self.complain(path + "/power", f"the {kind} {name!r} is in 10^{where[name]['power']} base units")
        if kind == "rounded" and "unit" in node:
            self.power(path, node)

    def nodes(self):
        for node, path in self.law.nodes():
            kind = node["kind"]
            sort, least, most = BELOW.get(kind, (None, 0, 0))
            below = node.get("of", [])
            if (
                len(below) < least
                or (most is not None and len(below) > most)
                or any(SORT[n["kind"]] != sort for n in below)
            ):
                self.complain(path + "/of", f"what stands below {kind} is not what it takes")
            if any(SORT[n["kind"]] != CONDITION for n, _ in nodes_below(node, path)[len(below) :]):
                self.complain(path, "a band requires a condition, and knock_out is one")
            self.node_names(node, path)
            self.node_powers(node, path)
        for node, path in self.law.roots():
            expected = QUANTITY if path.startswith("/values/") else GRADE if path == "/rules/grade" else CONDITION
            if SORT[node["kind"]] != expected:
                self.complain(path, f"a {expected} stands here")


def problems_of(law):
    """What is wrong with a law in itself, as (path, complaint)."""
    checker = _Checker(law)
    for check in (checker.lists, checker.facts, checker.figures, checker.citations, checker.nodes):
        check()
    return checker.found
