"""Responses of Watch streams, and the items that all of them have: heartbeat, gap and end."""

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
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining
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
    events: AsyncGenerator[list[T | Gap] | Heartbeat | ServerDraining, None],
    response_type: type[Response],
    convert: Callable[[T], Response],
) -> AsyncGenerator[Response, None]:
    """Convert `events`; each type of response has the fields `heartbeat`, `gap` and `end`."""
    return batched_watch_responses(events, response_type, partial(map, convert))


async def batched_watch_responses(
    events: AsyncGenerator[list[T | Gap] | Heartbeat | ServerDraining, None],
    response_type: type[Response],
    convert: Callable[[list[T]], Iterable[Response]],
) -> AsyncGenerator[Response, None]:
    """Convert the events that are there at once, between two gaps, into one response or several.

    Here and wherever a stream idles, sent items are deleted: one may be a snapshot of thousands.
    """
    async with aclosing(events):
        async for event in events:
            for response in _responses(event, response_type, convert):
                yield response
                del response
            del event


def _responses(
    event: list[T | Gap] | Heartbeat | ServerDraining,
    response_type: type[Response],
    convert: Callable[[list[T]], Iterable[Response]],
) -> Iterator[Response]:
    if isinstance(event, Heartbeat):
        yield response_type(heartbeat=WatchHeartbeat())
    elif isinstance(event, ServerDraining):
        yield response_type(end=WatchEnd())
    else:
        for is_gap, run in groupby(event, key=lambda item: isinstance(item, Gap)):
            items = list(run)
            if is_gap:
                yield from (response_type(gap=gap_to_proto(gap)) for gap in cast("list[Gap]", items))
            else:
                yield from convert(cast("list[T]", items))


def gap_to_proto(gap: Gap) -> WatchGap:
    return WatchGap(reason=GAP_REASONS[gap.reason])
