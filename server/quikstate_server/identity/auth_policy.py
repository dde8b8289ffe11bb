"""One version of the policy file: which caller a credential stands for."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quikstate_server.caller import Caller
from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.auth_file import AuthFile, Issuer, claims_match, expiry_of
from quikstate_server.identity.credentials import BearerToken, ClientCertificate, Credential, Identity, Jwt

_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class _StoredToken:
    digest: bytes
    caller: Caller
    expires_at: float


class AuthPolicy:
    """The callers of one version of the file."""

    def __init__(self, file: AuthFile) -> None:
        self.issuers: Mapping[str, Issuer] = file.issuers
        self.open_services = frozenset(file.open)
        self.callers = {name: entry.caller(name) for name, entry in file.callers.items()}
        self._anonymous = self.callers[file.anonymous] if file.anonymous is not None else None
        self._tokens: Sequence[_StoredToken] = [
            _StoredToken(bytes.fromhex(token.sha256), self.callers[name], expiry_of(token))
            for name, entry in file.callers.items()
            for token in entry.tokens
        ]
        self._jwts = [
            (jwt.issuer, jwt.claims, self.callers[name])
            for name, entry in file.callers.items()
            for jwt in entry.jwts
        ]
        self._certificates = {
            certificate: self.callers[name]
            for name, entry in file.callers.items()
            for certificate in entry.certificates
        }

    def identify(self, credential: Credential) -> Identity:
        """Return who it stands for; raise Unauthenticated if it stands for nobody now."""
        match credential:
            case BearerToken():
                caller, expires_at = self._token_owner(credential)
            case Jwt():
                caller, expires_at = self._jwt_owner(credential), credential.expires_at
            case ClientCertificate():
                caller, expires_at = self._certificate_owner(credential), credential.expires_at
            case _:
                caller, expires_at = self._anonymous, _NEVER
                if caller is None:
                    raise Unauthenticated("the call has no credential: send `authorization: Bearer <token>`")
        if caller is None:
            raise Unauthenticated(f"the {_WORDS[type(credential)]} is not known")
        if expires_at <= time.time():
            raise Unauthenticated(f"the {_WORDS[type(credential)]} has expired")
        return Identity(caller, credential, expires_at)

    def _token_owner(self, token: BearerToken) -> tuple[Caller | None, float]:
        """Compare with all, in constant time: how long it takes tells nothing of any of them."""
        found: _StoredToken | None = None
        for stored in self._tokens:
            if hmac.compare_digest(stored.digest, token.digest):
                found = stored
        return (found.caller, found.expires_at) if found else (None, _NEVER)

    def _jwt_owner(self, jwt: Jwt) -> Caller | None:
        return next(
            (
                caller
                for issuer, claims, caller in self._jwts
                if issuer == jwt.issuer and claims_match(claims, jwt.claims)
            ),
            None,
        )

    def _certificate_owner(self, certificate: ClientCertificate) -> Caller | None:
        owners = [self._certificates[name] for name in certificate.names if name in self._certificates]
        if len({owner.name for owner in owners}) > 1:
            raise Unauthenticated("the client certificate has names of several callers")
        return owners[0] if owners else None


_WORDS = {BearerToken: "bearer token", Jwt: "JWT", ClientCertificate: "client certificate"}
