"""Refuses to serve other machines without TLS, or without knowing who calls, unless a setting says so."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from quikstate_server.settings import Settings, StartRefused
from quikstate_server.transport import ports


def check_exposure(settings: Settings) -> None:
    """Raise StartRefused with a line for each listener that other machines can reach unprotected."""
    lines = [] if settings.insecure else list(_exposures(settings))
    if lines:
        raise StartRefused(*lines)


def _exposures(settings: Settings) -> Iterator[str]:
    remedy = "or set insecure=true (QUIKSTATE_INSECURE) if the network is trusted"
    if not is_local("listen", settings.listen) and not settings.tls_cert_file:
        yield f"listen: {settings.listen} would be served in plain text: set tls_cert_file, {remedy}"
    if is_open_to_others(settings, settings.listen):
        what = f"listen: {settings.listen} would be open to any caller"
        yield f"{what}: set auth, or tls_client_ca_file to demand certificates, {remedy}"
    if (
        settings.metrics_listen
        and not settings.tls_cert_file
        and not is_local("metrics_listen", settings.metrics_listen)
    ):
        what = f"metrics_listen: {settings.metrics_listen} would be served in plain text"
        yield f"{what}: set tls_cert_file, {remedy}"


def is_open_to_others(settings: Settings, address: str) -> bool:
    """Return True if another machine can call the address, and need not show who it is."""
    if settings.auth or is_local("listen", address):
        return False
    return settings.tls_client_ca_file is None or settings.tls_client_auth == "optional"


def is_local(setting: str, address: str) -> bool:
    """Return True if only this machine can reach the address; raise StartRefused if there is no such host."""
    if address.startswith(ports.UNIX):
        return True
    host, _, port = address.rpartition(":")
    try:
        found = ports.resolve(host.strip("[]"), port)
    except OSError as error:
        cause = error.strerror or str(error)
        raise StartRefused(f"{setting}: cannot listen on {address}: {cause}") from error
    return all(ip_address(socket_address[0].partition("%")[0]).is_loopback for *_, socket_address in found)
