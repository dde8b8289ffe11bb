"""All services of the API, with their validators."""

from __future__ import annotations

from quikstate_server.services.admin.wiring import ADMIN
from quikstate_server.services.cache.wiring import CACHE
from quikstate_server.services.lock.wiring import LOCK
from quikstate_server.services.presence.wiring import PRESENCE
from quikstate_server.services.pub_sub.wiring import PUB_SUB
from quikstate_server.services.queue.wiring import QUEUE
from quikstate_server.services.rate_limit.wiring import RATE_LIMIT
from quikstate_server.services.session.wiring import SESSION

SERVICES = (LOCK, RATE_LIMIT, CACHE, PRESENCE, PUB_SUB, QUEUE, SESSION, ADMIN)

SERVICE_NAMES = frozenset(method.service_name for spec in SERVICES for method in spec.methods)
"""Their names in policies, such as `rate_limit`."""

VALIDATORS = {message: validator for spec in SERVICES for message, validator in spec.validators.items()}
"""By type of request."""

NAMES = {message: names_of for spec in SERVICES for message, names_of in spec.names_of.items()}
"""What finds the names in a request that a policy can restrict, by type of request."""

FIRST_MESSAGE_METHODS = frozenset().union(
    *(spec.full_names(spec.requires_first_message) for spec in SERVICES)
)
"""Full names of methods whose clients must send a first message soon."""

RELEASING_METHODS = frozenset().union(*(spec.full_names(spec.releases) for spec in SERVICES))
"""Full names of methods that give back what others wait for."""

AUDITED_METHODS = frozenset().union(*(spec.full_names(spec.audited) for spec in SERVICES))
"""Full names of methods that are logged, beside those with admin access."""
