# SPDX-License-Identifier: Apache-2.0
"""A pytest plugin that watches whether calls of the core let another thread run, without measuring any time.

A second thread runs whenever it may. A watched call is one link in a chain that C code runs from end to end (`map` over
`functools.partial`): something that keeps the lock for a while, so that the other thread has asked for it; a mark; the
call; the mark taken away. Between the links no Python code runs, so the interpreter cannot switch threads there. The other
thread can see the mark only if the call itself gave up the lock; and if it did, CPython makes it wait until the other thread
has had its turn. So a call that keeps the lock is never seen, and one that gives it up is, however short it is.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import sys
import threading
import time
from typing import Any, Callable

from ntm import core

_BUSY = 600_000
"""How far the first link counts: some thousandths of a second, in which the other thread asks for the lock."""
_TRIES = 10


class Watch:
    """The calls that are watched, and what was seen."""

    def __init__(self, names: list[str]) -> None:
        self.seen: dict[str, bool] = {}
        """By name: whether another thread ran within one call; names never called are not there."""
        self._tries = dict.fromkeys(names, 0)
        self._mark: list[str] = []
        self._hits: list[str] = []
        self._go, self._lock, self._over, self._turns = threading.Event(), threading.Lock(), False, 0
        self._module: Any = core._core  # type: ignore[attr-defined]
        self._real = {name: getattr(self._module, name) for name in names}
        for name in names:
            setattr(self._module, name, functools.partial(self._call, name))
        self._other = threading.Thread(target=self._run, daemon=True)
        self._other.start()

    def _run(self) -> None:
        while True:
            self._go.wait()
            if self._over:
                return
            while self._go.is_set():
                self._turns += 1
                if self._mark:
                    name = self._mark[0]
                    core.version()  # a call of the core, begun and ended within the other
                    if self._mark and self._mark[0] == name:
                        self._hits.append(name)
                time.sleep(0)

    def _call(self, name: str, *args: Any) -> Any:
        real = self._real[name]
        if self.seen.get(name) or self._tries[name] >= _TRIES or not self._lock.acquire(blocking=False):
            return real(*args)
        interval, collecting = sys.getswitchinterval(), gc.isenabled()
        try:
            self._tries[name] += 1
            sys.setswitchinterval(1e-4)
            gc.disable()  # whose finalizers would be Python code within a call
            self._hits.clear()
            before = self._turns
            self._go.set()
            while self._turns == before:  # until the other thread asks for the lock again and again
                time.sleep(0)
            links: list[Callable[[], Any]] = [
                functools.partial(sum, range(_BUSY)),
                functools.partial(sys.setswitchinterval, 1.0),  # the other thread is not hurried once it has the lock
                functools.partial(self._mark.append, name),
                functools.partial(real, *args),
                functools.partial(self._mark.clear),
            ]
            made = [*map(functools.partial.__call__, links)][3]
            self.seen[name] = name in self._hits
            return made
        finally:
            self._go.clear()
            self._mark.clear()
            sys.setswitchinterval(interval)
            if collecting:
                gc.enable()
            self._lock.release()

    def end(self) -> None:
        """Takes the watch off."""
        for name, real in self._real.items():
            setattr(self._module, name, real)
        self._over = True
        self._go.set()
        self._other.join()


def pytest_configure(config: Any) -> None:
    """Begins to watch the calls that the environment names."""
    config.gil_watch = Watch(os.environ["NTM_WATCHED"].split())


def pytest_unconfigure(config: Any) -> None:
    """Writes down what was seen."""
    config.gil_watch.end()
    with open(os.environ["NTM_WATCH_RESULT"], "w", encoding="utf-8") as to:
        json.dump(config.gil_watch.seen, to)
