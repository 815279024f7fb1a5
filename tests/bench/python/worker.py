# SPDX-License-Identifier: Apache-2.0
"""One way of doing the work, in a process of its own: worker.py WAY THREADS FILE.

Reads "run" or "check" a line, answers with a line of JSON: the seconds; or a digest of what came out. Polars fixes its
threads when it is loaded, and the most memory a process ever had is asked of the process: therefore processes.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable

Way = "tuple[Callable[[], Any], Callable[[Any], Any]]"
"""What is timed, and what makes of its result (status, least, most): int8, and criteria met as uint16."""


def _reading(table: Any, threads: int) -> "Way":
    """Only the columns read, and what is known of them: as numbers, summed by NumPy."""
    import numpy as np

    buffers = [buffer for column in table.itercolumns() for buffer in column.chunk(0).buffers() if buffer is not None]
    words = [np.frombuffer(buffer, np.int64, len(buffer) // 8) for buffer in buffers]
    return lambda: [int(one.sum()) for one in words], lambda _: None


def _ntm(table: Any, threads: int) -> "Way":
    """The library: one call, or one a thread over its part of the rows."""
    import numpy as np

    import ntm

    law = ntm.CriteriaSet.read(str(Path(__file__).with_name("ten.yaml")))

    def one(part: Any) -> Any:
        return ntm.evaluate(part, law, on="2020-02-25", keep="status")

    def columns(results: Any) -> Any:
        counts = [result.criteria_met for result in results]
        parts = [result.status for result in results], [met.least for met in counts], [met.most for met in counts]
        return tuple(of[0] if len(of) == 1 else np.concatenate(of) for of in parts)

    if threads == 1:
        return lambda: columns([one(table)]), lambda made: made
    size = -(-table.num_rows // threads) if table.num_rows else 1
    parts = [table.slice(first, size) for first in range(0, table.num_rows, size)]
    pool = ThreadPoolExecutor(threads)
    return lambda: columns(list(pool.map(one, parts))), lambda made: made


def _polars(table: Any, threads: int) -> "Way":
    import polars

    import by_polars

    frame: Any = polars.from_arrow(table, rechunk=False)
    return lambda: by_polars.evaluate(frame), lambda made: tuple(made[name].to_numpy() for name in ("status", "least", "most"))


def _duckdb(own: bool) -> "Callable[[Any, int], Way]":
    def made(table: Any, threads: int) -> "Way":
        import duckdb

        import by_duckdb

        base = duckdb.connect()
        base.execute(f"SET threads = {threads}")
        base.register("arrow", table)
        if own:
            base.execute("CREATE TABLE own AS SELECT * FROM arrow")
        query = by_duckdb.query("own" if own else "arrow")

        def columns(got: Any) -> Any:
            return tuple(got.column(name).combine_chunks().to_numpy() for name in ("status", "least", "most"))

        return lambda: base.sql(query).to_arrow_table(), columns  # cheaper here than .fetchnumpy()

    return made


WAYS = {"read": _reading, "ntm": _ntm, "polars": _polars, "duckdb-arrow": _duckdb(False), "duckdb": _duckdb(True)}


def _digest(columns: Any) -> "dict[str, Any]":
    import numpy as np

    if columns is None:
        return {"digest": None}
    text = hashlib.sha256()
    for values, dtype in zip(columns, (np.int8, np.uint16, np.uint16)):
        text.update(np.ascontiguousarray(values, dtype))
    tally = np.bincount(np.asarray(columns[0]), minlength=3).tolist()
    return {"digest": text.hexdigest(), "met": tally[1], "not_met": tally[2], "open": tally[0]}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(way: str, threads: str, path: str) -> None:
    import table as made

    run, columns = WAYS[way](made.load(Path(path)), int(threads))
    print(json.dumps({"ready": way, "peak": _peak()}), flush=True)
    for line in sys.stdin:
        if line.strip() == "check":
            answer = _digest(columns(run()))
        else:
            start, used = time.perf_counter(), time.process_time()
            made_now = run()
            answer = {"seconds": time.perf_counter() - start, "processor": time.process_time() - used, "peak": _peak()}
            del made_now
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("POLARS_MAX_THREADS", sys.argv[2])
    main(*sys.argv[1:4])
