"""All services of the API, with their validators."""

from __future__ import annotations

from quikstate_server.services.cache.wiring import CACHE
from quikstate_server.services.lock.wiring import LOCK
from quikstate_server.services.presence.wiring import PRESENCE
from quikstate_server.services.pub_sub.wiring import PUB_SUB
from quikstate_server.services.queue.wiring import QUEUE
from quikstate_server.services.rate_limit.wiring import RATE_LIMIT
from quikstate_server.services.session.wiring import SESSION

SERVICES = (LOCK, RATE_LIMIT, CACHE, PRESENCE, PUB_SUB, QUEUE, SESSION)

VALIDATORS = {message: validator for spec in SERVICES for message, validator in spec.validators.items()}
"""By type of request."""

FIRST_MESSAGE_METHODS = frozenset(
    method.full_name
    for spec in SERVICES
    for method in spec.methods
    if method.name in spec.requires_first_message
)
"""Full names of methods whose clients must send a first message soon."""
