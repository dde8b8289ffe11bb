"""Reads OpenTelemetry's own variables; its SDK reads the others: headers, resource, interval."""

from __future__ import annotations

import os


def otel_variables() -> dict[str, tuple[object, str]]:
    """Return the settings that they give, by path, each with its origin."""
    if os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return {}
    given = {
        **_endpoint("otlp_endpoint", "TRACES"),
        **_endpoint("otlp_metrics_endpoint", "METRICS"),
    }
    if timeout := os.environ.get("OTEL_EXPORTER_OTLP_TIMEOUT"):
        given["otlp_timeout_seconds"] = (timeout, "OTEL_EXPORTER_OTLP_TIMEOUT")
    sampler = os.environ.get("OTEL_TRACES_SAMPLER", "").removeprefix("parentbased_")
    ratio = {"always_on": "1", "always_off": "0"}.get(sampler)
    if sampler == "traceidratio":
        ratio = os.environ.get("OTEL_TRACES_SAMPLER_ARG", "1")
    if ratio is not None:
        given["trace_ratio"] = (ratio, "OTEL_TRACES_SAMPLER")
    return given


def _endpoint(path: str, signal: str) -> dict[str, tuple[object, str]]:
    """Return where a signal goes; nowhere if its exporter, or the protocol, is another."""
    variables = os.environ
    exporter = variables.get(f"OTEL_{signal}_EXPORTER", "otlp")
    protocol = variables.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    if exporter != "otlp" or protocol != "http/protobuf":
        return {}
    if endpoint := variables.get(own := f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"):
        return {path: (endpoint, own)}
    if base := variables.get(shared := "OTEL_EXPORTER_OTLP_ENDPOINT"):
        return {path: (f"{base.rstrip('/')}/v1/{signal.lower()}", shared)}
    return {}
