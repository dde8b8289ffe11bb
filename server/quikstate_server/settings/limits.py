"""Limits on what callers may ask for, each with its default and its unit."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

COMMON = ConfigDict(allow_inf_nan=False, extra="forbid", frozen=True, hide_input_in_errors=True)


class Limits(BaseModel):
    """Limits of requests, and of the work that one server does at once."""

    model_config = COMMON

    max_id_bytes: int = Field(256, ge=1)
    """Longest id, name or group, in UTF-8 bytes."""
    max_page_size: int = Field(1_000, ge=1)
    """Most rows on a page of a List method."""
    max_ttl_seconds: int = Field(30 * 86_400, ge=1)
    """Longest window or TTL."""
    max_atomic_hits: int = Field(100, ge=1, le=100)
    """Most hits in one atomic CheckRateLimit."""
    max_hits: int = Field(1_000, ge=1)
    """Most hits in one INDEPENDENT CheckRateLimit."""
    max_limit: int = Field(1_000_000_000, ge=1, le=2**53)
    """Largest limit, burst and cost of a rate limit."""
    max_log_limit: int = Field(10_000, ge=1)
    """Largest limit of a SLIDING_WINDOW_LOG, which keeps every hit."""
    max_lock_resources: int = Field(10, ge=1, le=10)
    """Most resources of one lease."""
    max_lock_holders: int = Field(1_000, ge=1)
    """Most holders of one SHARED lock, and most permits of a SEMAPHORE."""
    max_lock_waiters: int = Field(1_000, ge=1)
    """Most callers that wait for one resource; more are RESOURCE_EXHAUSTED."""
    min_lock_ttl_seconds: float = Field(1.0, gt=0)
    """Shortest TTL of a lease."""
    max_lock_ttl_seconds: float = Field(600.0, gt=0)
    """Longest TTL of a lease."""
    max_lock_wait_seconds: float = Field(3_600.0, ge=0)
    """Longest wait for a lease."""
    max_lock_metadata_bytes: int = Field(4_096, ge=0)
    """Most bytes of a lease's metadata, names and values together."""
    max_watched_locks: int = Field(100, ge=1)
    """Most resources that one stream watches."""
    max_mailbox_items: int = Field(1_024, ge=1)
    """Most items that wait for one slow subscriber."""
    max_mailbox_bytes: int = Field(1024 * 1024, ge=1_024)
    """Most bytes that wait for one slow subscriber."""
    request_memory_seconds: int = Field(600, ge=1)
    """Time for which the response to a request_id is kept for repeats."""
    max_calls: int = Field(1_000, ge=1)
    """Most unary calls at once; more are RESOURCE_EXHAUSTED."""
    reserved_calls_share: float = Field(0.1, ge=0, lt=1)
    """Share of max_calls kept free of calls that may wait (AcquireLock, GetEntries, Receive).

    Calls that give back (Settle, ReleaseLock, RevokeSessions, RevokeTokens) may exceed max_calls by it.
    """
    max_streams: int = Field(20_000, ge=1)
    """Most streams at once; more are RESOURCE_EXHAUSTED."""
    first_message_seconds: float = Field(10.0, gt=0)
    """Time that a call has to send its message, and HoldLock, Connect and Consume their first."""
    max_items_in_flight: int = Field(64, ge=1)
    """Most items of one stream in work at once; the server reads more when one is answered."""
    max_message_bytes: int = Field(3 * 1024 * 1024, ge=1_024)
    """Largest gRPC message, received or sent."""
    max_header_bytes: int = Field(64 * 1024, ge=64_000, le=1024 * 1024)
    """Most bytes of a request's headers, with its path, which has the message of a Connect GET."""

    # Cache
    max_cache_items: int = Field(100, ge=1, le=100)
    """Most entries or tags of one batch."""
    max_cache_value_bytes: int = Field(1024 * 1024, ge=1)
    """Largest value of a cache entry."""
    min_cache_ttl_seconds: float = Field(1.0, ge=0.001)
    """Shortest TTL of a cache entry."""
    max_cache_tags: int = Field(16, ge=0, le=50)
    """Most tags of one cache entry."""
    min_cache_lease_seconds: float = Field(0.1, gt=0)
    """Shortest lease to fill a cache entry."""
    max_cache_lease_seconds: float = Field(60.0, gt=0)
    """Longest lease to fill a cache entry."""
    max_cache_wait_seconds: float = Field(30.0, ge=0)
    """Longest wait for a cache entry that another caller fills."""
    cache_metadata_seconds: float = Field(600.0, ge=1)
    """Time for which tags and soft TTL outlive a cache entry, in case a raw Redis client prolongs it."""
    max_watched_cache_names: int = Field(100, ge=1)
    """Most keys, prefixes and tags that one stream watches."""

    # Queue
    max_enqueue_items: int = Field(100, ge=1, le=100)
    """Most items of one Enqueue."""
    max_queue_payload_bytes: int = Field(64 * 1024, ge=1)
    """Largest payload of an item in a queue."""
    max_queue_attributes_bytes: int = Field(4_096, ge=0)
    """Most bytes of an item's attributes, names and values together."""
    max_queue_attempts: int = Field(1_000, ge=1)
    """Most deliveries of an item before it becomes a dead letter."""
    max_queue_length: int = Field(100_000, ge=1)
    """Most items of a queue, dead letters included and expired ones not; more are RESOURCE_EXHAUSTED."""
    max_receive_items: int = Field(100, ge=1, le=100)
    """Most items that one call receives, inspects, or names by id."""
    max_receive_queues: int = Field(16, ge=1)
    """Most queues that one call or stream receives from."""
    max_queue_script_items: int = Field(200, ge=100, le=500)
    """Most items that one script reads; a call that must read more runs several scripts."""
    max_queue_script_bytes: int = Field(2 * 1024 * 1024, ge=64 * 1024, le=8 * 1024 * 1024)
    """Most bytes that one script reads, beside one item; a call that must read more runs several."""
    max_settlements: int = Field(100, ge=1, le=100)
    """Most deliveries settled in one request."""
    min_queue_lease_seconds: float = Field(1.0, gt=0)
    """Shortest lease of an item."""
    max_queue_lease_seconds: float = Field(12 * 3_600.0, gt=0)
    """Longest lease of an item."""
    max_queue_wait_seconds: float = Field(3_600.0, ge=0)
    """Longest wait for an item."""
    max_outstanding_items: int = Field(10_000, ge=1)
    """Most unsettled items of one Consume stream."""
    max_outstanding_bytes: int = Field(16 * 1024 * 1024, ge=1)
    """Most bytes of payload of the unsettled items of one Consume stream."""

    max_queue_gauges: int = Field(100, ge=0)
    """Most queues with gauges of their own, those with most items; the others are counted together."""

    # Presence
    max_heartbeats: int = Field(100, ge=1, le=100)
    """Most connections in one Heartbeat."""
    max_status_users: int = Field(100, ge=1, le=100)
    """Most users in one GetStatus."""
    max_user_connections: int = Field(100, ge=1)
    """Most connections of one user; more are RESOURCE_EXHAUSTED."""
    max_connection_workspaces: int = Field(20, ge=0)
    """Most workspaces of one connection."""
    max_connection_metadata_bytes: int = Field(1_024, ge=0)
    """Most bytes of a connection's metadata, names and values together."""
    min_presence_ttl_seconds: float = Field(1.0, gt=0)
    """Shortest TTL of a connection."""
    max_presence_ttl_seconds: float = Field(300.0, gt=0, le=300)
    """Longest TTL and grace of a connection: raw Redis clients take 300 s for online."""
    presence_grace_seconds: float = Field(15.0, ge=0)
    """Default grace: time that a connection stays online after its Connect stream broke."""
    max_typing_seconds: float = Field(60.0, ge=1)
    """Longest TTL of a typing indicator."""
    max_watched_members: int = Field(1_000, ge=0)
    """Most members of a workspace whose changes WatchPresence streams; larger ones get counts alone."""
    max_presence_changes: int = Field(10_000, ge=1)
    """Most users of a workspace whose last change is kept for watchers that resume."""
    max_presence_script_bytes: int = Field(65_536, ge=1)
    """Most bytes of rows that one script reads, so that Redis serves others between two scripts."""
    presence_coalesce_seconds: float = Field(0.25, ge=0)
    """Shortest time between two items of one WatchPresence stream."""
    last_seen_seconds: int = Field(30 * 86_400, ge=600)
    """Time for which the server remembers when a user was last seen."""

    # Session
    max_session_bytes: int = Field(32 * 1024, ge=1_024)
    """Most bytes of a session, names and values of its hash together."""
    max_session_lifetime_seconds: int = Field(400 * 86_400, ge=1)
    """Longest life of a session, however often it is touched and rotated."""
    max_user_sessions: int = Field(1_000, ge=1, le=1_000)
    """Largest max_sessions that a session may be created with."""
    max_session_batch: int = Field(100, ge=1, le=100)
    """Most sessions that one request revokes by id or handle."""
    session_touch_seconds: float = Field(60.0, gt=0)
    """Shortest time between two touches written for one session, or a tenth of its idle timeout if less."""
    max_rotation_grace_seconds: float = Field(300.0, ge=0)
    """Longest grace in which a rotated session id stays valid."""
    max_watched_users: int = Field(1_000, ge=1)
    """Most users whose sessions one stream watches."""
    max_token_batch: int = Field(100, ge=1, le=100)
    """Most tokens of one request."""
    max_token_lifetime_seconds: int = Field(400 * 86_400, ge=1)
    """Longest life of a token; a revocation of all tokens of a user is kept as long."""
    max_clock_lead_seconds: float = Field(5.0, ge=0)
    """Longest time by which a token's iat, or createdAt of a raw client's session, may lead Redis's clock."""
    max_user_marks: int = Field(1_000, ge=1, le=10_000)
    """Most revocations kept per user, of devices and of unlisted handles; more are RESOURCE_EXHAUSTED."""

    # Pub/sub
    max_publications: int = Field(100, ge=1, le=100)
    """Most messages in one Publish."""
    max_payload_bytes: int = Field(64 * 1024, ge=1)
    """Largest payload of a message; that of a raw Redis client may have max_mailbox_bytes."""
    max_subscriptions: int = Field(1_000, ge=1)
    """Most channels that one stream subscribes to."""
    max_prefixes_per_stream: int = Field(10, ge=0)
    """Most prefixes that one stream subscribes to."""
    max_prefixes_per_server: int = Field(1_000, ge=0)
    """Most different prefixes of all streams: each costs Redis a little for every message published."""
    history_messages: int = Field(1_000, ge=1, le=100_000)
    """Most messages that a durable channel keeps."""
    history_seconds: int = Field(86_400, ge=1)
    """Time for which a durable channel keeps a message."""
