"""Two network namespaces on this machine, with a cable between them that can be cut."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from support.redis.sentinel_group import Place

_HOSTS = "10.77.0.1", "10.77.0.2"


@dataclass(frozen=True)
class Networks:
    one: Place
    other: Place

    def cut(self) -> None:
        """Drop everything that they send to each other."""
        self._set_cable("down")

    def heal(self) -> None:
        self._set_cable("up")

    def _set_cable(self, state: str) -> None:
        _ip(*self.other.inside[1:], "ip", "link", "set", "cable", state)


@cache
def are_possible() -> bool:
    """Return True if they can be made here: it takes root, and `ip`."""
    if os.geteuid() or not shutil.which("ip"):
        return False
    try:
        with networks():
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def networks() -> Iterator[Networks]:
    """Make them, and remove them at the end, when no process may run in them any more."""
    names = [f"qs-{secrets.token_hex(4)}" for _ in _HOSTS]
    try:
        for name in names:
            _ip("netns", "add", name)
        _ip("-n", names[0], "link", "add", "cable", "type", "veth", "peer", "cable", "netns", names[1])
        for name, host in zip(names, _HOSTS, strict=True):
            _ip("-n", name, "addr", "add", f"{host}/24", "dev", "cable")
            for device in ("lo", "cable"):
                _ip("-n", name, "link", "set", device, "up")
        places = [
            Place(host, ("ip", "netns", "exec", name)) for name, host in zip(names, _HOSTS, strict=True)
        ]
        yield Networks(*places)
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
