"""The checks of who may call, and over what: certificates, the policy file of callers, exposure."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quikstate_server.background import FaultMonitor
from quikstate_server.cli.auth.policy import read_auth, warnings_of
from quikstate_server.cli.doctor.check import Check, CheckState
from quikstate_server.identity.key_sets import fetch_keys
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.settings.yaml_model import InvalidFile
from quikstate_server.transport.exposure import check_exposure, is_open_to_others
from quikstate_server.transport.tls import server_certificates

_RENEW = timedelta(days=7)
"""A certificate that expires sooner is a warning."""


def check_access(settings: Settings) -> Iterator[Check]:
    """Check what `serve` checks, and say what it would say."""
    yield from _exposure(settings)
    yield from _certificates(settings)
    yield from _auth(settings)


def _exposure(settings: Settings) -> Iterator[Check]:
    try:
        check_exposure(settings)
    except StartRefused as refused:
        yield from _refusals("exposure", refused)
        return
    if is_open_to_others(settings, settings.listen):
        what = f"there is none: anyone who can reach {settings.listen} can call the server"
        yield Check("authentication", CheckState.WARN, what, "set auth")
    if settings.insecure and settings.auth and not settings.tls_cert_file:
        what = "tokens are sent in plain text, as insecure says"
        yield Check("encryption", CheckState.WARN, what, "set tls_cert_file and tls_key_file")


def _certificates(settings: Settings) -> Iterator[Check]:
    try:
        if server_certificates(settings, FaultMonitor()) is None:
            return
    except StartRefused as refused:
        yield from _refusals("tls", refused)
        return
    file = settings.tls_cert_file
    assert file is not None  # noqa: S101 - else there would be no certificates
    yield _certificate(file)


def _certificate(file: Path) -> Check:
    from cryptography import x509

    ends = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    left = ends - datetime.now(UTC)
    verb = "expires" if left > timedelta() else "expired"
    what = f"{file} {verb} at {ends:%Y-%m-%dT%H:%M:%SZ}"
    return Check(
        "tls", CheckState.OK if left > _RENEW else CheckState.WARN, what, "" if left > _RENEW else "renew it"
    )


def _auth(settings: Settings) -> Iterator[Check]:
    if settings.auth is None:
        return
    try:
        file = read_auth(settings.auth)
    except InvalidFile as error:
        yield Check("auth", CheckState.FAIL, str(error))
        return
    callers = len(file.callers)
    yield Check("auth", CheckState.OK, f"{settings.auth}: {callers} caller{'s' if callers != 1 else ''}")
    for caller, warning in warnings_of(file, time.time()):
        yield Check(f"auth {caller}", CheckState.WARN, warning)


async def check_issuers(settings: Settings) -> list[Check]:
    """Check that the keys of issuers can be fetched; a server starts without, and fetches them again."""
    try:
        file = read_auth(settings.auth) if settings.auth else None
    except InvalidFile:
        return []  # another check says so
    urls = {name: issuer.jwks_url for name, issuer in file.issuers.items()} if file else {}
    return [await _fetched(name, str(url)) for name, url in urls.items() if url]


async def _fetched(name: str, url: str) -> Check:
    try:
        keys = await fetch_keys(url)
    except (OSError, ValueError) as error:
        what = f"no keys from {url}: {error or 'no response in time'}"
        return Check(f"issuer {name}", CheckState.WARN, what, "until they come, its JWTs are refused")
    return Check(f"issuer {name}", CheckState.OK, f"{url} has {len(keys)} key{'s' if len(keys) != 1 else ''}")


def _refusals(name: str, refused: StartRefused) -> Iterator[Check]:
    for line in refused.lines:
        yield Check(name, CheckState.FAIL, line, refusal=line)
