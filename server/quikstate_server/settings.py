"""The settings, read once: flag, environment, file, default, in this order. The only reader of the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class RedisSettings(BaseModel):
    """How Redis is spoken to, whatever the topology."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
    tls_ca_file: Path | None = None
    """PEM file with the certificates that sign Redis's. Default: the system's."""
    tls_cert_file: Path | None = None
    """PEM file with our certificate, for mutual TLS."""
    tls_key_file: Path | None = None
    """PEM file with our certificate's key."""


class Limits(BaseModel):
    """What one caller may ask for, and what the server takes on at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_id_bytes: int = Field(256, ge=1)
    """Longest id, name or group, in UTF-8 bytes."""
    max_page_size: int = Field(1_000, ge=1)
    """Most rows a page of a list."""
    max_ttl_seconds: int = Field(30 * 86_400, ge=1)
    """Longest window or time to live."""
    max_atomic_hits: int = Field(100, ge=1, le=100)
    """Most rate limit hits in one atomic act."""
    max_hits: int = Field(1_000, ge=1)
    """Most independent rate limit hits in one request."""
    max_limit: int = Field(1_000_000_000, ge=1, le=2**53)
    """Largest rate limit, burst and cost."""
    max_log_limit: int = Field(10_000, ge=1)
    """Largest limit of a SLIDING_WINDOW_LOG, which keeps every hit."""
    request_memory_seconds: int = Field(600, ge=1)
    """How long the answer to a request_id is remembered."""
    max_calls: int = Field(1_000, ge=1)
    """Most unary calls at once; more are RESOURCE_EXHAUSTED."""
    max_streams: int = Field(20_000, ge=1)
    """Most streams at once; more are RESOURCE_EXHAUSTED."""
    max_message_bytes: int = Field(3 * 1024 * 1024, ge=1_024)
    """Largest gRPC message, received or sent."""
