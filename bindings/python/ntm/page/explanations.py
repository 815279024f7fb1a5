# SPDX-License-Identifier: Apache-2.0
"""Explanations of cells, kept small: every text once, rows as numbers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from .asked import Asked
from .markup import Html

_MET = 1


class Item(NamedTuple):
    """Something that is explained by itself."""

    of: str
    """The id of its criterion, or of the precondition."""
    kind: str
    """"indicator", "criterion" or "precondition"."""
    id: str
    name: str


@dataclass(frozen=True)
class Explained:
    """Explanations as the page carries them."""

    html: Html
    """Data for the script."""
    told: str
    """What is there and what is left out."""


def json_html(id: str, data: Any) -> Html:
    """Data for the script. No text in it can end its element.

    >>> json_html("x", ["</script>"])
    '<script type="application/json" id="x">["\\\\u003c/script\\\\u003e"]</script>'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Html(f'<script type="application/json" id="{id}">{text}</script>')


def _items(asked: Asked) -> list[Item]:
    made = []
    for criterion in asked.result.law.criteria:
        if not criterion.indicators:
            made.append(Item(criterion.id, "criterion", criterion.id, asked.name(criterion.name)))
        for one in criterion.indicators:
            made.append(Item(criterion.id, "indicator", one.id, asked.name(one.name)))
    made += [Item(one.id, "precondition", one.id, asked.name(one.name)) for one in asked.result.law.preconditions]
    return made


def _verdicts(asked: Asked, item: Item) -> bytes:
    """Its verdicts, or, where indicators were not kept, those of its criterion."""
    result = asked.result
    if item.kind == "precondition":
        return result.precondition(item.id).tobytes()
    if item.kind == "indicator" and result._keep == 2:
        return result.indicator(item.id).tobytes()
    return result.criterion(item.of).tobytes()


def _order(asked: Asked) -> list[int]:
    """Rows that have not attained, nearest first; then the others."""
    least, most = (bound.tolist() for bound in asked.result.criteria_met)
    status = asked.result.status.tolist()
    return sorted(range(len(status)), key=lambda row: (status[row] == _MET, -most[row], -least[row], row))


def explained(asked: Asked) -> Explained:
    """The explanations of as many rows as the caller allows: all cells, or only those not met and open."""
    if asked.result._handles is None or asked.result._handles[0] is None or not asked.explained:
        return Explained(json_html("explanations", None), "")
    items = _items(asked)
    verdicts = [_verdicts(asked, item) for item in items]
    rows = _order(asked)
    everything = len(rows) * len(items) <= asked.explained
    texts: dict[str, int] = {}
    kept: dict[str, list[int]] = {}
    spent = 0
    for done, row in enumerate(rows):
        wanted = [at for at, column in enumerate(verdicts) if everything or column[row] != _MET]
        if spent + len(wanted) > asked.explained:
            break
        spent += len(wanted)
        kept[str(row)] = [number for at in wanted for number in _line(asked, row, items[at], at, texts)]
    else:
        done = len(rows)
    data = {
        "items": [[item.of, asked.short(item.id), item.name] for item in items],
        "texts": list(texts),
        "rows": kept,
        "sources": [source.id for source in asked.result.law.sources],
    }
    return Explained(json_html("explanations", data), _told(asked, everything, done))


def _line(asked: Asked, row: int, item: Item, at: int, texts: dict[str, int]) -> tuple[int, int, int]:
    """Number of the item, verdict and number of the text."""
    why = asked.result.explain(row, **{item.kind: item.id}, lang=asked.lang)
    line, verdict = why.line(), int(why.verdict)
    start = f"{item.id} {asked.verdict(verdict)}"
    if line.startswith(start):  # the script says both by itself
        line = line[len(start) :].lstrip(": ")
    return at, verdict, texts.setdefault(line, len(texts))


def _told(asked: Asked, everything: bool, done: int) -> str:
    if everything:
        return asked.say("explained all")
    rows = len(asked.codes)
    if done == rows:
        return asked.say("explained some")
    return asked.say("explained part", asked.count(done), asked.count(rows), asked.level, asked.count(rows - done))
