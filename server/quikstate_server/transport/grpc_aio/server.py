"""The transport of grpc.aio: its options, its certificates, and the address that it listens on."""

from __future__ import annotations

import grpc
import grpc.aio

from quikstate_server.settings import Settings, StartRefused
from quikstate_server.transport import ports
from quikstate_server.transport.grpc_aio.handlers import Handlers
from quikstate_server.transport.tls import ServerCertificates, TlsMaterial
from quikstate_server.transport.transport import ServedApi

_PING_SECONDS = 30
_PONG_SECONDS = 10
_CLIENT_PING_SECONDS = 10


class GrpcAioTransport:
    """Serves by grpc.aio."""

    def __init__(self, settings: Settings, api: ServedApi, certificates: ServerCertificates | None) -> None:
        self._settings = settings
        self._certificates = certificates
        handlers = Handlers(api.handlers, api.half_close_methods)
        self._server = grpc.aio.server(handlers=[handlers], options=_options(settings))

    async def start(self) -> str:
        """Listen; return the address with the chosen port, or raise StartRefused if it is in use."""
        address = self._settings.listen
        try:
            if self._certificates:
                port = self._server.add_secure_port(address, _credentials(self._certificates))
            else:
                port = self._server.add_insecure_port(address)
        except RuntimeError as error:
            raise StartRefused(f"listen: cannot listen on {address}: {error}") from error
        await self._server.start()
        host, _, requested = address.rpartition(":")
        return address if address.startswith(ports.UNIX) or requested != "0" else f"{host}:{port}"

    async def stop(self, grace_seconds: float | None) -> None:
        """Stop: gRPC sends GOAWAY before it waits, so that clients connect elsewhere."""
        await self._server.stop(grace_seconds)


def _options(settings: Settings) -> list[tuple[str, int]]:
    limits = settings.limits
    age = round(settings.max_connection_age_seconds * 1000)
    return [
        ("grpc.max_receive_message_length", limits.max_message_bytes),
        ("grpc.max_send_message_length", limits.max_message_bytes),
        # By default gRPC refuses headers of 8 to 16 KiB by chance, the likelier the larger.
        ("grpc.max_metadata_size", limits.max_header_bytes),
        ("grpc.absolute_max_metadata_size", limits.max_header_bytes),
        # The default is no limit. Our own limits refuse with a reason first, across connections.
        ("grpc.max_concurrent_streams", limits.max_calls + limits.max_streams),
        # gRPC drops some of the calls that wait for their turn above 1,000, with CANCELLED: a thousand
        # streams may come back at once when another server shuts down.
        ("grpc.server.max_pending_requests", limits.max_calls + limits.max_streams),
        ("grpc.server.max_pending_requests_hard_limit", limits.max_calls + limits.max_streams),
        # With SO_REUSEPORT a second server would start on a port in use and get half of the calls: only
        # workers may have it.
        ("grpc.so_reuseport", int(settings.workers > 1)),
        # A connection on which nothing is said ends, as a call does. The default is two minutes.
        ("grpc.server_handshake_timeout_ms", round(limits.first_message_seconds * 1000)),
        # The streams of a client that has vanished end.
        ("grpc.keepalive_time_ms", _PING_SECONDS * 1000),
        ("grpc.keepalive_timeout_ms", _PONG_SECONDS * 1000),
        # Clients may ping every 10 s, with or without calls; a second less allows for their timers.
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", (_CLIENT_PING_SECONDS - 1) * 1000),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", (_CLIENT_PING_SECONDS - 1) * 1000),
        # Clients reconnect now and then, so that new servers get their share. The grace is infinite by
        # default: streams on the old connection live on.
        ("grpc.max_connection_age_ms", age),
    ]


def _credentials(certificates: ServerCertificates) -> grpc.ServerCredentials:
    """Return credentials for which gRPC asks, on a thread of its own, at each handshake."""
    given = certificates.material

    def changed() -> grpc.ServerCertificateConfiguration | None:
        nonlocal given
        newest = certificates.material
        if newest is given:
            return None
        given = newest
        return _configuration(newest)

    return grpc.dynamic_ssl_server_credentials(
        _configuration(given),
        changed,  # type: ignore[arg-type] # the stubs lack None, which means unchanged
        require_client_authentication=given.client_ca is not None,
    )


def _configuration(material: TlsMaterial) -> grpc.ServerCertificateConfiguration:
    pair = (material.key, material.certificate)
    return grpc.ssl_server_certificate_configuration([pair], root_certificates=material.client_ca)
