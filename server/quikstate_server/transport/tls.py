"""The certificates with which the server listens."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.logs import get_logger
from quikstate_server.pem_files import pem_fault
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.watched_files import POLL_SECONDS, changes, file_versions

_NOT_PEM: Final = "not a certificate and a key in the PEM format"
_PROTOCOLS: Final = ["h2", "http/1.1"]
_log = get_logger()


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """The PEM files that the settings name."""

    certificate: Path
    key: Path
    client_ca: Path | None
    client_certificate_optional: bool = False

    @property
    def paths(self) -> Sequence[Path]:
        return [path for path in (self.certificate, self.key, self.client_ca) if path]


@dataclass(frozen=True, slots=True)
class TlsMaterial:
    """The contents of the files, which fit together, and a context with them."""

    certificate: bytes
    key: bytes
    client_ca: bytes | None
    context: ssl.SSLContext


class ServerCertificates:
    """The newest certificates that fit together. New connections get them; the others stay as they are.

    The files are read again when one has changed. If they do not fit then, the server keeps what it has.
    """

    def __init__(self, files: TlsFiles, monitor: FaultMonitor, *, poll_seconds: float = POLL_SECONDS) -> None:
        """Read the files; raise StartRefused if they do not fit."""
        self._files = files
        self._poll_seconds = poll_seconds
        self._versions = file_versions(files.paths)
        self._tasks = BackgroundTasks(monitor)
        self.material = read_material(files)

    async def start(self) -> None:
        """Read the files whenever they change."""
        self._tasks.keep_running("tls.poll_certificates", self._poll)

    async def close(self) -> None:
        """Stop polling the files."""
        await self._tasks.close()

    def listener_context(self) -> ssl.SSLContext:
        """Return a context whose handshakes are those of the newest certificates."""
        context = _ListenerContext(ssl.PROTOCOL_TLS_SERVER)
        context.certificates = self
        return context

    async def _poll(self) -> None:
        async for _ in changes(lambda: self._files.paths, self._versions, self._poll_seconds):
            try:
                self.material = await asyncio.to_thread(read_material, self._files)
            except StartRefused as refused:
                _log.error("certificates.refused", error=str(refused))
            else:
                _log.info("certificates.loaded", file=str(self._files.certificate))


class _ListenerContext(ssl.SSLContext):
    """What an event loop keeps for as long as it listens."""

    certificates: ServerCertificates

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """Begin a handshake."""
        newest = self.certificates.material.context
        return newest.wrap_bio(incoming, outgoing, server_side, server_hostname, session)


def server_certificates(settings: Settings, monitor: FaultMonitor) -> ServerCertificates | None:
    """Return the certificates of the settings, None without TLS; raise StartRefused if they are wrong."""
    certificate, key, client_ca = settings.tls_cert_file, settings.tls_key_file, settings.tls_client_ca_file
    if certificate and key:
        optional = settings.tls_client_auth == "optional"
        if optional and settings.transport == "grpc":
            raise StartRefused(
                "tls_client_auth: the transport grpc can only require client certificates (grpcio offers no "
                "other way); optional needs transport=http"
            )
        return ServerCertificates(TlsFiles(certificate, key, client_ca, optional), monitor)
    if certificate:
        raise StartRefused("tls_cert_file: requires tls_key_file")
    if key:
        raise StartRefused("tls_key_file: requires tls_cert_file")
    if client_ca:
        raise StartRefused("tls_client_ca_file: requires tls_cert_file and tls_key_file")
    return None


def read_material(files: TlsFiles) -> TlsMaterial:
    """Read the files; raise StartRefused if they do not fit."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(_PROTOCOLS)
    try:
        context.load_cert_chain(files.certificate, files.key, _refuse_passphrase)
        certificate, key = files.certificate.read_bytes(), files.key.read_bytes()
    except OSError as error:
        raise StartRefused(
            f"tls_cert_file: cannot use it with tls_key_file: {pem_fault(error, _NOT_PEM)}"
        ) from error
    if files.client_ca is None:
        return TlsMaterial(certificate, key, None, context)
    try:
        context.load_verify_locations(files.client_ca)
        client_ca = files.client_ca.read_bytes()
    except OSError as error:
        raise StartRefused(f"tls_client_ca_file: cannot use it: {pem_fault(error, _NOT_PEM)}") from error
    context.verify_mode = ssl.CERT_OPTIONAL if files.client_certificate_optional else ssl.CERT_REQUIRED
    return TlsMaterial(certificate, key, client_ca, context)


def _refuse_passphrase() -> NoReturn:
    """Stop OpenSSL from asking for a passphrase on the terminal."""
    raise StartRefused("tls_key_file: is encrypted; the server needs a key without a passphrase")
