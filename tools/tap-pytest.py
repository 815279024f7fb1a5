#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs pytest and speaks TAP for meson: tap_pytest.py PYTEST-ARGUMENT...

The ordinary output of pytest goes to stderr, one TAP line per test to stdout.
"""

import contextlib
import io
import re
import sys
from typing import Any

import pytest


class Plain(io.TextIOBase):
    """stderr without control characters: meson writes down what tests say as XML, which does not take them."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        sys.stderr.write(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text))
        return len(text)

    def flush(self) -> None:
        sys.stderr.flush()


class Tap:
    """A pytest plugin that keeps what became of each test."""

    def __init__(self) -> None:
        self.results: "dict[str, str]" = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        name = report.nodeid.split("/")[-1].replace("#", "no. ")
        if report.failed:
            self.results[name] = "not ok"
        elif report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
            self.results.setdefault(name, f"skip {reason}")
        elif report.when == "call":
            self.results.setdefault(name, "ok")

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.results[f"collecting {report.nodeid}"] = "not ok"

    def lines(self) -> "list[str]":
        """The TAP document."""
        out = [f"1..{len(self.results)}"]
        for number, (name, result) in enumerate(self.results.items(), 1):
            if result.startswith("skip"):
                out.append(f"ok {number} - {name} # SKIP {result[5:]}")
            else:
                out.append(f"{result} {number} - {name}")
        return out


def main(arguments: "list[str]") -> int:
    tap = Tap()
    with contextlib.redirect_stdout(Plain()):
        status = int(pytest.main(["-p", "no:cacheprovider", "--color=no", *arguments], plugins=[tap]))
    print("\n".join(tap.lines()))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
