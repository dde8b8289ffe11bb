"""`quikstate serve` with certificates: several workers serve them, and a wrong one is a line at the start."""

from __future__ import annotations

from pathlib import Path

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from support.harness.eventually import PATIENCE_SECONDS
from support.server.certificates import OPENSSL, Certificate, Certificates
from support.server.command import StartServing, quikstate

pytestmark: list[pytest.MarkDecorator] = [] if OPENSSL else [pytest.mark.homeless]
CONNECTIONS = 10
"""The kernel spreads them over the workers."""


def flags_of(own: Certificate, client_ca: Certificate) -> list[str]:
    files = {"--tls-cert-file": own.cert, "--tls-key-file": own.key, "--tls-client-ca-file": client_ca.cert}
    return [word for flag, file in files.items() for word in (flag, str(file))]


def health(address: str, certificates: Certificates, own: Certificate) -> int:
    credentials = grpc.ssl_channel_credentials(
        certificates.ca.cert.read_bytes(), own.key.read_bytes(), own.cert.read_bytes()
    )
    options = [("grpc.use_local_subchannel_pool", 1)]
    with grpc.secure_channel(address, credentials, options) as channel:
        answer = HealthStub(channel).Check(HealthCheckRequest(), timeout=PATIENCE_SECONDS)
    return int(answer.status)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_with_certificates_serves_clients_that_show_theirs(
    serve: StartServing, certificates: Certificates, tmp_path: Path, workers: str
) -> None:
    flags = flags_of(certificates.server, certificates.ca)
    with serve("--data-dir", str(tmp_path), "--workers", workers, *flags) as running:
        for _ in range(CONNECTIONS):
            assert health(running.address, certificates, certificates.client) == HealthCheckResponse.SERVING
        with pytest.raises(grpc.RpcError):
            health(running.address, certificates, certificates.renewed)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_with_certificates_that_do_not_fit_is_refused_in_one_line(
    certificates: Certificates, transport: str, tmp_path: Path, workers: str
) -> None:
    flags = flags_of(Certificate(certificates.server.cert, certificates.client.key), certificates.ca)
    flags += [
        "--transport",
        transport,
        "--workers",
        workers,
        "--listen",
        "127.0.0.1:0",
        "--metrics-listen",
        "",
    ]
    refused = quikstate("serve", "--data-dir", str(tmp_path), *flags)
    line = "quikstate: tls_cert_file: cannot use it with tls_key_file: key values mismatch"
    assert refused.returncode == 2
    assert [said for said in refused.stderr.splitlines() if said.startswith("quikstate: tls")] == [line]
