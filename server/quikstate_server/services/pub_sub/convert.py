"""Channels and messages, from messages into the domain and back.

What subscribers are told is encoded here once, and goes out as it is: `events`
is the first field of both responses, and repeated, so that encoded responses
one after the other are a response with the events of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quikstate.v1 import position_pb2
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.pub_sub_pb2 import (
    DURABILITY_DURABLE,
    DURABILITY_EPHEMERAL,
    DURABILITY_UNSPECIFIED,
    OVERFLOW_CONFLATE,
    OVERFLOW_DISCONNECT,
    OVERFLOW_DROP_OLDEST,
    OVERFLOW_UNSPECIFIED,
    ChannelPosition,
    ChannelSubscription,
    HistoryMessage,
    ListHistoryResponse,
    PublishedMessage,
    PublishResult,
    SubscribeResponse,
    SubscriptionEvent,
    SubscriptionResult,
)
from quikstate.v1.pub_sub_pb2 import ChannelGap as GapMessage
from quikstate.v1.pub_sub_pb2 import ChannelMessages as MessagesMessage
from quikstate.v1.pub_sub_pb2 import Publication as PublicationMessage
from quikstate.v1.pub_sub_pb2 import Subscribed as SubscribedMessage
from quikstate.v1.watch_pb2 import WatchHeartbeat
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelGap,
    Durability,
    Event,
    Kept,
    Message,
    Messages,
    Page,
    Position,
    Publication,
    Published,
    Subscribed,
    Wanted,
)
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import encode_page_token
from quikstate_server.services.common.protobuf_time import fill_timestamp
from quikstate_server.services.common.watch_responses import GAP_REASONS

_DURABILITIES = {
    DURABILITY_UNSPECIFIED: Durability.AS_CHANNEL,
    DURABILITY_EPHEMERAL: Durability.EPHEMERAL,
    DURABILITY_DURABLE: Durability.DURABLE,
}
OVERFLOWS = {
    OVERFLOW_UNSPECIFIED: Overflow.DISCONNECT,
    OVERFLOW_DISCONNECT: Overflow.DISCONNECT,
    OVERFLOW_DROP_OLDEST: Overflow.DROP_OLDEST,
    OVERFLOW_CONFLATE: Overflow.CONFLATE,
}
_MOST_RESPONSE_BYTES = 1024 * 1024


class Encoded:
    """A response that is bytes already."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def SerializeToString(self) -> bytes:  # noqa: N802 - as a message has it
        return self._raw


def responses_of(parts: Sequence[bytes]) -> Iterator[Encoded]:
    """Few responses of encoded events, none of them much larger than it must be."""
    begin = size = 0
    for index, part in enumerate(parts):
        if size and size + len(part) > _MOST_RESPONSE_BYTES:
            yield Encoded(b"".join(parts[begin:index]))
            begin, size = index, 0
        size += len(part)
    yield Encoded(parts[begin] if begin + 1 == len(parts) else b"".join(parts[begin:]))


def encoded(event: SubscriptionEvent) -> bytes:
    return SubscribeResponse(events=[event]).SerializeToString()


HEARTBEAT = encoded(SubscriptionEvent(heartbeat=WatchHeartbeat()))


def encode(event: Event) -> bytes:
    match event:
        case Messages(channel, messages, position):
            told = MessagesMessage(channel=channel, messages=map(_published_of, messages))
            if position is not None:
                _fill(told.position, position)
            return encoded(SubscriptionEvent(messages=told))
        case ChannelGap(name, reason):
            return encoded(SubscriptionEvent(gap=GapMessage(name=name, reason=GAP_REASONS[reason])))
        case Subscribed(name, prefix, position, recovered):
            begun = SubscribedMessage(name=name, prefix=prefix, recovered=recovered)
            if position is not None:
                _fill(begun.position, position)
            return encoded(SubscriptionEvent(subscribed=begun))


def end_of(positions: Mapping[str, Position]) -> bytes:
    event = SubscriptionEvent()
    event.end.positions.extend(
        ChannelPosition(channel=channel, position=position_of(position))
        for channel, position in positions.items()
    )
    return encoded(event)


def result_of(correlation_id: int, status: ItemStatus | None = None) -> bytes:
    return encoded(SubscriptionEvent(result=SubscriptionResult(correlation_id=correlation_id, status=status)))


def wanted_of(requests: Iterable[ChannelSubscription]) -> list[Wanted]:
    return [
        Wanted(one.channel, _position(one.since) if one.HasField("since") else None, one.rewind)
        for one in requests
    ]


def publications_of(requests: Iterable[PublicationMessage]) -> list[Publication]:
    return [
        Publication(one.channel, one.payload, _DURABILITIES[one.durability], one.idempotency_key)
        for one in requests
    ]


def fill_result(result: PublishResult, outcome: Published) -> None:
    if outcome.position is not None:
        _fill(result.position, outcome.position)
    result.duplicate = outcome.duplicate
    result.replicas_acked = outcome.replicas


def history_of(page: Page) -> ListHistoryResponse:
    response = ListHistoryResponse(messages=map(_kept_of, page.messages))
    if page.last is not None:
        _fill(response.position, page.last)
    if page.next:
        response.next_page_token = encode_page_token(str(page.next))
    return response


def after_of(since: position_pb2.Position | None) -> Position:
    return START if since is None else _position(since)


def position_of(position: Position) -> position_pb2.Position:
    return position_pb2.Position(epoch=position.epoch, offset=position.offset)


def _position(message: position_pb2.Position) -> Position:
    return Position(message.epoch, message.offset)


def _fill(message: position_pb2.Position, position: Position) -> None:
    message.epoch, message.offset = position
    message.SetInParent()  # also where both are 0


def _published_of(message: Message) -> PublishedMessage:
    published = PublishedMessage(payload=message.payload)
    if message.time:
        fill_timestamp(published.publish_time, message.time)
    return published


def _kept_of(kept: Kept) -> HistoryMessage:
    message = HistoryMessage(position=position_of(kept.position), payload=kept.message.payload)
    fill_timestamp(message.publish_time, kept.message.time)
    return message
