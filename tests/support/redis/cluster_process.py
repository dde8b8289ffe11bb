"""A Redis Cluster as child processes of the test run, joined by CLUSTER commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, cast

import redis
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Address
from redis.client import PubSub
from redis.crc import REDIS_CLUSTER_HASH_SLOTS
from support.harness.eventually import wait_until
from support.redis.binaries import Server
from support.redis.redis_process import RedisProcess, free_port
from support.server.certificates import Certificates


class ClusterProcess:
    """`masters` share the slots evenly; the first ones have one of the `replicas` each.

    With `tls` the nodes listen so too, and want a client's certificate.
    """

    def __init__(
        self,
        server: Server,
        masters: int = 3,
        replicas: int = 0,
        tls: Certificates | None = None,
        **config: str,
    ) -> None:
        with ExitStack() as started:
            self.nodes = []
            for _ in range(masters + replicas):
                node = _node(server, (_tls(tls) if tls else {}) | config)
                started.callback(node.close)
                self.nodes.append(node)
            self.masters = self.nodes[:masters]
            self.replicas = self.nodes[masters:]
            self._introduce()
            self._assign_slots()
            self._replicate()
            wait_until(self._stands)
            wait_until(self._linked)
            wait_until(self.hear_each_other)
            started.pop_all()

    @property
    def addresses(self) -> list[Address]:
        return [node.tcp_address for node in self.nodes]

    @property
    def tls_addresses(self) -> list[Address]:
        return [Address("127.0.0.1", int(node.config["tls-port"]), tls=True) for node in self.nodes]

    def close(self) -> None:
        for node in self.nodes:
            node.close()

    def _introduce(self) -> None:
        for epoch, node in enumerate(self.nodes, start=1):
            tell(node, "SET-CONFIG-EPOCH", epoch)  # else they first have to agree on who is who
        first, *others = self.nodes
        for node in others:
            port = node.config.get("tls-port", str(node.port))
            tell(first, "MEET", "127.0.0.1", port, node.config["cluster-port"])

    def _assign_slots(self) -> None:
        share = -(-REDIS_CLUSTER_HASH_SLOTS // len(self.masters))
        for number, master in enumerate(self.masters):
            last = min((number + 1) * share, REDIS_CLUSTER_HASH_SLOTS) - 1
            tell(master, "ADDSLOTSRANGE", number * share, last)

    def _replicate(self) -> None:
        for master, replica in zip(self.masters, self.replicas, strict=False):
            wait_until(partial(_knows, replica, id_of(master)))
            tell(replica, "REPLICATE", id_of(master))

    def _stands(self) -> bool:
        """Everyone knows everyone, and every replica follows its master."""
        for node in self.nodes:
            facts = cast("dict[str, str]", tell(node, "INFO"))
            known = facts["cluster_state"] == "ok" and int(facts["cluster_known_nodes"]) == len(self.nodes)
            if not known or int(facts["cluster_size"]) != len(self.masters):
                return False
        return all(_info(replica)["master_link_status"] == "up" for replica in self.replicas)

    def _linked(self) -> bool:
        """Whether each has a connection to and from each other: what is published goes only where one is."""
        told = [cast("list[list[object]]", tell(node, "LINKS")) for node in self.nodes]
        peers = [{(str(link[1]), str(link[3])) for link in links} for links in told]
        return all(len(of_one) == 2 * (len(self.nodes) - 1) for of_one in peers)

    def hear_each_other(self) -> bool:
        """Whether each hears all: what was published before then has been heard too."""
        with ExitStack() as opened:
            clients = [opened.enter_context(node.client()) for node in self.nodes]
            listeners = [opened.enter_context(client.pubsub()) for client in clients]
            for listener in listeners:
                listener.subscribe("hello")
                listener.get_message(timeout=1)
            for number, client in enumerate(clients):
                client.publish("hello", number)
            return all(_heard(listener, len(clients)) for listener in listeners)


def _heard(listener: PubSub, messages: int) -> bool:
    """So many, each soon."""
    return all(listener.get_message(timeout=0.5) for _ in range(messages))


@contextmanager
def moving(slot: int, source: RedisProcess, target: RedisProcess) -> Iterator[None]:
    """Within the block the slot is on its way from `source` to `target`; after it, it has arrived."""
    tell(target, "SETSLOT", slot, "IMPORTING", id_of(source))
    tell(source, "SETSLOT", slot, "MIGRATING", id_of(target))
    yield
    while keys := keys_in(slot, source):
        move(keys, source, target)
    for node in (target, source):  # in this order: else they would send a caller to and fro
        tell(node, "SETSLOT", slot, "NODE", id_of(target))


def keys_in(slot: int, node: RedisProcess) -> list[str]:
    return cast("list[str]", tell(node, "GETKEYSINSLOT", slot, 100))


def move(keys: Sequence[str], source: RedisProcess, target: RedisProcess) -> None:
    """As redis-cli does it; a key that was deleted meanwhile is no fault."""
    with source.client() as client:
        client.execute_command("MIGRATE", "127.0.0.1", target.port, "", 0, 5_000, "KEYS", *keys)


def _node(server: Server, config: dict[str, str]) -> RedisProcess:
    return RedisProcess(
        server,
        tcp=True,
        cluster_enabled="yes",
        cluster_port=str(free_port()),
        **{"cluster_node_timeout": "1000"} | config,
    )


def _tls(certificates: Certificates) -> dict[str, str]:
    return {
        "tls_port": str(free_port()),
        "tls_cert_file": str(certificates.server.cert),
        "tls_key_file": str(certificates.server.key),
        "tls_ca_cert_file": str(certificates.ca.cert),
        "tls_auth_clients": "yes",
        "tls_cluster": "yes",  # without it Redis 7.0 tells its TLS clients of ports without TLS
    }


def _knows(node: RedisProcess, other: str) -> bool:
    return other in str(tell(node, "NODES"))


def tell(node: RedisProcess, *words: str | int) -> object:
    """A CLUSTER command, to one node."""
    with node.client() as client:
        return cast("object", client.execute_command("CLUSTER " + str(words[0]), *words[1:]))


def id_of(node: RedisProcess) -> str:
    return str(tell(node, "MYID"))


def _info(node: RedisProcess) -> dict[str, Any]:
    with node.client() as client:
        return cast("dict[str, Any]", client.info("replication"))


def _added(replies: list[dict[str, Any]]) -> dict[str, Any]:
    """Numbers are added up; of everything else any node's."""
    total: dict[str, Any] = {}
    for name, value in (fact for facts in replies for fact in facts.items()):
        known = total.get(name)
        if isinstance(value, dict):
            total[name] = _added([known or {}, value])
        else:
            total[name] = value + known if isinstance(value, int) and known else value
    return total


