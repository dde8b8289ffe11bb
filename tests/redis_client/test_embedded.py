"""An embedded Redis keeps its data, serves one process, and never outlives it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.embedded import child_process, tie_to_parent
from quikstate_server.redis_client.embedded.binaries import (
    MIN_VERSION,
    Release,
    ServerBinary,
    find_installed_servers,
)
from quikstate_server.redis_client.embedded.data_directory import (
    DataDirectory,
    make_private_folder,
    socket_path,
)
from quikstate_server.redis_client.embedded.supervisor import EmbeddedRouter, embedded_client
from quikstate_server.settings import RedisSettings, StartRefused
from support.harness.eventually import eventually, wait_until
from support.server import embedded_server

Start = Callable[..., Awaitable[RedisClient]]


@pytest.fixture(params=list(find_installed_servers()), ids=lambda binary: binary.release.kind)
def binary(request: pytest.FixtureRequest) -> ServerBinary:
    """Return each kind of server that this machine has."""
    found: ServerBinary = request.param
    return found


@pytest.fixture
async def start(tmp_path: Path, binary: ServerBinary) -> AsyncIterator[Start]:
    """Start a server on the data directory of the test, `await start(*binaries)`, and stop it."""
    async with AsyncExitStack() as started:

        async def one(*binaries: ServerBinary) -> RedisClient:
            redis_client = embedded_client(tmp_path, RedisSettings(), binaries=lambda: binaries or (binary,))
            await redis_client.start()
            started.push_async_callback(redis_client.close)
            return redis_client

        yield one


@pytest.fixture
def parent(tmp_path: Path, binary: ServerBinary) -> Iterator[subprocess.Popen[str]]:
    """Return another process that has started a server on the data directory of the test."""
    command = [sys.executable, embedded_server.__file__, str(tmp_path), binary.release.kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert embedded_server.READY in iter(process.stdout.readline, "")
        yield process
        process.kill()


def pid_of(redis_client: RedisClient) -> int:
    router = redis_client.router
    assert isinstance(router, EmbeddedRouter)
    assert router.server.pid
    return router.server.pid


async def test_embedded_keeps_its_data_over_a_restart(start: Start) -> None:
    first = await start()
    await first.command("SET", "kept", "1", key="kept")
    await first.close()
    second = await start()
    assert await second.command("GET", "kept", key="kept") == b"1"


async def test_embedded_close_ends_the_server_and_frees_everything(start: Start, tmp_path: Path) -> None:
    redis_client = await start()
    pid = pid_of(redis_client)
    await redis_client.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not DataDirectory(tmp_path).is_held
    assert not socket_path(tmp_path).parent.exists()


async def test_embedded_restarts_a_server_that_died(start: Start) -> None:
    redis_client = await start()
    await redis_client.command("SET", "kept", "1", key="kept")
    died = pid_of(redis_client)
    os.kill(died, signal.SIGKILL)
    await eventually(lambda: not redis_client.is_available)
    await eventually(lambda: redis_client.is_available)
    assert await redis_client.command("GET", "kept", key="kept") == b"1"
    assert pid_of(redis_client) != died


async def test_embedded_second_server_on_a_directory_is_refused(start: Start, tmp_path: Path) -> None:
    await start()
    with pytest.raises(StartRefused) as refused:
        await start()
    assert refused.value.lines == (
        f"data_dir: {tmp_path} is in use by process {os.getpid()}; choose another with --data-dir",
    )


async def test_embedded_second_process_on_a_directory_is_refused(
    parent: subprocess.Popen[str], start: Start
) -> None:
    with pytest.raises(StartRefused, match=f"in use by process {parent.pid};"):
        await start()


async def test_embedded_leaves_no_child_after_kill_9(parent: subprocess.Popen[str], tmp_path: Path) -> None:
    """The child holds the lock of the directory for as long as it runs."""
    assert DataDirectory(tmp_path).is_held
    parent.kill()
    parent.wait()
    await eventually(lambda: not DataDirectory(tmp_path).is_held)
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(OSError, match=r"refused|No such file"):
        probe.connect(str(socket_path(tmp_path)))


async def test_embedded_starts_right_after_kill_9_with_its_data(
    parent: subprocess.Popen[str], start: Start, tmp_path: Path
) -> None:
    with redis.Redis(unix_socket_path=str(socket_path(tmp_path))) as client:
        client.set("kept", 1)
    parent.kill()
    parent.wait()
    redis_client = await start()
    assert await redis_client.command("GET", "kept", key="kept") == b"1"


async def test_embedded_ends_in_order_when_its_user_does(
    parent: subprocess.Popen[str], tmp_path: Path
) -> None:
    parent.communicate(timeout=20)
    assert parent.returncode == 0
    assert not DataDirectory(tmp_path).is_held


async def test_embedded_child_does_not_receive_ctrl_c(start: Start) -> None:
    """A terminal sends it to the whole process group; the child must outlive the drain."""
    assert os.getpgid(pid_of(await start())) != os.getpgid(0)


async def test_embedded_is_started_again_with_a_newer_version(start: Start, binary: ServerBinary) -> None:
    redis_client = await start()
    await redis_client.close()
    newer = replace(binary, release=Release(binary.release.kind, (99, 0, 0)))
    await start(newer)


@pytest.mark.parametrize(
    "another", [Release("another", (99, 0, 0)), Release("", MIN_VERSION)], ids=["kind", "older"]
)
async def test_embedded_data_of_another_kind_or_newer_version_is_refused(
    another: Release, start: Start, binary: ServerBinary, tmp_path: Path
) -> None:
    await (await start()).close()
    other = replace(another, kind=another.kind or binary.release.kind)
    if other.can_read(binary.release):  # the oldest server there may be is the one we have
        DataDirectory(tmp_path).record_writer(Release(other.kind, (99, 0)))
    with pytest.raises(StartRefused) as refused:
        await start(replace(binary, release=other))
    (line,) = refused.value.lines
    assert line.startswith(f"data_dir: {tmp_path} was written by ")
    assert f"which {other} cannot read" in line
    assert not DataDirectory(tmp_path).is_held


async def test_embedded_chooses_the_server_that_wrote_the_data(start: Start, binary: ServerBinary) -> None:
    await (await start()).close()
    preferred = ServerBinary(Path("/nowhere"), Release("another", (99, 0, 0)))
    redis_client = await start(preferred, binary)
    assert await redis_client.command("PING", key="") == b"PONG"


async def test_embedded_without_any_server_says_what_to_install(tmp_path: Path) -> None:
    redis_client = embedded_client(tmp_path, RedisSettings(), binaries=list)
    with pytest.raises(StartRefused, match=r"^redis_url: .*quikstate\[embedded\]"):
        await redis_client.start()


async def test_embedded_damaged_data_is_refused_with_the_last_output_of_the_server(
    start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "appendonlydir"
    folder.mkdir()
    (folder / "appendonly.aof.manifest").write_text("damaged\n")
    with pytest.raises(StartRefused) as refused:
        await start()
    (line,) = refused.value.lines
    assert line.startswith(f"data_dir: no server on {tmp_path}: it ended with code 1; its last output: ")
    assert not (tmp_path / "writer").exists()


async def test_embedded_directory_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    redis_client = embedded_client(tmp_path / "file" / "data", RedisSettings())
    with pytest.raises(StartRefused, match=r"^data_dir: cannot use .*: Not a directory$"):
        await redis_client.start()


async def test_embedded_start_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    redis_client = embedded_client(tmp_path, RedisSettings())
    starting = asyncio.ensure_future(redis_client.start())
    await eventually(lambda: (tmp_path / "lock").exists())
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    # At once, but for a child between fork and exec, such as one that is asked for its version.
    await eventually(lambda: not DataDirectory(tmp_path).is_held)


def test_embedded_socket_is_short_and_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/" + "long/" * 30)
    deep = tmp_path / ("long" * 30)
    assert len(os.fsencode(socket_path(deep))) <= 103
    assert socket_path(deep) == socket_path(deep / "." / ".." / deep.name)
    assert socket_path(deep) != socket_path(tmp_path)


@pytest.mark.parametrize("trap", ["link", "open to others", "file"])
def test_embedded_socket_folder_that_is_not_private_is_refused(trap: str, tmp_path: Path) -> None:
    folder = tmp_path / "socket"
    if trap == "link":
        (tmp_path / "theirs").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "theirs")
    elif trap == "file":
        folder.touch()
    else:
        folder.mkdir()
        folder.chmod(0o777)
    with pytest.raises(StartRefused, match="must be a directory of this user with mode 700"):
        make_private_folder(folder)


def test_embedded_watcher_ends_the_server_when_its_parent_has_gone(tmp_path: Path) -> None:
    """The watcher replaces Linux's death signal on other systems; the pipe closes when the parent ends."""
    watcher = _watch(tmp_path)
    assert watcher.stdin
    watcher.stdin.close()
    assert watcher.wait(10) != 0
    assert (tmp_path / "ended").exists()


