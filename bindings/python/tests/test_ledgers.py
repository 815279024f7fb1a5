# SPDX-License-Identifier: Apache-2.0
"""Ledgers: entries checked as a whole. All figures are made up."""

from __future__ import annotations

import pickle
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

CSV = """\
unit,source,stage,date,amount
18109,ngân sách trung ương,kế hoạch,2020-01-31,"1.250,5"
18109,central,disbursed,2020-02-10,1000
18112,people,plan,2020-01-31,7
18112,people,disbursed,2020-02-10,
"""


def registry() -> ntm.Units:
    """Two communes of one district; a third until the end of 2019, when it merged into the second."""
    return ntm.Units(
        {
            "code": ["42", "436", "437", "18109", "18112", "18115"],
            "name": ["Tỉnh Hà Tĩnh", "Huyện Can Lộc", "Huyện Đức Thọ", "Xã Một", "Xã Hai", "Xã Ba"],
            "level": ["province", "district", "district", "commune", "commune", "commune"],
            "parent": [None, "42", "42", "436", "436", "437"],
            "valid_to": [None, None, None, None, None, "2020-01-01"],
        },
        {"old_code": ["18115"], "new_code": ["18112"], "on": ["2020-01-01"]},
        allow=("reused", "renamed", "no successor", "from nowhere", "unknown part"),
    )


def rows(**columns: Any) -> dict[str, Any]:
    """Two good entries, with these columns in place of theirs."""
    return {"unit": ["A", "B"], "source": ["central"] * 2, "stage": ["plan"] * 2, "date": ["2020-01-31"] * 2,
            "amount": [1, 2], **columns}


def test_the_program_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(CSV, encoding="utf-8")
    ledger = ntm.Ledger.read_csv(path, numbers="vi", unit="triệu đồng", units=registry(), echelon="commune")
    assert len(ledger) == 4 and ledger.dimensions == ("unit", "source", "stage") and ledger.left_out == []
    assert repr(ledger) == "<ntm.Ledger of 4 rows: unit, source, stage>"
    cube = ledger.cube("district", "source", "stage", up=("district", "source"))
    assert cube["Huyện Can Lộc", "central", "disbursed"].value == 1_000_000_000
    assert cube["436", "ngân sách trung ương", "plan"].value == 1_250_500_000
    assert cube["Can Lộc", "people", "disbursed"] == (ntm.Known.NOT_REPORTED, None, None, 1, False, "đồng")
    slow = ledger.slow("district", "source", on="2020-02-25")
    assert slow["source"] == ["central", "people"] and slow["behind"] == [250_500_000, 7_000_000]
    for again in (CSV, CSV.encode()):
        money = ntm.Ledger.read_csv(again, numbers="vi", unit="triệu đồng")
        assert money.cube("stage")["plan"].value == 1_257_500_000
    with pytest.raises(ntm.BadValueError, match="đồng"):
        ntm.Ledger.read_csv(CSV, numbers="vi")
    with pytest.raises(ntm.FileError) as caught:
        ntm.Ledger.read_csv(tmp_path / "none.csv")
    assert "none.csv" in str(caught.value)


# What is wrong with a column, and what is said: always with the row, and nothing is loaded.
WRONG: list[tuple[dict[str, Any], dict[str, Any], type[ntm.NtmError], int, str]] = [
    ({"amount": [1, 2**63]}, {}, ntm.ExactOverflowError, 1, "int64"),
    ({"amount": [1, 2**62]}, {"unit": "tỷ đồng"}, ntm.ExactOverflowError, 1, "64"),
    ({"amount": ["1", "9223372036854775808"]}, {}, ntm.ExactOverflowError, 1, ""),
    ({"amount": [1, Decimal("2.5")]}, {}, ntm.BadValueError, 1, "đồng"),
    ({"amount": [1.0, 2.5]}, {}, ntm.BadValueError, 1, "đồng"),
    ({"amount": [1.0, float("nan")]}, {}, ntm.BadValueError, 1, ""),
    ({"amount": ["1.250,5", "1,250.5"]}, {"numbers": "vi", "unit": "triệu đồng"}, ntm.TextError, 1, ""),
    ({"source": ["central", "cental"]}, {}, ntm.NotFoundError, 1, "central"),
    ({"stage": ["plan", "plans"]}, {}, ntm.NotFoundError, 1, "disbursed"),
    ({"date": ["2020-01-31", "2020-13-01"]}, {}, ntm.TextError, 1, ""),
    ({"date": ["2020-01-31", None]}, {}, ntm.BadValueError, 1, ""),
    ({"unit": ["A", None]}, {}, ntm.BadValueError, 1, ""),
    ({"unit": ["A", "A"]}, {"key": ("unit",)}, ntm.ConflictError, 1, "row 0"),
    ({"unit": ["18109", "99999"]}, {"units": registry()}, ntm.NotFoundError, 1, "99999"),
    ({"unit": ["18109", "18115"]}, {"units": registry()}, ntm.NotFoundError, 1, "18115"),
]


