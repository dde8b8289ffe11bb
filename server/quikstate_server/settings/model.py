"""All settings, each with its default, its unit and its limits. An instance is frozen and complete.

The sentence below a field is its documentation in `--help` and in `config env`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    FilePath,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from quikstate_server.settings.directories import data_directory
from quikstate_server.settings.limits import COMMON, Limits
from quikstate_server.settings.listen_address import DEFAULT_LISTEN, parse_host_and_port, parse_listen
from quikstate_server.settings.redis_url import RedisUrl, parse


def _blank_is_unset(value: object) -> object:
    """Take an empty variable, which compose files pass on for one that is not set, for None."""
    return None if value == "" else value


_UNSET = BeforeValidator(_blank_is_unset)


class RedisSettings(BaseModel):
    """Connections to Redis: to one server, with Sentinel, or to a Cluster."""

    model_config = COMMON

    shared_connections: int = Field(1, ge=1, le=16)
    """Connections to each Redis server that all calls share."""
    dedicated_connections: int = Field(20, ge=1)
    """Most connections to each Redis server for blocking commands and for EVALSHA with WAIT."""
    dedicated_wait_seconds: float = Field(0.1, gt=0)
    """Time that a call waits for a dedicated connection before RESOURCE_EXHAUSTED."""
    command_seconds: float = Field(2.0, gt=0)
    """Timeout of a command, unless the caller's deadline is shorter."""
    connect_seconds: float = Field(1.0, gt=0)
    """Timeout of opening a connection, and of a call that waits for one."""
    stall_seconds: float = Field(1.0, gt=0)
    """Time without a reply after which a Redis server gets no new commands until it replies."""
    max_in_flight_commands: int = Field(1_024, ge=1)
    """Most commands in flight on a shared connection; more are RESOURCE_EXHAUSTED."""
    max_in_flight_bytes: int = Field(8 * 1024 * 1024, ge=1)
    """Most bytes of commands in flight on a shared connection; more are RESOURCE_EXHAUSTED."""
    min_replicas: int = Field(0, ge=0)
    """Replicas that each master must have in reach; with fewer, health is NOT_SERVING.

    Set it where callers ask for acknowledged writes (min_replicas): these fail then.
    """
    probe_seconds: float = Field(1.0, gt=0)
    """Silence after which a subscriber publishes a probe to itself; after twice that it reconnects."""
    tls_ca_file: FilePath | None = None
    """PEM file with the CA certificates of Redis. Default: those of the system."""
    tls_cert_file: FilePath | None = None
    """PEM file with the server's client certificate, for mutual TLS with Redis."""
    tls_key_file: FilePath | None = None
    """PEM file with the key of tls_cert_file."""
    sentinel_username: str = ""
    """User name for the sentinels, which have users of their own."""
    sentinel_password: Annotated[SecretStr | None, _UNSET] = None
    """Password for the sentinels; that of redis_url is for the Redis servers alone."""
    sentinel_tls: Literal["as_redis", "tls", "plain"] = "as_redis"
    """Transport to the sentinels; as_redis means TLS for rediss+sentinel://."""
    sentinel_tls_ca_file: FilePath | None = None
    """PEM file with the CA certificates of the sentinels. Default: those of the system."""
    sentinel_tls_cert_file: FilePath | None = None
    """PEM file with the server's client certificate, for mutual TLS with the sentinels."""
    sentinel_tls_key_file: FilePath | None = None
    """PEM file with the key of sentinel_tls_cert_file."""
    sentinel_seconds: float = Field(0.3, gt=0)
    """Timeout of connecting to a sentinel, and of its reply."""
    sentinel_poll_seconds: float = Field(0.5, gt=0)
    """Interval of asking each sentinel for the master; at most a quarter of sentinel_fence_seconds."""
    sentinel_fence_seconds: float = Field(2.0, gt=0)
    """Time that a sentinel's reply counts, at most its down-after; no majority, no writes."""


def _metrics_listen(value: str) -> str:
    return parse_host_and_port(value) if value else value


def _absolute(value: Path) -> Path:
    return value.expanduser().absolute()


_ABSOLUTE = AfterValidator(_absolute)


