"""The budgets of the design, and whether this run met them: said, never asserted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.laboratory import Transport
from benchmarks.measure import Sample
from benchmarks.results import BARE_US, YARDSTICK, Results
from benchmarks.rows.row import key_on


@dataclass(frozen=True)
class Budget:
    number: int
    """In the design's list."""
    text: str
    limit: float
    unit: str
    value: Callable[[Results], float | None]
    """None where what it needs was not measured."""


@dataclass(frozen=True)
class Verdict:
    budget: Budget
    value: float
    slowness: float | None

    @property
    def met(self) -> bool:
        return self.value <= self.budget.limit

    def __str__(self) -> str:
        budget = self.budget
        said = f"{'met   ' if self.met else 'missed'}  budget {budget.number}: {budget.text}: "
        return f"{said}{self.value:.3g} {budget.unit}, at most {budget.limit:g}{self._there}"

    @property
    def _there(self) -> str:
        """Convert microseconds to those of a machine as fast as the one that the budget was set for."""
        if self.budget.unit != "µs" or not self.slowness:
            return ""
        return f" ({self.value / self.slowness:.3g} where the bare empty call takes {BARE_US:.0f} µs)"


def verdicts(results: Results) -> Iterator[Verdict]:
    for budget in _budgets():
        value = budget.value(results)
        if value is not None:
            yield Verdict(budget, value, results.slowness())


def _budgets() -> Iterator[Budget]:
    yield from BUDGETS
    for transport in Transport:
        yield from _life(transport)
        yield from _identity(transport)
        if transport is not Transport.GRPC:
            yield from _transport_calls(transport)
            yield from _transport_streams(transport)


def _life(transport: Transport) -> Iterator[Budget]:
    start, drain = key_on(transport, "start"), key_on(transport, "drain")
    on = f"on {transport.title}"
    yield Budget(9, f"start {on}", 0.6, "CPU s", _figure(start, lambda row: row.server_us / 1e6))
    yield Budget(9, f"calls lost {on} while servers drain", 0, "calls", _figure(drain, lambda row: row.lost))


def _identity(transport: Transport) -> Iterator[Budget]:
    """Yield the budgets of identity: the cost of a call with a credential, less that of one without."""
    for kind, credential in (("token", "a bearer token"), ("jwt", "a JWT")):
        for name, call in (("empty", "the empty call"), ("check", "CheckRateLimit")):
            text = f"added by {credential} to {call} on {transport.title}"
            known, unknown = (key_on(transport, f"{name}-{who}") for who in (kind, "none"))
            yield Budget(10, text, 5, "µs", _difference(known, unknown))


def _transport_calls(transport: Transport) -> Iterator[Budget]:
    """Those of a transport beside grpc.aio, to the same work there in the same run."""
    for text, limit, name, to in (
        ("the empty call", 0.25, "empty", "empty"),
        ("CheckRateLimit", 0.3, "check", "check"),
        ("a decision of 10 in a call, to CheckRateLimit", 0.05, "check-10", "check"),
        ("a message on 64 streams", 0.5, "stream-64", "stream-64"),
    ):
        ratio = _ratio(key_on(transport, name), to)
        yield Budget(7, f"CPU of {text} on {transport.title} to grpc.aio's", limit, "x", ratio)


def _transport_streams(transport: Transport) -> Iterator[Budget]:
    """Those of a transport beside grpc.aio, to grpc-go's empty call in the same run."""
    on = f"on {transport.title}"
    idle, left, visit = (key_on(transport, name) for name in ("listen-10000", "left", "visit"))
    kib = _figure(idle, lambda row: row.memory_kib)
    yield Budget(8, f"memory of an idle subscriber {on}", 20, "KiB", kib)
    yield Budget(8, f"lost {on} when others left", 0, "deliveries", _figure(left, lambda row: row.lost))
    for kind in ("durable", "ephemeral"):
        paced, what = key_on(transport, f"paced-50-{kind}"), f"50 {kind} messages a second {on}"
        yield Budget(8, f"lost of {what}", 0, "deliveries", _figure(paced, lambda row: row.lost))
        yield Budget(8, f"p99 of {what}", 50, "ms", _figure(paced, lambda row: row.p99_us / 1e3))
        yield Budget(8, f"CPU of {what} to grpc-go's empty call", 0.45, "x", _ratio(paced, YARDSTICK))
    opened = f"CPU of opening and closing a subscription {on} to grpc-go's empty call"
    yield Budget(9, opened, 8, "x", _ratio(visit, YARDSTICK))


def _ratio(key: str, to: str) -> Callable[[Results], float | None]:
    return lambda results: results.ratio(key, to)


