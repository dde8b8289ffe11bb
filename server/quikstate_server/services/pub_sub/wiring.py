"""PubSubService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import pub_sub_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.pub_sub import validation
from quikstate_server.services.pub_sub.convert import encode
from quikstate_server.services.pub_sub.servicer import PubSubServicer


def _make(common: ServiceContext) -> BuiltService:
    settings = common.settings
    pub_sub = PubSub(
        common.redis_client,
        settings.limits,
        encode,
        common.peers,
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
    return BuiltService(servicer, [pub_sub])


PUB_SUB = ServiceSpec(
    pub_sub_pb2.DESCRIPTOR.services_by_name["PubSubService"],
    {
        pub_sub_pb2.PublishRequest: Rules(validation.publish),
        pub_sub_pb2.SubscribeRequest: Rules(validation.subscribe),
        pub_sub_pb2.StreamSubscribeRequest: Rules(validation.stream_subscribe),
        pub_sub_pb2.ListHistoryRequest: Rules(validation.list_history),
        pub_sub_pb2.DeleteHistoryRequest: Rules(validation.delete_history),
        pub_sub_pb2.ListChannelsRequest: Rules(validation.list_channels),
    },
    _make,
    hears=True,
)
