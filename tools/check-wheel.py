#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether a wheel is what users should get: check-wheel.py WHEEL ROOT [TAG]

It holds every file of the package that is in the sources and nothing else, its module of C needs nothing beyond the C
library, and its name has the tag.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

KINDS = {".py", ".pyi", ".typed", ".css", ".js", ".html"}
MADE = {"ntm/core.py"}            # by SWIG
LICENCES = {"ntm/LICENSE", "ntm/THIRD-PARTY.txt"}
NEEDED = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def files_of_package(root: Path) -> "set[str]":
    """What the wheel has to hold, as its names."""
    base = root / "bindings" / "python"
    paths = (path for path in (base / "ntm").rglob("*") if "__pycache__" not in path.parts)
    return {str(path.relative_to(base)) for path in paths if path.suffix in KINDS or path.name == "py.typed"} | MADE | LICENCES


def held(wheel: zipfile.ZipFile, root: Path) -> "tuple[list[str], list[str]]":
    """(the modules of C in it, what is wrong with what it holds)."""
    names = {name for name in wheel.namelist() if not re.match(r"libntm-[0-9.]+\.dist-info/", name)}
    modules = sorted(name for name in names if re.fullmatch(r"ntm/_core\.[\w.-]+\.so", name))
    wanted = files_of_package(root)
    problems = [f"lacks {name}" for name in sorted(wanted - names)]
    problems += [f"holds {name}, which is not of the package" for name in sorted(names - wanted - set(modules))]
    if len(modules) != 1:
        problems.append(f"holds {len(modules)} modules of C: {modules}")
    return modules, problems


def linked(wheel: zipfile.ZipFile, module: str) -> "list[str]":
    """What is wrong with what the module of C needs."""
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(["readelf", "--dynamic", "--wide", wheel.extract(module, folder)], check=True,
                              capture_output=True, text=True).stdout
    needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", said))
    problems = [f"{module} needs {name}" for name in sorted(needed - NEEDED)]
    if not needed:
        problems.append(f"{module}: readelf names nothing that it needs")
    if "(RPATH)" in said or "(RUNPATH)" in said:
        problems.append(f"{module} looks for libraries in folders of the machine that built it")
    return problems


def main(path: str, root: str, tag: str = "") -> int:
    with zipfile.ZipFile(path) as wheel:
        modules, problems = held(wheel, Path(root))
        for module in modules:
            problems += linked(wheel, module)
        stable = [module for module in modules if ".abi3." in module]
        if bool(stable) != ("-abi3-" in path):
            problems.append(f"the name does not say which Pythons {modules} is for")
    if tag and f"-{tag}-" not in path:
        problems.append(f"is not a wheel for {tag}")
    name = Path(path).name
    print("\n".join(f"{name} {problem}" for problem in problems) or f"{name}: complete, needs the C library alone")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
