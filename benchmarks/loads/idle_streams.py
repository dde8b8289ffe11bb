"""Streams of one method that have had their first item and are otherwise idle: opened here, and kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import grpc

from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent

_CONNECTIONS = 4


@dataclass(frozen=True)
class IdleStreams:
    """While they are `held` it sends nothing: what it counts as a call is a second of a stream."""

    method: str
    body: bytes
    streams: int

    @contextmanager
    def held(self, running: Running) -> Iterator[None]:
        """All streams are open."""
        with ExitStack() as opened:
            channels = [opened.enter_context(self._channel(running)) for _ in range(_CONNECTIONS)]
            calls: list[Any] = []
            for number in range(self.streams):
                open_one: Any = channels[number % _CONNECTIONS].unary_stream  # bytes need no serializer
                call = open_one(self.method)(self.body)
                opened.callback(call.cancel)
                calls.append(call)
            for call in calls:
                next(call)
            yield

    def send(self, running: Running, calls: int) -> Sent:  # noqa: ARG002 - it is known to those who are held
        seconds = calls / self.streams
        time.sleep(seconds)
        return Sent(calls, seconds, 0.0, 0.0, 0.0)

    def _channel(self, running: Running) -> grpc.Channel:
        """A connection of its own: channels with the same options share one."""
        return grpc.insecure_channel(running.address, options=[("grpc.use_local_subchannel_pool", 1)])
