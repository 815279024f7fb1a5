# SPDX-License-Identifier: Apache-2.0
"""The shape of a law inside a proof (docs/proof.md, "Law"), and of its rules."""

from .shape import COUNT, DAY, DIGITS, NUMBER, POWER, TEXT, YES, Either, ListOf, Object, Words

LAW_FORMAT = "ntm-law/1"
QUANTITY, CONDITION, GRADE = "quantity", "condition", "grade"

NAMES = Object({}, {"en": TEXT, "vi": TEXT})
NAMES_OR_EMPTY = Object({}, {"en": TEXT, "vi": TEXT}, may_be_empty=True)
CITATION = Object({"standing": Words("cited", "unverified")}, {"note": TEXT, "overlay": TEXT, "sources": ListOf(TEXT)})

COUNTED = {"among": ListOf(TEXT), "verdict": Words("met", "not met"), "label": TEXT, "name": TEXT}
OVER = Words("criteria", "indicators", "members", "children")
# Sort, keys that a node of the kind has, keys that it may have; "of" and "power" are added below.
_OWN_KEYS = {
    "fact": (QUANTITY, {"name": TEXT}, {}),
    "value": (QUANTITY, {"name": TEXT}, {}),
    "attested": (CONDITION, {"name": TEXT}, {"evidence": TEXT}),
    "criterion": (CONDITION, {"name": TEXT}, {}),
    "indicator": (CONDITION, {"name": TEXT}, {}),
    "holds": (CONDITION, {"name": TEXT}, {}),
    "past": (QUANTITY, {"name": TEXT, "label": TEXT}, {}),
    "of_parent": (QUANTITY, {"name": TEXT, "label": TEXT}, {}),
    "average": (QUANTITY, {"name": TEXT, "label": TEXT}, {}),
    "constant": (QUANTITY, {"value": NUMBER}, {"unit": TEXT}),
    "figure": (QUANTITY, {"name": TEXT}, {}),
    "figure_of": (QUANTITY, {"name": TEXT, "label": TEXT}, {"unit": TEXT}),
    "sum": (QUANTITY, {}, {}),
    "difference": (QUANTITY, {}, {}),
    "product": (QUANTITY, {}, {}),
    "ratio": (QUANTITY, {}, {}),
    "minimum": (QUANTITY, {}, {}),
    "maximum": (QUANTITY, {}, {}),
    "rounded": (QUANTITY, {"digits": DIGITS, "mode": Words("half up", "half even", "down", "up")}, {"unit": TEXT}),
    "points": (QUANTITY, {"points": ListOf(NUMBER)}, {}),
    "count": (QUANTITY, {"over": OVER}, COUNTED),
    "share": (QUANTITY, {"over": OVER}, COUNTED),
    "every": (CONDITION, {"over": Words("members", "children"), "label": TEXT}, {"name": TEXT}),
    "compare": (CONDITION, {"sign": Words("<", "<=", "=", ">=", ">")}, {}),
    "at_level": (CONDITION, {"label": TEXT}, {"name": TEXT}),
    "all": (CONDITION, {}, {}),
    "any": (CONDITION, {}, {}),
    "not": (CONDITION, {}, {}),
    "at_least": (CONDITION, {"k": COUNT}, {}),
    "if_applicable": (CONDITION, {"name": TEXT}, {}),
    "grade": (GRADE, {}, {}),
}
SORT = {kind: own[0] for kind, own in _OWN_KEYS.items()}

# What stands below a node: the sort of each, the least number, the largest (None: any number).
BELOW = {
    "sum": (QUANTITY, 1, None),
    "product": (QUANTITY, 1, None),
    "minimum": (QUANTITY, 1, None),
    "maximum": (QUANTITY, 1, None),
    "difference": (QUANTITY, 2, 2),
    "ratio": (QUANTITY, 2, 2),
    "rounded": (QUANTITY, 1, 1),
    "points": (CONDITION, 1, None),
    "compare": (QUANTITY, 2, 2),
    "all": (CONDITION, 1, None),
    "any": (CONDITION, 1, None),
    "at_least": (CONDITION, 1, None),
    "not": (CONDITION, 1, 1),
    "if_applicable": (CONDITION, 1, 1),
    "every": (CONDITION, 1, 1),
    "grade": (QUANTITY, 1, 1),
    "count": (CONDITION, 0, 1),
    "share": (CONDITION, 0, 1),
    "at_level": (GRADE, 0, 1),
}


