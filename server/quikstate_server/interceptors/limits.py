"""Only so many calls at once: more are refused quickly, so that those begun still end in time."""

from __future__ import annotations

from typing import Any

from quikstate_server import settings
from quikstate_server.drain import Drain
from quikstate_server.errors import Overloaded, ShuttingDown
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

    def __init__(self, limits: settings.Limits, drain: Drain) -> None:
        self.calls = Room("limits.max_calls", limits.max_calls)
        self.streams = Room("limits.max_streams", limits.max_streams)
        self._drain = drain

    def around(self, method: Method, handler: Handler) -> Handler:
        if not method.streaming:
            return _in_room(self.calls, handler)
        return self._not_while_draining(_in_room(self.streams, handler))

    def _not_while_draining(self, handler: Handler) -> Handler:
        """A stream begun now would be told to end at once; a unary call is as soon answered as refused."""

        def admitted(request: Any, send: Send) -> Any:
            if self._drain.begun:
                raise ShuttingDown
            return handler(request, send)

        return admitted


def _in_room(room: Room, handler: Handler) -> Handler:
    async def limited(request: Any, send: Send) -> Any:
        if room.taken >= room.most:
            raise Overloaded(room.setting)
        room.taken += 1
        try:
            return await handler(request, send)
        finally:
            room.taken -= 1

    return limited
