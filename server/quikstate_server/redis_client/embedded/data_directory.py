"""The directory in which an embedded Redis keeps its data: locked by one server, read by one kind."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from quikstate_server.redis_client.embedded.binaries import Release
from quikstate_server.settings import StartRefused

_MAX_SOCKET_BYTES = 103
"""Longest path of a unix socket: 107 bytes on Linux, 103 on macOS."""
_STOP_SECONDS = 10.0
"""How long to wait for a child that is ending after a kill -9 of its server."""
_PAUSE_SECONDS = 0.02


class DataDirectory:
    """A directory that one server locks, since two would overwrite each other's data.

    The lock belongs to an open file, which the child process inherits: after a kill -9 of the server the
    directory is free only when the child has ended too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None

    @property
    def lock(self) -> int:
        """Return the descriptor of the lock, for the child process to inherit."""
        if self._lock is None:
            raise RuntimeError("the data directory is not locked")
        return self._lock

    @property
    def holder_pid(self) -> int | None:
        """Return the id of the process that holds the lock, or held it last."""
        with suppress(OSError, ValueError):
            return int((self.path / "lock").read_text())
        return None

    @property
    def is_held(self) -> bool:
        """Return True while any process holds the lock."""
        try:
            lock = os.open(self.path / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _try_lock(lock)
        finally:
            os.close(lock)

    async def acquire(self) -> None:
        """Lock it, or raise StartRefused with the holder. Wait for a child that is ending after a kill -9."""
        lock = self._open()
        try:
            await self._wait_lock(lock)
        except BaseException:
            os.close(lock)
            raise
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        self._lock = lock

    def release(self) -> None:
        """Unlock it, once the child has ended."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def writer(self) -> Release | None:
        """Return the release of the server that wrote the data; None while there is none."""
        with suppress(FileNotFoundError):
            try:
                return Release.parse((self.path / "writer").read_text())
            except ValueError:
                raise StartRefused(f"data_dir: {self.path}/writer does not name a server") from None
        return None

    def record_writer(self, release: Release) -> None:
        """Note the release of the server that writes the data."""
        draft = self.path / "writer.new"
        draft.write_text(f"{release}\n")
        draft.replace(self.path / "writer")

    async def _wait_lock(self, lock: int) -> None:
        end = time.monotonic() + _STOP_SECONDS
        while not _try_lock(lock):
            holder = self.holder_pid
            if (holder and _is_alive(holder)) or time.monotonic() >= end:
                raise StartRefused(
                    f"data_dir: {self.path} is in use by process {holder}; choose another with --data-dir"
                )
            await asyncio.sleep(_PAUSE_SECONDS)

    def _open(self) -> int:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StartRefused(f"data_dir: cannot use {self.path}: {error.strerror or error}") from None


def socket_path(data_dir: Path) -> Path:
    """Return the unix socket of the server on `data_dir`: the same at each start, and short."""
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    folder = f"quikstate-{os.geteuid()}-{digest}"
    preferred = Path(tempfile.gettempdir(), folder, "redis.sock")
    if len(os.fsencode(preferred)) <= _MAX_SOCKET_BYTES:
        return preferred
    return Path("/tmp", folder, "redis.sock")  # noqa: S108 - private, see make_private_folder


def make_private_folder(folder: Path) -> None:
    """Make `folder` where others may have made it first, or raise StartRefused if it is not private."""
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        status = folder.lstat()
    except OSError as error:
        raise StartRefused(
            f"data_dir: cannot make {folder} for the socket: {error.strerror or error}"
        ) from None
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
        raise StartRefused(
            f"data_dir: {folder}, the folder of the socket, must be a directory of this user with mode 700"
        )


def remove_socket(socket: Path) -> None:
    """Remove the socket and its folder, also those of a server that was killed."""
    with suppress(OSError):
        socket.unlink(missing_ok=True)
        socket.parent.rmdir()


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
