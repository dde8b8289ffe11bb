"""A batch over many slots runs in chunks, a few at a time, and each slot fails alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quikstate_server.errors import OutcomeUnknown, Overloaded, QuikstateError, RedisUnavailable
from quikstate_server.redis_client.slot_batches import (
    NOT_REACHED,
    NotReached,
    group_equal,
    raise_first_error,
    raise_if_all_failed,
    run_slot_batches,
)
from support.harness.eventually import turns


def groups_of(count: int, slots: int) -> list[list[int]]:
    """Return the indexes of `count` items that are spread over so many slots."""
    return group_equal(index % slots for index in range(count))


class Scripts:
    """Runs chunks, and notes which, and how many at a time."""

    def __init__(self, *, failing: frozenset[int] = frozenset(), reached: int | None = None) -> None:
        self.chunks: list[Sequence[int]] = []
        self.max_running = 0
        self._running = 0
        self._failing = failing
        self._reached = reached

    async def run(self, indexes: Sequence[int]) -> Sequence[str | QuikstateError | NotReached]:
        self.chunks.append(indexes)
        self._running += 1
        self.max_running = max(self.max_running, self._running)
        await turns(3)
        self._running -= 1
        if self._failing.intersection(indexes):
            raise OutcomeUnknown
        reached = len(indexes) if self._reached is None else self._reached
        return [str(index) if at < reached else NOT_REACHED for at, index in enumerate(indexes)]


@pytest.mark.parametrize("slots", [1, 3, 1_000])
async def test_slot_batch_results_have_the_order_of_the_items(slots: int) -> None:
    scripts = Scripts()
    results = await run_slot_batches(groups_of(1_000, slots), scripts.run)
    assert results == [str(index) for index in range(1_000)]
    assert max(map(len, scripts.chunks)) <= 100
    assert scripts.max_running <= 16


async def test_slot_batch_of_nothing_runs_nothing() -> None:
    scripts = Scripts()
    assert await run_slot_batches([], scripts.run) == []
    assert scripts.chunks == []


async def test_slot_batch_fails_only_where_it_fails() -> None:
    results: list[Any] = await run_slot_batches(groups_of(8, 4), Scripts(failing=frozenset({1})).run)
    assert [isinstance(result, OutcomeUnknown) for result in results] == [False, True, False, False] * 2


async def test_slot_batch_passes_on_what_is_no_error_of_an_item() -> None:
    async def run(indexes: Sequence[int]) -> Sequence[str]:
        raise ValueError(indexes)

    with pytest.raises(ValueError, match="0"):
        await run_slot_batches(groups_of(8, 4), run)


async def test_slot_batch_runs_one_script_at_a_time_if_told_so() -> None:
    scripts = Scripts()
    await run_slot_batches(groups_of(20, 10), scripts.run, max_concurrent=1)
    assert scripts.max_running == 1
    scripts = Scripts()
    await run_slot_batches(groups_of(200, 100), scripts.run, max_concurrent=None)
    assert scripts.max_running == 100


async def test_slot_batch_without_a_limit_runs_one_script_a_group() -> None:
    scripts = Scripts()
    await run_slot_batches(groups_of(1_000, 2), scripts.run, max_items=None)
    assert [len(chunk) for chunk in scripts.chunks] == [500, 500]


async def test_slot_batch_chunks_by_weight_with_one_item_at_least() -> None:
    scripts = Scripts()
    weights = [5, 50, 1, 1, 8, 1]
    await run_slot_batches(groups_of(6, 1), scripts.run, max_items=3, weights=weights, max_weight=10)
    assert scripts.chunks == [[0], [1], [2, 3, 4], [5]]


@pytest.mark.parametrize("skipped", [None, RedisUnavailable("was not asked")])
async def test_slot_batch_in_order_stops_at_a_chunk_that_fails(skipped: QuikstateError | None) -> None:
    """In its own slot alone."""
    scripts = Scripts(failing=frozenset({2}))
    results = await run_slot_batches(
        groups_of(12, 2), scripts.run, max_items=2, in_order=True, skipped=skipped
    )
    assert [index for index, result in enumerate(results) if result == str(index)] == [1, 3, 5, 7, 9, 11]
    assert [chunk for chunk in scripts.chunks if chunk[0] % 2 == 0] == [[0, 2]]
    assert isinstance(results[2], OutcomeUnknown)
    assert all(results[index] is (skipped or results[2]) for index in (4, 6, 8, 10))


async def test_slot_batch_runs_what_was_not_reached_again() -> None:
    scripts = Scripts(reached=2)
    assert await run_slot_batches(groups_of(5, 1), scripts.run) == list("01234")
    assert scripts.chunks == [[0, 1, 2, 3, 4], [2, 3, 4], [4]]


async def test_slot_batch_keeps_what_was_reached_before_an_error() -> None:
    scripts = Scripts(reached=2)

    async def run(indexes: Sequence[int]) -> Sequence[str | QuikstateError | NotReached]:
        if 0 not in indexes:
            raise Overloaded("limit")
        return await scripts.run(indexes)

    results = await run_slot_batches(groups_of(4, 1), run)
    assert results[:2] == ["0", "1"]
    assert [type(result) for result in results[2:]] == [Overloaded] * 2


async def test_slot_batch_ends_when_a_script_reaches_nothing() -> None:
    with pytest.raises(RuntimeError, match="reached none"):
        await run_slot_batches(groups_of(4, 1), Scripts(reached=0).run)


async def test_slot_batch_that_fails_wholly_fails_as_its_first_item() -> None:
    with pytest.raises(OutcomeUnknown):
        raise_if_all_failed([OutcomeUnknown(), RedisUnavailable("gone")])
    mixed = ["0", RedisUnavailable("gone")]
    assert raise_if_all_failed(mixed) == mixed
    assert raise_if_all_failed([]) == []


async def test_slot_batch_without_errors_is_its_values() -> None:
    results: list[int | QuikstateError] = [1, 2]
    assert raise_first_error(results) == [1, 2]
    with pytest.raises(RedisUnavailable):
        raise_first_error([1, RedisUnavailable("gone"), OutcomeUnknown()])


def test_group_equal_keeps_the_order() -> None:
    assert group_equal("abca") == [[0, 3], [1], [2]]
