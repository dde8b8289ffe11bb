"""The policy file: its keys, its errors, and how it is reloaded."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import PolicyNotFound
from quikstate_server.primitives.rate_limit.model import Algorithm, Limit, OnFailure, RateLimitRule
from quikstate_server.primitives.rate_limit.policies import Policies
from quikstate_server.primitives.rate_limit.policy_file import read_policy_file
from quikstate_server.settings import Limits, StartRefused
from quikstate_server.settings.yaml_model import InvalidFile
from support.harness.eventually import eventually

LOGIN = "policies: {login: {limit: 5, window: 60s}}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policies.yaml"
    path.write_text(LOGIN)
    return path


@asynccontextmanager
async def running(path: Path | None, poll_seconds: float = 0.01) -> AsyncIterator[Policies]:
    policies = Policies(path, Limits(), FaultMonitor(), poll_seconds=poll_seconds)
    await policies.start()
    try:
        yield policies
    finally:
        await policies.close()


def write(path: Path, text: str) -> None:
    path.write_text(text)


def put(path: Path, text: str) -> None:
    """Replace the file, as editors and mounted ConfigMaps do."""
    other = path.with_suffix(".new")
    other.write_text(text)
    other.replace(path)


def put_unnoticed(path: Path, text: str) -> None:
    """Replace the file by one of the same size and time, as with a coarse clock of the file system."""
    before, other = path.stat(), path.with_suffix(".new")
    other.write_text(text)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def remove(path: Path) -> None:
    path.unlink()


def test_policies_are_read_with_all_keys(file: Path) -> None:
    file.write_text(
        """
        policies:
          login: {algorithm: token_bucket, limit: 5, window: 60s, burst: 10, on_failure: allow}
          search.v2: {algorithm: sliding_window_counter, limit: 100, window: 500ms, on_failure: deny}
          sms_per-day: {algorithm: sliding_window_log, limit: 3, window: 24h}
          api: {algorithm: fixed_window, limit: 1000, window: 15m}
          month: {limit: 1, window: 30d}
        """
    )
    hour = 3_600_000
    assert read_policy_file(file, Limits()) == {
        "login": RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, 5, 60_000, 10), "login", OnFailure.ALLOW),
        "search.v2": RateLimitRule(
            Limit(Algorithm.SLIDING_WINDOW_COUNTER, 100, 500), "search.v2", OnFailure.DENY
        ),
        "sms_per-day": RateLimitRule(Limit(Algorithm.SLIDING_WINDOW_LOG, 3, 24 * hour), "sms_per-day"),
        "api": RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 1000, 900_000), "api"),
        "month": RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, 1, 720 * hour), "month"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the whole file: must be a mapping"),
        ("policies", "the whole file: must be a mapping"),
        ("{}", "policies: is required"),
        ("policies: {}\nextra: 1", "extra: is not a known key"),
        ("policies: {login: {limit: 5, window: 60s, brust: 3}}", "policies.login.brust: is not a known key"),
        ("policies: {login: {window: 60s}}", "policies.login.limit: is required"),
        ("policies: {login: {limit: 5}}", "policies.login.window: is required"),
        ("policies: {login: {limit: '5', window: 60s}}", "policies.login.limit: must be an integer"),
        ("policies: {login: {limit: true, window: 60s}}", "policies.login.limit: "),
        ("policies: {login: {limit: 5.5, window: 60s}}", "policies.login.limit: "),
        (
            "policies: {login: {limit: 5, window: 60}}",
            "policies.login.window: must be a duration such as 500ms",
        ),
        ("policies: {login: {limit: 5, window: 1 minute}}", "policies.login.window: "),
        ("policies: {login: {limit: 5, window: 31d}}", "policies.login.window: must be 1 ms to 2592000 s"),
        ("policies: {login: {limit: 5, window: 0s}}", "policies.login.window: must be"),
        ("policies: {login: {limit: 0, window: 1s}}", "policies.login.limit: must be 1 to 1000000000"),
        (
            "policies: {login: {algorithm: sliding_window_log, limit: 10001, window: 1s}}",
            "policies.login.limit: must be 1 to 10000",
        ),
        (
            "policies: {login: {algorithm: leaky, limit: 5, window: 1s}}",
            "policies.login.algorithm: must be one of",
        ),
        ("policies: {login: {limit: 5, window: 1s, burst: 0}}", "policies.login.burst: must be"),
        (
            "policies: {login: {algorithm: fixed_window, limit: 5, window: 1s, burst: 9}}",
            "policies.login.burst: may be set only for a token bucket",
        ),
        ("policies: {login: {limit: 5, window: 1s, on_failure: maybe}}", "policies.login.on_failure: "),
        ("policies: {'a b': {limit: 5, window: 1s}}", "policies.a b: a policy's name must be"),
        (
            f"policies: {{{'x' * 65}: {{limit: 5, window: 1s}}}}",
            f"policies.{'x' * 65}: a policy's name must be",
        ),
        (f"{LOGIN}\n{LOGIN}", "policies is set twice"),
        ("policies:\n  a: {limit: 5, window: 1s}\n  a: {limit: 6, window: 1s}", "a is set twice"),
        ("policies: [", "line 1, column"),
        ("policies: !!python/object:os.system {}", "could not determine a constructor"),
    ],
)
def test_invalid_policy_file_is_refused_in_one_line_that_names_file_and_key(
    file: Path, text: str, message: str
) -> None:
    file.write_text(text)
    with pytest.raises(InvalidFile) as refused:
        read_policy_file(file, Limits())
    assert str(refused.value).startswith(f"{file}: ")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_policy_file_that_is_missing_or_no_text_is_refused(file: Path) -> None:
    with pytest.raises(InvalidFile, match="No such file"):
        read_policy_file(file.with_name("missing.yaml"), Limits())
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidFile, match="must be UTF-8"):
        read_policy_file(file, Limits())


async def test_policies_of_no_file_are_none() -> None:
    async with running(None) as policies:
        with pytest.raises(PolicyNotFound):
            policies.rule("login")
        assert policies.page("", 10) == []
        assert policies.loaded_at is None


async def test_invalid_policy_file_stops_the_start(file: Path) -> None:
    write(file, "policies: {login: {limit: 5}}")
    with pytest.raises(StartRefused) as refused:
        await Policies(file, Limits(), FaultMonitor()).start()
    assert refused.value.lines == (f"policies: {file}: policies.login.window: is required",)


@pytest.mark.parametrize("change", [write, put, put_unnoticed])
async def test_policies_are_read_again_when_the_file_changes(
    file: Path, change: Callable[[Path, str], None]
) -> None:
    async with running(file) as policies:
        assert policies.rule("login").limit.limit == 5
        change(file, LOGIN.replace("limit: 5", "limit: 7"))
        await eventually(lambda: policies.rule("login").limit.limit == 7)


async def test_invalid_reload_keeps_the_policies_and_is_reported_until_corrected(file: Path) -> None:
    async with running(file) as policies:
        loaded_at = policies.loaded_at
        put(file, "policies: {login: {limit: 0, window: 1s}}")
        await eventually(lambda: policies.load_error != "")
        assert policies.load_error == f"{file}: policies.login.limit: must be 1 to 1000000000"
        assert policies.refusals == 1
        assert policies.rule("login").limit.limit == 5
        assert policies.loaded_at == loaded_at
        remove(file)
        await eventually(lambda: "No such file" in policies.load_error)
        assert policies.rule("login").limit.limit == 5
        put(file, LOGIN)
        await eventually(lambda: policies.load_error == "")
        assert policies.refusals == 2
        assert policies.loaded_at != loaded_at


async def test_policies_are_listed_by_name_in_pages(file: Path) -> None:
    write(file, "policies:\n" + "".join(f"  {name}: {{limit: 1, window: 1s}}\n" for name in "dcba"))
    async with running(file) as policies:
        assert [rule.policy for rule in policies.page("", 3)] == ["a", "b", "c"]
        assert [rule.policy for rule in policies.page("c", 3)] == ["d"]
        assert [rule.policy for rule in policies.page("bb", 1)] == ["c"]
        assert policies.page("d", 3) == []
