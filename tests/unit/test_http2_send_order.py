"""Http2Session without a connection: streams that wait for room are served in turn."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from httpunk import HeaderMap
from httpunk._httpunk import H2Codec, H2FrameData

from quikstate_server.settings.limits import Limits
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.http2_session import Http2Session
from quikstate_server.transport.http.stream import Http2Stream
from support.harness.eventually import turns
from support.http import http2_frames as frames

CONNECTION_WINDOW = 65_535
FIRST, SECOND, THIRD, FOURTH = 0, 1, 2, 3


class Owner:
    """A connection that is flushed by hand."""

    peer = "ipv4:127.0.0.1:1"
    certificate: bytes | None = None

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    def schedule_flush(self) -> None:
        pass

    def close_soon(self) -> None:
        pass

    def on_settings(self) -> None:
        pass


class Client:
    """The other end: it has opened streams, and reads what it is sent."""

    def __init__(self, streams: int) -> None:
        self.session = Http2Session(Owner(), Limits(), self._serve)
        self.streams: list[Http2Stream] = []
        self._codec = H2Codec("client")
        self.session.begin()
        ids = range(1, 2 * streams, 2)
        self.session.receive(
            frames.settings() + b"".join(frames.open_call(id_, "/x", end=True) for id_ in ids)
        )
        for stream in self.streams:
            stream.send_head(200, HeaderMap([]))

    def _serve(self, exchange: Exchange) -> None:
        self.streams.append(cast("Http2Stream", exchange))

    def read(self) -> list[tuple[int, int]]:
        """Return what came since: numbers of streams, and bytes."""
        got: list[tuple[int, int]] = []
        while self.session.has_queued():
            came = self._codec.receive(self.session.take_queued())
            got += [(each.stream_id // 2, len(each.data)) for each in came if isinstance(each, H2FrameData)]
        return got

    def make_room(self, size: int) -> None:
        self.session.receive(frames.window_update(0, size))


@pytest.fixture
async def client() -> Client:
    """Its connection has no room left, and three streams wait for some."""
    client = Client(4)
    first, second, third, _ = client.streams
    assert first.offer(bytes(60_000))
    assert second.offer(bytes(CONNECTION_WINDOW - 60_000 + 10))
    assert third.offer(bytes(20))
    assert sum(size for _, size in client.read()) == CONNECTION_WINDOW
    return client


async def test_what_waits_for_room_is_sent_as_soon_as_there_is_some(client: Client) -> None:
    assert [stream.all_sent for stream in client.streams] == [True, False, False, True]
    client.make_room(30)
    assert client.read() == [(SECOND, 10), (THIRD, 20)]
    assert all(stream.all_sent for stream in client.streams)


async def test_a_stream_that_waits_for_room_is_not_passed_by_another(client: Client) -> None:
    fourth = client.streams[FOURTH]
    assert fourth.offer(bytes(5))
    client.make_room(10)
    client.streams[FIRST].offer(bytes(1))
    assert client.read() == [(SECOND, 10)]
    client.make_room(1_000)
    assert client.read() == [(THIRD, 20), (FOURTH, 5), (FIRST, 1)]


async def test_a_stream_takes_no_more_while_something_waits_for_room(client: Client) -> None:
    second = client.streams[SECOND]
    assert not second.offer(b"later")
    writing = asyncio.create_task(second.write(b"next"))
    await turns(2)
    client.make_room(1_000)
    await writing
    assert client.read() == [(SECOND, 10), (THIRD, 20), (SECOND, 4)]


async def test_a_stream_that_was_reset_gives_its_turn_to_the_next(client: Client) -> None:
    client.session.receive(frames.reset(2 * SECOND + 1))
    client.make_room(20)
    assert client.read() == [(THIRD, 20)]
