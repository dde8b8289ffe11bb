"""The stream of a Watch method, as long as the command runs: where a server goes another is looked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import grpc

from quikstate.v1.watch_pb2 import WatchGap, WatchGapReason
from quikstate_server.cli.common.channel import RETRY_SECONDS, why
from quikstate_server.cli.common.output import complain

T = TypeVar("T")
_GAP = "WATCH_GAP_REASON_"


def every_event(watch: Callable[[], Iterable[T]], again: str = "watching again") -> Iterator[T]:
    """All that is told, over all the streams that it takes; a first call that fails is raised."""
    answered = complained = False
    while True:
        reason = "the server ends"
        try:
            for event in watch():
                if complained:
                    complain(again)
                answered, complained = True, False
                yield event
        except grpc.RpcError as error:
            if not answered:
                raise
            reason = why(error)
        if not complained:
            complain(f"{reason}; looking for a server")
            complained = True
        time.sleep(RETRY_SECONDS)


def complain_of(gap: WatchGap) -> None:
    complain(f"changes may have been missed ({WatchGapReason.Name(gap.reason).removeprefix(_GAP)})")
