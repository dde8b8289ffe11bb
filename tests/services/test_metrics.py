"""What Prometheus reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.request import urlopen

import grpc
import grpc.aio
import pytest
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse, StreamRateLimitResponse
from quikstate_server.app import App
from quikstate_server.errors import PolicyNotFound
from quikstate_server.redis_client.inspection import RedisFinding, RedisInspection, Severity
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import eventually
from support.http.http2_socket import http2
from support.server.call_errors import failure_of
from support.server.stub_service import CALL, END, WATCH, StubService, call, valid, watch

LATE_CALLS = 30
TRACE = "0af7651916cd43dd8448eb211c80319c"
DURATION = "rpc_server_call_duration_seconds"


async def scrape(app: App) -> dict[tuple[str, ...], float]:
    """Samples by their name and the values of their labels, in the order of the labels' names."""

    def read() -> str:
        with urlopen(f"http://127.0.0.1:{app.metrics_port}/metrics") as answer:
            text: bytes = answer.read()
            return text.decode()

    families = text_string_to_metric_families(await asyncio.to_thread(read))
    return {
        (s.name, *(s.labels[label] for label in sorted(s.labels))): s.value
        for family in families
        for s in family.samples
    }


@pytest.fixture
async def app(stub: StubService, start_app: StartApp) -> App:
    return await start_app(stub.methods(), metrics_listen="127.0.0.1:0")


async def test_calls_are_counted_by_method_and_status_with_what_was_refused(
    app: App, stub: StubService, channel: grpc.aio.Channel
) -> None:
    async def refuse(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise PolicyNotFound("login")

    await call(channel)(valid())
    await call(channel)(valid())
    await failure_of(call(channel)(CheckRateLimitRequest()))
    stub.on_call = refuse
    await failure_of(call(channel)(valid()))
    samples = await scrape(app)
    name = CALL.strip("/")
    assert samples[f"{DURATION}_count", name, "OK"] == 2
    assert samples[f"{DURATION}_count", name, "INVALID_ARGUMENT"] == 1
    assert samples[f"{DURATION}_count", name, "NOT_FOUND"] == 1
    buckets = [samples[f"{DURATION}_bucket", le, name, "OK"] for le in ("0.0005", "0.001", "0.0025", "+Inf")]
    assert buckets == sorted(buckets)
    assert buckets[-1] == 2


async def test_how_a_call_ended_is_counted_as_its_caller_saw_it(
    app: App, stub: StubService, channel: grpc.aio.Channel
) -> None:
    begun = asyncio.Event()

    async def endless(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        begun.set()
        await asyncio.Event().wait()
        return CheckRateLimitResponse()

    stub.on_call = endless
    async with http2(app.address) as client:  # it waits: others reset a call at its deadline, as if cancelled
        for number in range(LATE_CALLS):  # over the fractions of a millisecond at which their time ends
            answer = await client.call(
                2 * number + 1,
                CALL,
                valid().SerializeToString(),
                ("grpc-timeout", f"{10_000 + 37 * number}u"),
            )
            assert answer.grpc_status == grpc.StatusCode.DEADLINE_EXCEEDED.value[0]
    begun.clear()
    cancelled = call(channel)(valid())
    await begun.wait()
    cancelled.cancel()

    async def counted() -> None:
        samples = await scrape(app)
        for code, count in (("DEADLINE_EXCEEDED", LATE_CALLS), ("CANCELLED", 1)):
            assert samples.get((f"{DURATION}_count", CALL.strip("/"), code)) == count

    await eventually(counted)


async def test_gauges_tell_what_is_open_and_how_redis_is(
    app: App, stub: StubService, channel: grpc.aio.Channel
) -> None:
    finish = asyncio.Event()

    async def stay(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse()
        await finish.wait()

    stub.on_watch = stay
    stream = watch(channel)(valid())
    await stream.read()
    samples = await scrape(app)
    assert samples[("quikstate_streams_open",)] == 1
    assert samples[("quikstate_calls_in_flight",)] == 0
    assert samples[("quikstate_redis_available",)] == 1
    assert samples["quikstate_redis_findings", "eviction"] == 0
    finish.set()
    assert await stream.read() is END

    async def counted() -> None:
        samples = await scrape(app)
        assert samples[("quikstate_streams_open",)] == 0
        assert samples[f"{DURATION}_count", WATCH.strip("/"), "OK"] == 1

    await eventually(counted)


async def test_exemplars_are_for_those_who_ask_for_open_metrics(app: App) -> None:
    app.metrics.durations_of("a.Service/DoThis")["OK"](0.002, {"trace_id": TRACE})
    (line,) = [line for line in (await exposition(app, "application/openmetrics-text")) if TRACE in line]
    assert line.startswith(f"{DURATION}_bucket")
    assert f'# {{trace_id="{TRACE}"}} 0.002' in line
    assert TRACE not in "".join(await exposition(app, "text/plain"))


async def exposition(app: App, accept: str) -> list[str]:
    def read() -> list[str]:
        with closing(HTTPConnection("127.0.0.1", app.metrics_port)) as connection:
            connection.request("GET", "/metrics", headers={"Accept": accept})
            return connection.getresponse().read().decode().splitlines()

    return await asyncio.to_thread(read)


async def test_findings_are_counted(start_app: StartApp) -> None:
    app = await start_app(metrics_listen="127.0.0.1:0")
    await eventually(lambda: app.redis_client.is_available)

    name = "quikstate_redis_findings"

    async def counted() -> bool:
        finding = RedisFinding("eviction", Severity.LOSS, "what", "remedy")
        app.redis_monitor.inspection = RedisInspection(None, (finding,))
        samples = await scrape(app)
        return (samples[name, "eviction"], samples[name, "persistence"]) == (1, 0)

    await eventually(counted)  # its own look may come between


async def test_each_call_is_a_line_of_the_log_at_debug(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    for level, lines in (("debug", 2), ("info", 0)):
        app = await start_app(stub.methods(), log_level=level)
        with capture_logs() as logs:
            await call(open_channel(app))(valid())
            await failure_of(call(open_channel(app))(CheckRateLimitRequest()))
            await eventually(lambda: len(ended(logs)) == lines)  # noqa: B023 - awaited here
        assert [each["code"] for each in ended(logs)] == ["OK", "INVALID_ARGUMENT"][:lines]
        assert all(each["method"] == CALL.strip("/") and each["milliseconds"] > 0 for each in ended(logs))


def ended(logs: Sequence[MutableMapping[str, Any]]) -> list[MutableMapping[str, Any]]:
    return [line for line in logs if line["event"] == "call.ended"]
