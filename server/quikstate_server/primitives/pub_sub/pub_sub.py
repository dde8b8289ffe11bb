"""Publishing, histories, and the subscriptions of this process."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import ChannelDurable, Overloaded
from quikstate_server.peers import Peers
from quikstate_server.primitives.pub_sub.channel import Channel
from quikstate_server.primitives.pub_sub.channel_context import ChannelContext
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace, ChannelKeyspaces
from quikstate_server.primitives.pub_sub.channel_prefix import ChannelPrefix
from quikstate_server.primitives.pub_sub.fanout import Fanout
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelInfo,
    Durability,
    EncodeEvent,
    HistoryPage,
    HistoryPosition,
    Publication,
    PublishOutcome,
)
from quikstate_server.primitives.pub_sub.source_registry import SourceRegistry
from quikstate_server.primitives.pub_sub.store import MAX_SCRIPT_BYTES, IndexedPublication, PubSubStore
from quikstate_server.primitives.pub_sub.subscription import Subscription
from quikstate_server.primitives.streams.mailbox import Mailbox
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.glob import escape_glob
from quikstate_server.redis_client.reply_types import read_bytes, read_bytes_list, read_int, read_list
from quikstate_server.redis_client.slot_batches import run_slot_batches
from quikstate_server.settings import Limits
from quikstate_server.slots import NO_LIMIT, Slots

_SILENCE_SECONDS = 30.0
"""How long a durable channel may be silent before its history is read."""
_SUBSCRIBER_COUNTS = "pub_sub.subscriber_counts"
"""The query to peers."""


class PubSub:
    """Pub/sub over one Redis client. `durable_prefixes` are those of channels that are durable by setting."""

    def __init__(
        self,
        redis_client: RedisClient,
        limits: Limits,
        encode: EncodeEvent,
        peers: Peers | None = None,
        *,
        durable_prefixes: Sequence[str] = (),
        key_prefix: str = "",
        channel_prefix: str = "",
    ) -> None:
        self._redis_client = redis_client
        self._limits = limits
        self._durable_prefixes = tuple(durable_prefixes)
        self._keyspaces = ChannelKeyspaces(key_prefix, channel_prefix)
        self._store = PubSubStore(redis_client, limits)
        self._context = ChannelContext(
            self._store, Fanout(encode, redis_client.monitor), BackgroundTasks(redis_client.monitor)
        )
        self._channels = SourceRegistry(self._make_channel)
        self._prefixes = SourceRegistry(self._make_prefix)
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._peers = peers or Peers()
        self._peers.answers[_SUBSCRIBER_COUNTS] = self._answer_subscriber_counts

    async def start(self) -> None:
        """Begin to look for silent channels."""
        self._tasks.keep_running("pub_sub.silence_check", self._check_silence)

    async def close(self) -> None:
        """End all subscriptions in Redis."""
        await self._tasks.close()
        self._channels.close()
        self._prefixes.close()
        await self._context.tasks.close()

    async def _check_silence(self) -> None:
        while True:
            await asyncio.sleep(_SILENCE_SECONDS / 10)
            for channel in self._channels:
                channel.check_silence(_SILENCE_SECONDS)

    @property
    def fanout(self) -> Fanout:
        """Return what delivers messages, and counts them."""
        return self._context.fanout

    @property
    def source_count(self) -> int:
        """Count the channels and prefixes with subscribers in this process."""
        return len(self._channels) + len(self._prefixes)

    def subscription(self, namespace: str, mailbox: Mailbox[bytes], slots: Slots = NO_LIMIT) -> Subscription:
        """Return a subscription to nothing yet, which ends when it is left as a context manager."""
        keyspace = self._keyspaces.of(namespace)
        return Subscription(self._context, self._channels, self._prefixes, keyspace, mailbox, slots)

    async def publish(
        self, namespace: str, publications: Sequence[Publication], min_replicas: int = 0
    ) -> Sequence[PublishOutcome]:
        """Publish messages, those for one channel in order; return the outcome of each."""
        keyspace = self._keyspaces.of(namespace)
        outcomes: dict[int, PublishOutcome] = {}
        accepted: list[IndexedPublication] = []
        for index, publication in enumerate(publications):
            if self._is_durable(publication.channel):
                if publication.durability is Durability.EPHEMERAL:
                    outcomes[index] = ChannelDurable(publication.channel)
                    continue
                publication = _as_durable(publication)
            accepted.append((index, publication))
        for (index, _), outcome in zip(
            accepted, await self._publish(keyspace, accepted, min_replicas), strict=True
        ):
            outcomes[index] = outcome
        return [outcomes[index] for index in range(len(publications))]

    async def _publish(
        self, keyspace: ChannelKeyspace, publications: Sequence[IndexedPublication], min_replicas: int
    ) -> Sequence[PublishOutcome]:
        """Publish with one script per slot; large messages with several in turn, until one fails."""

        async def publish(indexes: Sequence[int]) -> Sequence[PublishOutcome]:
            batch = [publications[index] for index in indexes]
            return await self._store.publish(keyspace, batch, min_replicas)

        histories = [keyspace.history(publication.channel) for _, publication in publications]
        return await run_slot_batches(
            self._redis_client.split_by_slot(histories) if histories else (),
            publish,
            max_items=None,
            weights=[len(publication.payload) for _, publication in publications],
            max_weight=MAX_SCRIPT_BYTES,
            max_concurrent=None,
            in_order=True,
        )

    async def list_history(
        self,
        namespace: str,
        channel: str,
        *,
        after: HistoryPosition = START,
        before: HistoryPosition | None = None,
        max_messages: int,
        newest_first: bool = False,
    ) -> HistoryPage:
        """Read a page of a channel's history."""
        return await self._store.read_page(
            self._keyspaces.of(namespace),
            channel,
            after=after,
            before=before,
            max_messages=max_messages,
            newest_first=newest_first,
        )

    async def delete_history(self, namespace: str, channel: str) -> bool:
        """Delete a channel's history; return False if it has none."""
        return await self._store.delete_history(self._keyspaces.of(namespace), channel)

    async def list_channels(
        self, namespace: str, prefix: str, after: str, max_channels: int
    ) -> Sequence[ChannelInfo]:
        """List the channels after the name `after` that any connection to Redis subscribes to, by name."""
        keyspace = self._keyspaces.of(namespace)
        before, behind = keyspace.live_affixes(prefix)
        raw, live = await asyncio.gather(
            self._redis_channels(escape_glob(keyspace.raw_channel(prefix)) + "*"),
            self._redis_channels(escape_glob(before) + "*" + behind),
        )
        names = {keyspace.name_of_raw(name) for name in raw} | {keyspace.name_of_live(name) for name in live}
        listed = sorted(name for name in names if name is not None and name > after)[:max_channels]
        connections = await self._count_connections(keyspace, listed)
        subscribers = await self._count_subscribers(namespace, listed)
        return [ChannelInfo(name, connections[name], subscribers[name]) for name in listed]

    async def _redis_channels(self, pattern: str) -> set[str]:
        """Return the subscribed Redis channels of all nodes; one that is not UTF-8 is not a channel here."""
        replies = await self._redis_client.ask_each("PUBSUB", "CHANNELS", pattern)
        names = {name for reply in replies.values() for name in read_bytes_list(reply)}
        return {text for name in names if (text := name.decode(errors="replace")).encode() == name}

    async def _count_connections(
        self, keyspace: ChannelKeyspace, channels: Sequence[str]
    ) -> Mapping[str, int]:
        """Count the connections that subscribe; one with both names of a channel counts once."""
        names = {
            redis_channel: name
            for name in channels
            for redis_channel in (keyspace.raw_channel(name), keyspace.live_channel(name))
        }
        replies = await self._redis_client.ask_each("PUBSUB", "NUMSUB", *names) if names else {}
        total: dict[str, int] = defaultdict(int)
        for reply in replies.values():
            pairs = read_list(reply)
            of_node: dict[str, int] = defaultdict(int)
            for redis_channel, count in zip(pairs[::2], pairs[1::2], strict=True):
                name = names[read_bytes(redis_channel).decode()]
                of_node[name] = max(of_node[name], read_int(count))
            for name, count in of_node.items():
                total[name] += count
        return total

    async def _count_subscribers(self, namespace: str, channels: Sequence[str]) -> Mapping[str, int]:
        """Count the streams of all processes of this server."""
        question = json.dumps([namespace, *channels])
        answers = [self._answer_subscriber_counts(question)]
        answers += await self._peers.ask(_SUBSCRIBER_COUNTS, question)
        counts = [json.loads(answer) for answer in answers if answer]
        return {name: sum(column) for name, column in zip(channels, zip(*counts, strict=True), strict=True)}

    def _answer_subscriber_counts(self, question: str) -> str:
        """Answer how many streams of this process subscribe to each channel."""
        namespace, *names = json.loads(question)
        keyspace = self._keyspaces.of(namespace)
        channels = [self._channels.get(keyspace, name) for name in names]
        return json.dumps([len(channel.audience.mailboxes) if channel else 0 for channel in channels])

    def _is_durable(self, channel: str) -> bool:
        """Return True if a channel is durable by setting."""
        return channel.startswith(self._durable_prefixes)

    def _make_channel(self, keyspace: ChannelKeyspace, name: str) -> Channel:
        return Channel(self._context, keyspace, name, durable_by_setting=self._is_durable(name))

    def _make_prefix(self, keyspace: ChannelKeyspace, name: str) -> ChannelPrefix:
        if len(self._prefixes) >= self._limits.max_prefixes_per_server:
            raise Overloaded("limits.max_prefixes_per_server")
        return ChannelPrefix(self._context, keyspace, name)


def _as_durable(publication: Publication) -> Publication:
    return Publication(
        publication.channel, publication.payload, Durability.DURABLE, publication.idempotency_key
    )
