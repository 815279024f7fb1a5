# SPDX-License-Identifier: Apache-2.0
"""Reasons of a verdict that is known, and deciding facts of one that is open (docs/proof.md, "reasons", "deciding")."""

import itertools
from fractions import Fraction

from . import exact, inputs
from .algebra import MET, NOT_MET, OPEN
from .derive import Derivation

SEARCH_MAX = 3000  # derivations that a search for something shorter may take; beyond, the proof is believed


def leaves_of(steps, facts):
    """Indexes of the leaves: conditions that rest on no other, and rules of what is not applicable, with nothing below."""
    rests_on_condition = []
    for step in steps:
        rests_on_condition.append(
            any(
                not steps[other].in_scope and (steps[other].is_condition or rests_on_condition[other])
                for other in step.below
            )
        )
    found, waiting, seen = [], [len(steps) - 1], {len(steps) - 1}
    while waiting:
        index = waiting.pop()
        step = steps[index]
        cut = step.word == "if_applicable" and facts[step.wanted[0].name].state == "not applicable"
        if step.is_condition and not step.in_scope and (cut or not rests_on_condition[index]):
            found.append(index)
        if not cut:
            new = set(step.below) - seen
            seen |= new
            waiting.extend(new)
    return sorted(found)


def reason_problems(reasons, derivation, budget):
    """What is wrong with `reasons`, as (place, complaint). `derivation` is that of the proof itself."""
    steps, facts, listed = derivation.steps, derivation.inputs, reasons["leaves"]
    leaves = leaves_of(steps, facts)
    if any(a >= b for a, b in zip(listed, listed[1:])):
        return [("/leaves", "indexes ascend")]
    strange = [index for index in listed if index not in set(leaves)]
    if strange:
        return [("/leaves", f"step {strange[0]} is no leaf of this proof")]
    verdict, chosen = derivation.results[-1], set(listed)
    forced = {index: derivation.results[index] if index in chosen else OPEN for index in leaves}
    forced.update((index, derivation.results[index]) for index, step in enumerate(steps) if step.in_scope)
    bare = Derivation(steps, facts, budget, forced)
    if bare.results[-1] != verdict:
        return [("/leaves", f"these leaves alone do not force the verdict: it comes out {bare.results[-1]}")]
    found = [
        (f"/leaves/{place}", "the verdict comes out without this leaf")
        for place, index in enumerate(listed)
        if bare.with_forced({index: OPEN}) != OPEN
    ]
    if not found and reasons.get("smallest") and _shorter(derivation, forced, leaves, len(listed), budget):
        found.append(("/smallest", "a shorter list forces the verdict"))
    return found


def _shorter(derivation, forced, leaves, length, budget):
    """Whether a list of fewer leaves forces the verdict; False too where the search would take too long."""
    known = [index for index in leaves if derivation.results[index] != OPEN]
    bare = Derivation(derivation.steps, derivation.inputs, budget, {**forced, **{index: OPEN for index in leaves}})
    count = 0
    for size in range(length):
        for chosen in itertools.combinations(known, size):
            count += 1
            if count > SEARCH_MAX:
                return False
            if bare.with_forced({index: derivation.results[index] for index in chosen}) == derivation.results[-1]:
                return True
    return False


def undecided(wanted, facts):
    """Names of the facts that could still be decided: not reported, and no columns of children."""
    return [
        name for name, asked in wanted.items() if facts[name].state == "not reported" and asked.source != "children"
    ]


def deciding_problems(deciding, derivation, wanted, entries):
    """What is wrong with `deciding`, as (place, complaint). `wanted` and `entries` map names of facts."""
    found = []
    for key, verdict in (("to_met", MET), ("to_not_met", NOT_MET)):
        way = deciding[key]
        if "facts" in way:
            found += [
                (f"/{key}{place}", what) for place, what in _way_problems(way, verdict, derivation, wanted, entries)
            ]
        elif way["why"] == "impossible" and _possible(verdict, derivation, wanted, entries):
            found.append((f"/{key}/why", "values of the facts that are not reported can bring it about"))
    return found


