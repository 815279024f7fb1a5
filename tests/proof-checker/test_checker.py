# SPDX-License-Identifier: Apache-2.0
"""The checker of proofs against proofs written by hand; needs nothing but the standard library."""
from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
import written
from kit import ROOT, accepted, alterations, canonical, check, digest, document, is_information, law, place_of, refused, sealed, told, with_laws_sealed

from proof_checker import algebra, canonical as text_of_proofs, derive, exact
from proof_checker.exact import ANYTHING, Interval

GOLDEN = sorted((ROOT / "tests" / "proof" / "golden").glob("*.json"))


def interval(least: Any, most: Any) -> Interval:
    return Interval(*(bound if bound in ("-inf", "inf") else Fraction(bound) for bound in (least, most)))


def cases(names: str, listed: "list[Any]") -> Any:
    """Cases by number: what they say has marks that a name of a test may not have."""
    return pytest.mark.parametrize(names, listed, ids=[f"case {number}" for number in range(1, len(listed) + 1)])


# What holds.

@pytest.mark.parametrize("name", written.ALL)
def test_proofs_written_by_hand(name: str) -> None:
    assert told(written.ALL[name]()) == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_golden_documents(path: Any) -> None:
    assert check(path.read_bytes()).problems == []


# Numbers.

@cases("text, value", [
    ("0", 0), ("-3", -3), ("0.5", Fraction(1, 2)), ("89.95", Fraction(1799, 20)), ("1/3", Fraction(1, 3)), ("-2/7", Fraction(-2, 7)),
    ("340282366920938463463374607431768211455", 2 ** 128 - 1), ("0." + "0" * 37 + "1", Fraction(1, 10 ** 38)),
    ("1/1" + "0" * 39, None), ("340282366920938463463374607431768211456", None), ("-0", None), ("+1", None), ("01", None), ("1.0", None),
    ("1.", None), (".5", None), ("1e3", None), ("2/6", None), ("1/2", None), ("4/1", None), ("1/0", None), ("0/3", None), ("", None),
    (" 1", None), ("1\n", None), ("١", None), ("--1", None), ("1/-3", None), ("inf", None), ("9" * 200, None)])
def test_one_way_to_write_a_number(text: str, value: Any) -> None:
    assert exact.number_of(text) == value
    assert value is None or exact.text_of(Fraction(value)) == text


def test_a_fraction_where_no_decimal_fits() -> None:
    assert exact.text_of(Fraction(1, 2 ** 39)) == f"1/{2 ** 39}" and exact.number_of(f"1/{2 ** 39}") == Fraction(1, 2 ** 39)
    assert exact.text_of(Fraction(2 ** 128, 3)) is None


@cases("sign, a, b, verdict", [
    (">=", (2, 2), (2, 2), "met"), (">=", (1, 2), (2, 2), "open"), (">=", (1, 1), (2, 3), "not met"), (">=", (3, "inf"), (1, 3), "met"),
    (">", (2, 2), (2, 2), "not met"), (">", (3, 4), (1, 2), "met"), (">", (2, 3), (2, 2), "open"), (">", ("-inf", 2), (2, 9), "not met"),
    ("<=", (2, 2), (2, 2), "met"), ("<=", (3, 4), (1, 2), "not met"), ("<=", (1, 3), (2, 2), "open"),
    ("<", (2, 2), (2, 2), "not met"), ("<", (1, 2), (3, 4), "met"), ("<", (1, 2), (2, 4), "open"), ("<", (2, "inf"), (1, 2), "not met"),
    ("=", (2, 2), (2, 2), "met"), ("=", (1, 2), (2, 3), "open"), ("=", (1, 2), (3, 4), "not met"), ("=", (5, 6), (3, 4), "not met"),
    ("=", (2, 3), (2, 3), "open"), ("=", ("-inf", "inf"), (0, 0), "open")])
def test_comparisons(sign: str, a: Any, b: Any, verdict: str) -> None:
    assert exact.compare(interval(*a), sign, interval(*b)) == verdict


