"""`quikstate pub_sub channels` and `history`: channels with subscribers, and stored messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

import grpc

from quikstate.v1.pub_sub_pb2 import (
    ChannelInfo,
    HistoryMessage,
    ListChannelsRequest,
    ListHistoryRequest,
)
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import complain, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.pub_sub.subscribe import parse_position, write_message

_PAGE_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class HistoryOptions:
    """The options of `history`: the channel, and which of its messages; `limit` 0 is no limit."""

    channel: str
    since: str
    limit: int
    newest_first: bool

    def request(self) -> ListHistoryRequest:
        """Return the request of the first page; raise BadParameter if `since` is no position."""
        return ListHistoryRequest(
            channel=self.channel,
            since=parse_position(self.since) if self.since else None,
            newest_first=self.newest_first,
            page_size=min(self.limit or _PAGE_SIZE, _PAGE_SIZE),
        )


def list_channels(server: ServerTarget, prefix: str, *, json: bool) -> None:
    """Print the channels whose names begin with a prefix."""
    with connected(server) as channel:
        channels = list(_all_channels(channel, prefix))
    if json:
        say_json([as_json(info) for info in channels])
        return
    rows = ([info.channel, str(info.connections), str(info.subscribers)] for info in channels)
    say_table(("channel", "connections", "subscribers"), rows)


def write_history(server: ServerTarget, options: HistoryOptions, *, json: bool) -> bool:
    """Write the stored messages as they come; return False if the channel has no history."""
    request, written = options.request(), 0
    with connected(server) as channel:
        for page in read_pages(PubSubServiceStub(channel).ListHistory, request):
            if not page.HasField("position") and not written:
                complain(f"{options.channel}: no history; `pub --durable` stores messages")
                return False
            for message in page.messages:
                _write(options.channel, message, json=json)
                written += 1
                if written == options.limit:
                    return True
    return True


def _all_channels(channel: grpc.Channel, prefix: str) -> Iterator[ChannelInfo]:
    request = ListChannelsRequest(prefix=prefix, page_size=_PAGE_SIZE)
    for page in read_pages(PubSubServiceStub(channel).ListChannels, request):
        yield from page.channels


def _write(channel: str, message: HistoryMessage, *, json: bool) -> None:
    position = f"{message.position.epoch}-{message.position.offset}"
    write_message(message.publish_time.ToDatetime(UTC), channel, position, message.payload, json=json)
