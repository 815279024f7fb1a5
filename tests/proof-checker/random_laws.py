# SPDX-License-Identifier: Apache-2.0
"""Laws at random that hold every kind of node, as the text of sets."""
from __future__ import annotations

import json
import random
from typing import Any

HOUSEHOLD = "household"
CITED = {"source": ["S1"]}


class Rules:
    """Rules at random, so deep; parts are named only if they come earlier, so that there are no loops."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.criteria: "list[str]" = []
        self.indicators: "list[str]" = []
        self.values: "list[str]" = []
        self.counted = 0
        self.in_scope = False
        self.members = 0

    def by_sex(self, name: str) -> "list[str]":
        """A fact that is reported by members, where members are being run through."""
        return [name] * 3 if self.members else []

    def of_members(self, depth: int) -> Any:
        self.members += 1
        made = self.condition(depth - 1)
        self.members -= 1
        return made

    def pick(self, *makers: Any) -> Any:
        return self.chance.choice(makers)()

    def number(self, most: int) -> Any:
        return self.chance.choice([self.chance.randint(0, most), self.chance.randint(0, most * 4) / 4])

    def several(self, maker: Any, depth: int, least: int = 1) -> "list[Any]":
        return [maker(depth - 1) for _ in range(self.chance.randint(least, 3))]

    def households(self, depth: int) -> Any:
        """A quantity in households."""
        leaves = [lambda: self.chance.choice(["c1", "c2", "c3", "part", "amount", *self.by_sex("sexes")]),
                  lambda: {"constant": self.number(20), "unit": HOUSEHOLD},
                  lambda: {"figure": self.chance.choice(["plain", "regional", "line", "unread"])},
                  lambda: {"past": "c1", "event": "then"}, lambda: {"of_parent": "c2", "level": "province"},
                  lambda: {"average": "c3", "level": "province"},
                  lambda: {"figure_of": "above", "set": "elsewhere", "unit": HOUSEHOLD}]
        if self.in_scope:
            leaves = leaves[:2]
        if self.values and not self.in_scope:
            leaves.append(lambda: {"value": self.chance.choice(self.values)})
        if depth <= 0 or self.chance.random() < 0.3:
            return self.pick(*leaves)
        return self.pick(
            lambda: {self.chance.choice(["sum", "minimum", "maximum"]): self.several(self.households, depth)},
            lambda: {"difference": self.several(self.households, depth, 2)[:2]},
            lambda: {"product": [self.households(depth - 1), self.plain(depth - 1)]},
            lambda: {"rounded": self.households(depth - 1), "digits": self.chance.randint(0, 2), **CITED,
                     "mode": self.chance.choice(["half up", "half even", "down", "up"])})

    def plain(self, depth: int) -> Any:
        """A plain number."""
        if depth <= 0:
            return {"constant": self.number(3)}
        makers = [lambda: {"ratio": [self.households(depth - 1), self.households(depth - 1)]}, lambda: {"share-fact": 0},
                  lambda: {"rounded": self.plain(depth - 1), "digits": 1, "unit": "%", "mode": "half up", **CITED}]
        if not self.in_scope:
            makers += [lambda: self.counting(depth, "count"), lambda: self.counting(depth, "share")]
        made = self.pick(*makers)
        return {"fact": "rate"} if made == {"share-fact": 0} else made

    def points(self, depth: int) -> Any:
        """A quantity in points."""
        ladder = {"points": [{"when": self.condition(depth - 1), "give": self.chance.randint(0, 5)}
                             for _ in range(self.chance.randint(1, 3))]}
        return self.chance.choice([ladder, {"sum": [ladder, {"constant": self.number(5), "unit": "point"}]}])

    def children(self, depth: int) -> Any:
        self.counted += 1
        return {"level": "village", "name": f"n{self.counted}"}

    def counting(self, depth: int, kind: str) -> Any:
        makers = [lambda: {kind: "members", "of": "sex", "where": self.of_members(depth)},
                  lambda: {kind: "children", **self.children(depth), "where": [["c1", ">=", {"constant": 1, "unit": HOUSEHOLD}]][0]}]
        for word, names in (("criteria", self.criteria), ("indicators", self.indicators)):
            if names:
                makers.append(lambda word=word, names=names: {
                    kind: word, "among": self.chance.sample(names, self.chance.randint(1, len(names))),
                    **({"verdict": "not met"} if self.chance.random() < 0.3 else {})})
        return self.pick(*makers)

    def compare(self, depth: int) -> Any:
        sign = self.chance.choice(["<", "<=", "=", ">=", ">", ">="])
        side = self.chance.choice([self.households, self.households, self.plain, self.points])
        return [side(depth - 1), sign, side(depth - 1)]

    def grade(self, depth: int) -> Any:
        ends = sorted(self.chance.sample(range(1, 30), 2))
        bands = [{"class": "low", "range": f"[0, {ends[0]})" if self.chance.random() < 0.5 else f"(..., {ends[0]})"},
                 {"class": "mid", "range": f"[{ends[0]}, {ends[1]}]"}, {"class": "high", "range": f"({ends[1]}, ...)"}]
        for band in bands:
            if self.chance.random() < 0.4:
                band["requires"] = self.condition(depth - 1)  # type: ignore[assignment]
        of = self.chance.choice([self.households, self.plain, self.points])(depth - 1)
        return {"grade": {"of": of, "bands": bands, **({"knock_out": self.condition(depth - 1)} if self.chance.random() < 0.4 else {})}}

    def condition(self, depth: int) -> Any:
        leaves = [lambda: {"attested": self.chance.choice(["f1", "f2", *self.by_sex("f3")])}, lambda: {"holds": self.chance.choice(["below", "beside"])},
                  lambda: {"at_level": [self.chance.choice(["bad", "fair", "good"]), "rating"]}]
        if self.in_scope:
            return self.pick(*leaves)
        if self.criteria:
            leaves.append(lambda: {"criterion": self.chance.choice(self.criteria)})
        if self.indicators:
            leaves.append(lambda: {"indicator": self.chance.choice(self.indicators)})
        if depth <= 0:
            return self.pick(*leaves)
        return self.pick(
            lambda: self.compare(depth), lambda: self.compare(depth), *leaves,
            lambda: {self.chance.choice(["all", "any"]): self.several(self.condition, depth)},
            lambda: {"at_least": self.chance.randint(1, 2), "of": self.several(self.condition, depth, 2)},
            lambda: {"not": self.condition(depth - 1)},
            lambda: {"if_applicable": self.chance.choice(["f1", "c1", "rating"]), "then": self.condition(depth - 1)},
            lambda: {"every": "sex", "holds": self.of_members(depth)},
            lambda: {"every": "children", **self.children(depth), "holds": {"attested": "f1"}},
            lambda: {"at_level": [self.chance.choice(["low", "mid", "high"]), self.grade(depth)]})


def text(seed: int) -> str:
    """The text of a set."""
    chance = random.Random(seed)
    rules = Rules(chance)
    year = {"2018": 4, "2021": 11, "2025": 12.5}
    content: "dict[str, Any]" = {
        "format": "ntm-set/1", "id": f"random-{seed}", "programme": "test", "level": "commune", "tier": "standard", "place": "VN",
        "instrument": {"in_force": {"from": "2020-01-01"}, "source": ["S1"]}, "sources": {"S1": {"where": "here"}, "S2": {"where": "there"}},
        "axes": {"region": {"values": ["N", "S", "W"]}, "year": {"values": list(year)}}, "dimensions": {"sex": ["female", "male"]},
        "facts": {
            "c1": {"kind": "count", "unit": HOUSEHOLD}, "c2": {"kind": "count", "unit": HOUSEHOLD, "most": 60},
            "c3": {"kind": "count", "unit": HOUSEHOLD, "least": 1}, "part": {"kind": "count", "unit": HOUSEHOLD, "part_of": "c1"},
            "amount": {"kind": "amount", "unit": HOUSEHOLD}, "sexes": {"kind": "count", "unit": HOUSEHOLD, "by": "sex"},
            "rate": {"kind": "share", "unit": "%"}, "f1": {"kind": "flag"}, "f2": {"kind": "flag"}, "f3": {"kind": "flag", "by": "sex"},
            "rating": {"kind": "level", "levels": ["bad", "fair", "good"]}},
        "figures": {
            "plain": {"unit": HOUSEHOLD, "value": chance.randint(0, 9), "source": ["S1"]}, "unread": {"unit": HOUSEHOLD},
            "regional": {"unit": HOUSEHOLD, "axes": ["region"], "source": ["S1"],
                         "values": {"N": 5, "S": {"value": 7.5, "source": ["S2"]}}},
            "line": {"unit": HOUSEHOLD, "axes": ["region", "year"], "interpolate": True, "source": ["S1"],
                     "values": {"N": year, "S": {"2018": 3, "2025": {"value": 9, "source": ["S2", "S1"]}}, "W": {"2021": 6}}}}}
    content["criteria"] = []
    for number in range(1, chance.randint(2, 4)):
        criterion: "dict[str, Any]" = {"id": str(number), "name": {"vi": "Một"}, "source": ["S1"]}
        if chance.random() < 0.2:
            criterion["rule"] = rules.condition(3)
        else:
            criterion["indicators"] = []
            for inner in range(1, chance.randint(2, 4)):
                own = {"id": f"{number}.{inner}", "name": {"vi": "Một"}, "rule": rules.condition(3), **CITED}
                criterion["indicators"].append(own)
                rules.indicators.append(own["id"])  # type: ignore[arg-type]
        rules.criteria.append(str(number))
        content["criteria"].append(criterion)
        if chance.random() < 0.4:
            content.setdefault("values", []).append({"id": f"v{number}", "unit": HOUSEHOLD, "of": rules.households(2), **CITED})
            rules.values.append(f"v{number}")
    if chance.random() < 0.5:
        content["status"] = rules.condition(2)
    if chance.random() < 0.6:
        content["preconditions"] = [{"id": "p", "name": {"vi": "Một"}, "rule": rules.condition(3), **CITED}]
    if chance.random() < 0.6:
        content["revocation"] = rules.condition(3)
    if chance.random() < 0.5:
        rules.in_scope = True
        content["scope"] = [{"axis": "region", "use": use, "when": rules.condition(1), **CITED}
                            for use in chance.sample(["N", "S", "W"], chance.randint(1, 2))]
    return json.dumps(content, ensure_ascii=False) + "\n"


ELSEWHERE = json.dumps({
    "format": "ntm-set/1", "id": "elsewhere", "programme": "test", "level": "commune", "tier": "advanced", "place": "VN",
    "instrument": {"in_force": {"from": "2020-01-01"}, "source": ["S1"]}, "sources": {"S1": {"where": "here"}},
    "axes": {"region": {"values": ["N", "E"]}, "year": {"values": ["2020", "2023", "2030"]}},
    "figures": {"above": {"unit": HOUSEHOLD, "axes": ["region", "year"], "interpolate": True, "source": ["S1"],
                          "values": {"N": {"2020": 4, "2030": 11}, "E": {"2020": 3, "2023": 5}}}},
    "criteria": [{"id": "1", "name": {"vi": "Một"}, "source": ["S1"]}]}) + "\n"
