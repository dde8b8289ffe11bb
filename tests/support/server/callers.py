"""Callers for tests: policy files, bearer tokens, and JWTs of an issuer of the tests' own."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
import yaml
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://id.test"
AUDIENCE = "quikstate"
SERVICES = ("admin", "cache", "lock", "presence", "pub_sub", "queue", "rate_limit", "session")
EVERYTHING: Mapping[str, Any] = {service: {"access": ["read", "write", "admin"]} for service in SERVICES}


def token_entry(token: str, **more: object) -> dict[str, object]:
    return {"sha256": hashlib.sha256(token.encode()).hexdigest(), **more}


def caller(token: str, **more: object) -> dict[str, object]:
    """A caller with one token, who may do everything unless `services` says otherwise."""
    return {"tokens": [token_entry(token)], "services": EVERYTHING, **more}


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    """The metadata of a call with a token."""
    return (("authorization", f"Bearer {token}"),)


class AuthFile:
    """A policy file, which can be written again while a server uses it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, **content: object) -> Path:
        """Replace the file at once, as a deployment does: no server may read a part of it."""
        fresh = self.path.with_suffix(".new")
        fresh.write_text(yaml.safe_dump(content))
        fresh.rename(self.path)
        return self.path


class Issuer:
    """Signs JWTs, and publishes its key."""

    def __init__(self, key_id: str = "k1") -> None:
        self.key_id = key_id
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)

    def jwks(self) -> str:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return json.dumps({"keys": [public | {"kid": self.key_id, "alg": "RS256", "use": "sig"}]})

    def sign(self, *, key: Any = None, algorithm: str = "RS256", **claims: object) -> str:
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": AUDIENCE, "sub": "checkout", "iat": now, "exp": now + 600}
        return jwt.encode(
            {name: value for name, value in (usual | claims).items() if value is not None},
            self.key if key is None else key,
            algorithm,
            headers={"kid": self.key_id},
        )
