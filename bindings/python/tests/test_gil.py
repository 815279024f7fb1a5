# SPDX-License-Identifier: Apache-2.0
"""Every call of the core that grows with the data lets other threads run, and two of them run at the same time."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import ntm
from ntm import core

np = pytest.importorskip("numpy")

HAS_ARROW = any(importlib.util.find_spec(name) for name in ("pyarrow", "polars"))
HERE = Path(__file__).resolve().parent

LONG = """
    apportion balance_check balance_locate balance_new cascade_children cascade_counts cascade_explain
    cascade_proof cascade_run cascade_tree catalogue_lint catalogue_open catalogue_status changed_row
    classification_read classification_shipped classification_table climb collecting csv_columns cube_new
    cube_of cube_rates cube_rows cube_tally_merge cube_tally_new cube_tally_read cube_tally_text deciding
    evaluate explain flips_changed flips_get flips_new flips_tally gaps_new grades ledger_duplicates
    ledger_new ledger_open ledger_read matching_check near_misses needs_new needs_sums norms_new
    observations_new observations_open observations_read observations_repeated observed_new overlay_lint
    overlay_open overlay_read panel plan_new poverty_measure proof punctuality_missing punctuality_new
    register_column register_count register_expiring register_new register_open register_pending register_read
    rolled_new rollup_across rollup_new rollup_over_periods rollup_then rollup_up set_digest set_lint set_open
    set_read set_what_if set_with_overlay set_write slow stream_new stream_next stream_read successor_moves
    successor_new successor_rows table_what_if tally task_prices tasks_new tasks_sum top_up_sum trajectory_new
    trajectory_places trajectory_tally transitions_count units_find_all units_new units_open units_parts
    units_reform values verdicts
""".split()
"""The functions of the core that may take long: they grow with a table, a file, a set or a tree."""

FILES = """
    apportionments arrow_in attainment batches cascade changed catalogue_files classifications columns criteria cubes deciding exports explanation fact_tables flips
    gaps grades ledgers lint long_tables needs observations periods poverty practice proofs recognition reconcile rollups
    slow tasks trajectories units what_ifs data_in
""".split()


def _watched(names: list[str], result: Path) -> dict[str, bool]:
    """Whether these calls gave up the lock while the tests of the package ran."""
    env = {**os.environ, "NTM_WATCHED": " ".join(names), "NTM_WATCH_RESULT": str(result), "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = os.pathsep.join([str(HERE), str(Path(ntm.__file__).parents[1]), env.get("PYTHONPATH", "")])
    tests = [str(path) for path in (HERE / f"test_{name}.py" for name in FILES) if path.exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "gil_watch", "--rootdir", str(HERE)]
    done = subprocess.run([*command, *tests], env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    seen: dict[str, bool] = json.loads(result.read_text(encoding="utf-8"))
    return seen


def test_every_long_call_gives_up_the_lock(tmp_path: Path) -> None:
    left = list(LONG)
    for _ in range(3):  # on a busy machine the other thread may have missed its turn; a call that keeps the lock has none
        seen = _watched(left, tmp_path / "seen.json")
        never = sorted(name for name in set(left) - set(seen) if HAS_ARROW or not name.startswith("stream_"))
        assert not never, f"no test calls them: {never}"
        left = sorted(name for name, free in seen.items() if not free)
        if not left:
            return
    pytest.fail(f"kept the interpreter's lock: {left}")


def test_all_that_give_up_the_lock_are_listed() -> None:
    folder = HERE.parent / "core"
    if not folder.exists():
        pytest.skip("the tests were copied away from the sources")
    names = _giving_up(folder)
    assert len(names) > 80
    assert sorted(names - set(LONG) - {"stream_free"}) == []  # that one is a destructor


def _giving_up(folder: Path) -> set[str]:
    """Functions of the core in which the lock is given up, by themselves or in a static function that they call."""
    function = re.compile(r"^(static )?\w[\w *]*?\b(\w+)\([^;{}]*\) \{\n(.*?)^\}\n", re.DOTALL | re.MULTILINE)
    names: set[str] = set()
    for path in folder.glob("*.c"):
        bodies = {one[1]: (bool(one[0]), one[2]) for one in function.findall(path.read_text(encoding="utf-8"))}
        giving = {name for name, (_, body) in bodies.items() if "Py_BEGIN_ALLOW_THREADS" in body or "CORE_UNLOCKED(" in body}
        while True:
            inner = [name for name in giving if bodies[name][0]]
            more = {name for name, (_, body) in bodies.items() if any(re.search(rf"\b{one}\(", body) for one in inner)}
            if more <= giving:
                break
            giving |= more
        names |= {name.removeprefix("core_") for name in giving if not bodies[name][0]}
    return names


class Inside:
    """Which threads are within one call of the core."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: set[str] = set()
        self.both = threading.Event()
        module: Any = core._core  # type: ignore[attr-defined]
        self._real = module.evaluate
        monkeypatch.setattr(module, "evaluate", self._evaluate)

    def _evaluate(self, *args: Any) -> Any:
        name = threading.current_thread().name
        self.names.add(name)
        try:
            made = self._real(*args)
            if name == "short" and "long" in self.names:  # begun and ended while the other was within its call
                self.both.set()
            return made
        finally:
            self.names.discard(name)


def test_one_call_within_another(law: ntm.CriteriaSet, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = 400_000
    data = {"households": np.full(rows, 2000), "clean-water": np.full(rows, 1800), "insured": np.full(rows, 89.95)}
    inside = Inside(monkeypatch)

    def long() -> None:
        ntm.evaluate(data, law, on="2020-02-25", region="BTB", kernels="reference")

    def short() -> None:
        while outer.is_alive() and not inside.both.is_set():
            if "long" in inside.names:
                ntm.evaluate({"households": [2000]}, law, on="2020-02-25", region="BTB")
            else:
                time.sleep(0)

    for _ in range(20):
        outer = threading.Thread(target=long, name="long")
        inner = threading.Thread(target=short, name="short")
        outer.start()
        inner.start()
        outer.join()
        inner.join()
        if inside.both.is_set():
            return
    pytest.fail("no call ever ran within another")


def test_two_threads_use_two_processors(law: ntm.CriteriaSet) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one processor")
    rows = 400_000
    data = {"households": np.full(rows, 2000), "clean-water": np.full(rows, 1800), "insured": np.full(rows, 89.95)}

    def work() -> None:
        ntm.evaluate(data, law, on="2020-02-25", region="BTB", kernels="reference")

    for _ in range(15):
        threads = [threading.Thread(target=work) for _ in range(2)]
        wall, used = time.perf_counter(), time.process_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if time.process_time() - used > 1.15 * (time.perf_counter() - wall):  # one processor alone cannot: at most 1.0
            return
    if os.getloadavg()[0] > len(os.sched_getaffinity(0)):
        pytest.skip("the machine is busy with other work")
    pytest.fail("two threads never used more than one processor")
