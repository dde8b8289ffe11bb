"""`quikstate ping` tells the health of a server by its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.redis.redis_process import free_port
from support.server.callers import AuthFile, caller
from support.server.certificates import OPENSSL, Certificate, Certificates
from support.server.command import Serving, StartServing, quikstate

needs_openssl = pytest.mark.usefixtures("certificates") if OPENSSL else pytest.mark.homeless


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, serve: StartServing) -> Iterator[Serving]:
    with serve("--data-dir", str(tmp_path_factory.mktemp("data"))) as running:
        yield running


def test_ping_of_a_server_that_serves(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address)
    assert pinged.returncode == 0
    assert pinged.stdout.startswith(f"{serving.address}: SERVING in ")


def test_ping_takes_the_address_from_the_clients_variable(serving: Serving) -> None:
    assert quikstate("ping", QUIKSTATE_ADDR=serving.address).returncode == 0


def test_ping_of_one_service_as_json(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address, "--service", "quikstate.v1.RateLimitService", "--json")
    answer = json.loads(pinged.stdout)
    assert (answer["service"], answer["status"]) == ("quikstate.v1.RateLimitService", "SERVING")
    assert answer["milliseconds"] > 0


def test_ping_of_an_unknown_service_fails(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address, "--service", "nobody")
    assert pinged.returncode == 1
    assert (
        pinged.stderr == f"quikstate: nobody at {serving.address}: the server has no service of this name\n"
    )


def test_ping_of_a_server_without_redis_fails(tmp_path: Path, serve: StartServing) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    flags = "--redis-url", nowhere, "--readiness-grace-seconds", "0"
    with serve(*flags, begun="server.not_ready") as running:
        readiness = quikstate("ping", running.address)
        liveness = quikstate("ping", running.address, "--service", "liveness")
    assert (readiness.returncode, readiness.stdout.split()[1]) == (1, "NOT_SERVING")
    assert (liveness.returncode, liveness.stdout.split()[3]) == (0, "SERVING")


def test_ping_of_nobody_fails_in_one_line() -> None:
    address = f"127.0.0.1:{free_port()}"
    pinged = quikstate("ping", address, "--timeout", "5")
    assert pinged.returncode == 1
    assert pinged.stderr.startswith(f"quikstate: {address}: ")
    assert "refused" in pinged.stderr
    assert len(pinged.stderr.splitlines()) == 1


def in_a_container(certificate: Certificate, address: str, **more: str) -> dict[str, str]:
    """The variables of a server that listens for other machines, as its health check has them."""
    port = address.rpartition(":")[2]
    return {
        "QUIKSTATE_LISTEN": f"0.0.0.0:{port}",
        "QUIKSTATE_TLS_CERT_FILE": str(certificate.cert),
        "QUIKSTATE_TLS_KEY_FILE": str(certificate.key),
        **more,
    }


def test_ping_of_nobody_named_is_of_the_server_of_the_settings(serving: Serving) -> None:
    pinged = quikstate("ping", QUIKSTATE_LISTEN=serving.address)
    assert (pinged.returncode, pinged.stdout.split()[1]) == (0, "SERVING"), pinged.stderr
    refused = quikstate("ping", QUIKSTATE_LISTEN="nowhere")
    assert (refused.returncode, refused.stderr.partition(": must")[0]) == (2, "quikstate: QUIKSTATE_LISTEN")


@needs_openssl
def test_ping_trusts_the_certificate_of_its_own_server_alone(
    serve: StartServing, certificates: Certificates, tmp_path: Path
) -> None:
    """Whatever names it has: the one of `elsewhere` has none of this machine, and is of no public CA."""
    own = certificates.elsewhere
    flags = "--tls-cert-file", str(own.cert), "--tls-key-file", str(own.key)
    with serve("--data-dir", str(tmp_path), *flags) as running:
        pinged = quikstate("ping", **in_a_container(own, running.address))
        assert (pinged.returncode, pinged.stdout.split()[1]) == (0, "SERVING"), pinged.stderr
        other = quikstate("ping", **in_a_container(certificates.server, running.address))
        assert (other.returncode, "certificate is not trusted" in other.stderr) == (1, True)
        named = quikstate("ping", running.address, **in_a_container(own, running.address))
        assert (named.returncode, "may need TLS" in named.stderr) == (1, True)


@needs_openssl
def test_ping_shows_a_client_certificate_and_a_token(
    serve: StartServing, certificates: Certificates, tmp_path: Path
) -> None:
    auth = AuthFile(tmp_path / "auth.yaml").write(open=[], callers={"probe": caller("secret")})
    own, client = certificates.server, certificates.client
    flags = ["--tls-cert-file", str(own.cert), "--tls-key-file", str(own.key)]
    flags += ["--tls-client-ca-file", str(certificates.ca.cert), "--auth", str(auth)]
    with serve("--data-dir", str(tmp_path), *flags) as running:
        variables = in_a_container(own, running.address, QUIKSTATE_CLIENT_CERT_FILE=str(client.cert))
        variables["QUIKSTATE_CLIENT_KEY_FILE"] = str(client.key)
        pinged = quikstate("ping", **variables, QUIKSTATE_TOKEN="secret")  # noqa: S106 - of this test alone
        assert (pinged.returncode, pinged.stdout.split()[1]) == (0, "SERVING"), pinged.stderr
        unknown = quikstate("ping", "--json", **variables)
        assert (unknown.returncode, json.loads(unknown.stdout)["status"]) == (1, "UNAUTHENTICATED")
        ca = "--tls-ca-file", str(certificates.ca.cert)
        shown = "--tls-cert-file", str(client.cert), "--tls-key-file", str(client.key)
        assert quikstate("ping", running.address, *ca, *shown, "--token", "secret").returncode == 0
