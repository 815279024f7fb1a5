# SPDX-License-Identifier: Apache-2.0
"""Templates: written, filled in, read; and tables that other people made."""

from __future__ import annotations

import csv
import datetime
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ntm
import ntm.excel

openpyxl = pytest.importorskip("openpyxl")
np = pytest.importorskip("numpy")

DATA = next(
    (
        folder / "examples/data/ha-tinh-2020-02"
        for folder in Path(__file__).parents
        if (folder / "examples/data/ha-tinh-2020-02").exists()
    ),
    None,
)


def book(path: Path, rows: list[list[Any]], merges: list[str] = [], name: str = "Biểu 01") -> Path:
    """A workbook with one sheet of rows."""
    made = openpyxl.Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    for one in merges:
        made.active.merge_cells(one)
    made.save(path)
    return path


@pytest.fixture(scope="module")
def shipped() -> ntm.CriteriaSet:
    laws = ntm.catalogue()
    return laws["commune-ntm-2016-2020"].with_overlay(laws.overlay("commune-ntm-2016-2020.recalled.unverified"))


def illustrative(law: ntm.CriteriaSet) -> tuple[list[str], dict[str, list[Any]], dict[str, list[bool]]]:
    """(units, values, not applicable) of the shipped table, numbers as Decimal."""
    if DATA is None:
        pytest.skip("the shipped data are not beside the tests")
    lines = [
        line
        for line in (DATA / "indicators-illustrative.csv").read_text(encoding="utf-8").splitlines()
        if line[:1] != "#"
    ]
    rows = list(csv.DictReader(lines))
    words: dict[str, Any] = {"": None, "đạt": True, "chưa đạt": False, "không áp dụng": None}
    values, away = {}, {}
    for column in rows[0]:
        if column != "code":
            key = column if any(fact.id == column for fact in law.facts) else f"holds:{column}"
            texts = [row[column] for row in rows]
            values[key] = [words[one] if one in words else ntm.parse_number(one, locale="vi") for one in texts]
            away[key] = [one == "không áp dụng" for one in texts]
    return [row["code"] for row in rows], values, away


def test_the_whole_province_goes_round(tmp_path: Path, shipped: ntm.CriteriaSet) -> None:
    units, values, away = illustrative(shipped)
    path = tmp_path / "mau.xlsx"
    ntm.excel.write_template(path, shipped, units=units, period="2020-02")
    empty = ntm.excel.read_template(path, shipped)
    assert set(values) <= set(empty) and empty.units == tuple(units) and empty.period == "2020-02"
    made = openpyxl.load_workbook(path)
    for key, column in values.items():
        for row, value in enumerate(column):
            shown = (
                "Không áp dụng"
                if away[key][row]
                else value if not isinstance(value, bool) else "Có" if value else "Không"
            )
            made.active[empty.cell(row, key)] = shown
    made.save(path)
    data = ntm.excel.read_template(path, shipped, period="2020-02")
    same: dict[str, Any] = {
        key: ntm.Column(column, not_applicable=np.array(away[key])) for key, column in values.items()
    }
    ours = ntm.evaluate(data, shipped, on="2020-02-25", unit=data.units, region="BTB")
    theirs = ntm.evaluate(same, shipped, on="2020-02-25", unit=units, region="BTB")
    assert any(any(one) for one in away.values()) and ours.tally().met + ours.tally().not_met > 0
    for indicator in shipped.indicators:
        assert np.array_equal(ours.indicator(indicator.id), theirs.indicator(indicator.id)), indicator.id
    assert np.array_equal(ours.status, theirs.status)
    assert {name.why for name in data.left_out} == {"title", "numbers of columns", "not a fact"}


def test_a_form_goes_round(tmp_path: Path, shipped: ntm.CriteriaSet) -> None:
    path = tmp_path / "phieu.xlsx"
    ntm.excel.write_template(path, shipped, units={"18103": "Sơn Giang"}, layout="form")
    made = openpyxl.load_workbook(path)
    lines = {made.active.cell(row, 2).value: row for row in range(1, made.active.max_row + 1)}
    made.active.cell(lines["Số hộ"], 4).value = "1.799"
    made.active.cell(lines["Đường ngõ, xóm"], 4).value = 12.4
    made.active.cell(lines["Có chợ nông thôn"], 4).value = "Không áp dụng"
    made.active.cell(lines["Có nơi mua bán, trao đổi hàng hóa"], 4).value = "Có"
    made.save(path)
    data = ntm.excel.read_template(path, shipped)
    assert data.layout == "form" and data.units == ("18103",) and data.names == ("Sơn Giang",)
    assert data["households"] == [1799] and data["lanes"] == [Decimal("12.4")] and data["trading-place"] == [True]
    assert data["rural-market"].not_applicable == [True] and data["population"] == [None]
    assert data.cell("18103", "households") == f"D{lines['Số hộ']}"
    assert ntm.evaluate(data, shipped, on="2020-02-25", unit=data.units).indicator("7").tolist() == [1]
    with pytest.raises(ntm.ConflictError, match="18103"):
        ntm.excel.read_template(path, shipped, layout="form", unit="18106")


