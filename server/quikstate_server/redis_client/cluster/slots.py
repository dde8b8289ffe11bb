"""The slot of a key in a Redis Cluster."""

from __future__ import annotations

from binascii import crc_hqx
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, product
from typing import TypeVar

from redis.crc import REDIS_CLUSTER_HASH_SLOTS as SLOTS
from redis.crc import key_slot

T = TypeVar("T")

_BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHANGES = [
    {crc_hqx(bytes((ord(char) ^ ord("A"), *zeros)), 0) % SLOTS: char for char in _BASE64URL}
    for zeros in ((0, 0), (0,), ())
]
"""For each of a key's last three characters: by a change of the slot, the character that makes it if it
replaces an A."""


def slot_of(key: str) -> int:
    """Return the slot of a key, by its hash tag if it has one."""
    slot: int = key_slot(key.encode())
    return slot


def suffix_for_slot_of(other: str, key: str) -> str:
    """Return three characters of base64url that, at the end of `key`, put it on the slot of `other`.

    Slots are computed by CRC16, which is linear: a character changes it in the same way in every key.
    """
    missing = slot_of(other) ^ slot_of(f"{key}AAA")
    first, second, third = _CHANGES
    for (change1, char1), (change2, char2) in product(first.items(), second.items()):
        if char3 := third.get(missing ^ change1 ^ change2):
            return char1 + char2 + char3
    raise LookupError(key)  # there are three for every slot (tests/unit/test_slots.py)


def slot_ranges(owners: Sequence[T | None]) -> Mapping[T, Sequence[tuple[int, int]]]:
    """Return the ranges of slots that each owner has, both ends included; `owners` is by slot."""
    ranges: dict[T, list[tuple[int, int]]] = defaultdict(list)
    for owner, slots in groupby(range(len(owners)), key=owners.__getitem__):
        if owner is not None:
            first, *rest = slots
            ranges[owner].append((first, rest[-1] if rest else first))
    return ranges


__all__ = ["SLOTS", "slot_of", "slot_ranges", "suffix_for_slot_of"]
