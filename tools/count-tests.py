#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the test cases of the last `meson test`: count-tests.py LOGS

Prints "N passed, N failed, N skipped" alone on a line; a case is one line of TAP, or a whole test that speaks no TAP.
Fails when a test failed or none ran.
"""

import json
import sys
import xml.etree.ElementTree as xml
from pathlib import Path


def suites(path: Path) -> "dict[str, tuple[int, int, int]]":
    """Passed, failed and skipped cases of each TAP test, by its name in meson ("project.name" in the file)."""
    found = {}
    for suite in xml.parse(path).getroot().iter("testsuite"):
        cases = list(suite.iter("testcase"))
        failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
        skipped = sum(1 for case in cases if case.find("skipped") is not None)
        found[suite.get("name", "").partition(".")[2]] = (len(cases) - failed - skipped, failed, skipped)
    return found


def case_counts(test: "dict[str, object]", taps: "dict[str, tuple[int, int, int]]") -> "tuple[int, int, int]":
    """Passed, failed and skipped cases of one test of meson's log."""
    result = str(test["result"])
    good = result in ("OK", "EXPECTEDFAIL")
    cases = taps.get(str(test["name"]))
    if cases is None or sum(cases) == 0 or (sum(cases) == 1 and result == "SKIP"):
        return (0, 0, 1) if result == "SKIP" else (1, 0, 0) if good else (0, 1, 0)
    if not good and result != "SKIP" and cases[1] == 0:  # it crashed, or stopped before its plan was done
        return (cases[0], 1, cases[2])
    return cases


def main(folder: str) -> int:
    logs = sorted(Path(folder).glob("testlog*.json"), key=lambda path: path.stat().st_mtime)  # -valgrind with a wrapper
    if not logs:
        print("0 passed, 0 failed, 0 skipped")
        print("no test ran", file=sys.stderr)
        return 1
    taps = suites(logs[-1].with_suffix(".junit.xml"))
    lines = logs[-1].read_text(encoding="utf-8").splitlines()
    counts = [case_counts(json.loads(line), taps) for line in lines if line.strip()]
    passed, failed, skipped = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
