"""The heartbeats of all streams: whoever follows a silent one is woken."""

from __future__ import annotations

import asyncio
from typing import Any

from quikstate_server.primitives.streams.mailbox import Mailbox

_SWEEPS = 10
"""Sweeps in the time of a heartbeat: one may come late by a tenth of it."""


class Heartbeats:
    """Wakes those who wait for an item, where none has come for `seconds`.

    One timer serves all streams: one each would cost more than all else that is done to deliver an item.
    """

    def __init__(self, seconds: float) -> None:
        self._pause = seconds / _SWEEPS
        self._mailboxes: set[Mailbox[Any]] = set()
        self._sweeping = False

    def add(self, mailbox: Mailbox[Any]) -> None:
        """Begin to wake the one who waits for items of `mailbox`."""
        self._mailboxes.add(mailbox)
        if not self._sweeping:
            self._sweep_later()

    def remove(self, mailbox: Mailbox[Any]) -> None:
        self._mailboxes.discard(mailbox)

    def mailboxes(self) -> list[Mailbox[Any]]:
        """Return those of all streams; a scrape asks from a thread of its own."""
        return list(self._mailboxes)

    def _sweep_later(self) -> None:
        self._sweeping = True
        asyncio.get_running_loop().call_later(self._pause, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        for mailbox in self._mailboxes:
            mailbox.note_silence(_SWEEPS)
        if self._mailboxes:
            self._sweep_later()
