"""Notices clients that have vanished without a word, so that their calls end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

PING_SECONDS: Final = 30.0
"""Silence after which a client is pinged."""
PONG_SECONDS: Final = 10.0
"""Silence after a ping that means that the client is gone."""


class Keepalive:
    """Pings a silent client, and gives it up if it stays silent."""

    __slots__ = ("_give_up", "_heard", "_loop", "_ping", "_pinged", "_timer")

    def __init__(
        self, loop: asyncio.AbstractEventLoop, ping: Callable[[], None], give_up: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._ping = ping
        self._give_up = give_up
        self._heard = False
        self._pinged = False
        self._timer = loop.call_later(PING_SECONDS, self._look)

    def heard(self) -> None:
        """Note that the client has sent something, whatever it was."""
        self._heard = True

    def close(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        if self._pinged and not self._heard:
            self._give_up()
            return
        self._pinged = not self._heard
        self._heard = False
        if self._pinged:
            self._ping()
        self._timer = self._loop.call_later(PONG_SECONDS if self._pinged else PING_SECONDS, self._look)
