"""The one interface to Redis, whatever its topology: run scripts and commands, publish, subscribe."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NoReturn

from quikstate_server import call
from quikstate_server.errors import (
    DeadlineExceeded,
    OutcomeUnknown,
    QuikstateError,
    RedisUnavailable,
    ReplicasNotReached,
)
from quikstate_server.settings import RedisSettings
from quikstate_server.telemetry import span
from quikstate_server.topology.connection import Dial, SharedConnection, abandon
from quikstate_server.topology.faults import (
    Answer,
    ConnectionLost,
    ReplyError,
    ReplyTimeout,
    answer_to,
    meaning_of,
)
from quikstate_server.topology.node import Node
from quikstate_server.topology.packing import Argument, pack
from quikstate_server.topology.retry import RetryBudget
from quikstate_server.topology.script import Script
from quikstate_server.topology.subscriber import Subscriber

OnChange = Callable[[], None]
"""Called when Redis begins or ceases to answer."""
Send = Callable[[Node, float, bool], Awaitable[object]]
"""Sends something to a node, until a deadline in monotonic seconds; a script as a whole, if told so."""

_PAUSES = (0.0, 0.02, 0.1, 0.3, 0.5, None)
"""Seconds before each repeat; after the last one there is none."""

_WAIT_MARGIN_SECONDS = 0.15
"""Redis looks ten times a second for those that have waited long enough."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A script's reply, and how many replicas had it when WAIT returned."""

    reply: object
    replicas: int


class Router(ABC):
    """What differs between topologies: which node serves a key, and what follows from a fault."""

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def close(self) -> None: ...

    @abstractmethod
    def node_for(self, key: str) -> Node:
        """The node that may write `key`; RedisUnavailable while there is none."""

    @abstractmethod
    def split(self, keys: Sequence[str]) -> list[list[int]]:
        """The positions of `keys`, grouped by what one script may touch at once."""

    @abstractmethod
    def suspect(self, node: Node) -> None:
        """`node` answered as one that is not the master (any more)."""

    @property
    @abstractmethod
    def answers(self) -> bool:
        """True while every part of the keyspace can be written."""


