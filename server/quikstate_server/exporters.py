"""Exports telemetry of a process as its settings say: to Prometheus, and to an OpenTelemetry collector."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from prometheus_client import CollectorRegistry

from quikstate_server.metrics_endpoint import MetricsEndpoint
from quikstate_server.settings import Settings
from quikstate_server.telemetry import start_tracing
from quikstate_server.transport.tls import ServerCertificates


def serve_metrics(
    settings: Settings,
    registry: CollectorRegistry,
    certificates: ServerCertificates | None,
    running: AsyncExitStack,
) -> int | None:
    """Serve a registry to Prometheus until `running` is closed; return the port, None without one."""
    if not settings.metrics_listen:
        return None
    endpoint = MetricsEndpoint(settings.metrics_listen, registry, certificates)
    running.push_async_callback(endpoint.close)
    return endpoint.port


def send_metrics(settings: Settings, registry: CollectorRegistry, running: AsyncExitStack) -> None:
    """Send a registry to the collector of metrics until `running` is closed, the last time then."""
    if settings.otlp_metrics_endpoint:
        from quikstate_server.otlp_metrics import start_sending_metrics

        stop = start_sending_metrics(settings.otlp_metrics_endpoint, settings.otlp_timeout_seconds, registry)
        running.push_async_callback(asyncio.to_thread, stop)


def send_traces(settings: Settings, running: AsyncExitStack) -> None:
    """Send spans to the collector of traces until `running` is closed, the last ones then."""
    if settings.otlp_endpoint:
        stop = start_tracing(settings.otlp_endpoint, settings.otlp_timeout_seconds)
        running.push_async_callback(asyncio.to_thread, stop)
