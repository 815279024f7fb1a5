# SPDX-License-Identifier: Apache-2.0
"""Facts from CSV files."""

from __future__ import annotations

import pickle
import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import ntm

FILE = """\
# số liệu minh họa
code,Số hộ,clean-water,insured,income,plan,market,rating,region,huyện
18103,2.000,1.799,"89,95","36,5",đạt,không áp dụng,khá,BTB,Nghi Xuân
18106,2.000,1.800,,36,chưa đạt,đạt,,BTB,
18109,,đang cập nhật,"100","35,999999",đạt,,tốt,BTB,Can Lộc
"""

WAYS = {"locale": "vi", "yes": "đạt", "no": "chưa đạt", "not_applicable": "không áp dụng",
        "not_reported": "đang cập nhật", "keep": ["huyện"]}


def read(text: str, law: ntm.CriteriaSet, **more: object) -> ntm.FactTable:
    return ntm.read_csv(text, law, **{**WAYS, **more})  # type: ignore[arg-type]


def test_a_file_is_read_as_the_facts_ask(law: ntm.CriteriaSet) -> None:
    table = read(FILE, law)
    assert table.units == ["18103", "18106", "18109"] and len(table) == 3
    assert table.texts == {"huyện": ["Nghi Xuân", None, "Can Lộc"]}
    assert table.comment == "số liệu minh họa"
    assert table["households"].values[:2].tolist() == [2000, 2000] and table["households"].scale == 0
    assert table["households"].not_reported.tolist() == [False, False, True]
    assert table["clean-water"].not_reported.tolist() == [False, False, True]
    income = table["income"]
    assert [int(one) for one in income.values] == [36500000, 36000000, 35999999] and income.scale == 6
    assert table["market"].not_applicable.tolist() == [True, False, False]
    assert table["market"].not_reported.tolist() == [False, False, True]
    result = ntm.evaluate(table, law, on="2020-02-25")
    assert result.units == table.units
    assert ntm.evaluate(table, law, on="2020-02-25", unit=["a", "b", "c"]).units == ["a", "b", "c"]
    assert result.indicator("1.1").tolist() == [2, 1, 0]
    assert result.indicator("1.2").tolist() == [1, 0, 1]
    assert result.indicator("2.1").tolist() == [1, 1, 2]
    assert result.indicator("3.1").tolist() == [1, 2, 1]
    assert result.indicator("3.2").tolist() == [1, 1, 0]  # nothing to rate: the condition does not apply
    assert result.indicator("3.3").tolist() == [1, 0, 1]


def test_a_file_on_disk(law: ntm.CriteriaSet, tmp_path: Path) -> None:
    path = tmp_path / "xã.csv"
    path.write_text("\ufeff" + FILE.replace("\n", "\r\n"), encoding="utf-8")
    table = ntm.read_csv(path, law, **WAYS)  # type: ignore[arg-type]
    assert table.units == read(FILE, law).units
    for name in table:
        np.testing.assert_array_equal(table[name].values, read(FILE, law)[name].values)
    with pytest.raises(ntm.FileError) as caught:
        ntm.read_csv(tmp_path / "none.csv", law)
    assert "none.csv" in str(caught.value)
    path.write_bytes(FILE.encode("utf-16"))
    with pytest.raises(ntm.ShapeError, match="UTF-8"):
        ntm.read_csv(path, law)
    path.write_bytes(b"")
    with pytest.raises(ntm.ShapeError, match="no header"):
        ntm.read_csv(path, law)


