"""`quikstate queue stats`, `peek`, `dead`, `redrive` and `purge`: queues as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

import grpc
import typer

from quikstate.v1.queue_pb2 import (
    PURGE_SCOPE_DEAD_LETTERS,
    PURGE_SCOPE_ITEMS,
    QUEUE_VIEW_DEAD_LETTERS,
    QUEUE_VIEW_ITEMS,
    InspectQueueRequest,
    PurgeQueueRequest,
    QueueItem,
    QueueItemState,
    QueueStats,
    RedriveQueueRequest,
)
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_PAGE = 100
_ALL_SECONDS = 600.0
"""For a queue that is purged or redriven as a whole."""
_LONGEST = 60


def text_of(item: QueueItem) -> str:
    """The payload, for people: on one line, and cut."""
    text = "".join(
        char if char.isprintable() else "\N{MIDDLE DOT}" for char in item.payload.decode(errors="replace")
    )
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\N{HORIZONTAL ELLIPSIS}"


def stats(address: str, names: Sequence[str], *, json: bool) -> None:
    with connected(address) as channel:
        counted = {name: _stats(channel, name) for name in names}
    if json:
        say_json([{"queue": name, **as_json(one)} for name, one in counted.items()])
        return
    titles = "queue", "ready", "delayed", "leased", "dead", "oldest"
    say_table(titles, [_row(name, one) for name, one in counted.items()])


def peek(address: str, name: str, most: int, *, dead: bool = False, json: bool) -> None:
    with connected(address) as channel:
        items = list(_items(channel, name, most, dead=dead))
    if json:
        say_json([as_json(item) for item in items])
        return
    say_table(("id", "state", "attempts", "enqueued", "payload"), map(_shown, items))


def redrive(address: str, name: str, ids: Sequence[str]) -> bool:
    """Whether there were any."""
    request = RedriveQueueRequest(queue=name, item_ids=ids)
    with connected(address) as channel:
        redriven = QueueServiceStub(channel).RedriveQueue(request, timeout=_ALL_SECONDS).redriven
    say(f"{name}: {redriven} redriven")
    return redriven > 0


def purge(address: str, name: str, ids: Sequence[str], *, dead: bool, ask: bool) -> bool:
    """Whether there were any."""
    scope = PURGE_SCOPE_DEAD_LETTERS if dead else PURGE_SCOPE_ITEMS
    request = PurgeQueueRequest(queue=name, item_ids=ids, scope=scope)
    with connected(address) as channel:
        if ask:
            now = _stats(channel, name)
            count = now.dead if dead else now.ready + now.delayed + now.leased
            typer.confirm(f"{name} has {count} of them. Delete them?", abort=True, err=True)
        purged = QueueServiceStub(channel).PurgeQueue(request, timeout=_ALL_SECONDS).purged
    if ids and purged < len(ids):
        complain(f"{name}: {len(ids) - purged} of {len(ids)} are leased, or not there")
    say(f"{name}: {purged} purged")
    return purged > 0


def _stats(channel: grpc.Channel, name: str) -> QueueStats:
    request = InspectQueueRequest(queue=name)
    return QueueServiceStub(channel).InspectQueue(request, timeout=CALL_SECONDS).stats


def _items(channel: grpc.Channel, name: str, most: int, *, dead: bool) -> Iterator[QueueItem]:
    view = QUEUE_VIEW_DEAD_LETTERS if dead else QUEUE_VIEW_ITEMS
    request = InspectQueueRequest(queue=name, view=view)
    while most > 0:
        request.page_size = min(most, _PAGE)
        page = QueueServiceStub(channel).InspectQueue(request, timeout=CALL_SECONDS)
        yield from page.items
        most -= len(page.items)
        request.page_token = page.next_page_token
        if not request.page_token:
            return


def _row(name: str, one: QueueStats) -> list[str]:
    oldest = f"{seconds_from_duration(one.oldest_age):.1f}s" if one.HasField("oldest_age") else "-"
    return [name, *map(str, (one.ready, one.delayed, one.leased, one.dead)), oldest]


def _shown(item: QueueItem) -> list[str]:
    state = QueueItemState.Name(item.state).removeprefix("QUEUE_ITEM_STATE_").lower()
    enqueued = item.enqueue_time.ToDatetime(UTC).astimezone().isoformat(timespec="seconds")
    return [item.item_id, state, f"{item.attempt}/{item.max_attempts}", enqueued, text_of(item)]