class Settings(BaseModel):
    """All settings of the server. An instance made directly reads no source; `read` does."""

    model_config = COMMON

    listen: Annotated[str, AfterValidator(parse_listen)] = DEFAULT_LISTEN
    """Address to serve gRPC on: host:port, port 0 for any free one, or unix:/path."""
    transport: Literal["grpc", "http"] = "grpc"
    """What serves the address: grpc is grpc.aio; http serves gRPC, gRPC-Web, Connect and JSON on one port."""
    tls_cert_file: FilePath | None = None
    """PEM file with the server's certificate and its chain. Default: no TLS."""
    tls_key_file: FilePath | None = None
    """PEM file with the key of tls_cert_file."""
    tls_client_ca_file: FilePath | None = None
    """PEM file with the CA certificates of clients, which then must show a certificate (mutual TLS)."""
    tls_client_auth: Literal["require", "optional"] = "require"
    """Whether clients must show a certificate of tls_client_ca_file; optional: one that is shown is verified.

    The transport grpc can only require it.
    """
    auth: Annotated[Annotated[Path, _ABSOLUTE] | None, _UNSET] = None
    """YAML file with the callers: their credentials, and what each may do; reloaded when it changes.

    Default: callers are not authenticated, and listen must be a loopback address or a unix socket.
    """
    insecure: bool = False
    """Serve others than this machine in plain text, or callers who need not show who they are."""
    cors_origins: str = ""
    """Origins of web pages that may call, separated by commas, such as https://app.example.com; * for any.

    Only the transport http serves browsers. Default: none.
    """
    workers: int = Field(1, ge=1, le=256)
    """Processes that serve, on one port. Each has the limits on concurrent work for itself."""
    metrics_listen: Annotated[str, AfterValidator(_metrics_listen)] = "127.0.0.1:9464"
    """Address of the Prometheus endpoint, host:port; empty for none."""
    queue_gauges_seconds: float = Field(15.0, gt=0)
    """Interval at which queues are counted for their gauges, while somebody reads the metrics."""
    redis_url: Annotated[SecretStr | None, _UNSET] = None
    """Redis: redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://.

    Default: REDIS_HOST, REDIS_PORT and REDIS_PASSWORD if set, else an embedded Redis in data_dir.
    """
    redis_password: Annotated[SecretStr | None, _UNSET] = None
    """Password of Redis, not percent-encoded, for a redis_url without one."""
    cache_redis_url: Annotated[SecretStr | None, _UNSET] = None
    """Redis of the cache alone, which may evict; it has the timeouts and certificates of redis_url.

    Default: redis_url.
    """
    data_dir: Annotated[Path, _ABSOLUTE] = Field(default_factory=data_directory)
    """Directory in which an embedded Redis keeps its data."""
    key_prefix: str = Field("", max_length=128, pattern=r"^[^{}\x00-\x1f]*$")
    """Prefix of every Redis key, such as `QuikApp:`."""
    channel_prefix: str = Field("", max_length=128, pattern=r"^(_?[^_{}\x00-\x1f][^{}\x00-\x1f]*)?$")
    """Prefix of every Redis channel; not `_` or `__…`, which begin channels of Redis itself."""
    durable_channels: str = ""
    """Prefixes of durable channels, separated by commas, such as `channel:,workspace:`."""
    policies: Annotated[Annotated[Path, _ABSOLUTE] | None, _UNSET] = None
    """YAML file with the rate limit policies; the server reloads it when it changes."""
    strict: bool = False
    """Be not ready while Redis is configured such that it could evict or lose data."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Lowest severity of log lines."""
    log_format: Literal["console", "json"] = "console"
    """Format of log lines: for people, or a JSON object each."""
    otlp_endpoint: Annotated[Annotated[str, Field(pattern="^https?://")] | None, _UNSET] = None
    """OTLP/HTTP endpoint for traces, such as http://localhost:4318/v1/traces. Default: no traces."""
    otlp_metrics_endpoint: Annotated[Annotated[str, Field(pattern="^https?://")] | None, _UNSET] = None
    """OTLP/HTTP endpoint for metrics, such as http://localhost:4318/v1/metrics. Default: none are sent."""
    otlp_timeout_seconds: float = Field(2.0, gt=0)
    """Timeout of sending spans or metrics; the shutdown waits for the last ones."""
    trace_ratio: float = Field(0.01, ge=0, le=1)
    """Share of calls to trace among those whose caller sends no trace context."""
    readiness_grace_seconds: float = Field(15.0, ge=0)
    """Time without Redis after which the health of the whole server is NOT_SERVING."""
    heartbeat_seconds: float = Field(15.0, gt=0)
    """Interval of heartbeats on an idle stream."""
    drain_notice_seconds: float = Field(0.0, ge=0)
    """Time at shutdown in which health is NOT_SERVING and calls are still served.

    0 suffices for gRPC clients, which get a GOAWAY; set it to the interval of a balancer that polls health.
    """
    drain_seconds: float = Field(10.0, ge=0)
    """Time that calls have to end at shutdown."""
    max_connection_age_seconds: float = Field(3_600.0, gt=0)
    """Age at which a client connection gets a GOAWAY, so that load spreads over new servers."""
    redis: RedisSettings = Field(default_factory=RedisSettings)
    limits: Limits = Field(default_factory=Limits)

    @field_validator("workers")
    @classmethod
    def _one_on_a_unix_socket(cls, value: int, info: ValidationInfo) -> int:
        if value > 1 and str(info.data.get("listen")).startswith("unix:"):
            raise ValueError("must be 1 where listen is a unix socket, which processes cannot share")
        return value

    @field_validator("redis_url", "cache_redis_url")
    @classmethod
    def _well_formed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse(value.get_secret_value())
        return value

    @property
    def allowed_origins(self) -> frozenset[str]:
        """Return the origins in `cors_origins`."""
        return frozenset(origin.strip() for origin in self.cors_origins.split(",") if origin.strip())

    @property
    def durable_prefixes(self) -> tuple[str, ...]:
        """Return the prefixes in `durable_channels`."""
        return tuple(prefix for prefix in self.durable_channels.split(",") if prefix)

    @property
    def redis_target(self) -> RedisUrl | None:
        """Return the Redis to connect to; None for an embedded one."""
        target = parse(self.redis_url.get_secret_value()) if self.redis_url else None
        if target and self.redis_password and not target.password:
            return replace(target, password=self.redis_password.get_secret_value())
        return target

    @property
    def cache_redis_target(self) -> RedisUrl | None:
        """Return the Redis of the cache alone; None for the one that all services share."""
        return parse(self.cache_redis_url.get_secret_value()) if self.cache_redis_url else None
