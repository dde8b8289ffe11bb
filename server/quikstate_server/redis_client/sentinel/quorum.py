"""What the sentinels say of a master, and whether a majority of them says the same.

Each is asked by itself, now and then, whenever one tells of a switch, and when the master
is in doubt. So one that is silent delays nobody, and one that lies is outvoted. Those that
settings name are the electorate: what a sentinel says of other sentinels counts for nothing.

A failover makes a replica the master before it tells the others, and until they know they still
acknowledge what the old one takes on. So while one sentinel leads a failover, nothing is written.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple, cast

import structlog

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.connection.connection import Dial, SharedConnection
from quikstate_server.redis_client.connection.pubsub_connection import ListeningConnection, Wire
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.settings import RedisSettings

_EVENTS: Sequence[Wire] = ((b"+switch-master", False), (b"+try-failover", False))
_QUESTIONS = "MASTER", "GET-MASTER-ADDR-BY-NAME"
_LEAVING = {b"wait_start", b"select_slave", b"send_slaveof_noone", b"wait_promotion"}
"""States of a failover before the sentinel that leads it names the new master."""
_LEAVING_SECONDS = 5.0
"""How long one sentinel's word that it is about to name another master stops writes; it is done sooner."""
_REDIAL = Backoff(0.02, 0.5)
_ASKED_IN_FENCE = 4
"""How often a sentinel is asked, at least, while its last word still counts."""
_BREATH_SECONDS = 0.01
"""Between two questions to one sentinel, however many events ask for them."""
_log = structlog.get_logger()


class Master(NamedTuple):
    """A master, by the name and port that sentinels announce, and the epoch of that configuration.

    Only both together are one answer: after two failovers the address alone may be
    that of an older configuration.
    """

    host: str
    port: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Word:
    """What one sentinel said; `until`, in monotonic seconds, it counts."""

    master: Master
    until: float
    state: bytes
    """How far it is with a failover that it leads; empty while it leads none."""

    def leaves(self, master: Master) -> bool:
        """It is making another server the master, so that what `master` takes on now may be lost."""
        return bool(self.state) and (self.master != master or self.state in _LEAVING)


