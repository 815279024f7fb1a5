#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The version is the same in meson.build and version.h, and the changelog knows it: versions.py ROOT VERSION"""

import re
import sys
from pathlib import Path


def main(root: str, version: str) -> int:
    header = Path(root, "include/ntm/version.h").read_text(encoding="utf-8")
    parts = [re.search(rf"#define NTM_VERSION_{name} (\d+)", header) for name in ("MAJOR", "MINOR", "PATCH")]
    numbers = ".".join(part.group(1) if part else "?" for part in parts)
    text = re.search(r'#define NTM_VERSION "([^"]+)"', header)
    changelog = Path(root, "CHANGELOG.md").read_text(encoding="utf-8")
    problems = []
    if numbers != version:
        problems.append(f"version.h: the parts say {numbers}, meson.build {version}")
    if not text or text.group(1) != version:
        problems.append(f"version.h: NTM_VERSION is not \"{version}\"")
    if f"## {version}" not in changelog:
        problems.append(f"CHANGELOG.md: no heading \"## {version}\"")
    print("\n".join(problems) or f"{version} everywhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
