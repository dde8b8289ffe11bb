"""Every setting with its default, its unit and its limits. An instance is frozen and complete.

The sentence below a field is its documentation everywhere: in `--help`, in
`config env` and in an error.
"""

from __future__ import annotations

import os
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

from quikstate_server.settings.limits import COMMON, Limits
from quikstate_server.settings.redis_url import RedisUrl, parse


def _blank_is_unset(value: object) -> object:
    """An empty variable, as compose files pass on what is not set, leaves the default None."""
    return None if value == "" else value


_UNSET = BeforeValidator(_blank_is_unset)


class RedisSettings(BaseModel):
    """How Redis is spoken to, whatever the topology."""

    model_config = COMMON

    shared_connections: int = Field(1, ge=1, le=16)
    """Connections to each server that all callers share."""
    dedicated_connections: int = Field(20, ge=1)
    """Most connections to each server for what blocks and for EVALSHA with WAIT."""
    dedicated_wait_seconds: float = Field(0.1, gt=0)
    """How long a call waits for one of those before RESOURCE_EXHAUSTED."""
    command_seconds: float = Field(2.0, gt=0)
    """How long a command may take where the caller's deadline is no shorter."""
    connect_seconds: float = Field(1.0, gt=0)
    """How long a connection may take to open, and a call to wait for one."""
    stall_seconds: float = Field(1.0, gt=0)
    """A server whose reply is overdue by this is refused new commands until it answers."""
    max_in_flight_commands: int = Field(1_024, ge=1)
    """Most commands in flight a shared connection; more are RESOURCE_EXHAUSTED."""
    max_in_flight_bytes: int = Field(8 * 1024 * 1024, ge=1)
    """Most bytes of commands in flight a shared connection; more are RESOURCE_EXHAUSTED."""
    probe_seconds: float = Field(1.0, gt=0)
    """A subscriber that hears nothing for this long publishes a probe; two silent intervals reconnect it."""
    tls_ca_file: FilePath | None = None
    """PEM file with the certificates that sign Redis's. Default: the system's."""
    tls_cert_file: FilePath | None = None
    """PEM file with our certificate, for mutual TLS."""
    tls_key_file: FilePath | None = None
    """PEM file with our certificate's key."""
    sentinel_username: str = ""
    """Who we are to the sentinels, which have users of their own."""
    sentinel_password: Annotated[SecretStr | None, _UNSET] = None
    """The password for the sentinels; that of redis_url is for the servers alone."""
    sentinel_tls: Literal["as_redis", "tls", "plain"] = "as_redis"
    """How the sentinels are reached; as_redis is with TLS for rediss+sentinel://."""
    sentinel_tls_ca_file: FilePath | None = None
    """PEM file with the certificates that sign the sentinels'. Default: the system's."""
    sentinel_tls_cert_file: FilePath | None = None
    """PEM file with our certificate for the sentinels, for mutual TLS."""
    sentinel_tls_key_file: FilePath | None = None
    """PEM file with that certificate's key."""
    sentinel_seconds: float = Field(0.3, gt=0)
    """How long a sentinel may take to be connected to, and to answer."""
    sentinel_poll_seconds: float = Field(0.5, gt=0)
    """How often each sentinel is asked for the master; at least four times while its last word counts."""
    sentinel_fence_seconds: float = Field(2.0, gt=0)
    """How long a sentinel's word counts, or for its down-after if that is shorter; no majority, no writes."""


def _host_and_port(value: str) -> str:
    host, _, port = value.rpartition(":")
    bare = not (host.startswith("[") and host.endswith("]"))
    if not host or (bare and ":" in host) or not (port.isascii() and port.isdecimal()) or int(port) > 65_535:
        raise ValueError("should be host:port, such as 127.0.0.1:50051 or [::1]:50051")
    return value


def _listen(value: str) -> str:
    if value.startswith("unix:"):
        if len(value) == len("unix:"):
            raise ValueError("should name a socket: unix:/path/to/socket")
        return value
    return _host_and_port(value)


def _metrics_listen(value: str) -> str:
    return _host_and_port(value) if value else value


def _absolute(value: Path) -> Path:
    return value.expanduser().absolute()


def _default_data_dir() -> Path:
    """As the XDG base directory specification says; a user without a home gets the place for services."""
    given = Path(os.environ.get("XDG_DATA_HOME", ""))
    if given.is_absolute():
        return given / "quikstate"
    home = Path("~").expanduser() if os.environ.get("HOME") else Path()
    return home / ".local/share/quikstate" if home.is_absolute() else Path("/var/lib/quikstate")


_ABSOLUTE = AfterValidator(_absolute)


