"""The subscriber in the README misses nothing over the end of a server, and says so where it may have."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from support.harness.checkout import ROOT
from support.harness.eventually import wait_until
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess, free_port
from support.server.command import Serving, Started, quikstate

README = (ROOT / "README.md").read_text(encoding="utf-8")
(LISTENING,) = re.findall(
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


def test_readme_subscriber_resumes_at_the_next_server_and_tells_of_a_gap(redis_process: RedisProcess) -> None:
    address, url = f"127.0.0.1:{free_port()}", f"unix://{redis_process.path}"
    with Serving("--listen", address, "--redis-url", url) as first:
        pub(first, "before")
        program = (sys.executable, "-c", LISTENING)
        with (
            Started(first.address, "orders:7", program=program) as listening,
            redis_process.client() as client,
        ):
            wait_until(lambda: bool(client.pubsub_channels("{orders:7}:live")))
            pub(first, "one")
            listening.says("(one)")
            first.kill()
            with Serving("--redis-url", url) as other:
                pub(other, "two", "three")
            with Serving("--listen", address, "--redis-url", url) as next_one:
                listening.says("(three)")
                assert listening.said.split() == ["one", "two", "three"]
                redis_process.restart()  # which loses all
                wait_until(lambda: quikstate("ping", next_one.address).returncode == 0)
                pub(next_one, "four")
                listening.says(r"(messages may be missing)")
                listening.says("(four)")
