# SPDX-License-Identifier: Apache-2.0
"""Proofs written by hand from the pages docs/proof.md and docs/algebra.md, before any program wrote one."""
from __future__ import annotations

from typing import Any

from kit import document, law

ON = "2020-02-25"
FACTS = [
    {"id": "clean", "kind": "count", "part_of": "households", "power": 0, "unit": "household"},
    {"id": "households", "kind": "count", "power": 0, "unit": "household"},
    {"id": "income", "kind": "money", "power": 6, "unit": "triệu đồng"},
    {"id": "market", "kind": "flag", "power": 0},
    {"id": "plan", "kind": "flag", "power": 0},
    {"id": "poor", "kind": "flag", "power": 0},
    {"id": "rating", "kind": "level", "levels": ["low", "fair", "good"], "power": 0},
    {"id": "trained", "by": "sex", "kind": "count", "power": 0, "unit": "person"},
]


def fact(name: str, power: int = 0) -> Any:
    return {"kind": "fact", "name": name, "power": power}


def constant(value: str, unit: str = "", power: int = 0) -> Any:
    return {"kind": "constant", "power": power, "value": value, **({"unit": unit} if unit else {})}


def compare(a: Any, sign: str, b: Any) -> Any:
    return {"kind": "compare", "of": [a, b], "sign": sign}


def attested(name: str) -> Any:
    return {"kind": "attested", "name": name}


def number(name: str, value: "str | None", unit: str = "household", **more: Any) -> Any:
    state = {"state": "reported", "value": value} if value is not None else {"state": "not reported"}
    return {"kind": "number", "name": name, "power": 0, "unit": unit, **state, **more}


def flag(name: str, value: "str | None", **more: Any) -> Any:
    return {"kind": "flag", "name": name, **({"state": "reported", "value": value} if value else {"state": "not reported"}), **more}


def lies(at: str, kind: str, least: str, most: "str | None" = None, **more: Any) -> Any:
    return {"at": at, "kind": kind, "least": least, "most": least if most is None else most, **more}


def is_(at: str, kind: str, verdict: str, **more: Any) -> Any:
    return {"at": at, "kind": kind, "verdict": verdict, **more}


def part(at: str, word: str, verdict: str) -> Any:
    return {"at": at, "part": word, "verdict": verdict}


def claim(of: str, verdict: str, unit: str = "A", **more: Any) -> Any:
    return {"of": of, "on": ON, "unit": unit, "verdict": verdict, **more}


def share(verdict: str, clean: "str | None", of_all: "tuple[str, str]", why: Any, **bounds: Any) -> Any:
    """1,799 of 2,000 households against 90 %, at two indicators; the second looks at a flag."""
    rule = compare({"kind": "ratio", "of": [fact("clean"), fact("households")], "power": 0}, ">=", constant("90", "%", -2))
    one = law(criteria=[{"id": "1", "indicators": [{"id": "1.1", "rule": rule}, {"id": "1.2", "rule": attested("plan")}]}],
              facts=FACTS, dimensions=[{"id": "sex", "members": ["female", "male"]}])
    at = "/criteria/0/indicators/0/rule"
    known = (clean, clean) if clean is not None else (bounds.get("least", "0"), "inf")
    return document(one, {
        "claim": claim("criterion", verdict, id="1"),
        "facts": [number("clean", clean, **bounds), number("households", "2000"), flag("plan", "yes", period="2019")],
        "steps": [lies(at + "/of/0/of/0", "fact", *known), lies(at + "/of/0/of/1", "fact", "2000"),
                  lies(at + "/of/0", "ratio", *of_all), lies(at + "/of/1", "constant", "0.9"),
                  is_(at, "compare", verdict), part("/criteria/0/indicators/0", "indicator", verdict),
                  is_("/criteria/0/indicators/1/rule", "attested", "met"),
                  part("/criteria/0/indicators/1", "indicator", "met"), part("/criteria/0", "criterion", verdict)],
        **why})


def share_not_met() -> Any:
    return share("not met", "1799", ("0.8995", "0.8995"), {"reasons": {"leaves": [4], "smallest": True}})


def share_met() -> Any:
    return share("met", "1800", ("0.9", "0.9"), {"reasons": {"leaves": [4, 6], "smallest": True}})


