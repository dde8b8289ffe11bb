"""Streams that are read all the time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import grpc.aio
from google.protobuf.message import Message

from quikstate_server.interceptors.method import Method
from support.harness.eventually import eventually
from support.harness.valid_requests import Requests
from support.identity.answers import Caller, is_heartbeat
from support.server.stub_service import END


class Listener:
    """What a stream has said until now."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.heartbeats = 0
        self.ended = False

    async def read(self, stream: Any) -> None:
        with suppress(grpc.aio.AioRpcError, asyncio.CancelledError):  # refused, or ended by `listening`
            while (response := await stream.read()) is not END:
                if is_heartbeat(response):
                    self.heartbeats += 1
                else:
                    self.said.append(response)
        self.ended = True


@asynccontextmanager
async def listening(caller: Caller, method: Method, requests: Requests) -> AsyncIterator[Listener]:
    """Listen for the block."""
    listener = Listener()
    stream = await caller.open(method, requests)
    reading = asyncio.create_task(listener.read(stream))
    try:
        yield listener
    finally:
        stream.cancel()
        await reading


async def all_silent(listeners: Sequence[Listener]) -> None:
    """Return once each has had nothing to say for as long as a heartbeat, or has ended."""
    before = [listener.heartbeats for listener in listeners]
    await eventually(
        lambda: all(
            listener.ended or listener.heartbeats >= heartbeats + 2
            for listener, heartbeats in zip(listeners, before, strict=True)
        )
    )
