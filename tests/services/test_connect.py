"""The Connect protocol, over HTTP/1.1 and HTTP/2: calls that any HTTP client can make."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.lock_pb2 import GetLockRequest, GetLockResponse
from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    RateLimitHeader,
    StreamRateLimitResponse,
)
from quikstate_server.errors import RedisUnavailable
from services.conftest import StartApp
from support.harness.eventually import eventually, throughout
from support.http.client import VERSIONS, HttpClient, connected
from support.http.frames import frame, frames, frames_as_they_come, json_frames
from support.server.stub_service import CALL, CHAT, WATCH, StubService, valid

CHECK = "/quikstate.v1.RateLimitService/CheckRateLimit"
GET_LOCK = "/quikstate.v1.LockService/GetLock"
SUBSCRIBE = "/quikstate.v1.PubSubService/Subscribe"
PUBLISH = "/quikstate.v1.PubSubService/Publish"
VALID: Any = {"hits": [{"key": "a", "limit": {"limit": 10, "window": "60s"}}]}
PROTO = {"content-type": "application/proto"}
JSON_STREAM = {"content-type": "application/connect+json"}
END = 0x02


pytestmark = pytest.mark.usefixtures("no_loop_faults")


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    return chosen


@pytest.fixture
async def client(stub: StubService, start_app: StartApp, version: str) -> AsyncIterator[HttpClient]:
    """A connection to a server that serves `stub` too."""
    app = await start_app(stub.methods())
    async with connected(app.address, version) as opened:
        yield opened


async def test_unary_call_takes_json_and_returns_json(client: HttpClient) -> None:
    hit = VALID["hits"][0] | {"key": str(uuid4())}
    answer = await client.post(CHECK, {"hits": [hit]})
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json["allowed"] is True
    assert answer.json["results"][0]["remaining"] == "9"


async def test_unary_call_takes_protobuf_and_returns_protobuf(client: HttpClient) -> None:
    answer = await client.request("POST", CHECK, PROTO, valid().SerializeToString())
    assert answer.headers["content-type"] == "application/proto"
    assert CheckRateLimitResponse.FromString(answer.body).allowed


async def test_empty_protobuf_is_a_message_and_empty_json_is_none(client: HttpClient) -> None:
    assert (await client.request("POST", CALL, PROTO, b"")).status == 400  # by its validation
    refused = await client.request("POST", CALL, {"content-type": "application/json"}, b"")
    assert "not a JSON object" in refused.json["message"]


async def test_errors_have_code_reason_and_fields(client: HttpClient) -> None:
    answer = await client.post(CHECK, {"hits": []})
    assert (answer.status, answer.headers["content-type"]) == (400, "application/json")
    assert answer.json["code"] == "invalid_argument"
    details = {detail["type"]: detail["debug"] for detail in answer.json["details"]}
    assert details["google.rpc.ErrorInfo"]["reason"] == "ERROR_REASON_INVALID_REQUEST"
    assert details["google.rpc.BadRequest"]["fieldViolations"][0]["field"] == "hits"


async def test_errors_of_the_domain_keep_their_code_and_facts(stub: StubService, client: HttpClient) -> None:
    async def refuse(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise RedisUnavailable("Redis is away", code="LOADING")

    stub.on_call = refuse
    answer = await client.post(CALL, VALID)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    assert answer.json["message"] == "Redis is away"
    retry = [detail["debug"] for detail in answer.json["details"] if "RetryInfo" in detail["type"]]
    assert retry == [{"retryDelay": "0.500s"}]


async def test_unforeseen_errors_keep_their_text(stub: StubService, client: HttpClient) -> None:
    async def break_down(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise OSError("hunter2")

    stub.on_call = break_down
    with capture_logs():
        answer = await client.post(CALL, VALID)
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert b"hunter2" not in answer.body


async def test_unknown_fields_are_named(client: HttpClient) -> None:
    answer = await client.post(CHECK, {"hitz": []})
    assert answer.status == 400
    assert 'no field named "hitz"' in answer.json["message"]


async def test_unknown_methods_are_unimplemented(client: HttpClient) -> None:
    for path in ("/quikstate.v1.RateLimitService/Guess", "/nowhere", "/"):
        answer = await client.post(path, {})
        assert (answer.status, answer.json["code"]) == (404, "unimplemented")


async def test_content_types_that_do_not_fit_are_refused_with_those_that_do(client: HttpClient) -> None:
    for path, content_type in [
        (CHECK, "text/plain"),
        (CHECK, "application/x-www-form-urlencoded"),
        (CHECK, "application/connect+json"),
        (SUBSCRIBE, "application/json"),
    ]:
        answer = await client.request("POST", path, {"content-type": content_type}, b"{}")
        assert answer.status == 415
        assert ("application/json" in answer.headers["accept-post"]) is (path == CHECK)


async def test_calls_are_posts(client: HttpClient) -> None:
    for verb, allowed in [
        ("PUT", "GET, POST, OPTIONS"),
        ("DELETE", "GET, POST, OPTIONS"),
        ("PATCH", "GET, POST, OPTIONS"),
        ("HEAD", "POST"),
        ("GET", "POST"),
    ]:
        answer = await client.request(verb, CHECK)
        assert (answer.status, answer.headers["allow"]) == (405, allowed)


async def test_version_of_the_protocol_is_checked(client: HttpClient) -> None:
    assert (await client.post(CHECK, VALID, connect_protocol_version="1")).status == 200
    answer = await client.post(CHECK, VALID, connect_protocol_version="2")
    assert (answer.status, answer.json["code"]) == (400, "invalid_argument")


async def test_gzip_is_taken_and_given(stub: StubService, client: HttpClient) -> None:
    async def answer_much(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        return CheckRateLimitResponse(headers=[RateLimitHeader(name="a" * 2_000)])

    stub.on_call = answer_much
    body = gzip.compress(json.dumps(VALID).encode())
    for accepted in ({}, {"accept-encoding": "br, gzip"}):
        headers = {"content-type": "application/json", "content-encoding": "gzip"} | accepted
        answer = await client.request("POST", CALL, headers, body)
        assert answer.headers["content-encoding"] == "gzip"
        assert json.loads(gzip.decompress(answer.body))["headers"][0]["name"] == "a" * 2_000
    plain = await client.post(CALL, VALID, accept_encoding="identity")
    assert "content-encoding" not in plain.headers


async def test_encodings_that_do_not_fit_are_refused(client: HttpClient) -> None:
    for encoding, body, code in [
        ("br", b"{}", "unimplemented"),
        ("gzip", b"{}", "invalid_argument"),
        ("gzip", gzip.compress(b"{}")[:-3], "invalid_argument"),
        ("gzip", gzip.compress(bytes(64 * 1024 * 1024), 9), "resource_exhausted"),
    ]:
        headers = {"content-type": "application/json", "content-encoding": encoding}
        assert (await client.request("POST", CHECK, headers, body)).json["code"] == code


async def test_large_requests_are_refused(stub: StubService, start_app: StartApp, version: str) -> None:
    app = await start_app(stub.methods(), limits={"max_message_bytes": 2_000})
    for hits, status in ((10, 200), (50, 429), (5_000, 429)):
        async with connected(app.address, version) as client:
            assert (await client.post(CALL, {"hits": VALID["hits"] * hits})).status == status


async def test_large_responses_are_refused(stub: StubService, start_app: StartApp, version: str) -> None:
    async def answer_much(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        return CheckRateLimitResponse(headers=[RateLimitHeader(name="a" * 3_000)])

    stub.on_call = answer_much
    app = await start_app(stub.methods(), limits={"max_message_bytes": 2_000})
    async with connected(app.address, version) as client:
        answer = await client.post(CALL, VALID)
        assert (answer.status, answer.json["code"]) == (429, "resource_exhausted")


async def test_timeout_ends_the_call(stub: StubService, client: HttpClient) -> None:
    ended = asyncio.Event()

    async def wait(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        try:
            await asyncio.sleep(3_600)
        finally:
            ended.set()
        raise AssertionError

    stub.on_call = wait
    answer = await client.post(CALL, VALID, connect_timeout_ms="50")
    assert (answer.status, answer.json["code"]) == (504, "deadline_exceeded")
    assert ended.is_set()


async def test_timeouts_are_numbers_of_at_most_ten_digits(client: HttpClient) -> None:
    for timeout, code in [
        ("0", "deadline_exceeded"),
        ("0000000000", "deadline_exceeded"),
        ("9999999999", None),
        ("99999999999", "invalid_argument"),
        ("-1", "invalid_argument"),
        ("soon", "invalid_argument"),
    ]:
        answer = await client.post(CHECK, VALID, connect_timeout_ms=timeout)
        assert answer.json.get("code") == code, timeout


# GET


def get_path(message: bytes, **parameters: str) -> str:
    chosen = {"encoding": "json", "message": quote(message)} | parameters
    return f"{GET_LOCK}?" + "&".join(f"{name}={value}" for name, value in chosen.items())


REQUEST = GetLockRequest(resource="r").SerializeToString()


async def test_call_without_side_effects_is_a_get_too(client: HttpClient) -> None:
    text = b'{"resource":"r"}'
    for path in (
        get_path(text),
        get_path(text, connect="v1", extra="a"),
        get_path(base64.urlsafe_b64encode(text), base64="1"),
        get_path(base64.urlsafe_b64encode(text).rstrip(b"="), base64="1"),
        get_path(base64.urlsafe_b64encode(gzip.compress(text)), base64="1", compression="gzip"),
    ):
        answer = await client.request("GET", path)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json"), path
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json["lock"]["resource"] == "r"


async def test_get_takes_protobuf_in_base64(client: HttpClient) -> None:
    message = base64.b64encode(GetLockRequest(resource="r").SerializeToString())
    answer = await client.request("GET", get_path(message, base64="1", encoding="proto"))
    assert answer.headers["content-type"] == "application/proto"
    assert GetLockResponse.FromString(answer.body).lock.resource == "r"


async def test_query_that_is_no_message_is_refused(client: HttpClient) -> None:
    for path, status, code in [
        (f"{GET_LOCK}?encoding=json", 400, "invalid_argument"),
        (get_path(b"{", encoding="json"), 400, "invalid_argument"),
        (get_path(b"!", base64="1"), 400, "invalid_argument"),
        (get_path(b"{}", compression="br"), 501, "unimplemented"),
        (get_path(b"{}", connect="v2"), 400, "invalid_argument"),
        (f"{GET_LOCK}?encoding=json&message=%FF", 400, "invalid_argument"),
    ]:
        answer = await client.request("GET", path)
        assert (answer.status, answer.json["code"]) == (status, code), path
    for path in (GET_LOCK, get_path(b"{}", encoding="xml")):
        assert (await client.request("GET", path)).status == 415


# Streams


async def test_stream_of_responses_ends_with_a_last_message(client: HttpClient) -> None:
    answer = await client.request("POST", WATCH, JSON_STREAM, frame(json.dumps(VALID).encode()))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/connect+json")
    *messages, last = json_frames(answer.body)
    assert [message["correlationId"] for _, message in messages] == ["1", "2", "3"]
    assert {flags for flags, _ in messages} == {0}
    assert last == (END, {})


async def test_stream_of_protobuf(client: HttpClient) -> None:
    headers = {"content-type": "application/connect+proto"}
    answer = await client.request("POST", WATCH, headers, frame(valid().SerializeToString()))
    *messages, last = frames(answer.body)
    assert [StreamRateLimitResponse.FromString(message).correlation_id for _, message in messages] == [
        1,
        2,
        3,
    ]
    assert last == (END, b"{}")


async def test_stream_that_fails_says_so_in_its_last_message(stub: StubService, client: HttpClient) -> None:
    async def fail_soon(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse(correlation_id=1)
        raise RedisUnavailable("Redis is away")

    stub.on_watch = fail_soon
    answer = await client.request("POST", WATCH, JSON_STREAM, frame(json.dumps(VALID).encode()))
    (_, first), (flags, last) = json_frames(answer.body)
    assert first["correlationId"] == "1"
    assert (flags, last["error"]["code"]) == (END, "unavailable")


MALFORMED: list[tuple[dict[str, str], bytes, str]] = [
    ({}, b"", "invalid_argument"),
    ({}, b"\0\0", "invalid_argument"),
    ({}, b"\0\0\0\0\x09{}", "invalid_argument"),
    ({}, b"\0\xff\xff\xff\xff", "resource_exhausted"),
    ({}, frame(b"{}", END), "invalid_argument"),
    ({}, frame(b"{}", 1), "internal"),
    ({}, frame(b"{}") + frame(b"{}"), "unimplemented"),
    ({}, frame(b"{"), "invalid_argument"),
    ({"connect-content-encoding": "br"}, frame(b"{}"), "unimplemented"),
    ({"connect-content-encoding": "gzip"}, frame(b"{}", 1), "invalid_argument"),
    ({"connect-timeout-ms": "later"}, frame(b"{}"), "invalid_argument"),
    ({"connect-protocol-version": "2"}, frame(b"{}"), "invalid_argument"),
]


async def test_stream_that_is_not_well_formed_is_refused(client: HttpClient) -> None:
    for headers, body, code in MALFORMED:
        answer = await client.request("POST", WATCH, JSON_STREAM | headers, body)
        ((flags, last),) = json_frames(answer.body)
        assert (answer.status, flags, last["error"]["code"]) == (200, END, code), (headers, body)


async def test_stream_is_compressed_message_by_message(stub: StubService, client: HttpClient) -> None:
    async def answer_much(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        for message in ("small", "large" * 1_000):
            yield StreamRateLimitResponse(status=ItemStatus(message=message))

    stub.on_watch = answer_much
    headers = JSON_STREAM | {"connect-content-encoding": "gzip"}
    body = frame(gzip.compress(json.dumps(VALID).encode()), 1)
    answer = await client.request("POST", WATCH, headers, body)
    assert answer.headers["connect-content-encoding"] == "gzip"
    (small_flags, small), (large_flags, large), _ = frames(answer.body)
    assert (small_flags, json.loads(small)["status"]["message"]) == (0, "small")
    assert (large_flags, json.loads(gzip.decompress(large))["status"]["message"]) == (1, "large" * 1_000)


async def test_timeout_ends_a_stream_with_its_status(stub: StubService, client: HttpClient) -> None:
    async def once(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse(correlation_id=1)
        await asyncio.sleep(3_600)

    stub.on_watch = once
    headers = JSON_STREAM | {"connect-timeout-ms": "100"}
    answer = await client.request("POST", WATCH, headers, frame(json.dumps(VALID).encode()))
    *_, (flags, last) = json_frames(answer.body)
    assert (flags, last["error"]["code"]) == (END, "deadline_exceeded")


async def test_stream_of_a_client_that_leaves_is_cancelled(stub: StubService, client: HttpClient) -> None:
    ended = asyncio.Event()

    async def endless(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        try:
            yield StreamRateLimitResponse(correlation_id=1)
            await asyncio.sleep(3_600)
        finally:
            ended.set()

    stub.on_watch = endless
    body = frame(json.dumps(VALID).encode())
    async with client.streamed("POST", WATCH, JSON_STREAM, body) as (_, parts):
        async for _, message in frames_as_they_come(parts):
            assert json.loads(message)["correlationId"] == "1"
            break
    await eventually(ended.is_set)


async def test_slow_reader_holds_the_handler(stub: StubService, client: HttpClient) -> None:
    sent = 0

    async def flood(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        nonlocal sent
        for _number in range(1_000):
            yield StreamRateLimitResponse(status=ItemStatus(message="a" * 60_000))
            sent += 1

    stub.on_watch = flood
    body = frame(json.dumps(VALID).encode())
    async with client.streamed("POST", WATCH, JSON_STREAM, body) as (_, parts):
        assert await anext(aiter(parts))
        await eventually(lambda: sent > 0)
        await throughout(lambda: sent < 900, seconds=0.3)


async def test_stream_both_ways_needs_http_2(client: HttpClient, version: str) -> None:
    body = b"".join(frame(json.dumps({"correlationId": number}).encode()) for number in (1, 2))
    answer = await client.request("POST", CHAT, JSON_STREAM, body)
    if version == "http/1.1":
        assert (answer.status, b"HTTP/2" in answer.body) == (505, True)
    else:
        *messages, last = json_frames(answer.body)
        assert [message["correlationId"] for _, message in messages] == ["1", "2"]
        assert last == (END, {})


@pytest.mark.parametrize("version", ["http/2"], indirect=True)
async def test_stream_both_ways_answers_before_the_client_ends(client: HttpClient) -> None:
    answered = asyncio.Event()

    async def requests() -> AsyncIterator[bytes]:
        yield frame(b'{"correlationId":1}')
        await answered.wait()
        yield frame(b'{"correlationId":2}')

    async with client.streamed("POST", CHAT, JSON_STREAM, requests()) as (_, parts):
        numbers = []
        async for flags, message in frames_as_they_come(parts):
            numbers.append((flags, json.loads(message).get("correlationId")))
            answered.set()
    assert numbers == [(0, "1"), (0, "2"), (END, None)]


async def test_live_channel_reaches_a_subscriber(client: HttpClient, start_app: StartApp) -> None:
    publisher = await start_app()
    body = frame(json.dumps({"channels": [{"channel": "news"}]}).encode())
    async with client.streamed("POST", SUBSCRIBE, JSON_STREAM, body) as (_, parts):
        seen: list[Any] = []
        async for _, message in frames_as_they_come(parts):
            seen.append(json.loads(message))
            if len(seen) == 1:
                async with connected(publisher.address, "http/1.1") as other:
                    payload = base64.b64encode(b"hello").decode()
                    published = await other.post(
                        PUBLISH, {"publications": [{"channel": "news", "payload": payload}]}
                    )
                    assert published.status == 200
            if b"aGVsbG8=" in message:
                break
    assert seen
