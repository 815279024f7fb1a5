# SPDX-License-Identifier: Apache-2.0
"""Results as data frames and Arrow: pandas, polars and pyarrow agree value by value."""

from __future__ import annotations

import datetime
import inspect
import math
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm
from ntm import core, exports

np = pytest.importorskip("numpy")


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=["a", "b", "c", "d"])


def test_wide(result: ntm.Attainment) -> None:
    pandas = pytest.importorskip("pandas")
    frame = result.to_pandas()
    ids = [one.id for one in result.law.indicators]
    assert list(frame) == ["unit", "status", "criteria_met_least", "criteria_met_most", *ids]
    assert frame["unit"].tolist() == ["a", "b", "c", "d"]
    assert frame["status"].tolist() == ["đạt", "chưa đạt", "chưa có số liệu", "chưa đạt"]
    assert list(frame["status"].cat.categories) == ["chưa đạt", "chưa có số liệu", "đạt"] and frame["status"].cat.ordered
    assert frame["status"].min() == "chưa đạt"
    english = result.to_pandas(of="criteria", lang="en")
    assert list(english)[4:] == ["1", "2", "3"]
    assert english["1"].tolist() == ["met", "not met", "met", "not met"]
    numbers = result.to_pandas(labels=False)
    for one in ids:
        assert numbers[one].dtype == np.int8
        assert numbers[one].tolist() == result.indicator(one).tolist()
    assert numbers["criteria_met_least"].tolist() == result.criteria_met.least.tolist()
    assert numbers["criteria_met_least"].dtype == np.int64
    assert list(result.to_pandas(of="status")) == ["unit", "status", "criteria_met_least", "criteria_met_most"]
    assert isinstance(frame, pandas.DataFrame)