def test_a_table_of_other_people(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    rows = [
        ["ỦY BAN NHÂN DÂN HUYỆN"],
        ["BIỂU TỔNG HỢP THÁNG 2 NĂM 2020"],
        ["Đơn vị tính: nghìn đồng"],
        [],
        ["TT", "Tên xã", "Số hộ", None, "Thu nhập", "Tỷ lệ bảo hiểm y tế", "Quy hoạch", "Xếp loại", "Ghi chú"],
        [None, None, "Tổng số (hộ)", "dùng nước sạch", "(nghìn đồng/người/năm)", "%", "được duyệt"],
        ["A", "B", 1, 2, 3, 4, 5, 6],
        ["I", "Huyện Hương Sơn"],
        [1, "Sơn Giang", "1.799", 1700, 36000, 0.8995, "x", "KHÁ", "chợ đang sửa"],
        [2, "Sơn  Lĩnh", 500, None, "38.500,5", "89,95%", "Chưa đạt", None],
        ["", "Tổng cộng", 2299, 1700],
        [],
        ["Người lập biểu", None, None, None, "CHỦ TỊCH"],
    ]
    path = book(tmp_path / "a.xlsx", rows, ["A1:I1", "A2:I2", "A5:A6", "B5:B6", "C5:D5", "H5:H6", "I5:I6"])
    made = openpyxl.load_workbook(path)
    made.active["F9"].number_format = "0.00%"
    made.save(path)
    data = ntm.excel.read_template(path, law, period="2020-02", yes=("x",))
    assert data.units == ("Sơn Giang", "Sơn Lĩnh") and data.period == "2020-02"
    assert data["households"] == [1799, 500] and data["clean-water"] == [1700, None]
    assert data["income"] == [36, Decimal("38.5005")] and data["insured"] == [Decimal("89.95"), Decimal("89.95")]
    assert data["plan"] == [True, False] and data["rating"] == ["khá", None]
    assert data.converted["income"] == ("nghìn đồng/người/năm", "triệu đồng/người/năm")
    why = {one.place: one.why for one in data.left_out}
    assert (
        why["7:7"] == "numbers of columns"
        and why["8:8"] == "heading"
        and why["11:11"] == "total"
        and why["13:13"] == "note"
    )
    assert why["A:A"] == "not a fact" and why["I:I"] == "not a fact" and why["2:2"] == "title"
    assert (data.cell(1, "insured"), data.cell("Sơn Giang", "income")) == ("F10", "E9")
    result = ntm.evaluate(data, law, on="2020-02-25", unit=data.units, region="BTB")
    assert result.indicator("2.1").tolist() == [1, 1] and result.indicator("1.2").tolist() == [1, 1]


def test_communes_that_are_called_like_totals(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx", [["Tên xã", "Số hộ"], ["Cộng Hòa", 1], ["Tổng Cọt", 2], ["Cộng:", 3], ["Nguồn: xã", None]]
    )
    data = ntm.excel.read_template(path, law)
    assert data.units == ("Cộng Hòa", "Tổng Cọt")
    assert [(one.text, one.why) for one in data.left_out][-2:] == [("Cộng: | 3", "total"), ("Nguồn: xã", "note")]


def test_units_convert_exactly_or_not_at_all(tmp_path: Path, shipped: ntm.CriteriaSet) -> None:
    head = [
        "Mã xã",
        "Nợ đọng xây dựng cơ bản (Tr.đồng)",
        "Diện tích đất sản xuất nông nghiệp (KM²)",
        "Đường ngõ, xóm [m]",
    ]
    path = book(tmp_path / "a.xlsx", [head, ["18103", 7.942, 12.345, 1234567]])
    data = ntm.excel.read_template(path, shipped)
    assert data["construction-arrears"] == [Decimal("7.942")]
    assert data["farmland"] == [Decimal("1234.5")] and data["lanes"] == [Decimal("1234.567")]
    path = book(
        tmp_path / "b.xlsx",
        [["Mã xã", "Nợ đọng xây dựng cơ bản (tỷ đồng)"], ["18103", "0,1"], ["18106", "38 triệu đồng"]],
    )
    assert ntm.excel.read_template(path, shipped)["construction-arrears"] == [100, 38]
    path = book(tmp_path / "c.xlsx", [["Mã xã", "Số hộ (khẩu)"], ["18103", 5]])
    with pytest.raises(ntm.UnitError, match='cell B1: the header says "khẩu", and households is in "household"'):
        ntm.excel.read_template(path, shipped)
    assert ntm.excel.read_template(path, shipped, units={"households": "hộ"})["households"] == [5]
    path = book(tmp_path / "d.xlsx", [["Mã xã", "Số hộ (hộ)"], ["18103", 0.5]])
    made = openpyxl.load_workbook(path)
    made.active["B2"].number_format = "0%"
    made.save(path)
    with pytest.raises(ntm.UnitError, match="cell B2"):
        ntm.excel.read_template(path, shipped)


def test_a_row_of_units_below_the_header(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx", [["Xã", "Số hộ", "Thu nhập"], [None, "hộ", "đồng/người/năm"], ["An", 3, 36_000_000]]
    )
    data = ntm.excel.read_template(path, law)
    assert data["income"] == [36] and data["households"] == [3] and data.units == ("An",)


def test_names_are_folded_and_never_guessed(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [["MÃ XÃ", "SỐ  HỘ", "1.2. tỷ lệ bảo hiểm y tế:", "Tỷ lệ bảo hiểm", "Số hộ nghèo"], ["1", 5, 3, 4, 5]],
    )
    with pytest.raises(ntm.NotFoundError) as caught:
        ntm.excel.read_template(path, law)
    assert [problem.line for problem in caught.value.problems] == [1, 1]
    assert "cell D1" in str(caught.value) and "'Tỷ lệ bảo hiểm y tế' (insured)" in str(caught.value)
    data = ntm.excel.read_template(path, law, unknown="ignore")
    assert list(data) == ["households", "insured"]
    assert [one.place for one in data.left_out if one.why == "unknown"] == ["D:D", "E:E"]
    data = ntm.excel.read_template(path, law, headers={"Tỷ lệ bảo hiểm": None, "Số hộ nghèo": "clean-water"})
    assert list(data) == ["households", "insured", "clean-water"] and data["clean-water"] == [5]
    assert data.header("households") == "B1"


def test_codes_dates_axes_and_flags(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx",
        [
            ["Mã", "Vùng", "Đã đăng ký", "Quy hoạch được duyệt"],
            [103, "Bắc Trung Bộ", True, "ĐẠT"],
            [18106.0, "DBSH", "Không", "  "],
        ],
    )
    made = openpyxl.load_workbook(path)
    made.active["A2"].number_format = "00000"
    made.save(path)
    data = ntm.excel.read_template(path, law)
    assert data.units == ("00103", "18106") and data["region"] == ["BTB", "DBSH"]
    assert data["registered"] == [True, False] and data["plan"] == [True, None]


def test_a_file_object_and_the_choice_of_the_sheet(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(tmp_path / "a.xlsx", [["Xã", "Số hộ"], ["An", 3]], name="Tháng 1")
    made = openpyxl.load_workbook(path)
    for name, state in (("Tháng 2", "visible"), ("Ẩn", "hidden"), ("Bìa", "visible")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["Xã", "Số hộ"] if name != "Bìa" else ["Bìa"])
        sheet.append(["Bình", 4])
    made.save(path)
    with pytest.raises(ntm.ConflictError, match="'Tháng 1', 'Tháng 2'"):
        ntm.excel.read_template(path, law)
    with path.open("rb") as stream:
        data = ntm.excel.read_template(stream, law, sheet="tháng 2")
    assert data.units == ("Bình",)
    assert ntm.excel.read_template(path, law, sheet=2).sheet == "Ẩn"
    del made["Tháng 2"]
    made.save(path)
    left = {one.sheet: one.why for one in ntm.excel.read_template(path, law).left_out}
    assert left == {"Ẩn": "hidden sheet", "Bìa": "no fact's name in a header"}
    with pytest.raises(ntm.NotFoundError, match="did you mean 'Tháng 1'"):
        ntm.excel.read_template(path, law, sheet="Tháng 11")


def test_an_error_of_evaluate_is_told_as_a_cell(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(tmp_path / "a.xlsx", [["Mã xã", "Số hộ", "Số hộ dùng nước sạch"], ["1", 5, 5], ["2", 5, 6]])
    data = ntm.excel.read_template(path, law)
    with pytest.raises(ntm.BadValueError) as caught:
        ntm.evaluate(data, law, on="2020-02-25", unit=data.units)
    assert caught.value.row == 1 and data.place(caught.value) == f'{path}, sheet "Biểu 01", cell C3'


def test_what_a_template_is_like(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = tmp_path / "mau.xlsx"
    ntm.excel.write_template(
        path,
        law,
        units={"1": "=An", "2": "Bình"},
        period="2020-02",
        facts=["households", "income", "plan", "rating", "insured"],
    )
    sheet = openpyxl.load_workbook(path).active
    heads = {sheet.cell(6, column).value: column for column in range(4, 9)}
    assert list(heads) == [
        "Số hộ (hộ)",
        "Tỷ lệ bảo hiểm y tế (%)",
        "Thu nhập (triệu đồng/người/năm)",
        "Quy hoạch được duyệt",
        "Xếp loại",
    ]
    assert "D5:E5" in {str(one) for one in sheet.merged_cells.ranges} and sheet["D5"].value == "1. Nước sạch"
    assert (
        sheet.protection.sheet
        and not sheet.protection.password
        and sheet["D6"].protection.locked
        and not sheet["D8"].protection.locked
    )
    assert (
        sheet.freeze_panes == "D8"
        and sheet.page_setup.orientation == "landscape"
        and sheet.print_title_rows.replace("$", "") == "5:7"
    )
    assert (sheet["C8"].value, sheet["C8"].data_type, sheet["C8"].quotePrefix) == ("=An", "s", True)
    rules = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    assert (rules["D8"].type, rules["D8"].formula1) == ("whole", "0") and (
        rules["E8"].formula1,
        rules["E8"].formula2,
    ) == ("0", "100")
    assert (
        rules["G8"].formula1 == '"Có,Không,Không áp dụng"'
        and rules["H8"].formula1 == '"trung bình,khá,tốt,Không áp dụng"'
    )
    for call, error in (
        (dict(facts=["hh"]), ntm.NotFoundError),
        (dict(period="2020-2"), ntm.ArgumentError),
        (dict(units=["1", "1"]), ntm.ConflictError),
        (dict(units=["1", "2"], layout="form"), ntm.ArgumentError),
        (dict(units="18103"), TypeError),
    ):
        with pytest.raises(error):
            ntm.excel.write_template(tmp_path / "x.xlsx", law, **call)  # type: ignore[arg-type]
    assert not (tmp_path / "x.xlsx").exists()


def test_levels_too_long_for_a_cell_stand_on_a_hidden_sheet(tmp_path: Path) -> None:
    from conftest import SMALL

    law = ntm.CriteriaSet.read(SMALL.replace("[trung bình, khá, tốt]", "['kém, yếu', khá, tốt]"))
    ntm.excel.write_template(tmp_path / "a.xlsx", law, units=["1"])
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert made["Danh mục"].sheet_state == "hidden" and [row[0].value for row in made["Danh mục"].rows][:2] == [
        "kém, yếu",
        "khá",
    ]
    made.active.cell(8, next(c.column for c in made.active[6] if c.value == "Xếp loại")).value = "kém, yếu"
    made.save(tmp_path / "a.xlsx")
    assert ntm.excel.read_template(tmp_path / "a.xlsx", law)["rating"] == ["kém, yếu"]


def test_every_shipped_set_has_a_template(tmp_path: Path) -> None:
    laws = ntm.catalogue()
    for id in laws:
        if laws[id].facts:
            ntm.excel.write_template(tmp_path / "a.xlsx", laws[id], units=["1"])
            data = ntm.excel.read_template(tmp_path / "a.xlsx", laws[id])
            assert {fact.id for fact in laws[id].facts} == {key for key in data if not key.startswith("holds:")}, id
            ntm.excel.write_template(tmp_path / "a.xlsx", laws[id], units=["1"], layout="form", lang="en")
            assert set(ntm.excel.read_template(tmp_path / "a.xlsx", laws[id])) == set(data), id


def by_hand(path: Path, sheet: str, strings: str, workbook: str = "") -> Path:
    """A workbook as Excel and other programs write it, which openpyxl does not: shared and rich text, prefixes, absolute targets."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    of = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    prefixed = 'xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {main} {of}>{workbook}<sheets><sheet name="Xã" sheetId="7" r:id="rId9"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId9" Target="/xl/worksheets/Sheet9.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/worksheets/sheet9.xml": f"<x:worksheet {prefixed}><x:sheetData>{sheet}</x:sheetData></x:worksheet>",
    }
    with zipfile.ZipFile(path, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return path


def test_what_excel_itself_writes(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    texts = [
        "Mã xã",
        "<r><t>Số </t></r><r><t>hộ</t></r><rPh><t>xx</t></rPh>",
        "Tỷ lệ bảo hiểm y tế",
        "Quy_x000D_hoạch được duyệt",
        "18103",
        "Có",
    ]
    strings = "".join(f"<si>{one}</si>" if "<" in one else f"<si><t>{one}</t></si>" for one in texts)
    head = "".join(f'<x:c t="s"><x:v>{at}</x:v></x:c>' for at in range(4))
    row = (
        '<x:c t="s"><x:v>4</x:v></x:c><x:c><x:f>1000+799</x:f><x:v>1799</x:v></x:c><x:c s="1"><x:v>0.89949999999999997</x:v></x:c>'
        '<x:c t="s"><x:v>5</x:v></x:c>'
    )
    path = by_hand(tmp_path / "a.xlsx", f"<x:row>{head}</x:row><x:row>{row}</x:row>", strings)
    data = ntm.excel.read_template(path, law)
    assert data.units == ("18103",) and data["households"] == [1799] and data["plan"] == [True]
    assert data["insured"] == [Decimal("89.95")]  # 15 digits, as Excel shows it
    assert data.cell(0, "insured") == "C2"


def test_days_since_1904(tmp_path: Path) -> None:
    from conftest import SMALL

    law = ntm.CriteriaSet.read(
        SMALL.replace("  registered:", "  passed: {name: {vi: Ngày ban hành, en: Day}, kind: date}\n  registered:")
    )
    strings = "<si><t>Xã</t></si><si><t>Ngày ban hành</t></si>"
    sheet = (
        '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>An</x:t></x:is></x:c><x:c s="2"><x:v>42424</x:v></x:c></x:row>'
    )
    for workbook, day in (("", datetime.date(2016, 2, 24)), ('<workbookPr date1904="1"/>', datetime.date(2020, 2, 25))):
        path = by_hand(tmp_path / "a.xlsx", sheet, strings, workbook)
        assert ntm.excel.read_template(path, law)["passed"] == [day]


def test_dates_of_excel(tmp_path: Path) -> None:
    from conftest import SMALL

    law = ntm.CriteriaSet.read(
        SMALL.replace("  registered:", "  passed: {name: {vi: Ngày ban hành, en: Day}, kind: date}\n  registered:")
    )
    path = book(
        tmp_path / "a.xlsx",
        [["Xã", "Ngày ban hành", "Số hộ"], ["An", datetime.date(2020, 2, 25), 1], ["Bình", "5/3/2020", 2]],
    )
    data = ntm.excel.read_template(path, law)
    assert data["passed"] == [datetime.date(2020, 2, 25), datetime.date(2020, 3, 5)]
    path = book(tmp_path / "b.xlsx", [["Xã", "Ngày ban hành", "Số hộ"], ["An", "30/2/2020", datetime.date(2020, 5, 3)]])
    with pytest.raises(ntm.TextError) as caught:
        ntm.excel.read_template(path, law)
    assert ["B2" in caught.value.problems[0].message, "C2" in caught.value.problems[1].message] == [True, True]


def test_a_line_above_the_table_gives_the_unit_of_its_sort(tmp_path: Path, shipped: ntm.CriteriaSet) -> None:
    head = ["Mã xã", "Nợ đọng xây dựng cơ bản", "Số hộ", "Thu nhập bình quân đầu người"]
    path = book(tmp_path / "a.xlsx", [["(ĐVT: nghìn đồng)"], head, ["18103", 7942, 5, 36]])
    data = ntm.excel.read_template(path, shipped)
    assert data["construction-arrears"] == [Decimal("7.942")] and data["households"] == [5]
    assert data["income-per-person"] == [36] and list(data.converted) == ["construction-arrears"]


def test_headers_can_be_named_by_their_parts(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    rows = [["Xã", "Hộ", None, "Chợ"], [None, "Chung", "Nước sạch", None], ["An", 5, 4, "Có"]]
    path = book(tmp_path / "a.xlsx", rows, ["A1:A2", "B1:C1", "D1:D2"])
    told = {"Hộ / Chung": "households", "Hộ / Nước sạch": "clean-water", "Chợ": "market"}
    data = ntm.excel.read_template(path, law, headers=told)
    assert (data["households"], data["clean-water"], data["market"]) == ([5], [4], [True])
    with pytest.raises(ntm.NotFoundError, match="did you mean 'households'"):
        ntm.excel.read_template(path, law, headers={"Hộ / Chung": "household"})
