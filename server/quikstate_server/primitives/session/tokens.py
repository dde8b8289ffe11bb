"""Revocation of tokens: one by one, by jti, or all of a user at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import (
    RevocationResult,
    TokenCheckResult,
    TokenClaims,
    TokenId,
    TokenRefusal,
    first_valid_second,
)
from quikstate_server.primitives.session.revocation_marks import RevocationMarks, not_before_key
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_ints, read_list
from quikstate_server.redis_client.script import load_script
from quikstate_server.redis_client.slot_batches import raise_if_all_failed, run_slot_batches
from quikstate_server.settings import Limits

REVOKE_TOKENS = load_script(__package__, "session_revoke_tokens.lua", flags="allow-oom")
CHECK_TOKENS = load_script(__package__, "session_check_tokens.lua", read_only=True)

_UNKNOWN_EXPIRY_MS = 15 * 60 * 1_000
"""How long a revoked token is remembered if its expiry is unknown; as in the legacy key layout."""


class _Revocation(NamedTuple):
    """The result for one token to revoke: `error` if it was not, and the replicas that know of it."""

    error: QuikstateError | None
    replicas: int


class _KeyLookup(NamedTuple):
    """One key that is read for a token: its own, if `kind` is `jti`, or its user's marks."""

    token_index: int
    key: str
    kind: str


class _LookupResult(NamedTuple):
    """1 or 0 for a token's own key, or its user's last mark; and when it was read."""

    value: int
    now: int


@dataclass(slots=True)
class _TokenState:
    """The results of the lookups of one token."""

    is_revoked: bool = False
    last_mark: int = 0
    now: int = 0
    error: QuikstateError | None = None

    def add(self, lookup: _KeyLookup, result: _LookupResult | QuikstateError) -> None:
        """Take in the result of one lookup."""
        if isinstance(result, QuikstateError):
            self.error = result
        elif lookup.kind == "jti":
            self.is_revoked = bool(result.value)
        else:
            self.last_mark, self.now = result


class Tokens:
    """The tokens of all users. Several servers may share one Redis."""

    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._redis_client = redis_client
        self._limits = limits
        self._marks = RevocationMarks(redis_client, limits)

    async def revoke(
        self, keyspace: Keyspace, tokens: Sequence[TokenId], min_replicas: int = 0
    ) -> tuple[list[QuikstateError | None], int]:
        """Revoke tokens by jti; return for each None or its error, and how many replicas know of them all."""
        token_keys = [keyspace.key(keys.blacklisted_token(token.jti)) for token in tokens]

        async def revoke(indexes: Sequence[int]) -> list[_Revocation]:
            slot_keys, slot_tokens = [token_keys[i] for i in indexes], [tokens[i] for i in indexes]
            return await self._revoke(slot_keys, slot_tokens, min_replicas)

        groups = self._redis_client.split_by_slot(token_keys)
        results = await run_slot_batches(groups, revoke, max_concurrent=None)
        raise_if_all_failed(results)
        errors = [result.error if isinstance(result, _Revocation) else result for result in results]
        replicas = [result.replicas for result in results if isinstance(result, _Revocation)]
        return errors, min(replicas, default=0)

    async def revoke_user(
        self, keyspace: Keyspace, user_id: str, issued_before: int | None = None, min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke all tokens of a user that were issued before an instant in µs; None for now."""
        mark, replicas = await self._marks.mark_tokens(keyspace, user_id, issued_before, min_replicas)
        return RevocationResult((), first_valid_second(mark), replicas)

    async def check(self, keyspace: Keyspace, tokens: Sequence[TokenClaims]) -> list[TokenCheckResult]:
        """Return a verdict for each token. If Redis fails for some they are not valid; if for all, raise."""
        lookups = [
            lookup for index, token in enumerate(tokens) for lookup in _lookups(keyspace, index, token)
        ]

        async def look_up(indexes: Sequence[int]) -> list[_LookupResult]:
            return await self._look_up([lookups[i] for i in indexes])

        groups = self._redis_client.split_by_slot([lookup.key for lookup in lookups])
        results = await run_slot_batches(groups, look_up, max_concurrent=None)
        states = [_TokenState() for _ in tokens]
        for lookup, result in zip(lookups, raise_if_all_failed(results), strict=True):
            states[lookup.token_index].add(lookup, result)
        max_lead = self._limits.max_clock_lead_seconds
        return [_judge(token, state, max_lead) for token, state in zip(tokens, states, strict=True)]

    async def _revoke(
        self, token_keys: Sequence[str], tokens: Sequence[TokenId], min_replicas: int
    ) -> list[_Revocation]:
        max_lifetime = self._limits.max_token_lifetime_seconds
        acknowledged = await self._redis_client.run_acknowledged(
            REVOKE_TOKENS,
            token_keys,
            max_lifetime * 1_000_000,
            _UNKNOWN_EXPIRY_MS,
            *("" if token.expires_at is None else token.expires_at for token in tokens),
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        too_late = InvalidRequest({"expire_time": f"must be at most {max_lifetime} s from now"})
        return [
            _Revocation(None if is_revoked else too_late, acknowledged.replicas)
            for is_revoked in read_ints(acknowledged.reply)
        ]

    async def _look_up(self, lookups: Sequence[_KeyLookup]) -> list[_LookupResult]:
        lookup_keys, kinds = [lookup.key for lookup in lookups], [lookup.kind for lookup in lookups]
        now, *values = read_list(await self._redis_client.run(CHECK_TOKENS, lookup_keys, *kinds))
        return [_LookupResult(int(value), int(now)) for value in values]


def _lookups(keyspace: Keyspace, index: int, token: TokenClaims) -> list[_KeyLookup]:
    lookups = []
    if token.jti:
        lookups.append(_KeyLookup(index, keyspace.key(keys.blacklisted_token(token.jti)), "jti"))
    if token.user_id:
        marks_key = not_before_key(keyspace, token.user_id)
        lookups.append(_KeyLookup(index, marks_key, f"device:{token.device_id}"))
    return lookups


def _judge(token: TokenClaims, state: _TokenState, max_lead: float) -> TokenCheckResult:
    """Return the verdict on a token: a known revocation refuses it, even if another lookup failed.

    A token whose iat is further ahead of Redis's clock than `max_lead` seconds, and than the first second
    after the last mark, is refused too: a revocation of all of its user's tokens would not reach it.
    """
    if state.is_revoked:
        return TokenCheckResult(False, TokenRefusal.REVOKED)
    if state.last_mark and token.issued_at < first_valid_second(state.last_mark):
        return TokenCheckResult(False, TokenRefusal.ISSUED_BEFORE, first_valid_second(state.last_mark))
    if state.error:
        return TokenCheckResult(False, error=state.error)
    latest_iat = max(state.now / 1e6 + max_lead, first_valid_second(state.last_mark))
    if token.user_id and token.issued_at > latest_iat:
        return TokenCheckResult(False, TokenRefusal.ISSUED_AHEAD)
    return TokenCheckResult(True)
