"""Inspects Redis for as long as the server runs, and warns of what could lose data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from time import monotonic

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding, inspect_redis
from quikstate_server.redis_client.node import WRITE_PROBE
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.signals import Signal

_INTERVAL_SECONDS = 60.0
_SOON_SECONDS = 0.5
"""After an inspection that failed, and at first while something is wrong; then ever less often."""
_log = get_logger()


class RedisMonitor:
    """Inspects Redis every minute, and when it begins to answer, since it may be another one.

    It warns of new findings, and calls `on_findings` each time. A finding may be remedied soon, and with
    `--strict` no caller is served before that is known: so Redis is inspected again soon. While Redis loads
    its data, the previous findings stay.
    """

    def __init__(
        self,
        redis_client: RedisClient,
        on_findings: Callable[[Sequence[RedisFinding]], None],
        ignored: Collection[str] = (),
        setting: str = "redis_url",
    ) -> None:
        """Take the name of the setting that names this Redis, for the log."""
        self.findings: Sequence[RedisFinding] = ()
        self._ignored = ignored
        self._setting = setting
        self._redis_client = redis_client
        self._on_findings = on_findings
        self._changed = Signal()
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._pause = _INTERVAL_SECONDS
        self._failures = RepeatedWarning("redis.inspection_failed")

    def redis_changed(self) -> None:
        """Inspect soon, since Redis began or ceased to answer."""
        self._changed.set()

    async def start(self) -> None:
        """Begin to inspect."""
        self._tasks.keep_running("redis.monitor", self._watch)

    async def close(self) -> None:
        """End the inspections."""
        await self._tasks.close()

    async def _watch(self) -> None:
        while True:
            await self._changed.wait(monotonic() + self._pause)
            self._changed.clear()
            if self._redis_client.is_available:
                await self._inspect()

    async def _inspect(self) -> None:
        try:
            inspection = await inspect_redis(self._redis_client, self._ignored)
        except (QuikstateError, ReplyError) as error:
            self._failures.warn(error=str(error))
            self._pause = _SOON_SECONDS
            return
        self._failures.resolve("redis.inspection_recovered")
        if inspection.has_failed_write:
            with suppress(QuikstateError, ReplyError):
                await self._redis_client.ask_each(*WRITE_PROBE)  # a node notes its refusal, as to any caller
        if inspection.is_loading:
            self._pause = _SOON_SECONDS
        else:
            self._report(inspection.findings)

    def _report(self, findings: Sequence[RedisFinding]) -> None:
        before, now = ({finding.name for finding in each} for each in (self.findings, findings))
        for finding in findings:
            if finding.name not in before:
                facts = {"finding": finding.name, "what": finding.what, "remedy": finding.remedy}
                _log.warning("redis.finding", setting=self._setting, **facts)
        if not now:
            self._pause = _INTERVAL_SECONDS
        else:
            self._pause = min(self._pause * 2, _INTERVAL_SECONDS) if now == before else _SOON_SECONDS
        self.findings = findings
        self._on_findings(findings)
