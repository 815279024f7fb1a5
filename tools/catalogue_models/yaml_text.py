# SPDX-License-Identifier: Apache-2.0
"""YAML as a person would write it: short things on one line, long ones folded, rules broken where they nest.

A document is a list of (key, value). Values are texts, `Num` (a number, written as it stands), lists, dicts, `Names`,
and `Rule` (a tree). A comment stands in a list of entries as a plain text.
"""
import re
import textwrap

import yaml

WIDTH = 118


class Num(str):
    """A number or a date: never quoted."""


class Names(dict):
    """{vi: ..., en: ...}"""


def text(value, flow=False):
    """A scalar, quoted only where YAML needs it."""
    if isinstance(value, Num):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    value = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value
    plain = value and value == value.strip() and not re.search(r":( |$)| #|[\n\"]", value)
    plain = plain and value[0] not in "-?:,[]{}#&*!|<=>'\"%@`"
    plain = plain and not re.fullmatch(r"[-+.\d]+|true|false|null|yes|no|~", value, re.I)
    if flow:
        plain = plain and not re.search(r"[,\[\]{}]", value)
    return value if plain else '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def flow(value):
    """A value on one line."""
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%s: %s" % (text(k, flow=True), flow(v)) for k, v in value.items() if v is not None)
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(flow(v) for v in value)
    return text(value, flow=True)


def broken(value, column, after=0):
    """A value over several lines, with room for `after` characters behind it.

    The first line starts at `column`, the others are indented whole.
    """
    line = flow(value)
    if column + len(line) + after <= WIDTH or not isinstance(value, (dict, list, tuple)) or not value:
        return [line]
    lines, is_map = [], isinstance(value, dict)
    items = list(value.items()) if is_map else [(None, item) for item in value]
    for place, (key, item) in enumerate(items):
        head = ("{" if is_map else "[") if place == 0 else " "
        head += "%s: " % text(key, flow=True) if is_map else ""
        tail = ("}" if is_map else "]") if place == len(items) - 1 else ","
        last = place == len(items) - 1
        part = broken(item, column + len(head), after + 1 if last else 1)
        part[-1] += tail
        # Short things stay beside their neighbour: [quantity, ">=", quantity].
        end = len(lines[-1]) + (column if len(lines) == 1 else 0) if lines else 0
        room = WIDTH - (after if last else 0)
        joined = place > 0 and len(part) == 1 and end + 1 + len(head.lstrip() + part[0]) <= room
        if joined and not (is_map and len(lines) > 1):
            lines[-1] += " " + head.lstrip() + part[0]
            continue
        lines.append(" " * (0 if place == 0 else column) + head + part[0])
        lines += part[1:]
    return lines


def parse(rule):
    """A rule written as flow YAML, as a tree that remembers which numbers were quoted."""
    def build(node):
        if isinstance(node, yaml.ScalarNode):
            number = node.style is None and re.fullmatch(r"[-+]?[\d.]+|\d{4}-\d\d-\d\d", node.value)
            return Num(node.value) if number else node.value
        if isinstance(node, yaml.SequenceNode):
            return [build(item) for item in node.value]
        return {build(key): build(value) for key, value in node.value}
    return build(yaml.compose(rule, Loader=yaml.SafeLoader))


class Writer:
    """Lines of YAML in block style."""

    def __init__(self):
        self.lines = []

    def line(self, indent, content=""):
        self.lines.append((" " * indent + content).rstrip())

    def blank(self):
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def comment(self, indent, content):
        for part in textwrap.wrap(content, WIDTH - indent - 2, break_on_hyphens=False):
            self.line(indent, "# " + part)

    def folded(self, indent, key, content):
        """`key: text`, folded over lines where it is long."""
        content = " ".join(content.split())
        if len(key) + 2 + indent + len(text(content)) <= WIDTH or " " not in content:
            self.line(indent, "%s: %s" % (key, text(content)))
            return
        self.line(indent, key + ": >-")
        for part in textwrap.wrap(content, WIDTH - indent - 2, break_on_hyphens=False, break_long_words=False):
            self.line(indent + 2, part)

    def names(self, indent, names, key="name"):
        names = {k: v for k, v in names.items() if v}
        short = "%s: %s" % (key, flow(names))
        if indent + len(short) <= WIDTH:
            self.line(indent, short)
            return
        self.line(indent, key + ":")
        for k, v in names.items():
            self.folded(indent + 2, k, v)

    def rule(self, indent, rule, key="rule"):
        lines = broken(rule, indent + len(key) + 2)
        self.line(indent, "%s: %s" % (key, lines[0]))
        self.lines += lines[1:]

    def item(self, indent, key, value):
        """One key with whatever it has."""
        key_text = text(key, flow=True)
        if isinstance(value, Names):
            self.names(indent, value, key_text)
        elif key in ("note", "what", "follows_note") or (isinstance(value, str) and not isinstance(value, Num)):
            self.folded(indent, key_text, value)
        elif isinstance(value, dict) and key not in RULE_KEYS:
            self.map(indent, key_text, value)
        else:
            self.rule(indent, value, key_text)

    def map(self, indent, key, value):
        """`key: {...}` on one line where it fits, else a block."""
        comment = value.get("#")
        value = {k: v for k, v in value.items() if v is not None and k != "#"}
        if "note" in value:
            value["note"] = value.pop("note")  # last
        tail = "  # " + comment if comment else ""
        short = "%s: %s%s" % (key, flow(value), tail)
        if indent + len(short) <= WIDTH and "note" not in value:
            self.line(indent, short)
            return
        self.line(indent, key + ":" + tail)
        for k, v in value.items():
            self.item(indent + 2, k, v)

    def pairs(self, indent, key, pairs):
        """Many short pairs, as many on a line as fit."""
        line = "%s: {" % key
        for place, (name, value) in enumerate(pairs.items()):
            part = "%s: %s%s" % (text(name, flow=True), flow(value), "}" if place == len(pairs) - 1 else ", ")
            if indent + len(line) + len(part.rstrip()) > WIDTH:
                self.line(indent, line)
                line = " " * (len(key) + 3)
            line += part
        self.line(indent, line)

    def entries(self, indent, entries):
        """A map whose entries may have comments between them."""
        for entry in entries:
            if isinstance(entry, str):
                self.comment(indent, entry)
            else:
                self.map(indent, text(entry[0], flow=True), entry[1])

    def listed(self, indent, items, blank=False):
        """A list of maps, each from its id on."""
        for item in items:
            if isinstance(item, str):
                self.comment(indent, item)
                continue
            item = {k: v for k, v in item.items() if v is not None}
            comment = item.pop("#", None)
            tail = "  # " + comment if comment else ""
            short = "- %s%s" % (flow(item), tail)
            if indent + len(short) <= WIDTH and "note" not in item and "indicators" not in item and not blank \
                    and len(item) > 1:
                self.line(indent, short)
                continue
            first = True
            for key, value in item.items():
                if key == "indicators":
                    self.line(indent + 2, "indicators:")
                    self.listed(indent + 4, value)
                    continue
                before = len(self.lines)
                self.item(indent + 2, key, value)
                if first:
                    line = self.lines[before]
                    self.lines[before] = " " * indent + "- " + line[indent + 2:] + tail
                    first = False
            if blank:
                self.blank()

    def save(self, path):
        content = "\n".join(self.lines).rstrip("\n") + "\n"
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)


