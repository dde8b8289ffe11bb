"""`quikstate cache watch`: a line whenever an entry is stored or deleted."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from datetime import datetime

from quikstate.v1.cache_pb2 import CacheInvalidation, WatchInvalidationsRequest
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate_server.cli.cache.cache_keys import format_key, parse_key, parse_prefix
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import complain_of, watch_events


def watch(
    server: ServerTarget, keys: Sequence[str], prefixes: Sequence[str], tags: Sequence[str], *, json: bool
) -> None:
    """Write invalidations until interrupted; fail if no server can be reached at the start."""
    request = WatchInvalidationsRequest(
        keys=map(parse_key, keys), prefixes=map(parse_prefix, prefixes), tags=tags
    )
    with connected(server) as channel:
        stub = CacheServiceStub(channel)
        for event in watch_events(lambda: stub.WatchInvalidations(request)):
            match event.WhichOneof("event"):
                case "started":
                    complain("watching")
                case "invalidated":
                    _say_invalidation(event.invalidated, json=json)
                case "gap":
                    complain_of(event.gap)


def _say_invalidation(invalidation: CacheInvalidation, *, json: bool) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **as_json(invalidation)}, ensure_ascii=False))
    elif invalidation.tag:
        say(f"{now}  tag {invalidation.tag}  invalidated")
    else:
        change = f"stored  {invalidation.etag}" if invalidation.etag else "deleted"
        say(f"{now}  {format_key(invalidation.key)}  {change}")
