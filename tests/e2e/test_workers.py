"""Several workers on one port are one server to everyone: `quikstate serve --workers 2`."""

from __future__ import annotations

import os
import re
import signal
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.admin_pb2 import REDIS_MODE_EMBEDDED, GetServerInfoRequest, GetTopologyRequest
from quikstate.v1.admin_pb2_grpc import AdminServiceStub
from quikstate.v1.pub_sub_pb2 import ChannelSubscription, ListChannelsRequest, SubscribeRequest
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.queue_pb2 import EnqueueItem, EnqueueRequest
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, RateLimit, RateLimitAlgorithm, RateLimitHit
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from support.harness.eventually import wait_until
from support.lock.command import is_alive
from support.server.command import Serving, StartServing, quikstate

CALLS = 20
LIMIT = RateLimit(
    algorithm=RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW,
    limit=1_000_000,
    window=Duration(seconds=3_600),
)


@pytest.fixture
def serve_workers(tmp_path: Path, serve: StartServing) -> StartServing:
    """Starts a server on a Redis of its own."""
    flags = "--workers", "2", "--metrics-listen", "127.0.0.1:0", "--data-dir", str(tmp_path)
    return partial(serve, *flags)


@pytest.fixture
def serving(serve_workers: StartServing) -> Iterator[Serving]:
    with serve_workers() as running:
        yield running


def call(address: str, cost: int = 1) -> int:
    """What is left."""
    with connected(address) as limits:
        return check(limits, cost)


@contextmanager
def connected(address: str) -> Iterator[RateLimitServiceStub]:
    with own_channel(address) as channel:
        yield RateLimitServiceStub(channel)


def own_channel(address: str) -> grpc.Channel:
    """Over a connection of its own: the kernel gives it to one of the workers."""
    return grpc.insecure_channel(address, [("grpc.use_local_subchannel_pool", 1)])


def check(limits: RateLimitServiceStub, cost: int = 1) -> int:
    request = CheckRateLimitRequest(hits=[RateLimitHit(key="workers", limit=LIMIT, cost=cost)])
    return limits.CheckRateLimit(request, timeout=60).results[0].remaining


