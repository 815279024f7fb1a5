# SPDX-License-Identifier: Apache-2.0
"""Data of polars, pyarrow, DuckDB and pandas: the same answer by every road, and nothing copied that need not be."""

from __future__ import annotations

import datetime
import threading
from decimal import Decimal
from typing import Any, Callable, Iterator

import pytest

import ntm
from ntm import arrow_in, columns, core, tables

np = pytest.importorskip("numpy")
arrow = pytest.importorskip("pyarrow")
polars = pytest.importorskip("polars")

OPEN, MET, NOT_MET = 0, 1, 2
DATA = {
    "code": ["18103", "18106", "18109"],
    "insured": [89.95, None, 10.0],
    "households": [10, None, 10],
    "clean-water": [9, 9, 8],
    "plan": [True, None, False],
    "rating": ["khá", None, "trung bình"],
    "income": [36.0, None, 35.9],
    "region": ["BTB", "BTB", "BTB"],
}
INDICATORS = ("1.1", "1.2", "2.1", "3.1", "3.3")


def duckdb_relation() -> Any:
    duckdb = pytest.importorskip("duckdb")
    table = arrow.table(DATA)
    return duckdb.connect().from_arrow(table)


def pandas_frame(**kwargs: Any) -> Any:
    pandas = pytest.importorskip("pandas")
    if not hasattr(pandas, "ArrowDtype"):
        pytest.skip("this pandas keeps nothing by Arrow")
    return arrow.table(DATA).to_pandas(**kwargs, types_mapper=pandas.ArrowDtype)


def in_two(table: Any) -> Any:
    """The same table in two batches whose dictionaries differ."""
    parts = [table.slice(0, 1), table.slice(1)]
    words = ["rating", "region"]
    coded = [
        part.set_column(part.column_names.index(name), name, part[name].combine_chunks().dictionary_encode())
        for part in parts
        for name in words[:1]
    ]
    return arrow.concat_tables(coded)


ROADS: dict[str, Callable[[], Any]] = {
    "lists": lambda: DATA,
    "table": lambda: arrow.table(DATA),
    "batch": lambda: arrow.table(DATA).to_batches()[0],
    "sliced": lambda: arrow.concat_tables([arrow.table(DATA), arrow.table(DATA)]).combine_chunks().slice(3),
    "two batches": lambda: in_two(arrow.table(DATA)),
    "reader": lambda: arrow.table(DATA).to_reader(max_chunksize=1),
    "polars": lambda: polars.DataFrame(DATA),
    "polars in chunks": lambda: polars.concat([polars.DataFrame(DATA)[:1], polars.DataFrame(DATA)[1:]], rechunk=False),
    "polars words": lambda: polars.DataFrame(DATA).with_columns(
        polars.col("rating").cast(polars.Categorical), polars.col("region").cast(polars.Enum(["DBSH", "BTB"]))
    ),
    "polars decimals": lambda: polars.DataFrame(DATA).with_columns(
        polars.col("insured").cast(polars.Decimal(9, 2)), polars.col("households").cast(polars.UInt64)
    ),
    "large text": lambda: arrow.table({**DATA, "rating": arrow.array(DATA["rating"], arrow.large_string())}),
    "views": lambda: arrow.table({**DATA, "rating": arrow.array(DATA["rating"], arrow.string_view())}),
    "series": lambda: {name: polars.Series(values) for name, values in DATA.items()},
    "arrays": lambda: {name: arrow.array(values) for name, values in DATA.items()},
    "chunked arrays": lambda: {name: arrow.chunked_array([v[:2], v[2:]]) for name, v in DATA.items()},
    "duckdb": duckdb_relation,
    "duckdb reader": lambda: duckdb_relation().to_arrow_reader(),
    "pandas by arrow": pandas_frame,
}


@pytest.mark.parametrize("road", ROADS)
def test_every_road_gives_the_same(law: ntm.CriteriaSet, road: str) -> None:
    result = ntm.evaluate(ROADS[road](), law, on="2020-02-25", unit="code")
    for indicator in INDICATORS:
        assert result.indicator(indicator).tolist() == [MET, OPEN, NOT_MET], indicator
    assert [result.row(code) for code in DATA["code"]] == [0, 1, 2]


# ---------------------------------------------------------------------------------------- nothing copied


def places(data: Any, law: ntm.CriteriaSet, names: list[str]) -> list[int]:
    """Where the columns lie in the table that is evaluated."""
    table, _ = tables.read_table(data, [law], names, None, "not reported", "ignore")
    at = core.table_names(table)
    return [core.table_layout(table, at.index(name))[0] for name in names]


