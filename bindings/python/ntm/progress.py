# SPDX-License-Identifier: Apache-2.0
"""How far a long run is: by the convention of tqdm, which is used where it is installed."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import time
from typing import Any, Callable, Protocol, TextIO, Union, cast

from .number import format_number

Progress = Union[bool, Callable[..., Any]]
"""False: none. True: a bar on standard error, which is silent when that is no terminal. A class like ``tqdm.notebook.tqdm``
(or a ``functools.partial`` of one): a bar of that class, made with ``total=``, ``unit=`` and ``unit_scale=``. Any other
callable: called as ``progress(done, total)`` after each batch, with the rows done so far and all rows, or None."""

_BETWEEN = 0.1
_WIDTH = 60


class Bar(Protocol):
    """What a run needs of a bar."""

    def update(self, rows: int) -> Any:
        """So many more rows are done."""

    def close(self) -> Any:
        """The run is over."""


class _Silent:
    def update(self, rows: int) -> None:
        """Says nothing."""

    def close(self) -> None:
        """Says nothing."""


class _Told:
    """A caller's function, told after each batch."""

    def __init__(self, tell: Callable[..., Any], total: int | None) -> None:
        self._tell, self._total, self._done = tell, total, 0

    def update(self, rows: int) -> None:
        self._done += rows
        self._tell(self._done, self._total)

    def close(self) -> None:
        """It was told all there is."""


class _Line:
    """One line that is written over, at most ten times a second, for where tqdm is not installed."""

    def __init__(self, to: TextIO, total: int | None) -> None:
        self._to, self._total, self._done = to, total, 0
        self._began = time.monotonic()
        self._shown: float | None = None

    def update(self, rows: int) -> None:
        self._done += rows
        now = time.monotonic()
        if self._shown is None or now - self._shown >= _BETWEEN:
            self._show(now)

    def close(self) -> None:
        if self._shown is not None:
            self._show(time.monotonic())
            self._to.write("\n")
            self._to.flush()
        self._shown = None

    def _show(self, now: float) -> None:
        passed = now - self._began
        text = f"{format_number(self._done, locale='en')} rows"
        if self._total:
            text += f" of {format_number(self._total, locale='en')} ({min(100 * self._done // self._total, 100)} %)"
        if passed > 0:
            text += f", {format_number(round(self._done / passed), locale='en')} rows/s"
        self._to.write(f"\r{text:<{_WIDTH}}")
        self._to.flush()
        self._shown = now


def _is_bar_class(progress: Any) -> bool:
    made = progress.func if isinstance(progress, functools.partial) else progress
    return inspect.isclass(made) and hasattr(made, "update") and hasattr(made, "close")


def _usual_bar(total: int | None) -> Bar:
    error = sys.stderr
    if error is None or not error.isatty():
        return _Silent()
    try:
        tqdm: Any = importlib.import_module("tqdm")
    except ImportError:
        return _Line(error, total)
    return cast(Bar, tqdm.tqdm(total=total, unit=" rows", unit_scale=True, file=error))


def bar_of(progress: Progress, total: int | None) -> Bar:
    """The bar of a run.

    Raises:
        TypeError: neither True, False nor a callable.
    """
    if progress is True:
        return _usual_bar(total)
    if progress is False or progress is None:
        return _Silent()
    if not callable(progress):
        raise TypeError(f"progress is True, False, a class like tqdm.tqdm or a function, not {type(progress).__name__}")
    if _is_bar_class(progress):
        return cast(Bar, progress(total=total, unit=" rows", unit_scale=True))
    return _Told(progress, total)