RULE_KEYS = {"rule", "of", "when", "status", "revocation", "knock_out", "requires"}

ORDER_HEAD = ["id", "of", "standing", "title", "programme", "level", "tier", "place", "rank", "note", "instrument",
              "validity", "revocation_by", "recognition", "follows"]
MAPS = ["axes", "dimensions", "facts", "figures"]


def write(document, path):
    """A set or an overlay, in the order in which one reads it."""
    writer = Writer()
    writer.line(0, "# SPDX-License-Identifier: Apache-2.0")
    writer.line(0, "format: " + document["format"])
    for key in ORDER_HEAD:
        value = document.get(key)
        if value is None:
            continue
        if key == "recognition":
            writer.line(0, "recognition:")
            writer.listed(2, value)
        elif key in ("instrument", "follows"):
            comment = value.pop("#", None) if isinstance(value, dict) else None
            writer.line(0, key + ":" + ("  # " + comment if comment else ""))
            for k, v in value.items():
                if v is None:
                    continue
                if k == "##":
                    writer.comment(2, v)
                elif k in ("criteria", "indicators"):
                    writer.pairs(2, k, v)
                else:
                    writer.item(2, k, v)
        else:
            writer.item(0, key, value)
    if document.get("sources"):
        writer.blank()
        writer.line(0, "sources:")
        for source, body in document["sources"].items():
            writer.line(2, text(source, flow=True) + ":")
            for k, v in body.items():
                writer.folded(4, k, v)
    for key in ("axes", "dimensions"):
        if document.get(key):
            if key == "axes" or not document.get("axes"):
                writer.blank()
            writer.line(0, key + ":")
            for name, body in document[key].items():
                writer.item(2, name, body)
    if document.get("scope"):
        writer.blank()
        writer.line(0, "scope:")
        writer.listed(2, document["scope"])
    for key in ("facts", "figures"):
        if document.get(key):
            writer.blank()
            writer.line(0, key + ":")
            writer.entries(2, document[key])
    write_parts(writer, document)
    writer.save(path)


def write_parts(writer, document):
    for key in ("replaces", "tightens", "adds"):
        body = document.get(key)
        if not body:
            continue
        writer.blank()
        writer.line(0, key + ":")
        for part, rows in body.items():
            writer.line(2, part + ":")
            if isinstance(rows, list) and rows and isinstance(rows[0], dict):
                writer.listed(4, rows)
            elif isinstance(rows, dict):  # new rows, by their criterion
                for criterion, added in rows.items():
                    writer.line(4, text(criterion, flow=True) + ":")
                    writer.listed(6, added)
            else:
                writer.entries(4, rows)
    if document["format"] == "ntm-overlay/1":
        for key in ("indicators", "criteria", "preconditions"):
            if document.get(key):
                writer.blank()
                writer.line(0, key + ":")
                writer.entries(2, document[key])
        return
    for key, blank in (("values", False), ("criteria", True), ("preconditions", False)):
        if key == "preconditions":
            if document.get("status"):
                writer.blank()
                writer.rule(0, document["status"], "status")
        if document.get(key):
            writer.blank()
            if document.get(key + "_comment"):
                writer.comment(0, document[key + "_comment"])
            writer.line(0, key + ":")
            writer.listed(2, document[key], blank)
    if document.get("revocation"):
        writer.blank()
        if document.get("revocation_comment"):
            writer.comment(0, document["revocation_comment"])
        writer.rule(0, document["revocation"], "revocation")
    if document.get("grade"):
        writer.blank()
        if document.get("grade_comment"):
            writer.comment(0, document["grade_comment"])
        writer.line(0, "grade:")
        for key, value in document["grade"].items():
            if key == "bands":
                writer.line(2, "bands:")
                writer.listed(4, value)
            else:
                writer.rule(2, value, key)
