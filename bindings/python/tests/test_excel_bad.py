# SPDX-License-Identifier: Apache-2.0
"""Workbooks that cannot be read, or not as they are: each error says where it is and what to do."""

from __future__ import annotations

import struct
import time
import zipfile
from pathlib import Path
from typing import Any, Callable

import pytest

import ntm
import ntm.excel

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("numpy")

HEAD = ["Mã xã", "Số hộ", "Số hộ dùng nước sạch", "Quy hoạch được duyệt"]


def book(path: Path, rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    """A workbook with one sheet of rows, changed by `change`."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    change(made.active)
    made.save(path)
    return path


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one part of its zip changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, contents in parts.items():
            new.writestr(name, contents)
    return path


def ole(*streams: str) -> bytes:
    """A minimal compound file: a header, an allocation table, a directory with the names of the streams."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    )
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = b""
    for at, name in enumerate(("Root Entry", *streams)):
        text = name.encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, 5 if at == 0 else 2, 1) + bytes(60)
    return head + table + entries.ljust(512, b"\0")


def refusal(source: Any, law: ntm.CriteriaSet, **options: Any) -> ntm.NtmError:
    """The error of reading."""
    with pytest.raises(ntm.NtmError) as caught:
        ntm.excel.read_template(source, law, **options)
    return caught.value


