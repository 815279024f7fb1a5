#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs pytest; fails also when other tests are skipped than a list says: pytest-skips.py LIST NAME PYTEST-ARGUMENT...

A line of the list is `NAMES: TEST`: in which runs (words, "*" is any) which test is skipped, a whole file too; without the
parameters of a test, some of which may run. "may NAME" in place of "NAME" allows it and does not ask for it. So nothing is
skipped in silence because a package is missing, and the list holds nothing that runs.
"""

import sys
from pathlib import Path
from typing import Any

import pytest


class Skips:
    """A pytest plugin that keeps which tests, or whole files, were skipped and why."""

    def __init__(self) -> None:
        self.found: "dict[str, str]" = {}

    def _add(self, report: Any) -> None:
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.found[report.nodeid.split("/")[-1].split("[")[0]] = reason

    def pytest_runtest_logreport(self, report: Any) -> None:
        self._add(report)

    def pytest_collectreport(self, report: Any) -> None:
        self._add(report)


def expected(path: Path, name: str) -> "tuple[set[str], set[str]]":
    """(tests that are skipped, tests that may be skipped as well) in one run."""
    sure: "set[str]" = set()
    possible: "set[str]" = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        names, test = line.split(": ", 1)
        words = names.split()
        if words[0] == "may" and (name in words[1:] or "*" in words[1:]):
            possible.add(test.strip())
        elif words[0] != "may" and (name in words or "*" in words):
            sure.add(test.strip())
    return sure, possible


def main(path: str, name: str, *arguments: str) -> int:
    skips = Skips()
    status = int(pytest.main(["-q", "-p", "no:cacheprovider", "--color=no", *arguments], plugins=[skips]))
    sure, possible = expected(Path(path), name)
    new = {test: reason for test, reason in skips.found.items() if test not in sure | possible}
    ran = sorted(sure - set(skips.found))
    for test, reason in new.items():
        print(f"skipped without being listed for {name}: {test}: {reason}")
    for test in ran:
        print(f"listed as skipped for {name}, and was not: {test}")
    print(f"{len(skips.found)} skipped, {len(sure)} listed")
    return status or (1 if new or ran else 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
