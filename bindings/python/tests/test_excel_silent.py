# SPDX-License-Identifier: Apache-2.0
"""Sheets as communes fill them: what would be read as another number, or as one unit too many, without a word."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, Sequence

import pytest

import ntm

openpyxl = pytest.importorskip("openpyxl")

import ntm.excel  # noqa: E402

INCOME = "Thu nhập bình quân đầu người"
ARREARS = "Nợ đọng xây dựng cơ bản"


@pytest.fixture(scope="module")
def law() -> ntm.CriteriaSet:
    return ntm.catalogue()["commune-ntm-2016-2020"]


def sheet(path: Path, *rows: Sequence[Any], **formats: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell, code in formats.items():
        book.active[cell].number_format = code
    book.save(path / "t.xlsx")
    return path / "t.xlsx"


@pytest.mark.parametrize("header", [INCOME, f"{INCOME} (triệu đồng/người/năm)", f"{INCOME} (nghìn đồng/người/năm)"])
@pytest.mark.parametrize("text", ["38,5 triệu", "38,5 triệu đồng", "38.500 nghìn"])
def test_a_bare_magnitude_of_money_is_of_dong(tmp_path: Path, law: ntm.CriteriaSet, header: str, text: str) -> None:
    data = ntm.excel.read_template(sheet(tmp_path, ["Mã xã", header], ["18103", text]), law)
    assert data["income-per-person"] == [Decimal("38.5")]


def test_a_bare_magnitude_elsewhere(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = sheet(tmp_path, ["Mã xã", f"{ARREARS} (triệu đồng)", "Số hộ"], ["18103", "1,2 tỷ", "1,5 nghìn"])
    data = ntm.excel.read_template(path, law)
    assert (data["construction-arrears"], data["households"]) == ([1200], [1500])


def test_the_advice_on_units_keeps_the_scale(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = sheet(tmp_path, ["Mã xã", f"{INCOME} (nghìn đồng)"], ["18103", 38500])
    with pytest.raises(ntm.UnitError) as caught:
        ntm.excel.read_template(path, law)
    found = re.search(r"units=\{'income-per-person': '([^']+)'\}", str(caught.value))
    assert found is not None
    data = ntm.excel.read_template(path, law, units={"income-per-person": found[1]})
    assert data["income-per-person"] == [Decimal("38.5")]


def test_a_unit_twice_in_two_spellings(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = sheet(tmp_path, ["Tên xã", "Số hộ"], ["Xã Hoà Hải", 1], ["Xã Sơn Lĩnh", 2], ["XÃ  HÒA HẢI", 3])
    with pytest.raises(ntm.ConflictError, match="A2"):
        ntm.excel.read_template(path, law)
    others = [["Xã Sơn Lĩnh", 1], ["Xã Sơn Linh", 2], ["Xã Hóa Hải", 3], ["Xã Hòa Hải", 4]]
    path = sheet(tmp_path, ["Tên xã", "Số hộ"], *others)
    assert ntm.excel.read_template(path, law)["households"] == [1, 2, 3, 4]


@pytest.mark.parametrize("called", ["Huyện Hương Sơn", "Thị xã Kỳ Anh", "Cộng huyện", "Tổng toàn tỉnh", "TỈNH HÀ TĨNH"])
def test_subtotals_are_no_communes(tmp_path: Path, law: ntm.CriteriaSet, called: str) -> None:
    rows = [["TT", "Tên xã", "Số hộ"], ["I", called, 300], [1, "Xã Cộng Hòa", 100], [2, "Tổng Cọt", 200]]
    data = ntm.excel.read_template(sheet(tmp_path, *rows), law)
    assert (list(data.units), data["households"]) == (["Xã Cộng Hòa", "Tổng Cọt"], [100, 200])
    assert [one.why for one in data.left_out if one.place == "2:2"] == ["total"]
    heading = [rows[0], ["I", called, None], *rows[2:]]
    assert list(ntm.excel.read_template(sheet(tmp_path, *heading), law).units) == ["Xã Cộng Hòa", "Tổng Cọt"]
    coded = [["Mã xã", "Tên xã", "Số hộ"], [None, called, 300], ["18103", "Xã Sơn Giang", 100]]
    assert ntm.excel.read_template(sheet(tmp_path, *coded), law)["households"] == [100]


def test_districts_are_units_of_their_own_sets(tmp_path: Path) -> None:
    law = ntm.catalogue()["district-ntm-2016-2020"]
    fact = next(one for one in law.facts if one.kind is ntm.FactKind.COUNT)
    path = sheet(tmp_path, ["Tên huyện", fact.name.vi], ["Huyện Hương Sơn", 3])
    data = ntm.excel.read_template(path, law, unit="Tên huyện")
    assert list(data.units) == ["Huyện Hương Sơn"]


def test_a_count_that_is_shown_in_percent(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = sheet(tmp_path, ["Mã xã", "Số hộ"], ["18103", 0.8995], B2="0.00%")
    with pytest.raises(ntm.UnitError, match=re.escape("shown in % (0.00%)")):
        ntm.excel.read_template(path, law)


def test_headers_are_printed_on_each_page(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    ntm.excel.write_template(tmp_path / "t.xlsx", law, units={"18103": "Sơn Giang"})
    result = ntm.evaluate({"households": [1]}, law, on="2020-02-25", unit=["18103"], region="BTB")
    ntm.excel.write_report(tmp_path / "r.xlsx", result)
    for name in ("t.xlsx", "r.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as book:
            text = book.read("xl/workbook.xml").decode()
        titles = re.findall(r"Print_Titles[^>]*>([^<]*)<", text)
        assert titles
        for one in titles:  # absolute: 'Sheet'!$5:$7,'Sheet'!$A:$C
            for place in one.split(","):
                assert re.search(r"!(\$\d+:\$\d+|\$[A-Z]+:\$[A-Z]+)$", place), one


def test_the_report_names_the_units(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    codes = ["18103", "18106"]
    was, now = (
        ntm.evaluate({"households": [10, 20], "makeshift-houses": [houses, 0]}, law, on=on, unit=codes, region="BTB")
        for houses, on in ((3, "2020-01-25"), (0, "2020-02-25"))
    )
    named = {"18103": "Sơn Giang", "18106": ""}
    ntm.excel.write_report(tmp_path / "r.xlsx", now, units=named, gaps=True, previous=was)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    firsts = {one.title: [row[0].value for row in one.iter_rows(min_row=3, max_col=1)] for one in book}
    assert firsts["Xã theo tiêu chí"] == ["Sơn Giang (18103)", "18106"]
    assert "Sơn Giang (18103)" in firsts["Còn thiếu"]
    with pytest.raises(ntm.ArgumentError, match="units: 1 for 2 rows"):
        ntm.excel.write_report(tmp_path / "r.xlsx", now, units=["Sơn Giang"])
