# SPDX-License-Identifier: Apache-2.0
"""Products by class: OCOP stars, with bounds where a class is open."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Sequence, Union

from ..attainment import Attainment
from ..criteria import CriteriaSet
from ..errors import ArgumentError
from ..number import CountBounds, Language
from ..panels import Panel
from .counts import whole_steps
from .figures import Axes, Canvas, Figure, canvas, plain_axes
from .labels import Grouping, as_mapping
from .style import INK, NO_CLASS, PERHAPS, SMALL, TINY, Fill, ink_on, shades
from .words import bounds, capital, number, units_word, word

Graded = Union[Panel, Attainment]
"""What has a grade for each of its rows."""


class _Group(NamedTuple):
    """Products that are drawn together."""

    name: str
    grades: list[CountBounds]


def stars(
    result: Graded | Mapping[str, Graded],
    *,
    groups: Grouping | None = None,
    ax: Axes | None = None,
    lang: Language = "vi",
    title: str | None = None,
) -> Figure:
    """How many products have how many stars; open ones are hatched, with the classes that are possible.

    Without groups: a bar a class, filled as far as it is sure and hatched as far as it is possible ("3–7"). With groups: a
    bar a group, one part a class, products of which the class is open at the end.

    Args:
        result: what :func:`ntm.panel` gave, or :func:`ntm.evaluate` by a set with a grade; or a mapping from the name of a
            group (a type of product, a district) to such a result.
        groups: of one result: a mapping from product to group, or a group a product. None: no groups.
        ax: axes to draw in; None: a figure of its own.
        lang: "vi" or "en".
        title: the title; None: one that says what is drawn.

    Returns:
        The figure (matplotlib.figure.Figure), without pyplot.

    Raises:
        TypeError: neither a panel nor a result of ntm.evaluate().
        ArgumentError: a set without a grade, nothing to draw, results of different classes, groups of a mapping.
        ImportError: matplotlib is not installed.
    """
    many = as_mapping(result)
    results: dict[str, Any] = dict(many) if many is not None else {"": result}
    if many is not None and groups is not None:
        raise ArgumentError("either a mapping of results by group, or groups")
    law = _law_of(results)
    if many is not None:
        parts = [_Group(str(name), _grades(one)) for name, one in results.items()]
    else:
        parts = _grouped(results[""], groups)
    if not any(part.grades for part in parts):
        raise ArgumentError("there is no product: there is nothing to draw")
    grouped = many is not None or groups is not None
    names = [word("no class", lang), *(_class(law, one, lang) for one in law.classes)]
    made = canvas(ax, lang, height=max(1.0, 0.34 * len(parts)) if grouped else 2.7)
    (_by_group if grouped else _by_class)(made, parts, names)
    everything = [one for part in parts for one in part.grades]
    decided = sum(one.least == one.most for one in everything)
    under = word("decided", lang, number(decided, lang), number(len(everything), lang), units_word(law.level, lang))
    told = "; ".join(f"{name}: {bounds(*_count(everything, place), lang)}" for place, name in enumerate(names))
    return made.finish(title or word("stars" if law.programme == "ocop" else "classes", lang), under=under,
                       told=f"{under}. {told}")


def _law_of(results: Mapping[str, Any]) -> CriteriaSet:
    """The set whose classes all results have."""
    if not results:
        raise ArgumentError("there is no result: there is nothing to draw")
    laws = []
    for one in results.values():
        if not isinstance(one, (Panel, Attainment)):
            raise TypeError(f"stars draws a result of ntm.panel() or ntm.evaluate(), not {type(one).__name__}")
        if not one.law.classes:
            raise ArgumentError(f"the set {one.law.id} has no grade")
        laws.append(one.law)
    for law in laws:
        if law.classes != laws[0].classes:
            raise ArgumentError(f"{laws[0].id} and {law.id} have different classes: draw them apart")
    return laws[0]


def _grades(result: Graded) -> list[CountBounds]:
    if isinstance(result, Panel):
        return [one.grade for one in result]
    grade = result.grade
    assert grade is not None  # the set has classes
    return [CountBounds(int(least), int(most)) for least, most in zip(grade.least.tolist(), grade.most.tolist())]


def _grouped(result: Graded, groups: Grouping | None) -> list[_Group]:
    grades = _grades(result)
    if groups is None:
        return [_Group("", grades)]
    ids = [one.id for one in result] if isinstance(result, Panel) else list(result.units or map(str, range(len(result))))
    mapped = as_mapping(groups)
    if isinstance(groups, str):
        raise TypeError("groups has to be a mapping from product to group, or a group a product, not text")
    listed = [mapped[id] if id in mapped.keys() else "" for id in ids] if mapped is not None else list(groups)
    if len(listed) != len(grades):
        raise ArgumentError(f"groups: {len(listed)} for {len(grades)} products")
    names = list(dict.fromkeys(str(one) for one in listed))
    return [_Group(name or "–", [grade for grade, group in zip(grades, listed) if str(group) == name]) for name in names]


def _class(law: CriteriaSet, id: str, lang: Language) -> str:
    """What a class is called: OCOP's are numbers of stars."""
    if law.programme != "ocop":
        return id
    return f"{id} sao" if lang == "vi" else f"{id} star" + ("" if id == "1" else "s")


