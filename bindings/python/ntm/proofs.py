# SPDX-License-Identifier: Apache-2.0
"""What a proof tells besides what is computed: the knowledge it rests on, in periods and days (docs/proof.md).

A proof itself is text: canonical JSON in the format ``ntm-proof/1``, the same bytes on every machine. It is made by
:meth:`ntm.Attainment.proof`, and checked by other programs than this one.

>>> law = ntm.catalogue()["commune-ntm-2016-2020"]
>>> result = ntm.evaluate({"households": [2000], "health-insured": [1799]}, law, on="2020-02-25",
...                       region="BTB", unknown="ignore")
>>> import json
>>> proof = json.loads(result.proof(0, "1.1", period="2019"))
>>> proof["proofs"][-1]["claim"]["verdict"], proof["proofs"][-1]["claim"]["law"] == law.digest
('open', True)
"""

from __future__ import annotations

import datetime
from typing import Mapping, NamedTuple, Optional, Tuple, Union

from . import core
from .days import date_number, day_of
from .frames import core_table, text_values
from .number import text_of

Day = Union[datetime.date, str]
Observed = Mapping[str, Tuple[Optional[str], Optional[Day]]]
"""Of facts by name: the period, and the day on which it was recorded; either may be None."""


class ProofNotes(NamedTuple):
    """Periods and days of a proof, as the core takes them."""

    known_on: int
    period: str | None
    recorded_on: int
    observed: core.Table | None


def _day(day: Day | None) -> int:
    return core.DATE_NONE if day is None else date_number(day)


def _observed_table(observed: Observed) -> core.Table:
    facts, periods, days = [], [], []
    for fact, (period, day) in observed.items():
        facts.append(text_of("a fact", fact))
        periods.append("" if period is None else text_of(f"the period of {fact}", period))
        days.append("" if day is None else day_of(date_number(day)).isoformat())
    columns = {name: text_values(name, texts) for name, texts in
               (("fact", facts), ("period", periods), ("recorded_on", days))}
    return core_table(len(facts), columns, "error")


def notes_of(known_on: Day | None, period: str | None, recorded_on: Day | None, observed: Observed | None) -> ProofNotes:
    """What a caller says of the facts, checked.

    Raises:
        ArgumentError: no date.
        TypeError: neither a date nor text, a period that is no text.
    """
    return ProofNotes(
        _day(known_on),
        None if period is None else text_of("period", period),
        _day(recorded_on),
        None if not observed else _observed_table(observed),
    )
