"""The commands `quikstate limit check|peek|reset|policies`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from support.redis.redis_process import RedisProcess
from support.server.command import StartServing, quikstate

pytestmark = pytest.mark.usefixtures("emptied")


def limit(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("limit", *words, QUIKSTATE_ADDR=address)


def test_limit_check_charges_and_says_when_to_come_back(address: str) -> None:
    flags = "--limit", "2/1h"
    first = limit(address, "check", "login:ada", *flags)
    assert (first.returncode, first.stdout) == (0, "login:ada: allowed, 1 of 2 left, all in 1800.0s\n")
    assert limit(address, "peek", "login:ada", *flags).stdout.startswith("login:ada: 1 of 2 left, all in 1")
    assert limit(address, "check", "login:ada", *flags).returncode == 0
    denied = limit(address, "check", "login:ada", *flags)
    assert denied.returncode == 1
    assert denied.stdout.startswith("login:ada: denied, 0 of 2 left, all in 3")
    assert "; try again in 1" in denied.stdout
    never = limit(address, "check", "login:ada", *flags, "--cost", "3")
    assert (never.returncode, never.stdout) == (1, "login:ada: denied: no cost above 2 can ever pass\n")
    shown = json.loads(limit(address, "peek", "login:ada", *flags, "--json").stdout)
    assert (shown["allowed"], shown["remaining"]) == (True, "0")


def test_limit_reset_forgets(address: str) -> None:
    flags = "--limit", "1/1h", "--algorithm", "sliding_window_log"
    limit(address, "check", "k", *flags)
    result = limit(address, "reset", "k", *flags)
    assert (result.returncode, result.stdout) == (0, "k: reset\n")
    result = limit(address, "reset", "k", *flags)
    assert (result.returncode, result.stdout) == (1, "k: nothing was charged\n")
    assert limit(address, "check", "k", *flags).returncode == 0


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ([], "give --policy NAME, or --limit such as 5/15m"),
        (["--limit", "5"], "give --policy NAME, or --limit such as 5/15m"),
        (["--limit", "5/soon"], "'soon' is not a duration"),
        (["--limit", "5/1m", "--algorithm", "leaky"], "'leaky' is no algorithm"),
        (["--policy", "missing"], "no rate limit policy is named 'missing' (POLICY_NOT_FOUND)"),
    ],
)
def test_limit_check_with_wrong_flags_is_refused(address: str, flags: list[str], words: str) -> None:
    refused = limit(address, "check", "k", *flags)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert words in " ".join(refused.stderr.replace("│", "").split())


def test_limit_policies_lists_those_in_force(
    serve: StartServing, redis: RedisProcess, tmp_path: Path
) -> None:
    file = tmp_path / "policies.yaml"
    file.write_text(
        "policies:\n  login: {limit: 5, window: 15m, burst: 10, on_failure: deny}\n"
        "  search: {limit: 100, window: 60s, algorithm: fixed_window, mode: shadow}\n"
    )
    flags = "--redis-url", f"unix://{redis.path}", "--policies", str(file)
    with serve(*flags) as running:
        listed = limit(running.address, "policies")
        assert [line.split() for line in listed.stdout.splitlines()] == [
            ["POLICY", "LIMIT", "BURST", "ALGORITHM", "WITHOUT", "REDIS", "MODE"],
            ["login", "5/900s", "10", "token_bucket", "deny", "enforce"],
            ["search", "100/60s", "-", "fixed_window", "fails", "shadow"],
        ]
        assert [each["name"] for each in json.loads(limit(running.address, "policies", "--json").stdout)] == [
            "login",
            "search",
        ]
        for _ in range(2):
            limit(running.address, "check", "k", "--policy", "login", "--cost", "5")
        assert limit(running.address, "check", "k", "--policy", "login").returncode == 1
