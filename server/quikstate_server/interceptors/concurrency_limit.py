"""Bounds concurrent calls: more are refused quickly, so that those in work still end in time."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from quikstate_server import settings
from quikstate_server.errors import Overloaded
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.slots import Slots


class ConcurrencyLimit:
    """Streams stay long and unary calls do not, so each kind has its own slots and cannot shut out the other.

    Some unary calls may wait long, such as Receive, for others, such as Settle: some slots are kept free of
    calls that may wait, and as many more are there for calls that give back what others wait for.
    """

    def __init__(self, limits: settings.Limits, releasing_methods: Collection[str] = ()) -> None:
        """Take the full names of methods that give back what others wait for."""
        self._releasing_methods = releasing_methods
        self.calls = Slots()
        self.streams = Slots()
        self.streams_by_method: dict[str, Slots] = {}
        """The streams being served, by the full name of their method."""
        self._limits = limits
        self._reserved = math.ceil(limits.max_calls * limits.reserved_calls_share)

    def around(self, method: Method, handler: Handler) -> Handler:
        slots = self.calls
        if method.streaming:
            slots, handler = self.streams, self._counting_streams(method, handler)
        max_taken, setting = self._limit(method)

        async def limited(request: Any, send: Send) -> Any:
            if slots.taken >= max_taken:
                raise Overloaded(setting)
            slots.taken += 1
            try:
                return await handler(request, send)
            finally:
                slots.taken -= 1

        return limited

    def _counting_streams(self, method: Method, handler: Handler) -> Handler:
        """Return a handler that counts the streams of its method."""
        own = self.streams_by_method[method.full_name] = Slots()

        async def counted(request: Any, send: Send) -> Any:
            own.taken += 1
            try:
                return await handler(request, send)
            finally:
                own.taken -= 1

        return counted

    def _limit(self, method: Method) -> tuple[int, str]:
        """Return how many slots may be taken beside a call of the method, and the setting that says so."""
        limits, reserved = self._limits, self._reserved
        if method.streaming:
            return limits.max_streams, "limits.max_streams"
        if method.may_wait and reserved:
            return max(1, limits.max_calls - reserved), "limits.reserved_calls_share"
        extra = reserved if method.full_name in self._releasing_methods else 0
        return limits.max_calls + extra, "limits.max_calls"
