#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles one public header by itself, twice included: header-alone.py INCLUDE HEADER STANDARD COMPILER..."""

import subprocess
import sys
import tempfile
from pathlib import Path


def main(include: str, header: str, standard: str, *compiler: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "alone.cc" if "++" in standard else "alone.c")
        source.write_text(f"#include <{header}>\n#include <{header}>\nint main(void) {{ return 0; }}\n")
        command = [*compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-I", include,
                   "-fsyntax-only", str(source)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
