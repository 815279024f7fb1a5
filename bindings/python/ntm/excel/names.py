# SPDX-License-Identifier: Apache-2.0
"""What headers may be called: names of facts, units, columns that are no figures; and units of measure in them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Mapping, NamedTuple

from ..attainment import Attainment, evaluate
from ..criteria import CriteriaSet
from ..errors import NtmError
from ..number import Language, format_measure
from ..parts import Fact, FactKind
from ..spelling import loose, same_name, starts_with

HOLDS = "holds:"
_HOLDS_KIND = 39

_LEVEL_NOUNS = {
    "village": ("thôn", "village"),
    "commune": ("xã", "commune"),
    "district": ("huyện", "district"),
    "town": ("thị xã", "town"),
    "province": ("tỉnh", "province"),
    "garden": ("vườn", "garden"),
    "product": ("sản phẩm", "product"),
    "household": ("hộ", "household"),
    "person": ("người", "person"),
}
_NOUNS = (
    "xã",
    "phường",
    "thị trấn",
    "huyện",
    "thị xã",
    "tỉnh",
    "thôn",
    "vườn",
    "sản phẩm",
    "đơn vị",
    "đơn vị hành chính",
    "xã, phường",
    "xã, thị trấn",
    "xã, phường, thị trấn",
    "đvhc",
    "địa phương",
)
_CODES = (
    "mã",
    "mã số",
    "code",
    "unit",
    "unit code",
    "commune code",
    *(f"mã {noun}" for noun in _NOUNS),
    *(f"mã số {noun}" for noun in _NOUNS),
)
_NAMES = (
    "tên",
    "name",
    "đơn vị",
    "địa phương",
    "tên đơn vị",
    "xã, phường",
    "xã, thị trấn",
    "xã, phường, thị trấn",
    "đơn vị hành chính",
    *(f"tên {noun}" for noun in _NOUNS),
)
_NO_FIGURES = (
    "stt",
    "tt",
    "số tt",
    "số thứ tự",
    "no",
    "no.",
    "ghi chú",
    "note",
    "notes",
    "huyện",
    "tên huyện",
    "mã huyện",
    "district",
    "tỉnh",
    "tên tỉnh",
    "mã tỉnh",
    "province",
)
WHOLE = ("tổng số", "tổng", "tổng cộng", "chung", "total")
_NOTES = ("ghi chú", "chú thích", "người lập", "người lập biểu", "thủ trưởng", "chủ tịch", "note", "tm")
_NOTES_SAID = ("nguồn:", "source:", "*")

_SAME_UNITS = {
    "đ": "đồng",
    "vnd": "đồng",
    "vnđ": "đồng",
    "nghìn vnd": "nghìn đồng",
    "triệu vnd": "triệu đồng",
    "tỷ vnd": "tỷ đồng",
    "ngàn đồng": "nghìn đồng",
    "1000 đồng": "nghìn đồng",
    "1.000 đồng": "nghìn đồng",
    "1000đ": "nghìn đồng",
    "1.000đ": "nghìn đồng",
    "nghìn đ": "nghìn đồng",
    "ngđ": "nghìn đồng",
    "tr.đ": "triệu đồng",
    "trđ": "triệu đồng",
    "trđồng": "triệu đồng",
    "tr.đồng": "triệu đồng",
    "tr đồng": "triệu đồng",
    "tr. đồng": "triệu đồng",
    "triệu đ": "triệu đồng",
    "tỉ đồng": "tỷ đồng",
    "tỷ đ": "tỷ đồng",
    "tỉ đ": "tỷ đồng",
    "m²": "m2",
    "km²": "km2",
    "m³": "m3",
    "hecta": "ha",
    "héc ta": "ha",
    "thousand vnd": "nghìn đồng",
    "million vnd": "triệu đồng",
    "billion vnd": "tỷ đồng",
}

_BRACKET = re.compile(
    r"^(?P<text>.*\S)\s*[(\[]\s*(?:(?:đvt|đơn vị tính|đơn vị)\s*:?\s*)?(?P<unit>[^()\[\]]+?)\s*[)\]]\s*:?$",
    re.IGNORECASE,
)
_SPELT = re.compile(r"^(?P<text>.*\S)\s*[-,;:]?\s*\b(?:đvt|đơn vị tính)\s*:\s*(?P<unit>.+)$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*|[ivx]+|[a-zđ])\s*[.)/]\s+|^\(\d+\)\s*|^-\s+|^\+\s+", re.IGNORECASE)


def is_note(text: str) -> bool:
    """Whether a row that begins so is a note or a signature.

    >>> is_note("Ghi chú: số liệu tạm tính"), is_note("Nguồn: Cục Thống kê"), is_note("Sơn Giang")
    (True, True, False)
    """
    return starts_with(text, _NOTES) or unicodedata.normalize("NFC", text).casefold().startswith(_NOTES_SAID)


def unit_of(text: str) -> str:
    """A unit of measure as the library writes it: "Tr.đồng/người" is "triệu đồng/người".

    >>> unit_of("Tr.đồng / người"), unit_of("KM²")
    ('triệu đồng/người', 'km2')
    """
    words = re.split(r"([/*])", unicodedata.normalize("NFC", text).casefold())
    made = []
    for word in words:
        word = " ".join(word.split())
        made.append(_SAME_UNITS.get(word, word))
    return "".join(made).strip(" .:")


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure whose words the library all knows."""
    unit = unit_of(text.strip("()[] "))
    if not unit or len(unit) > 100:
        return False
    plain = ("%", "m", "km", "m2", "ha", "km2", "m3", "kg")
    return all(word in plain or (word and format_measure(word, lang="en") != word) for word in re.split(r"[/*]", unit))


