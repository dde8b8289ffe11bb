"""The keys of the issuers of JWTs (RFC 7517): read from files, or fetched and fetched again."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Unauthenticated
from quikstate_server.identity.auth_file import Issuer
from quikstate_server.identity.issuer_key import IssuerKey
from quikstate_server.identity.key_download import download
from quikstate_server.logs import get_logger
from quikstate_server.settings.yaml_model import InvalidFile

_PAUSE_SECONDS = 10.0
"""Least time between two fetches for tokens of unknown keys."""
_log = get_logger()


class KeySet:
    """The keys of one issuer."""

    def __init__(
        self, name: str, issuer: Issuer, monitor: FaultMonitor, on_withdrawn: Callable[[], None]
    ) -> None:
        """Read the keys of a file; raise InvalidFile if that fails. Those of a URL are fetched later.

        `on_withdrawn` is called when a key that was fetched before is published no more.
        """
        self.issuer = issuer
        self._name = name
        self._on_withdrawn = on_withdrawn
        self._tasks = BackgroundTasks(monitor)
        self._keys: Mapping[str, IssuerKey] = {}
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

    async def key(self, key_id: str) -> IssuerKey:
        """Return a key; one that is not known may be new, so that the URL is fetched once more."""
        key = self._find(key_id)
        if key is None and self.issuer.jwks_url:
            await self._fetch_soon()
            key = self._find(key_id)
        if key is None:
            raise Unauthenticated("the JWT is signed with a key that its issuer does not have")
        return key

    def has(self, key: IssuerKey) -> bool:
        """Return True if the issuer has this key still."""
        return key in self._keys.values()

    def _find(self, key_id: str) -> IssuerKey | None:
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
            before, self._keys = self._keys, await fetch_keys(url)
        except (OSError, ValueError) as error:
            _log.warning("jwks.fetch_failed", issuer=self._name, url=url, error=str(error) or repr(error))
            return
        if not all(map(self.has, before.values())):
            _log.info("jwks.key_withdrawn", issuer=self._name)
            self._on_withdrawn()


class KeySets:
    """The key sets of the issuers in force."""

    def __init__(self, monitor: FaultMonitor, on_withdrawn: Callable[[], None] = lambda: None) -> None:
        """Take what is called when an issuer publishes a key no more."""
        self._monitor = monitor
        self._on_withdrawn = on_withdrawn
        self._sets: Mapping[str, KeySet] = {}

    async def key(self, issuer: str, key_id: str) -> IssuerKey:
        """Return the key of a token; raise Unauthenticated if there is none."""
        keys = self._sets.get(issuer)
        if keys is None:  # another policy comes into force at this moment
            raise Unauthenticated("the JWT is of an issuer that is not known")
        return await keys.key(key_id)

    def has(self, issuer: str, key: IssuerKey) -> bool:
        """Return True if the issuer is known, and has this key still."""
        keys = self._sets.get(issuer)
        return keys is not None and keys.has(key)

    def read(self, issuers: Mapping[str, Issuer]) -> Mapping[str, KeySet]:
        """Return the sets of `issuers`, with keys that were fetched; raise InvalidFile for a wrong file."""
        return {
            name: self._kept(name, issuer) or KeySet(name, issuer, self._monitor, self._on_withdrawn)
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


async def fetch_keys(url: str) -> Mapping[str, IssuerKey]:
    """Return the keys that an issuer publishes, by id; raise OSError or ValueError if there are none."""
    return _parse(await download(url))


def _parse(text: bytes) -> Mapping[str, IssuerKey]:
    """Return the keys of a set, by id; raise ValueError for any other text."""
    import jwt

    try:
        keys = jwt.PyJWKSet.from_json(text.decode()).keys
        published = {each.get("kid"): json.dumps(each, sort_keys=True) for each in json.loads(text)["keys"]}
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a JSON Web Key Set: {error}") from None
    return {key.key_id or "": IssuerKey(published[key.key_id], key) for key in keys}
