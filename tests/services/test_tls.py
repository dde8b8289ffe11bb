"""TLS and mutual TLS, with real certificates."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
from structlog.testing import capture_logs

from quikstate.v1.rate_limit_pb2 import StreamRateLimitRequest, StreamRateLimitResponse
from quikstate_server.app import App
from quikstate_server.settings import StartRefused
from services.conftest import StartApp
from support.harness.eventually import eventually, timely
from support.server.call_errors import failure_of
from support.server.certificates import OPENSSL, Certificate, Certificates
from support.server.stub_service import END, StubService, call, chat, valid, watch

pytestmark: list[pytest.MarkDecorator] = [] if OPENSSL else [pytest.mark.homeless]


@pytest.fixture
def tls(certificates: Certificates) -> dict[str, object]:
    """The settings of a server with TLS."""
    return {"tls_cert_file": certificates.server.cert, "tls_key_file": certificates.server.key}


@pytest.fixture
def mutual_tls(certificates: Certificates, tls: dict[str, object]) -> dict[str, object]:
    return tls | {"tls_client_ca_file": certificates.ca.cert}


@asynccontextmanager
async def secure(
    app: App, ca: Certificate, own: Certificate | None = None
) -> AsyncIterator[grpc.aio.Channel]:
    """A channel that trusts `ca`, and shows its `own` certificate."""
    pair = (own.key.read_bytes(), own.cert.read_bytes()) if own else (None, None)
    credentials = grpc.ssl_channel_credentials(ca.cert.read_bytes(), *pair)
    # Each has a connection of its own, and so a handshake.
    options = [("grpc.use_local_subchannel_pool", 1)]
    async with grpc.aio.secure_channel(app.address, credentials, options) as channel:
        yield channel


async def is_served(app: App, ca: Certificate, own: Certificate | None = None) -> bool:
    """Whether a new connection is; one that is refused is unavailable, whatever else failed is raised."""
    async with secure(app, ca, own) as channel:
        try:
            return bool((await call(channel)(valid())).allowed)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNAVAILABLE:
                raise
            return False


async def handshake(app: App, context: ssl.SSLContext) -> ssl.SSLObject:
    """Shake hands, and leave."""
    host, port = app.address.split(":")
    _, writer = await asyncio.open_connection(host, int(port), ssl=context)
    negotiated: ssl.SSLObject = writer.get_extra_info("ssl_object")
    writer.transport.abort()
    return negotiated


def client_context(certificates: Certificates, version: ssl.TLSVersion) -> ssl.SSLContext:
    """One that speaks this version of TLS alone."""
    context = ssl.create_default_context(cafile=certificates.ca.cert)
    context.set_ciphers("ALL:@SECLEVEL=0")  # without it OpenSSL itself refuses to offer old versions
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["h2"])
    return context


async def test_all_kinds_of_calls_are_served(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    app = await start_app(stub.methods(), **tls)
    async with secure(app, certificates.ca) as channel:
        assert (await call(channel)(valid())).allowed
        assert [one.correlation_id async for one in watch(channel)(valid())] == [1, 2, 3]
        both_ways = chat(channel)()
        for number in (1, 2):
            await both_ways.write(StreamRateLimitRequest(correlation_id=number))
            assert (await both_ways.read()).correlation_id == number
        await both_ways.done_writing()
        assert await both_ways.read() is END


async def test_large_messages_and_slow_readers_are_served(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    size, many = 1 << 20, 20

    async def large(_: Any) -> AsyncIterator[StreamRateLimitResponse]:
        for _ in range(many):
            answer = StreamRateLimitResponse()
            answer.status.message = "x" * size
            yield answer

    stub.on_watch = large
    app = await start_app(stub.methods(), **tls)
    async with secure(app, certificates.ca) as channel:
        request = valid()
        request.hits[0].key = "x" * size
        stream = watch(channel)(valid())
        refused = await failure_of(call(channel)(request))  # nobody reads the stream meanwhile
        assert refused.code is grpc.StatusCode.INVALID_ARGUMENT, "the whole key arrived"
        assert [len(one.status.message) async for one in stream] == [size] * many


async def test_a_call_is_cancelled_and_the_server_drains(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    cancelled = asyncio.Event()

    async def endless(_: Any) -> AsyncIterator[StreamRateLimitResponse]:
        try:
            yield StreamRateLimitResponse(correlation_id=1)
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    stub.on_watch = endless
    app = await start_app(stub.methods(), **tls)
    async with secure(app, certificates.ca) as channel:
        stream = watch(channel)(valid())
        assert (await stream.read()).correlation_id == 1
        stream.cancel()
        await cancelled.wait()
        async with timely(5):
            await app.drain()


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_http2_is_negotiated(
    start_app: StartApp, certificates: Certificates, tls: dict[str, object], version: ssl.TLSVersion
) -> None:
    app = await start_app(**tls)
    negotiated = await handshake(app, client_context(certificates, version))
    assert negotiated.selected_alpn_protocol() == "h2"
    assert negotiated.version() == version.name.replace("_", ".")


@pytest.mark.parametrize("transport", ["http"])
async def test_http_1_1_is_served(
    start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    app = await start_app(**tls)
    context = ssl.create_default_context(cafile=certificates.ca.cert)
    context.set_alpn_protocols(["http/1.1"])
    host, port = app.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "http/1.1"
    writer.write(b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
    writer.close()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated:DeprecationWarning")
async def test_tls_1_1_is_refused(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    app = await start_app(stub.methods(), **tls)
    with pytest.raises(OSError) as refused:  # noqa: PT011 - an alert, or a reset that overtakes it
        await handshake(app, client_context(certificates, ssl.TLSVersion.TLSv1_1))
    assert isinstance(refused.value, ConnectionResetError) or "ALERT" in str(refused.value)
    assert await is_served(app, certificates.ca)


async def test_a_client_that_trusts_another_ca_does_not_connect(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    app = await start_app(stub.methods(), **tls)
    assert not await is_served(app, certificates.stranger)
    assert await is_served(app, certificates.ca)


async def test_a_client_without_tls_gets_an_error_and_hurts_nobody(
    stub: StubService, start_app: StartApp, certificates: Certificates, tls: dict[str, object]
) -> None:
    app = await start_app(stub.methods(), **tls)
    async with secure(app, certificates.ca) as other:
        stream = chat(other)()
        async with grpc.aio.insecure_channel(app.address) as plain:
            assert (await failure_of(call(plain)(valid()))).code is grpc.StatusCode.UNAVAILABLE
        host, port = app.address.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        assert b"HTTP/1.1 2" not in await reader.read()
        writer.close()
        await stream.write(StreamRateLimitRequest(correlation_id=7))
        assert (await stream.read()).correlation_id == 7


@pytest.mark.parametrize("secured", [True, False], ids=["tls", "plain"])
async def test_a_connection_on_which_nothing_is_said_ends(
    start_app: StartApp, tls: dict[str, object], secured: bool
) -> None:
    app = await start_app(limits={"first_message_seconds": 1}, **(tls if secured else {}))
    host, port = app.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    async with timely(10):
        with suppress(ConnectionResetError):
            while await reader.read(1 << 16):
                pass
    writer.close()


async def test_mutual_tls_refuses_clients_without_a_certificate_or_with_that_of_another_ca(
    stub: StubService, start_app: StartApp, certificates: Certificates, mutual_tls: dict[str, object]
) -> None:
    app = await start_app(stub.methods(), **mutual_tls)
    assert await is_served(app, certificates.ca, certificates.client)
    assert not await is_served(app, certificates.ca)
    assert not await is_served(app, certificates.ca, certificates.renewed)
    assert await is_served(app, certificates.ca, certificates.client)


async def test_renewed_certificates_are_served_to_new_connections(
    stub: StubService, start_app: StartApp, certificates: Certificates, tmp_path: Path
) -> None:
    """The CA of clients is renewed too; who is connected stays so."""
    cert, key, ca = (tmp_path / name for name in ("tls.crt", "tls.key", "ca.crt"))

    def install(own: Certificate, of_clients: Certificate) -> None:
        for source, target in ((own.cert, cert), (own.key, key), (of_clients.cert, ca)):
            target.write_bytes(source.read_bytes())

    install(certificates.server, certificates.ca)
    files = {"tls_cert_file": cert, "tls_key_file": key, "tls_client_ca_file": ca}
    app = await start_app(stub.methods(), **files)
    async with secure(app, certificates.ca, certificates.client) as before:
        stream = chat(before)()
        assert await is_served(app, certificates.ca, certificates.client)
        install(certificates.renewed, certificates.stranger)
        await eventually(lambda: is_served(app, certificates.stranger, certificates.renewed))
        assert not await is_served(app, certificates.ca, certificates.client)
        assert not await is_served(app, certificates.stranger, certificates.client)
        await stream.write(StreamRateLimitRequest(correlation_id=7))
        assert (await stream.read()).correlation_id == 7


async def test_certificates_that_do_not_fit_change_nothing(
    stub: StubService, start_app: StartApp, certificates: Certificates, tmp_path: Path
) -> None:
    cert, key = tmp_path / "tls.crt", tmp_path / "tls.key"
    cert.write_bytes(certificates.server.cert.read_bytes())
    key.write_bytes(certificates.server.key.read_bytes())
    app = await start_app(stub.methods(), tls_cert_file=cert, tls_key_file=key)
    with capture_logs() as logs:
        cert.write_bytes(certificates.renewed.cert.read_bytes())
        await eventually(lambda: "certificates.refused" in [line["event"] for line in logs])
        assert await is_served(app, certificates.ca)
        key.write_bytes(certificates.renewed.key.read_bytes())
        await eventually(lambda: is_served(app, certificates.stranger))


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (
            {"tls_key_file": "client.key"},
            "tls_cert_file: cannot use it with tls_key_file: key values mismatch",
        ),
        (
            {"tls_cert_file": "server.key"},
            "tls_cert_file: cannot use it with tls_key_file: not a certificate and a key in the PEM format",
        ),
        (
            {"tls_client_ca_file": "server.key"},
            "tls_client_ca_file: cannot use it: no certificate or crl found",
        ),
        ({"tls_key_file": None}, "tls_cert_file: requires tls_key_file"),
        ({"tls_cert_file": None}, "tls_key_file: requires tls_cert_file"),
        (
            {"tls_cert_file": None, "tls_key_file": None, "tls_client_ca_file": "ca.crt"},
            "tls_client_ca_file: requires tls_cert_file and tls_key_file",
        ),
    ],
)
async def test_files_that_do_not_fit_stop_the_start_in_one_line(
    start_app: StartApp,
    certificates: Certificates,
    tls: dict[str, object],
    wrong: dict[str, str | None],
    line: str,
) -> None:
    folder = certificates.ca.cert.parent
    files = {name: folder / file if file else None for name, file in wrong.items()}
    with pytest.raises(StartRefused) as refused:
        await start_app(**(tls | files))
    assert refused.value.lines == (line,)