@cases("operation, a, b, result", [
    (exact.add, (1, 2), (3, "inf"), (4, "inf")), (exact.subtract, (1, 2), (3, "inf"), ("-inf", -1)), (exact.subtract, (5, 6), (1, 2), (3, 5)),
    (exact.multiply, (-2, 3), (-5, 7), (-15, 21)), (exact.multiply, (0, 0), ("-inf", "inf"), (0, 0)),
    (exact.multiply, (0, 2), (3, "inf"), (0, "inf")), (exact.multiply, (-1, 2), (3, "inf"), ("-inf", "inf")),
    (exact.divide, (1, 2), (4, 5), (Fraction(1, 5), Fraction(1, 2))), (exact.divide, (1, 2), (0, 5), ("-inf", "inf")),
    (exact.divide, (1, 2), (4, "inf"), (0, Fraction(1, 2))), (exact.divide, (-1, 2), (-1, -1), ("-inf", "inf")),
    (exact.divide, (0, "inf"), (2, 2), (0, "inf"))])
def test_intervals(operation: Any, a: Any, b: Any, result: Any) -> None:
    assert operation(interval(*a), interval(*b)) == interval(*result)


@cases("mode, values", [
    ("half up", {"2.5": 3, "-2.5": -3, "2.4": 2, "3.5": 4}), ("half even", {"2.5": 2, "-2.5": -2, "3.5": 4, "2.51": 3}),
    ("down", {"2.9": 2, "-2.9": -2}), ("up", {"2.1": 3, "-2.1": -3, "2": 2})])
def test_rounding(mode: str, values: Any) -> None:
    for before, after in values.items():
        assert exact.rounded(interval(before, before), 0, mode, 0) == interval(after, after), before
    assert exact.rounded(interval("0.89954", "inf"), 1, "half up", -2) == interval("0.9", "inf")


class Node:
    """A step of a node, as far as the algebra looks at it."""

    def __init__(self, kind: str, **more: Any) -> None:
        self.node, self.word, self.wanted, self.columns = {"kind": kind, "power": 0, **more}, kind, [], None


@cases("verdicts, result", [
    (["not met", "not met"], (0, 0)), (["met", "not met"], (3, 3)), (["met", "open"], (3, 3)), (["open", "met"], (1, 3)),
    (["open", "not met"], (0, 3)), (["not met", "open"], (0, 1)), (["open", "open"], (0, 3)), (["met", "met"], (3, 3))])
def test_points(verdicts: Any, result: Any) -> None:
    assert algebra.result_of(Node("points", points=["3", "1"]), verdicts, {}) == interval(*result)


def test_points_below_zero() -> None:
    step = Node("points", points=["-3", "-1"])
    assert [algebra.result_of(step, verdicts, {}) for verdicts in (["open", "not met"], ["met", "open"], ["met", "not met"])] == [
        interval(-3, 0), interval(-3, -1), interval(-3, -3)]


@cases("needed, verdicts, result", [
    (2, "mmn", "met"), (2, "mon", "open"), (2, "mnn", "not met"), (1, "nno", "open"), (3, "mmo", "open"), (3, "mmn", "not met"),
    (2, "oon", "open"), (2, "onn", "not met"), (0, "n", "met"), (1, "", "not met")])
def test_at_least(needed: int, verdicts: str, result: str) -> None:
    words = {"m": "met", "n": "not met", "o": "open"}
    assert algebra.at_least(needed, [words[letter] for letter in verdicts]) == result


def test_counts_and_shares() -> None:
    verdicts = ["met", "open", "not met", "met"]
    assert algebra.result_of(Node("count", over="criteria"), verdicts, {}) == interval(2, 3)
    assert algebra.result_of(Node("count", over="indicators", verdict="not met"), verdicts, {}) == interval(1, 2)
    assert algebra.result_of(Node("share", over="criteria"), verdicts, {}) == interval("1/2", "3/4")
    assert algebra.result_of(Node("share", over="criteria"), [], {}) == ANYTHING


