#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the libraries define: symbols.py ROOT SHARED STATIC [--plain | --sanitized]

The shared library exports exactly what the public headers declare NTM_API. Every external symbol of the static library
starts with ntm_, and those that are not public with ntm_i_. Nothing writable is kept outside of objects.
"""

import re
import subprocess
import sys
from pathlib import Path

DECLARATION = re.compile(r"^NTM_API\b(?:[^;{(]|\((?=\())*?\b(ntm_\w+)\s*\(", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def declared(root: Path) -> "set[str]":
    """The functions that the public headers declare."""
    found = set()
    for header in sorted((root / "include" / "ntm").glob("*.h")):
        text = COMMENT.sub("", header.read_text(encoding="utf-8"))
        names = DECLARATION.findall(text)
        # "#define NTM_API ..." does not begin a line with NTM_API, so every such line is a declaration.
        if len(names) != len(re.findall(r"^NTM_API\b", text, re.MULTILINE)):
            raise SystemExit(f"{header.name}: a declaration with NTM_API that this test cannot read")
        found |= set(names)
    return found


def symbols(library: str, *options: str) -> "list[tuple[str, str]]":
    """(type letter, name) of the symbols that a library defines."""
    out = subprocess.run(["nm", "--defined-only", *options, library], check=True, capture_output=True, text=True).stdout
    rows = (line.split() for line in out.splitlines())
    return [(row[-2], row[-1].split("@")[0]) for row in rows if len(row) >= 2 and len(row[-2]) == 1]


def writable(library: str) -> "list[str]":
    """Objects in sections that a program can write to. Constants that hold addresses (.data.rel.ro) are no such thing."""
    out = subprocess.run(["objdump", "--syms", library], check=True, capture_output=True, text=True).stdout
    found = set()
    for line in out.splitlines():
        left, tab, right = line.partition("\t")
        section = left.split()[-1] if tab and left.split() else ""
        kept = section.startswith((".data", ".bss", ".tdata", ".tbss")) and not section.startswith(".data.rel.ro")
        name = right.split()[-1] if right.split() else ""
        if (kept or section == "*COM*") and name and name != section:
            found.add(f"{name} ({section})")
    return sorted(found)


def main(root: str, shared: str, static: str, mode: str = "--plain") -> int:
    public = declared(Path(root))
    exported = {name for kind, name in symbols(shared, "--dynamic") if kind in "TtWwVvDdBbRr"}
    exported = {name for name in exported if not name.startswith("NTM_")}
    outside = {name for kind, name in symbols(static, "--extern-only")}
    if mode == "--sanitized":
        outside = {name for name in outside if not name.startswith(("__asan", "__odr", "__tsan", "__ubsan"))}
        exported = {name for name in exported if not name.startswith(("__asan", "__odr", "__tsan", "__ubsan"))}
    checks = [
        ("the headers declare functions", [] if public else ["none found"]),
        ("every declared function is exported", sorted(public - exported)),
        ("nothing else is exported", sorted(exported - public)),
        ("external symbols start with ntm_", sorted(name for name in outside if not name.startswith("ntm_"))),
        ("what is not public starts with ntm_i_",
         sorted(name for name in outside - public if not name.startswith("ntm_i_"))),
    ]
    if mode != "--sanitized":
        checks.append(("no writable data in the static library", writable(static)))
    print(f"1..{len(checks)}")
    for number, (what, wrong) in enumerate(checks, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
        if wrong:
            print(f"{what}: {', '.join(wrong)}", file=sys.stderr)
    return 1 if any(wrong for _, wrong in checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
