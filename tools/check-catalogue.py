#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the criteria sets under catalogue/ against their format, and against the facts they were made from.

    tools/check-catalogue.py [--facts FACTS_FOLDER] [FILE ...]      (each overlay over its set alone)

Without --facts: doubled and unknown keys, anchors, ids that do not exist, sources that do not exist or that nothing
cites, figures without a source, units that cannot be compared, shares that are no ratio of two counts or amounts.
With --facts also (catalogue_facts.py): every figure that is seen there is in a set or in a cited overlay, nothing else
is, and what stands in an unverified overlay is recalled or doubted there.

Needs PyYAML (Debian: python3-yaml). Prints every problem and a count of statements; exit status 1 if there is one.
"""
import argparse
import glob
import os
import re
import sys

import catalogue_facts
from catalogue_checker import Checker, place_rank
from catalogue_reading import Problems, read

HERE = os.path.dirname(os.path.abspath(__file__))


def first_day(head):
    return head.get("instrument", {}).get("in_force", {}).get("from") or ""


def order(item):
    """Sets first, then overlays without days by path, then higher acts before lower, earlier before later."""
    is_overlay, path, head = item
    if is_overlay and head.get("standing") == "cited" and first_day(head):
        return (True, True, place_rank(head), first_day(head), path)
    return (is_overlay, False, 0, "", path)


def base_of(head, sets, layers):
    """What lies below an overlay on its first day; one without days, or an unverified one, lies over its set alone."""
    of, first = head.get("of"), first_day(head)
    if not first or head.get("standing") != "cited":
        return sets.get(of)
    below, place = sets.get(of), head.get("place", "VN")
    for layer in layers:
        start, end = layer.day("from"), layer.day("to")
        if layer.root.data["id"] != of or start > first or (end and end < first):
            continue
        if layer.place == "VN" or (place + "/").startswith(layer.place + "/"):
            below = Checker(layer.path, lambda *_: None, below).check() if layer.base is not below else layer
    return below


def check_readme(sets, problems):
    """The list of sets in catalogue/README.md has them all."""
    path = os.path.join(HERE, "..", "catalogue", "README.md")
    with open(path, encoding="utf-8") as file:
        listed = set(re.findall(r"`([\w.-]+)`", file.read()))
    for name in sets:
        word = re.fullmatch(r"ocop-(.*)-2019", name)
        if name not in listed and not (word and word.group(1) in listed):
            problems(path, None, "there is no %s" % name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--facts", help="folder with " + ", ".join(catalogue_facts.FILES))
    parser.add_argument("files", nargs="*", help="default: all of catalogue/")
    options = parser.parse_args()
    files = options.files or sorted(glob.glob(os.path.join(HERE, "..", "catalogue", "*.yaml")))
    problems = Problems()
    sets, overlays = {}, {}  # by the set's id: the set, its overlays
    layers = []  # cited overlays with days
    pending = []
    for path in files:
        head = read(path, lambda *_: None)  # told again below
        pending.append((head.get("format") == "ntm-overlay/1", path, head))
    for is_overlay, path, head in sorted(pending, key=order):
        base = base_of(head, sets, layers) if is_overlay else None
        if is_overlay and base is None:
            problems(path, head.get("of"), "there is no set %s" % head.get("of"))
            continue
        checker = Checker(path, problems, base).check()
        if is_overlay and checker.day("from") and head["standing"] == "cited":
            layers.append(checker)
        if is_overlay:
            overlays.setdefault(head["of"], []).append(checker)
        else:
            sets[head["id"]] = checker
        print("%s: %s" % (os.path.basename(path), ", ".join("%d %s" % (n, k) for k, n in checker.counts.items())))
    if options.facts:
        catalogue_facts.compare(sets, overlays, options.facts)
    if not options.files:
        check_readme(sets, problems)
    print("%d problems" % problems.count)
    return 1 if problems.count else 0


if __name__ == "__main__":
    sys.exit(main())
