"""Callers with client certificates, and the metrics endpoint under the server's TLS."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import grpc
import pytest

from quikstate_server.app import App
from quikstate_server.settings import StartRefused
from services.conftest import StartApp
from services.test_identity import check, code_of
from services.test_tls import secure
from support.harness.eventually import eventually
from support.server.callers import EVERYTHING, AuthFile, bearer, token_entry
from support.server.certificates import CLIENT_NAME, OPENSSL, Certificate, Certificates

pytestmark: list[pytest.MarkDecorator] = [] if OPENSSL else [pytest.mark.homeless]
OK, UNAUTHENTICATED = grpc.StatusCode.OK, grpc.StatusCode.UNAUTHENTICATED


@pytest.fixture
def mutual_tls(certificates: Certificates) -> dict[str, object]:
    return {
        "tls_cert_file": certificates.server.cert,
        "tls_key_file": certificates.server.key,
        "tls_client_ca_file": certificates.ca.cert,
    }


@pytest.mark.parametrize("name", [CLIENT_NAME, "dns:client.test"])
async def test_certificate_stands_for_the_caller_with_one_of_its_names(
    auth: AuthFile,
    start_app: StartApp,
    certificates: Certificates,
    mutual_tls: dict[str, object],
    name: str,
) -> None:
    callers = {"web": {"certificates": [name], "services": EVERYTHING}}
    app = await start_app(auth=auth.write(callers=callers), **mutual_tls)
    async with secure(app, certificates.ca, certificates.client) as channel:
        assert (await check(channel)).allowed
        assert await code_of(check(channel, "a", *bearer("wrong"))) is UNAUTHENTICATED
    async with secure(app, certificates.ca, certificates.server) as channel:
        assert await code_of(check(channel)) is UNAUTHENTICATED, "it is valid, and names nobody"


async def test_certificates_that_are_demanded_are_enough_for_others_to_reach_a_server(
    start_app: StartApp, certificates: Certificates, mutual_tls: dict[str, object]
) -> None:
    app = await start_app(listen="0.0.0.0:0", **mutual_tls)
    app.address = f"127.0.0.1:{app.address.rpartition(':')[2]}"  # which the certificate names
    async with secure(app, certificates.ca, certificates.client) as channel:
        assert (await check(channel)).allowed
    with pytest.raises(StartRefused, match="open to any caller"):
        await start_app(listen="0.0.0.0:0", **mutual_tls | {"tls_client_ca_file": None})


async def test_certificate_with_names_of_two_callers_is_refused(
    auth: AuthFile, start_app: StartApp, certificates: Certificates, mutual_tls: dict[str, object]
) -> None:
    callers = {
        "web": {"certificates": [CLIENT_NAME], "services": EVERYTHING},
        "app": {"certificates": ["dns:client.test"], "services": EVERYTHING},
    }
    app = await start_app(auth=auth.write(callers=callers), **mutual_tls)
    async with secure(app, certificates.ca, certificates.client) as channel:
        assert await code_of(check(channel)) is UNAUTHENTICATED


async def test_token_decides_where_there_is_a_certificate_too(
    auth: AuthFile, start_app: StartApp, certificates: Certificates, mutual_tls: dict[str, object]
) -> None:
    callers = {
        "web": {"certificates": [CLIENT_NAME], "services": {"lock": {"access": ["read"]}}},
        "app": {"tokens": [token_entry("t")], "services": EVERYTHING},
    }
    app = await start_app(auth=auth.write(callers=callers), **mutual_tls)
    async with secure(app, certificates.ca, certificates.client) as channel:
        assert await code_of(check(channel, "a", *bearer("t"))) is OK
        assert await code_of(check(channel)) is grpc.StatusCode.PERMISSION_DENIED


async def test_certificate_may_be_optional(
    auth: AuthFile,
    start_app: StartApp,
    certificates: Certificates,
    mutual_tls: dict[str, object],
    transport: str,
) -> None:
    callers = {
        "web": {"certificates": [CLIENT_NAME], "services": EVERYTHING},
        "app": {"tokens": [token_entry("t")], "services": EVERYTHING},
    }
    settings = mutual_tls | {"auth": auth.write(callers=callers), "tls_client_auth": "optional"}
    if transport == "grpc":
        with pytest.raises(StartRefused, match="tls_client_auth: the transport grpc can only require"):
            await start_app(**settings)
        return
    app = await start_app(**settings)
    async with secure(app, certificates.ca, certificates.client) as channel:
        assert await code_of(check(channel)) is OK
    async with secure(app, certificates.ca) as channel:
        assert await code_of(check(channel)) is UNAUTHENTICATED
        assert await code_of(check(channel, "a", *bearer("t"))) is OK


def scrape(app: App, ca: Certificate, own: Certificate | None = None) -> bytes:
    context = ssl.create_default_context(cafile=str(ca.cert))
    if own:
        context.load_cert_chain(own.cert, own.key)
    with urlopen(f"https://127.0.0.1:{app.metrics_port}/metrics", context=context, timeout=30) as answer:
        text: bytes = answer.read()
        return text


async def test_metrics_are_served_under_the_same_certificates_which_are_loaded_again(
    start_app: StartApp, certificates: Certificates, tmp_path: Path
) -> None:
    here = Certificate(tmp_path / "tls.crt", tmp_path / "tls.key")

    def install(given: Certificate) -> None:
        shutil.copy(given.key, here.key)
        shutil.copy(given.cert, here.cert)

    install(certificates.server)
    app = await start_app(metrics_listen="127.0.0.1:0", tls_cert_file=here.cert, tls_key_file=here.key)
    assert b"quikstate_redis_available" in await asyncio.to_thread(scrape, app, certificates.ca)
    with pytest.raises(OSError):  # noqa: PT011 - reset or closed, as it comes
        await asyncio.to_thread(urlopen, f"http://127.0.0.1:{app.metrics_port}/metrics", timeout=30)
    install(certificates.renewed)

    async def renewed() -> None:
        try:
            text = await asyncio.to_thread(scrape, app, certificates.stranger)
        except URLError as error:
            raise AssertionError from error
        assert b"quikstate_redis_available" in text

    await eventually(renewed)


async def test_metrics_need_a_client_certificate_where_calls_do(
    start_app: StartApp, certificates: Certificates, mutual_tls: dict[str, object]
) -> None:
    app = await start_app(metrics_listen="127.0.0.1:0", **mutual_tls)
    assert await asyncio.to_thread(scrape, app, certificates.ca, certificates.client)
    with pytest.raises(OSError):  # noqa: PT011 - the handshake fails here, or the first read
        await asyncio.to_thread(scrape, app, certificates.ca)
