# SPDX-License-Identifier: Apache-2.0
"""The table of the benchmark over many rows: ten-odd columns by a fixed seed, in one file that all programs map.

An uncompressed file of Arrow: pyarrow and polars read it where it lies, so that nobody is charged for loading it, and the
machine holds it once, however many programs look at it. Illustrative figures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

REGIONS = ("TDMNPB", "DBSH", "BTB", "DHNTB", "TN", "DNB", "DBSCL")
INCOME_LEAST = (36.1, 50.2, 36.3, 41.4, 41.5, 59.6, 50.7)
POOR_MOST_PER_MILLE = (125, 20, 55, 50, 75, 10, 40)
"""Of the households: 12.5 % and so on, in whole numbers."""
PERIOD, SEED, MISSING = "2020-02-25", 20161017, 0.03


def _columns(rows: int) -> "dict[str, Any]":
    """Counts as int64, amounts and shares as float64 with one or two digits behind the point.

    Wholes lie round their thresholds, and a good part exactly on them: 85 of 100, 89.95, 36.1.
    """
    import numpy as np

    random = np.random.default_rng(SEED)
    households = random.integers(1, 40, rows) * 100
    able = random.integers(5, 60, rows) * 100
    population = random.integers(10, 80, rows) * 100
    roads = random.integers(5, 400, rows)
    return {
        "roads": roads / 10.0,
        "roads-paved": np.minimum(roads, roads * random.integers(7, 11, rows) // 10) / 10.0,
        "makeshift-houses": random.integers(-40, 3, rows).clip(0),
        "income": random.integers(300, 900, rows) / 10.0,
        "households": households,
        "poor-households": households * random.integers(0, 14, rows) // 200,
        "able": able,
        "employed": able * random.integers(88, 101, rows) // 100,
        "population": population,
        "insured": population * random.integers(83, 101, rows) // 100,
        "stunted-share": random.integers(1800, 2300, rows) / 100.0,
        "water-share": random.integers(8900, 10001, rows) / 100.0,
    }


def make(path: Path, rows: int) -> None:
    """Writes the table."""
    import numpy as np
    import pyarrow

    random = np.random.default_rng(SEED + 1)
    columns = _columns(rows)
    arrays = [pyarrow.array(values, mask=random.random(rows, np.float32) < MISSING) for values in columns.values()]
    region = np.sort(random.integers(0, len(REGIONS), rows)).astype(np.int8)  # units lie by region, as they do in tables
    arrays.append(pyarrow.DictionaryArray.from_arrays(pyarrow.array(region), pyarrow.array(REGIONS)))
    table = pyarrow.Table.from_arrays(arrays, names=[*columns, "region"])
    part = path.with_suffix(".part")
    with pyarrow.OSFile(str(part), "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=rows)
    part.replace(path)


def load(path: Path) -> Any:
    """The table as pyarrow has it: one chunk, mapped."""
    import pyarrow

    return pyarrow.ipc.open_file(pyarrow.memory_map(str(path))).read_all()
