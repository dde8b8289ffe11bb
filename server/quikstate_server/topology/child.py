"""A Redis server process that ends when this process does."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from contextlib import suppress
from pathlib import Path
from typing import cast

import structlog

from quikstate_server.topology import launch
from quikstate_server.topology.binaries import ServerBinary

_STOP_SECONDS = 10.0
_LOG_PREFIX = re.compile(r"\d+:\w \d+ \w+ \d+ [\d:.]+ [.*#-] ")
_log = structlog.get_logger()


class Child:
    """Made by `start`. It needs the event loop of the main thread: Linux ends it with the starting thread."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._last_line = "nothing"
        self._relaying = asyncio.get_running_loop().create_task(self._relay())

    @classmethod
    async def start(cls, binary: ServerBinary, folder: Path, socket: Path, lock: int) -> Child:
        """Start `binary` on the data in `folder`, listening on `socket` alone; it inherits `lock`."""
        process = await asyncio.create_subprocess_exec(
            *_launcher(),
            *(str(binary.path), *_configuration(folder, socket)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            cwd=folder,
            pass_fds=(lock,),
            start_new_session=True,  # a terminal's Ctrl-C is for us: we drain, then stop the child
        )
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.returncode is not None

    async def wait(self) -> str:
        """Return once it has ended; what it said last."""
        await self._process.wait()
        await asyncio.wait([self._relaying])
        return self._last_words()

    async def stop(self) -> None:
        """End it in its own time, in which it writes what it holds; by force when that takes too long."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await self.wait()
        except TimeoutError:
            _log.error("embedded.killed", pid=self.pid, waited_seconds=_STOP_SECONDS)
            with suppress(ProcessLookupError):
                self._process.kill()
            await self.wait()

    async def _relay(self) -> None:
        """Its log goes into ours."""
        output = cast("asyncio.StreamReader", self._process.stdout)  # it was started with a pipe
        async for line in output:
            text = _LOG_PREFIX.sub("", line.decode(errors="replace").rstrip(), count=1)
            self._last_line = text or self._last_line
            _log.debug("embedded.log", line=text)

    def _last_words(self) -> str:
        code = self._process.returncode or 0
        return f"it ended with {f'signal {-code}' if code < 0 else f'code {code}'}, saying: {self._last_line}"


def _launcher() -> tuple[str, ...]:
    mode = "exec" if sys.platform == "linux" else "watch"
    return sys.executable, "-I", "-S", str(launch.__file__), mode, str(os.getpid())


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
