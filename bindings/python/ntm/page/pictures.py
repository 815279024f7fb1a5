# SPDX-License-Identifier: Apache-2.0
"""Pictures, put into the page as images of their own: nothing in them can run or look anything up."""

from __future__ import annotations

import base64
import importlib
from typing import Any

from ..cubes import Cube
from ..errors import ArgumentError
from .asked import Asked
from .grid import section
from .markup import Html, safe, tag

_HEAT_MOST = 400
"""Rows of a heat map that can still be read on paper."""
_STAGES = {"need", "plan", "allotted", "disbursed"}
_PNG = b"\x89PNG\r\n\x1a\n"


def pictures_section(asked: Asked) -> Html:
    """The usual pictures and the caller's own; nothing when none is wanted."""
    made = _drawn(asked) if asked.drawn and len(asked.codes) else []
    made += [_figure(caption, _image(caption, given)) for caption, given in asked.pictures.items()]
    return section("pictures", asked.say("pictures"), tag("div", *made, class_="figures")) if made else Html()


def _drawn(asked: Asked) -> list[Html]:
    try:
        importlib.import_module("matplotlib")
    except ImportError:
        return [tag("p", asked.say("no matplotlib"), class_="warning")]
    plots = importlib.import_module("ntm.plots")
    law, made = asked.result.law, []
    if law.classes:
        made.append(_own(plots, asked.say("by class"), plots.stars(asked.result, lang=asked.lang, title=asked.say("by class"))))
    if law.criteria:
        counts = asked.say("counts")
        made += [_own(plots, counts, plots.criteria_counts(asked.result, lang=asked.lang, title=counts)), *_heat(asked, plots)]
    made += _map(asked, plots)
    for heading, given in asked.budget.items():
        side = _money_side(given)
        if side is not None:
            made.append(_own(plots, heading, plots.budget(given, by=side, lang=asked.lang, title=heading)))
    return made


def _own(plots: Any, caption: str, figure: Any) -> Html:
    """A picture of this package, which has its title within."""
    return _figure(caption, _svg(plots.svg(figure)), told=False)


def _heat(asked: Asked, plots: Any) -> list[Html]:
    if len(asked.codes) > _HEAT_MOST:
        return [tag("p", asked.say("too many", asked.count(len(asked.codes))), class_="quiet")]
    units, groups = asked.naming
    caption = asked.say("matrix", asked.level)
    options = {"units": units, "groups": groups, "on": asked.on, "lang": asked.lang, "title": caption}
    return [_own(plots, caption, plots.heat_map(asked.result, **options))]


def _map(asked: Asked, plots: Any) -> list[Html]:
    if asked.geometry is None:
        return []
    options = {"units": asked.naming[0], "on": asked.on, "lang": asked.lang}
    return [_own(plots, asked.say("status"), plots.map(asked.result, asked.geometry, **options))]


def _money_side(given: Any) -> str | None:
    """The other side of a cube of money by stage; None of anything else."""
    if not isinstance(given, Cube) or len(given.sides) != 2 or "stage" not in given.sides or not given._about.money:
        return None
    if not _STAGES & {stage for stage in given.columns["stage"] if stage}:
        return None
    return next(side for side in given.sides if side != "stage")


def _figure(caption: str, address: str, *, told: bool = True) -> Html:
    """An image with its caption; of a picture that has its title within, only for those who do not see it."""
    under = tag("figcaption", caption) if told else None
    return tag("figure", Html(f'<img src="{address}" alt="{safe(caption)}">'), under)


def _image(caption: str, given: Any) -> str:
    """A figure of matplotlib, SVG text, or the bytes of a PNG file, as an address that holds it.

    Raises:
        TypeError, ArgumentError: something else.
    """
    if isinstance(given, (bytes, bytearray)):
        if not bytes(given).startswith(_PNG):
            raise ArgumentError(f"picture {caption!r}: bytes that are no PNG file")
        return f"data:image/png;base64,{base64.b64encode(given).decode('ascii')}"
    if isinstance(given, str):
        if "<svg" not in given:
            raise ArgumentError(f"picture {caption!r}: text that is no SVG")
        return _svg(given)
    if hasattr(given, "savefig"):
        return _svg(importlib.import_module("ntm.plots").svg(given))
    raise TypeError(f"picture {caption!r}: a figure of matplotlib, SVG text or PNG bytes, not {type(given).__name__}")


def _svg(text: str) -> str:
    if "xmlns=" not in text:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(text.encode('utf-8')).decode('ascii')}"