@pytest.mark.parametrize(
    ("contents", "kind", "says"),
    [
        (ole("EncryptedPackage", "EncryptionInfo"), ntm.UnsupportedError, "password"),
        (ole("Workbook"), ntm.UnsupportedError, "97-2003"),
        ("Mã xã;Số hộ\n18103;5\n".encode(), ntm.TextError, "CSV"),
        (b"\x89\x00\x01garbage\x00", ntm.TextError, "another kind"),
        (b"", ntm.TextError, "empty"),
        (b"PK\x03\x04" + b"\0" * 200, ntm.TextError, "damaged"),
    ],
    ids=["password", "xls", "csv", "garbage", "nothing", "broken zip"],
)
def test_no_workbook(
    tmp_path: Path, law: ntm.CriteriaSet, contents: bytes, kind: type[ntm.NtmError], says: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(contents)
    error = refusal(path, law)
    assert type(error) is kind and says in error.message and error.subject == str(path)


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", ".ods"),
        ("a.txt", "no Excel workbook"),
        ("[Content_Types].xml", "damaged"),
    ],
)
def test_other_zip_files(tmp_path: Path, law: ntm.CriteriaSet, part: str, says: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr(part, "x")
    assert says in refusal(tmp_path / "a.xlsx", law).message


def test_every_cut_of_a_workbook_is_refused(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    whole = book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"]]).read_bytes()
    for size in range(0, len(whole), 97):
        (tmp_path / "cut.xlsx").write_bytes(whole[:size])
        assert isinstance(refusal(tmp_path / "cut.xlsx", law), ntm.TextError)
    for at in range(0, len(whole), 23):  # a changed byte is refused, or does not matter
        (tmp_path / "bad.xlsx").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            ntm.excel.read_template(tmp_path / "bad.xlsx", law)
        except ntm.NtmError:
            pass


def test_files_that_do_not_open(tmp_path: Path, law: ntm.CriteriaSet, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no such file" in refusal(tmp_path / "none.xlsx", law).message
    path = book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"]])

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", locked)
        error = refusal(path, law)
    assert isinstance(error, ntm.FileError) and "another program" in error.message
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    with pytest.warns(UserWarning, match="not saved there yet"):
        ntm.excel.read_template(path, law)
    with pytest.raises(ntm.FileError, match="open in another program"):
        ntm.excel.write_template(path, law)
    with path.open("r", encoding="latin-1") as text, pytest.raises(TypeError, match="binary"):
        ntm.excel.read_template(text, law)  # type: ignore[arg-type]


def test_formulas_without_values_name_all_their_cells(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx", [HEAD, ["1", "=2+3", 5, "Có"], ["2", 5, "=B3", None], ["Cộng", "=SUM(B2:B3)", None, None]]
    )
    error = refusal(path, law)
    assert isinstance(error, ntm.BadValueError) and error.problem_count == 2
    assert [(problem.line, problem.row) for problem in error.problems] == [(2, 0), (3, 1)]
    assert "cell B2" in error.problems[0].message and "cell C3" in error.problems[1].message
    assert "open it in Excel, save, and try again" in error.message
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v></v>", "<v>5</v>").replace("<v />", "<v>5</v>").replace("<v/>", "<v>5</v>"),
    )
    data = ntm.excel.read_template(path, law)
    assert data["households"] == [5, 5] and [one.text for one in data.left_out if one.why == "total"] == ["Cộng | 5"]


def test_errors_of_excel(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    def change(sheet: Any) -> None:
        for cell, value in (("B2", "#N/A"), ("C2", "#REF!")):
            sheet[cell] = value
            sheet[cell].data_type = "e"

    error = refusal(book(tmp_path / "a.xlsx", [HEAD, ["1", None, None, "Có"]], change), law)
    assert [problem.message.split("(")[1][:4] for problem in error.problems] == ["#N/A", "#REF"] and isinstance(
        error, ntm.BadValueError
    )


@pytest.mark.parametrize(
    ("cells", "kind", "says"),
    [
        (["1", "mười", 5, None], ntm.TextError, '"mười" is no number'),
        (["1", "1234.5", 5, None], ntm.TextError, "locale="),
        (["1", "khoảng 5", 5, None], ntm.BadValueError, "no exact number"),
        (["1", "-", 5, None], ntm.TextError, "is no number"),
        (["1", True, 5, None], ntm.ShapeError, "TRUE or FALSE"),
        (["1", "5 km", 5, None], ntm.UnitError, 'in "km", and households is in "household"'),
        (["1", 5, 5, "có thể"], ntm.TextError, "neither yes nor no"),
        (["1", 5, 5, 1], ntm.TextError, "neither yes nor no"),
        (["1", "9" * 40, 5, None], ntm.TextError, "no number"),
    ],
)
def test_cells_that_cannot_be(
    tmp_path: Path, law: ntm.CriteriaSet, cells: list[Any], kind: type[ntm.NtmError], says: str
) -> None:
    error = refusal(book(tmp_path / "a.xlsx", [HEAD, cells]), law)
    assert type(error) is kind and says in error.message and error.line == 2 and error.row == 0


def test_words_are_declared(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ["1", "-", "...", "1"]])
    data = ntm.excel.read_template(path, law, not_applicable=("-",), not_reported=("", "..."), yes=("1",))
    assert data["households"].not_applicable == [True] and data["clean-water"] == [None] and data["plan"] == [True]
    path = book(tmp_path / "b.xlsx", [HEAD, ["1", "1,234.0", 5, None]])
    assert ntm.excel.read_template(path, law, locale="en")["households"] == [1234]


def test_units_and_columns_twice_and_missing(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    error = refusal(
        book(
            tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"], ["2", 5, 5, "Có"], ["1", 6, 5, "Có"], [None, 7, None, None]]
        ),
        law,
    )
    assert isinstance(error, ntm.ConflictError) and "cell A4" in error.message and "A2 already" in error.message
    assert "figures without a unit" in error.problems[1].message and error.problems[1].line == 5
    error = refusal(book(tmp_path / "b.xlsx", [["Số hộ", "Quy hoạch được duyệt"], [5, "Có"]]), law)
    assert isinstance(error, ntm.ShapeError) and "which unit a row is" in error.message
    error = refusal(book(tmp_path / "c.xlsx", [["Mã xã", "Số hộ", "SỐ HỘ (hộ)"], ["1", 5, 6]]), law)
    assert isinstance(error, ntm.ConflictError) and "cell C1" in error.message and "B1" in error.message
    path = book(tmp_path / "d.xlsx", [["Nơi báo cáo", "Số hộ"], ["1", 5]])
    assert isinstance(refusal(path, law), ntm.NtmError)
    assert ntm.excel.read_template(path, law, unit="nơi báo cáo").units == ("1",)


def test_no_table(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    assert isinstance(refusal(book(tmp_path / "a.xlsx", []), law), ntm.ShapeError)
    assert "empty" in refusal(tmp_path / "a.xlsx", law).message
    error = refusal(book(tmp_path / "b.xlsx", [["Tên", "Tuổi"], ["An", 5]]), law)
    assert isinstance(error, ntm.NotFoundError) and "headers=" in error.message
    error = refusal(book(tmp_path / "c.xlsx", [HEAD]), law)
    assert isinstance(error, ntm.ShapeError) and "no row of a unit" in error.message
    error = refusal(
        book(tmp_path / "d.xlsx", [["Kỳ báo cáo: 2020-01"], HEAD, ["1", 5, 5, "Có"]]), law, period="2020-02"
    )
    assert isinstance(error, ntm.ConflictError) and "2020-01" in error.message


def test_merged_figures(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(
        tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"], ["2", None, 5, "Có"]], lambda sheet: sheet.merge_cells("B2:B3")
    )
    error = refusal(path, law)
    assert isinstance(error, ntm.ShapeError) and "B2:B3" in error.message and "unmerge" in error.message


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    data = ntm.excel.read_template(book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"], ["2", 6, 5, "Có"]], change), law)
    assert data["households"] == [5, 6]
    assert [one.place for one in data.left_out if one.why.startswith("hidden")] == ["3:3", "C:C"]


def test_a_row_of_figures_is_no_row_of_column_numbers(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    data = ntm.excel.read_template(book(tmp_path / "a.xlsx", [HEAD, ["0", 1, 2, "x"], ["4", 5, 6, None]]), law)
    assert data.units == ("0", "4")
    data = ntm.excel.read_template(book(tmp_path / "b.xlsx", [HEAD, ["A", "1", "2", "3=2/1"], ["4", 5, 6, None]]), law)
    assert data.units == ("4",)


def test_at_most_a_hundred_problems_are_kept(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    error = refusal(book(tmp_path / "a.xlsx", [HEAD, *([str(row), "x", 1, None] for row in range(150))]), law)
    assert (len(error.problems), error.problem_count) == (100, 150) and "149 more problems" in str(error)


def test_a_million_empty_rows_are_quick(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"]])
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(3, 1_048_577))
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))
    began = time.process_time()
    assert ntm.excel.read_template(path, law).units == ("1",)
    assert time.process_time() - began < 20


def test_bombs(tmp_path: Path, law: ntm.CriteriaSet, monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm.excel import cells, package

    path = book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"]])
    rewritten(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", "</sheetData>" + " " * 3_000_000)
    )
    monkeypatch.setattr(package, "PART_MAX", 1_000_000)
    error = refusal(path, law)
    assert isinstance(error, ntm.LimitError) and "empty rows" in error.message
    monkeypatch.undo()
    monkeypatch.setattr(cells, "CELLS_MAX", 6)
    assert isinstance(refusal(path, law), ntm.LimitError)
    monkeypatch.undo()
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    rewritten(
        path, "xl/workbook.xml", lambda xml: lol + xml[xml.index("<workbook") :] if "<workbook" in xml else lol + xml
    )
    assert "entities" in refusal(path, law).message


def test_hostile_parts_end_in_errors(tmp_path: Path, law: ntm.CriteriaSet) -> None:
    good = book(tmp_path / "a.xlsx", [HEAD, ["1", 5, 5, "Có"]]).read_bytes()
    changes = (
        ("<v>5</v>", "<v>1e999999999</v>"),
        ("<v>5</v>", "<v>NaN</v>"),
        ("<v>5</v>", "<v>five</v>"),
        ('t="s"><v>0</v>', 't="s"><v>99</v>'),
        ("<sheetData>", '<cols><col min="1" max="999999999999" hidden="1"/></cols><sheetData>'),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ('r="A2"', 'r="ZZZ9999999"'),
    )
    for old, new in changes:
        path = tmp_path / "b.xlsx"
        path.write_bytes(good)
        rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))
        began = time.process_time()
        try:
            ntm.excel.read_template(path, law)
        except ntm.NtmError:
            pass
        assert time.process_time() - began < 5, new
