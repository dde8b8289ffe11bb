"""A session's hash: the seed's fields, which raw clients read and write, and ours beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from quikstate_server.primitives.session.model import NewSession, Session
from quikstate_server.primitives.session.names import handle_of

ATTRIBUTE = "attr:"
_END_OF_WHOLE_NUMBERS = 2**53
"""Larger ones are not ours: Lua does not tell them apart."""
_MOST_DIGITS = 1_000
_EPOCH = datetime.fromtimestamp(0, UTC)
_LONGEST = 10_000 * 366 * 86_400 * 1_000_000
"""Microseconds that a duration can say."""
_FIRST, _LAST = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The instants that a timestamp can say: years 1 to 9999."""


def of_new(wanted: NewSession, handle: str, valid_from: int) -> dict[str, str | int]:
    """The hash of a session that is valid from this instant on."""
    expires = valid_from + microseconds(wanted.lifetime)
    seed = {
        "userId": wanted.user_id,
        "email": wanted.email,
        "deviceId": wanted.device_id,
        "createdAt": _iso(valid_from),
        "expiresAt": _iso(expires),
    }
    optional = {
        "ipAddress": wanted.ip_address,
        "userAgent": wanted.user_agent,
        "idleUs": microseconds(wanted.idle) or "",
    }
    return {
        **seed,
        "handle": handle,
        "version": 1,
        "validFromUs": valid_from,
        "expiresUs": expires,
        "lastSeenUs": valid_from,
        **{name: value for name, value in optional.items() if value},
        **attributes(wanted.attributes),
    }


def attributes(values: Mapping[str, str]) -> dict[str, str]:
    return {ATTRIBUTE + name: value for name, value in values.items()}


def flat(fields: Mapping[str, str | int]) -> list[str | int]:
    return [word for pair in fields.items() for word in pair]


def size_of(fields: Mapping[str, str | int]) -> int:
    """Bytes, names and values together."""
    return sum(len(name.encode()) + len(str(value).encode()) for name, value in fields.items())


def decoded(reply: Sequence[bytes]) -> dict[str, str]:
    """What HGETALL said; what a raw client wrote may be no UTF-8."""
    texts = [word.decode(errors="replace") for word in reply]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def session_of(
    session_id: str, fields: Mapping[str, str], now: int, ttl_ms: int, lead: int
) -> Session | None:
    """The session in a hash as it was read at `now`; None if its time is over, though it is still there.

    That one was created further ahead of `now` than `lead` says nothing about what came before what.
    """
    created = _instant(fields.get("createdAt"))
    expires = _integer(fields.get("expiresUs")) or _instant(fields.get("expiresAt"))
    if expires is not None and expires <= now:
        return None
    lasts = [ttl_ms * 1_000] if 0 <= ttl_ms * 1_000 <= _LONGEST else []
    if expires is None and lasts and now + lasts[0] <= _LAST:
        expires = now + lasts[0]
    lasts += [expires - now] if expires is not None else []
    valid_from = _integer(fields.get("validFromUs"))
    return Session(
        session_id=session_id,
        handle=fields.get("handle") or handle_of(session_id),
        user_id=fields.get("userId", ""),
        device_id=fields.get("deviceId", ""),
        email=fields.get("email", ""),
        ip_address=fields.get("ipAddress", ""),
        user_agent=fields.get("userAgent", ""),
        attributes={n.removeprefix(ATTRIBUTE): v for n, v in fields.items() if n.startswith(ATTRIBUTE)},
        version=_integer(fields.get("version")) or 0,
        valid_from=valid_from or (created if created and created <= now + lead else 0),
        created=valid_from or created,
        expires=expires,
        last_seen=_integer(fields.get("lastSeenUs")),
        idle=_integer(fields.get("idleUs")) or None,
        expires_in=min(lasts, default=None),
        raw=valid_from is None,
        read_at=now,
    )


def microseconds(seconds: float) -> int:
    return round(seconds * 1e6)


def _iso(instant: int) -> str:
    """As in the seed: whole seconds, UTC."""
    return datetime.fromtimestamp(instant // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _instant(text: str | None) -> int | None:
    """What an ISO 8601 time says; without a zone it is UTC."""
    try:
        told = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    zoned = told if told.tzinfo else told.replace(tzinfo=UTC)
    instant = (zoned - _EPOCH) // timedelta(microseconds=1)
    return instant if _FIRST <= instant <= _LAST else None


def _integer(text: str | None) -> int | None:
    """None also for one that no script of ours takes for a number."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if number < _END_OF_WHOLE_NUMBERS else None
