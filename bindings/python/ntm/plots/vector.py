# SPDX-License-Identifier: Apache-2.0
"""A figure as SVG text that may stand in a page beside others: the same each time, self-contained, told in words."""

from __future__ import annotations

import functools
import hashlib
import io
import re
from html import escape
from typing import Any

from ..errors import ArgumentError
from .figures import Figure, mpl

_POINTS = 72
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ID = re.compile(r'\bid="([^"]*)"')
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r'url\(#([^)]*)\)|(?:xlink:)?href="#([^"]*)"')


@functools.lru_cache(maxsize=None)
def _renderer() -> Any:
    """A renderer of matplotlib that does not ask the global settings whether text stays text."""
    base = mpl("backends.backend_svg").RendererSVG

    class Renderer(base):  # type: ignore[misc, valid-type]
        """Writes text as text, or as paths, as its maker says."""

        as_paths = False

        def draw_text(self, gc: Any, x: Any, y: Any, s: Any, prop: Any, angle: Any, ismath: Any = False,
                      mtext: Any = None) -> None:
            write = self._draw_text_as_path if self.as_paths else self._draw_text_as_text
            write(gc, x, y, s, prop, angle, ismath, mtext)

    return Renderer


def svg(
    figure: Figure, *, prefix: str | None = None, title: str | None = None, desc: str | None = None, paths: bool = False
) -> str:
    """A figure as one ``<svg>`` element, to be put into a page as it is.

    The same figure gives the same text: no date, no random ids. Nothing outside is referred to. Characters that XML does not
    take become U+FFFD. It has a title and a description for screen readers, and all ids begin with a prefix, so that several
    figures may stand in one page.

    Args:
        figure: what a function of this package returned, or any figure of matplotlib.
        prefix: what ids begin with: a letter, then letters, digits, "-" and "_"; None: made of the contents.
        title, desc: the picture in words; None: those that the picture was made with.
        paths: text as outlines, the same everywhere; otherwise it stays text, which can be searched and read aloud, in the
            figure's font or a sans-serif one.

    Raises:
        TypeError: no figure.
        ArgumentError: a prefix that is no id.
        ImportError: matplotlib is not installed.
    """
    if not isinstance(figure, mpl("figure").Figure):
        raise TypeError(f"a figure of matplotlib, not {type(figure).__name__}")
    if prefix is not None and not _PREFIX.fullmatch(prefix):
        raise ArgumentError(f"prefix {prefix!r}: a letter, then letters, digits, '-' and '_'")
    text = _numbered(_body(_xml(_drawn(figure, paths))))
    words = getattr(figure, "_ntm_told", ("", ""))
    return _told(text, prefix, _xml(words[0] if title is None else title), _xml(words[1] if desc is None else desc))


def _xml(text: str) -> str:
    """Characters that XML does not take become U+FFFD: one in a name would spoil the whole picture."""
    return _NO_XML.sub("\ufffd", text)


def _drawn(figure: Figure, paths: bool) -> str:
    """What matplotlib writes: inches become 72 points."""
    out = io.StringIO()
    dpi = figure.dpi
    figure.dpi = _POINTS
    try:
        width, height = figure.get_size_inches() * _POINTS
        renderer = _renderer()(width, height, out, image_dpi=_POINTS, metadata={"Date": None})
        renderer.as_paths = paths
        figure.draw(renderer)
        renderer.finalize()
    finally:
        figure.dpi = dpi
    return out.getvalue()


def _body(text: str) -> str:
    """The element alone: without declaration, document type (which names a place on the web) and metadata."""
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index("<svg") :], flags=re.DOTALL)
    text = re.sub(r'\s+(?:xmlns:xlink|version)="[^"]*"', "", text, count=2).replace("xlink:href=", "href=").rstrip()
    text = re.sub(r'\bd="([^"]*)"', lambda found: f'd="{_shorter(found[1])}"', text)
    return re.sub(r"(font(?:-family)?: [^;\"]*'[^';\"]*')(?=[;\"])", r"\1, sans-serif", text)


def _shorter(path: str) -> str:
    """The data of a path without blanks that nobody needs, to a hundredth of a point."""
    rounded = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), path)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.split()))


def _numbered(text: str) -> str:
    """All ids become "@1", "@2" ... in the order in which they come; random ones are gone with that."""
    numbers: dict[str, str] = {}
    for id in _ID.findall(text):
        numbers.setdefault(id, f"@{len(numbers) + 1}")

    def refer(found: re.Match[str]) -> str:
        id = found[1] if found[1] is not None else found[2]
        new = numbers.get(id, id)
        return f"url(#{new})" if found[1] is not None else f'href="#{new}"'

    return _REFERENCE.sub(refer, _ID.sub(lambda found: f'id="{numbers[found[1]]}"', text))


def _told(text: str, prefix: str | None, title: str, desc: str) -> str:
    """The text with title, description and prefix; its style stays within it."""
    name = prefix or "ntm-" + hashlib.sha256(f"{title}\n{desc}\n{text}".encode()).hexdigest()[:10]
    text = re.sub(r'(id="|url\(#|href="#)@(\d+)', rf"\g<1>{name}-\g<2>", text)
    text = text.replace("*{stroke-linejoin", f"#{name} *{{stroke-linejoin", 1)
    head, _, rest = text.partition(">")
    labels = f' id="{name}" role="img" aria-labelledby="{name}-title {name}-desc"'
    words = f'\n <title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-desc">{escape(desc)}</desc>'
    return f"{head}{labels}>{words}{rest}\n"