def _kind_of(value):
    kind = value.get("kind") if isinstance(value, dict) else None
    return _NODES.get(kind) if isinstance(kind, str) else None


NODE = Either(_kind_of, "expected a node of a known kind")
_NODES = {}
for _kind, (_sort, _needed, _optional) in _OWN_KEYS.items():
    _needed, _optional = {"kind": Words(_kind), **_needed}, {"citation": CITATION, **_optional}
    if _sort == QUANTITY:
        _needed["power"] = POWER
    if _kind in BELOW:
        (_needed if BELOW[_kind][1] else _optional)["of"] = ListOf(NODE)
    if _kind == "grade":
        _needed["bands"] = ListOf(
            Object(
                {"label": TEXT},
                {"from": NUMBER, "from_open": YES, "name": NAMES, "requires": NODE, "to": NUMBER, "to_open": YES},
            )
        )
        _optional["knock_out"] = NODE
    _NODES[_kind] = Object(_needed, _optional)

PART = Object({"id": TEXT}, {"citation": CITATION, "name": NAMES, "rule": NODE})
ABOUT = Object(
    {"id": TEXT},
    {
        "act": NAMES,
        "citation": CITATION,
        "follows": TEXT,
        "follows_note": TEXT,
        "in_force_from": DAY,
        "in_force_to": DAY,
        "issuer": TEXT,
        "level": TEXT,
        "note": TEXT,
        "number": TEXT,
        "overlays": ListOf(TEXT),
        "place": TEXT,
        "programme": TEXT,
        "revocation_by": TEXT,
        "signed_on": DAY,
        "tier": TEXT,
        "title": NAMES,
        "validity": Object({"months": COUNT}, {"citation": CITATION}),
    },
)
FACT = Object(
    {"id": TEXT, "kind": Words("flag", "count", "amount", "share", "level", "money", "date"), "power": POWER},
    {
        "by": TEXT,
        "closed_by": Words("work", "act", "assessment", "time"),
        "least": NUMBER,
        "levels": ListOf(TEXT),
        "merge_parts": ListOf(TEXT),
        "merge_weight": TEXT,
        "most": NUMBER,
        "merge": Words("sum", "ratio", "weighted", "all", "any", "min", "max", "reassess"),
        "name": NAMES,
        "over_time": Words("flow", "stock", "min", "max"),
        "part_of": TEXT,
        "unit": TEXT,
    },
)
FIGURE = Object(
    {"id": TEXT, "power": POWER},
    {
        "axes": ListOf(TEXT),
        "citation": CITATION,
        "delegated_to": TEXT,
        "general": NUMBER,
        "interpolate": YES,
        "unit": TEXT,
        "cells": ListOf(Object({"value": NUMBER}, {"citation": CITATION, "keys": ListOf(TEXT)})),
    },
)
LAW = Object(
    {"about": ABOUT, "format": Words(LAW_FORMAT)},
    {
        "axes": ListOf(Object({"id": TEXT, "values": ListOf(TEXT)}, {"name": NAMES, "names": ListOf(NAMES_OR_EMPTY)})),
        "counterparts": ListOf(Object({"id": TEXT, "kind": Words("criterion", "indicator"), "of": TEXT})),
        "criteria": ListOf(
            Object(
                {"id": TEXT},
                {"citation": CITATION, "group": TEXT, "indicators": ListOf(PART), "name": NAMES, "rule": NODE},
            )
        ),
        "dimensions": ListOf(Object({"id": TEXT, "members": ListOf(TEXT)})),
        "facts": ListOf(FACT),
        "figures": ListOf(FIGURE),
        "preconditions": ListOf(PART),
        "recognisers": ListOf(
            Object({}, {"by": NAMES, "citation": CITATION, "classes": ListOf(TEXT), "from": DAY, "to": DAY})
        ),
        "rules": Object({}, {"criteria_status": NODE, "grade": NODE, "revocation": NODE}),
        "scopes": ListOf(Object({"axis": TEXT, "use": TEXT, "when": NODE}, {"citation": CITATION})),
        "sources": ListOf(Object({"id": TEXT}, {"what": TEXT, "where": TEXT})),
        "values": ListOf(
            Object(
                {"id": TEXT, "power": POWER},
                {"citation": CITATION, "least": NUMBER, "most": NUMBER, "name": NAMES, "rule": NODE, "unit": TEXT},
            )
        ),
    },
)
