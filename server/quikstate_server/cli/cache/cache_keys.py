"""Cache keys as people write them in commands: as redis-cli shows them."""

from __future__ import annotations

import typer

from quikstate.v1.cache_pb2 import CacheKey
from quikstate_server import keys

_KIND_BY_PREFIX = {
    "cache:": "name",
    "user:": "user",
    "workspace:": "workspace",
    "channel:": "channel_members",
}
_SHAPES = "cache:NAME, user:ID, workspace:ID or channel:ID:members"


def parse_key(text: str) -> CacheKey:
    """Return the key that `text` names."""
    kind_and_id = keys.cached_from(text)
    if not kind_and_id:
        raise typer.BadParameter(
            f"{text!r} is not a cache key: it must be {_SHAPES}. Percent-encode the characters "
            "% { } * ? [ ] \\ and, in an ID, :"
        )
    return _key(*kind_and_id)


def parse_prefix(text: str) -> CacheKey:
    """Return the prefix that `text` names, whose id may be the first part of an id."""
    for prefix, kind in _KIND_BY_PREFIX.items():
        if text.startswith(prefix):
            return _key(kind, keys.plain(text.removeprefix(prefix)))
    raise typer.BadParameter(f"{text!r} is not a prefix of cache keys, which are {_SHAPES}")


def format_key(key: CacheKey) -> str:
    """Return the Redis key of `key`, without a configured prefix."""
    kind = key.WhichOneof("kind")
    return keys.cached(kind, getattr(key, kind)) if kind else ""


def _key(kind: str, id_: str) -> CacheKey:
    key = CacheKey()
    setattr(key, kind, id_)
    return key