class Sentinel:
    """One of them: asked and listened to, dialled anew for ever, until closed."""

    def __init__(
        self,
        name: str,
        dial: Dial,
        master: str,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_word: Callable[[], None],
        on_event: Callable[[], None],
    ) -> None:
        self.word: Word | None = None
        self.fault = "it has not answered yet"
        """Why there is no newer word."""
        self._name = name
        self._dial = dial
        self._master = master
        self._settings = settings.model_copy(update={"max_in_flight_commands": len(_QUESTIONS)})
        self._on_word = on_word
        self._on_event_of_ours = on_event
        self._questions = [pack(("SENTINEL", question, master)) for question in _QUESTIONS]
        self._leading_since: float | None = None
        self._due = asyncio.Event()
        self._tasks = BackgroundTasks(monitor)

    def __str__(self) -> str:
        return f"{self._name}: {self.fault}" if self.fault else self._name

    def start(self) -> None:
        self._tasks.keep_running("sentinel.conversation", self._keep, vital=True)

    async def close(self) -> None:
        await self._tasks.close()

    def ask(self) -> None:
        """Ask it now."""
        self._due.set()

    async def _keep(self) -> None:
        pauses = iter(_REDIAL)
        while True:
            said = self.word
            try:
                await self._converse()
            except (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError) as error:
                if not self.fault:
                    _log.warning("sentinel.lost", sentinel=self._name, error=str(error))
                self.fault = str(error)
            if self.word is not said:
                pauses = iter(_REDIAL)
            await asyncio.sleep(next(pauses))

    async def _converse(self) -> None:
        """Ask and listen over two connections, until one of them fails."""
        asking = SharedConnection(await self._dial(), self._settings)
        try:
            await self._ask(asking)
            hearing = ListeningConnection(await self._dial(), self._on_listening, self._on_event, self.ask)
            for wire in _EVENTS:
                hearing.subscribe(wire)
            try:
                while not hearing.lost:
                    await self._until_due()
                    await self._ask(asking)
            finally:
                await hearing.close()
        finally:
            await asking.close()

    def _on_listening(self, wire: Wire) -> None:  # noqa: ARG002 - each of them
        self.ask()  # what happened before is not told

    def _on_event(self, wire: Wire, channel: bytes, payload: bytes) -> None:  # noqa: ARG002 - the same
        if self._master.encode() in payload.split():
            self._on_event_of_ours()

    async def _until_due(self) -> None:
        await asyncio.sleep(_BREATH_SECONDS)
        pause = self._settings.sentinel_poll_seconds
        if self.word:
            pause = min(pause, (self.word.until - monotonic()) / _ASKED_IN_FENCE)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, pause)):
                await self._due.wait()

    async def _ask(self, connection: SharedConnection) -> None:
        """Both questions in one write, which it answers without doing anything between."""
        self._due.clear()
        asked = monotonic()
        until = asked + self._settings.sentinel_seconds
        facts, address = await asyncio.gather(*(connection.send(one, until) for one in self._questions))
        for reply in (facts, address):
            if isinstance(reply, ReplyError):
                raise reply
        self.word = self._understood(facts, address, asked)
        self.fault = ""
        self._on_word()

    def _understood(self, facts: object, address: object, asked: float) -> Word:
        try:
            pairs, (host, port) = cast("list[bytes]", facts), cast("list[bytes]", address)
            said = dict(zip(pairs[::2], pairs[1::2], strict=False))
            master = Master(host.decode(), int(port), int(said[b"config-epoch"]))
            down_after = int(said[b"down-after-milliseconds"]) / 1_000
        except Exception as error:  # the edge, as for the replies of a cluster
            raise ReplyError(f"unexpected reply from the sentinel about {self._master!r}") from error
        until = asked + min(self._settings.sentinel_fence_seconds, down_after)
        return Word(master, until, self._state(said.get(b"failover-state", b""), asked))

    def _state(self, state: bytes, now: float) -> bytes:
        """None once it has taken too long: one sentinel alone must not stop writes for ever."""
        if not state:
            self._leading_since = None
        elif self._leading_since is None:
            self._leading_since = now
        elif now - self._leading_since > _LEAVING_SECONDS:
            return b""
        return state


class Sentinels:
    """All of them. `on_agreed` is told the master that a majority names, and until when that counts."""

    def __init__(
        self,
        dials: Mapping[str, Dial],
        master: str,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_agreed: Callable[[Master, float], None],
    ) -> None:
        self._all = [
            Sentinel(name, dial, master, settings, monitor, self._weigh, self.ask)
            for name, dial in dials.items()
        ]
        self._majority = len(self._all) // 2 + 1
        self._master = master
        self._on_agreed = on_agreed
        self._left = False

    def start(self) -> None:
        for sentinel in self._all:
            sentinel.start()

    async def close(self) -> None:
        await asyncio.gather(*(sentinel.close() for sentinel in self._all))

    def ask(self) -> None:
        """Ask them all now."""
        for sentinel in self._all:
            sentinel.ask()

    def doubt(self) -> str:
        """Why there is no master to go by."""
        if self._left:
            return f"sentinels are making another server the master {self._master!r}"
        faults = "; ".join(str(sentinel) for sentinel in self._all if sentinel.fault)
        return (
            f"fewer than {self._majority} of {len(self._all)} sentinels agree on the master {self._master!r}"
            f"{f' ({faults})' if faults else ''}"
        )

    def _weigh(self) -> None:
        now = monotonic()
        words = [one.word for one in self._all if one.word and one.word.until > now]
        self._left = False
        for master, votes in Counter(word.master for word in words).most_common(1):
            if votes >= self._majority:
                lapses = sorted((word.until for word in words if word.master == master), reverse=True)
                self._left = any(word.leaves(master) for word in words)
                self._on_agreed(master, now if self._left else lapses[self._majority - 1])
