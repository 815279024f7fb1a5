# SPDX-License-Identifier: Apache-2.0
"""What the makers of tables share: the mark, files, facts of sets, numbers as written, drawing by a fixed seed."""
import csv
import os
import random
import re
import sys
from math import ceil, floor

CATALOGUE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "catalogue")

SEED = 20200225
ILLUSTRATIVE = "Số liệu minh họa (illustrative): do tools/make-ha-tinh-data.py sinh ra, không phải số liệu thật"
YES, NO, NOT_APPLICABLE = "đạt", "chưa đạt", "không áp dụng"


# ------------------------------------------------------------------------------------------------ files

def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, comments, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        for comment in comments:
            file.write("# %s\n" % comment)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print("%s: %d rows" % (os.path.basename(path), len(rows)), file=sys.stderr)


def facts_of(*names):
    """Ids of the facts and of the other standards that the rules of these files need."""
    result = []
    for name in names:
        block, content = facts_block(name)
        result += re.findall(r"^  ([\w.-]+):", block, re.M)
        result += re.findall(r"\{holds: ([\w-]+)\}", content)
    return result


def levels_of(name):
    """The facts of a set in its order: id, and its levels from the lowest if it has any."""
    block, _ = facts_block(name)
    parts = re.split(r"^  ([\w.-]+):", block, flags=re.M)
    levels = [re.search(r"levels: \[([^\]]*)\]", text) for text in parts[2::2]]
    return [(fact, re.findall(r'"([^"]*)"', found.group(1)) if found else None)
            for fact, found in zip(parts[1::2], levels)]


def facts_block(name):
    """The lines of a set's facts, and the whole set as text (no YAML reader at hand)."""
    with open(os.path.join(CATALOGUE, name + ".yaml"), encoding="utf-8") as file:
        content = file.read()
    block = re.search(r"^facts:\n((?:[ #].*\n|\n)*)", content, re.M)
    return block.group(1) if block else "", content


# ------------------------------------------------------------------------------------------------ numbers as written

def whole(number):
    """1799 -> 1.799"""
    return "{:,}".format(number).replace(",", ".")


def tenths(number):
    """A number of tenths: 12044 -> 1.204,4"""
    return "%s,%d" % (whole(number // 10), number % 10)


class Dice:
    """Draws by random() alone, so that a seed gives the same table in every Python."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def chance(self, probability):
        return self.random() < probability

    def between(self, low, high):
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def part(self, total, low, high):
        """A part of a total between two shares, rounded into them where that can be."""
        least, most = ceil(total * low), floor(total * high)
        return min(total, self.between(least, max(least, most)))

    def below(self, total, share):
        """A part that misses the share: mostly by little."""
        limit = ceil(total * share) - 1
        miss = 0 if self.chance(0.15) else int(total * share * 0.3 * self.random() ** 2)
        return max(0, limit - miss)

    def pick(self, weights, count):
        """`count` different keys of {key: weight}."""
        left, picked = dict(weights), []
        while left and len(picked) < count:
            at = self.random() * sum(left.values())
            for key, weight in left.items():
                at -= weight
                if at < 0:
                    break
            picked.append(key)
            del left[key]
        return picked


class Tenths(int):
    """A number of tenths, written with one digit after the comma."""


def cell(value):
    if isinstance(value, Tenths):
        return tenths(value)
    return whole(value) if isinstance(value, int) else value
