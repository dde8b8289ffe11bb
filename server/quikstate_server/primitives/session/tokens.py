"""Tokens: which are revoked, by themselves or with all of their user's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Claims, Refusal, Revoked, TokenId, Verdict, valid_from
from quikstate_server.primitives.session.script_runner import Acts, script
from quikstate_server.primitives.session.user_store import UserStore, not_before_key
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

REVOKE_TOKENS = script("session_revoke_tokens.lua", allow_oom=True)
CHECK_TOKENS = script("session_check_tokens.lua", read_only=True)

_UNKNOWN_EXPIRY_MS = 15 * 60 * 1_000
"""How long a token is remembered whose expiry is not told, as in the seed."""
_MOST_KEYS = 100
"""In one script, so that nobody waits long for it to end."""

Status = QuikstateError | None


@dataclass(slots=True)
class _Doubt:
    """What is known of one token so far."""

    revoked: bool = False
    mark: int = 0
    now: int = 0
    error: QuikstateError | None = None


@dataclass(frozen=True, slots=True)
class _Question:
    """One key that is asked for, and whom it is about."""

    key: str
    about: str
    place: int = field(compare=False)


class Tokens:
    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._redis_client = redis_client
        self._acts = Acts(redis_client, limits)
        self._users = UserStore(self._acts)

    async def revoke(
        self, keyspace: Keyspace, tokens: Sequence[TokenId], min_replicas: int = 0
    ) -> tuple[list[Status], int]:
        """For each token None once it is revoked, or why it is not; and how many replicas know of all."""
        names = [keyspace.key(keys.blacklisted_token(token.jti)) for token in tokens]
        groups = self._redis_client.split(names)
        statuses: list[Status] = [None] * len(tokens)
        outcomes = await asyncio.gather(
            *(self._revoke([names[at] for at in group], [tokens[at] for at in group], min_replicas)
              for group in groups),
            return_exceptions=True,
        )  # fmt: skip
        failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        _raise_if_all(failed, len(outcomes))
        for group, outcome in zip(groups, outcomes, strict=True):
            told = outcome[0] if isinstance(outcome, tuple) else [outcome] * len(group)
            for at, status in zip(group, told, strict=True):
                statuses[at] = cast("Status", status)
        return statuses, min((outcome[1] for outcome in outcomes if isinstance(outcome, tuple)), default=0)

    async def revoke_user(
        self, keyspace: Keyspace, user_id: str, issued_before: int | None = None, min_replicas: int = 0
    ) -> Revoked:
        """All of a user that were issued before an instant, in microseconds; None for now."""
        mark, replicas = await self._users.revoke_tokens(keyspace, user_id, issued_before, min_replicas)
        return Revoked((), valid_from(mark), replicas)

    async def check(self, keyspace: Keyspace, tokens: Sequence[Claims]) -> list[Verdict]:
        """A verdict a token. One that could not be looked up is not valid; if none could, that is raised."""
        asked = [
            question for place, one in enumerate(tokens) for question in _questions(keyspace, place, one)
        ]
        groups = [
            [asked[at] for at in group[start : start + _MOST_KEYS]]
            for group in self._redis_client.split([question.key for question in asked])
            for start in range(0, len(group), _MOST_KEYS)
        ]
        doubts = [_Doubt() for _ in tokens]
        outcomes = await asyncio.gather(*(self._ask(group) for group in groups), return_exceptions=True)
        _raise_if_all([one for one in outcomes if isinstance(one, BaseException)], len(outcomes))
        for group, outcome in zip(groups, outcomes, strict=True):
            for number, question in enumerate(group):
                doubt = doubts[question.place]
                if isinstance(outcome, BaseException):
                    doubt.error = cast("QuikstateError", outcome)
                elif question.about == "jti":
                    doubt.revoked = bool(outcome[number + 1])
                else:
                    doubt.mark, doubt.now = (int(cast("bytes", outcome[at])) for at in (number + 1, 0))
        lead = self._acts.limits.max_clock_lead_seconds
        return [_verdict(token, doubt, lead) for token, doubt in zip(tokens, doubts, strict=True)]

    async def _revoke(
        self, names: Sequence[str], tokens: Sequence[TokenId], min_replicas: int
    ) -> tuple[list[Status], int]:
        longest = self._acts.limits.max_token_lifetime_seconds
        expiries = ["" if token.expires is None else token.expires for token in tokens]
        reply, replicas = await self._acts.run(
            REVOKE_TOKENS,
            names,
            longest * 1_000_000,
            _UNKNOWN_EXPIRY_MS,
            *expiries,
            min_replicas=min_replicas,
        )
        late = InvalidRequest({"expire_time": f"must be at most {longest} s ahead"})
        return [None if done else late for done in cast("list[int]", reply)], replicas

    async def _ask(self, questions: Sequence[_Question]) -> list[object]:
        names = [question.key for question in questions]
        about = [question.about for question in questions]
        reply, _ = await self._acts.run(CHECK_TOKENS, names, *about)
        return cast("list[object]", reply)


def _questions(keyspace: Keyspace, place: int, token: Claims) -> list[_Question]:
    asked = []
    if token.jti:
        asked.append(_Question(keyspace.key(keys.blacklisted_token(token.jti)), "jti", place))
    if token.user_id:
        asked.append(_Question(not_before_key(keyspace, token.user_id), f"device:{token.device_id}", place))
    return asked


def _verdict(token: Claims, doubt: _Doubt, lead: float) -> Verdict:
    """What is known to be revoked is refused, whatever is not known beside it.

    So is what says that it was issued in the future, further than `lead` seconds ahead or than was told to
    be right after a revocation: no revocation of its user would reach it.
    """
    if doubt.revoked:
        return Verdict(False, Refusal.REVOKED)
    if doubt.mark and token.issued_at < valid_from(doubt.mark):
        return Verdict(False, Refusal.ISSUED_BEFORE, valid_from(doubt.mark))
    if doubt.error:
        return Verdict(False, error=doubt.error)
    if token.user_id and token.issued_at > max(doubt.now / 1e6 + lead, valid_from(doubt.mark)):
        return Verdict(False, Refusal.ISSUED_AHEAD)
    return Verdict(True)


def _raise_if_all(failed: Sequence[BaseException], count: int) -> None:
    """What nobody foresaw is raised too, and what failed for all is no matter of items."""
    strange = [error for error in failed if not isinstance(error, QuikstateError)]
    if strange or (failed and len(failed) == count):
        raise (strange or failed)[0]
