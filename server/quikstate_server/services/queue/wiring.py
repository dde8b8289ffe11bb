"""QueueService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import queue_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.queue import validation
from quikstate_server.services.queue.servicer import QueueServicer


def _make(common: ServiceContext) -> BuiltService:
    settings = common.settings
    queues = Queues(common.redis_client, settings.limits, common.drain)
    servicer = QueueServicer(
        queues, settings.limits, common.streams, common.validate, item_status, key_prefix=settings.key_prefix
    )
    return BuiltService(servicer, [queues])


QUEUE = ServiceSpec(
    queue_pb2.DESCRIPTOR.services_by_name["QueueService"],
    {
        queue_pb2.EnqueueRequest: Rules(validation.enqueue),
        queue_pb2.ReceiveRequest: Rules(validation.receive),
        queue_pb2.ConsumeRequest: Rules(validation.consume),
        queue_pb2.SettleRequest: Rules(validation.settle),
        queue_pb2.InspectQueueRequest: Rules(validation.inspect_queue),
        queue_pb2.RedriveQueueRequest: Rules(validation.redrive_queue),
        queue_pb2.PurgeQueueRequest: Rules(validation.purge_queue),
    },
    _make,
    speak_first=("quikstate.v1.QueueService/Consume",),
)
