"""`quikstate lock run`: a command runs while a lock is held, and no longer."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator

import pytest

from support.harness.eventually import wait_until
from support.lock.command import HELD, acquired_at, holding, is_alive, lock_at, take_away, waiting
from support.redis.redis_process import free_port
from support.server.command import ON_A_TERMINAL, Started, StartServing, quikstate

TTL = 2
SHORT = "--ttl", f"{TTL}s"
INTERRUPTED = """
import signal, threading
first = threading.Event()
signal.signal(signal.SIGINT, lambda *_: (print("interrupted", flush=True), first.set()))
print("held 1", flush=True)
first.wait(60)
threading.Event().wait(0.5)
raise SystemExit(4)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: StartServing) -> Iterator[str]:
    with serve("--data-dir", str(tmp_path_factory.mktemp("data"))) as running:
        yield running.address


def test_lock_run_tells_the_command_its_token_and_ends_as_it_does(address: str) -> None:
    script = 'echo "$QUIKSTATE_LOCK $QUIKSTATE_FENCING_TOKEN"; exit 3'
    flags = "--owner", "me", "--metadata", "address=10.0.0.1:80"
    ran = quikstate("lock", "run", "--addr", address, *flags, "told", "--", "sh", "-c", script)
    after = lock_at(address, "told")
    assert (ran.returncode, ran.stderr) == (3, "")
    assert ran.stdout == f"told {after.last_fencing_token}\n"
    assert not after.held


def test_lock_run_says_who_holds_it(address: str) -> None:
    flags = "--owner", "me", "--metadata", "address=10.0.0.1:80", "--permits", "2"
    with holding(address, "shown", "echo held 1; exec sleep 60", *flags):
        lock = lock_at(address, "shown")
    assert (lock.permits, lock.holders[0].owner) == (2, "me")
    assert lock.holders[0].metadata == {"address": "10.0.0.1:80"}


def test_lock_run_of_a_busy_lock_has_an_exit_status_of_its_own(address: str) -> None:
    with holding(address, "busy"):
        tried = quikstate("lock", "run", "--addr", address, "--wait", "0", "busy", "--", "echo", "ran")
    assert (tried.returncode, tried.stdout) == (75, "")
    assert tried.stderr == "quikstate: busy: busy; `quikstate lock show` shows its holders\n"


def test_lock_run_killed_with_9_costs_who_waits_the_ttl_and_a_second_at_most(address: str) -> None:
    script = 'echo "held $QUIKSTATE_FENCING_TOKEN"; echo "pid $$ "; exec sleep 60'
    with holding(address, "killed", script, *SHORT) as holder, waiting(address, "killed") as waiter:
        token, command = int(holder.says(HELD)), int(holder.says(r"pid (\d+) "))
        killed = time.time()
        holder.send(signal.SIGKILL)
        assert int(waiter.says(HELD)) > token
        assert acquired_at(lock_at(address, "killed")) - killed <= TTL + 1
        wait_until(lambda: not is_alive(command))


def test_lock_run_that_ends_hands_the_lock_on_at_once(address: str) -> None:
    script = 'trap "date +ended\\ %s.%N; exit 0" TERM; echo "held $QUIKSTATE_FENCING_TOKEN"; sleep 60 & wait'
    with holding(address, "ended", script) as holder, waiting(address, "ended") as waiter:
        token = int(holder.says(HELD))
        holder.send(signal.SIGTERM)
        assert int(waiter.says(HELD)) > token
        ended = float(holder.says(r"ended ([\d.]+)\n"))
        assert acquired_at(lock_at(address, "ended")) - ended < 1
        assert holder.ended() == 0


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_lock_run_passes_signals_on_to_the_whole_command(address: str, signum: signal.Signals) -> None:
    script = "trap 'exit 5' TERM INT HUP; sh -c 'echo pid $$ .; exec sleep 60' & echo held 1; wait"
    with holding(address, "signalled", script) as holder:
        sleeper = int(holder.says(r"pid (\d+) "))
        holder.send(signum)
        assert holder.ended() == 5
        if signum is not signal.SIGINT:  # a shell without a terminal shields what it runs beside from that
            wait_until(lambda: not is_alive(sleeper))
        assert not lock_at(address, "signalled").held


def test_lock_run_on_a_terminal_leaves_ctrl_c_to_it(address: str) -> None:
    words = "lock", "run", "--addr", address, "terminal", "--", sys.executable, "-c", INTERRUPTED
    with Started(*words, program=ON_A_TERMINAL) as terminal:
        terminal.says(r"held (1)\r\n")
        terminal.enter("\x03")
        assert terminal.ended() == 4
        assert terminal.said.count("interrupted") == 1


def test_lock_run_that_is_told_to_end_while_it_waits_leaves_the_queue(address: str) -> None:
    with holding(address, "left"), waiting(address, "left") as waiter:
        waiter.send(signal.SIGTERM)
        assert waiter.ended() == 128 + signal.SIGTERM
        assert lock_at(address, "left").waiters == 0


@pytest.mark.parametrize("trap", ["exit 7", ""], ids=["ends", "must be killed"])
def test_lock_run_ends_a_command_that_has_lost_its_lock(address: str, trap: str) -> None:
    script = f"trap '{trap}' TERM; echo pid $$ .; echo held 1; for i in $(seq 600); do sleep 0.1; done"
    with holding(address, "lost", script, *SHORT, "--kill-after", "500ms") as holder:
        command = int(holder.says(r"pid (\d+) "))
        take_away(address, "lost")
        assert holder.ended() == 76
        assert not is_alive(command)
        assert "\nquikstate: lost: the lock was lost; ending the command\n" in holder.said


def test_lock_run_says_in_one_line_why_it_cannot_begin(address: str) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    words = "lock", "run", "never", "--", "echo", "ran"
    unreachable = quikstate(*words, QUIKSTATE_ADDR=nobody)
    assert (unreachable.returncode, unreachable.stdout) == (69, "")
    assert unreachable.stderr.startswith(f"quikstate: {nobody}: ")
    assert len(unreachable.stderr.splitlines()) == 1
    refused = quikstate(*words[:2], "--ttl", "1ms", *words[2:], QUIKSTATE_ADDR=address)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "acquire.ttl: must be 1 to 600 s (INVALID_REQUEST)" in refused.stderr
    missing = quikstate("lock", "run", "never", "--", "no-such-command", QUIKSTATE_ADDR=address)
    assert (missing.returncode, missing.stderr) == (127, "quikstate: no-such-command: no such command\n")
