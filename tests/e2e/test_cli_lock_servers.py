"""`quikstate lock run` and `lock watch` go on when their server goes away."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from support.harness.eventually import wait_until
from support.lock.command import HELD, SLEEP, holding, is_alive, lock_at, waiting
from support.redis.redis_process import free_port
from support.server.command import Serving, Started, StartServing

TTL = 4
"""Enough for a process to start on a busy machine."""
FLAGS = "--ttl", f"{TTL}s"
OUTLIVES = f'echo "held $QUIKSTATE_FENCING_TOKEN"; sleep {TTL + 3}; exit 3'
"""A command that takes longer than the TTL after anything the test does."""


@pytest.fixture
def first(redis_url: str, serve: StartServing) -> Iterator[Serving]:
    with serve("--redis-url", redis_url) as running:
        yield running


@pytest.fixture
def second(redis_url: str, serve: StartServing) -> Iterator[Serving]:
    with serve("--redis-url", redis_url) as running:
        yield running


def of(*serving: Serving) -> str:
    """One address for several servers, the first of them first."""
    return f"ipv4:{','.join(each.address for each in serving)}"


def test_lock_run_keeps_its_lock_on_another_server_when_its_own_drains(
    first: Serving, second: Serving
) -> None:
    with holding(of(first, second), "drained", OUTLIVES, *FLAGS) as holder:
        first.terminate()
        assert first.ended() == 0
        assert holder.ended() == 3
        assert lock_at(second.address, "drained").last_fencing_token == int(holder.says(HELD))


def test_lock_run_keeps_its_lock_on_another_server_when_its_own_is_killed(
    first: Serving, second: Serving
) -> None:
    with holding(of(first, second), "killed", OUTLIVES, *FLAGS) as holder:
        first.kill()
        assert holder.ended() == 3
        lock = lock_at(second.address, "killed")
        assert (lock.held, lock.last_fencing_token) == (False, int(holder.says(HELD)))


def test_lock_run_keeps_its_lock_over_a_restart(redis_url: str, serve: StartServing) -> None:
    flags = "--redis-url", redis_url, "--listen", f"127.0.0.1:{free_port()}"
    with serve(*flags) as before:
        holder = holding(before.address, "restarted", SLEEP, "--ttl", "30s")
        before.terminate()  # it renews the lease as it ends
        assert before.ended() == 0
    with holder, serve(*flags) as after:
        wait_until(lambda: lock_at(after.address, "restarted").expires_in.seconds == 29)
        holder.send(signal.SIGTERM)
        assert holder.ended() == 128 + signal.SIGTERM
        lock = lock_at(after.address, "restarted")
        assert (lock.held, lock.last_fencing_token) == (False, int(holder.says(HELD)))


def test_lock_run_waits_on_another_server_when_its_own_drains(first: Serving, second: Serving) -> None:
    with holding(second.address, "waited") as holder, waiting(of(first, second), "waited") as waiter:
        first.terminate()
        assert first.ended() == 0
        holder.send(signal.SIGTERM)
        assert int(waiter.says(HELD)) > int(holder.says(HELD))


def test_lock_run_ends_its_command_when_no_server_is_back_in_time(first: Serving) -> None:
    script = "echo pid $$ .; echo held 1; exec sleep 60"
    with holding(first.address, "gone", script, "--ttl", "2s") as holder:
        command = int(holder.says(r"pid (\d+) "))
        first.kill()
        assert holder.ended() == 76
        assert not is_alive(command)


def test_lock_watch_goes_on_and_says_so(first: Serving, second: Serving) -> None:
    words = "lock", "watch", "--addr", of(first, second), "watched", "other"
    with Started(*words) as watch:
        watch.says(r"  watched  (free)\n")
        with holding(second.address, "watched") as holder:
            token = holder.says(HELD)
            watch.says(rf"  watched  exclusive  \S+  ({token})\n")
            first.terminate()
            watch.says(r"quikstate: (.*); reconnecting\n")
            watch.says(r"quikstate: (watching again)\n")
            holder.send(signal.SIGTERM)
            assert holder.ended() == 128 + signal.SIGTERM
        watch.says(rf"{token}\n(?:.*\n)*.*  watched  (free)\n")
        watch.send(signal.SIGINT)
        assert watch.ended() == 130
        assert watch.said.count("other") == 1
