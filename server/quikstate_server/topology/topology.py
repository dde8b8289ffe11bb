"""The one interface to Redis, whatever its topology: run scripts and commands, publish, subscribe."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from time import monotonic
from typing import cast

from quikstate_server.errors import (
    OutcomeUnknown,
    QuikstateError,
    RedisUnavailable,
    ReplicasNotReached,
)
from quikstate_server.settings import RedisSettings
from quikstate_server.telemetry import span
from quikstate_server.topology.connection import Dial, SharedConnection
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
from quikstate_server.topology.patience import deadline
from quikstate_server.topology.retry import RetryBudget
from quikstate_server.topology.script import Script
from quikstate_server.topology.subscriber import Subscriber

OnChange = Callable[[], None]
"""Called when Redis begins or ceases to answer."""
Target = tuple[Node, SharedConnection]
"""A node, and a connection to it that answers."""
Choose = Callable[[], Node]
"""The node to ask, chosen anew at each attempt."""
Send = Callable[[Target, float, bool], Awaitable[object]]
"""Sends something, until a deadline in monotonic seconds; a script as a whole, if told so."""

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

    @abstractmethod
    def nodes(self) -> Sequence[Node]:
        """Those that hold the keys among them, as far as they are known."""

    @property
    @abstractmethod
    def epoch(self) -> int:
        """Rises with each failover that someone counts, which is Sentinel; else 0."""

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

    @property
    def epoch(self) -> int:
        """Rises with each failover that Sentinel counts; 0 in other topologies."""
        return self._router.epoch

    def split(self, keys: Sequence[str]) -> list[list[int]]:
        """The positions of `keys`, grouped by what one script may touch at once."""
        return self._router.split(keys)

    async def run(
        self, script: Script, keys: Sequence[str], *arguments: Argument, idempotent: bool = False
    ) -> object:
        """Run `script`; its reply. `idempotent` promises that running it twice is as running it once."""

        def send(to: Target, until: float, whole: bool) -> Awaitable[object]:
            node, connection = to
            command = script.command(keys, arguments, node.clock.at(until), whole=whole)
            return connection.send(command, until)

        with span(script.name):
            return await self._attempt(
                lambda: self._router.node_for(keys[0]), keys, send, reads=script.read_only, repeat=idempotent
            )

    async def run_acknowledged(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        min_replicas: int,
        idempotent: bool = False,
    ) -> Acknowledged:
        """Run `script`, then WAIT on the same connection. ReplicasNotReached: it ran, and may yet be lost."""

        async def send(to: Target, until: float, whole: bool) -> object:
            node, _ = to
            async with node.dedicated.hold(until) as connection:
                command = script.command(keys, arguments, node.clock.at(until), whole=whole)
                answer = await _send_with_wait(connection, command, min_replicas, until)
            if isinstance(answer, Acknowledged) and answer.replicas < min_replicas:
                self._router.suspect(node)
                raise ReplicasNotReached(answer.replicas, min_replicas)
            return answer

        with span(script.name):
            answer = await self._attempt(
                lambda: self._router.node_for(keys[0]), keys, send, reads=script.read_only, repeat=idempotent
            )
            return cast("Acknowledged", answer)

    async def command(self, *words: Argument, key: str, repeat: bool = False) -> object:
        """Run one command about `key`. `repeat` says that it only reads: a lost answer is asked for again."""
        return await self._one_command(words, lambda: self._router.node_for(key), (key,), reads=repeat)

    async def scan(self, pattern: str, cursor: str, count: int) -> tuple[list[str], str]:
        """One step through all keys: those that match `pattern`, of about `count`, and where to go on.

        It begins and ends with the cursor "". A key that is there throughout comes at least once;
        one that is no UTF-8 does not come.
        """
        label, _, position = cursor.partition(":")
        nodes = sorted((_label(node), node) for node in self._router.nodes() if _label(node) >= label)
        if not nodes:
            return [], ""
        (here, node), *later = nodes
        words = ("SCAN", position if here == label else "0", "MATCH", pattern, "COUNT", count)
        reply = await self._one_command(words, lambda: node, (), reads=True)
        after, found = cast("tuple[bytes, list[bytes]]", reply)
        names = [name for key in found if (name := key.decode(errors="replace")).encode() == key]
        if after != b"0":
            return names, f"{here}:{after.decode()}"
        return names, f"{later[0][0]}:0" if later else ""

    async def publish(self, channel: str, payload: bytes) -> int:
        """Publish; how many subscribed connections of this node heard it."""
        return _count(await self.command("PUBLISH", channel, payload, key=channel))

    async def _one_command(
        self, words: tuple[Argument, ...], choose: Choose, keys: Sequence[str], *, reads: bool
    ) -> object:
        packed = pack(words)

        def send(to: Target, until: float, whole: bool) -> Awaitable[object]:  # noqa: ARG001 - scripts alone differ
            return to[1].send(packed, until)

        return await self._attempt(choose, keys, send, reads=reads)

    async def _attempt(
        self, choose: Choose, keys: Sequence[str], send: Send, *, reads: bool, repeat: bool = False
    ) -> object:
        """Send until answered, again only where that is known to be safe."""
        until = deadline(self._settings)
        self._budget.earn()
        doubtful = False  # whether an attempt may have written
        for pause in _PAUSES:
            fault: Exception
            cause: Exception
            try:
                node = _chosen(choose)
                to = node, node.ready() or await node.connection(until)
                reply = await send(to, until, False)
                if not isinstance(reply, ReplyError):
                    return reply
                return await self._heed(reply, to, keys, send, until)
            except (ConnectionLost, ReplyTimeout) as lost:
                doubtful = doubtful or (lost.sent and not reads)
                fault, cause = RedisUnavailable(str(lost)), lost
            except _DidNotRun as refused:
                fault, cause = refused.fault, refused
            except QuikstateError as error:
                if not doubtful:
                    raise
                raise OutcomeUnknown from error
            again = repeat or not doubtful
            if not again or pause is None or monotonic() + pause >= until or not self._budget.spend():
                raise OutcomeUnknown() if doubtful else fault from cause
            await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def _heed(
        self, error: ReplyError, to: Target, keys: Sequence[str], send: Send, until: float
    ) -> object:
        """Do what an error reply asks: the reply then, or raise what it means."""
        if answer_to(error) is Answer.LOAD_SCRIPT:
            reply = await send(to, until, True)
            if not isinstance(reply, ReplyError):
                return reply
            error = reply
        answer = answer_to(error)
        if answer is Answer.FAIL:
            raise meaning_of(error, keys)
        if answer is Answer.LATE:
            to[0].clock.observe(int(error.text.split()[1]), float("-inf"), monotonic())
        if answer is Answer.SUSPECT:
            self._router.suspect(to[0])
        raise _DidNotRun(meaning_of(error, keys)) from error


class _DidNotRun(Exception):
    """What was asked is known not to have run; `fault` is what to say if it is not to be repeated."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


def _chosen(choose: Choose) -> Node:
    try:
        return choose()
    except RedisUnavailable as error:
        raise _DidNotRun(error) from error


def _label(node: Node) -> str:
    """What stands for a node in a cursor, which callers see."""
    return blake2b(node.name.encode(), digest_size=4).hexdigest()


async def _send_with_wait(
    connection: SharedConnection, command: bytes, min_replicas: int, until: float
) -> object:
    """An error reply, or Acknowledged. WAIT goes out with the command, and gives up before `until`."""
    left = until - monotonic()
    milliseconds = max(1, int(1_000 * max(left - _WAIT_MARGIN_SECONDS, left / 2)))  # 0 would be for ever
    answer = connection.send(command, until)
    acked = connection.send(pack(("WAIT", min_replicas, milliseconds)), until)
    try:
        reply = await answer
        return reply if isinstance(reply, ReplyError) else Acknowledged(reply, _count(await acked))
    finally:
        acked.cancel()  # nobody waits for it any more, and its fault, if it has one, is nobody's


def _count(reply: object) -> int:
    return reply if isinstance(reply, int) else 0
