"""`quikstate presence ls|show|set|typing|watch`, and the examples of the README about presence."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import presence_pb2 as pb
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from support.harness.checkout import ROOT, program
from support.harness.eventually import at_most, wait_until
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import COMMAND, Started, StartServing, environment, quikstate

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:50051"
(SESSION,) = re.findall(r"^```sh-session\n(\$ .*/Heartbeat\n(?s:.*?))^```$", README, re.MULTILINE)
(CLIENT,) = re.findall(r"^```py\n((?s:.*?ConnectRequest.*?))^```$", README, re.MULTILINE)
GRACE = 1
VARIES = re.compile(r"\d{4}-\S+T\S+|\b[\d.]+s\b")


pytestmark = pytest.mark.usefixtures("emptied")


def run_presence(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("presence", *words, QUIKSTATE_ADDR=address)


def send_heartbeat(address: str, user: str, **what: Any) -> None:
    about = {"user_id": user, "connection_id": "c1", "workspace_ids": ["acme"], **what}
    request = pb.HeartbeatRequest(connections=[pb.PresenceConnection(**about)])
    with grpc.insecure_channel(address) as channel:
        assert PresenceServiceStub(channel).Heartbeat(request, timeout=60).statuses[0].code == 0


def test_presence_ls_lists_the_users_of_a_workspace(address: str, redis: RedisProcess) -> None:
    send_heartbeat(address, "ann", status=pb.PRESENCE_STATUS_DO_NOT_DISTURB)
    with redis.client() as client:
        client.zadd("workspace:acme:online", {"raw": int(time.time())})
    result = run_presence(address, "ls", "acme")
    assert (result.returncode, result.stderr) == (0, "")
    titles, *rows = [re.split(r"  +", line) for line in result.stdout.splitlines()]
    assert titles == ["USER", "STATUS", "LAST SEEN", "CONNECTIONS"]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("ann", "do not disturb", "1"),
        ("raw", "online", "(raw client)"),
    ]
    assert run_presence(address, "ls", "acme", "--count").stdout == "2\n"
    assert json.loads(run_presence(address, "ls", "acme", "--count", "--json").stdout) == {"online": 2}
    listed = json.loads(run_presence(address, "ls", "acme", "--json").stdout)
    assert [each["userId"] for each in listed] == ["ann", "raw"]


def test_presence_show_prints_users_and_connections(address: str) -> None:
    send_heartbeat(address, "ann", device_id="phone", metadata={"version": "7"})
    with grpc.insecure_channel(address) as channel:
        PresenceServiceStub(channel).SetStatus(
            pb.SetStatusRequest(user_id="ann", status=pb.PRESENCE_STATUS_AWAY), timeout=60
        )
    ann, _, titles, row, _, bob = run_presence(address, "show", "ann", "bob").stdout.splitlines()
    assert ann.startswith("ann: away, set to away, last seen ")
    assert titles.split()[:4] == ["CONNECTION", "DEVICE", "STATUS", "SINCE"]
    assert row.split()[:3] == ["c1", "phone", "online"]
    assert row.endswith("  acme        version=7")
    assert bob == "bob: offline"
    shown = json.loads(run_presence(address, "show", "bob", "--json").stdout)
    assert shown[0]["status"] == "PRESENCE_STATUS_OFFLINE"


def test_presence_set_overrides_and_gives_back_the_status(address: str) -> None:
    send_heartbeat(address, "ann")
    busy = run_presence(address, "set", "ann", "do-not-disturb", "--ttl", "30m")
    assert (busy.returncode, busy.stdout) == (0, "ann: do not disturb, set to do not disturb\n")
    assert run_presence(address, "show", "ann").stdout.startswith(
        "ann: do not disturb, set to do not disturb,"
    )
    assert run_presence(address, "set", "ann", "none").stdout == "ann: online\n"
    absent = run_presence(address, "set", "bob", "away")
    assert absent.stdout == "bob: offline, set to away\n"
    as_json = json.loads(run_presence(address, "set", "ann", "offline", "--json").stdout)
    assert as_json == {"status": "PRESENCE_STATUS_OFFLINE"}


def test_presence_set_with_a_ttl_ends(address: str) -> None:
    send_heartbeat(address, "ann")
    run_presence(address, "set", "ann", "away", "--ttl", "1s")
    wait_until(lambda: run_presence(address, "show", "ann").stdout.startswith("ann: online, last seen"))


def test_presence_set_refuses_what_is_no_status(address: str) -> None:
    for words, why in (
        (("ann", "asleep"), "'asleep' is not one of 'online', 'away', 'do-not-disturb', 'offline', 'none'"),
        (("ann", "none", "--ttl", "1h"), "--ttl is for a status, and none removes it"),
        (("ann", "away", "--ttl", "100ms"), "ttl: must be"),
    ):
        refused = run_presence(address, "set", *words)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert why in " ".join(refused.stderr.split())


def test_presence_typing_lists_typing_users(address: str) -> None:
    with grpc.insecure_channel(address) as channel:
        PresenceServiceStub(channel).SetTyping(
            pb.SetTypingRequest(user_id="ann", channel_id="general", ttl=Duration(seconds=60)),
            timeout=60,
        )
    titles, row = run_presence(address, "typing", "general").stdout.splitlines()
    assert titles.split() == ["USER", "EXPIRES", "IN"]
    assert row.split()[0] == "ann"
    assert json.loads(run_presence(address, "typing", "general", "--json").stdout)[0]["userId"] == "ann"


def test_presence_watch_resumes_on_another_server(redis: RedisProcess, serve: StartServing) -> None:
    url = f"unix://{redis.path}"
    with serve("--redis-url", url) as first, serve("--redis-url", url) as second:
        both = f"ipv4:{first.address},{second.address}"
        send_heartbeat(first.address, "ann")
        with Started("presence", "watch", "--json", "acme", QUIKSTATE_ADDR=both) as watch:
            watch.says(r'"user": "ann", "status": "(online)"')
            first.kill()
            send_heartbeat(second.address, "bob")
            watch.says(r"(reconnecting)")
            watch.says(r'"user": "bob", "status": "(online)"')
            assert watch.said.count('"ann"') == 1
            assert "missed" not in watch.said


def test_presence_watch_counts(address: str) -> None:
    with Started("presence", "watch", "--count", "acme", QUIKSTATE_ADDR=address) as watch:
        watch.says(r"  (0)\n")
        send_heartbeat(address, "ann")
        watch.says(r"  (1)\n")


def test_presence_commands_report_a_failure_in_one_line(address: str) -> None:
    refused = run_presence(address, "ls", "x" * 1_000)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"quikstate: {address}: invalid request: workspace_id: ")
    nobody = f"127.0.0.1:{free_port()}"
    for words in (("ls", "w"), ("show", "u"), ("set", "u", "away"), ("typing", "c"), ("watch", "w")):
        failed = run_presence(nobody, *words)
        assert (failed.returncode, failed.stdout) == (69, "")
        assert failed.stderr.startswith(f"quikstate: {nobody}: Connection refused")


def test_readme_presence_session_prints_what_is_shown(address: str) -> None:
    for call, shown in re.findall(r"^\$ (.*)\n((?:[^$].*\n|\n)*)", SESSION, re.MULTILINE):
        name, *words = shlex.split(call.replace(ADDRESS, address))
        command = COMMAND if name == ".venv/bin/quikstate" else [program(Path(name).name)]
        ran = subprocess.run(
            [*command, *words],
            env=environment(QUIKSTATE_ADDR=address),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert VARIES.sub("…", ran.stdout) == VARIES.sub("…", shown)


def client(address: str, user: str) -> Started:
    source = CLIENT.replace(ADDRESS, address).replace(
        "connection=connection)", f"connection=connection, grace={{'seconds': {GRACE}}})"
    )
    return Started(user, program=[sys.executable, "-c", source])


def test_readme_presence_client_is_present_until_it_is_killed(
    redis: RedisProcess, serve: StartServing
) -> None:
    """Killed with -9, it is gone within its grace and a second, for watches on two servers."""
    url = f"unix://{redis.path}"
    with serve("--redis-url", url) as first, serve("--redis-url", url) as second:
        watches = [
            Started("presence", "watch", "acme", QUIKSTATE_ADDR=each.address) for each in (first, second)
        ]
        with watches[0], watches[1], client(first.address, "ann") as ann:
            ann.says("(connected)\n")
            for watch in watches:
                watch.says(r"ann  (online)\n")
            ann.send(signal.SIGKILL)
            with at_most(GRACE + 1):
                for watch in watches:
                    watch.says(r"ann  (offline)\n")
        for server in (first, second):
            assert run_presence(server.address, "ls", "acme", "--count").stdout == "0\n"
