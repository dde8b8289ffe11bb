"""A batch as acts on one slot each: what fails for some of its items does not fail for the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from quikstate_server.errors import QuikstateError
from quikstate_server.redis_client.client import RedisClient

T = TypeVar("T")
Act = Callable[[Sequence[int]], Awaitable[Sequence[T | QuikstateError]]]
"""Answers for the keys at these positions."""

_AT_ONCE = 16
"""Most scripts of one batch at a time: in a cluster nearly every key is on a slot of its own."""
_MOST = 100
"""Most keys a script, so that nobody waits long for it to end."""


async def by_slot(
    redis_client: RedisClient,
    keys: Sequence[str],
    act: Act[T],
) -> list[T | QuikstateError]:
    """Run `act` for the positions of the keys of each slot; its answers in the order of `keys`."""
    if not keys:
        return []
    groups = redis_client.split_by_slot(keys)
    if len(groups) == 1 and len(keys) <= _MOST:  # as it nearly always is outside of a cluster
        return await _answers(groups[0], act)
    room = asyncio.Semaphore(_AT_ONCE)

    async def in_turn(places: Sequence[int]) -> list[T | QuikstateError]:
        async with room:
            return await _answers(places, act)

    chunks = [group[at : at + _MOST] for group in groups for at in range(0, len(group), _MOST)]
    answers: dict[int, T | QuikstateError] = {}
    for places, told in zip(chunks, await asyncio.gather(*map(in_turn, chunks)), strict=True):
        answers.update(zip(places, told, strict=True))
    return [answers[place] for place in range(len(keys))]


async def _answers(places: Sequence[int], act: Act[T]) -> list[T | QuikstateError]:
    """Of one script; what it raises is the answer to each."""
    try:
        return list(await act(places))
    except QuikstateError as error:
        return [error] * len(places)


def unless_all_failed(answers: Sequence[T | QuikstateError]) -> Sequence[T | QuikstateError]:
    """`answers`; where there is nothing but errors the first is raised, as that of the whole call."""
    errors = [answer for answer in answers if isinstance(answer, QuikstateError)]
    if errors and len(errors) == len(answers):
        raise errors[0]
    return answers