def split_unit(text: str) -> tuple[str, str | None]:
    """A header without the unit of measure in it, and the unit.

    >>> split_unit("Thu nhập bình quân (triệu đồng/người/năm)")
    ('Thu nhập bình quân', 'triệu đồng/người/năm')
    """
    for pattern in (_SPELT, _BRACKET):
        found = pattern.match(text)
        if found:
            return found["text"], found["unit"]
    if text.endswith("%") and len(text) > 1:
        return text[:-1].rstrip(), "%"
    return text, None


class Slot(NamedTuple):
    """A column that a law takes."""

    key: str
    """The id: "households", "trained[female]", "holds:..."."""
    fact: Fact | None
    """Its fact; None for a status that is held."""
    names: tuple[str, ...]
    """What it may be called, the Vietnamese name first."""
    criteria: tuple[str, ...]
    """The criteria whose rules read it, in their order."""

    @property
    def kind(self) -> FactKind:
        """What sort of thing it is."""
        return FactKind.FLAG if self.fact is None else self.fact.kind

    @property
    def unit(self) -> str | None:
        """The unit of its values."""
        return None if self.fact is None else self.fact.unit

    def name(self, lang: Language) -> str:
        """What people call it."""
        if self.fact is not None and lang == "en" and self.fact.name.en:
            return self.key.replace(self.fact.id, self.fact.name.en, 1)
        return self.names[0]


