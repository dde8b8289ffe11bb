"""A headless Chromium, told what to do through the pipe of its developer tools."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
_EXEC = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for end, descriptor in zip(ends, (3, 4)):  # it reads commands on 3, and answers on 4
    os.dup2(end, descriptor)
os.execv(sys.argv[3], sys.argv[3:])
"""
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run")


class BrowserTab:
    """One page."""

    def __init__(self, reader: asyncio.StreamReader, commands: int) -> None:
        self._reader = reader
        self._commands = commands
        self._count = 0
        self._session: str | None = None

    async def open(self, url: str) -> None:
        target = await self._command("Target.createTarget", url="about:blank")
        attached = await self._command("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        await self._command("Page.navigate", url=url)

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        answer = await self._command("Runtime.evaluate", expression=expression, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def text(self, element: str) -> str:
        """The text of the element with this id; "" while there is none."""
        shown: str = await self.evaluate(f"document.getElementById({element!r})?.textContent ?? ''")
        return shown

    async def _command(self, method: str, **parameters: object) -> Any:
        self._count += 1
        session = {"sessionId": self._session} if self._session else {}
        command = {"id": self._count, "method": method, "params": parameters} | session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = json.loads((await self._reader.readuntil(b"\0"))[:-1])
            if answer.get("id") == self._count:
                assert "result" in answer, answer
                return answer["result"]


@asynccontextmanager
async def browser_tab(profile: Path) -> AsyncIterator[BrowserTab]:
    """Run a browser for the block; all it keeps is in the directory `profile`."""
    assert CHROMIUM, "there is no Chromium here"
    their_end, commands = os.pipe()
    answers, their_answers = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _EXEC, str(their_end), str(their_answers)),
        *(CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"),
        pass_fds=(their_end, their_answers),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(their_end)
    os.close(their_answers)
    reader = asyncio.StreamReader(limit=16 * 1024 * 1024)
    protocol = asyncio.StreamReaderProtocol(reader)
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: protocol, os.fdopen(answers, "rb")
    )
    try:
        yield BrowserTab(reader, commands)
    finally:
        transport.close()
        os.close(commands)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


@asynccontextmanager
async def static_files(folder: Path) -> AsyncIterator[str]:
    """Serve a folder for the block, on a port and so an origin of its own; gives that."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""
