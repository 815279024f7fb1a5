#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The example program ntm-lint from outside: program.py NTM-LINT PAGE

What it prints, its exit status, the list of known findings, overlays, files that cannot be read, and whether the page
about the lint (docs/lint.md) says of each code what the program says.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SET = """format: ntm-set/1
id: p-set
programme: test
level: commune
tier: x
place: VN
instrument: {in_force: {from: 2020-01-01}}
sources: {P1: {where: here}}
facts: {p-rate: {kind: share, unit: "%"}}
figures: {p-most: {unit: "%", source: [P1]}}
criteria:
  - id: "1"
    name: {vi: Một}
    source: [P1]
    rule: [p-rate, "<=", {constant: LIMIT, unit: "%"}]
  - {id: "2", name: {vi: Hai}, source: [P1], rule: [p-rate, "<=", {figure: p-most}]}
"""
BAD, GOOD = SET.replace("LIMIT", "100"), SET.replace("LIMIT", "99")
OVERLAY = """format: ntm-overlay/1
id: p-set.x
of: p-set
standing: cited
place: "42"
instrument: {in_force: {from: 2021-01-01}, source: [P2]}
sources: {P2: {where: there}}
figures: {p-most: {value: 3, source: [P2]}}
"""
KNOWN = "# known\np-set  always-met  criteria.1\n    The act prints it so.\n"


def run(program: str, *arguments: str) -> "tuple[int, str, str]":
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def checks(program: str) -> "list[tuple[str, bool]]":
    """What is checked and whether it holds; in a folder of its own."""
    for name, text in (("bad.yaml", BAD), ("good.yaml", GOOD), ("over.yaml", OVERLAY), ("known.txt", KNOWN),
                       ("torn.yaml", "format: ntm-set/1\nid: [\n"), ("gap.txt", "p-set  always-met  criteria.1\n"),
                       ("word.txt", "p-set  always-mett  criteria.1\n  why\n"), ("two.txt", KNOWN + KNOWN)):
        Path(name).write_text(text, encoding="utf-8")
    line = "bad.yaml:15: always-met: criteria.1: what is compared can be 0 % to 100 %, so it is always <= 100 %\n"
    found: "list[tuple[str, bool]]" = []

    def check(what: str, expected: int, piece: str, *arguments: str, stream: int = 1) -> None:
        result = run(program, *arguments)
        good = result[0] == expected and piece in result[stream]
        if not good:
            print(f"{what}: {result}", file=sys.stderr)
        found.append((what, good))

    check("a finding stands alone on its line, and ends with 1", 1, line, "bad.yaml")
    check("a good set ends with 0", 0, "0 findings, 0 known ones, 0 remarks", "good.yaml", stream=2)
    check("a known finding is not shown", 0, "0 findings, 1 known ones", "--known", "known.txt", "bad.yaml", stream=2)
    check("a known finding that is gone is one", 1, "known.txt:2: known-finding-gone: p-set: \"always-met\" at criteria.1",
          "--known", "known.txt", "--catalogue", "good.yaml")
    check("an overlay over a set among the files", 1, "over.yaml:8: not-delegated: figures.p-most: ", "good.yaml", "over.yaml")
    check("the second place is named", 1, "[see good.yaml:10, figures.p-most]", "good.yaml", "over.yaml")
    check("an overlay without its set", 2, "set \"p-set\" is neither", "over.yaml", stream=2)
    check("a torn file ends with 2, with its line", 2, "torn.yaml:3", "torn.yaml", stream=2)
    check("what could not be read is not taken for clean", 2, "0 remarks; not everything could be read", "torn.yaml", stream=2)
    check("a missing file ends with 2", 2, "nowhere.yaml: cannot be read", "nowhere.yaml", stream=2)
    check("a missing list ends with 2", 2, "nowhere.txt: cannot be read", "--known", "nowhere.txt", "good.yaml", stream=2)
    check("a listed finding needs a reason", 2, "gap.txt:1: the reason is missing", "--known", "gap.txt", "good.yaml", stream=2)
    check("a listed code has to be one", 2, "word.txt:1: the second word", "--known", "word.txt", "good.yaml", stream=2)
    check("nothing is listed twice", 2, "two.txt:5: this finding is listed already", "--known", "two.txt", "good.yaml", stream=2)
    check("no file is a wrong call", 2, "ntm-lint [--known FILE]", stream=2)
    check("an unknown option is a wrong call", 2, "ntm-lint [--known FILE]", "--colour", stream=2)
    check("the codes are told", 0, "ladder-maxima", "--codes")
    return found


def told_on(program: str, page: str) -> "tuple[str, bool]":
    """Whether the page has a row for each code, with its meaning, and for no other."""
    codes = [line.split(None, 1) for line in run(program, "--codes")[1].splitlines()]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.startswith("| `")]
    return "the page tells each code", [[f"`{code}`", meaning] for code, meaning in codes] == [[row[0], row[2]] for row in rows]


def main(program: str, page: str) -> int:
    import os
    text = Path(page).read_text(encoding="utf-8")
    program = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        before = os.getcwd()
        os.chdir(folder)
        try:
            results = [*checks(program), told_on(program, text)]
        finally:
            os.chdir(before)
    print(f"1..{len(results)}")
    for number, (what, good) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {what}")
    return 0 if all(good for _, good in results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