def _way_problems(way, verdict, derivation, wanted, entries):
    names = [fact["name"] for fact in way["facts"]]
    if any(a >= b for a, b in zip(names, names[1:])):
        return [("/facts", "facts are sorted by name, no name twice")]
    free, found, changes = set(undecided(wanted, derivation.inputs)), [], {}
    for place, fact in enumerate(way["facts"]):
        name = fact["name"]
        if name not in free:
            found.append((f"/facts/{place}/name", "is none of the facts that are not reported and could be decided"))
            continue
        value, complaint = inputs.value_of(fact["value"], wanted[name], inputs.bounds_of(entries[name], wanted[name]))
        if complaint:
            found.append((f"/facts/{place}/value", complaint))
            continue
        changes[name] = inputs.reported(value, wanted[name])
    if found:
        return found
    known = {**derivation.inputs, **changes}
    for part, whole in inputs.pairs_of_parts(wanted):
        if part in changes or whole in changes:
            if known[part].state == known[whole].state == "reported" and known[part].value > known[whole].value:
                found.append(("/facts", f"{part!r} would be more than {whole!r}, which it is part of"))
    if derivation.with_inputs(changes) != verdict:
        found.append(("/facts", f"with these facts the claim does not come out {verdict}"))
    for place, name in enumerate(names):
        rest = {other: known for other, known in changes.items() if other != name}
        if not found and derivation.with_inputs(rest) == verdict:
            found.append((f"/facts/{place}", "the verdict comes out without this fact"))
    return found


class _Candidates:
    """Values that are tried for facts that are not reported: ends of their bounds, and what they are compared with."""

    def __init__(self, derivation, wanted, entries):
        self.derivation, self.wanted, self.entries = derivation, wanted, entries
        self.free = set(undecided(wanted, derivation.inputs))

    def below(self, index):
        """(facts that could be decided below a step, the steps below it)."""
        steps, names, seen, waiting = self.derivation.steps, set(), {index}, [index]
        while waiting:
            step = steps[waiting.pop()]
            names.update(asked.name for asked in step.wanted if asked.name in self.free)
            new = set(step.below) - seen
            seen |= new
            waiting.extend(new)
        return sorted(names), sorted(seen)

    def of(self, name, seen):
        """Inputs to try for one fact."""
        asked, entry = self.wanted[name], self.entries[name]
        bounds = inputs.bounds_of(entry, asked)
        if asked.kind == "flag":
            return [inputs.reported(True, asked), inputs.reported(False, asked)]
        if asked.kind == "level":
            places = range(len(asked.fact["levels"]))
            return [
                inputs.reported(Fraction(place), asked)
                for place in places
                if inputs.value_of(asked.fact["levels"][place], asked, bounds)[1] is None
            ]
        near = {Fraction(0), *(bound for bound in bounds if not isinstance(bound, str))}
        for result in (self.derivation.results[index] for index in seen):
            if isinstance(result, exact.Interval):
                near.update(exact.scaled(bound, -asked.power) for bound in result if not isinstance(bound, str))
        near = {value + step for value in near for step in (-1, 0, 1)}
        near = {value // 1 for value in near} if inputs.is_whole(asked) else near
        fitting = [
            value
            for value in sorted(near)
            if exact.text_of(value) is not None and inputs.value_of(exact.text_of(value), asked, bounds)[1] is None
        ]
        return [inputs.reported(Fraction(value), asked) for value in fitting]

    def reachable(self, index, most):
        """Verdicts of a step that some values below it give, of at most `most` tried."""
        names, seen = self.below(index)
        found = set()
        for values in itertools.islice(itertools.product(*(self.of(name, seen) for name in names)), most):
            found.add(self.derivation.with_inputs(dict(zip(names, values)), index))
        return found - {OPEN}


def _possible(verdict, derivation, wanted, entries):
    """Whether the verdict can come out if every open leaf is chosen by itself, by values of the facts below it.

    Only some values are tried, and nothing where the search would take long: then the proof is believed.
    """
    candidates = _Candidates(derivation, wanted, entries)
    open_leaves = [
        index for index in leaves_of(derivation.steps, derivation.inputs) if derivation.results[index] == OPEN
    ]
    if len(open_leaves) > 64:
        return False
    choices, count = {}, 1
    for index in open_leaves:
        verdicts = candidates.reachable(index, SEARCH_MAX // len(open_leaves))
        if verdicts:
            choices[index] = sorted(verdicts)
            count *= len(verdicts)
    if count > SEARCH_MAX:
        return False
    return any(
        derivation.with_forced(dict(zip(choices, chosen))) == verdict for chosen in itertools.product(*choices.values())
    )
