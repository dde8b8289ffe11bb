"""The YAML file of callers (QUIKSTATE_AUTH).

open: [health, reflection]                 # services for everybody; default: [health]
anonymous: guest                           # the caller of calls without a credential; default: none
issuers:
  https://id.example.com:                  # the claim `iss` of its tokens
    audience: quikstate                    # one that the claim `aud` must have
    algorithms: [RS256]
    jwks_url: https://id.example.com/jwks  # or jwks_file; plain http from this machine alone
    refresh_seconds: 300                   # the default
    leeway_seconds: 30                     # the default; at most 60
callers:
  checkout:
    namespace: shop                        # default: "", whose keys have the legacy key layout
    tokens:
      - sha256: 5e88…                      # of the token, in hex; `quikstate token mint` prints it
        expires: 2027-06-30T00:00:00Z      # default: never
    jwts:
      - issuer: https://id.example.com
        claims: {sub: checkout}            # each must be equal, or be in a claim that is a list
    certificates: ["spiffe://quikapp/checkout", "dns:checkout.internal"]
    services:
      rate_limit: {access: [read, write], names: ["checkout:"]}
      lock: {access: [read]}               # without names: any name
    quotas: {calls_per_second: 500, burst: 1000, calls_in_flight: 100, waiting_calls: 20, streams: 100,
             subscriptions: 1000}          # of one process; default: none
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field, StringConstraints, field_validator, model_validator

from quikstate_server.caller import Access, Caller, Grant, Quotas
from quikstate_server.settings.yaml_model import STRICT, InvalidFile, read_yaml

CALLER_NAME: Final = r"[A-Za-z0-9_.-]{1,64}"
OPEN_SERVICES: Final = frozenset({"health", "reflection", "channelz"})

Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "HS256", "HS384", "HS512",
]  # fmt: skip
_Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_CallerName = Annotated[str, StringConstraints(pattern=f"^{CALLER_NAME}$")]
_Namespace = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{0,64}$")]
_CertificateName = Annotated[str, StringConstraints(pattern=r"^(dns:[^\s:]+|[a-z][a-z0-9+.-]*://\S+)$")]

_Url = Annotated[
    str, StringConstraints(pattern=r"^(https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/])\S+$")
]
"""Keys that come in plain text, but for those of this machine, could be anybody's."""

_DESCRIPTIONS = {
    "string_pattern_mismatch": "must match {pattern}",
    "literal_error": "must be one of {expected}",
    "too_short": "must not be empty",
    "datetime_type": "must be a time such as 2027-06-30T00:00:00Z",
}


class TokenEntry(BaseModel):
    """A bearer token, of which only the digest is stored."""

    model_config = STRICT

    sha256: _Digest
    expires: datetime | None = None

    @field_validator("expires")
    @classmethod
    def _with_zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("must have a time zone, such as 2027-06-30T00:00:00Z")
        return value


class JwtEntry(BaseModel):
    """The claims of a caller's JWTs."""

    model_config = STRICT

    issuer: str
    claims: dict[str, str] = Field(min_length=1)


class Issuer(BaseModel):
    """An issuer of JWTs."""

    model_config = STRICT

    audience: Annotated[str, StringConstraints(min_length=1)]
    algorithms: list[Algorithm] = Field(min_length=1)
    jwks_file: Annotated[Path, Field(strict=False)] | None = None
    jwks_url: _Url | None = None
    refresh_seconds: int = Field(300, ge=10)
    leeway_seconds: int = Field(30, ge=0, le=60)

    @model_validator(mode="after")
    def _one_source(self) -> Issuer:
        if (self.jwks_file is None) == (self.jwks_url is None):
            raise ValueError("needs either jwks_file or jwks_url")
        return self


class _Grant(BaseModel):
    model_config = STRICT

    access: list[Annotated[Access, Field(strict=False)]] = Field(min_length=1)
    names: list[Annotated[str, StringConstraints(min_length=1)]] = Field(default_factory=list)


