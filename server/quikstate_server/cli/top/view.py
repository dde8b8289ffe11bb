"""The text of one look, which fits a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from quikstate.v1.admin_pb2 import RedisMode, RedisReplica, RedisTopology
from quikstate.v1.queue_pb2 import QueueSummary
from quikstate_server.cli.top.rates import CallRates, Rates, WorkerRates
from quikstate_server.cli.top.sample import Sample
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_WORKERS, _QUEUES, _FINDINGS = 4, 4, 2
"""Rows of each at most."""
_MIN_METHODS = 3
_UNITS = (("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10))


def frame(address: str, sample: Sample, rates: Rates, width: int, height: int) -> list[str]:
    """Return the lines of a screen of this size."""
    head = [_title(address, sample), *_totals(rates), *_redis_lines(sample)]
    workers = _worker_table(rates.workers)
    queues = _queue_table(sample.queues)
    room = height - len(head) - len(workers) - len(queues)
    methods = _method_table(rates.methods, max(_MIN_METHODS, room - 2))
    return _cut([*head, *workers, *methods, *queues], width, height)


def not_answering(address: str, why: str, width: int) -> list[str]:
    """Return the lines for a server that does not answer."""
    return _cut([f"quikstate  {address}  {_clock()}", "", f"not answering: {why}"], width, 3)


def _cut(lines: Sequence[str], width: int, height: int) -> list[str]:
    return [line[:width].rstrip() for line in lines[:height]]


def _clock() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


def _title(address: str, sample: Sample) -> str:
    return f"quikstate {sample.server.version}  {address}  {_clock()}"


def _totals(rates: Rates) -> Iterator[str]:
    total, workers = rates.total, [each.worker for each in rates.workers]
    yield (
        f"calls {_rate(total.calls)}/s  failed {_rate(total.failed)}/s  "
        f"p50 {_duration(total.p50)}  p99 {_duration(total.p99)}"
    )
    yield (
        f"in flight {sum(worker.calls_in_flight for worker in workers)}  "
        f"streams {sum(worker.streams_open for worker in workers)}  "
        f"waiting for locks {sum(worker.lock_waiters for worker in workers)}  "
        f"Redis commands {sum(worker.redis_commands_in_flight for worker in workers)}"
    )


def _redis_lines(sample: Sample) -> Iterator[str]:
    yield f"Redis {_redis(sample.topology.redis)}"
    findings = [*sample.topology.redis.findings]
    if sample.topology.HasField("cache_redis"):
        yield f"cache {_redis(sample.topology.cache_redis)}"
        findings += sample.topology.cache_redis.findings
    for finding in findings[:_FINDINGS]:
        yield f"  ! {finding.name}: {finding.what}"
    if len(findings) > _FINDINGS:
        yield f"  ! and {len(findings) - _FINDINGS} more"


def _redis(redis: RedisTopology) -> str:
    mode = RedisMode.Name(redis.mode).removeprefix("REDIS_MODE_").lower()
    shards = list(redis.shards)
    connected = sum(shard.connected for shard in shards)
    masters = shards[0].master or "none" if len(shards) == 1 else f"{connected}/{len(shards)}"
    parts = [mode, f"master{'s' if len(shards) != 1 else ''} {masters}", _state(redis)]
    replicas = [replica for shard in shards for replica in shard.replicas]
    if replicas:
        parts.append(f"replicas {len(replicas)}, {_lag(replicas)}")
    if redis.sentinels:
        answering = sum(sentinel.connected for sentinel in redis.sentinels)
        parts.append(f"sentinels {answering}/{len(redis.sentinels)}  epoch {redis.failover_epoch}")
    return "  ".join(filter(None, parts))


def _state(redis: RedisTopology) -> str:
    if not redis.available:
        return "DOES NOT ANSWER"
    return "" if redis.accepts_writes else "REFUSES WRITES"


def _lag(replicas: Sequence[RedisReplica]) -> str:
    behind = [replica for replica in replicas if replica.state != "online"]
    if behind:
        return f"{len(behind)} not in step"
    return f"lag {_bytes(max(replica.lag_bytes for replica in replicas))}"


def _worker_table(workers: Sequence[WorkerRates]) -> list[str]:
    rows = [_worker_row(worker) for worker in sorted(workers, key=lambda each: -(each.cpu or 0))]
    titles = "worker", "pid", "cpu", "memory", "lag", "in flight", "streams", "calls/s"
    return ["", *_table(titles, rows[:_WORKERS]), *_more(len(rows) - _WORKERS)]


def _worker_row(rates: WorkerRates) -> Sequence[str]:
    worker = rates.worker
    return (
        str(worker.number),
        str(worker.process_id),
        "-" if rates.cpu is None else f"{100 * rates.cpu:.0f}%",
        _bytes(worker.resident_bytes),
        _duration(seconds_from_duration(worker.event_loop_lag)),
        str(worker.calls_in_flight),
        str(worker.streams_open),
        "-" if rates.calls is None else _rate(rates.calls),
    )


def _method_table(methods: Sequence[CallRates], rows: int) -> list[str]:
    titles = "method", "calls/s", "failed/s", "p50", "p99", "streams"
    return ["", *_table(titles, [_method_row(method) for method in methods[:rows]])]


def _method_row(rates: CallRates) -> Sequence[str]:
    return (
        rates.method.rpartition(".")[2].replace("Service/", "/"),
        _rate(rates.calls),
        _rate(rates.failed),
        _duration(rates.p50),
        _duration(rates.p99),
        str(rates.streams_open),
    )


def _queue_table(queues: Sequence[QueueSummary]) -> list[str]:
    if not queues:
        return []
    titles = "queue", "ready", "delayed", "leased", "dead"
    rows = [
        (
            "".join(char if char.isprintable() else "?" for char in each.queue)[:40],
            *map(str, (each.stats.ready, each.stats.delayed, each.stats.leased, each.stats.dead)),
        )
        for each in queues[:_QUEUES]
    ]
    return ["", *_table(titles, rows), *_more(len(queues) - _QUEUES)]


def _more(count: int) -> list[str]:
    return [f"and {count} more"] if count > 0 else []


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield aligned lines: the first column to the left, numbers to the right."""
    lines = [[title.upper() for title in titles], *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *numbers in lines:
        cells = (cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *cells])


def _rate(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 or number == 0 else f"{number:.1f}"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{seconds:.1f}s" if seconds >= 1 else f"{1_000 * seconds:.1f}ms"


def _bytes(count: int) -> str:
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:.1f}{unit}"
    return f"{count}B"
