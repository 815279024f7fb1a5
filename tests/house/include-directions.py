#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the #include lines and fails on an arrow that points back: include-directions.py ROOT

Each part of the library may include itself and the parts listed for it, nothing else. Examples, bindings, benchmarks and
golden tests are users: they see public headers only.
"""

import re
import sys
import tempfile
from pathlib import Path

ALLOWED = {
    "base": [],
    "number": ["base"],
    "column": ["base", "number"],
    "unit": ["base", "number", "column"],
    "observation": ["base", "number", "column"],
    "apportion": ["base", "number", "column"],
    "need": ["base", "number", "column", "unit"],
    "poverty": ["base", "number", "column"],
    "reconcile": ["base", "number", "column"],
    "classification": ["base", "number", "column"],
    "criteria": ["base", "number", "column"],
    "catalogue": ["base", "number", "column", "criteria"],
    "rollup": ["base", "number", "column", "unit", "criteria"],
    "attainment": ["base", "number", "column", "unit", "criteria"],
    "cascade": ["base", "number", "column", "unit", "criteria", "attainment"],
    "gap": ["base", "number", "column", "criteria", "attainment"],
    "proof": ["base", "number", "column", "unit", "criteria", "attainment", "cascade"],
    "recognition": ["base", "number", "column", "criteria"],
    "lint": ["base", "number", "column", "criteria", "catalogue"],
    "ledger": ["base", "number", "column", "unit", "classification"],
    "cube": ["base", "number", "column", "unit", "classification", "ledger"],
}
# Public headers that are not named after their part.
PART_OF_HEADER = {"version": "base", "arrow": "column", "csv": "column", "grade": "attainment", "successor": "attainment", "slow": "cube"}
# Folders of users of the library.
USERS = ["examples", "bindings", "tests/bench", "tests/golden", "tests/house", "tests/sweep", "tests/threads"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def part_of_public(name: str) -> "str | None":
    """The part a public header belongs to: "ntm/number.h" -> "number"; None for one nobody knows."""
    stem = Path(name).stem
    part = PART_OF_HEADER.get(stem, stem)
    return part if part in ALLOWED else None


def target_part(root: Path, file: Path, quote: str, name: str) -> "str | None":
    """The part that an include leads to; "ntm" for the one include; None for headers of the system."""
    if name == "ntm/ntm.h":
        return "ntm"
    if name.startswith("ntm/"):
        return part_of_public(name) or "unknown:" + name
    first = name.split("/")[0]
    if "/" in name and first in ALLOWED:
        return first
    if quote == '"':
        found = (file.parent / name).resolve()
        parts = found.relative_to(root).parts if root in found.parents else ()
        if len(parts) >= 3 and parts[0] == "libntm":
            return parts[1]
    return None


def problems_of_part(root: Path, file: Path, part: str) -> "list[str]":
    """The forbidden includes of one file of one part."""
    found = []
    for quote, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
        to = target_part(root, file, quote, name)
        if to is not None and to != part and to not in ALLOWED[part]:
            found.append(f"{file.relative_to(root)}: {part} may not include {name} ({to})")
    return found


def problems_of_user(root: Path, file: Path) -> "list[str]":
    """The inside headers that a user of the library includes."""
    found = []
    for quote, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
        to = target_part(root, file, quote, name)
        if to is not None and not name.startswith("ntm/"):
            found.append(f"{file.relative_to(root)}: only public headers, not {name}")
    return found


def check(root: Path) -> "tuple[int, list[str]]":
    """Number of files read and all problems under a root."""
    root = root.resolve()
    problems, files = [], 0
    for file in sorted((root / "include" / "ntm").glob("*.h")):
        files += 1
        if file.name == "ntm.h":
            continue
        part = part_of_public(file.name)
        if part is None:
            problems.append(f"include/ntm/{file.name}: belongs to no part; add it to PART_OF_HEADER")
        else:
            problems += problems_of_part(root, file, part)
    for folder in sorted(path for path in (root / "libntm").iterdir() if path.is_dir()):
        if folder.name not in ALLOWED:
            problems.append(f"libntm/{folder.name}: a part that ALLOWED does not know")
            continue
        for file in sorted([*folder.rglob("*.c"), *folder.rglob("*.h")]):
            files += 1
            problems += problems_of_part(root, file, folder.name)
    for user in USERS:
        for file in sorted((root / user).rglob("*")):
            if file.suffix in (".c", ".h", ".i"):
                files += 1
                problems += problems_of_user(root, file)
    return files, problems


# One bad line each: file, contents.
PLANTED = [
    ("libntm/base/a.c", "#include <number/rational.h>\n"),
    ("libntm/base/b.c", "#include <ntm/criteria.h>\n"),
    ("libntm/number/a.h", "  #  include \"column/column.h\"\n"),
    ("libntm/criteria/a.c", "#include <ntm/attainment.h>\n"),
    ("libntm/criteria/b.c", '#include "../catalogue/reader.h"\n'),
    ("libntm/attainment/a.c", "#include <ntm/catalogue.h>\n"),
    ("libntm/attainment/b.c", "#include <ntm/ntm.h>\n"),
    ("libntm/ledger/a.c", "#include <attainment/plan.h>\n"),
    ("libntm/number/b.c", "#include <ntm/nobody.h>\n"),
    ("include/ntm/column.h", "#include <ntm/criteria.h>\n"),
    ("examples/x/x.c", "#include <base/memory.h>\n"),
    ("bindings/python/core.i", '%{\n#include "../../libntm/base/error.h"\n%}\n'),
]
FINE = [
    ("libntm/base/fine.c", "#include <ntm/version.h>\n#include <base/memory.h>\n#include <string.h>\n"),
    ("libntm/attainment/fine.c", "#include <criteria/set.h>\n#include <ntm/arrow.h>\n"),
    ("examples/x/fine.c", "#include <ntm/ntm.h>\n#include <stdio.h>\n"),
]


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_planted(number: int, name: str, text: str) -> bool:
    """Whether one planted bad line is caught, and alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "libntm").mkdir()
        for fine_name, fine_text in FINE:
            write(root, fine_name, fine_text)
        clean = check(root)[1]
        write(root, name, text)
        caught = check(root)[1]
    good = clean == [] and len(caught) == 1 and name in caught[0]
    print(f"{'ok' if good else 'not ok'} {number} - planted in {name} is caught")
    return good


def main(root: str) -> int:
    files, problems = check(Path(root))
    for problem in problems:
        print(problem, file=sys.stderr)
    good = not problems and files > 0
    print(f"1..{len(PLANTED) + 1}")
    print(f"{'ok' if good else 'not ok'} 1 - no arrow points back in {files} files")
    for index, (name, text) in enumerate(PLANTED):
        good = test_planted(index + 2, name, text) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
