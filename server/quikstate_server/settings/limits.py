"""Every limit on what callers may ask for, with its default and its unit."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

COMMON = ConfigDict(
    allow_inf_nan=False, extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
)


class Limits(BaseModel):
    """What one caller may ask for, and what the server takes on at once."""

    model_config = COMMON

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
    max_lock_resources: int = Field(10, ge=1, le=10)
    """Most resources of one lease."""
    max_lock_holders: int = Field(1_000, ge=1)
    """Most holders of one SHARED lock, and most permits of a SEMAPHORE."""
    max_lock_waiters: int = Field(1_000, ge=1)
    """Most callers that wait for one resource; more are RESOURCE_EXHAUSTED."""
    min_lock_ttl_seconds: float = Field(1.0, gt=0)
    """Shortest time to live of a lease."""
    max_lock_ttl_seconds: float = Field(600.0, gt=0)
    """Longest time to live of a lease."""
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
    """How long the answer to a request_id is remembered."""
    max_calls: int = Field(1_000, ge=1)
    """Most unary calls at once; more are RESOURCE_EXHAUSTED."""
    reserved_calls_share: float = Field(0.1, ge=0, lt=1)
    """Share of max_calls that calls which may wait (AcquireLock, GetEntries, Receive) leave to all others."""
    max_streams: int = Field(20_000, ge=1)
    """Most streams at once; more are RESOURCE_EXHAUSTED."""
    first_message_seconds: float = Field(10.0, gt=0)
    """How long a call may take to send its message, and HoldLock, Connect and Consume their first."""
    max_items_in_flight: int = Field(64, ge=1)
    """Most items of one stream answered at once; more are not read until some were."""
    max_message_bytes: int = Field(3 * 1024 * 1024, ge=1_024)
    """Largest gRPC message, received or sent."""

    # Cache
    max_cache_items: int = Field(100, ge=1, le=100)
    """Most entries or tags of one batch."""
    max_cache_value_bytes: int = Field(1024 * 1024, ge=1)
    """Largest value of a cache entry."""
    min_cache_ttl_seconds: float = Field(1.0, ge=0.001)
    """Shortest time to live of a cache entry."""
    max_cache_tags: int = Field(16, ge=0, le=50)
    """Most tags of one cache entry."""
    min_cache_lease_seconds: float = Field(0.1, gt=0)
    """Shortest lease to fill a cache entry."""
    max_cache_lease_seconds: float = Field(60.0, gt=0)
    """Longest lease to fill a cache entry."""
    max_cache_wait_seconds: float = Field(30.0, ge=0)
    """Longest wait for a cache entry that another caller fills."""
    cache_metadata_seconds: float = Field(600.0, ge=1)
    """How long tags and soft TTL are kept beyond a cache entry, for when a raw client prolongs it."""
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
    """Most items of a queue handed out, shown or named in one act."""
    max_receive_queues: int = Field(16, ge=1)
    """Most queues that one call or stream receives from."""
    max_queue_script_items: int = Field(200, ge=100, le=500)
    """Most items of a queue that one script looks at: for a call that has to see more of them several run."""
    max_queue_script_bytes: int = Field(2 * 1024 * 1024, ge=64 * 1024, le=8 * 1024 * 1024)
    """Most bytes of a queue that one script reads, beside an item: for more of them several run."""
    max_settlements: int = Field(100, ge=1, le=100)
    """Most deliveries settled in one request."""
    min_queue_lease_seconds: float = Field(1.0, gt=0)
    """Shortest lease of an item."""
    max_queue_lease_seconds: float = Field(12 * 3_600.0, gt=0)
    """Longest lease of an item."""
    max_queue_wait_seconds: float = Field(3_600.0, ge=0)
    """Longest wait for an item."""
    max_outstanding_items: int = Field(10_000, ge=1)
    """Most items handed out on one stream and not yet settled."""
    max_outstanding_bytes: int = Field(16 * 1024 * 1024, ge=1)
    """Most bytes of payload handed out on one stream and not yet settled."""

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
    """Shortest time to live of a connection."""
    max_presence_ttl_seconds: float = Field(300.0, gt=0, le=300)
    """Longest time to live of a connection, and longest grace: what the seed's readers take for online."""
    presence_grace_seconds: float = Field(15.0, ge=0)
    """How long a connection stays whose Connect stream broke, if it does not say."""
    max_typing_seconds: float = Field(60.0, ge=1)
    """Longest that a user is said to type."""
    max_watched_members: int = Field(1_000, ge=0)
    """Most members of a workspace whose changes are streamed; of more, their number is."""
    max_presence_changes: int = Field(10_000, ge=1)
    """Most users of a workspace whose last change is kept to resume from."""
    max_presence_script_bytes: int = Field(65_536, ge=1)
    """Most bytes of rows after which a script leaves the rest to the next, so that Redis serves others."""
    presence_coalesce_seconds: float = Field(0.25, ge=0)
    """Shortest time between two items of one WatchPresence."""
    last_seen_seconds: int = Field(30 * 86_400, ge=600)
    """How long it is remembered when a user was last seen."""
    # Session
    max_session_bytes: int = Field(32 * 1024, ge=1_024)
    """Most bytes of a session, names and values of its hash together."""
    max_session_lifetime_seconds: int = Field(400 * 86_400, ge=1)
    """Longest life of a session, however often it is touched and rotated."""
    max_user_sessions: int = Field(1_000, ge=1, le=1_000)
    """Largest max_sessions that a session may be created with."""
    max_session_batch: int = Field(100, ge=1, le=100)
    """Most sessions that one request revokes by name."""
    session_touch_seconds: float = Field(60.0, gt=0)
    """How old the last touch must be for one to be written; a tenth of the idle timeout if that is less."""
    max_rotation_grace_seconds: float = Field(300.0, ge=0)
    """Longest time that a rotated session id may still answer."""
    max_watched_users: int = Field(1_000, ge=1)
    """Most users whose sessions one stream watches."""
    max_token_batch: int = Field(100, ge=1, le=100)
    """Most tokens of one request."""
    max_token_lifetime_seconds: int = Field(400 * 86_400, ge=1)
    """Longest life of a token; so long is it remembered that all of a user were revoked."""
    max_clock_lead_seconds: float = Field(5.0, ge=0)
    """How far ahead of Redis's clock a token's iat may be, and the createdAt of a raw client's session."""
    max_user_marks: int = Field(1_000, ge=1, le=10_000)
    """Most revocations remembered beside one user, of devices and of handles that are not listed; more are
    RESOURCE_EXHAUSTED."""
    # PubSubService.
    max_publications: int = Field(100, ge=1, le=100)
    """Most messages in one Publish."""
    max_payload_bytes: int = Field(64 * 1024, ge=1)
    """Largest payload of a message published; a raw client's may be so large as a mailbox."""
    max_subscriptions: int = Field(1_000, ge=1)
    """Most channels that one stream listens to."""
    max_prefixes_per_stream: int = Field(10, ge=0)
    """Most prefixes that one stream listens to."""
    max_prefixes_per_server: int = Field(1_000, ge=0)
    """Most different prefixes of all streams: each costs Redis a little for every message published."""
    history_messages: int = Field(1_000, ge=1, le=100_000)
    """Most messages that a durable channel keeps."""
    history_seconds: int = Field(86_400, ge=1)
    """How long a durable channel keeps a message."""
