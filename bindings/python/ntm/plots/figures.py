# SPDX-License-Identifier: Apache-2.0
"""Where a picture is drawn: a figure of its own laid out in inches, or axes of the caller. No pyplot, no global state.

A figure of its own is laid out once everything is drawn: the title, a line under it, the key and the note below are
measured, and the figure becomes as tall as they and the drawing need. Nothing overlaps because nothing is guessed.
"""

from __future__ import annotations

import functools
import importlib
import io
import re
from dataclasses import dataclass, field
from typing import Any, Sequence

from ..number import Language, language_code
from .fonts import dress
from .style import DPI, FAINT, INK, PAPER, SMALL, SOFT, TEXT, TITLE, WIDTH, Fill

_UNDRAWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

Axes = Any
"""matplotlib.axes.Axes"""
Figure = Any
"""matplotlib.figure.Figure"""

_EDGE = 0.08
"""Inches of white around everything."""
_GAP = 0.09
"""Inches between title, key, drawing and note."""


def mpl(module: str) -> Any:
    """A module of matplotlib: "figure" is matplotlib.figure.

    Raises:
        ImportError: matplotlib is not installed.
    """
    try:
        return importlib.import_module(f"matplotlib.{module}")
    except ImportError as error:
        raise ImportError('pictures need matplotlib: pip install matplotlib', name="matplotlib") from error


def png(figure: Figure) -> bytes:
    """The figure as a PNG file, drawn by a canvas of its own."""
    out = io.BytesIO()
    mpl("backends.backend_agg").FigureCanvasAgg(figure).print_png(out)
    return out.getvalue()


def _for_notebook(figure: Figure) -> tuple[bytes, dict[str, int]]:
    """What a notebook shows when a cell ends with the figure, also where nobody imported pyplot."""
    width = round(figure.get_figwidth() * 96)
    return png(figure), {"width": width, "height": round(figure.get_figheight() * 96)}


@dataclass
class Canvas:
    """A picture in the making."""

    ax: Axes
    """Where it is drawn."""
    own: bool
    """The figure is ours; otherwise only the axes may be touched."""
    lang: Language
    keys: list[tuple[str, Any]] = field(default_factory=list)
    """(label, artist) of the key, in order."""

    @property
    def figure(self) -> Figure:
        """The figure that everything is in."""
        found = self.ax.figure
        return getattr(found, "figure", None) or found

    @property
    def renderer(self) -> Any:
        """What measures text."""
        figure = self.figure
        get = getattr(figure.canvas, "get_renderer", None)
        return get() if get is not None else mpl("backends.backend_agg").FigureCanvasAgg(figure).get_renderer()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the axes in inches."""
        box = self.ax.get_window_extent()
        return box.width / self.figure.dpi, box.height / self.figure.dpi

    def text_width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Inches that a line of text takes."""
        return _line_width(text, size, bold)

    def wrap(self, text: str, size: float, width: float, *, bold: bool = False) -> str:
        """Text broken into lines that fit so many inches."""
        return _wrapped(text, size, width, bold)

    def key(self, label: str, fill: Fill) -> None:
        """An entry of the key: a filled square."""
        patches = mpl("patches")
        edge = fill.line if fill.hatch or fill.colour == PAPER else fill.colour
        self.keys.append((label, patches.Patch(facecolor=fill.colour, edgecolor=edge, hatch=fill.hatch, linewidth=0.6)))

    def key_line(self, label: str, **style: Any) -> None:
        """An entry of the key: a line or marker, styled as matplotlib's Line2D."""
        self.keys.append((label, mpl("lines").Line2D([], [], **style)))

    def finish(self, title: str, *, under: str = "", note: str = "", told: str = "") -> Figure:
        """Title, key and note, and the layout.

        Args:
            title: what the picture shows.
            under: a line under the title: the numbers that matter.
            note: small type below: what has to be told besides.
            told: the picture in words, for those who cannot see it; None: title and line.

        Returns:
            The figure.
        """
        title = drawable(title)
        if self.own:
            _lay_out(self, title, under, note)
            setattr(self.figure, "_ntm_told", (title, told or under))
            self.figure._repr_png_ = functools.partial(_for_notebook, self.figure)
        else:
            _label_axes(self, title, under, note)
        dress(self.figure if self.own else self.ax)
        return self.figure


