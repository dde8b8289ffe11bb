"""The one interface to Redis, whatever its topology: run scripts and commands, publish, subscribe."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

import hiredis

from quikstate_server import call
from quikstate_server.errors import DeadlineExceeded, OutcomeUnknown, RedisUnavailable, ReplicasNotReached
from quikstate_server.settings import RedisSettings
from quikstate_server.telemetry import span
from quikstate_server.topology.connection import Dial
from quikstate_server.topology.faults import (
    Answer,
    ConnectionLost,
    ReplyError,
    ReplyTimeout,
    answer_to,
    meaning_of,
)
from quikstate_server.topology.node import Node
from quikstate_server.topology.retry import RetryBudget
from quikstate_server.topology.script import Argument, Script
from quikstate_server.topology.subscriber import Subscriber

OnChange = Callable[[], None]
"""Called when Redis begins or ceases to answer."""
Send = Callable[[Node, float], Awaitable[object]]
"""Sends something to a node, with so many seconds to answer."""

_PAUSES = (0.0, 0.02, 0.1, 0.3, 0.5)
"""Seconds before each repeat."""


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
        with span(script.name):

            async def send(node: Node, timeout: float) -> object:
                command = script.run_command(keys, arguments, node.clock.not_after(timeout))
                connection = await node.connection(timeout)
                return await connection.send(command, timeout)

            return await self._attempt(keys, send, script=script, repeat=idempotent or script.read_only)

    async def run_acknowledged(
        self, script: Script, keys: Sequence[str], *arguments: Argument, min_replicas: int
    ) -> Acknowledged:
        """Run `script`, then WAIT on the same connection; ReplicasNotReached says that the outcome is unknown."""
        with span(script.name):

            async def send(node: Node, timeout: float) -> object:
                command = script.run_command(keys, arguments, node.clock.not_after(timeout))
                wait = hiredis.pack_command(("WAIT", min_replicas, max(1, int(timeout * 900))))
                async with node.dedicated.hold() as connection:
                    replies = connection.send(command, timeout), connection.send(wait, timeout)
                    reply, acked = await asyncio.gather(*replies)
                return reply if isinstance(reply, ReplyError) else Acknowledged(reply, _count(acked))

            answer = await self._attempt(keys, send, script=script, repeat=script.read_only)
        assert isinstance(answer, Acknowledged)
        if answer.replicas < min_replicas:
            self._router.suspect(self._router.node_for(keys[0]))
            raise ReplicasNotReached(answer.replicas, min_replicas)
        return answer

    async def command(self, *words: Argument, key: str, repeat: bool = False) -> object:
        """Run one command about `key`. `repeat` allows to send it again after a lost answer."""
        packed: bytes = hiredis.pack_command(words)

        async def send(node: Node, timeout: float) -> object:
            return await (await node.connection(timeout)).send(packed, timeout)

        return await self._attempt((key,), send, repeat=repeat)

    async def publish(self, channel: str, payload: bytes) -> int:
        """Publish; how many subscribed connections of this node heard it."""
        return _count(await self.command("PUBLISH", channel, payload, key=channel))

    async def _attempt(
        self, keys: Sequence[str], send: Send, *, repeat: bool, script: Script | None = None
    ) -> object:
        """Send until answered, again only where that is known to be safe."""
        self._budget.earn()
        deadline = time.monotonic() + self._patience()
        for pause in (*_PAUSES, None):
            try:
                return await self._once(keys, send, repeat, script, deadline)
            except _SafeToRepeat as refused:
                if pause is None or time.monotonic() + pause >= deadline or not self._budget.spend():
                    raise refused.fault from refused
            await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def _once(
        self, keys: Sequence[str], send: Send, repeat: bool, script: Script | None, deadline: float
    ) -> object:
        try:
            node = self._router.node_for(keys[0])
            reply = await send(node, deadline - time.monotonic())
            if script and isinstance(reply, ReplyError) and answer_to(reply) is Answer.LOAD_SCRIPT:
                await self._load(node, script, deadline)
                reply = await send(node, deadline - time.monotonic())
        except RedisUnavailable as error:
            raise _SafeToRepeat(error) from error
        except ConnectionLost as error:
            if error.sent and not repeat:
                raise OutcomeUnknown() from error
            raise _SafeToRepeat(RedisUnavailable(str(error))) from error
        except ReplyTimeout as error:
            raise (RedisUnavailable(str(error)) if repeat else OutcomeUnknown()) from error
        if isinstance(reply, ReplyError):
            self._refuse(node, reply, keys)
        return reply

    def _refuse(self, node: Node, error: ReplyError, keys: Sequence[str]) -> NoReturn:
        """Raise what an error reply means, once what it says was heeded."""
        answer = answer_to(error)
        if answer is Answer.LATE:
            node.clock.observe(int(error.text.split()[1]), time.monotonic())
        if answer is Answer.SUSPECT:
            self._router.suspect(node)
        if answer is Answer.FAIL:
            raise meaning_of(error, keys)
        raise _SafeToRepeat(meaning_of(error, keys))

    async def _load(self, node: Node, script: Script, deadline: float) -> None:
        timeout = deadline - time.monotonic()
        reply = await (await node.connection(timeout)).send(script.load_command(), timeout)
        if isinstance(reply, ReplyError):
            raise RedisUnavailable(f"Redis did not load a script: {reply.code}")

    def _patience(self) -> float:
        """Seconds that this may take: the caller's deadline, and never more than our own."""
        remaining = call.current().remaining()
        if remaining is None:
            return self._settings.command_seconds
        if remaining <= 0:
            raise DeadlineExceeded
        return min(remaining, self._settings.command_seconds)


class _SafeToRepeat(Exception):
    """What was asked did not run, or may run again; `fault` is what to say if there is no time left."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


def _count(reply: object) -> int:
    return reply if isinstance(reply, int) else 0
