"""Finds out who calls, by the newest valid version of the policy file."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.call_context import CallContext
from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.auth_file import AuthFile, read_auth_file
from quikstate_server.identity.auth_policy import AuthPolicy
from quikstate_server.identity.client_certificate import read_certificate
from quikstate_server.identity.credentials import BearerToken, Credential, Identity, Jwt, NoCredential
from quikstate_server.identity.json_web_tokens import issuer_and_key_id, looks_like_jwt, verify
from quikstate_server.identity.key_sets import KeySets
from quikstate_server.logs import get_logger
from quikstate_server.settings import StartRefused
from quikstate_server.settings.yaml_model import InvalidFile
from quikstate_server.watched_files import POLL_SECONDS, changes, file_versions

_HEADER: Final = "authorization"
_SCHEME: Final = "bearer"
_MAX_KNOWN: Final = 10_000
"""Identities kept, so that a credential is verified once; the oldest is forgotten for a newer one."""
_log = get_logger()


class Authenticator:
    """Who calls: for each call one look-up, once its credential was verified."""

    def __init__(
        self,
        path: Path,
        services: Collection[str],
        monitor: FaultMonitor,
        *,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """Read the file, which may grant these services; raise StartRefused if it is invalid."""
        self._path = path
        self._services = services
        self._monitor = monitor
        self._poll_seconds = poll_seconds
        self._tasks = BackgroundTasks(monitor)
        self._keys = KeySets(monitor, self._forget_known)
        self._known: dict[bytes, Identity] = {}
        self.on_change: Callable[[], None] = lambda: None
        """Called when who a credential stands for may have changed."""
        self.load_error = ""
        """Why the newest version of the file is invalid; "" if it is valid."""
        self._versions = [*file_versions([path])]
        try:
            file = read_auth_file(path, services)
            self._paths = [path, *_key_files(file)]
            self._versions += file_versions(_key_files(file))
            self.policy, self._first_keys = AuthPolicy(file), self._keys.read(file.issuers)
        except InvalidFile as error:
            raise StartRefused(f"auth: {error}") from error

    async def start(self) -> None:
        """Begin to fetch the keys of issuers, and to read the files again whenever one changes."""
        await self._keys.replace(self._first_keys)
        self._tasks.keep_running("identity.poll_policy", self._poll)

    async def close(self) -> None:
        """Stop both."""
        await self._tasks.close()
        await self._keys.close()

    def known(self, call: CallContext) -> Identity | None:
        """Return who calls if the credential was verified before and is valid still."""
        found = self._known.get(_fingerprint(call, _header(call)))
        return found if found and found.expires_at > time.time() else None

    async def identify(self, call: CallContext) -> Identity:
        """Verify the credential, and return who calls; raise Unauthenticated if it is not valid."""
        policy, header = self.policy, _header(call)
        identity = self.policy.identify(await self._credential(call, header))
        if policy is self.policy:  # another one came into force while a key was fetched
            if len(self._known) >= _MAX_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[_fingerprint(call, header)] = identity
        return identity

    def identify_again(self, credential: Credential) -> Identity:
        """Return who a credential stands for now; raise Unauthenticated if that is nobody."""
        if isinstance(credential, Jwt) and not self._keys.has(credential.issuer, credential.key):
            raise Unauthenticated("the JWT is signed with a key that its issuer does not have any more")
        return self.policy.identify(credential)

    async def _credential(self, call: CallContext, header: str | None) -> Credential:
        if header is not None:
            scheme, _, token = header.partition(" ")
            token = token.strip()
            if scheme.lower() != _SCHEME or not token:
                raise Unauthenticated("the header authorization must be `Bearer <token>`")
            return await self._jwt(token) if looks_like_jwt(token) else BearerToken.of(token)
        if certificate := call.certificate():
            return read_certificate(certificate)
        return NoCredential()

    async def _jwt(self, token: str) -> Credential:
        name, key_id = issuer_and_key_id(token)
        issuer = self.policy.issuers.get(name)
        if issuer is None:
            raise Unauthenticated("the JWT is of an issuer that is not known")
        return verify(token, name, issuer, await self._keys.key(name, key_id))

    async def _poll(self) -> None:
        async for _ in changes(lambda: self._paths, self._versions, self._poll_seconds):
            try:
                file = await asyncio.to_thread(read_auth_file, self._path, self._services)
                self._paths = [self._path, *_key_files(file)]
                keys = await asyncio.to_thread(self._keys.read, file.issuers)
            except InvalidFile as error:
                self.load_error = str(error)
                _log.error("auth.refused", error=self.load_error)
                continue
            await self._keys.replace(keys)
            self.policy, self.load_error = AuthPolicy(file), ""
            _log.info("auth.loaded", file=str(self._path), callers=len(file.callers))
            self._forget_known()

    def _forget_known(self) -> None:
        self._known.clear()
        self.on_change()


def _key_files(file: AuthFile) -> Sequence[Path]:
    return [issuer.jwks_file for issuer in file.issuers.values() if issuer.jwks_file]


def _header(call: CallContext) -> str | None:
    """Return the header authorization; raise Unauthenticated if there are several."""
    values = call.header_values(_HEADER)
    if len(values) > 1:
        raise Unauthenticated("the call has several headers authorization")
    return values[0] if values else None


def _fingerprint(call: CallContext, header: str | None) -> bytes:
    """Return what stands for the credential, so that no memory keeps it: a digest.

    An empty header is not the same as none: it is a wrong credential, also where anonymous calls are allowed.
    """
    if header is None:
        return hashlib.sha256(call.certificate() or b"").digest()
    return hashlib.sha256(b"header " + header.encode()).digest()
