# SPDX-License-Identifier: Apache-2.0
"""Deriving all steps of a walk from facts, and again after a change, without deriving everything anew."""

import heapq

from .algebra import result_of

WORK_MAX = 20_000_000  # results of steps, in one document


class TooMuch(Exception):
    """More would have to be derived than this program is willing to."""


class Budget:
    """How much may still be derived: no document keeps the checker busy without end."""

    def __init__(self, left=WORK_MAX):
        self.left = left

    def spend(self, amount=1):
        self.left -= amount
        if self.left < 0:
            raise TooMuch(f"more than {WORK_MAX} results would have to be derived")


class Derivation:
    """The results of all steps. `forced` maps indexes of steps to the results that they are to have."""

    def __init__(self, steps, inputs, budget, forced=None):
        self.steps, self.inputs, self.budget = steps, inputs, budget
        self.forced = dict(forced or {})
        self.above = [[] for _ in steps]
        self.results, self.users = [], {}
        for index, step in enumerate(steps):
            for wanted in step.wanted:
                self.users.setdefault(wanted.name, []).append(index)
            for other in step.below:
                self.above[other].append(index)
            self.results.append(self._result(index, self.results))

    def _result(self, index, results, inputs=None, forced=None):
        step = self.steps[index]
        forced = self.forced if forced is None else forced
        if index in forced:
            return forced[index]
        self.budget.spend(1 + len(step.below))
        return result_of(step, [results[other] for other in step.below], self.inputs if inputs is None else inputs)

    def users_of(self, names):
        """Indexes of the steps that look at one of these facts."""
        return sorted({index for name in names for index in self.users.get(name, ())})

    def with_forced(self, changes):
        """The result of the last step if the steps in `changes` had these results."""
        return self._again(list(changes), self.inputs, {**self.forced, **changes})

    def with_inputs(self, changes, target=None):
        """The result of the last step (or of `target`) if the facts in `changes` were these Inputs."""
        return self._again(self.users_of(changes), {**self.inputs, **changes}, self.forced, target)

    def _again(self, starts, inputs, forced, target=None):
        target = len(self.steps) - 1 if target is None else target
        changed = _Overlay(self.results)
        waiting = sorted(starts)
        queued = set(waiting)
        while waiting:
            index = heapq.heappop(waiting)
            result = self._result(index, changed, inputs, forced)
            if result == self.results[index]:
                continue
            changed.new[index] = result
            for other in self.above[index]:
                if other not in queued and other <= target:
                    queued.add(other)
                    heapq.heappush(waiting, other)
        return changed[target]


class _Overlay:
    """Results, some of them new."""

    def __init__(self, old):
        self.old, self.new = old, {}

    def __getitem__(self, index):
        return self.new.get(index, self.old[index])
