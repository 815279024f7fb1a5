# SPDX-License-Identifier: Apache-2.0
"""Documents for tests of the checker: written by hand, sealed, and altered field by field."""
from __future__ import annotations

import copy
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from proof_checker import Result, check  # noqa: E402

SET = "small"


def canonical(value: Any) -> bytes:
    """Canonical bytes, for texts without characters below U+0020: a second way to write them."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def sealed(document: Any) -> bytes:
    """The text of a document with its digest made right; laws are left as they are."""
    document = {key: value for key, value in document.items() if key != "sha256"}
    return canonical({**document, "sha256": digest(document)}) + b"\n"


def with_laws_sealed(document: Any) -> Any:
    """The document with every law under its digest, and named so by the proofs that named it before."""
    document = copy.deepcopy(document)
    new = {name: digest(law) for name, law in document["laws"].items()}
    document["laws"] = {new[name]: law for name, law in document["laws"].items()}
    for proof in document["proofs"]:
        proof["claim"]["law"] = new.get(proof["claim"]["law"], proof["claim"]["law"])
        if "others" in proof:
            proof["others"] = {name: new.get(other, other) for name, other in proof["others"].items()}
    return document


def law(**content: Any) -> Any:
    about = {"id": content.pop("id", SET)}
    return {"about": about, "format": "ntm-law/1", **content}


def document(laws: Any, *proofs: Any) -> Any:
    """A document; `laws` is one law or several. Claims say the digest of the law of their set."""
    laws = laws if isinstance(laws, list) else [laws]
    by_set = {one["about"]["id"]: digest(one) for one in laws}
    for proof in proofs:
        proof["claim"].setdefault("set", laws[0]["about"]["id"])
        proof["claim"]["law"] = by_set[proof["claim"]["set"]]
        if "others" in proof:
            proof["others"] = {name: by_set[name] for name in proof["others"]}
    return {"format": "ntm-proof/1", "laws": {digest(one): one for one in laws}, "proofs": list(proofs)}


def told(document: Any) -> "list[str]":
    """What the checker says of a document, sealed first."""
    return [f"{place}: {what}" for place, what in check(sealed(with_laws_sealed(document))).problems]


PLAUSIBLE = {"met": ["not met", "open"], "not met": ["met", "open"], "open": ["met", "not met"], "yes": ["no"], "no": ["yes"],
             "reported": ["not reported", "not applicable"], "not reported": ["reported", "not applicable"],
             "not applicable": ["reported", "not reported"], "number": ["flag"], "flag": ["level"], "level": ["number"],
             "-inf": ["0", "inf"], "inf": ["0", "-inf"], "fixed": ["column", "date"], "column": ["fixed", "date"],
             "date": ["column"], "impossible": ["not found"], "not found": ["impossible"],
             "half up": ["down", "up"], "down": ["half up"], ">=": [">", "<="], ">": [">="], "<=": ["<", ">="], "<": ["<="], "=": [">="]}


def others_for(value: Any) -> "list[Any]":
    """Something plausible in place of a leaf value."""
    if value is True:
        return [False]
    if isinstance(value, int):
        return [value + 1] + ([value - 1] if value > 0 else [])
    if value is None:
        return ["0"]
    if value in PLAUSIBLE:
        return list(PLAUSIBLE[value])
    if len(value) == 64 and not value.strip("0123456789abcdef"):
        return [value[:-1] + ("0" if value[-1] != "0" else "1")]
    if len(value) == 10 and value[4] == value[7] == "-":
        return [f"{int(value[:4]) + 1:04}{value[4:]}"]
    if value.lstrip("-").isdigit():
        return [str(int(value) + 1), str(int(value) - 1)]
    if value.replace(".", "").replace("/", "").lstrip("-").isdigit():
        return [value + "1", "1"]
    return [value + "x"]


def places(value: Any, path: "tuple[Any, ...]" = ()) -> "Iterator[tuple[tuple[Any, ...], Any]]":
    """Every value in a document with the way to it, the document itself first."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def changed(document: Any, path: "tuple[Any, ...]", change: Any) -> Any:
    """A copy in which `change` was done to the holder of the last key of `path`."""
    copied = dict(document)     # copies only what stands on the way
    holder, source = copied, document
    for key in path[:-1]:
        inner = source[key]
        holder[key] = dict(inner) if isinstance(inner, dict) else list(inner)
        holder, source = holder[key], inner
    change(holder, path[-1])
    return copied


def _double(holder: Any, key: Any) -> None:
    holder.insert(key, holder[key])


def _swap(holder: Any, key: Any) -> None:
    holder[key], holder[key + 1] = holder[key + 1], holder[key]


def _remove(holder: Any, key: Any) -> None:
    del holder[key]


