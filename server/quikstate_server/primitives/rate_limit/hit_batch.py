"""Hits that one script decides on: how a request becomes such acts, and what Redis answers to each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from quikstate_server.errors import InvalidRequest, KeyTypeConflict, PolicyNotFound
from quikstate_server.keys import segment
from quikstate_server.primitives.rate_limit.model import Answer, Check, Hit, Result
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script

MOST_HITS: Final = 100
"""In one script, so that nobody waits long for it to end."""

_PARTS = (
    "rate_limit_instants.lua",
    "rate_limit_log_entries.lua",
    "rate_limit_token_bucket.lua",
    "rate_limit_fixed_window.lua",
    "rate_limit_sliding_window_log.lua",
    "rate_limit_sliding_window_counter.lua",
    "rate_limit_rules.lua",
    "rate_limit_hit.lua",
    "rate_limit_settle.lua",
)
CHECK: Final = load_script(__package__, "rate_limit_check.lua", *_PARTS)
LOOK: Final = load_script(__package__, "rate_limit_check.lua", *_PARTS, read_only=True)
"""The same for peeks and dry runs: it may run where nothing may be written."""

_NEVER, _FOREIGN = -1, -2
_COST = attrgetter("cost")


class Act(NamedTuple):
    """One run of rate_limit_check.lua."""

    keys: Sequence[str]
    hits: Sequence[Hit]
    places: Sequence[int]
    """Where each of them stands among the hits of the request."""
    fingerprint: bytes = b""
    """Tells the whole request from others, if it has an id."""

    async def run(self, redis_client: RedisClient, check: Check, memory_ms: int) -> list[Answer]:
        """What Redis answers to each hit."""
        dry = check.dry_run or not any(map(_COST, self.hits))
        remembers = bool(check.request_id) and not dry
        reply = await redis_client.run(
            LOOK if dry else CHECK,
            [*self.keys, self._memory(check)] if remembers else self.keys,
            int(check.together),
            int(dry),
            memory_ms,
            self.fingerprint if remembers else 0,
            *self._words(),
            safe_to_repeat=dry or remembers,
        )
        if reply is None:
            raise KeyTypeConflict(self._memory(check))
        return self._answers(reply)

    def _words(self) -> list[bytes | int]:
        """How many rules there are, and what they are; then the number of each hit's rule, and its cost."""
        numbers: dict[tuple[bytes, ...], int] = {}
        words: list[bytes | int] = []
        for hit in self.hits:
            words.append(numbers.setdefault(hit.rule.arguments, len(numbers) + 1))
            words.append(hit.cost)
        return [len(numbers), *chain.from_iterable(numbers), *words]

    def _memory(self, check: Check) -> str:
        """Where the answer is remembered: on these hits' slot, since a request may have several acts."""
        place = self.places[0]
        suffix = f"request:{segment(check.request_id)}" + (f":{place}" if place else "")
        return check.keyspace.sidecar(self.hits[0].name, suffix)

    def _answers(self, reply: object) -> list[Answer]:
        numbers: list[int] = reply  # type: ignore[assignment] # as the script says
        if not numbers:
            raise InvalidRequest({"request_id": "was given to another request before"})
        return list(map(_answer, self.hits, self.keys, numbers[0::3], numbers[1::3], numbers[2::3]))


def _answer(hit: Hit, key: str, wait: int, remaining: int, full_after: int) -> Answer:
    if wait == 0:
        return Result(hit.rule, True, remaining, full_after)
    if wait == _FOREIGN:
        return KeyTypeConflict(key)
    if wait == _NEVER:
        return Result(hit.rule, False, remaining, full_after, cost_exceeds_limit=True)
    return Result(hit.rule, False, remaining, full_after, wait)


def _fingerprint(check: Check) -> bytes:
    """Of all hits, though an act may have few of them; by the names of policies, which may be reloaded."""
    if not check.request_id:
        return b""
    told = [
        str(hit)
        if isinstance(hit, PolicyNotFound)
        else (hit.name, hit.rule.policy or hit.rule.arguments, hit.cost)
        for hit in check.hits
    ]
    return hashlib.sha256(repr((check.together, told)).encode()).digest()[:16]


def sum_of(check: Check) -> tuple[Act, Sequence[int]]:
    """All hits as one act, in which equal ones are one; and the number of each hit's sum in it.

    Hits on one state under several limits keep their order: only those that follow each other are summed.
    PolicyNotFound if one has no rule.
    """
    hits = list(map(_with_rule, check.hits))
    keys = [hit.rule.key(check.keyspace, hit.name) for hit in hits]
    places = range(len(hits))
    if len(set(keys)) == len(keys):
        return Act(keys, hits, places, _fingerprint(check)), places
    latest: dict[str, int] = {}
    sums: list[Hit] = []
    numbers: list[int] = []
    for key, hit in zip(keys, hits, strict=True):
        number = latest.get(key)
        if number is not None and sums[number].rule.arguments == hit.rule.arguments:
            sums[number] = sums[number]._replace(cost=sums[number].cost + hit.cost)
        else:
            number = latest[key] = len(sums)
            sums.append(hit)
        numbers.append(number)
    summed_keys = [hit.rule.key(check.keyspace, hit.name) for hit in sums]
    return Act(summed_keys, sums, range(len(sums)), _fingerprint(check)), numbers


def _with_rule(hit: Hit | PolicyNotFound) -> Hit:
    if isinstance(hit, PolicyNotFound):
        raise hit
    return hit


def each_of(check: Check, redis_client: RedisClient) -> list[list[Act]]:
    """The hits that have a rule, grouped by what one script may touch. Those of a group keep their order."""
    hits = {place: hit for place, hit in enumerate(check.hits) if isinstance(hit, Hit)}
    places = list(hits)
    keys = [hit.rule.key(check.keyspace, hit.name) for hit in hits.values()]
    fingerprint = _fingerprint(check)
    return [
        [
            Act(
                [keys[at] for at in chunk],
                [hits[places[at]] for at in chunk],
                [places[at] for at in chunk],
                fingerprint,
            )
            for chunk in (group[start : start + MOST_HITS] for start in range(0, len(group), MOST_HITS))
        ]
        for group in redis_client.split_by_slot(keys)
    ]
