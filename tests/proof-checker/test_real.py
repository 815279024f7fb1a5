# SPDX-License-Identifier: Apache-2.0
"""The checker against proofs that the library writes; each disagreement is an error of one of the two."""
from __future__ import annotations

import json
import random
from typing import Any

import pytest
from kit import accepted, check, sealed, with_laws_sealed

np = pytest.importorskip("numpy")
import ntm  # noqa: E402
import random_laws  # noqa: E402
import written_by_library as library  # noqa: E402

CATALOGUE = {one.id: one for one in ntm.catalogue().sets}
LAWS = list(library.laws())
SEEDS = range(60)
HEAD = """
format: ntm-set/1
programme: ntm
tier: standard
place: VN
sources: {S1: {where: here}}
instrument: {in_force: {from: 2020-01-01}, source: [S1]}
"""
VILLAGE = HEAD + """
id: v
level: village
facts: {clean: {kind: flag}, houses: {kind: count, unit: house}}
criteria: [{id: "1", source: [S1], rule: {all: [{attested: clean}, [houses, ">=", {constant: 3, unit: house}]]}}]
"""
COMMUNE = HEAD + """
id: c
level: commune
facts: {households: {kind: count, unit: household}, satisfied: {kind: share, unit: "%"}, houses: {kind: count, unit: house}}
criteria:
  - {id: "1", source: [S1], rule: [{share: children, level: village, name: villages, where: {holds: v}}, ">=", {constant: 50, unit: "%"}]}
  - {id: "2", source: [S1], rule: {any: [[households, ">=", {constant: 10, unit: household}],
       [{count: children, level: village, name: big, where: [houses, ">", {constant: 5, unit: house}]}, ">=", {constant: 1}]]}}
"""
DISTRICT = HEAD + """
id: d
level: district
facts: {satisfied: {kind: share, unit: "%"}, clean: {kind: flag}}
criteria:
  - {id: "1", source: [S1], rule: {every: children, level: commune, name: communes, holds: {holds: c}}}
  - {id: "2", source: [S1], rule: {every: children, level: commune, name: satisfied, holds: {not: [satisfied, "<", {constant: 80, unit: "%"}]}}}
  - {id: "3", source: [S1], rule: [{count: children, level: village, name: villages-below, where: {attested: clean}}, ">=", {constant: 2}]}
"""


def held(text: str) -> Any:
    """The proof, once it is checked; with its law trusted and without."""
    result = check(text.encode())
    assert result.problems == [], text
    trusted = set(json.loads(text)["laws"])
    assert result.holds and check(text.encode(), trusted).holds and not check(text.encode(), {"0" * 64}).holds
    return json.loads(text)


@pytest.mark.parametrize("law", LAWS, ids=[f"{number}-{law.id}" for number, law in enumerate(LAWS)])
def test_the_shipped_law(law: ntm.CriteriaSet) -> None:
    if not law.facts and not law.axes:
        pytest.skip("no rule of this set looks at anything")
    others = library.others_of(law, CATALOGUE)
    for text in library.proofs(law, 1, rows=2, parts=2):
        held(text)
    for text in library.proofs(law, 2, rows=2, others=others) if others else ():
        held(text)


def at_random(seed: int) -> "list[str]":
    law = ntm.CriteriaSet.read(random_laws.text(seed))
    others = [ntm.CriteriaSet.read(random_laws.ELSEWHERE)] if seed % 2 else []
    return list(library.proofs(law, seed, others=others))


@pytest.mark.parametrize("seeds", [SEEDS[start::10] for start in range(10)], ids=str)
def test_laws_at_random(seeds: Any) -> None:
    for seed in seeds:
        for text in at_random(seed):
            held(text)


