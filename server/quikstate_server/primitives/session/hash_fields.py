"""The fields of a session's hash: those of the legacy key layout, and those that quikstate adds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from quikstate_server.primitives.session.identifiers import handle_of
from quikstate_server.primitives.session.model import NewSession, Session
from quikstate_server.redis_client.reply_types import read_texts

ATTRIBUTE_PREFIX = "attr:"
_MAX_INTEGER = 2**53
"""Larger integers were not written by quikstate: Lua cannot tell them apart."""
_MAX_DIGITS = 1_000
_EPOCH = datetime.fromtimestamp(0, UTC)
_MAX_DURATION = 10_000 * 366 * 86_400 * 1_000_000
"""The longest google.protobuf.Duration, in microseconds."""
_MIN_INSTANT, _MAX_INSTANT = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The range of google.protobuf.Timestamp, in microseconds: years 1 to 9999."""


def new_fields(new: NewSession, handle: str, valid_from: int) -> dict[str, str | int]:
    """Return the hash of a new session that is valid from this instant."""
    expires_at = valid_from + to_microseconds(new.lifetime)
    legacy = {
        "userId": new.user_id,
        "email": new.email,
        "deviceId": new.device_id,
        "createdAt": _format_instant(valid_from),
        "expiresAt": _format_instant(expires_at),
    }
    optional = {
        "ipAddress": new.ip_address,
        "userAgent": new.user_agent,
        "idleUs": to_microseconds(new.idle_timeout) or "",
    }
    return {
        **legacy,
        "handle": handle,
        "version": 1,
        "validFromUs": valid_from,
        "expiresUs": expires_at,
        "lastSeenUs": valid_from,
        **{name: value for name, value in optional.items() if value},
        **attribute_fields(new.attributes),
    }


def attribute_fields(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return the hash fields of a session's attributes."""
    return {ATTRIBUTE_PREFIX + name: value for name, value in attributes.items()}


def flatten(fields: Mapping[str, str | int]) -> list[str | int]:
    """Return fields and values in turn, as HSET takes them."""
    return [argument for pair in fields.items() for argument in pair]


def count_bytes(fields: Mapping[str, str | int]) -> int:
    """Return the size of names and values together."""
    return sum(len(name.encode()) + len(str(value).encode()) for name, value in fields.items())


def read_hash(reply: object) -> dict[str, str]:
    """Return the fields in a reply of HGETALL."""
    texts = read_texts(reply)
    return dict(zip(texts[::2], texts[1::2], strict=True))


def parse_session(
    session_id: str, fields: Mapping[str, str], now: int, ttl_ms: int, max_clock_lead: int
) -> Session | None:
    """Return the session in a hash that was read at `now`; None if it has ended, though its key still exists.

    A raw client's createdAt that is more than `max_clock_lead` ahead of `now` does not order the session
    against revocation marks: the session then counts as older than each mark.
    """
    created_at = _parse_instant(fields.get("createdAt"))
    expires_at = _parse_integer(fields.get("expiresUs")) or _parse_instant(fields.get("expiresAt"))
    if expires_at is not None and expires_at <= now:
        return None
    ttl = ttl_ms * 1_000 if 0 <= ttl_ms * 1_000 <= _MAX_DURATION else None
    if expires_at is None and ttl is not None and now + ttl <= _MAX_INSTANT:
        expires_at = now + ttl
    lifetime_left = None if expires_at is None else expires_at - now
    valid_from = _parse_integer(fields.get("validFromUs"))
    return Session(
        session_id=session_id,
        handle=fields.get("handle") or handle_of(session_id),
        user_id=fields.get("userId", ""),
        device_id=fields.get("deviceId", ""),
        email=fields.get("email", ""),
        ip_address=fields.get("ipAddress", ""),
        user_agent=fields.get("userAgent", ""),
        attributes=_parse_attributes(fields),
        version=_parse_integer(fields.get("version")) or 0,
        valid_from=valid_from or (created_at if created_at and created_at <= now + max_clock_lead else 0),
        created_at=valid_from or created_at,
        expires_at=expires_at,
        last_seen_at=_parse_integer(fields.get("lastSeenUs")),
        idle_timeout=_parse_integer(fields.get("idleUs")) or None,
        expires_in=min((left for left in (ttl, lifetime_left) if left is not None), default=None),
        raw=valid_from is None,
        read_at=now,
    )


def to_microseconds(seconds: float) -> int:
    """Return seconds as whole microseconds."""
    return round(seconds * 1e6)


def _parse_attributes(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(ATTRIBUTE_PREFIX): value
        for name, value in fields.items()
        if name.startswith(ATTRIBUTE_PREFIX)
    }


def _format_instant(instant: int) -> str:
    """Format an instant as the legacy key layout does: whole seconds, UTC."""
    return datetime.fromtimestamp(instant // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _parse_instant(text: str | None) -> int | None:
    """Parse an ISO 8601 time; without a zone it is UTC."""
    try:
        parsed = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    zoned = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    instant = (zoned - _EPOCH) // timedelta(microseconds=1)
    return instant if _MIN_INSTANT <= instant <= _MAX_INSTANT else None


def _parse_integer(text: str | None) -> int | None:
    """Parse an integer; None for a text that the Lua scripts do not take for one either."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > _MAX_DIGITS:
        return None
    number = int(text)
    return number if number < _MAX_INTEGER else None
