"""A batch over many slots: in chunks, a few at a time, and each fails alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from quikstate_server.errors import OutcomeUnknown, QuikstateError, RedisUnavailable
from quikstate_server.primitives.cache.slots import by_slot, unless_all_failed
from quikstate_server.redis_client.client import RedisClient
from support.harness.eventually import turns

KEYS = [str(number) for number in range(1_000)]


class Slots:
    """A Redis client with this many slots, as far as batches need one."""

    def __init__(self, count: int) -> None:
        self.count = count

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        groups = [list(range(slot, len(keys), self.count)) for slot in range(self.count)]
        return [group for group in groups if group]


def redis_client(slots: int) -> RedisClient:
    return cast("RedisClient", Slots(slots))


async def test_cache_batch_is_answered_in_its_order_in_chunks_and_a_few_at_a_time() -> None:
    for slots in (1, 3, 1_000):
        sizes: list[int] = []
        running = most = 0

        async def act(places: Sequence[int]) -> Sequence[str | QuikstateError]:
            nonlocal running, most
            sizes.append(len(places))  # noqa: B023 - it is called here
            running += 1
            most = max(most, running)
            await turns(3)
            running -= 1
            return [KEYS[place] for place in places]

        assert await by_slot(redis_client(slots), KEYS, act) == KEYS
        assert max(sizes) <= 100
        assert most <= 16


async def test_cache_batch_fails_only_where_it_fails() -> None:
    async def act(places: Sequence[int]) -> Sequence[int | QuikstateError]:
        if places[0] == 1:
            raise OutcomeUnknown
        return list(places)

    answers: list[Any] = await by_slot(redis_client(4), KEYS[:8], act)
    assert [isinstance(answer, OutcomeUnknown) for answer in answers] == [False, True, False, False] * 2
    assert unless_all_failed(answers) == answers


async def test_cache_batch_that_fails_wholly_fails_as_its_first_item() -> None:
    with pytest.raises(OutcomeUnknown):
        unless_all_failed([OutcomeUnknown(), RedisUnavailable("gone")])
    assert unless_all_failed([]) == []


async def test_cache_batch_of_nothing_asks_nobody() -> None:
    async def act(places: Sequence[int]) -> Sequence[int | QuikstateError]:
        raise AssertionError(places)

    assert await by_slot(redis_client(1), [], act) == []
