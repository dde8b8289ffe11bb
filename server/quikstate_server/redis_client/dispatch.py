"""Where a command goes, and how it is sent there: as it is, behind ASKING, or with a WAIT after it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from quikstate_server.redis_client.connection.connection import SharedConnection
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.packing import Argument, pack
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.redis_client.script import Script, bound

_WAIT_MARGIN_SECONDS = 0.15
"""Redis looks ten times a second for those that have waited long enough."""


class Target(NamedTuple):
    """A node, and a connection to it that answers; `asking` where a slot is only on its way to it."""

    node: Node
    connection: SharedConnection
    asking: bool = False

    def send(self, command: bytes, until: float) -> asyncio.Future[object]:
        connection = self.connection
        return connection.send_asking(command, until) if self.asking else connection.send(command, until)

    def bind(
        self, script: Script, keys: Sequence[str], arguments: Sequence[Argument], until: float, *, whole: bool
    ) -> bytes:
        """The command of a script, with the node's epoch and clock, and the run of the connection."""
        own = bound(arguments, self.node.epoch, self.connection.run_id)
        return script.command(keys, own, self.node.clock.at(until), whole=whole)


Send = Callable[[Target, float, bool], Awaitable[object]]
"""Sends something, until a deadline in monotonic seconds; a script as a whole, if told so."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A script's reply, and how many replicas had it when WAIT returned."""

    reply: object
    replicas: int


async def send_with_wait(to: Target, command: bytes, min_replicas: int, until: float) -> object:
    """An error reply, or Acknowledged. WAIT goes out with the command, and gives up before `until`."""
    left = until - monotonic()
    milliseconds = max(1, int(1_000 * max(left - _WAIT_MARGIN_SECONDS, left / 2)))  # 0 would be for ever
    answer = to.send(command, until)
    acked = to.connection.send(pack(("WAIT", min_replicas, milliseconds)), until)
    try:
        reply = await answer
        return reply if isinstance(reply, ReplyError) else Acknowledged(reply, as_count(await acked))
    finally:
        acked.cancel()  # nobody waits for it any more, and its fault, if it has one, is nobody's


def as_count(reply: object) -> int:
    return reply if isinstance(reply, int) else 0