def _labels(result: Attainment, law: CriteriaSet) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Which criteria read a label of an explanation, and what statuses that are held are called."""
    readers: dict[str, list[str]] = {}
    held: dict[str, str] = {}
    for criterion in law.criteria:
        for indicator in criterion.indicators:
            steps = result.explain(0, indicator.id).steps
            for step in steps:
                label = step.label_vi or step.label_en or ""
                if criterion.id not in readers.setdefault(label, []):
                    readers[label].append(criterion.id)
                if step.kind == _HOLDS_KIND and label.startswith(HOLDS):
                    alone = len(steps) == 2 and (indicator.name.vi or indicator.name.en)
                    held.setdefault(label, alone or label)
    return readers, held


def slots_of(law: CriteriaSet) -> tuple[Slot, ...]:
    """The columns that a law takes: its facts in their order, then the statuses that its rules ask for."""
    members = {one.id: one.members for one in law.dimensions}
    day = law.instrument.in_force_from or law.instrument.signed_on or "2020-01-01"
    try:
        with evaluate({}, law, on=day, unit=["-"], out_of_force=True) as result:
            readers, held = _labels(result, law)
    except NtmError:  # a law that cannot be planned without more to be said: its facts are known all the same
        readers, held = {}, {}
    made = []
    for fact in law.facts:
        called = tuple(name for name in (fact.name.vi, fact.name.en) if name)
        criteria = tuple(readers.get(fact.name.vi or fact.name.en or "", ()))
        if fact.by is None:
            made.append(Slot(fact.id, fact, (*called, fact.id) if called else (fact.id,), criteria))
        for member in members.get(fact.by or "", ()):
            key = f"{fact.id}[{member}]"
            made.append(Slot(key, fact, (*(f"{name}: {member}" for name in called), key), criteria))
    for key, name in held.items():
        made.append(Slot(key, None, (name, key) if name != key else (key,), tuple(readers.get(key, ()))))
    return tuple(made)


@dataclass
class Index:
    """Finds what a header is called by."""

    law: CriteriaSet
    slots: dict[str, Slot]
    unit: str | None = None
    """What the caller says the column of units is called."""
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """What the caller says of headers: the column, or None for none."""

    def __post_init__(self) -> None:
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        self._found: dict[str, str | None] = {}
        self._shown: dict[str, str] = {}
        nouns = _LEVEL_NOUNS.get(self.law.level, ())
        if self.unit is not None:
            self._add(self.unit, "code")
        for text, target in self.headers.items():
            self._add(text, "nothing" if target is None else f"slot {target}")
        for slot in self.slots.values():
            for name in slot.names:
                self._add(name, f"slot {slot.key}")
                self._shown.setdefault(name, slot.key)
        for axis in self.law.axes:
            for axis_name in (axis.name.vi, axis.name.en, axis.id):
                if axis_name:
                    self._add(axis_name, f"axis {axis.id}")
        bare = [(name.partition("(")[0], slot) for slot in self.slots.values() for name in slot.names if "(" in name]
        for name, slot in bare:  # a name is also found without what its brackets explain
            if name.strip() and not any(same_name(name, other) for one in self.slots.values() for other in one.names):
                self._add(name, f"slot {slot.key}")
        for word in (
            *(_CODES if self.unit is None else ()),
            *((f"mã {nouns[0]}", f"{nouns[1]} code") if nouns else ()),
        ):
            self._add(word, "code" if self.unit is None else "nothing")
        for word in (*_NAMES, *nouns):
            self._add(word, "name")
        for word in _NO_FIGURES:
            self._add(word, "nothing")

    def _add(self, name: str, target: str) -> None:
        self._by_key.setdefault(loose(name), []).append((name, target))

    def find(self, text: str) -> str | None:
        """What a header stands for: "slot <id>", "axis <id>", "code", "name", "nothing"; None: nobody knows."""
        if text not in self._found:
            known = self._by_key.get(loose(text), ())
            self._found[text] = next((target for name, target in known if same_name(name, text)), None)
        return self._found[text]

    def near(self, text: str) -> list[str]:
        """The names that are nearest to an unknown header, with the ids of their facts."""
        keys = {loose(name): name for name in self._shown}
        found = difflib.get_close_matches(loose(split_unit(text)[0]), list(keys), n=3, cutoff=0.6)
        return [f"{keys[one]!r} ({self._shown[keys[one]]})" for one in found]


def without_number(text: str) -> str:
    """A header without the number before it.

    >>> without_number("10.1. Thu nhập"), without_number("a) Đường xã")
    ('Thu nhập', 'Đường xã')
    """
    return _NUMBERED.sub("", text.strip(), count=1)
