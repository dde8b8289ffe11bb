"""The rate limit policies in force: those of the newest valid version of the policy file."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import PolicyNotFound
from quikstate_server.logs import get_logger
from quikstate_server.primitives.rate_limit.model import RateLimitRule
from quikstate_server.primitives.rate_limit.policy_file import read_policy_file
from quikstate_server.settings import Limits, StartRefused
from quikstate_server.settings.yaml_model import InvalidFile
from quikstate_server.watched_files import POLL_SECONDS, changes, file_versions

_log = get_logger()


class Policies:
    """The policies of the file, which is read again when it changes."""

    def __init__(
        self, path: Path | None, limits: Limits, monitor: FaultMonitor, *, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._path = path
        self._limits = limits
        self._poll_seconds = poll_seconds
        self._rules: Mapping[str, RateLimitRule] = {}
        self._names: Sequence[str] = ()
        self.has_shadow = False
        """True if a policy is in shadow mode."""
        self._tasks = BackgroundTasks(monitor)
        self.loaded_at: datetime | None = None
        """When the policies in force were read; None without a file."""
        self.load_error = ""
        """Why the newest version of the file is invalid; "" if it is valid."""
        self.refusals = 0
        """The number of invalid versions since the start."""

    async def start(self) -> None:
        """Read the file now and whenever it changes; raise StartRefused if it is invalid now."""
        if self._path is None:
            return
        versions = file_versions([self._path])
        try:
            await self._load(self._path)
        except InvalidFile as error:
            raise StartRefused(f"policies: {error}") from error
        self._tasks.keep_running("rate_limit.poll_policies", partial(self._poll, self._path, versions))

    async def close(self) -> None:
        """Stop polling the file."""
        await self._tasks.close()

    def rule(self, name: str) -> RateLimitRule:
        """Return the rule of a policy; raise PolicyNotFound if it does not exist."""
        try:
            return self._rules[name]
        except KeyError:
            raise PolicyNotFound(name) from None

    def page(self, after: str, size: int) -> Sequence[RateLimitRule]:
        """Return up to `size` rules, by name, of policies whose names come after `after`."""
        start = bisect_right(self._names, after)
        return [self._rules[name] for name in self._names[start : start + size]]

    async def _poll(self, path: Path, versions: Sequence[object]) -> None:
        async for _ in changes(lambda: [path], versions, self._poll_seconds):
            try:
                await self._load(path)
            except InvalidFile as error:
                self.load_error = str(error)
                self.refusals += 1
                _log.error("policies.refused", error=self.load_error)

    async def _load(self, path: Path) -> None:
        rules = await asyncio.to_thread(read_policy_file, path, self._limits)
        self._rules, self._names = rules, sorted(rules)
        self.has_shadow = any(rule.is_shadow for rule in rules.values())
        self.loaded_at, self.load_error = datetime.now(UTC), ""
        _log.info("policies.loaded", file=str(path), policies=len(rules))
