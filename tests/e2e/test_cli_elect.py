"""`quikstate elect`: one of several processes leads, and another one when it no longer does."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest

from support.harness.eventually import at_most, wait_until
from support.lock.command import SLEEP, is_alive, lock_at, take_away
from support.redis.redis_process import free_port
from support.server.command import Started, StartServing, quikstate

LONG_TTL = 60
"""A lead that ends sooner was resigned."""
SHORT = "--ttl", "2s"
"""A lead that was lost is noticed within a third of it."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: StartServing) -> Iterator[str]:
    with serve("--data-dir", str(tmp_path_factory.mktemp("data"))) as running:
        yield running.address


def candidate(address: str, election: str, owner: str, *flags: str) -> Started:
    words = "elect", "--addr", address, "--ttl", f"{LONG_TTL}s", "--owner", owner, election
    return Started(*words, *flags)


def elected(started: Started, election: str, owner: str) -> int:
    """Return the fencing token of the line that says that it leads."""
    return int(started.says(rf"\d  {election}  {owner}  (\d+)"))


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_elect_resigns_at_once_when_it_is_told_to_end(address: str, signum: signal.Signals) -> None:
    election = f"resigned-{signum}"
    with candidate(address, election, "ann") as ann:
        token = elected(ann, election, "ann")
        with candidate(address, election, "bob") as bob:
            wait_until(lambda: lock_at(address, election).waiters == 1)
            assert bob.said == ""
            with at_most(LONG_TTL / 2):
                ann.send(signum)
                assert elected(bob, election, "bob") > token
            assert ann.ended() == 128 + signum


def test_elect_says_who_leads_to_observers(address: str) -> None:
    with Started("elect", "--listen", "--addr", address, "seen") as observer:
        observer.says(r"(seen  no leader)\n")
        with candidate(address, "seen", "ann", "--metadata", "address=10.0.0.1:80") as ann:
            token = elected(ann, "seen", "ann")
            observer.says(rf"(seen  ann  {token}  address=10.0.0.1:80)\n")
            with candidate(address, "seen", "bob") as bob:
                ann.send(signal.SIGINT)
                later = elected(bob, "seen", "bob")
                observer.says(rf"(seen  bob  {later})\n")
        assert observer.said.count("  ann  ") == 1


def test_elect_prints_json(address: str) -> None:
    flags = "--metadata", "zone=b", "--json"
    with Started("elect", "--listen", "--json", "--addr", address, "json") as observer:
        observer.says(r'("leader": null)')
        with candidate(address, "json", "ann", *flags) as ann:
            ann.says(r'"leader": "(ann)"')
            observer.says(r'"leader": "(ann)"')
            lines = [json.loads(started.said.splitlines()[-1]) for started in (ann, observer)]
    token = str(lock_at(address, "json").last_fencing_token)
    for line in lines:
        assert line.pop("time")
        leader = {"leader": "ann", "fencingToken": token, "metadata": {"zone": "b"}}
        assert line == {"election": "json", **leader}


def test_elect_ends_when_the_lead_is_lost(address: str) -> None:
    with candidate(address, "lost", "ann", *SHORT) as ann:
        elected(ann, "lost", "ann")
        take_away(address, "lost")
        assert ann.ended() == 1
        assert ann.said.endswith("\nquikstate: lost: the leadership was lost\n")


def test_elect_with_a_command_runs_it_while_it_leads(address: str) -> None:
    script = 'echo "held $QUIKSTATE_FENCING_TOKEN"; exit 3'
    ran = quikstate("elect", "--addr", address, "ran", "--", "sh", "-c", script)
    assert (ran.returncode, ran.stderr) == (3, "")
    assert ran.stdout == f"held {lock_at(address, 'ran').last_fencing_token}\n"
    assert not lock_at(address, "ran").held


def test_elect_ends_the_command_of_a_lead_that_is_lost(address: str) -> None:
    with candidate(address, "ended", "ann", *SHORT, "--", "sh", "-c", f"echo pid $$ .; {SLEEP}") as ann:
        command = int(ann.says(r"pid (\d+) "))
        take_away(address, "ended")
        assert ann.ended() == 76
        assert not is_alive(command)


def test_elect_leads_on_over_a_restart_of_its_server(redis_url: str, serve: StartServing) -> None:
    address = f"127.0.0.1:{free_port()}"
    flags = "--redis-url", redis_url, "--listen", address
    with serve(*flags) as first, candidate(address, "kept", "ann") as ann:
        token = elected(ann, "kept", "ann")
        first.terminate()
        assert first.ended() == 0
        with serve(*flags):
            assert lock_at(address, "kept").holders[0].fencing_token == token
            ann.send(signal.SIGINT)
            assert ann.ended() == 128 + signal.SIGINT
            assert lock_at(address, "kept").last_fencing_token == token


def test_elect_refuses_what_does_not_fit(address: str) -> None:
    for words, why in (
        (("--listen", "n", "--owner", "ann"), "--listen does not campaign"),
        (("--listen", "n", "--", "true"), "--listen does not campaign"),
        (("--json", "n", "--", "true"), "--json is for a campaign without COMMAND"),
        (("--ttl", "1ms", "n"), "acquire.ttl: must be 1 to 600 s (INVALID_REQUEST)"),
    ):
        refused = quikstate("elect", "--addr", address, *words)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert why in " ".join(refused.stderr.split())
    nobody = f"127.0.0.1:{free_port()}"
    for flags in ((), ("--listen",)):
        unreachable = quikstate("elect", "--addr", nobody, *flags, "n")
        assert (unreachable.returncode, unreachable.stdout) == (69, "")
        assert len(unreachable.stderr.splitlines()) == 1