def test_embedded_watcher_passes_sigterm_on(tmp_path: Path) -> None:
    watcher = _watch(tmp_path)
    watcher.terminate()
    assert watcher.wait(10) != 0
    assert (tmp_path / "ended").exists()
    watcher.communicate()


async def test_embedded_serves_behind_the_watcher_too(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        child_process, "_launcher", lambda: (sys.executable, tie_to_parent.__file__, "watch", "0")
    )
    redis_client = await start()
    await redis_client.command("SET", "kept", "1", key="kept")
    await redis_client.close()
    assert not DataDirectory(tmp_path).is_held
    redis_client = await start()
    assert await redis_client.command("GET", "kept", key="kept") == b"1"


_CHILD = """
import pathlib, signal, sys
def end(*_):
    pathlib.Path(sys.argv[1], "ended").touch()
    sys.exit(7)
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[1], "started").touch()
signal.pause()
"""


def _watch(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, tie_to_parent.__file__, "watch", str(os.getpid())]
    child = [sys.executable, "-c", _CHILD, str(folder)]
    watcher = subprocess.Popen([*command, *child], stdin=subprocess.PIPE)
    wait_until(lambda: (folder / "started").exists())
    return watcher


def test_embedded_launcher_without_its_parent_starts_nothing() -> None:
    """The parent may end before the kernel was asked for the signal."""
    orphan = [sys.executable, tie_to_parent.__file__, "exec", "1", "/bin/echo", "started"]
    ended = subprocess.run(orphan, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "the parent process has ended\n")
