"""The acts of locking on Redis: one typed method for each Lua file."""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from quikstate_server import keys
from quikstate_server.errors import GroupRequired, InvalidRequest, Overloaded
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import (
    Busy,
    Ended,
    Judgement,
    Lease,
    Mode,
    Queued,
    Refreshed,
    State,
    Superseded,
    Target,
    Token,
    Wanted,
)
from quikstate_server.primitives.lock.replies import read_state
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import FAILOVER_EPOCH, Script, load_script
from quikstate_server.settings import Limits

_SIDECARS = ("fence", "holders", "leases", "waiters", "waiting", "servers")
CLAIM_SECONDS = 3.0
"""How long a waiter's server may take to confirm what was handed to it."""
_REGISTRATION_SECONDS = 5.0
"""How long a server's word for its waiters counts; it is renewed every second."""
_TOKEN_MEMORY_SECONDS = 24 * 3600
"""How long the last token outlives the lock, at least."""
_NO_STREAM = "-"
_DRIFT = 0.01
"""The part of a TTL that clocks may drift: as in Redlock (antirez, 2014) and redsync."""


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    return load_script(__package__, file, *parts, flags=flags, read_only=read_only)


_FENCE, _REQUEST, _STREAM, _TAKE = "lock_fence.lua", "lock_request.lua", "lock_stream.lua", "lock_take.lua"
_LEASE = ("lock_state.lua", _FENCE, "lock_grant.lua")
_QUEUE = (*_LEASE, "lock_waiters.lua", "lock_queue.lua")
ACQUIRE = _script("lock_acquire.lua", *_QUEUE, _REQUEST, _STREAM)
RENEW = _script("lock_renew.lua", *_LEASE, _STREAM)
RELEASE = _script("lock_release.lua", *_QUEUE, _REQUEST, _STREAM, _TAKE, allow_oom=True)
LEAVE = _script("lock_leave.lua", *_QUEUE, allow_oom=True)
REFRESH = _script("lock_refresh.lua", *_QUEUE)
FORCE_RELEASE = _script("lock_force_release.lua", *_QUEUE, _TAKE, allow_oom=True)
GET = _script("lock_get.lua", "lock_state.lua", _FENCE, read_only=True)
CHECK_FENCING_TOKEN = _script("lock_check_fencing_token.lua", _FENCE)


