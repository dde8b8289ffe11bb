"""The names in PubSubService's requests that a policy can restrict: channels and their prefixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quikstate.v1.pub_sub_pb2 import (
    DeleteHistoryRequest,
    ListChannelsRequest,
    ListHistoryRequest,
    PublishRequest,
    StreamSubscribeRequest,
    SubscribeRequest,
)


def publish(request: PublishRequest) -> Iterator[str]:
    return (publication.channel for publication in request.publications)


def subscribe(request: SubscribeRequest) -> Iterator[str]:
    yield from (subscription.channel for subscription in request.channels)
    yield from request.prefixes


def stream_subscribe(request: StreamSubscribeRequest) -> Iterator[str]:
    """Return those to add; to remove others does nothing."""
    return subscribe(request.add)


def list_history(request: ListHistoryRequest) -> Sequence[str]:
    return [request.channel]


def delete_history(request: DeleteHistoryRequest) -> Sequence[str]:
    return [request.channel]


def list_channels(request: ListChannelsRequest) -> Sequence[str]:
    return [request.prefix]
