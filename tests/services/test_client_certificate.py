"""The client's certificate, which servicers find in the context of a call."""

from __future__ import annotations

import ssl

import grpc
import grpc.aio

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse
from quikstate_server import call_context
from services.conftest import StartApp
from support.server.certificates import Certificates
from support.server.stub_service import StubService, call, valid


async def test_a_call_has_the_certificate_of_its_client(
    stub: StubService, start_app: StartApp, certificates: Certificates
) -> None:
    app = await start_app(
        stub.methods(),
        tls_cert_file=certificates.server.cert,
        tls_key_file=certificates.server.key,
        tls_client_ca_file=certificates.ca.cert,
    )
    credentials = grpc.ssl_channel_credentials(
        certificates.ca.cert.read_bytes(),
        certificates.client.key.read_bytes(),
        certificates.client.cert.read_bytes(),
    )
    seen: list[bytes | None] = []

    async def note(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        seen.append(call_context.current().certificate())
        return CheckRateLimitResponse()

    stub.on_call = note
    async with grpc.aio.secure_channel(app.address, credentials) as channel:
        await call(channel)(valid())
    assert seen == [ssl.PEM_cert_to_DER_cert(certificates.client.cert.read_text())]
