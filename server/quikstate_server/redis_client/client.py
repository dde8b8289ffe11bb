"""The one interface to Redis in every topology: run scripts and commands, publish, subscribe."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Any, cast

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import ReplicasNotReached
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.dial import AskServer
from quikstate_server.redis_client.dispatch import Acknowledged, Destination, send_with_wait
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.packing import Argument, pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError
from quikstate_server.redis_client.reply_types import read_bytes_list, read_fields, read_int
from quikstate_server.redis_client.retry import ChooseNode, CommandCounts, RetryLoop
from quikstate_server.redis_client.router import Router
from quikstate_server.redis_client.scan_cursor import parse_scan_cursor
from quikstate_server.redis_client.script import Script
from quikstate_server.redis_client.subscriber import Subscriber
from quikstate_server.settings import RedisSettings
from quikstate_server.telemetry import span, traced


class RedisClient:
    """Redis, as primitives see it.

    Every method ends by the deadline of the current call, or by `settings.command_seconds` if that is
    sooner. It raises the errors of `errors`: RedisUnavailable when nothing ran and a retry may help,
    OutcomeUnknown when a write may have run, KeyTypeConflict when a key holds a value of another type.
    """

    def __init__(
        self,
        router: Router,
        dial: Dial,
        settings: RedisSettings,
        monitor: FaultMonitor,
        *,
        ask_server: AskServer,
        channel_prefix: str = "",
    ) -> None:
        self.ask_server = ask_server
        """Asks a server to which no connection is kept."""
        self.monitor = monitor
        """Receives the faults of all background tasks that use this Redis."""
        self.subscriber = Subscriber(dial, self._publish_probe, settings, monitor, channel_prefix)
        self.router = router
        """Chooses the node for a key."""
        self._retry_loop = RetryLoop(router, settings)
        self._settings = settings

    async def start(self) -> None:
        """Begin to connect. It returns without waiting for a Redis that does not answer."""
        await self.router.start()
        await self.subscriber.start()

    async def close(self) -> None:
        """End every connection. Calls that wait for a reply fail."""
        await self.subscriber.close()
        await self.router.close()

    @property
    def is_available(self) -> bool:
        """Return True while Redis answers for every key, in time."""
        return self.router.is_available

    @property
    def accepts_writes(self) -> bool:
        """Return False while Redis answers and refuses writes: its disk is full, it loads its data."""
        return self.router.accepts_writes

    @property
    def write_refusals(self) -> Mapping[str, ReplyError]:
        """Return the errors of the nodes that answer and refuse writes, by the names of the nodes."""
        refusals = {node.name: node.write_refusal for node in self.router.nodes()}
        return {name: refusal for name, refusal in refusals.items() if refusal}

    @property
    def failover_epoch(self) -> int:
        """Return a number that rises with each failover that Sentinel counts; 0 in other topologies."""
        return self.router.failover_epoch

    @property
    def counts(self) -> CommandCounts:
        """Return what became of the commands so far."""
        return self._retry_loop.counts

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        """Return the indexes of `keys`, grouped by what one script may touch; see `slot_batches`."""
        return self.router.split_by_slot(keys)

    def run(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> Coroutine[Any, Any, object]:
        """Run `script` on the server that may write `keys`; return its reply, see `reply_types`.

        `safe_to_repeat` says that running it twice is as running it once. Then it is sent again when its
        reply is lost, until the deadline. Without it, OutcomeUnknown is raised where it may have run. A
        read-only script is always sent again.
        """

        def send(to: Destination, until: float, with_source: bool) -> Awaitable[object]:
            return to.send(to.pack_script(script, keys, arguments, until, with_source=with_source), until)

        choose = partial(self.router.node_for, keys[0])
        reply = self._retry_loop.run(
            choose, keys, send, read_only=script.read_only, safe_to_repeat=safe_to_repeat
        )
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

        async def send(to: Destination, until: float, with_source: bool) -> object:
            node = to.node
            async with node.dedicated.hold(until) as connection:
                dedicated = to._replace(connection=connection)
                command = dedicated.pack_script(script, keys, arguments, until, with_source=with_source)
                reply = await send_with_wait(dedicated, command, min_replicas, until)
            if isinstance(reply, Acknowledged) and reply.replicas < min_replicas:
                self.router.report_suspect(node)
                raise ReplicasNotReached(reply.replicas, min_replicas)
            if not self.router.is_confirmed(node):
                raise ConnectionLost(sent=True)  # what it acknowledges now, its successor may not have
            return reply

        with span(script.name):
            choose = partial(self.router.node_for, keys[0])
            acknowledged = await self._retry_loop.run(
                choose, keys, send, read_only=script.read_only, safe_to_repeat=safe_to_repeat
            )
            return cast("Acknowledged", acknowledged)

    async def command(self, *args: Argument, key: str, read_only: bool = False) -> object:
        """Run one command about `key`; return its reply.

        `read_only` says that it writes nothing, so that it is sent again when its reply is lost.
        """
        return await self._run_command(args, partial(self.router.node_for, key), (key,), read_only=read_only)

    async def scan(self, pattern: str, cursor: str, count: int) -> tuple[list[str], str]:
        """Take one step through all keys of all nodes; return keys that match `pattern`, and the next cursor.

        The first cursor and the last are "". A step looks at about `count` keys. A key that exists
        throughout is returned at least once; one that is no UTF-8 is left out.
        """
        scan = parse_scan_cursor(cursor, await self._known_nodes())
        args = ("SCAN", scan.position, "MATCH", pattern, "COUNT", count)
        reply = await self._run_command(args, lambda: scan.node, (), read_only=True)
        position, names = read_fields(reply, bytes, list)
        return _decoded(read_bytes_list(names)), scan.advance(position.decode())

    async def ask_each(self, *args: Argument) -> Mapping[str, object]:
        """Run a command that only reads on every node; return the replies by the names of the nodes."""

        async def ask(node: Node) -> object:
            return await self._run_command(args, lambda: node, (), read_only=True)

        nodes = await self._known_nodes()
        replies = await asyncio.gather(*map(ask, nodes))
        return dict(zip((node.name for node in nodes), replies, strict=True))

    async def publish(self, channel: str, payload: bytes) -> int:
        """Publish; return how many subscribed connections of this node received it."""
        return read_int(await self.command("PUBLISH", channel, payload, key=channel))

    async def _publish_probe(self, channel: str, payload: bytes) -> int:
        args, choose = ("PUBLISH", channel, payload), partial(self.router.probe_node, channel)
        return read_int(await self._run_command(args, choose, (), read_only=False))

    async def _known_nodes(self) -> Sequence[Node]:
        """Return the nodes known now. Soon after the start of a cluster there may be none: wait for one."""
        if not self.router.nodes():
            await self.command("TIME", key="", read_only=True)
        return self.router.nodes()

    async def _run_command(
        self, args: tuple[Argument, ...], choose: ChooseNode, keys: Sequence[str], *, read_only: bool
    ) -> object:
        packed = pack(args)

        def send(to: Destination, until: float, with_source: bool) -> Awaitable[object]:  # noqa: ARG001 - for scripts
            return to.send(packed, until)

        return await self._retry_loop.run(choose, keys, send, read_only=read_only)


def _decoded(names: Sequence[bytes]) -> list[str]:
    """Return the names that are UTF-8."""
    texts = ((name, name.decode(errors="replace")) for name in names)
    return [text for name, text in texts if text.encode() == name]
