# SPDX-License-Identifier: Apache-2.0
"""The text of a proof: reading it without trust, writing it in the one canonical way, and its digests.

A text is canonical when reading it and writing it again gives the same bytes. So blanks, another order of keys, a key that
stands twice, another escape, a number written otherwise are all told at once, by one comparison.
"""
import hashlib
import json
import re

SIZE_MAX = 64 << 20     # bytes of a text
DEPTH_MAX = 256         # objects and lists inside one another; the deepest rule that a set may have needs about 200
INTEGER_MAX = 1 << 53   # a JSON number is below this

_PIECES = re.compile(rb'"[^"]*"?|[\[\]{}]')   # in a text without escapes
_ESCAPED = re.compile(r'["\\\x00-\x1f]')


class Unreadable(Exception):
    """The text is not something that can be checked at all: cut off, no JSON, too big, of another version."""


class _Raw(str):
    """Text that goes out as it is."""


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
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_int=_integer,
                          parse_float=_refused_number, parse_constant=_refused_number)
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start} is no UTF-8") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"no JSON, or cut off: {error.msg} at character {error.pos}") from None
    except RecursionError:
        raise Unreadable("objects and lists stand too deep in one another") from None


def _string(text):
    return '"' + _ESCAPED.sub(lambda found: "\\" + found[0] if found[0] in '"\\' else f"\\u{ord(found[0]):04x}", text) + '"'


def _object_pieces(value):
    pieces = [_Raw("{")]
    for place, key in enumerate(sorted(value)):     # by code points, which is the order of the bytes of UTF-8
        pieces += [_Raw(("," if place else "") + _string(key) + ":"), value[key]]
    return [*pieces, _Raw("}")]


def _list_pieces(value):
    pieces = [_Raw("[")]
    for place, item in enumerate(value):
        pieces += [_Raw(","), item] if place else [item]
    return [*pieces, _Raw("]")]


def write(value):
    """The canonical bytes of a value, without a line feed at the end; raises Unreadable for what has none."""
    done, waiting = [], [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Raw):
            done.append(item)
        elif isinstance(item, str):
            done.append(_string(item))
        elif item is None or isinstance(item, bool):
            done.append({None: "null", True: "true", False: "false"}[item])
        elif isinstance(item, int):
            done.append(str(item))
        else:
            waiting.extend(reversed(_object_pieces(item) if isinstance(item, dict) else _list_pieces(item)))
    try:
        return "".join(done).encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable("half a surrogate pair stands in a text") from None


def digest(value):
    """SHA-256 of the canonical bytes of a value, as 64 lower-case hex digits."""
    return hashlib.sha256(write(value)).hexdigest()
