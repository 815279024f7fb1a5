# SPDX-License-Identifier: Apache-2.0
"""The same six communes by every road: plain lists of Python numbers say what all others have to say."""

from __future__ import annotations

import array
import importlib
import itertools
from decimal import Decimal
from typing import Any, Callable

import pytest

import ntm

np = pytest.importorskip("numpy")

ROWS: dict[str, list[Any]] = {
    "code": ["a", "b", "c", "d", "e", "f"],
    "households": [2000, 2000, 2000, None, 10, 1000],
    "clean-water": [1799, 1800, 1801, 5, 9, None],
    "insured": [89.95, 89.94999999, 89.9500001, None, 100.0, 0.0],
    "income": [36, 35, 37, None, 36, 36],
    "plan": [True, False, None, True, False, True],
    "rating": ["tốt", "khá", "trung bình", None, "tốt", "khá"],
}
OPEN, MET, NOT_MET = 0, 1, 2
EXPECTED = {
    "1.1": [NOT_MET, MET, MET, OPEN, MET, OPEN],
    "1.2": [MET, NOT_MET, MET, OPEN, MET, NOT_MET],
    "2.1": [MET, NOT_MET, MET, OPEN, MET, MET],
    "3.1": [MET, NOT_MET, OPEN, MET, NOT_MET, MET],
    "3.3": [MET, MET, NOT_MET, OPEN, MET, MET],
}
SCALE = 8  # of the shares as whole numbers


def check(law: ntm.CriteriaSet, data: Any, **options: Any) -> None:
    result = ntm.evaluate(data, law, on="2020-02-25", unit="code", region="BTB", **options)
    assert list(result.units or ()) == ROWS["code"]
    assert {id: result.indicator(id).tolist() for id in EXPECTED} == EXPECTED


def decimals(values: list[Any]) -> list[Decimal | None]:
    return [None if one is None else Decimal(repr(one)).quantize(Decimal(1).scaleb(-SCALE)) for one in values]


def with_nan(values: list[Any]) -> Any:
    return np.array([np.nan if one is None else one for one in values], np.float64)


def masked(values: list[Any], dtype: Any) -> Any:
    return np.ma.array([0 if one is None else one for one in values], dtype, mask=[one is None for one in values])


def arrays() -> dict[str, Any]:
    """Arrays of NumPy; NaN where there is none."""
    made: dict[str, Any] = {name: with_nan(ROWS[name]) for name in ("households", "clean-water", "insured", "income")}
    return {**made, "code": np.array(ROWS["code"]), "plan": masked(ROWS["plan"], bool),
            "rating": np.array(ROWS["rating"], object)}


def spread(values: Any, step: int) -> Any:
    """The same values, `step` apart in memory, backwards if that is below 0."""
    room = np.ma.zeros(len(values) * abs(step), values.dtype) if np.ma.isMA(values) else np.zeros(
        len(values) * abs(step), values.dtype)
    view = room[::step]
    view[:] = values
    return view


def read_only(values: Any) -> Any:
    values.setflags(write=False)
    return values


def swapped(values: Any) -> Any:
    return values.astype(values.dtype.newbyteorder()) if values.dtype.kind == "f" else values


PLAIN: dict[str, Callable[[], Any]] = {
    "lists": lambda: ROWS,
    "tuples": lambda: {name: tuple(values) for name, values in ROWS.items()},
    "Decimal": lambda: {**ROWS, "insured": decimals(ROWS["insured"])},
    "Decimal with zeros": lambda: {**ROWS, "income": [None if one is None else Decimal(f"{one}." + 24 * "0") for one in ROWS["income"]]},
    "whole numbers and a scale": lambda: {
        **ROWS, "insured": ntm.Column([one if one is None else int(one * 10**SCALE) for one in decimals(ROWS["insured"])], SCALE)},
    "arrays": arrays,
    "objects": lambda: {name: np.array(values, object) for name, values in ROWS.items()},
    "every third": lambda: {name: spread(values, 3) for name, values in arrays().items()},
    "backwards": lambda: {name: spread(values, -1) for name, values in arrays().items()},
    "read-only": lambda: {name: read_only(values) for name, values in arrays().items()},
    "foreign bytes": lambda: {name: swapped(values) for name, values in arrays().items()},
    "array.array": lambda: {**ROWS, "insured": array.array("d", with_nan(ROWS["insured"]))},
    "memoryview": lambda: {**ROWS, "insured": memoryview(with_nan(ROWS["insured"]))[:]},
    **{f"masked {dtype}": lambda dtype=dtype: {**ROWS, "households": masked(ROWS["households"], dtype)}
       for dtype in ("i2", "i4", "i8", "u2", "u4", "u8", ">i4", "f8")},
}  # fmt: skip


