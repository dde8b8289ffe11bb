"""The servicer of reflection, which gRPC tools expect of every server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from google.protobuf.message import Message
from grpc_reflection.v1alpha import reflection_pb2

from quikstate_server.interceptors.method import Method, methods_of


class Reflection:
    """Lists services and their descriptors for grpcurl, buf curl and Postman."""

    def __init__(self, services: Iterable[str]) -> None:
        self._services = services

    def server_reflection_info(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        responses: AsyncIterator[Message] = self._library.ServerReflectionInfo(requests, None)
        return responses

    @cached_property
    def _library(self) -> Any:
        from grpc_reflection.v1alpha import _async  # it imports grpc, and few servers are ever asked

        _describe_v1()
        return _async.ReflectionServicer(self._services)


def reflection_methods() -> list[Method]:
    """Return the methods of v1 and v1alpha, which differ in their names alone; the library has v1alpha."""
    methods = list(methods_of(reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"]))
    return methods + [replace(method, service=method.service.replace("v1alpha", "v1")) for method in methods]


def _describe_v1() -> None:
    """Add the descriptor of v1, since tools ask for those of all listed services."""
    from google.protobuf import descriptor_pool, text_format
    from google.protobuf.descriptor_pb2 import FileDescriptorProto

    alpha: FileDescriptorProto = FileDescriptorProto()
    reflection_pb2.DESCRIPTOR.CopyToProto(alpha)
    text = text_format.MessageToString(alpha).replace("v1alpha", "v1")
    descriptor_pool.Default().Add(text_format.Parse(text, FileDescriptorProto()))
