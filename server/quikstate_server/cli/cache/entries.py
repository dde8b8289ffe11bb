"""The commands `quikstate cache get`, `set` and `delete`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer

from quikstate.v1.cache_pb2 import (
    CACHE_OUTCOME_HIT,
    CACHE_OUTCOME_STALE,
    CacheDeleteResult,
    CacheItem,
    CacheOutcome,
    DeleteEntriesRequest,
    GetEntriesRequest,
    SetEntriesRequest,
)
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate_server.cli import UNAVAILABLE
from quikstate_server.cli.cache.cache_keys import parse_key
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration, seconds_to_duration

_STDIN = "-"


def get(server: ServerTarget, key: str, *, accept_stale: bool, json: bool) -> bool:
    """Write the value of an entry; return False if there is none."""
    request = GetEntriesRequest(keys=[parse_key(key)], accept_stale=accept_stale)
    with connected(server) as channel:
        (entry,) = CacheServiceStub(channel).GetEntries(request, timeout=CALL_SECONDS).entries
    has_value = entry.outcome in (CACHE_OUTCOME_HIT, CACHE_OUTCOME_STALE)
    if json:
        say_json(as_json(entry))
    elif has_value:
        sys.stdout.buffer.write(entry.value)
        sys.stdout.buffer.flush()
    else:
        outcome = CacheOutcome.Name(entry.outcome).removeprefix("CACHE_OUTCOME_").lower()
        complain(f"{key}: {outcome}{', another caller fills it' if entry.filling else ''}")
    return has_value


def set_(
    server: ServerTarget,
    key: str,
    value: str | None,
    *,
    ttl: float,
    soft_ttl: float,
    tags: Sequence[str],
    json: bool,
) -> None:
    """Store an entry; `value` None stores a negative entry."""
    item = CacheItem(key=parse_key(key), ttl=seconds_to_duration(ttl), tags=tags)
    if soft_ttl:
        item.soft_ttl.CopyFrom(seconds_to_duration(soft_ttl))
    if value is None:
        item.negative = True
    else:
        item.value = sys.stdin.buffer.read() if value == _STDIN else value.encode(errors="surrogateescape")
    with connected(server) as channel:
        response = CacheServiceStub(channel).SetEntries(SetEntriesRequest(items=[item]), timeout=CALL_SECONDS)
    (result,) = response.results
    if json:
        say_json(as_json(result))
    else:
        say(f"{key}: stored, expires in {seconds_from_duration(result.expires_in):.1f}s")


def delete(server: ServerTarget, keys: Sequence[str], tags: Sequence[str], *, json: bool) -> bool:
    """Delete entries and invalidate tags; return True if each key had an entry."""
    request = DeleteEntriesRequest(keys=map(parse_key, keys), tags=tags)
    with connected(server) as channel:
        response = CacheServiceStub(channel).DeleteEntries(request, timeout=CALL_SECONDS)
    if json:
        say_json(as_json(response))
    else:
        for key, result in zip(keys, response.keys, strict=True):
            say(f"{key}: {'deleted' if result.existed else 'not found'}")
        for tag in tags:
            say(f"tag {tag}: invalidated")
    _exit_on_failure([*response.keys, *response.tags])
    return all(result.existed for result in response.keys)


def _exit_on_failure(results: Iterable[CacheDeleteResult]) -> None:
    failed: list[ItemStatus] = [result.status for result in results if result.HasField("status")]
    for status in failed:
        complain(status.message)
    if failed:
        raise typer.Exit(UNAVAILABLE)
