# SPDX-License-Identifier: Apache-2.0
"""Signs of comparison in the rules of a set: which stand before a figure says what makes it stricter."""
SIGNS = {"<", "<=", "=", ">=", ">"}
MIRRORED = {"<": ">", "<=": ">=", "=": "=", ">=": "<=", ">": "<"}
OPPOSITE = {"<": ">=", "<=": ">", "=": "=", ">=": "<", ">": "<="}


def signs_of(rule, figure):
    """The signs that stand before a figure: what something has to be, compared with it."""
    if isinstance(rule, dict):
        for key, value in rule.items():
            for sign in signs_of(value, figure):
                yield OPPOSITE[sign] if key == "not" else sign
    elif isinstance(rule, list):
        if len(rule) == 3 and rule[1] in SIGNS:
            if rule[2] == {"figure": figure}:
                yield rule[1]
            if rule[0] == {"figure": figure}:
                yield MIRRORED[rule[1]]
        for item in rule:
            yield from signs_of(item, figure)
