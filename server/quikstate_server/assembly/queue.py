"""QueueService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import queue_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_queue
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.services.queue import QueueServicer


def _make(common: Common) -> Made:
    settings = common.settings
    queues = Queues(common.topology, settings.limits, common.drain)
    servicer = QueueServicer(
        queues, settings.limits, common.streams, common.validate, item_status, key_prefix=settings.key_prefix
    )
    return Made(servicer, [queues])


QUEUE = Assembly(
    queue_pb2.DESCRIPTOR.services_by_name["QueueService"],
    {
        queue_pb2.EnqueueRequest: Rules(rules_queue.enqueue),
        queue_pb2.ReceiveRequest: Rules(rules_queue.receive),
        queue_pb2.ConsumeRequest: Rules(rules_queue.consume),
        queue_pb2.SettleRequest: Rules(rules_queue.settle),
        queue_pb2.InspectQueueRequest: Rules(rules_queue.inspect_queue),
        queue_pb2.RedriveQueueRequest: Rules(rules_queue.redrive_queue),
        queue_pb2.PurgeQueueRequest: Rules(rules_queue.purge_queue),
    },
    _make,
    speak_first=("quikstate.v1.QueueService/Consume",),
)
