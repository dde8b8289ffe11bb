"""Servicers of reflection and channelz, which gRPC tools expect of every server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from typing import Any

import grpc
from google.protobuf import descriptor_pool, text_format
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status
from grpc_channelz.v1 import channelz_pb2
from grpc_channelz.v1._servicer import ChannelzServicer
from grpc_reflection.v1alpha import _async as reflection
from grpc_reflection.v1alpha import reflection_pb2

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Method, methods_of

CHANNELZ: ServiceDescriptor = channelz_pb2.DESCRIPTOR.services_by_name["Channelz"]


class Reflection:
    """Lists services and their descriptors for grpcurl, buf curl and Postman."""

    def __init__(self, services: Iterable[str]) -> None:
        self._library = reflection.ReflectionServicer(services)

    def server_reflection_info(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        responses: AsyncIterator[Message] = self._library.ServerReflectionInfo(requests, None)
        return responses


def reflection_methods() -> list[Method]:
    """Return the methods of v1 and v1alpha, which differ in their names alone.

    The library has v1alpha. The descriptor of v1 is added, since tools ask for those of all listed services.
    """
    alpha: FileDescriptorProto = FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(alpha)
    text = text_format.MessageToString(alpha).replace("v1alpha", "v1")
    descriptor_pool.Default().Add(text_format.Parse(text, FileDescriptorProto()))
    methods = list(methods_of(reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"]))
    return methods + [replace(method, service=method.service.replace("v1alpha", "v1")) for method in methods]


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
