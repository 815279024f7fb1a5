# SPDX-License-Identifier: Apache-2.0
"""Pictures of the illustrative data of Hà Tĩnh: no labels over one another, no glyph missing, an A4 page at most."""

from __future__ import annotations

import csv
import inspect
from pathlib import Path
from typing import Any

import pytest

import ntm

pytest.importorskip("matplotlib")
pytest.importorskip("numpy")

from pictures import cells, drawn, overlaps, texts  # noqa: E402

import ntm.plots  # noqa: E402

DATA = next((folder / "examples" / "data" for folder in Path(__file__).parents if (folder / "examples").is_dir()), None)
pytestmark = pytest.mark.skipif(DATA is None, reason="the source folder is not there")
A4 = 11.0
"""Inches that a page has for a picture."""


def value(text: str, fact: ntm.Fact) -> Any:
    if text in ("", "không áp dụng"):
        return None
    if fact.kind == ntm.FactKind.FLAG:
        return text in ("đạt", "có")
    return text if fact.kind == ntm.FactKind.LEVEL else ntm.parse_number(text, locale="vi")


def read(name: str, law: ntm.CriteriaSet, key: str) -> tuple[dict[str, Any], list[str]]:
    """Columns of facts, and the units."""
    assert DATA is not None
    with open(DATA / "ha-tinh-2020-02" / name, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    facts = {one.id: one for one in law.facts}
    columns = {name: [value(row[name], facts[name]) for row in rows] for name in rows[0] if name in facts}
    return columns, [row[key] for row in rows]


@pytest.fixture(scope="module")
def units() -> ntm.Units:
    assert DATA is not None
    return ntm.Units.open(DATA / "viet-nam-2025-07" / "units.csv", DATA / "viet-nam-2025-07" / "succession.csv")


@pytest.fixture(scope="module")
def communes() -> ntm.Attainment:
    catalogue = ntm.catalogue()
    law = catalogue["commune-ntm-2016-2020"].with_overlay(catalogue.overlay("commune-ntm-2016-2020.recalled.unverified"))
    columns, codes = read("indicators-illustrative.csv", law, "code")
    return ntm.evaluate(columns, law, on="2020-02-25", unit=codes, region="BTB")


@pytest.fixture(scope="module")
def ledger(units: ntm.Units) -> ntm.Ledger:
    assert DATA is not None
    path = DATA / "ha-tinh-2020-02" / "budget-2020-illustrative.csv"
    return ntm.Ledger.read_csv(path, numbers="vi", unit="triệu đồng", units=units, echelon="commune")


def good(figure: Any) -> list[str]:
    """The texts of a picture that is fit to print."""
    assert drawn(figure) and overlaps(figure) == []
    assert figure.get_size_inches()[0] == pytest.approx(7.1) and figure.get_size_inches()[1] < A4
    return texts(figure)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_communes(communes: ntm.Attainment, units: ntm.Units, lang: Any) -> None:
    figure = ntm.plots.heat_map(communes, units=units, groups="district", lang=lang)
    shown = good(figure)
    assert {"Huyện Nghi Xuân", "Thạch Hạ", "Đồng Môn"} <= set(shown)
    assert sum(cells(figure, verdict) for verdict in ntm.Verdict) == 182 * 19
    assert any(("182 xã × 19 tiêu chí" if lang == "vi" else "182 communes × 19 criteria") in one for one in shown)
    good(ntm.plots.criteria_counts(communes, lang=lang))
    good(ntm.plots.criteria_counts(communes, bands=(0, 5, 10, 15, 19), lang=lang))
    good(ntm.plots.heat_map(communes, units=units, of="indicators", limit=20, names=False, lang=lang))
    good(ntm.plots.tile_map(communes, units=units, groups="district", lang=lang))


def test_money(ledger: ntm.Ledger) -> None:
    shown = good(ntm.plots.budget(ledger.cube("source", "stage", up="source", since="2019-12-01")))
    assert {"Tổng cộng", "Ngân sách nhà nước"} <= {one.strip("\u2003") for one in shown}
    assert any("thiếu 13 số liệu" in one for one in shown)
    assert "Huyện Can Lộc" in good(ntm.plots.budget(ledger, by="district", since="2020-01-01", lang="en"))
    due = ntm.Expected("disbursed", "month", "2020-01-01", "2020-02-29")
    shown = good(ntm.plots.disbursement(ledger, since="2020-01-01", expected=due))
    assert any("giải ngân mới có 21,1 tỷ đồng (còn thiếu báo cáo); kế hoạch 39 tỷ đồng" in one for one in shown)


def test_products() -> None:
    panels = {}
    for kind in ("fresh-vegetables-fruit", "honey", "sauces", "seafood-products", "tea"):
        law = ntm.catalogue()[f"ocop-{kind}-2019"]
        columns, products = read(f"ocop-sheets-{kind}-illustrative.csv", law, "product")
        panels[kind] = ntm.panel(columns, law, product=products, on="2020-02-25", least_sheets=5)
    shown = good(ntm.plots.stars(panels))
    assert {"3 sao", "4 sao"} <= set(shown) and any("trong 35 sản phẩm" in one for one in shown)
    good(ntm.plots.stars(panels["tea"], lang="en"))


def test_mergers(communes: ntm.Attainment, units: ntm.Units) -> None:
    law = communes.law
    columns, codes = read("old-communes-illustrative.csv", law, "code")
    before = ntm.evaluate(columns, law, on="2019-12-31", unit=codes, region="BTB")
    for code, old in (("18103", "Xã Thạch Môn"), ("18163", "Xã Sơn An")):
        figure = ntm.plots.merger(columns, law, code, units=units, since="2019-12-31", by="2020-01-01", unit=codes,
                                  before=before, after=communes)
        assert old in good(figure)
    figure = ntm.plots.merger(columns, law, "18163", units=units, since="2019-12-31", by="2020-01-01", unit=codes, lang="en")
    assert any("million VND/person/year" in one.replace("\n", " ") for one in good(figure))


def test_every_function_says_what_it_does() -> None:
    assert sorted(ntm.plots.__all__) == list(ntm.plots.__all__)
    for name in ntm.plots.__all__:
        function = getattr(ntm.plots, name)
        told = inspect.getdoc(function) or ""
        assert "Args:" in told and "Raises:" in told, name
        for argument in inspect.signature(function).parameters:
            assert argument in told, f"{name}({argument}=)"
