#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Installs into a fresh folder and builds a program with pkg-config alone: installed.py ROOT BUILD COMPILER..."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def run(command: "list[str]", environment: "dict[str, str]") -> "tuple[bool, str]":
    """Whether a command worked, and what it printed."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def installed(build: str, place: Path) -> "tuple[Path, dict[str, str]]":
    """Installs under a folder; gives back the prefix there and an environment in which pkg-config looks only there."""
    subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", str(place)], check=True)
    [config] = place.rglob("ntm.pc")
    [header] = place.rglob("ntm/ntm.h")
    prefix = header.parent.parent.parent
    text = config.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("prefix="), text
    # A package built with DESTDIR is used after it has been moved to its prefix; here it is used where it lies.
    config.write_text(text.replace(first, f"prefix={prefix}"), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "LD_LIBRARY_PATH"}
    environment["PKG_CONFIG_PATH"] = str(config.parent)
    environment["LD_LIBRARY_PATH"] = str(config.parent.parent)
    environment["PKG_CONFIG_ALLOW_SYSTEM_CFLAGS"] = "1"
    return prefix, environment


def consume(source: Path, place: Path, compiler: "list[str]", environment: "dict[str, str]", *options: str) -> "list[str]":
    """Builds and runs a program; gives back what went wrong."""
    ok, flags = run(["pkg-config", "--cflags", "--libs", *options, "ntm"], environment)
    if not ok:
        return [f"pkg-config: {flags}"]
    words = flags.split()
    if options:
        # What --static asks for: our archive in place of the shared library, the rest as usual.
        words = ["-l:libntm.a" if word == "-lntm" else word for word in words]
    program = str(place / (source.stem + "".join(options)))
    ok, output = run([*compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", program,
                      str(source), *words], environment)
    if not ok:
        return [f"compiling with {' '.join(words)}: {output}"]
    ok, output = run([program], environment)
    print("# " + output.strip().replace("\n", "; "))
    linked = run(["ldd", program], environment)[1]
    if ("libntm.so" in linked) == bool(options):
        return [f"linked with the wrong library: {linked}"]
    return [] if ok else [f"running: {output}"]


def readme_program(root: Path, place: Path) -> Path:
    """The program in README.md, as a file."""
    text = (root / "README.md").read_text(encoding="utf-8")
    program = place / "minute.c"
    program.write_text(text.split("```c\n", 1)[1].split("```", 1)[0], encoding="utf-8")
    return program


def main(root: str, build: str, *compiler: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        prefix, environment = installed(build, place)
        shipped = sorted(path.name for path in prefix.rglob("share/ntm/catalogue/*.*"))
        sources = sorted(path.name for kind in ("*.yaml", "*.csv") for path in Path(root, "catalogue").glob(kind))
        public = sorted(path.name for path in Path(root, "include/ntm").glob("*.h"))
        consumer = Path(root, "tests/house/consumer.c")
        headers = sorted(path.name for path in (prefix / "include/ntm").iterdir())
        checks = [
            ("every public header is installed, and nothing else", [] if headers == public else [f"{headers}"]),
            ("every file of the catalogue is installed", [] if shipped == sources and sources else [f"{shipped}"]),
            ("a program builds and runs with the shared library",
             consume(consumer, place, list(compiler), environment)),
            ("a program builds and runs with the static library",
             consume(consumer, place, list(compiler), environment, "--static")),
            ("the program in README.md builds and runs",
             consume(readme_program(Path(root), place), place, list(compiler), environment)),
        ]
    print(f"1..{len(checks)}")
    for number, (what, wrong) in enumerate(checks, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
        for text in wrong:
            print(f"{what}: {text}", file=sys.stderr)
    return 1 if any(wrong for _, wrong in checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
