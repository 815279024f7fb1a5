# SPDX-License-Identifier: Apache-2.0
"""An explanation in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .explanation import Verdict
from .htmls import MOST_ROWS, verdict_html

if TYPE_CHECKING:
    from .explanation import Explanation

_KEYS = {Verdict.MET: "met", Verdict.OPEN: "open", Verdict.NOT_MET: "not met"}


def explanation_html(explanation: Explanation) -> str:
    """The lines of the tree, each under its parent; conditions carry the mark of their verdict."""
    lines = explanation.tree().splitlines()
    shown = []
    for line, step in list(zip(lines, explanation.steps))[:MOST_ROWS]:
        text = escape(line.strip())
        if step.verdict is not None:
            text = verdict_html(_KEYS[step.verdict], "") + text
        shown.append(f'<div style="margin-left:{1.4 * step.depth:.1f}em">{text}</div>')
    if len(lines) > len(shown):
        shown.append(f'<div style="opacity:.75">… and {len(lines) - len(shown)} more</div>')
    return f'<div style="color:inherit">{"".join(shown)}</div>'
