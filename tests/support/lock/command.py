"""Commands that run under a lock, and the state of the lock meanwhile."""

from __future__ import annotations

from pathlib import Path

import grpc

from quikstate.v1.lock_pb2 import ForceReleaseLockRequest, GetLockRequest, Lock
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from support.harness.eventually import PATIENCE_SECONDS, wait_until
from support.server.command import Started

HELD = r"held (\d+)\n"
SLEEP = 'echo "held $QUIKSTATE_FENCING_TOKEN"; exec sleep 60'


def under_lock(address: str, name: str, script: str = SLEEP, *flags: str) -> Started:
    return Started("lock", "run", "--addr", address, *flags, name, "--", "sh", "-c", script)


def holding(address: str, name: str, script: str = SLEEP, *flags: str) -> Started:
    """Start a command under the lock, and wait until its script runs."""
    started = under_lock(address, name, script, *flags)
    started.says(HELD)
    return started


def waiting(address: str, name: str) -> Started:
    """Start a command under the lock, and wait until it waits."""
    started = under_lock(address, name)
    wait_until(lambda: lock_at(address, name).waiters == 1)
    return started


def lock_at(address: str, name: str) -> Lock:
    with grpc.insecure_channel(address) as channel:
        return LockServiceStub(channel).GetLock(GetLockRequest(resource=name), timeout=PATIENCE_SECONDS).lock


def take_away(address: str, name: str) -> None:
    with grpc.insecure_channel(address) as channel:
        LockServiceStub(channel).ForceReleaseLock(
            ForceReleaseLockRequest(resource=name), timeout=PATIENCE_SECONDS
        )


def acquired_at(lock: Lock) -> float:
    """Return Unix seconds of Redis's clock, which is this machine's."""
    return lock.holders[0].acquire_time.ToNanoseconds() / 1e9


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