class Settings(BaseModel):
    """All of the server's settings. Made by hand it asks no source: `read` does."""

    model_config = COMMON

    listen: Annotated[str, AfterValidator(_listen)] = "127.0.0.1:50051"
    """Where gRPC is served: host:port, port 0 for any free one, or unix:/path."""
    workers: int = Field(1, ge=1, le=256)
    """How many processes serve, on one port. What `limits` bounds at once, each bounds for itself."""
    metrics_listen: Annotated[str, AfterValidator(_metrics_listen)] = "127.0.0.1:9464"
    """Where Prometheus scrapes, host:port; empty for nowhere."""
    redis_url: Annotated[SecretStr | None, _UNSET] = None
    """Redis: redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://.

    Default: that of REDIS_HOST, REDIS_PORT and REDIS_PASSWORD where set, else one of our own in data_dir.
    """
    redis_password: Annotated[SecretStr | None, _UNSET] = None
    """Redis's password as it is, any character in it, for a redis_url that holds none."""
    cache_redis_url: Annotated[SecretStr | None, _UNSET] = None
    """Another Redis for the cache alone, which may evict; with the timeouts and certificates of redis_url's.

    Default: the one Redis.
    """
    data_dir: Annotated[Path, _ABSOLUTE] = Field(default_factory=_default_data_dir)
    """Where a Redis of our own keeps its data."""
    key_prefix: str = Field("", max_length=128, pattern=r"^[^{}\x00-\x1f]*$")
    """Before every Redis key, such as `QuikApp:`."""
    channel_prefix: str = Field("", max_length=128, pattern=r"^(_?[^_{}\x00-\x1f][^{}\x00-\x1f]*)?$")
    """Before every Redis channel.

    Not `_` alone, and nothing that begins `__`: Redis's own channels do.
    """
    durable_channels: str = ""
    """Prefixes of the channels that are durable, with commas between, such as `channel:,workspace:`."""
    policies: Annotated[Annotated[Path, _ABSOLUTE] | None, _UNSET] = None
    """YAML file with the rate limit policies, reloaded while running."""
    strict: bool = False
    """Not ready while Redis could evict or lose what it was given."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """The least severe log line written."""
    log_format: Literal["console", "json"] = "console"
    """Log lines for people, or one JSON object each."""
    otlp_endpoint: Annotated[Annotated[str, Field(pattern="^https?://")] | None, _UNSET] = None
    """Where traces are sent, OTLP over HTTP, such as http://localhost:4318/v1/traces. Default: nowhere."""
    trace_ratio: float = Field(0.01, ge=0, le=1)
    """Share of calls traced whose caller did not decide."""
    readiness_grace_seconds: float = Field(15.0, ge=0)
    """How long Redis may be gone before the health of the whole server says NOT_SERVING."""
    heartbeat_seconds: float = Field(15.0, gt=0)
    """How long a stream says nothing before it says that it lives."""
    drain_notice_seconds: float = Field(0.0, ge=0)
    """How long health says NOT_SERVING at shutdown before calls are refused.

    0, since gRPC itself tells connected clients to go; give a balancer that polls health its interval.
    """
    drain_seconds: float = Field(10.0, ge=0)
    """How long calls may take to end at shutdown."""
    max_connection_age_seconds: float = Field(3_600.0, gt=0)
    """After how long a client is asked to connect anew, so that load spreads over new servers."""
    redis: RedisSettings = Field(default_factory=RedisSettings)
    limits: Limits = Field(default_factory=Limits)

    @field_validator("workers")
    @classmethod
    def _one_on_a_unix_socket(cls, value: int, info: ValidationInfo) -> int:
        if value > 1 and str(info.data.get("listen")).startswith("unix:"):
            raise ValueError("should be 1 where listen is a unix socket, which processes cannot share")
        return value

    @field_validator("redis_url", "cache_redis_url")
    @classmethod
    def _well_formed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            parse(value.get_secret_value())
        return value

    @property
    def durable_prefixes(self) -> tuple[str, ...]:
        """Those of `durable_channels`."""
        return tuple(prefix for prefix in self.durable_channels.split(",") if prefix)

    @property
    def redis_target(self) -> RedisUrl | None:
        """Which Redis; None for one of our own."""
        target = parse(self.redis_url.get_secret_value()) if self.redis_url else None
        if target and self.redis_password and not target.password:
            return replace(target, password=self.redis_password.get_secret_value())
        return target

    @property
    def cache_redis_target(self) -> RedisUrl | None:
        """Which Redis the cache has to itself; None for the one that all services share."""
        return parse(self.cache_redis_url.get_secret_value()) if self.cache_redis_url else None
