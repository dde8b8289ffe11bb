"""Without a URL of our own, Redis is where the clients that we replace have it."""

from __future__ import annotations

import pytest

from quikstate_server.settings import StartRefused, read

pytestmark = pytest.mark.usefixtures("nothing_set")


def test_settings_take_redis_from_the_variables_of_raw_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_HOST", "db")
    monkeypatch.setenv("REDIS_PORT", "6380")
    monkeypatch.setenv("REDIS_PASSWORD", "p@ss/w:rd%")
    configuration = read()
    target = configuration.settings.redis_target
    assert target
    assert (target.hosts, target.password) == ((("db", 6380),), "p@ss/w:rd%")
    assert configuration.origins["redis_url"] == "REDIS_HOST, REDIS_PORT"

    monkeypatch.setenv("QUIKSTATE_REDIS_URL", "redis://ours")
    assert str(read().settings.redis_target) == "redis://ours"


@pytest.mark.parametrize(
    ("host", "port", "hosts"),
    [
        ("db", "", (("db", 6379),)),
        ("db", "tcp://10.0.0.1:6379", (("db", 6379),)),  # Kubernetes sets it for a Service called redis
        ("::1", "1", (("::1", 1),)),
    ],
)
def test_settings_take_raw_clients_host_and_port(
    host: str, port: str, hosts: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_HOST", host)
    monkeypatch.setenv("REDIS_PORT", port)
    target = read().settings.redis_target
    assert target
    assert target.hosts == hosts


def test_settings_of_raw_clients_without_a_host_mean_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_HOST", "")
    monkeypatch.setenv("REDIS_PORT", "6379")
    assert read().settings.redis_target is None


def test_settings_of_raw_clients_that_are_wrong_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_HOST", "db")
    monkeypatch.setenv("REDIS_PORT", "http")
    with pytest.raises(StartRefused) as refused:
        read()
    (line,) = refused.value.lines
    assert line.startswith("REDIS_HOST, REDIS_PORT: ")
