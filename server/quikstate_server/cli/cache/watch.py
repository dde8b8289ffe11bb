"""`quikstate cache watch`: a line whenever an entry is stored or deleted."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from datetime import datetime

from quikstate.v1.cache_pb2 import CacheInvalidation, WatchInvalidationsRequest
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate_server.cli.cache.cache_keys import beginning_of, key_of, text_of
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.watch_stream import complain_of, every_event


def watch(
    address: str, keys: Sequence[str], prefixes: Sequence[str], tags: Sequence[str], *, json: bool
) -> None:
    """Until it is interrupted; a server that cannot be reached at the start ends it."""
    request = WatchInvalidationsRequest(
        keys=map(key_of, keys), prefixes=map(beginning_of, prefixes), tags=tags
    )
    with connected(address) as channel:
        stub = CacheServiceStub(channel)
        for event in every_event(lambda: stub.WatchInvalidations(request)):
            match event.WhichOneof("event"):
                case "started":
                    complain("watching")
                case "invalidated":
                    _say(event.invalidated, json=json)
                case "gap":
                    complain_of(event.gap)


def _say(told: CacheInvalidation, *, json: bool) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **as_json(told)}, ensure_ascii=False))
    elif told.tag:
        say(f"{now}  tag {told.tag}  deleted")
    else:
        say(f"{now}  {text_of(told.key)}  {f'stored  {told.etag}' if told.etag else 'deleted'}")
