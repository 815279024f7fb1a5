# SPDX-License-Identifier: Apache-2.0
"""What docstrings have to say: every public name has one, and what it names is there."""

from __future__ import annotations

import builtins
import inspect
import re
from typing import Any, Iterator

import pytest

import ntm
import ntm.excel
import ntm.plots

PACKAGES = [ntm, *(getattr(ntm, name) for name in ("excel", "page", "plots") if hasattr(ntm, name))]
SECTION = re.compile(r"^( *)(Args|Attributes|Raises|Returns|Yields|Warns):\s*$")
# How a docstring says what form an array has: "Shape (rows, 2)", "one boolean a row".
SHAPE = re.compile(r"\bshape \([\w ]+,|\bone \w+ a \w+", re.IGNORECASE)


def _of_ntm(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).split(".")[0] == "ntm"


def _function(member: Any) -> Any:
    """The function behind a member of a class, None where it is none."""
    if isinstance(member, property):
        return member.fget
    if isinstance(member, (classmethod, staticmethod)):
        return member.__func__
    return member if inspect.isfunction(member) else None


def _members(name: str, thing: type) -> Iterator[tuple[str, Any, Any]]:
    """(name, class, function) of the public methods and properties of a class and of those of ours above it."""
    for above in thing.__mro__:
        if not _of_ntm(above):
            continue
        for inner, member in vars(above).items():
            function = _function(member)
            # A named tuple makes methods of its own, and a dataclass too.
            if not inner.startswith("_") and function is not None and _of_ntm(function):
                yield f"{name}.{inner}", member, function


def _public() -> Iterator[tuple[str, Any, Any]]:
    """(name, thing, function or None) of every public name."""
    seen = set()
    for package in PACKAGES:
        assert sorted(package.__all__) == list(package.__all__), f"{package.__name__}.__all__ is not sorted"
        for name in package.__all__:
            thing = getattr(package, name)
            full = f"{package.__name__}.{name}"
            if inspect.isclass(thing) and _of_ntm(thing):
                rows = [(full, thing, None), *_members(full, thing)]
            elif inspect.isfunction(thing):
                rows = [(full, thing, thing)]
            else:
                rows = [(full, thing, None)]
            for one, what, function in rows:
                if (one, id(function)) not in seen:
                    seen.add((one, id(function)))
                    yield one, what, function


PUBLIC = list(_public())


def sections(text: str) -> dict[str, list[tuple[str, str]]]:
    """The entries (name, what is said of it) of each section of a docstring."""
    found: dict[str, list[tuple[str, str]]] = {}
    lines = text.split("\n")
    for start, line in enumerate(lines):
        head = SECTION.match(line)
        if head is None:
            continue
        inside = len(head[1]) + 4
        entries = found.setdefault(head[2], [])
        for inner in lines[start + 1:]:
            indent = len(inner) - len(inner.lstrip())
            if inner.strip() and indent < inside:
                break
            if not inner.strip():
                continue
            name, colon, said = inner.strip().partition(": ")
            if indent == inside and (colon or inner.rstrip().endswith(":")):
                entries.append((name.rstrip(":"), said))
            elif indent == inside:
                entries.append(("", inner.strip()))
    return found


def _class_named(name: str) -> Any:
    found: Any = ntm if name.startswith("ntm.") else None
    if found is None:
        return getattr(ntm, name, None) or getattr(builtins, name, None)
    for part in name.split(".")[1:]:
        found = getattr(found, part, None)
    return found


def _described() -> Iterator[tuple[str, Any, str]]:
    for name, thing, function in PUBLIC:
        text = inspect.getdoc(thing)
        if text and (function is not None or inspect.isclass(thing)):
            yield name, function if function is not None else thing, text


def test_every_public_name_has_a_docstring() -> None:
    # A value (a version, a table of names, an alias of types) cannot have one of its own.
    lacking = [name for name, thing, function in PUBLIC
               if (function is not None or inspect.isclass(thing)) and not (inspect.getdoc(thing) or "").strip()]
    assert not lacking
    assert len(PUBLIC) > 400


def test_what_is_raised_exists() -> None:
    wrong, count = [], 0
    for name, _, text in _described():
        for entry, said in sections(text).get("Raises", []):
            for one in re.split(r",\s*|\s+or\s+", entry):
                count += 1
                thing = _class_named(one)
                if not (inspect.isclass(thing) and issubclass(thing, BaseException)):
                    wrong.append(f"{name}: raises {one!r}, which is no exception of ntm or Python")
            if not said:
                wrong.append(f"{name}: does not say when {entry} is raised")
    assert not wrong
    assert count > 100


def test_arguments_are_in_the_signature() -> None:
    wrong, count = [], 0
    for name, thing, text in _described():
        entries = [one.strip("*` ") for entry, _ in sections(text).get("Args", []) for one in entry.split(",")]
        if not entries:
            continue
        known = set(inspect.signature(thing).parameters)
        wrong += [f"{name}: no argument {one!r} ({', '.join(known)})" for one in entries if one not in known]
        count += len(entries)
    assert not wrong
    assert count > 200


def test_arrays_have_a_shape() -> None:
    arrays = [(name, inspect.getdoc(thing) or "") for name, thing, function in PUBLIC if function is not None
              and re.search(r"NDArray|\bBounds\b", str(function.__annotations__.get("return", "")))]
    lacking = [name for name, text in arrays if not SHAPE.search(text)]
    assert not lacking
    assert len(arrays) > 20


@pytest.mark.parametrize("text, entries", [
    ("Says.\n\nArgs:\n    a: one.\n    b, c: more\n        of it.\n\nRaises:\n    KeyError: none.\n",
     {"Args": [("a", "one."), ("b, c", "more")], "Raises": [("KeyError", "none.")]}),
    ("Says.\n\nRaises:\n    as it comes\n", {"Raises": [("", "as it comes")]}),
])
def test_sections_are_read(text: str, entries: dict[str, Any]) -> None:
    assert sections(text) == entries
