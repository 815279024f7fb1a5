# SPDX-License-Identifier: Apache-2.0
"""Evaluation: verdicts, bounds, counts, names."""

from __future__ import annotations

from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = ntm.Verdict.OPEN, ntm.Verdict.MET, ntm.Verdict.NOT_MET
CODES = ["18103", "18106", "18109", "18112"]


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=CODES)


def test_verdicts(result: ntm.Attainment) -> None:
    assert result.status.tolist() == [MET, NOT_MET, OPEN, NOT_MET]
    assert result.criteria_status.tolist() == [MET, NOT_MET, OPEN, NOT_MET]
    assert result.criterion("1").tolist() == [MET, NOT_MET, MET, NOT_MET]
    assert result.indicator("3.3").tolist() == [MET, MET, OPEN, NOT_MET]
    assert result.precondition("registered").tolist() == [MET] * 4
    assert result.revocation.tolist() == [OPEN] * 4
    assert result.status.dtype == np.int8 and not result.status.flags.writeable
    assert result.grade is None


def test_bounds(result: ntm.Attainment) -> None:
    assert result.criteria_met.least.tolist() == [3, 2, 2, 0]
    assert result.criteria_met.most.tolist() == [3, 2, 3, 0]
    assert result.criteria_met.least.dtype == np.uint16


def test_the_threshold_is_exact(law: ntm.CriteriaSet) -> None:
    data = {"households": [2000, 2000, 2000], "clean-water": [1799, 1800, 1801]}
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    assert result.indicator("1.1").tolist() == [NOT_MET, MET, MET]
    doubles = {name: np.array(values, dtype=float) for name, values in data.items()}
    again = ntm.evaluate(doubles, law, on="2020-02-25", region="BTB")
    assert again.indicator("1.1").tolist() == [NOT_MET, MET, MET]


def test_missing_is_not_zero(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"households": [100]}, law, on="2020-02-25", region="BTB")
    assert result.status.tolist() == [OPEN]
    assert (result.criteria_met.least.tolist(), result.criteria_met.most.tolist()) == ([0], [3])


def test_tallies(result: ntm.Attainment) -> None:
    assert result.tally() == (1, 2, 1)
    assert result.tally(criterion="1") == ntm.Tally(met=2, not_met=2, open=0)
    assert result.tally(indicator="3.3").open == 1
    assert result.tally(precondition="registered").met == 4
    with pytest.raises(ntm.ArgumentError):
        result.tally(criterion="1", indicator="1.1")


def test_near_misses(result: ntm.Attainment) -> None:
    found = result.near_misses()
    assert [miss.row for miss in found] == [2, 1, 3]
    assert found[0] == ntm.NearMiss(row=2, unit="18109", needed=0, open=1)
    assert found[1].needed == 1 and found[1].unit == "18106"
    assert [miss.row for miss in result.near_misses(1)] == [2]
    assert [miss.row for miss in result.near_misses(needed_most=1)] == [2, 1]
    assert result.near_misses(0) == []


def test_names_are_checked(law: ntm.CriteriaSet, result: ntm.Attainment) -> None:
    with pytest.raises(KeyError, match="did you mean '1.1'"):
        result.indicator("1.11")
    with pytest.raises(ntm.NotFoundError):
        result.criterion("99")
    with pytest.raises(ntm.NotFoundError):
        result.row("00000")
    with pytest.raises(IndexError):
        result.row(4)
    assert (result.row(-1), result.row("18103")) == (3, 0)


def test_a_fact_that_no_rule_reads_is_no_unknown_column() -> None:
    law = ntm.catalogue()["commune-ntm-2021-2025"]
    assert "population" in {fact.id for fact in law.facts}  # the weight of incomes in a merger
    result = ntm.evaluate({"population": [2000], "farmland": [10], "farmland-irrigated": [8]}, law, on="2023-01-01")
    assert result.indicator("3.1").tolist() == [ntm.Verdict.MET]


