"""What every transport offers to the app, and what it gets to serve."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from quikstate_server.interceptors.method import Handler, Method


@dataclass(frozen=True, slots=True)
class ServedApi:
    """What a transport serves."""

    handlers: Mapping[Method, Handler]
    half_close_methods: Collection[str]
    """Full names of the methods where a client's half-close does something, such as release a lock."""
    probes: Mapping[str, Callable[[], bool]]
    """HTTP paths of health probes, such as `/readyz`; they return True if the server is healthy. grpc.aio
    serves none: its clients ask grpc.health.v1."""


class Transport(Protocol):
    """Carries calls from the first connection to the end of a drain.

    It sets the CallContext of each call, runs its handler, and turns CallFailed into what its protocol has
    for a status. It cancels the handler when the client cancels, when it goes away, and at the caller's
    deadline; a handler that sends faster than the client reads waits in `send`. The end of the request
    iterator is the client's half-close, never a broken connection: that cancels the handler.
    """

    async def start(self) -> str:
        """Listen; return the address with the chosen port, or raise StartRefused if it is in use."""

    async def stop(self, grace_seconds: float | None) -> None:
        """Accept no more connections, and make clients connect elsewhere, before it waits for the first time.

        Return once all calls have ended; cancel those that are left after `grace_seconds`. None: cancel now.
        """
