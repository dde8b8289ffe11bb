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

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.embedded import tie_to_parent
from quikstate_server.redis_client.embedded.binaries import ServerBinary

_STOP_SECONDS = 10.0
_MAX_LINE_BYTES = 16_384
_OUTPUT_SECONDS = 1.0
"""How long to read output after its end: a fork of it that writes a file may hold it open for longer."""
_LOG_PREFIX = re.compile(r"\d+:\w \d+ \w+ \d+ [\d:.]+ [.*#-] ")
_log = get_logger()


class ServerProcess:
    """A server on the data in `folder` that listens on `socket` alone and inherits `lock`.

    It needs the event loop of the main thread: Linux ends it with the thread that started it. It is started
    with subprocess, not through the event loop: uvloop forks, which gRPC does not support in a process with
    its threads, where subprocess uses vfork.
    """

    def __init__(
        self, binary: ServerBinary, folder: Path, socket: Path, lock: int, monitor: FaultMonitor
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._process = subprocess.Popen(  # noqa: S603 - a server that find_installed_servers found
            [*_launcher(), str(binary.path), *_configuration(folder, socket)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            pass_fds=(lock,),
            start_new_session=True,  # a terminal's Ctrl-C is for the parent: it drains, then stops the child
        )
        self._last_line = "nothing"
        self._exit_code: asyncio.Future[int] = self._loop.create_future()
        self._relaying = BackgroundTasks(monitor).spawn("embedded.relay", self._relay())
        # A daemon, since an executor's thread would be joined at exit, and the child ends after this process.
        threading.Thread(target=self._wait, name="embedded", daemon=True).start()

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Return True once the process has ended."""
        return self._exit_code.done()

    async def wait(self) -> str:
        """Wait for its end; return the exit code and its last line of output as a sentence."""
        code = await asyncio.shield(self._exit_code)
        await asyncio.wait([self._relaying], timeout=_OUTPUT_SECONDS)
        self._relaying.cancel()
        status = f"signal {-code}" if code < 0 else f"code {code}"
        return f"it ended with {status}; its last output: {self._last_line}"

    async def stop(self) -> None:
        """Stop it by SIGTERM, so that it writes its data first; by SIGKILL when that takes too long."""
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
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            self._loop.call_soon_threadsafe(self._on_end, code)

    def _on_end(self, code: int) -> None:
        self._exit_code.set_result(code)
        cast("IO[bytes]", self._process.stdin).close()

    async def _relay(self) -> None:
        """Log its output, lines of any length: it would block if nobody read them."""
        reader = asyncio.StreamReader()
        transport, _ = await self._loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), self._process.stdout
        )
        try:
            rest = b""
            while output := await reader.read(_MAX_LINE_BYTES):
                *lines, rest = (rest + output).split(b"\n")
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
    return tie_to_parent.exec_prefix() or (
        sys.executable,
        "-I",
        "-S",
        str(tie_to_parent.__file__),
        "watch",
        str(os.getpid()),
    )


def _configuration(folder: Path, socket: Path) -> list[str]:
    """Return the command line: every acknowledged write is kept, and nothing is evicted."""
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        # Without it a server that cannot write its data would refuse to end, and outlive this process.
        "shutdown-on-sigterm": "force",
        "daemonize": "no",
    }
    return [arg for name, value in options.items() for arg in (f"--{name}", value)]
