"""The life of HTTP/2 connections, byte by byte."""

from __future__ import annotations

import asyncio
import gc
import socket
import struct
from typing import cast

import pytest

from quikstate_server.app import App
from quikstate_server.transport.http.server import HttpTransport
from quikstate_server.transport.http.stream import Http2Stream
from services.conftest import StartApp
from support.harness.eventually import eventually, turns
from support.http.frames import frame as prefixed
from support.http.http2_frames import PREFACE, data, open_call, reset, settings
from support.http.http2_socket import http2
from support.server.stub_service import CALL, CHAT, StubService, valid

REQUEST = open_call(1, CALL) + data(1, prefixed(valid().SerializeToString()), end=True)
CONVERSATION = PREFACE + settings() + REQUEST


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
async def app(stub: StubService, start_app: StartApp) -> App:
    return await start_app(stub.methods())


def transport_of(app: App) -> HttpTransport:
    return cast("HttpTransport", app._transport)


async def opened(app: App) -> socket.socket:
    host, _, port = app.address.rpartition(":")
    client = socket.socket()
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, (host, int(port)))
    return client


async def nothing_left(app: App) -> None:
    await eventually(lambda: not transport_of(app).connections and not transport_of(app)._calls)


@pytest.mark.parametrize("resets", [True, False], ids=["reset", "closed"])
async def test_connection_may_end_after_any_byte(app: App, resets: bool) -> None:
    """Nothing is left of it, and nothing is reported, as a port scanner's would be otherwise."""
    for length in range(len(CONVERSATION) + 1):
        client = await opened(app)
        if resets:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await asyncio.get_running_loop().sock_sendall(client, CONVERSATION[:length])
        await turns(length % 4)  # the server may have read it by then
        client.close()
    await nothing_left(app)


@pytest.mark.parametrize("size", [1, 2, 7, 23, 25, 64])
async def test_connection_may_come_in_pieces_of_any_size(app: App, size: int) -> None:
    async with http2(app.address, begin=b"") as client:
        client.writer.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(CONVERSATION), size):
            client.send(CONVERSATION[start : start + size])
            await turns()
        assert (await client.answer(1)).grpc_status == 0


@pytest.mark.parametrize(
    "sent",
    [b"", PREFACE[:10], PREFACE, PREFACE + settings(initial_window_size=5)[:7], PREFACE + REQUEST],
    ids=["nothing", "half a preface", "no settings", "half of the settings", "a call before settings"],
)
async def test_client_that_does_not_say_what_it_speaks_is_left(start_app: StartApp, sent: bytes) -> None:
    app = await start_app(limits={"first_message_seconds": 0.2})
    client = await opened(app)
    await asyncio.get_running_loop().sock_sendall(client, sent)
    await eventually(lambda: bool(transport_of(app).connections))
    await nothing_left(app)
    client.close()


async def test_calls_need_no_garbage_collector(app: App) -> None:
    """It runs seldom, so that cycles would stay long: 0.1 GB of a few thousand calls a second."""
    gc.collect()
    gc.disable()
    try:
        async with http2(app.address) as client:
            for number in range(1, 41, 4):
                client.send(open_call(number, CHAT))
                await client.call(number + 2, CALL, valid().SerializeToString(), ("grpc-timeout", "10S"))
                client.send(reset(number))  # by now it has begun
            client.send(open_call(41, CHAT, ("grpc-timeout", "1m")))
            assert (await client.answer(41)).grpc_status == 4
            await eventually(lambda: not transport_of(app)._calls)
            await turns(3)
            kept = [each for each in gc.get_objects() if isinstance(each, Http2Stream)]
            assert len(kept) <= 1  # the call in whose context a timer of all calls was started
    finally:
        gc.enable()
