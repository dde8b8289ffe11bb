"""The stream of a Watch method as long as the command runs, on another server if one ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import grpc

from quikstate.v1.watch_pb2 import WatchGap, WatchGapReason
from quikstate_server.cli.common.channel import RETRY_SECONDS, describe, is_refused_caller
from quikstate_server.cli.common.output import complain

T = TypeVar("T")
_GAP = "WATCH_GAP_REASON_"


def watch_events(watch: Callable[[], Iterable[T]], resumed: str = "watching again") -> Iterator[T]:
    """Yield the events of one stream after another; raise the error of a first call that fails.

    A caller that has lost its right calls once more, perhaps with a renewed token; then its error is raised.
    """
    has_connected = has_complained = was_refused = False
    while True:
        reason = "the server is shutting down"
        try:
            for event in watch():
                if has_complained:
                    complain(resumed)
                has_connected, has_complained, was_refused = True, False, False
                yield event
        except grpc.RpcError as error:
            is_refused = is_refused_caller(error)
            if not has_connected or (is_refused and was_refused):
                raise
            was_refused = is_refused
            reason = describe(error)
        if not has_complained:
            complain(f"{reason}; reconnecting")
            has_complained = True
        time.sleep(RETRY_SECONDS)  # the pause before the next connection, in a command with one thread


def complain_of(gap: WatchGap) -> None:
    complain(f"changes may have been missed ({WatchGapReason.Name(gap.reason).removeprefix(_GAP)})")
