"""Reads the policy file of callers as a server would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quikstate_server.background import FaultMonitor
from quikstate_server.identity.auth_file import AuthFile, expiry_of, read_auth_file
from quikstate_server.identity.key_sets import KeySets
from quikstate_server.services.catalog import SERVICE_NAMES


def read_auth(path: Path) -> AuthFile:
    """Read the file and the key files of its issuers; raise InvalidFile on any error."""
    file = read_auth_file(path, SERVICE_NAMES)
    KeySets(FaultMonitor()).read(file.issuers)
    return file


def warnings_of(file: AuthFile, now: float) -> Iterator[tuple[str, str]]:
    """Yield a caller and what is valid of it, and probably not meant."""
    for name, entry in file.callers.items():
        if expired := sum(expiry_of(token) <= now for token in entry.tokens):
            yield name, f"{expired} of its tokens expired"
        if not (entry.tokens or entry.jwts or entry.certificates or name == file.anonymous):
            yield name, "it has no credential, so that nobody can be it"
        if not entry.services:
            yield name, "no service is granted to it"
