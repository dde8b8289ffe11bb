"""QueueService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import queue_pb2
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.queue import names, validation
from quikstate_server.services.queue.gauges import QueueGauges
from quikstate_server.services.queue.servicer import QueueServicer


def _build(context: ServiceContext) -> BuiltService:
    queues = Queues(context.redis_client, context.limits, context.drain)
    return BuiltService(QueueServicer(queues, context), [queues, QueueGauges(queues, context)])


QUEUE = ServiceSpec(
    queue_pb2.DESCRIPTOR.services_by_name["QueueService"],
    validation,
    names,
    _build,
    requires_first_message=["Consume"],
    releases=["Settle"],
)
