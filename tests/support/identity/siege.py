"""Attacks on the namespace of another caller, compared with where there is nothing to reach."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import redis

from quikstate_server.caller import Access
from support.harness.api_methods import METHODS
from support.harness.valid_requests import Requests
from support.identity.answers import WITHOUT_HEARTBEATS, Answer, Caller, texts_of
from support.identity.attempts import attempts
from support.identity.estate import Estate, differences, remove_all_but
from support.identity.loot import CANARY, Loot


@dataclass(frozen=True)
class Siege:
    """The victim, the attacker on each server of the victim's Redis, and where there is no victim."""

    loot: Loot
    estate: Estate
    client: redis.Redis
    other_client: redis.Redis
    besieged: Sequence[Caller]
    elsewhere: Caller
    namespace: str
    victim: Caller
    witness: Caller
    """The victim too, on the other server that shares its Redis."""

    async def attack(self, rpc: str, rows: Sequence[Requests], rows_of_a_name: int) -> list[str]:
        """Try all rows on each server, and return what the attacker reached."""
        expected = await self._tried(self.elsewhere, rpc, rows, rows_of_a_name)
        self.other_client.flushall()
        leaks: list[str] = []
        for attacker in self.besieged:  # one after the other, since they share what the attacker writes
            answers = await self._tried(attacker, rpc, rows, rows_of_a_name)
            leaks += differences(self.estate, self.client)
            remove_all_but(self.estate, self.client)
            for told in zip(rows, answers, expected, strict=True):
                leaks += self._leaks(*told)
        return leaks

    async def _tried(
        self, caller: Caller, rpc: str, rows: Sequence[Requests], rows_of_a_name: int
    ) -> Sequence[Answer]:
        """Make the calls in turn; where each takes a heartbeat, those of all names at once."""
        method = METHODS[rpc]
        size = len(rows)
        if method.streaming and method.name not in WITHOUT_HEARTBEATS:
            size = 1 if method.access is Access.READ else rows_of_a_name

        async def in_turn(part: Sequence[Requests]) -> Sequence[Answer]:
            return [await caller.answer(method, requests) for requests in part]

        parts = [in_turn(rows[at : at + size]) for at in range(0, len(rows), size)]
        return [answer for part in await asyncio.gather(*parts) for answer in part]

    def _leaks(self, requests: Requests, answer: Answer, expected: Answer) -> Iterator[str]:
        if answer[0] != expected[0]:
            yield f"{requests}: {answer[0]}, but {expected[0]} where there is nothing"
        known = "\n".join(text for request in requests for text in texts_of(request))
        for secret in (CANARY, *self.loot.secrets()):
            if secret not in known and any(secret in text for text in answer[1]):
                yield f"{requests}: told {secret}"

    async def seen_by_victim(self) -> Sequence[Sequence[object]]:
        """Return what the victim sees of its own by reading."""
        table = attempts(self.loot)
        reads = [rpc for rpc in table if METHODS[rpc].access is Access.READ and not METHODS[rpc].streaming]
        return [
            (await self.victim.answer(METHODS[rpc], requests))[0]
            for rpc in reads
            for requests in table[rpc]
            if METHODS[rpc].no_side_effects
        ]
