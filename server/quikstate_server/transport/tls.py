"""Reads and checks the certificates with which the server listens."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from quikstate_server.settings import Settings, StartRefused

_PROTOCOLS = ["h2", "http/1.1"]


@dataclass(frozen=True, slots=True)
class TlsMaterial:
    """The contents of the PEM files."""

    certificate: bytes
    key: bytes
    client_ca: bytes | None


def server_context(settings: Settings) -> ssl.SSLContext | None:
    """Return the context of a listener; None without TLS. Raise StartRefused for files that do not fit."""
    if settings.tls_cert_file is None or settings.tls_key_file is None:
        _refuse_parts(settings)
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(_PROTOCOLS)
    try:
        context.load_cert_chain(settings.tls_cert_file, settings.tls_key_file)
    except (ssl.SSLError, OSError) as error:
        raise StartRefused(f"tls_cert_file: cannot use it with tls_key_file: {error}") from error
    if settings.tls_client_ca_file:
        try:
            context.load_verify_locations(settings.tls_client_ca_file)
        except (ssl.SSLError, OSError) as error:
            raise StartRefused(f"tls_client_ca_file: cannot use it: {error}") from error
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def _refuse_parts(settings: Settings) -> None:
    """Raise StartRefused if a file of TLS is set without those that it needs."""
    if settings.tls_cert_file:
        raise StartRefused("tls_cert_file: requires tls_key_file")
    if settings.tls_key_file:
        raise StartRefused("tls_key_file: requires tls_cert_file")
    if settings.tls_client_ca_file:
        raise StartRefused("tls_client_ca_file: requires tls_cert_file and tls_key_file")


def read_material(settings: Settings) -> TlsMaterial | None:
    """Return the files' contents; None without TLS. Raise StartRefused for files that do not fit."""
    if server_context(settings) is None:
        return None
    certificate, key, client_ca = (
        path.read_bytes() if path else None
        for path in (settings.tls_cert_file, settings.tls_key_file, settings.tls_client_ca_file)
    )
    return TlsMaterial(certificate or b"", key or b"", client_ca)
