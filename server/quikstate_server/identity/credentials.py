"""Credentials whose proof was checked: what of them must still be in the policy file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from quikstate_server.caller import Caller
from quikstate_server.identity.issuer_key import IssuerKey


@dataclass(frozen=True, slots=True)
class BearerToken:
    """A token, by the digest of it."""

    digest: bytes

    @classmethod
    def of(cls, token: str) -> BearerToken:
        """Return the credential of a token."""
        return cls(hashlib.sha256(token.encode()).digest())


@dataclass(frozen=True, slots=True, eq=False)
class Jwt:
    """The claims of a JWT with a valid signature, which expires at a Unix time."""

    issuer: str
    key: IssuerKey
    claims: Mapping[str, object]
    expires_at: float


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The names in a verified certificate: `spiffe://…`, `dns:…`."""

    names: frozenset[str]
    expires_at: float


@dataclass(frozen=True, slots=True)
class NoCredential:
    """What a call has that shows nothing."""


Credential: TypeAlias = BearerToken | Jwt | ClientCertificate | NoCredential


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller, the credential that stands for it, and the Unix time at which that ends."""

    caller: Caller
    credential: Credential
    expires_at: float
