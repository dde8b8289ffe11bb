"""A Redis URL says where and which Redis, and never shows its password."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quikstate_server.settings import Mode, RedisUrl
from quikstate_server.settings.redis_url import parse

PW = "p@/w"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://db", RedisUrl(Mode.STANDALONE, (("db", 6379),))),
        ("redis://db:1/2", RedisUrl(Mode.STANDALONE, (("db", 1),), database=2)),
        ("redis://db/?db=2", RedisUrl(Mode.STANDALONE, (("db", 6379),), database=2)),
        ("redis://[::1]:7000/", RedisUrl(Mode.STANDALONE, (("::1", 7000),))),
        ("rediss://:p%40%2Fw@db", RedisUrl(Mode.STANDALONE, (("db", 6379),), tls=True, password=PW)),
        (
            "redis://ada:p%40%2Fw@db",
            RedisUrl(Mode.STANDALONE, (("db", 6379),), username="ada", password=PW),
        ),
        ("unix:///run/redis.sock", RedisUrl(Mode.STANDALONE, path="/run/redis.sock")),
        (
            "unix://ada:p%40%2Fw@/run/a%20b.sock?db=3",
            RedisUrl(Mode.STANDALONE, path="/run/a b.sock", username="ada", password=PW, database=3),
        ),
        (
            "redis+sentinel://:p%40%2Fw@a,b:1,[::1]/mymaster/4",
            RedisUrl(
                Mode.SENTINEL,
                (("a", 26379), ("b", 1), ("::1", 26379)),
                password=PW,
                database=4,
                master="mymaster",
            ),
        ),
        ("rediss+sentinel://a/m", RedisUrl(Mode.SENTINEL, (("a", 26379),), tls=True, master="m")),
        ("redis+cluster://a,b:1", RedisUrl(Mode.CLUSTER, (("a", 6379), ("b", 1)))),
        ("rediss+cluster://a", RedisUrl(Mode.CLUSTER, (("a", 6379),), tls=True)),
    ],
)
def test_redis_url_says(url: str, expected: RedisUrl) -> None:
    assert parse(url) == expected


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "is not a Redis URL"),
        ("db:6379", "is not a Redis URL"),
        ("http://db", "is not a Redis URL"),
        ("redis://", "needs host"),
        ("redis://db:0", "needs host"),
        ("redis://db:65536", "needs host"),
        ("redis://db:port", "needs host"),
        ("redis://a,,b", "needs host"),
        ("redis://a b", "needs host"),
        ("redis://a,b", "names several hosts"),
        ("redis://db/one", "not a number"),
        ("redis://db/-1", "not a number"),
        ("redis://db?timeout=1", "unknown parameter 'timeout'"),
        ("unix://", "names no socket"),
        ("unix://run/redis.sock", "names no socket"),
        ("redis+sentinel://a,b", "names no master"),
        ("redis+cluster://a/1", "only database 0"),
    ],
)
def test_redis_url_is_refused(url: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        parse(url)


@given(
    password=st.text(st.characters(exclude_categories=["Cs"]), min_size=8),
    scheme=st.sampled_from(["redis", "rediss", "redis+cluster"]),
)
def test_redis_url_hides_its_password(password: str, scheme: str) -> None:
    url = parse(f"{scheme}://ada:{quote(password, safe='')}@db")
    assert url.password == password
    assert str(url) == f"{scheme}://ada:***@db"
    other = parse(f"{scheme}://ada:another@db")
    assert repr(url) == repr(other), "it says the same whatever the password is"


@pytest.mark.parametrize("rest", ["db/one", "a,b", "db:port", "db?x=1", "", "db:99999"])
def test_redis_url_hides_its_password_when_refused(rest: str) -> None:
    with pytest.raises(ValueError, match=r"^(has|needs|names)") as refused:
        parse(f"redis://ada:hunter2@{rest}")
    assert "hunter2" not in str(refused.value)
