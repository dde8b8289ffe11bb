"""RateLimitService through a whole server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    ListRateLimitPoliciesRequest,
    ListRateLimitPoliciesResponse,
    RateLimit,
    RateLimitAlgorithm,
    RateLimitHit,
    RateLimitKeyParts,
    RateLimitMode,
    RateLimitOnFailure,
    RateLimitPolicy,
    ResetRateLimitRequest,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.app import App
from support.harness.eventually import eventually
from support.redis.redis_process import RedisProcess, StartRedis
from support.server.call_errors import failure, failure_of

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceAsyncStub

    from .conftest import OpenChannel, StartApp

_END: Any = grpc.aio.EOF  # type: ignore[attr-defined] # the stubs lack it
INDEPENDENT = RateLimitMode.RATE_LIMIT_MODE_INDEPENDENT
POLICIES = """
policies:
  login: {limit: 5, window: 60s, burst: 10, on_failure: allow}
  search: {algorithm: fixed_window, limit: 3, window: 1s, on_failure: deny}
  strict: {algorithm: sliding_window_log, limit: 2, window: 24h}
"""


@pytest.fixture(autouse=True)
def empty(redis_process: RedisProcess) -> None:
    with redis_process.client() as client:
        client.flushall()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policies.yaml"
    path.write_text(POLICIES)
    return path


@pytest.fixture
async def with_policies(
    start_app: StartApp, open_channel: OpenChannel, file: Path
) -> RateLimitServiceAsyncStub:
    """Return a client of a server with policies."""
    return RateLimitServiceStub(open_channel(await start_app(policies=str(file))))


def ten(**fields: Any) -> RateLimit:
    return RateLimit(limit=10, window=Duration(seconds=60), **fields)


def hit(key: str = "k", cost: int | None = None, **rule: Any) -> RateLimitHit:
    return RateLimitHit(key=key, cost=cost, **(rule or {"limit": ten()}))


def check(*hits: RateLimitHit, **fields: Any) -> CheckRateLimitRequest:
    return CheckRateLimitRequest(hits=hits or [hit()], **fields)


def allowed(response: CheckRateLimitResponse) -> list[bool]:
    return [result.allowed for result in response.results]


async def test_check_rate_limit_returns_every_field(rate_limits: RateLimitServiceAsyncStub) -> None:
    first = await rate_limits.CheckRateLimit(check(hit(cost=9)))
    (result,) = first.results
    assert first.allowed
    assert (result.allowed, result.limit, result.remaining) == (True, 10, 1)
    assert 53 < result.reset_after.ToTimedelta().total_seconds() <= 54
    assert not result.HasField("retry_after")
    assert not first.headers

    denied = await rate_limits.CheckRateLimit(check(hit(cost=5), include_headers=True))
    (result,) = denied.results
    assert not denied.allowed
    assert (result.allowed, result.limit, result.remaining) == (False, 10, 1)
    assert 22 < result.retry_after.ToTimedelta().total_seconds() <= 24
    assert not result.cost_exceeds_limit
    headers = {header.name: header.value for header in denied.headers}
    assert headers["RateLimit-Policy"] == '"10/60s";q=10;w=60'
    assert headers["RateLimit"] == f'"10/60s";r=1;t={headers["Retry-After"]}'
    assert headers["X-RateLimit-Remaining"] == "1"


async def test_check_rate_limit_cost_above_the_limit_has_no_retry_after(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    (result,) = (await rate_limits.CheckRateLimit(check(hit(cost=11)))).results
    assert result.cost_exceeds_limit
    assert not result.HasField("retry_after")


async def test_check_rate_limit_takes_an_unset_cost_as_one_and_zero_as_a_peek(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    looked = await rate_limits.CheckRateLimit(check(hit(cost=0)))
    charged = await rate_limits.CheckRateLimit(check(hit()))
    assert [looked.results[0].remaining, charged.results[0].remaining] == [10, 9]


async def test_check_rate_limit_takes_parts_that_contain_colons(
    rate_limits: RateLimitServiceAsyncStub, redis_process: RedisProcess
) -> None:
    fixed = ten(algorithm=RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW)
    parts = RateLimitKeyParts(parts=["auth", "2001:db8::1"])
    await rate_limits.CheckRateLimit(check(RateLimitHit(parts=parts, limit=fixed)))
    with redis_process.client() as client:
        assert list(client.scan_iter()) == ["rate:auth:2001%3Adb8%3A%3A1"]
        assert client.get("rate:auth:2001%3Adb8%3A%3A1") == "1"


async def test_check_rate_limit_keeps_to_the_key_prefix(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    stub = RateLimitServiceStub(open_channel(await start_app(key_prefix="QuikApp:")))
    await stub.CheckRateLimit(check(hit(), group="g"))
    with redis_process.client() as client:
        assert list(client.scan_iter()) == ["{QuikApp:g}:{rate:k}:token_bucket:60000"]


async def test_check_rate_limit_in_both_modes(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    hits = [hit("a", 10), hit("b", 11), hit("a", 1)]
    together = await rate_limits.CheckRateLimit(check(*hits))
    assert allowed(together) == [False, False, False]
    each = await rate_limits.CheckRateLimit(check(*hits, mode=INDEPENDENT))
    assert allowed(each) == [True, False, False]


async def test_check_rate_limit_by_policy(with_policies: RateLimitServiceAsyncStub) -> None:
    response = await with_policies.CheckRateLimit(
        check(hit(policy="login"), hit(policy="strict"), include_headers=True)
    )
    login, strict = response.results
    assert (login.policy, login.limit, login.remaining) == ("login", 10, 9)
    assert (strict.policy, strict.limit, strict.remaining) == ("strict", 2, 1)
    headers = {header.name: header.value for header in response.headers}
    assert headers["RateLimit-Policy"] == '"login";q=10;w=120, "strict";q=2;w=86400'


async def test_check_rate_limit_unknown_policy_is_not_found_or_an_items_status(
    with_policies: RateLimitServiceAsyncStub,
) -> None:
    failed = await failure_of(with_policies.CheckRateLimit(check(hit(policy="none"), hit())))
    assert (failed.code, failed.reason) == (grpc.StatusCode.NOT_FOUND, "ERROR_REASON_POLICY_NOT_FOUND")
    response = await with_policies.CheckRateLimit(check(hit(policy="none"), hit(), mode=INDEPENDENT))
    unknown, decided = response.results
    assert unknown.status.code == grpc.StatusCode.NOT_FOUND.value[0]
    assert unknown.status.reason == ErrorReason.ERROR_REASON_POLICY_NOT_FOUND
    assert dict(unknown.status.metadata) == {"policy": "none"}
    assert decided.allowed
    assert not response.allowed


async def test_check_rate_limit_refuses_a_key_of_another_type(
    rate_limits: RateLimitServiceAsyncStub, redis_process: RedisProcess
) -> None:
    with redis_process.client() as client:
        client.lpush("rate:k", "x")
    fixed = ten(algorithm=RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW)
    failed = await failure_of(rate_limits.CheckRateLimit(check(hit(limit=fixed))))
    assert failed.reason == "ERROR_REASON_KEY_TYPE_CONFLICT"
    assert dict(failed.info.metadata) == {"key": "rate:k"}


async def test_check_rate_limit_names_every_invalid_field(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    failed = await failure_of(rate_limits.CheckRateLimit(check(hit(), hit(limit=ten(burst=0)), hit(key=""))))
    assert failed.code == grpc.StatusCode.INVALID_ARGUMENT
    assert {"hits[1].limit.burst", "hits[2].key"} <= set(failed.fields)


@pytest.mark.parametrize("mode", [RateLimitMode.RATE_LIMIT_MODE_ALL_OR_NOTHING, INDEPENDENT])
async def test_check_rate_limit_refuses_two_lengths_of_one_counter(
    rate_limits: RateLimitServiceAsyncStub, redis_process: RedisProcess, mode: Any
) -> None:
    """On a stream too, with the path of the field there."""
    algorithm = RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW
    minute, second = (
        RateLimit(algorithm=algorithm, limit=limit, window=Duration(seconds=seconds))
        for limit, seconds in ((15, 60), (10, 1))
    )
    request = check(hit(limit=minute), hit(limit=second), mode=mode)
    failed = await failure_of(rate_limits.CheckRateLimit(request))
    assert failed.fields == {
        "hits[1].limit.window": "must equal the window of hits[0], which uses the same counter"
    }
    answers = await answers_to(rate_limits, [item(1, *request.hits, mode=mode)])
    assert set(answers[1].status.metadata) == {"check.hits[1].limit.window"}
    with redis_process.client() as client:
        assert client.dbsize() == 0


async def test_check_rate_limit_repeated_with_its_request_id_is_charged_once(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    first = await rate_limits.CheckRateLimit(check(hit(cost=4), request_id="r"))
    assert await rate_limits.CheckRateLimit(check(hit(cost=4), request_id="r")) == first
    failed = await failure_of(rate_limits.CheckRateLimit(check(hit(cost=5), request_id="r")))
    assert set(failed.fields) == {"request_id"}


async def test_check_rate_limit_is_decided_by_policy_while_redis_is_down(
    start_redis: StartRedis, start_app: StartApp, open_channel: OpenChannel, file: Path
) -> None:
    process = start_redis()
    stub = RateLimitServiceStub(
        open_channel(await start_app(policies=str(file), redis_url=f"unix://{process.path}"))
    )
    process.kill()
    response = await stub.CheckRateLimit(
        check(hit(policy="login"), hit(policy="search"), include_headers=True)
    )
    assert allowed(response) == [True, False]
    assert all(result.degraded for result in response.results)
    assert not response.headers
    mixed = await stub.CheckRateLimit(check(hit(policy="login"), hit(policy="strict"), mode=INDEPENDENT))
    assert mixed.results[1].status.code == grpc.StatusCode.UNAVAILABLE.value[0]
    failed = await failure_of(stub.CheckRateLimit(check(hit(policy="strict"))))
    assert (failed.code, failed.reason) == (grpc.StatusCode.UNAVAILABLE, "ERROR_REASON_REDIS_UNAVAILABLE")
    assert failed.retry_after


async def test_reset_rate_limit_forgets_one_key_under_one_limit(
    with_policies: RateLimitServiceAsyncStub,
) -> None:
    await with_policies.CheckRateLimit(check(hit(cost=10), hit(policy="login", cost=10)))
    reset = ResetRateLimitRequest(key="k", policy="login")
    assert [(await with_policies.ResetRateLimit(reset)).existed for _ in range(2)] == [True, False]
    looked = await with_policies.CheckRateLimit(check(hit(cost=0), hit(policy="login", cost=0)))
    assert looked.results[0].remaining < 10
    assert looked.results[1].remaining == 10
    unknown = ResetRateLimitRequest(key="k", policy="none")
    assert (await failure_of(with_policies.ResetRateLimit(unknown))).code == grpc.StatusCode.NOT_FOUND


async def test_list_rate_limit_policies_pages_by_name(with_policies: RateLimitServiceAsyncStub) -> None:
    pages = [page async for page in pages_of(with_policies, size=2)]
    assert [[policy.name for policy in page.policies] for page in pages] == [["login", "search"], ["strict"]]
    assert pages[0].policies[0] == RateLimitPolicy(
        name="login",
        limit=RateLimit(
            algorithm=RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_TOKEN_BUCKET,
            limit=5,
            window=Duration(seconds=60),
            burst=10,
        ),
        on_failure=RateLimitOnFailure.RATE_LIMIT_ON_FAILURE_ALLOW,
    )
    assert all(page.HasField("load_time") and not page.load_error for page in pages)
    forged = ListRateLimitPoliciesRequest(page_size=1)
    forged.page_token = pages[0].next_page_token + "%"
    failed = await failure_of(with_policies.ListRateLimitPolicies(forged))
    assert set(failed.fields) == {"page_token"}


async def pages_of(
    stub: RateLimitServiceAsyncStub, size: int
) -> AsyncIterator[ListRateLimitPoliciesResponse]:
    token = ""
    while True:
        request = ListRateLimitPoliciesRequest(page_size=size, page_token=token)
        page = await stub.ListRateLimitPolicies(request)
        yield page
        if not (token := page.next_page_token):
            return


async def test_list_rate_limit_policies_reports_why_the_newest_file_is_invalid(
    with_policies: RateLimitServiceAsyncStub, file: Path
) -> None:
    before = await with_policies.ListRateLimitPolicies(ListRateLimitPoliciesRequest())
    file.write_text("policies: {login: {limit: none, window: 1s}}")  # noqa: ASYNC240 - one line on a local disk

    async def refused() -> None:
        page = await with_policies.ListRateLimitPolicies(ListRateLimitPoliciesRequest())
        assert "policies.login.limit" in page.load_error
        assert page.policies == before.policies
        assert page.load_time == before.load_time

    await eventually(refused)


async def test_list_rate_limit_policies_of_a_server_without_a_file(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    assert (
        await rate_limits.ListRateLimitPolicies(ListRateLimitPoliciesRequest())
        == ListRateLimitPoliciesResponse()
    )


# StreamRateLimit


def item(number: int, *hits: RateLimitHit, **fields: Any) -> StreamRateLimitRequest:
    return StreamRateLimitRequest(correlation_id=number, check=check(*hits, **fields))


async def answers_to(
    stub: RateLimitServiceAsyncStub, items: Sequence[StreamRateLimitRequest]
) -> dict[int, StreamRateLimitResponse]:
    call = stub.StreamRateLimit(iter(items))
    return {answer.correlation_id: answer async for answer in call}


def opened(stub: Any) -> Any:
    """Return a stream to write to and to read from; the type stubs have only streams of iterators."""
    return stub.StreamRateLimit()


async def test_stream_rate_limit_answers_each_item_once(rate_limits: RateLimitServiceAsyncStub) -> None:
    answers = await answers_to(rate_limits, [item(number, hit(cost=1)) for number in range(500)])
    assert set(answers) == set(range(500))
    assert sum(answer.check.allowed for answer in answers.values()) == 10


async def test_stream_rate_limit_goes_on_after_an_item_that_fails(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    items = [
        item(1, hit(limit=ten(burst=0))),
        item(2, hit(policy="none")),
        StreamRateLimitRequest(correlation_id=3),
        item(4, hit()),
    ]
    answers = await answers_to(rate_limits, items)
    invalid, unknown, empty, decided = (answers[number] for number in (1, 2, 3, 4))
    assert invalid.status.reason == ErrorReason.ERROR_REASON_INVALID_REQUEST
    assert set(invalid.status.metadata) == {"check.hits[0].limit.burst"}
    assert unknown.status.reason == ErrorReason.ERROR_REASON_POLICY_NOT_FOUND
    assert set(empty.status.metadata) == {"check"}
    assert decided.check.allowed


async def test_stream_rate_limit_answers_while_the_client_keeps_it_open(
    rate_limits: RateLimitServiceAsyncStub,
) -> None:
    call = opened(rate_limits)
    for number in range(3):
        await call.write(item(number))
        assert (await call.read()).correlation_id == number
    await call.done_writing()
    assert await call.read() is _END


async def test_stream_rate_limit_fails_items_while_redis_is_gone(
    start_redis: StartRedis, start_app: StartApp, open_channel: OpenChannel
) -> None:
    process = start_redis()
    app = await start_app(redis_url=f"unix://{process.path}", redis={"command_seconds": 0.3})
    call = opened(RateLimitServiceStub(open_channel(app)))
    process.kill()
    await call.write(item(1))
    assert (await call.read()).status.code == grpc.StatusCode.UNAVAILABLE.value[0]
    process.start()
    await eventually(lambda: app.redis_client.is_available)
    await call.write(item(2))
    assert (await call.read()).check.allowed


async def test_stream_rate_limit_ends_with_its_answers_when_the_server_drains(
    app: App, rate_limits: RateLimitServiceAsyncStub
) -> None:
    call = opened(rate_limits)
    await call.write(item(1))
    assert (await call.read()).correlation_id == 1
    app.draining.begin()
    with pytest.raises(grpc.aio.AioRpcError) as ended:
        await call.read()
    assert failure(ended.value).reason == "ERROR_REASON_SHUTTING_DOWN"
