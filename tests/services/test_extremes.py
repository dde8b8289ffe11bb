"""Every number of every request at its ends: an answer or a clear refusal, never a fault of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.message import Message

from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate_server.interceptors.method import Method
from services.conftest import OpenChannel, StartApp
from support.harness.api_methods import METHODS, call_of
from support.harness.extremes import Extreme, extremes_of, numbers_of
from support.harness.valid_requests import VALID, Requests, World
from support.server.call_errors import failure

FAULTS = (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN)
AT_ONCE = 16
STREAM_ANSWERS = 3
"""Read of a stream: what it says first, and that it goes on."""
SECONDS = 1.0
"""A call that waits for longer is well: what is looked for comes at once."""


@pytest.mark.parametrize("method", METHODS)
async def test_a_number_at_its_ends_is_answered_or_refused(
    start_app: StartApp, open_channel: OpenChannel, method: str
) -> None:
    app = await start_app(heartbeat_seconds=0.05, durable_channels="d:")
    walk = Walk(open_channel(app), METHODS[method])
    broken: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: broken.append(str(context)))
    await walk.all()
    assert walk.faults == []
    assert broken == []
    assert walk.walked == numbers_of(METHODS[method].request_type.DESCRIPTOR)


@dataclass(frozen=True)
class Failed:
    code: grpc.StatusCode
    message: str
    fields: Sequence[str]
    """What an INVALID_ARGUMENT says is wrong."""

    def is_vague(self, path: str) -> bool:
        """Whether a caller is not told which field it is, or what is around it, or beside it in its message.

        The status of an item names the fields of that item.
        """
        around = path.rpartition(".")[0]
        named = any(
            path.startswith(field) or path.endswith(field) or (around and field.startswith(f"{around}."))
            for field in self.fields
        )
        return self.code is grpc.StatusCode.INVALID_ARGUMENT and not named


class Walk:
    """One method's calls, each with one number at one end."""

    def __init__(self, channel: grpc.aio.Channel, method: Method) -> None:
        self.faults: list[str] = []
        self.walked: set[str] = set()
        self._channel = channel
        self._method = method
        self._valid = VALID[method.service.rpartition(".")[2]]
        self._world = World(channel)
        self._names = 0
        self._few = asyncio.Semaphore(AT_ONCE)

    async def all(self) -> None:
        valid = [requests async for requests in self._requests()]
        assert valid, f"{self._method.name} has no valid request in tests/support/harness/valid_requests.py"
        works = []
        for variant, requests in enumerate(valid):
            failed = await self._failure(requests)
            assert failed is None, f"{requests} is not valid: {failed}"
            for place, request in enumerate(requests):
                for extreme in extremes_of(request):
                    self.walked.add(extreme.field)
                    works.append(self._one(variant, place, extreme))
        await asyncio.gather(*works)

    def _requests(self) -> AsyncIterator[Requests]:
        self._names += 1
        return self._valid(self._world, self._method.name, f"{self._method.name}:{self._names}")

    async def _one(self, variant: int, place: int, extreme: Extreme) -> None:
        async with self._few:
            requests = [one async for one in self._requests()][variant]
            extreme.apply(requests[place])
            failed = await self._failure(requests)
            if failed and (failed.code in FAULTS or failed.is_vague(extreme.path)):
                self.faults.append(f"{extreme.path} = {extreme.value}: {failed}")

    async def _failure(self, requests: Requests) -> Failed | None:
        """How a call failed, or an item of its answer; None if all is well."""
        answers: list[Message] = []
        try:
            await self._call(requests, answers)
        except grpc.aio.AioRpcError as error:
            if not _ended_in_time(error):
                failed = failure(error)
                return Failed(failed.code, failed.message, [*failed.fields])
        statuses = [status for answer in answers for status in statuses_of(answer) if status.code]
        return next((Failed(code(one), one.message, [*one.metadata]) for one in statuses), None)

    async def _call(self, requests: Requests, answers: list[Message]) -> None:
        call: Any = call_of(self._channel, self._method)
        if not self._method.server_streaming:
            answers.append(await call(requests[0], timeout=SECONDS))
            return
        stream = call(iterate(requests) if self._method.client_streaming else requests[0], timeout=SECONDS)
        try:
            async for answer in stream:
                answers.append(answer)
                if len(answers) >= len(requests) + STREAM_ANSWERS:
                    return
        finally:
            stream.cancel()


def _ended_in_time(error: grpc.aio.AioRpcError) -> bool:
    """Tell whether our own deadline ended the call.

    grpc.aio says INTERNAL, in words of its own, if that comes while it writes a request.
    """
    is_late_write = error.details() == "Internal error from Core"
    return error.code() is grpc.StatusCode.DEADLINE_EXCEEDED or is_late_write


async def iterate(requests: Requests) -> AsyncIterator[Message]:
    for request in requests:
        yield request


def statuses_of(message: Message) -> Iterator[ItemStatus]:
    if isinstance(message, ItemStatus):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type and not field.message_type.GetOptions().map_entry:
            for part in value if field.is_repeated else [value]:
                yield from statuses_of(part)


def code(status: ItemStatus) -> grpc.StatusCode:
    return next(one for one in grpc.StatusCode if one.value[0] == status.code)
