# SPDX-License-Identifier: Apache-2.0
"""The page's own files: its style, its script, its frame."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=None)
def asset(name: str) -> str:
    """The text of a file beside this module."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")  # the hash is of what a browser sees


def digest(text: str) -> str:
    """What a content security policy calls an inline style or script by.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
