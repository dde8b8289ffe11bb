"""`quikstate token inspect`: says what a token is, without a server."""

from __future__ import annotations

import base64
import binascii
import json as json_text
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quikstate_server.cli.common.options import refuse
from quikstate_server.cli.common.output import say, say_json
from quikstate_server.cli.token.mint import PREFIX
from quikstate_server.identity.credentials import BearerToken
from quikstate_server.identity.json_web_tokens import looks_like_jwt

_NOTE = "the signature was not verified: this is what the token says of itself"
_TIMES = "exp", "nbf", "iat"


def run(token: str, *, json: bool) -> None:
    """Print what is known of a token, or of the one on standard input."""
    if token == "-":  # noqa: S105 - where to read it
        token = sys.stdin.readline()
    token = token.strip().removeprefix("Bearer ").strip()
    if not token:
        refuse("token inspect: there is no token")
    facts = _jwt(token) if looks_like_jwt(token) else _bearer(token)
    if json:
        say_json(facts)
        return
    for name, value in facts.items():
        if isinstance(value, Mapping):
            for inner, each in value.items():
                say(f"{name}.{inner}: {_shown(inner, each)}")
        else:
            say(f"{name}: {value}")


def _bearer(token: str) -> Mapping[str, Any]:
    kind = "bearer token" if token.startswith(PREFIX) else "bearer token, not of `quikstate token mint`"
    return {"kind": kind, "sha256": BearerToken.of(token).digest.hex()}


def _jwt(token: str) -> Mapping[str, Any]:
    header, claims, _ = token.split(".")
    try:
        parsed = {"header": _part(header), "claims": _part(claims)}
    except (ValueError, binascii.Error, RecursionError):
        refuse("token inspect: it has three parts as a JWT has, and they are no JSON in base64url")
    return {"kind": "JWT", "note": _NOTE, **parsed}


def _part(text: str) -> Mapping[str, Any]:
    decoded = json_text.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if not isinstance(decoded, dict):
        raise ValueError  # noqa: TRY004 - one class for all that is no JWT
    return decoded


def _shown(name: str, value: Any) -> str:
    """Return a value as JSON, and a time as people read it."""
    text = json_text.dumps(value, ensure_ascii=False)
    if name not in _TIMES or not isinstance(value, int | float):
        return text
    try:
        when = datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return text
    ended = ", expired" if name == "exp" and value <= time.time() else ""
    return f"{text} ({when:%Y-%m-%dT%H:%M:%SZ}{ended})"
