"""Builds what knows the callers, where the settings name a file of them."""

from __future__ import annotations

from collections.abc import Collection

from quikstate_server.background import FaultMonitor
from quikstate_server.identity.authenticator import Authenticator
from quikstate_server.interceptors.authentication import Authentication, DiagnosticAuthentication
from quikstate_server.interceptors.caller_quotas import CallerQuotas
from quikstate_server.interceptors.chain import IdentityInterceptors
from quikstate_server.interceptors.method import Method
from quikstate_server.interceptors.name_authorization import NameAuthorization
from quikstate_server.interceptors.open_calls import OpenCalls
from quikstate_server.metrics import Metrics
from quikstate_server.services.catalog import RELEASING_METHODS, SERVICE_NAMES
from quikstate_server.settings import Settings


def create_authenticator(
    settings: Settings, metrics: Metrics, monitor: FaultMonitor, extra_methods: Collection[Method]
) -> Authenticator | None:
    """Return what finds out who calls, and a gauge for its file; None without `auth`."""
    if settings.auth is None:
        return None
    services = SERVICE_NAMES | {method.service_name for method in extra_methods}
    authenticator = Authenticator(settings.auth, services, monitor)
    metrics.gauge(
        "quikstate_auth_file_invalid",
        "1 while the newest version of the policy file of callers is invalid and an older one in force.",
        lambda: bool(authenticator.load_error),
    )
    return authenticator


def namespaces_of(authenticator: Authenticator | None) -> Collection[str]:
    """Return the namespaces that callers have now: the default one where they are not known."""
    if authenticator is None:
        return {""}
    return {caller.namespace for caller in authenticator.policy.callers.values()}


def identity_interceptors(
    authenticator: Authenticator | None, names: NameAuthorization
) -> IdentityInterceptors | None:
    """Return the interceptors of a server that knows its callers; None for one that does not."""
    if authenticator is None:
        return None
    open_calls = OpenCalls()
    authenticator.on_change = open_calls.check_all
    return IdentityInterceptors(
        Authentication(authenticator, open_calls),
        DiagnosticAuthentication(authenticator, open_calls),
        CallerQuotas(RELEASING_METHODS),
        names,
    )
