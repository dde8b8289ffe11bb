"""Logs acts of consequence."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from google.protobuf.message import Message

from quikstate_server import call_context
from quikstate_server.call_context import CallContext
from quikstate_server.caller import Access
from quikstate_server.errors import QuikstateError
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.interceptors.name_authorization import NamesOf
from quikstate_server.logs import get_logger
from quikstate_server.metrics import Metrics

_REASON_HEADER = "quikstate-reason"
_MAX_REASON_LENGTH = 256
_log = get_logger()


class AuditActs:
    """One line for each act of consequence, and a count: who did it, to what, why, and with which outcome.

    Acts are all RPCs with admin access, and those that are named. A line has no name but its digest, since
    names can hold what is private. The caller gives the reason in the header `quikstate-reason`.
    """

    def __init__(
        self, metrics: Metrics, methods: Collection[str], names: Mapping[type[Message], NamesOf]
    ) -> None:
        self._metrics = metrics
        self._methods = methods
        self._names = names

    def around(self, method: Method, handler: Handler) -> Handler:
        if method.access is not Access.ADMIN and method.full_name not in self._methods:
            return handler
        names_of = self._names[method.request_type]

        async def audited(request: Message, send: Send) -> Any:
            names = sorted(names_of(request))
            outcome = "OK"
            try:
                return await handler(request, send)
            except QuikstateError as error:
                outcome = error.reason
                raise
            except BaseException:
                outcome = "UNKNOWN"
                raise
            finally:
                self._metrics.count_audit(method.full_name, outcome)
                call = call_context.current()
                _log.info(
                    "audit.act",
                    method=method.full_name,
                    caller=call.caller.name if call.caller else call.peer,
                    namespace=call.namespace,
                    names=len(names),
                    names_digest=_digest(names),
                    reason=_reason(call),
                    outcome=outcome,
                )

        return audited


def _digest(names: Collection[str]) -> str:
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:8]


def _reason(call: CallContext) -> str:
    given = next(iter(call.header_values(_REASON_HEADER)), "")
    return "".join(char for char in given[:_MAX_REASON_LENGTH] if char.isprintable())
