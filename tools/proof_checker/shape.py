# SPDX-License-Identifier: Apache-2.0
"""The shape of a document: which keys an object has, which of them have to be there, and what a value looks like.

Whatever is not named here is refused, so that nothing in a proof goes unread. `problems_of` walks with a list of what
is left to do, so that a deep document cannot exhaust the stack.
"""

import datetime
import re

from . import exact

INTEGER_END = 1 << 53
POWER_MAX = 64  # no unit of docs/units.md comes near


class Shape:
    """What a value may look like. `look` returns a complaint or None, and `inside` what is left to look at."""

    def look(self, value):
        raise NotImplementedError

    def inside(self, value, place):
        return []


class Is(Shape):
    """A value that a function accepts."""

    def __init__(self, what, accepts):
        self.what, self.accepts = what, accepts

    def look(self, value):
        return None if self.accepts(value) else f"expected {self.what}"


class Words(Is):
    def __init__(self, *words):
        super().__init__(
            " or ".join(repr(word) for word in words), lambda value: isinstance(value, str) and value in words
        )


class ListOf(Shape):
    def __init__(self, item, may_be_empty=False):
        self.item, self.may_be_empty = item, may_be_empty

    def look(self, value):
        if not isinstance(value, list):
            return "expected a list"
        return None if value or self.may_be_empty else "an empty list is left out"

    def inside(self, value, place):
        return [(item, self.item, f"{place}/{number}") for number, item in enumerate(value)]


class MapOf(Shape):
    """An object with keys of one sort; never empty."""

    def __init__(self, key, item):
        self.key, self.item = key, item

    def look(self, value):
        if not isinstance(value, dict) or not value:
            return "expected an object that is not empty"
        return next(
            (f"{name!r} is no key here: {self.key.what} is" for name in value if not self.key.accepts(name)), None
        )

    def inside(self, value, place):
        return [(item, self.item, f"{place}/{name}") for name, item in value.items()]


class Object(Shape):
    """An object with the keys `needed`, perhaps those of `optional`, and no others."""

    def __init__(self, needed=None, optional=None, may_be_empty=False):
        self.needed, self.optional, self.may_be_empty = needed or {}, optional or {}, may_be_empty

    def look(self, value):
        if not isinstance(value, dict):
            return "expected an object"
        unknown = [name for name in value if name not in self.needed and name not in self.optional]
        missing = [name for name in self.needed if name not in value]
        if unknown:
            return f"the key {unknown[0]!r} is not known here"
        if missing:
            return f"the key {missing[0]!r} is missing"
        return None if value or self.may_be_empty else "an empty object is left out"

    def inside(self, value, place):
        return [(item, self.needed.get(name) or self.optional[name], f"{place}/{name}") for name, item in value.items()]


class Either(Shape):
    """The shape that a function chooses for a value; where it chooses none the complaint is `otherwise`."""

    def __init__(self, choose, otherwise):
        self.choose, self.otherwise = choose, otherwise

    def look(self, value):
        shape = self.choose(value)
        return shape.look(value) if shape else self.otherwise

    def inside(self, value, place):
        return self.choose(value).inside(value, place)


def _day(value):
    try:
        return isinstance(value, str) and len(value) == 10 and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _integer(value, least):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < INTEGER_END


TEXT = Is("a text that is not empty", lambda value: isinstance(value, str) and value != "")
NUMBER = Is("a number, as a text, in the one way to write it", lambda value: exact.number_of(value) is not None)
BOUND = Is('a number, or "-inf" or "inf"', lambda value: isinstance(value, str) and exact.bound_of(value) is not None)
DAY = Is("a day, YYYY-MM-DD", _day)
DIGEST = Is(
    "64 lower-case hex digits", lambda value: isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{64}", value))
)
COUNT = Is("a whole number from 0", lambda value: _integer(value, 0))
DIGITS = Is("a whole number from 0 to 38", lambda value: _integer(value, 0) and value <= exact.DIGITS_MAX)
POWER = Is(
    f"a whole number from -{POWER_MAX} to {POWER_MAX}", lambda value: _integer(value, -POWER_MAX) and value <= POWER_MAX
)
YES = Is("true, or no such key", lambda value: value is True)
TEXT_OR_NULL = Is("a text or null", lambda value: value is None or TEXT.accepts(value))
VERDICT = Words("met", "not met", "open")


def problems_of(value, shape, place="", most=20):
    """What does not fit the shape, as (place, complaint); at most `most`."""
    found, waiting = [], [(value, shape, place)]
    while waiting and len(found) < most:
        item, item_shape, item_place = waiting.pop()
        complaint = item_shape.look(item)
        if complaint:
            found.append((item_place, complaint))
        else:
            waiting.extend(reversed(item_shape.inside(item, item_place)))
    return found
