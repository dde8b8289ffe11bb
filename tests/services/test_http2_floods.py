"""Clients that send more than they should over HTTP/2, and gateways that only look as if they did."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from quikstate_server.app import App
from services.conftest import StartApp
from support.harness.eventually import eventually
from support.http.frames import frame as prefixed
from support.http.http2_frames import (
    CONTINUATION,
    END_HEADERS,
    END_STREAM,
    ENHANCE_YOUR_CALM,
    HEADERS,
    block,
    data,
    frame,
    grpc_head,
    open_call,
    remembered,
    reset,
    settings,
)
from support.http.http2_socket import Http2Socket, http2
from support.server.stub_service import CALL, CHAT, Requests, Responses, StubService, valid

MESSAGE = valid().SerializeToString()
WINDOW = 64 * 1024
OK, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED = 0, 4, 8


@pytest.fixture
def transport() -> str:
    return "http"


class Unread:
    """Chats in which the server reads nothing, until they are cancelled."""

    def __init__(self, stub: StubService) -> None:
        stub.on_chat = self._chat
        self.begun = self.ended = 0

    async def _chat(self, _: Requests) -> Responses:
        self.begun += 1
        try:
            await asyncio.Event().wait()
            yield  # type: ignore[misc] # never: it makes this a generator
        finally:
            self.ended += 1


@pytest.fixture
def unread(stub: StubService) -> Unread:
    return Unread(stub)


@pytest.fixture
async def app(stub: StubService, start_app: StartApp) -> App:
    return await start_app(stub.methods())


@pytest.fixture
async def client(app: App) -> AsyncIterator[Http2Socket]:
    async with http2(app.address) as connection:
        yield connection


async def assert_serves(client: Http2Socket, stream_id: int) -> None:
    answer = await client.call(stream_id, CALL, MESSAGE)
    assert (answer.grpc_status, client.closed) == (OK, False)


async def test_calls_that_are_opened_and_reset_at_once_are_not_begun(
    client: Http2Socket, unread: Unread
) -> None:
    opened = (open_call(number, CHAT) + reset(number) for number in range(1, 20_001, 2))
    client.send(*opened)
    await assert_serves(client, 20_001)
    assert unread.begun < 1_000  # those that two reads of the server divide


async def test_gateway_may_reset_thousands_of_calls_at_once(client: Http2Socket, unread: Unread) -> None:
    client.send(*(open_call(number, CHAT) for number in range(1, 10_001, 2)))
    await eventually(lambda: unread.begun == 5_000)
    client.send(*(reset(number) for number in range(1, 10_001, 2)))
    await assert_serves(client, 10_001)
    await eventually(lambda: unread.ended == 5_000)


async def test_gateway_may_send_many_small_frames_that_nobody_has_read_yet(
    client: Http2Socket, unread: Unread
) -> None:
    small = prefixed(b"")
    client.send(*(open_call(number, CHAT) + data(number, small) for number in range(1, 10_001, 2)))
    await assert_serves(client, 10_001)
    assert unread.begun == 5_000


async def test_message_may_come_byte_by_byte(client: Http2Socket) -> None:
    sent = prefixed(MESSAGE)
    client.send(open_call(1, CALL), *(data(1, bytes([byte])) for byte in sent), data(1, b"", end=True))
    assert (await client.answer(1)).grpc_status == OK


async def test_calls_whose_requests_are_not_read_hold_up_no_others(
    client: Http2Socket, unread: Unread
) -> None:
    part = b"\0" * 16_000
    for number in range(1, 129, 2):  # 4 MiB
        client.send(open_call(number, CHAT), *(data(number, part) for _ in range(WINDOW // len(part))))
    await eventually(lambda: unread.begun == 64)
    await assert_serves(client, 129)
    granted = 65_535 + client.window_updates[0]
    assert granted > 21_000 * WINDOW  # so a client has room for what the windows of all its calls allow


async def test_gateway_may_still_send_on_calls_that_have_ended(client: Http2Socket, unread: Unread) -> None:
    numbers = range(1, 5_001, 2)
    client.send(*(open_call(number, CHAT, ("grpc-timeout", "1m")) for number in numbers))
    for number in numbers:
        assert (await client.answer(number)).grpc_status == DEADLINE_EXCEEDED
    client.send(*(data(number, b"\0" * 1_000, end=True) for number in numbers))
    await assert_serves(client, 5_001)
    assert unread.begun == unread.ended


async def test_flood_of_settings_ends_its_connection_alone(app: App, client: Http2Socket) -> None:
    """Each would change the windows of all streams."""
    async with http2(app.address) as flooding:
        flooding.send(*(settings(initial_window_size=60_000 + number) for number in range(1_000)))
        await flooding.until_closed()
        assert flooding.goaway == [ENHANCE_YOUR_CALM]
        assert flooding.settings_acks < 100
    await assert_serves(client, 1)


async def test_client_may_change_its_settings_at_times(client: Http2Socket) -> None:
    for number in range(10):
        client.send(settings(initial_window_size=65_535 + number))
    await assert_serves(client, 1)


@pytest.mark.parametrize(
    ("content_type", "status", "grpc_status"),
    [("application/grpc", 200, RESOURCE_EXHAUSTED), ("application/json", 431, None)],
)
async def test_request_with_too_many_headers_is_refused(
    client: Http2Socket, content_type: str, status: int, grpc_status: int | None
) -> None:
    """Also before the client has acknowledged the limit, which it need not do at all."""
    method = block((":method", "POST"), (":scheme", "http"), (":path", CALL), ("content-type", content_type))
    client.send(
        frame(HEADERS, 0, 1, method),
        *(frame(CONTINUATION, 0, 1, block(("a", "b" * 15_000))) for _ in range(4)),
        frame(CONTINUATION, END_HEADERS, 1, block(("a", "b" * 15_000))),
    )
    answer = await client.answer(1)
    assert (answer.status, answer.grpc_status) == (status, grpc_status)
    await assert_serves(client, 3)


async def test_headers_within_the_limit_may_be_large(client: Http2Socket) -> None:
    large = tuple((f"a{number}", "b" * 10_000) for number in range(6))
    client.send(
        frame(HEADERS, END_STREAM, 1, grpc_head(CALL)),
        *(frame(CONTINUATION, 0, 1, block(field)) for field in large),
        frame(CONTINUATION, END_HEADERS, 1),
    )
    assert (await client.answer(1)).grpc_status != RESOURCE_EXHAUSTED


async def test_few_bytes_that_stand_for_many_headers_are_refused(app: App, client: Http2Socket) -> None:
    bomb = remembered("a", "b" * 3_900) + bytes([0x80 | 62]) * 10_000  # 39 MB
    client.send(frame(HEADERS, END_HEADERS, 1, grpc_head(CALL) + bomb))
    await client.until_closed()
    assert client.goaway == [ENHANCE_YOUR_CALM]
    async with http2(app.address) as other:
        await assert_serves(other, 1)


async def test_headers_without_an_end_are_refused(app: App, client: Http2Socket) -> None:
    client.send(frame(HEADERS, 0, 1, grpc_head(CALL)), *(frame(CONTINUATION, 0, 1) for _ in range(1_000)))
    await client.until_closed()
    assert client.goaway == [ENHANCE_YOUR_CALM]
    async with http2(app.address) as other:
        await assert_serves(other, 1)
