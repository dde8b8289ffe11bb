"""The services every gRPC server is asked for: reflection and channelz."""

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
    """Tells grpcurl, buf curl and Postman what there is to call."""

    def __init__(self, services: Iterable[str]) -> None:
        self._library = reflection.ReflectionServicer(services)

    def server_reflection_info(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        answers: AsyncIterator[Message] = self._library.ServerReflectionInfo(requests, None)
        return answers


def reflection_methods() -> list[Method]:
    """v1 and v1alpha differ in their name alone, and the library has v1alpha. The descriptor of v1 is
    added, since tools ask for those of all services they are told of."""
    alpha: FileDescriptorProto = FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(alpha)
    text = text_format.MessageToString(alpha).replace("v1alpha", "v1")
    descriptor_pool.Default().Add(text_format.Parse(text, FileDescriptorProto()))
    methods = list(methods_of(reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"]))
    return methods + [replace(method, service=method.service.replace("v1alpha", "v1")) for method in methods]


class Channelz:
    """Tells of gRPC's connections, as the library does, whose methods want gRPC's context."""

    async def get_top_channels(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetTopChannels, request)

    async def get_servers(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetServers, request)

    async def get_server(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetServer, request)

    async def get_server_sockets(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetServerSockets, request)

    async def get_channel(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetChannel, request)

    async def get_subchannel(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetSubchannel, request)

    async def get_socket(self, request: Message) -> Message:
        return _answer(ChannelzServicer.GetSocket, request)


class _Context:
    """What the library says there of a call that fails."""

    code: grpc.StatusCode | None = None
    details = ""

    def set_code(self, code: grpc.StatusCode) -> None:
        self.code = code

    def set_details(self, details: str) -> None:
        self.details = details


def _answer(act: Callable[[Any, Any], Message], request: Message) -> Message:
    context = _Context()
    answer = act(request, context)
    if context.code:
        number, _ = context.code.value
        raise CallFailed(Status(code=number, message=context.details))
    return answer
