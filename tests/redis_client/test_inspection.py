"""The inspection finds what Redis could evict, lose or refuse, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from quikstate_server.redis_client.embedded.binaries import find_installed_servers
from quikstate_server.redis_client.factory import create_redis_client as connect_by
from quikstate_server.redis_client.inspection import Severity, find_problems, inspect_redis
from quikstate_server.redis_client.server_info import parse_info
from quikstate_server.settings import Settings
from support.redis.clients import Connect
from support.redis.command_counts import commands_of
from support.redis.redis_process import StartRedis

SAFE = {"appendonly": "yes", "maxmemory_policy": "noeviction"}


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, []),
        ({"maxmemory": "100mb"}, []),
        ({"maxmemory_policy": "allkeys-lru"}, []),  # without maxmemory nothing is evicted
        ({"maxmemory": "100mb", "maxmemory_policy": "allkeys-lru"}, ["eviction"]),
        ({"maxmemory": "100mb", "maxmemory_policy": "volatile-ttl"}, ["eviction"]),
        ({"appendonly": "no"}, ["persistence"]),
        ({"appendonly": "no", "save": "3600 1"}, ["persistence"]),
        ({"replicaof": "127.0.0.1 1"}, ["replica"]),
        (
            {"appendonly": "no", "maxmemory": "100mb", "maxmemory_policy": "allkeys-lfu"},
            ["eviction", "persistence"],
        ),
    ],
)
async def test_inspection_finds(
    config: dict[str, str], found: list[str], start_redis: StartRedis, connect: Connect
) -> None:
    redis_client = await connect(start_redis(**SAFE | config).address)
    inspection = await inspect_redis(redis_client)
    assert [finding.name for finding in inspection.findings] == found


async def test_inspection_returns_kind_and_version(start_redis: StartRedis, connect: Connect) -> None:
    process = start_redis()
    release = (await inspect_redis(await connect(process.address))).release
    assert release in [binary.release for binary in find_installed_servers()]


async def test_inspection_runs_info_alone(start_redis: StartRedis, connect: Connect) -> None:
    process = start_redis()
    redis_client = await connect(process.address)
    with process.client() as raw, commands_of(raw) as commands:
        await inspect_redis(redis_client)
    assert not commands


async def test_inspection_of_an_embedded_redis_finds_nothing(tmp_path: Path) -> None:
    redis_client = connect_by(Settings(data_dir=tmp_path))
    await redis_client.start()
    inspection = await inspect_redis(redis_client)
    await redis_client.close()
    assert inspection.findings == ()


@pytest.mark.parametrize(
    ("facts", "name", "severity"),
    [
        ({"redis_version": "6.2.14"}, "version", Severity.UNUSABLE),
        (
            {"redis_version": "7.4.1", "aof_enabled": "1", "aof_last_write_status": "err"},
            "aof_write",
            Severity.UNUSABLE,
        ),
    ],
)
def test_inspection_finds_what_no_server_here_has(
    facts: Mapping[str, str], name: str, severity: Severity
) -> None:
    (finding,) = find_problems(facts)
    assert (finding.name, finding.severity) == (name, severity)
    assert finding.what
    assert finding.remedy


def test_inspection_does_not_judge_the_persistence_of_a_redis_that_loads() -> None:
    """Meanwhile INFO reports that the append-only file is off."""
    loads = {"redis_version": "7.4.1", "loading": "1", "aof_enabled": "0"}
    assert [finding.name for finding in find_problems(loads)] == ["loading"]
    evicts = loads | {"maxmemory": "1", "maxmemory_policy": "allkeys-lru"}
    assert [finding.name for finding in find_problems(evicts)] == ["eviction", "loading"]
    assert [finding.name for finding in find_problems(loads | {"loading": "0"})] == ["persistence"]


def test_inspection_reads_info_as_redis_writes_it() -> None:
    assert parse_info("# Server\r\nredis_version:7.0.15\r\n\r\nexecutable:/a:b\r\n") == {
        "redis_version": "7.0.15",
        "executable": "/a:b",
    }