def drawable(text: str) -> str:
    """Text that fonts take: control characters and half of a surrogate pair become U+FFFD.

    >>> drawable("a\\ud800") == "a\\ufffd"
    True
    """
    return _UNDRAWN.sub("\ufffd", text)


def canvas(ax: Axes | None, lang: Language, *, height: float, width: float = WIDTH) -> Canvas:
    """A canvas: on `ax`, or on a new figure whose axes are so many inches wide and tall for a start.

    Raises:
        ArgumentError: another language.
        ImportError: matplotlib is not installed.
        TypeError: `ax` is no axes.
    """
    language_code(lang)
    figures = mpl("figure")
    if ax is not None:
        if not isinstance(ax, mpl("axes").Axes):
            raise TypeError(f"ax has to be axes of matplotlib, not {type(ax).__name__}")
        return Canvas(ax, False, lang)
    figure = figures.Figure(figsize=(width, height), dpi=DPI, facecolor=PAPER)
    mpl("backends.backend_agg").FigureCanvasAgg(figure)
    return Canvas(figure.add_axes((0.0, 0.0, 1.0, 1.0), facecolor=PAPER), True, lang)


@functools.lru_cache(maxsize=4096)
def _line_width(text: str, size: float, bold: bool) -> float:
    properties = mpl("font_manager").FontProperties(family=_family(), size=size, weight="bold" if bold else "normal")
    width, _, _ = mpl("textpath").TextToPath().get_text_width_height_descent(text, properties, False)
    return float(width) / 72


def _family() -> str:
    from .fonts import family

    return family()


def _wrapped(text: str, size: float, width: float, bold: bool) -> str:
    """Text broken into lines that fit; its own lines stay."""
    if "\n" in text:
        return "\n".join(_wrapped(line, size, width, bold) for line in text.split("\n"))
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _line_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


# ------------------------------------------------------------------------------------ layout


def _line_height(size: float) -> float:
    return size * 1.29 / 72


def _text_height(text: str, size: float) -> float:
    return _line_height(size) * (text.count("\n") + 1) if text else 0.0


def _key_rows(keys: Sequence[tuple[str, Any]], width: float) -> list[list[tuple[float, str, Any]]]:
    """Entries of the key in rows: (inches from the left, label, artist)."""
    rows: list[list[tuple[float, str, Any]]] = [[]]
    at = 0.0
    for label, artist in keys:
        wide = 0.30 + _line_width(label, SMALL, False) + 0.16
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append((at, label, artist))
        at += wide
    return rows if keys else []


def _overhang(canvas: Canvas) -> tuple[float, float, float, float]:
    """Inches by which labels stand out of the axes: left, right, top, bottom."""
    box = canvas.ax.get_window_extent()
    dress(canvas.ax)
    outer = canvas.ax.get_tightbbox(canvas.renderer)
    dpi = canvas.figure.dpi
    return (
        max(0.0, box.x0 - outer.x0) / dpi,
        max(0.0, outer.x1 - box.x1) / dpi,
        max(0.0, outer.y1 - box.y1) / dpi,
        max(0.0, box.y0 - outer.y0) / dpi,
    )


def _lay_out(canvas: Canvas, title: str, under: str, note: str) -> None:
    """Sizes the figure and places everything in it."""
    figure = canvas.figure
    width, tall = canvas.size
    left, right, top, bottom = _overhang(canvas)
    inner = width - 2 * _EDGE
    title = _wrapped(title, TITLE, inner, True)
    under = _wrapped(under, TEXT, inner, False)
    note = _wrapped(note, SMALL, inner, False)
    rows = _key_rows(canvas.keys, inner)
    blocks = [_text_height(title, TITLE), _text_height(under, TEXT), len(rows) * _line_height(SMALL) * 1.1]
    head = _EDGE + sum(block + _GAP for block in blocks if block)
    foot = _EDGE + (_text_height(note, SMALL) + 1.6 * _GAP if note else 0.0)
    height = head + top + tall + bottom + foot
    figure.set_size_inches(width, height)
    canvas.ax.set_position((
        (_EDGE + left) / width, (foot + bottom) / height, (inner - left - right) / width, tall / height
    ))
    down = _EDGE
    for text, size, colour, weight in ((title, TITLE, INK, "bold"), (under, TEXT, SOFT, "normal")):
        if text:
            figure.text(_EDGE / width, 1 - down / height, text, fontsize=size, color=colour, fontweight=weight,
                        ha="left", va="top", linespacing=1.4)
            down += _text_height(text, size) + _GAP
    _draw_key(figure, rows, down, width, height)
    if note:
        figure.text(_EDGE / width, _EDGE / height, note, fontsize=SMALL, color=SOFT, ha="left", va="bottom",
                    linespacing=1.4)


