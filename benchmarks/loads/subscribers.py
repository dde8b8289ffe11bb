"""Subscribers of one channel, opened and kept by the Go program: it publishes, and they hear."""

from __future__ import annotations

import json
import time
from typing import Any

from benchmarks.laboratory import Running
from benchmarks.loads.held_streams import GoStreams
from benchmarks.loads.load import Sent
from benchmarks.processes import BenchmarkFailed, cpu_seconds
from quikstate.v1.pub_sub_pb2 import ChannelSubscription, Durability, Publication, SubscribeRequest

SUBSCRIBE = "/quikstate.v1.PubSubService/Subscribe"
_PUBLISH = "/quikstate.v1.PubSubService/Publish"


class Subscribers(GoStreams):
    """A call is a message, which all of `streams` receive but those that are `leaving` before the first.

    With `every`, in seconds, one message is published as often, and what does not come is lost; else they
    are published as fast as the slowest subscriber receives, ten a call, and all must come.
    """

    def __init__(
        self,
        channel: str,
        streams: int,
        *,
        durability: Durability.ValueType,
        every: float = 0.0,
        leaving: int = 0,
        connections: int = 4,
    ) -> None:
        bodies = [
            Publication(channel=channel, durability=durability).SerializeToString(),
            subscribe_request(channel),
        ]
        super().__init__(
            "fan-out",
            SUBSCRIBE,
            bodies,
            streams,
            every,
            release=_PUBLISH,
            leaving=leaving,
            connections=connections,
        )

    def send(self, running: Running, calls: int) -> Sent:  # noqa: ARG002 - the streams are open already
        before = cpu_seconds(self.caller.pid)
        told = self.publish(calls)
        cpu = cpu_seconds(self.caller.pid) - before
        lost, why = told["lost"], told["why"]
        note = f"{lost:,} deliveries never came: {why or 'nobody was told why'}" if lost else why
        return Sent(calls, told["seconds"], told["p50_us"], told["p99_us"], cpu, lost=lost, note=note)

    def publish(self, messages: int) -> dict[str, Any]:
        """Have so many messages published and received; what the Go program says of it."""
        told: dict[str, Any] = json.loads(self.caller.ask(str(messages)))
        return told


class IdleSubscribers(Subscribers):
    """Nothing is published: what it counts as a call is a second of a stream."""

    def send(self, running: Running, calls: int) -> Sent:  # noqa: ARG002 - the streams are open already
        before = cpu_seconds(self.caller.pid)
        time.sleep(calls / self.streams)
        cpu = cpu_seconds(self.caller.pid) - before
        if trouble := self.publish(0)["why"]:
            raise BenchmarkFailed(f"a stream was lost: {trouble}")
        return Sent(calls, calls / self.streams, 0.0, 0.0, cpu)


def subscribe_request(channel: str) -> bytes:
    return SubscribeRequest(channels=[ChannelSubscription(channel=channel)]).SerializeToString()
