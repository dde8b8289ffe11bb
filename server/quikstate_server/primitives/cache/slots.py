"""A batch as acts on one slot each: what fails for some of its items does not fail for the others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from quikstate_server.errors import QuikstateError
from quikstate_server.topology.topology import Topology

T = TypeVar("T")

_AT_ONCE = 16
"""Most scripts of one batch at a time: in a cluster nearly every key is on a slot of its own."""
_MOST = 100
"""Most keys a script, so that nobody waits long for it to end."""


async def by_slot(
    topology: Topology,
    keys: Sequence[str],
    act: Callable[[Sequence[int]], Awaitable[Sequence[T | QuikstateError]]],
) -> list[T | QuikstateError]:
    """Run `act` for the positions of the keys of each slot; its answers in the order of `keys`."""
    groups = topology.split(keys) if keys else []
    chunks = [group[at : at + _MOST] for group in groups for at in range(0, len(group), _MOST)]
    answers: dict[int, T | QuikstateError] = {}
    room = asyncio.Semaphore(_AT_ONCE)

    async def run(places: Sequence[int]) -> None:
        try:
            answers.update(zip(places, await act(places), strict=True))
        except QuikstateError as error:
            answers.update(dict.fromkeys(places, error))

    async def run_in_turn(places: Sequence[int]) -> None:
        async with room:
            await run(places)

    if len(chunks) == 1:  # as it nearly always is outside of a cluster: no task is needed
        await run(chunks[0])
    else:
        await asyncio.gather(*map(run_in_turn, chunks))
    return [answers[place] for place in range(len(keys))]


def unless_all_failed(answers: Sequence[T | QuikstateError]) -> Sequence[T | QuikstateError]:
    """`answers`; where there is nothing but errors the first is raised, as that of the whole call."""
    errors = [answer for answer in answers if isinstance(answer, QuikstateError)]
    if errors and len(errors) == len(answers):
        raise errors[0]
    return answers