@pytest.mark.parametrize("columns, options, kind, row, said", WRONG)
def test_every_wrong_row_is_named(
    columns: dict[str, Any], options: dict[str, Any], kind: type[ntm.NtmError], row: int, said: str
) -> None:
    with pytest.raises(kind) as caught:
        ntm.Ledger(rows(**columns), **options)
    error = caught.value
    assert error.row == row and error.subject and said in str(error), str(error)
    if columns.get("unit", [0, 0])[1] is not None and "int64" not in said:
        assert error.unit == columns.get("unit", ["A", "B"])[1]


def test_a_month_13() -> None:
    period = {"unit": ["A", "B"], "period": ["2020-12", "2020-13"], "amount": [1, 2]}
    with pytest.raises(ntm.TextError) as caught:
        ntm.Ledger(period)
    assert caught.value.row == 1 and "2020-13" in str(caught.value)


def test_problems_are_told_together_and_with_the_file(tmp_path: Path) -> None:
    text = "unit,source,date,amount\nA,nobody,2020-01-01,1\nB,central,2020-13-01,2\nC,central,2020-01-01,x\nD,central,2020-01-01,4\n"
    path = tmp_path / "money.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ntm.NtmError) as caught:
        ntm.Ledger.read_csv(path)
    assert sorted(one.row for one in caught.value.problems if one.row is not None) == [0, 1, 2]
    assert all("money.csv" in one.subject for one in caught.value.problems)
    ledger = ntm.Ledger.read_csv(path, wrong="leave out")
    assert [one.row for one in ledger.left_out] == [0, 1, 2] and len(ledger) == 4
    assert [one.status for one in ledger.left_out] == [ntm.Status.NOT_FOUND, ntm.Status.SYNTAX, ntm.Status.SYNTAX]
    assert all("money.csv" in one.subject for one in ledger.left_out)
    assert ledger.cube()[()].value == 4 and "3 left out" in repr(ledger)
    with pytest.raises(ntm.LimitError):
        ntm.Ledger.read_csv(path, wrong="leave out", left_out_most=2)


def test_options_that_cannot_be() -> None:
    for options in ({"unit": "quả"}, {"unit": "5 tỷ đồng"}, {"unit": 0}, {"unit": 500}, {"unit": 2**63}, {"unknown": "x"}, {"wrong": "x"},
                    {"left_out_most": 0}, {"nan": "x"}, {"numbers": "de"}, {"on": "x"}, {"echelon": "x"}):
        with pytest.raises(ntm.ArgumentError):
            ntm.Ledger(rows(), **options)
    for wrong in ({"units": 1}, {"codes": 1}, {"unit": 1.5}, {"dimensions": [1]}, {"key": [1]}, {"programmes": [1]}):
        with pytest.raises(TypeError):
            ntm.Ledger(rows(), **wrong)  # type: ignore[arg-type]
    for separator in ("", ",,", "·"):
        with pytest.raises(ntm.ArgumentError, match="separator"):
            ntm.Ledger.read_csv(CSV, separator=separator)
    with pytest.raises(ntm.ShapeError, match="amuont"):
        ntm.Ledger(rows(amuont=[1, 2]))
    assert ntm.Ledger(rows(amuont=[1, 2]), unknown="ignore").dimensions == ("unit", "source", "stage")
    for columns in ({"amount": [1, 2, 3]}, {"source": [1.5, 2.5]}, {"source": np.array(["2020-01-01"] * 2, "M8[D]")},
                    {"date": [1, 2]}, {"amount": np.array(["2020-01-01"] * 2, "M8[D]")}):
        with pytest.raises(ntm.ShapeError):
            ntm.Ledger(rows(**columns))
    with pytest.raises(TypeError):
        ntm.Ledger([1, 2])


@pytest.mark.parametrize("unit, many", [("đồng", 1), ("nghìn đồng", 1000), ("triệu đồng", 10**6), ("tỷ đồng", 10**9),
                                        ("tỷ", 10**9), (1000, 1000)])
def test_money_units(unit: str | int, many: int) -> None:
    assert ntm.Ledger(rows(), unit=unit).cube("unit", "stage")["B", "plan"].value == 2 * many


def test_dimensions() -> None:
    usual = {one.name: one for one in ntm.usual_dimensions()}
    assert {"programme", "component", "doer", "kind", "source", "nature", "stage"} == set(usual)
    central = next(one for one in usual["source"].members if one.id == "central")
    assert central.parent == "state" and central.name is not None and not central.stock
    assert [one.id for one in usual["stage"].members if one.stock] == ["outstanding"]
    own = ntm.Dimension("source", (ntm.Member("x"), ntm.Member("y", "tên y", "x")))
    ledger = ntm.Ledger(rows(source=["x", "tên y"], person=[7, 8]), dimensions=[own, "person"])
    assert ledger.members("source")[:2] == own.members and [one.id for one in ledger.members("person")] == ["7", "8"]
    assert ledger.members("nobody") == ()
    cube = ledger.cube("source", "stage", up="source")
    assert cube["x", "plan"].value == 3 and cube["tên y", "plan"].value == 2
    with pytest.raises(ntm.SchemaError):
        ntm.Ledger(rows(), dimensions=[ntm.Dimension("source", (ntm.Member("x", parent="x"),))])


