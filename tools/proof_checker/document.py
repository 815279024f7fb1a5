# SPDX-License-Identifier: Apache-2.0
"""A whole document: its text, its digests, its laws, its proofs, and what its proofs say of one another."""

from . import canonical, law as laws_, shape
from .canonical import Unreadable
from .derive import Budget, TooMuch
from .proof import Proof
from .shape_law import LAW_FORMAT
from .shape_proof import DOCUMENT, FORMAT

_VERDICT_OF = {"met": ("reported", "yes"), "not met": ("reported", "no"), "open": ("not reported", None)}


class Result:
    """What became of a check.

    problems    (place, complaint) of everything found wrong; the place is a JSON pointer into the document
    unreadable  whether the text could not be checked at all: cut off, no JSON, of another version, too big
    claim       the claim of the last proof, once the document has its shape; None before
    law         (id, hash) of its law, or None
    """

    def __init__(self):
        self.problems, self.unreadable, self.claim, self.law = [], False, None, None

    @property
    def holds(self):
        """Whether the proof proves its claim."""
        return not self.problems and self.claim is not None

    def line(self):
        """The claim in one line."""
        claim = self.claim
        unit = claim.get("unit", f"row {claim.get('row')}")
        part = " ".join([claim["of"], *(claim[key] for key in ("id", "at") if key in claim)])
        return f"{unit} {part} {claim['verdict']} under {self.law[0]} ({self.law[1]})"


def check(data, trusted=None):
    """Checks the proof in the bytes `data` and returns a Result. Nothing that it reads is believed.

    The document is taken apart in stages; a stage that finds something wrong ends the check, since the next ones
    would only repeat it: the text is canonical JSON of the format (nothing unknown, nothing missing); its digest and
    that of each law are right; the laws name only what they have; each proof follows from its law and its facts; the
    proofs fit together. If `trusted` (digests) is given, every law has to be one of them: without it, a law says only
    what the document says that it says, and the reader compares the hash in `Result.law` with one from elsewhere.
    """
    result = Result()
    try:
        document = canonical.read(data)
        _version(document)
        stages = (_shape, _digests, _laws, _proofs)
        for stage in stages:
            stage(document, data, result, trusted)
            if result.problems:
                break
    except (Unreadable, TooMuch) as error:
        result.unreadable = True
        result.problems.append(("", str(error)))
    return result


def _version(document):
    said = document.get("format") if isinstance(document, dict) else None
    if not isinstance(said, str) or not said.startswith("ntm-proof/"):
        raise Unreadable("this is no proof: there is no format that begins with ntm-proof/")
    if said != FORMAT:
        raise Unreadable(f"this is a proof of version {said[:40]!r}; this program checks {FORMAT!r}")
    laws = document.get("laws")
    for law in laws.values() if isinstance(laws, dict) else ():
        said = law.get("format") if isinstance(law, dict) else None
        if isinstance(said, str) and said != LAW_FORMAT:
            raise Unreadable(f"it holds a law of version {said[:40]!r}; this program knows {LAW_FORMAT!r}")


def _shape(document, data, result, trusted):
    result.problems += shape.problems_of(document, DOCUMENT)
    if not result.problems and canonical.write(document) + b"\n" != data:
        what = "the text is not canonical: blanks, the order of keys, escapes or the line feed at its end"
        result.problems.append(("", what))


def _digests(document, data, result, trusted):
    claim = document["proofs"][-1]["claim"]
    if canonical.digest({key: value for key, value in document.items() if key != "sha256"}) != document["sha256"]:
        result.problems.append(("/sha256", "is not the digest of the document: it was cut or altered"))
    for name, law in document["laws"].items():
        if canonical.digest(law) != name:
            result.problems.append((f"/laws/{name}", "the hash is not the digest of the law"))
        if trusted is not None and name not in trusted:
            result.problems.append(
                (f"/laws/{name}", f"the law of {law['about']['id']!r} is none of those that are trusted")
            )
    named = {proof["claim"]["law"] for proof in document["proofs"]}
    named.update(law for proof in document["proofs"] for law in proof.get("others", {}).values())
    for name in document["laws"]:
        if name not in named:
            result.problems.append((f"/laws/{name}", "no proof names this law"))
    result.claim, result.law = claim, (claim["set"], claim["law"])


def _laws(document, data, result, trusted):
    for name, content in document["laws"].items():
        result.problems += [(f"/laws/{name}{place}", what) for place, what in laws_.problems_of(laws_.Law(content))]


