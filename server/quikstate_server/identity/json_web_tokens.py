"""JSON Web Tokens (RFC 7519), verified by PyJWT with the keys of their issuers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.auth_file import Issuer
from quikstate_server.identity.credentials import Jwt
from quikstate_server.identity.issuer_key import IssuerKey

_MAX_BYTES = 8_192


def looks_like_jwt(token: str) -> bool:
    """Return True for three parts between dots; a bearer token of ours has no dot."""
    return token.count(".") == 2


def issuer_and_key_id(token: str) -> tuple[str, str]:
    """Return what a token says of itself, to find the key that it must be verified with."""
    import jwt

    if len(token) > _MAX_BYTES:
        raise Unauthenticated(f"the JWT is longer than {_MAX_BYTES} bytes")
    try:
        unverified = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise Unauthenticated("the JWT is malformed") from None
    return str(unverified["payload"].get("iss", "")), str(unverified["header"].get("kid", ""))


def verify(token: str, name: str, issuer: Issuer, key: IssuerKey) -> Jwt:
    """Return the claims of a token of the issuer `name`; raise Unauthenticated if it is not valid.

    The algorithm must be one of the issuer's and that of the key: a token cannot choose another.
    """
    import jwt

    if key.jwk.algorithm_name not in issuer.algorithms:
        raise Unauthenticated(
            f"the JWT is signed with a key for {key.jwk.algorithm_name}, which is not allowed"
        )
    try:
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.jwk,
            algorithms=issuer.algorithms,
            audience=issuer.audience,
            issuer=name,
            leeway=issuer.leeway_seconds,
            options={"require": ["exp", "iss", "aud"]},
        )
    except jwt.PyJWTError as error:
        raise Unauthenticated(f"the JWT is not valid: {_fault(error)}") from None
    expires_at = min(int(claims["exp"]) + issuer.leeway_seconds, time.time() + _LONGEST_SECONDS)
    return Jwt(name, key, claims, expires_at)


_LONGEST_SECONDS = 24 * 3_600.0
"""A JWT that would live longer is verified again after this time."""


def _fault(error: Exception) -> str:
    """Name the rule, never what the token says."""
    import jwt

    names = {
        jwt.ExpiredSignatureError: "it has expired",
        jwt.ImmatureSignatureError: "it is not valid yet",
        jwt.InvalidAudienceError: "it is for another audience",
        jwt.InvalidIssuerError: "it is of another issuer",
        jwt.InvalidAlgorithmError: "its algorithm is not allowed",
        jwt.InvalidSignatureError: "its signature is wrong",
        jwt.MissingRequiredClaimError: "it needs the claims exp, iss and aud",
    }
    return next((words for kind, words in names.items() if isinstance(error, kind)), "it is malformed")
