"""Inspects Redis for as long as the server runs, and warns of what could lose data."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from time import monotonic

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import (
    CLUSTER_DOWN,
    RedisFinding,
    RedisInspection,
    inspect_redis,
)
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.signals import Signal

_INTERVAL_SECONDS = 1.0
"""What is wrong is to be known within two."""


class RedisMonitor:
    """Inspects Redis every second, and when it begins to answer, since it may be another one.

    It calls `on_findings` each time. A finding is logged when it begins, once a minute while it lasts, and
    when it ends.
    """

    def __init__(
        self,
        redis_client: RedisClient,
        on_findings: Callable[[Sequence[RedisFinding]], None],
        ignored: Collection[str] = (),
        setting: str = "redis_url",
        min_replicas: int = 0,
    ) -> None:
        """Take the name of the setting that names this Redis, for the log."""
        self.inspection = RedisInspection(None, ())
        self._min_replicas = min_replicas
        self._warnings: dict[str, RepeatedWarning] = {}
        self._ignored = ignored
        self._setting = setting
        self._redis_client = redis_client
        self._on_findings = on_findings
        self._changed = Signal()
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._failures = RepeatedWarning("redis.inspection_failed")

    @property
    def findings(self) -> Sequence[RedisFinding]:
        """Return what is wrong with Redis."""
        return self.inspection.findings

    @property
    def lacks_replicas(self) -> bool:
        """Return True while a master has fewer replicas in reach than callers need."""
        return any(finding.name == "too_few_replicas" for finding in self.findings)

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
            await self._changed.wait(monotonic() + _INTERVAL_SECONDS)
            self._changed.clear()
            if self._redis_client.is_available:
                await self._inspect()
            elif self._redis_client.router.is_down:
                self._report(RedisInspection(None, (CLUSTER_DOWN,)))

    async def _inspect(self) -> None:
        try:
            inspection = await inspect_redis(self._redis_client, self._ignored, self._min_replicas)
        except (QuikstateError, ReplyError) as error:
            self._failures.warn(error=str(error))
            return
        self._failures.resolve("redis.inspection_recovered")
        self._report(inspection)

    def _report(self, inspection: RedisInspection) -> None:
        for finding in inspection.findings:
            warning = self._warnings.setdefault(finding.name, RepeatedWarning("redis.finding"))
            facts = {"finding": finding.name, "what": finding.what, "remedy": finding.remedy}
            warning.warn(setting=self._setting, **facts)
        for name in self._warnings.keys() - {finding.name for finding in inspection.findings}:
            self._warnings.pop(name).resolve("redis.finding_ended", setting=self._setting, finding=name)
        self.inspection = inspection
        self._on_findings(inspection.findings)
