# SPDX-License-Identifier: Apache-2.0
"""Names as people spell them: which are the same, and which rows so called are totals and no units."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Iterable

from .number import name_equal

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TOTALS = (
    "tổng cộng",
    "cộng",
    "tổng số",
    "tổng",
    "total",
    "toàn huyện",
    "toàn tỉnh",
    "toàn xã",
    "cả huyện",
    "cả tỉnh",
    "trung bình",
    "bình quân",
)
_TOTALS_OF = (
    *("tổng cộng", "tổng số", "cộng toàn", "toàn huyện", "toàn tỉnh", "cả huyện", "cả tỉnh"),
    *("cộng huyện", "cộng tỉnh", "cộng các xã", "tổng toàn", "tổng huyện", "tổng tỉnh", "tổng các xã"),
)


@functools.lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """A name without the punctuation that people set differently.

    >>> squeezed("Đường ngõ,  xóm:")
    'đường ngõ xóm'
    """
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[\s\-–—_:;,.'\"“”‘’()\[\]/]+", " ", text).split())


@functools.lru_cache(maxsize=4096)
def loose(text: str) -> str:
    """A name without its marks: what names that are nearly the same share."""
    bare = unicodedata.normalize("NFD", squeezed(text)).replace("đ", "d")
    return "".join(one for one in bare if not unicodedata.combining(one))


def same_name(a: str, b: str) -> bool:
    """Whether two names are the same after what spelling and punctuation leave open."""
    return loose(a) == loose(b) and name_equal(squeezed(a), squeezed(b))


def spelt_alike(text: str) -> str:
    """One text for all names that :func:`same_name` calls the same: "Xã Hoà Hải" and "xã Hòa Hải".

    >>> spelt_alike("Xã  Hoà Hải") == spelt_alike("xã Hòa Hải"), spelt_alike("Hoà Hải") == spelt_alike("Hóa Hải")
    (True, False)
    """
    words = []
    for word in squeezed(text).split():
        marked = unicodedata.normalize("NFD", word)
        tones = "".join(sorted(one for one in marked if one in _TONES))
        words.append("".join(one for one in marked if one not in _TONES) + tones)
    return " ".join(words)


def is_one_of(text: str, words: Iterable[str]) -> bool:
    """Whether a text is one of some words, as :func:`same_name`."""
    key = loose(text)
    return any(key == loose(word) and same_name(text, word) for word in words)


def starts_with(text: str, words: Iterable[str]) -> bool:
    key = squeezed(text)
    return any(key == word or key.startswith(word + " ") for word in words)


def is_total(text: str) -> bool:
    """Whether a row so called is a total. Xã Cộng Hòa and xã Tổng Cọt are communes.

    >>> is_total("Tổng cộng toàn huyện"), is_total("CỘNG:"), is_total("Cộng Hòa"), is_total("Tổng Cọt")
    (True, True, False, False)
    """
    return is_one_of(text, _TOTALS) or starts_with(text, _TOTALS_OF)
