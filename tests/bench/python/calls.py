# SPDX-License-Identifier: Apache-2.0
"""One call on a small table, in microseconds: what a service pays that evaluates a row at a time.

Microseconds of the processor, which beside other work differ less than those of the clock.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any, Callable

import ntm
from lines import show
from ntm import core
from ntm.attainment import plan_of
from ntm.tables import read_table

DAY, FIXED, SHIPPED = "2020-02-25", (("region", "BTB"),), "commune-ntm-2016-2020"
MICROSECONDS_A_ROUND = 20_000


def _lists(law: ntm.CriteriaSet, rows: int) -> "dict[str, list[Any]]":
    """All facts of the set, reported for all rows: wholes of 900 and more, parts below; flags."""
    whole = {fact.id: fact.part_of for fact in law.facts}

    def depth(id: str) -> int:
        return 0 if whole[id] is None else 1 + depth(str(whole[id]))

    chance = random.Random(20161017)
    made: "dict[str, list[Any]]" = {"code": [f"{row:05}" for row in range(rows)]}
    for fact in law.facts:
        least = 900 - 300 * depth(fact.id)  # a part is at most its whole
        if fact.kind is ntm.FactKind.FLAG:
            made[fact.id] = [chance.random() < 0.9 for _ in range(rows)]
        elif fact.kind is ntm.FactKind.COUNT:
            made[fact.id] = [least + chance.randrange(100) for _ in range(rows)]
        else:
            made[fact.id] = [(least + chance.randrange(100)) / 10 for _ in range(rows)]
    return made


def _tables(lists: "dict[str, list[Any]]") -> "dict[str, Any]":
    """The same table in the shapes in which callers have it."""
    import numpy as np

    made: "dict[str, Any]" = {"lists": lists, "arrays of NumPy": {name: np.array(values) for name, values in lists.items()}}
    for name, shape in (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "RecordBatch")):
        if importlib.util.find_spec(name) is None:
            continue  # measure() says so
        kind: Any = getattr(__import__(name), shape)
        made[name] = kind.from_pydict(lists) if name == "pyarrow" else kind(lists)
    return made


def _once(work: "Callable[[], Any]", times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times * 1e6


def _measure(works: "dict[str, Callable[[], Any]]", rounds: int) -> "dict[str, list[float]]":
    """Microseconds a call, round by round; in a round each work has its turn."""
    times = {name: max(1, int(MICROSECONDS_A_ROUND / max(_once(work, 3), 1))) for name, work in works.items()}
    made: "dict[str, list[float]]" = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            made[name].append(_once(work, times[name]))
    return made


def _show(law: ntm.CriteriaSet, rows: int, table: str, part: str, microseconds: "list[float]") -> None:
    show(
        name=f"calls: {part}",
        set=law.id,
        indicators=len(law.indicators),
        columns=len(law.facts),
        rows=rows,
        table=table,
        microseconds=round(median(microseconds), 1),
        fastest=round(min(microseconds), 1),
        slowest=round(max(microseconds), 1),
        rounds=len(microseconds),
    )


def _works(law: ntm.CriteriaSet, table: Any, fixed: "tuple[tuple[str, str], ...]") -> "dict[str, Callable[[], Any]]":
    """The whole call, and its parts one by one."""
    axes = dict(fixed)
    plan = plan_of(law, DAY, False, fixed, "best", ())
    inputs = core.plan_inputs(plan)
    ready, _ = read_table(table, [law], inputs, "code", "error", "error")
    result = ntm.evaluate(table, law, on=DAY, unit="code", axes=axes)
    return {
        "evaluate, keep='status'": lambda: ntm.evaluate(table, law, on=DAY, unit="code", axes=axes, keep="status"),
        "evaluate, keep='indicators'": lambda: ntm.evaluate(table, law, on=DAY, unit="code", axes=axes),
        "of it the plan": lambda: plan_of(law, DAY, False, fixed, "best", ()),
        "of it the table": lambda: read_table(table, [law], inputs, "code", "error", "error"),
        "of it the verdicts, keep='status'": lambda: core.evaluate(plan, ready, 0, True, False),
        "of it the verdicts, keep='indicators'": lambda: core.evaluate(plan, ready, 2, True, False),
        "status of a result": lambda: result.status,
    }


def measure(rounds: int) -> None:
    """One line a set, number of rows, shape of the table and part of the call."""
    for name in ("pandas", "polars", "pyarrow"):
        if importlib.util.find_spec(name) is None:
            print(f"calls: no {name}: it is not installed", file=sys.stderr)
    few = ntm.CriteriaSet.read(str(Path(__file__).with_name("few.yaml")))
    catalogue = ntm.catalogue()
    shipped = catalogue[SHIPPED]
    for law, fixed in ((few, ()), (shipped, FIXED)):
        for rows in (1, 10):
            works = {
                (shape, part): work
                for shape, table in _tables(_lists(law, rows)).items()
                for part, work in _works(law, table, fixed).items()
            }
            by_name = {f"{shape}\n{part}": work for (shape, part), work in works.items()}
            for name, found in _measure(by_name, rounds).items():
                _show(law, rows, *name.split("\n"), found)
    finding = {"find a set in an open catalogue": lambda: catalogue.find("ntm", level="commune", on=DAY)}
    for part, found in _measure(finding, rounds).items():
        _show(shipped, 0, "none", part, found)
