"""Error replies and lost connections: what they demand of the client, and what they mean to a caller."""

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


class ScriptInterrupted(Exception):
    """A script ended half-way, and what it had written stays; see keys.absent."""

    sent = True

    def __init__(self) -> None:
        super().__init__("Redis interrupted the script: its slot is moving to another node")


class ReplyError(Exception):
    """An error reply, such as `WRONGTYPE Operation against …`; `code` is its first word."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = text.partition(" ")[0]


class ReplyAction(Enum):
    """An action that an error reply demands of the client that sent the command."""

    LOAD_SCRIPT = auto()
    """The script is not loaded: send it again with its source, which loads it."""

    LATE = auto()
    """The command came after its not_after and did nothing: correct the clock, send again."""

    RETRY = auto()
    """It did not run, and the server will soon be able to: send again after a pause."""

    REDIRECT = auto()
    """It did not run, since another node of the cluster serves its keys: send it there."""

    FIND_MASTER = auto()
    """It did not run, and this node may no longer be the master: find the master, send again."""

    INTERRUPTED = auto()
    """A part of it ran: send it again only where that is as if it had run once."""

    FAIL = auto()
    """Sending it again would not help."""


_ACTIONS = {
    "NOSCRIPT": ReplyAction.LOAD_SCRIPT,
    "LATE": ReplyAction.LATE,
    "LOADING": ReplyAction.RETRY,
    "BUSY": ReplyAction.RETRY,
    "TRYAGAIN": ReplyAction.RETRY,
    "MOVED": ReplyAction.REDIRECT,
    "ASK": ReplyAction.REDIRECT,
    "CLUSTERDOWN": ReplyAction.FIND_MASTER,
    "MASTERDOWN": ReplyAction.FIND_MASTER,
    "READONLY": ReplyAction.FIND_MASTER,
    "NOREPLICAS": ReplyAction.FIND_MASTER,
    "MISCONF": ReplyAction.FIND_MASTER,
    "UNBLOCKED": ReplyAction.FIND_MASTER,
}

_WRITE_REFUSALS = frozenset({"LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "READONLY"})
"""Codes of a server that answers and refuses writes for now: its disk is full, or it loads its data.

OOM is none of them: scripts that free memory still run, and must be sent.
"""

_INTERRUPTED = "ttempted to access a non local key in a cluster node"
"""Redis says `ERR Script attempted …`, Valkey `ERR Attempted …`."""


def action_for(error: ReplyError) -> ReplyAction:
    """Return what an error reply demands."""
    action = _ACTIONS.get(error.code, ReplyAction.FAIL)
    is_interrupted = action is ReplyAction.FAIL and _INTERRUPTED in error.text
    return ReplyAction.INTERRUPTED if is_interrupted else action


def refuses_writes(reply: object) -> bool:
    """Return True if a reply says that any other write would be refused too."""
    return isinstance(reply, ReplyError) and reply.code in _WRITE_REFUSALS


class Redirect(NamedTuple):
    """The node that serves a slot. `is_ask` holds for one command, while the slot moves to it."""

    slot: int
    host: str
    """Empty where it is the host of the node that redirects."""
    port: int
    is_ask: bool


def parse_redirect(error: ReplyError) -> Redirect:
    """Return the redirect of an error reply MOVED or ASK."""
    code, _, where = error.text.partition(" ")
    parsed = AskError(where)
    return Redirect(parsed.slot_id, parsed.host, parsed.port, is_ask=code == "ASK")


def domain_error(error: ReplyError, keys: Sequence[str]) -> Exception:
    """Return the domain's error for an error reply that retries did not overcome."""
    match action_for(error):
        case ReplyAction.RETRY | ReplyAction.FIND_MASTER | ReplyAction.REDIRECT | ReplyAction.LOAD_SCRIPT:
            return RedisUnavailable(f"Redis cannot serve this now: {error.code}", code=error.code)
        case ReplyAction.LATE:
            return DeadlineExceeded()
    match error.code:
        case "OOM":
            return RedisOutOfMemory()
        case "CROSSSLOT":
            return GroupRequired()
        case "WRONGTYPE":
            return KeyTypeConflict(*keys)
    return error  # a fault of ours: INTERNAL, with the text in the log alone
