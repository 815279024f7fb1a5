# SPDX-License-Identifier: Apache-2.0
"""Days: dates, text like "2020-02-25", and whole days of NumPy or pandas."""

from __future__ import annotations

import datetime
from typing import Any

from .errors import ArgumentError

_EPOCH = datetime.date(1970, 1, 1).toordinal()


def day_of(days: int) -> datetime.date:
    """The date of so many days since 1970-01-01."""
    return datetime.date.fromordinal(_EPOCH + days)


def date_of(days: int | None) -> datetime.date | None:
    """The same, or None."""
    return None if days is None else day_of(days)


def date_number(on: datetime.date | str) -> int:
    """Days since 1970-01-01 of a date, of text like "2020-02-25", or of a whole day of NumPy or pandas.

    Raises:
        ArgumentError: the text is no date, or a point of time is no whole day.
        TypeError: neither a date nor text.
    """
    if isinstance(on, str):
        try:
            on = datetime.date.fromisoformat(on)
        except ValueError:
            raise ArgumentError(f"{on!r} is no date: 'YYYY-MM-DD'") from None
    elif type(on).__name__ in ("Timestamp", "datetime64"):
        on = _whole_day(on)
    if isinstance(on, datetime.datetime) or not isinstance(on, datetime.date):
        raise TypeError(f"a date or 'YYYY-MM-DD', not {type(on).__name__}")
    return on.toordinal() - _EPOCH


def _whole_day(on: Any) -> Any:
    """A numpy.datetime64 or pandas.Timestamp as a date."""
    import numpy as np

    if getattr(on, "tzinfo", None) is not None:
        raise ArgumentError(f"{on} has a time zone: give the day")
    stamp = np.datetime64(on)
    if np.isnat(stamp) or stamp != stamp.astype("M8[D]"):
        raise ArgumentError(f"{on} is no whole day")
    return stamp.astype("M8[D]").item()
