#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Checks proofs without the library: check-proof.py [--law DIGEST]... PROOF.json...

Derives the verdict again from the law and the facts in the document ("-" is the standard input), and prints

    holds: UNIT PART VERDICT under SET (DIGEST OF THE LAW)

or one line for each thing that is wrong, with its place in the document. With --law every law in the document has to
be one of those: the digest of a shipped set is CriteriaSet.digest, ntm_set_digest(). Without, compare the digest that
is printed.

Ends with 0 if everything holds, 1 if something does not, 2 if something cannot be read: cut off, no JSON, another
version. What is checked and what is not: docs/proof.md. The definition, line by line: tools/proof_checker.
"""

import argparse
import re
import sys

from proof_checker import check
from proof_checker.canonical import SIZE_MAX


def read(name):
    """The bytes of a file; one more than can be checked at most."""
    if name == "-":
        return sys.stdin.buffer.read(SIZE_MAX + 1)
    with open(name, "rb") as file:
        return file.read(SIZE_MAX + 1)


def digest(text):
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise argparse.ArgumentTypeError("a digest is 64 lower-case hex digits")
    return text


def checked(name, trusted):
    """The exit status for one file, after telling what was found."""
    try:
        data = read(name)
    except OSError as error:
        print(f"{name}: cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    result = check(data, trusted)
    if result.holds:
        print(printable(f"holds: {result.line()}"))
        return 0
    for place, what in result.problems:
        print(printable(f"{name}: {place or '/'}: {what}"))
    return 2 if result.unreadable else 1


def printable(text):
    """Text from a stranger on one line, without marks that a terminal obeys."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def main(arguments):
    parser = argparse.ArgumentParser(description="checks proofs of the format ntm-proof/1 without the library")
    parser.add_argument(
        "--law", metavar="DIGEST", action="append", type=digest, help="a law that is trusted; all are without"
    )
    parser.add_argument("proofs", metavar="PROOF.json", nargs="+", help='a file, or "-" for the standard input')
    said = parser.parse_args(arguments)
    return max(checked(name, said.law) for name in said.proofs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
