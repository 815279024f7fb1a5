# SPDX-License-Identifier: Apache-2.0
"""What is in a picture, for tests."""

from __future__ import annotations

import warnings
from typing import Any

from ntm import Verdict


def texts(figure: Any) -> list[str]:
    from matplotlib.text import Text

    return [one.get_text() for one in figure.findobj(Text) if one.get_text() and one.get_visible()]


def part(figure: Any, gid: str) -> Any:
    found = figure.findobj(lambda one: one.get_gid() == gid)
    assert len(found) == 1, f"{gid}: {len(found)}"
    return found[0]


def cells(figure: Any, verdict: Verdict) -> int:
    found = figure.findobj(lambda one: one.get_gid() == f"cells-{verdict.name.lower().replace('_', '-')}")
    return sum(int((one.get_path().codes == one.get_path().MOVETO).sum()) for one in found)


def drawn(figure: Any) -> bytes:
    """The picture as PNG; a warning (a glyph that is missing) is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image: bytes = figure._repr_png_()[0]
    return image


def overlaps(figure: Any) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes lie over one another by more than a point."""
    from matplotlib.text import Text

    drawn(figure)
    renderer = figure.canvas.get_renderer()
    found = [(one.get_text(), one.get_window_extent(renderer)) for one in figure.findobj(Text)
             if one.get_text() and one.get_visible()]
    point = figure.dpi / 72
    return [(a, b) for at, (a, one) in enumerate(found) for b, other in found[at + 1 :]
            if min(one.x1, other.x1) - max(one.x0, other.x0) > point
            and min(one.y1, other.y1) - max(one.y0, other.y0) > 2 * point]


def bars(figure: Any) -> dict[str, tuple[float, float, float, str | None]]:
    """Bars by id: (middle, bottom, height, hatch)."""
    found = {}
    for one in figure.axes[0].patches:
        if one.get_gid():
            found[one.get_gid()] = (one.get_x() + one.get_width() / 2, one.get_y(), one.get_height(), one.get_hatch())
    return found
