"""The one interface to Redis, whatever its topology: run scripts and commands, publish, subscribe."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any, cast

from quikstate_server.background import FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import (
    OutcomeUnknown,
    QuikstateError,
    RedisUnavailable,
    ReplicasNotReached,
)
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.deadline import deadline
from quikstate_server.redis_client.dispatch import Acknowledged, Send, Target, as_count, send_with_wait
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.packing import Argument, pack
from quikstate_server.redis_client.replies import (
    Answer,
    BrokenOff,
    ConnectionLost,
    Redirect,
    ReplyError,
    ReplyTimeout,
    answer_to,
    meaning_of,
    redirect_of,
)
from quikstate_server.redis_client.retry_budget import RetryBudget
from quikstate_server.redis_client.router import Router
from quikstate_server.redis_client.scan_cursor import place_of
from quikstate_server.redis_client.script import Script
from quikstate_server.redis_client.subscriber import Subscriber
from quikstate_server.redis_client.wrong_type import name_candidates
from quikstate_server.settings import RedisSettings
from quikstate_server.telemetry import span, traced

Choose = Callable[[], Node]
"""The node to ask, chosen anew at each attempt."""
_REPEATS = Backoff(0.02, 0.5, factor=4, at_once=True)
"""Before each repeat, until the deadline: the first need not wait."""

_MOST_TURNS = 5
"""How often one attempt does at once what an error reply asks: load a script, go to another node."""


class RedisClient:
    """Redis, as primitives see it. A call's deadline bounds each method; see `errors` for what they raise."""

    def __init__(
        self,
        router: Router,
        dial: Dial,
        settings: RedisSettings,
        monitor: FaultMonitor,
        *,
        channel_prefix: str = "",
    ) -> None:
        self.monitor = monitor
        """Told of the faults of all background tasks that use this Redis."""
        self.subscriber = Subscriber(dial, self._probe, settings, monitor, channel_prefix)
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
    def is_available(self) -> bool:
        """True while Redis answers for every key, in time."""
        return self._router.is_available

    @property
    def accepts_writes(self) -> bool:
        """False while Redis answers and refuses writes: its disk is full, it loads its data, …"""
        return self._router.accepts_writes

    @property
    def failover_epoch(self) -> int:
        """Rises with each failover that Sentinel counts; 0 in other topologies."""
        return self._router.failover_epoch

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        """The positions of `keys`, grouped by what one script may touch at once."""
        return self._router.split_by_slot(keys)

    def run(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> Coroutine[Any, Any, object]:
        """Run `script` on the server that may write `keys`; return its reply, see `reply_types`.

        `safe_to_repeat` says that running it twice is as running it once. Then it is sent again when its
        reply is lost, until the deadline. Without it, OutcomeUnknown is raised where it may have run; a
        read-only script is always sent again.
        """

        def send(to: Target, until: float, whole: bool) -> Awaitable[object]:
            return to.send(to.bind(script, keys, arguments, until, whole=whole), until)

        choose = partial(self._router.node_for, keys[0])
        reply = self._attempt(choose, keys, send, read_only=script.read_only, safe_to_repeat=safe_to_repeat)
        return traced(script.name, reply)

    async def run_acknowledged(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        min_replicas: int,
        safe_to_repeat: bool = False,
    ) -> Acknowledged:
        """Run `script` as `run` does, and wait until `min_replicas` replicas have what it wrote.

        Return its reply and the number of replicas. With 0 it is `run`, which waits for none and reports 0.
        Otherwise script and WAIT go over a connection of their own. ReplicasNotReached is raised when fewer
        replicas have the write at the deadline: it ran, and may yet be lost in a failover.
        """
        if not min_replicas:
            reply = await self.run(script, keys, *arguments, safe_to_repeat=safe_to_repeat)
            return Acknowledged(reply, 0)

        async def send(to: Target, until: float, whole: bool) -> object:
            node = to.node
            async with node.dedicated.hold(until) as connection:
                own = to._replace(connection=connection)
                command = own.bind(script, keys, arguments, until, whole=whole)
                answer = await send_with_wait(own, command, min_replicas, until)
            if isinstance(answer, Acknowledged) and answer.replicas < min_replicas:
                self._router.suspect(node)
                raise ReplicasNotReached(answer.replicas, min_replicas)
            if not self._router.vouches_for(node):
                raise ConnectionLost(sent=True)  # what it acknowledges now, its successor may not have
            return answer

        with span(script.name):
            choose = partial(self._router.node_for, keys[0])
            answer = await self._attempt(
                choose, keys, send, read_only=script.read_only, safe_to_repeat=safe_to_repeat
            )
            return cast("Acknowledged", answer)

    async def command(self, *words: Argument, key: str, read_only: bool = False) -> object:
        """Run one command about `key`; return its reply. One that is `read_only` is sent again when its
        reply is lost."""
        choose = partial(self._router.node_for, key)
        return await self._one_command(words, choose, (key,), read_only=read_only)

    async def scan(self, pattern: str, cursor: str, count: int) -> tuple[list[str], str]:
        """One step through all keys: those that match `pattern`, of about `count`, and where to go on.

        It begins and ends with the cursor "". A key that is there throughout comes at least once;
        one that is no UTF-8 does not come.
        """
        place = place_of(cursor, await self._nodes())
        words = ("SCAN", place.position, "MATCH", pattern, "COUNT", count)
        reply = await self._one_command(words, lambda: place.node, (), read_only=True)
        after, found = cast("tuple[bytes, list[bytes]]", reply)
        names = [name for key in found if (name := key.decode(errors="replace")).encode() == key]
        return names, place.after(after.decode())

    async def ask_each(self, *words: Argument) -> Mapping[str, object]:
        """Ask every node one thing that only reads; the replies by the nodes' names."""

        async def ask(node: Node) -> object:
            return await self._one_command(words, lambda: node, (), read_only=True)

        nodes = await self._nodes()
        replies = await asyncio.gather(*map(ask, nodes))
        return dict(zip((node.name for node in nodes), replies, strict=True))

    async def _nodes(self) -> Sequence[Node]:
        """Those known now. Soon after the start of a cluster there may be none, which is waited for."""
        if not self._router.nodes():
            await self.command("TIME", key="", read_only=True)
        return self._router.nodes()

    async def publish(self, channel: str, payload: bytes) -> int:
        """Publish; how many subscribed connections of this node heard it."""
        return as_count(await self.command("PUBLISH", channel, payload, key=channel))

    async def _probe(self, channel: str, payload: bytes) -> int:
        words = ("PUBLISH", channel, payload)
        return as_count(
            await self._one_command(words, lambda: self._router.prober(channel), (), read_only=False)
        )

    async def _one_command(
        self, words: tuple[Argument, ...], choose: Choose, keys: Sequence[str], *, read_only: bool
    ) -> object:
        packed = pack(words)

        def send(to: Target, until: float, whole: bool) -> Awaitable[object]:  # noqa: ARG001 - scripts alone differ
            return to.send(packed, until)

        return await self._attempt(choose, keys, send, read_only=read_only)

    async def _attempt(
        self,
        choose: Choose,
        keys: Sequence[str],
        send: Send,
        *,
        read_only: bool,
        safe_to_repeat: bool = False,
    ) -> object:
        """Send until answered, again only where that is known to be safe."""
        until = deadline(self._settings)
        self._budget.earn()
        doubtful = False  # whether an attempt may have written
        for pause in _REPEATS:
            fault: Exception
            cause: Exception
            try:
                node = _chosen(choose)
                to = Target(node, node.ready() or await node.connection(until))
                reply = await send(to, until, False)
                if not isinstance(reply, ReplyError):
                    return reply
                return await self._heed(reply, to, keys, send, until)
            except (BrokenOff, ConnectionLost, ReplyTimeout) as lost:
                doubtful = doubtful or (lost.sent and not read_only)
                fault, cause = RedisUnavailable(str(lost)), lost
            except _DidNotRun as refused:
                fault, cause = refused.fault, refused
            except QuikstateError as error:
                if not doubtful:
                    raise
                raise OutcomeUnknown from error
            again = safe_to_repeat or not doubtful
            if not again or monotonic() + pause >= until or not self._may_repeat(cause):
                raise OutcomeUnknown() if doubtful else fault from cause
            await self._router.pause(pause)
        raise AssertionError("there is always another pause")

    def _may_repeat(self, cause: Exception) -> bool:
        """What was not even sent costs Redis nothing, and makes sense while a node is to be expected."""
        if isinstance(cause, _NoNode):
            return self._router.hopeful
        return self._budget.spend()

    async def _heed(
        self, error: ReplyError, to: Target, keys: Sequence[str], send: Send, until: float
    ) -> object:
        """Do what error replies ask, one after another: the reply then, or raise what the last one means."""
        answer, whole = answer_to(error), False
        for _ in range(_MOST_TURNS):
            if answer is Answer.LOAD_SCRIPT:
                whole = True
            elif answer is Answer.REDIRECT:
                to = await self._redirected(redirect_of(error), to.node, until)
            else:
                break
            reply = await send(to, until, whole)
            if not isinstance(reply, ReplyError):
                return reply
            error, answer = reply, answer_to(reply)
        to.node.heed(error)
        if answer is Answer.FAIL:
            raise meaning_of(error, await name_candidates(error, keys, to, until))
        if answer is Answer.BROKEN_OFF:
            raise BrokenOff from error
        if answer is Answer.LATE:
            to.node.clock.observe(int(error.text.split()[1]), float("-inf"), monotonic())
        if answer is Answer.SUSPECT:
            self._router.suspect(to.node)
        raise _DidNotRun(meaning_of(error, keys)) from error

    async def _redirected(self, redirect: Redirect, said_by: Node, until: float) -> Target:
        node = self._router.follow(redirect, said_by)
        return Target(node, node.ready() or await node.connection(until), redirect.once)


class _DidNotRun(Exception):
    """What was asked is known not to have run; `fault` is what to say if it is not to be repeated."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _NoNode(_DidNotRun):
    """There was nowhere to send it."""


def _chosen(choose: Choose) -> Node:
    try:
        return choose()
    except RedisUnavailable as error:
        raise _NoNode(error) from error