@pytest.mark.parametrize("road", PLAIN)
def test_without_packages(law: ntm.CriteriaSet, road: str) -> None:
    check(law, PLAIN[road](), nan="not reported")


def _pandas() -> dict[str, Callable[[], Any]]:
    pd: Any = importlib.import_module("pandas")
    frame = lambda: pd.DataFrame(ROWS)  # noqa: E731
    nullable = {"households": "Int64", "clean-water": "UInt16", "insured": "Float64", "income": "Int8", "plan": "boolean"}
    return {
        "frame": frame,
        "objects": lambda: pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in ROWS.items()}),
        "nullable": lambda: frame().astype({**nullable, "code": "string", "rating": "category"}),
        "an index that is no row number": lambda: pd.DataFrame(ROWS, index=[9, 9, 3, 1, 0, 7]),
        "the end of a longer one": lambda: pd.concat([frame(), frame()], ignore_index=True).iloc[6:],
        "turned around twice": lambda: frame().iloc[::-1].copy().iloc[::-1],
        "a mapping of series": lambda: {name: pd.Series(values, index=[5, 4, 3, 2, 1, 0]) for name, values in ROWS.items()},
        "flags with NaN": lambda: pd.DataFrame({**ROWS, "plan": pd.Series([True, False, np.nan, True, False, True], dtype=object)}),
    }


@pytest.mark.parametrize("road", ["frame", "objects", "nullable", "an index that is no row number", "the end of a longer one",
                                  "turned around twice", "a mapping of series", "flags with NaN"])  # fmt: skip
def test_pandas(law: ntm.CriteriaSet, road: str) -> None:
    pytest.importorskip("pandas")
    check(law, _pandas()[road](), nan="not reported")


class OnlyStream:
    def __init__(self, data: Any) -> None:
        self.data = data

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.data.__arrow_c_stream__(requested_schema)


class OnlyArray:
    def __init__(self, data: Any) -> None:
        self.data = data

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self.data.__arrow_c_array__(requested_schema)


def test_pyarrow(law: ntm.CriteriaSet) -> None:
    pa: Any = pytest.importorskip("pyarrow")
    types = {"households": pa.int64(), "clean-water": pa.int32(), "insured": pa.float64(), "income": pa.int16()}
    table = pa.table({name: pa.array(values, types.get(name)) for name, values in ROWS.items()})

    def changed(name: str, values: Any) -> Any:
        return table.set_column(table.column_names.index(name), name, values)

    check(law, table)
    check(law, OnlyStream(table))
    check(law, OnlyArray(table.to_batches()[0]))
    check(law, {name: table[name] for name in table.column_names})
    check(law, changed("insured", pa.array(decimals(ROWS["insured"]), pa.decimal128(20, SCALE))))
    for kind in (pa.uint16(), pa.uint32(), pa.uint64(), pa.int16(), pa.float64()):
        check(law, changed("households", table["households"].cast(kind)))
    for kind in (pa.large_string(), pa.string_view(), *(pa.dictionary(one, pa.string()) for one in (pa.int8(), pa.uint32(), pa.int64()))):
        check(law, changed("rating", table["rating"].cast(kind)))
    for cuts in itertools.product((0, 1, 3), (3, 4), (5, 6)):  # in chunks of every sort, also empty ones
        ends = [0, *cuts, 6]
        chunks = pa.concat_tables([table.slice(a, b - a) for a, b in zip(ends, ends[1:])])
        check(law, chunks)
        check(law, chunks.to_reader())
    differing = [batch.set_column(6, "rating", batch["rating"].dictionary_encode()) for batch in table.to_batches(max_chunksize=2)]
    check(law, pa.Table.from_batches(differing))


def test_pyarrow_slices_at_every_bit(law: ntm.CriteriaSet) -> None:
    pa: Any = pytest.importorskip("pyarrow")
    table = pa.table(ROWS)
    for start in range(18):
        filled = pa.concat_tables([table.slice(0, start % 6), table.slice(0, 6), table] + [table] * 2).combine_chunks()
        check(law, filled.slice(start % 6, 6))
        check(law, filled.to_batches()[0].slice(start % 6, 6))


