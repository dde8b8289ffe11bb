"""A reply is read as what its script answers, or it is a fault that tells types and no contents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quikstate_server.redis_client import reply_types
from quikstate_server.redis_client.reply_types import UnexpectedReply, read_fields

Read = Callable[[object], object]
_READ = [
    (reply_types.read_int, 7, 7),
    (reply_types.read_bytes, b"\xff", b"\xff"),
    (reply_types.read_text, b"caf\xc3\xa9 \xff", "café \ufffd"),
    (reply_types.read_list, [1, [b"x"], None], [1, [b"x"], None]),
    (reply_types.read_ints, [1, 2], [1, 2]),
    (reply_types.read_bytes_list, [], []),
    (reply_types.read_texts, [b"a", b"b"], ["a", "b"]),
    (reply_types.read_optional_bytes, [b"a", None], [b"a", None]),
]


@pytest.mark.parametrize(("read", "reply", "value"), _READ)
def test_reply_of_the_type_is_read(read: Read, reply: object, value: object) -> None:
    assert read(reply) == value


@pytest.mark.parametrize("read", [read for read, _, _ in _READ])
def test_reply_of_another_type_is_a_fault(read: Read) -> None:
    with pytest.raises(UnexpectedReply, match="from Redis, not NoneType"):
        read(None)


@pytest.mark.parametrize("reply", [[1, b"secret"], [1, b"secret", b"x", b"y"], [1, 2, b"secret"], b"secret"])
def test_reply_with_other_fields_is_a_fault_without_its_contents(reply: object) -> None:
    with pytest.raises(UnexpectedReply, match="expected a list") as fault:
        read_fields(reply, int, bytes, list)
    assert "secret" not in str(fault.value)


def test_reply_fields_are_read() -> None:
    count, name, rows = read_fields([1, b"a", [b"b"]], int, bytes, list)
    assert (count + 1, name + b"", rows) == (2, b"a", [b"b"])
    assert read_fields([1, 2], int, int) == (1, 2)


@pytest.mark.parametrize("read", [reply_types.read_ints, reply_types.read_bytes_list])
def test_reply_with_one_strange_element_is_a_fault(read: Read) -> None:
    with pytest.raises(UnexpectedReply, match="not a list of NoneType, bytes, int"):
        read([1, b"x", None])
