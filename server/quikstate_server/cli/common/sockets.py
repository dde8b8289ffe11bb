"""Connections without gRPC, whose import costs more than all of `ping`, and what is at their end."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from quikstate_server.cli.common.addresses import hosts_of, is_unix

if TYPE_CHECKING:
    import ssl

    from quikstate_server.cli.common.server_target import ClientTls, ServerTarget

NEEDS_TLS = "the server may need TLS: --tls-ca-file or --tls"
NEEDS_CERTIFICATE = "the server may need a client certificate: --tls-cert-file"
NO_TLS = "the server does not speak TLS on this address"
NOT_TRUSTED = "the server's certificate is not trusted: it is expired, or of another CA"
OTHER_NAME = "the server's certificate is for another name"
_CERTIFICATE_END = "-----END CERTIFICATE-----"
_OTHER_NAMES = frozenset({62, 64})
"""OpenSSL's X509_V_ERR_HOSTNAME_MISMATCH and X509_V_ERR_IP_ADDRESS_MISMATCH."""
_FOREIGN = {
    b"HTTP/": "an HTTP/1 server that does not speak gRPC",
    b"SSH-": "an SSH server",
    b"-ERR": "a Redis server",
    b"-NOAUTH": "a Redis server",
    b"-DENIED": "a Redis server",
}
"""What answers, by the first bytes that it sends to a caller who speaks HTTP/2."""
_TLS_ALERT = b"\x15\x03"
_SETTINGS_TYPE = 4
_FRAME_HEADER = 9
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
_INSPECTION_SECONDS = 2.0


class PeerFault(Exception):
    """No gRPC server could be reached; the text says why."""


class TimeLeft:
    """The end of a call, whose parts share its time."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raise TimeoutError if there are none."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def dial(address: str, deadline: TimeLeft) -> socket.socket:
    """Connect to the first server of the address that accepts; raise OSError if none does."""
    if is_unix(address):
        scheme, _, name = address.partition(":")
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(deadline.left())
        connection.connect(f"\0{name}" if scheme == "unix-abstract" else name.removeprefix("//"))
        return connection
    *others, last = hosts_of(address)
    for host_and_port in others:
        try:
            return socket.create_connection(host_and_port, deadline.left())
        except OSError:
            continue
    return socket.create_connection(last, deadline.left())


def connect(server: ServerTarget, deadline: TimeLeft) -> socket.socket:
    """Connect to the server, over TLS if that is how it is called; raise PeerFault or OSError."""
    connection = dial(server.address, deadline)
    if server.tls is None:
        return connection
    import ssl  # slow to import

    try:
        connection.settimeout(deadline.left())
        return _context(server.tls).wrap_socket(connection, server_hostname=_name(server.address))
    except ssl.SSLCertVerificationError as error:
        raise PeerFault(OTHER_NAME if error.verify_code in _OTHER_NAMES else NOT_TRUSTED) from None
    except ssl.SSLError as error:
        raise PeerFault(inspect_peer(server) or f"TLS: {_reason(error)}") from None
    finally:
        connection.close()  # wrap_socket has detached it, if there is a connection


def _name(address: str) -> str:
    return "localhost" if is_unix(address) else hosts_of(address)[0][0]


def _reason(error: ssl.SSLError) -> str:
    return error.reason.replace("_", " ").lower() if error.reason else "the connection was closed"


def _context(tls: ClientTls) -> ssl.SSLContext:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["h2"])
    if tls.certificate:
        pem, end, _ = tls.certificate.read_text(encoding="ascii").partition(_CERTIFICATE_END)
        context.load_verify_locations(cadata=pem + end)  # not what signed it: that signs for others too
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.check_hostname = False
    elif tls.ca_file:
        context.load_verify_locations(tls.ca_file)
    else:
        context.load_default_certs()
    if tls.cert_file:
        context.load_cert_chain(tls.cert_file, tls.key_file)
    return context


def foreign_peer(first: bytes) -> str:
    """Say what sent these bytes in place of HTTP/2's SETTINGS; "" for what speaks HTTP/2, or nothing yet."""
    if first.startswith(_TLS_ALERT):
        return NEEDS_TLS
    for sign, what in _FOREIGN.items():
        if first.startswith(sign):
            return f"{what} is on this address: call quikstate's own port"
    if len(first) >= _FRAME_HEADER and first[3] != _SETTINGS_TYPE:
        return "the server on this address does not speak gRPC"
    return ""


def hint_of_hang_up(server: ServerTarget) -> str:
    """Say what the call of a server that hung up may have lacked; "" if nothing is known."""
    if server.tls is None:
        return f"; {NEEDS_TLS}"
    return "" if server.tls.cert_file else f"; {NEEDS_CERTIFICATE}"


def inspect_peer(server: ServerTarget) -> str:
    """Connect once more after a call failed, and say what is there if it is no gRPC server, or no TLS."""
    deadline = TimeLeft(_INSPECTION_SECONDS)
    try:
        with dial(server.address, deadline) as connection:
            connection.settimeout(deadline.left())
            connection.sendall(_PREFACE)
            first = connection.recv(1_024)
    except OSError:
        return ""
    if server.tls is None:
        return foreign_peer(first)
    if not first or first.startswith(_TLS_ALERT):
        return ""  # it does speak TLS
    return foreign_peer(first) or f"{NO_TLS}: call it without --tls, or with --no-tls"