def test_polars(law: ntm.CriteriaSet) -> None:
    pl: Any = pytest.importorskip("polars")
    frame = pl.DataFrame(ROWS, strict=False)
    check(law, frame)
    check(law, pl.concat([frame[:2], frame[2:]], rechunk=False))
    check(law, pl.concat([frame] * 3)[6:12])
    check(law, {name: frame[name] for name in frame.columns})
    for kind in (pl.Categorical, pl.Enum(["tốt", "khá", "trung bình"])):
        check(law, frame.with_columns(pl.col("rating").cast(kind)))
    check(law, frame.with_columns(pl.Series("insured", decimals(ROWS["insured"]))))


def test_duckdb(law: ntm.CriteriaSet) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    rows = pytest.importorskip("pyarrow").table(ROWS)  # noqa: F841, read by the queries
    for words in ("", "replace (households::hugeint as households)", "replace (insured::varchar::decimal(38,8) as insured)",
                  "replace (rating::enum('tốt','khá','trung bình') as rating)"):  # fmt: skip
        relation = duckdb.connect().sql(f"select * {words} from rows")
        check(law, relation)
        check(law, relation)  # a query can run again


# ------------------------------------------------------------------------------------------- names of units


def _code_columns() -> dict[str, Any]:
    """Codes that are no text and no whole numbers, by every road."""
    days = np.arange("2020-01-01", "2020-01-07", dtype="M8[D]")
    made = {
        "floats": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "array": np.arange(6.0), "Decimal": [Decimal(one) for one in range(6)],
        "days": days, "bytes": [b"a", b"b", b"c", b"d", b"e", b"f"], "flags": [True, False, "c", "d", "e", "f"],
        "arrays": [np.array([one, 2]) for one in range(6)],
    }  # fmt: skip
    for name in ("pyarrow", "polars", "pandas"):
        try:
            package: Any = importlib.import_module(name)
        except ImportError:
            continue
        one = package.array if name == "pyarrow" else package.Series
        made[name] = one(np.arange(6.0))
        if name == "pyarrow":
            made["chunks"] = package.chunked_array([np.arange(6.0)])
            made["arrow days"] = package.array(days)
    return made


@pytest.mark.parametrize("road", ["floats", "array", "Decimal", "days", "bytes", "flags", "arrays", "pyarrow", "polars", "pandas",
                                  "chunks", "arrow days"])  # fmt: skip
def test_units_are_text_or_whole_numbers(law: ntm.CriteriaSet, road: str) -> None:
    codes = _code_columns().get(road)
    if codes is None:
        pytest.skip(f"{road} is not installed")
    facts = {name: values for name, values in ROWS.items() if name != "code"}
    how: dict[str, Any] = {"on": "2020-02-25", "region": "BTB"}
    for data, unit in (({**facts, "code": codes}, "code"), (facts, codes)):
        with pytest.raises(ntm.ShapeError, match="expected text"):
            ntm.evaluate(data, law, unit=unit, **how)
    result = ntm.evaluate(ROWS, law, unit="code", **how)
    with pytest.raises(ntm.ShapeError, match="expected text"):  # "18103.0" is no district
        result.rollup(codes)


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_units_that_are_no_text(law: ntm.CriteriaSet, name: str) -> None:
    with pytest.raises(ntm.BadValueError, match="no text") as caught:
        ntm.evaluate({**ROWS, "code": ["a", name, "c", "d", "e", "f"]}, law, on="2020-02-25", unit="code", region="BTB")
    assert caught.value.row == 1


def test_whole_numbers_are_units(law: ntm.CriteriaSet) -> None:
    for codes in ([18103, "b", np.int64(3), 4, 5, 6], [18103, "b", 3, 4, 5, 6]):
        result = ntm.evaluate({**ROWS, "code": codes}, law, on="2020-02-25", unit="code", region="BTB")
        assert list(result.units or ()) == ["18103", "b", "3", "4", "5", "6"]


def test_groups_by_every_road(law: ntm.CriteriaSet) -> None:
    groups = ["x", "x", None, "y", "y", "z"]
    roads: list[Any] = [groups, tuple(groups), np.array(groups, object), dict(zip(ROWS["code"], groups)), iter(groups)]
    for name in ("pandas", "pyarrow", "polars"):
        try:
            package: Any = importlib.import_module(name)
        except ImportError:
            continue
        roads.append((package.array if name == "pyarrow" else package.Series)(groups))
        if name == "pyarrow":
            roads.append(package.chunked_array([groups[:3], groups[3:]]))
        if name == "pandas":
            roads.append(package.Categorical(groups))
    result = ntm.evaluate(ROWS, law, on="2020-02-25", unit="code", region="BTB")
    for road in roads:
        assert [(one.group, one.units) for one in result.rollup(road)] == [("x", 2), ("y", 2), ("z", 1), (None, 1)]
    for wrong in ({"x", "y"}, 3, None, np.zeros((6, 2))):
        with pytest.raises(TypeError):
            result.rollup(wrong)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------- nothing reported


