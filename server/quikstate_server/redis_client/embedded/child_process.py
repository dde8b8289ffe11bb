"""A Redis server process that ends when this process does."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

import structlog

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.redis_client.embedded import tie_to_parent
from quikstate_server.redis_client.embedded.binaries import ServerBinary

_STOP_SECONDS = 10.0
_MAX_LINE_BYTES = 16_384
_LAST_WORDS_SECONDS = 1.0
"""A fork of it that writes a file may hold its output open for longer."""
_LOG_PREFIX = re.compile(r"\d+:\w \d+ \w+ \d+ [\d:.]+ [.*#-] ")
_log = structlog.get_logger()


class Child:
    """A server on the data in `folder` that listens on `socket` alone and inherits `lock`.

    It needs the event loop of the main thread: Linux ends it with the thread
    that started it. It is started with subprocess, not through the event loop:
    uvloop forks, which gRPC does not like in a process with its threads, where
    subprocess uses vfork.
    """

    def __init__(
        self, binary: ServerBinary, folder: Path, socket: Path, lock: int, monitor: FaultMonitor
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._process = subprocess.Popen(  # noqa: S603 - a server that we have found
            [*_launcher(), str(binary.path), *_configuration(folder, socket)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            pass_fds=(lock,),
            start_new_session=True,  # a terminal's Ctrl-C is for us: we drain, then stop the child
        )
        self._last_line = "nothing"
        self._ended: asyncio.Future[int] = self._loop.create_future()
        self._relaying = BackgroundTasks(monitor).spawn("embedded.relay", self._relay())
        # A daemon, since an executor's thread would be joined as we end, and the child ends after us.
        threading.Thread(target=self._wait, name="embedded", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._ended.done()

    async def wait(self) -> str:
        """Return once it has ended; what it said last."""
        code = await asyncio.shield(self._ended)
        await asyncio.wait([self._relaying], timeout=_LAST_WORDS_SECONDS)
        self._relaying.cancel()
        return f"it ended with {f'signal {-code}' if code < 0 else f'code {code}'}, saying: {self._last_line}"

    async def stop(self) -> None:
        """End it in its own time, in which it writes what it holds; by force when that takes too long."""
        self._process.terminate()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await self.wait()
        except TimeoutError:
            _log.error("embedded.killed", pid=self.pid, waited_seconds=_STOP_SECONDS)
            self._process.kill()
            await self.wait()

    def _wait(self) -> None:
        code = self._process.wait()
        with suppress(RuntimeError):  # the loop is closed: nobody waits
            self._loop.call_soon_threadsafe(self._on_end, code)

    def _on_end(self, code: int) -> None:
        self._ended.set_result(code)
        cast("IO[bytes]", self._process.stdin).close()

    async def _relay(self) -> None:
        """Write its log into ours, lines of any length: it would stand still if nobody read them."""
        reader = asyncio.StreamReader()
        transport, _ = await self._loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), self._process.stdout
        )
        try:
            rest = b""
            while said := await reader.read(_MAX_LINE_BYTES):
                *lines, rest = (rest + said).split(b"\n")
                for line in (*lines, rest) if len(rest) > _MAX_LINE_BYTES else lines:
                    self._log_line(line)
                rest = rest if len(rest) <= _MAX_LINE_BYTES else b""
            self._log_line(rest)
        finally:
            transport.close()

    def _log_line(self, line: bytes) -> None:
        text = _LOG_PREFIX.sub("", line.decode(errors="replace").rstrip(), count=1)
        self._last_line = text or self._last_line
        if text:
            _log.debug("embedded.log", line=text)


def _launcher() -> tuple[str, ...]:
    return tie_to_parent.tied() or (
        sys.executable,
        "-I",
        "-S",
        str(tie_to_parent.__file__),
        "watch",
        str(os.getpid()),
    )


def _configuration(folder: Path, socket: Path) -> list[str]:
    """All that was acknowledged is kept, and nothing is evicted."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        # Without it a server that cannot write its data would refuse to end, and outlive us.
        "shutdown-on-sigterm": "force",
        "daemonize": "no",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]
