"""Locks in Redis: one typed method for each script."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.errors import GroupRequired, InvalidRequest, Overloaded
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import (
    FencingToken,
    FencingVerdict,
    Lease,
    LeaseEnded,
    LeaseSuperseded,
    LockBusy,
    LockMode,
    LockQueued,
    LockRequest,
    LockState,
    LockTarget,
    WaiterStates,
)
from quikstate_server.primitives.lock.replies import read_lock_state
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.dispatch import Acknowledged
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import (
    read_bytes_list,
    read_fields,
    read_int,
    read_ints,
    read_list,
    read_texts,
)
from quikstate_server.redis_client.script import FAILOVER_EPOCH, Script, load_script
from quikstate_server.settings import Limits

_SIDECARS = ("fence", "holders", "leases", "waiters", "waiting", "servers")
CLAIM_SECONDS = 3.0
"""The TTL of the lease that a waiter is granted, until its server acquires it for the whole TTL."""
_REGISTRATION_SECONDS = 5.0
"""How long a server counts as alive for its waiters; it registers every second."""
_TOKEN_MEMORY_SECONDS = 24 * 3600
"""How long the last token outlives the lock, at least."""
_NO_STREAM = "-"
_DRIFT = 0.01
"""The part of a TTL that clocks may drift: as in Redlock (antirez, 2014) and redsync."""


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    return load_script(__package__, file, *parts, flags=flags, read_only=read_only)


_RESOURCE, _TOKENS = "lock_resource.lua", "lock_fencing_tokens.lua"
_REQUEST, _STREAM, _END_LEASE = "lock_request.lua", "lock_stream.lua", "lock_end_lease.lua"
_LEASE = (_RESOURCE, _TOKENS, "lock_grant_lease.lua")
_QUEUE = (*_LEASE, "lock_waiters.lua", "lock_grant_waiters.lua")
ACQUIRE = _script("lock_acquire.lua", *_QUEUE, _REQUEST, _STREAM)
RENEW = _script("lock_renew.lua", *_LEASE, _STREAM)
RELEASE = _script("lock_release.lua", *_QUEUE, _REQUEST, _STREAM, _END_LEASE, allow_oom=True)
LEAVE_QUEUE = _script("lock_leave_queue.lua", *_QUEUE, allow_oom=True)
REFRESH_WAITERS = _script("lock_refresh_waiters.lua", *_QUEUE)
FORCE_RELEASE = _script("lock_force_release.lua", *_QUEUE, _END_LEASE, allow_oom=True)
GET = _script("lock_get.lua", _RESOURCE, _TOKENS, read_only=True)
CHECK_FENCING_TOKEN = _script("lock_check_fencing_token.lua", _TOKENS)


@dataclass(frozen=True, slots=True)
class LockStore:
    """`server` is the id of this process among those that share Redis."""

    redis_client: RedisClient
    limits: Limits
    server: str
    channel_prefix: str
    """Precedes a server's id in the name of the channel on which it gets its notifications."""

    def require_one_slot(self, target: LockTarget) -> None:
        """Raise GroupRequired unless one script may touch all the resources."""
        names = [target.keyspace.key(keys.lock(resource)) for resource in target.resources]
        if len(names) > 1 and len(self.redis_client.split_by_slot(names)) > 1:
            raise GroupRequired

    async def acquire(
        self, request: LockRequest, lease_id: str, *, may_wait: bool
    ) -> Lease | LockQueued | LockBusy | LeaseEnded:
        """Take the lease, or a place in the queue if it is busy; a lease that is held gets its TTL again."""
        sent_at = time.monotonic()
        names = _keys(request.target)
        if request.request_id:
            names.append(_request_key(request.target, request.request_id))
        is_semaphore = request.mode is LockMode.SEMAPHORE
        result = await self._run(
            ACQUIRE,
            names,
            lease_id,
            _shared_value(request),
            request.permits if is_semaphore else self.limits.max_lock_holders,
            _to_milliseconds(request.ttl),
            f"{request.stream or _NO_STREAM} {json.dumps([request.owner, dict(request.metadata)])}",
            self.server if may_wait else "",
            _to_milliseconds(_REGISTRATION_SECONDS),
            self.limits.max_lock_waiters,
            self.limits.request_memory_seconds * 1_000,
            _content_digest(request) if request.request_id else "",
            min_replicas=request.min_replicas,
        )
        match read_list(result.reply):
            case [b"held", bytes(held), *tokens]:
                valid_for = _valid_for(request.ttl, sent_at)
                return Lease(held.decode(), request.target, _read_tokens(tokens), valid_for, result.replicas)
            case [b"queued", bytes(queued), position, pttl]:
                return LockQueued(queued.decode(), position, _seconds_of_pttl(pttl))
            case [b"busy", index, pttl]:
                return LockBusy(request.target.resources[index - 1], _seconds_of_pttl(pttl))
            case [b"conflict", index, permits]:
                resource = request.target.resources[index - 1]
                raise InvalidRequest({"permits": f"must be {permits}, which the holders of {resource!r} use"})
            case [b"different_request"]:
                raise InvalidRequest({"request_id": "was already used for a different request"})
            case [b"full"]:
                raise Overloaded("limits.max_lock_waiters")
        return LeaseEnded()

    async def renew(
        self,
        target: LockTarget,
        lease_id: str,
        ttl: float,
        *,
        min_replicas: int = 0,
        stream: str = "",
        reattaches: bool = False,
    ) -> Lease | LeaseSuperseded | None:
        """Give the lease its TTL again; return None if any of the resources is not held."""
        sent_at = time.monotonic()
        result = await self._run(
            RENEW,
            _keys(target),
            lease_id,
            _to_milliseconds(ttl),
            stream,
            int(reattaches),
            min_replicas=min_replicas,
        )
        if result.reply == [b"superseded"]:
            return LeaseSuperseded()
        tokens = _read_tokens(read_bytes_list(result.reply))
        return Lease(lease_id, target, tokens, _valid_for(ttl, sent_at), result.replicas) if tokens else None

    async def release(self, target: LockTarget, lease_id: str, stream: str = "") -> bool:
        """End the lease and its places in queues, if `stream` renews it; return True if it was held."""
        return bool(read_int((await self._run(RELEASE, _keys(target), lease_id, 0, stream)).reply))

    async def release_request(self, target: LockTarget, request_id: str) -> bool:
        """End the lease that a request got, or would get later; return True if it was held."""
        names = (*_keys(target), _request_key(target, request_id))
        reply_ms = self.limits.request_memory_seconds * 1_000
        return bool(read_int((await self._run(RELEASE, names, "", reply_ms, "")).reply))

    async def leave_queue(self, target: LockTarget, lease_id: str) -> None:
        """Give up the place in the queue that this server took."""
        await self._run(LEAVE_QUEUE, _keys(target), lease_id, self.server)

    async def refresh_waiters(self, target: LockTarget, lease_ids: Sequence[str]) -> WaiterStates:
        """Register this server as alive for its waiters at these resources; return how some of them stand."""
        registration_ms = _to_milliseconds(_REGISTRATION_SECONDS)
        arguments: Sequence[Argument] = (self.server, registration_ms, *lease_ids)
        result = await self._run(REFRESH_WAITERS, _keys(target), *arguments)
        pttls, held, gone = read_fields(result.reply, list, list, list)
        first_expiry = min((pttl for pttl in read_ints(pttls) if pttl >= 0), default=-1)
        return WaiterStates(
            _seconds_of_pttl(first_expiry), frozenset(read_texts(held)), frozenset(read_texts(gone))
        )

    async def get(self, keyspace: Keyspace, resource: str, max_holders: int) -> LockState:
        result = await self._run(GET, _keys(LockTarget(keyspace, (resource,))), max_holders)
        return read_lock_state(resource, result.reply)

    async def force_release(self, keyspace: Keyspace, resource: str, token: FencingToken | None) -> bool:
        """Take the resource from the holder of `token`, or from all holders; return True if one held it."""
        token_text = f"{token.epoch} {token.seq}" if token else ""
        target = LockTarget(keyspace, (resource,))
        return bool(read_int((await self._run(FORCE_RELEASE, _keys(target), token_text)).reply))

    async def check_fencing_token(
        self, keyspace: Keyspace, resource: str, token: FencingToken, min_replicas: int
    ) -> FencingVerdict:
        result = await self.redis_client.run_acknowledged(
            CHECK_FENCING_TOKEN,
            (keyspace.sidecar(keys.lock(resource), "fence"),),
            FAILOVER_EPOCH,
            token.epoch,
            token.seq,
            _TOKEN_MEMORY_SECONDS * 1_000,
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        accepted, epoch, seq = read_fields(result.reply, int, int, bytes)
        return FencingVerdict(bool(accepted), FencingToken(epoch, int(seq)), result.replicas)

    async def _run(
        self, script: Script, names: Sequence[str], *arguments: Argument, min_replicas: int = 0
    ) -> Acknowledged:
        """Run a script with the arguments that lock_resource.lua takes first. Each script may run twice."""
        return await self.redis_client.run_acknowledged(
            script,
            names,
            FAILOVER_EPOCH,
            _to_milliseconds(CLAIM_SECONDS),
            _to_milliseconds(_TOKEN_MEMORY_SECONDS + self.limits.max_lock_ttl_seconds),
            self.channel_prefix,
            *arguments,
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )


def events_channel(keyspace: Keyspace, resource: str) -> str:
    """Return the channel on which the scripts publish that a resource changed hands."""
    return keyspace.sidecar(keys.lock(resource), "events")


def _keys(target: LockTarget) -> list[str]:
    return [
        key for resource in target.resources for key in target.keyspace.family(keys.lock(resource), _SIDECARS)
    ]


def _request_key(target: LockTarget, request_id: str) -> str:
    return target.keyspace.sidecar(keys.lock(target.resources[0]), f"request:{keys.segment(request_id)}")


def _content_digest(request: LockRequest) -> str:
    """Return a digest of what a repeat must ask for too: not its wait, its TTL and its replicas."""
    fields = (request.target.resources, request.mode.value, request.permits, request.owner)
    text = repr((fields, sorted(request.metadata.items())))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _shared_value(request: LockRequest) -> str:
    """Return the lock's value in this mode, as lock_resource.lua lists them; "" for EXCLUSIVE."""
    if request.mode is LockMode.SEMAPHORE:
        return f"shared:permits:{request.permits}"
    return "shared:readers" if request.mode is LockMode.SHARED else ""


def _read_tokens(texts: Sequence[bytes]) -> tuple[FencingToken, ...]:
    return tuple(FencingToken(*map(int, text.split())) for text in texts)


def _to_milliseconds(seconds: float) -> int:
    return math.ceil(seconds * 1_000)


def _seconds_of_pttl(pttl: int) -> float | None:
    """Return the seconds of a PTTL; None for a key that does not expire."""
    return pttl / 1_000 if pttl >= 0 else None


def _valid_for(ttl: float, sent_at: float) -> float:
    """Return for how long a lease is held for certain that was asked for at `sent_at`."""
    return max(0.0, ttl - (time.monotonic() - sent_at) - ttl * _DRIFT)
