"""The streams of an HTTP/2 connection, without a connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest
from httpunk import HeaderMap
from httpunk._httpunk import H2Codec, H2FrameData, H2FrameHeaders, H2FrameRstStream

from quikstate_server.settings.limits import Limits
from quikstate_server.transport.http import stream as streams
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.http2_session import Http2Session
from quikstate_server.transport.http.stream import Http2Stream
from support.harness.eventually import turns
from support.http.http2_frames import CANCEL, open_call, settings, window_update

LARGEST_WINDOW = 2**31 - 1
DEFAULT_WINDOW = 65_535
MEBIBYTE = 1024 * 1024

Serve = Callable[[Http2Stream], Awaitable[None]]


class Owner:
    """A connection whose client reads when the test calls `read`."""

    peer = "ipv4:127.0.0.1:1"
    certificate: bytes | None = None

    def __init__(self, serve: Serve, window: int = LARGEST_WINDOW) -> None:
        self.loop = asyncio.get_running_loop()
        self.calls: dict[int, asyncio.Task[None]] = {}
        self.sent: Counter[int] = Counter()
        """Bytes of DATA by stream."""
        self.ended: set[int] = set()
        self.resets: dict[int, int] = {}
        self._serve = serve
        self._codec = H2Codec("client")
        self.session = Http2Session(self, Limits(max_streams=100_000), self._begin)
        self.session.begin()
        self.session.receive(settings(initial_window_size=window))

    def _begin(self, exchange: Exchange) -> None:
        assert isinstance(exchange, Http2Stream)
        exchange.send_head(200, HeaderMap())
        exchange.task = self.calls[exchange.id] = self.loop.create_task(self._run(exchange))

    async def _run(self, stream: Http2Stream) -> None:
        await self._serve(stream)

    def schedule_flush(self) -> None: ...

    def close_soon(self) -> None: ...

    def on_settings(self) -> None: ...

    def open(self, *numbers: int) -> None:
        self.session.receive(b"".join(open_call(number, "/a") for number in numbers))

    def read(self) -> int:
        """Read all that is queued; return how many bytes it was."""
        queued = self.session.take_queued()
        for frame in self._codec.receive(queued):
            match frame:
                case H2FrameData():
                    self.sent[frame.stream_id] += len(frame.data)
                case H2FrameHeaders() if frame.end_stream:
                    self.ended.add(frame.stream_id)
                case H2FrameRstStream():
                    self.resets[frame.stream_id] = frame.error_code
        return len(queued)

    async def leave(self) -> None:
        self.session.abandon_streams(ConnectionError())
        for call in self.calls.values():
            with suppress(asyncio.CancelledError):
                await call


@pytest.fixture
async def opened() -> AsyncIterator[Callable[..., Owner]]:
    owners: list[Owner] = []

    def open_one(serve: Serve, **how: int) -> Owner:
        owners.append(Owner(serve, **how))
        return owners[-1]

    yield open_one
    for owner in owners:
        await owner.leave()


async def test_client_that_reads_nothing_is_kept_little_however_many_its_streams(
    opened: Callable[..., Owner],
) -> None:
    async def serve(stream: Http2Stream) -> None:
        await stream.write(b"\0" * 64 * 1024)
        await stream.write(b"\0" * 64 * 1024)

    owner = opened(serve)
    owner.session.receive(window_update(0, LARGEST_WINDOW - DEFAULT_WINDOW))
    numbers = range(1, 1_001, 2)
    owner.open(*numbers)
    await turns(10)
    most = 0
    while not all(call.done() for call in owner.calls.values()):
        most = max(most, owner.read())
        await turns(3)
    owner.read()
    assert most < 3 * MEBIBYTE
    assert owner.sent == dict.fromkeys(numbers, 128 * 1024)


async def test_stream_that_cleans_up_holds_up_no_others(opened: Callable[..., Owner]) -> None:
    """The library has them send in turn: one whose call was cancelled in its turn would have kept it."""
    cleaned = asyncio.Event()

    async def serve(stream: Http2Stream) -> None:
        try:
            await stream.write(b"\0" * 50_000)
        except asyncio.CancelledError:
            await cleaned.wait()
            raise

    owner = opened(serve)
    owner.open(1, 3, 5, 7)
    await turns(5)
    for _ in range(3):
        owner.read()
        await turns(5)
    assert sum(owner.sent.values()) == DEFAULT_WINDOW
    stuck = min(number for number in owner.calls if not owner.calls[number].done())
    owner.calls[stuck].cancel()
    for _ in range(20):
        await turns(5)
        owner.read()
        owner.session.receive(window_update(0, 50_000))
    done = {number for number, call in owner.calls.items() if call.done()}
    assert done == {1, 3, 5, 7} - {stuck}
    cleaned.set()


async def test_response_that_its_client_does_not_take_ends(
    opened: Callable[..., Owner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_STALL_SECONDS", 0.01)

    async def serve(stream: Http2Stream) -> None:
        await stream.write(b"\0" * 10, last=True)
        stream.send_trailers(HeaderMap([("grpc-status", "0")]))

    owner = opened(serve, window=0)
    owner.open(1)
    with pytest.raises(asyncio.CancelledError):
        await owner.calls[1]
    owner.read()
    assert (owner.ended, owner.resets) == (set(), {1: CANCEL})
