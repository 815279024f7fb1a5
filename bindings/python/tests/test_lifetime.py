# SPDX-License-Identifier: Apache-2.0
"""Who keeps whom alive, and use after closing. Run under a sanitizer in .ci/run."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
import threading
import time
import weakref
from typing import Any

import pytest

import ntm
from ntm import core

np = pytest.importorskip("numpy")


def test_parents_go_first(table: dict[str, Any]) -> None:
    catalogue = ntm.catalogue()
    law = catalogue["commune-ntm-2016-2020"]
    overlay = catalogue.overlay("commune-ntm-2016-2020.recalled.unverified")
    catalogue.close()
    del catalogue
    gc.collect()
    richer = law.with_overlay(overlay)
    del overlay
    data = {"population": np.array([1000, 1000]), "insured-people": np.array([850, 849])}
    result = ntm.evaluate(data, richer, on="2020-02-25", region="BTB")
    del data, law
    richer_id = richer.id
    del richer
    gc.collect()
    assert result.law.id == richer_id
    least, most = result.criteria_met
    why = result.explain(1, "15.1")
    result.close()
    del result
    gc.collect()
    assert least.shape == most.shape == (2,) and int(most.max()) <= 19
    assert "849" in str(why)


def test_arrays_are_held_and_given_back(law: ntm.CriteriaSet) -> None:
    class Tracked(np.ndarray):  # type: ignore[type-arg]
        pass

    array = np.array([89.95, 1.0]).view(Tracked)
    gone = weakref.ref(array)
    result = ntm.evaluate({"insured": array}, law, on="2020-02-25", region="BTB")
    del array
    gc.collect()
    assert "89,95" in str(result.explain(0, "1.2"))
    result.close()
    gc.collect()
    assert gone() is None


def test_a_view_keeps_the_result(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"insured": [89.95] * 1000}, law, on="2020-02-25", region="BTB")
    view, again = core.counts(result._core)
    memory = memoryview(view)
    assert (memory.format, memory.itemsize, memory.readonly, memory.shape) == ("H", 2, True, (1000,))
    array = np.asarray(view)
    assert array.__array_interface__["data"] == (result.criteria_met.least.__array_interface__["data"][0], True)
    with pytest.raises(ValueError):
        array[0] = 7
    with pytest.raises((BufferError, TypeError)):
        memory[0] = 7
    with pytest.raises(TypeError):
        type(view)()
    del result, view, again, memory
    gc.collect()
    assert array.tolist() == [0] * 1000


def test_use_after_close(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    with ntm.evaluate(table, law, on="2020-02-25") as result:
        kept = result.status
    for call in (
        lambda: result.status,
        lambda: result.criteria_met,
        lambda: result.tally(),
        lambda: result.near_misses(),
        lambda: result.explain(0),
        lambda: len(result),
        lambda: result.__arrow_c_array__(),
        lambda: result.__enter__(),
    ):
        with pytest.raises(ValueError, match="closed"):
            call()
    result.close()
    assert "closed" in repr(result) and len(kept) == 4
    with pytest.raises(ZeroDivisionError):
        with ntm.evaluate(table, law, on="2020-02-25"):
            1 / 0


def test_handles_are_not_pickled(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"insured": [1.0]}, law, on="2020-02-25", region="BTB")
    catalogue = ntm.catalogue()
    for thing in (result, result.explain(0), catalogue, catalogue.overlays[0]):
        for call in (pickle.dumps, copy.copy):
            with pytest.raises(TypeError, match=f"ntm.{type(thing).__name__} cannot be pickled"):
                call(thing)


def test_a_table_in_use_takes_no_columns(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"insured": [1.0]}, law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ArgumentError):
        core.table_add(result._open[1], "income", np.zeros(1), 0, False, None, None, None)


def test_references_are_balanced(law: ntm.CriteriaSet) -> None:
    array, name = np.array([89.95, 1.0]), "insured"
    bad = np.array([[1.0]])

    def once() -> None:
        result = ntm.evaluate({name: array, "rating": ["khá", "tốt"]}, law, on="2020-02-25", region="BTB")
        result.explain(0, "1.2").steps
        result.criteria_met.least.sum()
        result.near_misses()
        law.to_yaml()
        for wrong in (bad, np.zeros(2, np.float32), np.array([np.nan])):
            with pytest.raises(ntm.NtmError):
                ntm.evaluate({name: wrong}, law, on="2020-02-25", region="BTB")
            with pytest.raises(ntm.NtmError):
                table = core.table_new(1, 1)
                core.table_add(table, name, wrong, 99, False, None, None, None)

    def growth(things: list[Any]) -> list[int]:
        gc.collect()
        before = [sys.getrefcount(thing) for thing in things]
        for _ in range(50):
            once()
        gc.collect()
        after = [sys.getrefcount(thing) for thing in things]
        return [new - old for new, old in zip(after, before)]

    once()
    assert growth([array, bad, name, law]) == [0, 0, 0, 0]
    # Everybody shares None, so its count wanders; but a lost reference would show in every round. From 3.12 on None is
    # immortal, and its count says nothing.
    assert sys.version_info >= (3, 12) or any(abs(growth([None])[0]) < 45 for _ in range(5))


def test_two_threads(law: ntm.CriteriaSet) -> None:
    rows = 200_000
    data = {"households": np.full(rows, 2000), "clean-water": np.arange(rows) % 2001, "insured": np.full(rows, 89.95)}
    results: list[Any] = [None, None]
    failures: list[BaseException] = []

    def work(at: int) -> None:
        try:
            for _ in range(3):
                result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
                results[at] = (result.indicator("1.1"), str(result.explain(1799, "1.1")))
        except BaseException as error:  # noqa: BLE001 - handed to the main thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert np.array_equal(results[0][0], results[1][0]) and results[0][1] == results[1][1]
    expected = np.where(data["clean-water"] >= 1800, 1, 2)
    assert np.array_equal(results[0][0], expected)


def test_the_interpreter_runs_on_meanwhile(law: ntm.CriteriaSet) -> None:
    rows = 300_000
    data = {"households": np.full(rows, 2000), "clean-water": np.full(rows, 1800), "insured": np.full(rows, 89.95)}
    done = threading.Event()
    lengths: list[float] = []

    def work() -> None:
        start = time.perf_counter()
        ntm.evaluate(data, law, on="2020-02-25", region="BTB", kernels="reference")
        lengths.append(time.perf_counter() - start)
        done.set()

    thread = threading.Thread(target=work)
    ticks = 0
    thread.start()
    while not done.wait(0.001):
        ticks += 1
    thread.join()
    assert lengths[0] < 0.02 or ticks >= 5, f"{ticks} ticks of 1 ms in {lengths[0]:.3f} s"