class Topology:
    """Redis, as primitives see it. A call's deadline bounds each method; see `errors` for what they raise."""

    def __init__(
        self, router: Router, dial: Dial, settings: RedisSettings, *, channel_prefix: str = ""
    ) -> None:
        self.subscriber = Subscriber(dial, self.publish, settings, channel_prefix)
        self._router = router
        self._settings = settings
        self._budget = RetryBudget()

    async def start(self) -> None:
        await self._router.start()
        await self.subscriber.start()

    async def close(self) -> None:
        await self.subscriber.close()
        await self._router.close()

    @property
    def answers(self) -> bool:
        """True while Redis answers for every key, in time."""
        return self._router.answers

    def split(self, keys: Sequence[str]) -> list[list[int]]:
        """The positions of `keys`, grouped by what one script may touch at once."""
        return self._router.split(keys)

    async def run(
        self, script: Script, keys: Sequence[str], *arguments: Argument, idempotent: bool = False
    ) -> object:
        """Run `script`; its reply. `idempotent` promises that running it twice is as running it once."""

        async def send(node: Node, deadline: float, whole: bool) -> object:
            connection = await node.connection(deadline)
            command = script.command(keys, arguments, node.clock.at(deadline), whole=whole)
            return await connection.send(command, deadline)

        with span(script.name):
            return await self._attempt(keys, send, reads=script.read_only, repeat=idempotent)

    async def run_acknowledged(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        min_replicas: int,
        idempotent: bool = False,
    ) -> Acknowledged:
        """Run `script`, then WAIT on the same connection. ReplicasNotReached: it ran, and may yet be lost."""

        async def send(node: Node, deadline: float, whole: bool) -> object:
            await node.connection(deadline)  # refuses where Redis is known not to answer
            async with node.dedicated.hold() as connection:
                command = script.command(keys, arguments, node.clock.at(deadline), whole=whole)
                return await _send_with_wait(connection, command, min_replicas, deadline)

        with span(script.name):
            answer = await self._attempt(keys, send, reads=script.read_only, repeat=idempotent)
        if not isinstance(answer, Acknowledged):
            raise TypeError(answer)  # what `send` returns else is an error reply, which _attempt raises
        if answer.replicas < min_replicas:
            self._router.suspect(self._router.node_for(keys[0]))
            raise ReplicasNotReached(answer.replicas, min_replicas)
        return answer

    async def command(self, *words: Argument, key: str, repeat: bool = False) -> object:
        """Run one command about `key`. `repeat` says that it only reads: a lost answer is asked for again."""
        packed = pack(words)

        async def send(node: Node, deadline: float, whole: bool) -> object:  # noqa: ARG001 - only scripts differ
            connection = await node.connection(deadline)
            return await connection.send(packed, deadline)

        return await self._attempt((key,), send, reads=repeat)

    async def publish(self, channel: str, payload: bytes) -> int:
        """Publish; how many subscribed connections of this node heard it."""
        return _count(await self.command("PUBLISH", channel, payload, key=channel))

    async def _attempt(self, keys: Sequence[str], send: Send, *, reads: bool, repeat: bool = False) -> object:
        """Send until answered, again only where that is known to be safe."""
        deadline = self._deadline()
        self._budget.earn()
        doubtful = False  # whether an attempt may have written
        for pause in _PAUSES:
            fault: Exception
            try:
                return await self._once(keys, send, deadline)
            except (ConnectionLost, ReplyTimeout) as lost:
                doubtful = doubtful or (lost.sent and not reads)
                fault = OutcomeUnknown() if doubtful else RedisUnavailable(str(lost))
                if doubtful and not repeat:
                    raise fault from lost
            except _DidNotRun as refused:
                fault = OutcomeUnknown() if doubtful else refused.fault
            except QuikstateError as error:
                if doubtful:
                    raise OutcomeUnknown from error
                raise
            if pause is None or monotonic() + pause >= deadline or not self._budget.spend():
                raise fault
            await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def _once(self, keys: Sequence[str], send: Send, deadline: float) -> object:
        """The reply, or what its absence or an error reply means."""
        try:
            node = self._router.node_for(keys[0])
        except RedisUnavailable as error:
            raise _DidNotRun(error) from error
        asked = monotonic()
        reply = await send(node, deadline, False)
        if isinstance(reply, ReplyError) and answer_to(reply) is Answer.LOAD_SCRIPT:
            reply = await send(node, deadline, True)
        if isinstance(reply, ReplyError):
            self._refuse(node, reply, keys, asked)
        return reply

    def _refuse(self, node: Node, error: ReplyError, keys: Sequence[str], asked: float) -> NoReturn:
        """Raise what an error reply means, once what it says was heeded."""
        answer = answer_to(error)
        if answer is Answer.FAIL:
            raise meaning_of(error, keys)
        if answer is Answer.LATE:
            node.clock.observe(int(error.text.split()[1]), asked, monotonic())
        if answer is Answer.SUSPECT:
            self._router.suspect(node)
        raise _DidNotRun(meaning_of(error, keys))

    def _deadline(self) -> float:
        """Until when this may take: the caller's deadline, and never longer than our own setting."""
        now = monotonic()
        own = now + self._settings.command_seconds
        callers = call.current().deadline
        if callers is None:
            return own
        if callers <= now:
            raise DeadlineExceeded
        return min(own, callers)


class _DidNotRun(Exception):
    """What was asked is known not to have run; `fault` is what to say if it is not to be repeated."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


async def _send_with_wait(
    connection: SharedConnection, command: bytes, min_replicas: int, deadline: float
) -> object:
    """An error reply, or Acknowledged. WAIT goes out with the command, and gives up before the deadline."""
    left = deadline - monotonic()
    milliseconds = int(1_000 * max(left - _WAIT_MARGIN_SECONDS, left / 2)) or 1  # 0 would be for ever
    answer = connection.send(command, deadline)
    acked = connection.send(pack(("WAIT", min_replicas, milliseconds)), deadline)
    try:
        reply = await answer
        return reply if isinstance(reply, ReplyError) else Acknowledged(reply, _count(await acked))
    finally:
        abandon(acked)


def _count(reply: object) -> int:
    return reply if isinstance(reply, int) else 0
