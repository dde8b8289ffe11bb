"""Names the client of a connection."""

from __future__ import annotations

import asyncio
import socket
import ssl


def peer_of(transport: asyncio.BaseTransport) -> str:
    """Return the client's address as gRPC writes it: `ipv4:127.0.0.1:40000`, `ipv6:[::1]:40000`, `unix:`.

    It is `unknown:` if the client has reset the connection before it was looked at.
    """
    address = transport.get_extra_info("peername")
    if address is None:
        return "unknown:"
    match transport.get_extra_info("socket").family:
        case socket.AF_INET:
            return f"ipv4:{address[0]}:{address[1]}"
        case socket.AF_INET6:
            return f"ipv6:[{address[0]}]:{address[1]}"
        case _:
            return "unix:"


def certificate_of(transport: asyncio.BaseTransport) -> bytes | None:
    """Return the client's verified certificate, in DER; None without mutual TLS."""
    tls: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
    return tls.getpeercert(binary_form=True) if tls else None
