"""The services every gRPC server is asked for: reflection and channelz."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

import grpc
from google.protobuf import descriptor_pool, text_format
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.message import Message
from grpc_channelz.v1 import _async as channelz
from grpc_channelz.v1 import channelz_pb2, channelz_pb2_grpc
from grpc_reflection.v1alpha import _async as reflection
from grpc_reflection.v1alpha import reflection_pb2

from quikstate_server.interceptors.method import Method, methods_of

CHANNELZ: str = channelz_pb2.DESCRIPTOR.services_by_name["Channelz"].full_name


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


def channelz_handlers() -> list[grpc.GenericRpcHandler[Any, Any]]:
    """The library's own: gRPC tells of its connections to nobody else."""
    registrar = _Registrar()
    channelz_pb2_grpc.add_ChannelzServicer_to_server(channelz.ChannelzServicer(), registrar)
    return registrar.handlers


class _Registrar:
    """What generated code takes for a server, to leave out the registered methods; see Handlers."""

    def __init__(self) -> None:
        self.handlers: list[grpc.GenericRpcHandler[Any, Any]] = []

    def add_generic_rpc_handlers(self, handlers: Iterable[grpc.GenericRpcHandler[Any, Any]]) -> None:
        self.handlers.extend(handlers)

    def add_registered_method_handlers(self, service: str, handlers: Any) -> None:
        pass