def _draw_key(
    figure: Figure, rows: Sequence[Sequence[tuple[float, str, Any]]], down: float, width: float, height: float
) -> None:
    """The key in rows under the title."""
    line = _line_height(SMALL) * 1.1
    for row in rows:
        middle = 1 - (down + line / 2) / height
        for at, label, artist in row:
            x = _EDGE + at
            if hasattr(artist, "set_bounds"):
                raise TypeError("an artist of the key is a patch without bounds, or a line")
            if hasattr(artist, "get_xydata"):
                artist.set_data([x / width, (x + 0.11) / width, (x + 0.22) / width], [middle] * 3)
                artist.set_markevery([1])
            else:
                artist = _swatch(artist, x / width, middle - 0.055 / height, 0.22 / width, 0.11 / height)
            artist.set_transform(figure.transFigure)
            artist.set_figure(figure) if artist.figure is None else None
            figure.add_artist(artist)
            figure.text((x + 0.28) / width, middle, label, fontsize=SMALL, color=INK, ha="left", va="center_baseline")
        down += line


def _swatch(like: Any, x: float, y: float, width: float, height: float) -> Any:
    made = mpl("patches").Rectangle((x, y), width, height)
    made.update_from(like)
    return made


def _label_axes(canvas: Canvas, title: str, under: str, note: str) -> None:
    """The same in axes of the caller: its title, and a key below the labels."""
    ax = canvas.ax
    width, height = canvas.size
    text = _wrapped(title, TITLE, width, True)
    if under:
        ax.annotate(_wrapped(under, SMALL, width, False), (0, 1), (0, 4), xycoords="axes fraction",
                    textcoords="offset points", fontsize=SMALL, color=SOFT, ha="left", va="bottom", annotation_clip=False)
    pad = 6 + (_text_height(_wrapped(under, SMALL, width, False), SMALL) * 72 if under else 0)
    ax.set_title(text, loc="left", fontsize=TITLE, fontweight="bold", color=INK, pad=pad)
    bottom = _overhang(canvas)[3]
    if canvas.keys:
        handles = [artist for _, artist in canvas.keys]
        made = ax.legend(handles, [label for label, _ in canvas.keys], loc="upper left", frameon=False,
                         bbox_to_anchor=(0.0, -(bottom + 0.05) / height), fontsize=SMALL, borderaxespad=0.0,
                         ncol=max(1, min(len(handles), int(width / 1.6))), handlelength=1.6, columnspacing=1.2)
        bottom += _line_height(SMALL) * 1.3 * (1 + (len(handles) - 1) // made._ncols if hasattr(made, "_ncols") else 1)
    if note:
        ax.annotate(_wrapped(note, SMALL, width, False), (0, 0), (0, -(bottom + 0.1) * 72), xycoords="axes fraction",
                    textcoords="offset points", fontsize=SMALL, color=SOFT, ha="left", va="top", annotation_clip=False)


def plain_axes(canvas: Canvas, *, grid: str | None = "y") -> None:
    """Axes of a chart: no box, a faint grid behind, small type."""
    ax = canvas.ax
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(FAINT)
        ax.spines[side].set_linewidth(0.8)
    ax.tick_params(axis="both", which="major", labelsize=SMALL, labelcolor=INK, color=FAINT, length=3, width=0.8)
    ax.set_axisbelow(True)
    ax.grid(False)  # what the caller's settings may have switched on
    if grid is not None:
        ax.grid(True, axis=grid, color="#e4e8eb", linewidth=0.7, linestyle="-")