NUMBERS = ["insured", "households", "income", "clean-water"]


def test_pyarrow_is_not_copied(law: ntm.CriteriaSet) -> None:
    table = arrow.table({**DATA, "clean-water": arrow.array(DATA["clean-water"], arrow.int16())})
    assert places(table, law, NUMBERS) == [table[name].chunk(0).buffers()[1].address for name in NUMBERS]
    sliced = table.slice(1)
    widths = [8, 8, 8, 2]
    assert places(sliced, law, NUMBERS) == [
        table[name].chunk(0).buffers()[1].address + width for name, width in zip(NUMBERS, widths)
    ]
    batch = table.to_batches()[0]
    assert places(batch, law, NUMBERS) == [batch[name].buffers()[1].address for name in NUMBERS]
    assert places(batch, law, ["plan"]) == [batch["plan"].buffers()[1].address]
    assert places(batch, law, ["rating"]) == [batch["rating"].buffers()[1].address]
    decimals = arrow.table({"insured": arrow.array([Decimal("89.95"), None])})
    assert places(decimals, law, ["insured"]) == [decimals["insured"].chunk(0).buffers()[1].address]


@pytest.mark.parametrize("nulls", [False, True])
def test_polars_is_not_copied(law: ntm.CriteriaSet, nulls: bool) -> None:
    data = DATA if nulls else {name: [values[0]] * 3 for name, values in DATA.items()}
    frame = polars.DataFrame(data)
    assert bool(frame["insured"].null_count()) == nulls
    wanted = [*NUMBERS, "plan"]
    assert places(frame, law, wanted) == [frame[name].to_arrow().buffers()[1].address for name in wanted]
    if not nulls:  # polars itself gives these to NumPy where they lie
        there = [frame[name].to_numpy().__array_interface__["data"][0] for name in NUMBERS]
        assert places(frame, law, NUMBERS) == there


def test_by_arrow_in_pandas_is_not_copied(law: ntm.CriteriaSet) -> None:
    frame = pandas_frame()
    kept = frame["insured"].array.__arrow_array__()
    kept = kept.chunk(0) if hasattr(kept, "chunk") else kept
    assert places(frame, law, ["insured"]) == [kept.buffers()[1].address]


def test_parts_of_a_large_batch_are_not_copied() -> None:
    table = arrow.table({"households": np.arange(1000), "name": ["x"] * 1000})
    start = table["households"].chunk(0).buffers()[1].address
    rows = 0
    kept = []
    for part in arrow_in.arrow_parts(table, 300, ["households"]):
        column = columns.prepare("households", part["households"], part.rows)
        assert column.data.__array_interface__["data"][0] == start + rows * 8
        assert column.data.tolist() == list(range(rows, min(rows + 300, 1000)))
        rows += part.rows
        kept.append(part)
    assert (rows, [part.rows for part in kept]) == (1000, [300, 300, 300, 100])
    del table  # the parts keep the batch
    assert columns.prepare("households", kept[0]["households"], 300).data[299] == 299
    with pytest.raises(ntm.ShapeError, match="has not been read"):
        columns.prepare("name", kept[0]["name"], 300)


def test_memory_is_freed_with_the_last_user(law: ntm.CriteriaSet) -> None:
    before = arrow.total_allocated_bytes()
    table = arrow.table({"insured": np.linspace(0, 100, 100_000)})
    grown = arrow.compute.add(table["insured"], 0.0)  # memory of pyarrow's own
    result = ntm.evaluate(arrow.table({"insured": grown}), law, on="2020-02-25", region="BTB")
    del grown, table
    assert arrow.total_allocated_bytes() > before
    thread = threading.Thread(target=result.close)  # the batch may go in another thread
    thread.start()
    thread.join()
    assert arrow.total_allocated_bytes() == before


# ---------------------------------------------------------------------------------------- what is refused, in which words


def refusals(law: ntm.CriteriaSet, name: str, made: dict[str, Any], kind: type[Exception], **how: Any) -> list[str]:
    """What every road says of a column."""
    said = []
    for road, values in made.items():
        data = arrow.table({name: values}) if isinstance(values, arrow.Array) else {name: values}
        data = values.to_frame(name) if isinstance(values, polars.Series) else data
        with pytest.raises(kind) as caught:
            ntm.evaluate(data, law, on="2020-02-25", **{"region": "BTB", **how})
        assert isinstance(caught.value, ntm.NtmError) and caught.value.subject == name, road
        said.append(str(caught.value))
    return said


