#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the first version of the sets' YAML, and of their overlays, from facts compiled with their provenance.

    tools/make-catalogue.py FACTS_FOLDER [--out catalogue] [--set ID ...]

The YAML under catalogue/ is the truth once it is made: it is read, reviewed and mended by hand. This script made its
first version and says how: what the facts mark as `seen` goes into the set with its sources, what is recalled or
doubted into an overlay named `.recalled.unverified`, what a province decided into an overlay of the province, and what
is null stays absent. Run it again only for a set that is new, or compare its output with what is there.

To add a set: write a module in catalogue_models/ with a function make(facts, sources) that gives families (a set and
its overlays), and name it in MODULES there. tools/check-catalogue.py checks the result against format and facts.
Needs PyYAML (Debian: python3-yaml).
"""

import argparse
import json
import os
import sys

from catalogue_models import MODULES
from catalogue_models.provenance import Sources
from catalogue_models.yaml_text import write

FILES = ("criteria-sets", "criteria-figures-more", "companion-programmes")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("facts", help="folder with " + ", ".join(name + ".json" for name in FILES))
    parser.add_argument("--out", default=os.path.join(os.path.dirname(__file__), "..", "catalogue"))
    parser.add_argument("--set", action="append", help="only this set and its overlays")
    options = parser.parse_args()
    facts = {}
    for name in FILES:
        with open(os.path.join(options.facts, name + ".json"), encoding="utf-8") as file:
            facts[name] = json.load(file)
    sources = Sources(facts)
    os.makedirs(options.out, exist_ok=True)
    made = 0
    for module in MODULES:
        for documents in module.make(facts, sources):
            if options.set and documents[0]["id"] not in options.set:
                continue
            for document in documents:
                write(document, os.path.join(options.out, document["id"] + ".yaml"))
                made += 1
    print("made %d files" % made, file=sys.stderr)


if __name__ == "__main__":
    main()
