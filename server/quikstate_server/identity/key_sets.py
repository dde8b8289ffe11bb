"""The keys of the issuers of JWTs (RFC 7517): read from files, or fetched and fetched again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.auth_file import Issuer
from quikstate_server.identity.key_download import download
from quikstate_server.logs import get_logger
from quikstate_server.settings.yaml_model import InvalidFile

if TYPE_CHECKING:
    from jwt import PyJWK

_PAUSE_SECONDS = 10.0
"""Least time between two fetches for tokens of unknown keys."""
_log = get_logger()


class KeySet:
    """The keys of one issuer."""

    def __init__(self, name: str, issuer: Issuer, monitor: FaultMonitor) -> None:
        """Read the keys of a file; raise InvalidFile if that fails. Those of a URL are fetched later."""
        self.issuer = issuer
        self._name = name
        self._tasks = BackgroundTasks(monitor)
        self._keys: Mapping[str, PyJWK] = {}
        self._fetching: asyncio.Task[None] | None = None
        self._fetched_at = 0.0
        if issuer.jwks_file:
            try:
                self._keys = _parse(issuer.jwks_file.read_bytes())
            except (OSError, ValueError) as error:
                raise InvalidFile(issuer.jwks_file, getattr(error, "strerror", None) or str(error)) from error

    def start(self) -> None:
        """Fetch the keys, if they have a URL, now and again every refresh_seconds."""
        if self.issuer.jwks_url:
            self._tasks.keep_running("identity.fetch_keys", self._keep_fresh)

    async def close(self) -> None:
        """Fetch no more."""
        await self._tasks.close()

    async def key(self, key_id: str) -> PyJWK:
        """Return a key; one that is not known may be new, so that the URL is fetched once more."""
        key = self._find(key_id)
        if key is None and self.issuer.jwks_url:
            await self._fetch_soon()
            key = self._find(key_id)
        if key is None:
            raise Unauthenticated("the JWT is signed with a key that its issuer does not have")
        return key

    def _find(self, key_id: str) -> PyJWK | None:
        if not key_id and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(key_id)

    async def _keep_fresh(self) -> None:
        while True:
            self._begin_to_fetch()
            await asyncio.sleep(self.issuer.refresh_seconds)

    async def _fetch_soon(self) -> None:
        """Wait for the fetch under way, or for another one, but fetch not soon after the last."""
        if self._fetching and not self._fetching.done():
            await asyncio.wait([self._fetching])  # which does not cancel the call if the fetch is cancelled
        elif time.monotonic() - self._fetched_at >= _PAUSE_SECONDS:
            await asyncio.wait([self._begin_to_fetch()])

    def _begin_to_fetch(self) -> asyncio.Task[None]:
        self._fetched_at = time.monotonic()
        self._fetching = self._tasks.spawn("identity.fetch_keys_once", self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        """Fetch the keys; keep those that are here if that fails."""
        url = str(self.issuer.jwks_url)
        try:
            self._keys = await fetch_keys(url)
        except (OSError, ValueError) as error:
            _log.warning("jwks.fetch_failed", issuer=self._name, url=url, error=str(error) or repr(error))


class KeySets:
    """The key sets of the issuers in force."""

    def __init__(self, monitor: FaultMonitor) -> None:
        self._monitor = monitor
        self._sets: Mapping[str, KeySet] = {}

    async def key(self, issuer: str, key_id: str) -> PyJWK:
        """Return the key of a token; raise Unauthenticated if there is none."""
        keys = self._sets.get(issuer)
        if keys is None:  # another policy comes into force at this moment
            raise Unauthenticated("the JWT is of an issuer that is not known")
        return await keys.key(key_id)

    def read(self, issuers: Mapping[str, Issuer]) -> Mapping[str, KeySet]:
        """Return the sets of `issuers`, with keys that were fetched; raise InvalidFile for a wrong file."""
        return {
            name: self._kept(name, issuer) or KeySet(name, issuer, self._monitor)
            for name, issuer in issuers.items()
        }

    def _kept(self, name: str, issuer: Issuer) -> KeySet | None:
        kept = self._sets.get(name)
        return kept if kept and issuer.jwks_url and kept.issuer == issuer else None

    async def replace(self, sets: Mapping[str, KeySet]) -> None:
        """Use these sets from now on."""
        before, self._sets = self._sets, sets
        for each in set(sets.values()) - set(before.values()):
            each.start()
        for each in set(before.values()) - set(sets.values()):
            await each.close()

    async def close(self) -> None:
        """Fetch no more."""
        await self.replace({})


async def fetch_keys(url: str) -> Mapping[str, PyJWK]:
    """Return the keys that an issuer publishes, by id; raise OSError or ValueError if there are none."""
    return _parse(await download(url))


def _parse(text: bytes) -> Mapping[str, PyJWK]:
    """Return the keys of a set, by id; raise ValueError for any other text."""
    import jwt

    try:
        keys = jwt.PyJWKSet.from_json(text.decode()).keys
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a JSON Web Key Set: {error}") from None
    return {key.key_id or "": key for key in keys}
