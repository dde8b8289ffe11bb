"""A server starts whole, or says in one line why not and leaves nothing behind."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from quikstate_server.app import App
from quikstate_server.settings import StartRefused
from services.conftest import OpenChannel, StartApp
from support.server.stub_service import StubService, call, valid


async def test_any_free_port_is_known_once_taken(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(stub.methods(), listen="127.0.0.1:0")
    host, _, port = app.address.rpartition(":")
    assert host == "127.0.0.1"
    assert int(port) > 0
    assert (await call(open_channel(app))(valid())).allowed


async def test_a_taken_port_is_refused(app: App, start_app: StartApp) -> None:
    with pytest.raises(
        StartRefused, match=f"^listen: cannot listen on {app.address}: Address already in use$"
    ):
        await start_app(listen=app.address)


async def test_a_port_taken_on_the_same_address_alone_is_refused(start_app: StartApp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartRefused, match="Address already in use"):
            await start_app(listen=f"0.0.0.0:{port}", insecure=True)


async def test_a_unix_socket_in_use_is_not_taken_over(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel, tmp_path: Path
) -> None:
    where = f"unix:{tmp_path}/quikstate.sock"
    first = await start_app(stub.methods(), listen=where)
    assert first.address == where
    with pytest.raises(StartRefused, match="Address already in use"):
        await start_app(listen=where)
    assert (await call(open_channel(first))(valid())).allowed


async def test_a_unix_socket_left_behind_is_taken(start_app: StartApp, tmp_path: Path) -> None:
    path = tmp_path / "quikstate.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    await start_app(listen=f"unix:{path}")


async def test_a_taken_metrics_port_is_refused_and_nothing_stays(start_app: StartApp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        where = f"127.0.0.1:{taken.getsockname()[1]}"
        before = asyncio.all_tasks()
        with pytest.raises(
            StartRefused, match=f"^metrics_listen: cannot listen on {where}: Address already in use$"
        ):
            await start_app(metrics_listen=where)
    assert asyncio.all_tasks() == before


async def test_a_unix_socket_in_a_directory_that_is_not_there_is_refused(
    start_app: StartApp, tmp_path: Path
) -> None:
    with pytest.raises(StartRefused, match="No such file or directory"):
        await start_app(listen=f"unix:{tmp_path}/missing/quikstate.sock")


async def test_an_address_that_is_not_ours_is_refused(start_app: StartApp) -> None:
    with pytest.raises(StartRefused, match="Cannot assign requested address"):
        await start_app(listen="192.0.2.1:50051", insecure=True)


async def test_a_unix_socket_whose_path_is_too_long_is_refused(start_app: StartApp, tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match=r"^listen: cannot listen on unix:.*: AF_UNIX path too long$"):
        await start_app(listen=f"unix:{tmp_path}/{'x' * 200}")


@pytest.mark.parametrize("setting", ["listen", "metrics_listen"])
@pytest.mark.parametrize(
    ("host", "what"),
    [
        ("nowhere.invalid", "Name or service not known|Temporary failure in name resolution"),
        ("a..b", "'a..b' is not a host name"),
    ],
)
async def test_a_host_that_is_none_is_refused(
    start_app: StartApp, setting: str, host: str, what: str
) -> None:
    with pytest.raises(StartRefused, match=f"^{setting}: cannot listen on {host}:1: ({what})$"):
        await start_app(**{setting: f"{host}:1"})


@pytest.mark.parametrize("setting", ["listen", "metrics_listen"])
async def test_a_host_that_no_resolver_answers_about_is_refused_soon(
    start_app: StartApp, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, ask = threading.Event(), socket.getaddrinfo

    def getaddrinfo(host: str, *about: Any, **more: Any) -> Any:
        if host == "silent.example":
            silent.wait(60)
        return ask(host, *about, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    began = time.monotonic()
    with pytest.raises(
        StartRefused,
        match=f"^{setting}: cannot listen on silent.example:1: "
        "the host 'silent.example' could not be resolved within 2 s$",
    ):
        await start_app(**{setting: "silent.example:1"})
    assert time.monotonic() - began < 10  # which a resolver takes, and gRPC once more
    silent.set()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"listen": "0.0.0.0:0"}, ["listen: 0.0.0.0:0 would be served in plain text", "open to any caller"]),
        ({"listen": "[::]:0"}, ["plain text", "open to any caller"]),
        ({"metrics_listen": "0.0.0.0:0"}, ["metrics_listen: 0.0.0.0:0 would be served in plain text"]),
    ],
)
async def test_an_address_that_others_reach_needs_tls_and_auth_or_a_word(
    start_app: StartApp, settings: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(StartRefused) as refused:
        await start_app(**settings)
    assert len(refused.value.lines) == len(words)
    for line, part in zip(refused.value.lines, words, strict=True):
        assert part in line
        assert "QUIKSTATE_INSECURE" in line
    await start_app(**settings, insecure=True)


@pytest.mark.parametrize("listen", ["localhost:0", "127.0.0.2:0", "[::1]:0"])
async def test_a_loopback_address_needs_neither(start_app: StartApp, listen: str) -> None:
    await start_app(listen=listen)
