"""The address that a server listens on, without what the other settings need."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

DEFAULT_LISTEN = "127.0.0.1:50051"


class ListenAddress(NamedTuple):
    """Where a server listens, and with which certificate."""

    address: str
    certificate: Path | None


def parse_host_and_port(value: str) -> str:
    """Return the value if it is host:port; raise ValueError otherwise."""
    host, _, port = value.rpartition(":")
    bare = not (host.startswith("[") and host.endswith("]"))
    if not host or (bare and ":" in host) or not (port.isascii() and port.isdecimal()) or int(port) > 65_535:
        raise ValueError("must be host:port, such as 127.0.0.1:50051 or [::1]:50051")
    return value


def parse_listen(value: str) -> str:
    """Return the value if a server can listen on it; raise ValueError otherwise."""
    if value.startswith("unix:"):
        if len(value) == len("unix:"):
            raise ValueError("must name a socket: unix:/path/to/socket")
        return value
    return parse_host_and_port(value)


def read_listener() -> ListenAddress | None:
    """Read the variables and the settings file for these two settings alone, in a tenth of the time.

    Return None for what is wrong: then `read` says what.
    """
    try:
        file = os.environ.get("QUIKSTATE_CONFIG")
        values = _values(Path(file)) if file else {}
        listen = os.environ.get("QUIKSTATE_LISTEN", values.get("listen", DEFAULT_LISTEN))
        certificate = os.environ.get("QUIKSTATE_TLS_CERT_FILE", values.get("tls_cert_file"))
        if certificate is not None and not Path(certificate).is_file():
            return None
        return ListenAddress(parse_listen(listen), Path(certificate) if certificate is not None else None)
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _values(file: Path) -> Mapping[str, Any]:
    from quikstate_server.settings import strict_yaml

    try:
        values: Mapping[str, Any] = strict_yaml.load(file.read_text(encoding="utf-8")) or {}
    except strict_yaml.YamlError as error:
        raise ValueError(str(error)) from None
    return values
