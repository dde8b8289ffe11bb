"""quikstate.v1.PubSubService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Any

from quikstate.v1.pub_sub_pb2 import (
    ChannelInfo,
    DeleteHistoryRequest,
    DeleteHistoryResponse,
    ListChannelsRequest,
    ListChannelsResponse,
    ListHistoryRequest,
    ListHistoryResponse,
    PublishRequest,
    PublishResponse,
    StreamSubscribeRequest,
    SubscribeRequest,
)
from quikstate_server import call_context
from quikstate_server.error_status import item_status
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.fanout import Box
from quikstate_server.primitives.pub_sub.model import ChannelGap, Position
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.pub_sub.subscription import Subscription
from quikstate_server.primitives.streams.follow import End, Heartbeat
from quikstate_server.primitives.streams.mailbox import Gap, Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.pub_sub.convert import (
    HEARTBEAT,
    OVERFLOWS,
    Encoded,
    after_of,
    encode,
    end_of,
    fill_result,
    history_of,
    publications_of,
    responses_of,
    result_of,
    wanted_of,
)


class PubSubServicer:
    """Serves channels."""

    def __init__(self, pub_sub: PubSub, context: ServiceContext) -> None:
        self._pub_sub = pub_sub
        self._limits = context.limits
        self._streams = context.streams
        self._validate = context.validate

    async def publish(self, request: PublishRequest) -> PublishResponse:
        publications = publications_of(request.publications)
        outcomes = await self._pub_sub.publish(_namespace(), publications, request.min_replicas)
        response = PublishResponse()
        for outcome in outcomes:
            result = response.results.add()
            if isinstance(outcome, QuikstateError):
                result.status.CopyFrom(item_status(outcome))
            else:
                fill_result(result, outcome)
        return response

    def subscribe(self, request: SubscribeRequest) -> AsyncGenerator[Encoded, None]:
        box: Box = self._streams.mailbox(OVERFLOWS[request.overflow])
        subscription = self._pub_sub.listening(_namespace(), box)
        adding = subscription.add(wanted_of(request.channels), list(request.prefixes))
        return self._responses(subscription, adding)

    async def stream_subscribe(
        self, requests: AsyncIterator[StreamSubscribeRequest]
    ) -> AsyncGenerator[Encoded, None]:
        first = await anext(requests, None)
        if first is None:
            return
        box: Box = self._streams.mailbox(OVERFLOWS.get(first.add.overflow, Overflow.DISCONNECT))
        subscription = self._pub_sub.listening(_namespace(), box)
        obeying = self._obey(subscription, first, requests)
        async with aclosing(self._responses(subscription, obeying)) as responses:
            async for response in responses:
                yield response

    async def list_history(self, request: ListHistoryRequest) -> ListHistoryResponse:
        after = after_of(request.since if request.HasField("since") else None)
        before: Position | None = None
        if row := Position.parse(decode_page_token(request.page_token, Position.parse)):
            after, before = (after, row) if request.newest_first else (row, None)
        page = await self._pub_sub.list_history(
            _namespace(),
            request.channel,
            after=after,
            before=before,
            most=page_size(request.page_size, self._limits.max_page_size),
            newest_first=request.newest_first,
        )
        return history_of(page)

    async def delete_history(self, request: DeleteHistoryRequest) -> DeleteHistoryResponse:
        return DeleteHistoryResponse(
            deleted=await self._pub_sub.delete_history(_namespace(), request.channel)
        )

    async def list_channels(self, request: ListChannelsRequest) -> ListChannelsResponse:
        size = page_size(request.page_size, self._limits.max_page_size)
        after = decode_page_token(request.page_token)
        found = await self._pub_sub.list_channels(_namespace(), request.prefix, after, size + 1)
        rows, more = found[:size], len(found) > size
        infos = [
            ChannelInfo(channel=one.channel, connections=one.connections, subscribers=one.subscribers)
            for one in rows
        ]
        return ListChannelsResponse(
            channels=infos, next_page_token=encode_page_token(rows[-1].channel) if more else ""
        )

    async def _responses(
        self, subscription: Subscription, work: Coroutine[Any, Any, None]
    ) -> AsyncGenerator[Encoded, None]:
        """All that the subscriber is told, while `work` goes on; what that raises ends the stream."""
        async with subscription:
            subscription.begin(work)
            del work  # it ends long before the stream does
            async with aclosing(self._streams.follow(subscription.box, subscription.end)) as events:
                async for event in events:
                    if isinstance(event, Heartbeat):
                        yield Encoded(HEARTBEAT)
                    elif isinstance(event, End):
                        yield Encoded(end_of(subscription.last))
                    else:
                        for response in responses_of([_bytes(item) for item in event]):
                            yield response

    async def _obey(
        self,
        subscription: Subscription,
        first: StreamSubscribeRequest,
        rest: AsyncIterator[StreamSubscribeRequest],
    ) -> None:
        await self._act(subscription, first)
        async for request in rest:
            await self._act(subscription, request)

    async def _act(self, subscription: Subscription, request: StreamSubscribeRequest) -> None:
        status = None
        try:
            self._validate(request)
            if request.HasField("add"):
                await subscription.add(wanted_of(request.add.channels), request.add.prefixes)
            else:
                subscription.remove(request.remove.channels, request.remove.prefixes)
        except QuikstateError as error:
            status = item_status(error)
        subscription.box.pin(result_of(request.correlation_id, status))


def _namespace() -> str:
    return call_context.current().namespace


def _bytes(item: bytes | Gap) -> bytes:
    return encode(ChannelGap("", item.reason)) if isinstance(item, Gap) else item
