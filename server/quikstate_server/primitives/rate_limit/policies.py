"""The rate limit policies in force: those of the newest version of the file that was not refused."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import PolicyNotFound
from quikstate_server.primitives.rate_limit.model import Rule
from quikstate_server.primitives.rate_limit.policy_file import BadPolicyFile, read
from quikstate_server.settings import Limits, StartRefused

_log = structlog.get_logger()


class Policies:
    """Looks after the file every second: a poll sees what inotify does not, such as a mounted ConfigMap."""

    def __init__(
        self, path: Path | None, limits: Limits, monitor: FaultMonitor, *, poll_seconds: float = 1.0
    ) -> None:
        self._path = path
        self._limits = limits
        self._poll_seconds = poll_seconds
        self._rules: Mapping[str, Rule] = {}
        self._names: Sequence[str] = ()
        self._version: object = None
        self._tasks = BackgroundTasks(monitor)
        self.loaded_at: datetime | None = None
        """When the policies in force were read; None without a file."""
        self.load_error = ""
        """Why the newest version of the file was refused; empty if it was not."""
        self.refusals = 0
        """How many versions were refused since the start."""

    async def start(self) -> None:
        """Read the file, and again whenever it changes; StartRefused if it is bad now."""
        if self._path is None:
            return
        try:
            await self._load(self._path)
        except BadPolicyFile as error:
            raise StartRefused(f"policies: {error}") from error
        self._tasks.keep_running("rate_limit.poll_policies", partial(self._poll, self._path))

    async def close(self) -> None:
        await self._tasks.close()

    def rule(self, name: str) -> Rule:
        """The rule of the policy `name`; PolicyNotFound if there is none."""
        try:
            return self._rules[name]
        except KeyError:
            raise PolicyNotFound(name) from None

    def page(self, after: str, size: int) -> Sequence[Rule]:
        """Up to `size` rules of policies, by name, whose names come after `after`."""
        start = bisect_right(self._names, after)
        return [self._rules[name] for name in self._names[start : start + size]]

    async def _poll(self, path: Path) -> None:
        while True:
            await asyncio.sleep(self._poll_seconds)
            if await asyncio.to_thread(_version_of, path) == self._version:
                continue
            try:
                await self._load(path)
            except BadPolicyFile as error:
                self.load_error = str(error)
                self.refusals += 1
                _log.error("policies.refused", error=self.load_error)

    async def _load(self, path: Path) -> None:
        # The version is taken first: what is written while the file is read makes another one.
        self._version = await asyncio.to_thread(_version_of, path)
        rules = await asyncio.to_thread(read, path, self._limits)
        self._rules, self._names = rules, sorted(rules)
        self.loaded_at, self.load_error = datetime.now(UTC), ""
        _log.info("policies.loaded", file=str(path), policies=len(rules))


def _version_of(path: Path) -> object:
    """What changes when the file does, whether it is written in place or another is put there."""
    try:
        found = path.stat()
    except OSError as error:
        return error.errno
    return found.st_mtime_ns, found.st_ino, found.st_dev, found.st_size
