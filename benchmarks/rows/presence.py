"""PresenceService: heartbeats of a gateway, lists of few and among a million, and watchers that wait."""

from __future__ import annotations

from collections.abc import Sequence

import grpc

from benchmarks.laboratory import Running, Server
from benchmarks.loads.h2load import H2load
from benchmarks.loads.idle_streams import IdleStreams
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Row
from quikstate.v1.presence_pb2 import (
    HeartbeatRequest,
    ListOnlineRequest,
    PresenceConnection,
    WatchPresenceRequest,
)
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub

_SERVICE = "/quikstate.v1.PresenceService"
_BATCH = 100
_STORED = 1_000_000
_CHUNK = 10_000
_WATCHERS = 1_000
_WATCHED_SECONDS = 10
_PATIENCE_SECONDS = 10

# Users beside the first, each as the server wrote that one, but alive for a day.
_COPY = """
local row = cmsgpack.unpack(redis.call('HGET', KEYS[2], ARGV[1]))
local day = 86400
for _, connection in pairs(row.c) do connection[1] = connection[1] + day * 1000000 end
local expires_at = redis.call('ZSCORE', KEYS[4], ARGV[1]) + day * 1000000
local seen = redis.call('ZSCORE', KEYS[1], ARGV[1]) + day
for i = tonumber(ARGV[2]), tonumber(ARGV[3]) do
  local user = string.format('user-%07d', i)
  redis.call('ZADD', KEYS[1], seen, user)
  redis.call('HSET', KEYS[2], user, cmsgpack.pack(row))
  redis.call('ZADD', KEYS[3], 0, user)
  redis.call('ZADD', KEYS[4], string.format('%.0f', expires_at), user)
end
"""


def rows() -> Sequence[Row]:
    return (_heartbeat(), *_listed(), _watched())


def _heartbeat() -> Row:
    def beaten(running: Running, calls: int) -> None:
        there = running.redis.client.zcard("workspace:bench-beats:online")
        if there != _BATCH:
            raise BenchmarkFailed(f"{calls} calls for {_BATCH} users made {there} present")

    body = _beats("bench-beats", _BATCH).SerializeToString()
    return Row(
        "heartbeat-100",
        "Heartbeat, 100 connections",
        Server.OURS,
        H2load(f"{_SERVICE}/Heartbeat", body, least_answer=2 * _BATCH),
        unit="connection",
        units=_BATCH,
        proof=beaten,
    )


def _listed() -> Sequence[Row]:
    """A page of 100, of as many and of a million."""
    few, many = "bench-few", "bench-many"
    return (
        Row(
            "list-online-100",
            "ListOnline, 100 of 100 users",
            Server.OURS_FULL_OF_USERS,
            _list(few),
            prepare=lambda running: _store(running, few, _BATCH),
        ),
        Row(
            "list-online-1m",
            "ListOnline, 100 of 1,000,000 users",
            Server.OURS_FULL_OF_USERS,
            _list(many),
            prepare=lambda running: _store(running, many, _STORED),
        ),
    )


def _list(workspace: str) -> H2load:
    body = ListOnlineRequest(workspace_id=workspace, page_size=_BATCH).SerializeToString()
    return H2load(f"{_SERVICE}/ListOnline", body, least_answer=_BATCH * len("user-0000000"))


def _watched() -> Row:
    body = WatchPresenceRequest(workspace_id="bench-watched").SerializeToString()
    streams = IdleStreams(f"{_SERVICE}/WatchPresence", body, _WATCHERS)
    return Row(
        "watch-1000",
        "WatchPresence, 1,000 idle streams",
        Server.OURS_WATCHED,
        streams,
        unit="stream second",
        during=streams.held,
        streams=_WATCHERS,
        calls=_WATCHERS * _WATCHED_SECONDS,
        rounds=1,
    )


def _beats(workspace: str, count: int) -> HeartbeatRequest:
    return HeartbeatRequest(
        connections=[
            PresenceConnection(
                user_id=f"user-{number:07}", connection_id="c", device_id="phone", workspace_ids=[workspace]
            )
            for number in range(count)
        ]
    )


def _store(running: Running, workspace: str, count: int) -> None:
    """So many users, unless another server on this Redis had them stored."""
    with grpc.insecure_channel(running.address) as channel:
        PresenceServiceStub(channel).Heartbeat(_beats(workspace, 1), timeout=_PATIENCE_SECONDS)
    key = f"workspace:{workspace}:online"
    names = [key, *(f"{{{key}}}:{suffix}" for suffix in ("members", "names", "expirations"))]
    there = running.redis.client.zcard(key)
    for first in range(there, count, _CHUNK):
        last = min(first + _CHUNK, count) - 1
        running.redis.client.eval(_COPY, len(names), *names, "user-0000000", first, last)
