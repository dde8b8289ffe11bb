"""Batches of hits: a request becomes runs of rate_limit_check.lua, and each reply outcomes of hits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from quikstate_server.errors import InvalidRequest, KeyTypeConflict, PolicyNotFound
from quikstate_server.keys import segment
from quikstate_server.primitives.rate_limit.model import Hit, HitOutcome, HitResult, RateLimitCheck
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_list
from quikstate_server.redis_client.script import load_script

_PARTS = (
    "rate_limit_arguments.lua",
    "rate_limit_log_numbers.lua",
    "rate_limit_log_state.lua",
    "rate_limit_token_bucket.lua",
    "rate_limit_fixed_window.lua",
    "rate_limit_sliding_window_log.lua",
    "rate_limit_sliding_window_counter.lua",
    "rate_limit_rules.lua",
    "rate_limit_decide_hit.lua",
    "rate_limit_report_hit.lua",
)
CHECK: Final = load_script(__package__, "rate_limit_check.lua", *_PARTS)
CHECK_READ_ONLY: Final = load_script(__package__, "rate_limit_check.lua", *_PARTS, read_only=True)
"""The same script for peeks and dry runs: it may run where nothing may be written."""

_NEVER, _WRONG_TYPE = -1, -2
_COST = attrgetter("cost")


class HitBatch(NamedTuple):
    """Hits that one run of rate_limit_check.lua decides on."""

    keys: Sequence[str]
    """Where the limit of each hit keeps its state."""
    hits: Sequence[Hit]
    first_index: int = 0
    """The index of the first hit in the request."""
    fingerprint: bytes = b""
    """Tells the whole request from others, if it has an id."""

    async def run(self, redis_client: RedisClient, check: RateLimitCheck, reply_ms: int) -> list[HitOutcome]:
        """Run the script; return the outcome of each hit."""
        is_read_only = check.dry_run or not any(map(_COST, self.hits))
        is_reply_stored = bool(check.request_id) and not is_read_only
        reply = await redis_client.run(
            CHECK_READ_ONLY if is_read_only else CHECK,
            [*self.keys, self._reply_key(check)] if is_reply_stored else self.keys,
            int(check.all_or_nothing),
            int(is_read_only),
            reply_ms,
            self.fingerprint if is_reply_stored else 0,
            *self.rule_and_hit_args(),
            safe_to_repeat=is_read_only or is_reply_stored,
        )
        if reply is None:
            raise KeyTypeConflict(self._reply_key(check))
        return self._parse_reply(read_list(reply))  # read_ints would take 1 µs and more of every check

    def rule_and_hit_args(self) -> list[bytes | int]:
        """Return the number of rules and each rule, then of each hit the number of its rule and its cost."""
        rule_numbers: dict[tuple[bytes, ...], int] = {}
        hit_args: list[bytes | int] = []
        for hit in self.hits:
            hit_args.append(rule_numbers.setdefault(hit.rule.script_args, len(rule_numbers) + 1))
            hit_args.append(hit.cost)
        return [len(rule_numbers), *chain.from_iterable(rule_numbers), *hit_args]

    def _reply_key(self, check: RateLimitCheck) -> str:
        """Return the key of the stored reply: on the slot of this batch, as a request may have several."""
        suffix = f"request:{segment(check.request_id)}" + (f":{self.first_index}" if self.first_index else "")
        return check.keyspace.sidecar(self.hits[0].name, suffix)

    def _parse_reply(self, numbers: list[int]) -> list[HitOutcome]:
        if not numbers:
            raise InvalidRequest({"request_id": "was already used for a different request"})
        return list(map(_parse_outcome, self.hits, self.keys, numbers[0::3], numbers[1::3], numbers[2::3]))


def _parse_outcome(hit: Hit, key: str, wait: int, remaining: int, full_after: int) -> HitOutcome:
    if wait == 0:
        return HitResult(hit.rule, True, remaining, full_after)
    if wait == _WRONG_TYPE:
        return KeyTypeConflict(key)
    if wait == _NEVER:
        return HitResult(hit.rule, False, remaining, full_after, cost_exceeds_limit=True)
    return HitResult(hit.rule, False, remaining, full_after, wait)


def _request_fingerprint(check: RateLimitCheck) -> bytes:
    """Return a digest of all hits of a request, b"" if it has no id.

    It has the names of policies and not their limits: the policy file may be reloaded before a repeat.
    """
    if not check.request_id:
        return b""
    hits = [
        str(hit)
        if isinstance(hit, PolicyNotFound)
        else (hit.name, hit.rule.policy or hit.rule.script_args, hit.cost)
        for hit in check.hits
    ]
    return hashlib.sha256(repr((check.all_or_nothing, hits)).encode()).digest()[:16]


def summed_batch(check: RateLimitCheck) -> tuple[HitBatch, Sequence[int]]:
    """Return all hits as one batch in which equal hits are summed, and the index in it of each hit.

    Hits on one state under several limits keep their order: only those that follow each other are summed.
    PolicyNotFound is raised if a hit has no rule.
    """
    hits = list(map(_hit_with_rule, check.hits))
    keys = [hit.rule.key(check.keyspace, hit.name) for hit in hits]
    fingerprint = _request_fingerprint(check)
    if len(set(keys)) == len(keys):
        return HitBatch(keys, hits, 0, fingerprint), range(len(hits))
    last_index_on: dict[str, int] = {}
    sums: list[Hit] = []
    indexes: list[int] = []
    for key, hit in zip(keys, hits, strict=True):
        index = last_index_on.get(key)
        if index is not None and sums[index].rule.script_args == hit.rule.script_args:
            sums[index] = sums[index]._replace(cost=sums[index].cost + hit.cost)
        else:
            index = last_index_on[key] = len(sums)
            sums.append(hit)
        indexes.append(index)
    summed_keys = [hit.rule.key(check.keyspace, hit.name) for hit in sums]
    return HitBatch(summed_keys, sums, 0, fingerprint), indexes


class IndependentHits(NamedTuple):
    """The hits of a request whose policies exist, each decided by itself."""

    hits: Sequence[Hit]
    keys: Sequence[str]
    indexes: Sequence[int]
    """The index of each hit in the request."""
    fingerprint: bytes

    def batch(self, positions: Sequence[int]) -> HitBatch:
        """Return the hits at these positions as one batch."""
        keys = [self.keys[position] for position in positions]
        hits = [self.hits[position] for position in positions]
        return HitBatch(keys, hits, self.indexes[positions[0]], self.fingerprint)


def independent_hits(check: RateLimitCheck) -> IndependentHits:
    """Return the hits of a request whose policies exist."""
    indexes = [index for index, hit in enumerate(check.hits) if isinstance(hit, Hit)]
    hits = [hit for hit in check.hits if isinstance(hit, Hit)]
    keys = [hit.rule.key(check.keyspace, hit.name) for hit in hits]
    return IndependentHits(hits, keys, indexes, _request_fingerprint(check))


def _hit_with_rule(hit: Hit | PolicyNotFound) -> Hit:
    if isinstance(hit, PolicyNotFound):
        raise hit
    return hit