def alterations(document: Any) -> "Iterator[tuple[str, tuple[Any, ...], Any]]":
    """All that is altered, one thing at a time: (what was done, the way to it, the altered document)."""
    for path, value in places(document):
        if not path or path == ("sha256",):
            continue
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        yield "removed", path, changed(document, path, _remove)
        if isinstance(holder, list):
            yield "doubled", path, changed(document, path, _double)
            if path[-1] + 1 < len(holder) and holder[path[-1]] != holder[path[-1] + 1]:
                yield "swapped", path, changed(document, path, _swap)
        if isinstance(value, dict):
            yield "unknown key", path, changed(document, (*path, "more"), lambda into, key: into.__setitem__(key, "x"))
        elif not isinstance(value, list):
            for other in others_for(value):
                yield f"changed to {other!r}", path, changed(document, path, lambda into, key, new=other: into.__setitem__(key, new))


def refused(altered: Any, path: "tuple[Any, ...]") -> Result:
    """What the checker says of an altered document whose digests were all made right again."""
    if path[0] == "laws" and len(path) > 2:
        try:
            altered = with_laws_sealed(altered)
        except (KeyError, TypeError):
            pass
    return check(sealed(altered))


# What is mere information: fields that no step, reason or proof tells anything about. A place is written with `*` for
# indexes. docs/proof.md ("What the checker does not check") says the same in words.
INFORMATION = [
    # Who and when, in the claim itself: taken as said, as long as proofs that refer to one another say the same.
    (r"claim\.(unit|row|known_on|on)", r".*"),
    (r"claim\.axes\.\*\.from", r"changed to '(fixed|column)'"),
    # The unit's own value of an axis where a rule of scope names another column.
    (r"claim\.axes\.\*\.value", r".*"),
    # A unit below of which nothing is known has no proof.
    (r"children\.\*\.units\.\*\.unit", r"changed.*"),
    (r"facts\.\*\.(period|recorded_on)", r".*"),
    # Facts of which the steps tell less than all: another fact that gives the very same steps is a true proof too.
    (r"facts\.\*\.(value|least|most)", r"(changed|removed).*"),    # and only as `shown` says
    (r"facts\.\*\.state", r"changed to '(not reported|not applicable)'"),
    # Other reasons and other deciding facts that do the same; a weaker word.
    (r"reasons\.leaves\.\*", r"changed.*"),
    (r"deciding\.to_(met|not_met)\.facts\.\*\.(value|name)", r"changed.*"),
    (r"(reasons|deciding\.to_(met|not_met))\.smallest", r"removed"),
    (r"deciding\.to_(met|not_met)\.why", r"changed.*"),
]


def place_of(path: "tuple[Any, ...]") -> str:
    """The place of a field in a proof, with `*` for indexes."""
    return ".".join("*" if isinstance(key, int) else key for key in path[2:])


def shown(document: Any, path: "tuple[Any, ...]") -> bool:
    """Whether a step shows the number itself of a fact: then no other number is accepted.

    Levels and flags are shown by verdicts alone, counts of children by sums, and a fact that only `if_applicable` asks for not
    at all.
    """
    proof = document["proofs"][path[1]]
    entry = proof["facts"][path[3]]
    if entry["kind"] != "number" or entry["name"].startswith("children:"):
        return False
    name = entry["name"].split(":")[-1].split("[")[0]
    nodes = [node for _, node in places(document["laws"][proof["claim"]["law"]])
             if isinstance(node, dict) and node.get("kind") == "if_applicable" and node.get("name") == name]
    kinds = {step.get("kind") for step in proof["steps"]}
    return not (nodes and "if_applicable" in kinds)


def is_information(document: Any, what: str, path: "tuple[Any, ...]") -> bool:
    if path[0] != "proofs" or (place_of(path).startswith("facts.*.") and path[-1] in ("value", "least", "most") and shown(document, path)):
        return False
    return any(re.fullmatch(place, place_of(path)) and re.fullmatch(how, what) for place, how in INFORMATION)


def accepted(document: Any, chance: Any = None, most: int = 0) -> "tuple[int, list[str]]":
    """(how many alterations were tried, those that were accepted although they should not have been).

    Laws are altered too, under their right digest: with the original law trusted none is accepted; without, no unknown
    key is. With `chance` and `most`, at most so many alterations, taken at random.
    """
    trusted = set(document["laws"])
    all_of_them = alterations(document)
    if chance is not None:
        listed = list(all_of_them)
        all_of_them = iter(chance.sample(listed, min(most, len(listed))))
    tried, wrong = 0, []
    for what, path, altered in all_of_them:
        tried += 1
        result = refused(altered, path)
        if not result.holds:
            continue
        in_law = path[0] == "laws" and len(path) > 2
        if in_law and what != "unknown key" and not check(sealed(with_laws_sealed(altered)), trusted).holds:
            continue
        if not is_information(document, what, path):
            wrong.append(f"{what}: {'/'.join(map(str, path))}")
    return tried, wrong
