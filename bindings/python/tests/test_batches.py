# SPDX-License-Identifier: Apache-2.0
"""Streams evaluated batch by batch: the same verdicts as in one, bounded memory, errors, bars, Ctrl-C."""

from __future__ import annotations

import functools
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import textwrap
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any, Iterator

import pytest

import ntm
from ntm.progress import _Line

np = pytest.importorskip("numpy")

ON: Any = {"on": "2020-02-25", "region": "BTB"}


def batch(first: int, rows: int, **more: Any) -> dict[str, Any]:
    at = np.arange(first, first + rows)
    return {"code": [f"U{one}" for one in at], "households": np.full(rows, 2000), "clean-water": at % 2001, **more}


def stream(batches: int, rows: int) -> Iterator[dict[str, Any]]:
    return (batch(at * rows, rows) for at in range(batches))


def test_batches_are_the_whole(law: ntm.CriteriaSet) -> None:
    whole = ntm.evaluate(batch(0, 6003), law, unit="code", **ON)
    sources: list[Any] = [stream(3, 2001), batch(0, 6003), [batch(0, 1), batch(1, 6002)]]
    for source in sources:
        parts = ntm.evaluate_batches(source, law, unit="code", batch_rows=1000, **ON)
        got = [(parts.first_row, part) for part in parts]
        assert np.array_equal(np.concatenate([part.indicator("1.1") for _, part in got]), whole.indicator("1.1"))
        assert [name for _, part in got for name in part.units or ()] == whole.units
        assert [first for first, _ in got] == np.cumsum([0] + [len(part) for _, part in got])[:-1].tolist()
        assert max(len(part) for _, part in got) <= 1000 and parts.batches == len(got) > 6 and parts.rows == 6003
        assert parts.tally() == whole.tally()
        for named in ({"criterion": "1"}, {"indicator": "1.1"}, {"precondition": "registered"}):
            assert parts.tally(**named) == whole.tally(**named)
        assert list(parts) == [] and parts.closed
        assert str(got[-1][1].explain(-1, "1.1")) == str(whole.explain(-1, "1.1"))


