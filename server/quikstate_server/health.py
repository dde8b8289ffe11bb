"""grpc.health.v1: who may be sent calls, told to balancers as it changes."""

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
"""The server as a whole, as balancers ask for it."""

LIVENESS = "liveness"
"""Whether the process works, whatever Redis does: an orchestrator restarts what is not alive.

It is not while one of the tasks that keep it connected fails again and again by a fault of its own.
"""

_SERVING = HealthCheckResponse.SERVING
_NOT_SERVING = HealthCheckResponse.NOT_SERVING
_UNKNOWN = HealthCheckResponse.SERVICE_UNKNOWN


class Health:
    """The servicer. grpcio's own has no List, and a slow watcher of it delays news for all others."""

    def __init__(self, services: Sequence[str]) -> None:
        self._serving = dict.fromkeys((READINESS, *services), False) | {LIVENESS: True}
        self._changed = asyncio.Event()
        self._ended = False

    def set(self, service: str, *, serving: bool) -> None:
        if self._serving[service] != serving:
            self._serving[service] = serving
            self._tell()

    def serves(self, service: str) -> bool:
        return self._serving[service]

    def end(self) -> None:
        """The streams of watchers end, once they were told what holds now."""
        self._ended = True
        self._tell()

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def check(self, request: HealthCheckRequest) -> HealthCheckResponse:
        if request.service not in self._serving:
            raise CallFailed(Status(code=int(code_pb2.NOT_FOUND), message="no such service"))
        return HealthCheckResponse(status=self._status(request.service))

    async def list(self, request: HealthListRequest) -> HealthListResponse:  # noqa: ARG002 - it asks for all
        statuses = {name: HealthCheckResponse(status=self._status(name)) for name in self._serving}
        return HealthListResponse(statuses=statuses)

    async def watch(self, request: HealthCheckRequest) -> AsyncIterator[HealthCheckResponse]:
        told = None
        while True:
            changed = self._changed
            status = self._status(request.service)
            if status != told:
                told = status
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
    """Sets the statuses by what becomes of Redis.

    Those of the services follow it at once. That of the whole server waits `grace_seconds` before it
    says NOT_SERVING, so that a failover, which all servers see, does not empty a load balancer; and it
    says SERVING at once.
    """

    def __init__(
        self,
        health: Health,
        services: Mapping[str, Callable[[], bool]],
        answers: Callable[[], bool],
        grace_seconds: float,
    ) -> None:
        """`services` says of each whether its Redis answers, and `answers` that of the whole server."""
        self._health = health
        self._services = services
        self._answers = answers
        self._grace_seconds = grace_seconds
        self._withheld = False
        self._ended = False
        self._timer: asyncio.TimerHandle | None = None

    def update(self) -> None:
        """Redis began or ceased to answer."""
        if self._ended:
            return
        answers = self._answers()
        for service, its_redis_answers in self._services.items():
            self._health.set(service, serving=its_redis_answers())
        if answers:
            self._set_ready(not self._withheld)
        elif self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._grace_seconds, self._set_ready, False)

    def withhold(self, *, withheld: bool) -> None:
        """While `withheld` the whole server is not ready, even if Redis answers."""
        self._withheld = withheld
        self.update()

    def set_alive(self, *, alive: bool) -> None:
        """Tell whether the process works: what it cannot do without may fail again and again."""
        if not self._ended:
            self._health.set(LIVENESS, serving=alive)

    def end(self) -> None:
        """Nothing is served any more, for good."""
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


def answers(redis_client: RedisClient) -> bool:
    """Whether services can do their work, of which some is always to write."""
    return redis_client.is_available and redis_client.accepts_writes


def hears(redis_client: RedisClient) -> bool:
    """Whether what is published is heard too: a demoted master keeps its connections and says nothing."""
    return answers(redis_client) and redis_client.subscriber.is_live
