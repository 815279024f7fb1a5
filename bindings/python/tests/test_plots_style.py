# SPDX-License-Identifier: Apache-2.0
"""Letters, colours and SVG: that all can read the pictures, and pages can hold several."""

from __future__ import annotations

import re
import threading
import unicodedata
import warnings
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

import ntm
from ntm import Verdict

pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")

import matplotlib  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from pictures import drawn, texts  # noqa: E402

import ntm.plots  # noqa: E402
from ntm.plots.fonts import VIETNAMESE, _chosen, family  # noqa: E402
from ntm.plots.style import FILLS, STAGES, ink_on, shades  # noqa: E402

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=["A", "B", "C", "D"])


# ------------------------------------------------------------------------------------ letters


def test_all_vietnamese_letters_have_a_glyph(result: ntm.Attainment) -> None:
    assert len(VIETNAMESE) == 12 * 6 * 2 + 2 + 4 and unicodedata.is_normalized("NFC", VIETNAMESE)
    assert set("ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵđĐưƯơƠ") <= set(VIETNAMESE)
    names = [VIETNAMESE[at : at + 38] for at in range(0, len(VIETNAMESE), 38)]
    figure = ntm.plots.heat_map(result, units=names[:4], title=VIETNAMESE)
    drawn(figure)  # a glyph that is missing is a warning, which is an error there
    assert set(VIETNAMESE) <= set("".join(texts(figure)))


def test_a_missing_glyph_would_be_seen() -> None:
    figure = Figure()
    figure.text(0, 0, "\u0e01\u0e02")
    setattr(figure, "_repr_png_", lambda: (ntm.plots.figures.png(figure), {}))
    with pytest.raises(UserWarning, match="[Gg]lyph"):
        drawn(figure)


def test_a_font_without_the_letters_is_not_taken() -> None:
    assert _chosen(("STIXGeneral", "cmr10")) == "DejaVu Sans"
    assert _chosen(("No Such Font",)) == "DejaVu Sans"
    assert _chosen(("DejaVu Serif", "DejaVu Sans")) == "DejaVu Serif"
    with matplotlib.rc_context({"font.family": ["cmr10"]}), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert family() == "DejaVu Sans"


def test_a_dollar_is_a_dollar(result: ntm.Attainment) -> None:
    figure = ntm.plots.heat_map(result, units=["5 $ và $", "$\\frac{", "B", "C"])
    drawn(figure)


# ------------------------------------------------------------------------------------ colours

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
PROTAN = np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]])
DEUTAN = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]])
TRITAN = np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]])


def linear(colour: str) -> Any:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Any) -> Any:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    scaled = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", [np.eye(3), PROTAN, DEUTAN, TRITAN], ids=["usual", "protan", "deutan", "tritan"])
def test_verdicts_stay_apart_for_everybody(sight: Any) -> None:
    colours = [lab(sight @ linear(FILLS[one].colour)) for one in Verdict]
    for at, one in enumerate(colours):
        for other in colours[at + 1 :]:
            assert np.linalg.norm(one - other) > 25
            assert abs(one[0] - other[0]) > 15, "also in grey"
    assert [one for one in Verdict if FILLS[one].hatch] == [Verdict.OPEN]


