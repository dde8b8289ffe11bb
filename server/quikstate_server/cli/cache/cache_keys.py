"""Cache keys as people write them in commands: as redis-cli shows them."""

from __future__ import annotations

import typer

from quikstate.v1.cache_pb2 import CacheKey
from quikstate_server import keys

_BEGINNINGS = {"cache:": "name", "user:": "user", "workspace:": "workspace", "channel:": "channel_members"}
_SHAPES = "cache:NAME, user:ID, workspace:ID or channel:ID:members"


def key_of(text: str) -> CacheKey:
    found = keys.cached_from(text)
    if not found:
        raise typer.BadParameter(
            f"{text!r} is no key of the cache, which are {_SHAPES}, with the characters % {{ }} * ? [ ] \\ "
            "and, in an ID, : percent-encoded"
        )
    return _made(*found)


def beginning_of(text: str) -> CacheKey:
    for before, kind in _BEGINNINGS.items():
        if text.startswith(before):
            return _made(kind, keys.plain(text.removeprefix(before)))
    raise typer.BadParameter(f"{text!r} is no beginning of a key of the cache, which are {_SHAPES}")


def text_of(key: CacheKey) -> str:
    kind = key.WhichOneof("kind")
    return keys.cached(kind, getattr(key, kind)) if kind else ""


def _made(kind: str, id_: str) -> CacheKey:
    key = CacheKey()
    setattr(key, kind, id_)
    return key
