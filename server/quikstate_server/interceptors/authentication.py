"""Finds out who calls, and refuses RPCs that the policy does not grant the caller."""

from __future__ import annotations

from typing import Any

from quikstate_server import call_context
from quikstate_server.call_context import CallContext
from quikstate_server.caller import Access, Grant
from quikstate_server.errors import PermissionDenied, Unauthenticated
from quikstate_server.identity.authenticator import Authenticator
from quikstate_server.identity.credentials import Identity
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.interceptors.open_calls import OpenCalls


class Authentication:
    """Sets the caller, the namespace and the grant of each call; whoever has no grant is refused.

    The namespace comes from the identity and from nothing else.
    """

    def __init__(self, authenticator: Authenticator, open_calls: OpenCalls) -> None:
        self._authenticator = authenticator
        self._open_calls = open_calls

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
            if not lasts:
                return handler(request, send)
            authorization = _Authorization(self._authenticator, identity, service, access, grant)
            return self._open_calls.run(authorization.renew, identity.expires_at, handler(request, send))

        return serve


class _Authorization:
    """The right of one call that lasts to go on as who it began."""

    def __init__(
        self,
        authenticator: Authenticator,
        identity: Identity,
        service: str,
        access: Access | None,
        grant: Grant,
    ) -> None:
        self._authenticator = authenticator
        self._identity = identity
        self._service = service
        self._access = access
        self._grant = grant

    def renew(self) -> float:
        """Return when its credential expires; raise if it, or a right of the call, is gone."""
        before, now = self._identity, self._authenticator.identify_again(self._identity.credential)
        caller = now.caller
        grant = caller.grant(self._service, self._access)
        is_same = (caller.name, caller.namespace) == (before.caller.name, before.caller.namespace)
        if is_same and grant and grant.covers(self._grant):
            return now.expires_at
        text = f"the policy has changed: the caller {caller.name!r} no longer has the rights of this call"
        raise PermissionDenied(text, caller=caller.name, service=self._service)


_OPEN_NAMES = {"server_reflection": "reflection"}
_NEVER = float("inf")


class DiagnosticAuthentication:
    """For health, reflection and channelz: open to everybody if the policy says so, else to every caller."""

    def __init__(self, authenticator: Authenticator, open_calls: OpenCalls) -> None:
        self._authenticator = authenticator
        self._open_calls = open_calls

    def around(self, method: Method, handler: Handler) -> Handler:
        service = _OPEN_NAMES.get(method.service_name, method.service_name)

        async def authenticated(request: Any, send: Send) -> Any:
            identity: Identity | None = None
            if not self._is_open(service):
                identity = await self._authenticator.identify(call_context.current())
            if not method.streaming:
                return await handler(request, send)
            expires_at = identity.expires_at if identity else _NEVER
            return await self._open_calls.run(
                lambda: self._renew(service, identity), expires_at, handler(request, send)
            )

        return authenticated

    def _is_open(self, service: str) -> bool:
        return service in self._authenticator.policy.open_services

    def _renew(self, service: str, identity: Identity | None) -> float:
        """Return when the right of a stream ends, which began as `identity`, or open to everybody."""
        if self._is_open(service):
            return _NEVER
        if identity is None:
            raise Unauthenticated(f"the policy has changed: {service} is no longer open to everybody")
        return self._authenticator.identify_again(identity.credential).expires_at


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
