"""The items of every Watch stream that are the same for all: heartbeat, gap and end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from functools import partial
from itertools import groupby
from typing import TypeVar, cast

from google.protobuf.message import Message

from quikstate.v1.watch_pb2 import (
    WATCH_GAP_REASON_POSITION_LOST,
    WATCH_GAP_REASON_REDIS_LOST,
    WATCH_GAP_REASON_SLOW_READER,
    WATCH_GAP_REASON_TOO_LARGE,
    WatchEnd,
    WatchGap,
    WatchGapReason,
    WatchHeartbeat,
)
from quikstate_server.primitives.streams.follow import End, Heartbeat
from quikstate_server.primitives.streams.mailbox import Gap, GapReason

T = TypeVar("T")
Response = TypeVar("Response", bound=Message)

GAP_REASONS: dict[GapReason, WatchGapReason.ValueType] = {
    GapReason.REDIS_LOST: WATCH_GAP_REASON_REDIS_LOST,
    GapReason.SLOW_READER: WATCH_GAP_REASON_SLOW_READER,
    GapReason.POSITION_LOST: WATCH_GAP_REASON_POSITION_LOST,
    GapReason.TOO_LARGE: WATCH_GAP_REASON_TOO_LARGE,
}


def watch_responses(
    events: AsyncGenerator[list[T | Gap] | Heartbeat | End, None],
    response: type[Response],
    respond: Callable[[T], Response],
) -> AsyncGenerator[Response, None]:
    """`events` as responses; every Watch response has the fields `heartbeat`, `gap` and `end`."""
    return batched_watch_responses(events, response, partial(map, respond))


async def batched_watch_responses(
    events: AsyncGenerator[list[T | Gap] | Heartbeat | End, None],
    response: type[Response],
    respond: Callable[[list[T]], Iterable[Response]],
) -> AsyncGenerator[Response, None]:
    """The same, where what is there at once, between two gaps, may be one response or several.

    Here and wherever a stream idles, what was sent is let go: it may be a snapshot of thousands.
    """
    async with aclosing(events):
        async for event in events:
            for each in _responses(event, response, respond):
                yield each
                del each
            del event


def _responses(
    event: list[T | Gap] | Heartbeat | End,
    make: Callable[..., Response],
    respond: Callable[[list[T]], Iterable[Response]],
) -> Iterator[Response]:
    if isinstance(event, Heartbeat):
        yield make(heartbeat=WatchHeartbeat())
    elif isinstance(event, End):
        yield make(end=WatchEnd())
    else:
        for is_gap, run in groupby(event, key=lambda item: isinstance(item, Gap)):
            items = list(run)
            if is_gap:
                yield from (make(gap=gap_of(gap)) for gap in cast("list[Gap]", items))
            else:
                yield from respond(cast("list[T]", items))


def gap_of(gap: Gap) -> WatchGap:
    return WatchGap(reason=GAP_REASONS[gap.reason])
