"""A server starts whole, or says in one line why not and leaves nothing behind."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from quikstate_server.app import App
from quikstate_server.settings import StartRefused
from services.conftest import OpenChannel, StartApp
from support.stub_service import StubService, call, valid


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
            await start_app(listen=f"0.0.0.0:{port}")


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
        await start_app(listen="192.0.2.1:50051")
