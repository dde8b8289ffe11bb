"""Sends a command to a node: as it is, behind ASKING, or followed by WAIT."""

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
from quikstate_server.redis_client.script import Script, bind_placeholders

_WAIT_MARGIN_SECONDS = 0.15
"""Redis looks ten times a second for clients whose WAIT has timed out."""


class Destination(NamedTuple):
    """A node, and a connection to it that answers; `asking` while the slot of the keys moves to it."""

    node: Node
    connection: SharedConnection
    asking: bool = False

    def send(self, command: bytes, until: float) -> asyncio.Future[object]:
        """Send a packed command, behind ASKING where that is needed."""
        connection = self.connection
        return connection.send_asking(command, until) if self.asking else connection.send(command, until)

    def pack_script(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        until: float,
        *,
        with_source: bool,
    ) -> bytes:
        """Return the command that runs a script: bind placeholders, and set not_after by the node's clock."""
        bound = bind_placeholders(arguments, self.node.failover_epoch, self.connection.run_id)
        return script.command(keys, bound, self.node.clock.at(until), with_source=with_source)


SendCommand = Callable[[Destination, float, bool], Awaitable[object]]
"""Sends a command until a deadline in monotonic seconds; True sends the source of a script too."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The reply of a script, and how many replicas had its write when WAIT returned."""

    reply: object
    replicas: int


async def send_with_wait(to: Destination, command: bytes, min_replicas: int, until: float) -> object:
    """Return an error reply, or Acknowledged. WAIT goes out with the command, and gives up before `until`."""
    left = until - monotonic()
    milliseconds = max(1, int(1_000 * max(left - _WAIT_MARGIN_SECONDS, left / 2)))  # 0 would be for ever
    pending = to.send(command, until)
    acked = to.connection.send(pack(("WAIT", min_replicas, milliseconds)), until)
    try:
        reply = await pending
        return reply if isinstance(reply, ReplyError) else Acknowledged(reply, _replica_count(await acked))
    finally:
        acked.cancel()  # if the script failed, nobody reads this one: no unhandled error is logged


def _replica_count(reply: object) -> int:
    """Return what WAIT counted; 0 if it was refused."""
    return reply if isinstance(reply, int) else 0