def test_columns_that_the_law_does_not_know(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.NotFoundError, match="insured.*keep=") as caught:
        read("code,insurred,x\n1,\"1,0\",2\n", law, keep=())
    assert [problem.subject for problem in caught.value.problems] == ["insurred", "x"]
    assert read("code,x,income\n1,2,\n", law, keep=(), unknown="ignore").keys() == ("income",)
    renamed = read("code,x\n1,2\n", law, keep=(), columns={"x": "households"})
    assert renamed["households"].values.tolist() == [2]
    with pytest.raises(ntm.NotFoundError, match="header of text") as caught:
        read("codes,income\n1,2\n", law, keep=())
    assert caught.value.subject == "code" and "codes" in caught.value.message
    with pytest.raises(ntm.NotFoundError):
        read("code,income\n1,2\n", law, keep=["district"])
    with pytest.raises(ntm.ConflictError, match="2 columns"):
        read("code,Số hộ,households\n1,2,3\n", law, keep=())
    with pytest.raises(ntm.ConflictError, match="2 columns"):
        read("code,income,income\n1,2,3\n", law, keep=())


def test_cells_that_cannot_be_read(law: ntm.CriteriaSet) -> None:
    with pytest.raises(ntm.NtmError) as caught:
        read(FILE.replace("1.799", "1,5").replace("chưa đạt", "có lẽ"), law)
    assert [(problem.line, problem.row) for problem in caught.value.problems] == [(3, 0), (4, 1)]
    with pytest.raises(ntm.ConflictError, match="row 0 already") as twice:
        read(FILE.replace("18106", "18103"), law)
    assert twice.value.row == 1
    with pytest.raises(ntm.BadValueError, match="'Tổng cộng' is a total and no unit") as total:
        read(FILE.replace("18109", "Tổng cộng"), law)
    assert total.value.row == 2
    assert read(FILE.replace("18109", "Tổng Cọt"), law).units[2] == "Tổng Cọt"  # a commune
    with pytest.raises(ntm.BadValueError, match="without a name"):
        read(FILE.replace("18106", ""), law)
    with pytest.raises(ntm.NtmError) as digits:
        read(FILE.replace("35,999999", "35,9999999"), law)
    assert digits.value.line == 5


def test_bounds_and_files_without_units(law: ntm.CriteriaSet) -> None:
    table = read("income:least,income:most\n\"35,9\",\"36,1\"\n36,\n", law, unit=None, keep=())
    assert table.units is None and len(table) == 2
    result = ntm.evaluate(table, law, on="2020-02-25", region="BTB")
    assert result.indicator("2.1").tolist() == [0, 1]
    assert len(read("code,income\n", law, keep=())) == 0
    with pytest.raises(ntm.NotFoundError, match="income"):
        table["incom"]
    with pytest.raises(ntm.NotFoundError, match="no such shipped set"):
        ntm.read_csv(FILE, "small")


def test_who_holds_another_standard_is_named_by_it() -> None:
    catalogue = ntm.catalogue()
    full = catalogue["commune-ntm-2016-2020"].with_overlay(catalogue.overlay("commune-ntm-2016-2020.recalled.unverified"))
    text = "code,commune-health-standard,holds:law-access-standard\nA,1,0\nB,0,\n"
    table = ntm.read_csv(text, full)
    assert table.keys() == ("holds:commune-health-standard", "holds:law-access-standard")
    assert ntm.evaluate(table, full, on="2020-02-25", unit=table.units).indicator("15.2").tolist() == [1, 2]
    kept = ntm.read_csv(text, full, keep=["commune-health-standard"])
    assert kept.texts == {"commune-health-standard": ["1", "0"]}
    with pytest.raises(ntm.NotFoundError, match="ocop-honey-2019"):
        ntm.read_csv("code,ocop-honey-2019\nA,1\n", full)
    with pytest.raises(ntm.ConflictError):
        ntm.read_csv("code,commune-health-standard,holds:commune-health-standard\nA,1,1\n", full)


