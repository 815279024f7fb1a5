# SPDX-License-Identifier: Apache-2.0
"""Pictures of verdicts: what is drawn where, in which colour, and what is told."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import ntm
from ntm import Verdict

pytest.importorskip("matplotlib")
np = pytest.importorskip("numpy")

from matplotlib.colors import to_hex  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from pictures import bars, cells, drawn, overlaps, part, texts  # noqa: E402

import ntm.plots  # noqa: E402
from ntm.plots.style import FILLS, PERHAPS  # noqa: E402

CODES = ["18103", "18109", "18112", "18115"]


@pytest.fixture()
def result(law: ntm.CriteriaSet, table: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(table, law, on="2020-02-25", unit=CODES)


def test_heat_map_has_a_cell_for_each_verdict(result: ntm.Attainment) -> None:
    figure = ntm.plots.heat_map(result)
    assert isinstance(figure, Figure)
    for verdict in Verdict:
        expected = sum(int((result.criterion(one.id) == verdict).sum()) for one in result.law.criteria)
        assert cells(figure, verdict) == expected > 0
    shape = part(figure, "cells-open")
    assert shape.get_hatch() and to_hex(shape.get_facecolor()) == FILLS[Verdict.OPEN].colour
    assert part(figure, "cells-met").get_hatch() is None
    assert to_hex(part(figure, "cells-not-met").get_facecolor()) == FILLS[Verdict.NOT_MET].colour
    assert drawn(figure).startswith(b"\x89PNG")


def test_heat_map_of_indicators_and_counts_at_the_side(result: ntm.Attainment) -> None:
    figure = ntm.plots.heat_map(result, of="indicators", lang="en", names=False)
    assert sum(cells(figure, verdict) for verdict in Verdict) == 4 * 6
    least = np.sum([result.indicator(one.id) == Verdict.MET for one in result.law.indicators], axis=0)
    most = np.sum([result.indicator(one.id) != Verdict.NOT_MET for one in result.law.indicators], axis=0)
    shown = texts(figure)
    for low, high in zip(least.tolist(), most.tolist()):
        assert (str(low) if low == high else f"{low}–{high}") in shown


def positions(figure: Any) -> dict[str, float]:
    """From top to bottom: the texts of the axes by their height."""
    return {one.get_text(): one.get_position()[1] for one in figure.axes[0].texts}


def test_heat_map_order_names_and_groups(result: ntm.Attainment) -> None:
    names = {"18103": "Xã Một", "18109": "Xã Hai", "18112": "Xã Ba"}
    at = positions(ntm.plots.heat_map(result, units=names, order="given"))
    assert at["Xã Một"] < at["Xã Hai"] < at["Xã Ba"] < at["18115"]
    at = positions(ntm.plots.heat_map(result, order="met"))
    assert at["18103"] < at["18112"] and at["18103"] < at["18115"]
    at = positions(ntm.plots.heat_map(result, order=["18112", "18103"]))
    assert at["18112"] < at["18103"] and "18115" not in at
    grouped = ntm.plots.heat_map(result, groups=["Huyện B", "Huyện A", "Huyện B", "Huyện A"], order="given")
    at = positions(grouped)
    assert at["Huyện A"] < at["18109"] < at["18115"] < at["Huyện B"] < at["18103"] < at["18112"]
    assert sum(cells(grouped, verdict) for verdict in Verdict) == 4 * 3


def many(law: ntm.CriteriaSet, rows: int) -> ntm.Attainment:
    table = {"households": np.full(rows, 1000), "clean-water": np.arange(rows) % 1000, "region": ["BTB"] * rows}
    return ntm.evaluate(table, law, on="2020-02-25", unit=[f"{row:05d}" for row in range(rows)])


@pytest.mark.parametrize("rows", [1, 30, 200])
def test_heat_map_stays_readable(law: ntm.CriteriaSet, rows: int) -> None:
    result = many(law, rows)
    groups = [f"Huyện {row // 20:02d}" for row in range(rows)]
    figure = ntm.plots.heat_map(result, groups=groups)
    assert overlaps(figure) == []
    width, height = figure.get_size_inches()
    assert width == pytest.approx(7.1) and height < 11.7
    smallest = min(one.get_fontsize() for one in figure.axes[0].texts)
    assert smallest >= 4.5
    assert sum(cells(figure, verdict) for verdict in Verdict) == rows * 3


def test_thousands_of_units_are_thinned(law: ntm.CriteriaSet) -> None:
    figure = ntm.plots.heat_map(many(law, 3000), names=False)
    assert cells(figure, Verdict.OPEN) + cells(figure, Verdict.NOT_MET) + cells(figure, Verdict.MET) == 9000
    assert 100 < len(figure.axes[0].texts) < 3000
    limited = ntm.plots.heat_map(many(law, 3000), limit=25)
    assert sum(cells(limited, verdict) for verdict in Verdict) == 75
    assert any("25 trong 3000 xã" in one for one in texts(limited))


def test_criteria_counts_show_bounds(result: ntm.Attainment) -> None:
    least, most = (one.tolist() for one in result.criteria_met)
    assert list(zip(least, most)) == [(3, 3), (2, 2), (2, 3), (0, 0)]
    figure = ntm.plots.criteria_counts(result)
    assert bars(figure) == {
        "surely-0": (0, 0, 1, None), "surely-2": (2, 0, 1, None), "perhaps-2": (2, 1, 1, PERHAPS.hatch),
        "surely-3": (3, 0, 1, None), "perhaps-3": (3, 1, 1, PERHAPS.hatch),
    }
    assert texts(figure).count("1–2") == 2
    assert part(figure, "target").get_xdata()[0] == 2.5
    assert any("1–2 trong 4 xã đạt từ 3 tiêu chí trở lên. Bình quân 1,8–2 " in one for one in texts(figure))


def test_criteria_counts_in_bands_and_cumulative(result: ntm.Attainment) -> None:
    figure = ntm.plots.criteria_counts(result, bands=(2, 3), lang="en", target=2)
    assert bars(figure) == {
        "surely-0": (0, 0, 1, None), "surely-1": (1, 0, 1, None), "perhaps-1": (1, 1, 1, PERHAPS.hatch),
        "surely-2": (2, 0, 1, None), "perhaps-2": (2, 1, 1, PERHAPS.hatch),
    }
    assert [one.get_text() for one in figure.axes[0].get_xticklabels()] == ["0–1", "2", "3"]
    assert part(figure, "target").get_xdata()[0] == 0.5
    figure = ntm.plots.criteria_counts(result, cumulative=True)
    assert bars(figure)["surely-2"][2] == 3 and "perhaps-2" not in bars(figure)
    assert bars(figure)["surely-3"][2] == 1 and bars(figure)["perhaps-3"][1:3] == (1, 1)
    assert bars(figure)["surely-0"][2] == 4 and "perhaps-0" not in bars(figure)


def drawn_over(figure: Any) -> list[tuple[str, str]]:
    """Labels over one another in a figure of the caller."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure._repr_png_ = lambda: (ntm.plots.figures.png(figure), {})
    FigureCanvasAgg(figure)
    return overlaps(figure)


