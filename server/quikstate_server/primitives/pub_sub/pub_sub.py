"""Publishing, and all that is listened to in this process."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import cast

from quikstate_server import keys
from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import ChannelDurable, Overloaded, QuikstateError
from quikstate_server.peers import Peers
from quikstate_server.primitives.pub_sub.channel import Channel
from quikstate_server.primitives.pub_sub.fanout import Box, Home
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelInfo,
    Durability,
    Encode,
    Outcome,
    Page,
    Position,
    Publication,
)
from quikstate_server.primitives.pub_sub.names import ChannelSpace, ChannelSpaces
from quikstate_server.primitives.pub_sub.prefix import Prefix
from quikstate_server.primitives.pub_sub.store import Numbered, PubSubStore, few
from quikstate_server.primitives.pub_sub.subscription import Subscription
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.glob import escape_glob
from quikstate_server.settings import Limits

_LOOK_SECONDS = 30.0
"""How long a durable channel may be silent before its history is asked whether it should be."""
_SUBSCRIBERS = "pub_sub.subscribers"

Name = tuple[ChannelSpace, str]


class PubSub:
    """`durable` are the prefixes of the channels that are durable by setting."""

    def __init__(
        self,
        redis_client: RedisClient,
        limits: Limits,
        encode: Encode,
        peers: Peers | None = None,
        *,
        durable: Sequence[str] = (),
        key_prefix: str = "",
        channel_prefix: str = "",
    ) -> None:
        self._redis_client = redis_client
        self._limits = limits
        self._durable = tuple(durable)
        self._keyspaces = ChannelSpaces(key_prefix, channel_prefix)
        self._store = PubSubStore(redis_client, limits)
        self._home = Home(self._store, encode, self._is_durable)
        self._channels: dict[Name, Channel] = {}
        self._prefixes: dict[Name, Prefix] = {}
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._peers = peers or Peers()
        self._peers.answers[_SUBSCRIBERS] = self._tell_subscribers

    async def start(self) -> None:
        self._tasks.keep_running("pub_sub.look", self._look)

    async def close(self) -> None:
        await self._tasks.close()
        for channel in self._channels.values():
            channel.end()
        for prefix in self._prefixes.values():
            prefix.end()
        await self._home.tasks.close()
        self._channels.clear()
        self._prefixes.clear()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS / 10)
            for channel in list(self._channels.values()):
                channel.look(_LOOK_SECONDS)

    @property
    def listened_to(self) -> int:
        """Channels and prefixes that someone listens to here."""
        return len(self._channels) + len(self._prefixes)

    def listening(self, namespace: str, box: Box) -> Subscription:
        """A subscription of nothing yet, which ends when it is left as a context."""
        return Subscription(self._home, self, self._keyspaces.of(namespace), box)

    async def publish(
        self, namespace: str, publications: Sequence[Publication], min_replicas: int = 0
    ) -> Sequence[Outcome]:
        """What became of each; those for one channel keep their order."""
        keyspace = self._keyspaces.of(namespace)
        outcomes: dict[int, Outcome] = {}
        sent: list[tuple[int, Publication]] = []
        for index, one in enumerate(publications):
            if not self._is_durable(one.channel):
                sent.append((index, one))
            elif one.durability is Durability.EPHEMERAL:
                outcomes[index] = ChannelDurable(one.channel)
            else:
                kept = Publication(one.channel, one.payload, Durability.DURABLE, one.idempotency_key)
                sent.append((index, kept))
        parts = (
            self._redis_client.split_by_slot([keyspace.history(one.channel) for _, one in sent])
            if sent
            else []
        )
        works = [
            self._publish_part(keyspace, [sent[place] for place in part], min_replicas, outcomes)
            for part in parts
        ]
        await asyncio.gather(*works)
        return [outcomes[index] for index in range(len(publications))]

    async def _publish_part(
        self,
        keyspace: ChannelSpace,
        part: Sequence[Numbered],
        min_replicas: int,
        outcomes: dict[int, Outcome],
    ) -> None:
        """What may be in one script: in several if it is much, one after the other, until one fails."""
        left = list(part)
        while left:
            some = few(left)
            found: Sequence[Outcome]
            try:
                found = await self._store.publish(keyspace, some, min_replicas)
            except QuikstateError as error:
                some, found = left, [error] * len(left)
            outcomes.update(zip((index for index, _ in some), found, strict=True))
            left = left[len(some) :]

    async def list_history(
        self,
        namespace: str,
        channel: str,
        *,
        after: Position = START,
        before: Position | None = None,
        most: int,
        newest_first: bool = False,
    ) -> Page:
        return await self._store.read(
            self._keyspaces.of(namespace),
            channel,
            after=after,
            before=before,
            most=most,
            newest_first=newest_first,
        )

    async def delete_history(self, namespace: str, channel: str) -> bool:
        return await self._store.delete_history(self._keyspaces.of(namespace), channel)

    async def list_channels(
        self, namespace: str, prefix: str, after: str, most: int
    ) -> Sequence[ChannelInfo]:
        """Those after the one named `after`, by name: all that any connection of Redis is subscribed to."""
        keyspace = self._keyspaces.of(namespace)
        raw, live = (
            keyspace.channel(prefix),
            keyspace.kept.sidecar(keys.channel(prefix), "").removesuffix("}:"),
        )
        replies = await asyncio.gather(
            self._redis_client.ask_each("PUBSUB", "CHANNELS", escape_glob(raw) + "*"),
            self._redis_client.ask_each("PUBSUB", "CHANNELS", escape_glob(live) + "*}:live"),
        )
        heard = [_names(reply) for reply in replies]
        names = {keyspace.heard(name) for name in heard[0]} | {keyspace.heard_live(name) for name in heard[1]}
        rows = sorted(name for name in names if name is not None and name > after)[:most]
        connections = await self._connections(keyspace, rows)
        subscribers = await self._subscribers(namespace, rows)
        return [ChannelInfo(name, connections[name], subscribers[name]) for name in rows]

    async def _subscribers(self, namespace: str, names: Sequence[str]) -> Mapping[str, int]:
        """How many streams listen, in all processes of this server."""
        about = json.dumps([namespace, *names])
        told = [self._tell_subscribers(about), *await self._peers.ask(_SUBSCRIBERS, about)]
        counts = [json.loads(one) for one in told if one]
        return {name: sum(column) for name, column in zip(names, zip(*counts, strict=True), strict=True)}

    def _tell_subscribers(self, about: str) -> str:
        namespace, *names = json.loads(about)
        keyspace = self._keyspaces.of(namespace)
        return json.dumps([self._streams(keyspace, name) for name in names])

    async def _connections(self, keyspace: ChannelSpace, rows: Sequence[str]) -> dict[str, int]:
        """A server hears a channel by one of its names, or by both over one connection."""
        wires = {wire: name for name in rows for wire in (keyspace.channel(name), keyspace.live(name))}
        replies = await self._redis_client.ask_each("PUBSUB", "NUMSUB", *wires) if wires else {}
        counts: dict[str, int] = defaultdict(int)
        for reply in replies.values():
            counted = cast("list[bytes | int]", reply)
            here: dict[str, int] = defaultdict(int)
            for wire, count in zip(counted[::2], counted[1::2], strict=True):
                name = wires[cast(bytes, wire).decode()]
                here[name] = max(here[name], cast(int, count))
            for name, count in here.items():
                counts[name] += count
        return counts

    def _streams(self, keyspace: ChannelSpace, name: str) -> int:
        channel = self._channels.get((keyspace, name))
        return len(channel.boxes) if channel else 0

    def _is_durable(self, channel: str) -> bool:
        return channel.startswith(self._durable) if self._durable else False

    def channel(self, keyspace: ChannelSpace, name: str) -> Channel:
        """The one that is listened to, or a new one; see Registry."""
        if (keyspace, name) not in self._channels:
            self._channels[keyspace, name] = Channel(self._home, keyspace, name)
        return self._channels[keyspace, name]

    def prefix(self, keyspace: ChannelSpace, name: str) -> Prefix:
        if (keyspace, name) not in self._prefixes:
            if len(self._prefixes) >= self._limits.max_all_prefixes:
                raise Overloaded("limits.max_all_prefixes")
            self._prefixes[keyspace, name] = Prefix(self._home, keyspace, name)
        return self._prefixes[keyspace, name]

    def leave(self, keyspace: ChannelSpace, one: Channel | Prefix) -> None:
        """The last one to leave ends the subscription in Redis."""
        held: dict[Name, Channel] | dict[Name, Prefix]
        held = self._channels if isinstance(one, Channel) else self._prefixes
        if one.idle and held.get((keyspace, one.name)) is one:
            del held[keyspace, one.name]
            one.end()


def _names(replies: object) -> set[str]:
    """Of all nodes; those that are no UTF-8 are nobody's here."""
    found: set[str] = set()
    for reply in cast("dict[str, list[bytes]]", replies).values():
        for name in reply:
            text = name.decode(errors="replace")
            if text.encode() == name:
                found.add(text)
    return found