def test_type_can_be_read_on_every_colour() -> None:
    def light(colour: str) -> float:
        return float(np.dot([0.2126, 0.7152, 0.0722], linear(colour)))

    for colour in (*(fill.colour for fill in FILLS.values()), *STAGES, *shades(3), *shades(5), *shades(9)):
        high, low = sorted((light(colour), light(ink_on(colour))), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3.9, colour
    assert len(set(shades(9))) == 9


# ------------------------------------------------------------------------------------ SVG


def test_svg_is_the_same_each_time_and_stands_alone(result: ntm.Attainment) -> None:
    one, other = (ntm.plots.svg(ntm.plots.criteria_counts(result)) for _ in range(2))
    assert one == other
    root = ElementTree.fromstring(one)
    assert root.tag == f"{SVG}svg" and one.startswith("<svg") and one.count("<svg") == 1
    assert "<metadata" not in one and "<!DOCTYPE" not in one and "<?xml" not in one
    assert re.findall(r"https?://[^\"' <]*", one) == ["http://www.w3.org/2000/svg"]
    assert "hatch" not in re.findall(r'href="(?!#)[^"]*"', one)


def test_svg_tells_what_it_shows(result: ntm.Attainment) -> None:
    figure = ntm.plots.criteria_counts(result, title="Số <tiêu chí> & xã")
    root = ElementTree.fromstring(ntm.plots.svg(figure, prefix="hinh-1"))
    assert root.get("role") == "img" and root.get("aria-labelledby") == "hinh-1-title hinh-1-desc"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "Số <tiêu chí> & xã" and title.get("id") == "hinh-1-title"
    assert desc is not None and "1–2 trong 4 xã" in str(desc.text)
    own = ElementTree.fromstring(ntm.plots.svg(figure, title="Một", desc="Hai"))
    assert [str(own.find(f"{SVG}{name}").text) for name in ("title", "desc")] == ["Một", "Hai"]  # type: ignore[union-attr]


def test_several_svgs_stand_in_one_page(result: ntm.Attainment) -> None:
    drawings = [ntm.plots.svg(ntm.plots.criteria_counts(result)), ntm.plots.svg(ntm.plots.heat_map(result)),
                ntm.plots.svg(ntm.plots.criteria_counts(result, lang="en"))]
    ids = [re.findall(r'\bid="([^"]+)"', one) for one in drawings]
    everything = [id for some in ids for id in some]
    assert len(everything) == len(set(everything)) > 100
    for text, own in zip(drawings, ids):
        refers = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text)
        assert refers and {a or b for a, b in refers} <= set(own)
        style = re.search(r"<style[^>]*>([^<]*)", text)
        assert style is not None and style[1].startswith(f"#{own[0]} *"), "the style stays in its drawing"


def test_text_stays_text_unless_outlines_are_asked_for(result: ntm.Attainment) -> None:
    figure = ntm.plots.heat_map(result, units=["Xã Ắ", "B", "C", "D"])
    for mode in ("path", "none"):
        with matplotlib.rc_context({"svg.fonttype": mode}):
            text, outlines = ntm.plots.svg(figure), ntm.plots.svg(figure, paths=True)
        assert ">Xã Ắ</text>" in text and "sans-serif" in text
        assert "<text" not in outlines and len(outlines) > len(text)
    assert figure.dpi == 150


def test_svg_says_what_is_wrong(result: ntm.Attainment) -> None:
    with pytest.raises(TypeError, match="a figure of matplotlib, not str"):
        ntm.plots.svg("x")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="prefix '1 x'"):
        ntm.plots.svg(ntm.plots.heat_map(result), prefix="1 x")


def test_any_figure_may_become_svg() -> None:
    figure = Figure()
    figure.subplots().imshow([[0, 1], [1, 0]])
    text = ntm.plots.svg(figure, title="Ảnh", desc="Bốn ô")
    assert "data:image/png;base64" in text and ElementTree.fromstring(text) is not None


def test_threads_draw_side_by_side(result: ntm.Attainment) -> None:
    expected = [ntm.plots.svg(ntm.plots.heat_map(result)), ntm.plots.svg(ntm.plots.criteria_counts(result))]
    found: dict[int, list[str]] = {}

    def draw(at: int) -> None:
        found[at] = [ntm.plots.svg(ntm.plots.heat_map(result)), ntm.plots.svg(ntm.plots.criteria_counts(result))]

    threads = [threading.Thread(target=draw, args=(at,)) for at in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [found[at] for at in range(4)] == [expected] * 4


def test_hostile_names_spoil_no_picture(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    """Characters that XML refuses, names as long as a paragraph, formulas of matplotlib."""
    names = ["a\x00\x0b\ufffe", "lone \ud800", "Đ" * 20_000, r"$\frac{$ $x_$"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = ntm.plots.svg(ntm.plots.heat_map(ntm.evaluate(table, law, on="2020-02-25"), units=names), title="\ud800\x00")
    ElementTree.fromstring(text.encode("utf-8"))
    assert "lone \ufffd" in text and r"$\frac{$ $x_$" in text and len(text) < 100_000
