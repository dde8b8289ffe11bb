"""The faults of Redis and of connections to it, and what they mean to a caller."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from redis.exceptions import AskError

from quikstate_server.errors import (
    DeadlineExceeded,
    GroupRequired,
    KeyTypeConflict,
    RedisOutOfMemory,
    RedisUnavailable,
)


class ConnectionLost(Exception):
    """The connection ended before the reply; `sent` says that the command may have run."""

    def __init__(self, *, sent: bool) -> None:
        super().__init__("the connection to Redis was lost")
        self.sent = sent


class ReplyTimeout(Exception):
    """No reply came in time; the command may still run."""

    sent = True

    def __init__(self) -> None:
        super().__init__("Redis did not reply in time")


class BrokenOff(Exception):
    """A script was ended in its midst, and what it had written stays; see keys.absent."""

    sent = True

    def __init__(self) -> None:
        super().__init__("Redis broke the script off: its slot is on the way to another node")


class ReplyError(Exception):
    """An error reply, such as `WRONGTYPE Operation against …`; `code` is its first word."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = text.partition(" ")[0]


class Answer(Enum):
    """What an error reply asks of whoever sent the command."""

    LOAD_SCRIPT = auto()
    """The script is not loaded: send it again with its source, which loads it."""

    LATE = auto()
    """The command came after its not_after and did nothing: correct the clock, send again."""

    RETRY = auto()
    """It did not run, and the server will soon be able to: send again after a pause."""

    REDIRECT = auto()
    """It did not run, since another node of the cluster serves its keys: go on there."""

    SUSPECT = auto()
    """It did not run, and this may no longer be the master: find the master, send again."""

    BROKEN_OFF = auto()
    """A part of it ran: send it again only where that is as if it had run once."""

    FAIL = auto()
    """It will not get better by itself."""


_ANSWERS = {
    "NOSCRIPT": Answer.LOAD_SCRIPT,
    "LATE": Answer.LATE,
    "LOADING": Answer.RETRY,
    "BUSY": Answer.RETRY,
    "TRYAGAIN": Answer.RETRY,
    "MOVED": Answer.REDIRECT,
    "ASK": Answer.REDIRECT,
    "CLUSTERDOWN": Answer.SUSPECT,
    "MASTERDOWN": Answer.SUSPECT,
    "READONLY": Answer.SUSPECT,
    "NOREPLICAS": Answer.SUSPECT,
    "MISCONF": Answer.SUSPECT,
    "UNBLOCKED": Answer.SUSPECT,
}


_WRITE_REFUSALS = frozenset({"LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "READONLY"})
"""Codes of a server that answers and takes no writes for now: its disk is full, it loads its data, …

OOM is none of them: what frees memory is taken, and must come.
"""


def refuses_writes(reply: object) -> bool:
    """Whether a reply says that any other write would be refused too."""
    return isinstance(reply, ReplyError) and reply.code in _WRITE_REFUSALS


_BROKEN_OFF = "ttempted to access a non local key in a cluster node"
"""Redis says `ERR Script attempted …`, Valkey `ERR Attempted …`."""


def answer_to(error: ReplyError) -> Answer:
    answer = _ANSWERS.get(error.code, Answer.FAIL)
    return Answer.BROKEN_OFF if answer is Answer.FAIL and _BROKEN_OFF in error.text else answer


class Redirect(NamedTuple):
    """Which node serves a slot: for good, or for `once` while the slot is on its way there."""

    slot: int
    host: str
    """Empty where it is the host of the node that says so."""
    port: int
    once: bool


def redirect_of(error: ReplyError) -> Redirect:
    """What a reply says whose answer is REDIRECT."""
    code, _, where = error.text.partition(" ")
    told = AskError(where)
    return Redirect(told.slot_id, told.host, told.port, once=code == "ASK")


def meaning_of(error: ReplyError, keys: Sequence[str]) -> Exception:
    """The domain's error for a reply that retrying did not mend."""
    if answer_to(error) in (Answer.RETRY, Answer.SUSPECT, Answer.REDIRECT, Answer.LOAD_SCRIPT):
        return RedisUnavailable(f"Redis cannot serve this now: {error.code}", code=error.code)
    if answer_to(error) is Answer.LATE:
        return DeadlineExceeded()
    if error.code == "OOM":
        return RedisOutOfMemory()
    if error.code == "CROSSSLOT":
        return GroupRequired()
    if error.code == "WRONGTYPE":
        return KeyTypeConflict(*keys)
    return error  # a fault of ours: INTERNAL, with the text in the log alone
