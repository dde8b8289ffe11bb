"""Only so many calls at once: more are refused quickly, so that those begun still end in time."""

from __future__ import annotations

import math
from typing import Any

from quikstate_server import settings
from quikstate_server.errors import Overloaded
from quikstate_server.interceptors.method import Handler, Method, Send


class CallSlots:
    """How many may be in at once, and how many are; a counter, since nobody waits to get in."""

    __slots__ = ("most", "setting", "taken")

    def __init__(self, setting: str, most: int) -> None:
        self.setting = setting
        self.most = most
        self.taken = 0


class ConcurrencyLimit:
    """Streams stay long and calls do not, so each kind has room of its own and cannot shut out the other.

    Of calls some may wait long, such as Receive, for what others bring, such as Settle: those never take up
    the whole room.
    """

    def __init__(self, limits: settings.Limits) -> None:
        self.calls = CallSlots("limits.max_calls", limits.max_calls)
        self.streams = CallSlots("limits.max_streams", limits.max_streams)
        self._reserved = math.ceil(limits.max_calls * limits.reserved_calls_share)

    def around(self, method: Method, handler: Handler) -> Handler:
        room = self.streams if method.streaming else self.calls
        most, setting = room.most, room.setting
        if method.may_wait and self._reserved:
            most, setting = max(1, room.most - self._reserved), "limits.reserved_calls_share"

        async def limited(request: Any, send: Send) -> Any:
            if room.taken >= most:
                raise Overloaded(setting)
            room.taken += 1
            try:
                return await handler(request, send)
            finally:
                room.taken -= 1

        return limited
