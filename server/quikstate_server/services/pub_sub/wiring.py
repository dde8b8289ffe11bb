"""PubSubService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import pub_sub_pb2
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.pub_sub import names, validation
from quikstate_server.services.pub_sub.convert import encode_event
from quikstate_server.services.pub_sub.metrics import add_pub_sub_metrics
from quikstate_server.services.pub_sub.servicer import PubSubServicer


def _build(context: ServiceContext) -> BuiltService:
    settings = context.settings
    pub_sub = PubSub(
        context.redis_client,
        context.limits,
        encode_event,
        context.peers,
        durable_prefixes=settings.durable_prefixes,
        key_prefix=settings.key_prefix,
        channel_prefix=settings.channel_prefix,
    )
    add_pub_sub_metrics(context.metrics, pub_sub, context.streams)
    return BuiltService(PubSubServicer(pub_sub, context), [pub_sub])


PUB_SUB = ServiceSpec(
    pub_sub_pb2.DESCRIPTOR.services_by_name["PubSubService"],
    validation,
    names,
    _build,
    requires_subscription=True,
)
