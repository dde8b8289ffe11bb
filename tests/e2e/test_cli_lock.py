"""`quikstate lock ls|show|watch|break`: the holders of locks, for people and in JSON."""

from __future__ import annotations

import json
import subprocess

import grpc
import pytest

from quikstate.v1.lock_pb2 import AcquireLockRequest, AcquireLockResponse
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from support.harness.eventually import PATIENCE_SECONDS
from support.lock.command import lock_at, take_away
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import ON_A_TERMINAL, Started, quikstate

pytestmark = pytest.mark.usefixtures("emptied")


def lock(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("lock", *words, QUIKSTATE_ADDR=address)


def acquire(address: str, name: str, **what: object) -> AcquireLockResponse:
    request = AcquireLockRequest(resources=[name], **{"owner": "worker-1", **what})  # type: ignore[arg-type]
    with grpc.insecure_channel(address) as channel:
        answer = LockServiceStub(channel).AcquireLock(request, timeout=PATIENCE_SECONDS)
    assert answer.acquired
    return answer


def test_lock_ls_shows_what_is_held(address: str, redis: RedisProcess) -> None:
    token = acquire(address, "report:1").fencing_tokens[0].token
    acquire(address, "other")
    with redis.client() as client:
        client.set("lock:report:2", "someone", px=30_000)
    told = lock(address, "ls", "report:")
    assert (told.returncode, told.stderr) == (0, "")
    titles, *rows = [line.split() for line in told.stdout.splitlines()]
    assert titles == ["RESOURCE", "MODE", "HOLDER", "TOKEN", "EXPIRES", "IN", "WAITERS"]
    assert rows[0][:4] == ["report:1", "exclusive", "worker-1", str(token)]
    assert rows[1][:6] == ["report:2", "raw", "(a", "raw", "client)", "-"]
    assert len(rows) == 2


def test_lock_ls_goes_through_all_pages(address: str, redis: RedisProcess) -> None:
    many = 1_200
    with redis.client() as client:
        client.mset({f"lock:many:{number}": "someone" for number in range(many)})
        client.mset({f"else:{number}": "" for number in range(100_000)})
    listed = json.loads(lock(address, "ls", "--json").stdout)
    assert {each["resource"] for each in listed} == {f"many:{number}" for number in range(many)}
    assert len(listed) == many


def test_lock_ls_of_a_group(address: str) -> None:
    acquire(address, "report", group="g")
    assert [each["resource"] for each in json.loads(lock(address, "ls", "--json").stdout)] == []
    grouped = json.loads(lock(address, "ls", "--group", "g", "--json").stdout)
    assert [each["resource"] for each in grouped] == ["report"]


def test_lock_show_tells_all_of_a_lock(address: str) -> None:
    assert lock(address, "show", "report").stdout == "report: free\n"
    held = acquire(address, "report", metadata={"address": "10.0.0.1:80"})
    token = held.fencing_tokens[0].token
    sentence, _, titles, row = lock(address, "show", "report").stdout.splitlines()
    assert sentence.startswith("report: held, exclusive, expires in ")
    assert sentence.endswith(f", 0 waiting, last token {token}")
    assert titles.split() == ["HOLDER", "TOKEN", "SINCE", "EXPIRES", "IN", "METADATA"]
    assert row.split()[:2] == ["worker-1", str(token)]
    assert row.endswith("  address=10.0.0.1:80")


def test_lock_show_in_json_is_that_of_the_api_with_what_is_false(address: str) -> None:
    shown = json.loads(lock(address, "show", "report", "--json").stdout)
    assert (shown["resource"], shown["held"], shown["waiters"]) == ("report", False, 0)
    token = acquire(address, "report").fencing_tokens[0].token
    shown = json.loads(lock(address, "show", "report", "--json").stdout)
    assert (shown["held"], shown["mode"]) == (True, "LOCK_MODE_EXCLUSIVE")
    assert shown["holders"][0]["fencingToken"] == str(token)


def test_lock_watch_in_json_has_a_line_for_each_change(address: str) -> None:
    with Started("lock", "watch", "--json", "report", QUIKSTATE_ADDR=address) as watch:
        watch.says(r'"held": (false)')
        acquire(address, "report")
        watch.says(r'"held": (true)')
        take_away(address, "report")
        watch.says(r'true(?:.*\n).*"held": (false)')
        lines = [json.loads(line) for line in watch.said.splitlines()]
    assert [line["held"] for line in lines] == [False, True, False]
    assert {line["resource"] for line in lines} == {"report"}
    assert all(line["time"] for line in lines)


def test_lock_break_takes_it_away(address: str) -> None:
    nobody = lock(address, "break", "--yes", "report")
    assert (nobody.returncode, nobody.stderr) == (1, "quikstate: report: nobody holds it\n")
    token = acquire(address, "report").fencing_tokens[0].token
    other = lock(address, "break", "--yes", "--fencing-token", str(token - 1), "report")
    assert (other.returncode, other.stderr) == (1, "quikstate: report: no holder has this token\n")
    broken = lock(address, "break", "--yes", "--fencing-token", str(token), "report")
    assert (broken.returncode, broken.stdout) == (0, "report: broken\n")
    assert not lock_at(address, "report").held


def test_lock_break_does_nothing_unasked(address: str) -> None:
    acquire(address, "report")
    refused = lock(address, "break", "report")
    assert refused.returncode == 2
    assert refused.stderr == "quikstate: lock break: no terminal to confirm on; pass --yes\n"
    assert lock_at(address, "report").held


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
def test_lock_break_asks_on_a_terminal(address: str, answer: str, status: int) -> None:
    acquire(address, "report")
    words = "lock", "break", "report"
    with Started(*words, program=ON_A_TERMINAL, QUIKSTATE_ADDR=address) as command:
        command.says(r"(report) is held by worker-1\. Break it\? \[y/N\]: ")
        command.enter(f"{answer}\n")
        assert command.ended() == status
    assert lock_at(address, "report").held == bool(status)


def test_lock_verbs_say_in_one_line_what_failed(address: str) -> None:
    refused = lock(address, "show", "x" * 1_000)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"quikstate: {address}: invalid request: resource: ")
    assert refused.stderr.endswith(" (INVALID_REQUEST)\n")
    nobody = f"127.0.0.1:{free_port()}"
    for words in (("ls",), ("watch", "report"), ("break", "--yes", "report")):
        failed = lock(nobody, *words)
        assert (failed.returncode, failed.stdout) == (69, "")
        assert failed.stderr.startswith(f"quikstate: {nobody}: Connection refused")
        assert failed.stderr.endswith(" (UNAVAILABLE)\n")
