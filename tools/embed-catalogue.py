#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes files of the catalogue as a C file.

embed-catalogue.py OUTPUT.c FILE.yaml...                    the criteria sets
embed-catalogue.py --bytes NAME HEADER OUTPUT.c FILE        one file, as NAME_bytes and NAME_size
"""

import os
import sys


def c_lines(data: bytes) -> "list[str]":
    """The bytes as lines of a C array, with a NUL at the end."""
    numbers = [str(byte) for byte in data + b"\0"]
    return ["    " + ", ".join(numbers[at:at + 24]) + "," for at in range(0, len(numbers), 24)]


def one_file(name: str, header: str, output: str, path: str) -> int:
    """A single file under names of its own, which the header declares."""
    with open(path, "rb") as stream:
        data = stream.read()
    data.decode("utf-8")
    numbers = ", ".join(f"(char){byte}" if byte > 127 else str(byte) for byte in data + b"\0")
    lines = ["/* Made by tools/embed-catalogue.py from catalogue/. Not to be edited. */", f"#include <{header}>", "",
             f"const char {name}_bytes[] = {{{numbers}}};", f"const size_t {name}_size = {len(data)};", ""]
    with open(output, "w", encoding="utf-8", newline="\n") as stream:
        stream.write("\n".join(lines))
    return 0


def main(arguments: "list[str]") -> int:
    if len(arguments) == 5 and arguments[0] == "--bytes":
        return one_file(*arguments[1:])
    if not arguments or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    output, files = arguments[0], sorted(arguments[1:], key=os.path.basename)
    lines = ["/* Made by tools/embed-catalogue.py from catalogue/. Not to be edited. */",
             "#include <catalogue/embedded.h>", ""]
    entries = []
    for index, path in enumerate(files):
        with open(path, "rb") as stream:
            data = stream.read()
        name = os.path.basename(path)
        data.decode("utf-8")  # the catalogue is UTF-8; anything else stops the build here
        # An array of numbers, not a string: C compilers need not take strings of this size.
        lines += [f"static const unsigned char file_{index}[] = {{", *c_lines(data), "};", ""]
        entries.append(f'    {{"{name}", (const char *)file_{index}, {len(data)}}},')
    if not entries:
        entries.append('    {"", "", 0},')
    lines += ["const ntm_i_embedded ntm_i_embedded_files[] = {", *entries, "};",
              f"const size_t ntm_i_embedded_count = {len(files)};", ""]
    with open(output, "w", encoding="utf-8", newline="\n") as stream:
        stream.write("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
