"""`quikstate ping` tells the health of a server by its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.redis.redis_process import free_port
from support.server.command import Serving, StartServing, quikstate


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, serve: StartServing) -> Iterator[Serving]:
    with serve("--data-dir", str(tmp_path_factory.mktemp("data"))) as running:
        yield running


def test_ping_of_a_server_that_serves(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address)
    assert pinged.returncode == 0
    assert pinged.stdout.startswith(f"{serving.address}: SERVING in ")


def test_ping_takes_the_address_from_the_clients_variable(serving: Serving) -> None:
    assert quikstate("ping", QUIKSTATE_ADDR=serving.address).returncode == 0


def test_ping_of_one_service_as_json(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address, "--service", "quikstate.v1.RateLimitService", "--json")
    answer = json.loads(pinged.stdout)
    assert (answer["service"], answer["status"]) == ("quikstate.v1.RateLimitService", "SERVING")
    assert answer["milliseconds"] > 0


def test_ping_of_an_unknown_service_fails(serving: Serving) -> None:
    pinged = quikstate("ping", serving.address, "--service", "nobody")
    assert pinged.returncode == 1
    assert (
        pinged.stderr == f"quikstate: nobody at {serving.address}: the server has no service of this name\n"
    )


def test_ping_of_a_server_without_redis_fails(tmp_path: Path, serve: StartServing) -> None:
    nowhere = f"unix://{tmp_path}/redis.sock"
    flags = "--redis-url", nowhere, "--readiness-grace-seconds", "0"
    with serve(*flags, begun="server.not_ready") as running:
        readiness = quikstate("ping", running.address)
        liveness = quikstate("ping", running.address, "--service", "liveness")
    assert (readiness.returncode, readiness.stdout.split()[1]) == (1, "NOT_SERVING")
    assert (liveness.returncode, liveness.stdout.split()[3]) == (0, "SERVING")


def test_ping_of_nobody_fails_in_one_line() -> None:
    address = f"127.0.0.1:{free_port()}"
    pinged = quikstate("ping", address, "--timeout", "5")
    assert pinged.returncode == 1
    assert pinged.stderr.startswith(f"quikstate: {address}: ")
    assert "refused" in pinged.stderr
    assert len(pinged.stderr.splitlines()) == 1
