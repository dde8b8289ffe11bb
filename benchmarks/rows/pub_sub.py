"""PubSubService: messages of 100 bytes on one channel, and streams on which nothing comes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import grpc

from benchmarks.laboratory import Running, Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.subscribers import SUBSCRIBE, IdleSubscribers, Subscribers, subscribe_request
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Row
from quikstate.v1.pub_sub_pb2 import (
    DURABILITY_DURABLE,
    DURABILITY_EPHEMERAL,
    Durability,
    ListChannelsRequest,
)
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub

_CHANNEL = "bench:channel"
_SUBSCRIBERS = 1_000
_MESSAGES = 3_000
"""To 1,000 subscribers, in one round: it also opens their streams, 0.5 ms each."""
_HALF = 100
"""Messages a second to 1,000 subscribers: half of what a core is to reach."""
_STREAMS = 10_000
_SECONDS = 5
_PACED_SECONDS = 10
_PACED_ROUNDS = 2
_CROWD, _LEAVING = 600, 500
_PATIENCE_SECONDS = 10
_LOOK_SECONDS = 0.1


def rows() -> Sequence[Row]:
    return (*_fanned_out(), *_paced(), _left(), _visited(), _idle())


def _fanned_out() -> Iterator[Row]:
    """As fast as the slowest subscriber receives; a call is a message, and its units are its deliveries."""
    for subscribers in (1, 100, _SUBSCRIBERS):
        few = subscribers < _SUBSCRIBERS
        yield _row(
            f"fan-out-{subscribers}",
            f"Publish, 10 a call, to {subscribers:,} subscribers",
            Subscribers(_CHANNEL, subscribers, durability=DURABILITY_DURABLE),
            calls=0 if few else _MESSAGES,
            rounds=0 if few else 1,
        )


def _paced() -> Iterator[Row]:
    """One message a call, as a chat has them; a subscriber that the server cannot keep up with loses some."""
    kinds = {"durable": DURABILITY_DURABLE, "ephemeral": DURABILITY_EPHEMERAL}
    for kind, durability in kinds.items():
        for pace in (5, 50):
            yield _paced_row(pace, kind, durability)
    yield _paced_row(_HALF, "durable", DURABILITY_DURABLE)


def _paced_row(pace: int, kind: str, durability: Durability.ValueType) -> Row:
    channel = f"bench:{kind}"
    return _row(
        f"paced-{pace}-{kind}",
        f"Publish, {pace} a second to {_SUBSCRIBERS:,} subscribers, {kind}",
        Subscribers(channel, _SUBSCRIBERS, durability=durability, every=1 / pace),
        calls=pace * _PACED_SECONDS,
        rounds=_PACED_ROUNDS,
    )


def _left() -> Row:
    """All on one connection, whose other streams must not suffer."""
    staying = _CROWD - _LEAVING
    load = Subscribers(
        _CHANNEL,
        _CROWD,
        durability=DURABILITY_DURABLE,
        every=1 / 50,
        leaving=_LEAVING,
        connections=1,
    )
    title = f"Publish to {staying} subscribers as {_LEAVING} others leave at once"
    return _row("left", title, load, hearing=staying, calls=100, rounds=1)


def _row(
    name: str, title: str, load: Subscribers, *, calls: int, rounds: int, hearing: int | None = None
) -> Row:
    return Row(
        name,
        title,
        Server.OURS_PUBLISHING,
        load,
        against="empty-go",
        unit="delivery",
        units=hearing or load.streams,
        during=load.held,
        calls=calls,
        rounds=rounds,
    )


def _visited() -> Row:
    """One subscriber stays, so that Redis need not be told each time: a user enters where others are."""
    staying = IdleSubscribers(_CHANNEL, 1, durability=DURABILITY_DURABLE)
    return Row(
        "visit",
        "Subscribe where another is, opened and closed",
        Server.OURS_PUBLISHING,
        GoCaller("visit", SUBSCRIBE, [subscribe_request(_CHANNEL)]),
        against="empty-go",
        unit="subscription",
        during=staying.held,
        proof=_closed,
    )


def _closed(running: Running, calls: int) -> None:
    """The server has no subscriber any more, so that each was closed."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    with grpc.insecure_channel(running.address) as channel:
        stub, request = PubSubServiceStub(channel), ListChannelsRequest(prefix=_CHANNEL)
        while stub.ListChannels(request, timeout=_PATIENCE_SECONDS).channels:
            if time.monotonic() > give_up:
                raise BenchmarkFailed(f"of {calls} subscriptions some are still open")
            time.sleep(_LOOK_SECONDS)


def _idle() -> Row:
    load = IdleSubscribers(_CHANNEL, _STREAMS, durability=DURABILITY_DURABLE)
    return Row(
        f"listen-{_STREAMS}",
        f"Subscribe, {_STREAMS:,} idle streams",
        Server.OURS_LISTENED_TO,
        load,
        against="empty-go",
        unit="stream second",
        during=load.held,
        streams=_STREAMS,
        calls=_STREAMS * _SECONDS,
        rounds=1,
    )