def test_grades() -> None:
    bands = [{"label": "low"}, {"label": "mid", "from": "10"}, {"label": "high", "from": "20", "from_open": True, "requires": {}}]
    step = Node("grade", of=[{"power": 0}], bands=bands)
    barred = Node("grade", of=[{"power": 0}], bands=bands, knock_out={})
    for quantity, requires, result in (((20, 20), "met", (2, 2)), ((21, 21), "met", (3, 3)), ((21, 21), "open", (2, 3)),
                                       ((21, 21), "not met", (2, 2)), ((5, 25), "met", (1, 3)), (("-inf", 9), "met", (1, 1))):
        assert algebra.result_of(step, [interval(*quantity), requires], {}) == algebra.Grade(*result)
    for knock_out, result in (("met", (0, 0)), ("open", (0, 3)), ("not met", (3, 3))):
        assert algebra.result_of(barred, [interval(21, 21), "met", knock_out], {}) == algebra.Grade(*result)


# What is wrong with a document.

def changed(name: str, change: Any) -> "list[str]":
    document = with_laws_sealed(written.ALL[name]())
    change(document)
    return told(document)


def test_messages_name_the_place() -> None:
    def set_to(*path: Any, value: Any) -> Any:
        def change(document: Any) -> None:
            holder = document["proofs"]
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value
        return change

    for name, path, value, message in (
            ("share not met", (0, "steps", 2, "least"), "0.9", "/proofs/0/steps/2/least: expected '0.8995'"),
            ("share not met", (0, "claim", "verdict"), "open", "/proofs/0/reasons: does not belong there"),
            ("share not met", (0, "steps", 4, "at"), "/criteria", "/proofs/0/steps/4/at: expected '/criteria/0/indicators/0/rule'"),
            ("share not met", (0, "reasons", "leaves"), [4, 6], "/proofs/0/reasons/leaves/1: the verdict comes out without this leaf"),
            ("share met", (0, "reasons", "leaves"), [4], "/proofs/0/reasons/leaves: these leaves alone do not force the verdict: it comes out open"),
            ("share met", (0, "reasons", "leaves"), [4, 5], "/proofs/0/reasons/leaves: step 5 is no leaf of this proof"),
            ("share open", (0, "facts", 0, "least"), "1800", "/proofs/0/steps/0/least: expected '1800'"),
            ("share open", (0, "deciding", "to_met", "facts", 0, "value"), "2001",
             "/proofs/0/deciding/to_met/facts: 'clean' would be more than 'households', which it is part of"),
            ("share open", (0, "deciding", "to_met", "facts", 0, "value"), "99",
             "/proofs/0/deciding/to_met/facts/0/value: outside of its bounds, 100 to inf"),
            ("share open", (0, "deciding", "to_met"), {"why": "impossible"},
             "/proofs/0/deciding/to_met/why: values of the facts that are not reported can bring it about"),
            ("children", (3, "facts", 3, "proof"), 3, "/proofs/3/facts/3/proof: a proof refers to earlier ones only"),
            ("children", (3, "children", 0, "units", 1, "proof"), 0, "/proofs/3/children/0/units/1/proof: its claim is of the unit 'A1', expected 'A2'"),
            ("children", (3, "facts", 1, "value"), "2", "/proofs/3/facts: more of children:clean-villages are met and open than there are")):
        assert message in "\n".join(changed(name, set_to(*path, value=value))), message


def test_a_part_above_its_whole() -> None:
    def change(document: Any) -> None:
        document["proofs"][0]["facts"][0]["value"] = "2001"
    assert "/proofs/0/facts: 'clean' is more than 'households', which it is part of" in changed("share not met", change)


def test_an_unused_law_and_an_unused_proof() -> None:
    def more_law(document: Any) -> None:
        extra = law(id="more")
        document["laws"][digest(extra)] = extra

    def more_proof(document: Any) -> None:
        document["proofs"].insert(0, copy.deepcopy(document["proofs"][0]))
        for proof in document["proofs"][:1]:
            proof.pop("reasons")

    assert "no proof names this law" in "".join(changed("share met", more_law))
    assert changed("share met", more_proof) == ["/proofs/0: no later proof refers to this one"]