def tree(seed: int) -> ntm.Cascade:
    """Two districts, communes and villages, with facts at random."""
    chance = random.Random(seed)
    codes, levels, parents = ["1"], ["province"], [""]
    for district in ("11", "12"):
        codes.append(district), levels.append("district"), parents.append("1")
        for commune in range(chance.randint(1, 3)):
            code = f"{district}{commune}"
            codes.append(code), levels.append("commune"), parents.append(district)
            for village in range(chance.randint(0, 4)):
                codes.append(f"{code}{village}"), levels.append("village"), parents.append(code)
    units = ntm.Units({"code": codes, "name": codes, "level": levels, "parent": parents})

    def some(level: str) -> "list[str]":
        there = [code for code, own in zip(codes, levels) if own == level]
        return [code for code in there if chance.random() < 0.8] or there[:1]

    def column(units: "list[str]", values: Any) -> "list[Any]":
        return [None if chance.random() < 0.15 else chance.choice(values) for _ in units]

    villages, communes = some("village"), some("commune")
    steps: "list[Any]" = []
    if villages:
        steps.append(ntm.CascadeStep(ntm.CriteriaSet.read(VILLAGE), {
            "code": villages, "clean": [value for value in column(villages, [True, True, False])],
            "houses": column(villages, [2, 3, 6])}))
    steps.append(ntm.CascadeStep(ntm.CriteriaSet.read(COMMUNE), {
        "code": communes, "households": column(communes, [9, 10]), "satisfied": column(communes, [79.5, 80.0, 95.0])}))
    return ntm.cascade(units, [*steps, ntm.CascadeStep(ntm.CriteriaSet.read(DISTRICT))], on="2024-06-30")


def rolled(seed: int) -> "list[str]":
    found = []
    for step in tree(seed):
        for row in range(len(step.units)):
            found += [step.proof(row), step.proof(row, of="criteria status")]
            found += [step.proof(row, criterion=criterion.id) for criterion in step.law.criteria]
    return found


def test_statuses_rolled_up() -> None:
    deepest = verdicts = 0
    for seed in range(12):
        for text in rolled(seed):
            document = held(text)
            deepest = max(deepest, len(document["proofs"]))
            verdicts |= {"met": 1, "not met": 2, "open": 4}[document["proofs"][-1]["claim"]["verdict"]]
    assert deepest > 5 and verdicts == 7


def test_every_field_altered() -> None:
    """Real proofs of many kinds; of large ones a part of the alterations, at random."""
    chance = random.Random(1)
    texts = [chance.choice(at_random(seed)) for seed in range(200, 230)]
    texts += [max(rolled(seed), key=len) for seed in (1, 2)] + chance.sample(rolled(3), 3)
    total = 0
    for text in texts:
        tried, wrong = accepted(json.loads(text), chance, 120)
        assert wrong == [], text
        total += tried
    assert total > 3500


def test_every_field_of_the_shipped_law_altered() -> None:
    chance = random.Random(2)
    for name in ("commune-ntm-2016-2020", "ocop-tea-2019", "household-poverty-2022-2026"):
        text = max(library.proofs(CATALOGUE[name], 3, rows=2), key=lambda text: len(json.loads(text)["proofs"][-1]["steps"]))
        tried, wrong = accepted(json.loads(text), chance, 60)
        assert wrong == [] and tried == 60


def test_cut_off_at_random() -> None:
    chance = random.Random(3)
    for text in chance.sample(rolled(4), 5):
        data = text.encode()
        for _ in range(40):
            cut = chance.randrange(len(data))
            assert not check(data[:cut]).holds and check(data[cut:]).holds == (cut == 0)
            low, high = sorted((cut, chance.randrange(len(data))))
            assert low == high or not check(data[:low] + data[high:]).holds


def test_another_version() -> None:
    document = json.loads(rolled(1)[0])
    for version in ("ntm-proof/2", "ntm-proof/0", "ntm-proof/1.1", "ntm-proof/"):
        result = check(sealed({**document, "format": version}))
        assert result.unreadable and "version" in result.problems[0][1]
    next(iter(document["laws"].values()))["format"] = "ntm-law/2"
    assert check(sealed(with_laws_sealed(document))).unreadable


def test_a_law_in_the_catalogue() -> None:
    law = CATALOGUE["commune-ntm-2016-2020"]
    text = next(iter(library.proofs(law, 5)))
    assert check(text.encode()).law == (law.id, law.digest) and check(text.encode(), {law.digest}).holds
