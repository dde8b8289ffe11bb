"""Fanout without Redis: many mailboxes are filled in turns of the event loop, in order, without a pause."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable

import pytest

from quikstate_server.background import FaultMonitor
from quikstate_server.primitives.pub_sub.audience import Audience
from quikstate_server.primitives.pub_sub.fanout import Fanout
from quikstate_server.primitives.pub_sub.model import ChannelGap, ChannelMessage, ChannelMessages
from quikstate_server.primitives.streams.mailbox import Bounds, GapReason, Mailbox
from support.harness.eventually import eventually, turns

CROWD = 100
SEND_SECONDS = 0.0001


class Clock:
    """Time passes only while something is sent."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Crowd:
    """The subscribers of one channel, which all wait for items; sending one takes its time."""

    def __init__(self, size: int = CROWD) -> None:
        self.clock = Clock()
        self.fanout = Fanout(pickle.dumps, FaultMonitor(), self.clock)
        self.audience = Audience(self.fanout, "c", lambda: None)
        self.sent: list[list[bytes | GapReason]] = []
        self._waiting = [self._join() for _ in range(size)]

    def _join(self) -> asyncio.Future[None]:
        received: list[bytes | GapReason] = []
        self.sent.append(received)
        mailbox: Mailbox[bytes] = Mailbox(Bounds(100, 100_000), offer=self._sending_to(received))
        self.audience.mailboxes.add(mailbox)
        return mailbox.wait()

    def _sending_to(self, received: list[bytes | GapReason]) -> Callable[[bytes], bool]:
        def offer(item: bytes) -> bool:
            self.clock.now += SEND_SECONDS
            event = pickle.loads(item)  # noqa: S301 - our own
            if isinstance(event, ChannelGap):
                received.append(event.reason)
            else:
                received.append(b"".join(message.payload for message in event.messages))
            return True

        return offer

    def publish(self, *payloads: bytes) -> None:
        for payload in payloads:
            self.audience.add(ChannelMessage(payload))

    @property
    def served(self) -> int:
        """Count those who have the first event."""
        return sum(bool(received) for received in self.sent)

    def all_received(self, *events: bytes | GapReason) -> bool:
        return all(received == [*events] for received in self.sent)


@pytest.fixture
async def crowd() -> Crowd:
    return Crowd()


async def test_fanout_leaves_turns_of_the_loop_to_others(crowd: Crowd) -> None:
    crowd.publish(b"1")
    seen = []
    while crowd.served < CROWD:
        await turns()
        seen.append(crowd.served)
    steps = [after - before for before, after in zip([0, *seen], seen, strict=False)]
    assert len(steps) > 3
    assert max(steps) * SEND_SECONDS <= 0.004


async def test_fanout_makes_one_event_of_what_comes_while_mailboxes_are_filled(crowd: Crowd) -> None:
    crowd.publish(b"1")
    await turns(2)
    assert 0 < crowd.served < CROWD
    crowd.publish(b"2")
    await turns()
    crowd.publish(b"3", b"4")
    await eventually(lambda: crowd.all_received(b"1", b"234"))


async def test_fanout_delivers_the_next_message_without_a_pause(crowd: Crowd) -> None:
    crowd.publish(b"1")
    await eventually(lambda: crowd.all_received(b"1"))
    before = crowd.clock.now
    crowd.publish(b"2")
    await turns(2)
    assert crowd.clock.now > before


async def test_fanout_keeps_the_order_of_events(crowd: Crowd) -> None:
    crowd.publish(b"1")
    crowd.audience.gap(GapReason.TOO_LARGE)
    crowd.publish(b"2")
    crowd.audience.gap(GapReason.REDIS_LOST)
    crowd.publish(b"3")
    await eventually(lambda: crowd.all_received(b"1", GapReason.TOO_LARGE, b"2", GapReason.REDIS_LOST, b"3"))


async def test_fanout_with_too_much_that_waits_fills_all_mailboxes_at_once(crowd: Crowd) -> None:
    for _ in range(17):
        crowd.fanout.deliver(ChannelMessages("c", [ChannelMessage(b"x")]), crowd.audience.mailboxes)
    assert crowd.all_received(*[b"x"] * 17)


async def test_fanout_serves_many_small_channels_in_turns() -> None:
    one = Crowd(1)
    channels = [Audience(one.fanout, "c", lambda: None) for _ in range(CROWD)]
    for channel in channels:
        channel.mailboxes = one.audience.mailboxes
        channel.add(ChannelMessage(b"x"))
    await turns()
    assert 0 < len(one.sent[0]) < CROWD
    await eventually(lambda: one.all_received(*[b"x"] * CROWD))
