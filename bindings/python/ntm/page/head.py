# SPDX-License-Identifier: Apache-2.0
"""The head of the page: what it is about, what is real, and the key figures."""

from __future__ import annotations

from fractions import Fraction

from ..days import date_number, day_of
from ..number import Language
from .amounts import bounds_text, day_text, millions, rounded_text
from .asked import Asked
from .changes import Changes
from .grades import Grades, classes_card
from .grid import bar
from .markup import Content, Html, joined, tag
from .names import Day
from .words import word


def usual_title(lang: Language, on: Day | None) -> str:
    """The title where the caller gives none."""
    if on is None:
        return word("title plain", lang)
    day = day_of(date_number(on))
    return word("title", lang, word("month", lang, day.month, day.year))


def head(asked: Asked) -> Html:
    """Title, place, date, set with its citation, what is real."""
    notes = [tag("p", note) for note in asked.notes]
    warned = tag("div", tag("h2", asked.say("real")), *notes, class_="notes") if notes else Html()
    return tag("header", tag("h1", asked.title), tag("dl", *_about(asked)), warned, _unverified(asked))


def _about(asked: Asked) -> list[Html]:
    law = asked.result.law
    pairs: list[tuple[str, Content]] = []
    if asked.place:
        pairs.append(("place", asked.place))
    if asked.on is not None:
        pairs.append(("day", day_text(asked.on, asked.lang)))
    pairs += [("set", asked.name(law.title, law.id)), ("instrument", _instrument(asked))]
    if law.overlays:
        pairs.append(("overlays", ", ".join(law.overlays)))
    if asked.made:
        pairs.append(("made", asked.made))
    broad = ("set", "instrument", "overlays")
    return [
        tag("div", tag("dt", asked.say(key)), tag("dd", content), class_="broad" if key in broad else None)
        for key, content in pairs
    ]


def _instrument(asked: Asked) -> Html:
    act = asked.result.law.instrument
    told: list[Content] = [", ".join(part for part in (act.number, act.issuer) if part) or "?"]
    if act.signed_on:
        told.append(asked.say("signed", day_text(act.signed_on, asked.lang)))
    if act.in_force_from:
        text = asked.say("in force", day_text(act.in_force_from, asked.lang))
        if act.in_force_to:
            text += " " + asked.say("in force to", day_text(act.in_force_to, asked.lang))
        told.append(text)
    title = asked.name(act.title)
    first = joined(told, "; ")
    return joined([first, ": ", title, " ", sources_html(asked, act.citation.sources)] if title
                  else [first, " ", sources_html(asked, act.citation.sources)])  # fmt: skip


def sources_html(asked: Asked, sources: tuple[str, ...]) -> Html:
    """Ids of sources as links to the end of the page."""
    known = {source.id: place for place, source in enumerate(asked.result.law.sources)}
    links = [tag("a", id, href=f"#source-{known[id]}") if id in known else id for id in sources]
    return joined(["[", joined(links, ", "), "]"]) if links else Html()


def _unverified(asked: Asked) -> Html:
    layers = [layer for layer in asked.result.law.overlays if "unverified" in layer]
    if not layers:
        return Html()
    return tag("p", asked.say("unverified", ", ".join(layers)), class_="warning")


def key_figures(asked: Asked, changes: Changes | None, grades: Grades | None) -> Html:
    """How many attain, as bounds; classes; what is open; the mean; what changed; tasks and their cost."""
    cards = [_attained(asked) if asked.judged else None, classes_card(asked, grades), *_mean(asked), *_change(asked, changes)]
    return tag("section", tag("h2", asked.say("key")), tag("div", *cards, *_work(asked), class_="cards"), id="key")


def _attained(asked: Asked) -> Html:
    met, not_met, unknown = asked.result.tally()
    rows = len(asked.codes)
    most = met + unknown
    number = asked.count(met) if unknown == 0 else asked.say("to", asked.count(met), asked.count(most))
    under = asked.say("surely", asked.count(met), asked.count(unknown)) if unknown else ""
    label = f"{asked.say('met')} {met}, {asked.say('open')} {unknown}, {asked.say('not met')} {not_met}"
    whole = asked.say("of", asked.count(rows), asked.level)
    return tag(
        "div",
        tag("p", tag("strong", number), " ", whole, " ", asked.say("attained"), class_="big"),
        bar(met, unknown, not_met, asked.say("bar", label)),
        tag("p", *_legend(asked, met, unknown, not_met), class_="legend"),
        tag("p", under, class_="quiet") if under else None,
        class_="card main",
    )


def _legend(asked: Asked, met: int, unknown: int, not_met: int) -> list[Content]:
    made: list[Content] = []
    for verdict, count in ((1, met), (0, unknown), (2, not_met)):
        made += [asked.mark(verdict), " ", tag("b", asked.count(count)), " "]
    return made


def _card(number: Content, under: Content, more: Content = None) -> Html:
    last = tag("p", more, class_="quiet") if more else None
    return tag("div", tag("p", tag("strong", number), class_="big"), tag("p", under), last, class_="card")


def _mean(asked: Asked) -> list[Html]:
    rows, criteria = len(asked.codes), len(asked.result.law.criteria)
    if not rows or not criteria:
        return []
    sums = [Fraction(sum(bound.tolist()), rows) for bound in asked.result.criteria_met]
    texts = [rounded_text(one, 1, asked.lang) for one in sums]
    number = texts[0] if texts[0] == texts[1] else asked.say("to", *texts)
    return [_card(number, asked.say("mean"), asked.say("of criteria", asked.count(criteria)))]


def _change(asked: Asked, changes: Changes | None) -> list[Html]:
    if changes is None:
        return []
    text = asked.say("newly", asked.count(changes.gained), asked.count(changes.lost))
    return [_card(changes.bounds, asked.say("change", changes.against), text)]


def _work(asked: Asked) -> list[Html]:
    if asked.tasks is None:
        return []
    whole = next(iter(asked.tasks.sum().rows()), None)
    if whole is None:
        return []
    made = [_card(asked.count(whole["tasks"]), asked.say("task count"))]
    least, most = whole["cost_least"], whole["cost_known"]
    if least is not None and most is not None:
        text = bounds_text(millions(least), millions(most), asked.lang)
        more = asked.say("task open", asked.count(whole["open"])) if whole["open"] else None
        made.append(_card(text, asked.say("task cost"), more))
    return made
