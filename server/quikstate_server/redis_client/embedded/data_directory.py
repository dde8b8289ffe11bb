"""The directory in which a Redis of our own keeps its data: held by one server, read by one kind."""

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

_LONGEST_SOCKET = 103
"""Bytes of a unix socket's path: 107 on Linux, 103 on macOS."""
_ENDING_SECONDS = 10.0
_PAUSE_SECONDS = 0.02


class DataDirectory:
    """Two servers on one directory would overwrite each other's data, so a lock says whose it is.

    The lock belongs to an open file, which the child inherits: after a kill -9
    of the server the directory is free only when the child has ended too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: int | None = None

    @property
    def lock(self) -> int:
        """The descriptor of the lock, for the child to inherit."""
        if self._lock is None:
            raise RuntimeError("the data directory is not held")
        return self._lock

    @property
    def holder(self) -> int | None:
        """The process that holds it, or held it last."""
        with suppress(OSError, ValueError):
            return int((self.path / "lock").read_text())
        return None

    @property
    def held(self) -> bool:
        """True while any process holds it."""
        try:
            lock = os.open(self.path / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _try_lock(lock)
        finally:
            os.close(lock)

    async def hold(self) -> None:
        """Take it, or say who has it; a child that is just ending after a kill -9 is waited for."""
        lock = self._open()
        try:
            await self._take(lock)
        except BaseException:
            os.close(lock)
            raise
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        self._lock = lock

    def release(self) -> None:
        """Give it up, once the child has ended."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def writer(self) -> Release | None:
        """Which server wrote the data; None while there is none."""
        with suppress(FileNotFoundError):
            try:
                return Release.parse((self.path / "writer").read_text())
            except ValueError:
                raise StartRefused(f"data_dir: {self.path}/writer does not name a server") from None
        return None

    def record_writer(self, release: Release) -> None:
        draft = self.path / "writer.new"
        draft.write_text(f"{release}\n")
        draft.replace(self.path / "writer")

    async def _take(self, lock: int) -> None:
        end = time.monotonic() + _ENDING_SECONDS
        while not _try_lock(lock):
            holder = self.holder
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
    """The unix socket of the server on `data_dir`: the same at each start, and short."""
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    folder = f"quikstate-{os.geteuid()}-{digest}"
    given = Path(tempfile.gettempdir(), folder, "redis.sock")
    return given if len(os.fsencode(given)) <= _LONGEST_SOCKET else Path("/tmp", folder, "redis.sock")  # noqa: S108 - ours alone, see below


def make_private(folder: Path) -> None:
    """Make `folder` where others may have been first, and be sure that it is ours alone."""
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
    except OSError as error:
        raise StartRefused(
            f"data_dir: cannot make {folder} for the socket: {error.strerror or error}"
        ) from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise StartRefused(f"data_dir: {folder}, the place for the socket, is not a directory of ours alone")


def remove_private(socket: Path) -> None:
    """Leave nothing of the socket behind, a killed server's included."""
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