def test_a_longer_list_is_not_smallest() -> None:
    """Two lists are irredundant: of one leaf, and of two. Only the shorter may be called smallest."""
    of = [written.attested("plan"), {"kind": "all", "of": [written.attested("market"), written.attested("poor")]}]
    one = law(facts=written.FACTS, dimensions=[{"id": "sex", "members": ["female", "male"]}],
              rules={"criteria_status": {"kind": "any", "of": of}})
    at = "/rules/criteria_status"

    def proof(**reasons: Any) -> "list[str]":
        return told(document(one, {
            "claim": written.claim("criteria_status", "met"),
            "facts": [written.flag(name, "yes") for name in ("market", "plan", "poor")],
            "reasons": reasons,
            "steps": [written.is_(at + "/of/0", "attested", "met"), written.is_(at + "/of/1/of/0", "attested", "met"),
                      written.is_(at + "/of/1/of/1", "attested", "met"), written.is_(at + "/of/1", "all", "met"),
                      written.is_(at, "any", "met"), written.part("criteria_status", "criteria_status", "met")]}))

    assert proof(leaves=[0], smallest=True) == proof(leaves=[1, 2]) == []
    assert proof(leaves=[1, 2], smallest=True) == ["/proofs/0/reasons/smallest: a shorter list forces the verdict"]
    assert "without this leaf" in proof(leaves=[0, 1])[0]


def test_what_is_not_applicable_is_a_leaf_with_nothing_below() -> None:
    rule = {"kind": "if_applicable", "name": "market", "of": [written.attested("plan")]}
    one = law(facts=written.FACTS, dimensions=[{"id": "sex", "members": ["female", "male"]}], rules={"criteria_status": rule})
    at = "/rules/criteria_status"

    def proof(leaf: int) -> "list[str]":
        return told(document(one, {
            "claim": written.claim("criteria_status", "met"),
            "facts": [{"kind": "flag", "name": "market", "state": "not applicable"}, written.flag("plan", None)],
            "reasons": {"leaves": [leaf], "smallest": True},
            "steps": [written.is_(at + "/of/0", "attested", "open"), written.is_(at, "if_applicable", "met"),
                      written.part("criteria_status", "criteria_status", "met")]}))

    assert proof(1) == []
    assert proof(0) == ["/proofs/0/reasons/leaves: step 0 is no leaf of this proof"]


def test_facts_are_those_of_the_law() -> None:
    def broken(document: Any) -> None:
        document["proofs"][0]["facts"][0]["value"] = "1799.5"

    def more(document: Any) -> None:
        document["proofs"][0]["facts"].append(written.flag("poor", "yes"))

    assert "/proofs/0/facts/0/value: the fact has whole values only" in changed("share not met", broken)
    assert "/proofs/0/facts/3: no step looks at 'poor'" in changed("share not met", more)


def test_rules_of_scope_are_no_reasons() -> None:
    def change(document: Any) -> None:
        document["proofs"][0]["reasons"]["leaves"] = [1, 3]
    assert changed("column by scope", change) == ["/proofs/0/reasons/leaves: step 1 is no leaf of this proof"]


def test_no_fact_too_many_decides() -> None:
    def change(document: Any) -> None:
        document["proofs"][0]["deciding"]["to_met"]["facts"].append({"name": "poor", "value": "yes"})
    assert changed("grade open", change) == ["/proofs/0/deciding/to_met/facts/1: the verdict comes out without this fact"]


def test_a_year_is_that_of_the_day() -> None:
    def change(document: Any) -> None:
        document["proofs"][0]["claim"]["axes"][1]["value"] = "2021"
    assert "/proofs/0/claim/axes/1/value: expected the year of the day, if the axis has it" in changed("own column", change)


