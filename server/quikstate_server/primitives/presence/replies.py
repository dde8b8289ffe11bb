"""What the scripts answer, in the words of the domain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from quikstate_server.primitives.presence.model import (
    LiveConnection,
    Page,
    Position,
    Present,
    Status,
    UserPresence,
)

_WORDS = {
    b"offline": Status.OFFLINE,
    b"away": Status.AWAY,
    b"online": Status.ONLINE,
    b"dnd": Status.DO_NOT_DISTURB,
}
_LAST_INSTANT = 253_402_300_799
"""The end of the year 9999, beyond which a Timestamp cannot go."""


class View(NamedTuple):
    """What a watch reads. A row is a user and the offset of its last change, 0 if it is not known."""

    what: str
    position: Position
    online: int
    raw: bool
    rows: tuple[tuple[Present, int], ...]


def page_of(reply: list[Any]) -> tuple[Page, bool]:
    online, after, rows, more = reply
    parts = zip(rows[0::4], rows[1::4], rows[2::4], rows[3::4], strict=True)
    users = (Present(_name(user), Status(status), _instant(seen), n) for user, status, seen, n in parts)
    return Page(tuple(users), after.decode(), online), bool(more)


def view_of(reply: list[Any]) -> View:
    what, epoch, offset, online, raw, rows = reply
    parts = zip(rows[0::4], rows[1::4], rows[2::4], rows[3::4], strict=True)
    users = (
        (Present(_name(user), Status(status), _instant(seen)), int(changed))
        for user, status, seen, changed in parts
    )
    return View(what.decode(), Position(int(epoch), int(offset)), online, bool(raw), tuple(users))


def user_of(user: str, answer: list[Any]) -> UserPresence:
    status, override, seen, raw, words = answer
    parts = zip(*(words[n::7] for n in range(7)), strict=True)
    connections = tuple(
        LiveConnection(
            id_.decode(),
            device.decode(),
            Status(its),
            texts(workspaces),
            json.loads(metadata or b"{}"),
            int(since),
            lapses / 1_000,
        )
        for id_, its, device, since, lapses, metadata, workspaces in parts
    )
    shown = Status(status) if connections else _WORDS.get(raw, Status.OFFLINE)
    by_id = sorted(connections, key=lambda each: each.connection)
    return UserPresence(user, shown, Status(override) if override else None, int(seen), tuple(by_id))


def _instant(score: bytes | int) -> int:
    """In seconds; a raw client can write any number."""
    return int(min(max(0.0, float(score)), _LAST_INSTANT))


def texts(words: Sequence[bytes]) -> tuple[str, ...]:
    return tuple(word.decode() for word in words)


def _name(user: bytes) -> str:
    """A raw client can write what is no UTF-8."""
    return user.decode(errors="replace")
