# SPDX-License-Identifier: Apache-2.0
"""Cubes, rates and tallies. All figures are made up."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

MONEY: dict[str, Any] = {
    "unit": ["A", "A", "A", "B", "B", "C"],
    "source": ["central", "central", "people", "people", "people", "credit"],
    "stage": ["plan", "disbursed", "plan", "plan", "disbursed", "outstanding"],
    "period": ["2020-01", "2020-02", "2020-01", "2020-01", "2020-02", "2020-02"],
    "amount": [8, 9, 2, 4, None, 100],
}


@pytest.fixture()
def ledger() -> ntm.Ledger:
    return ntm.Ledger(MONEY)


def test_cells(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("unit", "source", "stage", up="source")
    assert cube.sides == ("unit", "source", "stage")
    assert [one.id for one in cube.members("stage")] == ["plan", "disbursed", "outstanding"]
    known = ntm.Known
    assert cube["A", "state", "plan"] == (known.REPORTED, 8, 8, 0, False, "đồng") and bool(cube["A", "state", "plan"])
    is_open = cube["B", "people", "disbursed"]
    assert is_open == (known.NOT_REPORTED, None, None, 1, False, "đồng") and not is_open
    assert cube["B", "central", "plan"] == (known.NOT_APPLICABLE, None, None, 0, False, "đồng")
    assert cube["A", "*", "plan"].value == 10
    assert cube["A", "enterprise", "nhu cầu"] == (known.NOT_APPLICABLE, None, None, 0, False, "đồng")
    assert cube.rate(("A", "*", "allotted"), ("A", "*", "plan")).known is known.NOT_APPLICABLE
    assert cube["C", "credit", "outstanding"].stock and cube["C", "credit", "outstanding"].value == 100
    whole = ledger.cube("stage")
    assert whole["disbursed"] == (known.NOT_REPORTED, None, 9, 1, False, "đồng")
    assert whole["giải ngân"] == whole["disbursed"]
    with pytest.raises(TypeError):
        whole["disbursed"].value + 1  # type: ignore[operator]


def test_an_open_sum_of_zero_is_not_nothing() -> None:
    ledger = ntm.Ledger({"unit": ["A", "A", "B"], "amount": [0, None, None], "year": [2020] * 3})
    cube = ledger.cube("unit")
    assert cube["A"].so_far == 0 and cube["A"].value is None and cube["B"].so_far is None


def test_a_dimension_goes_before_a_level() -> None:
    ledger = ntm.Ledger({"unit": ["A", "B"], "commune": ["x", "x"], "amount": [1, 2], "year": [2020] * 2}, dimensions=["commune"])
    assert ledger.cube("commune")["x"].value == 3


def test_one_code_on_two_levels() -> None:
    units = ntm.Units({"code": ["7", "7", "8"], "name": ["Huyện X", "Xã X", "Xã Y"], "level": ["district", "commune", "commune"],
                       "parent": [None, "7", "7"]})
    ledger = ntm.Ledger({"unit": ["7", "8"], "amount": [1, 2], "year": [2020] * 2}, units=units, echelon="commune")
    cube = ledger.cube("commune", up=True)
    assert cube["7"].value == 3 and cube[("commune", "7"),].value == 1 and cube["Xã X"].value == 1
    with pytest.raises(ntm.ConflictError, match="7, 7"):
        cube["X"]


def test_members_that_there_are_not(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("source", "stage")
    with pytest.raises(ntm.NotFoundError, match="central"):
        cube["cental", "plan"]
    for key in ("plan", ("plan",), (), ("a", "b", "c")):
        with pytest.raises(ntm.ArgumentError, match="source, stage"):
            cube[key]
    with pytest.raises(TypeError):
        cube[1, 2]
    with pytest.raises(ntm.NotFoundError):
        cube["central", ("stage", "plan")]
    with pytest.raises(ntm.NotFoundError, match="side"):
        cube.members("soucre")
    with pytest.raises(ntm.NotFoundError, match="side"):
        ledger.cube("source", "stage", up="soucre")
    with pytest.raises(ntm.NotFoundError):
        ledger.cube("soucre", "stage")


def test_what_is_never_added(ledger: ntm.Ledger) -> None:
    with pytest.raises(ntm.UnitError):
        ledger.cube("unit")
    assert ledger.cube("unit", only={"stage": "plan"})["A"].value == 10
    own = ntm.Dimension("fund", (ntm.Member("debt", stock=True), ntm.Member("grant")))
    both = ntm.Ledger({"unit": ["A", "A"], "fund": ["debt", "grant"], "amount": [1, 2], "year": [2020] * 2}, dimensions=[own])
    with pytest.raises(ntm.UnitError, match="A"):
        both.cube("unit")
    kinds = ntm.Ledger({"unit": ["A", "A"], "kind": ["cement", "days"], "quantity": [Decimal("1.5"), 2],
                        "quantity_unit": ["t", "day"], "year": [2020] * 2})
    with pytest.raises(ntm.UnitError):
        kinds.cube("unit", measure="quantity")
    assert kinds.cube("unit", measure="quantity", only={"kind": ["cement"]})["A"][1:] == (
        Decimal("1.5"), Decimal("1.5"), 0, False, "t")
    by_kind = kinds.cube("kind", measure="quantity")
    assert by_kind["cement"].unit == "t" and by_kind["days"].value == 2 and by_kind["days"].unit == "day"
    assert by_kind.columns["sum"] == [Decimal("1.5"), Decimal("2.0")]
    read = ntm.CubeTally.read(kinds.tally("unit", measure="quantity", only={"kind": ["cement"]}).to_bytes())
    assert read.cube()["A"].unit == "t" and read.cube()["A"].value == Decimal("1.5")


def test_rows(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("unit", "stage")
    columns = cube.columns
    assert columns.keys() == ("unit", "stage", "sum", "missing", "open") and len(cube) == len(columns) == 5
    assert columns["unit"] == ["A", "A", "B", "B", "C"] and columns["sum"] == [10, 9, 4, None, 100]
    assert columns["missing"] == [0, 0, 0, 1, 0] and columns["open"] == [False] * 3 + [True, False]
    assert next(iter(cube)) == {"unit": "A", "stage": "plan", "sum": 10, "missing": 0, "open": False}
    assert [row["sum"] for row in cube] == columns["sum"] and list(columns) == list(columns.keys())
    assert repr(cube) == "<ntm.Cube of 5 cells: unit x stage>" and "CubeColumns of 5 rows" in repr(columns)
    columns["sum"].append(1)
    assert len(columns["sum"]) == 5
    with pytest.raises(IndexError):
        columns.row(5)
    for thing in (cube, columns, ledger.tally("stage")):
        with pytest.raises(TypeError, match="keep"):
            pickle.dumps(thing)


def test_pandas(ledger: ntm.Ledger) -> None:
    pandas: Any = pytest.importorskip("pandas")
    frame = ledger.cube("unit", "stage").to_pandas()
    assert str(frame["sum"].dtype) == "Int64" and frame["sum"].isna().tolist() == [False] * 3 + [True, False]
    assert list(frame["stage"].cat.categories) == ["plan", "disbursed", "outstanding"]
    rates = ledger.cube("unit", "stage").rates("disbursed", "plan")
    assert rates.to_pandas()["ratio"].tolist() == [Fraction(9, 10), None]
    assert rates.to_pandas(exact=False)["ratio"].tolist()[0] == 0.9
    empty = ntm.Ledger({"unit": [], "amount": [], "year": []}).cube("unit")
    assert len(empty.to_pandas()) == 0 and not empty and isinstance(empty.to_pandas(), pandas.DataFrame)


def test_rates(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("unit", "source", "stage", up="source")
    rates = cube.rates("disbursed", "plan")
    assert rates.keys() == ("unit", "source", "part", "whole", "ratio", "open", "negative", "above_one")
    at = [(row["unit"], row["source"]) for row in rates.rows()]
    over = at.index(("A", "central"))
    assert rates["ratio"][over] == Fraction(9, 8) and rates["above_one"][over] and not rates["negative"][over]
    assert rates.texts()[over] == "112,5 %" and rates.rate(over).text(digits=0) == "113 %"
    assert rates.rate(over).text(digits=0, rounding=ntm.Rounding.DOWN, lang="en").startswith("112")
    is_open = rates.rate(at.index(("B", "people")))
    assert is_open.known is ntm.Known.NOT_REPORTED and is_open.ratio is None and not is_open
    assert (is_open.text(), is_open.text(lang="en")) == ("để ngỏ", "open")
    part = ledger.cube("stage").rate("disbursed", "plan")
    assert part.known is ntm.Known.NOT_REPORTED and part.ratio is None and part.so_far == Fraction(9, 14)
    one = cube.rate(("A", "central", "disbursed"), ("A", "*", "plan"))
    assert one.ratio == Fraction(9, 10) and one and one.text() == "90,0 %" and not one.above_one
    for row, (unit, source) in enumerate(at):
        assert cube.rate((unit, source, "disbursed"), (unit, source, "plan")) == rates.rate(row), (unit, source)
    nothing = cube.rate(("A", "central", "disbursed"), ("B", "central", "plan"))
    assert nothing.known is ntm.Known.NOT_APPLICABLE and nothing.text() == "–"
    with pytest.raises(ntm.UnitError):
        cube.rate(("C", "credit", "outstanding"), ("A", "central", "plan"))
    for digits in (-1, 10):
        with pytest.raises(ntm.ArgumentError, match="digits"):
            one.text(digits=digits)


def test_rates_that_cannot_be(ledger: ntm.Ledger) -> None:
    cube = ledger.cube("unit", "stage")
    for call in (lambda: cube.rates(), lambda: cube.rates("plan"), lambda: cube.rates("a", "b", years_back=1),
                 lambda: cube.rates(years_back=-1)):
        with pytest.raises(ntm.ArgumentError):
            call()
    with pytest.raises(ntm.NotFoundError):
        cube.rates("disbursd", "plan")
    with pytest.raises(ntm.NotFoundError):
        cube.rates("disbursed", "plan", side="source")
    with pytest.raises(ntm.NtmError):
        cube.rates(years_back=1)


def test_negative_rates_and_the_same_period() -> None:
    ledger = ntm.Ledger({"unit": ["A"] * 3, "stage": ["disbursed"] * 3, "period": ["2019-02", "2020-02", "2021-02"],
                         "amount": [4, -1, 3]})
    rates = ledger.cube("month", "stage").rates(years_back=1)
    by_month = dict(zip(rates["month"], rates["ratio"]))
    assert by_month["2020-02"] == Fraction(-1, 4) and by_month["2021-02"] == -3 and by_month["2019-02"] is None
    assert rates["negative"][rates["month"].index("2020-02")]


def test_time_and_expected(ledger: ntm.Ledger) -> None:
    reports = ntm.Ledger({"unit": ["A", "A", "B"], "stage": ["disbursed"] * 3, "period": ["2020-01", "2020-02", "2020-01"],
                          "amount": [1, 2, 4]})
    due = ntm.Expected("disbursed", "month", "2020-01-01", "2020-02-29")
    cube = reports.cube("unit", "month", "stage", up=("unit", "month"), expected=due)
    assert cube["B", "2020-02", "disbursed"] == (ntm.Known.NOT_REPORTED, None, None, 1, False, "đồng")
    assert cube["B", "2020", "disbursed"].so_far == 4 and cube["*", "*", "disbursed"].missing == 1
    assert [one.level for one in cube.members("month")][:1] == ["year"]
    running = reports.cube("month", "stage", running="in year")
    assert running["2020-02", "disbursed"].value == 7
    assert reports.cube("stage", since="2020-02-01")["disbursed"].value == 2
    assert reports.cube("stage", until="2020-01-31")["disbursed"].value == 5
    for options in ({"running": "x"}, {"measure": "x"}, {"since": "x"}, {"since": "2020-02-01", "until": "2020-01-01"},
                    {"expected": ntm.Expected("disbursed", "day", "2020-01-01", "2020-01-02")}):  # type: ignore[arg-type]
        with pytest.raises(ntm.ArgumentError):
            reports.cube("stage", **options)  # type: ignore[arg-type]
    for options in ({"expected": [1]}, {"only": ["plan"]}, {"only": {"stage": 1}}, {"up": [1]}):
        with pytest.raises(TypeError):
            reports.cube("stage", **options)  # type: ignore[arg-type]


def test_units_as_of_a_day() -> None:
    units = ntm.Units(
        {
            "code": ["42", "1", "2", "11", "12", "11"],
            "name": ["Tỉnh", "Huyện Một", "Huyện Một", "Xã Cũ", "Xã Hai", "Xã Mới"],
            "level": ["province", "district", "district", "commune", "commune", "commune"],
            "parent": [None, "42", "42", "1", "2", "2"],
            "valid_from": [None, None, None, None, None, "2020-01-01"],
            "valid_to": [None, None, None, "2020-01-01", "2020-01-01", None],
        },
        {"old_code": ["11", "12"], "new_code": ["11", "11"], "on": ["2020-01-01"] * 2},
    )
    ledger = ntm.Ledger({"unit": ["11", "12", "11"], "amount": [1, 2, 4], "date": ["2019-05-01", "2019-05-01", "2020-05-01"]},
                        units=units, echelon="commune")
    then = ledger.cube("district")
    assert then["1"].value == 1 and then["2"].value == 6
    now = ledger.cube(ntm.Side("unit", "district", True), as_of="2020-06-01")
    assert now["2"].value == 7 and now[("province", "42"),].value == 7
    assert now["Tỉnh"].value == 7
    with pytest.raises(ntm.ConflictError, match="1, 2"):
        then["Huyện Một"]
    assert ledger.cube("commune", as_of="2020-06-01")["Xã Mới"].value == 7
    tally = ledger.tally("district")
    assert ntm.CubeTally.read(tally.to_text(), units=units).cube()["2"].value == 6
    with pytest.raises(ntm.NtmError):
        ntm.CubeTally.merge([tally, ntm.Ledger({"unit": ["1"], "amount": [1], "year": [2020]}).tally("unit")])


def test_tallies(ledger: ntm.Ledger, tmp_path: Path) -> None:
    sides = ("unit", "source", "stage")
    whole = ledger.tally(*sides, up=True)
    with ThreadPoolExecutor(3) as pool:
        parts = list(pool.map(lambda at: ledger.tally(*sides, up=True, rows=range(at, at + 2)), (4, 0, 2)))
    merged = ntm.CubeTally.merge(parts)
    assert merged.to_bytes() == whole.to_bytes() == whole.to_text().encode() and len(merged) == len(whole) > 0
    assert merged.cube().columns["sum"] == ledger.cube(*sides, up=True).columns["sum"]
    assert merged.cube()["A", "ngân sách trung ương", "kế hoạch"].value == 8
    path = tmp_path / "tally.txt"
    path.write_bytes(whole.to_bytes())
    for source in (path, str(path), whole.to_text(), whole.to_bytes()):
        read = ntm.CubeTally.read(source)
        assert read.to_bytes() == whole.to_bytes() and read.cube()["A", "*", "plan"].value == 10
    assert ntm.CubeTally.merge([ntm.CubeTally.read(path), parts[0]]).cube()["A", "dân góp", "plan"].known is not None
    assert repr(whole) == f"<ntm.CubeTally of {len(whole)} cells>"
    whole.close()
    assert repr(whole) == "<ntm.CubeTally, closed>"
    with pytest.raises(ValueError, match="closed"):
        whole.cube()


def test_tallies_that_cannot_be(ledger: ntm.Ledger, tmp_path: Path) -> None:
    with pytest.raises(ntm.NtmError):
        ntm.CubeTally.merge([])
    with pytest.raises(TypeError):
        ntm.CubeTally.merge([1])  # type: ignore[list-item]
    with pytest.raises(ntm.NtmError):
        ntm.CubeTally.merge([ledger.tally("stage"), ledger.tally("unit", "stage")])
    text = ledger.tally("stage").to_text()
    with pytest.raises(ntm.TextError) as caught:
        ntm.CubeTally.read(text.replace("measure\tamount", "measure\tx"))
    assert caught.value.line == 2
    with pytest.raises(ntm.UnsupportedError):
        ntm.CubeTally.read(text.replace("ntm-tally\t1", "ntm-tally\t2"))
    for broken in (text[: len(text) // 2], "\n", b"", b"\xff\n"):
        with pytest.raises(ntm.NtmError):
            ntm.CubeTally.read(broken)
    with pytest.raises(ntm.FileError, match="none"):
        ntm.CubeTally.read(tmp_path / "none")
    with pytest.raises(TypeError, match="Units"):
        ntm.CubeTally.read(text, units=1)  # type: ignore[arg-type]
    for wrong in (range(0, 4, 2), range(-1, 2), range(2**64, 2**64 + 1), 5):
        with pytest.raises(ntm.ArgumentError, match="range"):
            ledger.tally("stage", rows=wrong)  # type: ignore[arg-type]
    assert len(ledger.tally("stage", rows=range(0))) == 0 and not ledger.tally("stage", rows=range(3, 1))


def test_sums_beyond_64_bits_are_named() -> None:
    ledger = ntm.Ledger({"unit": ["A"] * 2, "amount": [2**62] * 2, "year": [2020] * 2})
    with pytest.raises(ntm.ExactOverflowError, match="A"):
        ledger.cube("unit")["A"]
    with pytest.raises(ntm.ExactOverflowError):
        len(ledger.cube("unit").columns)


def test_rates_beyond_64_bits() -> None:
    ledger = ntm.Ledger({"unit": ["A"] * 2, "stage": ["plan", "disbursed"], "amount": [-1, -(2**63)], "year": [2020] * 2})
    rate = ledger.cube("stage").rate("disbursed", "plan")
    assert rate.ratio == 2**63 and rate.text() == "?" and ledger.cube("stage").rates("disbursed", "plan").texts() == ["?"]


def test_random_against_a_plain_loop() -> None:
    random = np.random.default_rng(20200225)
    for _ in range(20):
        rows = int(random.integers(1, 200))
        data = {
            "unit": random.integers(1, 6, rows).astype(str), "stage": random.choice(["plan", "disbursed"], rows),
            "source": random.choice(["central", "province", "people"], rows), "year": [2020] * rows,
            "amount": [None if gone else int(one)
                       for one, gone in zip(random.integers(-(10**12), 10**12, rows), random.random(rows) < 0.1)],
        }
        cube = ntm.Ledger(data).cube("unit", "source", "stage", up=True)
        above = {"central": ("central", "state", "*"), "province": ("province", "local", "state", "*"),
                 "people": ("people", "*")}
        sums: dict[tuple[str, str, str], list[int]] = {}
        missing: dict[tuple[str, str, str], int] = {}
        for unit, stage, source, amount in zip(*(list(data[name]) for name in ("unit", "stage", "source", "amount"))):
            for at in [(u, s, str(stage)) for u in (str(unit), "*") for s in above[str(source)]]:
                missing[at] = missing.get(at, 0) + (amount is None)
                sums.setdefault(at, []).extend([] if amount is None else [amount])
        assert len(cube) == len(sums)
        for at, amounts in sums.items():
            cell = cube[at]
            assert cell.missing == missing[at] and cell.so_far == (sum(amounts) if amounts else None)
            assert cell.value == (None if missing[at] else sum(amounts))


def test_the_example_in_the_docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas")
    root = next((folder for folder in Path(__file__).parents if (folder / "docs" / "budget.md").exists()), None)
    if root is None:
        pytest.skip("the tests were copied away from docs/budget.md")
    data = root / "examples" / "data"
    for name, source in (("units.csv", "viet-nam-2025-07/units.csv"), ("succession.csv", "viet-nam-2025-07/succession.csv"),
                         ("budget-2020.csv", "ha-tinh-2020-02/budget-2020-illustrative.csv")):
        (tmp_path / name).write_bytes((data / source).read_bytes())
    monkeypatch.chdir(tmp_path)
    text = (root / "docs" / "budget.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(compile(text.split("```python\n", 1)[1].split("```", 1)[0], "docs/budget.md", "exec"), names)
    assert capsys.readouterr().out.count("%") > 3
    assert names["whole"].to_bytes() == names["ledger"].tally("source", "stage").to_bytes()
    assert names["frame"]["behind"].is_monotonic_decreasing and len(names["frame"]) == len(names["slow"]) > 3


def test_near_names_are_told_once_and_sides_are_no_list() -> None:
    ledger = ntm.Ledger({"unit": ["A"], "stage": ["plan"], "date": ["2020-01-31"], "amount": [1]})
    with pytest.raises(ntm.NotFoundError, match=r"did you mean 'plan'\?$"):
        ledger.cube("unit", "stage")["A", "plann"]
    for sides in (["unit", "stage"], None, 5):
        with pytest.raises(TypeError, match="a side has to be"):
            ledger.cube(sides)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["sum", "missing", "open", "due", "part"])
def test_a_side_does_not_vanish_behind_a_column_of_its_name(name: str) -> None:
    table = {"unit": ["A", "B"], "stage": ["plan"] * 2, "date": ["2020-01-31"] * 2, "amount": [1, 2], name: ["x", "y"]}
    ledger = ntm.Ledger(table, dimensions=name)
    cube = ledger.cube(name, "stage")
    assert cube["x", "plan"].value == 1
    for ask in (lambda: cube.columns, lambda: cube.rates("plan", "plan"), lambda: ledger.slow(name, on="2020-03-01")):
        try:
            assert sorted(ask()[name]) == ["x", "y"]
        except ntm.ConflictError as error:
            assert error.subject == name


def test_what_a_tally_says_of_kinds_with_odd_line_ends() -> None:
    kind = "c\x85x\u2028kind\r\x1ccell"
    table = {"unit": ["A"], "stage": ["plan"], "date": ["2020-01-31"], "kind": [kind], "quantity": [1],
             "quantity_unit": ["tấn"]}
    tally = ntm.Ledger(table).tally("stage", measure="quantity")
    assert ntm.CubeTally.read(tally.to_bytes()).cube()["plan"].unit == "tấn"
