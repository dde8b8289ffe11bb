"""HistoryTracker and Audience without Redis: order, duplicates and gaps."""

from __future__ import annotations

import pickle

import pytest

from quikstate_server.background import FaultMonitor
from quikstate_server.primitives.pub_sub.audience import Audience
from quikstate_server.primitives.pub_sub.fanout import Fanout
from quikstate_server.primitives.pub_sub.history_tracker import HistoryTracker
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelGap,
    ChannelMessage,
    ChannelMessages,
    HistoryPosition,
    StoredMessage,
    SubscriptionEvent,
)
from quikstate_server.primitives.streams.mailbox import Bounds, GapReason, Mailbox

MAX_PAYLOAD_BYTES = 10
EPOCH = 7


def stored(offset: int, payload: bytes = b"x", epoch: int = EPOCH) -> StoredMessage:
    return StoredMessage(HistoryPosition(epoch, offset), ChannelMessage(payload, 1))


class Drive:
    """A tracker with one subscriber, whose events are read with `events`."""

    def __init__(self, *, durable_by_setting: bool) -> None:
        fanout = Fanout(pickle.dumps, FaultMonitor())
        self.audience = Audience(fanout, "c", lambda: None)
        self.tracker = HistoryTracker(self.audience, MAX_PAYLOAD_BYTES, durable_by_setting=durable_by_setting)
        self._mailbox: Mailbox[bytes] = Mailbox(Bounds(100, 100_000))
        self.audience.mailboxes.add(self._mailbox)

    def read(self, *messages: StoredMessage, last: HistoryPosition | None) -> bool:
        """Do what a catch-up does with a history of these messages."""
        self.tracker.begin_reading()
        for message in messages:
            self.tracker.receive_stored(message)
        return self.tracker.end_reading(last)

    def events(self) -> list[SubscriptionEvent]:
        self.audience.flush()
        return [pickle.loads(item) for item in self._mailbox.take() if isinstance(item, bytes)]  # noqa: S301 - our own


@pytest.fixture
async def durable() -> Drive:
    drive = Drive(durable_by_setting=True)
    assert drive.read(last=HistoryPosition(EPOCH, 4))
    return drive


def offsets(events: list[SubscriptionEvent]) -> list[int | GapReason]:
    """Return the offset of the last message of each event, and the reason of each gap."""
    return [
        event.reason if isinstance(event, ChannelGap) else event.position.offset if event.position else 0
        for event in events
    ]


async def test_pub_sub_tracker_delivers_the_next_message(durable: Drive) -> None:
    assert durable.tracker.receive_live(stored(5))
    assert durable.tracker.receive_live(stored(6))
    assert offsets(durable.events()) == [6]
    assert durable.audience.position == HistoryPosition(EPOCH, 6)


async def test_pub_sub_tracker_drops_a_duplicate(durable: Drive) -> None:
    assert durable.tracker.receive_live(stored(4))
    assert durable.events() == []


async def test_pub_sub_tracker_reads_what_a_live_message_skips(durable: Drive) -> None:
    assert not durable.tracker.receive_live(stored(6))
    assert durable.read(stored(5), stored(6), last=HistoryPosition(EPOCH, 6))
    assert offsets(durable.events()) == [6]


async def test_pub_sub_tracker_reads_again_for_a_message_noted_meanwhile(durable: Drive) -> None:
    durable.tracker.begin_reading()
    durable.tracker.note_live(HistoryPosition(EPOCH, 5))
    assert not durable.tracker.end_reading(HistoryPosition(EPOCH, 4))
    assert durable.read(stored(5), last=HistoryPosition(EPOCH, 5))
    assert offsets(durable.events()) == [5]


async def test_pub_sub_tracker_reads_again_after_a_disconnect_during_the_reading(durable: Drive) -> None:
    durable.tracker.begin_reading()
    durable.tracker.note_disconnect()
    assert not durable.tracker.end_reading(HistoryPosition(EPOCH, 4))
    assert durable.read(stored(5), last=HistoryPosition(EPOCH, 5))
    assert offsets(durable.events()) == [5]


async def test_pub_sub_tracker_reports_what_the_history_does_not_have(durable: Drive) -> None:
    assert durable.read(stored(8), last=HistoryPosition(EPOCH, 9))
    assert offsets(durable.events()) == [GapReason.POSITION_LOST, 8, GapReason.POSITION_LOST]
    assert durable.audience.position == HistoryPosition(EPOCH, 9)


async def test_pub_sub_tracker_reports_a_message_too_large_at_its_position(durable: Drive) -> None:
    for message in (stored(5), stored(6, b"x" * 11), stored(7)):
        assert durable.tracker.receive_live(message)
    assert offsets(durable.events()) == [5, GapReason.TOO_LARGE, 7]


async def test_pub_sub_tracker_becomes_durable_with_the_first_message_and_ceases_to_be() -> None:
    drive = Drive(durable_by_setting=False)
    assert drive.read(last=None)
    drive.audience.add(ChannelMessage(b"raw"))
    assert drive.tracker.receive_live(stored(1))
    assert offsets(drive.events()) == [0, 1]
    assert drive.read(last=None)
    assert drive.audience.position is None
    assert drive.events() == []


async def test_pub_sub_tracker_reports_a_history_that_was_lost_while_disconnected() -> None:
    drive = Drive(durable_by_setting=True)
    assert drive.read(last=None)
    assert drive.audience.position == START
    drive.tracker.note_disconnect()
    assert drive.read(stored(1), last=HistoryPosition(EPOCH, 1))
    assert drive.events() == [
        ChannelGap("c", GapReason.REDIS_LOST),
        ChannelMessages("c", [stored(1).message], HistoryPosition(EPOCH, 1)),
    ]
