"""Keyspaces of calls: the keys of the caller's namespace, in the group that the request names."""

from __future__ import annotations

from functools import lru_cache, partial

from quikstate_server import call_context
from quikstate_server.keys import Keyspace


class Keyspaces:
    """Keeps the last thousand keyspaces, so that a call need not make its own."""

    def __init__(self, key_prefix: str) -> None:
        self._keyspace = lru_cache(maxsize=1_024)(partial(Keyspace, key_prefix))

    def of_caller(self, group: str = "") -> Keyspace:
        """Return the keyspace of the current call's namespace."""
        return self._keyspace(call_context.current().namespace, group)

    def of_namespace(self, namespace: str) -> Keyspace:
        """Return the keyspace of a namespace, without a group."""
        return self._keyspace(namespace, "")
