"""What a caller is told, without what differs from one time to the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

import grpc
import grpc.aio
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from quikstate_server.interceptors.method import Method
from support.harness.api_methods import call_of
from support.harness.valid_requests import Requests
from support.server.call_errors import failure
from support.server.stub_service import END

_LONG = 60.0
_RANDOM_IDS = ("lease_id", "session_id", "handle", "item_id", "receipt", "etag", "lease", "connection_id")
_TOKENS = ("token", "fencing_token", "last_fencing_token", "lowest_accepted")
_RANDOM_LISTS = ("evicted_handles", "revoked_handles")
_RANDOM = frozenset({*_RANDOM_IDS, *_RANDOM_LISTS, *_TOKENS, "next_page_token", "epoch"})
"""Fields that hold chance, or begin with a time: what is compared is whether they are set."""
_TIMES = ("google.protobuf.Timestamp", "google.protobuf.Duration")
WITHOUT_HEARTBEATS = ("Connect", "HoldLock", "StreamRateLimit")
"""Or with rare ones. They answer once, StreamRateLimit each request."""
_OF_THE_WHOLE_SERVER = ("GetTopology", "GetRedisInfo", "GetServerInfo")
"""What these tell differs from server to server: of that only the texts are looked at."""
_WRITTEN_TOO_LATE = "Internal error from Core"
"""What grpc.aio's client says instead of the status if a call ends while it writes: by its first message."""
Answer: TypeAlias = tuple[Sequence[object], Sequence[str]]
"""What can be compared of the responses, or of the error; and all texts in them."""


class Caller:
    """Calls with one credential on one channel."""

    def __init__(self, channel: grpc.aio.Channel, headers: tuple[tuple[str, str], ...]) -> None:
        self._channel = channel
        self._headers = headers

    async def answer(self, method: Method, requests: Requests) -> Answer:
        """Call; of a stream, what it says until it has nothing more to say."""
        call: Any = call_of(self._channel, method)
        try:
            if not method.streaming:
                response = await call(requests[0], timeout=_LONG, metadata=self._headers)
                told = "told" if method.name in _OF_THE_WHOLE_SERVER else comparable(response)
                return [told], [*texts_of(response)]
            responses = await said(await self.open(method, requests), method, requests)
            answer = [comparable(event) for response in responses for event in events_of(response)]
            return sorted(answer, key=str), [text for each in responses for text in texts_of(each)]
        except grpc.aio.AioRpcError as error:
            failed = failure(error)
            if len(requests) > 1 and failed.message == _WRITTEN_TOO_LATE:
                return await self.answer(method, requests[:1])
            assert failed.code not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), failed.everything
            reasons = [(info.reason, dict(info.metadata)) for info in failed.infos]
            return [failed.code.name, failed.message, reasons, failed.fields], [failed.everything]

    async def open(self, method: Method, requests: Requests) -> Any:
        """Open a stream, and send it the requests."""
        call: Any = call_of(self._channel, method)
        if not method.client_streaming:
            return call(requests[0], timeout=_LONG, metadata=self._headers)
        stream = call(timeout=_LONG, metadata=self._headers)
        # Whoever reads sees how a call ended that ended before it was written whole.
        with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
            for request in requests:
                await stream.write(request)
        return stream


async def said(stream: Any, method: Method, requests: Requests) -> Sequence[Message]:
    """Return what a stream says until it is silent for as long as a heartbeat; then end it."""
    try:
        if method.name in WITHOUT_HEARTBEATS:
            async with asyncio.timeout(_LONG):
                count = max(1, len(requests)) if method.name == "StreamRateLimit" else 1
                return [await stream.read() for _ in range(count)]
        return [response async for response in _until_silent(stream, method, requests)]
    finally:
        stream.cancel()


async def _until_silent(stream: Any, method: Method, requests: Requests) -> AsyncIterator[Message]:
    """Yield responses until a heartbeat, but not before what comes in any case: that may be late."""
    # A settlement is answered; a watcher of presence finds its first event there, or has missed none.
    certain = {"Consume": len(requests) - 1, "WatchPresence": 0}.get(method.name, 1)
    while (response := await stream.read()) is not END:
        if not is_heartbeat(response):
            certain -= sum(_is_certain(method, event) for event in events_of(response))
            yield response
        elif certain <= 0:
            return


def _is_certain(method: Method, event: Any) -> bool:
    return method.name != "StreamSubscribe" or event.WhichOneof("event") == "result"


def events_of(response: Any) -> Sequence[Any]:
    """The events of a response: some streams send several at once."""
    return response.events if "events" in response.DESCRIPTOR.fields_by_name else [response]


def is_heartbeat(response: Any) -> bool:
    return all(event.WhichOneof("event") == "heartbeat" for event in events_of(response))


def comparable(message: Message) -> object:
    """A message by its fields; of those that hold chance or a time, only whether they are set."""
    if message.DESCRIPTOR.full_name in _TIMES:
        return "set"
    return {field.name: _comparable_field(field, value) for field, value in message.ListFields()}


def _comparable_field(field: FieldDescriptor, value: Any) -> object:
    if field.message_type and field.message_type.GetOptions().map_entry:
        return dict(value)
    if field.name in _RANDOM and not field.message_type:
        return "set"
    if field.message_type:
        return [comparable(each) for each in value] if field.is_repeated else comparable(value)
    return list(value) if field.is_repeated else value


def texts_of(message: Message) -> Iterator[str]:
    """All texts in a message, and those of its payloads that are texts."""
    for field, value in message.ListFields():
        if field.message_type and field.message_type.GetOptions().map_entry:
            yield from map(str, [*value.keys(), *value.values()])
        elif field.message_type:
            for each in value if field.is_repeated else [value]:
                yield from texts_of(each)
        else:
            for each in value if field.is_repeated else [value]:
                yield each.decode(errors="replace") if isinstance(each, bytes) else str(each)
