"""A worker process, as its supervisor sees it."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from quikstate_server.logs import get_logger
from quikstate_server.redis_client.embedded.tie_to_parent import exec_prefix
from quikstate_server.settings import Settings, ShownSetting, StartRefused, to_json

_MODULE = "quikstate_server.workers"
_CHUNK_BYTES = 1 << 16
_log = get_logger()


class WorkerProcess:
    """A program of its own: no process may fork once gRPC runs. It ends with this one, kill -9 included.

    Its settings go through a pipe, since other users of the machine see a command line.
    """

    def __init__(
        self,
        number: int,
        settings: Settings,
        shown_settings: Sequence[ShownSetting],
        control_socket: Path,
        *,
        bench: bool = False,
    ) -> None:
        """Start it. It shows callers the settings of the whole server, which some of its own differ from."""
        self.number = number
        self.control_socket = control_socket
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [*exec_prefix(), sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C goes to the supervisor alone, which has workers drain
        )
        job = {
            "number": number,
            "control_socket": str(control_socket),
            "bench": bench,
            "settings": to_json(settings),
            "shown_settings": shown_settings,
        }
        self._input = cast("IO[bytes]", self._process.stdin)
        with suppress(BrokenPipeError):
            self._input.write(f"{json.dumps(job)}\n".encode())
            self._input.flush()
        loop = asyncio.get_running_loop()
        self._report: asyncio.Future[dict[str, Any]] = loop.create_future()
        self._reading = loop.create_task(self._read())

    @property
    def pid(self) -> int:
        return self._process.pid

    async def wait_ready(self) -> None:
        """Return once it serves; raise StartRefused, with the lines that it reports, if it refuses."""
        report = await asyncio.shield(self._report)
        if "ready" not in report:
            status = await self.wait()
            exited = f"workers: a worker exited at its start, with status {status}"
            raise StartRefused(*report.get("refused", [exited]))

    async def wait(self) -> int:
        """Return its exit status once it has exited."""
        return await asyncio.shield(self._reading)

    def terminate(self, *, stop_now: bool) -> None:
        """Make it drain; `stop_now` cancels the calls that are left."""
        if stop_now:
            self._close_input()
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _read(self) -> int:
        """Read its one line; its end of the pipe closes when it exits. Kill it if reading fails."""
        try:
            await self._read_to_end()
        except Exception as error:  # noqa: BLE001 - its supervisor must learn of the end, whatever it was
            _log.error("worker.pipe_failed", worker=self.number, exc_info=error)
            self.kill()
        if not self._report.done():
            self._report.set_result({})
        self._close_input()
        self.control_socket.unlink(missing_ok=True)
        return self._process.wait()

    async def _read_to_end(self) -> None:
        output = asyncio.StreamReader()
        loop = asyncio.get_running_loop()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(output), self._process.stdout)
        self._report.set_result(await _read_report(output))
        while await output.read(_CHUNK_BYTES):
            pass

    def _close_input(self) -> None:
        with suppress(BrokenPipeError):
            self._input.close()


async def _read_report(output: asyncio.StreamReader) -> dict[str, Any]:
    """Read the first line; return {} for one that is not a worker's report."""
    try:
        report = json.loads(await output.readline() or "{}")
    except ValueError:  # too long, or not JSON
        return {}
    return report if isinstance(report, dict) else {}
