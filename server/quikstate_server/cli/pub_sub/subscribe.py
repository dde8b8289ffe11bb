"""`quikstate sub`: write a line for each message, over one stream after the other."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import typer

from quikstate.v1.position_pb2 import Position
from quikstate.v1.pub_sub_pb2 import (
    ChannelGap,
    ChannelMessages,
    ChannelSubscription,
    Subscribed,
    SubscribeRequest,
    SubscriptionEvent,
)
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.watch_pb2 import WatchGapReason
from quikstate_server.cli.common.channel import connected
from quikstate_server.cli.common.message_json import bytes_as_json
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import watch_events

_GAP = "WATCH_GAP_REASON_"
_NOT_DURABLE_EPOCH = 1
"""The epoch of positions in a channel that is not durable."""


@dataclass(frozen=True)
class SubscribeOptions:
    """The options of `subscribe`: the channels and prefixes, and where to begin."""

    channels: Sequence[str]
    prefixes: Sequence[str]
    since: str
    rewind: int


def run(server: ServerTarget, options: SubscribeOptions, *, json: bool) -> None:
    """Write messages until Ctrl-C; end the command if no server can be reached at the start."""
    subscriber = _Subscriber(options, json=json)
    with connected(server) as channel:
        subscriber.run(PubSubServiceStub(channel))


@dataclass
class _Subscriber:
    """The subscription of the command, which outlives its streams."""

    options: SubscribeOptions
    json: bool
    positions: dict[str, Position] = field(default_factory=dict)
    begun: set[tuple[str, bool]] = field(default_factory=set)

    def run(self, stub: PubSubServiceStub) -> None:
        """Write all messages, until Ctrl-C."""
        if self.options.since:
            self.positions[self.options.channels[0]] = parse_position(self.options.since)
        for response in watch_events(lambda: stub.Subscribe(self._request()), "subscribed again"):
            for event in response.events:
                self._handle(event)

    def _request(self) -> SubscribeRequest:
        """Return a request that resumes, or begins where the options say."""
        channels = []
        for name in self.options.channels:
            if name in self.positions:
                channels.append(ChannelSubscription(channel=name, since=self.positions[name]))
            elif (name, False) in self.begun or not self.options.rewind:
                channels.append(ChannelSubscription(channel=name))
            else:
                channels.append(ChannelSubscription(channel=name, rewind=self.options.rewind))
        return SubscribeRequest(channels=channels, prefixes=self.options.prefixes)

    def _handle(self, event: SubscriptionEvent) -> None:
        match event.WhichOneof("event"):
            case "subscribed":
                self._begin(event.subscribed)
            case "messages":
                self._write(event.messages)
            case "gap":
                self._report_gap(event.gap)
            case "end":
                for last in event.end.positions:
                    self.positions[last.channel] = last.position

    def _begin(self, subscribed: Subscribed) -> None:
        again = (subscribed.name, subscribed.prefix) in self.begun
        self.begun.add((subscribed.name, subscribed.prefix))
        if again and subscribed.prefix:
            complain(f"{subscribed.name}: messages may be missing (a prefix cannot resume)")
        if subscribed.HasField("position"):
            self.positions[subscribed.name] = subscribed.position

    def _write(self, messages: ChannelMessages) -> None:
        is_stored = messages.HasField("position")
        first_offset = messages.position.offset - len(messages.messages) + 1
        for index, message in enumerate(messages.messages):
            position = f"{messages.position.epoch}-{first_offset + index}" if is_stored else ""
            time = message.publish_time.ToDatetime(UTC) if is_stored else datetime.now(UTC)
            write_message(time, messages.channel, position, message.payload, json=self.json)
        if is_stored:
            self.positions[messages.channel] = messages.position

    def _report_gap(self, gap: ChannelGap) -> None:
        position = self.positions.get(gap.name)
        is_durable = position is None or position.epoch != _NOT_DURABLE_EPOCH
        reason = WatchGapReason.Name(gap.reason).removeprefix(_GAP) if is_durable else "not durable"
        complain(f"{gap.name or 'all channels'}: messages may be missing ({reason})")


def write_message(time: datetime, channel: str, position: str, payload: bytes, *, json: bool) -> None:
    """Write the line of a message; `position` is empty if the message is not stored."""
    time_text = time.astimezone().isoformat(timespec="milliseconds")
    if json:
        row = {"time": time_text, "channel": channel, "position": position or None}
        say(json_text.dumps(row | bytes_as_json("payload", payload), ensure_ascii=False))
    else:
        text = payload.decode(errors="backslashreplace")
        say("  ".join([time_text, channel, position or "-", text]))


def parse_position(text: str) -> Position:
    """Parse a position such as 1764205000000000-17."""
    epoch, _, offset = text.partition("-")
    if not (epoch.isdecimal() and offset.isdecimal()):
        raise typer.BadParameter(f"{text!r} is not a position such as 1764205000000000-17")
    return Position(epoch=int(epoch), offset=int(offset))