def test_a_unit_has_its_power() -> None:
    def change(document: Any) -> None:
        for one in document["laws"].values():
            one["facts"][2]["power" if len(one["facts"]) > 1 else "more"] = 5

    document = with_laws_sealed(written.share_met())
    change(document)
    assert "/facts/2/power: the unit 'triệu đồng' is 10^6 base units" in told(document)[0]


def test_proofs_agree_with_one_another() -> None:
    def other_sort(document: Any) -> None:
        document["proofs"][3]["facts"][3]["proof"] = 0

    def other_day(document: Any) -> None:
        document["proofs"][0]["claim"]["on"] = "2020-02-24"

    def other_verdict(document: Any) -> None:
        proof = document["proofs"][2]
        proof["facts"][0]["value"] = "no"
        for step in [proof["claim"], *proof["steps"]]:
            step["verdict"] = "not met"

    def other_question(document: Any) -> None:
        at = "/criteria/0/rule/of/1"
        proof = document["proofs"][0]
        proof["claim"]["at"] = at
        proof.update(facts=[written.flag("holds:base", "yes")], steps=[written.is_(at, "holds", "met")])

    def other_count(document: Any) -> None:
        document["proofs"][3]["children"][0]["units"].pop()

    place = "/proofs/3/children/0"
    for change, message in (
            (other_sort, "/proofs/3/facts/3/proof: the proof is none of the status under the set that the fact names"),
            (other_day, place + "/units/0/proof: its claim is of another day"),
            (other_verdict, "/proofs/3/facts/3/proof: the proof says 'not met'"),
            (other_question, place + "/units/0/proof: the proof is none of what is asked of these children by this law"),
            (other_count, place + ": the fact 'children:clean-villages:total' does not count the units: expected 2")):
        assert message in changed("children", change), message


def test_rules_of_scope_are_walked_once() -> None:
    figure = {"axes": ["region"], "cells": [{"keys": ["N"], "value": "2"}, {"keys": ["S"], "value": "3"}], "id": "f", "power": 0}
    asked = {"kind": "figure", "name": "f", "power": 0}
    one = law(axes=[{"id": "region", "values": ["N", "S"]}], facts=written.FACTS, figures=[figure],
              dimensions=[{"id": "sex", "members": ["female", "male"]}],
              rules={"criteria_status": written.compare(asked, "=", asked)},
              scopes=[{"axis": "region", "use": "N", "when": written.attested("poor")}])
    at, cells = "/rules/criteria_status", [{"keys": ["N"], "value": "2"}]
    assert told(document(one, {
        "claim": written.claim("criteria_status", "met", axes=[{"axis": "region"}]), "facts": [written.flag("poor", "yes")],
        "reasons": {"leaves": [3], "smallest": True},
        "steps": [written.is_("/scopes/0/when", "attested", "met"), written.lies(at + "/of/0", "figure", "2", cells=cells),
                  written.lies(at + "/of/1", "figure", "2", cells=cells), written.is_(at, "compare", "met"),
                  written.part("criteria_status", "criteria_status", "met")]})) == []


# The text.

SHORT = sealed(with_laws_sealed(written.share_open()))


def test_cut_off_anywhere() -> None:
    for length in range(len(SHORT) - 1):
        result = check(SHORT[:length])
        assert result.unreadable and not result.holds and "" == result.problems[0][0], length
    assert not check(SHORT[:-1]).holds and "not canonical" in check(SHORT[:-1]).problems[0][1]


@cases("data, message", [
    (b"", "no JSON"), (b"\xff\xfe", "no UTF-8"), (b"{", "no JSON"), (b"[]", "this is no proof"), (b"nul", "no JSON"), (b"{}", "this is no proof"),
    (b'{"a":1,"a":2}', "stands twice"), (b'{"a":1.5}', "no integer"), (b'{"a":1e5}', "no integer"), (b'{"a":NaN}', "no integer"),
    (b'{"a":' + b"9" * 5000 + b"}", "too large"), (b"[" * 100000, "deep"), (b'{"a":' * 100000, "deep"), (b'["' + b'\\"' * 100000, "no JSON"),
    (b'{"format":"ntm-proof/2"}', "version 'ntm-proof/2'"), (b'{"format":"ntm-proof/1","laws":{"x":{"format":"ntm-law/2"}}}', "law of version"),
    (b"\xef\xbb\xbf" + SHORT, "no JSON"), (SHORT + SHORT, "no JSON")])
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    result = check(data)
    assert result.unreadable and message in result.problems[0][1], result.problems


