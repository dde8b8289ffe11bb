"""PubSubService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import pub_sub_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_pub_sub
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.services.pub_sub import PubSubServicer
from quikstate_server.services.pub_sub_convert import encode


def _make(common: Common) -> Made:
    settings = common.settings
    pub_sub = PubSub(
        common.topology,
        settings.limits,
        encode,
        common.siblings,
        durable=settings.durable_prefixes,
        key_prefix=settings.key_prefix,
        channel_prefix=settings.channel_prefix,
    )
    common.metrics.gauge(
        "quikstate_channels_listened_to",
        "Channels and prefixes that streams of this server listen to.",
        lambda: pub_sub.listened_to,
    )
    servicer = PubSubServicer(pub_sub, settings.limits, common.streams, common.validate, item_status)
    return Made(servicer, [pub_sub])


PUB_SUB = Assembly(
    pub_sub_pb2.DESCRIPTOR.services_by_name["PubSubService"],
    {
        pub_sub_pb2.PublishRequest: Rules(rules_pub_sub.publish),
        pub_sub_pb2.SubscribeRequest: Rules(rules_pub_sub.subscribe),
        pub_sub_pb2.StreamSubscribeRequest: Rules(rules_pub_sub.stream_subscribe),
        pub_sub_pb2.ListHistoryRequest: Rules(rules_pub_sub.list_history),
        pub_sub_pb2.DeleteHistoryRequest: Rules(rules_pub_sub.delete_history),
        pub_sub_pb2.ListChannelsRequest: Rules(rules_pub_sub.list_channels),
    },
    _make,
    hears=True,
)