def test_unknown_columns(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    table["clean_water"] = table.pop("clean-water")
    table["name"] = [object()] * 4
    with pytest.raises(ntm.NotFoundError) as caught:
        ntm.evaluate(table, law, on="2020-02-25")
    assert "clean-water" in str(caught.value)
    assert {problem.subject for problem in caught.value.problems} == {"clean_water", "name"}
    with pytest.raises(ntm.NotFoundError, match="unknown='ignore' leaves columns out"):
        ntm.evaluate({"ghi chú": ["x"]}, law, on="2020-02-25")
    result = ntm.evaluate(table, law, on="2020-02-25", unknown="ignore")
    assert result.indicator("1.1").tolist() == [OPEN] * 4


def test_units(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    table["code"] = np.array(CODES)
    result = ntm.evaluate(table, law, on="2020-02-25", unit="code")
    assert result.units == CODES and result.row("18112") == 3
    with pytest.raises(ntm.NotFoundError, match="did you mean 'code'"):
        ntm.evaluate(table, law, on="2020-02-25", unit="codes")
    del table["code"]
    assert ntm.evaluate(table, law, on="2020-02-25", unit=[18103, 18106, 18109, 18112]).row("18106") == 1


def test_units_that_cannot_be(law: ntm.CriteriaSet) -> None:
    def run(unit: Any) -> ntm.Attainment:
        return ntm.evaluate({"income": [36.0, 36.0]}, law, on="2020-02-25", region="BTB", unit=unit)

    with pytest.raises(ntm.ConflictError) as caught:
        run(["a", "a"])
    assert caught.value.row == 1
    for missing in (None, float("nan")):
        with pytest.raises(ntm.BadValueError, match="without a name"):
            run(["a", missing])
    with pytest.raises(ntm.ShapeError) as shape:
        run(["a"])
    assert (shape.value.subject, shape.value.message) == ("unit", "1 units for 2 rows")
    for wrong in (5, b"ab"):
        with pytest.raises(TypeError):
            run(wrong)


def test_rows(law: ntm.CriteriaSet, result: ntm.Attainment) -> None:
    assert result.row(np.int64(1)) == result.row(np.uint8(1)) == 1
    assert str(result.explain(np.int64(1), "1.1")) == str(result.explain(1, "1.1"))
    for wrong in (True, np.True_, 1.5, None, [1]):
        with pytest.raises(TypeError, match="a row has to be a unit's name or a row number"):
            result.row(wrong)  # type: ignore[arg-type]
    data = {"income": [36.0, 36.0]}
    codes = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=np.array([18103, 18106]))
    assert (codes.row(18106), codes.row(np.int64(18103)), codes.row("18106"), codes.row(0)) == (1, 0, 1, 0)
    with pytest.raises(IndexError):
        codes.row(18104)
    small = ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=[1, 0])
    with pytest.raises(ntm.ArgumentError, match="give the unit as text"):
        small.row(1)
    assert small.row("1") == 0
    assert ntm.evaluate(data, law, on="2020-02-25", region="BTB", unit=[0, 1]).row(1) == 1


def test_limits_are_checked(result: ntm.Attainment) -> None:
    assert len(result.near_misses(np.int64(2))) == 2 and len(result.near_misses(2**80, needed_most=2**80)) == 3
    for call in (lambda: result.near_misses(-1), lambda: result.near_misses(needed_most=-1)):
        with pytest.raises(ntm.ArgumentError, match="below 0"):
            call()
    for wrong in (True, "1", 1.5):
        with pytest.raises(TypeError, match="limit has to be an int"):
            result.near_misses(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the id of the indicator"):
        result.indicator(1)  # type: ignore[arg-type]


def test_arguments_of_the_wrong_type(law: ntm.CriteriaSet) -> None:
    data = {"income": [36.0]}
    for wrong in (None, 7, ntm.catalogue()):
        with pytest.raises(TypeError, match="law has to be an ntm.CriteriaSet"):
            ntm.evaluate(data, wrong, on="2020-02-25")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="'strict' has to be a str, not bool"):
        ntm.evaluate(data, law, on="2020-02-25", strict=True)  # type: ignore[arg-type]
    for axes in (["region"], {1: "BTB"}):
        with pytest.raises(TypeError):
            ntm.evaluate(data, law, on="2020-02-25", axes=axes)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a column's name has to be a str, not int"):
        ntm.evaluate({1: [1]}, law, on="2020-02-25", region="BTB")  # type: ignore[dict-item]
    with pytest.raises(ntm.ConflictError) as caught:
        ntm.evaluate(data, law, on="2020-02-25", axes={"region": "BTB"}, region="DBSH")
    assert caught.value.subject == "region"
    with pytest.raises(ntm.ShapeError):
        ntm.evaluate({**data, "region": ["BTB"]}, law, on="2020-02-25", region="BTB")


