"""PubSubService: messages of 100 bytes on one durable channel, and streams on which nothing comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.laboratory import Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.held_streams import HeldStreams
from benchmarks.rows.row import Row
from quikstate.v1.pub_sub_pb2 import ChannelSubscription, SubscribeRequest

_SUBSCRIBE = "/quikstate.v1.PubSubService/Subscribe"
_PUBLISH = "/quikstate.v1.PubSubService/Publish"
_CHANNEL = "bench:channel"
_REQUEST = SubscribeRequest(channels=[ChannelSubscription(channel=_CHANNEL)]).SerializeToString()
_HALF = 100_000
"""Deliveries a second: half of what a core is to reach."""
_MESSAGES = 3_000
"""To 1,000 subscribers, in one round: it also opens their streams, 0.5 ms each."""
_STREAMS = 10_000
_SECONDS = 5


def rows() -> Sequence[Row]:
    return (*_fanned_out(), _paced(), _idle())


def _fanned_out() -> Iterator[Row]:
    """As fast as the slowest subscriber receives; a call is a message, and its units are its deliveries."""
    for subscribers in (1, 100, 1_000):
        yield Row(
            f"fan-out-{subscribers}",
            f"Publish, 10 a call, to {subscribers:,} subscribers",
            Server.OURS,
            _load(subscribers),
            against="empty-go",
            unit="delivery",
            units=subscribers,
            once=0 if subscribers < 1_000 else _MESSAGES,
        )


def _paced() -> Row:
    subscribers = 1_000
    return Row(
        f"fan-out-{subscribers}-paced",
        f"Publish to {subscribers:,} subscribers, {_HALF:,} deliveries a second",
        Server.OURS,
        _load(subscribers, every=subscribers / _HALF),
        against="empty-go",
        unit="delivery",
        units=subscribers,
        once=_MESSAGES // 3,
    )


def _load(subscribers: int, every: float = 0.0) -> GoCaller:
    bodies = [_CHANNEL.encode(), _REQUEST]
    return GoCaller("fan-out", _SUBSCRIBE, bodies, lanes=subscribers, release=_PUBLISH, every=every)


def _idle() -> Row:
    streams = HeldStreams(_SUBSCRIBE, [], _REQUEST, 0, listen=_STREAMS)
    return Row(
        f"listen-{_STREAMS}",
        f"Subscribe, {_STREAMS:,} idle streams",
        Server.OURS_LISTENED_TO,
        streams,
        against="empty-go",
        unit="stream second",
        during=streams.held,
        streams=_STREAMS,
        once=_STREAMS * _SECONDS,
    )
