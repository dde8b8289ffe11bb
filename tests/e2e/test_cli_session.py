"""The commands `quikstate session …` and the login of the README, against a server."""

from __future__ import annotations

import json
import re
import signal
import subprocess

import grpc
import pytest

from quikstate.v1.session_pb2 import CreateSessionRequest, CreateSessionResponse
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from support.harness.checkout import ROOT, program
from support.harness.eventually import PATIENCE_SECONDS
from support.redis.redis_process import RedisProcess
from support.server.command import ON_A_TERMINAL, Started, StartServing, environment, quikstate

README = (ROOT / "README.md").read_text(encoding="utf-8")


pytestmark = pytest.mark.usefixtures("emptied")


def session(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("session", *words, QUIKSTATE_ADDR=address)


def login(address: str, device: str) -> CreateSessionResponse:
    request = CreateSessionRequest(user_id="alice", device_id=device, ip_address="10.0.0.1")
    with grpc.insecure_channel(address) as channel:
        return SessionServiceStub(channel).CreateSession(request, timeout=PATIENCE_SECONDS)


def test_session_commands_show_and_revoke(address: str) -> None:
    phone, laptop = login(address, "phone"), login(address, "laptop")
    listed = session(address, "ls", "alice")
    assert listed.returncode == 0, listed.stderr
    assert {line.split()[0] for line in listed.stdout.splitlines()[1:]} == {
        phone.session.handle,
        laptop.session.handle,
    }
    assert phone.session_id not in listed.stdout
    shown = session(address, "show", "--json", "--", phone.session_id)
    assert json.loads(shown.stdout)["session"]["deviceId"] == "phone"
    revoked = session(address, "revoke", "alice", "--keep", laptop.session.handle, "--yes")
    assert f"revoked {phone.session.handle}" in revoked.stdout
    gone = session(address, "show", "--", phone.session_id)
    assert (gone.returncode, gone.stdout) == (1, "there is no such session\n")
    first = int(re.findall(r"from iat (\d+)", revoked.stdout)[0])
    stale = session(address, "check-token", "--user", "alice", "--iat", str(first - 1))
    assert (stale.returncode, str(first) in stale.stdout) == (1, True)
    assert session(address, "check-token", "--user", "alice", "--iat", str(first)).returncode == 0
    ahead = session(address, "check-token", "--user", "alice", "--iat", "253402300799")
    assert (ahead.returncode, ahead.stdout) == (1, "refused: its iat is ahead of Redis's clock\n")
    assert session(address, "check-token", "--user", "alice", "--iat", str(2**63)).returncode == 2


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
def test_session_revoke_asks_on_a_terminal(address: str, answer: str, status: int) -> None:
    created = login(address, "phone")
    login(address, "laptop")
    refused = session(address, "revoke", "alice")
    line = "quikstate: session revoke: no terminal to confirm on; pass --yes\n"
    assert (refused.returncode, refused.stderr) == (2, line)
    words = "session", "revoke", "alice", "--device", "phone"
    with Started(*words, program=ON_A_TERMINAL, QUIKSTATE_ADDR=address) as command:
        command.says(r"(Revoke 1 session of alice on phone) and the tokens issued so far\? \[y/N\]: ")
        command.enter(f"{answer}\n")
        assert command.ended() == status
    assert session(address, "show", "--", created.session_id).returncode == 1 - status
    handles = [line.split()[0] for line in session(address, "ls", "alice").stdout.splitlines()[1:]]
    assert session(address, "revoke", "alice", "--", *handles).returncode == 0


def test_session_create_prints_the_id_and_the_expiry(address: str) -> None:
    flags = (
        "--device",
        "phone",
        "--ip-address",
        "10.0.0.1",
        "--attribute",
        "plan=pro",
        "--idle-timeout",
        "30m",
    )
    created = session(address, "create", "alice", *flags, "--lifetime", "1h")
    assert created.returncode == 0, created.stderr
    titles, row = created.stdout.splitlines()
    assert titles.split() == ["ID", "HANDLE", "EXPIRES", "IN", "AT", "THE", "LATEST"]
    session_id, handle, expires_in, _ = row.split()
    assert int(expires_in.removesuffix("s")) <= 1_800
    shown = json.loads(session(address, "show", "--json", "--", session_id).stdout)["session"]
    assert (shown["handle"], shown["deviceId"], shown["ipAddress"]) == (handle, "phone", "10.0.0.1")
    assert (shown["attributes"], shown["idleTimeout"]) == ({"plan": "pro"}, "1800s")
    as_json = json.loads(session(address, "create", "bob", "--json").stdout)
    assert (as_json["created"], as_json["session"]["userId"]) == (True, "bob")


def test_session_create_at_the_maximum_evicts_or_rejects(address: str) -> None:
    oldest = json.loads(session(address, "create", "alice", "--json").stdout)["session"]["handle"]
    rejected = session(address, "create", "alice", "--max-sessions", "1", "--on-limit", "reject")
    assert (rejected.returncode, rejected.stdout) == (1, "")
    assert rejected.stderr == "quikstate: alice: has 1 sessions already\n"
    evicting = session(address, "create", "alice", "--max-sessions", "1")
    assert (evicting.returncode, evicting.stdout.splitlines()[-1]) == (0, f"evicted {oldest}")


def test_session_create_with_a_request_id_returns_the_same_session(address: str) -> None:
    words = "create", "alice", "--request-id", "login-1"
    first, again = (session(address, *words).stdout.split() for _ in range(2))
    assert first[-4:-2] == again[-4:-2]
    session(address, "revoke", "--yes", "alice")
    ended = session(address, *words)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "quikstate: the session of request login-1 has ended; give another --request-id\n"


def test_session_create_refuses_what_makes_no_session(address: str) -> None:
    for flags, why in (
        (("--lifetime", "100ms"), "lifetime: must be from 1 s to"),
        (("--attribute", "plan"), "'plan' is not of the form name=value"),
        (("--on-limit", "wait"), "'wait' is not one of 'evict-oldest', 'reject'"),
    ):
        refused = session(address, "create", "alice", *flags)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert why in " ".join(refused.stderr.split())


def test_readme_login_does_what_it_says(address: str) -> None:
    (block,) = re.findall(r"^```sh\n((?s:.*?))^```$", README, re.MULTILINE)
    program("buf")  # fails if it is missing
    ran = subprocess.run(
        ["sh", "-e", "-c", block.replace("127.0.0.1:50051", address)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    answers = [json.loads(text) for text in re.findall(r"^\{(?s:.*?)^\}$", ran.stdout, re.MULTILINE)]
    listed, revoked, checked = answers
    assert [one["deviceId"] for one in listed["sessions"]] == ["phone"]
    assert revoked["tokensValidFrom"]
    assert checked == {"outcome": "SESSION_OUTCOME_NOT_FOUND"}


def test_session_watch_goes_on_at_another_server_and_says_so(
    redis: RedisProcess, serve: StartServing
) -> None:
    flags = "--redis-url", f"unix://{redis.path}"
    with serve(*flags) as first, serve(*flags) as second:
        servers = f"ipv4:{first.address},{second.address}"
        with Started("session", "watch", "--addr", servers, "alice") as watch:
            watch.says(r"(snapshot)")
            first.terminate()
            watch.says(r"quikstate: (.*); reconnecting\n")
            watch.says(r"quikstate: (watching again)\n")
            handle = login(second.address, "phone").session.handle
            watch.says(rf"({handle})")
            watch.send(signal.SIGINT)
            assert watch.ended() == 130
