"""`quikstate serve` keeps its state, ends in order, and says in one line why it cannot begin.

What is refused before anything listens does not depend on the transport.
"""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import grpc
import pytest

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.redis_client.embedded.data_directory import DataDirectory
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import Started, StartServing, quikstate


def allowed(address: str, limit: int) -> bool:
    """One more hit on one limit."""
    request = CheckRateLimitRequest()
    hit = request.hits.add(key="kept")
    hit.limit.limit = limit
    hit.limit.window.seconds = 3_600
    with grpc.insecure_channel(address) as channel:
        return bool(RateLimitServiceStub(channel).CheckRateLimit(request, timeout=PATIENCE_SECONDS).allowed)


@pytest.mark.parametrize("end", ["terminate", "ctrl_c"])
def test_serve_ends_in_order_and_keeps_its_state(end: str, tmp_path: Path, serve: StartServing) -> None:
    with serve("--data-dir", str(tmp_path)) as first:
        assert [allowed(first.address, 2) for _ in range(2)] == [True, True]
        getattr(first, end)()
        assert first.ended() == 0
    with serve("--data-dir", str(tmp_path)) as second:
        assert not allowed(second.address, 2)


async def test_serve_leaves_no_child_after_kill_9(tmp_path: Path, serve: StartServing) -> None:
    with serve(QUIKSTATE_DATA_DIR=str(tmp_path)) as killed:
        assert DataDirectory(tmp_path).is_held
        killed.kill()
        await eventually(lambda: not DataDirectory(tmp_path).is_held)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_says_that_it_is_ready_once_it_can_answer(workers: str, serve: StartServing) -> None:
    """And before that, when it lasts, why it is not."""
    server = next(server for server in servers() if server.binary)
    with closing(RedisProcess(server)) as redis:
        redis.kill()
        flags = "--redis-url", f"unix://{redis.path}", "--workers", workers
        with serve(*flags, begun="server.not_ready") as running:
            redis.start()
            ready = running.line("server.ready")
            assert ready["address"] == running.address
            assert allowed(running.address, 1)


def test_serve_shows_a_call_to_try_once_it_would_be_answered(tmp_path: Path, transport: str) -> None:
    flags = "--listen", "127.0.0.1:0", "--metrics-listen", "", "--transport", transport
    server = next(server for server in servers() if server.binary)
    with closing(RedisProcess(server)) as redis:
        redis.kill()
        with Started("serve", "--redis-url", f"unix://{redis.path}", *flags) as running:
            running.says(r"quikstate listens on \S+ and is not ready: (Redis does not answer)\.\n")
            assert "Try it" not in running.said
            redis.start()
            running.says(r"quikstate serves on \S+\. (Try it):\n")
    with Started("serve", "--data-dir", str(tmp_path), *flags) as running:
        running.says(r"(Try it)")
        assert "not ready" not in running.said


def test_serve_ends_when_told_to_before_it_is_ready(tmp_path: Path, serve: StartServing) -> None:
    with serve("--redis-url", f"unix://{tmp_path}/none.sock", begun="server.not_ready") as running:
        running.terminate()
        assert running.ended() == 0


def test_serve_on_a_data_directory_in_use_is_refused(tmp_path: Path, serve: StartServing) -> None:
    with serve("--data-dir", str(tmp_path)) as running:
        refused = quikstate(
            "serve", "--data-dir", str(tmp_path), "--listen", "127.0.0.1:0", "--metrics-listen", ""
        )
    assert refused.returncode == 2
    assert f"quikstate: data_dir: {tmp_path} is in use by process {running.pid};" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_serve_on_a_taken_port_is_refused(tmp_path: Path, transport: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        flags = "--listen", address, "--metrics-listen", "", "--transport", transport
        refused = quikstate("serve", "--data-dir", str(tmp_path), *flags)
    line = f"quikstate: listen: cannot listen on {address}: Address already in use"
    assert (refused.returncode, refused.stderr.splitlines()) == (2, [line])


def test_serve_with_wrong_settings_names_each() -> None:
    refused = quikstate("serve", "--trace-ratio", "2", QUIKSTATE_LISTEN="nowhere")
    assert refused.returncode == 2
    assert [line.split(": ")[:2] for line in refused.stderr.splitlines()] == [
        ["quikstate", "QUIKSTATE_LISTEN"],
        ["quikstate", "--trace-ratio"],
    ]


def test_serve_with_an_unknown_variable_or_flag_is_refused() -> None:
    variable = quikstate("serve", QUIKSTATE_REDIS_ULR="redis://db")
    assert variable.returncode == 2
    assert variable.stderr == (
        "quikstate: QUIKSTATE_REDIS_ULR: no setting has this name; did you mean QUIKSTATE_REDIS_URL?\n"
    )
    flag = quikstate("serve", "--redis-ulr", "redis://db")
    assert flag.returncode == 2
    assert "No such option: --redis-ulr" in flag.stderr
