"""PubSubService: messages of 100 bytes on one channel, and streams on which nothing comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.laboratory import Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.subscribers import SUBSCRIBE, IdleSubscribers, Subscribers, subscribe_request
from benchmarks.rows.row import Row
from quikstate.v1.pub_sub_pb2 import DURABILITY_DURABLE, DURABILITY_EPHEMERAL, Durability

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
    title = f"Publish, 50 a second to {staying} subscribers, when {_LEAVING} left their connection"
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
    return Row(
        "visit",
        "Subscribe, opened and closed",
        Server.OURS_PUBLISHING,
        GoCaller("visit", SUBSCRIBE, [subscribe_request(_CHANNEL)]),
        against="empty-go",
        unit="subscription",
    )


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
