"""Session ids, which are secret, and what may be shown instead."""

from __future__ import annotations

import base64
import hashlib
import secrets

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.redis_client.cluster.slots import ending_for_slot_of

_HANDLE_BYTES = 15


def new_id() -> str:
    """256 bits of the system's randomness, base64url."""
    return secrets.token_urlsafe(32)


def successor_of(keyspace: Keyspace, session_id: str) -> str:
    """A new id, with three characters more, which put its key on the slot of the other's."""
    fresh = new_id()
    key, other = (keyspace.key(keys.session(one)) for one in (fresh, session_id))
    return fresh + ending_for_slot_of(other, key)


def handle_of(session_id: str) -> str:
    """The handle of a session that begins with this id: 120 bits of a digest, which nobody can turn back."""
    digest = hashlib.sha256(b"quikstate session handle " + session_id.encode()).digest()
    return base64.urlsafe_b64encode(digest[:_HANDLE_BYTES]).decode()


def in_logs(session_id: str) -> str:
    """What a log may say of an id: 8 hex of its digest."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:8]
