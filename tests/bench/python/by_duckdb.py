# SPDX-License-Identifier: Apache-2.0
"""ten.yaml by hand in SQL, for DuckDB: NULL is "not reported", and AND and OR carry it as the library carries open."""

from __future__ import annotations

from typing import Any

import table as made


def _by_region(values: "tuple[Any, ...]") -> str:
    whens = " ".join(f"WHEN '{region}' THEN {value}" for region, value in zip(made.REGIONS, values))
    return f"CASE region {whens} END"


def query(source: str) -> str:
    """status (0 open, 1 met, 2 not met) and the criteria met, least and most."""
    doubles = tuple(f"{value}::DOUBLE" for value in made.INCOME_LEAST)
    criteria = [
        'round("roads-paved" * 10)::BIGINT * 100 >= round(roads * 10)::BIGINT * 80 AND "makeshift-houses" = 0',
        f"""income >= {_by_region(doubles)} AND "poor-households" * 1000 <= households * {_by_region(made.POOR_MOST_PER_MILLE)}
            AND employed * 100 >= able * 90""",
        'insured * 100 >= population * 85 AND "stunted-share" <= 21.8::DOUBLE',
        """"water-share" >= 89.95::DOUBLE AND ("water-share" >= 95::DOUBLE OR households < 300)""",
        "population >= 3500",
    ]
    names = [f"c{at}" for at in range(len(criteria))]
    inner = ", ".join(f"({rule}) AS {name}" for rule, name in zip(criteria, names))
    status = " AND ".join(names)
    least = " + ".join(f"coalesce({name}, false)::USMALLINT" for name in names)
    most = " + ".join(f"coalesce({name}, true)::USMALLINT" for name in names)
    return f"""SELECT (CASE WHEN {status} THEN 1 WHEN NOT ({status}) THEN 2 ELSE 0 END)::TINYINT AS status,
        ({least})::USMALLINT AS least, ({most})::USMALLINT AS most FROM (SELECT {inner} FROM {source})"""
