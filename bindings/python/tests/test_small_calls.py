# SPDX-License-Identifier: Apache-2.0
"""What makes small calls cheap changes nothing of what they give: plain columns, names of columns, columns asked for once."""

import enum
import threading
from collections import UserDict
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

import ntm
from ntm.columns import Prepared, prepare, reported
from ntm.known_columns import known_columns, together
from ntm.parts import Dimension

DAY = "2020-02-25"


@pytest.fixture(scope="module")
def law():
    return ntm.catalogue()["commune-ntm-2016-2020"]


class Size(enum.IntEnum):
    SMALL = 3


def values_of(column: Prepared) -> list:
    there = reported(column).tolist()
    return [value if known else None for value, known in zip(column.data.tolist(), there)]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None, 3], "i"),
        ((1, 2, 3), "i"),
        ([1.5, None, 2.0], "f"),
        ([True, None, False], "b"),
        ([1, 2.5, None], "f"),
        ([Size.SMALL, None, 2], "i"),
        ([np.int64(3), None, 2], "i"),
        ([None, None], "b"),
        ([], "b"),
    ],
)
def test_lists_of_one_type_and_of_several_keep_their_values(values, kind):
    column = prepare("x", values, len(values))
    assert column.data.dtype.kind == kind
    assert values_of(column) == list(values)
    assert column.categories is None and not column.is_dates


def test_a_list_without_none_has_no_mask_and_nan_is_no_none():
    assert prepare("x", [1, 2], 2).validity is None
    column = prepare("x", [1.0, float("nan"), None], 3)
    assert np.isnan(column.data[1])
    assert values_of(column) == [1.0, None, None]
    assert column.validity == bytes([0b011])  # NaN is for the caller to declare


def test_text_with_none_and_text_among_numbers():
    column = prepare("x", ["khá", None, "tốt", "khá"], 4)
    assert column.categories == ("khá", "tốt")
    assert column.data.tolist() == [0, -1, 1, 0]
    with pytest.raises(ntm.ShapeError, match="int among text"):
        prepare("x", ["khá", 3], 2)
    with pytest.raises(ntm.ShapeError, match="no column can be made of bool, int"):
        prepare("x", [True, 2], 2)
    with pytest.raises(ntm.ExactOverflowError, match="beyond int64") as caught:
        prepare("x", [1, None, 2**63], 3)
    assert caught.value.row == 2
    assert prepare("x", [Decimal("1.25"), 3, None], 3).scale == 2


@pytest.mark.parametrize("dtype", ["f8", "i8", "i4", "i2", "i1", "?"])
def test_plain_arrays_stay_where_they_are(dtype):
    array = np.ones(4, dtype)
    assert prepare("x", array, 4).data is array
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(array)
    assert np.shares_memory(prepare("x", series, 4).data, series.to_numpy())


def test_arrays_that_are_not_plain_take_the_long_way():
    swapped = np.array([1.5, 2.5], ">f8")
    assert prepare("x", swapped, 2).data.tolist() == [1.5, 2.5]
    crooked = np.frombuffer(b"\0" + np.array([1.5, 2.5]).tobytes(), np.uint8)[1:].view("f8")
    assert not crooked.flags.aligned
    assert prepare("x", crooked, 2).data.flags.aligned
    assert prepare("x", np.array([1, 2], "u8"), 2).data.dtype == np.int64
    assert prepare("x", np.array(7), 3).data.tolist() == [7, 7, 7]
    with pytest.raises(ntm.ShapeError, match="float32"):
        prepare("x", np.ones(2, "f4"), 2)
    with pytest.raises(ntm.ShapeError, match="one dimension"):
        prepare("x", np.ones((2, 2)), 2)
    if np.dtype(np.longdouble).itemsize != 8:
        with pytest.raises(ntm.ShapeError, match="refused"):
            prepare("x", np.ones(2, np.longdouble), 2)


def test_names_of_columns(law):
    known = law._columns
    assert known.fact_of("population").id == "population"
    assert known.fact_of("population:least").id == known.fact_of("population:most").id == "population"
    assert known.fact_of("region") is None and known.fact_of("holds:law-access-standard") is None
    assert "registered:least" not in known.bounds  # a flag has no bounds
    assert "region" in known.axes
    assert law._columns is known


