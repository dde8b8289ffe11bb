"""Describes the machine and the versions that a result came from: without them it is worth nothing."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from quikstate_server.redis_client.embedded.binaries import ServerBinary

_PACKAGES = ("grpcio", "httpunk", "protobuf", "redis", "hiredis", "uvloop")


def describe(redis: ServerBinary) -> Mapping[str, str]:
    return {
        "cpu": f"{_model()}, {os.cpu_count()} cores",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{package: version(package) for package in _PACKAGES},
        "server of Redis": str(redis.release),
        "h2load": _told(["h2load", "--version"]).removeprefix("h2load "),
        "go": _told(["go", "version"]).removeprefix("go version go").partition(" ")[0],
    }


def commit() -> str:
    """The commit that was measured; with `-dirty` where files were changed since."""
    return _told(["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty", "--abbrev=12"])


def _model() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _told(command: list[str]) -> str:
    """The first line of what a command says; nothing where it is not to be had."""
    if not shutil.which(command[0]):
        return "none"
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return told.partition("\n")[0]
