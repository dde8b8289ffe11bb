"""`quikstate elect --listen`: prints a line for each leader."""

from __future__ import annotations

from quikstate.v1.lock_pb2 import Lock, WatchLocksRequest
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import connected
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import watch_events
from quikstate_server.cli.election.leader import Leader, say_leader
from quikstate_server.cli.lock.view import format_owners
from quikstate_server.cli.lock.watch import locks_of


def observe(server: ServerTarget, election: str, *, json: bool) -> None:
    """Print the leader and each change until interrupted; fail if no server can be reached at the start."""
    request = WatchLocksRequest(resources=[election])
    with connected(server) as channel:
        stub = LockServiceStub(channel)
        is_first, last = True, None
        for event in watch_events(lambda: stub.WatchLocks(request)):
            for lock in locks_of(event):
                leader = _leader(lock)
                if is_first or leader != last:
                    say_leader(election, leader, json=json)
                is_first, last = False, leader


def _leader(lock: Lock) -> Leader | None:
    if not lock.held:
        return None
    if not lock.holders:
        return Leader(format_owners(lock), 0, {})
    holder = lock.holders[0]
    return Leader(holder.owner, holder.fencing_token, dict(holder.metadata))
