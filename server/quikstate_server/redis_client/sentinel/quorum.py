"""The votes of the sentinels on who is the master, and whether a majority of them agrees.

Each sentinel is asked by itself: at intervals, whenever one announces a switch, and when the master is in
doubt. So one that is silent delays nobody, and one that is wrong is outvoted. The sentinels in the settings
are the electorate: what a sentinel says of other sentinels counts for nothing.

A failover makes a replica the master before it informs the other sentinels. Until they know, they still
confirm the old master, which still acknowledges writes. So while any sentinel leads a failover, nothing is
written.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import RedisUnavailable
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.connection.connection import Dial, SharedConnection
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.connection.pubsub_connection import ChannelOrPattern, PubSubConnection
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.redis_client.reply_types import read_bytes_list, read_fields
from quikstate_server.redis_client.topology import KnownSentinel
from quikstate_server.settings import RedisSettings
from quikstate_server.signals import Signal

_EVENTS: Sequence[ChannelOrPattern] = ((b"+switch-master", False), (b"+try-failover", False))
_QUESTIONS = "MASTER", "GET-MASTER-ADDR-BY-NAME"
_PROMOTING = {b"wait_start", b"select_slave", b"send_slaveof_noone", b"wait_promotion"}
"""States of a failover before the sentinel that leads it names the new master."""
_PROMOTION_SECONDS = 5.0
"""How long one sentinel that promotes a replica may stop writes; a promotion takes less."""
_REDIAL = Backoff(0.02, 0.5)
_POLLS_PER_FENCE = 4
"""How often a sentinel is asked, at least, while its last vote still counts."""
_MIN_POLL_SECONDS = 0.01
"""The shortest time between two requests to one sentinel, however many events cause them."""
_log = get_logger()


class Master(NamedTuple):
    """A master, by the address that sentinels announce, and its failover epoch (Sentinel's config epoch).

    Only together do they identify a master: after two failovers the address alone may be that of an older
    configuration.
    """

    host: str
    port: int
    failover_epoch: int


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote of one sentinel; it counts until `expires_at`, in monotonic seconds."""

    master: Master
    expires_at: float
    quorum: int
    """How many sentinels must agree that the master is down."""
    state: bytes
    """The state of a failover that the sentinel leads; empty while it leads none."""

    def is_promoting_instead_of(self, master: Master) -> bool:
        """Return True if the sentinel promotes another server, so that writes to `master` may be lost."""
        return bool(self.state) and (self.master != master or self.state in _PROMOTING)


class Sentinel:
    """One sentinel: asked, and subscribed to; dialled anew for ever, until closed."""

    def __init__(
        self,
        name: str,
        dial: Dial,
        master: str,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_vote: Callable[[], None],
        on_failover_event: Callable[[], None],
    ) -> None:
        self.vote: Vote | None = None
        self.fault = "it has not answered yet"
        """Why there is no newer vote."""
        self._name = name
        self._dial = dial
        self._master = master
        self._settings = settings.model_copy(update={"max_in_flight_commands": len(_QUESTIONS)})
        self._on_vote = on_vote
        self._on_failover_event = on_failover_event
        self._questions = [pack(("SENTINEL", question, master)) for question in _QUESTIONS]
        self._leading_since: float | None = None
        self._poll_now = Signal()
        self._tasks = BackgroundTasks(monitor)

    def __str__(self) -> str:
        return f"{self._name}: {self.fault}" if self.fault else self._name

    @property
    def known(self) -> KnownSentinel:
        """Return what is known of it."""
        named = self.vote.master if self.vote else None
        master = str(Address(named.host, named.port)) if named else ""
        return KnownSentinel(self._name, not self.fault, master)

    def start(self) -> None:
        """Begin to connect."""
        self._tasks.keep_running("sentinel.connection", self._keep_connected, vital=True)

    async def close(self) -> None:
        """End the connections."""
        await self._tasks.close()

    def ask(self) -> None:
        """Ask for its vote now."""
        self._poll_now.set()

    async def _keep_connected(self) -> None:
        pauses = iter(_REDIAL)
        while True:
            before = self.vote
            try:
                await self._poll_until_lost()
            except (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError) as error:
                if not self.fault:
                    _log.warning("sentinel.connection_lost", sentinel=self._name, error=str(error))
                self.fault = str(error)
            if self.vote is not before:
                pauses = iter(_REDIAL)
            await asyncio.sleep(next(pauses))

    async def _poll_until_lost(self) -> None:
        """Ask over one connection, and subscribe over another, until one of them fails."""
        connection = SharedConnection(await self._dial(), self._settings)
        try:
            await self._poll(connection)
            events = PubSubConnection(await self._dial(), self._on_subscribed, self._on_event, self.ask)
            for event in _EVENTS:
                events.subscribe(event)
            try:
                while not events.is_lost:
                    await self._wait_for_poll()
                    await self._poll(connection)
            finally:
                await events.close()
        finally:
            await connection.close()

    def _on_subscribed(self, target: ChannelOrPattern) -> None:  # noqa: ARG002 - each of them
        self.ask()  # events before this were not received

    def _on_event(self, target: ChannelOrPattern, channel: bytes, payload: bytes) -> None:  # noqa: ARG002 - the same
        if self._master.encode() in payload.split():
            self._on_failover_event()

    async def _wait_for_poll(self) -> None:
        await asyncio.sleep(_MIN_POLL_SECONDS)
        now, pause = monotonic(), self._settings.sentinel_poll_seconds
        if self.vote:
            pause = min(pause, (self.vote.expires_at - now) / _POLLS_PER_FENCE)
        await self._poll_now.wait(now + pause)

    async def _poll(self, connection: SharedConnection) -> None:
        """Ask both questions in one write, which the sentinel answers without doing anything between."""
        self._poll_now.clear()
        sent_at = monotonic()
        until = sent_at + self._settings.sentinel_seconds
        facts, address = await asyncio.gather(
            *(connection.send(question, until) for question in self._questions)
        )
        for reply in (facts, address):
            if isinstance(reply, ReplyError):
                raise reply
        self.vote = self._parse_vote(facts, address, sent_at)
        self.fault = ""
        self._on_vote()

    def _parse_vote(self, facts_reply: object, address: object, sent_at: float) -> Vote:
        try:
            pairs, (host, port) = read_bytes_list(facts_reply), read_fields(address, bytes, bytes)
            facts = dict(zip(pairs[::2], pairs[1::2], strict=False))
            master = Master(host.decode(), int(port), int(facts[b"config-epoch"]))
            down_after = int(facts[b"down-after-milliseconds"]) / 1_000
        except Exception as error:  # the edge, as for the replies of a cluster
            raise ReplyError(f"unexpected reply from the sentinel about {self._master!r}") from error
        expires_at = sent_at + min(self._settings.sentinel_fence_seconds, down_after)
        state = self._failover_state(facts.get(b"failover-state", b""), sent_at)
        return Vote(master, expires_at, int(facts.get(b"quorum", 0)), state)

    def _failover_state(self, state: bytes, now: float) -> bytes:
        """Return the state, or none after too long: one sentinel must not stop writes for ever."""
        if not state:
            self._leading_since = None
        elif self._leading_since is None:
            self._leading_since = now
        elif now - self._leading_since > _PROMOTION_SECONDS:
            return b""
        return state


class SentinelQuorum:
    """All sentinels. `on_agreed` receives the master that a majority names, and until when that counts."""

    def __init__(
        self,
        dials: Mapping[str, Dial],
        master: str,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_agreed: Callable[[Master, float], None],
    ) -> None:
        self._sentinels = [
            Sentinel(name, dial, master, settings, monitor, self._tally, self.ask)
            for name, dial in dials.items()
        ]
        self._majority = len(self._sentinels) // 2 + 1
        self._master = master
        self._on_agreed = on_agreed
        self._is_replaced = False

    def start(self) -> None:
        """Begin to connect to each of them."""
        for sentinel in self._sentinels:
            sentinel.start()

    async def close(self) -> None:
        """End the connections."""
        await asyncio.gather(*(sentinel.close() for sentinel in self._sentinels))

    def ask(self) -> None:
        """Ask all for their votes now."""
        for sentinel in self._sentinels:
            sentinel.ask()

    @property
    def known(self) -> Sequence[KnownSentinel]:
        """Return what is known of each."""
        return [sentinel.known for sentinel in self._sentinels]

    @property
    def quorum(self) -> int:
        """Return how many must agree that the master is down, as those say that reply; 0 if none does."""
        votes = [sentinel.vote for sentinel in self._sentinels if sentinel.vote and not sentinel.fault]
        return max((vote.quorum for vote in votes), default=0)

    def error(self) -> str:
        """Return why there is no confirmed master."""
        if self._is_replaced:
            return f"sentinels are replacing the master {self._master!r} in a failover"
        faults = "; ".join(str(sentinel) for sentinel in self._sentinels if sentinel.fault)
        count = len(self._sentinels)
        return (
            f"fewer than {self._majority} of {count} sentinels agree on the master {self._master!r}"
            f"{f' ({faults})' if faults else ''}"
        )

    def _tally(self) -> None:
        now = monotonic()
        votes = [
            sentinel.vote for sentinel in self._sentinels if sentinel.vote and sentinel.vote.expires_at > now
        ]
        self._is_replaced = False
        for master, count in Counter(vote.master for vote in votes).most_common(1):
            if count >= self._majority:
                expiries = sorted((vote.expires_at for vote in votes if vote.master == master), reverse=True)
                self._is_replaced = any(vote.is_promoting_instead_of(master) for vote in votes)
                self._on_agreed(master, now if self._is_replaced else expiries[self._majority - 1])
