"""grpc.health.v1: the status of the server and of each service, which balancers check and watch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status
from grpc_health.v1.health_pb2 import (
    HealthCheckRequest,
    HealthCheckResponse,
    HealthListRequest,
    HealthListResponse,
)

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.redis_client.client import RedisClient

READINESS = ""
"""The name under which balancers ask for the server as a whole."""

LIVENESS = "liveness"
"""The name of the process's own health, whatever Redis does: an orchestrator restarts what is not alive.

It is NOT_SERVING while a vital background task fails again and again by a fault of its own.
"""

_SERVING = HealthCheckResponse.SERVING
_NOT_SERVING = HealthCheckResponse.NOT_SERVING
_UNKNOWN = HealthCheckResponse.SERVICE_UNKNOWN


class Health:
    """The servicer. grpcio's own has no List, and its slow watchers delay the others."""

    def __init__(self, services: Sequence[str]) -> None:
        self._serving = dict.fromkeys((READINESS, *services), False) | {LIVENESS: True}
        self._changed = asyncio.Event()
        self._ended = False

    def set(self, service: str, *, serving: bool) -> None:
        """Set the status of a service, and notify watchers if it changes."""
        if self._serving[service] != serving:
            self._serving[service] = serving
            self._notify()

    def serves(self, service: str) -> bool:
        return self._serving[service]

    def end(self) -> None:
        """End the streams of watchers after their last status."""
        self._ended = True
        self._notify()

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def check(self, request: HealthCheckRequest) -> HealthCheckResponse:
        if request.service not in self._serving:
            raise CallFailed(
                Status(code=int(code_pb2.NOT_FOUND), message=f"no service is named {request.service!r}")
            )
        return HealthCheckResponse(status=self._status(request.service))

    async def list(self, request: HealthListRequest) -> HealthListResponse:  # noqa: ARG002 - it asks for all
        statuses = {name: HealthCheckResponse(status=self._status(name)) for name in self._serving}
        return HealthListResponse(statuses=statuses)

    async def watch(self, request: HealthCheckRequest) -> AsyncIterator[HealthCheckResponse]:
        sent = None
        while True:
            changed = self._changed
            status = self._status(request.service)
            if status != sent:
                sent = status
                yield HealthCheckResponse(status=status)
            elif self._ended:
                return
            else:
                await changed.wait()

    def _status(self, service: str) -> HealthCheckResponse.ServingStatus:
        if service not in self._serving:
            return _UNKNOWN
        return _SERVING if self._serving[service] else _NOT_SERVING


class Readiness:
    """Sets the statuses as Redis becomes available or not.

    Those of the services follow at once. That of the whole server becomes NOT_SERVING after `grace_seconds`,
    so that a failover, which all servers see, does not empty a load balancer; it becomes SERVING at once.
    """

    def __init__(
        self,
        health: Health,
        services: Mapping[str, Callable[[], bool]],
        is_redis_ready: Callable[[], bool],
        grace_seconds: float,
    ) -> None:
        """Take a check of Redis for each of the `services`, and one for the whole server."""
        self._health = health
        self._services = services
        self._is_redis_ready = is_redis_ready
        self._grace_seconds = grace_seconds
        self._withheld = False
        self._ended = False
        self._timer: asyncio.TimerHandle | None = None

    def update(self) -> None:
        """Check Redis again, and set the statuses."""
        if self._ended:
            return
        for service, is_ready in self._services.items():
            self._health.set(service, serving=is_ready())
        if self._is_redis_ready():
            self._set_ready(not self._withheld)
        elif self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._grace_seconds, self._set_ready, False)

    def withhold(self, *, withheld: bool) -> None:
        """Keep the whole server NOT_SERVING while `withheld`, even if Redis is available."""
        self._withheld = withheld
        self.update()

    def set_alive(self, *, alive: bool) -> None:
        """Set the liveness of the process."""
        if not self._ended:
            self._health.set(LIVENESS, serving=alive)

    def end(self) -> None:
        """Set all statuses to NOT_SERVING, for good."""
        self._ended = True
        for service in (READINESS, LIVENESS, *self._services):
            self._health.set(service, serving=False)
        self._stop_timer()

    def _set_ready(self, ready: bool) -> None:
        self._stop_timer()
        self._health.set(READINESS, serving=ready)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None


def is_redis_ready(redis_client: RedisClient) -> bool:
    """Return True if services can work: each of them writes."""
    return redis_client.is_available and redis_client.accepts_writes


def is_subscription_ready(redis_client: RedisClient) -> bool:
    """Return True if published messages arrive too: a demoted master keeps connections and sends nothing."""
    return is_redis_ready(redis_client) and redis_client.subscriber.is_live