@cases("change", [
    lambda text: text.replace(b":", b": ", 1), lambda text: b"\n" + text, lambda text: text + b"\n", lambda text: text[:-1] + b"\r\n",
    lambda text: text.replace(b'"met"', b'"m\\u0065t"', 1), lambda text: text.replace(b'"power":0', b'"power":-0', 1),
    lambda text: text.replace(b'{"format":"ntm-proof/1",', b"{", 1).replace(b'"sha256"', b'"format":"ntm-proof/1","sha256"')])
def test_another_way_to_write_the_same(change: Any) -> None:
    assert check(SHORT).holds
    result = check(change(SHORT))
    assert not result.holds and "not canonical" in result.problems[0][1]


def test_escapes() -> None:
    value = {"\n": "\x00\x1f\t\"\\n\x7f\u2028é\\"}
    assert text_of_proofs.write(value) == '{"\\u000a":"\\u0000\\u001f\\u0009\\"\\\\n\x7f\u2028é\\\\"}'.encode()
    assert text_of_proofs.read(text_of_proofs.write(value)) == value
    assert not check(SHORT.replace(b'"2019"', b'"\\ud800"')).holds


def test_too_big() -> None:
    assert check(b" " * (text_of_proofs.SIZE_MAX + 1)).unreadable


def test_keys_in_the_order_of_their_bytes() -> None:
    assert text_of_proofs.write({"\uffff": 0, "\U00010000": 0}) == b'{"\xef\xbf\xbf":0,"\xf0\x90\x80\x80":0}'


# What a stranger may try.

def test_a_law_that_goes_round() -> None:
    one = law(criteria=[{"id": "1", "rule": {"kind": "criterion", "name": "2"}}, {"id": "2", "rule": {"kind": "criterion", "name": "1"}}])
    assert "goes round" in told(document(one, {"claim": written.claim("criterion", "met", id="1"), "facts": [], "reasons": {"leaves": []},
                                               "steps": [written.part("/criteria/0", "criterion", "met")]}))[0]


def test_values_that_stand_very_high() -> None:
    """No recursion: 3,000 values, each of which is the next one twice. No endless number: they are refused before."""
    count = 3000
    values: "list[Any]" = [{"id": f"v{n}", "power": 0, "rule": {"kind": "sum", "power": 0, "of": [{"kind": "value", "name": f"v{n + 1}", "power": 0}]}}
                           for n in range(count)]
    values.append({"id": f"v{count}", "power": 0, "rule": written.constant("3")})
    rule = written.compare({"kind": "value", "name": "v0", "power": 0}, ">=", written.constant("3"))
    steps: "list[Any]" = [written.lies(f"/values/{count}/rule", "constant", "3"), {"at": f"/values/{count}", "least": "3", "most": "3", "part": "value"}]
    for n in reversed(range(count)):
        steps += [written.lies(f"/values/{n}/rule/of/0", "value", "3"), written.lies(f"/values/{n}/rule", "sum", "3"),
                  {"at": f"/values/{n}", "least": "3", "most": "3", "part": "value"}]
    root = "/rules/criteria_status"
    steps += [written.lies(root + "/of/0", "value", "3"), written.lies(root + "/of/1", "constant", "3"), written.is_(root, "compare", "met"),
              written.part("criteria_status", "criteria_status", "met")]

    def proof() -> "list[str]":
        return told(document(law(rules={"criteria_status": rule}, values=values), {
            "claim": written.claim("criteria_status", "met"), "facts": [], "reasons": {"leaves": [len(steps) - 2], "smallest": True}, "steps": steps}))

    assert proof() == []
    for value in values[:-1]:
        value["rule"].update(kind="product", of=[value["rule"]["of"][0]] * 2)
    assert proof() and "longer than any" in " ".join(proof()) or "more steps" in " ".join(proof())