def test_float32_is_refused_in_the_same_words(law: ntm.CriteriaSet) -> None:
    values = np.array([89.95, 1.0], np.float32)
    made = {"numpy": values, "arrow": arrow.array(values), "polars": polars.Series(values)}
    assert len(set(refusals(law, "insured", made, ntm.ShapeError))) == 1


def test_nan_is_what_the_caller_says(law: ntm.CriteriaSet) -> None:
    values = np.array([90.0, np.nan, 1.0])
    made = {"numpy": values, "arrow": arrow.array(values), "polars": polars.Series(values)}
    said = refusals(law, "insured", made, ntm.BadValueError)
    assert len(set(said)) == 1 and "row 1" in said[0]
    for one in (values, arrow.array(values), polars.Series(values)):
        result = ntm.evaluate({"insured": one}, law, on="2020-02-25", region="BTB", nan="not reported")
        assert result.indicator("1.2").tolist() == [MET, OPEN, NOT_MET]


def test_numbers_beyond_int64(law: ntm.CriteriaSet) -> None:
    values = np.array([1, 2**63], np.uint64)
    made = {"numpy": values, "arrow": arrow.array(values), "polars": polars.Series(values)}
    said = refusals(law, "households", made, ntm.ExactOverflowError)
    assert len(set(said)) == 1 and "row 1" in said[0]


def test_days_and_points_of_time(law: ntm.CriteriaSet) -> None:
    day = datetime.date(2020, 2, 25)
    midnight = datetime.datetime(2020, 2, 25)
    noon = datetime.datetime(2020, 2, 25, 12)
    for kind in (arrow.date32(), arrow.date64(), arrow.timestamp("s"), arrow.timestamp("us"), arrow.timestamp("ns")):
        values = arrow.array([day, None] if "date" in str(kind) else [midnight, None], kind)
        made = columns.prepare("recorded_on", values, 2)
        assert made.is_dates and made.data.tolist()[0] == 18317
        assert columns.reported(made).tolist() == [True, False]
        with pytest.raises(ntm.ShapeError, match="dates, expected numbers"):
            ntm.evaluate({"households": values}, law, on="2020-02-25", region="BTB")
    for odd in (arrow.array([midnight, noon]), polars.Series([midnight, noon])):
        with pytest.raises(ntm.ShapeError, match="not a whole day") as caught:
            columns.prepare("recorded_on", odd, 2)
        assert caught.value.row == 1
    for zoned in (arrow.array([noon], arrow.timestamp("us", "Asia/Ho_Chi_Minh")), polars.Series([noon]).dt.replace_time_zone("UTC")):
        with pytest.raises(ntm.ShapeError, match="time zone"):
            columns.prepare("recorded_on", zoned, 1)


@pytest.mark.parametrize("values", [[[1], None], [b"x", None], [{"a": 1}, None], [datetime.time(1), None]])
def test_types_that_are_no_column(law: ntm.CriteriaSet, values: list[Any]) -> None:
    odd = arrow.array(values)
    table = arrow.table({"insured": [90.0, None], "geometry": odd})
    result = ntm.evaluate(table, law, on="2020-02-25", region="BTB", unknown="ignore")  # nobody looks at it
    assert result.indicator("1.2").tolist() == [MET, OPEN]
    with pytest.raises(ntm.NotFoundError, match="unknown='ignore'"):
        ntm.evaluate(table, law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="no column can be made of") as caught:
        ntm.evaluate(arrow.table({"insured": odd}), law, on="2020-02-25", region="BTB")
    assert caught.value.subject == "insured"
    with pytest.raises(ntm.ShapeError):
        ntm.evaluate({"insured": odd}, law, on="2020-02-25", region="BTB")


def test_nulls_alone_are_of_the_sort_that_is_needed(law: ntm.CriteriaSet) -> None:
    table = arrow.table({name: arrow.nulls(2) for name in ("insured", "households", "plan", "rating", "region")})
    result = ntm.evaluate(table, law, on="2020-02-25")
    for indicator in INDICATORS:
        assert result.indicator(indicator).tolist() == [OPEN, OPEN]


def test_text_for_numbers(law: ntm.CriteriaSet) -> None:
    made = {"arrow": arrow.array(["90", "91"]), "polars": polars.Series(["90", "91"]), "lists": ["90", "91"]}
    assert len(set(refusals(law, "insured", made, ntm.ShapeError))) == 1
    words = {"arrow": arrow.array(["tuyệt vời", "khá"]), "polars": polars.Series(["tuyệt vời", "khá"])}
    assert len(set(refusals(law, "rating", words, ntm.BadValueError))) == 1


