"""One call of gRPC's health protocol over h2: `import grpc` alone would take longer than all of it."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from h2.exceptions import H2Error

from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.sockets import (
    NEEDS_CERTIFICATE,
    PeerFault,
    TimeLeft,
    connect,
    foreign_peer,
    hint_of_hang_up,
)

STATUSES = "UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"
"""Names of grpc.health.v1.HealthCheckResponse.ServingStatus by their numbers."""
_PATH = "/grpc.health.v1.Health/Check"
_MESSAGE_HEADER = 5
_READ_BYTES = 65_536
_MAX_RESPONSE_BYTES = 1_024
_SERVICE_TAG, _STATUS_TAG = b"\x0a", b"\x08"
_HTTP_STATUSES = {"401": 16, "403": 7, "404": 12}
"""Codes of gRPC for what only HTTP has refused, as gRPC itself maps them."""
_UNAVAILABLE = 14


@dataclass
class HealthResponse:
    """What a server answered: gRPC's code and message, and the status if the code is 0."""

    code: int | None = None
    message: str = ""
    body: bytearray = field(default_factory=bytearray)

    @property
    def status(self) -> str:
        """Return the name of the status; UNKNOWN for a message without one, or one of a later protocol."""
        payload = bytes(self.body[_MESSAGE_HEADER:])
        number = payload[1] if payload[:1] == _STATUS_TAG and len(payload) > 1 else 0
        return STATUSES[number] if number < len(STATUSES) else STATUSES[0]


def call_health(server: ServerTarget, service: str, seconds: float) -> HealthResponse:
    """Call Check; raise PeerFault, TimeoutError or another OSError if no gRPC server answered."""
    deadline = TimeLeft(seconds)
    with connect(server, deadline) as connection:
        return _HealthCall(server, connection, deadline).run(service, seconds)


class _HealthCall:
    """One call on a connection of its own."""

    def __init__(self, server: ServerTarget, connection: socket.socket, deadline: TimeLeft) -> None:
        self._server = server
        self._connection = connection
        self._deadline = deadline
        self._http = H2Connection(H2Configuration(client_side=True))
        self._response = HealthResponse()
        self._has_ended = False

    def run(self, service: str, seconds: float) -> HealthResponse:
        self._http.initiate_connection()
        self._http.send_headers(1, list(self._headers(seconds)))
        self._http.send_data(1, health_request(service), end_stream=True)
        has_begun = False
        while not self._has_ended:
            received = self._exchange()
            if not has_begun and (foreign := foreign_peer(received)):
                raise PeerFault(foreign)
            has_begun = True
            if not received:
                raise PeerFault(f"the server closed the connection{hint_of_hang_up(self._server)}")
            try:
                for event in self._http.receive_data(received):
                    self._handle(event)
            except H2Error:
                raise PeerFault("the server does not speak gRPC") from None
        with suppress(OSError):
            self._connection.sendall(self._http.data_to_send())
        return self._response

    def _headers(self, seconds: float) -> Iterable[tuple[str, str]]:
        yield ":method", "POST"
        yield ":scheme", "https" if self._server.tls else "http"
        yield ":path", _PATH
        yield ":authority", "localhost" if self._server.address.startswith("unix") else self._server.address
        yield "te", "trailers"
        yield "content-type", "application/grpc"
        yield "user-agent", "quikstate-ping"
        yield "grpc-timeout", f"{min(max(1, int(seconds * 1_000)), 99_999_999)}m"
        if self._server.token:
            yield "authorization", f"Bearer {self._server.token()}"

    def _exchange(self) -> bytes:
        """Send what there is to send, and read what comes next; return nothing if the server hung up."""
        self._connection.settimeout(self._deadline.left())
        try:
            self._connection.sendall(self._http.data_to_send())
            return self._connection.recv(_READ_BYTES)
        except (ConnectionResetError, BrokenPipeError):
            return b""
        except TimeoutError:
            raise
        except OSError as error:
            raise PeerFault(_alert(error) or str(error)) from None

    def _handle(self, event: Event) -> None:
        match event:
            case ResponseReceived() | TrailersReceived():
                self._take_headers(
                    {name.decode(): value.decode("utf-8", "replace") for name, value in event.headers}
                )
            case DataReceived():
                self._response.body += event.data
                self._http.acknowledge_received_data(event.flow_controlled_length, 1)
                if len(self._response.body) > _MAX_RESPONSE_BYTES:
                    raise PeerFault("the response is larger than any of a health service")
            case StreamEnded():
                self._has_ended = True
            case StreamReset() | ConnectionTerminated():
                raise PeerFault(f"the server ended the call (HTTP/2 error {int(event.error_code or 0)})")

    def _take_headers(self, headers: dict[str, str]) -> None:
        from urllib.parse import unquote

        http_status = headers.get(":status", "200")
        if "grpc-status" in headers:
            self._response.code = int(headers["grpc-status"])
            self._response.message = unquote(headers.get("grpc-message", ""))
        elif http_status != "200":
            self._response.code = _HTTP_STATUSES.get(http_status, _UNAVAILABLE)
            self._response.message = f"HTTP status {http_status}"


def _alert(error: OSError) -> str:
    """Say what a server's TLS alert means that comes after the handshake, as TLS 1.3 has it."""
    reason = getattr(error, "reason", "") or ""
    if "CERTIFICATE_REQUIRED" in reason:
        return NEEDS_CERTIFICATE
    return f"TLS: {reason.replace('_', ' ').lower()}" if reason else ""


def health_request(service: str) -> bytes:
    """Return a HealthCheckRequest as gRPC frames it."""
    name = service.encode()
    message = _SERVICE_TAG + _varint(len(name)) + name if name else b""
    return b"\0" + len(message).to_bytes(4, "big") + message


def _varint(number: int) -> bytes:
    low = bytearray()
    while number > 0x7F:
        low.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*low, number])
