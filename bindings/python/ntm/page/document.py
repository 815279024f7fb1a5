# SPDX-License-Identifier: Apache-2.0
"""The whole page: its parts, its style and script, and the policy that lets nothing else in."""

from __future__ import annotations

import re
from string import Template

from .asked import Asked
from .assets import asset, digest
from .changes import changes_of, changes_section
from .communes import criteria_section, groups_section, matrix_section, parts_of
from .course import collecting_section, course_section
from .explanations import explained, json_html
from .grades import classes_section, grades_of
from .head import head, key_figures
from .law import sources_section
from .markup import Html, joined, safe, tag
from .money import money_section
from .pictures import pictures_section
from .words import script_words
from .work import gaps_section, tasks_section

_HEADING = re.compile(r'<section id="([a-z]+)"[^>]*><h2>(.*?)</h2>')


def document(asked: Asked) -> str:
    """The page as text. The same input gives the same text."""
    changes = changes_of(asked)
    parts, grades = parts_of(asked), grades_of(asked)
    sections = [
        key_figures(asked, changes, grades),
        pictures_section(asked),
        classes_section(asked, grades),
        criteria_section(asked, parts),
        groups_section(asked),
        matrix_section(asked, parts, grades, explained(asked)),
        changes_section(asked, changes),
        gaps_section(asked),
        tasks_section(asked),
        money_section(asked),
        course_section(asked),
        collecting_section(asked),
        sources_section(asked),
    ]
    style, script = asset("page.css"), asset("page.js")
    return Template(asset("page.html")).substitute(
        lang=asked.lang,
        policy=f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; img-src data:; "
               "base-uri 'none'; form-action 'none'",  # fmt: skip
        title=safe(asked.title),
        style=style,
        script=script,
        skip=safe(asked.say("skip")),
        head=head(asked),
        contents=_contents(asked, sections),
        noscript=safe(asked.say("no script")),
        sections=joined((one for one in sections if one), "\n"),
        words=json_html("words", {"lang": asked.lang, **script_words(asked.lang)}),
    )


def _contents(asked: Asked, sections: list[Html]) -> Html:
    found = [match for one in sections for match in _HEADING.findall(one[:400])]
    links = (tag("li", tag("a", Html(title), href=f"#{id}")) for id, title in found)
    return tag("nav", tag("ul", *links), aria_label=asked.say("contents"))
