"""Looks whether Redis keeps what it is given, for as long as the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

import structlog

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding, inspect_redis
from quikstate_server.redis_client.node import WRITES_NOTHING
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.repeated_warning import RepeatedWarning

_EVERY_SECONDS = 60.0
_SOON_SECONDS = 0.5
"""After a look that told nothing, and at first while something is wrong; then ever less often."""
_log = structlog.get_logger()


class RedisMonitor:
    """Inspects Redis when it begins to answer, since it may be another one, and every minute; says loudly
    what is new, and calls `on_findings` each time.

    What is wrong may be mended soon, and with `--strict` nobody is served until that is seen: so it is
    looked at again soon. While Redis loads its data, what was found before goes on to count.
    """

    def __init__(
        self,
        redis_client: RedisClient,
        on_findings: Callable[[Sequence[RedisFinding]], None],
        ignored: Collection[str] = (),
        setting: str = "redis_url",
    ) -> None:
        """`setting` says which Redis it is."""
        self.findings: Sequence[RedisFinding] = ()
        self._ignored = ignored
        self._setting = setting
        self._redis_client = redis_client
        self._on_findings = on_findings
        self._changed = asyncio.Event()
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._pause = _EVERY_SECONDS
        self._uninspected = RepeatedWarning("redis.not_inspected")

    def redis_changed(self) -> None:
        """It began or ceased to answer."""
        self._changed.set()

    def start(self) -> None:
        self._tasks.keep_running("redis.safety_watch", self._watch)

    async def close(self) -> None:
        await self._tasks.close()

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause):
                    await self._changed.wait()
            self._changed.clear()
            if self._redis_client.is_available:
                await self._inspect()

    async def _inspect(self) -> None:
        try:
            inspection = await inspect_redis(self._redis_client, self._ignored)
        except (QuikstateError, ReplyError) as error:  # the latter where we may not ask
            self._uninspected.happened(error=str(error))
            self._pause = _SOON_SECONDS
            return
        self._uninspected.over("redis.inspected")
        if inspection.write_failed:
            with suppress(QuikstateError, ReplyError):
                await self._redis_client.ask_each(*WRITES_NOTHING)  # its refusal is heeded, as any caller's
        if inspection.loading:
            self._pause = _SOON_SECONDS
        else:
            self._judge(inspection.findings)

    def _judge(self, found: Sequence[RedisFinding]) -> None:
        before, now = ({finding.name for finding in findings} for findings in (self.findings, found))
        for finding in found:
            if finding.name not in before:
                facts = {"finding": finding.name, "what": finding.what, "remedy": finding.remedy}
                _log.warning("redis.unsafe", setting=self._setting, **facts)
        if not now:
            self._pause = _EVERY_SECONDS
        else:
            self._pause = min(self._pause * 2, _EVERY_SECONDS) if now == before else _SOON_SECONDS
        self.findings = found
        self._on_findings(found)