def _count(grades: Sequence[CountBounds], place: int) -> tuple[int, int]:
    """How many are in a class, at least and at most."""
    sure = sum(one.least == one.most == place for one in grades)
    return sure, sum(one.least <= place <= one.most for one in grades)


def _fills(count: int) -> list[Fill]:
    return [NO_CLASS, *(Fill(colour) for colour in shades(count - 1))]


def _by_class(made: Canvas, parts: Sequence[_Group], names: Sequence[str]) -> None:
    """A bar a class."""
    plain_axes(made)
    ax = made.ax
    fills = _fills(len(names))
    counts = [_count(parts[0].grades, place) for place in range(len(names))]
    for at, (least, most) in enumerate(counts):
        if least:
            fill = fills[at]
            ax.bar(at, least, width=0.66, facecolor=fill.colour, edgecolor=fill.line if at == 0 else fill.colour,
                   linewidth=0.7)[0].set_gid(f"surely-{at}")
        if most > least:
            ax.bar(at, most - least, bottom=least, width=0.66, facecolor=PERHAPS.colour, edgecolor=PERHAPS.line,
                   hatch=PERHAPS.hatch, linewidth=0.7)[0].set_gid(f"perhaps-{at}")
        ax.annotate(bounds(least, most, made.lang), (at, most), (0, 2), textcoords="offset points", fontsize=SMALL,
                    color=INK, ha="center", va="bottom", annotation_clip=False)
    highest = max(most for _, most in counts)
    ax.set_xticks(range(len(names)))
    ax.set_xticklabels([capital(name) for name in names])
    ax.tick_params(axis="x", length=0)
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_ylim(0, highest * 1.12)
    ax.set_yticks(whole_steps(highest))
    ax.set_yticklabels([number(one, made.lang) for one in whole_steps(highest)])
    made.key(capital(word("surely", made.lang)), fills[-2])
    made.key(capital(word("perhaps", made.lang)), PERHAPS)


def _by_group(made: Canvas, parts: Sequence[_Group], names: Sequence[str]) -> None:
    """A bar a group: its classes from low to high, then what is open."""
    plain_axes(made, grid="x")
    ax = made.ax
    fills = _fills(len(names))
    for at, part in enumerate(parts):
        left = 0
        for place, fill in enumerate(fills):
            left = _piece(made, at, left, _count(part.grades, place)[0], fill, f"{place}-{at}")
        _piece(made, at, left, sum(one.least != one.most for one in part.grades), PERHAPS, f"open-{at}")
    longest = max(len(part.grades) for part in parts)
    ax.set_ylim(len(parts) - 0.5, -0.5)
    ax.set_yticks(range(len(parts)))
    ax.set_yticklabels([part.name for part in parts])
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, longest * 1.02)
    ax.set_xticks(whole_steps(longest))
    ax.set_xticklabels([number(one, made.lang) for one in whole_steps(longest)])
    used = {place for part in parts for place in range(len(names)) if _count(part.grades, place)[0]}
    for place in sorted(used):
        made.key(capital(names[place]), fills[place])
    if any(one.least != one.most for part in parts for one in part.grades):
        made.key(capital(word("open class", made.lang)), PERHAPS)


def _piece(made: Canvas, at: int, left: int, count: int, fill: Fill, gid: str) -> int:
    """A part of a bar, with its number; where the next one begins."""
    if not count:
        return left
    outlined = fill.hatch is not None or fill is NO_CLASS
    bar = made.ax.barh(at, count, left=left, height=0.62, facecolor=fill.colour, hatch=fill.hatch,
                       edgecolor=fill.line if outlined else fill.colour, linewidth=0.7 if outlined else 0.0)
    bar[0].set_gid(gid)
    box = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.0} if fill.hatch else None
    made.ax.text(left + count / 2, at, number(count, made.lang), fontsize=TINY, color=ink_on(fill.colour), ha="center",
                 va="center_baseline", bbox=box)
    return left + count
