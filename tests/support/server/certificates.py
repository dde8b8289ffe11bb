"""Certificates for a test: an authority, a server on 127.0.0.1, a client, and one that nobody trusts."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OPENSSL = shutil.which("openssl")
_IS_CA = "basicConstraints=critical,CA:TRUE"
CLIENT_NAME = "spiffe://quikapp/client"
CLIENT_URI = f"URI:{CLIENT_NAME},DNS:client.test"
_IS_HERE = "subjectAltName=IP:127.0.0.1"


@dataclass(frozen=True)
class Certificate:
    """PEM files."""

    cert: Path
    key: Path


@dataclass(frozen=True)
class Certificates:
    ca: Certificate
    server: Certificate
    elsewhere: Certificate
    """Signed too, for another host."""
    client: Certificate
    stranger: Certificate
    """An authority that did not sign the server's."""
    renewed: Certificate
    """For the server too, by the stranger."""


def make(folder: Path) -> Certificates:
    ca, stranger = (_issue(folder, name, "-addext", _IS_CA) for name in ("ca", "stranger"))
    return Certificates(
        ca=ca,
        server=_issue(folder, "server", "-addext", _IS_HERE, signer=ca),
        elsewhere=_issue(folder, "elsewhere", "-addext", "subjectAltName=DNS:elsewhere.test", signer=ca),
        client=_issue(folder, "client", "-addext", f"subjectAltName={CLIENT_URI}", signer=ca),
        stranger=stranger,
        renewed=_issue(folder, "renewed", "-addext", _IS_HERE, signer=stranger),
    )


def _issue(folder: Path, name: str, *extensions: str, signer: Certificate | None = None) -> Certificate:
    built = Certificate(folder / f"{name}.crt", folder / f"{name}.key")
    assert OPENSSL, "no openssl on PATH"
    command = [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
    command += ["-days", "2", "-subj", f"/CN={name}", "-keyout", str(built.key), "-out", str(built.cert)]
    if signer:
        command += ["-CA", str(signer.cert), "-CAkey", str(signer.key)]
    subprocess.run([*command, *extensions], check=True, capture_output=True)
    return built