def share_open() -> Any:
    return share("open", None, ("0.05", "inf"), {"deciding": {
        "to_met": {"facts": [{"name": "clean", "value": "1800"}], "smallest": True},
        "to_not_met": {"facts": [{"name": "clean", "value": "1799"}], "smallest": True}}}, least="100")


def income_line(scope: "str | None" = "no") -> Any:
    """Income against a figure between two years; a poor unit goes by another region's column."""
    figure = {"axes": ["region", "year"], "id": "income", "interpolate": True, "power": 6, "unit": "triệu đồng",
              "citation": {"sources": ["S1"], "standing": "cited"}, "cells": [
                  {"keys": ["N", "2018"], "value": "30"}, {"keys": ["N", "2021"], "value": "40"},
                  {"keys": ["S", "2020"], "value": "44", "citation": {"sources": ["S2"], "standing": "cited"}}]}
    one = law(axes=[{"id": "region", "values": ["N", "S"]}, {"id": "year", "values": ["2018", "2021"]}], facts=FACTS,
              dimensions=[{"id": "sex", "members": ["female", "male"]}], sources=[{"id": "S1"}, {"id": "S2"}], figures=[figure],
              scopes=[{"axis": "region", "use": "N", "when": attested("poor")}],
              rules={"criteria_status": compare(fact("income", 6), ">=", {"kind": "figure", "name": "income", "power": 6})})
    line = {"between": ["2018", "2021"], "keys": ["N", "2020"], "sources": ["S1", "S1"], "value": "110/3"}
    south = {"keys": ["S", "2020"], "sources": ["S2"], "value": "44"}
    low, high = {"no": ("44000000", "44000000"), "yes": ("110000000/3", "110000000/3"), None: ("110000000/3", "44000000")}[scope]
    verdict = {"no": "not met", "yes": "met", None: "open"}[scope]
    ways = {"to_met": {"facts": [{"name": "poor", "value": "yes"}], "smallest": True},
            "to_not_met": {"facts": [{"name": "poor", "value": "no"}], "smallest": True}}
    root = "/rules/criteria_status"
    return document(one, {
        "claim": claim("criteria_status", verdict, axes=[{"axis": "region", "from": "column", "value": "S"},
                                                         {"axis": "year", "from": "date", "value": "2020"}]),
        "facts": [{"kind": "number", "name": "income", "power": 6, "state": "reported", "unit": "triệu đồng", "value": "40"},
                  flag("poor", scope)],
        "steps": [lies(root + "/of/0", "fact", "40000000"),
                  is_("/scopes/0/when", "attested", {"no": "not met", "yes": "met", None: "open"}[scope]),
                  lies(root + "/of/1", "figure", low, high, cells={"no": [south], "yes": [line], None: [line, south]}[scope]),
                  is_(root, "compare", verdict), part("criteria_status", "criteria_status", verdict)],
        **({"deciding": ways} if scope is None else {"reasons": {"leaves": [3], "smallest": True}})})


