"""`quikstate cache get|set|delete|watch`: entries for people and for scripts."""

from __future__ import annotations

import json
import subprocess

import pytest

from support.redis.redis_process import RedisProcess, free_port
from support.server.command import Started, quikstate

KEY = "cache:search:9f86d0"


pytestmark = pytest.mark.usefixtures("emptied")


def cache(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return quikstate("cache", *words, QUIKSTATE_ADDR=address)


def test_cache_set_and_get_pass_a_value_on_as_it_is(address: str, redis: RedisProcess) -> None:
    told = cache(address, "set", KEY, '["a result"]', "--ttl", "1h")
    assert (told.returncode, told.stdout) == (0, f"{KEY}: stored, expires in 3600.0s\n")
    assert cache(address, "get", KEY).stdout == '["a result"]'
    with redis.client() as client:
        assert client.get(KEY) == '["a result"]'
        client.set("user:42", "raw", ex=60)
    assert cache(address, "get", "user:42").stdout == "raw"


def test_cache_get_of_nothing_ends_with_one_and_says_why(address: str) -> None:
    missed = cache(address, "get", KEY)
    assert (missed.returncode, missed.stdout, missed.stderr) == (1, "", f"quikstate: {KEY}: miss\n")
    cache(address, "set", KEY, "--negative")
    assert cache(address, "get", KEY).stderr == f"quikstate: {KEY}: negative\n"
    shown = json.loads(cache(address, "get", "--json", KEY).stdout)
    assert (shown["key"], shown["outcome"]) == ({"name": "search:9f86d0"}, "CACHE_OUTCOME_NEGATIVE")


def test_cache_delete_by_key_and_by_tag(address: str) -> None:
    for key in ("user:1", "user:2", "workspace:1"):
        assert cache(address, "set", key, "v", "--tag", "t" if key != "user:2" else "other").returncode == 0
    told = cache(address, "delete", "--tag", "t")
    assert (told.returncode, told.stdout) == (0, "tag t: what carried it is no hit any more\n")
    assert [cache(address, "get", key).returncode for key in ("user:1", "user:2", "workspace:1")] == [1, 0, 1]
    told = cache(address, "delete", "user:2", "user:3")
    assert (told.returncode, told.stdout) == (1, "user:2: deleted\nuser:3: there was none\n")


def test_cache_watch_has_a_line_for_each_change(address: str) -> None:
    flags = "--prefix", "cache:search:", "--tag", "t", "user:1"
    with Started("cache", "watch", *flags, QUIKSTATE_ADDR=address) as watch:
        watch.says("(watching)\n")
        cache(address, "set", KEY, "v")
        watch.says(rf"  {KEY}  stored  ([0-9a-f]{{40}})\n")
        cache(address, "set", "cache:else", "v")
        cache(address, "delete", "user:1", "--tag", "t")
        watch.says(r"  (user:1)  deleted\n")
        watch.says(r"  tag (t)  deleted\n")
        assert "else" not in watch.said
    with Started("cache", "watch", "--json", KEY, QUIKSTATE_ADDR=address) as watch:
        watch.says("(watching)\n")
        cache(address, "delete", KEY)
        told = json.loads(watch.says(r"(\{.*\})\n"))
    assert (told["key"], told["etag"]) == ({"name": "search:9f86d0"}, "")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("get", "session:1"), "no key of the cache"),
        (("get", "user:1:status"), "no key of the cache"),
        (("set", "user:1"), "say either a VALUE or --negative"),
        (("set", "user:1", "v", "--negative"), "say either a VALUE or --negative"),
        (("delete",), "name a KEY or a --tag"),
        (("watch",), "name a KEY, a --prefix or a --tag"),
        (("watch", "--prefix", "session:"), "no beginning of a key of the cache"),
    ],
)
def test_cache_refuses_what_is_no_entry(address: str, words: tuple[str, ...], what: str) -> None:
    refused = cache(address, *words)
    assert refused.returncode == 2
    assert what in " ".join(refused.stderr.split())


def test_cache_verbs_say_in_one_line_what_failed() -> None:
    nobody = f"127.0.0.1:{free_port()}"
    for words in (("get", KEY), ("set", KEY, "v"), ("delete", KEY), ("watch", KEY)):
        failed = cache(nobody, *words)
        assert (failed.returncode, failed.stdout) == (69, "")
        assert failed.stderr.startswith(f"quikstate: {nobody}: Connection refused")
