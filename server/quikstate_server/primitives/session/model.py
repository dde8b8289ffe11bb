"""Models of sessions and tokens.

A *revocation mark* is an instant of Redis's clock, stored beside a user: it revokes every session that is
valid from this instant or earlier, and every token that was issued before the next whole second. A mark
outlives all sessions and tokens that it is meant for.

A *handle* names a session where its id, which is secret, must not be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace

DEFAULT_LIFETIME_SECONDS = 86_400.0
"""As in the legacy key layout: a day."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it was read. Instants are Unix microseconds of Redis's clock; None if unknown."""

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
    """Revocation marks at this instant or later revoke the session."""
    created_at: int | None = None
    expires_at: int | None = None
    last_seen_at: int | None = None
    idle_timeout: int | None = None
    """Microseconds."""
    expires_in: int | None = None
    """Microseconds until the session ends without a touch."""
    raw: bool = False
    """True if a raw Redis client wrote the session."""
    read_at: int = 0


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to create. `lifetime` and `idle_timeout` in seconds; 0 `max_sessions` means no limit."""

    keyspace: Keyspace
    user_id: str
    device_id: str = ""
    email: str = ""
    ip_address: str = ""
    user_agent: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    lifetime: float = DEFAULT_LIFETIME_SECONDS
    idle_timeout: float = 0.0
    max_sessions: int = 0
    reject: bool = False
    """At the limit create no session, instead of evicting the oldest."""
    min_replicas: int = 0
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class SessionCreated:
    """A new session; `tokens_valid_from` in whole Unix seconds, 0 if no tokens are revoked."""

    session: Session
    evicted: tuple[str, ...] = ()
    tokens_valid_from: int = 0
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class SessionLimitReached:
    """The user has `max_sessions` sessions already."""


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session that was created for this request_id has ended."""


@dataclass(frozen=True, slots=True)
class SessionNotFound:
    """There is no such session: it never existed, has ended, or was revoked."""

    existed: bool = field(default=False, compare=False)
    """The session is known to have existed: it is not a new one whose write is still under way."""


@dataclass(frozen=True, slots=True)
class SessionReplayed:
    """The id was rotated away, and its grace is over."""

    user_id: str
    handle: str
    revoked: bool = False
    remembered_for: int | None = field(default=None, compare=False)
    """Microseconds until the pointer to the successor expires, when the session itself has ended."""


@dataclass(frozen=True, slots=True)
class SessionFound:
    """The session; `rotated` if the caller used an id that the session had before."""

    session: Session
    rotated: bool = False
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class SessionVersionMismatch:
    """The session has another version than expected; nothing was changed."""

    session: Session


@dataclass(frozen=True, slots=True)
class RevocationResult:
    """The handles of the revoked sessions; tokens issued before `tokens_valid_from` seconds are revoked."""

    handles: tuple[str, ...] = ()
    tokens_valid_from: int = 0
    replicas: int = 0


class SessionEvent:
    """An item for watchers: a SessionChange, SessionsRevoked or SessionSnapshot."""

    __slots__ = ()


class SessionChangeKind(Enum):
    """The kind of a session's change; the values are those in the messages of scripts."""

    CREATED = "created"
    ROTATED = "rotated"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SessionChange(SessionEvent):
    """A change of one session."""

    user_id: str
    handle: str
    kind: SessionChangeKind


@dataclass(frozen=True, slots=True)
class SessionsRevoked(SessionEvent):
    """Several sessions of a user, or the user's tokens, were revoked at once."""

    user_id: str
    except_handle: str = ""
    device_id: str = ""
    tokens_valid_from: int = 0
    tokens_only: bool = False


@dataclass(frozen=True, slots=True)
class SessionSnapshot(SessionEvent):
    """A user's current sessions; `more` if there are more than one page."""

    user_id: str
    sessions: Sequence[Session]
    more: bool = False


@dataclass(frozen=True, slots=True)
class TokenId:
    """A token by its jti. `expires_at` in Unix milliseconds; None if unknown."""

    jti: str
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """The claims of a token to check. `issued_at` in Unix seconds."""

    jti: str = ""
    user_id: str = ""
    device_id: str = ""
    issued_at: int = 0


class TokenRefusal(Enum):
    """A reason for which a token is not valid."""

    REVOKED = "revoked"
    ISSUED_BEFORE = "issued_before"
    ISSUED_AHEAD = "issued_ahead"


@dataclass(frozen=True, slots=True)
class TokenCheckResult:
    """The check of a token. If Redis could not be asked, the token is not valid, and `error` says why."""

    valid: bool
    refusal: TokenRefusal | None = None
    tokens_valid_from: int = 0
    error: QuikstateError | None = None


def first_valid_second(mark: int) -> int:
    """Return the first whole second after a mark, since a JWT's iat has whole seconds; 0 without a mark."""
    return mark // 1_000_000 + 1 if mark else 0
