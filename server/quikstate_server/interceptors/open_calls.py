"""The calls that last: they end when their credential expires, or when the policy takes a right away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from quikstate_server.caller import Access, Grant
from quikstate_server.errors import PermissionDenied, QuikstateError, Unauthenticated
from quikstate_server.identity.credentials import Credential, Identity
from quikstate_server.interceptors.interruptions import Interruptions

Identify = Callable[[Credential], Identity]
"""Returns who a credential stands for now; raises Unauthenticated."""


@dataclass(slots=True, eq=False)
class _OpenCall:
    task: asyncio.Task[object]
    identity: Identity
    service: str
    access: Access | None
    grant: Grant
    timer: asyncio.TimerHandle | None = None

    def fault(self, identify: Identify) -> QuikstateError | None:
        """Return the error with which the call must end; None if it may go on, as who it is now."""
        try:
            identity = identify(self.identity.credential)
        except Unauthenticated as error:
            return error
        caller, before = identity.caller, self.identity.caller
        grant = caller.grant(self.service, self.access)
        if (
            (caller.name, caller.namespace) == (before.name, before.namespace)
            and grant
            and grant.covers(self.grant)
        ):
            self.identity = identity
            return None
        text = f"the policy has changed: the caller {caller.name!r} no longer has the rights of this call"
        return PermissionDenied(text, caller=caller.name, service=self.service)


class OpenCalls:
    """Streams, and calls that may wait, with the identity that they began with."""

    def __init__(self, identify: Identify) -> None:
        self._identify = identify
        self._interruptions = Interruptions()
        self._calls: set[_OpenCall] = set()

    async def run(
        self, identity: Identity, service: str, access: Access | None, grant: Grant, work: Awaitable[Any]
    ) -> Any:
        """Run a call until it ends, or until its identity or its rights do."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        call = _OpenCall(task, identity, service, access, grant)
        self._calls.add(call)
        self._end_at_expiry(call)
        try:
            return await work
        except asyncio.CancelledError as cancelled:
            self._interruptions.reraise(cancelled)
        finally:
            self._calls.discard(call)
            self._interruptions.forget(task)
            if call.timer:
                call.timer.cancel()

    def check_all(self) -> None:
        """End the calls that the policy in force does not allow."""
        for call in list(self._calls):
            self._check(call)

    def _end_at_expiry(self, call: _OpenCall) -> None:
        left = call.identity.expires_at - time.time()
        if left <= 0:
            self._check(call)
        elif left < float("inf"):
            call.timer = asyncio.get_running_loop().call_later(left, self._end_at_expiry, call)

    def _check(self, call: _OpenCall) -> None:
        expires_at = call.identity.expires_at
        if error := call.fault(self._identify):
            self._interruptions.interrupt(call.task, error)
        elif call.identity.expires_at != expires_at:
            if call.timer:
                call.timer.cancel()
            self._end_at_expiry(call)
