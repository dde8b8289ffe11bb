"""The rules of PubSubService's requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quikstate.v1.pub_sub_pb2 import (
    DeleteHistoryRequest,
    ListChannelsRequest,
    ListHistoryRequest,
    PublishRequest,
    StreamSubscribeRequest,
    SubscribeRequest,
    SubscriptionRemoval,
)
from quikstate_server.keys import RESERVED_CHANNELS, is_reserved_channel
from quikstate_server.services.common.validation import Violation, optional_text_violations, text_violations
from quikstate_server.settings import Limits

_RESERVED = f"must begin with none of {', '.join(RESERVED_CHANNELS)}, and not be as servers call their own"


def publish(request: PublishRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.publications) <= limits.max_publications:
        yield "publications", f"must be 1 to {limits.max_publications}"
    for index, one in enumerate(request.publications):
        path = f"publications[{index}]"
        yield from _channel(f"{path}.channel", one.channel, limits)
        if len(one.payload) > limits.max_payload_bytes:
            yield f"{path}.payload", f"must be at most {limits.max_payload_bytes} bytes"
        yield from optional_text_violations(
            f"{path}.idempotency_key", one.idempotency_key, limits.max_id_bytes
        )


def subscribe(request: SubscribeRequest, limits: Limits) -> Iterator[Violation]:
    if not request.channels and not request.prefixes:
        yield "channels", "must not be empty where prefixes are"
    yield from _additions("", request, limits)


def stream_subscribe(request: StreamSubscribeRequest, limits: Limits) -> Iterator[Violation]:
    yield from _additions("add.", request.add, limits)
    yield from _removals("remove.", request.remove, limits)


def list_history(request: ListHistoryRequest, limits: Limits) -> Iterator[Violation]:
    """A page_size above the most is taken for the most."""
    yield from _channel("channel", request.channel, limits)
    yield from optional_text_violations("page_token", request.page_token, limits.max_id_bytes)


def delete_history(request: DeleteHistoryRequest, limits: Limits) -> Iterator[Violation]:
    yield from _channel("channel", request.channel, limits)


def list_channels(request: ListChannelsRequest, limits: Limits) -> Iterator[Violation]:
    """The same of page_size. A page_token is a channel's name in other letters."""
    yield from optional_text_violations("prefix", request.prefix, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, 2 * limits.max_id_bytes)


def _additions(before: str, request: SubscribeRequest, limits: Limits) -> Iterator[Violation]:
    channels = [one.channel for one in request.channels]
    yield from _few(f"{before}channels", channels, limits.max_subscriptions)
    if len(set(channels)) < len(channels):
        yield f"{before}channels", "must name each channel once"
    for index, one in enumerate(request.channels):
        yield from _channel(f"{before}channels[{index}].channel", one.channel, limits)
        if one.rewind > limits.history_messages:
            yield f"{before}channels[{index}].rewind", f"must be at most {limits.history_messages}"
    yield from _prefixes(f"{before}prefixes", request.prefixes, limits)


def _removals(before: str, request: SubscriptionRemoval, limits: Limits) -> Iterator[Violation]:
    yield from _few(f"{before}channels", request.channels, limits.max_subscriptions)
    for index, channel in enumerate(request.channels):
        yield from _channel(f"{before}channels[{index}]", channel, limits)
    yield from _prefixes(f"{before}prefixes", request.prefixes, limits)


def _few(path: str, names: Iterable[str], most: int) -> Iterator[Violation]:
    if len(list(names)) > most:
        yield path, f"must be at most {most}"


def _prefixes(path: str, prefixes: Iterable[str], limits: Limits) -> Iterator[Violation]:
    yield from _few(path, prefixes, limits.max_prefixes)
    for index, prefix in enumerate(prefixes):
        yield from _channel(f"{path}[{index}]", prefix, limits)


def _channel(path: str, name: str, limits: Limits) -> Iterator[Violation]:
    yield from text_violations(path, name, limits.max_id_bytes)
    if is_reserved_channel(name):
        yield path, _RESERVED
