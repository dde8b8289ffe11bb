"""A stream on which the client speaks, and what its driver learns of its end."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from typing import Any

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.streams.client_stream import ClientStream
from support.harness.eventually import turns


class Stream(ClientStream[str]):
    """Keeps what the client says."""

    def __init__(self, client: Client, drain: Drain | None = None) -> None:
        super().__init__(client.messages(), drain or Drain())
        self.received: list[str] = []

    async def receive(self, message: str) -> None:
        if message == "bad":
            raise InvalidRequest({"message": "is bad"})
        self.received.append(message)


class Client:
    """A client that says what it is told to say."""

    def __init__(self) -> None:
        self.says: asyncio.Queue[str | BaseException | None] = asyncio.Queue()

    async def messages(self) -> AsyncIterator[str]:
        while (said := await self.says.get()) is not None:
            if isinstance(said, BaseException):
                raise said
            yield said


async def test_messages_are_received_and_do_not_wake_the_driver() -> None:
    client = Client()
    stream = Stream(client)
    async with stream:
        client.says.put_nowait("a")
        client.says.put_nowait("b")
        await turns(3)
        assert stream.received == ["a", "b"]
        assert not stream.wakeup.is_set()


async def test_a_half_close_wakes_the_driver_and_is_no_error() -> None:
    client = Client()
    stream = Stream(client)
    async with stream:
        assert not stream.half_closed
        client.says.put_nowait(None)
        await stream.wakeup.wait()
        assert stream.half_closed
        assert stream.reading_error is None
    assert stream.half_closed


async def test_a_bad_message_wakes_the_driver_and_is_no_half_close() -> None:
    client = Client()
    stream = Stream(client)
    async with stream:
        client.says.put_nowait("bad")
        await stream.wakeup.wait()
        assert isinstance(stream.reading_error, InvalidRequest)
        assert not stream.half_closed


async def test_a_stream_that_breaks_is_no_half_close() -> None:
    client = Client()
    stream = Stream(client)
    async with stream:
        client.says.put_nowait(asyncio.CancelledError())
        await stream.wakeup.wait()
        assert isinstance(stream.reading_error, asyncio.CancelledError)
        assert not stream.half_closed
    stream = Stream(Client())
    async with stream:
        pass
    assert not stream.half_closed


@pytest.mark.parametrize("begun", [True, False], ids=["before", "meanwhile"])
async def test_the_drain_wakes_the_driver(begun: bool) -> None:
    drain = Drain()
    stream = Stream(Client(), drain)
    if begun:
        drain.begin()
    async with stream:
        drain.begin()
        assert await stream.wakeup.wait()
        assert stream.draining
    assert not drain.listeners


async def test_an_error_that_no_driver_looks_at_is_not_reported_by_the_event_loop() -> None:
    errors: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    client = Client()
    stream = Stream(client)
    async with stream:
        client.says.put_nowait("bad")
        await stream.wakeup.wait()
    del stream
    gc.collect()
    assert not errors
