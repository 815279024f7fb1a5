# SPDX-License-Identifier: Apache-2.0
"""One proof of a document: its claim, facts and steps are derived again from the law, and compared with what it says."""

from . import exact, inputs, reasons
from .algebra import Grade, MET, NOT_MET, OPEN
from .derive import Derivation
from .exact import ANYTHING, Interval
from .figures import columns_of, possible
from .inputs import Input
from .law import is_year
from .walk import Refused, Walk, figure_of, thing_of_claim

PROBLEMS_MAX = 20  # of one proof that are told


def written(step, result, results):
    """A step as the proof has to write it."""
    expected = {"at": step.at, "kind" if step.node is not None else "part": step.word}
    if step.members:
        expected["members"] = step.members
    if isinstance(result, Grade):
        expected["grade"] = list(result)
    elif isinstance(result, Interval):
        expected.update(least=exact.bound_text(result.least), most=exact.bound_text(result.most))
    else:
        expected["verdict"] = result
    if step.columns is not None:
        scopes = [results[index] for index in step.below]
        expected["cells"] = [column.written for column in possible(step.columns, scopes)]
    return expected


class Proof:
    """Checks one proof. `laws` maps hashes to Law; afterwards `problems` has (place in the document, complaint)."""

    def __init__(self, content, index, laws, budget):
        self.content, self.place, self.laws, self.budget = content, f"/proofs/{index}", laws, budget
        self.claim = content["claim"]
        self.entries = {entry["name"]: entry for entry in content["facts"]}
        self.problems, self.wanted, self.inputs = [], {}, {}
        self.law, self.others = None, {}

    def complain(self, place, what):
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append((self.place + place, what))

    def check(self):
        """Everything but what other proofs say (document.py): children, and statuses that are proven."""
        self.claim_keys()
        self.law = self.laws.get(self.claim["law"])
        if self.law is None:
            self.complain("/claim/law", "no law of the document has this hash")
            return
        if self.claim["set"] != self.law.id:
            self.complain("/claim/set", f"the law is that of {self.law.id!r}")
        self.other_laws()
        if self.problems:
            return
        walk = Walk(self.law, self.others, len(self.content["steps"]))
        try:
            walk.run(thing_of_claim(self.claim, self.law))
            self.facts(walk.steps)
            self.axes(walk.steps)
            if self.problems:
                return
            derivation = Derivation(walk.steps, self.inputs, self.budget)
            self.steps(derivation)
            self.why(derivation)
        except Refused as refused:
            path = "/claim" if refused.place in ("/at", "/id", "/of") else "/steps"
            where = refused.place if path == "/claim" else ""
            at = f" (at {refused.place})" if refused.place and not where else ""
            self.complain(path + where, refused.why + at)
        except exact.TooLong as error:
            self.complain("/steps", str(error))

    def claim_keys(self):
        """Keys that only some claims have."""
        of = self.claim["of"]
        for key, has in (
            ("id", of in ("criterion", "indicator", "precondition")),
            ("at", of == "condition"),
            ("row", "unit" not in self.claim),
        ):
            if (key in self.claim) != has:
                self.complain(f"/claim/{key}", "is missing" if has else "does not belong there")

    def other_laws(self):
        labels = {node["label"] for node, _ in self.law.nodes() if node["kind"] == "figure_of"}
        for name, law_hash in self.content.get("others", {}).items():
            law = self.laws.get(law_hash)
            if law is None or law.id != name:
                self.complain(f"/others/{name}", "no law of the document has this hash and this id")
            elif name not in labels:
                self.complain(f"/others/{name}", "no figure of this set is asked for")
            else:
                self.others[name] = law

    def facts(self, steps):
        """The facts are those that the walk looks at, each as the law has it, with a value that it can have."""
        for step in steps:
            self.wanted.update((wanted.name, wanted) for wanted in step.wanted)
        names = [entry["name"] for entry in self.content["facts"]]
        for place, name in enumerate(names):
            if place and not names[place - 1] < name:
                self.complain(f"/facts/{place}/name", "facts are sorted by name, no name twice")
            if name not in self.wanted:
                self.complain(f"/facts/{place}", f"no step looks at {name!r}")
        for name, wanted in self.wanted.items():
            self.inputs[name] = Input("not reported", None, ANYTHING)
            if name not in self.entries:
                self.complain("/facts", f"{name!r} is missing, which a step looks at")
                continue
            place = names.index(name)
            self.inputs[name], found = inputs.read(self.entries[name], wanted)
            for key, what in found:
                self.complain(f"/facts/{place}/{key}", what)
        self.facts_together()

    def facts_together(self):
        def value(name):
            known = self.inputs[name]
            return known.value if known.state == "reported" else None

        for part, whole in inputs.pairs_of_parts(self.wanted):
            if None not in (value(part), value(whole)) and value(part) > value(whole):
                self.complain("/facts", f"{part!r} is more than {whole!r}, which it is part of")
        for name in self.wanted:
            if name.startswith("children:") and name.endswith(":total") and self.wanted[name].source == "children":
                met, maybe, total = (value(name[: -len("total")] + word) for word in ("met", "open", "total"))
                if total is not None and (met or 0) + (maybe or 0) > total:
                    self.complain("/facts", f"more of {name[:-len(':total')]} are met and open than there are")

    def axes(self, steps):
        """`claim.axes` are the axes of the figures of the steps, with values that they have; sets `columns` of the steps."""
        wanted, where = set(), {}
        figures = [step for step in steps if step.node is not None and figure_of(step.node, self.law, self.others)]
        for step in figures:
            law, figure = figure_of(step.node, self.law, self.others)
            for axis in figure.get("axes", ()):
                wanted.add(axis)
                where[axis] = self.law if axis in self.law.axes else law
        listed = self.claim.get("axes", [])
        if [entry["axis"] for entry in listed] != sorted(wanted):
            self.complain("/claim/axes", "expected, sorted, the axes of the figures: " + ", ".join(sorted(wanted)))
            return
        for place, entry in enumerate(listed):
            self.axis(f"/claim/axes/{place}", entry, where[entry["axis"]])
        known = {entry["axis"]: entry.get("value") for entry in listed}
        for step in figures:
            step.columns = columns_of(step, self.law, self.others, known)
            self.budget.spend(len(step.columns))

    def axis(self, place, entry, law):
        axis, value, said = entry["axis"], entry.get("value"), entry.get("from")
        if value is not None and said is None:
            self.complain(place + "/value", "nothing says this axis, so that it has no value")
        if value is not None and not law.has_value(axis, value):
            self.complain(place + "/value", f"{value!r} is no value of the axis")
        if said == "date":
            year = self.claim.get("on", "")[:4]
            if axis != "year" or not is_year(year):
                self.complain(place + "/from", "only a year comes from the day, and only if there is one")
            elif value != (year if law.has_value(axis, year) else None):
                self.complain(place + "/value", "expected the year of the day, if the axis has it")

    def steps(self, derivation):
        """The walk gives exactly the steps, and each result follows."""
        listed, steps = self.content["steps"], derivation.steps
        if len(listed) > len(steps):
            self.complain(f"/steps/{len(steps)}", "the claim rests on no more steps than those before")
        for index, (step, said) in enumerate(zip(steps, listed)):
            expected = written(step, derivation.results[index], derivation.results)
            for key in sorted(set(expected) | set(said)):
                if expected.get(key) != said.get(key):
                    self.complain(
                        f"/steps/{index}/{key}",
                        f"expected {expected[key]!r}" if key in expected else "does not belong there",
                    )
        if derivation.results[-1] != self.claim["verdict"]:
            self.complain("/claim/verdict", f"the steps give {derivation.results[-1]!r}")
        used = {step.node["label"] for step in steps if step.word == "figure_of"}
        for name in self.others:
            if name not in used:
                self.complain(f"/others/{name}", "no step asks for a figure of this set")

    def why(self, derivation):
        """Reasons and deciding facts, where they stand; whether they have to stand is for the document."""
        if self.problems:
            return
        if "reasons" in self.content and derivation.results[-1] in (MET, NOT_MET):
            for place, what in reasons.reason_problems(self.content["reasons"], derivation, self.budget):
                self.complain("/reasons" + place, what)
        if "deciding" in self.content and derivation.results[-1] == OPEN:
            for place, what in reasons.deciding_problems(
                self.content["deciding"], derivation, self.wanted, self.entries
            ):
                self.complain("/deciding" + place, what)
