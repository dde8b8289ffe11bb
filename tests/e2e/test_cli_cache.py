"""The commands `quikstate cache get|set|delete|watch`."""

from __future__ import annotations

import json
import subprocess

import pytest

from support.redis.redis_process import RedisProcess, free_port
from support.server.command import ON_A_TERMINAL, Started, quikstate

KEY = "cache:search:9f86d0"


pytestmark = pytest.mark.usefixtures("emptied")


def cache(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("cache", *words, QUIKSTATE_ADDR=address)


def test_cache_set_and_get_pass_a_value_on_as_it_is(address: str, redis: RedisProcess) -> None:
    result = cache(address, "set", KEY, '["a result"]', "--ttl", "1h")
    assert (result.returncode, result.stdout) == (0, f"{KEY}: stored, expires in 3600.0s\n")
    assert cache(address, "get", KEY).stdout == '["a result"]'
    with redis.client() as client:
        assert client.get(KEY) == '["a result"]'
        client.set("user:42", "raw", ex=60)
    assert cache(address, "get", "user:42").stdout == "raw"


def test_cache_get_of_nothing_exits_with_1_and_says_why(address: str) -> None:
    missed = cache(address, "get", KEY)
    assert (missed.returncode, missed.stdout, missed.stderr) == (1, "", f"quikstate: {KEY}: miss\n")
    cache(address, "set", KEY, "--negative")
    assert cache(address, "get", KEY).stderr == f"quikstate: {KEY}: negative\n"
    shown = json.loads(cache(address, "get", "--json", KEY).stdout)
    assert (shown["key"], shown["outcome"]) == ({"name": "search:9f86d0"}, "CACHE_OUTCOME_NEGATIVE")


def test_cache_delete_by_key_and_by_tag(address: str) -> None:
    for key in ("user:1", "user:2", "workspace:1"):
        assert cache(address, "set", key, "v", "--tag", "t" if key != "user:2" else "other").returncode == 0
    result = cache(address, "delete", "--tag", "t", "--yes")
    assert (result.returncode, result.stdout) == (0, "tag t: invalidated\n")
    assert [cache(address, "get", key).returncode for key in ("user:1", "user:2", "workspace:1")] == [1, 0, 1]
    result = cache(address, "delete", "user:2", "user:3")
    assert (result.returncode, result.stdout) == (1, "user:2: deleted\nuser:3: not found\n")


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
def test_cache_delete_of_a_tag_asks_on_a_terminal(address: str, answer: str, status: int) -> None:
    assert cache(address, "set", "user:1", "v", "--tag", "t").returncode == 0
    refused = cache(address, "delete", "--tag", "t")
    line = "quikstate: cache delete --tag: no terminal to confirm on; pass --yes\n"
    assert (refused.returncode, refused.stderr) == (2, line)
    words = "cache", "delete", "--tag", "t"
    with Started(*words, program=ON_A_TERMINAL, QUIKSTATE_ADDR=address) as command:
        command.says(r"(Delete every entry that has the tag t), however many there are\? \[y/N\]: ")
        command.enter(f"{answer}\n")
        assert command.ended() == status
    assert cache(address, "get", "user:1").returncode == 1 - status


def test_cache_watch_has_a_line_for_each_change(address: str) -> None:
    flags = "--prefix", "cache:search:", "--tag", "t", "user:1"
    with Started("cache", "watch", *flags, QUIKSTATE_ADDR=address) as watch:
        watch.says("(watching)\n")
        cache(address, "set", KEY, "v")
        watch.says(rf"  {KEY}  stored  ([0-9a-f]{{40}})\n")
        cache(address, "set", "cache:else", "v")
        cache(address, "delete", "user:1", "--tag", "t", "--yes")
        watch.says(r"  (user:1)  deleted\n")
        watch.says(r"  tag (t)  invalidated\n")
        assert "else" not in watch.said
    with Started("cache", "watch", "--json", KEY, QUIKSTATE_ADDR=address) as watch:
        watch.says("(watching)\n")
        cache(address, "delete", KEY)
        event = json.loads(watch.says(r"(\{.*\})\n"))
    assert (event["key"], event["etag"]) == ({"name": "search:9f86d0"}, "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("get", "session:1"), "is not a cache key"),
        (("get", "user:1:status"), "is not a cache key"),
        (("set", "user:1"), "give either VALUE or --negative"),
        (("set", "user:1", "v", "--negative"), "give either VALUE or --negative"),
        (("delete",), "give at least one KEY or --tag"),
        (("watch",), "give at least one KEY, --prefix or --tag"),
        (("watch", "--prefix", "session:"), "is not a prefix of cache keys"),
    ],
)
def test_cache_refuses_arguments_that_name_no_entry(words: tuple[str, ...], message: str) -> None:
    refused = cache(f"127.0.0.1:{free_port()}", *words)
    assert refused.returncode == 2
    assert message in " ".join(refused.stderr.split())


def test_cache_verbs_say_in_one_line_what_failed() -> None:
    closed = f"127.0.0.1:{free_port()}"
    for words in (("get", KEY), ("set", KEY, "v"), ("delete", KEY), ("watch", KEY)):
        failed = cache(closed, *words)
        assert (failed.returncode, failed.stdout) == (69, "")
        assert failed.stderr.startswith(f"quikstate: {closed}: Connection refused")