def test_duplicates_and_quantities() -> None:
    ledger = ntm.Ledger(
        {"unit": ["A"] * 4, "person": ["p", "q", "p", "p"], "kind": ["suất"] * 4, "quantity": [1, Decimal("2.5"), 1, 3],
         "quantity_unit": ["gift"] * 4, "date": ["2020-01-01"] * 4},
        dimensions=["person"],
    )
    assert ledger.duplicates("person") == [(2, 0), (3, 0)] and ledger.duplicates("person")[0].of == 0
    assert ledger.duplicates() == [(2, 0)]
    assert ledger.quantity_unit("suất") == "gift" and ledger.quantity_unit("x") is None
    with pytest.raises(ntm.NotFoundError):
        ledger.duplicates("nobody")
    cell = ledger.cube("kind", measure="quantity")["suất"]
    assert cell.value == Decimal("7.5") and cell.unit == "gift"
    with pytest.raises(ntm.UnitError) as caught:
        ntm.Ledger({"unit": ["A"] * 2, "kind": ["k"] * 2, "quantity": [1, 2], "quantity_unit": ["t", "kg"], "year": [2020] * 2})
    assert caught.value.row == 1


def test_what_is_borrowed() -> None:
    amount = np.array([1, 2])
    ledger = ntm.Ledger(rows(amount=amount))
    assert ledger.borrows("amount") and not ledger.borrows("unit") and not ledger.borrows("nothing")
    assert not ntm.Ledger(rows(amount=amount), unit="tỷ đồng").borrows("amount")
    assert not ntm.Ledger(rows(amount=["1", "2"])).borrows("amount")
    assert not ntm.Ledger.read_csv(CSV, numbers="vi", unit="triệu đồng").borrows("amount")
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(rows(amount=amount))
    frame["source"] = frame["source"].astype("category")
    ledger = ntm.Ledger(frame)
    assert ledger.borrows("amount") and ledger.borrows("source") and not ledger.borrows("stage")
    assert ledger.cube("source", "stage")["central", "plan"].value == 3


def test_codes_that_index_are_never_the_callers_to_change() -> None:
    unit = np.array([3, 4], np.int8)
    ledger = ntm.Ledger(rows(unit=unit))
    unit[:] = 127
    assert not ledger.borrows("unit")
    assert ledger.cube("unit", "stage").columns["unit"] == ["3", "4"]


def test_what_is_borrowed_stays() -> None:
    def made() -> ntm.Ledger:
        return ntm.Ledger(rows(unit=["18109", "18112"], amount=np.arange(2) + 5), units=registry())

    ledger = made()
    assert ledger.cube("district", "stage")["Huyện Can Lộc", "plan"].value == 11
    units = registry()
    ledger = ntm.Ledger(rows(unit=["18109", "18112"]), units=units)
    units.close()
    cube = ledger.cube("district", "stage")
    ledger.close()
    assert cube["Can Lộc", "kế hoạch"].value == 3
    with pytest.raises(ValueError, match="closed"):
        ledger.cube()
    assert repr(ledger) == "<ntm.Ledger, closed>"
    with pytest.raises(TypeError, match="make it again"):
        pickle.dumps(made())


def test_budget_codes() -> None:
    codes = ntm.Classification()
    good = rows(chapter=["612", "612"], date=["2020-01-31", "2024-05-01"])
    assert len(ntm.Ledger(good, codes=codes)) == 2
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.Ledger(rows(chapter=["612", "61x"]), codes=codes)
    assert caught.value.row == 1 and "61x" in str(caught.value)
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.Ledger(rows(category=["280", "250"], **{"class": ["283", "283"]}), codes=codes, local_sources=("central",),
                   programmes=[ntm.BudgetProgramme("ntm", "0490")])
    assert caught.value.row == 1
    with pytest.raises(ntm.ShapeError, match="chapter"):
        ntm.Ledger(good)


def test_threads() -> None:
    ledger = ntm.Ledger(rows(unit=np.arange(20_000) % 50, source=["central"] * 20_000, stage=["plan"] * 20_000,
                             date=["2020-01-31"] * 20_000, amount=np.ones(20_000, np.int64)))
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(ledger.cube("unit", "stage")["7", "plan"].value))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [400] * 4


def test_arrow() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    ledger = ntm.Ledger(pyarrow.RecordBatch.from_pydict(rows()))
    assert ledger.cube("unit", "stage")["B", "plan"].value == 2 and ledger.borrows("amount")


def test_polars() -> None:
    polars = pytest.importorskip("polars")
    assert ntm.Ledger(polars.DataFrame(rows())).cube("unit", "stage")["B", "plan"].value == 2
