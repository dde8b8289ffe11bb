"""What Prometheus is told of messages and of the streams that carry them."""

from __future__ import annotations

from collections.abc import Mapping

from quikstate_server.metrics import Metrics
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import GapReason


def add_pub_sub_metrics(metrics: Metrics, pub_sub: PubSub, streams: Streams) -> None:
    """Register them all; each is read at a scrape."""
    fanout = pub_sub.fanout

    def gaps() -> Mapping[str, float]:
        return {reason.value: fanout.gaps[reason] + streams.gaps[reason] for reason in GapReason}

    metrics.read_counter(
        "quikstate_pub_sub_deliveries",
        "Messages to subscribers, one for each.",
        lambda: fanout.deliveries,
    )
    metrics.gauge(
        "quikstate_subscribed_channels",
        "Channels and prefixes that streams of this server subscribe to.",
        lambda: pub_sub.source_count,
    )
    metrics.gauge(
        "quikstate_stream_followers", "Subscribers and watchers with a stream.", lambda: streams.followed
    )
    metrics.gauge(
        "quikstate_stream_mailbox_bytes",
        "Bytes that wait for subscribers and watchers to read.",
        lambda: streams.mailbox_bytes,
    )
    metrics.read_counter_by(
        "quikstate_stream_gaps",
        "Gaps that streams were sent: where events may be missing, by the reason.",
        "reason",
        gaps,
    )
