# SPDX-License-Identifier: Apache-2.0
"""The text of a proof: reading it without trust, writing it in the one canonical way, and its digests.

A text is canonical when reading it and writing it again gives the same bytes. So blanks, another order of keys, a key
that stands twice, another escape, a number written otherwise are all told at once, by one comparison.
"""

import hashlib
import json
import re

SIZE_MAX = 64 << 20  # bytes of a text
DEPTH_MAX = 256  # objects and lists inside one another; the deepest rule that a set may have needs about 200
INTEGER_MAX = 1 << 53  # a JSON number is below this

_PIECES = re.compile(rb'"[^"]*"?|[\[\]{}]')  # in a text without escapes
_ESCAPE = re.compile(r"\\(.)")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Unreadable(Exception):
    """The text is not something that can be checked at all: cut off, no JSON, too big, of another version."""


def depth_of(data):
    """How deep objects and lists stand in one another, without reading the text."""
    depth = deepest = 0
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    for piece in _PIECES.finditer(data):
        mark = data[piece.start()]
        if mark in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in b"]}":
            depth -= 1
    return deepest


def _object(pairs):
    found = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable(f"the key {name!r} stands twice in one object")
        found[name] = value
    return found


def _integer(text):
    if len(text) > 17:
        raise Unreadable(f"the number {text[:20]}... is too large: every JSON number is below 2^53")
    return int(text)


def _refused_number(text):
    raise Unreadable(f"the number {text[:20]} is no integer")


def read(data):
    """The document in bytes `data` as objects of Python; raises Unreadable."""
    if len(data) > SIZE_MAX:
        raise Unreadable(f"the text has {len(data)} bytes; at most {SIZE_MAX} are read")
    if depth_of(data) > DEPTH_MAX:
        raise Unreadable(f"objects and lists stand more than {DEPTH_MAX} deep in one another")
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refused_number,
            parse_constant=_refused_number,
        )
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is no UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"no JSON, or cut off: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise Unreadable("objects and lists stand too deep in one another") from None


def _own_escape(found):
    """The escapes that the standard writer shortens are written in full here: a line feed as \\u000a."""
    letter = found[1]
    return f"\\u{ord(_SHORT[letter]):04x}" if letter in _SHORT else found[0]


def write(value):
    """The canonical bytes of a value, without a line feed at the end; raises Unreadable for what has none.

    Python sorts keys by code points, which is the order of the bytes of UTF-8.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    if "\\" in text:
        text = _ESCAPE.sub(_own_escape, text)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable("half a surrogate pair stands in a text") from None


def digest(value):
    """SHA-256 of the canonical bytes of a value, as 64 lower-case hex digits."""
    return hashlib.sha256(write(value)).hexdigest()
