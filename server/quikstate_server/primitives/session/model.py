"""The words of sessions and tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace

DAY_SECONDS = 86_400.0
"""How long a session lives unless it is said, as in the seed."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it was read. Instants are Unix microseconds of Redis's clock; None where there is none."""

    session_id: str = field(repr=False)
    handle: str
    user_id: str
    device_id: str = ""
    email: str = ""
    ip_address: str = ""
    user_agent: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    valid_from: int = 0
    """Marks up to this instant revoke it."""
    created: int | None = None
    expires: int | None = None
    last_seen: int | None = None
    idle: int | None = None
    """Microseconds."""
    expires_in: int | None = None
    """Microseconds until it ends unless it is touched."""
    raw: bool = False
    read_at: int = 0


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session as it is asked for. `lifetime` and `idle` in seconds; 0 `max_sessions` is no limit."""

    keyspace: Keyspace
    user_id: str
    device_id: str = ""
    email: str = ""
    ip_address: str = ""
    user_agent: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    lifetime: float = DAY_SECONDS
    idle: float = 0.0
    max_sessions: int = 0
    reject: bool = False
    """At the limit no session is created; else the oldest has to go."""
    min_replicas: int = 0
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """A new session; `tokens_valid_from` in whole Unix seconds, 0 if no tokens are revoked."""

    session: Session
    evicted: tuple[str, ...] = ()
    tokens_valid_from: int = 0
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class TooMany:
    """The user has as many sessions as allowed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The session that this request_id got is over."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such session: it never was, is over, or was revoked."""

    was_there: bool = field(default=False, compare=False)
    """It is known to have been there: it is not a new one that is still being written."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The id was rotated away, and its grace is over."""

    user_id: str
    handle: str
    revoked: bool = False
    known_for: int | None = field(default=None, compare=False)
    """Microseconds until its tombstone is forgotten, as the session is over then."""


@dataclass(frozen=True, slots=True)
class Found:
    """The session; `rotated` if it was found by an id that it had before."""

    session: Session
    rotated: bool = False
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """The session is not of the version that was expected; nothing was changed."""

    session: Session


@dataclass(frozen=True, slots=True)
class Revoked:
    """What was revoked: sessions by their handles, and tokens issued before `tokens_valid_from` seconds."""

    handles: tuple[str, ...] = ()
    tokens_valid_from: int = 0
    replicas: int = 0


class Event:
    """What is told to watchers: a Changed, an AllRevoked or a Snapshot."""

    __slots__ = ()


class Change(Enum):
    """What became of a session."""

    CREATED = "created"
    ROTATED = "rotated"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Changed(Event):
    user_id: str
    handle: str
    change: Change


@dataclass(frozen=True, slots=True)
class AllRevoked(Event):
    """Many of a user's sessions, or its tokens, were revoked at once."""

    user_id: str
    except_handle: str = ""
    device_id: str = ""
    tokens_valid_from: int = 0
    tokens_only: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot(Event):
    """A user's sessions as they are; `more` if there are too many to be read at once."""

    user_id: str
    sessions: Sequence[Session]
    more: bool = False


@dataclass(frozen=True, slots=True)
class TokenId:
    """A token by its jti. `expires` in Unix milliseconds; None if it is not known."""

    jti: str
    expires: int | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """What is asked of a token. `issued_at` in Unix seconds."""

    jti: str = ""
    user_id: str = ""
    device_id: str = ""
    issued_at: int = 0


class Refusal(Enum):
    REVOKED = "revoked"
    ISSUED_BEFORE = "issued_before"
    ISSUED_AHEAD = "issued_ahead"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a token is valid; if that is not known it is not, and `error` says why."""

    valid: bool
    refusal: Refusal | None = None
    tokens_valid_from: int = 0
    error: QuikstateError | None = None


def valid_from(mark: int) -> int:
    """The first whole second that lies after `mark` wholly: a JWT's iat tells no less. 0 without a mark."""
    return mark // 1_000_000 + 1 if mark else 0
