"""Session ids, which are secret, and what may be shown in their place: handles, and digests in logs."""

from __future__ import annotations

import base64
import hashlib
import secrets

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.redis_client.cluster.slots import suffix_for_slot_of

_HANDLE_BYTES = 15


def new_session_id() -> str:
    """Return 256 bits of the system's randomness, base64url."""
    return secrets.token_urlsafe(32)


def new_successor_id(keyspace: Keyspace, session_id: str) -> str:
    """Return a new id with three characters more, which put its key on the slot of the old id's key."""
    new_id = new_session_id()
    new_key, old_key = (keyspace.key(keys.session(some_id)) for some_id in (new_id, session_id))
    return new_id + suffix_for_slot_of(old_key, new_key)


def handle_of(session_id: str) -> str:
    """Return the handle of a session that began with this id: 120 bits of a digest, not to be reversed."""
    digest = hashlib.sha256(b"quikstate session handle " + session_id.encode()).digest()
    return base64.urlsafe_b64encode(digest[:_HANDLE_BYTES]).decode()


def digest_for_log(session_id: str) -> str:
    """Return all that a log may show of an id: 8 hex digits of its digest."""
    return hashlib.sha256(session_id.encode()).hexdigest()[:8]
