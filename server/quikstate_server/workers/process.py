"""One worker, as the process that keeps it sees it."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

import structlog

from quikstate_server.redis_client.embedded.tie_to_parent import exec_prefix
from quikstate_server.settings import Settings, StartRefused, to_json

_MODULE = "quikstate_server.workers.worker"
_CHUNK_BYTES = 1 << 16
_log = structlog.get_logger()


class WorkerProcess:
    """A program of its own: nothing may fork once gRPC runs. It ends with this process, kill -9 included.

    What it is told goes through a pipe, since others see a command line.
    """

    def __init__(self, number: int, settings: Settings, answers: Path, *, bench: bool = False) -> None:
        self.number = number
        self.answers = answers
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [*exec_prefix(), sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # a terminal's Ctrl-C is for us, who tell it to drain
        )
        told = {"number": number, "answers": str(answers), "bench": bench, "settings": to_json(settings)}
        self._input = cast("IO[bytes]", self._process.stdin)
        with suppress(BrokenPipeError):
            self._input.write(f"{json.dumps(told)}\n".encode())
            self._input.flush()
        loop = asyncio.get_running_loop()
        self._first_words: asyncio.Future[dict[str, Any]] = loop.create_future()
        self._listening = loop.create_task(self._listen())

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ready(self) -> None:
        """Return once it serves; StartRefused, with its words, if it will not."""
        said = await asyncio.shield(self._first_words)
        if "ready" not in said:
            status = await self.ended()
            raise StartRefused(
                *said.get("refused", [f"workers: one ended as it began, with status {status}"])
            )

    async def ended(self) -> int:
        """Its exit status, once it has ended."""
        return await asyncio.shield(self._listening)

    def end(self, *, hurry: bool) -> None:
        """Have it drain, or, if it does that already, hurry."""
        if hurry:
            self._close_input()
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _listen(self) -> int:
        """It says one line, and its end of the pipe closes when it ends. One that is not heard is ended."""
        try:
            await self._read_to_end()
        except Exception as error:  # noqa: BLE001 - its supervisor must learn of the end, whatever it was
            _log.error("worker.not_heard", worker=self.number, exc_info=error)
            self.kill()
        if not self._first_words.done():
            self._first_words.set_result({})
        self._close_input()
        self.answers.unlink(missing_ok=True)
        return self._process.wait()

    async def _read_to_end(self) -> None:
        said = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(said), self._process.stdout)
        self._first_words.set_result(await _first_words(said))
        while await said.read(_CHUNK_BYTES):
            pass

    def _close_input(self) -> None:
        with suppress(BrokenPipeError):
            self._input.close()


async def _first_words(said: asyncio.StreamReader) -> dict[str, Any]:
    """Read its first line; one that is not of a worker's says nothing."""
    try:
        words = json.loads(await said.readline() or "{}")
    except ValueError:  # too long, or no JSON
        return {}
    return words if isinstance(words, dict) else {}
