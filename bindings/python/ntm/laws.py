# SPDX-License-Identifier: Apache-2.0
"""A law told by the id of a shipped set."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any

from .catalogues import catalogue
from .criteria import CriteriaSet
from .errors import NotFoundError, Problem, Status
from .tables import not_found

_SHOWN = 6


@lru_cache(maxsize=1)
def _shipped() -> MappingProxyType[str, CriteriaSet]:
    """The shipped sets, read once: they are frozen, and any thread may use them."""
    return MappingProxyType({one.id: one for one in catalogue().sets})


def law_of(law: Any) -> CriteriaSet:
    """A set, or the shipped set of that id as it was published (without amendments: :meth:`ntm.Catalogue.find`).

    Raises:
        NotFoundError: no shipped set has this id; the nearest ones are named, or the sets of a programme.
        TypeError: neither a set nor text.
    """
    if isinstance(law, CriteriaSet):
        return law
    if not isinstance(law, str):
        what = f"a law has to be an ntm.CriteriaSet, as from ntm.catalogue().find(), or the id of a shipped set, not {type(law).__name__}"
        raise TypeError(what)
    if law not in _shipped():
        raise NotFoundError(_unknown(law))
    return _shipped()[law]


def _unknown(id: str) -> Problem:
    ids = _shipped()
    own = [one.id for one in ids.values() if one.programme == id]
    if not own:
        near = not_found("shipped set", id, ids)
        return near if "did you mean" in near.message else Problem(
            Status.NOT_FOUND, near.message + "; list(ntm.catalogue()) has all ids, ntm.CriteriaSet.read() reads a file", id
        )
    shown = ", ".join(repr(one) for one in own[:_SHOWN])
    more = f" and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
    levels = " or ".join(repr(level) for level in sorted({ids[one].level for one in own}))
    how = f"ntm.catalogue().find({id!r}, level={levels}, on=...) has the one in force"
    return Problem(Status.NOT_FOUND, f"the name of a programme, not of a set; its sets are {shown}{more}; {how}", id)
