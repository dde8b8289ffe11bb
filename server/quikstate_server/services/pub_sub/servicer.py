"""The servicer of quikstate.v1.PubSubService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Any

from quikstate.v1.pub_sub_pb2 import (
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
from quikstate_server.primitives.pub_sub.model import ChannelGap, HistoryPosition
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.pub_sub.subscription import Subscription
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining
from quikstate_server.primitives.streams.mailbox import Gap, Mailbox, Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.pub_sub import convert
from quikstate_server.services.pub_sub.convert import EncodedResponse


class PubSubServicer:
    """A servicer that converts between messages and pub/sub."""

    def __init__(self, pub_sub: PubSub, context: ServiceContext) -> None:
        self._pub_sub = pub_sub
        self._limits = context.limits
        self._streams = context.streams
        self._validate = context.validate

    async def publish(self, request: PublishRequest) -> PublishResponse:
        """Publish messages, and return a result for each."""
        publications = convert.publications_from_proto(request.publications)
        outcomes = await self._pub_sub.publish(_namespace(), publications, request.min_replicas)
        response = PublishResponse()
        for outcome in outcomes:
            result = response.results.add()
            if isinstance(outcome, QuikstateError):
                result.status.CopyFrom(item_status(outcome))
            else:
                convert.fill_publish_result(result, outcome)
        return response

    def subscribe(self, request: SubscribeRequest) -> AsyncGenerator[EncodedResponse, None]:
        """Send what is published on channels and prefixes."""
        mailbox = self._mailbox(convert.OVERFLOWS[request.overflow])
        subscription = self._subscription(mailbox)
        channels = convert.channel_subscriptions_from_proto(request.channels)
        return self._responses(subscription, subscription.add(channels, list(request.prefixes)))

    async def stream_subscribe(
        self, requests: AsyncIterator[StreamSubscribeRequest]
    ) -> AsyncGenerator[EncodedResponse, None]:
        """Send what is published on the channels and prefixes that commands add."""
        first = await anext(requests, None)
        if first is None:
            return
        mailbox = self._mailbox(convert.OVERFLOWS.get(first.add.overflow, Overflow.DISCONNECT))
        subscription = self._subscription(mailbox)
        commands = self._run_commands(subscription, first, requests)
        async with aclosing(self._responses(subscription, commands)) as responses:
            async for response in responses:
                yield response

    async def list_history(self, request: ListHistoryRequest) -> ListHistoryResponse:
        """Read a page of a channel's history."""
        after = convert.since_from_proto(request)
        before: HistoryPosition | None = None
        if last_row := HistoryPosition.parse(decode_page_token(request.page_token, HistoryPosition.parse)):
            after, before = (after, last_row) if request.newest_first else (last_row, None)
        page = await self._pub_sub.list_history(
            _namespace(),
            request.channel,
            after=after,
            before=before,
            max_messages=page_size(request.page_size, self._limits.max_page_size),
            newest_first=request.newest_first,
        )
        return convert.history_page_to_proto(page)

    async def delete_history(self, request: DeleteHistoryRequest) -> DeleteHistoryResponse:
        """Delete a channel's history."""
        deleted = await self._pub_sub.delete_history(_namespace(), request.channel)
        return DeleteHistoryResponse(deleted=deleted)

    async def list_channels(self, request: ListChannelsRequest) -> ListChannelsResponse:
        """List the channels that have subscribers."""
        size = page_size(request.page_size, self._limits.max_page_size)
        after = decode_page_token(request.page_token)
        channels = await self._pub_sub.list_channels(_namespace(), request.prefix, after, size + 1)
        page, has_more = channels[:size], len(channels) > size
        return ListChannelsResponse(
            channels=map(convert.channel_info_to_proto, page),
            next_page_token=encode_page_token(page[-1].channel) if has_more else "",
        )

    def _subscription(self, mailbox: Mailbox[bytes]) -> Subscription:
        call = call_context.current()
        return self._pub_sub.subscription(call.namespace, mailbox, call.subscriptions)

    def _mailbox(self, overflow: Overflow) -> Mailbox[bytes]:
        return self._streams.mailbox(overflow, call_context.current().offer)

    async def _responses(
        self, subscription: Subscription, work: Coroutine[Any, Any, None]
    ) -> AsyncGenerator[EncodedResponse, None]:
        """Yield all that the subscriber receives, while `work` runs; an exception of it ends the stream."""
        async with subscription:
            subscription.run(work)
            del work  # it ends long before the stream does
            async with aclosing(self._streams.follow(subscription.mailbox, subscription.end)) as events:
                async for event in events:
                    if isinstance(event, Heartbeat):
                        yield EncodedResponse(convert.HEARTBEAT)
                    elif isinstance(event, ServerDraining):
                        yield EncodedResponse(convert.encode_end(subscription.end_positions))
                    else:
                        for response in convert.responses_from_encoded([_encoded(item) for item in event]):
                            yield response

    async def _run_commands(
        self,
        subscription: Subscription,
        first: StreamSubscribeRequest,
        rest: AsyncIterator[StreamSubscribeRequest],
    ) -> None:
        await self._run_command(subscription, first)
        async for request in rest:
            await self._run_command(subscription, request)

    async def _run_command(self, subscription: Subscription, request: StreamSubscribeRequest) -> None:
        status = None
        try:
            self._validate(request)
            if request.HasField("add"):
                channels = convert.channel_subscriptions_from_proto(request.add.channels)
                await subscription.add(channels, request.add.prefixes)
            else:
                subscription.remove(request.remove.channels, request.remove.prefixes)
        except QuikstateError as error:
            status = item_status(error)
        subscription.mailbox.pin(convert.encode_result(request.correlation_id, status))


def _namespace() -> str:
    return call_context.current().namespace


def _encoded(item: bytes | Gap) -> bytes:
    return convert.encode_event(ChannelGap("", item.reason)) if isinstance(item, Gap) else item
