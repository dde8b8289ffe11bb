"""Bounds concurrent calls: more are refused quickly, so that those in work still end in time."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

from quikstate_server import settings
from quikstate_server.errors import Overloaded
from quikstate_server.interceptors.method import Handler, Method, Send


class CallSlots:
    """Slots for concurrent calls; a counter suffices, since no call waits for a slot."""

    __slots__ = ("max_slots", "setting", "taken")

    def __init__(self, setting: str, max_slots: int) -> None:
        self.setting = setting
        self.max_slots = max_slots
        self.taken = 0


class ConcurrencyLimit:
    """Streams stay long and unary calls do not, so each kind has its own slots and cannot shut out the other.

    Some unary calls may wait long, such as Receive, for others, such as Settle: some slots are kept free of
    calls that may wait, and as many more are there for calls that give back what others wait for.
    """

    def __init__(self, limits: settings.Limits, releasing_methods: Collection[str] = ()) -> None:
        """Take the full names of methods that give back what others wait for."""
        self._releasing_methods = releasing_methods
        self.calls = CallSlots("limits.max_calls", limits.max_calls)
        self.streams = CallSlots("limits.max_streams", limits.max_streams)
        self._reserved = math.ceil(limits.max_calls * limits.reserved_calls_share)

    def around(self, method: Method, handler: Handler) -> Handler:
        slots = self.streams if method.streaming else self.calls
        max_taken, setting = slots.max_slots, slots.setting
        if method.may_wait and self._reserved:
            max_taken, setting = max(1, slots.max_slots - self._reserved), "limits.reserved_calls_share"
        elif method.full_name in self._releasing_methods:
            max_taken += self._reserved

        async def limited(request: Any, send: Send) -> Any:
            if slots.taken >= max_taken:
                raise Overloaded(setting)
            slots.taken += 1
            try:
                return await handler(request, send)
            finally:
                slots.taken -= 1

        return limited
