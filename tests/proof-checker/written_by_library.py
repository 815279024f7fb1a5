# SPDX-License-Identifier: Apache-2.0
"""Real proofs: sets of the catalogue and of the golden tests, over tables at random."""
from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, Iterator

import numpy as np

import ntm

GOLDEN_SETS = Path(__file__).resolve().parents[1] / "golden" / "sets"
OF = ("status", "criteria status", "revocation")


def laws() -> "Iterator[ntm.CriteriaSet]":
    """Every set of the catalogue, with each of its overlays too, and the sets in which the golden tests hold each kind."""
    catalogue = ntm.catalogue()
    for one in catalogue.sets:
        yield one
        for overlay in catalogue.overlays:
            if overlay.of == one.id:
                yield one.with_overlay(overlay)
    for path in sorted(GOLDEN_SETS.glob("*.yaml")):
        if path.name == "kinds.yaml" or path.name.startswith("rule-kinds-"):
            text = path.read_text(encoding="utf-8")
            if "format: ntm-set/1" in text:
                yield ntm.CriteriaSet.read(text)


def empty(law: ntm.CriteriaSet, rows: int = 1, **options: Any) -> ntm.Attainment:
    """A result of units of which nothing is known."""
    names = [one.id if one.by is None else f"{one.id}[{one.by}]" for one in law.facts if one.kind != ntm.FactKind.LEVEL]
    fact = next((one for one in law.facts if one.id in names), None)
    columns: "dict[str, Any]" = {axis.id: [None] * rows for axis in law.axes if axis.id != "year"}
    if fact:
        values = np.zeros(rows, bool if fact.kind == ntm.FactKind.FLAG else np.int64)
        columns = {fact.id: ntm.Column(values, not_reported=[True] * rows)}
    elif law.facts:
        columns = {law.facts[0].id: [None] * rows}
    return ntm.evaluate(columns, law, on="2023-07-01", out_of_force=True, **options)


def others_of(law: ntm.CriteriaSet, all_laws: "dict[str, ntm.CriteriaSet]") -> "list[ntm.CriteriaSet]":
    """The sets in which the rules of a set look figures up."""
    facts, _, _ = asked(law)
    names = {name.split(":")[1] for name in facts if name.startswith("figure:")}
    return [all_laws[name] for name in sorted(names) if name in all_laws]


def asked(law: ntm.CriteriaSet, **options: Any) -> "tuple[dict[str, Any], dict[str, list[str]], Any]":
    """(facts by name, values by axis that is not fixed, the law as a proof has it): all that its proofs look at."""
    result = empty(law, **options)
    facts: "dict[str, Any]" = {}
    axes: "dict[str, list[str]]" = {}
    content: Any = None
    for of in OF:
        try:
            document = json.loads(result.proof(0, of=of))  # type: ignore[arg-type]
        except ntm.NotFoundError:
            continue
        last = document["proofs"][-1]
        content = document["laws"][last["claim"]["law"]]
        facts.update((fact["name"], fact) for fact in last["facts"])
        values = {axis["id"]: axis["values"] for axis in content.get("axes", ())}
        axes.update((axis["axis"], values[axis["axis"]]) for axis in last["claim"].get("axes", ()) if axis["axis"] in values)
    return facts, axes, content


