# SPDX-License-Identifier: Apache-2.0
"""A font with all Vietnamese letters."""

from __future__ import annotations

import functools
import importlib
import unicodedata
from typing import Any

_MARKS = "\u0300\u0301\u0303\u0309\u0323"
VIETNAMESE = "".join(
    unicodedata.normalize("NFC", letter + mark)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for mark in ("", *_MARKS)
) + "đĐ–…≥≤"
"""All letters of Vietnamese with all tones, and the signs that the pictures use."""
_SHIPPED = "DejaVu Sans"
"""Comes with matplotlib, and has them all."""


@functools.lru_cache(maxsize=64)
def _has_all(path: str) -> bool:
    charmap = importlib.import_module("matplotlib.ft2font").FT2Font(path).get_charmap()
    return all(ord(letter) in charmap for letter in VIETNAMESE)


@functools.lru_cache(maxsize=64)
def _chosen(wanted: tuple[str, ...]) -> str:
    manager: Any = importlib.import_module("matplotlib.font_manager")
    for name in wanted:
        try:
            path = manager.findfont(manager.FontProperties(family=name), fallback_to_default=False)
        except ValueError:
            continue
        if _has_all(path):
            return name
    return _SHIPPED


def family() -> str:
    """The first font of the caller's settings (``font.family``) that has every Vietnamese letter, else DejaVu Sans."""
    settings: Any = importlib.import_module("matplotlib").rcParams
    wanted: list[str] = []
    for name in settings["font.family"]:
        wanted.extend(settings.get(f"font.{name}", [name]) if name in _GENERIC else [name])
    return _chosen(tuple(wanted[:8]))


_GENERIC = ("sans-serif", "serif", "monospace", "cursive", "fantasy")


def dress(artist: Any) -> None:
    """Gives every text in a figure or axes the font, and takes "$" as the sign that it is, not as mathematics."""
    texts: Any = importlib.import_module("matplotlib.text")
    name = family()
    for one in artist.findobj(texts.Text):
        one.set_fontfamily(name)
        one.set_parse_math(False)
