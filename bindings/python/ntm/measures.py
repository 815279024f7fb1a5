# SPDX-License-Identifier: Apache-2.0
"""Units of measure: "triệu đồng/người/năm", "ha" (docs/units.md)."""

from __future__ import annotations

from decimal import Decimal

from . import core
from .number import decimal_of, parts_of, text_of


def measure_power(unit: str, to: str) -> int:
    """The power of ten by which values in one unit become values in another.

    >>> measure_power("tỷ đồng", "triệu đồng")
    3

    Raises:
        UnitError: they measure different things.
        TextError: text that is no unit.
    """
    return core.measure_power(text_of("the unit", unit), text_of("the unit", to))


def measure_converted(value: Decimal | int, unit: str, to: str) -> Decimal:
    """A value in another unit, exactly.

    >>> measure_converted(Decimal("12.5"), "km2", "ha")
    Decimal('1250')

    Raises:
        UnitError, TextError: as :func:`measure_power`.
        ArgumentError: a number with more digits than the library carries.
    """
    coefficient, scale = parts_of(value)
    scale -= measure_power(unit, to)
    return decimal_of(coefficient, scale) if scale >= 0 else decimal_of(coefficient * 10**-scale, 0)
