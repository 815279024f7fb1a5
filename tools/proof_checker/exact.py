# SPDX-License-Identifier: Apache-2.0
"""Exact numbers, how a proof writes them, and the arithmetic of intervals (docs/algebra.md, "Quantities").

A bound is a Fraction, or one of the two words NONE_BELOW and NONE_ABOVE where nothing bounds. An Interval is what is
known of a quantity: it lies from `least` to `most`, both included. Bounds that are not there are added and multiplied
like any other, and 0 times anything is 0.
"""

import re
from collections import namedtuple
from fractions import Fraction

NONE_BELOW, NONE_ABOVE = "-inf", "inf"
DIGITS_MAX = 38  # after the point of a decimal
WHOLE_MAX = 1 << 128  # the digits of a decimal, and both parts of a fraction, are below
WORKING_BITS_MAX = 2048  # numbers on the way that are longer are refused: no proof can hold what comes of them

Interval = namedtuple("Interval", "least most")
Interval.__doc__ = "From `least` to `most`, both included."
ANYTHING = Interval(NONE_BELOW, NONE_ABOVE)

_TEXT = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{1,38})|/([0-9]{1,40}))?")


class TooLong(Exception):
    """A number that is longer than any that a proof can hold."""


def point(number):
    return Interval(Fraction(number), Fraction(number))


def is_point(interval):
    return interval.least == interval.most


def _digits_after_point(denominator):
    """How many digits after the point a fraction with this denominator needs, or None if it has no finite decimal."""
    counts = []
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        counts.append(count)
    return max(counts) if denominator == 1 else None


def text_of(number):
    """The one way in which a proof writes an exact number, or None if it is too large for any."""
    number = Fraction(number)
    digits = _digits_after_point(number.denominator)
    if digits is not None and digits <= DIGITS_MAX:
        whole = abs(number.numerator) * 10**digits // number.denominator
        if whole < WHOLE_MAX:
            text = str(whole).rjust(digits + 1, "0")
            text = text[:-digits] + "." + text[-digits:] if digits else text
            return "-" + text if number < 0 else text
    if number.denominator == 1 or abs(number.numerator) >= WHOLE_MAX or number.denominator >= WHOLE_MAX:
        return None
    return f"{number.numerator}/{number.denominator}"


def number_of(text):
    """The number that a text stands for, or None unless it is written in the one way."""
    found = _TEXT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return None
    sign, whole, after, below = found.groups()
    if below is not None:
        if int(below) == 0:
            return None
        number = Fraction(int(whole), int(below))
    else:
        number = Fraction(int(whole + (after or "")), 10 ** len(after or ""))
    number = -number if sign else number
    return number if text_of(number) == text else None


def bound_of(text):
    """The bound that a text stands for: a number, or one of the two words; None for anything else."""
    return text if text in (NONE_BELOW, NONE_ABOVE) else number_of(text)


def bound_text(bound):
    return bound if isinstance(bound, str) else text_of(bound) or "a number too large to write"


def in_order(bound):
    """What to sort and compare bounds by."""
    return {NONE_BELOW: (-1, 0), NONE_ABOVE: (1, 0)}[bound] if isinstance(bound, str) else (0, bound)


def smaller(a, b):
    return a if in_order(a) <= in_order(b) else b


def larger(a, b):
    return a if in_order(a) >= in_order(b) else b


def below(a, b):
    """Whether a < b."""
    return in_order(a) < in_order(b)


def scaled(bound, power):
    """A bound times 10^power."""
    return bound if isinstance(bound, str) else _checked(bound * Fraction(10) ** power)


def _checked(number):
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > WORKING_BITS_MAX:
        raise TooLong("a number on the way is longer than any that a proof can hold")
    return number


def _sign(bound):
    if isinstance(bound, str):
        return -1 if bound == NONE_BELOW else 1
    return (bound > 0) - (bound < 0)


def _negated(bound):
    return {NONE_BELOW: NONE_ABOVE, NONE_ABOVE: NONE_BELOW}[bound] if isinstance(bound, str) else -bound


def _plus(a, b):
    return a if isinstance(a, str) else b if isinstance(b, str) else _checked(a + b)


def _times(a, b):
    sign = _sign(a) * _sign(b)
    if sign == 0:
        return Fraction(0)
    if isinstance(a, str) or isinstance(b, str):
        return NONE_ABOVE if sign > 0 else NONE_BELOW
    return _checked(a * b)


def add(a, b):
    """`sum` of two: least with least, most with most. (A least is never +infinity, a most never -infinity.)"""
    return Interval(_plus(a.least, b.least), _plus(a.most, b.most))


def subtract(a, b):
    """`difference`: the sum with the negated second."""
    return add(a, Interval(_negated(b.most), _negated(b.least)))


def multiply(a, b):
    """`product` of two: the smallest and the largest of the four products of bounds."""
    products = sorted((_times(x, y) for x in a for y in b), key=in_order)
    return Interval(products[0], products[-1])


def divide(a, b):
    """`ratio`: nothing is known where the divisor is, or may be, 0 or below."""
    if _sign(b.least) <= 0:
        return ANYTHING
    inverse = [Fraction(0) if isinstance(bound, str) else 1 / bound for bound in (b.most, b.least)]
    return multiply(a, Interval(*inverse))


def _rounded(number, digits, mode):
    scaled_up = number * 10**digits
    whole, rest = divmod(abs(scaled_up.numerator), scaled_up.denominator)
    doubled = 2 * rest - scaled_up.denominator  # above 0: nearer to the next whole number; 0: a tie
    up = {
        "down": False,
        "up": rest > 0,
        "half up": doubled >= 0,
        "half even": doubled > 0 or doubled == 0 and whole % 2 == 1,
    }
    whole += 1 if up[mode] else 0
    return Fraction(-whole if number < 0 else whole, 10**digits)


def rounded(interval, digits, mode, power):
    """Both bounds, taken to the unit that is 10^power base units, rounded there, and taken back."""
    return Interval(
        *(
            bound if isinstance(bound, str) else scaled(_rounded(scaled(bound, -power), digits, mode), power)
            for bound in interval
        )
    )


def compare(a, sign, b):
    """The verdict of `a sign b`: met if it holds for all numbers of both, not met if for none, else open."""
    if sign == "=":
        met = a.least == b.most and a.most == b.least
        return "met" if met else "not met" if below(b.most, a.least) or below(a.most, b.least) else "open"
    if sign in ("<", "<="):
        a, b, sign = b, a, {"<": ">", "<=": ">="}[sign]
    if sign == ">=":
        met, failed = not below(a.least, b.most), below(a.most, b.least)
    else:
        met, failed = below(b.most, a.least), not below(b.least, a.most)
    return "met" if met else "not met" if failed else "open"
