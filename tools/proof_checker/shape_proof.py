# SPDX-License-Identifier: Apache-2.0
"""The shape of a document and of the proofs in it (docs/proof.md, "The text" and "A proof")."""

from .shape import (
    BOUND,
    COUNT,
    DAY,
    DIGEST,
    NUMBER,
    POWER,
    TEXT,
    TEXT_OR_NULL,
    VERDICT,
    YES,
    Either,
    Is,
    ListOf,
    MapOf,
    Object,
    Words,
)
from .shape_law import LAW, SORT

FORMAT = "ntm-proof/1"
PARTS = ("criterion", "indicator", "precondition", "value", "status", "criteria_status", "revocation")

CLAIM = Object(
    {
        "law": DIGEST,
        "set": TEXT,
        "verdict": VERDICT,
        "of": Words("status", "criteria_status", "criterion", "indicator", "precondition", "revocation", "condition"),
    },
    {
        "at": TEXT,
        "id": TEXT,
        "known_on": DAY,
        "on": DAY,
        "row": COUNT,
        "unit": TEXT,
        "axes": ListOf(Object({"axis": TEXT}, {"from": Words("fixed", "column", "date"), "value": TEXT})),
    },
)

FACT = Object(
    {
        "kind": Words("number", "flag", "level"),
        "name": TEXT,
        "state": Words("reported", "not reported", "not applicable"),
    },
    {
        "least": NUMBER,
        "most": NUMBER,
        "period": TEXT,
        "power": POWER,
        "proof": COUNT,
        "recorded_on": DAY,
        "unit": TEXT,
        "value": TEXT,
    },
)

_CELL = Object(
    {"keys": ListOf(TEXT_OR_NULL, may_be_empty=True)},
    {"between": ListOf(TEXT), "sources": ListOf(TEXT), "value": NUMBER},
)
_RESULT = {"verdict": VERDICT, "least": BOUND, "most": BOUND, "grade": ListOf(COUNT), "cells": ListOf(_CELL)}
_NODE_STEP = Object({"at": TEXT, "kind": Words(*SORT)}, {"members": MapOf(TEXT, TEXT), **_RESULT})
_PART_STEP = Object({"at": TEXT, "part": Words(*PARTS)}, _RESULT)
STEP = Either(lambda value: _PART_STEP if isinstance(value, dict) and "part" in value else _NODE_STEP, "")

WAY_OF_FACTS = Object({"facts": ListOf(Object({"name": TEXT, "value": TEXT}))}, {"smallest": YES})
WAY_OUT = Object({"why": Words("impossible", "not found")})
WAY = Either(lambda value: WAY_OUT if isinstance(value, dict) and "why" in value else WAY_OF_FACTS, "")

PROOF = Object(
    {"claim": CLAIM, "facts": ListOf(FACT, may_be_empty=True), "steps": ListOf(STEP)},
    {
        "children": ListOf(
            Object(
                {
                    "name": TEXT,
                    "units": ListOf(Object({"unit": TEXT, "verdict": VERDICT}, {"proof": COUNT}), may_be_empty=True),
                }
            )
        ),
        "deciding": Object({"to_met": WAY, "to_not_met": WAY}),
        "others": MapOf(TEXT, DIGEST),
        "reasons": Object({"leaves": ListOf(COUNT, may_be_empty=True)}, {"smallest": YES}),
    },
)

DOCUMENT = Object(
    {
        "format": Is(f'"{FORMAT}"', lambda value: value == FORMAT),
        "laws": MapOf(DIGEST, LAW),
        "proofs": ListOf(PROOF),
        "sha256": DIGEST,
    }
)