def test_row_numbers_where_no_unit_is_named(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    pytest.importorskip("pandas")
    frame = ntm.evaluate(table, law, on="2020-02-25").to_pandas()
    assert frame["unit"].tolist() == [0, 1, 2, 3]


def test_what_was_not_kept(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    pytest.importorskip("pandas")
    only = ntm.evaluate(table, law, on="2020-02-25", keep="status")
    assert list(only.to_pandas())[1:] == ["status", "criteria_met_least", "criteria_met_most"]
    with pytest.raises(ntm.ArgumentError, match="keep='criteria'"):
        only.to_pandas(of="criteria")
    with pytest.raises(ntm.ArgumentError, match="only the status"):
        only.verdicts()
    with pytest.raises(ntm.ArgumentError, match="of 'x'"):
        only.to_pandas(of="x")  # type: ignore[arg-type]
    assert "Tiêu chí" not in only._repr_html_().split("Gần")[0]


def test_long(result: ntm.Attainment) -> None:
    pytest.importorskip("pandas")
    rows = result.verdicts()
    frame = rows.to_pandas(lang="en")
    assert len(frame) == len(rows) == 4 * len(result.law.indicators)
    assert list(frame) == ["unit", "criterion", "indicator", "name", "verdict"]
    for unit, indicator, verdict in zip(frame["unit"], frame["indicator"], frame["verdict"]):
        number = result.indicator(indicator)[result.row(unit)]
        assert ["open", "met", "not met"][number] == verdict
    criteria = result.to_pandas(of="criteria", long=True, lang="vi")
    assert criteria["indicator"].isna().all()
    assert criteria["name"].tolist()[:3] == [one.name.vi for one in result.law.criteria]
    assert criteria["criterion"].tolist()[:4] == ["1", "2", "3", "1"]
    assert result.verdicts(labels=False).to_pandas()["verdict"].dtype == np.int8


def test_wide_in_all_forms(result: ntm.Attainment) -> None:
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    frame = result.to_pandas()
    assert result.to_polars().to_dicts() == frame.to_dict("records")
    batch = result.to_arrow()
    batch.validate(full=True)
    assert batch.to_pylist() == frame.to_dict("records")
    assert pyarrow.table(result).to_pylist() == batch.to_pylist()
    assert pyarrow.record_batch(result).num_rows == 4
    assert polars.DataFrame(result).shape == frame.shape
    duckdb = pytest.importorskip("duckdb")
    met = duckdb.sql("select unit from result where status = 'đạt'").fetchall()
    assert met == [("a",)]


def test_a_batch_outlives_its_result(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    result = ntm.evaluate(table, law, on="2020-02-25", unit=["a", "b", "c", "d"])
    batch, column = pyarrow.record_batch(result), pyarrow.table(result).column("unit")
    result.close()
    del result
    assert batch.column("status").to_pylist()[0] == "đạt" and column.to_pylist() == ["a", "b", "c", "d"]


ALL_KINDS = [
    exports.text_column("text", ["xã", None, ""]),
    exports.word_column("word", ["b", None, "a"], ["a", "b"]),
    exports.int_column("int", [1, None, -(2**62)]),
    exports.Out("array", "int", np.array([1, 2, 3]), np.array([True, False, True])),
    exports.Out("flag", "flag", [True, None, False]),
    exports.Out("date", "date", [datetime.date(2020, 2, 25), None, datetime.date(1969, 12, 31)]),
    exports.Out("decimal", "decimal", [Decimal("1.50"), None, Decimal(-(2**100))]),
    exports.Out("exact", "exact", [Fraction(1, 3), None, 2**70]),
    exports.verdict_column("verdict", [0, 1, 2], "en"),
]


def _plain(value: Any) -> Any:
    """A value as both sides can be compared by: NA, NaN and NaT as None."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and math.isnan(value)):
        return None
    if type(value).__name__ == "Timestamp":
        return value.date()
    return value


def assert_forms_agree(pandas_frame: Any, polars_frame: Any, table: Any) -> None:
    """The three forms have the same columns and values; ratios the nearest float and what makes it exact."""
    assert polars_frame.columns == table.schema.names
    named = list(pandas_frame)
    assert [name for name in table.schema.names if name in named] == named
    extra = [name for name in table.schema.names if name not in named]
    for name in named:
        ours = [_plain(one) for one in pandas_frame[name].tolist()]
        arrow = table.column(name).to_pylist()
        assert [_plain(one) for one in polars_frame[name].to_list()] == [_plain(one) for one in arrow], name
        if f"{name}_numerator" in extra:
            assert arrow == [None if one is None else float(one) for one in ours], name
            over, under = (table.column(f"{name}_{part}").to_pylist() for part in ("numerator", "denominator"))
            exact = [None if a is None else Fraction(a, b) for a, b in zip(over, under)]
            fits = [None if one is None or abs(Fraction(one).numerator) >= 2**63 else one for one in ours]
            assert exact == fits, name
        else:
            assert arrow == ours, name


def test_every_kind_of_column_in_all_forms() -> None:
    pytest.importorskip("pandas"), pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    frame = exports.Frame(ALL_KINDS)
    table = frame.to_arrow()
    table.validate(full=True)
    assert_forms_agree(frame.to_pandas(), frame.to_polars(), table)
    types = {name: str(kind) for name, kind in zip(table.schema.names, table.schema.types)}
    assert types["text"] == "string" and types["date"] == "date32[day]" and types["decimal"] == "decimal128(38, 2)"
    assert types["word"].startswith("dictionary<values=string")
    assert types["int"] == types["array"] == "int64" and types["flag"] == "bool" and types["exact"] == "double"
    floats = frame.to_pandas(exact=False)
    assert floats["exact"].dtype == floats["decimal"].dtype == np.float64


def test_no_rows_and_no_columns() -> None:
    pytest.importorskip("pandas")
    empty = exports.Frame([exports.Out(one.name, one.kind, one.values[:0], None, one.categories) for one in ALL_KINDS])
    assert empty.to_pandas().shape == (0, len(ALL_KINDS))
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("polars")
    assert empty.to_arrow().num_rows == 0
    assert isinstance(empty.to_arrow(), pyarrow.Table)
    assert empty.to_polars().shape[0] == 0


def test_columns_that_clash() -> None:
    with pytest.raises(ntm.ConflictError, match="2 columns have this name"):
        exports.Frame([exports.int_column("a", [1]), exports.int_column("a", [1])])


def test_decimals_beyond_arrow() -> None:
    column = exports.Out("much", "decimal", [Decimal(10**38), Decimal("0.1")])
    with pytest.raises(ntm.ExactOverflowError, match="to_pandas"):
        exports.Frame([column]).capsules()


@pytest.mark.parametrize("bad", [
    ("a", 99, 0, False, b"", None, None, None), ("a", 6, 19, False, b"12345678", None, None, None),
    ("a", 6, 0, False, b"1234567", None, None, None), ("a", 6, 0, False, b"12345678", None, b"", None),
    ("a", 5, 0, False, b"1234", None, None, ["list"]), ("a", 9, 0, False, bytes(8), "str", None, None),
    ("a\0b", 6, 0, False, b"12345678", None, None, None), ("a", 6), "no tuple", ("a", 6, 0, False, None, None, None, None),
])
def test_columns_that_the_core_refuses(bad: Any) -> None:
    for make in (core.batch_array, core.batch_stream):
        with pytest.raises((ValueError, TypeError)):
            make(1, (bad,))
    with pytest.raises(TypeError):
        core.batch_array(1, [bad])


def test_a_stream_may_be_left_unread(result: ntm.Attainment) -> None:
    for _ in range(3):
        result.__arrow_c_stream__()
        result.__arrow_c_array__()


def test_html(result: ntm.Attainment) -> None:
    html = result._repr_html_()
    assert "Bộ tiêu chí thử" in html and "2020-02-25" in html and "Gần đạt nhất" in html
    assert html.count('role="img"') == len(result.law.criteria)
    assert "<script" not in html and "http" not in html
    assert len(repr(result)) < 200 and "\n" not in repr(result)
    result.close()
    assert "đã đóng" in result._repr_html_()


def test_html_is_escaped_and_short() -> None:
    frame = exports.Frame([exports.text_column("<b>", ["<script>alert(1)</script>"] * 100)])
    html = frame.html("<title>")
    assert "<script" not in html and "&lt;b&gt;" in html and "&lt;title&gt;" in html
    assert "… and 70 more" in html


GRADED = """\
format: ntm-set/1
id: stars
title: {vi: Sản phẩm thử}
programme: ocop
level: product
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2019-08-21}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
facts:
  total: {kind: amount, unit: point, least: 0, most: 100}
grade:
  of: total
  bands:
    - {class: "1", range: "[0, 10)"}
    - {class: "2", range: "[10, ...)"}
"""


def test_grades_and_scores() -> None:
    pytest.importorskip("pandas")
    law = ntm.CriteriaSet.read(GRADED)
    result = ntm.evaluate({"total": [40, None, 9.25]}, law, on="2020-02-25", values=True, nan="not reported")
    frame = result.to_pandas()
    assert [_plain(one) for one in frame["grade_least"]] == ["2", "1", "1"]
    assert frame["grade_most"].tolist() == ["2", "2", "1"]
    assert frame["score_least"].tolist() == [40, 0, Fraction(37, 4)] and frame["score_most"].tolist() == [40, 100, Fraction(37, 4)]
    pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    assert_forms_agree(frame, result.to_polars(), result.to_arrow())


def test_whoever_has_one_form_has_all() -> None:
    classes = [thing for name in ntm.__all__ if inspect.isclass(thing := getattr(ntm, name)) and hasattr(thing, "to_pandas")]
    assert ntm.Attainment in classes and len(classes) >= 3
    for one in classes:
        for name in ("to_polars", "to_arrow", "__arrow_c_array__", "__arrow_c_stream__", "_repr_html_"):
            assert hasattr(one, name), f"ntm.{one.__name__} has to_pandas() and no {name}"
        assert one.__repr__ is not object.__repr__, f"ntm.{one.__name__} has no repr of its own"
        options = [set(inspect.signature(getattr(one, name)).parameters) for name in ("to_pandas", "to_polars", "to_arrow")]
        assert options[0] == options[1] == options[2], f"the forms of ntm.{one.__name__} take different options"



def _ledger() -> ntm.Ledger:
    return ntm.Ledger({
        "unit": ["A", "A", "B", "C"], "component": ["road"] * 4, "stage": ["plan", "disbursed", "plan", "plan"],
        "date": ["2020-02-05", "2020-02-10", "2020-01-31", "2020-01-31"], "amount": [9, 4, 1, None],
    })


def _balance() -> ntm.Balance:
    balance = ntm.Balance({"place": ["a", "b", "sum"], "x": [Decimal("1.5"), Decimal(2), Decimal(4)]}, key="place")
    balance.declare("x[a] + x[b] == x[sum]")
    return balance


def _norms() -> ntm.Needs:
    norms = ntm.Norms({"work": ["road", "road"], "resource": ["money", "cement"], "work_unit": ["km"] * 2,
                       "amount": [1_000_000, Decimal("1.5")], "resource_unit": [None, "tonne"]})
    return norms.needs({"unit": ["X", "Y"], "work": ["road"] * 2, "quantity": [2, None], "work_unit": ["km"] * 2})


def _observations() -> ntm.Observations:
    return ntm.Observations({"unit": ["A", "B", "A"], "fact": ["f", "f", "g"], "period": ["2019"] * 3,
                             "value": [Decimal("1.5"), None, 2], "recorded_on": ["2020-01-31"] * 3})


def _moves() -> ntm.Transitions:
    before = {"id": [1, 2, 3], "class": ["poor", "poor", None], "area": ["n", "s", None]}
    after = {"id": [3, 2], "class": ["poor", "out"], "area": ["n", "s"]}
    return ntm.transitions(before, after, id="id", label="class", classes=["poor", "out"], by="area")


def _poverty() -> ntm.PovertyMeasures:
    data = {"a": [True, False, True], "b": [True, None, False], "area": ["n", None, "s"]}
    return ntm.poverty_measures(data, {"a": "1/3", "b": "2/3"}, cutoff=Fraction(1, 3), incomplete="bounds", by="area")


def _units() -> ntm.Units:
    return ntm.Units({"code": ["42", "436", "1"], "name": ["Tỉnh", "Huyện", "Xã"], "level": ["province", "district", "commune"],
                      "parent": [None, "42", "436"], "valid_from": [None, None, "2020-01-01"]})


def _register() -> ntm.Register:
    acts = {"unit": ["A", "A"], "status": ["ntm", "ntm"], "kind": ["recognised", "revoked"], "date": ["2015-12-31", "2019-06-01"]}
    return ntm.Register(acts, usual=ntm.StatusRule(lasting="unlimited"))


def _cascade(law: ntm.CriteriaSet) -> ntm.CascadeResult:
    facts = {"code": ["1"], "income": [36.0], "region": ["BTB"]}
    return ntm.cascade(_units(), [ntm.CascadeStep(law, facts)], on="2020-02-25")["small"]


def _trajectory(law: ntm.CriteriaSet) -> ntm.Trajectory:
    return ntm.trajectory({"insured": [89.0, 89.5]}, law, deadline="2020-12-31", units=["X"], periods=["2020-01", "2020-02"],
                          region="BTB")


def _classified() -> ntm.CodesCheck:
    return ntm.Classification().check_table({"chapter": ["412", "99999"], "date": ["2025-01-01"] * 2})


EVERY: dict[str, Any] = {
    "Attainment": lambda law, result: result,
    "VerdictRows": lambda law, result: result.verdicts(),
    "CascadeResult": lambda law, result: _cascade(law),
    "Changes": lambda law, result: result.compare(result.what_if(facts={"b": {"clean-water": 1800}})),
    "GroupCounts": lambda law, result: result.rollup(["n", "n", "s", None]),
    "FactTable": lambda law, result: ntm.read_csv(
        "code,households,income,plan,huyện\n18103,2000,36.5,1,Nghi Xuân\n18106,,,,\n", law, keep=["huyện"]),
    "Flips": lambda law, result: result.flips("water-share", "1.1"),
    "Gaps": lambda law, result: result.gaps(),
    "Tasks": lambda law, result: result.gaps().tasks(),
    "TaskColumns": lambda law, result: result.gaps().tasks().sum("input", what="amounts"),
    "CollectingOrder": lambda law, result: result.collecting_order(),
    "Table": lambda law, result: result.gaps(margins=True).margin_rows(),
    "Apportionment": lambda law, result: ntm.apportion(100, {"unit": ["A", "B"], "class": ["a", "c"]},
                                                       coefficients={"a": Decimal("2.5"), "c": 1}),
    "Checked": lambda law, result: _balance().check(),
    "Located": lambda law, result: _balance().locate(),
    "CodesCheck": lambda law, result: _classified(),
    "Cube": lambda law, result: _ledger().cube("unit", "stage"),
    "CubeColumns": lambda law, result: _ledger().cube("unit", "stage").columns,
    "ResultColumns": lambda law, result: _ledger().cube("stage").columns,
    "Rates": lambda law, result: _ledger().cube("unit", "stage").rates("disbursed", "plan"),
    "SlowMoney": lambda law, result: _ledger().slow("unit", on="2020-02-25"),
    "Needs": lambda law, result: _norms(),
    "NeedColumns": lambda law, result: _norms().by("unit"),
    "ObservedView": lambda law, result: _observations().view(),
    "Panel": lambda law, result: ntm.panel({"product": ["a", "a", "b"], "total": [8, 9, None]}, ntm.CriteriaSet.read(GRADED),
                                           product="product", on="2020-01-01"),
    "PovertyMeasures": lambda law, result: _poverty(),
    "Transitions": lambda law, result: _moves(),
    "TopUp": lambda law, result: ntm.top_up({"benefits": [1, None]}, benefits="benefits", target=3),
    "Rolled": lambda law, result: ntm.Rollup([(0, 0), (1, 1)]).apply(
        {"population": [5000, None]}, ntm.catalogue()["commune-ntm-2016-2020"]),
    "Register": lambda law, result: _register(),
    "Successor": lambda law, result: ntm.compare_laws({"population": [2000]}, "commune-ntm-2016-2020",
        "commune-ntm-2021-2025", on_before="2020-02-25", on_after="2022-06-01", region="BTB"),
    "TrackTable": lambda law, result: _trajectory(law).table,
    "Trajectory": lambda law, result: _trajectory(law),
    "Units": lambda law, result: _units(),
    "Periods": lambda law, result: ntm.evaluate_periods({"code": ["A", "A"], "month": ["2020-01", "2020-02"], "insured": [1.0, 90.0]},
                                                        law, period="month", unit="code", region="BTB"),
    "Wide": lambda law, result: ntm.from_long({"unit": ["A", "B", "A"], "fact": ["f", "f", "g"], "value": [Decimal("1.5"), None, 2],
                                               "region": ["BTB", None, "BTB"]}, carry="region"),
}


def test_nobody_is_forgotten() -> None:
    classes = {name for name in ntm.__all__ if inspect.isclass(thing := getattr(ntm, name)) and hasattr(thing, "to_pandas")}
    assert classes == set(EVERY), "a class with rows that no test makes"


@pytest.mark.parametrize("name", EVERY)
def test_all_forms_of_every_class(name: str, law: ntm.CriteriaSet, result: ntm.Attainment) -> None:
    rows = EVERY[name](law, result)
    assert isinstance(rows, getattr(ntm, name))
    assert len(repr(rows)) < 400 and repr(rows).count("\n") < 4
    assert "<table" in rows._repr_html_() and "<script" not in rows._repr_html_()
    pytest.importorskip("pandas")
    frame = rows.to_pandas()
    assert len(frame) > 0 and list(frame.index) == list(range(len(frame)))
    pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    table = rows.to_arrow()
    table.validate(full=True)
    assert_forms_agree(frame, rows.to_polars(), table)
    assert pyarrow.table(rows).equals(table) and pyarrow.record_batch(rows).num_rows == len(frame)
    assert pyarrow.RecordBatchReader.from_stream(rows).read_all().equals(table)
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("select count(*) from rows").fetchall() == [(len(frame),)]


@pytest.mark.parametrize("make", [_units, _register])
def test_what_is_closed(make: Any) -> None:
    rows = make()
    rows.close()
    assert "closed" in repr(rows) and "closed" in rows._repr_html_() and "<table" not in rows._repr_html_()
    for use in (rows.to_pandas, rows.to_polars, rows.to_arrow, rows.__arrow_c_array__, rows.__arrow_c_stream__):
        with pytest.raises((ValueError, ImportError)):
            use()


def test_a_missing_package_is_named(result: ntm.Attainment, monkeypatch: pytest.MonkeyPatch) -> None:
    given = (("pandas", result.to_pandas), ("polars", result.to_polars), ("pyarrow", result.to_arrow))
    for package, give in given:
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ImportError, match=rf"^{package} is needed.*pip install {package}$"):
            give()
    assert len(result.__arrow_c_array__()) == 2  # needs none of them
