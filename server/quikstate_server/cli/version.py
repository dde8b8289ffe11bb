"""`quikstate version`."""

from __future__ import annotations

import platform
from importlib.metadata import version

from quikstate_server.cli.output import say, say_json

_STANDS_ON = ("grpcio", "redis", "hiredis", "uvloop")


def run(*, json: bool) -> None:
    parts = {"python": platform.python_version(), **{name: version(name) for name in _STANDS_ON}}
    if json:
        say_json({"quikstate": version("quikstate"), **parts})
    else:
        say(f"quikstate {version('quikstate')} ({', '.join(f'{n} {v}' for n, v in parts.items())})")
