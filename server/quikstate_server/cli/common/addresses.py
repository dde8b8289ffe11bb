"""Addresses of servers, as gRPC writes them."""

from __future__ import annotations

import re
from ipaddress import ip_address

from quikstate_server.cli.common.refusal import refuse

DEFAULT_PORT = 50051
DEFAULT_ADDRESS = f"127.0.0.1:{DEFAULT_PORT}"
_URL = re.compile(r"(https?|grpcs?)://([^/]*).*", re.IGNORECASE)
_SCHEMES = re.compile(r"(?:dns|ipv4|ipv6):(?:///?)?")
_OTHER_SCHEMES = re.compile(r"unix:|unix-abstract:|[a-z][a-z0-9+.-]*://")


def complete_address(address: str) -> str:
    """Return the address, with the default port where it has none; end the command for a URL."""
    if url := _URL.fullmatch(address):
        secure = url[1].lower() in ("https", "grpcs")
        flags = " with --tls or --tls-ca-file" if secure else ""
        refuse(f"{address} is a URL: give the server as {complete_address(url[2] or 'host')}{flags}")
    scheme = _SCHEMES.match(address)
    if scheme is None and _OTHER_SCHEMES.match(address):
        return address
    start = scheme.end() if scheme else 0
    return address[:start] + ",".join(map(_with_port, address[start:].split(",")))


def _with_port(host: str) -> str:
    if host.count(":") > 1 and not host.startswith("["):
        return f"[{host}]:{DEFAULT_PORT}"  # an IPv6 address, which has colons of its own
    return host if re.search(r":[^:\]]*$", host) else f"{host}:{DEFAULT_PORT}"


def is_unix(address: str) -> bool:
    return address.startswith(("unix:", "unix-abstract:"))


def hosts_of(address: str) -> list[tuple[str, str]]:
    """Return host and port of each server in an address that is no unix socket."""
    named = _SCHEMES.sub("", address, count=1).rpartition("/")[2]
    parts = (each.rpartition(":") for each in named.split(","))
    return [(host.strip("[]"), port) for host, _, port in parts]


def is_loopback(address: str) -> bool:
    """Return True for an address that surely is of this machine; no name is looked up but localhost."""
    if is_unix(address):
        return True
    return all(map(_is_loopback_host, _SCHEMES.sub("", address, count=1).split(",")))


def _is_loopback_host(address: str) -> bool:
    host = address.rpartition(":")[0] if not address.endswith("]") else address
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
