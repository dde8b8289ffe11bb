"""The raw channel of one channel, where raw Redis clients publish and durable messages are mirrored."""

from __future__ import annotations

from collections.abc import Callable

from quikstate_server.primitives.pub_sub.audience import Audience
from quikstate_server.primitives.pub_sub.model import ChannelMessage
from quikstate_server.primitives.streams.mailbox import GapReason
from quikstate_server.redis_client.subscriber import ChannelFilter

_MAX_HELD = 1_000


class RawListener:
    """The listener of a raw channel, and the rule which subscribers get its messages.

    On a channel that is not durable every subscriber gets them. On a durable one the mirror of a durable
    message is dropped. Any other raw message is held while the history is read again, since the channel may
    have ceased to be durable; if it has not, only subscribers that also have a matching prefix get it.
    """

    def __init__(
        self,
        filter_: ChannelFilter,
        audience: Audience,
        max_payload_bytes: int,
        read_history: Callable[[], None],
        *,
        durable_by_setting: bool,
    ) -> None:
        self.filter = filter_
        self.is_wanted = not durable_by_setting
        """True if Redis is asked for the raw channel; one durable by setting needs it for prefixes only."""
        self.expected_mirror: bytes | None = None
        """The payload of the last durable message, whose mirror comes next."""
        self._audience = audience
        self._max_payload_bytes = max_payload_bytes
        self._read_history = read_history
        self._durable_by_setting = durable_by_setting
        self._held: list[ChannelMessage | GapReason] = []

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one
        """Receive a raw payload."""
        if payload == self.expected_mirror:
            self.expected_mirror = None
            return
        is_too_large = len(payload) > self._max_payload_bytes
        received = GapReason.TOO_LARGE if is_too_large else ChannelMessage(payload)
        if self._audience.position is None:
            self._pass_on(received)
        elif not self._durable_by_setting or self._audience.prefix_mailboxes:
            self._hold(received)

    def on_gap(self) -> None:
        """Report that raw messages may be lost, unless the channel is durable and its history shows that."""
        if self._audience.position is None:
            self._audience.gap(GapReason.REDIS_LOST)

    def pass_on_held(self) -> None:
        """Pass on what is held: the history was read."""
        held, self._held = self._held, []
        for received in held:
            self._pass_on(received)

    def _hold(self, received: ChannelMessage | GapReason) -> None:
        if len(self._held) <= _MAX_HELD:
            is_full = len(self._held) == _MAX_HELD
            self._held.append(GapReason.SLOW_READER if is_full else received)
            self._read_history()

    def _pass_on(self, received: ChannelMessage | GapReason) -> None:
        is_durable = self._audience.position is not None
        if isinstance(received, GapReason):
            (self._audience.gap_for_prefixes if is_durable else self._audience.gap)(received)
        else:
            (self._audience.add_for_prefixes if is_durable else self._audience.add)(received)
