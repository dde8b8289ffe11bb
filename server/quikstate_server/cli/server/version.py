"""`quikstate version`: prints versions."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from quikstate_server.cli.common.output import say, say_json

_DEPENDENCIES = ("grpcio", "redis", "hiredis", "uvloop")


def run(*, json: bool) -> None:
    parts = {"python": platform.python_version(), **{name: _installed(name) for name in _DEPENDENCIES}}
    ours = _installed("quikstate")
    if json:
        say_json({"quikstate": ours, **parts})
    else:
        say(f"quikstate {ours} ({', '.join(f'{name} {number}' for name, number in parts.items())})")


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"  # it runs from a checkout