@dataclass(frozen=True, slots=True)
class LockStore:
    """`server` names this process among those that share Redis."""

    redis_client: RedisClient
    limits: Limits
    server: str
    hints: str
    """What stands before a server's name in the channel on which it hears of what it was handed, or lost."""

    def require_one_slot(self, target: Target) -> None:
        """GroupRequired unless one script may touch all the resources."""
        names = [target.keyspace.key(keys.lock(resource)) for resource in target.resources]
        if len(names) > 1 and len(self.redis_client.split_by_slot(names)) > 1:
            raise GroupRequired

    async def acquire(self, wanted: Wanted, lease_id: str, *, queue: bool) -> Lease | Queued | Busy | Ended:
        """Take the lease; one held already gets its TTL again. `queue` takes a place in the queue if busy."""
        asked = time.monotonic()
        names = _keys(wanted.target)
        if wanted.request_id:
            names.append(_request_key(wanted.target, wanted.request_id))
        arguments: tuple[Argument, ...] = (
            lease_id,
            _value(wanted),
            wanted.permits if wanted.mode is Mode.SEMAPHORE else self.limits.max_lock_holders,
            _milliseconds(wanted.ttl),
            f"{wanted.stream or _NO_STREAM} {json.dumps([wanted.owner, dict(wanted.metadata)])}",
            self.server if queue else "",
            _milliseconds(_REGISTRATION_SECONDS),
            self.limits.max_lock_waiters,
            self.limits.request_memory_seconds * 1_000,
            _content(wanted) if wanted.request_id else "",
        )
        reply, replicas = await self._run(ACQUIRE, names, *arguments, min_replicas=wanted.min_replicas)
        match cast("list[Any]", reply):
            case [b"held", bytes(held), *tokens]:
                valid_for = _valid_for(wanted.ttl, asked)
                return Lease(held.decode(), wanted.target, _tokens(tokens), valid_for, replicas)
            case [b"queued", bytes(queued), position, lapses]:
                return Queued(queued.decode(), position, _seconds(lapses))
            case [b"busy", index, lapses]:
                return Busy(wanted.target.resources[index - 1], _seconds(lapses))
            case [b"conflict", index, permits]:
                resource = wanted.target.resources[index - 1]
                raise InvalidRequest({"permits": f"must be {permits}, as those have who hold {resource!r}"})
            case [b"other"]:
                raise InvalidRequest({"request_id": "was given to another request before"})
            case [b"full"]:
                raise Overloaded("limits.max_lock_waiters")
        return Ended()

    async def renew(
        self, target: Target, lease_id: str, ttl: float, *, min_replicas: int, stream: str, takes_up: bool
    ) -> Lease | Superseded | None:
        """Give the lease its TTL again; None if any of the resources is not held."""
        asked = time.monotonic()
        arguments = (lease_id, _milliseconds(ttl), stream, int(takes_up))
        reply, replicas = await self._run(RENEW, _keys(target), *arguments, min_replicas=min_replicas)
        if reply == [b"superseded"]:
            return Superseded()
        tokens = _tokens(cast("list[bytes]", reply))
        return Lease(lease_id, target, tokens, _valid_for(ttl, asked), replicas) if tokens else None

    async def release(self, target: Target, lease_id: str, stream: str = "") -> bool:
        """End the lease and its place in queues, if `stream` renews it; True if it was held."""
        return bool((await self._run(RELEASE, _keys(target), lease_id, 0, stream))[0])

    async def release_request(self, target: Target, request_id: str) -> bool:
        """End the lease that a request got, or will ask for."""
        names = (*_keys(target), _request_key(target, request_id))
        memory = self.limits.request_memory_seconds * 1_000
        return bool((await self._run(RELEASE, names, "", memory, ""))[0])

    async def leave(self, target: Target, lease_id: str) -> None:
        """Give up the place in the queue that this server took."""
        await self._run(LEAVE, _keys(target), lease_id, self.server)

    async def refresh(self, target: Target, lease_ids: Sequence[str]) -> Refreshed:
        """Vouch for this server's waiters at these resources, and learn how some of them stand."""
        registration = _milliseconds(_REGISTRATION_SECONDS)
        reply, _ = await self._run(REFRESH, _keys(target), self.server, registration, *lease_ids)
        lapses, held, gone = cast("tuple[list[int], list[bytes], list[bytes]]", reply)
        soonest = min((lapse for lapse in lapses if lapse >= 0), default=-1)
        return Refreshed(_seconds(soonest), _ids(held), _ids(gone))

    async def get(self, keyspace: Keyspace, resource: str, most_holders: int) -> State:
        reply, _ = await self._run(GET, _keys(Target(keyspace, (resource,))), most_holders)
        return read_state(resource, cast("list[Any]", reply))

    async def force_release(self, keyspace: Keyspace, resource: str, token: Token | None) -> bool:
        """Take the resource from the holder of `token`, or from everyone."""
        which = f"{token.epoch} {token.seq}" if token else ""
        return bool((await self._run(FORCE_RELEASE, _keys(Target(keyspace, (resource,))), which))[0])

    async def check_fencing_token(
        self, keyspace: Keyspace, resource: str, token: Token, min_replicas: int
    ) -> Judgement:
        fence = keyspace.sidecar(keys.lock(resource), "fence")
        arguments = (FAILOVER_EPOCH, token.epoch, token.seq, _TOKEN_MEMORY_SECONDS * 1_000)
        reply, replicas = await self._send(
            CHECK_FENCING_TOKEN, (fence,), *arguments, min_replicas=min_replicas
        )
        accepted, epoch, seq = cast("tuple[int, bytes, bytes]", reply)
        return Judgement(bool(accepted), Token(int(epoch), int(seq)), replicas)

    async def _run(
        self, script: Script, names: Sequence[str], *arguments: Argument, min_replicas: int = 0
    ) -> tuple[object, int]:
        common = (
            FAILOVER_EPOCH,
            _milliseconds(CLAIM_SECONDS),
            _milliseconds(_TOKEN_MEMORY_SECONDS + self.limits.max_lock_ttl_seconds),
            self.hints,
        )
        return await self._send(script, names, *common, *arguments, min_replicas=min_replicas)

    async def _send(
        self, script: Script, names: Sequence[str], *arguments: Argument, min_replicas: int = 0
    ) -> tuple[object, int]:
        """The reply, and how many replicas have the write. Every act here may run twice."""
        if not min_replicas:
            return await self.redis_client.run(script, names, *arguments, safe_to_repeat=True), 0
        answer = await self.redis_client.run_acknowledged(
            script, names, *arguments, min_replicas=min_replicas, safe_to_repeat=True
        )
        return answer.reply, answer.replicas


def _keys(target: Target) -> list[str]:
    return [
        key for resource in target.resources for key in target.keyspace.family(keys.lock(resource), _SIDECARS)
    ]


def events_channel(keyspace: Keyspace, resource: str) -> str:
    """Where the scripts say that a resource changed hands."""
    return keyspace.sidecar(keys.lock(resource), "events")


def _request_key(target: Target, request_id: str) -> str:
    return target.keyspace.sidecar(keys.lock(target.resources[0]), f"request:{keys.segment(request_id)}")


def _content(wanted: Wanted) -> str:
    """What a repeat of a request must ask for too: all but how long it waits and holds, and who copies it."""
    told = (wanted.target.resources, wanted.mode.value, wanted.permits, wanted.owner)
    text = repr((told, sorted(wanted.metadata.items())))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _value(wanted: Wanted) -> str:
    """What the lock's key holds in shared modes; an EXCLUSIVE one holds the lease id."""
    if wanted.mode is Mode.SEMAPHORE:
        return f"shared:permits:{wanted.permits}"
    return "shared:readers" if wanted.mode is Mode.SHARED else ""


def _tokens(texts: Sequence[bytes]) -> tuple[Token, ...]:
    return tuple(Token(*map(int, text.split())) for text in texts)


def _ids(names: Sequence[bytes]) -> frozenset[str]:
    return frozenset(name.decode() for name in names)


def _milliseconds(seconds: float) -> int:
    return math.ceil(seconds * 1_000)


def _seconds(milliseconds: int) -> float | None:
    """Of a PTTL; None for a key without one."""
    return milliseconds / 1_000 if milliseconds >= 0 else None


def _valid_for(ttl: float, asked: float) -> float:
    return max(0.0, ttl - (time.monotonic() - asked) - ttl * _DRIFT)
