"""Revocation of tokens: one by one, by jti, or all of a user at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import (
    RevocationResult,
    TokenClaims,
    TokenId,
    TokenRefusal,
    TokenVerdict,
    first_valid_second,
)
from quikstate_server.primitives.session.script_runner import ScriptRunner, script
from quikstate_server.primitives.session.user_session_store import UserSessionStore, not_before_key
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

REVOKE_TOKENS = script("session_revoke_tokens.lua", allow_oom=True)
CHECK_TOKENS = script("session_check_tokens.lua", read_only=True)

_UNKNOWN_EXPIRY_MS = 15 * 60 * 1_000
"""How long a revoked token is remembered if its expiry is unknown; as in the legacy key layout."""
_MAX_KEYS = 100
"""Most keys of one script, so that it does not delay other callers."""


@dataclass(slots=True)
class _TokenState:
    """What the lookups of one token have returned."""

    is_revoked: bool = False
    last_mark: int = 0
    now: int = 0
    error: QuikstateError | None = None


@dataclass(frozen=True, slots=True)
class _KeyLookup:
    """One key that is read for a token: its own, if `kind` is `jti`, or its user's marks."""

    key: str
    kind: str
    token_index: int = field(compare=False)


class Tokens:
    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._redis_client = redis_client
        self._runner = ScriptRunner(redis_client, limits)
        self._users = UserSessionStore(self._runner)

    async def revoke(
        self, keyspace: Keyspace, tokens: Sequence[TokenId], min_replicas: int = 0
    ) -> tuple[list[QuikstateError | None], int]:
        """Revoke tokens by jti; return for each None or its error, and how many replicas have all of them."""
        token_keys = [keyspace.key(keys.blacklisted_token(token.jti)) for token in tokens]
        groups = self._redis_client.split_by_slot(token_keys)
        statuses: list[QuikstateError | None] = [None] * len(tokens)
        outcomes = await asyncio.gather(
            *(
                self._revoke([token_keys[i] for i in group], [tokens[i] for i in group], min_replicas)
                for group in groups
            ),
            return_exceptions=True,
        )
        failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        _raise_if_all(failed, len(outcomes))
        for group, outcome in zip(groups, outcomes, strict=True):
            group_statuses = outcome[0] if isinstance(outcome, tuple) else [outcome] * len(group)
            for index, status in zip(group, group_statuses, strict=True):
                statuses[index] = cast("QuikstateError | None", status)
        return statuses, min((outcome[1] for outcome in outcomes if isinstance(outcome, tuple)), default=0)

    async def revoke_user(
        self, keyspace: Keyspace, user_id: str, issued_before: int | None = None, min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke all tokens of a user that were issued before an instant in µs; None for now."""
        mark, replicas = await self._users.revoke_tokens(keyspace, user_id, issued_before, min_replicas)
        return RevocationResult((), first_valid_second(mark), replicas)

    async def check(self, keyspace: Keyspace, tokens: Sequence[TokenClaims]) -> list[TokenVerdict]:
        """Return a verdict for each token. If Redis fails for some they are not valid; if for all, raise."""
        lookups = [
            lookup for index, token in enumerate(tokens) for lookup in _lookups(keyspace, index, token)
        ]
        groups = [
            [lookups[i] for i in group[start : start + _MAX_KEYS]]
            for group in self._redis_client.split_by_slot([lookup.key for lookup in lookups])
            for start in range(0, len(group), _MAX_KEYS)
        ]
        states = [_TokenState() for _ in tokens]
        outcomes = await asyncio.gather(*(self._look_up(group) for group in groups), return_exceptions=True)
        _raise_if_all([outcome for outcome in outcomes if isinstance(outcome, BaseException)], len(outcomes))
        for group, outcome in zip(groups, outcomes, strict=True):
            for number, lookup in enumerate(group):
                state = states[lookup.token_index]
                if isinstance(outcome, BaseException):
                    state.error = cast("QuikstateError", outcome)
                elif lookup.kind == "jti":
                    state.is_revoked = bool(outcome[number + 1])
                else:
                    state.last_mark, state.now = (int(cast("bytes", outcome[i])) for i in (number + 1, 0))
        max_lead = self._runner.limits.max_clock_lead_seconds
        return [_judge(token, state, max_lead) for token, state in zip(tokens, states, strict=True)]

    async def _revoke(
        self, token_keys: Sequence[str], tokens: Sequence[TokenId], min_replicas: int
    ) -> tuple[list[QuikstateError | None], int]:
        max_lifetime = self._runner.limits.max_token_lifetime_seconds
        acknowledged = await self._runner.run(
            REVOKE_TOKENS,
            token_keys,
            max_lifetime * 1_000_000,
            _UNKNOWN_EXPIRY_MS,
            *("" if token.expires_at is None else token.expires_at for token in tokens),
            min_replicas=min_replicas,
        )
        too_late = InvalidRequest({"expire_time": f"must be at most {max_lifetime} s from now"})
        revoked = cast("list[int]", acknowledged.reply)
        return [None if is_revoked else too_late for is_revoked in revoked], acknowledged.replicas

    async def _look_up(self, lookups: Sequence[_KeyLookup]) -> list[object]:
        lookup_keys, kinds = [lookup.key for lookup in lookups], [lookup.kind for lookup in lookups]
        acknowledged = await self._runner.run(CHECK_TOKENS, lookup_keys, *kinds)
        return cast("list[object]", acknowledged.reply)


def _lookups(keyspace: Keyspace, index: int, token: TokenClaims) -> list[_KeyLookup]:
    lookups = []
    if token.jti:
        lookups.append(_KeyLookup(keyspace.key(keys.blacklisted_token(token.jti)), "jti", index))
    if token.user_id:
        lookups.append(
            _KeyLookup(not_before_key(keyspace, token.user_id), f"device:{token.device_id}", index)
        )
    return lookups


def _judge(token: TokenClaims, state: _TokenState, max_lead: float) -> TokenVerdict:
    """Return the verdict on a token: a known revocation refuses it, even if another lookup failed.

    A token whose iat is further ahead of Redis's clock than `max_lead` seconds, and than the first second
    after the last mark, is refused too: a revocation of all of its user's tokens would not reach it.
    """
    if state.is_revoked:
        return TokenVerdict(False, TokenRefusal.REVOKED)
    if state.last_mark and token.issued_at < first_valid_second(state.last_mark):
        return TokenVerdict(False, TokenRefusal.ISSUED_BEFORE, first_valid_second(state.last_mark))
    if state.error:
        return TokenVerdict(False, error=state.error)
    latest_iat = max(state.now / 1e6 + max_lead, first_valid_second(state.last_mark))
    if token.user_id and token.issued_at > latest_iat:
        return TokenVerdict(False, TokenRefusal.ISSUED_AHEAD)
    return TokenVerdict(True)


def _raise_if_all(failed: Sequence[BaseException], count: int) -> None:
    """Raise an unexpected error, or the first if all of `count` calls have failed."""
    unexpected = [error for error in failed if not isinstance(error, QuikstateError)]
    if unexpected or (failed and len(failed) == count):
        raise (unexpected or failed)[0]
