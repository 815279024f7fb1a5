# SPDX-License-Identifier: Apache-2.0
"""The report workbook: what stands in it, what it looks like, and what it must not hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ntm
import ntm.excel
from ntm.excel.styles import WHOLE_FORMAT, put, sheet_title

openpyxl = pytest.importorskip("openpyxl")
np = pytest.importorskip("numpy")


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=["18103", "=HYPERLINK(1)", "@Bình", "Sơn Lĩnh"])


def fill_of(cell: Any) -> tuple[str, str]:
    return cell.fill.patternType, cell.fill.fgColor.rgb[-6:]


def test_verdicts_in_words_and_colours(tmp_path: Path, result: ntm.Attainment) -> None:
    ntm.excel.write_report(tmp_path / "a.xlsx", result)
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert made.sheetnames == ["Tổng hợp", "Xã theo tiêu chí", "Xã theo nội dung", "Nguồn"]
    words = {1: "Đạt", 2: "Chưa đạt", 0: "Chưa có số liệu"}
    for name, parts, verdicts in (
        ("Xã theo tiêu chí", result.law.criteria, result.criterion),
        ("Xã theo nội dung", result.law.indicators, result.indicator),
    ):
        sheet = made[name]
        for column, part in enumerate(parts, start=5):
            assert [sheet.cell(row, column).value for row in range(3, 7)] == [
                words[one] for one in verdicts(part.id).tolist()
            ]
    sheet, looks = made["Xã theo tiêu chí"], {}
    for row in sheet.iter_rows(min_row=3, min_col=5):
        for cell in row:
            looks.setdefault(cell.value, set()).add(fill_of(cell))
    assert {len(one) for one in looks.values()} == {1} and len(looks) == 3
    (met,), (not_met,), (unknown,) = looks["Đạt"], looks["Chưa đạt"], looks["Chưa có số liệu"]
    assert met[0] == not_met[0] == "solid" and unknown[0] == "lightUp"
    grey = [
        sum(weight * int(rgb[at : at + 2], 16) for weight, at in ((0.3, 0), (0.6, 2), (0.1, 4)))
        for _, rgb in (met, not_met)
    ]
    assert abs(grey[0] - grey[1]) > 10  # told apart without colours too, and the words say it
    assert [sheet.cell(3, column).value for column in (1, 2, 3, 4)] == ["18103", "Đạt", 3, 3]
    assert sheet.freeze_panes == "B3" and sheet.auto_filter.ref == "A2:G6"
    assert (
        sheet.page_setup.orientation == "landscape"
        and int(sheet.page_setup.paperSize) == 9
        and "2" in sheet.print_title_rows
    )


def test_the_summary_counts_and_cites(tmp_path: Path, result: ntm.Attainment) -> None:
    ntm.excel.write_report(tmp_path / "a.xlsx", result, title="Tháng 2")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Tổng hợp"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Tháng 2"
    assert ["Văn bản", "1/TEST"] in [row[:2] for row in rows] and ["Nguồn", "S1"] in [row[:2] for row in rows]
    by = {row[0]: row[2:5] for row in rows if isinstance(row[2], int)}
    for criterion in result.law.criteria:
        assert by[criterion.id] == list(result.tally(criterion=criterion.id))
    assert any(row[2:5] == list(result.tally()) and row[1] == "Kết quả chung" for row in rows)


def test_nothing_is_a_formula_a_link_or_a_macro(tmp_path: Path, result: ntm.Attainment) -> None:
    money = {
        "district": ["=1+1", "+84", "-x", "@SUM(1)", "\t=1", "a\x00b"],
        "sum": [1_234_567, -5, 10**15 + 1, 0, None, 7],
    }
    ntm.excel.write_report(tmp_path / "a.xlsx", result, gaps=True, tasks=money, budget=money, title="=cmd|'/c calc'!A1")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        names = parts.namelist()
        text = "".join(
            parts.read(name).decode("utf-8", "replace") for name in names if name.endswith((".xml", ".rels"))
        )
    assert "<f>" not in text and "<f " not in text and 'TargetMode="External"' not in text
    assert not [name for name in names if re.search(r"vba|externalLink|\.bin$", name)]
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [made["Kinh phí"].cell(row, 1) for row in range(3, 9)]
    assert [cell.data_type for cell in cells] == ["s"] * 6 and all(cell.quotePrefix for cell in cells[:5])
    assert cells[0].value == "=1+1" and cells[5].value == "a\ufffdb"
    assert made["Xã theo tiêu chí"]["A4"].data_type == "s" and made["Tổng hợp"]["A1"].data_type == "s"
    sums = [made["Kinh phí"].cell(row, 2) for row in range(3, 9)]
    assert sums[0].value == 1_234_567 and sums[0].number_format == WHOLE_FORMAT == "[$-42A]#,##0"
    assert sums[2].value == "1.000.000.000.000.001"  # Excel keeps 15 digits of a number
    assert sums[3].value == 0 and sums[4].value is None


def test_gaps_changes_and_money(
    tmp_path: Path, law: ntm.CriteriaSet, table: dict[str, Any], result: ntm.Attainment
) -> None:
    before = ntm.evaluate(
        {**table, "income": [30, 30, 30, 30]}, law, on="2020-01-25", unit=["18103", "=HYPERLINK(1)", "@Bình", "Cũ"]
    )
    ntm.excel.write_report(tmp_path / "a.xlsx", result, gaps=result.gaps(), previous=before)
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert made.sheetnames[3:5] == ["Còn thiếu", "So với kỳ trước"]
    gaps = [[cell.value for cell in row] for row in made["Còn thiếu"].iter_rows(min_row=3)]
    assert len(gaps) == len(result.gaps())
    assert ["=HYPERLINK(1)", "1", "1.1", "Số hộ dùng nước sạch", "thêm", 1, 1, "hộ", None, "Có"] in gaps
    changed = [[cell.value for cell in row] for row in made["So với kỳ trước"].iter_rows(min_row=3)]
    assert ["18103", "2", "Thu nhập", "Chưa đạt", "Đạt"] in changed and [
        "18103",
        None,
        "Kết quả chung",
        "Chưa đạt",
        "Đạt",
    ] in changed
    assert ["Cũ", None, "Kết quả chung", "Chưa đạt", "Chỉ có ở một kỳ"] in changed
    assert not [row for row in changed if row[1] == "1"]
    ntm.excel.write_report(tmp_path / "b.xlsx", result, previous=result, lang="en")
    made = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert made.sheetnames[1] == "Units by criterion" and made["Changes"]["A3"].value == "Nothing changed"


def test_a_cube_as_money(tmp_path: Path, result: ntm.Attainment) -> None:
    ledger = ntm.Ledger(
        {
            "unit": ["18103", "18106"],
            "stage": ["plan", "plan"],
            "source": ["central", "local"],
            "date": ["2020-01-05"] * 2,
            "amount": [7_942_000_000, 5],
        }
    )
    cube = ledger.cube("source", "stage")
    ntm.excel.write_report(tmp_path / "a.xlsx", result, budget=cube)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Kinh phí"]
    heads = [cell.value for cell in sheet[2]]
    sums = {
        sheet.cell(row, 1 + heads.index("Nguồn vốn")).value: sheet.cell(row, 1 + heads.index("Số tiền (đồng)")).value
        for row in (3, 4)
    }
    assert sums == {"central": 7_942_000_000, "local": 5}


def test_tasks_in_the_words_of_people(tmp_path: Path, result: ntm.Attainment) -> None:
    duties = {"criterion": ["1"], "department": ["Sở Xây dựng"]}
    tasks = result.gaps().tasks(duties=duties, needed_for="part")
    ntm.excel.write_report(tmp_path / "a.xlsx", result, tasks=tasks)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Nhiệm vụ"]
    heads = [cell.value for cell in sheet[2]]
    rows = [dict(zip(heads, (cell.value for cell in row))) for row in sheet.iter_rows(min_row=3)]
    assert len(rows) == len(tasks) and "strict" not in heads
    water = next(row for row in rows if row["Nội dung"] == "1.1" and row["Đơn vị"] == "=HYPERLINK(1)")
    assert (water["Ít nhất"], water["Đơn vị tính"], water["Sở, ngành"]) == (1, "hộ", "Sở Xây dựng")
    assert water["Còn thiếu gì"] == "Số hộ dùng nước sạch"


def test_wrong_calls(tmp_path: Path, law: ntm.CriteriaSet, table: dict[str, Any], result: ntm.Attainment) -> None:
    path = tmp_path / "a.xlsx"
    bare = ntm.evaluate(table, law, on="2020-02-25", keep="status")
    for call, error in (
        (lambda: ntm.excel.write_report(path, law), TypeError),
        (lambda: ntm.excel.write_report(path, bare), ntm.ArgumentError),
        (lambda: ntm.excel.write_report(path, result, previous=bare), ntm.ArgumentError),
        (lambda: ntm.excel.write_report(path, result, gaps=bare.gaps()), ntm.ArgumentError),
        (lambda: ntm.excel.write_report(path, result, budget=5), TypeError),
        (lambda: ntm.excel.write_report(path, result, lang="fr"), ntm.ArgumentError),
        (lambda: ntm.excel.write_report(tmp_path / "none" / "a.xlsx", result), ntm.FileError),
    ):
        with pytest.raises(error):
            call()
    assert not list(tmp_path.iterdir())
    kept = ntm.evaluate(table, law, on="2020-02-25", keep="criteria")
    ntm.excel.write_report(path, kept)
    made = openpyxl.load_workbook(path)
    assert "Xã theo nội dung" not in made.sheetnames and made["Xã theo tiêu chí"]["A3"].value == 0


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, result: ntm.Attainment, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", locked)
        with pytest.raises(ntm.FileError, match="another program"):
            ntm.excel.write_report(path, result)
    assert path.read_bytes() == b"old" and [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
    (tmp_path / ".~lock.a.xlsx#").write_text("x")
    with pytest.raises(ntm.FileError, match="close it there"):
        ntm.excel.write_report(path, result)


def test_values_as_cells() -> None:
    cell = openpyxl.Workbook().active["A1"]
    for value, made in (
        (True, "Có"),
        (Decimal("89.95"), Decimal("89.95")),
        (Fraction(1, 3), 1 / 3),
        (2**63, str(2**63)),
        (Decimal("1e-20"), Decimal("1e-20")),
        (Decimal("123456789.1234567891"), "123.456.789,1234567891"),
        ("x" * 40_000, "x" * 32_766 + "…"),
    ):
        put(cell, value)
        assert cell.value == made
    assert (
        sheet_title("Xã/phường: [2020]*?" + "x" * 40) == ("Xã phường 2020 " + "x" * 40)[:31]
        and sheet_title("***") == "Sheet"
    )


def test_without_openpyxl_reading_works_and_writing_says_so(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    ntm.excel.write_template(tmp_path / "a.xlsx", law, units=["1"])
    (tmp_path / "law.yaml").write_text(law.to_yaml(), encoding="utf-8")
    code = (
        "import sys; sys.modules['openpyxl'] = None; import ntm, ntm.excel; law = ntm.CriteriaSet.read(sys.argv[1] + '/law.yaml')\n"
        "print(ntm.excel.read_template(sys.argv[1] + '/a.xlsx', law).units)\n"
        "try: ntm.excel.write_template(sys.argv[1] + '/b.xlsx', law)\n"
        "except ImportError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["('1',)", 'writing workbooks needs openpyxl: pip install openpyxl']