def test_names(law: ntm.CriteriaSet) -> None:
    table = arrow.table({"insurred": [90.0], "code": ["18103"]})
    with pytest.raises(ntm.NotFoundError, match="did you mean 'insured'"):
        ntm.evaluate(table, law, on="2020-02-25", unit="code", region="BTB")
    with pytest.raises(ntm.NotFoundError, match="did you mean 'code'"):
        ntm.evaluate(table, law, on="2020-02-25", unit="coed", region="BTB")
    twice = arrow.table([arrow.array([1.0]), arrow.array([2.0])], names=["insured", "insured"])
    with pytest.raises(ntm.ConflictError, match="2 columns have this name"):
        ntm.evaluate(twice, law, on="2020-02-25", region="BTB")


def test_units(law: ntm.CriteriaSet) -> None:
    table = arrow.table({"insured": [90.0, 200.0], "code": ["18103", "18106"]})
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.evaluate(table, law, on="2020-02-25", unit="code", region="BTB")
    assert (caught.value.row, caught.value.unit) == (1, "18106")
    numbers = arrow.table({"insured": [90.0, 1.0], "code": [18103, 18106]})
    assert ntm.evaluate(numbers, law, on="2020-02-25", unit="code", region="BTB").row("18106") == 1
    for wrong, kind in ((["a", "a"], ntm.ConflictError), (["a", None], ntm.BadValueError), ([1.5, 2.5], ntm.ShapeError),
                        ([datetime.date(2020, 1, 1)] * 2, ntm.ShapeError)):
        with pytest.raises(kind):
            ntm.evaluate(arrow.table({"insured": [1.0, 2.0], "code": wrong}), law, on="2020-02-25", unit="code", region="BTB")
    for units in (arrow.array(["x", "y"]), polars.Series(["x", "y"])):
        result = ntm.evaluate(table.drop_columns(["code"]).slice(0, 1), law, on="2020-02-25", unit=units[:1], region="BTB")
        assert result.row("x") == 0


# ---------------------------------------------------------------------------------------- readers


def test_a_reader_is_consumed(law: ntm.CriteriaSet) -> None:
    for spend in (lambda reader: ntm.evaluate(reader, law, on="2020-02-25", unit="code"), lambda reader: reader.read_all()):
        reader = arrow.table(DATA).to_reader()
        spend(reader)
        with pytest.raises(ntm.ArgumentError, match="was read already"):
            ntm.evaluate(reader, law, on="2020-02-25", unit="code")
        with pytest.raises(ntm.ArgumentError, match="was read already"):
            list(arrow_in.arrow_parts(reader, 0))
    empty = arrow.table(DATA).slice(0, 0)
    assert len(ntm.evaluate(empty, law, on="2020-02-25", unit="code")) == 0


def test_a_reader_that_fails(law: ntm.CriteriaSet) -> None:
    table = arrow.table(DATA)

    def batches() -> Iterator[Any]:
        yield table.to_batches()[0]
        raise ValueError("the disk is\nfull")

    with pytest.raises(ntm.FileError, match="the disk is full"):
        ntm.evaluate(arrow.RecordBatchReader.from_batches(table.schema, batches()), law, on="2020-02-25", unit="code")
    seen = []
    with pytest.raises(ntm.FileError, match="the disk is full"):
        for part in arrow_in.arrow_parts(arrow.RecordBatchReader.from_batches(table.schema, batches()), 2):
            seen.append(part.rows)
    assert seen == [2, 1]


def test_what_has_no_columns(law: ntm.CriteriaSet) -> None:
    for bad in (arrow.array([1.0]), polars.Series([1.0]), arrow.chunked_array([[1.0]])):
        with pytest.raises(TypeError, match="a table with names"):
            ntm.evaluate(bad, law, on="2020-02-25", region="BTB")
    with pytest.raises(TypeError, match="collect"):
        ntm.evaluate(polars.DataFrame(DATA).lazy(), law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="expected one column"):
        ntm.evaluate({"insured": arrow.table(DATA)}, law, on="2020-02-25", region="BTB")


def test_a_stream_is_read_by_one_thread_at_a_time() -> None:
    table = arrow.table(DATA)
    inside, go = threading.Event(), threading.Event()

    def batches() -> Iterator[Any]:
        inside.set()
        assert go.wait(20)
        yield from table.to_batches()

    stream, _, _ = arrow_in.open_stream(arrow.RecordBatchReader.from_batches(table.schema, batches()))
    thread = threading.Thread(target=core.stream_read, args=(stream, None, None))
    thread.start()  # waits in the producer, without the interpreter's lock
    assert inside.wait(20)
    with pytest.raises(ntm.ConflictError, match="another thread"):
        core.stream_next(stream, 0, None, None)
    go.set()
    thread.join()


