"""Names and groups that try to spell a key of another namespace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from quikstate_server.primitives.queue.model import Receipt
from support.harness.valid_requests import Requests
from support.identity.attempts import Table
from support.identity.loot import GROUP, NAME


def names(namespace: str) -> Sequence[str]:
    """Spell NAME in the keys of `namespace`; an empty one is that of the plain keys."""
    root = f"ns.{namespace}:" if namespace else ""
    legacy = (f"lock:{NAME}", f"queue:{NAME}", f"cache:{NAME}", f"user:{NAME}:status", f"session:{NAME}")
    return (
        f"ns.{namespace}:{NAME}",
        f"{{{root}{NAME}}}",
        f"{{{root}{NAME}}}:live",
        f"{{{root}lock:{NAME}}}:queue",
        f"}}:{root}{NAME}",
        f":{root}{NAME}",
        f"../{root}{NAME}",
        f"%7B{root}{NAME}%7D",
        f"{NAME[0]}*",
        f"[{NAME[0]}]{NAME[1:]}",
        f"?{NAME[1:]}",
        f"%{ord(NAME[0]):02X}{NAME[1:]}",
        f"{NAME}\n",
        *(root + each for each in legacy),
        "*",
        NAME[:3],
    )


def groups(namespace: str) -> Sequence[str]:
    root = f"ns.{namespace}:" if namespace else ""
    return (GROUP, f"ns.{namespace}:{GROUP}", f"{{{root}{GROUP}}}", f"}}:{{{root}{GROUP}", f"{root}lock", "*")


def renamed(table: Table, namespace: str) -> Table:
    """The table with NAME spelt in each way."""
    return {
        rpc: [
            [_replaced(request, name) for request in requests]
            for name in names(namespace)
            for requests in rows
        ]
        for rpc, rows in table.items()
    }


def regrouped(table: Table, namespace: str) -> Table:
    """The table with each group, where a request can have one."""
    return {
        rpc: [
            list(_grouped(requests, group))
            for group in groups(namespace)
            for requests in rows
            if list(_grouped(requests, group)) != list(requests)
        ]
        for rpc, rows in table.items()
    }


def _replaced(message: Message, name: str) -> Message:
    copy = type(message)()
    copy.CopyFrom(message)
    _replace(copy, name)
    return copy


def _replace(message: Any, name: str) -> None:
    """Put `name` wherever NAME stands or begins, in the message and in those within it."""
    for field, value in message.ListFields():
        if field.message_type and field.message_type.GetOptions().map_entry:
            continue
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for each in value if field.is_repeated else [value]:
                _replace(each, name)
        elif field.type == FieldDescriptor.TYPE_STRING and field.name != "group":
            if field.name == "receipt":
                message.receipt = str(replace(Receipt.parse(value), queue=name))
            elif field.is_repeated:
                value[:] = [_spelt(each, name) for each in value]
            else:
                setattr(message, field.name, _spelt(value, name))


def _spelt(value: str, name: str) -> str:
    return name + value[len(NAME) :] if value.startswith(NAME) else value


def _grouped(requests: Requests, group: str) -> Iterator[Message]:
    for request in requests:
        copy = type(request)()
        copy.CopyFrom(request)
        _regroup(copy, group)
        yield copy


def _regroup(message: Any, group: str) -> None:
    if "group" in message.DESCRIPTOR.fields_by_name:
        message.group = group
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for each in value if field.is_repeated else [value]:
                _regroup(each, group)
