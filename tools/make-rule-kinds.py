#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes docs/rule-kinds.md from the cases in tests/golden/rule-kinds-*.ntmtest: make-rule-kinds.py [--check]

Each kind of rule has a head of comments above its case (or cases):

    # kind: numeric
    # means: at least, or at most, one national figure
    # example: QĐ 1980/QĐ-TTg 15.1: health insurance, 85 %
    # figures: as published
    # written: sets/rule-kinds-ntm.yaml numeric
    case numeric: 1.700 of 2.000 are 85 %, one less is not

"written" names a set and what of it shows the rule: the id of an indicator, value or precondition, or a section; "-" when
there is nothing to show. A kind without a case says "not here: the reason" or "shown by: the test". The first lines of a
file say how many kinds it has. With --check the page is compared and not written.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
PAGE = ROOT / "docs" / "rule-kinds.md"
FILES = [("rule-kinds-ntm.ntmtest", "New rural sets"),
         ("rule-kinds-companion.ntmtest", "OCOP, poverty, civilised urban areas, allocation")]
FIELDS = ("kind", "means", "example", "figures", "written", "not here", "shown by")
HEAD = """# Kinds of rule

Made by `tools/make-rule-kinds.py` from the cases in `tests/golden/`; change those, not this page.

These are the kinds of rule that were found in the decisions, each with a real example, how it is written, and the test
that shows it with figures worked out by hand. *As published* means that the figures of the case were read in the source
that its set names; *illustrative* ones are ours, because the law's were not read, and are not law.
"""


class Wrong(Exception):
    """What is wrong with the cases, in words."""


def read_kinds(name: str) -> "list[dict]":
    """The kinds of a file in their order, each with its cases."""
    text = (GOLDEN / name).read_text(encoding="utf-8")
    declared = re.search(r"^# kinds: (\d+)$", text, re.MULTILINE)
    kinds: "list[dict]" = []
    for number, line in enumerate(text.splitlines(), 1):
        field = re.match(r"# (" + "|".join(FIELDS) + r"): (.*)$", line)
        case = re.match(r"case (\S+): (.*)$", line)
        if field and field[1] == "kind":
            kinds.append({"kind": field[2], "cases": []})
        elif field and kinds:
            kinds[-1][field[1]] = field[2]
        elif case:
            if not kinds or kinds[-1]["kind"] != case[1]:
                raise Wrong(f"{name}:{number}: a case of {case[1]} does not stand below the head of that kind")
            kinds[-1]["cases"].append(case[2])
    if declared is None or int(declared[1]) != len(kinds):
        raise Wrong(f"{name}: there are {len(kinds)} kinds; the file has to say so: # kinds: {len(kinds)}")
    if len({kind["kind"] for kind in kinds}) != len(kinds):
        raise Wrong(f"{name}: a kind stands twice")
    return kinds


def check_kind(name: str, kind: dict) -> None:
    """Whether everything is said, and what is named is there."""
    what = f"{name}: {kind['kind']}"
    ways = [bool(kind["cases"]), "not here" in kind, "shown by" in kind]
    if sum(ways) != 1:
        raise Wrong(f"{what}: a case, or a reason why there is none, or another test is wanted, and one of them only")
    for field in ("means", "example") + (("figures", "written") if kind["cases"] else ()):
        if not kind.get(field):
            raise Wrong(f"{what}: \"{field}\" is missing")
    if "shown by" in kind and not (ROOT / kind["shown by"]).is_file():
        raise Wrong(f"{what}: there is no {kind['shown by']}")


# ---------------------------------------------------------------------------------------------------- pieces of sets

def block_at(lines: "list[str]", at: int) -> "list[str]":
    """The line and those that belong to it: indented deeper, or closing what it opened."""
    indent = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > indent):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return [line[indent:] for line in lines[at:end]]


def find_block(lines: "list[str]", pattern: str) -> "list[str]":
    """The block whose first line matches; empty if none does."""
    for at, line in enumerate(lines):
        if re.match(pattern, line):
            return block_at(lines, at)
    return []


def figures_of(lines: "list[str]", block: "list[str]") -> "list[str]":
    """The figures that a block names, as they are written."""
    start = next((at for at, line in enumerate(lines) if line == "figures:"), len(lines))
    found: "list[str]" = []
    for name in dict.fromkeys(re.findall(r"\{figure: ([\w.-]+)\}", "\n".join(block))):
        figure = find_block(lines[start:], rf"  {re.escape(name)}:")
        if not figure:
            raise Wrong(f"there is no figure {name}")
        found += figure
    return ["figures:", *("  " + line for line in found), ""] if found else []


def written(kind: dict) -> "list[str]":
    """How the kind is written, with the figures that it takes."""
    where = kind.get("written", "-")
    if where == "-":
        return []
    file, part = where.split(" ", 1)
    lines = [line.split("  # ")[0].rstrip() for line in (GOLDEN / file).read_text(encoding="utf-8").splitlines()]
    block: "list[str]" = []
    for name in (kind["kind"], part):
        block = block or find_block(lines, rf"\s*- (\{{)?id: {re.escape(name)}\b(?!\.)")
    block = block or find_block(lines, rf"{re.escape(part)}:")
    if not block:
        raise Wrong(f"{kind['kind']}: {file} has no {part}")
    return [*figures_of(lines, block), *block]


# ---------------------------------------------------------------------------------------------------- the page

def section(name: str, kind: dict) -> str:
    """A kind on the page."""
    lines = [f"### {kind['kind']}", "", f"{sentence(kind['means'])}", "", f"*Example:* {sentence(kind['example'])}"]
    if kind["cases"]:
        lines[-1] += f" *Figures:* {kind['figures']}."
        text = written(kind)
        if text:
            lines += ["", "```yaml", *text, "```"]
        shown = "; ".join(f"\"{case}\"" for case in kind["cases"])
        lines += ["", f"Shown by `tests/golden/{name}`: {shown}."]
    elif "shown by" in kind:
        lines += ["", f"Shown by `{kind['shown by']}`."]
    else:
        lines += ["", f"Not written as a criterion: {kind['not here']}."]
    return "\n".join(lines) + "\n"


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "...")) else ".")


def page() -> str:
    parts = [HEAD]
    for name, title in FILES:
        kinds = read_kinds(name)
        for kind in kinds:
            check_kind(name, kind)
        shown = sum(1 for kind in kinds if kind["cases"])
        parts.append(f"## {title}\n\n{len(kinds)} kinds; {shown} of them by cases in words.\n")
        parts += [section(name, kind) for kind in kinds]
    return "\n".join(parts)


def main(arguments: "list[str]") -> int:
    try:
        text = page()
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("docs/rule-kinds.md is not what the cases say: run tools/make-rule-kinds.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
