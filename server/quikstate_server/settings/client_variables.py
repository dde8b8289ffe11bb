"""The variables of commands that call a server, by the names of their flags."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

CLIENT_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "context": "QUIKSTATE_CONTEXT",
        "addr": "QUIKSTATE_ADDR",
        "token": "QUIKSTATE_TOKEN",
        "token_file": "QUIKSTATE_TOKEN_FILE",
        "tls": "QUIKSTATE_TLS",
        "tls_ca_file": "QUIKSTATE_SERVER_CA_FILE",
        "tls_cert_file": "QUIKSTATE_CLIENT_CERT_FILE",
        "tls_key_file": "QUIKSTATE_CLIENT_KEY_FILE",
    }
)


def client_variables() -> Mapping[str, str]:
    """Return those that are set, and not empty, as typer takes them."""
    return {flag: os.environ[name] for flag, name in CLIENT_VARIABLES.items() if os.environ.get(name)}
