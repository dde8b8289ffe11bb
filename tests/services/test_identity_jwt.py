"""Callers with JSON Web Tokens: which are accepted, and where their keys come from."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from quikstate_server.app import App
from quikstate_server.identity import key_sets
from services.conftest import OpenChannel, StartApp
from services.test_identity import check, end_of, subscribe
from support.harness.eventually import eventually
from support.server.call_errors import failure_of
from support.server.callers import AUDIENCE, EVERYTHING, ISSUER, AuthFile, Issuer, bearer


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    return Issuer()


def policy(issuer_entry: dict[str, object], **claims: str) -> dict[str, Any]:
    usual = {"audience": AUDIENCE, "algorithms": ["RS256"]}
    jwts = [{"issuer": ISSUER, "claims": claims or {"sub": "checkout"}}]
    return {
        "issuers": {ISSUER: usual | issuer_entry},
        "callers": {"checkout": {"jwts": jwts, "services": EVERYTHING}},
    }


@pytest.fixture
async def app(auth: AuthFile, issuer: Issuer, tmp_path: Path, start_app: StartApp) -> App:
    keys = tmp_path / "jwks.json"
    keys.write_text(issuer.jwks())
    return await start_app(auth=auth.write(**policy({"jwks_file": str(keys)})))


@pytest.fixture
def channel(app: App, open_channel: OpenChannel) -> grpc.aio.Channel:
    return open_channel(app)


async def refusal(channel: grpc.aio.Channel, token: str) -> str:
    failed = await failure_of(check(channel, "a", *bearer(token)))
    assert failed.code is grpc.StatusCode.UNAUTHENTICATED
    assert token not in failed.everything
    return failed.message


async def test_jwt_of_a_known_issuer_is_a_credential(channel: grpc.aio.Channel, issuer: Issuer) -> None:
    assert (await check(channel, "a", *bearer(issuer.sign()))).allowed
    for claims in ({"aud": ["x", AUDIENCE]}, {"exp": 10**400}):
        await check(channel, "a", *bearer(issuer.sign(**claims)))


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"exp": int(time.time()) - 60}, "it has expired"),
        ({"exp": None}, "it needs the claims exp, iss and aud"),
        ({"nbf": int(time.time()) + 600}, "it is not valid yet"),
        ({"aud": "others"}, "it is for another audience"),
        ({"aud": None}, "it needs the claims exp, iss and aud"),
        ({"iss": "https://evil.test"}, "of an issuer that is not known"),
        ({"iss": None}, "of an issuer that is not known"),
        ({"sub": "somebody"}, "the JWT is not known"),
        ({"sub": None}, "the JWT is not known"),
        ({"exp": "tomorrow"}, "it is malformed"),
    ],
)
async def test_jwt_with_wrong_claims_is_refused(
    channel: grpc.aio.Channel, issuer: Issuer, claims: dict[str, Any], words: str
) -> None:
    assert words in await refusal(channel, issuer.sign(**claims))


async def test_jwt_with_a_wrong_signature_is_refused(channel: grpc.aio.Channel, issuer: Issuer) -> None:
    good = issuer.sign()
    head, body, signature = good.split(".")
    other = Issuer()
    for token in (
        other.sign(),
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-4]}",
        good[:-1],
        f"{head}.{body}x.{signature}",
        "..",
        "a.b.c",
    ):
        await refusal(channel, token)
    await refusal(channel, f"{good}{'x' * 8_192}")


async def test_jwt_cannot_choose_its_algorithm(channel: grpc.aio.Channel, issuer: Issuer) -> None:
    pem = issuer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def part(content: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    body = issuer.sign().split(".")[1]
    await refusal(channel, f"{part({'alg': 'none', 'kid': issuer.key_id})}.{body}.")
    head = part({"alg": "HS256", "kid": issuer.key_id})
    signed = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
        f"{head}.{body}".encode(), pem
    )
    await refusal(channel, f"{head}.{body}.{base64.urlsafe_b64encode(signed).decode().rstrip('=')}")
    await refusal(channel, issuer.sign(algorithm="RS512"))


async def test_calls_and_streams_of_a_jwt_end_when_it_expires(
    auth: AuthFile, issuer: Issuer, tmp_path: Path, start_app: StartApp, open_channel: OpenChannel
) -> None:
    keys = tmp_path / "jwks.json"
    keys.write_text(issuer.jwks())
    app = await start_app(auth=auth.write(**policy({"jwks_file": str(keys), "leeway_seconds": 0})))
    channel = open_channel(app)
    token = issuer.sign(exp=int(time.time()) + 3)
    stream = subscribe(channel, token)
    await stream.read()
    failed = await end_of(stream)
    assert (failed.code, failed.message) == (grpc.StatusCode.UNAUTHENTICATED, "the JWT has expired")
    assert "has expired" in await refusal(channel, token)


class KeyServer:
    """Serves the keys of an issuer by HTTP, as they are now."""

    def __init__(self) -> None:
        self.keys = ""
        self.requests = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests += 1
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("location", "/jwks")
                    self.end_headers()
                    return
                self.send_response(200 if outer.keys else 500)
                self.end_headers()
                self.wfile.write(outer.keys.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/jwks"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def key_server() -> Iterator[KeyServer]:
    server = KeyServer()
    yield server
    server.close()


async def test_keys_are_fetched_and_those_of_before_stay_while_the_issuer_is_down(
    auth: AuthFile, issuer: Issuer, key_server: KeyServer, start_app: StartApp, open_channel: OpenChannel
) -> None:
    key_server.keys = issuer.jwks()
    entry = policy({"jwks_url": key_server.url})
    channel = open_channel(await start_app(auth=auth.write(**entry)))
    assert (await check(channel, "a", *bearer(issuer.sign()))).allowed
    key_server.keys = ""
    auth.write(**entry, open=["health", "reflection"])  # loaded again: the keys are kept
    await eventually(lambda: key_server.requests >= 1)
    assert (await check(channel, "a", *bearer(issuer.sign(jti="2")))).allowed


async def test_jwts_of_unknown_keys_do_not_make_the_server_fetch_again_and_again(
    auth: AuthFile, issuer: Issuer, key_server: KeyServer, start_app: StartApp, open_channel: OpenChannel
) -> None:
    key_server.keys = issuer.jwks()
    channel = open_channel(await start_app(auth=auth.write(**policy({"jwks_url": key_server.url}))))
    assert (await check(channel, "a", *bearer(issuer.sign()))).allowed
    other = Issuer()
    for number in range(20):
        other.key_id = f"other{number}"
        assert "a key that its issuer does not have" in await refusal(channel, other.sign())
    assert key_server.requests <= 2


async def test_keys_are_not_taken_from_where_a_redirect_leads(
    auth: AuthFile, issuer: Issuer, key_server: KeyServer, start_app: StartApp, open_channel: OpenChannel
) -> None:
    key_server.keys = issuer.jwks()
    entry = policy({"jwks_url": key_server.url.replace("/jwks", "/moved")})
    channel = open_channel(await start_app(auth=auth.write(**entry)))
    assert "a key that its issuer does not have" in await refusal(channel, issuer.sign())


async def test_stream_of_a_jwt_ends_when_its_key_leaves_the_file(
    auth: AuthFile, issuer: Issuer, tmp_path: Path, start_app: StartApp, open_channel: OpenChannel
) -> None:
    keys = tmp_path / "jwks.json"
    keys.write_text(issuer.jwks())
    channel = open_channel(await start_app(auth=auth.write(**policy({"jwks_file": str(keys)}))))
    token = issuer.sign()
    stream = subscribe(channel, token)
    await stream.read()
    keys.write_text(Issuer().jwks())  # which has the same id
    await fails_for_want_of_the_key(stream)
    assert "signature is wrong" in await refusal(channel, token)


async def test_stream_of_a_jwt_ends_when_its_issuer_publishes_the_key_no_more(
    auth: AuthFile,
    issuer: Issuer,
    key_server: KeyServer,
    start_app: StartApp,
    open_channel: OpenChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_sets, "_PAUSE_SECONDS", 0.0)
    key_server.keys = issuer.jwks()
    channel = open_channel(await start_app(auth=auth.write(**policy({"jwks_url": key_server.url}))))
    token = issuer.sign()
    stream = subscribe(channel, token)
    await stream.read()
    other = Issuer("k2")
    key_server.keys = other.jwks()
    assert (await check(channel, "a", *bearer(other.sign()))).allowed  # an unknown key: fetch again
    await fails_for_want_of_the_key(stream)
    assert "a key that its issuer does not have" in await refusal(channel, token)


async def fails_for_want_of_the_key(stream: Any) -> None:
    failed = await end_of(stream)
    assert failed.code is grpc.StatusCode.UNAUTHENTICATED
    assert failed.message == "the JWT is signed with a key that its issuer does not have any more"
