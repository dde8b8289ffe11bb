"""Compare the descriptors that protoc-gen-elixir embeds in its stubs with the protos.

Elixir's package registry is not to be had everywhere, and the plugin with it.
The embedded descriptors are Elixir terms of a few kinds: structs, lists,
strings, numbers, atoms. They are read as JSON-like values and compared as
descriptors, without options, which the plugin drops or cannot read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FileDescriptorProto,
    ServiceDescriptorProto,
)
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message

TOKEN = re.compile(r'\s*(%[\w.]*\{|[\[\]{},]|"(?:\\.|[^"\\])*"|-?\d+|:?\w+:?)')
Element = DescriptorProto | EnumDescriptorProto | ServiceDescriptorProto
KINDS: dict[str, type[Element]] = {
    "Google.Protobuf.DescriptorProto": DescriptorProto,
    "Google.Protobuf.EnumDescriptorProto": EnumDescriptorProto,
    "Google.Protobuf.ServiceDescriptorProto": ServiceDescriptorProto,
}
_KIND = "|".join(re.escape(kind) for kind in KINDS)
EMBEDDED = re.compile(rf"^    %({_KIND})\{{\n.*?^    }}$", re.DOTALL | re.MULTILINE)
WORDS = {"nil": None, "true": True, "false": False}


def differences(files: list[FileDescriptorProto], tree: Path) -> list[str]:
    """What the stubs under `tree` say otherwise than the protos do, by file and element."""
    expected = {Path(file.name).with_suffix(".pb.ex"): elements(file) for file in files}
    present = {path.relative_to(tree) for path in tree.glob("quikstate/v1/*.pb.ex")}
    found = [f"{path} is missing" for path in sorted(expected.keys() - present)]
    found += [f"{path} has no proto" for path in sorted(present - expected.keys())]
    for path in sorted(present & expected.keys()):
        stubs = set(embedded((tree / path).read_text(encoding="utf-8")))
        found += [f"{path}: {name} differs" for name, _ in sorted(stubs ^ set(expected[path]))]
    return list(dict.fromkeys(found))


def elements(within: FileDescriptorProto | DescriptorProto) -> list[tuple[str, bytes]]:
    """Messages, enums and services with their names; a nested one stands by itself too, as in the stubs."""
    messages = within.message_type if isinstance(within, FileDescriptorProto) else within.nested_type
    services = within.service if isinstance(within, FileDescriptorProto) else []
    items: list[Element] = [*messages, *within.enum_type, *services]
    named = [(item.name, plain(item)) for item in items]
    return named + [element for message in messages for element in elements(message)]


def embedded(source: str) -> Iterator[tuple[str, bytes]]:
    for match in EMBEDDED.finditer(source):
        element: Element = KINDS[match[1]]()
        ParseDict(parsed(TOKEN.findall(match[0])), element)
        yield element.name, plain(element)


def plain(element: Message) -> bytes:
    copy = type(element)()
    copy.CopyFrom(element)
    without_options(copy)
    return copy.SerializeToString(deterministic=True)


def without_options(element: Message) -> None:
    element.ClearField("options")
    for field, value in element.ListFields():
        if field.message_type and field.name != "options":
            for item in value if field.is_repeated else [value]:
                if "options" in item.DESCRIPTOR.fields_by_name:
                    without_options(item)


def parsed(tokens: list[str]) -> Any:
    """One term from the front of `tokens`, which it takes away."""
    first = tokens.pop(0)
    if first == "[":
        return until("]", tokens, lambda: parsed(tokens))
    if first.startswith("%"):
        pairs = until("}", tokens, lambda: (tokens.pop(0).removesuffix(":"), parsed(tokens)))
        # The plugin writes false and empty lists where a descriptor has nothing.
        return {
            name: value
            for name, value in pairs
            if value is not None and value is not False and value != [] and name != "options"
        }
    if first.startswith('"'):
        return json.loads(first)
    return WORDS[first] if first in WORDS else first.removeprefix(":") if first[0] == ":" else int(first)


def until(end: str, tokens: list[str], item: Any) -> list[Any]:
    items = []
    while tokens[0] != end:
        items.append(item())
        if tokens[0] == ",":
            tokens.pop(0)
    tokens.pop(0)
    return items
