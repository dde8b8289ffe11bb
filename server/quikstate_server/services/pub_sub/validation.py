"""The validators of PubSubService's requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quikstate.v1.pub_sub_pb2 import (
    DeleteHistoryRequest,
    ListChannelsRequest,
    ListHistoryRequest,
    Overflow,
    PublishRequest,
    StreamSubscribeRequest,
    SubscribeRequest,
    SubscriptionRemoval,
)
from quikstate_server.keys import RESERVED_CHANNELS, is_reserved_channel
from quikstate_server.services.common.validation import (
    Violation,
    covers_proto_rules,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits

_RESERVED = f"is reserved: must not begin with {', '.join(RESERVED_CHANNELS)} or be a channel between servers"

_OVERFLOWS = frozenset(Overflow.values())


def publish(request: PublishRequest, limits: Limits) -> Iterator[Violation]:
    """Check the messages and their channels."""
    if not 1 <= len(request.publications) <= limits.max_publications:
        yield "publications", f"must have 1 to {limits.max_publications} messages"
    for index, publication in enumerate(request.publications):
        path = f"publications[{index}]"
        yield from _channel(f"{path}.channel", publication.channel, limits)
        if len(publication.payload) > limits.max_payload_bytes:
            yield f"{path}.payload", f"must be at most {limits.max_payload_bytes} bytes"
        yield from optional_text_violations(
            f"{path}.idempotency_key", publication.idempotency_key, limits.max_id_bytes
        )


@covers_proto_rules
def subscribe(request: SubscribeRequest, limits: Limits) -> Iterator[Violation]:
    """Check the channels and prefixes; there must be at least one."""
    if request.overflow not in _OVERFLOWS:
        yield "overflow", "must be an Overflow"
    if not request.channels and not request.prefixes:
        yield "channels", "channels and prefixes must not both be empty"
    yield from _additions("", request, limits)


def stream_subscribe(request: StreamSubscribeRequest, limits: Limits) -> Iterator[Violation]:
    """Check the channels and prefixes of a command."""
    yield from _additions("add.", request.add, limits)
    yield from _removals("remove.", request.remove, limits)


def list_history(request: ListHistoryRequest, limits: Limits) -> Iterator[Violation]:
    """Check the channel; a page_size above the maximum is taken as the maximum."""
    yield from _channel("channel", request.channel, limits)
    yield from optional_text_violations("page_token", request.page_token, limits.max_id_bytes)


def delete_history(request: DeleteHistoryRequest, limits: Limits) -> Iterator[Violation]:
    """Check the channel."""
    yield from _channel("channel", request.channel, limits)


def list_channels(request: ListChannelsRequest, limits: Limits) -> Iterator[Violation]:
    """Check the prefix; a page_token is an encoded channel name."""
    yield from optional_text_violations("prefix", request.prefix, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, 2 * limits.max_id_bytes)


def _additions(path: str, request: SubscribeRequest, limits: Limits) -> Iterator[Violation]:
    channels = [each.channel for each in request.channels]
    yield from _max_count(f"{path}channels", channels, limits.max_subscriptions)
    if len(set(channels)) < len(channels):
        yield f"{path}channels", "must not contain a channel twice"
    for index, subscription in enumerate(request.channels):
        yield from _channel(f"{path}channels[{index}].channel", subscription.channel, limits)
        if subscription.rewind > limits.history_messages:
            yield f"{path}channels[{index}].rewind", f"must be at most {limits.history_messages}"
    if len(set(request.prefixes)) < len(request.prefixes):
        yield f"{path}prefixes", "must not contain a prefix twice"
    yield from _prefixes(f"{path}prefixes", request.prefixes, limits)


def _removals(path: str, request: SubscriptionRemoval, limits: Limits) -> Iterator[Violation]:
    yield from _max_count(f"{path}channels", request.channels, limits.max_subscriptions)
    for index, channel in enumerate(request.channels):
        yield from _channel(f"{path}channels[{index}]", channel, limits)
    yield from _prefixes(f"{path}prefixes", request.prefixes, limits)


def _max_count(path: str, names: Sequence[str], max_count: int) -> Iterator[Violation]:
    if len(names) > max_count:
        yield path, f"must have at most {max_count} items"


def _prefixes(path: str, prefixes: Sequence[str], limits: Limits) -> Iterator[Violation]:
    yield from _max_count(path, prefixes, limits.max_prefixes_per_stream)
    for index, prefix in enumerate(prefixes):
        yield from _channel(f"{path}[{index}]", prefix, limits)


def _channel(path: str, name: str, limits: Limits) -> Iterator[Violation]:
    yield from text_violations(path, name, limits.max_id_bytes)
    if is_reserved_channel(name):
        yield path, _RESERVED
