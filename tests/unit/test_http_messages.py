"""How the transport http reads messages: compressed, with a prefix, in base64, in JSON."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import pairwise

import pytest
from google.rpc import code_pb2
from hypothesis import given
from hypothesis import strategies as st

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse
from quikstate.v1.session_pb2 import Session
from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Method
from quikstate_server.transport.http.base64_body import Base64Body
from quikstate_server.transport.http.compression import accepts_gzip, decompressed, gunzip
from quikstate_server.transport.http.encodings import JSON, json_of
from quikstate_server.transport.http.envelope import COMPRESSED, Messages, pack
from quikstate_server.transport.http.messages import BodyMessage, SingleMessage

METHOD = Method("a.B", "C", CheckRateLimitRequest, CheckRateLimitResponse)
MAX_BYTES = 1_000
PARTS = st.lists(st.binary(max_size=40), max_size=8)


def reader(parts: Sequence[bytes]) -> Callable[[], Awaitable[bytes]]:
    """What reads these parts of a body, of which none is empty, and then its end."""
    left = [part for part in parts if part]

    async def read() -> bytes:
        return left.pop(0) if left else b""

    return read


def cut(body: bytes, cuts: Sequence[int]) -> Sequence[bytes]:
    ends = sorted({0, len(body), *(cut % (len(body) + 1) for cut in cuts)})
    return [body[start:end] for start, end in pairwise(ends)]


async def code_of(reading: Awaitable[object]) -> str:
    with pytest.raises(CallFailed) as raised:
        await reading
    name: str = code_pb2.Code.Name(raised.value.status.code)
    return name


async def all_of(messages: AsyncIterator[bytes]) -> Sequence[bytes]:
    return [message async for message in messages]


def messages(*parts: bytes, encoding: str | None = None) -> Messages:
    return Messages(reader(parts), MAX_BYTES, encoding)


@given(PARTS, st.lists(st.integers(min_value=0)))
async def test_messages_arrive_whole_wherever_the_body_is_cut(
    sent: Sequence[bytes], cuts: Sequence[int]
) -> None:
    body = b"".join(pack(message) for message in sent)
    assert await all_of(messages(*cut(body, cuts))) == list(sent)


@given(st.binary(min_size=1, max_size=40), st.integers(min_value=1))
async def test_bodies_that_end_within_a_message_are_refused(message: bytes, missing: int) -> None:
    body = pack(message)
    short = body[: -1 - missing % (len(body) - 1)]
    assert await code_of(all_of(messages(short))) == "INVALID_ARGUMENT"


@pytest.mark.parametrize("length", [MAX_BYTES + 1, 2**31, 2**32 - 1])
async def test_lengths_above_the_limit_are_refused_before_they_are_read(length: int) -> None:
    assert await code_of(all_of(messages(b"\0" + length.to_bytes(4, "big")))) == "RESOURCE_EXHAUSTED"


@pytest.mark.parametrize(
    ("flags", "encoding", "code"),
    [
        (COMPRESSED, None, "INTERNAL"),
        (COMPRESSED, "identity", "INTERNAL"),
        (COMPRESSED, "br", "UNIMPLEMENTED"),
        (COMPRESSED, "gzip", "INVALID_ARGUMENT"),
        (0x02, "gzip", "INVALID_ARGUMENT"),
        (0x80, None, "INVALID_ARGUMENT"),
    ],
)
async def test_flags_and_encodings_that_do_not_fit_are_refused(
    flags: int, encoding: str | None, code: str
) -> None:
    assert await code_of(all_of(messages(pack(b"plain", flags), encoding=encoding))) == code


async def test_each_message_says_for_itself_whether_it_is_compressed() -> None:
    body = pack(b"a") + pack(gzip.compress(b"b"), COMPRESSED)
    assert await all_of(messages(body, encoding="gzip")) == [b"a", b"b"]


def test_gzip_is_undone_up_to_the_limit() -> None:
    assert gunzip(gzip.compress(b"a" * MAX_BYTES), MAX_BYTES) == b"a" * MAX_BYTES


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(b"a" * (MAX_BYTES + 1)), code_pb2.RESOURCE_EXHAUSTED),
        (gzip.compress(bytes(50_000_000)), code_pb2.RESOURCE_EXHAUSTED),
        (gzip.compress(b"a")[:-1], code_pb2.INVALID_ARGUMENT),
        (gzip.compress(b"a") + b"b", code_pb2.INVALID_ARGUMENT),
        (gzip.compress(b"a") + gzip.compress(b"b"), code_pb2.INVALID_ARGUMENT),
        (zlib.compress(b"a"), code_pb2.INVALID_ARGUMENT),
        (b"{}", code_pb2.INVALID_ARGUMENT),
        (b"", code_pb2.INVALID_ARGUMENT),
    ],
    ids=["large", "bomb", "cut", "rest", "two", "zlib", "plain", "empty"],
)
def test_what_is_no_gzip_or_too_much_is_refused(data: bytes, code: int) -> None:
    with pytest.raises(CallFailed) as raised:
        gunzip(data, MAX_BYTES)
    assert raised.value.status.code == code


def test_empty_bodies_are_not_undone() -> None:
    assert decompressed(b"", "gzip", MAX_BYTES) == b""


@pytest.mark.parametrize(
    ("accepted", "sent", "accepts"),
    [
        (None, None, False),
        (None, "gzip", True),
        ("gzip", None, True),
        ("br, gzip;q=0.5", None, True),
        ("identity", "gzip", False),
        ("gzip; q=0", None, False),
        ("", "gzip", False),
        ("xgzip", None, False),
    ],
)
def test_responses_are_compressed_for_those_who_read_that(
    accepted: str | None, sent: str | None, accepts: bool
) -> None:
    assert accepts_gzip(accepted, sent) is accepts


@given(PARTS, st.lists(st.integers(min_value=0)))
async def test_base64_is_decoded_wherever_it_is_cut_and_padded(
    sent: Sequence[bytes], cuts: Sequence[int]
) -> None:
    text = b"".join(base64.b64encode(part) for part in sent)
    read = Base64Body(reader(cut(text, cuts))).read
    decoded = b""
    while part := await read():
        decoded += part
    assert decoded == b"".join(sent)


@pytest.mark.parametrize("text", [b"AAA", b"AAAA=", b"====", b"A===", b"AA A", b"A\nAA", b"=AAA", b"AA=A"])
async def test_what_is_no_base64_is_refused(text: bytes) -> None:
    body = Base64Body(reader([text]))
    assert await code_of(all_of(Messages(body.read, MAX_BYTES, None))) == "INVALID_ARGUMENT"


async def test_calls_without_a_client_stream_have_one_message() -> None:
    assert await all_of(SingleMessage(messages(pack(b"a")))) == [b"a"]
    assert await all_of(SingleMessage(messages())) == []
    assert await code_of(all_of(SingleMessage(messages(pack(b"a"), pack(b""))))) == "UNIMPLEMENTED"


async def test_bodies_are_read_when_the_handler_asks() -> None:
    read = reader([b"a", b"b"])
    body = BodyMessage(read)
    assert await read() == b"a"
    assert await all_of(body) == [b"b"]


def request_of(text: str) -> CheckRateLimitRequest:
    return CheckRateLimitRequest.FromString(JSON.decode_request(METHOD, text.encode()))


def test_json_has_names_in_camel_and_in_snake_case() -> None:
    assert request_of('{"dryRun": true, "request_id": "a"}') == CheckRateLimitRequest(
        dry_run=True, request_id="a"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b'{"hits": [}', "Failed to load JSON"),
        (b'{"hitz": []}', 'no field named "hitz"'),
        (b'{"hits": [{"limit": {"limits": 1}}]}', "hits[0].limit"),
        (b'{"dryRun": 1}', "dryRun"),
        (b'{"mode": "SIDEWAYS"}', "SIDEWAYS"),
        (b'{"group": "\\ud800"}', ""),
        (b'{"group": "\xff"}', "not UTF-8"),
        (b'{"group": "a", "group": "b"}', "duplicate"),
        (b'{"hits": [{"cost": NaN}]}', "cost"),
        (b'{"hits": [{"cost": 1e400}]}', "cost"),
        (b'{"hits": [{"cost": ' + b"9" * 5_000 + b"}]}", ""),
        (b'{"hits":' + b"[" * 100_000, "recursion"),
        (b'{"hits":' * 100_000, "recursion"),
    ],
    ids=range(16),
)
def test_json_that_is_no_request_is_refused_with_its_fault(text: bytes, fault: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        JSON.decode_request(METHOD, text)
    assert fault in raised.value.message
    assert "\n" not in raised.value.message


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["hits", "limit", "key", "mode"]), inner),
)


@given(JSON_VALUES | st.binary())
def test_whatever_is_sent_is_a_request_or_refused(value: object) -> None:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    with suppress(InvalidRequest):
        CheckRateLimitRequest.FromString(JSON.decode_request(METHOD, text))


def test_json_shows_defaults_and_large_numbers_as_text() -> None:
    shown = json.loads(json_of(CheckRateLimitResponse()))
    assert shown == {"allowed": False, "results": [], "headers": []}
    assert "createdAt" not in json.loads(json_of(Session()))
