"""Which names a call may reach: those of its caller's namespace, in the group that it gives."""

from __future__ import annotations

from functools import lru_cache, partial

from quikstate_server import call_context
from quikstate_server.keys import Keyspace


class Keyspaces:
    """Each keyspace is made once, and kept as long as it is one of the last thousand asked for."""

    def __init__(self, key_prefix: str) -> None:
        self._keyspace = lru_cache(maxsize=1_024)(partial(Keyspace, key_prefix))

    def of(self, group: str) -> Keyspace:
        return self._keyspace(call_context.current().namespace, group)
