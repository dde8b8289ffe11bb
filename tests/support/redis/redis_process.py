"""A Redis server as a child process of the test run: real, private, and never left running."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import redis
from quikstate_server.redis_client.connection.dial import Address
from redis.backoff import NoBackoff
from redis.retry import Retry
from support.harness.eventually import wait_until
from support.redis.binaries import Server

# The child dies with its parent, even when that is killed with -9. It is a program of its own
# because Python cannot run code between fork and exec safely once there are threads.
_LAUNCHER = """
import ctypes, os, signal, sys
parent = int(sys.argv[1])
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
if os.getppid() != parent:
    sys.exit("the test run has ended")
os.execv(sys.argv[2], sys.argv[2:])
"""

DEFAULTS = {
    "save": "",
    "appendonly": "no",
    "maxclients": "2000",
    "loglevel": "notice",
    "repl-diskless-sync-delay": "0",
}


class RedisProcess:
    """Listens on a unix socket, and with `tcp` or `tls` on a free port of 127.0.0.1 too.

    `inside` stands before its command, such as `ip netns exec one`.
    """

    def __init__(
        self, server: Server, *, tcp: bool = False, inside: Sequence[str] = (), **config: str
    ) -> None:
        assert server.binary, server.absence
        self._binary = server.binary.path
        self._inside = inside
        # A unix socket's path has 107 bytes at most; the system's own choice may be longer.
        self.folder = Path(tempfile.mkdtemp(prefix="qs-", dir="/tmp"))
        self.path = str(self.folder / "redis.sock")
        self.port = int(config.get("port", free_port() if tcp else 0))
        named = {name.replace("_", "-"): value for name, value in config.items()}
        self.config = (
            DEFAULTS | {"dir": str(self.folder), "unixsocket": self.path, "port": str(self.port)} | named
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._paused = False
        self.start()

    @property
    def address(self) -> Address:
        return Address(path=self.path)

    @property
    def tcp_address(self) -> Address:
        return Address(host="127.0.0.1", port=self.port)

    @property
    def pid(self) -> int:
        assert self._process, "the server is not running"
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Return True if it is neither killed nor paused."""
        return self._process is not None and not self._paused

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Start, and return once it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *self._inside,
                    sys.executable,
                    "-ISc",
                    _LAUNCHER,
                    str(os.getpid()),
                    self._binary,
                    *self._arguments(),
                ],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        try:
            wait_until(self._answers)
        except AssertionError:
            said = self.log
            self.close()
            raise AssertionError(f"{self._binary} did not start: {said}") from None

    def _arguments(self) -> list[str]:
        return [arg for name, value in self.config.items() for arg in (f"--{name}", value)]

    def client(self, **options: Any) -> redis.Redis:
        """Return a plain client, which the caller closes."""
        return plain_client(self.path, **options)

    def pause(self) -> None:
        self._paused = True
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        self._paused = False
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Kill it as kill -9 does: nothing is saved, and no client is notified."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process, self._paused = None, False
            Path(self.path).unlink(missing_ok=True)

    def restart(self) -> None:
        self.kill()
        self.start()

    def close(self) -> None:
        """End it and leave nothing behind; it need not be running."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        assert self._process
        assert self._process.poll() is None, "it has ended"
        try:
            with self.client(socket_timeout=1) as client:
                return bool(client.ping())
        except redis.AuthenticationError:
            return True
        except redis.RedisError:
            return False


def plain_client(path: str, **options: Any) -> redis.Redis:
    """Return a client that decodes text, as redis-cli does."""
    chosen: dict[str, Any] = {"unix_socket_path": path, "socket_timeout": 60, "protocol": 2}
    chosen["retry"] = Retry(NoBackoff(), 0)  # a test must see each error
    chosen |= {"decode_responses": True, "encoding_errors": "backslashreplace"}
    return redis.Redis(**(chosen | options))


def free_port() -> int:
    """Return a port that nothing listens on, and that neither the kernel nor another test run assigns."""
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("the ports never end")


def _ports() -> Iterator[int]:
    """Yield the ports of this process: each process of a test run locks a range of its own."""
    for first in range(10_000, 30_000, 500):
        path = Path(tempfile.gettempdir()) / f"quikstate-tests-{first}.lock"
        with suppress(OSError), path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield from cycle(random.sample(range(first, first + 500), 500))
    raise AssertionError("other test runs have all the ports")


_PORTS = _ports()


StartRedis = Callable[..., RedisProcess]
