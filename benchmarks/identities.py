"""A caller with each kind of credential, and what servers need to know it: keys, certificates, a policy."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_ISSUER, _AUDIENCE = "https://id.bench", "quikstate"
_CALLER = "spiffe://bench/caller"
_HOURS = 12


class Identities:
    """The files, made once in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._token = secrets.token_urlsafe(32)
        self._jwt_key = ec.generate_private_key(ec.SECP256R1())
        self._ca_key = ec.generate_private_key(ec.SECP256R1())
        self._ca_name = _name("bench ca")
        self._write("ca", self._ca_key, self._certificate("bench ca", self._ca_key, ()))
        for name, alternative in (
            ("server", x509.IPAddress(ipaddress.ip_address("127.0.0.1"))),
            ("client", x509.UniformResourceIdentifier(_CALLER)),
        ):
            key = ec.generate_private_key(ec.SECP256R1())
            self._write(name, key, self._certificate(name, key, [alternative]))
        self._write_policy()

    def server_flags(self, *, tls: bool, client_ca: bool, auth: bool) -> list[str]:
        """Return the command line of a server that knows the callers."""
        path = self._folder
        flags = ["--auth", str(path / "auth.yaml")] if auth else []
        if tls:
            flags += ["--tls-cert-file", f"{path}/server.pem", "--tls-key-file", f"{path}/server.key"]
        if client_ca:
            flags += ["--tls-client-ca-file", f"{path}/ca.pem"]
        return flags

    def caller_flags(self, credential: str) -> Mapping[str, str]:
        """Return the Go program's flags with which it shows a credential."""
        path, tls = self._folder, {"ca": f"{self._folder}/ca.pem"}
        match credential:
            case "token":
                return {"token": self._token}
            case "jwt":
                return {"token": self._signed()}
            case "tls":
                return tls
            case "certificate":
                return {**tls, "cert": f"{path}/client.pem", "key": f"{path}/client.key"}
            case _:
                return {}

    def _signed(self) -> str:
        claims = {"iss": _ISSUER, "aud": _AUDIENCE, "sub": "bench", "exp": int(time.time()) + _HOURS * 3_600}
        return jwt.encode(claims, self._jwt_key, "ES256", headers={"kid": "bench"})

    def _write_policy(self) -> None:
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self._jwt_key.public_key()))
        keys = self._folder / "jwks.json"
        keys.write_text(json.dumps({"keys": [public | {"kid": "bench", "alg": "ES256"}]}))
        caller = {
            "tokens": [{"sha256": hashlib.sha256(self._token.encode()).hexdigest()}],
            "jwts": [{"issuer": _ISSUER, "claims": {"sub": "bench"}}],
            "certificates": [_CALLER],
            "services": {
                "bench": {"access": ["read"]},
                "rate_limit": {"access": ["write"], "names": ["bench:"]},
            },
        }
        issuer = {"audience": _AUDIENCE, "algorithms": ["ES256"], "jwks_file": str(keys)}
        policy = {"issuers": {_ISSUER: issuer}, "callers": {"bench": caller}}
        (self._folder / "auth.yaml").write_text(yaml.safe_dump(policy))

    def _certificate(
        self, name: str, key: ec.EllipticCurvePrivateKey, alternatives: Sequence[x509.GeneralName]
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(self._ca_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=5))
            .not_valid_after(now + timedelta(hours=_HOURS))
            .add_extension(x509.BasicConstraints(ca=not alternatives, path_length=None), critical=True)
        )
        if alternatives:
            made = made.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        return made.sign(self._ca_key, hashes.SHA256())

    def _write(self, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        self._folder.mkdir(exist_ok=True)
        (self._folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self._folder / f"{name}.key").write_bytes(private)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