class Table:
    """A table at random with a column, perhaps, for each thing that proofs look at."""

    def __init__(self, chance: random.Random, facts: Any, axes: Any, content: Any, rows: int) -> None:
        self.chance, self.rows = chance, rows
        self.by_id = {fact["id"]: fact for fact in content.get("facts", ())}
        self.missing = chance.choice([0.02, 0.1, 0.4, 0.8])
        self.inapplicable = chance.choice([0, 0, 0.1])
        self.columns: "dict[str, Any]" = {}
        self.numbers: "dict[str, list[Any]]" = {}
        for name in sorted(facts, key=lambda name: (self.depth(name), name)):
            if chance.random() > 0.05 or name.startswith("children:"):
                self.add(name, facts[name])
        for axis, values in axes.items():
            if chance.random() < 0.8:
                self.columns[axis] = [chance.choice([*values, values[0], None]) for _ in range(rows)]

    def depth(self, name: str) -> int:
        fact, depth = self.by_id.get(name.split("[")[0]), 0
        while fact and "part_of" in fact and depth < 50:
            fact, depth = self.by_id.get(fact["part_of"]), depth + 1
        return depth

    def state(self) -> "tuple[list[bool], list[bool]]":
        gone = [self.chance.random() < self.missing for _ in range(self.rows)]
        return gone, [self.chance.random() < self.inapplicable for _ in range(self.rows)]

    def add(self, name: str, fact: Any) -> None:
        if name.startswith("children:"):
            self.children(name)
            return
        gone, nothing = self.state()
        if fact["kind"] == "flag":
            values: Any = np.array([self.chance.random() < 0.6 for _ in range(self.rows)])
        elif fact["kind"] == "level":
            levels = self.by_id[name.split(":")[-1].split("[")[0]]["levels"]
            values = [self.chance.choice(levels) for _ in range(self.rows)]
            if self.chance.random() < 0.3:
                places = [self.chance.randrange(len(levels)) for _ in range(self.rows)]
                self.columns[name + ":least"] = [place if lost and not other else None
                                                 for place, lost, other in zip(places, gone, nothing)]
        else:
            self.number(name, gone, nothing)
            return
        self.columns[name] = ntm.Column(values, not_reported=gone, not_applicable=nothing)

    def number(self, name: str, gone: "list[bool]", nothing: "list[bool]") -> None:
        law = self.by_id.get(name.split(":")[-1].split("[")[0], {})
        scale = 0 if law.get("kind", "count") in ("count", "date") else self.chance.choice([0, 1, 2])
        most = 10 ** scale * (100 if law.get("unit") == "%" else 18000 if law.get("kind") == "date" else self.chance.choice([3, 60, 500, 3000]))
        values = [self.chance.choice([self.chance.randint(0, most), most // 2, most * 9 // 10, most]) for _ in range(self.rows)]
        low = float(law.get("least", 0)) if "/" not in law.get("least", "0") else 0.0
        high = float(law["most"]) if "most" in law else None
        values = [max(value, int(low * 10 ** scale + 0.999)) for value in values]
        values = [min(value, int(high * 10 ** scale)) if high is not None else value for value in values]
        whole = self.numbers.get(name.replace(name.split("[")[0], law.get("part_of", "?"), 1))
        if whole:
            values = [int(min(value, limit * 10 ** scale)) for value, limit in zip(values, whole)]
        self.numbers[name] = [value / 10 ** scale for value in values]
        if law.get("kind") == "date":
            values = [np.datetime64(value, "D").astype(object) for value in values]
            self.columns[name] = ntm.Column([None if lost else value for value, lost in zip(values, gone)], not_applicable=nothing)
            return
        if self.chance.random() < 0.3:
            for word, step in ((":least", -1), (":most", 1)):
                if self.chance.random() < 0.7:
                    bounds = [max(value + step * self.chance.randint(0, most // 10 + 1), 0) for value in values]
                    self.columns[name + word] = ntm.Column(np.array(bounds), scale=scale, not_reported=[
                        not lost or other for lost, other in zip(gone, nothing)])
        if scale and self.chance.random() < 0.3:
            values = [value / 10 ** scale for value in values]
            self.columns[name] = ntm.Column(np.array(values), not_reported=gone, not_applicable=nothing)
            return
        self.columns[name] = ntm.Column(np.array(values), scale=scale, not_reported=gone, not_applicable=nothing)

    def children(self, name: str) -> None:
        base = name.rsplit(":", 1)[0]
        if base + ":met" in self.columns:
            return
        total = [self.chance.randint(0, 6) for _ in range(self.rows)]
        met = [self.chance.choice([self.chance.randint(0, count), count]) for count in total]
        maybe = [self.chance.randint(0, count - some) for count, some in zip(total, met)]
        for word, values in (("met", met), ("open", maybe), ("total", total)):
            gone, nothing = self.state()
            self.columns[f"{base}:{word}"] = ntm.Column(np.array(values), not_reported=gone, not_applicable=nothing)


def proofs(law: ntm.CriteriaSet, seed: int, rows: int = 3, parts: int = 6, **options: Any) -> "Iterator[str]":
    """Proofs of rows at random: of the set's status, of its rule of revocation, of some of its parts."""
    facts, axes, content = asked(law, **options)
    chance = random.Random(seed)
    try:
        result = ntm.evaluate(Table(chance, facts, axes, content, rows).columns, law, on="2023-07-01", out_of_force=True,
                              unit=[f"U{row}" for row in range(rows)], unknown="ignore", **options)
    except (ntm.BadValueError, ntm.ShapeError):     # bounds that contradict a value, or no column at all
        result = empty(law, rows, **options)
    for row in range(rows):
        for of in OF:
            try:
                yield result.proof(row, of=of)  # type: ignore[arg-type]
            except ntm.NotFoundError:
                continue
        for indicator in chance.sample(law.indicators, min(parts, len(law.indicators))):
            yield result.proof(row, indicator.id)
        for criterion in chance.sample(law.criteria, min(2, len(law.criteria))):
            yield result.proof(row, criterion=criterion.id)
        for precondition in law.preconditions[:2]:
            yield result.proof(row, precondition=precondition.id)
