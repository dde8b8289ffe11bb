"""Nobody gets in by another door: every RPC over every protocol, odd headers, and odd paths."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from quikstate.v1.lock_pb2 import GetLockRequest
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp
from support.harness.api_methods import METHODS
from support.http import http2_frames as frames
from support.http.frames import frame
from support.http.http2_socket import http2
from support.identity.answers import Caller
from support.server.call_errors import failure_of
from support.server.callers import AuthFile, bearer, caller

SECRET = "s3cret"  # noqa: S105 - of the tests
TOKEN = f"Bearer {SECRET}"
GET_LOCK = "/quikstate.v1.LockService/GetLock"
REQUEST = GetLockRequest(resource="a").SerializeToString()
JSON_REQUEST = b'{"resource": "a"}'
OK, RESOURCE_EXHAUSTED, UNIMPLEMENTED, UNAUTHENTICATED = 0, 8, 12, 16
ELSEWHERE = [
    (),
    (("authorization-bin", base64.b64encode(TOKEN.encode()).decode()),),
    (("proxy-authorization", TOKEN),),
    (("x-authorization", TOKEN),),
    (("x-forwarded-authorization", TOKEN),),
    (("grpc-metadata-authorization", TOKEN),),
    (("cookie", f"authorization={quote(TOKEN)}; token={SECRET}"),),
    (("x-http-method-override", "GET"), ("x-original-url", "/healthz")),
]
"""Headers that are no credential."""
WRONG = [
    (("authorization", TOKEN), ("authorization", TOKEN)),
    (("authorization", TOKEN), ("authorization", "Bearer other")),
    (("authorization", "Bearer other"), ("authorization", TOKEN)),
    (("authorization", f"{TOKEN}, Bearer other"),),
    (("authorization", f"Bearer other, {TOKEN}"),),
    (("authorization", f"Basic {base64.b64encode(f'u:{SECRET}'.encode()).decode()}"),),
    (("authorization", f"Bearer{SECRET}"),),
    (("authorization", SECRET),),
    (("authorization", f"{TOKEN}\u00e9"),),
    (("authorization", f"Bearer {SECRET.upper()}"),),
    (("authorization", "Bearer " + "x" * 4_000),),
]
"""Credentials that are none, or too many."""


@pytest.fixture
async def app(tmp_path: Path, start_app: StartApp) -> App:
    callers = {"web": caller(SECRET)}
    return await start_app(
        auth=AuthFile(tmp_path / "auth.yaml").write(callers=callers), heartbeat_seconds=0.05
    )


async def test_every_rpc_needs_a_credential(app: App, open_channel: OpenChannel) -> None:
    """Whoever streams is refused before its first message."""
    channel = open_channel(app)
    for rpc, method in METHODS.items():
        requests = [] if method.client_streaming else [method.request_type()]
        for headers in ((), bearer("wrong")):
            told, _ = await Caller(channel, headers).answer(method, requests)
            assert told[0] == "UNAUTHENTICATED", rpc
        if requests:
            told, _ = await Caller(channel, bearer(SECRET)).answer(method, requests)
            assert told[0] != "UNAUTHENTICATED", rpc


@pytest.mark.parametrize("headers", [*ELSEWHERE, *WRONG], ids=str)
async def test_odd_headers_are_no_credential(app: App, headers: tuple[tuple[str, str], ...]) -> None:
    async with http2(app.address) as socket:
        answer = await socket.call(1, GET_LOCK, REQUEST, *headers)
        assert answer.grpc_status in {UNAUTHENTICATED, None}
        assert answer.grpc_status is not None or answer.reset is not None or answer.status != 200
        assert SECRET not in str(answer)
        good = await socket.call(3, GET_LOCK, REQUEST, ("authorization", TOKEN))
        assert good.grpc_status == OK or socket.closed


@pytest.mark.parametrize("name", ["Authorization", "AUTHORIZATION", "authorization "])
async def test_names_that_http2_forbids_are_no_credential(app: App, name: str) -> None:
    async with http2(app.address) as socket:
        socket.send(frames.open_call(1, GET_LOCK, (name, TOKEN)), frames.data(1, frame(REQUEST), end=True))
        assert (await socket.answer(1)).grpc_status != OK


async def test_trailers_are_no_credential(app: App) -> None:
    async with http2(app.address) as socket:
        trailers = frames.block(("authorization", TOKEN))
        socket.send(
            frames.open_call(1, GET_LOCK),
            frames.data(1, frame(REQUEST)),
            frames.frame(frames.HEADERS, frames.END_HEADERS | frames.END_STREAM, 1, trailers),
        )
        assert (await socket.answer(1)).grpc_status in {None, UNAUTHENTICATED}


@pytest.mark.parametrize(
    ("value_bytes", "status"),
    [
        (8_192, UNAUTHENTICATED),
        (15_000, UNAUTHENTICATED),
        (63_000, UNAUTHENTICATED),
        (66_000, RESOURCE_EXHAUSTED),
    ],
)
async def test_large_headers_are_judged_alike_each_time(
    app: App, open_channel: OpenChannel, value_bytes: int, status: int
) -> None:
    locks = LockServiceStub(open_channel(app))
    for _ in range(20):
        failed = await failure_of(
            locks.GetLock(GetLockRequest(resource="a"), metadata=bearer("x" * value_bytes))
        )
        assert failed.code.value[0] == status
    await locks.GetLock(GetLockRequest(resource="a"), metadata=bearer(SECRET))


PATHS = [
    f"/{GET_LOCK}",
    f"{GET_LOCK}/",
    f"{GET_LOCK}/.",
    f"/.{GET_LOCK}",
    f"/healthz/..{GET_LOCK}",
    f"{GET_LOCK}%00",
    GET_LOCK.lower(),
    GET_LOCK.upper(),
    GET_LOCK.replace("v1.", "v1%2e"),
    GET_LOCK.replace("/Get", "%2fGet"),
    GET_LOCK.replace("/Get", "//Get"),
    GET_LOCK.replace("/Get", "\\Get"),
    f"{GET_LOCK};authorization={SECRET}",
    f"{GET_LOCK}?authorization={quote(TOKEN)}",
    f"{GET_LOCK}#",
    f"http://a{GET_LOCK}",
    GET_LOCK[1:],
]


@pytest.mark.parametrize("path", PATHS)
async def test_odd_paths_are_no_method_and_no_way_around(app: App, path: str) -> None:
    async with http2(app.address) as socket:
        answer = await socket.call(1, path, REQUEST)
        assert answer.grpc_status in {UNAUTHENTICATED, UNIMPLEMENTED, None}
        assert answer.grpc_status is not None or answer.status != 200
