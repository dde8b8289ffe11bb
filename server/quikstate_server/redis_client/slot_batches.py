"""Batches of items on several slots: one call of a script a slot, and each slot fails alone.

In a cluster one script may touch the keys of one slot only. So a batch is split by slot, and what fails for
one slot is the result of that slot's items, while the others have theirs:

    async def delete(indexes: Sequence[int]) -> Sequence[bool | QuikstateError]:
        deleted = read_ints(await redis_client.run(DELETE, [keys[index] for index in indexes]))
        return [count > 0 for count in deleted]

    results = await run_slot_batches(redis_client.split_by_slot(keys), delete)
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Final, TypeVar

from quikstate_server.errors import QuikstateError

T = TypeVar("T")


class NotReached(Enum):
    """The type of NOT_REACHED."""

    NOT_REACHED = auto()


NOT_REACHED: Final = NotReached.NOT_REACHED
"""The result of an item that a script left out because its reply or its work was full: it is run again."""

RunChunk = Callable[[Sequence[int]], Awaitable[Sequence[T | QuikstateError | NotReached]]]
"""Runs one script for the items at these indexes; returns or raises what became of them, in their order."""

MAX_ITEMS: Final = 100
"""Most items of one script, so that no other caller waits long for it to end."""
_NONE_REACHED: Final = "a script reached none of its items"
MAX_CONCURRENT: Final = 16
"""Most scripts of one batch at a time: in a cluster nearly every key is on a slot of its own."""


async def run_slot_batches(
    groups: Sequence[Sequence[int]],
    run: RunChunk[T],
    *,
    max_items: int | None = MAX_ITEMS,
    weights: Sequence[int] = (),
    max_weight: int | None = None,
    max_concurrent: int | None = MAX_CONCURRENT,
    in_order: bool = False,
    skipped: QuikstateError | None = None,
) -> list[T | QuikstateError]:
    """Run `run` over chunks of each group of indexes; return the results in the order of the indexes.

    `groups` hold each index of the batch's items once: from `RedisClient.split_by_slot(keys)`, or from
    `group_equal(names)` where a script serves one name. A QuikstateError that `run` raises is the result of
    each item of its chunk; any other exception ends the batch.

    A chunk has at most `max_items` items, and at most `max_weight` of their `weights` unless it is a single
    item; None is no limit. At most `max_concurrent` chunks run at a time: 1 runs them one after the other.

    With `in_order` the chunks of a group follow each other, and stop at one that fails: the items after it
    are not run, and have its error as their result, or `skipped` if that is given.

    Items whose result is NOT_REACHED are run again, without those that were reached.
    """
    if not groups:
        return []
    if len(groups) == len(groups[0]) == 1:  # most batches have one item
        return [await _run_single(groups[0], run)]
    results: dict[int, T | QuikstateError] = {}
    chains = _chains(groups, in_order, max_items, weights, max_weight)
    if len(chains) == 1:  # as it nearly always is outside of a cluster: no task, in a third of the time
        await _run_chain(chains[0], run, results, skipped)
    else:
        pending = iter(chains)

        async def work() -> None:
            for chain in pending:
                await _run_chain(chain, run, results, skipped)

        workers = len(chains) if max_concurrent is None else min(max_concurrent, len(chains))
        await asyncio.gather(*(work() for _ in range(workers)))
    return [results[index] for index in range(len(results))]


def group_equal(values: Iterable[Hashable]) -> list[list[int]]:
    """Return the indexes of `values`, grouped by equal values in the order of their first ones."""
    groups: dict[Hashable, list[int]] = {}
    for index, value in enumerate(values):
        groups.setdefault(value, []).append(index)
    return list(groups.values())


def raise_if_all_failed(results: Sequence[T | QuikstateError]) -> Sequence[T | QuikstateError]:
    """Return `results`; if there is nothing but errors, raise the first, as that of the whole call."""
    if results and all(isinstance(result, QuikstateError) for result in results):
        return raise_first_error(results)
    return results


def raise_first_error(results: Sequence[T | QuikstateError]) -> list[T]:
    """Return `results` if there is no error among them, else raise the first."""
    values: list[T] = []
    for result in results:
        if isinstance(result, QuikstateError):
            raise result
        values.append(result)
    return values


Chain = Sequence[Sequence[int]]
"""Chunks of indexes that run one after the other."""


def _chains(
    groups: Sequence[Sequence[int]],
    in_order: bool,
    max_items: int | None,
    weights: Sequence[int],
    max_weight: int | None,
) -> list[Chain]:
    chunks = [list(_chunks(group, max_items, weights, max_weight)) for group in groups]
    return list(chunks) if in_order else [[chunk] for group in chunks for chunk in group]


def _chunks(
    group: Sequence[int], max_items: int | None, weights: Sequence[int], max_weight: int | None
) -> Iterator[Sequence[int]]:
    if max_weight is None:
        step = max_items or len(group)
        yield from (group[start : start + step] for start in range(0, len(group), step))
        return
    chunk: list[int] = []
    weight = 0
    for index in group:
        if chunk and (len(chunk) == max_items or weight + weights[index] > max_weight):
            yield chunk
            chunk, weight = [], 0
        chunk.append(index)
        weight += weights[index]
    yield chunk


async def _run_single(chunk: Sequence[int], run: RunChunk[T]) -> T | QuikstateError:
    try:
        (answer,) = await run(chunk)
    except QuikstateError as error:
        return error
    if answer is NOT_REACHED:
        raise RuntimeError(_NONE_REACHED)
    return answer


async def _run_chain(
    chain: Chain, run: RunChunk[T], results: dict[int, T | QuikstateError], skipped: QuikstateError | None
) -> None:
    error: QuikstateError | None = None
    for chunk in chain:
        if error is None:
            error = await _run_chunk(chunk, run, results)
        else:
            results.update(dict.fromkeys(chunk, skipped or error))


async def _run_chunk(
    chunk: Sequence[int], run: RunChunk[T], results: dict[int, T | QuikstateError]
) -> QuikstateError | None:
    """Run a chunk until all its items are reached; return the error that it ended with."""
    left = chunk
    while left:
        try:
            answers = await run(left)
        except QuikstateError as error:
            results.update(dict.fromkeys(left, error))
            return error
        missed = []
        for index, answer in zip(left, answers, strict=True):
            if answer is NOT_REACHED:
                missed.append(index)
            else:
                results[index] = answer
        if len(missed) == len(left):
            raise RuntimeError(_NONE_REACHED)
        left = missed
    return None
