"""Asks every server of one Redis, masters and replicas, for its INFO; leaves out those that do not reply."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic

from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyTimeout
from quikstate_server.redis_client.server_info import (
    INFO_COMMAND,
    ReplicaInfo,
    ServerInfo,
    parse_server_info,
)
from quikstate_server.redis_client.topology import KnownMaster

_INFO = pack(INFO_COMMAND)
_REPLY_SECONDS = 1.0


async def survey_masters(masters: Sequence[KnownMaster]) -> Sequence[ServerInfo | None]:
    """Return what each master says; None for one that does not reply within a second."""
    return await asyncio.gather(*map(_ask_master, masters))


async def survey_servers(redis_client: RedisClient) -> Sequence[ServerInfo]:
    """Return what masters and replicas say, by address."""
    masters = await survey_masters(redis_client.router.topology().masters)
    answering = [info for info in masters if info]
    replicas = [replica for info in answering for replica in info.replicas]
    infos = await asyncio.gather(*(_ask_replica(redis_client, replica) for replica in replicas))
    by_address = {info.address: info for info in (*answering, *infos) if info}
    return [by_address[address] for address in sorted(by_address)]


async def _ask_master(master: KnownMaster) -> ServerInfo | None:
    connection = master.node.ready_connection() if master.node else None
    if connection is None:
        return None
    try:
        reply = await connection.send(_INFO, monotonic() + _REPLY_SECONDS)
    except (ConnectionLost, ReplyTimeout, Overloaded):
        return None
    return _parse(master.address, reply)


async def _ask_replica(redis_client: RedisClient, replica: ReplicaInfo) -> ServerInfo | None:
    """Ask over a new connection: no other command goes to a replica."""
    try:
        reply = await redis_client.ask_server(replica.host, replica.port, INFO_COMMAND)
    except RedisUnavailable:
        return None
    return _parse(replica.address, reply)


def _parse(address: str, reply: object) -> ServerInfo | None:
    """Return None for a refusal: this user may not run INFO, or the server loads its data."""
    return parse_server_info(address, reply.decode(errors="replace")) if isinstance(reply, bytes) else None
