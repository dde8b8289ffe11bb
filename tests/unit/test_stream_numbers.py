"""What streams tell of the items that wait for their readers."""

from __future__ import annotations

from quikstate_server.drain import Drain
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Bounds, Mailbox, Overflow


async def test_streams_know_how_many_bytes_wait_for_their_readers() -> None:
    streams = Streams(Drain(), 60, Bounds(10, 1_000))
    mailbox: Mailbox[bytes] = streams.mailbox(Overflow.DROP_OLDEST)
    mailbox.put(b"first", 5)
    items = streams.follow(mailbox)
    assert (streams.followed, streams.mailbox_bytes) == (0, 0)
    assert await anext(items) == [b"first"]
    mailbox.put(b"second", 6)
    assert (streams.followed, streams.mailbox_bytes) == (1, 6)
    await items.aclose()
    assert (streams.followed, streams.mailbox_bytes) == (0, 0)
