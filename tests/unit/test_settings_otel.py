"""Where our own settings are silent, OpenTelemetry's variables are obeyed."""

from __future__ import annotations

import pytest

from quikstate_server.settings import read

pytestmark = pytest.mark.usefixtures("nothing_set")
BASE = "http://collector:4318"


def test_settings_take_the_collector_from_the_variables_of_open_telemetry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"{BASE}/")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics/push")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "5")
    settings = read().settings
    assert settings.otlp_endpoint == f"{BASE}/v1/traces"
    assert settings.otlp_metrics_endpoint == "http://metrics/push"
    assert settings.otlp_timeout_seconds == 5
    assert read({"otlp_endpoint": "http://ours"}).settings.otlp_endpoint == "http://ours"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OTEL_SDK_DISABLED", "true"),
        ("OTEL_TRACES_EXPORTER", "none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
    ],
)
def test_settings_name_no_collector_where_open_telemetry_is_told_not_to_send(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", BASE)
    monkeypatch.setenv(variable, value)
    assert read().settings.otlp_endpoint is None


@pytest.mark.parametrize(
    ("sampler", "argument", "ratio"),
    [
        ("always_on", "", 1.0),
        ("parentbased_always_off", "", 0.0),
        ("parentbased_traceidratio", "0.25", 0.25),
        ("jaeger_remote", "", 0.01),
    ],
)
def test_settings_take_the_share_of_traced_calls_from_the_sampler(
    monkeypatch: pytest.MonkeyPatch, sampler: str, argument: str, ratio: float
) -> None:
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", sampler)
    if argument:
        monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", argument)
    assert read().settings.trace_ratio == ratio