def test_frames_and_their_slices(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(batch(0, 2500, rating=["khá", None, "tốt", "trung bình", "khá"] * 500))
    whole = ntm.evaluate(frame, law, unit="code", **ON)
    text = io.StringIO()
    frame.to_csv(text, index=False)
    text.seek(0)
    for source in (frame, [frame], pandas.read_csv(text, chunksize=700)):
        parts = list(ntm.evaluate_batches(source, law, unit="code", batch_rows=400, **ON))
        assert len(parts) >= 7
        for id in ("1.1", "3.3"):
            assert np.array_equal(np.concatenate([part.indicator(id) for part in parts]), whole.indicator(id))


def test_columns_with_masks_are_cut_with_them(law: ntm.CriteriaSet) -> None:
    rows = np.arange(10)
    data = {
        "households": 100,
        "clean-water": ntm.Column(rows * 10, not_reported=rows == 3),
        "market": ntm.Column([True] * 10, not_applicable=rows > 7),
        "insured": memoryview(rows * 10.0),
    }
    whole = ntm.evaluate(data, law, **ON)
    parts = list(ntm.evaluate_batches(data, law, batch_rows=3, **ON))
    assert [len(part) for part in parts] == [3, 3, 3, 1]
    for id in ("1.1", "1.2", "3.2"):
        assert np.array_equal(np.concatenate([part.indicator(id) for part in parts]), whole.indicator(id))


def test_arrow_streams(law: ntm.CriteriaSet) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.table(batch(0, 5000))
    whole = ntm.evaluate(batch(0, 5000), law, unit="code", **ON)
    sources = [table, table.to_reader(max_chunksize=1700), table.to_batches(max_chunksize=1700), [table]]
    for source in sources:
        parts = list(ntm.evaluate_batches(source, law, unit="code", batch_rows=1000, **ON))
        assert len(parts) >= 5 and all(len(part) <= 1000 for part in parts)
        assert np.array_equal(np.concatenate([part.indicator("1.1") for part in parts]), whole.indicator("1.1"))
        assert [name for part in parts for name in part.units or ()] == whole.units


def test_polars_and_duckdb(law: ntm.CriteriaSet) -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    frame = polars.DataFrame(batch(0, 3000))
    whole = ntm.evaluate(batch(0, 3000), law, unit="code", **ON)
    relation = duckdb.sql("select code, households, \"clean-water\" from frame")
    for source in (frame, relation, frame.iter_slices(700)):
        parts = list(ntm.evaluate_batches(source, law, unit="code", batch_rows=512, **ON))
        assert np.array_equal(np.concatenate([part.indicator("1.1") for part in parts]), whole.indicator("1.1"))


def test_memory_is_that_of_a_batch(law: ntm.CriteriaSet) -> None:
    def rows(batches: int) -> Iterator[dict[str, Any]]:
        return ({"households": np.full(50_000, 2000), "clean-water": np.full(50_000, 1800)} for _ in range(batches))

    def peak(batches: int) -> int:
        tracemalloc.start()
        for _ in ntm.evaluate_batches(rows(batches), law, **ON):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(40) < 1.5 * peak(4)


def test_errors_name_the_row_of_the_stream(law: ntm.CriteriaSet) -> None:
    bad = batch(200, 100)
    bad["clean-water"][7] = 2001
    parts = ntm.evaluate_batches(iter([batch(0, 200), bad]), law, unit="code", **ON)
    next(parts)
    with pytest.raises(ntm.BadValueError, match="batch 1, which begins at row 200") as caught:
        next(parts)
    assert (caught.value.row, caught.value.unit, caught.value.problems[0].row) == (207, "U207", 207)
    assert parts.closed and parts.rows == 200 and parts.tally(criterion="1").not_met == 200
    with pytest.raises(ValueError, match=r"closed: call ntm.evaluate_batches\(\) again"):
        next(parts)
    other = {"code": ["X"], "households": [1], "clean-watr": [1]}
    parts = ntm.evaluate_batches([batch(0, 2), other], law, unit="code", **ON)
    with pytest.raises(ntm.NotFoundError, match=r"did you mean 'clean-water'\? \(batch 1"):
        list(parts)
    shorter = {"code": ["X"], "households": [1, 2]}
    with pytest.raises(ntm.ShapeError, match="batch 1"):
        list(ntm.evaluate_batches([batch(0, 2), shorter], law, unit="code", **ON))
    with pytest.raises(ntm.NotFoundError, match="no such column"):
        list(ntm.evaluate_batches([batch(0, 2), {"households": [1]}], law, unit="code", **ON))


def test_a_unit_comes_once(law: ntm.CriteriaSet) -> None:
    twice = [batch(0, 5), batch(3, 5)]
    with pytest.raises(ntm.ConflictError, match="'U3' is row 3 already, in an earlier batch") as caught:
        list(ntm.evaluate_batches(twice, law, unit="code", **ON))
    assert caught.value.row == 5
    assert len(list(ntm.evaluate_batches(twice, law, unit="code", units_once=False, **ON))) == 2
    with pytest.raises(ntm.ConflictError, match="row 0 already"):
        list(ntm.evaluate_batches([{"code": ["A", "A"]}], law, unit="code", units_once=False, **ON))


def test_wrong_calls(law: ntm.CriteriaSet) -> None:
    for source in (7, "path.csv", None):
        with pytest.raises(TypeError, match="iterable of tables"):
            ntm.evaluate_batches(source, law, **ON)
    with pytest.raises(TypeError, match="a mapping of columns"):
        list(ntm.evaluate_batches([7], law, **ON))
    with pytest.raises(TypeError, match="name of a column"):
        ntm.evaluate_batches([], law, unit=["A"], **ON)  # type: ignore[arg-type]
    for wrong in (0, -1):
        with pytest.raises(ntm.ArgumentError, match="batch_rows"):
            ntm.evaluate_batches([], law, batch_rows=wrong, **ON)
    with pytest.raises(ntm.NotInForceError):
        ntm.evaluate_batches([], law, on="2031-01-01", region="BTB")
    with pytest.raises(TypeError, match="progress is"):
        ntm.evaluate_batches([], law, progress=7, **ON)  # type: ignore[arg-type]
    parts = ntm.evaluate_batches([batch(0, 1)], law, unit="code", keep="status", **ON)
    with pytest.raises(ntm.ArgumentError, match="keep='criteria'"):
        parts.tally(criterion="1")
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(parts)
    parts = ntm.evaluate_batches([], law, **ON)
    assert list(parts) == [] and parts.tally() == (0, 0, 0) and "closed" in repr(parts)
    with pytest.raises(ntm.NotFoundError, match="no such indicator"):
        parts.tally(indicator="9.9")
    with pytest.raises(ntm.ArgumentError, match="name one"):
        parts.tally(indicator="1.1", criterion="1")


def test_close_and_with(law: ntm.CriteriaSet) -> None:
    ended: list[str] = []

    def source() -> Iterator[dict[str, Any]]:
        try:
            yield from stream(10, 10)
        finally:
            ended.append("released")

    with ntm.evaluate_batches(source(), law, unit="code", **ON) as parts:
        part = next(parts)
    assert ended == ["released"] and parts.closed and parts.rows == 10
    assert part.tally(indicator="1.1").not_met == 10
    for call in (lambda: next(parts), lambda: parts.__enter__()):
        with pytest.raises(ValueError, match="closed: call"):
            call()
    parts.close()
    with pytest.raises(ZeroDivisionError):
        with ntm.evaluate_batches(source(), law, unit="code", **ON) as parts:
            next(parts)
            1 / 0
    assert ended == ["released"] * 2


class Bar:
    """Of the shape of tqdm."""

    made: list[Bar] = []

    def __init__(self, **options: Any) -> None:
        self.options, self.said = options, []
        Bar.made.append(self)

    def update(self, rows: int) -> None:
        self.said.append(rows)

    def close(self) -> None:
        self.said.append("closed")


def test_progress(law: ntm.CriteriaSet, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[tuple[int, int | None]] = []
    list(ntm.evaluate_batches(batch(0, 25), law, unit="code", batch_rows=10, **ON,
                              progress=lambda done, total: told.append((done, total))))
    assert told == [(10, 25), (20, 25), (25, 25)]
    told.clear()
    list(ntm.evaluate_batches(stream(2, 10), law, unit="code", progress=lambda *one: told.append(one), **ON))
    assert told == [(10, None), (20, None)]
    for factory in (Bar, functools.partial(Bar, colour="green")):
        Bar.made.clear()
        list(ntm.evaluate_batches(stream(2, 10), law, unit="code", progress=factory, total=20, **ON))
        assert [bar.said for bar in Bar.made] == [[10, 10, "closed"]]
        assert Bar.made[0].options["total"] == 20 and Bar.made[0].options["unit_scale"] is True
    list(ntm.evaluate_batches(stream(2, 10), law, unit="code", progress=True, **ON))
    assert capfd.readouterr() == ("", "")  # no terminal

    def broken(done: int, total: int | None) -> None:
        raise RuntimeError("of the caller")

    parts = ntm.evaluate_batches(stream(2, 10), law, unit="code", progress=broken, **ON)
    with pytest.raises(RuntimeError, match="of the caller"):
        next(parts)
    assert parts.closed and parts.rows == 0


def test_our_own_line() -> None:
    to = io.StringIO()
    line = _Line(to, 200_000)
    line.update(100_000)
    line.update(50_000)  # within a tenth of a second: not shown
    line.close()
    line.close()
    shown = to.getvalue().split("\r")
    assert shown[1].startswith("100,000 rows of 200,000 (50 %)")
    assert shown[-1].startswith("150,000 rows of 200,000 (75 %)") and to.getvalue().count("\n") == 1
    to = io.StringIO()
    _Line(to, None).close()
    assert to.getvalue() == ""


def _on_a_terminal(code: str) -> str:
    """What a program writes to a standard error that is a terminal."""
    pty = pytest.importorskip("pty")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    done = subprocess.run([sys.executable, "-c", code], stderr=theirs, timeout=60, check=True)
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert done.returncode == 0
    return shown.decode()


def test_the_bar_on_a_terminal() -> None:
    code = textwrap.dedent("""\
        import sys
        {hide}
        import ntm
        law = ntm.catalogue()["commune-ntm-2016-2020"]
        parts = ntm.evaluate_batches([{{"population": [2000]}}] * 3, law, on="2020-02-25", region="BTB", progress=True)
        assert len(list(parts)) == 3
        """)
    assert "3 rows" in _on_a_terminal(code.format(hide="sys.modules['tqdm'] = None"))
    pytest.importorskip("tqdm")
    assert "3.00 rows" in _on_a_terminal(code.format(hide=""))


INTERRUPTED = """\
import signal, sys
import numpy as np
import ntm

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
released = []

def source():
    try:
        while True:
            yield {"population": np.full(20_000, 2000), "insured-people": np.full(20_000, 1699)}
    finally:
        released.append(True)

class Bar:
    def __init__(self, **options): self.closed = 0; Bar.last = self
    def update(self, rows): pass
    def close(self): self.closed += 1

law = ntm.catalogue()["commune-ntm-2016-2020"]
parts = ntm.evaluate_batches(source(), law, on="2020-02-25", region="BTB", progress=Bar, kernels="%s")
kept = []
try:
    %s
except KeyboardInterrupt:
    %s
    assert parts.closed and released == [True] and Bar.last.closed == 1
    assert parts.rows >= sum(len(part) for part in kept) >= 20_000 * (len(kept) - 1)
    assert parts.tally(indicator="15.1").not_met == parts.rows
    assert all(part.tally(indicator="15.1").not_met == 20_000 for part in kept)
    assert "84,95%%" in str(kept[-1].explain(0, "15.1"))
    print("stopped after", len(kept))
"""

LOOP = """for part in parts:
        kept = (kept + [part])[-3:]
        if parts.batches == 2: print("running", flush=True)"""


@pytest.mark.parametrize("kernels", ["best", "reference"])
@pytest.mark.parametrize("within", [False, True], ids=["plain", "with"])
def test_a_real_ctrl_c(kernels: str, within: bool) -> None:
    loop = "with parts:\n      " + LOOP.replace("\n", "\n  ") if within else LOOP
    code = INTERRUPTED % (kernels, loop, "pass" if within else "parts.close()")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"running\n", run.stderr and run.stderr.read().decode()
        time.sleep(0.05)  # into a batch: at the loop's own jump CPython 3.13 leaves `with` and `try` without being caught
        run.send_signal(signal.SIGINT)
        try:
            out, error = run.communicate(timeout=60)
        finally:
            run.kill()  # or the end of `with` waits for ever
    assert run.returncode == 0, error.decode()
    assert out.startswith(b"stopped after") and error == b""


def test_ctrl_c_while_a_batch_is_made(law: ntm.CriteriaSet) -> None:
    def source() -> Iterator[dict[str, Any]]:
        yield batch(0, 10)
        raise KeyboardInterrupt

    Bar.made.clear()
    parts = ntm.evaluate_batches(source(), law, unit="code", progress=Bar, **ON)
    part = next(parts)
    with pytest.raises(KeyboardInterrupt):
        next(parts)
    assert parts.closed and Bar.made[0].said == [10, "closed"] and parts.rows == 10
    assert part.tally(indicator="1.1").not_met == 10


def test_the_page_of_the_docs() -> None:
    page = next((folder / "docs" / "batches.md" for folder in Path(__file__).parents
                 if (folder / "docs" / "batches.md").exists()), None)
    if page is None:
        pytest.skip("the tests were copied away from docs")
    blocks = [block.split("```", 1)[0] for block in page.read_text(encoding="utf-8").split("```python\n")[1:]]
    assert len(blocks) >= 3
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)


def test_a_batch_with_other_columns_is_an_error(law: ntm.CriteriaSet) -> None:
    """A column that one file of many lacks or misspells must not quietly become "not reported"."""
    short = {name: values for name, values in batch(2, 2).items() if name != "clean-water"}
    with pytest.raises(ntm.ShapeError, match=r"clean-water: a column of the first batch is missing.*batch 1, which begins at row 2"):
        list(ntm.evaluate_batches(iter([batch(0, 2), short]), law, unit="code", **ON))
    with pytest.raises(ntm.ShapeError, match="insured: a column that the first batch does not have"):
        list(ntm.evaluate_batches([batch(0, 2), batch(2, 2, insured=[1.0, 2.0])], law, unit="code", **ON))
    other = batch(2, 2, note=["a", "b"])
    parts = ntm.evaluate_batches([batch(0, 2), other, batch(4, 2, insured=[None, None])], law, unit="code", unknown="ignore", **ON)
    assert len(next(parts)) == len(next(parts)) == 2  # what the set does not read does not count
    with pytest.raises(ntm.ShapeError, match="insured"):
        next(parts)


def test_threads_that_share_batches_take_turns(law: ntm.CriteriaSet) -> None:
    parts = ntm.evaluate_batches(stream(200, 50), law, unit="code", **ON)
    got: list[str] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            got.extend(unit for part in parts for unit in part.units or ())
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failed and len(got) == len(set(got)) == parts.rows == 10_000


def test_tables_that_know_their_units_keep_them_when_cut(law: ntm.CriteriaSet) -> None:
    text = b"unit,households\nA,1\nB,2\nC,3\n"
    table = ntm.read_csv(text, law, unit="unit")
    parts = ntm.evaluate_batches(table, law, batch_rows=2, **ON)
    assert [part.units for part in parts] == [["A", "B"], ["C"]]
    with pytest.raises(ntm.ConflictError, match="'A' is row 0 already, in an earlier batch"):
        list(ntm.evaluate_batches([table, table], law, **ON))