def test_names_of_columns_by_parts_and_of_two_laws(law):
    other = ntm.catalogue()["commune-ntm-2021-2025"]
    two = together([law._columns, other._columns])
    assert set(two.facts) == {*law._columns.facts, *other._columns.facts}
    assert two.axes == law._columns.axes | other._columns.axes
    fact = next(one for one in law.facts if one.kind is ntm.FactKind.COUNT)
    parted = replace(fact, by="sex")
    known = known_columns([parted], [], [Dimension("sex", ("female", "male"))])
    assert list(known.facts) == [f"{fact.id}[female]", f"{fact.id}[male]"]
    assert known.fact_of(f"{fact.id}[female]:most") is parted
    assert known.fact_of(f"{fact.id}[other]") is parted and fact.id not in known.facts


class Counted(UserDict):
    """A mapping that counts how often each column is asked for."""

    def __init__(self, columns):
        super().__init__(columns)
        self.asked = {name: 0 for name in columns}

    def __getitem__(self, name):
        self.asked[name] += 1
        return super().__getitem__(name)


def test_columns_are_asked_for_a_fixed_number_of_times(law):
    data = Counted({"code": ["A"], "population": [2000], "insured-people": [1699], "note": ["x"]})
    ntm.evaluate(data, law, on=DAY, unit="code", region="BTB", unknown="ignore")
    assert max(data.asked.values()) <= 2


def test_a_data_frame_makes_each_column_once(law):
    pandas = pytest.importorskip("pandas")

    class Frame(pandas.DataFrame):
        asked: list = []

        def __getitem__(self, name):
            Frame.asked.append(name)
            return super().__getitem__(name)

    frame = Frame({"code": ["A", "B"], "population": [2000, 2000], "insured-people": [1699, 1900], "note": ["x", "y"]})
    made = ntm.evaluate(frame, law, on=DAY, unit="code", region="BTB", unknown="ignore")
    assert made.indicator("15.1").tolist() == [2, 1]
    assert sorted(Frame.asked) == ["code", "insured-people", "population"]


LISTS = {"population": [2000, 2000, None], "insured-people": [1699, 1700, 1900], "registered": [True, False, None]}


def expect_the_same(shape, law):
    made = ntm.evaluate(shape, law, on=DAY, region="BTB", nan="not reported")
    assert made.indicator("15.1").tolist() == [2, 1, 0]
    assert made.precondition("registered").tolist() == [1, 2, 0]


def test_all_shapes_of_one_table_give_the_same(law):
    expect_the_same(LISTS, law)
    expect_the_same({name: tuple(values) for name, values in LISTS.items()}, law)
    expect_the_same({name: np.array(values, object) for name, values in LISTS.items()}, law)
    mask = ntm.Column(np.array([2000, 2000, 0]), not_reported=np.array([False, False, True]))
    expect_the_same({**LISTS, "population": mask}, law)
    expect_the_same({**LISTS, "population": np.array([2000.0, 2000.0, np.nan])}, law)


def test_pandas_gives_the_same(law):
    expect_the_same(pytest.importorskip("pandas").DataFrame(LISTS), law)


def test_polars_and_pyarrow_give_the_same(law):
    expect_the_same(pytest.importorskip("polars").DataFrame(LISTS), law)
    expect_the_same(pytest.importorskip("pyarrow").table(LISTS), law)


def test_a_fresh_set_in_many_threads_at_once():
    law = ntm.CriteriaSet.read(ntm.catalogue()["commune-ntm-2016-2020"].to_yaml())
    start, found = threading.Barrier(4), []

    def work():
        start.wait()
        for _ in range(20):
            made = ntm.evaluate({"population": [2000], "insured-people": [1700]}, law, on=DAY, region="BTB")
            found.append(made.indicator("15.1").tolist())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[1]] * 80


def test_unknown_columns_are_still_told_with_the_nearest_names(law):
    with pytest.raises(ntm.NotFoundError, match="did you mean 'population'") as caught:
        ntm.evaluate({"popullation": [1], "registered:least": [True], "population": [1]}, law, on=DAY, region="BTB")
    assert [one.subject for one in caught.value.problems] == ["popullation", "registered:least"]