def children(pid: int, of: str) -> list[int]:
    """Processes below `pid` whose command line has `of` in it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            line = stat.with_name("cmdline").read_bytes().decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and of in line:
            found.append(int(stat.parent.name))
    return sorted(found)


def workers(serving: Serving) -> list[int]:
    return children(serving.pid, "quikstate_server.workers")


def counted(serving: Serving) -> float:
    """Calls of CheckRateLimit that were answered, as Prometheus is told."""
    pattern = r'^rpc_server_call_duration_seconds_count\{.*CheckRateLimit",.*"OK".*\} (\S+)$'
    return sum(float(value) for value in re.findall(pattern, metrics(serving), re.MULTILINE))


def metrics(serving: Serving) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{serving.metrics_port}/metrics") as answer:
        return str(answer.read().decode())


def test_workers_share_the_port_and_the_redis_of_our_own(serving: Serving) -> None:
    first, second = workers(serving)
    before = [call(serving.address) for _ in range(CALLS)]
    assert before == list(range(LIMIT.limit - 1, LIMIT.limit - CALLS - 1, -1))
    assert counted(serving) == CALLS
    assert [len(children(pid, "")) for pid in (first, second)] == [0, 0], "Redis is the supervisor's"


def test_workers_count_subscribers_together(serving: Serving) -> None:
    wanted = SubscribeRequest(channels=[ChannelSubscription(channel="news")])
    with ExitStack() as open_channels:
        for _ in range(CALLS):
            channel = open_channels.enter_context(own_channel(serving.address))
            stream = PubSubServiceStub(channel).Subscribe(wanted)
            open_channels.callback(stream.cancel)
            assert next(iter(stream)).events[0].HasField("subscribed")
        (listed,) = PubSubServiceStub(channel).ListChannels(ListChannelsRequest(), timeout=60).channels
        assert (listed.channel, listed.subscribers, listed.connections) == ("news", CALLS, 2)


def test_workers_show_each_queue_once(serve_workers: StartServing) -> None:
    ready = 'quikstate_queue_items{namespace="",queue="mail",state="ready"}'
    with serve_workers("--queue-gauges-seconds", "0.1") as serving:
        for name in ("mail", "push", "mail"):
            request = EnqueueRequest(items=[EnqueueItem(queue=name)])
            with own_channel(serving.address) as channel:
                QueueServiceStub(channel).Enqueue(request, timeout=60)
        wait_until(lambda: f"{ready} 2.0" in metrics(serving))
        assert metrics(serving).count(ready) == 1


def test_worker_that_is_killed_is_replaced_and_what_it_counted_stays(serving: Serving) -> None:
    for _ in range(CALLS):
        call(serving.address)
    assert counted(serving) == CALLS
    killed, spared = workers(serving)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: len(workers(serving)) == 2 and killed not in workers(serving))
    assert spared in workers(serving)
    assert counted(serving) == CALLS
    wait_until(lambda: bool(call(serving.address)))


def test_workers_drain_without_losing_a_call_and_state_is_kept(serve_workers: StartServing) -> None:
    outcomes: Counter[str] = Counter()
    with serve_workers() as leaving:
        stopped = threading.Event()

        def caller() -> None:
            with connected(leaving.address) as limits:
                try:
                    while not stopped.is_set():
                        check(limits)
                        outcomes["answered"] += 1
                except grpc.RpcError as error:
                    outcomes[error.code().name] += 1

        callers = [threading.Thread(target=caller) for _ in range(4)]
        for one in callers:
            one.start()
        wait_until(lambda: outcomes["answered"] > CALLS)
        leaving.terminate()
        assert leaving.ended() == 0
        stopped.set()
        for one in callers:
            one.join()
    assert outcomes.keys() <= {"answered", "UNAVAILABLE"}
    with serve_workers("--listen", leaving.address) as next_one:
        assert call(next_one.address, cost=0) <= LIMIT.limit - outcomes["answered"]


def test_workers_end_with_their_supervisor(serving: Serving) -> None:
    both = workers(serving)
    serving.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in both))


def test_workers_on_a_taken_port_are_refused_in_one_line(
    serving: Serving, tmp_path: Path, transport: str
) -> None:
    flags = "--listen", serving.address, "--metrics-listen", "", "--transport", transport, "--data-dir"
    refused = quikstate("serve", "--workers", "2", *flags, str(tmp_path / "other"))
    line = f"quikstate: listen: cannot listen on {serving.address}: Address already in use\n"
    assert (refused.returncode, refused.stderr) == (2, line)
    alone = quikstate("serve", *flags, str(tmp_path / "other"))
    assert (alone.returncode, alone.stderr) == (2, line)


def test_workers_that_cannot_begin_are_refused_with_their_line(tmp_path: Path) -> None:
    policies = tmp_path / "policies.yaml"
    policies.write_text("policies: 1\n")
    flags = "--workers", "2", "--listen", "127.0.0.1:0", "--metrics-listen", "", "--policies", str(policies)
    refused = quikstate("serve", *flags, "--data-dir", str(tmp_path / "data"))
    assert refused.returncode == 2
    assert [line for line in refused.stderr.splitlines() if line.startswith("quikstate: policies: ")]


@pytest.mark.parametrize("flags", [("--workers", "0"), ("--workers", "2", "--listen", "unix:/tmp/none.sock")])
def test_workers_that_make_no_sense_are_refused(flags: tuple[str, ...]) -> None:
    refused = quikstate("serve", *flags)
    assert refused.returncode == 2
    assert refused.stderr.startswith("quikstate: --workers: must be ") or "greater than" in refused.stderr


def test_workers_show_themselves_and_the_settings_of_the_whole_server(
    serve_workers: StartServing, tmp_path: Path
) -> None:
    """Any of them answers for all; the settings are those that were given, with their origins."""
    file = tmp_path / "quikstate.yaml"
    file.write_text("limits: {max_calls: 777}\n")
    with serve_workers("--config", str(file)) as serving:
        for _ in range(CALLS):
            call(serving.address)
        with own_channel(serving.address) as channel:
            info = AdminServiceStub(channel).GetServerInfo(GetServerInfoRequest(), timeout=60)
            topology = AdminServiceStub(channel).GetTopology(GetTopologyRequest(), timeout=60)
        assert [worker.number for worker in info.workers] == [1, 2]
        assert sorted(worker.process_id for worker in info.workers) == workers(serving)
        methods = [method for worker in info.workers for method in worker.methods]
        checks = [method.ended for method in methods if method.method.endswith("/CheckRateLimit")]
        assert sum(checks) == CALLS
    settings = {setting.name: (setting.value, setting.origin) for setting in info.settings}
    assert settings["limits.max_calls"] == ("777", f"{file}: limits.max_calls")
    assert settings["workers"] == ("2", "--workers")
    assert settings["metrics_listen"] == ("127.0.0.1:0", "--metrics-listen")
    assert settings["redis_url"] == ("", "default")
    assert settings["heartbeat_seconds"][1] == "default"
    assert topology.redis.mode == REDIS_MODE_EMBEDDED
