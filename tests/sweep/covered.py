#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether every public function that can allocate is swept somewhere: covered.py ROOT TABLE

A function can allocate if it takes an allocator, options, a list of problems or a builder, or if its text says that it
may give NTM_ERROR_MEMORY. The table names the file with the sweep (and the one that makes the call for it).
"""

import re
import sys
from pathlib import Path

FUNCTION = re.compile(r"/\*\*((?:(?!\*/).)*)\*/\s*NTM_API\b([^;{]*?)\b(ntm_\w+)\s*\(([^;]*)\);", re.DOTALL)
TAKES = re.compile(r"\bntm_allocator \*|\bntm_\w+_options \*|(?<!const )\bntm_problems \*|\bntm_set_builder \*")
SWEEP = re.compile(r"\bfault_sweep|\bsweep\(")


def allocating(root: Path) -> "tuple[set[str], set[str]]":
    """The functions that can allocate, and all."""
    found, every = set(), set()
    for header in sorted((root / "include" / "ntm").glob("*.h")):
        text = header.read_text(encoding="utf-8")
        functions = FUNCTION.findall(text)
        if len(functions) != len(re.findall(r"^NTM_API\b", text, re.MULTILINE)):
            raise SystemExit(f"{header.name}: a declaration with NTM_API that this test cannot read")
        for comment, _, name, parameters in functions:
            every.add(name)
            parameters = re.sub(r"\s+", " ", parameters)
            if not name.endswith("_free") and (TAKES.search(parameters) or "NTM_ERROR_MEMORY" in comment):
                found.add(name)
    return found, every


def line_problem(root: Path, line: str, every: "set[str]") -> str:
    """What is wrong with a line of the table."""
    name, *where = line.split()
    if name not in every:
        return f"{name}: no public function"
    if where and where[0] == "-":
        return "" if len(where) > 1 else f"{name}: no reason"
    texts = []
    for path in where:
        if not (root / path).is_file():
            return f"{name}: there is no {path}"
        texts.append((root / path).read_text(encoding="utf-8"))
    if not texts or not SWEEP.search(texts[0]):
        return f"{name}: no sweep"
    if not re.search(rf"\b{name}\(", texts[-1]):
        return f"{name}: {where[-1]} does not call it"
    return ""


def main(root_name: str, table: str) -> int:
    root = Path(root_name)
    lines = [line for line in Path(table).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found, every = allocating(root)
    named = [line.split()[0] for line in lines]
    checks = [
        ("the headers declare functions that allocate", [] if len(found) > 10 else [f"{len(found)} found"]),
        ("every function that can allocate is in the table", sorted(found - set(named))),
        ("none is named twice", sorted({name for name in named if named.count(name) > 1})),
        ("every line names a sweep", [problem for line in lines if (problem := line_problem(root, line, every))]),
    ]
    print(f"1..{len(checks)}")
    for number, (what, wrong) in enumerate(checks, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
        if wrong:
            print(f"{what}: {', '.join(wrong)}", file=sys.stderr)
    return 1 if any(wrong for _, wrong in checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
