# SPDX-License-Identifier: Apache-2.0
"""HTML put together so that nothing from data can become markup."""

from __future__ import annotations

import html
import re
from typing import Iterable, Union

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Html(str):
    """Text that is markup already. Everything else is escaped where it is put in."""


Content = Union[str, Html, int, None]


def safe(content: Content) -> Html:
    """Markup as it is, anything else escaped; nothing for None. Characters that HTML does not take become U+FFFD.

    >>> safe('<b>"x"</b> & y')
    '&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; y'
    """
    if isinstance(content, Html):
        return content
    if content is None:
        return Html()
    return Html(html.escape(_NO_CHARACTER.sub("\ufffd", str(content)), quote=True))


def joined(parts: Iterable[Content], between: str = "") -> Html:
    """Parts one after the other, each made safe."""
    return Html(safe(between).join(safe(part) for part in parts))


def tag(name: str, /, *inside: Content, **attributes: Content | bool) -> Html:
    """An element. ``class_`` is the attribute class, ``data_v`` is data-v; None and False leave an attribute out.

    >>> tag("td", "a < b", class_="n", data_v=3)
    '<td class="n" data-v="3">a &lt; b</td>'
    """
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{safe(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{told}>{joined(inside)}</{name}>")
