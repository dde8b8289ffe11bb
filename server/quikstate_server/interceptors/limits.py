"""Only so many calls at once: more are refused quickly, so that those begun still end in time."""

from __future__ import annotations

from typing import Any

from quikstate_server import settings
from quikstate_server.errors import Overloaded
from quikstate_server.interceptors.method import Handler, Method, Send


class Room:
    """How many may be in at once, and how many are; a counter, since nobody waits to get in."""

    __slots__ = ("most", "setting", "taken")

    def __init__(self, setting: str, most: int) -> None:
        self.setting = setting
        self.most = most
        self.taken = 0


class Limits:
    """Streams stay long and calls do not, so each kind has room of its own and cannot shut out the other."""

    def __init__(self, limits: settings.Limits) -> None:
        self.calls = Room("limits.max_calls", limits.max_calls)
        self.streams = Room("limits.max_streams", limits.max_streams)

    def around(self, method: Method, handler: Handler) -> Handler:
        room = self.streams if method.streaming else self.calls

        async def limited(request: Any, send: Send) -> Any:
            if room.taken >= room.most:
                raise Overloaded(room.setting)
            room.taken += 1
            try:
                return await handler(request, send)
            finally:
                room.taken -= 1

        return limited
