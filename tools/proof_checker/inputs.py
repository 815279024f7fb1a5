# SPDX-License-Identifier: Apache-2.0
"""The facts of a proof: which of them a node looks at, what each of them can be, and what is known of it.

A fact is reported, not reported or not applicable (docs/algebra.md, "What is known"). What is not reported is anything
within its natural bounds, cut with the bounds that the row has for it; what is not applicable has no bounds at all.
"""

from collections import namedtuple
from fractions import Fraction

from . import exact
from .exact import ANYTHING, NONE_ABOVE, NONE_BELOW, Interval

Wanted = namedtuple("Wanted", "name kind power unit fact source")
Wanted.__doc__ = """What a node looks at: the column's name; "number", "flag" or "level"; power (None unless a number) and unit
(None if it has none); the fact of the law or None; `source`: fact, past, of_parent, average, children, figure_of, holds."""

Input = namedtuple("Input", "state value bounds")
Input.__doc__ = """What is known of one fact. `value`, where it is reported: a number in base units, True or False, or the
place of the level. `bounds`: the Interval it lies in; base units, or places of levels."""


def _of_fact(fact, name, source):
    kind = {"flag": "flag", "level": "level"}.get(fact["kind"], "number")
    return Wanted(name, kind, fact["power"] if kind == "number" else None, fact.get("unit"), fact, source)


def wanted_by(node, members, law, others):
    """What a node itself looks at, by "Names of columns" of docs/algebra.md; `members` as in a step."""
    kind, name = node["kind"], node.get("name")
    if kind in ("fact", "attested", "if_applicable") or (kind == "at_level" and name is not None):
        fact = law.facts[name]
        by = fact.get("by")
        return [_of_fact(fact, f"{name}[{members[by]}]" if by in members else name, "fact")]
    if kind in ("past", "of_parent", "average"):
        word = {"past": f"past:{node['label']}", "of_parent": f"parent:{node['label']}"}.get(
            kind, f"average:{node['label']}"
        )
        return [_of_fact(law.facts[name], f"{word}:{name}", kind)]
    if kind == "holds":
        return [Wanted(f"holds:{name}", "flag", None, None, None, "holds")]
    if kind == "figure_of" and node["label"] not in others:
        return [Wanted(f"figure:{node['label']}:{name}", "number", node["power"], None, None, "figure_of")]
    if node.get("over") == "children":
        return [
            Wanted(f"children:{name}:{word}", "number", 0, None, None, "children") for word in ("met", "open", "total")
        ]
    return []


def natural(wanted):
    """The bounds that a number has by its nature, in its own unit."""
    least, most = NONE_BELOW, NONE_ABOVE
    fact = wanted.fact
    if wanted.source == "children":
        return Interval(Fraction(0), most)
    if fact is None:
        return ANYTHING
    if fact["kind"] == "count":
        least = Fraction(0)
    if fact["kind"] == "share" and fact.get("unit", "1") in ("1", "%", "percent"):
        least, most = Fraction(0), Fraction(10) ** -fact["power"]
    return Interval(
        exact.number_of(fact["least"]) if "least" in fact else least,
        exact.number_of(fact["most"]) if "most" in fact else most,
    )


def is_whole(wanted):
    """Whether only whole numbers can be its values: counts and dates, but for the average of several units."""
    return wanted.source == "children" or (
        wanted.fact is not None and wanted.source != "average" and wanted.fact["kind"] in ("count", "date")
    )


def bounds_of(entry, wanted):
    """What a fact of the proof lies between where it is not reported, in its unit (levels: places)."""
    if wanted.kind == "flag":
        return ANYTHING
    own = (
        natural(wanted) if wanted.kind == "number" else Interval(Fraction(0), Fraction(len(wanted.fact["levels"]) - 1))
    )
    least, most = (
        exact.number_of(entry[key]) if key in entry else otherwise
        for key, otherwise in (("least", NONE_BELOW), ("most", NONE_ABOVE))
    )
    return Interval(exact.larger(own.least, least), exact.smaller(own.most, most))


def value_of(text, wanted, bounds):
    """(value, complaint): what a written value stands for (a number in its unit), if it can be the fact's."""
    if wanted.kind == "flag":
        return text == "yes", None if text in ("yes", "no") else 'a flag is "yes" or "no"'
    if wanted.kind == "level":
        levels = wanted.fact["levels"]
        if text not in levels:
            return None, f"{text!r} is no level of the fact"
        value = Fraction(levels.index(text))
    else:
        value = exact.number_of(text)
        if value is None:
            return None, "expected a number, in the one way to write it"
        if is_whole(wanted) and value.denominator != 1:
            return value, "the fact has whole values only"
    if exact.below(value, bounds.least) or exact.below(bounds.most, value):
        return value, f"outside of its bounds, {exact.bound_text(bounds.least)} to {exact.bound_text(bounds.most)}"
    return value, None


def entry_problems(entry, wanted):
    """What an entry of `facts` says otherwise than the law, as (key, complaint)."""
    found = []

    def has(key, value):
        if entry.get(key) != value:
            found.append((key, f"expected {value!r}, by the law" if value is not None else "does not belong there"))

    has("kind", wanted.kind)
    has("power", wanted.power)
    has("unit", wanted.unit)
    if ("value" in entry) != (entry["state"] == "reported"):
        found.append(("value", "is what a fact that is reported has, and no other"))
    for key in ("least", "most"):
        if key in entry and (entry["state"] != "not reported" or wanted.kind == "flag" or wanted.source == "children"):
            found.append((key, "does not belong there"))
    if "proof" in entry and wanted.source != "holds":
        found.append(("proof", "does not belong there"))
    return found


def read(entry, wanted):
    """(Input, problems): what is known by an entry of `facts`; problems as (key, complaint)."""
    found = entry_problems(entry, wanted)
    state, power = entry["state"], wanted.power or 0
    bounds = bounds_of(entry, wanted)
    if not found and exact.below(bounds.most, bounds.least):
        found.append(("least", "with its natural bounds, nothing is left"))
    if found or state == "not applicable":
        return Input(state if state != "reported" else "not reported", None, ANYTHING), found
    if state == "not reported":
        if wanted.kind == "level":  # its scale alone decides nothing: only bounds of the row do
            bounds = Interval(
                *(
                    exact.number_of(entry[key]) if key in entry else none
                    for key, none in (("least", NONE_BELOW), ("most", NONE_ABOVE))
                )
            )
        return Input(state, None, Interval(*(exact.scaled(bound, power) for bound in bounds))), found
    value, complaint = value_of(entry["value"], wanted, bounds)
    if complaint:
        return Input("not reported", None, ANYTHING), [("value", complaint)]
    return reported(value, wanted), []


def reported(value, wanted):
    """The Input of a fact that is reported with this value (a number in its unit)."""
    if wanted.kind == "flag":
        return Input("reported", value, ANYTHING)
    value = exact.scaled(value, wanted.power or 0)
    return Input("reported", value, Interval(value, value))


def pairs_of_parts(wanted):
    """Pairs of names (part, whole) among the facts of a proof: a part may not exceed its whole.

    `wanted` maps names to Wanted. A fact of a member is compared with the same member's, or with the whole fact.
    """
    pairs = []
    for name, asked in wanted.items():
        whole = asked.fact.get("part_of") if asked.fact and asked.source == "fact" else None
        if whole is None:
            continue
        same_member = whole + name[len(asked.fact["id"]) :]
        if same_member in wanted and wanted[same_member].source == "fact":
            pairs.append((name, same_member))
    return pairs
