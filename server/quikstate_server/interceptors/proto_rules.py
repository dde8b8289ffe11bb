"""The rules that the protos state of each field, checked by protovalidate, which is slow to import."""

from __future__ import annotations

import json
from collections.abc import Sequence

import protovalidate
from google.protobuf.message import Message


class ProtoRules:
    """Checks messages; the rules of a type are compiled when its first message comes."""

    def __init__(self) -> None:
        self._validator = protovalidate.Validator()

    def check(self, message: Message) -> Sequence[tuple[str, str]]:
        """Return the path of each field that breaks a rule, with the rule."""
        violations = self._validator.collect_violations(message)
        return [(_path(violation), violation.proto.message) for violation in violations]


def _path(violation: protovalidate.Violation) -> str:
    """Write a path as people do: `hits[3].limit.window`."""
    field = violation.proto.field
    elements = field.elements if field else []
    return ".".join(element.field_name + _subscript(element) for element in elements)


def _subscript(element: protovalidate.FieldPathElementPb) -> str:
    subscript = element.subscript
    return "" if subscript is None else f"[{json.dumps(subscript.value)}]"