def _counts(replies: list[list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return list(_added([dict(reply) for reply in replies]).items())


_EVERYWHERE: dict[str, Callable[[list[Any]], Any]] = {
    "CLIENT KILL": sum,
    "CLIENT LIST": lambda replies: [client for clients in replies for client in clients],
    "CONFIG SET": all,
    "DBSIZE": sum,
    "INFO": _added,
    "PUBSUB CHANNELS": lambda replies: sorted({channel for channels in replies for channel in channels}),
    "PUBSUB NUMSUB": _counts,
}
"""What redis-py asks of one node alone, and what the answers of all make together."""


class PlainCluster(redis.RedisCluster):
    """Shows a cluster as a client of a single server shows that one.

    One serves all tests, since it reads the table of commands as it is made: `with` leaves it open.
    """

    def __exit__(self, *_: object) -> None:
        pass

    def mset(self, mapping: Any) -> Any:
        return self.mset_nonatomic(mapping)

    def execute_command(self, *words: Any, **options: Any) -> Any:
        if together := _EVERYWHERE.get(words[0]):
            ask = super().execute_command
            return together([ask(*words, target_nodes=node, **options) for node in self.get_nodes()])  # type: ignore[no-untyped-call] # redis-py gives them no types
        if words[0] == "PUBLISH":  # as the server does it: what is published to one channel keeps its order
            options["target_nodes"] = self.get_node_from_key(words[1])  # type: ignore[no-untyped-call] # the same
        return super().execute_command(*words, **options)  # type: ignore[no-untyped-call] # the same


def plain_cluster_client(address: Address) -> redis.Redis:
    client = PlainCluster(
        host=address.host,
        port=address.port,
        protocol=2,
        socket_timeout=60,
        decode_responses=True,
        encoding_errors="backslashreplace",
    )
    return cast("redis.Redis", client)


StartCluster = Callable[..., ClusterProcess]
JoinCluster = Callable[..., Awaitable[RedisClient]]
