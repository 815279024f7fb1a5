# SPDX-License-Identifier: Apache-2.0
"""What a step's result is, from the results that it rests on and the facts: docs/algebra.md, kind by kind.

A result is a verdict ("met", "not met", "open") of a condition or a part, an exact.Interval in base units of a
quantity or a value, or a Grade. `met` wins over nothing: open never becomes a guess (Kleene's strong logic).
"""

from collections import namedtuple
from fractions import Fraction

from . import exact, figures
from .exact import ANYTHING, NONE_ABOVE, NONE_BELOW, Interval

Grade = namedtuple("Grade", "lowest highest")
Grade.__doc__ = "The lowest and the highest class possible, from 1; 0 for none."
MET, NOT_MET, OPEN = "met", "not met", "open"
_OF_FLAG = {True: MET, False: NOT_MET}


def at_least(needed, verdicts):
    """At least `needed` of them: met when so many are met, not met when too few can be, else open."""
    if verdicts.count(MET) >= needed:
        return MET
    return NOT_MET if verdicts.count(NOT_MET) > len(verdicts) - needed else OPEN


def every_one(verdicts):
    return at_least(len(verdicts), verdicts)


def _fold(operation):
    def result(step, below, inputs):
        total = below[0]
        for other in below[1:]:
            total = operation(total, other)
        return total

    return result


def _constant(step, below, inputs):
    return exact.point(exact.scaled(exact.number_of(step.node["value"]), step.node["power"]))


def _points(step, below, inputs):
    """The highest points among the conditions that are met; open ones widen it to every value that is possible."""
    given = [exact.scaled(exact.number_of(text), step.node["power"]) for text in step.node["points"]]
    sure = [points for points, verdict in zip(given, below) if verdict == MET]
    maybe = [points for points, verdict in zip(given, below) if verdict == OPEN]
    if not maybe:
        return exact.point(max(sure, default=0))
    if sure:
        return Interval(max(sure), max(max(sure), max(maybe)))
    return Interval(min(Fraction(0), min(maybe)), max(Fraction(0), max(maybe)))


def _children(step, inputs):
    """(how many met, how many there are) as Intervals; the latter of children that are counted by columns."""
    met, maybe, total = (inputs[wanted.name] for wanted in step.wanted)
    most = NONE_ABOVE
    if met.state == maybe.state == "reported":
        most = met.value + maybe.value
    elif total.state == "reported":
        most = total.value
    return Interval(met.bounds.least, most), total.bounds


def _count(step, below, inputs):
    if step.node["over"] == "children":
        return _children(step, inputs)[0]
    surely = below.count(step.node.get("verdict", MET))
    return Interval(Fraction(surely), Fraction(surely + below.count(OPEN)))


def _share(step, below, inputs):
    if step.node["over"] == "children":
        return exact.divide(*_children(step, inputs))
    return exact.divide(_count(step, below, inputs), exact.point(len(below)))


def _every(step, below, inputs):
    """Of children: open unless `met` and a total above 0 are known."""
    if step.node["over"] == "members":
        return every_one(below)
    met, _, total = (inputs[wanted.name] for wanted in step.wanted)
    if met.state != "reported" or total.state != "reported" or total.value <= 0:
        return OPEN
    return exact.compare(_children(step, inputs)[0], ">=", total.bounds)


def _flag(step, below, inputs):
    known = inputs[step.wanted[0].name]
    return _OF_FLAG[known.value] if known.state == "reported" else OPEN


def _at_level(step, below, inputs):
    if below:
        labels = [band["label"] for band in step.node["of"][0]["bands"]]
        asked = labels.index(step.node["label"]) + 1
        return MET if below[0].lowest >= asked else NOT_MET if below[0].highest < asked else OPEN
    asked = step.wanted[0].fact["levels"].index(step.node["label"])
    return exact.compare(inputs[step.wanted[0].name].bounds, ">=", exact.point(asked))


def _if_applicable(step, below, inputs):
    return MET if inputs[step.wanted[0].name].state == "not applicable" else below[0]


def _grade(step, below, inputs):
    """The highest class that is reached and allowed; a class does not need those below it."""
    quantity, verdicts, power = below[0], iter(below[1:]), step.node["of"][0]["power"]
    lowest = highest = 0
    for place, band in enumerate(step.node["bands"], 1):
        reached = MET
        if "from" in band:
            bound = exact.point(exact.scaled(exact.number_of(band["from"]), power))
            reached = exact.compare(quantity, ">" if "from_open" in band else ">=", bound)
        both = [reached, next(verdicts) if "requires" in band else MET]
        lowest = place if both == [MET, MET] else lowest
        highest = place if NOT_MET not in both else highest
    knock_out = next(verdicts) if "knock_out" in step.node else NOT_MET
    return Grade(lowest if knock_out == NOT_MET else 0, highest if knock_out != MET else 0)


def _figure(step, below, inputs):
    if step.columns is None:  # a figure of a set that was not at hand: an input
        return inputs[step.wanted[0].name].bounds
    return figures.interval_of(step.columns, below)


def _same(step, below, inputs):
    return below[0]


def _input(step, below, inputs):
    return inputs[step.wanted[0].name].bounds


_RESULTS = {
    "fact": _input,
    "past": _input,
    "of_parent": _input,
    "average": _input,
    "constant": _constant,
    "figure": _figure,
    "figure_of": _figure,
    "sum": _fold(exact.add),
    "difference": _fold(exact.subtract),
    "product": _fold(exact.multiply),
    "ratio": _fold(exact.divide),
    "points": _points,
    "count": _count,
    "share": _share,
    "every": _every,
    "minimum": _fold(lambda a, b: Interval(exact.smaller(a.least, b.least), exact.smaller(a.most, b.most))),
    "maximum": _fold(lambda a, b: Interval(exact.larger(a.least, b.least), exact.larger(a.most, b.most))),
    "rounded": lambda step, below, inputs: exact.rounded(
        below[0], step.node["digits"], step.node["mode"], step.node["power"]
    ),
    "compare": lambda step, below, inputs: exact.compare(below[0], step.node["sign"], below[1]),
    "attested": _flag,
    "holds": _flag,
    "at_level": _at_level,
    "if_applicable": _if_applicable,
    "grade": _grade,
    "all": lambda step, below, inputs: every_one(below),
    "any": lambda step, below, inputs: at_least(1, below),
    "at_least": lambda step, below, inputs: at_least(step.node["k"], below),
    "not": lambda step, below, inputs: {MET: NOT_MET, NOT_MET: MET, OPEN: OPEN}[below[0]],
    "criterion": _same,
    "indicator": _same,
    "value": _same,
}


def result_of(step, below, inputs):
    """The result of a step: `below` are the results of the steps that it rests on, `inputs` maps names to Inputs."""
    if step.node is not None:
        return _RESULTS[step.word](step, below, inputs)
    if step.word == "value":
        return below[0] if below else ANYTHING
    return every_one(below) if below else OPEN