def grade_open() -> Any:
    """A grade of points, at the second class or higher, knocked out by a flag; with a rule of every sex beside it."""
    bands = [{"label": "1", "to": "3", "to_open": True}, {"from": "3", "label": "2", "requires": attested("plan")}]
    points = {"kind": "points", "of": [attested("market"), attested("poor")], "points": ["3", "1"], "power": 0}
    grade = {"bands": bands, "kind": "grade", "knock_out": {"kind": "not", "of": [attested("plan")]}, "of": [points]}
    every = {"kind": "every", "label": "sex", "of": [compare(fact("trained"), ">", constant("2", "person"))], "over": "members"}
    applicable = {"kind": "if_applicable", "name": "market", "of": [{"kind": "at_level", "label": "fair", "name": "rating"}]}
    one = law(dimensions=[{"id": "sex", "members": ["female", "male"]}], facts=FACTS, preconditions=[{"id": "p", "rule": {
        "kind": "all", "of": [{"kind": "at_level", "label": "2", "of": [grade]}, every, applicable]}}])
    at, below = "/preconditions/0/rule", "/preconditions/0/rule/of/0/of/0"

    def sex(member: str, value: str, verdict: str) -> Any:
        of, members = at + "/of/1/of/0", {"sex": member}
        return [lies(of + "/of/0", "fact", value, members=members), lies(of + "/of/1", "constant", "2", members=members),
                is_(of, "compare", verdict, members=members)]

    return document(one, {
        "claim": claim("precondition", "open", id="p"),
        "facts": [flag("market", "yes"), flag("plan", None), flag("poor", None),
                  {"kind": "level", "least": "1", "name": "rating", "state": "not reported"},
                  number("trained[female]", "3", "person"), number("trained[male]", "4", "person")],
        "steps": [is_(below + "/of/0/of/0", "attested", "met"), is_(below + "/of/0/of/1", "attested", "open"),
                  lies(below + "/of/0", "points", "3"), is_(below + "/bands/1/requires", "attested", "open"),
                  is_(below + "/knock_out/of/0", "attested", "open"), is_(below + "/knock_out", "not", "open"),
                  {"at": below, "grade": [0, 2], "kind": "grade"}, is_(at + "/of/0", "at_level", "open"),
                  *sex("female", "3", "met"), *sex("male", "4", "met"), is_(at + "/of/1", "every", "met"),
                  is_(at + "/of/2/of/0", "at_level", "met"), is_(at + "/of/2", "if_applicable", "met"),
                  is_(at, "all", "open"), part("/preconditions/0", "precondition", "open")],
        "deciding": {"to_met": {"facts": [{"name": "plan", "value": "yes"}], "smallest": True},
                     "to_not_met": {"facts": [{"name": "plan", "value": "no"}], "smallest": True}}})


def children() -> Any:
    """A status that asks for two of three villages, of which nobody knows the third; and a status held under another set."""
    clean = compare(fact("clean"), ">=", constant("5", "household"))
    count = {"kind": "count", "label": "village", "name": "clean-villages", "of": [clean], "over": "children", "power": 0}
    rule = {"kind": "all", "of": [compare(count, ">=", constant("2")), {"kind": "holds", "name": "base"}]}
    one = law(criteria=[{"id": "1", "rule": rule}], dimensions=[{"id": "sex", "members": ["female", "male"]}], facts=FACTS)
    base = law(id="base", criteria=[{"id": "b"}], facts=[{"id": "x", "kind": "flag", "power": 0}],
               rules={"criteria_status": attested("x")})
    at = "/criteria/0/rule"
    asked = at + "/of/0/of/0/of/0"

    def village(unit: str, value: str) -> Any:
        return {"claim": claim("condition", "met", unit, at=asked), "facts": [number("clean", value)],
                "steps": [lies(asked + "/of/0", "fact", value), lies(asked + "/of/1", "constant", "5"), is_(asked, "compare", "met")]}

    held = {"claim": claim("status", "met", set="base"), "facts": [flag("x", "yes")],
            "steps": [is_("/rules/criteria_status", "attested", "met"), part("criteria_status", "criteria_status", "met"),
                      part("status", "status", "met")]}
    names = ("children:clean-villages:met", "children:clean-villages:open", "children:clean-villages:total")
    counted = [{"kind": "number", "name": name, "power": 0, "state": "reported", "value": value}
               for name, value in zip(names, ("2", "1", "3"))]
    last = {"children": [{"name": "clean-villages", "units": [{"proof": 0, "unit": "A1", "verdict": "met"},
                                                             {"proof": 1, "unit": "A2", "verdict": "met"},
                                                             {"unit": "A3", "verdict": "open"}]}],
            "claim": claim("status", "met"), "facts": [*counted, flag("holds:base", "yes", proof=2)],
            "reasons": {"leaves": [2, 3], "smallest": True},
            "steps": [lies(at + "/of/0/of/0", "count", "2", "3"), lies(at + "/of/0/of/1", "constant", "2"),
                      is_(at + "/of/0", "compare", "met"), is_(at + "/of/1", "holds", "met"), is_(at, "all", "met"),
                      part("/criteria/0", "criterion", "met"), part("criteria_status", "criteria_status", "met"),
                      part("status", "status", "met")]}
    return document([one, base], village("A1", "5"), village("A2", "6"), held, last)


ALL = {"share not met": share_not_met, "share met": share_met, "share open": share_open,
       "own column": income_line, "column by scope": lambda: income_line("yes"), "either column": lambda: income_line(None),
       "grade open": grade_open, "children": children}