def test_axes(law: ntm.CriteriaSet) -> None:
    data = {"income": [36.0]}
    by_keyword = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    by_mapping = ntm.evaluate(data, law, on="2020-02-25", axes={"region": "BTB"})
    assert by_keyword.indicator("2.1").tolist() == by_mapping.indicator("2.1").tolist() == [MET]
    assert ntm.evaluate(data, law, on="2020-02-25", region="DBSH").indicator("2.1").tolist() == [OPEN]
    for axes in ({"region": "Mars"}, {"regoin": "BTB"}):
        with pytest.raises(ntm.NotFoundError):
            ntm.evaluate(data, law, on="2020-02-25", axes=axes)


def test_days(law: ntm.CriteriaSet) -> None:
    data = {"income": [36.0]}
    with pytest.raises(ntm.NotInForceError):
        ntm.evaluate(data, law, on="2021-01-01", region="BTB")
    with pytest.raises(ntm.ArgumentError, match="is no date"):
        ntm.evaluate(data, law, on="25/2/2020", region="BTB")
    day = ntm.evaluate(data, law, on=np.datetime64("2020-02-25"), region="BTB")
    assert day.indicator("2.1").tolist() == [MET]
    for wrong in (np.datetime64("2020-02-25T12:00"), np.datetime64("NaT")):
        with pytest.raises(ntm.ArgumentError, match="no whole day"):
            ntm.evaluate(data, law, on=wrong, region="BTB")
    for strange in (None, 18317, True):
        with pytest.raises(TypeError):
            ntm.evaluate(data, law, on=strange, region="BTB")  # type: ignore[arg-type]
    what_if = ntm.evaluate(data, law, on="2021-01-01", region="BTB", out_of_force=True)
    assert what_if.indicator("2.1").tolist() == [MET]


