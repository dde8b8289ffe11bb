"""Which master serves which slot of a Redis Cluster, as one of its nodes sees it."""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from redis.cluster import parse_cluster_slots
from redis.crc import REDIS_CLUSTER_HASH_SLOTS as SLOTS
from redis.crc import key_slot

from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.packing import pack

QUESTIONS = pack(("CLUSTER", "INFO")), pack(("CLUSTER", "SLOTS"))
"""What a node is asked; `view_of` reads the answers."""

_UNKNOWN_HOST = "?"
"""Where hostnames are preferred, what Redis calls a node that has announced none."""

_BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHANGES = [
    {crc_hqx(bytes((ord(one) ^ ord("A"), *after)), 0) % SLOTS: one for one in _BASE64URL}
    for after in ((0, 0), (0,), ())
]
"""For each of a key's last three characters: by a change of the slot, what makes it in the place of an A."""


def slot_of(key: str) -> int:
    slot: int = key_slot(key.encode())
    return slot


def suffix_for_slot_of(other: str, key: str) -> str:
    """Three characters of base64url that put `key`, with them at its end, on the slot of `other`.

    CRC16, which slots are reckoned by, is linear: what a character changes in it is the same in every key.
    """
    missing = slot_of(other) ^ slot_of(f"{key}AAA")
    first, second, third = _CHANGES
    for (one, a), (two, b) in product(first.items(), second.items()):
        if c := third.get(missing ^ one ^ two):
            return a + b + c
    raise LookupError(key)  # there are three for every slot (tests/unit/test_slots.py)


@dataclass(frozen=True, slots=True)
class Shard:
    """A range of slots, the last included, and who has them."""

    first: int
    last: int
    master: Address
    replicas: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What one node knows. Of two views the one of the higher `rank` is the newer."""

    serves: bool
    """Its cluster_state is ok: it is not cut off from most masters, and no slot that it needs is lost."""
    epoch: int
    """It rises with each failover and each slot that was moved, and the news travels with it."""
    shards: tuple[Shard, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        return self.serves, self.epoch

    @property
    def addresses(self) -> Iterator[Address]:
        """Of all masters and replicas."""
        for shard in self.shards:
            yield shard.master
            yield from shard.replicas


def view_of(info: bytes, slots: Sequence[Any], asked: Address) -> View:
    """The answers to QUESTIONS; a node that does not know its own host means the one that was `asked`."""
    facts = dict(line.split(":", 1) for line in info.decode().splitlines() if ":" in line)
    ranges: Mapping[tuple[int, int], Mapping[str, Any]]
    ranges = parse_cluster_slots(slots, current_host=asked.host)

    def address(server: tuple[str, int]) -> Address:
        return Address(server[0], int(server[1]), tls=asked.tls)

    shards = tuple(
        Shard(first, last, address(who["primary"]), tuple(map(address, who["replicas"])))
        for (first, last), who in ranges.items()
        if who["primary"][0] != _UNKNOWN_HOST
    )
    return View(facts.get("cluster_state") == "ok", int(facts.get("cluster_current_epoch", 0)), shards)


__all__ = ["QUESTIONS", "SLOTS", "Shard", "View", "slot_of", "suffix_for_slot_of", "view_of"]
