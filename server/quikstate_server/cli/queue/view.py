"""`quikstate queue ls`, `stats`, `peek`, `dead`, `redrive` and `purge`: commands about a whole queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

import grpc

from quikstate.v1.queue_pb2 import (
    PURGE_SCOPE_DEAD_LETTERS,
    PURGE_SCOPE_ITEMS,
    QUEUE_VIEW_DEAD_LETTERS,
    QUEUE_VIEW_ITEMS,
    InspectQueueRequest,
    ListQueuesRequest,
    PurgeQueueRequest,
    QueueItem,
    QueueItemState,
    QueueStats,
    QueueSummary,
    RedriveQueueRequest,
)
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.options import confirm
from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_PAGE = 100
_ALL_SECONDS = 600.0
"""The deadline of a purge or redrive of all items."""
_MAX_SHOWN = 60


def text_of(item: QueueItem) -> str:
    """Return the payload for people: on one line, and cut if it is long."""
    text = "".join(
        char if char.isprintable() else "\N{MIDDLE DOT}" for char in item.payload.decode(errors="replace")
    )
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}\N{HORIZONTAL ELLIPSIS}"


def list_(server: ServerTarget, prefix: str, *, json: bool) -> None:
    """Print the queues that have items, with their counts."""
    with connected(server) as channel:
        by_name = {row.queue: row.stats for row in _all_queues(channel, prefix)}
    _say_stats(by_name, json=json)


def stats(server: ServerTarget, names: Sequence[str], *, json: bool) -> None:
    """Print the counts of queues."""
    with connected(server) as channel:
        by_name = {name: _stats(channel, name) for name in names}
    _say_stats(by_name, json=json)


def peek(server: ServerTarget, name: str, max_items: int, *, dead: bool = False, json: bool) -> None:
    """Print items, or dead letters, without leasing them."""
    with connected(server) as channel:
        items = list(_items(channel, name, max_items, dead=dead))
    if json:
        say_json([as_json(item) for item in items])
        return
    say_table(("id", "state", "attempts", "enqueued", "payload"), map(_item_row, items))


def redrive(server: ServerTarget, name: str, ids: Sequence[str]) -> bool:
    """Redrive dead letters. Return False if there were none."""
    request = RedriveQueueRequest(queue=name, item_ids=ids)
    with connected(server) as channel:
        redriven = QueueServiceStub(channel).RedriveQueue(request, timeout=_ALL_SECONDS).redriven
    say(f"{name}: {redriven} redriven")
    return redriven > 0


def purge(server: ServerTarget, name: str, ids: Sequence[str], *, dead: bool, ask: bool) -> bool:
    """Delete items. Return False if there were none."""
    scope = PURGE_SCOPE_DEAD_LETTERS if dead else PURGE_SCOPE_ITEMS
    request = PurgeQueueRequest(queue=name, item_ids=ids, scope=scope)
    with connected(server) as channel:
        if ask:
            stats = _stats(channel, name)
            count = stats.dead if dead else stats.ready + stats.delayed + stats.leased
            kind = "dead letters" if dead else "items"
            confirm(f"Delete {count} {kind} of {name}?")
        purged = QueueServiceStub(channel).PurgeQueue(request, timeout=_ALL_SECONDS).purged
    if ids and purged < len(ids):
        complain(f"{name}: {len(ids) - purged} of {len(ids)} are leased or do not exist")
    say(f"{name}: {purged} purged")
    return purged > 0


def _all_queues(channel: grpc.Channel, prefix: str) -> Iterator[QueueSummary]:
    request = ListQueuesRequest(prefix=prefix, page_size=_PAGE)
    for page in read_pages(QueueServiceStub(channel).ListQueues, request):
        yield from page.queues


def _stats(channel: grpc.Channel, name: str) -> QueueStats:
    request = InspectQueueRequest(queue=name)
    return QueueServiceStub(channel).InspectQueue(request, timeout=CALL_SECONDS).stats


def _items(channel: grpc.Channel, name: str, max_items: int, *, dead: bool) -> Iterator[QueueItem]:
    view = QUEUE_VIEW_DEAD_LETTERS if dead else QUEUE_VIEW_ITEMS
    request = InspectQueueRequest(queue=name, view=view)
    while max_items > 0:
        request.page_size = min(max_items, _PAGE)
        page = QueueServiceStub(channel).InspectQueue(request, timeout=CALL_SECONDS)
        yield from page.items
        max_items -= len(page.items)
        request.page_token = page.next_page_token
        if not request.page_token:
            return


def _say_stats(by_name: Mapping[str, QueueStats], *, json: bool) -> None:
    if json:
        say_json([{"queue": name, **as_json(stats)} for name, stats in by_name.items()])
        return
    titles = "queue", "ready", "delayed", "leased", "dead", "oldest"
    say_table(titles, [_stats_row(name, stats) for name, stats in by_name.items()])


def _stats_row(name: str, stats: QueueStats) -> list[str]:
    oldest = f"{seconds_from_duration(stats.oldest_age):.1f}s" if stats.HasField("oldest_age") else "-"
    return [name, *map(str, (stats.ready, stats.delayed, stats.leased, stats.dead)), oldest]


def _item_row(item: QueueItem) -> list[str]:
    state = QueueItemState.Name(item.state).removeprefix("QUEUE_ITEM_STATE_").lower()
    enqueued = item.enqueue_time.ToDatetime(UTC).astimezone().isoformat(timespec="seconds")
    return [item.item_id, state, f"{item.attempt}/{item.max_attempts}", enqueued, text_of(item)]
