"""The continuity of one channel: which message of the history comes next, and where messages are missing."""

from __future__ import annotations

from quikstate_server.primitives.pub_sub.audience import Audience
from quikstate_server.primitives.pub_sub.model import START, HistoryPosition, StoredMessage
from quikstate_server.primitives.streams.mailbox import GapReason

_BEYOND_ALL = HistoryPosition(2**64 - 1, 0)


class HistoryTracker:
    """The messages of a channel's history that this process has received. It does no I/O.

    The audience gets each message once and in order, and a gap where a message is missing. A channel that is
    not durable by setting becomes durable with the first message of a history, and ceases to be with it.
    """

    def __init__(self, audience: Audience, max_payload_bytes: int, *, durable_by_setting: bool) -> None:
        self._durable_by_setting = durable_by_setting
        self._audience = audience
        self._max_payload_bytes = max_payload_bytes
        self._received = START
        """The position of the last message received: delivered, or in the audience's batch."""
        self._newest_noted = START
        self._was_disconnected = self._is_interrupted = False

    def receive_live(self, stored: StoredMessage) -> bool:
        """Take a live message; return False if the history must be read for messages before it."""
        position = stored.position
        if self._audience.position is None:
            self._become_durable(position)
        if position.follows(self._received):
            self._receive(stored)
        elif self._is_missing(position):
            return False
        return True

    def note_live(self, position: HistoryPosition) -> None:
        """Remember a live message that arrives during a reading, which may find it in the history."""
        self._newest_noted = position

    def note_disconnect(self) -> None:
        """Remember that messages may have been published while this process was not connected to Redis."""
        self._was_disconnected = self._is_interrupted = True

    def begin_reading(self) -> HistoryPosition:
        """Begin a reading; return the position to read after."""
        self._newest_noted = START
        self._is_interrupted = False
        return _BEYOND_ALL if self._audience.position is None else self._received

    def receive_stored(self, stored: StoredMessage) -> None:
        """Take the next message that was read from the history."""
        if not stored.position.follows(self._received):
            self._audience.gap(GapReason.POSITION_LOST)
        elif self._received == START and self._was_disconnected:
            # There may have been messages before the first one, in a history that is lost.
            self._audience.gap(GapReason.REDIS_LOST)
        self._receive(stored)

    def end_reading(self, last: HistoryPosition | None) -> bool:
        """Finish a reading; return False if it may have missed messages, and must be done again.

        `last` is the position of the last message, which may have expired; None if there is no history.
        """
        self._audience.flush()
        if self._audience.position is None:
            if last is not None or self._durable_by_setting:
                self._move_to(last or START)
        elif last is None:
            self._end_without_history()
        elif last != self._received:
            self._audience.gap(GapReason.POSITION_LOST)
            self._move_to(last)
        if self._is_interrupted:
            return False
        self._was_disconnected = False
        return self._newest_noted == START or not self._is_missing(self._newest_noted)

    def _end_without_history(self) -> None:
        if self._was_disconnected:
            self._audience.gap(GapReason.REDIS_LOST)
        if not self._durable_by_setting:
            self._audience.position, self._received = None, START

    def _become_durable(self, first: HistoryPosition) -> None:
        self._audience.flush()
        self._move_to(HistoryPosition(first.epoch, first.offset - 1))
        if first.offset != 1:
            self._audience.gap(GapReason.POSITION_LOST)

    def _move_to(self, position: HistoryPosition) -> None:
        self._audience.position = self._received = position

    def _is_missing(self, position: HistoryPosition) -> bool:
        """Return True if the message at `position` has not been received."""
        return position > self._received or position.epoch != self._received.epoch

    def _receive(self, stored: StoredMessage) -> None:
        if len(stored.message.payload) > self._max_payload_bytes:
            self._audience.gap(GapReason.TOO_LARGE)
            self._move_to(stored.position)
        else:
            self._received = stored.position
            self._audience.add(stored.message, stored.position)