class _Quotas(BaseModel):
    model_config = STRICT

    calls_per_second: Annotated[float, Field(gt=0, strict=False)] | None = None
    burst: Annotated[int, Field(ge=1)] | None = None
    calls_in_flight: Annotated[int, Field(ge=1)] | None = None
    waiting_calls: Annotated[int, Field(ge=0)] | None = None
    streams: Annotated[int, Field(ge=0)] | None = None
    subscriptions: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _burst_of_a_rate(self) -> _Quotas:
        if self.burst and not self.calls_per_second:
            raise ValueError("burst needs calls_per_second")
        return self


class CallerEntry(BaseModel):
    """A caller: its credentials and what they give."""

    model_config = STRICT

    namespace: _Namespace = ""
    tokens: list[TokenEntry] = Field(default_factory=list)
    jwts: list[JwtEntry] = Field(default_factory=list)
    certificates: list[_CertificateName] = Field(default_factory=list)
    services: dict[str, _Grant] = Field(default_factory=dict)
    quotas: _Quotas = Field(default_factory=_Quotas)

    def caller(self, name: str) -> Caller:
        """Return the caller of this entry."""
        grants = {
            service: Grant(frozenset(grant.access), tuple(grant.names))
            for service, grant in self.services.items()
        }
        return Caller(name, self.namespace, grants, Quotas(**self.quotas.model_dump()))


class AuthFile(BaseModel):
    """The whole file."""

    model_config = STRICT

    open: list[str] = Field(default_factory=lambda: ["health"])
    anonymous: str | None = None
    issuers: dict[str, Issuer] = Field(default_factory=dict)
    callers: dict[_CallerName, CallerEntry]


def read_auth_file(path: Path, services: Collection[str]) -> AuthFile:
    """Read the file, which can grant `services`; raise InvalidFile on any error."""
    file = read_yaml(path, AuthFile, _DESCRIPTIONS)
    for error in (*_unknown_names(file, services), *_shared_credentials(file)):
        raise InvalidFile(path, error)
    return file


def _unknown_names(file: AuthFile, services: Collection[str]) -> Iterator[str]:
    for service in file.open:
        if service not in OPEN_SERVICES:
            yield f"open: {service!r} is not one of {', '.join(sorted(OPEN_SERVICES))}"
    if file.anonymous is not None and file.anonymous not in file.callers:
        yield f"anonymous: no caller is named {file.anonymous!r}"
    for name, entry in file.callers.items():
        for service in entry.services:
            if service not in services:
                yield f"callers.{name}.services: {service!r} is not one of {', '.join(sorted(services))}"
        for jwt in entry.jwts:
            if jwt.issuer not in file.issuers:
                yield f"callers.{name}.jwts: {jwt.issuer!r} is not one of the issuers"


def _shared_credentials(file: AuthFile) -> Iterator[str]:
    owners: dict[object, str] = {}
    for name, entry in file.callers.items():
        for key, credential in _credentials(entry):
            if owner := owners.get(credential):
                yield f"callers.{name}.{key}: callers.{owner} has the same"
            owners[credential] = name


def _credentials(entry: CallerEntry) -> Iterator[tuple[str, object]]:
    for index, token in enumerate(entry.tokens):
        yield f"tokens.{index}.sha256", token.sha256
    for index, jwt in enumerate(entry.jwts):
        yield f"jwts.{index}", (jwt.issuer, *sorted(jwt.claims.items()))
    for index, name in enumerate(entry.certificates):
        yield f"certificates.{index}", name


def expiry_of(token: TokenEntry) -> float:
    """Return the Unix time at which a token expires; infinity for never."""
    return token.expires.timestamp() if token.expires else float("inf")


def claims_match(wanted: Mapping[str, str], claims: Mapping[str, object]) -> bool:
    """Return True if each wanted claim is equal, or is in a claim that is a list."""
    return all(
        claims.get(name) == value or (isinstance(found := claims.get(name), list) and value in found)
        for name, value in wanted.items()
    )
