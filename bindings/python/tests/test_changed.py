# SPDX-License-Identifier: Apache-2.0
"""Data that change underneath a result, arrays that are borrowed, and use after closing."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, Callable

import pytest

import ntm

np = pytest.importorskip("numpy")

LAW = ntm.catalogue()["commune-ntm-2016-2020"]
CHANGED = r"the data changed since they were evaluated: evaluate again, or hand in a copy"
ROW_QUESTIONS: dict[str, Callable[[ntm.Attainment, int], Any]] = {
    "explain": lambda r, row: r.explain(row, "15.1"),
    "proof": lambda r, row: r.proof(row, "15.1"),
    "deciding": lambda r, row: r.deciding(row, "15.1"),
    "gaps of units": lambda r, row: r.gaps(units=[row]),
}
TABLE_QUESTIONS: dict[str, Callable[[ntm.Attainment], Any]] = {
    "gaps": lambda r: r.gaps(),
    "flips": lambda r: r.flips("insured-share", "15.1"),
    "what if": lambda r: r.what_if(facts={0: {"population": 2001}}),
    "collecting order": lambda r: r.collecting_order("15.1"),
}


def arrays() -> dict[str, Any]:
    return {"population": np.array([2000, 2000, 2000]), "insured-people": np.array([1699, 1900, 1])}


def evaluated(data: Any, **more: Any) -> ntm.Attainment:
    return ntm.evaluate(data, LAW, on="2020-02-25", region="BTB", **more)


@pytest.mark.parametrize("question", ROW_QUESTIONS)
def test_questions_about_a_row(question: str) -> None:
    data = arrays()
    result, ask = evaluated(data, unit=["A", "B", "C"]), ROW_QUESTIONS[question]
    for row in range(3):
        ask(result, row)
    data["insured-people"][1] = 5
    ask(result, 0), ask(result, 2)
    with pytest.raises(ntm.ConflictError, match=f"row 1: {CHANGED}") as caught:
        ask(result, 1)
    assert (caught.value.row, caught.value.unit) == (1, "B")
    data["insured-people"][1] = 1900
    ask(result, 1)
    data["insured-people"][1] = 2001  # above the population: no more to be evaluated at all
    with pytest.raises(ntm.ConflictError, match=f"row 1: {CHANGED}"):
        ask(result, 1)


@pytest.mark.parametrize("question", TABLE_QUESTIONS)
def test_questions_about_the_table(question: str) -> None:
    data = arrays()
    result, ask = evaluated(data), TABLE_QUESTIONS[question]
    ask(result)
    for value in (5, 2001):
        data["insured-people"][2], data["insured-people"][1] = 1, value
        with pytest.raises(ntm.ConflictError, match=f"row 1: {CHANGED}"):
            ask(result)
    data["insured-people"][1] = 1900
    ask(result)
    counts = evaluated(data, keep="status")
    data["insured-people"][1] = 5
    with pytest.raises(ntm.ConflictError, match="row 1"):  # by the counts of criteria alone
        ask(counts)


def test_columns_of_all_sorts() -> None:
    strided = np.array([[2000, 1], [2000, 2], [2000, 3]])[:, 0]
    masked = ntm.Column(np.array([1699, 1900, 1]), not_reported=np.array([False, True, False]))
    data = {"population": strided, "insured-people": masked, "region": ["BTB", "BTB", None]}
    result = ntm.evaluate(data, LAW, on="2020-02-25")
    for row in range(3):
        result.explain(row, "15.1")
    assert result.indicator("15.1").tolist() == [2, 0, 2]
    strided[0] = 1699
    with pytest.raises(ntm.ConflictError, match="row 0"):
        result.explain(0, "15.1")
    result.explain(1, "15.1"), result.explain(2, "15.1")


def test_a_frame_changed_in_place() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(arrays())
    result = evaluated(frame)
    borrowed = frame["insured-people"].to_numpy()
    if not borrowed.flags.writeable:
        frame.iloc[1, 1] = 5  # pandas 3 says whether it copies: either way no wrong answer comes
        try:
            assert "1.900" in str(result.explain(1, "15.1"))
        except ntm.ConflictError as error:
            assert error.row == 1
        return
    borrowed[1] = 5
    assert frame["insured-people"][1] == 5
    with pytest.raises(ntm.ConflictError, match=f"row 1: {CHANGED}"):
        result.explain(1, "15.1")


def test_what_is_borrowed_is_not_resized() -> None:
    array, raw = np.array([1699, 1900, 1]), bytearray(np.array([2000] * 3).tobytes())
    result = evaluated({"population": memoryview(raw).cast("q"), "insured-people": array})
    with pytest.raises(BufferError):
        raw.extend(b"12345678")
    with pytest.raises(ValueError):
        array.resize(5)
    assert "1.699" in str(result.explain(0, "15.1"))


def closable(tmp_path: Path) -> list[Any]:
    """One thing of every class that has close(), not yet closed."""
    registry = {"code": ["1"], "name": ["Xã"], "level": ["commune"], "parent": [None]}
    ledger = ntm.Ledger({"unit": ["A"], "stage": ["plan"], "date": ["2020-01-31"], "amount": [1]})
    long = {"unit": ["A"], "fact": ["x"], "period": ["2020"], "value": [1], "recorded_on": ["2020-01-01"]}
    norms = {"work": ["road"], "resource": ["money"], "work_unit": ["km"], "amount": [1], "resource_unit": [None]}
    return [
        evaluated(arrays(), unit=["A", "B", "C"]), ntm.evaluate_batches([arrays()], LAW, on="2020-02-25", region="BTB"),
        ntm.catalogue(), ntm.Classification(), ntm.Units(registry), ntm.Observations(long), ledger,
        ledger.tally("unit"), ntm.Balance({"a": [1]}), ntm.Norms(norms),
        ntm.Register.read("unit,status,class,kind,date,number,successor,until\n"),
    ]


def test_every_class_that_closes_is_here(tmp_path: Path) -> None:
    classes = {kind for kind in vars(ntm).values() if inspect.isclass(kind) and hasattr(kind, "close")}
    here = {type(one) for one in closable(tmp_path)}
    missing = {kind.__name__ for kind in classes if not any(issubclass(kind, one) for one in here)}
    assert missing <= {"CascadeResult"} and len(here) >= 11


STAYS = {"close", "closed", "law", "units", "rows", "batches", "first_row", "tally"}


def test_use_after_close(tmp_path: Path) -> None:
    for index, thing in enumerate(closable(tmp_path)):
        thing.close()
        thing.close()
        assert "closed" in repr(thing)
        kind, tried = type(thing), 0
        with pytest.raises(ValueError, match="closed: "):
            thing.__enter__()
        for name, member in inspect.getmembers(kind):
            stays = STAYS if kind is ntm.Batches else {"close", "law", "units", "on"}
            if name.startswith("_") or name in stays or isinstance(inspect.getattr_static(kind, name), (classmethod, staticmethod)):
                continue
            if isinstance(inspect.getattr_static(kind, name), property):
                with pytest.raises(ValueError, match="closed: "):
                    getattr(thing, name)
            elif inspect.isfunction(member) and not _needs_more(member):
                with pytest.raises(ValueError, match="closed: "):
                    getattr(thing, name)()
            else:
                continue
            tried += 1
        assert tried or kind in (ntm.Batches, ntm.Norms, ntm.Units, ntm.Classification, ntm.CubeTally), kind


def _needs_more(method: Any) -> bool:
    parameters = list(inspect.signature(method).parameters.values())[1:]
    return any(one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in parameters)


def test_rows_of_a_closed_result() -> None:
    with evaluated(arrays()) as result:
        pass
    for question in ROW_QUESTIONS.values():
        with pytest.raises(ValueError, match="the result is closed: evaluate again"):
            question(result, 0)
    for ask in TABLE_QUESTIONS.values():
        with pytest.raises(ValueError, match="the result is closed: evaluate again"):
            ask(result)