@pytest.mark.parametrize("fact", ["households", "insured", "plan", "rating"])
def test_columns_of_nothing(law: ntm.CriteriaSet, fact: str) -> None:
    """A column that nobody has filled in has whatever type its reader gives it, and is open."""
    roads: list[Any] = [[None] * 6, np.full(6, np.nan), np.array([None] * 6, object), np.full(6, np.datetime64("NaT"), "M8[D]"),
                        np.ma.masked_all(6, float), np.ma.masked_all(6, bool), np.ma.masked_all(6, np.int64)]  # fmt: skip
    for name, kinds in (("pandas", ("string", "Int64", "boolean", "category")), ("polars", ("String", "Float64", "Boolean")),
                        ("pyarrow", ("string", "float64", "bool_", "null", "date32"))):  # fmt: skip
        try:
            package: Any = importlib.import_module(name)
        except ImportError:
            continue
        for kind in kinds:
            if name == "pyarrow":
                roads.append(package.nulls(6, getattr(package, kind)()))
            else:
                roads.append(package.Series([None] * 6, dtype=kind if name == "pandas" else getattr(package, kind)))
    for road in roads:
        data = {name: values for name, values in ROWS.items() if name != "clean-water"}
        data[fact] = road
        result = ntm.evaluate(data, law, on="2020-02-25", unit="code", region="BTB", nan="not reported")
        of = {"insured": "1.2", "plan": "3.1", "rating": "3.3"}.get(fact, "1.1")
        assert result.indicator(of).tolist() == [OPEN] * 6, road
    if fact != "households":  # NaN is said to be nothing, or it is an error
        with pytest.raises(ntm.BadValueError, match="NaN"):
            ntm.evaluate({**ROWS, fact: np.full(6, np.nan)}, law, on="2020-02-25", unit="code", region="BTB")


# ------------------------------------------------------------------------------------------- what errors say


def test_errors_say_what_there_is(law: ntm.CriteriaSet) -> None:
    how: dict[str, Any] = {"on": "2020-02-25", "unit": "code"}
    shipped = ntm.catalogue()
    for call, words in (
        (lambda: ntm.evaluate(ROWS, law, **how, region="BTBB"), "did you mean 'BTB'"),
        (lambda: ntm.evaluate(ROWS, law, **how, region="Tây"), "there is 'BTB', 'DBSH'"),
        (lambda: ntm.evaluate(ROWS, law, **how, regio="BTB"), "did you mean 'region'"),
        (lambda: ntm.evaluate(ROWS, "commune-ntm-2016-202", **how), "did you mean 'commune-ntm-2016-2020'"),
        (lambda: shipped["commune-ntm-2016-202"], "did you mean 'commune-ntm-2016-2020'"),
        (lambda: shipped.find("ntmm", level="commune", on="2020-02-25"), "did you mean 'ntm'"),
        (lambda: shipped.find("ntm", level="comune", on="2020-02-25"), "did you mean 'commune'"),
        (lambda: shipped.find("ntm", level="commune", tier="x", on="2020-02-25"), "tier 'x': there is 'advanced', .*'standard'"),
    ):  # fmt: skip
        with pytest.raises(ntm.NotFoundError, match=words):
            call()
    with pytest.raises(ntm.ShapeError, match="boolean"):
        ntm.evaluate({**ROWS, "plan": [1.0, 0.0, 1.0, 0.0, 1.0, 0.5]}, law, **how, region="BTB")
    with pytest.raises(ntm.ShapeError, match="ndarray"):
        ntm.evaluate({**ROWS, "insured": [np.array([1, 2])] * 6}, law, **how, region="BTB")
    with pytest.raises(ntm.ExactOverflowError, match="18 after the mark") as caught:
        ntm.evaluate({**ROWS, "insured": [1, Decimal(1) / 3, 1, 1, 1, 1]}, law, **how, region="BTB")
    assert caught.value.row == 1


def test_a_name_among_a_million_is_told_soon(law: ntm.CriteriaSet) -> None:
    import time

    rows = 200_000
    result = ntm.evaluate({"insured": np.full(rows, 90.0)}, law, on="2020-02-25", region="BTB", unit=[f"u{at}" for at in range(rows)])
    result.row("u1")
    start = time.perf_counter()
    with pytest.raises(ntm.NotFoundError):
        result.row("u10000x")
    assert time.perf_counter() - start < 1