def test_a_law_needs_no_more_steps_than_the_proof_has() -> None:
    """64 members 10 deep would be 2^60 steps."""
    rule: Any = written.attested("plan")
    for _ in range(10):
        rule = {"kind": "every", "label": "d", "of": [rule], "over": "members"}
    one = law(dimensions=[{"id": "d", "members": [f"m{n}" for n in range(64)]}], facts=[{"id": "plan", "kind": "flag", "power": 0}],
              rules={"criteria_status": rule})
    assert "more steps than the proof" in told(document(one, {
        "claim": written.claim("criteria_status", "met"), "facts": [written.flag("plan", "yes")], "reasons": {"leaves": []},
        "steps": [written.part("criteria_status", "criteria_status", "met")]}))[0]


def test_too_much_to_derive(monkeypatch: Any) -> None:
    monkeypatch.setattr(derive.Budget.__init__, "__defaults__", (10,))
    result = check(SHORT)
    assert result.unreadable and not result.holds and "would have to be derived" in result.problems[0][1]


# Every field.

# What may be altered in these proofs without being told, exactly; all of it is in kit.INFORMATION.
UNTOLD = {
    "children.*.units.*.unit", "claim.axes.*.from", "claim.axes.*.value", "claim.on", "claim.unit", "deciding.to_met.facts.*.value",
    "deciding.to_met.smallest", "deciding.to_not_met.facts.*.value", "deciding.to_not_met.smallest", "facts.*.least", "facts.*.period",
    "facts.*.state", "reasons.smallest"}


@pytest.mark.parametrize("name", written.ALL)
def test_every_field_altered(name: str) -> None:
    document = with_laws_sealed(written.ALL[name]())
    tried, wrong = accepted(document)
    assert wrong == [] and tried >= 400


def test_no_more_is_untold_than_is_said() -> None:
    found = set()
    for make in written.ALL.values():
        document = with_laws_sealed(make())
        for what, path, altered in alterations(document):
            if path[0] == "proofs" and refused(altered, path).holds:
                assert is_information(document, what, path)
                found.add(place_of(path))
    assert found == UNTOLD


def test_an_altered_digest() -> None:
    document = json.loads(SHORT)
    altered = {**document, "sha256": document["sha256"][:-1] + ("0" if document["sha256"][-1] != "0" else "1")}
    assert check(canonical(altered) + b"\n").problems == [("/sha256", "is not the digest of the document: it was cut or altered")]


# The command.

def run(*arguments: str, data: bytes = b"") -> "tuple[int, str]":
    done = subprocess.run([sys.executable, str(ROOT / "tools" / "check-proof.py"), *arguments], input=data, capture_output=True,
                          timeout=60, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def test_the_command(tmp_path: Any) -> None:
    good, bad, torn = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "torn.json"
    good.write_bytes(SHORT)
    bad.write_bytes(SHORT.replace(b'"90"', b'"91"'))
    torn.write_bytes(SHORT[:100])
    hash_of_law = next(iter(json.loads(SHORT)["laws"]))
    line = f"holds: A criterion 1 open under small ({hash_of_law})\n"
    assert run(str(good)) == (0, line) and run("-", data=SHORT) == (0, line) and run("--law", hash_of_law, str(good)) == (0, line)
    status, text = run("--law", "0" * 64, str(good))
    assert status == 1 and "none of those that are trusted" in text
    status, text = run(str(good), str(bad))
    assert status == 1 and f"{bad}: /sha256: " in text and "the hash is not the digest of the law" in text
    assert run(str(torn), str(bad))[0] == 2 and re.match(rf"{re.escape(str(torn))}: /: no JSON, or cut off", run(str(torn))[1])
    assert run(str(tmp_path / "nowhere.json"))[0] == 2 and run("--law", "x", str(good))[0] == 2 and run()[0] == 2
