# SPDX-License-Identifier: Apache-2.0
"""The page of a month without a browser: self-contained, the same each time, escaped, and its numbers those of the result."""

from __future__ import annotations

import base64
import datetime
import hashlib
import html.parser
import io
import json
import os
import re
import stat
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

EVIL = "<script>alert(1)</script> \"q\" 'a' & </script><!--"


class Reader(html.parser.HTMLParser):
    """Tags with their attributes, and the text of tables by their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.text: dict[str, str] = {}
        self._table: str | None = None
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag == "table":
            self._table = told["id"]
            self.tables[str(self._table)] = []
        if self._table is not None and tag == "tr":
            self.tables[self._table].append([])
        if self._table is not None and tag in ("td", "th"):
            self.tables[self._table][-1].append("")
        if tag in ("title", "h1", "style", "script"):
            self._inside.append(str(told.get("id", tag)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._table = None
        if tag in ("title", "h1", "style", "script"):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._table is not None and self.tables[self._table] and self.tables[self._table][-1]:
            self.tables[self._table][-1][-1] += data
        if self._inside:
            self.text[self._inside[-1]] = self.text.get(self._inside[-1], "") + data


def page(result: ntm.Attainment, **options: Any) -> str:
    out = io.StringIO()
    ntm.report(out, result, **{"pictures": False, **options})
    return out.getvalue()


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    reader.tables = {id: [[cell.strip() for cell in row] for row in rows] for id, rows in reader.tables.items()}
    return reader


@pytest.fixture(name="result")
def result_of(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=["A", "B", "C", "D"])


def test_numbers_are_those_of_the_result(result: ntm.Attainment) -> None:
    reader = read(page(result, groups=["x", "x", "y", ""]))
    rows = reader.tables["table-units"]
    words = ("chưa có số liệu", "đạt", "chưa đạt")
    assert rows[0] == ["Tên", "Nhóm", "Kết luận", "Số tiêu chí đạt", "1", "2", "3", "ĐK1"]
    least, most = result.criteria_met
    for row, line in enumerate(rows[1:]):
        low, high = int(least[row]), int(most[row])
        counts = str(low) if low == high else f"{low}–{high}"
        verdicts = [words[result.criterion(id)[row]] for id in "123"] + [words[result.precondition("registered")[row]]]
        told = [result.units[row], ("x", "x", "y", "")[row], words[result.status[row]], counts, *verdicts]  # type: ignore[index]
        assert line == told
    for line, id in zip(reader.tables["table-criteria"][1:], "123"):
        met, not_met, unknown = result.tally(criterion=id)
        assert line[2:5] == [str(met), str(unknown), str(not_met)]
    assert [line[:5] for line in reader.tables["table-groups"][1:]] == [
        ["x", "2", "1", "0", "1"], ["y", "1", "0–1", "1", "0"], ["(không ghi)", "1", "0", "0", "1"],
    ]  # fmt: skip
    assert "<strong>1 đến 2</strong> trên 4 xã" in page(result)


def test_explanations_are_those_of_the_result(result: ntm.Attainment) -> None:
    data = json.loads(read(page(result)).text["explanations"])
    told = data["rows"]["1"]
    items = {data["items"][told[at]][1]: (told[at + 1], data["texts"][told[at + 2]]) for at in range(0, len(told), 3)}
    assert items["1.1"][0] == ntm.Verdict.NOT_MET
    assert f"1.1 chưa đạt: {items['1.1'][1]}" == result.explain("B", "1.1").line()
    assert len(items) == 7
    few = json.loads(read(page(result, explained=8)).text["explanations"])
    assert few["rows"] and all(verdict != ntm.Verdict.MET for row in few["rows"].values() for verdict in row[1::3])
    assert "để trang không quá nặng" in page(result, explained=2)
    assert json.loads(read(page(result, explained=0)).text["explanations"]) is None


def test_self_contained(result: ntm.Attainment) -> None:
    reader = read(page(result, gaps=result.gaps(), previous=result))
    for tag, told in reader.tags:
        assert tag not in ("iframe", "object", "embed", "base", "form", "audio", "video", "source")
        for name, value in told.items():
            assert not name.startswith("on") and name != "style", (tag, name)
            if name in ("src", "href", "action", "data", "srcset", "poster"):
                assert value is not None and value.startswith(("#", "data:")), (tag, value)
    assert "url(" not in reader.text["style"] and "@import" not in reader.text["style"]
    for word in ("fetch", "XMLHttpRequest", "import(", "eval", "innerHTML", "http:", "https:", "WebSocket"):
        assert word not in reader.text["script"]


def test_the_policy_names_what_is_there(result: ntm.Attainment) -> None:
    reader = read(page(result))
    policy = next(told["content"] for tag, told in reader.tags if told.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none';") and "unsafe" not in policy and "http" not in policy
    for kind in ("style", "script"):
        hashed = base64.b64encode(hashlib.sha256(reader.text[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{hashed}'" in policy


def test_same_input_same_bytes(result: ntm.Attainment) -> None:
    options: dict[str, Any] = {"gaps": result.gaps(), "notes": "Số liệu minh họa", "pictures": True}
    assert page(result, **options) == page(result, **options)
    assert "25/11/2020" not in page(result) and "25/11/2020" in page(result, made=datetime.date(2020, 11, 25))


def test_everything_is_escaped(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    names = [EVIL, "B\x00\x1b", "C", "D"]
    result = ntm.evaluate(table, law, on="2020-02-25", unit=[EVIL, "B", "C", "D"])
    text = page(
        result, units=names, groups=[EVIL] * 4, title=EVIL, place=EVIL, notes=[EVIL], sources=[EVIL], made=EVIL, gaps=result.gaps(),
        previous=result, budget={EVIL: {EVIL: [EVIL], "sum": [5]}}, pictures={EVIL: "<svg></svg>"},
    )  # fmt: skip
    assert "<script>alert" not in text and "\x00" not in text and "\x1b" not in text
    reader = read(text)
    assert [told.get("type", "") for tag, told in reader.tags if tag == "script"] == ["", "application/json", "application/json"]
    assert reader.text["title"] == EVIL == reader.text["h1"]
    assert reader.tables["table-units"][1][0].startswith(EVIL)
    assert reader.tables["table-money-1"][0] == [EVIL, "Số tiền (triệu đồng)"]
    evil = ntm.CriteriaSet.read(law.to_yaml().replace("Tỷ lệ hộ dùng nước sạch", "</script><b>"))
    assert "</script><b>" not in page(ntm.evaluate(table, evil, on="2020-02-25"))


def test_changes(result: ntm.Attainment, law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    before = ntm.evaluate({**table, "income": np.array([20.0, 40.5, 40.0, 20.0])}, law, on="2020-01-25", unit=["A", "B", "C", "E"])
    text = page(result, previous=before)
    rows = read(text).tables["table-changes"]
    assert rows[1:] == [["A", "chưa đạt", "đạt", "2", "3"]]
    assert "1 mới đạt, 0 không còn đạt" in text and "Thay đổi so với 25/1/2020" in text
    assert "1 đơn vị chỉ có trong kỳ này, 1 chỉ có trong kỳ trước" in text
    assert "Không có thay đổi." in page(result, previous=result)


def test_gaps_and_limits(result: ntm.Attainment) -> None:
    gaps = result.gaps()
    rows = read(page(result, gaps=gaps)).tables["table-gaps"][1:]
    assert len(rows) == len(gaps)
    water = next(row for row in rows if row[0] == "B" and row[1] == "1.1")
    assert water[3:5] == ["1 (thêm)", "hộ"]
    text = page(result, gaps=gaps, limit=2)
    assert len(read(text).tables["table-gaps"]) == 3 and f"Bảng có 2 dòng đầu trong {len(gaps)}" in text


def test_money() -> None:
    law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    result = ntm.evaluate({"households": [2000, 3000]}, law, on="2020-02-25", region="BTB", unit=["A", "B"])
    ledger = ntm.Ledger(
        {
            "unit": ["A", "A", "B", "B"], "source": ["central", "central", "people", "people"],
            "stage": ["plan", "disbursed", "plan", "disbursed"], "period": ["2020"] * 4,
            "amount": [2_500_000_000, 1_000_500, 4_000_000, None],
        }
    )  # fmt: skip
    rows = read(page(result, budget=ledger.cube("source", "stage"))).tables["table-money-1"]
    assert [cell.lower() for cell in rows[0]] == ["nguồn vốn", "kế hoạch", "giải ngân", "giải ngân trên kế hoạch"]
    by_source = {row[0]: row[1:] for row in rows[1:]}
    assert by_source["ngân sách trung ương"] == ["2.500", "1,0005", "0,0 %"]
    assert by_source["dân góp"][0] == "4" and by_source["dân góp"][1:] == ["thiếu 1 báo cáo", "–"]
    assert "table-money-2" in page(result, budget={"a": ledger.cube("stage"), "b": {"sum": [1]}})
    with pytest.raises(TypeError, match="mapping of columns"):
        page(result, budget=7)


def test_english(result: ntm.Attainment) -> None:
    text = page(result, lang="en", gaps=result.gaps())
    assert '<html lang="en">' in text and "<h1>Report of 2/2020</h1>" in text and "25 February 2020" in text
    assert "chưa" not in text


def test_without_matplotlib(result: ntm.Attainment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    text = page(result, pictures=True)
    assert "chưa cài matplotlib" in text and "<img" not in text and "table-units" in text


def test_pictures(result: ntm.Attainment) -> None:
    pytest.importorskip("matplotlib")
    addresses = [str(told["src"]) for tag, told in read(page(result, pictures=True)).tags if tag == "img"]
    assert len(addresses) == 2
    for address in addresses:
        svg = base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()
        assert svg.startswith("<svg") and "xmlns=" in svg
    square = {"type": "Polygon", "coordinates": [[[105, 18], [106, 18], [106, 19], [105, 18]]]}
    shapes = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "A"}, "geometry": square}]}
    ledger = ntm.Ledger({"unit": ["A"], "source": ["central"], "stage": ["plan"], "year": [2020], "amount": [5]})
    text = page(result, pictures=True, geometry=shapes, budget={"by source": ledger.cube("source", "stage")})
    assert text.count("<img") == 4
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 9
    assert "data:image/png;base64," in page(result, pictures={"mine": png})
    with pytest.raises(ntm.ArgumentError, match="no PNG"):
        page(result, pictures={"mine": b"GIF89a"})
    with pytest.raises(TypeError, match="int"):
        page(result, pictures={"mine": 5})


def test_files(result: ntm.Attainment, tmp_path: Path) -> None:
    path = tmp_path / "tháng 2.html"
    ntm.report(path, result, pictures=False)
    text = page(result)
    assert path.read_bytes() == text.encode()
    path.chmod(0o640)
    ntm.report(str(path), result, pictures=False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640 and os.listdir(tmp_path) == [path.name]
    binary = io.BytesIO()
    ntm.report(binary, result, pictures=False)
    assert binary.getvalue() == text.encode()
    with pytest.raises(ntm.FileError, match="no") as failed:
        ntm.report(tmp_path / "no" / "page.html", result, pictures=False)
    assert failed.value.subject.endswith("page.html")
    with pytest.raises(ntm.FileError):
        ntm.report(tmp_path, result, pictures=False)
    assert os.listdir(tmp_path) == [path.name]


def test_what_is_refused(result: ntm.Attainment, law: ntm.CriteriaSet, table: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with pytest.raises(TypeError, match="ntm.evaluate"):
        ntm.report(path, {})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="gaps has to be an ntm.Gaps"):
        ntm.report(path, result, gaps=[])  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="lang"):
        ntm.report(path, result, lang="fr")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="4 rows"):
        ntm.report(path, result, units=["A"])
    with pytest.raises(ntm.ArgumentError, match="keep"):
        ntm.report(path, ntm.evaluate(table, law, on="2020-02-25", keep="status"))
    assert not path.exists()
    kept = page(ntm.evaluate(table, law, on="2020-02-25", keep="criteria"))
    assert [row[0] for row in read(kept).tables["table-units"][1:]] == ["1", "2", "3", "4"]
    closed = ntm.evaluate(table, law, on="2020-02-25")
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        ntm.report(path, closed)


def test_no_rows(law: ntm.CriteriaSet) -> None:
    result = ntm.evaluate({"households": np.array([], dtype=np.int64)}, law, on="2020-02-25", region="BTB")
    assert "<strong>0</strong> trên 0 xã" in page(result)


def test_colours_can_be_read() -> None:
    """Text and ground of each sort of cell, in light and dark: at least 4.5 to 1 (WCAG AA)."""
    style = (Path(ntm.__file__).parent / "page" / "page.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])

    def brightness(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    pairs = [("ink", "paper"), ("soft", "paper"), ("soft", "panel"), ("ink", "panel"), ("link", "paper"), ("met-ink", "met"),
             ("not-ink", "not"), ("open-ink", "open"), ("open-ink", "open-line"), ("ink", "warn"), ("ink", "here"), ("accent", "paper")]  # fmt: skip
    for colours in (light, dark):
        for ink, ground in pairs:
            one, other = sorted((brightness(colours[ink]), brightness(colours[ground])))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, ground)


def test_large(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    """Ten thousand communes: one page, explanations within their limit."""
    many = {name: np.tile(values, 2500) if hasattr(values, "tolist") else list(values) * 2500 for name, values in table.items()}
    result = ntm.evaluate(many, law, on="2020-02-25", unit=[f"X{row}" for row in range(10_000)])
    text = page(result, explained=3_000)
    assert text.count("<tr data-r=") == 10_000 and len(text) < 6_000_000
    data = json.loads(read(text).text["explanations"])
    assert 0 < sum(len(row) // 3 for row in data["rows"].values()) <= 3_000


def test_tasks(result: ntm.Attainment) -> None:
    duties = {"fact": ["clean-water", "income"], "department": ["Sở NN", "Cục TK"], "doer": ["xã", "thôn"],
              "deadline": [datetime.date(2020, 6, 30), None], "work": ["giếng", None]}  # fmt: skip
    norms = ntm.Norms({"work": ["giếng"], "resource": ["money"], "work_unit": ["household"], "amount": [7_500_000]})
    tasks = result.gaps().tasks(duties=duties, norms=norms, needed_for="part")
    text = page(result, tasks=tasks)
    rows = read(text).tables["table-tasks"][1:]
    assert len(rows) == len(tasks)
    well = next(row for row in rows if row[0] == "B" and row[1] == "1.1")
    assert well[2:] == ["giếng: Số hộ dùng nước sạch", "1 hộ", "Sở NN", "xã", "30/6/2020", "7,5"]
    by_department = {row[0]: row[1:] for row in read(text).tables["table-departments"][1:]}
    sums = {one["department"]: one for one in tasks.sum("department").rows()}
    assert by_department["Sở NN"][0] == str(sums["Sở NN"]["tasks"]) and "(không ghi)" in by_department


def test_course_and_collecting(law: ntm.CriteriaSet, table: dict[str, Any], result: ntm.Attainment) -> None:
    months = {name: np.concatenate([values] * 2) if hasattr(values, "tolist") else list(values) * 2
              for name, values in table.items()}  # fmt: skip
    course = ntm.trajectory(months, law, deadline="2020-12-31", units=list("ABCD"), periods=["2020-01", "2020-02"])
    text = page(result, trajectory=course, collecting=result.collecting_order())
    tables = read(text).tables
    rows = {row[0]: row[1:] for row in tables["table-course"][1:]}
    assert rows["2 Thu nhập"] == [str(count) for count in course.tally(criterion="2")]
    assert rows["Kết luận"] == [str(count) for count in course.tally()]
    assert "Tình hình cuối kỳ 2020-02." in text
    assert [row[0] for row in tables["table-collecting-1"][1:]] == ["Xếp loại"]
    assert "<h3>Tiêu chí 3</h3>" in page(result, collecting={"Tiêu chí 3": result.collecting_order(criterion="3")})
    with pytest.raises(TypeError, match="CollectingOrder"):
        page(result, collecting={"x": 1})


def test_classes_of_products() -> None:
    """A set with a grade only has no status: the page is about its classes, pictures included."""
    from test_grades import STARS

    law = ntm.CriteriaSet.read(STARS)
    data = {"total": [10, 55, 95, 95, 75, None], "forged": [False] * 6, "story": [False, False, True, None, False, True]}
    result = ntm.evaluate(data, law, on="2020-02-25", unit=list("ABCDEF"))
    text = page(result, groups=list("xxyyzz"), gaps=result.gaps(), previous=result)
    tables = read(text).tables
    assert [line[2] for line in tables["table-units"]] == [
        "Hạng", "1 sao", "3 sao", "5 sao", "3 sao – 5 sao", "3 sao", "1 sao – 5 sao"
    ]  # fmt: skip
    assert tables["table-classes"][0] == ["Nhóm", "Số sản phẩm", "Không xếp hạng", *(f"{star} sao" for star in range(1, 6))]
    assert tables["table-classes"][1] == ["x", "2", "0", "1", "0", "1", "0", "0"]
    assert tables["table-classes"][-1] == ["Tổng cộng", "6", "0", "1–2", "0–1", "2–4", "0–2", "1–3"]
    assert "<strong>4</strong> trên 6 sản phẩm" in text and "đạt tất cả" not in text and "Thay đổi" not in text
    pytest.importorskip("matplotlib")
    assert page(result, pictures=True, lang="en").count("<figure>") == 1


def test_classes_beside_criteria() -> None:
    law = ntm.catalogue()["household-poverty-2022-2026"]
    result = ntm.evaluate({law.facts[0].id: [None, None]}, law, on="2023-02-01", unit=["A", "B"])
    rows = read(page(result)).tables["table-units"]
    assert rows[0][:4] == ["Tên", "Hạng", "Kết luận", "Số tiêu chí đạt"]
    assert rows[1][1] == " – ".join((law.classes[0], law.classes[-1])) and rows[1][2] == "chưa có số liệu"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_written_to(result: ntm.Attainment, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    ntm.report(pipe, result, pictures=False)
    reader.join(20)
    assert got[0].decode() == page(result) and stat.S_ISFIFO(pipe.stat().st_mode)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
    long = tmp_path / ("ữ" * 80 + ".html")  # 245 bytes: what is written beside it must fit too
    ntm.report(long, result, pictures=False)
    assert long.exists()
