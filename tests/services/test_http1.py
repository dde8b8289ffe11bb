"""One connection of HTTP/1.1, byte by byte: what clients may do, and what they must not."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse, StreamRateLimitResponse
from quikstate_server.app import App
from quikstate_server.transport.http.http1 import Http1Connection
from quikstate_server.transport.http.server import HttpTransport
from services.conftest import StartApp
from support.harness.eventually import eventually, throughout
from support.http.client import VERSIONS, connected, converse
from support.http.frames import frame
from support.server import certificates
from support.server.stub_service import CALL, WATCH, StubService

VALID = json.dumps({"hits": [{"key": "a", "limit": {"limit": 10, "window": "60s"}}]}).encode()
HEALTH = b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"


def post(path: str, body: bytes, *lines: str, content_type: str = "application/json") -> bytes:
    head = [f"POST {path} HTTP/1.1", "host: a", f"content-type: {content_type}", *lines]
    if not any(line.startswith("transfer-encoding") for line in lines):
        head.append(f"content-length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode() + body


pytestmark = pytest.mark.usefixtures("no_loop_faults")


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
async def app(stub: StubService, start_app: StartApp) -> App:
    return await start_app(stub.methods())


def http(app: App) -> HttpTransport:
    return cast("HttpTransport", app._transport)


def connections(app: App) -> set[Http1Connection]:
    return cast("set[Http1Connection]", http(app).connections)


class Waiting:
    """A call that lasts until it is cancelled."""

    def __init__(self, stub: StubService) -> None:
        stub.on_call = self._call
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    async def _call(self, _: CheckRateLimitRequest) -> CheckRateLimitResponse:
        self.begun.set()
        try:
            await asyncio.sleep(3_600)
        finally:
            self.ended.set()
        raise AssertionError


@pytest.mark.parametrize("version", VERSIONS)
async def test_probes_say_whether_the_server_is_well(app: App, version: str) -> None:
    async with connected(app.address, version) as client:
        for path in ("/healthz", "/readyz"):
            answer = await client.request("GET", path)
            assert (answer.status, answer.body) == (200, b"ok\n")
            answer = await client.request("HEAD", path)
            assert (answer.status, answer.body) == (200, b"")
        app._readiness.end()
        assert (await client.request("GET", "/readyz")).status == 503


async def test_openapi_document_describes_the_api(app: App) -> None:
    async with connected(app.address, "http/1.1") as client:
        answer = await client.request("GET", "/openapi.json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.json["openapi"] == "3.1.0"
        assert "/quikstate.v1.LockService/AcquireLock" in answer.json["paths"]


@pytest.mark.parametrize("version", VERSIONS)
async def test_pages_of_named_origins_may_call(start_app: StartApp, version: str) -> None:
    app = await start_app(cors_origins="https://a.example")
    ours, others = {"origin": "https://a.example"}, {"origin": "https://b.example"}
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,x-mine"}
    async with connected(app.address, version) as client:
        allowed = await client.request("OPTIONS", CALL, ours | asks)
        assert allowed.status == 204
        assert allowed.headers["access-control-allow-origin"] == "https://a.example"
        assert allowed.headers["access-control-allow-methods"] == "GET, POST"
        assert allowed.headers["access-control-allow-headers"] == "content-type,x-mine"
        answer = await client.request("GET", "/healthz", ours)
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
        for method in ("OPTIONS", "GET", "POST"):
            refused = await client.request(method, "/healthz", others)
            assert (refused.status, "access-control-allow-origin" in refused.headers) == (403, False)


async def test_connection_serves_one_request_after_another(app: App) -> None:
    received = await converse(app.address, HEALTH, post(CALL, VALID), LAST)
    assert received.count(b"HTTP/1.1 200 OK") == 3
    assert received.index(b"ok\n") < received.index(b'"allowed":true') < received.rindex(b"ok\n")


async def test_requests_may_come_all_at_once_and_byte_by_byte(app: App) -> None:
    together = HEALTH * 20 + post(CALL, VALID) + LAST
    assert (await converse(app.address, together)).count(b"HTTP/1.1 200 OK") == 22
    assert (await converse(app.address, *(bytes([byte]) for byte in LAST))).endswith(b"ok\n")


async def test_body_may_be_chunked(app: App) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (VALID[:7], VALID[7:])) + b"0\r\n\r\n"
    sent = post(CALL, chunks, "transfer-encoding: chunked", "connection: close")
    assert b'"allowed":true' in await converse(app.address, sent)


async def test_client_that_waits_for_a_go_ahead_gets_it(app: App) -> None:
    host, _, port = app.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = post(CALL, b"", f"content-length: {len(VALID)}", "expect: 100-continue", "connection: close")
    writer.write(head.replace(b"content-length: 0\r\n", b""))
    assert b"100 Continue" in await reader.readuntil(b"\r\n\r\n")
    writer.write(VALID)
    assert b'"allowed":true' in await reader.read()
    writer.close()


async def test_clients_of_http_1_0_and_proxies_are_served(app: App) -> None:
    assert (await converse(app.address, b"GET /healthz HTTP/1.0\r\n\r\n")).endswith(b"ok\n")
    absolute = LAST.replace(b"/healthz", b"http://a.example/healthz?a=b")
    assert (await converse(app.address, absolute)).endswith(b"ok\n")


async def test_upgrade_to_http_2_is_not_taken(app: App) -> None:
    sent = HEALTH.replace(b"host: a", b"host: a\r\nconnection: upgrade\r\nupgrade: h2c") + LAST
    assert (await converse(app.address, sent)).count(b"HTTP/1.1 200 OK") == 2


async def test_grpc_is_told_that_it_needs_http_2(app: App) -> None:
    sent = post(CALL, b"", "connection: close", content_type="application/grpc+proto")
    received = await converse(app.address, sent)
    assert received.startswith(b"HTTP/1.1 505")
    assert b"gRPC needs HTTP/2" in received


SMUGGLED = b"GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n"


NO_REQUESTS = [
    # A request with both lengths is served by the chunks, and its connection is closed after it.
    (post(CALL, b"0\r\n\r\n" + SMUGGLED, "transfer-encoding: chunked", "content-length: 5"), 400),
    (post(CALL, b"abcd", "content-length: 3"), 400),
    (post(CALL, b"", "transfer-encoding: xchunked"), 400),
    (post(CALL, b"", "transfer-encoding: chunked, gzip"), 400),
    (post(CALL, b"abc").replace(b"content-length: 3", b"content-length: +3"), 400),
    (post(CALL, b"abc").replace(b"content-length: 3", b"content-length: -3"), 400),
    (post(CALL, b"abc").replace(b"content-length: 3", b"content-length: " + b"9" * 30), 400),
    (post(CALL, b"zz\r\n", "transfer-encoding: chunked"), 400),
    (post(CALL, b"3\nabc\n0\n\n", "transfer-encoding: chunked"), 400),
    (post(CALL, b"f" * 17 + b"\r\n", "transfer-encoding: chunked"), 400),
    (b"GET / HTTP/1.1\r\nhost: a\r\nx : a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nhost: a\r\nx: \x00\r\n\r\n", 400),
    (b"GET / HTTP/2.0\r\nhost: a\r\n\r\n", 400),
    (b"GET /\r\n\r\n", 400),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    (b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"a" * 70_000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\nhost: a\r\n" + b"x: a\r\n" * 200 + b"\r\n", 431),
    (b"GET /" + b"a" * 70_000, 431),
]


async def test_what_is_no_request_ends_the_connection(app: App) -> None:
    for sent, status in NO_REQUESTS:
        received = await converse(app.address, sent)
        heads = [line for line in received.split(b"\r\n") if line.startswith(b"HTTP/")]
        assert [int(head.split()[1]) for head in heads] == [status], sent[:200]
        assert b"smuggled" not in received


async def test_refusal_arrives_while_the_client_still_sends(app: App) -> None:
    received = await converse(app.address, post(CALL, bytes(8 * 1024 * 1024)))
    assert received.startswith(b"HTTP/1.1 429")
    assert b"resource_exhausted" in received


async def test_head_must_come_in_time(stub: StubService, start_app: StartApp) -> None:
    app = await start_app(stub.methods(), limits={"first_message_seconds": 0.3})
    assert await converse(app.address, b"GET /healthz HT") == b""


async def test_body_must_come_in_time(stub: StubService, start_app: StartApp) -> None:
    app = await start_app(stub.methods(), limits={"first_message_seconds": 0.3})
    received = await converse(app.address, post(CALL, VALID)[:-1])
    assert received.startswith(b"HTTP/1.1 400")
    assert b"limits.first_message_seconds" in received


async def test_idle_connection_stays(stub: StubService, start_app: StartApp) -> None:
    app = await start_app(stub.methods(), limits={"first_message_seconds": 1})
    async with connected(app.address, "http/1.1") as client:
        assert (await client.request("GET", "/healthz")).status == 200
        await throughout(lambda: len(connections(app)) == 1, seconds=1.5)
        assert (await client.request("GET", "/healthz")).status == 200


@pytest.mark.parametrize("reset", [False, True])
async def test_call_of_a_client_that_leaves_is_cancelled(app: App, stub: StubService, reset: bool) -> None:
    call = Waiting(stub)
    host, _, port = app.address.rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(post(CALL, VALID))
    await call.begun.wait()
    if reset:
        opened: socket.socket = writer.get_extra_info("socket")
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.close()
    await call.ended.wait()


async def test_call_is_cancelled_in_its_first_moments(app: App, stub: StubService) -> None:
    begun = ended = 0

    async def wait(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        nonlocal begun, ended
        begun += 1
        try:
            await asyncio.sleep(3_600)
        finally:
            ended += 1
        raise AssertionError

    stub.on_call = wait
    host, _, port = app.address.rpartition(":")
    for _ in range(50):
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(post(CALL, VALID))
        writer.close()
    async with connected(app.address, "http/1.1") as client:
        assert (await client.request("GET", "/healthz")).status == 200
    await eventually(lambda: begun == ended and not connections(app))


async def test_slow_reader_of_many_answers_holds_the_server(app: App) -> None:
    """A client that sends requests and reads nothing makes the server keep little."""
    host, _, port = app.address.rpartition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    unknown = post("/" + "a" * 10_000, b"")
    writer.write(unknown * 5_000)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(writer.drain(), 1)
    (connection,) = connections(app)
    assert connection._transport.get_write_buffer_size() < 1024 * 1024
    writer.transport.abort()


async def test_drain_ends_idle_connections_and_answers_the_others(app: App, stub: StubService) -> None:
    go_on = asyncio.Event()
    begun = asyncio.Event()

    async def wait(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        begun.set()
        await go_on.wait()
        return CheckRateLimitResponse(allowed=True)

    stub.on_call = wait
    host, _, port = app.address.rpartition(":")
    idle, idle_writer = await asyncio.open_connection(host, int(port))
    idle_writer.write(HEALTH)
    assert b"200 OK" in await idle.readuntil(b"ok\n")
    calling = asyncio.ensure_future(converse(app.address, post(CALL, VALID)))
    await begun.wait()
    draining = asyncio.ensure_future(app.drain())
    assert await idle.read() == b""
    go_on.set()
    received = await calling
    assert received.startswith(b"HTTP/1.1 200")
    assert b"connection: close" in received
    await draining
    idle_writer.close()


async def test_request_that_comes_as_the_drain_begins_is_answered(app: App) -> None:
    host, _, port = app.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(HEALTH)
    assert b"200 OK" in await reader.readuntil(b"ok\n")
    draining = asyncio.ensure_future(app.drain())
    await eventually(lambda: http(app)._stopping)
    writer.write(HEALTH)
    received = await reader.read()
    assert b"connection: close" in received
    assert received.endswith(b"ok\n")
    await draining
    writer.close()


async def test_calls_left_at_the_end_of_a_drain_are_told(app: App, stub: StubService) -> None:
    call = Waiting(stub)
    calling = asyncio.ensure_future(converse(app.address, post(CALL, VALID)))
    await call.begun.wait()
    stop_now = asyncio.Event()
    stop_now.set()
    await app.drain(stop_now)
    received = await calling
    assert received.startswith(b"HTTP/1.1 503")
    assert b'"unavailable"' in received


async def test_connection_ends_at_its_age(stub: StubService, start_app: StartApp) -> None:
    app = await start_app(stub.methods(), max_connection_age_seconds=0.5)
    assert (await converse(app.address, HEALTH)).endswith(b"ok\n")


async def test_stream_outlives_the_age_of_its_connection(stub: StubService, start_app: StartApp) -> None:
    go_on = asyncio.Event()

    async def watch(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse(correlation_id=1)
        await go_on.wait()
        yield StreamRateLimitResponse(correlation_id=2)

    stub.on_watch = watch
    app = await start_app(stub.methods(), max_connection_age_seconds=0.2)
    asyncio.get_running_loop().call_later(0.6, go_on.set)
    received = await converse(app.address, post(WATCH, frame(VALID), content_type="application/connect+json"))
    assert received.count(b"correlationId") == 2
    assert received.endswith(b"0\r\n\r\n")


@pytest.mark.skipif(not certificates.OPENSSL, reason="no openssl on PATH")
async def test_tls_and_client_certificates(stub: StubService, start_app: StartApp, tmp_path: Path) -> None:
    made = certificates.make(tmp_path)
    app = await start_app(
        stub.methods(),
        tls_cert_file=made.server.cert,
        tls_key_file=made.server.key,
        tls_client_ca_file=made.ca.cert,
    )
    context = ssl.create_default_context(cafile=str(made.ca.cert))
    context.load_cert_chain(made.client.cert, made.client.key)
    host, _, port = app.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    writer.write(HEALTH + post(CALL, VALID) + LAST)
    assert (await reader.read()).count(b"HTTP/1.1 200 OK") == 3
    writer.close()
