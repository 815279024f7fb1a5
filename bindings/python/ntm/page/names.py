# SPDX-License-Identifier: Apache-2.0
"""The codes of the rows of a result."""

from __future__ import annotations

import datetime
from typing import Union

from ..attainment import Attainment

Day = Union[datetime.date, str]


def codes_of(result: Attainment) -> list[str]:
    """The code of each row; its number, from 1, where the units have no names."""
    return [str(row + 1) for row in range(len(result))] if result.units is None else [str(one) for one in result.units]
