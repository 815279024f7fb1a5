# SPDX-License-Identifier: Apache-2.0
"""The build backend: meson-python, and what it cannot be told in pyproject.toml.

Whether the wheel can be one for all Pythons from the one that builds it on (abi3) depends on the SWIG that is installed;
meson-python's `limited-api` is the same for everybody. So the module is looked at, and the wheel's tag follows. And where
no SWIG is installed, PyPI's is asked for, as meson-python itself does with ninja.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from typing import Any, List, Optional

import mesonpy
from mesonpy import build_sdist  # noqa: F401  as it is

_STABLE = "ntm/_core.abi3.so"

try:
    from mesonpy import build_editable  # noqa: F401
except ImportError:  # meson-python before 0.13
    pass


def _swig_can_be_stable() -> bool:
    """Whether SWIG 4.2 or later is installed: older ones write code outside of the stable ABI."""
    swig = shutil.which("swig")
    if swig is None:
        return False
    said = subprocess.run([swig, "-version"], check=True, capture_output=True, text=True).stdout
    major, minor = said.split("SWIG Version ")[1].split(".")[:2]
    return (int(major), int(minor)) >= (4, 2)


def get_requires_for_build_sdist(config_settings: Any = None) -> List[str]:
    # To make an sdist meson configures the project, which looks for SWIG.
    needed = list(mesonpy.get_requires_for_build_sdist(config_settings))
    return needed if shutil.which("swig") else [*needed, "swig>=4.2"]


def get_requires_for_build_wheel(config_settings: Any = None) -> List[str]:
    needed = list(mesonpy.get_requires_for_build_wheel(config_settings))
    if shutil.which("swig") is None:
        needed.append("swig>=4.2")
    if shutil.which("swig") is None or _swig_can_be_stable():
        needed += ["meson>=1.3", "wheel>=0.40"]
    return needed


def get_requires_for_build_editable(config_settings: Any = None) -> List[str]:
    return [one for one in get_requires_for_build_wheel(config_settings) if not one.startswith("wheel")]


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: Optional[str] = None) -> str:
    name: str = mesonpy.build_wheel(wheel_directory, config_settings, metadata_directory)
    path = os.path.join(wheel_directory, name)
    with zipfile.ZipFile(path) as wheel:
        if _STABLE not in wheel.namelist():
            return name
    tags = ["--python-tag", f"cp{sys.version_info[0]}{sys.version_info[1]}", "--abi-tag", "abi3"]
    made = subprocess.run([sys.executable, "-m", "wheel", "tags", "--remove", *tags, path], check=True,
                          capture_output=True, text=True)
    return os.path.basename(made.stdout.strip().splitlines()[-1])