def _proofs(document, data, result, trusted):
    laws = {name: laws_.Law(content) for name, content in document["laws"].items()}
    budget, last = Budget(), len(document["proofs"]) - 1
    used = set()
    for index, content in enumerate(document["proofs"]):
        proof = Proof(content, index, laws, budget)
        _why_keys(proof, index == last)
        proof.check()
        if not proof.problems:
            used |= _references(proof, index, document["proofs"])
        result.problems += proof.problems
    if not result.problems:
        result.problems += [
            (f"/proofs/{index}", "no later proof refers to this one") for index in range(last) if index not in used
        ]


def _why_keys(proof, is_last):
    """Reasons stand in the last proof if its verdict is known, deciding facts if it is open, neither anywhere else."""
    verdict_open = proof.claim["verdict"] == "open"
    for key, wanted in (("reasons", is_last and not verdict_open), ("deciding", is_last and verdict_open)):
        if (key in proof.content) != wanted:
            proof.complain(f"/{key}", "is missing" if wanted else "does not belong there")


def _references(proof, index, proofs):
    """Indexes of the proofs that this one refers to, which have to say what it takes from them."""
    used = set()
    for place, entry in enumerate(proof.content["facts"]):
        if "proof" in entry:
            _refer(proof, f"/facts/{place}", entry["proof"], index, used)
            _held_status(proof, f"/facts/{place}", entry, proofs)
    names = [children["name"] for children in proof.content.get("children", ())]
    for place, children in enumerate(proof.content.get("children", ())):
        if place and not names[place - 1] < children["name"]:
            proof.complain(f"/children/{place}/name", "children are sorted by name, no name twice")
        _children(proof, f"/children/{place}", children, index, proofs, used)
    return used


def _refer(proof, place, other, index, used):
    if other < index:
        used.add(other)
        return True
    proof.complain(place + "/proof", "a proof refers to earlier ones only")
    return False


def _same_unit_and_day(proof, place, claim, unit):
    if claim.get("unit") != unit or unit is None:
        proof.complain(place, f"its claim is of the unit {claim.get('unit')!r}, expected {unit!r}")
    if any(claim.get(key) != proof.claim.get(key) for key in ("on", "known_on")):
        proof.complain(place, "its claim is of another day")


def _held_status(proof, place, entry, proofs):
    """A fact holds:S with a proof is what the status of the same unit under S is."""
    if proof.problems:
        return
    claim, place = proofs[entry["proof"]]["claim"], place + "/proof"
    if claim["of"] != "status" or claim["set"] != entry["name"][len("holds:") :]:
        proof.complain(place, "the proof is none of the status under the set that the fact names")
    _same_unit_and_day(proof, place, claim, proof.claim.get("unit"))
    if (entry["state"], entry.get("value")) != _VERDICT_OF[claim["verdict"]]:
        proof.complain(place, f"the proof says {claim['verdict']!r}")


def _asked_of_children(law, name):
    """Paths of what is asked of the children N, by the nodes that count them."""
    return {path + "/of/0" for node, path in law.nodes() if node.get("over") == "children" and node["name"] == name}


def _children(proof, place, children, index, proofs, used):
    """The units below: each has the verdict that its proof says, and the three facts count them."""
    name, units = children["name"], children["units"]
    columns = [proof.entries.get(f"children:{name}:{word}") for word in ("met", "open", "total")]
    if None in columns:
        proof.complain(place + "/name", "the facts count no such children")
        return
    paths, counts = _asked_of_children(proof.law, name), {"met": 0, "not met": 0, "open": 0}
    for number, unit in enumerate(units):
        here = f"{place}/units/{number}"
        counts[unit["verdict"]] += 1
        if number and not units[number - 1]["unit"] < unit["unit"]:
            proof.complain(here + "/unit", "units are sorted by code, none stands twice")
        if "proof" not in unit:
            if unit["verdict"] != "open":
                proof.complain(here + "/proof", "is missing: without it nothing is known, and the verdict is open")
            continue
        if not _refer(proof, here, unit["proof"], index, used):
            continue
        claim = proofs[unit["proof"]]["claim"]
        _same_unit_and_day(proof, here + "/proof", claim, unit["unit"])
        if claim["of"] != "condition" or claim.get("at") not in paths or claim["law"] != proof.claim["law"]:
            proof.complain(here + "/proof", "the proof is none of what is asked of these children by this law")
        if claim["verdict"] != unit["verdict"]:
            proof.complain(here + "/verdict", f"the proof says {claim['verdict']!r}")
    expected = (counts["met"], counts["open"], len(units))
    for column, count in zip(columns, expected):
        if column["state"] != "reported" or column["value"] != str(count):
            proof.complain(place, f"the fact {column['name']!r} does not count the units: expected {count}")
