"""`quikstate top`: rates between two looks, and frames that fit their screen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import admin_pb2 as pb
from quikstate.v1.queue_pb2 import QueueStats, QueueSummary
from quikstate_server.cli.top.document import document
from quikstate_server.cli.top.rates import percentile, rates_between
from quikstate_server.cli.top.sample import Sample
from quikstate_server.cli.top.view import frame, not_answering

SERVICE = "quikstate.v1.LockService"


def method(name: str, *, slow: int = 0, fast: int = 0, failed: int = 0, streams: int = 0) -> pb.MethodInfo:
    durations = [
        pb.DurationBucket(up_to=Duration(nanos=1_000_000), count=fast),
        pb.DurationBucket(up_to=Duration(seconds=1), count=slow),
        pb.DurationBucket(),
    ]
    return pb.MethodInfo(
        method=f"{SERVICE}/{name}",
        ended=slow + fast,
        failed=failed,
        streams_open=streams,
        durations=durations,
        streaming=name == "HoldLock",
    )


def worker(number: int, *methods: pb.MethodInfo, cpu: float = 0.0, pid: int = 7) -> pb.WorkerInfo:
    cpu_time = Duration()
    cpu_time.FromMilliseconds(round(1_000 * cpu))
    return pb.WorkerInfo(
        number=number, process_id=pid, cpu_time=cpu_time, resident_bytes=90 << 20, methods=methods
    )


def sample(at: float, *workers: pb.WorkerInfo, queues: int = 0, **redis: object) -> Sample:
    shards = [pb.RedisShard(master="10.0.0.1:6379", connected=True)]
    topology = pb.RedisTopology(
        mode=pb.REDIS_MODE_STANDALONE, available=True, accepts_writes=True, shards=shards
    )
    topology.MergeFrom(pb.RedisTopology(**redis))  # type: ignore[arg-type] # fields by their names
    summaries = [QueueSummary(queue=f"q{n}", stats=QueueStats(ready=n)) for n in reversed(range(queues))]
    return Sample(
        at,
        pb.GetServerInfoResponse(version="1", workers=workers),
        pb.GetTopologyResponse(redis=topology),
        summaries,
    )


def test_top_counts_what_all_processes_did_between_two_looks() -> None:
    before = sample(10.0, worker(1, method("GetLock", fast=100)), worker(2, cpu=1.0))
    now = sample(
        12.0,
        worker(1, method("GetLock", fast=190, slow=10, failed=4), method("HoldLock", streams=3)),
        worker(2, method("GetLock", fast=100), cpu=2.0),
    )
    rates = rates_between(before, now)
    busiest, holding = rates.methods
    assert (busiest.method, busiest.calls, busiest.failed) == (f"{SERVICE}/GetLock", 100.0, 2.0)
    assert (holding.method, holding.calls, holding.streams_open) == (f"{SERVICE}/HoldLock", 0.0, 3)
    assert (holding.p50, rates.total.calls, rates.total.streams_open) == (None, 100.0, 3)
    assert busiest.p50 == pytest.approx(0.001 * 100 / 190)
    assert busiest.p99 == pytest.approx(0.001 + 0.999 * 8 / 10)
    assert [(each.calls, each.cpu) for each in rates.workers] == [(50.0, 0.0), (50.0, 0.5)]


def test_top_leaves_the_durations_of_streams_out() -> None:
    now = sample(1.0, worker(1, method("HoldLock", slow=5)))
    rates = rates_between(sample(0.0, worker(1)), now)
    assert (rates.total.calls, rates.total.p99) == (5.0, None)


def test_top_counts_a_process_that_was_replaced_from_its_second_look() -> None:
    """After a restart, or at another server of the same address, the counts begin anew."""
    old = sample(0.0, worker(1, method("GetLock", fast=1_000)))
    fresh = sample(1.0, worker(1, method("GetLock", fast=5), method("HoldLock", streams=2), pid=8))
    rates = rates_between(old, fresh)
    assert (rates.total.calls, rates.total.streams_open, rates.workers[0].cpu) == (0.0, 2, None)


@pytest.mark.parametrize(
    ("durations", "share", "expected"),
    [
        ({}, 0.5, None),
        ({1.0: 0, 2.0: 4}, 0.5, 1.5),
        ({1.0: 2, 2.0: 2}, 0.5, 1.0),
        ({1.0: 1, float("inf"): 99}, 0.99, 1.0),
    ],
)
def test_top_estimates_percentiles_as_prometheus_does(
    durations: dict[float, int], share: float, expected: float | None
) -> None:
    assert percentile(durations, share) == expected


FINDINGS = [pb.RedisFinding(name=f"finding{n}", what="x" * 200) for n in range(5)]
REPLICAS = [pb.RedisReplica(address="10.0.0.2:6379", state="online", lag_bytes=2_048)]
SENTINELS = [pb.RedisSentinel(address=f"s{n}:1", connected=n > 0) for n in range(3)]


@pytest.mark.parametrize(("workers", "methods", "queues"), [(1, 0, 0), (1, 60, 60), (16, 60, 60)])
def test_top_fits_its_screen(workers: int, methods: int, queues: int) -> None:
    infos: Sequence[pb.MethodInfo] = [
        method(f"ListRateLimitPolicies{n}", fast=10**9, streams=10**6) for n in range(methods)
    ]
    busy = [worker(n, *infos) for n in range(workers)]
    now = sample(1.0, *busy, queues=queues, findings=FINDINGS)
    lines = frame("10.0.0.1:50051", now, rates_between(sample(0.0), now), 80, 24)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    text = "\n".join(lines)
    assert "WORKER" in text
    assert "METHOD" in text
    assert ("QUEUE" in text) == bool(queues)
    assert text.count("ListRateLimitPolicies") >= min(methods, 2)


def test_top_says_what_redis_is() -> None:
    now = sample(1.0, failover_epoch=4, sentinels=SENTINELS, mode=pb.REDIS_MODE_SENTINEL)
    now.topology.redis.shards[0].replicas.extend(REPLICAS)
    rates = rates_between(sample(0.0), now)
    (line,) = [line for line in frame("a", now, rates, 200, 24) if line.startswith("Redis ")]
    expected = "Redis sentinel  master 10.0.0.1:6379  replicas 1, lag 2.0KiB  sentinels 2/3  epoch 4"
    assert line == expected
    now.topology.redis.available = False
    assert any("DOES NOT ANSWER" in line for line in frame("a", now, rates, 200, 24))


def test_top_as_json_has_all_of_it() -> None:
    now = sample(2.0, worker(1, method("GetLock", fast=4)), queues=1)
    told = document("a:1", now, rates_between(sample(0.0, worker(1)), now))
    assert told["total"] == {
        "calls": 2.0,
        "failed": 0.0,
        "p50": pytest.approx(0.0005),
        "p99": pytest.approx(0.00099),
        "streams_open": 0,
    }
    assert [each["method"] for each in told["methods"]] == [f"{SERVICE}/GetLock"]
    assert told["workers"][0]["calls"] == 2.0
    assert told["redis"]["mode"] == "REDIS_MODE_STANDALONE"
    assert told["queues"][0]["queue"] == "q0"


def test_top_of_a_server_that_is_away_says_so() -> None:
    assert not_answering("a:1", "Connection refused", 80)[2] == "not answering: Connection refused"
