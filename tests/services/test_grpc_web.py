"""gRPC-Web, in bytes and in text, over HTTP/1.1 and HTTP/2."""

from __future__ import annotations

import asyncio
import base64
import gzip
from collections.abc import AsyncIterator, Mapping
from urllib.parse import unquote

import pytest
from google.rpc.status_pb2 import Status

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse, StreamRateLimitResponse
from quikstate_server.errors import RedisUnavailable
from services.conftest import StartApp
from support.http.client import VERSIONS, HttpClient, HttpResponse, connected
from support.http.frames import frame, frames
from support.server.stub_service import CALL, CHAT, WATCH, StubService, valid

WEB = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1", "x-user-agent": "grpc-web-javascript"}
TEXT = {"content-type": "application/grpc-web-text"}
TRAILERS = 0x80
REQUEST = frame(valid().SerializeToString())


pytestmark = pytest.mark.usefixtures("no_loop_faults")


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture(params=VERSIONS)
async def client(
    request: pytest.FixtureRequest, stub: StubService, start_app: StartApp
) -> AsyncIterator[HttpClient]:
    app = await start_app(stub.methods())
    async with connected(app.address, request.param) as opened:
        yield opened


def trailers_of(answer: HttpResponse) -> Mapping[str, str]:
    assert answer.status == 200
    *_, (flags, last) = frames(answer.body)
    assert flags == TRAILERS
    lines = last.decode("ascii").split("\r\n")
    assert lines.pop() == ""
    return dict(line.split(": ", 1) for line in lines)


async def test_unary_call_returns_a_message_and_trailers(client: HttpClient) -> None:
    answer = await client.request("POST", CALL, WEB, REQUEST)
    assert answer.headers["content-type"] == "application/grpc-web+proto"
    (flags, message), _ = frames(answer.body)
    assert flags == 0
    assert CheckRateLimitResponse.FromString(message).allowed
    assert trailers_of(answer) == {"grpc-status": "0"}


async def test_text_is_base64_both_ways(client: HttpClient) -> None:
    half = len(REQUEST) // 2
    body = base64.b64encode(REQUEST[:half]) + base64.b64encode(REQUEST[half:])
    answer = await client.request("POST", CALL, TEXT, body)
    assert answer.headers["content-type"] == "application/grpc-web-text"
    # Each part is padded for itself, so that a reader can decode what has arrived.
    decoded = b"".join(base64.b64decode(part + b"==") for part in answer.body.replace(b"=", b" ").split())
    (_, message), (flags, last) = frames(decoded)
    assert CheckRateLimitResponse.FromString(message).allowed
    assert (flags, last) == (TRAILERS, b"grpc-status: 0\r\n")


async def test_stream_of_responses(client: HttpClient) -> None:
    answer = await client.request("POST", WATCH, WEB, REQUEST)
    *messages, _ = frames(answer.body)
    assert [StreamRateLimitResponse.FromString(message).correlation_id for _, message in messages] == [
        1,
        2,
        3,
    ]
    assert trailers_of(answer)["grpc-status"] == "0"


async def test_errors_are_trailers_with_details(stub: StubService, client: HttpClient) -> None:
    async def refuse(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise RedisUnavailable("Redis is «away»", code="LOADING")

    stub.on_call = refuse
    trailers = trailers_of(await client.request("POST", CALL, WEB, REQUEST))
    assert trailers["grpc-status"] == "14"
    assert unquote(trailers["grpc-message"]) == "Redis is «away»"
    status = Status.FromString(base64.b64decode(trailers["grpc-status-details-bin"] + "=="))
    assert len(status.details) == 2


async def test_unknown_method_is_unimplemented(client: HttpClient) -> None:
    trailers = trailers_of(await client.request("POST", "/a.B/C", WEB, REQUEST))
    assert trailers["grpc-status"] == "12"
    answer = await client.request("POST", "/a.B/C", TEXT, base64.b64encode(REQUEST))
    assert b"grpc-status: 12" in base64.b64decode(answer.body)


async def test_timeout_ends_the_call(stub: StubService, client: HttpClient) -> None:
    async def wait(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        await asyncio.sleep(3_600)
        raise AssertionError

    stub.on_call = wait
    for timeout in ("50m", "0H", "99999999n"):
        answer = await client.request("POST", CALL, WEB | {"grpc-timeout": timeout}, REQUEST)
        assert trailers_of(answer)["grpc-status"] == "4"


async def test_longest_timeout_is_taken(client: HttpClient) -> None:
    answer = await client.request("POST", CALL, WEB | {"grpc-timeout": "99999999H"}, REQUEST)
    assert trailers_of(answer)["grpc-status"] == "0"


async def test_requests_that_are_not_well_formed_are_refused(client: HttpClient) -> None:
    rows: list[tuple[dict[str, str], bytes, int]] = [
        ({}, b"", 3),
        ({}, b"\0\0\0", 3),
        ({}, b"\0\xff\xff\xff\xff", 8),
        ({}, frame(b"\xff"), 3),
        ({}, frame(b"", 1), 13),
        ({}, frame(b"", TRAILERS), 3),
        ({}, REQUEST + REQUEST, 12),
        ({"grpc-encoding": "br"}, REQUEST, 12),
        ({"grpc-encoding": "gzip"}, frame(b"{}", 1), 3),
        ({"grpc-timeout": "100000000S"}, REQUEST, 3),
        ({"grpc-timeout": "soon"}, REQUEST, 3),
        (TEXT, b"?", 3),
        (TEXT, b"AAA", 3),
    ]
    for headers, body, code in rows:
        answer = await client.request("POST", CALL, WEB | headers, body)
        shown = base64.b64decode(answer.body) if headers is TEXT else answer.body
        assert f"grpc-status: {code}\r\n".encode() in shown, (headers, body)


async def test_other_encodings_of_messages_are_not_known(client: HttpClient) -> None:
    answer = await client.request("POST", CALL, {"content-type": "application/grpc-web+thrift"}, REQUEST)
    assert answer.status == 415


async def test_gzip_is_taken_and_given(stub: StubService, client: HttpClient) -> None:
    async def answer_much(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        response = CheckRateLimitResponse(allowed=True)
        response.headers.add(name="a" * 2_000)
        return response

    stub.on_call = answer_much
    headers = WEB | {"grpc-encoding": "gzip", "grpc-accept-encoding": "identity,gzip"}
    answer = await client.request("POST", CALL, headers, frame(gzip.compress(REQUEST[5:]), 1))
    assert answer.headers["grpc-encoding"] == "gzip"
    (flags, message), _ = frames(answer.body)
    assert flags == 1
    assert CheckRateLimitResponse.FromString(gzip.decompress(message)).headers[0].name == "a" * 2_000


async def test_stream_both_ways_needs_http_2(stub: StubService, start_app: StartApp) -> None:
    app = await start_app(stub.methods())
    for version, status in (("http/1.1", "12"), ("http/2", "0")):
        async with connected(app.address, version) as client:
            answer = await client.request("POST", CHAT, WEB, frame(b""))
            assert trailers_of(answer)["grpc-status"] == status
