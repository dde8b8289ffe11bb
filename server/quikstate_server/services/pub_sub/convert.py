"""Conversions between PubSubService's messages and the domain.

An event is encoded here once for all subscribers, and sent as it is: `events` is the first field of both
responses, and repeated, so that encoded responses one after the other are a response with the events of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quikstate.v1 import position_pb2
from quikstate.v1 import pub_sub_pb2 as pb
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.watch_pb2 import WatchHeartbeat
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelGap,
    ChannelInfo,
    ChannelMessage,
    ChannelMessages,
    ChannelSubscription,
    Durability,
    HistoryPage,
    HistoryPosition,
    Publication,
    PublishReceipt,
    StoredMessage,
    Subscribed,
    SubscriptionEvent,
)
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import encode_page_token
from quikstate_server.services.common.protobuf_time import fill_timestamp
from quikstate_server.services.common.watch_responses import GAP_REASONS

_DURABILITIES = {
    pb.DURABILITY_UNSPECIFIED: Durability.AS_CHANNEL,
    pb.DURABILITY_EPHEMERAL: Durability.EPHEMERAL,
    pb.DURABILITY_DURABLE: Durability.DURABLE,
}
OVERFLOWS = {
    pb.OVERFLOW_UNSPECIFIED: Overflow.DISCONNECT,
    pb.OVERFLOW_DISCONNECT: Overflow.DISCONNECT,
    pb.OVERFLOW_DROP_OLDEST: Overflow.DROP_OLDEST,
    pb.OVERFLOW_CONFLATE: Overflow.CONFLATE,
}
_MAX_RESPONSE_BYTES = 1024 * 1024


class EncodedResponse:
    """A response that is encoded already."""

    __slots__ = ("_encoded",)

    def __init__(self, encoded: bytes) -> None:
        self._encoded = encoded

    def SerializeToString(self) -> bytes:  # noqa: N802 - the name that a message has
        """Return the encoded response."""
        return self._encoded


def responses_from_encoded(events: Sequence[bytes]) -> Iterator[EncodedResponse]:
    """Join encoded events into few responses, each below the maximum unless it is a single event."""
    begin = size = 0
    for index, event in enumerate(events):
        if size and size + len(event) > _MAX_RESPONSE_BYTES:
            yield EncodedResponse(b"".join(events[begin:index]))
            begin, size = index, 0
        size += len(event)
    yield EncodedResponse(events[begin] if begin + 1 == len(events) else b"".join(events[begin:]))


def _encode_proto(event: pb.SubscriptionEvent) -> bytes:
    return pb.SubscribeResponse(events=[event]).SerializeToString()


HEARTBEAT = _encode_proto(pb.SubscriptionEvent(heartbeat=WatchHeartbeat()))


def encode_event(event: SubscriptionEvent) -> bytes:
    """Encode an event as a response that has only this event."""
    match event:
        case ChannelMessages(channel, messages, position):
            channel_messages = pb.ChannelMessages(
                channel=channel, messages=map(_published_message_to_proto, messages)
            )
            if position is not None:
                _fill_position(channel_messages.position, position)
            return _encode_proto(pb.SubscriptionEvent(messages=channel_messages))
        case ChannelGap(name, reason):
            gap = pb.ChannelGap(name=name, reason=GAP_REASONS[reason])
            return _encode_proto(pb.SubscriptionEvent(gap=gap))
        case Subscribed(name, prefix, position, recovered):
            subscribed = pb.Subscribed(name=name, prefix=prefix, recovered=recovered)
            if position is not None:
                _fill_position(subscribed.position, position)
            return _encode_proto(pb.SubscriptionEvent(subscribed=subscribed))


def encode_end(positions: Mapping[str, HistoryPosition]) -> bytes:
    """Encode the last event of a stream."""
    event = pb.SubscriptionEvent()
    event.end.positions.extend(
        pb.ChannelPosition(channel=channel, position=_position_to_proto(position))
        for channel, position in positions.items()
    )
    return _encode_proto(event)


def encode_result(correlation_id: int, status: ItemStatus | None = None) -> bytes:
    """Encode the result of a command."""
    result = pb.SubscriptionResult(correlation_id=correlation_id, status=status)
    return _encode_proto(pb.SubscriptionEvent(result=result))


def channel_subscriptions_from_proto(
    subscriptions: Iterable[pb.ChannelSubscription],
) -> list[ChannelSubscription]:
    """Convert the channels of a request."""
    return [
        ChannelSubscription(
            each.channel, _position_from_proto(each.since) if each.HasField("since") else None, each.rewind
        )
        for each in subscriptions
    ]


def publications_from_proto(publications: Iterable[pb.Publication]) -> list[Publication]:
    """Convert the messages of a request."""
    return [
        Publication(each.channel, each.payload, _DURABILITIES[each.durability], each.idempotency_key)
        for each in publications
    ]


def fill_publish_result(result: pb.PublishResult, receipt: PublishReceipt) -> None:
    """Set the result of a message that was published."""
    if receipt.position is not None:
        _fill_position(result.position, receipt.position)
    result.duplicate = receipt.duplicate
    result.replicas_acked = receipt.replicas


def history_page_to_proto(page: HistoryPage) -> pb.ListHistoryResponse:
    """Convert a page of a history."""
    response = pb.ListHistoryResponse(messages=map(_history_message_to_proto, page.messages))
    if page.last_position is not None:
        _fill_position(response.position, page.last_position)
    if page.next_position:
        response.next_page_token = encode_page_token(str(page.next_position))
    return response


def since_from_proto(request: pb.ListHistoryRequest) -> HistoryPosition:
    """Return the position that a request begins after."""
    return _position_from_proto(request.since) if request.HasField("since") else START


def channel_info_to_proto(info: ChannelInfo) -> pb.ChannelInfo:
    """Convert a channel with subscribers."""
    return pb.ChannelInfo(channel=info.channel, connections=info.connections, subscribers=info.subscribers)


def _position_to_proto(position: HistoryPosition) -> position_pb2.Position:
    return position_pb2.Position(epoch=position.epoch, offset=position.offset)


def _position_from_proto(position: position_pb2.Position) -> HistoryPosition:
    return HistoryPosition(position.epoch, position.offset)


def _fill_position(message: position_pb2.Position, position: HistoryPosition) -> None:
    message.epoch, message.offset = position
    message.SetInParent()  # even if both are 0


def _published_message_to_proto(message: ChannelMessage) -> pb.PublishedMessage:
    published = pb.PublishedMessage(payload=message.payload)
    if message.time:
        fill_timestamp(published.publish_time, message.time)
    return published


def _history_message_to_proto(stored: StoredMessage) -> pb.HistoryMessage:
    message = pb.HistoryMessage(position=_position_to_proto(stored.position), payload=stored.message.payload)
    fill_timestamp(message.publish_time, stored.message.time)
    return message
