"""Holds each caller to its quotas, so that none can starve the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from quikstate_server import call_context
from quikstate_server.caller import Caller, Quotas
from quikstate_server.errors import QuotaExceeded
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.slots import Slots

_NONE = Quotas()


class CallerUsage:
    """What one caller uses of this process."""

    def __init__(self, caller: Caller, clock: Callable[[], float]) -> None:
        self._caller = caller.name
        self.calls, self.waiting, self.streams, self.subscriptions = (
            Slots(refusal=partial(QuotaExceeded, caller.name, quota))
            for quota in ("calls_in_flight", "waiting_calls", "streams", "subscriptions")
        )
        self.quotas = _NONE
        self._clock = clock
        self._tokens = 0.0
        self._filled_at = clock()
        self.apply(caller.quotas)

    def apply(self, quotas: Quotas) -> None:
        """Hold the caller to these quotas from now on; what it uses now stays."""
        self.quotas = quotas
        self.calls.limit = quotas.calls_in_flight
        self.waiting.limit = quotas.waiting_calls
        self.streams.limit = quotas.streams
        self.subscriptions.limit = quotas.subscriptions
        self._tokens = self._burst

    @property
    def _burst(self) -> float:
        return float(self.quotas.burst or max(1.0, self.quotas.calls_per_second or 1.0))

    def take_call(self) -> None:
        """Take one of the calls per second; raise QuotaExceeded if there is none (a token bucket)."""
        rate = self.quotas.calls_per_second
        if rate is None:
            return
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._filled_at) * rate)
        self._filled_at = now
        if self._tokens < 1:
            raise QuotaExceeded(self._caller, "calls_per_second", (1 - self._tokens) / rate)
        self._tokens -= 1


class CallerQuotas:
    """Counts what each caller uses.

    Calls that give back what others wait for (Settle, ReleaseLock, RevokeSessions) are not held to
    calls_per_second and calls_in_flight: a caller that has used up its quota can still end its work.
    """

    def __init__(
        self, releasing_methods: Collection[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the full names of methods that give back what others wait for."""
        self._releasing_methods = releasing_methods
        self._clock = clock
        self._usages: dict[str, CallerUsage] = {}

    def around(self, method: Method, handler: Handler) -> Handler:
        if method.full_name in self._releasing_methods:
            return handler
        streams, waits = method.streaming, method.may_wait

        def within_quotas(request: Any, send: Send) -> Any:
            call = call_context.current()
            if call.caller is None or call.caller.quotas == _NONE:
                return handler(request, send)
            usage = self._usage(call.caller)
            usage.take_call()
            call.subscriptions = usage.subscriptions
            needed = [usage.streams] if streams else [usage.calls]
            if waits:
                needed.append(usage.waiting)
            for slots in needed:
                slots.require()
            return _holding(needed, handler, request, send)

        return within_quotas

    def _usage(self, caller: Caller) -> CallerUsage:
        usage = self._usages.get(caller.name)
        if usage is None:
            usage = self._usages[caller.name] = CallerUsage(caller, self._clock)
        elif usage.quotas is not caller.quotas and usage.quotas != caller.quotas:
            usage.apply(caller.quotas)
        return usage


async def _holding(slots: list[Slots], handler: Handler, request: Any, send: Send) -> Any:
    for each in slots:
        each.taken += 1
    try:
        return await handler(request, send)
    finally:
        for each in slots:
            each.taken -= 1
