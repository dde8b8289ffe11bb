"""The replay of a channel's history to one subscriber, up to where it joins the audience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quikstate_server.primitives.pub_sub.channel import Channel
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelMessages,
    ChannelSubscription,
    HistoryPosition,
    StoredMessage,
    Subscribed,
    SubscriptionEvent,
)
from quikstate_server.primitives.pub_sub.store import PubSubStore
from quikstate_server.primitives.streams.mailbox import GapReason


class Replay:
    """A replay in progress: a Subscribed event, then the stored messages, page by page."""

    def __init__(
        self,
        store: PubSubStore,
        keyspace: ChannelKeyspace,
        channel: Channel,
        request: ChannelSubscription,
        send: Callable[[SubscriptionEvent], None],
    ) -> None:
        self._store = store
        self._keyspace = keyspace
        self._channel = channel
        self._send = send
        self._resumes = request.since is not None
        self._has_begun = False
        end = channel.audience.resume_position
        rewound = HistoryPosition(end.epoch, max(0, end.offset - request.rewind))
        self.position = rewound if request.since is None else request.since
        """The subscriber has every message up to here."""

    async def send_page(self) -> bool:
        """Send the next page; return False once the subscriber is at the position of the audience.

        It may join the audience then, before the event loop does anything else.
        """
        audience = self._channel.audience
        await self._channel.catch_up_to(self.position)
        if self.position == audience.resume_position:
            if not self._has_begun:
                self._begin((), self.position, is_complete=audience.position is not None)
            return False
        page = await self._store.read_first_messages(self._keyspace, self._channel.name, self.position)
        end = audience.resume_position
        messages = [stored for stored in page.messages if stored.position <= end]
        is_complete = bool(messages) and messages[0].position.follows(self.position)
        if not self._has_begun:
            self._begin(messages, end, is_complete=is_complete)
        elif not is_complete:
            self._send_gap()
        for event in _events(self._channel.name, messages):
            self._send(event)
        self.position = messages[-1].position if messages else end
        return True

    def _begin(self, messages: Sequence[StoredMessage], end: HistoryPosition, *, is_complete: bool) -> None:
        self._has_begun = True
        start = self.position
        if not is_complete:
            first = messages[0].position if messages else None
            start = HistoryPosition(first.epoch, first.offset - 1) if first else end
        self._send(Subscribed(self._channel.name, position=start, recovered=self._resumes and is_complete))
        if self._resumes and not is_complete:
            self._send_gap()

    def _send_gap(self) -> None:
        self._send(ChannelGap(self._channel.name, GapReason.POSITION_LOST))


def _events(channel: str, messages: Sequence[StoredMessage]) -> Iterator[SubscriptionEvent]:
    """Yield the messages in as few events as possible, with a gap wherever one does not follow the other."""
    begin = 0
    for index in range(1, len(messages) + 1):
        if index < len(messages) and messages[index].position.follows(messages[index - 1].position):
            continue
        run = messages[begin:index]
        yield ChannelMessages(channel, [stored.message for stored in run], run[-1].position)
        if index < len(messages):
            yield ChannelGap(channel, GapReason.POSITION_LOST)
        begin = index