# ---------------------------------------------------------------------------------------- the other functions


def test_columns_with_more_to_say(law: ntm.CriteriaSet) -> None:
    data = {
        "insured": ntm.Column(arrow.array([8995, None, 8995]), scale=2, not_reported=np.array([False, False, True])),
        "market": ntm.Column(polars.Series([True, False, None]), not_applicable=np.array([False, True, False])),
    }
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    assert result.indicator("1.2").tolist() == [MET, OPEN, OPEN]
    assert result.indicator("3.2").tolist() == [MET, MET, OPEN]
    with pytest.raises(ntm.ShapeError, match="scale"):
        ntm.evaluate({"insured": ntm.Column(arrow.array([1.5]), scale=2)}, law, on="2020-02-25", region="BTB")


def test_ledgers_and_observations() -> None:
    entries = {"unit": ["A", "B"], "stage": ["plan", "plan"], "date": [datetime.date(2020, 1, 31)] * 2, "amount": [5, None]}
    expected = ntm.Ledger(entries).cube("stage")["plan"]
    for data in (arrow.table(entries), polars.DataFrame(entries), arrow.table(entries).to_reader()):
        ledger = ntm.Ledger(data)
        assert ledger.cube("stage")["plan"] == expected
        assert ledger.borrows("amount")  # no copy was made
    small = {**entries, "amount": arrow.array([5, None], arrow.uint32())}
    assert not ntm.Ledger(arrow.table(small)).borrows("amount")
    assert not ntm.Ledger(arrow.concat_tables([arrow.table(entries)] * 2)).borrows("amount")
    wrong = {**entries, "date": ["2020-01-31", "2020-13-31"]}
    for data in (wrong, arrow.table(wrong), polars.DataFrame(wrong)):
        with pytest.raises(ntm.NtmError) as caught:
            ntm.Ledger(data)
        assert (caught.value.row, caught.value.unit) == (1, "B")
    notes = {"unit": ["A", "B"], "fact": ["households"] * 2, "period": ["2019"] * 2, "value": ["10", "x"],
             "recorded_on": ["2020-01-10"] * 2}
    assert len(ntm.Observations(polars.DataFrame({**notes, "value": [10, 12]}))) == 2
    late = {**notes, "recorded_on": ["2020-01-10", "2020-13-10"]}
    for data in (late, polars.DataFrame(late), arrow.table(late)):
        with pytest.raises(ntm.NtmError) as caught:
            ntm.Observations(data)
        assert (caught.value.row, caught.value.unit) == (1, "B")


def test_rollups(law: ntm.CriteriaSet) -> None:
    facts = {"households": [10, None, 5], "clean-water": [9, 1, 5]}
    parts = {"source": [0, 1, 2], "target": [0, 0, 1]}
    expected = None
    for data, of in ((facts, parts), (arrow.table(facts), arrow.table(parts)), (polars.DataFrame(facts), polars.DataFrame(parts))):
        rolled = ntm.Rollup(of).apply(data, law)
        ranges = [rolled.range(name, row) for name in facts for row in range(2)]
        assert expected is None or ranges == expected
        expected = ranges


def test_persons(law: ntm.CriteriaSet) -> None:
    persons = {"id": ["a", "b"], "benefits": [100, 300], "group": ["x", "y"], "note": [[1], [2]]}
    for data in (polars.DataFrame(persons), arrow.table(persons).to_reader(), {k: v for k, v in persons.items() if k != "note"}):
        made = ntm.top_up(data, benefits="benefits", target=200, by="group", unit="id")
        assert (made["x"].paid, made["y"].paid) == ((1, 1), (0, 0))


def test_duckdb_while_the_lock_is_needed(law: ntm.CriteriaSet) -> None:
    duckdb = pytest.importorskip("duckdb")
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"insured": np.linspace(0, 100, 200_000), "note": ["x"] * 200_000})
    relation = duckdb.connect().from_df(frame).project("insured, note")  # its threads read objects of Python
    result = ntm.evaluate(relation, law, on="2020-02-25", region="BTB", unknown="ignore")
    assert result.indicator("1.2").tolist() == [MET if one >= 89.95 else NOT_MET for one in frame["insured"]]
