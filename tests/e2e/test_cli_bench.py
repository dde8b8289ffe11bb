"""`quikstate bench`: it measures each service, says what failed, and leaves nothing behind."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import Any

import pytest

from support.harness.eventually import wait_until
from support.queue.requests import keys_left
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import Started, quikstate

pytestmark = pytest.mark.usefixtures("emptied")

CALLS = {
    "ping": ["Health.Check"],
    "limit": ["CheckRateLimit"],
    "lock": ["AcquireLock", "ReleaseLock"],
    "session": ["GetSession"],
    "cache": ["GetEntries"],
    "queue": ["Enqueue", "Receive", "Settle"],
    "pub_sub": ["Publish"],
}

REMEMBERED = {"lock": {"fence"}, "session": {"given", "revoked"}}
"""What the server keeps for safety's sake: the last fencing token, and that a session is revoked."""


def bench(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("bench", "--addr", address, *words)


def measured(address: str, *words: str) -> dict[str, Any]:
    done = bench(address, *words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def names_left(redis: RedisProcess) -> list[str]:
    """Return the keys of what a bench stored; the index of queues forgets those without items by itself."""
    with redis.client() as client:
        return keys_left(client)


def kinds_left(redis: RedisProcess) -> set[str]:
    """Return the suffixes of the keys that are left; of a key that does not expire, with a sign."""
    names = names_left(redis)
    with redis.client() as client:
        return {name.rpartition(":")[2] + "!" * (client.ttl(name) == -1) for name in names}


@pytest.mark.parametrize("workload", CALLS)
def test_bench_measures_a_service_and_leaves_nothing_behind(
    address: str, redis: RedisProcess, workload: str
) -> None:
    result = measured(address, workload, "--count", "20", "--concurrency", "3")
    assert (result["workload"], result["rpcs"]) == (workload, CALLS[workload])
    assert (result["calls"], result["errors"], result["skipped"]) == (20, {}, 0)
    assert sum(row["calls"] for row in result["histogram"]) == 20
    figures = list(result["latencyMs"].values())
    assert list(result["latencyMs"]) == ["min", "mean", "p50", "p90", "p99", "p99.9", "max"]
    assert 0 < figures[0] <= result["latencyMs"]["p50"] <= figures[-1]
    wait_until(lambda: kinds_left(redis) <= REMEMBERED.get(workload, set()))


def test_bench_of_several_clients_adds_up_what_they_measured(address: str) -> None:
    result = measured(address, "lock", "--clients", "2", "--count", "21", "--concurrency", "2")
    assert (result["clients"], result["concurrency"], result["calls"]) == (2, 2, 21)


def test_bench_for_people_has_the_figures_and_a_histogram(address: str) -> None:
    told = bench(address, "cache", "--count", "20", "--rate", "50")
    assert (told.returncode, told.stderr) == (0, "")
    what, rate, _, titles, _, _, *rows = told.stdout.splitlines()
    assert what.startswith("cache: GetEntries, 1 x 1 callers, 0.")
    assert rate.endswith(" of 50 calls/s that were due")
    assert titles.split() == ["MIN", "MEAN", "P50", "P90", "P99", "P99.9", "MAX"]
    assert all(row.startswith("up to ") for row in rows)
    assert any(row.endswith("#" * 40) for row in rows)


@pytest.mark.parametrize("clients", ["1", "2"])
def test_bench_that_is_interrupted_reports_and_deletes(
    address: str, redis: RedisProcess, clients: str
) -> None:
    words = "bench", "cache", "--addr", address, "--duration", "1h", "--rate", "20", "--clients", clients
    with Started(*words, "--json") as started:
        wait_until(lambda: len([name for name in names_left(redis) if ":trial" not in name]) >= int(clients))
        started.send(signal.SIGINT)
        assert started.ended() == 130
        assert json.loads(started.said)["errors"] == {}
    wait_until(lambda: names_left(redis) == [])


def test_bench_counts_calls_that_fail_by_their_code(address: str, redis: RedisProcess) -> None:
    words = "bench", "cache", "--addr", address, "--duration", "5s", "--rate", "20", "--json"
    with Started(*words) as started:
        wait_until(lambda: bool(names_left(redis)))
        with redis.client() as client:
            client.flushall()
        assert started.ended() == 1
        assert json.loads(started.said)["errors"].keys() == {"NOT_FOUND"}


def test_bench_refuses_what_it_cannot_measure(address: str) -> None:
    for words, why in (
        (("--duration", "1s", "--count", "5"), "give either --duration or --count"),
        (("--duration", "0"), "--duration must be more than 0"),
        (("--clients", "0"), "Invalid value for '--clients'"),
        (("presence",), "'presence' is not one of"),
    ):
        refused = bench(address, *words)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert why in " ".join(refused.stderr.split())
    for clients in ("1", "2"):
        nobody = f"127.0.0.1:{free_port()}"
        unreachable = bench(nobody, "--clients", clients)
        assert (unreachable.returncode, unreachable.stdout) == (69, "")
        assert unreachable.stderr.startswith(f"quikstate: {nobody}: Connection refused")
        assert len(unreachable.stderr.splitlines()) == 1