def test_in_axes_of_the_caller(result: ntm.Attainment) -> None:
    figure = Figure(figsize=(10, 5))
    left, right = figure.subplots(1, 2)
    assert ntm.plots.heat_map(result, ax=left) is figure
    assert ntm.plots.criteria_counts(result, ax=right, title="Của tôi") is figure
    assert sum(cells(figure, verdict) for verdict in Verdict) == 12
    assert right.get_title(loc="left") == "Của tôi"
    assert figure.get_size_inches().tolist() == [10, 5]
    assert drawn_over(figure) == []
    parts = Figure().subfigures(1, 2)
    assert ntm.plots.criteria_counts(result, ax=parts[0].add_subplot()) is parts[0].figure
    with pytest.raises(TypeError, match="axes of matplotlib, not Figure"):
        ntm.plots.criteria_counts(result, ax=figure)


def test_what_is_wrong_is_told(result: ntm.Attainment, law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="heat_map draws a result of ntm.evaluate.., not dict"):
        ntm.plots.heat_map(table)  # type: ignore[arg-type]
    empty = ntm.evaluate({"income": np.array([])}, law, on="2020-02-25", region="BTB")
    for draw in (ntm.plots.heat_map, ntm.plots.criteria_counts):
        with pytest.raises(ntm.ArgumentError, match="no rows: there is nothing to draw"):
            draw(empty)
    few = ntm.evaluate(table, law, on="2020-02-25", keep="status")
    with pytest.raises(ntm.ArgumentError, match="keep='criteria'. keeps them"):
        ntm.plots.heat_map(few)
    with pytest.raises(ntm.ArgumentError, match="lang 'fr'"):
        ntm.plots.heat_map(result, lang="fr")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="order 'best'"):
        ntm.plots.heat_map(result, order="best")
    with pytest.raises(ntm.NotFoundError, match="18104.*18103"):
        ntm.plots.heat_map(result, order=["18104"])
    with pytest.raises(ntm.ArgumentError, match="needs a registry"):
        ntm.plots.heat_map(result, groups="district")
    with pytest.raises(ntm.ArgumentError, match="groups: 2 for 4 rows"):
        ntm.plots.heat_map(result, groups=["a", "b"])
    with pytest.raises(ntm.ArgumentError, match="the set has 3 criteria"):
        ntm.plots.criteria_counts(result, target=4)
    with pytest.raises(ntm.ArgumentError, match="rising, from 0 to 3"):
        ntm.plots.criteria_counts(result, bands=(2, 1))
    result.close()
    with pytest.raises(ValueError, match="closed"):
        ntm.plots.heat_map(result)


