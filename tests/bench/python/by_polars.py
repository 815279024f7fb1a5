# SPDX-License-Identifier: Apache-2.0
"""ten.yaml by hand in polars: the same verdicts, open ones too, with exact thresholds.

Null is "not reported"; comparisons, & and | of polars carry it as the library carries open. Ratios are compared in whole
numbers, because 0.1 + 0.2 is not 0.3: amounts with one digit behind the point become tenths.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import table as made


def _tenths(pl: Any, name: str) -> Any:
    return (pl.col(name) * 10).round().cast(pl.Int64)


def _criteria(pl: Any) -> "list[Any]":
    col = pl.col
    income = col("region").replace_strict(dict(zip(made.REGIONS, made.INCOME_LEAST)), return_dtype=pl.Float64)
    poor = col("region").replace_strict(dict(zip(made.REGIONS, made.POOR_MOST_PER_MILLE)), return_dtype=pl.Int64)
    indicators = [
        [_tenths(pl, "roads-paved") * 100 >= _tenths(pl, "roads") * 80, col("makeshift-houses") == 0],
        [
            col("income") >= income,
            col("poor-households") * 1000 <= col("households") * poor,
            col("employed") * 100 >= col("able") * 90,
        ],
        [col("insured") * 100 >= col("population") * 85, col("stunted-share") <= 21.8],
        [col("water-share") >= 89.95, (col("water-share") >= 95) | (col("households") < 300)],
        [col("population") >= 3500],
    ]
    return [reduce(and_, of).alias(f"c{at}") for at, of in enumerate(indicators)]


def evaluate(frame: Any) -> Any:
    """A frame with status (0 open, 1 met, 2 not met) and the criteria met, least and most."""
    import polars as pl

    criteria = _criteria(pl)
    names = [pl.col(f"c{at}") for at in range(len(criteria))]
    status = reduce(and_, names)
    return (
        frame.lazy()
        .select(criteria)
        .select(
            status=pl.when(status).then(1).when(~status).then(2).otherwise(0).cast(pl.Int8),
            least=reduce(lambda a, b: a + b, [one.fill_null(False).cast(pl.UInt16) for one in names]),
            most=reduce(lambda a, b: a + b, [one.fill_null(True).cast(pl.UInt16) for one in names]),
        )
        .collect()
    )
