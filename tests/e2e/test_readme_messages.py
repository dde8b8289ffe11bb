"""The README's subscriber misses no message over a change of servers, and reports a gap."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from support.harness.checkout import ROOT
from support.harness.eventually import wait_until
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import Serving, Started, StartServing, quikstate

README = (ROOT / "README.md").read_text(encoding="utf-8")
(SUBSCRIBER,) = re.findall(
    r"^```python\n((?s:.*?))^```$", README.partition("\n## Messages\n")[2], re.MULTILINE
)


@pytest.fixture
def redis_process() -> Iterator[RedisProcess]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield process
    process.close()


def pub(serving: Serving, *messages: str) -> None:
    done = quikstate("pub", "--addr", serving.address, "orders:7", "--durable", *messages)
    assert done.returncode == 0, done.stderr


def test_readme_subscriber_resumes_on_the_next_server_and_reports_a_gap(
    redis_process: RedisProcess, serve: StartServing
) -> None:
    address, url = f"127.0.0.1:{free_port()}", f"unix://{redis_process.path}"
    with serve("--listen", address, "--redis-url", url) as first:
        pub(first, "before")
        program = (sys.executable, "-c", SUBSCRIBER)
        with (
            Started(first.address, "orders:7", program=program) as subscriber,
            redis_process.client() as client,
        ):
            wait_until(lambda: bool(client.pubsub_channels("{orders:7}:live")))
            pub(first, "one")
            subscriber.says("(one)")
            first.kill()
            with serve("--redis-url", url) as other:
                pub(other, "two", "three")
            with serve("--listen", address, "--redis-url", url) as next_one:
                subscriber.says("(three)")
                assert subscriber.said.split() == ["one", "two", "three"]
                redis_process.restart()  # which loses all
                wait_until(lambda: quikstate("ping", next_one.address).returncode == 0)
                pub(next_one, "four")
                subscriber.says(r"(messages may be missing)")
                subscriber.says("(four)")