def test_matplotlib_is_asked_for_only_when_drawing() -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; sys.modules['matplotlib.figure'] = None\n"
        "import ntm, ntm.plots\n"
        "r = ntm.evaluate({'households': [1]}, ntm.catalogue()['commune-ntm-2016-2020'], on='2020-02-25', region='BTB')\n"
        "try: ntm.plots.criteria_counts(r)\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == 'pictures need matplotlib: pip install matplotlib\n', done.stderr


def test_nothing_global_is_touched(result: ntm.Attainment) -> None:
    code = "import sys, ntm, ntm.plots; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
    import matplotlib

    before = dict(matplotlib.rcParams)
    ntm.plots.svg(ntm.plots.heat_map(result))
    assert dict(matplotlib.rcParams) == before


def test_settings_of_the_caller_do_not_spoil_a_picture(result: ntm.Attainment) -> None:
    import matplotlib.style

    usual = ntm.plots.svg(ntm.plots.criteria_counts(result))
    with matplotlib.style.context(["ggplot", "dark_background"]):
        styled = ntm.plots.criteria_counts(result)
        assert to_hex(styled.get_facecolor()) == "#ffffff"
        assert len(ntm.plots.svg(styled)) == pytest.approx(len(usual), rel=0.1)
        axis = styled.axes[0].xaxis
        assert not any(one.gridline.get_visible() for one in axis.get_major_ticks())


def test_figures_are_pickled_and_shown(result: ntm.Attainment) -> None:
    import pickle

    figure = ntm.plots.heat_map(result)
    again = pickle.loads(pickle.dumps(figure))
    assert texts(again) == texts(figure)
    data, size = figure._repr_png_()
    assert data.startswith(b"\x89PNG") and size["width"] == 682
    formatters = pytest.importorskip("IPython.core.formatters")
    shown, _ = formatters.DisplayFormatter().format(figure)
    assert shown["image/png"] == data or len(shown["image/png"]) > 1000