def test_some_rows_of_a_file(law: ntm.CriteriaSet) -> None:
    table = read(FILE, law)
    some = table.take(["18109", "18103"])
    assert some.units == ["18109", "18103"] and some.texts == {"huyện": ["Can Lộc", "Nghi Xuân"]}
    assert some.keys() == table.keys() and some.comment == table.comment
    every, few = (ntm.evaluate(one, law, on="2020-02-25", unit=one.units) for one in (table, some))
    for indicator in law.indicators:
        assert few.indicator(indicator.id).tolist() == every.indicator(indicator.id)[[2, 0]].tolist()
    with pytest.raises(ntm.NotFoundError, match="18104.*18103") as caught:
        table.take(["18104", "18103", "x"])
    assert [problem.subject for problem in caught.value.problems] == ["18104", "x"]
    with pytest.raises(ntm.ArgumentError, match="unit="):
        read("income\n36\n", law, unit=None, keep=()).take(["18103"])
    plain = ntm.FactTable({"households": [2000, None]}, ["A", "B"])
    assert ntm.evaluate(plain.take(["B", "A"]), law, on="2020-02-25").criteria_met.most.tolist() == [3, 3]


def test_a_file_to_look_at(law: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    frame = read(FILE, law).to_pandas()
    assert list(frame) == ["unit", "huyện", *read(FILE, law).keys()]
    assert frame["households"].tolist() == [2000, 2000, pandas.NA]
    assert [str(one) for one in frame["income"]] == ["36.5", "36", "35.999999"]
    assert [None if one is pandas.NA else one for one in frame["market"]] == [None, True, None]
    assert frame["rating"].tolist() == ["khá", None, "tốt"] and frame["huyện"].tolist() == ["Nghi Xuân", None, "Can Lộc"]
    assert "18106" in read(FILE, law)._repr_html_()
    again = pickle.loads(pickle.dumps(read(FILE, law)))
    assert again.to_pandas().equals(frame) and again.comment == "số liệu minh họa"


def test_a_file_as_a_data_frame(law: ntm.CriteriaSet) -> None:
    pytest.importorskip("pandas")
    frame = read(FILE, law).to_pandas()
    assert list(frame)[:4] == ["unit", "huyện", "households", "clean-water"]
    assert frame["unit"].tolist() == ["18103", "18106", "18109"]
    assert frame["clean-water"].isna().tolist() == [False, False, True] and frame["clean-water"][0] == 1799
    assert frame["insured"].tolist() == [Decimal("89.950000"), None, Decimal("100.000000")]
    assert frame["market"].isna().tolist() == [True, False, True]
    assert "3 rows" in repr(read(FILE, law))


def test_columns_that_are_no_facts(tmp_path: Path) -> None:
    text = "# định mức\nwork,amount,per,day\nroad,\"1.500.000\",\"0,5\",2020-02-25\nschool,,2,\n"
    assert ntm.read_columns(text, numbers=["amount", "per"], days=["day"], locale="vi") == {
        "work": ["road", "school"],
        "amount": [1500000, None],
        "per": [Decimal("0.5"), Decimal("2")],
        "day": [datetime.date(2020, 2, 25), None],
    }
    assert ntm.read_columns(text)["amount"] == ["1.500.000", None]
    path = tmp_path / "norms.csv"
    path.write_text(text.replace("1.500.000", "nhiều"), encoding="utf-8")
    with pytest.raises(ntm.NtmError) as caught:
        ntm.read_columns(path, numbers=["amount"], locale="vi")
    assert caught.value.line == 3 and caught.value.path == str(path)
    with pytest.raises(ntm.NotFoundError, match="amount"):
        ntm.read_columns(text, numbers=["amuont"])
    with pytest.raises(ntm.ConflictError, match="2 columns"):
        ntm.read_columns("a,a\n1,2\n")
    with pytest.raises(ntm.ArgumentError, match="separator"):
        ntm.read_columns(text, separator=";;")
    assert ntm.read_columns("a,b\n", numbers=["b"]) == {"a": [], "b": []}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Mã xã,households\n18103,1\n", "is 'Mã xã', 'households'; unit= names the column of units"),
        ("code;households\n18103;1\n", "separator=';'"),
        ("code\thouseholds\n18103\t1\n", "separator='\\\\t'"),
    ],
)
def test_a_header_without_the_column_of_units_says_what_to_do(text: str, hint: str) -> None:
    with pytest.raises(ntm.NotFoundError, match=hint):
        ntm.read_csv(text, "commune-ntm-2016-2020")
