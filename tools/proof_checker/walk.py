# SPDX-License-Identifier: Apache-2.0
"""The walk over a law: what a claim rests on, step by step, in the order of docs/proof.md ("steps").

The walk knows no short cuts and does not depend on any fact, so it can be made from the law alone. It is made with a
list of what is under way instead of recursion: rules may stand very high on one another.
"""

from .inputs import wanted_by
from .law import Part, nodes_below
from .shape_law import CONDITION, SORT


class Refused(Exception):
    """The walk cannot be made; says where and why."""

    def __init__(self, place, why):
        super().__init__(why)
        self.place, self.why = place, why


class Step:
    """One step: a node (under the members being run through) or a part.

    below     indexes of the steps that it rests on, in the order of the walk; those of scope last
    scopes    how many of `below` are rules of scope
    wanted    the facts that it looks at itself
    columns   of a figure: what it is by each rule of scope, and last by the unit's own axes (see figures.py)
    """

    __slots__ = ("at", "word", "node", "members", "below", "scopes", "wanted", "columns", "part")

    def __init__(self, at, word, node, members, part):
        self.at, self.word, self.node, self.members, self.part = at, word, node, members, part
        self.below, self.scopes, self.wanted, self.columns = [], 0, [], None

    @property
    def is_condition(self):
        return self.node is not None and SORT[self.word] == CONDITION

    @property
    def in_scope(self):
        return self.at.startswith("/scopes/")


class _Item:
    """What is under way: a node or a part, what it rests on, and how far the walk has come."""

    def __init__(self, step, rests_on, scopes):
        self.step, self.rests_on, self.scopes, self.next = step, rests_on, scopes, 0


class Walk:
    """The steps of a claim. `law` is its Law, `others` maps sets to the Law at hand, `most` is how many steps may come."""

    def __init__(self, law, others, most):
        self.law, self.others, self.most = law, others, most
        self.steps, self._index = [], {}

    def run(self, start):
        """Walks from a thing to look at, as `thing_of_claim` gives it."""
        under_way = [self._begin(start)]
        while True:
            item = under_way[-1]
            if item.next < len(item.rests_on):
                thing = item.rests_on[item.next]
                known = self._index.get(self._key(thing), "new")
                if known is None:
                    raise Refused(item.step.at, "the law goes round in a circle")
                if known == "new":
                    under_way.append(self._begin(thing))
                else:
                    item.step.below.append(known)
                    item.next += 1
                continue
            index = self._write(under_way.pop())
            if not under_way:
                return
            under_way[-1].step.below.append(index)
            under_way[-1].next += 1

    def _write(self, item):
        step, index = item.step, len(self.steps)
        step.scopes = item.scopes
        step.wanted = wanted_by(step.node, step.members, self.law, self.others) if step.node is not None else []
        if index == self.most:
            raise Refused("", "the walk has more steps than the proof")
        if step.part or step.in_scope:
            self._index[step.at, step.word] = index
        self.steps.append(step)
        return index

    @staticmethod
    def _key(thing):
        """Parts and rules of scope are walked once; any other node as often as the walk comes to it."""
        part, node, path, _ = thing
        return (path, part.word if part else node["kind"]) if part or path.startswith("/scopes/") else None

    def _begin(self, thing):
        part, node, path, members = thing
        if self._key(thing):
            self._index[self._key(thing)] = None
        if part:
            return _Item(Step(path, part.word, None, {}, part), self._below_part(part), 0)
        rests_on, scopes = self._below_node(node, path, members)
        return _Item(Step(path, node["kind"], node, members, None), rests_on, scopes)

    def _below_part(self, part):
        """What a part rests on: docs/algebra.md, "The parts of a set"."""
        if part.word == "status":
            return [
                self._of_part(Part("criteria_status", "criteria_status", None)),
                *map(self._of_part, self.law.preconditions.values()),
            ]
        rule, path = part.rule, part.path + "/rule"
        if part.word in ("criteria_status", "revocation"):
            rule, path = self.law.rules.get(part.word), f"/rules/{part.word}"
        if rule is not None:
            return [(None, rule, path, {})]
        if part.word == "criteria_status":
            return [self._of_part(criterion) for criterion in self.law.criteria.values()]
        return [self._of_part(own) for own in self.law.indicators_of[part.path]] if part.word == "criterion" else []

    @staticmethod
    def _of_part(part):
        return part, None, part.path, {}

    def _below_node(self, node, path, members):
        """(what a node rests on, how many of it are rules of scope)."""
        kind = node["kind"]
        named = {"criterion": self.law.criteria, "indicator": self.law.indicators, "value": self.law.values}.get(kind)
        if named is not None:
            return [self._of_part(named[node["name"]])], 0
        over = node.get("over")
        if over in ("criteria", "indicators"):
            parts = self.law.criteria if over == "criteria" else self.law.indicators
            return [self._of_part(parts[name]) for name in node.get("among", parts)], 0
        if over == "members":
            dimension = node["label"]
            return [
                (None, node["of"][0], path + "/of/0", {**members, dimension: member})
                for member in self.law.dimensions[dimension]
            ], 0
        if over == "children":
            return [], 0
        if (
            kind == "figure_of"
            and node["label"] in self.others
            and node["name"] not in self.others[node["label"]].figures
        ):
            raise Refused(path, f"the law of {node['label']!r} has no figure {node['name']!r}")
        figure = figure_of(node, self.law, self.others)
        if figure is not None:
            scopes = (
                self.law.scopes if self.law.scopes and self.law.scopes[0]["axis"] in figure[1].get("axes", ()) else []
            )
            return [(None, scope["when"], f"/scopes/{place}/when", {}) for place, scope in enumerate(scopes)], len(
                scopes
            )
        return [(None, below, below_path, members) for below, below_path in nodes_below(node, path)], 0


def figure_of(node, law, others):
    """(law, figure) that a node of kind figure or figure_of takes its cells from; None for any other node."""
    if node["kind"] == "figure":
        return law, law.figures[node["name"]]
    if node["kind"] == "figure_of" and node["label"] in others:
        other = others[node["label"]]
        return other, other.figures[node["name"]]
    return None


def thing_of_claim(claim, law):
    """What the walk of a claim starts with; raises Refused where the law has no such part."""
    of = claim["of"]
    if of == "condition":
        for node, path in law.nodes():
            if path == claim["at"] and SORT[node["kind"]] == CONDITION:
                return None, node, path, {}
        raise Refused("/at", "the law has no condition there")
    if of in ("status", "criteria_status", "revocation"):
        if of == "revocation" and of not in law.rules:
            raise Refused("/of", "the law has no rule of revocation")
        return Part(of, of, None), None, of, {}
    parts = {"criterion": law.criteria, "indicator": law.indicators, "precondition": law.preconditions}[of]
    if claim["id"] not in parts:
        raise Refused("/id", f"the law has no {of} {claim['id']!r}")
    part = parts[claim["id"]]
    return part, None, part.path, {}
