# SPDX-License-Identifier: Apache-2.0
"""Reasons of a verdict that is known, and deciding facts of one that is open (docs/proof.md, "reasons", "deciding")."""
import itertools

from . import exact, inputs
from .algebra import MET, NOT_MET, OPEN
from .derive import Derivation

SEARCH_MAX = 3000   # derivations that a search for something shorter may take; beyond, the proof is believed


def leaves_of(steps, facts):
    """Indexes of the leaves: conditions that rest on no other, and rules of what is not applicable, with nothing below."""
    rests_on_condition = []
    for step in steps:
        rests_on_condition.append(any(
            not steps[other].in_scope and (steps[other].is_condition or rests_on_condition[other]) for other in step.below))
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
    found = [(f"/leaves/{place}", "the verdict comes out without this leaf")
             for place, index in enumerate(listed) if bare.with_forced({index: OPEN}) != OPEN]
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
    return [name for name, asked in wanted.items() if facts[name].state == "not reported" and asked.source != "children"]


def deciding_problems(deciding, derivation, wanted, entries, budget):
    """What is wrong with `deciding`, as (place, complaint). `wanted` and `entries` map names of facts."""
    found = []
    for key, verdict in (("to_met", MET), ("to_not_met", NOT_MET)):
        way = deciding[key]
        if "facts" in way:
            found += [(f"/{key}{place}", what) for place, what in _way_problems(way, verdict, derivation, wanted, entries)]
        elif way["why"] == "impossible" and _possible(verdict, derivation, wanted, budget):
            found.append((f"/{key}/why", "leaves that rest on facts that are not reported can bring it about"))
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


def _possible(verdict, derivation, wanted, budget):
    """Whether leaves that rest on undecided facts can bring the verdict about; False too where that takes too long."""
    steps, free = derivation.steps, set(undecided(wanted, derivation.inputs))
    rests = []
    for step in steps:
        rests.append(any(asked.name in free for asked in step.wanted) or any(rests[other] for other in step.below))
    open_leaves = [index for index in leaves_of(steps, derivation.inputs)
                   if rests[index] and derivation.results[index] == OPEN]
    if 2 ** len(open_leaves) > SEARCH_MAX:
        return False
    return any(derivation.with_forced(dict(zip(open_leaves, choice))) == verdict
               for choice in itertools.product((MET, NOT_MET), repeat=len(open_leaves)))
