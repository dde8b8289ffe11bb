"""Finds out who calls, and refuses RPCs that the policy does not grant the caller."""

from __future__ import annotations

from typing import Any

from quikstate_server import call_context
from quikstate_server.call_context import CallContext
from quikstate_server.caller import Grant
from quikstate_server.errors import PermissionDenied
from quikstate_server.identity.authenticator import Authenticator
from quikstate_server.identity.credentials import Identity
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.interceptors.open_calls import OpenCalls


class Authentication:
    """Sets the caller, the namespace and the grant of each call; whoever has no grant is refused.

    The namespace comes from the identity and from nothing else.
    """

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator
        self._open_calls = OpenCalls(lambda credential: authenticator.policy.identify(credential))
        authenticator.on_change = self._open_calls.check_all

    def around(self, method: Method, handler: Handler) -> Handler:
        known = self._authenticator.known
        serve = self._serving(method, handler)

        def authenticated(request: Any, send: Send) -> Any:
            call = call_context.current()
            identity = known(call)
            if identity is None:
                return unknown(call, request, send)
            return serve(call, identity, request, send)

        async def unknown(call: CallContext, request: Any, send: Send) -> Any:
            identity = await self._authenticator.identify(call)
            return await serve(call, identity, request, send)

        return authenticated

    def _serving(self, method: Method, handler: Handler) -> Any:
        service, access = method.service_name, method.access
        lasts = method.streaming or method.may_wait

        def serve(call: CallContext, identity: Identity, request: Any, send: Send) -> Any:
            caller = identity.caller
            grant = caller.grant(service, access)
            if grant is None:
                raise _denied(method, identity)
            call.caller, call.namespace, call.grant = caller, caller.namespace, grant
            if lasts:
                return self._open_calls.run(identity, service, access, grant, handler(request, send))
            return handler(request, send)

        return serve


_OPEN_NAMES = {"server_reflection": "reflection"}


class DiagnosticAuthentication:
    """For health, reflection and channelz: open to everybody if the policy says so, else to every caller."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    def around(self, method: Method, handler: Handler) -> Handler:
        service = _OPEN_NAMES.get(method.service_name, method.service_name)

        async def authenticated(request: Any, send: Send) -> Any:
            if service not in self._authenticator.policy.open_services:
                await self._authenticator.identify(call_context.current())
            return await handler(request, send)

        return authenticated


def _denied(method: Method, identity: Identity) -> PermissionDenied:
    access = method.access.value if method.access else "none"
    grants = identity.caller.grants.get(method.service_name, Grant(frozenset()))
    granted = ", ".join(sorted(each.value for each in grants.access)) or "nothing"
    return PermissionDenied(
        f"the caller {identity.caller.name!r} may not call {method.full_name}: it needs {access} access to "
        f"{method.service_name}, and the policy grants {granted}",
        caller=identity.caller.name,
        method=method.full_name,
        access=access,
    )
