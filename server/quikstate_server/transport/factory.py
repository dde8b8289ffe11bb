"""Creates the transport that the settings name. Only that one is imported."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from quikstate_server.interceptors.method import Method
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.transport import ports
from quikstate_server.transport.tls import ServerCertificates
from quikstate_server.transport.transport import ServedApi, Transport

_NONE: Mapping[Method, object] = MappingProxyType({})


def create_transport(
    settings: Settings, api: ServedApi, certificates: ServerCertificates | None
) -> Transport:
    """Create the transport; raise StartRefused if its library is not installed."""
    if settings.transport == "grpc":
        from quikstate_server.transport.grpc_aio.server import GrpcAioTransport

        return GrpcAioTransport(settings, api, certificates)
    try:
        from quikstate_server.transport.http.server import HttpTransport
    except ModuleNotFoundError as missing:
        hint = f"transport: http needs {missing.name}: pip install 'quikstate[server,http]'"
        raise StartRefused(hint) from missing
    return HttpTransport(settings, api, certificates)


def diagnostic_servicers(settings: Settings) -> Mapping[Method, object]:
    """Return the servicers of methods that show the transport's own state: grpc.aio has channelz."""
    if settings.transport != "grpc":
        return _NONE
    from quikstate_server.transport.grpc_aio.channelz import channelz_servicers

    return channelz_servicers()


def check_can_listen(settings: Settings) -> None:
    """Raise StartRefused if the server cannot listen; for workers the supervisor has reserved the port."""
    if settings.workers == 1:
        ports.check_can_listen(settings.listen)
