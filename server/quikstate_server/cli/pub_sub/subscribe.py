"""`quikstate sub`: a line for each message, over all the streams that it takes."""

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
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.watch_stream import every_event

_GAP = "WATCH_GAP_REASON_"
_NOT_DURABLE_EPOCH = 1
"""That of a position in a channel that is not durable."""


@dataclass(frozen=True)
class Wanted:
    channels: Sequence[str]
    prefixes: Sequence[str]
    since: str
    rewind: int


def run(address: str, wanted: Wanted, *, json: bool) -> None:
    """Until it is interrupted; a server that cannot be reached at the start ends it."""
    listener = _Listener(wanted, json=json)
    with connected(address) as channel:
        listener.listen(PubSubServiceStub(channel))


@dataclass
class _Listener:
    wanted: Wanted
    json: bool
    positions: dict[str, Position] = field(default_factory=dict)
    begun: set[tuple[str, bool]] = field(default_factory=set)

    def listen(self, stub: PubSubServiceStub) -> None:
        if self.wanted.since:
            self.positions[self.wanted.channels[0]] = _position(self.wanted.since)
        for response in every_event(lambda: stub.Subscribe(self._request()), "listening again"):
            for event in response.events:
                self._hear(event)

    def _request(self) -> SubscribeRequest:
        """From where we are; the first time from where was asked for."""
        channels = []
        for name in self.wanted.channels:
            if name in self.positions:
                channels.append(ChannelSubscription(channel=name, since=self.positions[name]))
            elif (name, False) in self.begun or not self.wanted.rewind:
                channels.append(ChannelSubscription(channel=name))
            else:
                channels.append(ChannelSubscription(channel=name, rewind=self.wanted.rewind))
        return SubscribeRequest(channels=channels, prefixes=self.wanted.prefixes)

    def _hear(self, event: SubscriptionEvent) -> None:
        match event.WhichOneof("event"):
            case "subscribed":
                self._begin(event.subscribed)
            case "messages":
                self._tell(event.messages)
            case "gap":
                self._complain(event.gap)
            case "end":
                for last in event.end.positions:
                    self.positions[last.channel] = last.position

    def _begin(self, subscribed: Subscribed) -> None:
        again = (subscribed.name, subscribed.prefix) in self.begun
        self.begun.add((subscribed.name, subscribed.prefix))
        if again and subscribed.prefix:
            complain(f"{subscribed.name}: messages may be missing (a prefix cannot be resumed)")
        if subscribed.HasField("position"):
            self.positions[subscribed.name] = subscribed.position

    def _tell(self, told: ChannelMessages) -> None:
        first = told.position.offset - len(told.messages) + 1
        for number, message in enumerate(told.messages):
            kept = told.HasField("position")
            position = f"{told.position.epoch}-{first + number}" if kept else ""
            when = message.publish_time.ToDatetime(UTC) if kept else datetime.now(UTC)
            self._say(when.astimezone(), told.channel, position, message.payload)
        if told.HasField("position"):
            self.positions[told.channel] = told.position

    def _say(self, when: datetime, channel: str, position: str, payload: bytes) -> None:
        text, moment = payload.decode(errors="backslashreplace"), when.isoformat(timespec="milliseconds")
        if self.json:
            row = {"time": moment, "channel": channel, "position": position or None, "payload": text}
            say(json_text.dumps(row, ensure_ascii=False))
        else:
            say("  ".join([moment, channel, position or "-", text]))

    def _complain(self, gap: ChannelGap) -> None:
        position = self.positions.get(gap.name)
        is_durable = position is None or position.epoch != _NOT_DURABLE_EPOCH
        reason = WatchGapReason.Name(gap.reason).removeprefix(_GAP) if is_durable else "it is not durable"
        complain(f"{gap.name or 'any channel'}: messages may be missing ({reason})")


def _position(text: str) -> Position:
    epoch, _, offset = text.partition("-")
    if not (epoch.isdecimal() and offset.isdecimal()):
        raise typer.BadParameter(f"{text!r} is no position such as 1764205000000000-17")
    return Position(epoch=int(epoch), offset=int(offset))