def _figure(key: str, read: Callable[[Sample], float]) -> Callable[[Results], float | None]:
    def value(results: Results) -> float | None:
        median = results.median(key)
        return read(median) if median else None

    return value


def _difference(key: str, to: str) -> Callable[[Results], float | None]:
    def value(results: Results) -> float | None:
        more, less = results.median(key), results.median(to)
        return more.server_us - less.server_us if more and less else None

    return value


def _alone(call: str) -> Callable[[Results], float | None]:
    """Its p50 with nothing else in flight, to those of a Redis round trip and an empty call together."""

    def value(results: Results) -> float | None:
        ours, redis, empty = (results.median(key) for key in (call, "redis-alone", "empty-alone"))
        return ours.p50_us / (redis.p50_us + empty.p50_us) if ours and redis and empty else None

    return value


def _growth(many: str, one: str) -> Callable[[Results], float | None]:
    """CPU of the server and of Redis with much stored, to that with little."""

    def value(results: Results) -> float | None:
        much, little = results.median(many), results.median(one)
        if not much or not little:
            return None
        return (much.server_us + much.redis_us) / (little.server_us + little.redis_us)

    return value


BUDGETS = (
    Budget(1, "CPU of CheckRateLimit to the empty call's", 1.4, "x", _ratio("check", "empty")),
    Budget(1, "the same, tracing off", 1.2, "x", _ratio("check-untraced", "empty-untraced")),
    Budget(1, "CPU of AcquireLock and ReleaseLock to the empty call's", 1.4, "x", _ratio("lock", "empty-go")),
    Budget(1, "p50 alone to redis-py's GET and the empty call", 2.5, "x", _alone("check-alone")),
    Budget(
        2, "CPU of a decision of 100 in a call", 12, "µs", _figure("check-100", lambda row: row.server_us)
    ),
    Budget(2, "CPU of a message on 64 streams to the unary call's", 0.6, "x", _ratio("stream-64", "check")),
    Budget(
        3,
        "CPU of a delivery to 1,000 subscribers",
        5,
        "µs",
        _figure("fan-out-1000", lambda row: row.server_us),
    ),
    Budget(
        3,
        "p99 from publishing to receiving, 100,000 deliveries a second",
        100_000,
        "µs",
        _figure("paced-100-durable", lambda row: row.p99_us),
    ),
    Budget(3, "memory of an idle subscriber", 30, "KiB", _figure("listen-10000", lambda row: row.memory_kib)),
    Budget(
        4,
        "CPU of a call with 2 workers to that with 1",
        1.1,
        "x",
        _ratio("check-workers-2", "check-workers-1"),
    ),
    Budget(5, "CPU with 1,000,000 keys stored to that with 1", 1.2, "x", _growth("stored-1m", "stored-1")),
    Budget(5, "the same, AcquireLock and ReleaseLock", 1.2, "x", _growth("lock-stored-1m", "lock")),
    Budget(6, "scripts a CheckRateLimit", 1, "scripts", _figure("check", lambda row: round(row.scripts, 2))),
    Budget(
        6, "Redis in the script of a CheckRateLimit", 30, "µs", _figure("check", lambda row: row.script_us)
    ),
    Budget(
        6,
        "scripts an AcquireLock or ReleaseLock",
        1,
        "scripts",
        _figure("lock", lambda row: round(row.scripts, 2)),
    ),
    Budget(6, "Redis in the script of one of them", 30, "µs", _figure("lock", lambda row: row.script_us)),
    # cache
    Budget(1, "CPU of GetEntries to the empty call's", 1.4, "x", _ratio("cache-get", "empty")),
    Budget(6, "scripts a GetEntries", 1, "scripts", _figure("cache-get", lambda row: round(row.scripts, 2))),
    Budget(
        6, "Redis in the script of a GetEntries", 30, "µs", _figure("cache-get", lambda row: row.script_us)
    ),
    # session
    Budget(1, "CPU of GetSession to the empty call's", 1.4, "x", _ratio("session", "empty-go")),
    Budget(5, "the same, GetSession", 1.2, "x", _growth("session-stored-1m", "session")),
    Budget(6, "scripts a GetSession", 2, "scripts", _figure("session", lambda row: round(row.scripts, 2))),
    Budget(
        6, "Redis in a script of one", 30, "µs", _figure("session", lambda row: row.script_us / row.scripts)
    ),
    # presence
    Budget(
        5, "ListOnline among 1,000,000 to among 100", 1.2, "x", _growth("list-online-1m", "list-online-100")
    ),
    Budget(
        6, "scripts a Heartbeat", 2, "scripts", _figure("heartbeat-100", lambda row: round(row.scripts, 1))
    ),
    Budget(3, "memory an idle watcher", 30, "KiB", _figure("watch-1000", lambda row: row.memory_kib)),
)
