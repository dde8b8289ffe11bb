"""Downloads of keys from servers that hang, lie, or never end: each ends soon, and so does its thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import Unauthenticated
from quikstate_server.identity import key_download
from quikstate_server.identity.auth_file import Issuer
from quikstate_server.identity.key_sets import KeySet, KeySets
from support.harness.eventually import eventually, timely

Serve = Callable[[asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 200 OK\r\nconnection: close\r\n"


@asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[str]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await serve(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/jwks"
    finally:
        server.close()


def sends(answer: bytes) -> Serve:
    async def serve(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return serve


def drips(head: bytes) -> Serve:
    async def serve(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    return serve


async def hangs(_: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("serve", [hangs, drips(HEAD), drips(HEAD + b"\r\n")], ids=["hangs", "head", "body"])
async def test_server_that_never_ends_holds_no_thread(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_download, "_SECONDS", 0.2)
    threads: set[threading.Thread] = set()
    read = key_download._read

    def noted(*arguments: object) -> bytes:
        thread = threading.current_thread()
        threads.add(thread)
        try:
            return read(*arguments)  # type: ignore[arg-type] # those of _read
        finally:
            threads.discard(thread)

    monkeypatch.setattr(key_download, "_read", noted)
    async with serving(serve) as url, timely(30):
        with pytest.raises(OSError):  # noqa: PT011 - of any kind
            await key_download.download(url)
        await eventually(lambda: not threads)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        HEAD + b"x: " + b"y" * 100_000 + b"\r\n\r\n{}",
        HEAD + b"content-length: 100\r\n\r\n{}",
        HEAD + b"\r\n" + b"x" * 1_100_000,
        HEAD + b"\r\n" + b"[" * 1_000_000,
        HEAD + b'\r\n{"keys": ' + b"[" * 900_000,
        HEAD + b"\r\n{}",
        HEAD + b'\r\n{"keys": 1}',
        HEAD + b'\r\n{"keys": [1]}',
        HEAD + b'\r\n{"keys": [{"kty": "RSA", "alg": "HS256", "n": "a", "e": 1}]}',
        HEAD + b"\r\n\xff\xfe",
        b"HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nlocation: /jwks\r\n\r\n",
        b"HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic realm=x\r\n\r\n",
    ],
    ids=lambda answer: repr(answer[-40:]),
)
async def test_server_that_lies_gives_no_keys(answer: bytes) -> None:
    async with serving(sends(answer)) as url:
        issuer = Issuer(audience="a", algorithms=["RS256"], jwks_url=url)
        keys = KeySet("i", issuer, FaultMonitor(), lambda: None)
        with pytest.raises(Unauthenticated):
            await keys.key("k")
        await keys.close()


async def test_call_that_waits_for_keys_is_refused_when_its_issuer_is_taken_away() -> None:
    async with serving(hangs) as url:
        sets = KeySets(FaultMonitor())
        issuer = Issuer(audience="a", algorithms=["RS256"], jwks_url=url)
        await sets.replace(sets.read({"i": issuer}))
        waiting = asyncio.ensure_future(sets.key("i", "k"))
        await asyncio.sleep(0)
        await sets.close()
        for call in (waiting, sets.key("i", "k")):
            with pytest.raises(Unauthenticated):
                await call
