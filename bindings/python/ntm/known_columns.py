# SPDX-License-Identifier: Apache-2.0
"""What the columns of a table may be called, by the facts and axes of a law."""

from __future__ import annotations

from typing import Iterable, Mapping, NamedTuple, Sequence

from .parts import Axis, Dimension, Fact, FactKind


class KnownColumns(NamedTuple):
    """Names of columns, as the facts and axes of one law or several have them. Frozen."""

    ids: Mapping[str, Fact]
    """The facts by their ids."""
    facts: Mapping[str, Fact]
    """The fact that a column holds: of "trained[female]" it is "trained"."""
    bounds: Mapping[str, Fact]
    """The fact that a column holds bounds of: "households:least", "households:most". Flags have none."""
    axes: frozenset[str]
    """Ids of axes."""

    def fact_of(self, name: str) -> Fact | None:
        """The fact that a column holds, or holds bounds of; None for a column of something else."""
        found = self.facts.get(name) or self.bounds.get(name)
        return found if found is not None else self._by_parts(name)

    def _by_parts(self, name: str) -> Fact | None:
        for own in (name, name.removesuffix(":least"), name.removesuffix(":most")):
            fact = self.ids.get(own, self.ids.get(own.partition("[")[0]))
            if fact is not None:
                return fact
        return None


def known_columns(facts: Sequence[Fact], axes: Iterable[Axis], dimensions: Iterable[Dimension]) -> KnownColumns:
    """The names that go with these facts."""
    members = {one.id: one.members for one in dimensions}
    columns = {fact.id: fact for fact in facts if fact.by is None}
    columns.update(
        {f"{fact.id}[{member}]": fact for fact in facts if fact.by is not None for member in members[fact.by]}
    )
    sides = {
        f"{name}:{side}": fact
        for name, fact in columns.items()
        if fact.kind is not FactKind.FLAG
        for side in ("least", "most")
    }
    return KnownColumns({fact.id: fact for fact in facts}, columns, sides, frozenset(axis.id for axis in axes))


def together(known: Sequence[KnownColumns]) -> KnownColumns:
    """The names of several laws; where two have a fact of one name, that of the later one counts."""
    if len(known) == 1:
        return known[0]
    ids = {name: fact for one in known for name, fact in one.ids.items()}
    facts = {name: fact for one in known for name, fact in one.facts.items()}
    bounds = {name: fact for one in known for name, fact in one.bounds.items()}
    return KnownColumns(ids, facts, bounds, frozenset().union(*(one.axes for one in known)))
