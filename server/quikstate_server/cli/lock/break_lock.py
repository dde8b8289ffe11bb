"""`quikstate lock break`: a lock is taken from whoever holds it."""

from __future__ import annotations

import typer

from quikstate.v1.lock_pb2 import ForceReleaseLockRequest, Lock
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, connected
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.lock.view import get, owners


def run(address: str, name: str, group: str, token: int, *, ask: bool) -> bool:
    """Whether it was taken from anyone."""
    with connected(address) as channel:
        if ask:
            lock = get(channel, name, group)
            token = token or _sole_token(lock)
            if lock.held:
                typer.confirm(f"{name} is held by {owners(lock)}. Break it?", abort=True, err=True)
        request = ForceReleaseLockRequest(resource=name, group=group, fencing_token=token)
        released = LockServiceStub(channel).ForceReleaseLock(request, timeout=CALL_SECONDS).released
    if released:
        say(f"{name}: broken")
    else:
        complain(f"{name}: {'not held with this token' if token else 'nobody holds it'}")
    return released


def _sole_token(lock: Lock) -> int:
    """Of the holder that is shown: no other shall be broken, should it come while we ask."""
    return lock.holders[0].fencing_token if len(lock.holders) == 1 else 0
