"""`quikstate lock break`: takes a lock from its holders."""

from __future__ import annotations

from quikstate.v1.lock_pb2 import ForceReleaseLockRequest, Lock
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, connected
from quikstate_server.cli.common.options import confirm as ask
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.lock.view import format_owners, get_lock


def break_lock(server: ServerTarget, name: str, group: str, token: int, *, confirm: bool) -> bool:
    """Break the lock; return True if anyone held it."""
    with connected(server) as channel:
        if confirm:
            lock = get_lock(channel, name, group)
            token = token or _sole_token(lock)
            if lock.held:
                ask(f"{name} is held by {format_owners(lock)}. Break it?")
        request = ForceReleaseLockRequest(resource=name, group=group, fencing_token=token)
        released = LockServiceStub(channel).ForceReleaseLock(request, timeout=CALL_SECONDS).released
    if released:
        say(f"{name}: broken")
    else:
        complain(f"{name}: {'no holder has this token' if token else 'nobody holds it'}")
    return released


def _sole_token(lock: Lock) -> int:
    """Return the token of the holder that is shown: a later one must not lose the lock while we ask."""
    return lock.holders[0].fencing_token if len(lock.holders) == 1 else 0
