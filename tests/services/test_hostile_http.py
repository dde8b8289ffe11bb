"""Nobody gets in by another door of the transport http: Connect, gRPC-Web and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from quikstate_server.app import App
from services.conftest import StartApp
from services.test_hostile_headers import (
    ELSEWHERE,
    GET_LOCK,
    JSON_REQUEST,
    PATHS,
    SECRET,
    TOKEN,
    WRONG,
)
from support.harness.api_methods import METHODS
from support.http.client import JSON, VERSIONS, HttpClient, connected, converse
from support.http.frames import frame
from support.server.callers import AuthFile, caller

OPEN_PATHS = ("/healthz", "/readyz", "/openapi.json")
READ_QUERY = f"encoding=json&message={quote(JSON_REQUEST.decode())}"


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
async def app(tmp_path: Path, start_app: StartApp) -> App:
    return await start_app(auth=AuthFile(tmp_path / "auth.yaml").write(callers={"web": caller(SECRET)}))


async def said(client: HttpClient, path: str, content_type: str, body: bytes) -> str:
    """The code of the status, wherever the protocol has it."""
    answer = await client.request("POST", path, {"content-type": content_type}, body)
    if content_type.startswith("application/grpc-web"):
        status = answer.headers.get("grpc-status") or answer.body.decode(errors="replace")
        return "unauthenticated" if "16" in status else status
    if content_type.startswith("application/connect"):
        return str(json.loads(answer.body[5:])["error"]["code"])
    assert answer.status == 401
    return str(answer.json["code"])


@pytest.mark.parametrize("version", VERSIONS)
async def test_every_rpc_needs_a_credential_over_every_protocol(app: App, version: str) -> None:
    async with connected(app.address, version) as client:
        for method in METHODS.values():
            path = f"/{method.full_name}"
            if method.client_streaming and version == "http/1.1":
                continue  # it needs HTTP/2
            if method.streaming:
                kinds = [
                    ("application/grpc-web+proto", frame(b"")),
                    ("application/connect+json", frame(b"{}")),
                    ("application/connect+proto", frame(b"")),
                ]
            else:
                kinds = [
                    ("application/grpc-web+proto", frame(b"")),
                    ("application/json", b"{}"),
                    ("application/proto", b""),
                ]
            for content_type, body in kinds:
                assert await said(client, path, content_type, body) == "unauthenticated", (path, content_type)
            if method.no_side_effects and not method.streaming:
                answer = await client.request("GET", f"{path}?encoding=json&message=%7B%7D")
                assert answer.status == 401


@pytest.mark.parametrize("version", VERSIONS)
async def test_token_in_the_query_is_no_credential(app: App, version: str) -> None:
    queries = [
        f"{name}={quote(value)}" for name in ("authorization", "access_token") for value in (TOKEN, SECRET)
    ]
    async with connected(app.address, version) as client:
        for query in queries:
            answer = await client.request("GET", f"{GET_LOCK}?{READ_QUERY}&{query}")
            assert (answer.status, answer.json["code"]) == (401, "unauthenticated")
            assert SECRET not in answer.body.decode()
        good = await client.request("GET", f"{GET_LOCK}?{READ_QUERY}", {"authorization": TOKEN})
        assert good.status == 200


@pytest.mark.parametrize("version", VERSIONS)
async def test_only_probes_and_the_description_are_open(app: App, version: str) -> None:
    async with connected(app.address, version) as client:
        for path in OPEN_PATHS:
            assert (await client.request("GET", path)).status == 200
        for path in ("/", "/metrics", "/debug", "/openapi.json/", "/healthz/x", "/HEALTHZ", "/%68ealthz"):
            assert (await client.request("GET", path)).status == 404


def post(path: str, *lines: str, method: str = "POST", body: bytes = JSON_REQUEST) -> bytes:
    head = [f"{method} {path} HTTP/1.1", "host: a", f"content-type: {JSON}", "connection: close", *lines]
    if not any(line.startswith("transfer-encoding") for line in lines):
        head.append(f"content-length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.parametrize("headers", [*ELSEWHERE, *WRONG], ids=str)
async def test_odd_headers_of_http1_are_no_credential(app: App, headers: Any) -> None:
    answer = await converse(app.address, post(GET_LOCK, *(f"{name}: {value}" for name, value in headers)))
    assert status_of(answer) in {400, 401}
    assert SECRET.encode() not in answer


@pytest.mark.parametrize(
    "lines",
    [
        (f"x-a: b\r\n authorization: {TOKEN}",),
        (f"authorization : {TOKEN}",),
        (f"authorization\t: {TOKEN}",),
        (f"authorization:\r\n {TOKEN}",),
        (f"x-a: b\rauthorization: {TOKEN}",),
        (f"\0authorization: {TOKEN}",),
        (f"authorization: {TOKEN}\0",),
        ("connection: authorization", f"x-authorization: {TOKEN}"),
        ("authorization: " + "x" * 8_192,),
        ("authorization: Bearer " + "x" * 100_000,),
    ],
    ids=lambda lines: repr(lines)[:40],
)
async def test_smuggled_headers_of_http1_are_no_credential(app: App, lines: tuple[str, ...]) -> None:
    answer = await converse(app.address, post(GET_LOCK, *lines))
    assert status_of(answer) in {0, 400, 401, 431}


async def test_header_in_any_case_is_a_credential(app: App) -> None:
    for name in ("authorization", "Authorization", "AUTHORIZATION"):
        answer = await converse(app.address, post(GET_LOCK, f"{name}: {TOKEN}"))
        assert status_of(answer) == 200


async def test_trailer_of_http1_is_no_credential(app: App) -> None:
    chunks = b"%x\r\n%s\r\n0\r\nauthorization: %s\r\n\r\n" % (len(JSON_REQUEST), JSON_REQUEST, TOKEN.encode())
    sent = post(GET_LOCK, "transfer-encoding: chunked", "trailer: authorization", body=chunks)
    assert status_of(await converse(app.address, sent)) in {400, 401}


async def test_second_request_of_a_connection_has_no_credential_of_the_first(app: App) -> None:
    first = post(GET_LOCK, f"authorization: {TOKEN}").replace(b"connection: close\r\n", b"")
    answer = await converse(app.address, first + post(GET_LOCK))
    assert answer.count(b"HTTP/1.1 200") == answer.count(b"HTTP/1.1 401") == 1


@pytest.mark.parametrize("path", PATHS)
async def test_odd_paths_of_http1_are_no_way_around(app: App, path: str) -> None:
    assert status_of(await converse(app.address, post(path))) in {400, 401, 404}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND"])
async def test_method_is_what_the_request_line_says(app: App, method: str) -> None:
    lines = ("x-http-method-override: POST", "x-method-override: POST", f"authorization: {TOKEN}")
    answer = await converse(app.address, post(GET_LOCK, *lines, method=method))
    assert status_of(answer) in {0, 204, 400, 405, 415, 501}
    assert b'"lock"' not in answer
