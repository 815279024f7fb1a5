# SPDX-License-Identifier: Apache-2.0
"""YAML as the catalogue's files use it: every scalar is a text that knows its line. Needs PyYAML."""
import os
import sys

try:
    import yaml
except ImportError:
    sys.exit("check-catalogue: PyYAML is missing (Debian: apt-get install python3-yaml)")


class Text(str):
    """A scalar with its line."""
    line = 0


class Problems:
    def __init__(self):
        self.count = 0

    def __call__(self, path, node, message):
        self.count += 1
        print("%s:%s: %s" % (os.path.relpath(path), getattr(node, "line", "") or "-", message))


def read(path, problems):
    """The file as dicts, lists and texts; doubled keys, anchors, aliases and tags are problems."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    if "\r" in source or source.startswith("\ufeff"):
        problems(path, None, "LF line ends and no byte order mark, please")
    for event in yaml.parse(source):
        if getattr(event, "anchor", None):
            problems(path, None, "anchors and aliases are refused (line %d)" % (event.start_mark.line + 1))
        if getattr(event, "tag", None):
            problems(path, None, "tags are refused (line %d)" % (event.start_mark.line + 1))

    def build(node):
        if isinstance(node, yaml.ScalarNode):
            text = Text(node.value)
            text.line = node.start_mark.line + 1
            return text
        if isinstance(node, yaml.SequenceNode):
            return [build(item) for item in node.value]
        result = {}
        for key_node, value_node in node.value:
            key = build(key_node)
            if key in result:
                problems(path, key, "the key %s is doubled" % key)
            result[key] = build(value_node)
        return result

    return build(yaml.compose(source))
