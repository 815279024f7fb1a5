# SPDX-License-Identifier: Apache-2.0
"""Proofs as text, and the content hashes of sets."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = ntm.CriteriaSet.read(
    """
format: ntm-set/1
id: small
programme: ntm
level: commune
tier: standard
place: VN
sources: {S1: {where: here, what: this}}
facts:
  households: {kind: count, unit: household}
  clean: {kind: count, unit: household, part_of: households}
  plan: {kind: flag}
criteria:
  - id: "1"
    indicators:
      - {id: "1.1", rule: {compare: [{ratio: [clean, households]}, ">=", {constant: 90, unit: "%"}]}}
      - {id: "1.2", rule: {attested: plan}}
revocation: {not: {attested: plan}}
"""
)


def result() -> ntm.Attainment:
    table = {"households": np.array([2000, 2000, 10]), "clean": np.array([1799, 1800, 9])}
    plan = np.ma.masked_array([True, True, False], mask=[False, False, True])
    return ntm.evaluate({**table, "plan": plan}, LAW, on="2020-02-25", unit=["A", "B", "C"])


def last(text: str) -> Any:
    document = json.loads(text)
    assert document["format"] == "ntm-proof/1" and text.endswith("}\n")
    body = text[: text.index(',"sha256":"')] + "}"
    assert hashlib.sha256(body.encode()).hexdigest() == document["sha256"]
    assert list(document["laws"]) == [LAW.digest]
    return document["proofs"][-1]


def test_digest() -> None:
    assert len(LAW.digest) == 64 and LAW.digest == ntm.CriteriaSet.read(LAW.to_yaml()).digest
    other = ntm.CriteriaSet.read(LAW.to_yaml().replace("90", "91"))
    assert other.digest != LAW.digest
    catalogue = ntm.catalogue()
    assert len({catalogue[id].digest for id in catalogue}) == len(catalogue)


def test_a_status() -> None:
    proof = last(result().proof("A"))
    assert proof["claim"]["verdict"] == "not met" and proof["claim"]["unit"] == "A" and proof["claim"]["of"] == "status"
    assert [fact["name"] for fact in proof["facts"]] == ["clean", "households", "plan"]
    leaf = proof["steps"][proof["reasons"]["leaves"][0]]
    assert leaf["at"] == "/criteria/0/indicators/0/rule" and len(proof["reasons"]["leaves"]) == 1


def test_parts() -> None:
    r = result()
    assert last(r.proof("B", "1.1"))["claim"]["verdict"] == "met"
    assert last(r.proof(1, criterion="1"))["claim"]["id"] == "1"
    assert last(r.proof("B", of="criteria status"))["claim"]["of"] == "criteria_status"
    assert last(r.proof("B", of="revocation"))["claim"]["verdict"] == "not met"
    open_ = last(r.proof("C"))
    assert open_["deciding"] == {
        "to_met": {"facts": [{"name": "plan", "value": "yes"}], "smallest": True},
        "to_not_met": {"facts": [{"name": "plan", "value": "no"}], "smallest": True},
    }
    with pytest.raises(ntm.ArgumentError, match="either one of indicator"):
        r.proof("B", "1.1", of="revocation")
    with pytest.raises(ntm.ArgumentError, match="of 'all'"):
        r.proof("B", of="all")  # type: ignore[arg-type]
    with pytest.raises(ntm.NotFoundError):
        r.proof("D")
    with pytest.raises(ntm.NotFoundError):
        r.proof("A", "9.9")


def test_what_is_said_of_facts() -> None:
    proof = last(
        result().proof(
            "C", known_on="2020-03-01", period="2019", recorded_on="2020-01-10",
            observed={"clean": ("2018", None), "households": (None, "2020-02-01"), "unknown": ("2018", None)},
        )
    )
    assert proof["claim"]["known_on"] == "2020-03-01"
    said = {fact["name"]: (fact.get("period"), fact.get("recorded_on")) for fact in proof["facts"]}
    assert said == {"clean": ("2018", "2020-01-10"), "households": ("2019", "2020-02-01"), "plan": (None, None)}
    with pytest.raises(ntm.ArgumentError):
        result().proof("C", known_on="2020-02-30")
    with pytest.raises(TypeError):
        result().proof("C", period=2019)  # type: ignore[arg-type]


def test_a_cascade() -> None:
    units = ntm.Units({"code": ["1", "11", "12"], "name": ["P", "A", "B"], "level": ["district", "commune", "commune"],
                       "parent": ["", "1", "1"]})
    district = ntm.CriteriaSet.read(
        """
format: ntm-set/1
id: above
programme: ntm
level: district
tier: standard
place: VN
sources: {S1: {where: here, what: this}}
criteria:
  - id: "1"
    rule: {every: children, level: commune, name: small-communes, holds: {holds: small}}
"""
    )
    steps = [ntm.CascadeStep(LAW, {"code": ["11"], "households": [10], "clean": [9], "plan": [True]}), ntm.CascadeStep(district)]
    rolled = ntm.cascade(units, steps, on="2020-02-25")
    document = json.loads(rolled[1].proof("1"))
    assert len(document["proofs"]) == 3 and set(document["laws"]) == {LAW.digest, district.digest}
    assert document["proofs"][-1]["children"] == [
        {"name": "small-communes", "units": [{"proof": 1, "unit": "11", "verdict": "met"}, {"unit": "12", "verdict": "open"}]}
    ]
    assert document["proofs"][1]["facts"][0]["proof"] == 0
    # What a table says of who holds a status goes before what the cascade finds, and is no matter of proof.
    told = {"code": ["11"], "households": [10], "clean": [9], "plan": [True], "holds:small": [False]}
    rolled = ntm.cascade(units, [ntm.CascadeStep(LAW, told), ntm.CascadeStep(district)], on="2020-02-25")
    document = json.loads(rolled[1].proof("1"))
    assert [proof["claim"]["of"] for proof in document["proofs"]] == ["condition", "status"]
    assert "proof" not in document["proofs"][0]["facts"][0]
    assert document["proofs"][1]["claim"]["verdict"] == "not met"


def test_closed() -> None:
    r = result()
    r.close()
    with pytest.raises(ValueError, match="closed"):
        r.proof("A")
