"""`quikstate pub`, `sub` and `pub_sub …` as processes, while servers and Redis stop and start."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from support.harness.eventually import wait_until
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import Started, StartServing, quikstate

DURABLE = ("--durable-channels", "d:")


@pytest.fixture
def redis_process() -> Iterator[RedisProcess]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield process
    process.close()


@pytest.fixture
def address() -> str:
    return f"127.0.0.1:{free_port()}"


@pytest.fixture
def serve_at(address: str, serve: StartServing) -> StartServing:
    """Starts a server at `address`: `serve_at(*flags)`."""
    return partial(serve, "--listen", address, *DURABLE)


def pub(address: str, channel: str, *messages: str) -> str:
    done = quikstate("pub", "--addr", address, channel, *messages)
    assert done.returncode == 0, done.stderr
    return done.stdout


def payloads(subscriber: Started, channel: str) -> list[str]:
    """Return the payloads of the lines that it wrote for a channel."""
    return re.findall(rf"^\d\S+  {re.escape(channel)}  \S+  (.*)$", subscriber.said, re.MULTILINE)


def wait_until_subscribed(process: RedisProcess, *channels: str) -> None:
    with process.client() as client:
        wait_until(lambda: set(channels) <= {str(name) for name in client.pubsub_channels()})


def test_sub_resumes_without_a_gap_after_its_server_was_killed(
    redis_process: RedisProcess, address: str, serve: StartServing, serve_at: StartServing
) -> None:
    url = ("--redis-url", f"unix://{redis_process.path}")
    with serve_at(*url) as first, Started("sub", "--addr", address, "d:1", "e:1") as subscriber:
        wait_until_subscribed(redis_process, "{d:1}:live", "e:1")
        pub(address, "d:1", "one")
        with redis_process.client() as client:
            client.publish("e:1", "raw")
        wait_until(lambda: payloads(subscriber, "e:1") == ["raw"] and payloads(subscriber, "d:1") == ["one"])
        first.kill()
        with serve(*DURABLE, *url) as other:
            pub(other.address, "d:1", "two", "three")
        with serve_at(*url):
            wait_until(lambda: payloads(subscriber, "d:1") == ["one", "two", "three"])
            pub(address, "d:1", "four")
            wait_until(lambda: payloads(subscriber, "d:1") == ["one", "two", "three", "four"])
        assert "d:1: messages may be missing" not in subscriber.said
        assert "e:1: messages may be missing (not durable)" in subscriber.said


def test_sub_reports_a_gap_after_redis_was_killed(
    tmp_path: Path, address: str, serve_at: StartServing
) -> None:
    """The embedded Redis is killed with its server: the last messages may be lost."""
    own = ("--data-dir", str(tmp_path / "data"))
    with serve_at(*own) as first, Started("sub", "--addr", address, "d:1") as subscriber:
        publish_until_received(subscriber, address)
        first.kill()
        with serve_at(*own):
            pub(address, "d:1", "two")
            wait_until(lambda: payloads(subscriber, "d:1")[-1:] == ["two"])
        assert "d:1: messages may be missing (POSITION_LOST)" in subscriber.said


def test_sub_begins_after_a_position_or_a_rewind_and_writes_json(
    redis_process: RedisProcess, address: str, serve_at: StartServing
) -> None:
    with serve_at("--redis-url", f"unix://{redis_process.path}"):
        first, *_ = pub(address, "d:1", "one", "two", "three").splitlines()
        with Started("sub", "--addr", address, "d:1", "--since", first, "--json") as subscriber:
            assert subscriber.says(r'"payload": "(three)"')
            assert '"payload": "one"' not in subscriber.said
        with Started("sub", "--addr", address, "d:1", "--rewind", "1") as subscriber:
            wait_until(lambda: payloads(subscriber, "d:1") == ["three"])
            subscriber.send(signal.SIGINT)
            assert subscriber.ended() != 0


def test_pub_reports_what_was_refused(
    redis_process: RedisProcess, address: str, serve_at: StartServing
) -> None:
    with serve_at("--redis-url", f"unix://{redis_process.path}"):
        refused = quikstate("pub", "--addr", address, "d:1", "x", "--ephemeral")
        assert (refused.returncode, refused.stdout) == (1, ""), refused.stderr
        assert "CHANNEL_DURABLE" in refused.stderr
        assert pub(address, "e:1", "x") == "not stored\n"
        once = quikstate("pub", "--addr", address, "d:1", "x", "--key", "k")
        again = quikstate("pub", "--addr", address, "d:1", "x", "--key", "k")
        assert again.stdout == f"{once.stdout.strip()}  (duplicate)\n"
    assert quikstate("pub", "--addr", address, "d:1", "x").returncode not in (0, 1)


def test_pub_sub_channels_lists_those_with_subscribers(
    redis_process: RedisProcess, address: str, serve_at: StartServing
) -> None:
    with (
        serve_at("--redis-url", f"unix://{redis_process.path}"),
        Started("pub_sub", "subscribe", "--addr", address, "e:1", "e:2", "f:1"),
    ):
        wait_until_subscribed(redis_process, "e:1", "e:2", "f:1")
        listed = quikstate("pub_sub", "channels", "--addr", address, "e:")
        assert [line.split() for line in listed.stdout.splitlines()] == [
            ["CHANNEL", "CONNECTIONS", "SUBSCRIBERS"],
            ["e:1", "1", "1"],
            ["e:2", "1", "1"],
        ]
        as_json = json.loads(quikstate("pub_sub", "channels", "--addr", address, "--json").stdout)
        assert [info["channel"] for info in as_json] == ["e:1", "e:2", "f:1"]


def test_pub_sub_channels_and_history_read_all_pages(
    redis_process: RedisProcess, address: str, serve_at: StartServing
) -> None:
    """Of one entry each, by the server's limit."""
    with (
        serve_at("--redis-url", f"unix://{redis_process.path}", "--limits-max-page-size", "1"),
        Started("sub", "--addr", address, "e:1", "e:2"),
    ):
        wait_until_subscribed(redis_process, "e:1", "e:2")
        listed = quikstate("pub_sub", "channels", "--addr", address)
        assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == ["e:1", "e:2"]
        pub(address, "d:1", "one", "two")
        assert [row["payload"] for row in history(address, "d:1")] == ["one", "two"]


