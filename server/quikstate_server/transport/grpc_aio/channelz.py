"""The servicer of channelz, which shows the sockets and calls of gRPC's core."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_channelz.v1 import channelz_pb2
from grpc_channelz.v1._servicer import ChannelzServicer

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Method, methods_of


def channelz_servicers() -> Mapping[Method, object]:
    """Return the servicer of each of its methods."""
    return dict.fromkeys(methods_of(channelz_pb2.DESCRIPTOR.services_by_name["Channelz"]), Channelz())


class Channelz:
    """Adapts the library's channelz, whose methods take gRPC's context."""

    async def get_top_channels(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetTopChannels, request)

    async def get_servers(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetServers, request)

    async def get_server(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetServer, request)

    async def get_server_sockets(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetServerSockets, request)

    async def get_channel(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetChannel, request)

    async def get_subchannel(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetSubchannel, request)

    async def get_socket(self, request: Message) -> Message:
        return _call(ChannelzServicer.GetSocket, request)


class _Context:
    """The part of gRPC's context in which the library reports an error."""

    code: grpc.StatusCode | None = None
    details = ""

    def set_code(self, code: grpc.StatusCode) -> None:
        self.code = code

    def set_details(self, details: str) -> None:
        self.details = details


def _call(method: Callable[[Any, Any], Message], request: Message) -> Message:
    context = _Context()
    response = method(request, context)
    if context.code:
        number, _ = context.code.value
        raise CallFailed(Status(code=number, message=context.details))
    return response
