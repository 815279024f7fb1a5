#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""House rules that can be read off the sources: sources.py ROOT

Tabs in C, blanks at line ends, unfinished-work marks, paths of somebody's machine, a missing licence line, files and
functions that are too long (the scripts in tools/ may be longer, and headers). Works on a plain folder, without git.
"""

import os
import re
import sys
from pathlib import Path

LINES_MAX = 600           # of a file of code
FUNCTION_LINES_MAX = 70   # of a function of C or Python
CODE = {".c", ".h", ".i", ".py"}
TEXT = CODE | {".md", ".build", ".txt", ".yaml", ".yml", ".in", ".map", ".toml", ".csv", ".ntmtest", ".sh", ""}
SKIPPED_FOLDERS = {".git", "build", "build-ci", "__pycache__", "out", "dist", ".venv", ".mypy_cache", ".pytest_cache",
                   "corpus"}
# Put together here so that this file does not break its own rule.
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
MACHINE = re.compile(r"(?<![\w.])/(work|home|root|Users)/[\w.]")


def source_files(root: Path) -> "list[Path]":
    """Text files of the project, without what was built."""
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("build-"))
        found += [Path(folder, name) for name in sorted(files)
                  if Path(name).suffix in TEXT and name != ".git"]  # a file in a second working tree
    return found


def line_problems(name: str, suffix: str, text: str) -> "list[str]":
    """What is wrong with single lines."""
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if suffix in (".c", ".h") and "\t" in line:
            problems.append(f"{name}:{number}: a tab")
        if line != line.rstrip() and suffix != ".csv":
            problems.append(f"{name}:{number}: blanks at the end of the line")
        if UNFINISHED.search(line):
            problems.append(f"{name}:{number}: a mark of unfinished work")
        if MACHINE.search(line):
            problems.append(f"{name}:{number}: a path of somebody's machine")
    return problems


def c_function_problems(name: str, text: str) -> "list[str]":
    """Functions of C that are too long: from a line that does not start with a blank and ends in "{" to its "}"."""
    problems, start, title = [], 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not start and line.endswith("{") and "(" in line + title and not line.startswith((" ", "#", "}", "/")):
            start = number
            title = line
        elif start and line.startswith("}"):
            if number - start + 1 > FUNCTION_LINES_MAX:
                problems.append(f"{name}:{start}: a function of {number - start + 1} lines (at most {FUNCTION_LINES_MAX})")
            start, title = 0, ""
    return problems


def python_function_problems(name: str, text: str) -> "list[str]":
    """Functions of Python that are too long."""
    import ast
    return [f"{name}:{node.lineno}: a function of {node.end_lineno - node.lineno + 1} lines"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES_MAX]


def file_problems(root: Path, path: Path) -> "list[str]":
    """All that is wrong with one file."""
    name, suffix = str(path.relative_to(root)), path.suffix
    data = path.read_bytes()
    # Inputs of tests may be as bad as they like.
    if b"\0" in data or (name.startswith("tests/") and suffix not in CODE | {".build"}):
        return []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [f"{name}: not UTF-8"]
    problems = line_problems(name, suffix, text)
    if suffix in CODE or path.name == "meson.build":
        if "SPDX-License-Identifier: Apache-2.0" not in text[:300]:
            problems.append(f"{name}: no licence line at the top")
        if text.count("\n") > LINES_MAX and not name.startswith(("include/", "tools/")):
            problems.append(f"{name}: {text.count(chr(10))} lines (at most {LINES_MAX})")
        if not text.endswith("\n"):
            problems.append(f"{name}: no newline at the end")
    if suffix == ".c":
        problems += c_function_problems(name, text)
    if suffix == ".py" and not name.startswith("tools/"):
        problems += python_function_problems(name, text)
    return problems


def self_test() -> "list[str]":
    """The checks catch what they are for."""
    long_function = "static int f(void)\n{\n" + "    g();\n" * 80 + "}\n"
    wanted = [
        ("tab", line_problems("a.c", ".c", "\tint x;")),
        ("blank", line_problems("a.py", ".py", "x = 1 ")),
        ("unfinished", line_problems("a.md", ".md", "TO" + "DO later")),
        ("machine path", line_problems("a.md", ".md", "see /ho" + "me/someone/x")),
        ("long C function", c_function_problems("a.c", long_function.replace(")\n{", ") {"))),
        ("long Python function", python_function_problems("a.py", "def f():\n" + "    g()\n" * 80)),
    ]
    unwanted = line_problems("a.c", ".c", "int x; /* usr/work/ is fine, so is a/home/b */")
    return [f"not caught: {what}" for what, found in wanted if len(found) != 1] + unwanted


def main(root: str) -> int:
    base = Path(root).resolve()
    files = source_files(base)
    problems = [problem for path in files for problem in file_problems(base, path)]
    failures = self_test()
    for line in problems + failures:
        print(line, file=sys.stderr)
    print("1..2")
    print(f"{'not ok' if problems else 'ok'} 1 - house rules in {len(files)} files")
    print(f"{'not ok' if failures else 'ok'} 2 - the rules catch what they are for")
    return 1 if problems or failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