def test_what_is_kept(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    small = ntm.evaluate(table, law, on="2020-02-25", keep="status")
    assert small.status.tolist() == [MET, NOT_MET, OPEN, NOT_MET]
    for call in (lambda: small.criterion("1"), lambda: small.indicator("1.1"), lambda: small.tally(indicator="1.1")):
        with pytest.raises(ntm.ArgumentError):
            call()
    with pytest.raises(ntm.ArgumentError, match="keep='indicators'"):
        small.indicator("1.1")
    middle = ntm.evaluate(table, law, on="2020-02-25", keep="criteria")
    assert middle.criterion("1").tolist() == [MET, NOT_MET, MET, NOT_MET]
    with pytest.raises(ntm.ArgumentError):
        middle.indicator("1.1")


@pytest.mark.parametrize(
    "option", [{"keep": "all"}, {"nan": "zero"}, {"unknown": "maybe"}, {"kernels": "gpu"}, {"on": "2020-02-30"}]
)
def test_wrong_options(law: ntm.CriteriaSet, option: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        ntm.evaluate({"income": [36.0]}, law, **{"on": "2020-02-25", "region": "BTB", **option})


def test_kernels_agree(law: ntm.CriteriaSet) -> None:
    random = np.random.default_rng(20200225)
    rows = 5_000
    households = random.integers(0, 3_000, rows)
    data = {
        "households": households,
        "clean-water": np.minimum(households, random.integers(0, 3_000, rows)),
        "insured": np.ma.array(random.integers(8900, 9100, rows) / 100, mask=random.random(rows) < 0.1),
        "income": np.round(random.uniform(30, 42, rows), 1),
        "plan": random.random(rows) < 0.7,
        "market": ntm.Column(random.random(rows) < 0.7, not_applicable=random.random(rows) < 0.2),
        "rating": np.array(["trung bình", "khá", "tốt"])[random.integers(0, 3, rows)],
        "registered": True,
        "region": np.array(["BTB", "DBSH"])[random.integers(0, 2, rows)],
    }
    results = [ntm.evaluate(data, law, on="2020-02-25", kernels=kind) for kind in ("best", "plain", "reference")]
    for other in results[1:]:
        assert np.array_equal(other.status, results[0].status)
        assert np.array_equal(other.criteria_met.least, results[0].criteria_met.least)
        assert np.array_equal(other.criteria_met.most, results[0].criteria_met.most)
        for indicator in law.indicators:
            assert np.array_equal(other.indicator(indicator.id), results[0].indicator(indicator.id))
    expected = data["clean-water"] * 100 >= 90 * households
    verdicts = results[0].indicator("1.1")
    assert np.array_equal(verdicts == MET, expected & (households > 0))
    assert np.array_equal(verdicts == OPEN, households == 0)


def test_the_shipped_set_over_many_rows() -> None:
    law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    rows = 10_000
    random = np.random.default_rng(1)
    population = random.integers(1_000, 20_000, rows)
    data = {"population": population, "insured-people": (population * random.uniform(0.7, 1, rows)).astype(int)}
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    insured = result.indicator("15.1")
    assert np.array_equal(insured == MET, data["insured-people"] * 100 >= population * 85)
    assert result.tally().open + result.tally().not_met == rows and len(result) == rows
    assert repr(result).startswith("<ntm.Attainment of commune-ntm-2016-2020 over 10000 rows:")


def test_arrow_capsules(result: ntm.Attainment) -> None:
    schema, array = result.__arrow_c_array__()
    assert "arrow_schema" in repr(schema) and "arrow_array" in repr(array)
    del schema, array  # never consumed: the capsules release what they hold


def test_bounds_of_what_is_not_reported(law: ntm.CriteriaSet) -> None:
    data = {
        "insured": [None, None, None, 95.5],
        "insured:least": [89.95, 80.0, None, 90.0],
        "insured:most": [None, 95.0, 89.94, None],
        "income:least": [None, None, None, None],
    }
    result = ntm.evaluate(data, law, on="2020-02-25", region="BTB")
    assert [ntm.Verdict(one) for one in result.indicator("1.2")] == [
        ntm.Verdict.MET, ntm.Verdict.OPEN, ntm.Verdict.NOT_MET, ntm.Verdict.MET]
    assert "(80..95%)" in str(result.explain(1, "1.2"))
    with pytest.raises(ntm.BadValueError, match="its bounds leave nothing") as caught:
        ntm.evaluate({**data, "insured:most": [89, 95, 89, 99]}, law, on="2020-02-25", region="BTB", unit=list("ABCD"))
    assert (caught.value.row, caught.value.unit) == (0, "A")
    with pytest.raises(ntm.NotFoundError, match="plan:least"):
        ntm.evaluate({"plan:least": [1]}, law, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.ShapeError, match="text"):
        ntm.evaluate({"insured:least": ["many"]}, law, on="2020-02-25", region="BTB")


def test_a_criterion_named_as_an_indicator(result: ntm.Attainment) -> None:
    with pytest.raises(ntm.NotFoundError, match="no such indicator; did you mean criterion='1'"):
        result.explain("18103", "1")
    with pytest.raises(ntm.NotFoundError, match="no such criterion; did you mean indicator='1.1'"):
        result.criterion("1.1")


def test_what_was_laid_over_the_law_is_told() -> None:
    catalogue = ntm.catalogue()
    law = catalogue["commune-ntm-2016-2020"].with_overlay(catalogue.overlay("commune-ntm-2016-2020.recalled.unverified"))
    result = ntm.evaluate({"households": [2000]}, law, on="2020-02-25", region="BTB")
    told = "commune-ntm-2016-2020 + commune-ntm-2016-2020.recalled.unverified"
    assert law.layers == told and told in repr(result) and told in repr(result.gaps()) and told in result._repr_html_()
