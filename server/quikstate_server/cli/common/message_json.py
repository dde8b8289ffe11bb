"""Messages as JSON, with payloads that people can read."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message


def as_json(message: Message) -> dict[str, Any]:
    """Convert as `buf curl` does, with fields that are false, 0 or empty, but bytes as `bytes_as_json`."""
    shown = MessageToDict(message, always_print_fields_with_no_presence=True)
    _show_bytes(message, shown)
    return shown


def bytes_as_json(name: str, value: bytes) -> dict[str, str]:
    """Return the field with its text; for bytes that are no UTF-8, the field `…Base64` in its place."""
    try:
        return {name: value.decode()}
    except UnicodeDecodeError:
        return {f"{name}Base64": b64encode(value).decode()}


def _show_bytes(message: Message, shown: dict[str, Any]) -> None:
    for field in message.DESCRIPTOR.fields:
        if field.json_name not in shown:
            continue
        value = getattr(message, field.name)
        if isinstance(value, bytes):
            del shown[field.json_name]
            shown |= bytes_as_json(field.json_name, value)
            continue
        for inner, below in _messages(value, shown[field.json_name]):
            _show_bytes(inner, below)


def _messages(value: Any, shown: Any) -> Iterator[tuple[Message, dict[str, Any]]]:
    """Yield the messages in a field with their JSON; not those that JSON writes as a text, such as times."""
    pairs = zip(value, shown, strict=True) if isinstance(shown, list) else [(value, shown)]
    for inner, below in pairs:
        if isinstance(inner, Message) and isinstance(below, dict):
            yield inner, below
