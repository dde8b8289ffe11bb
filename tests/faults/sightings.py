"""Run as a program: what an operator sees of ten faults, and after how many seconds.

Each fault begins on a server and a Redis of its own. Health, a metric, `quikstate doctor` and `quikstate top`
are asked again and again until each says what it did not say at rest. It ends with 1 where one is silent that
must not be, or where health or the metric takes longer than two seconds to say what is wrong with Redis.
It needs root, for a small disk to fill.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.request import urlopen

from grpc_health.v1.health_pb2 import HealthCheckResponse, HealthListRequest
from grpc_health.v1.health_pb2_grpc import HealthStub

from faults.staged_faults import FAULTS, Fault, Stage
from support.redis.binaries import Server, servers
from support.server.command import quikstate

_PATIENCE_SECONDS = 30.0
_TIMELY_SECONDS = 2.0
_SETTLE_SECONDS = 4.0
"""Time for which a new server runs before its fault, so that what it says at rest is known."""

Words = frozenset[str]


@dataclass
class Sighting:
    """What was said that was not said at rest, and when it was asked for."""

    seconds: float = float("inf")
    words: Words = frozenset()

    def __str__(self) -> str:
        return f"{self.seconds:5.1f} s  {'; '.join(sorted(self.words))}" if self.words else "says nothing"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--fault", choices=[fault.name for fault in FAULTS], action="append")
    chosen = asked.parse_args().fault
    server = next(server for server in servers() if server.binary)
    missed = [
        f"{fault.name}: {complaint}"
        for fault in FAULTS
        if not chosen or fault.name in chosen
        for complaint in _show(fault, server)
    ]
    for complaint in missed:
        say(f"MISSED {complaint}")
    return int(bool(missed))


def _show(fault: Fault, server: Server) -> Iterator[str]:
    """Print what is seen of a fault; yield what should be and is not."""
    with ExitStack() as running:
        stage = Stage(server, running)
        asked: Mapping[str, Callable[[], Words]] = {
            "health": partial(_health, HealthStub(stage.channel)),
            "metric": partial(_metric, stage, fault),
            "doctor": partial(_doctor, stage),
            "top": partial(_top, stage),
        }
        time.sleep(_SETTLE_SECONDS)  # nothing tells when counts that come by the second are all there
        at_rest = {name: say() for name, say in asked.items()}
        running.enter_context(fault.begin(stage))
        seen = _look(asked, at_rest)
    say(f"\n{fault.name}")
    for name, sighting in seen.items():
        say(f"  {name:7} {sighting}")
    yield from _complaints(fault, seen)


def _look(asked: Mapping[str, Callable[[], Words]], at_rest: Mapping[str, Words]) -> Mapping[str, Sighting]:
    """Ask each at once, in a thread of its own, until it says something new."""
    began = time.monotonic()
    seen = {name: Sighting() for name in asked}

    def look(name: str) -> None:
        while (now := time.monotonic()) < began + _PATIENCE_SECONDS:
            if news := asked[name]() - at_rest[name]:
                seen[name] = Sighting(now - began, news)
                return
            time.sleep(0.05)  # between two looks: a thread that only looks, at what gives no sign

    threads = [threading.Thread(target=look, args=[name]) for name in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _complaints(fault: Fault, seen: Mapping[str, Sighting]) -> Iterator[str]:
    if not seen["metric"].words:
        yield f"no metric begins with {fault.metric}and tells it"
    for name, must in (("health", fault.in_health), ("doctor", fault.in_doctor), ("top", True)):
        if must and not seen[name].words:
            yield f"{name} says nothing"
    if fault.in_health:
        late = [name for name in ("health", "metric") if seen[name].seconds > _TIMELY_SECONDS]
        yield from (f"{name} takes more than {_TIMELY_SECONDS:g} s" for name in late)


def _health(stub: Any) -> Words:
    statuses = stub.List(HealthListRequest(), timeout=5).statuses
    down = {
        name or "the server" for name, one in statuses.items() if one.status != HealthCheckResponse.SERVING
    }
    return frozenset(f"{name.removeprefix('quikstate.v1.')} NOT_SERVING" for name in down)


def _metric(stage: Stage, fault: Fault) -> Words:
    with urlopen(f"http://127.0.0.1:{stage.serving.metrics_port}/metrics", timeout=5) as response:
        lines = response.read().decode().splitlines()
    samples = (line for line in lines if line.startswith(fault.metric))
    return frozenset(line for line in samples if fault.tells(float(line.rpartition(" ")[2])))


def _doctor(stage: Stage) -> Words:
    said = quikstate("doctor", "--json", "--listen", stage.serving.address, **stage.settings)
    rows = json.loads(said.stdout)
    return frozenset(f"{row['check']}: {row['what']}" for row in rows if row["state"] != "ok")


def _top(stage: Stage) -> Words:
    said = quikstate("top", "--once", "--json", "--addr", stage.serving.address)
    if not said.stdout:  # it is refused as any caller is
        return frozenset(line.partition(f"{stage.serving.address}: ")[2] for line in said.stderr.splitlines())
    return frozenset(_facts(json.loads(said.stdout)))


def _facts(shown: Mapping[str, Any]) -> Iterator[str]:
    """Yield what stands out in what `top` shows."""
    if "error" in shown:
        yield str(shown["error"])
        return
    if shown["total"]["failed"] > 0:
        yield "calls fail"
    redis = shown["redis"]
    if not redis.get("available"):
        yield "Redis is not available"
    if not redis.get("acceptsWrites"):
        yield "Redis accepts no writes"
    if not any(shard.get("replicas") for shard in redis.get("shards", ())):
        yield "Redis has no replicas"
    yield from (f"finding {finding['name']}" for finding in redis.get("findings", ()))
    if sum(int(worker.get("lockWaiters", 0)) for worker in shown["workers"]) > 1:
        yield "callers wait for locks"
    for queue in shown["queues"]:
        yield f"queue {queue['queue']}: {json.dumps(queue['stats'])}"


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a program's output


if __name__ == "__main__":
    sys.exit(main())