def test_pub_sub_history_writes_stored_messages(
    redis_process: RedisProcess, address: str, serve_at: StartServing
) -> None:
    with serve_at("--redis-url", f"unix://{redis_process.path}"):
        published = quikstate("pub_sub", "publish", "--addr", address, "d:1", "one", "two", "three")
        first, second, third = published.stdout.splitlines()
        told = quikstate("pub_sub", "history", "--addr", address, "d:1").stdout.splitlines()
        assert [line.split("  ")[1:] for line in told] == [
            ["d:1", first, "one"],
            ["d:1", second, "two"],
            ["d:1", third, "three"],
        ]
        assert [row["payload"] for row in history(address, "d:1", "--since", first, "--limit", "1")] == [
            "two"
        ]
        assert [row["position"] for row in history(address, "d:1", "--newest-first")] == [
            third,
            second,
            first,
        ]
        assert history(address, "d:1", "--since", third) == []
        none = quikstate("pub_sub", "history", "--addr", address, "e:1")
        assert (none.returncode, none.stdout) == (1, "")
        assert none.stderr == "quikstate: e:1: no history; `pub --durable` stores messages\n"
        wrong = quikstate("pub_sub", "history", "--addr", address, "d:1", "--since", "yesterday")
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert "'yesterday' is not a position" in wrong.stderr


def history(address: str, channel: str, *flags: str) -> list[dict[str, str]]:
    done = quikstate("pub_sub", "history", "--addr", address, channel, "--json", *flags)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def publish_until_received(subscriber: Started, address: str) -> None:
    """Publish until the subscriber receives it."""

    def is_received() -> bool:
        pub(address, "d:1", "one")
        return bool(payloads(subscriber, "d:1"))

    wait_until(is_received)
