# SPDX-License-Identifier: Apache-2.0
"""Many rows: the library next to the same evaluation by hand in polars and in DuckDB, and to only reading the columns.

Each way is a process of its own over the same mapped file; they take turns, round by round, one at a time.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import table
from lines import median, ratio, show

HERE = Path(__file__).parent


class Worker:
    """A process that does the work in one way."""

    def __init__(self, way: str, threads: int, path: Path) -> None:
        self.way, self.threads = way, threads
        self.name = f"{way}, {threads} thread" + ("s" if threads > 1 else "")
        self.seconds: "list[float]" = []
        self.processor: "list[float]" = []
        self.peak = 0
        self._process = subprocess.Popen(
            [sys.executable, "-B", str(HERE / "worker.py"), way, str(threads), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "POLARS_MAX_THREADS": str(threads)},
        )
        self._answer()

    def _answer(self) -> "dict[str, Any]":
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: ended with status {self._process.wait()}")
        return dict(json.loads(line))

    def _ask(self, what: str) -> "dict[str, Any]":
        assert self._process.stdin is not None
        print(what, file=self._process.stdin, flush=True)
        return self._answer()

    def check(self) -> "dict[str, Any]":
        """What came out, as a digest and a tally; it warms up, too."""
        return self._ask("check")

    def run(self, keep: bool) -> None:
        """One round."""
        answer = self._ask("run")
        if keep:
            self.seconds.append(answer["seconds"])
            self.processor.append(answer["processor"])
        self.peak = answer["peak"]

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _ways(threads: int) -> "list[tuple[str, int]]":
    numbers = [1] if threads == 1 else [1, threads]
    ways = [("read", 1)] + [("ntm", number) for number in numbers]
    for way, package in (("polars", "polars"), ("duckdb-arrow", "duckdb"), ("duckdb", "duckdb")):
        if importlib.util.find_spec(package) is None:
            print(f"rows: no {way}: {package} is not installed", file=sys.stderr)
            continue
        ways += [(way, number) for number in numbers]
    return ways


def _checked(workers: "list[Worker]") -> "dict[str, Any]":
    """That all ways gave the same verdicts and counts for every row; the tally of the status."""
    answers = {worker.name: worker.check() for worker in workers}
    made = {name: answer for name, answer in answers.items() if answer["digest"] is not None}
    if len({answer["digest"] for answer in made.values()}) > 1:
        raise SystemExit("rows: not all ways gave the same:\n" + "\n".join(f"  {name}: {answer}" for name, answer in made.items()))
    return next(iter(made.values()))


def measure(rows: int, rounds: int, folder: Path) -> None:
    """One line a way."""
    if importlib.util.find_spec("pyarrow") is None:
        print("rows: left out, pyarrow is not installed", file=sys.stderr)
        return
    path = folder / f"rows-{rows}.arrow"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # In a process of its own, so that its memory is given back before anything is measured.
        code = f"import table, pathlib; table.make(pathlib.Path({str(path)!r}), {rows})"
        subprocess.run([sys.executable, "-B", "-c", code], check=True, cwd=HERE)
    size = table.load(path).nbytes
    workers: "list[Worker]" = []
    try:
        workers += [Worker(way, threads, path) for way, threads in _ways(os.cpu_count() or 1)]
        tally = _checked(workers)
        for number in range(rounds + 1):  # the first round warms up
            for worker in workers:
                worker.run(keep=number > 0)
        _show(rows, size, tally, workers)
    finally:
        for worker in workers:
            worker.close()


def _show(rows: int, size: int, tally: "dict[str, Any]", workers: "list[Worker]") -> None:
    reading = workers[0]
    for worker in workers:
        alike = next(one for one in workers if one.way == "ntm" and one.threads == worker.threads)
        show(
            name=f"rows: {worker.way}",
            rows=rows,
            bytes=size,
            seconds=median(worker.seconds),
            fastest=round(min(worker.seconds), 6),
            slowest=round(max(worker.seconds), 6),
            processor_seconds=median(worker.processor),
            reference="columns read by NumPy",
            reference_seconds=median(reading.seconds),
            ratio=ratio(worker.seconds, reading.seconds),
            to_ntm=ratio(worker.seconds, alike.seconds),
            processor_to_ntm=ratio(worker.processor, alike.processor),
            threads=worker.threads,
            peak_rss=worker.peak,
            rounds=len(worker.seconds),
            **({} if worker is reading else {word: tally[word] for word in ("met", "not_met", "open")}),
        )
