"""Ten faults of a server with callers, on a Redis with a replica: each begins when it is entered."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import grpc
import redis
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2, queue_pb2, rate_limit_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from support.redis.binaries import Server
from support.redis.redis_process import RedisProcess
from support.server.command import Serving

_DISK_MEGABYTES = 16
_SLOW_SCRIPT = "local a = 0 for i = 1, 6e8 do a = a + i end return a"
_CROWD = 40
_FLAGS = ("--metrics-listen", "127.0.0.1:0", "--limits-max-calls", "100", "--transport", "http")


class Stage:
    """The server, its Redis with a replica, and one caller who is there all the time."""

    def __init__(self, server: Server, running: ExitStack) -> None:
        self.disk = running.enter_context(_small_disk())
        self.master = RedisProcess(server, tcp=True, appendonly="yes", dir=str(self.disk))
        running.callback(self.master.close)
        self.replica = RedisProcess(server, tcp=True, replicaof=f"127.0.0.1 {self.master.port}")
        running.callback(self.replica.close)
        self.settings = {
            "QUIKSTATE_REDIS_URL": f"redis://127.0.0.1:{self.master.port}",
            "QUIKSTATE_REDIS__MIN_REPLICAS": "1",
        }
        self.serving = running.enter_context(Serving(*_FLAGS, **self.settings))
        self.channel = running.enter_context(grpc.insecure_channel(self.serving.address))
        self._ended = threading.Event()
        running.callback(self._ended.set)
        threading.Thread(target=self._call, daemon=True).start()

    def _call(self) -> None:
        limits = RateLimitServiceStub(self.channel)
        request = rate_limit_pb2.CheckRateLimitRequest(hits=[_hit()])
        while not self._ended.wait(0.02):
            with suppress(grpc.RpcError):
                limits.CheckRateLimit(request, timeout=2)


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="qs-", dir="/tmp") as folder:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MEGABYTES}m", "tmpfs", folder], check=True
        )
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _hit() -> rate_limit_pb2.RateLimitHit:
    limit = rate_limit_pb2.RateLimit(limit=10**6, window=Duration(seconds=60))
    return rate_limit_pb2.RateLimitHit(key="caller", limit=limit)


@contextmanager
def redis_killed(stage: Stage) -> Iterator[None]:
    stage.master.kill()
    yield


@contextmanager
def redis_paused(stage: Stage) -> Iterator[None]:
    stage.master.pause()
    yield
    stage.master.resume()


@contextmanager
def disk_full(stage: Stage) -> Iterator[None]:
    with suppress(OSError), (stage.disk / "filler").open("wb") as filler:
        while True:
            filler.write(bytes(4096))
            filler.flush()
    yield


@contextmanager
def memory_full(stage: Stage) -> Iterator[None]:
    with stage.master.client() as client:
        client.config_set("maxmemory", "1mb")
        yield


@contextmanager
def slow_script(stage: Stage) -> Iterator[None]:
    def run() -> None:
        with suppress(redis.RedisError), stage.master.client(socket_timeout=60) as client:
            client.eval(_SLOW_SCRIPT, 0)

    threading.Thread(target=run, daemon=True).start()
    yield


@contextmanager
def replica_gone(stage: Stage) -> Iterator[None]:
    stage.replica.kill()
    yield


@contextmanager
def stuck_consumer(stage: Stage) -> Iterator[None]:
    queues = QueueServiceStub(stage.channel)
    items = [queue_pb2.EnqueueItem(queue="stuck", payload=b"x") for _ in range(20)]
    queues.Enqueue(queue_pb2.EnqueueRequest(items=items))
    queues.Receive(queue_pb2.ReceiveRequest(queues=["stuck"], lease=Duration(seconds=600)))
    yield


@contextmanager
def poison_item(stage: Stage) -> Iterator[None]:
    queues = QueueServiceStub(stage.channel)
    queues.Enqueue(queue_pb2.EnqueueRequest(items=[queue_pb2.EnqueueItem(queue="poison", max_attempts=3)]))
    for _ in range(3):
        (item,) = queues.Receive(queue_pb2.ReceiveRequest(queues=["poison"])).items
        nack = queue_pb2.Settlement(receipt=item.receipt, nack=queue_pb2.QueueNack())
        queues.Settle(queue_pb2.SettleRequest(settlements=[nack]))
    yield


@contextmanager
def hot_lock(stage: Stage) -> Iterator[None]:
    locks = LockServiceStub(stage.channel)
    held = lock_pb2.AcquireLockRequest(resources=["hot"], ttl=Duration(seconds=60))
    locks.AcquireLock(held)
    held.wait.FromSeconds(50)
    waiting = [locks.AcquireLock.future(held) for _ in range(_CROWD)]
    yield
    for call in waiting:
        call.cancel()  # type: ignore[no-untyped-call] # the stubs lack its type


@contextmanager
def overload(stage: Stage) -> Iterator[None]:
    limits = RateLimitServiceStub(stage.channel)
    request = rate_limit_pb2.CheckRateLimitRequest(hits=[_hit()])
    ended = threading.Event()

    def call() -> None:
        while not ended.is_set():
            burst = [limits.CheckRateLimit.future(request) for _ in range(100)]
            for one in burst:
                one.exception()

    with ThreadPoolExecutor(8) as crowd:
        for _ in range(8):
            crowd.submit(call)
        try:
            yield
        finally:
            ended.set()


Begin = Callable[[Stage], AbstractContextManager[None]]


@dataclass(frozen=True)
class Fault:
    """A fault, and what must be seen of it: in health, in a metric, and by `doctor`."""

    name: str
    begin: Begin
    metric: str
    """The start of the sample that tells it."""
    tells: Callable[[float], bool]
    in_health: bool = False
    in_doctor: bool = False


def _above(least: float) -> Callable[[float], bool]:
    return lambda value: value > least


def _is_zero(value: float) -> bool:
    return value == 0


_AVAILABLE, _ACCEPTS_WRITES = "quikstate_redis_available ", "quikstate_redis_accepts_writes "
_MEMORY = "quikstate_redis_memory_used_ratio "
_OLDEST = 'quikstate_queue_oldest_age_seconds{namespace="",queue="stuck"}'
_DEAD = 'quikstate_queue_settlements_total{outcome="dead"}'
_REFUSED = 'quikstate_refused_calls_total{caller="",limit="limits.max_calls"}'
FAULTS = (
    Fault("Redis killed", redis_killed, _AVAILABLE, _is_zero, in_health=True, in_doctor=True),
    Fault("Redis paused", redis_paused, _AVAILABLE, _is_zero, in_health=True, in_doctor=True),
    Fault("disk full", disk_full, _ACCEPTS_WRITES, _is_zero, in_health=True, in_doctor=True),
    Fault("memory full", memory_full, _MEMORY, _above(0.99), in_doctor=True),
    Fault("slow script", slow_script, _AVAILABLE, _is_zero, in_health=True),
    Fault(
        "replica gone", replica_gone, "quikstate_redis_replicas ", _is_zero, in_health=True, in_doctor=True
    ),
    Fault("stuck consumer", stuck_consumer, _OLDEST, _above(1)),
    Fault("poison item", poison_item, _DEAD, _above(0)),
    Fault("hot lock", hot_lock, "quikstate_lock_waiters ", _above(_CROWD / 2)),
    Fault("overload", overload, _REFUSED, _above(0)),
)
