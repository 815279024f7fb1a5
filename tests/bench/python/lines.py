# SPDX-License-Identifier: Apache-2.0
"""One line of JSON a measurement, as the benchmark in C prints them."""

from __future__ import annotations

import json
import statistics
from typing import Any, Sequence


def show(**fields: Any) -> None:
    """Prints a measurement."""
    print(json.dumps(fields, ensure_ascii=False), flush=True)


def median(values: Sequence[float]) -> float:
    """The median, to six places."""
    return round(statistics.median(values), 6)


def ratio(seconds: Sequence[float], reference: Sequence[float]) -> float:
    """The median of the ratios round by round: what was disturbed, disturbed both."""
    return round(statistics.median(a / b for a, b in zip(seconds, reference)), 3)
