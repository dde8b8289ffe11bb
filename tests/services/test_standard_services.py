"""Reflection, as v1 and v1alpha, and channelz."""

from __future__ import annotations

import re
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_channelz.v1.channelz_pb2 import GetServerRequest, GetServerSocketsRequest, GetServersRequest
from grpc_channelz.v1.channelz_pb2_grpc import ChannelzStub
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from quikstate_server.services.catalog import SERVICES
from quikstate_server.transport.grpc_aio.channelz import Channelz, channelz_servicers
from support.server.call_errors import failure_of
from support.server.stub_service import END

CHANNELZ = "grpc.channelz.v1.Channelz"
SHOWN = {
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
} | {spec.service.full_name for spec in SERVICES}


async def ask(
    channel: grpc.aio.Channel, version: str, request: ServerReflectionRequest
) -> ServerReflectionResponse:
    reflect: Any = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=ServerReflectionRequest.SerializeToString,
        response_deserializer=ServerReflectionResponse.FromString,
    )
    stream = reflect()
    await stream.write(request)
    answer: ServerReflectionResponse = await stream.read()
    await stream.done_writing()
    assert await stream.read() is END
    return answer


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
async def test_reflection_lists_the_services_and_describes_each(
    channel: grpc.aio.Channel, transport: str, version: str
) -> None:
    listed = await ask(channel, version, ServerReflectionRequest(list_services="*"))
    names = {service.name for service in listed.list_services_response.service}
    assert names == (SHOWN | {CHANNELZ} if transport == "grpc" else SHOWN)
    for name in names:
        answer = await ask(channel, version, ServerReflectionRequest(file_containing_symbol=name))
        files = [
            FileDescriptorProto.FromString(file)
            for file in answer.file_descriptor_response.file_descriptor_proto
        ]
        described = {f"{file.package}.{service.name}" for file in files for service in file.service}
        assert name in described


@pytest.mark.parametrize("transport", ["grpc"])
async def test_channelz_tells_of_the_server_and_its_connections(channel: grpc.aio.Channel) -> None:
    stub = ChannelzStub(channel)
    servers = (await stub.GetServers(GetServersRequest())).server
    (server,) = (
        one for one in servers if one.data.calls_started
    )  # others of this process may not be gone yet
    sockets = await stub.GetServerSockets(GetServerSocketsRequest(server_id=server.ref.server_id))
    assert len(sockets.socket_ref) == 1


@pytest.mark.parametrize("transport", ["grpc"])
async def test_channelz_says_of_what_is_not_there_that_it_is_not(channel: grpc.aio.Channel) -> None:
    failed = await failure_of(ChannelzStub(channel).GetServer(GetServerRequest(server_id=2**40)))
    assert failed.code is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("transport", ["http"])
async def test_only_grpc_aio_has_channelz(channel: grpc.aio.Channel) -> None:
    failed = await failure_of(ChannelzStub(channel).GetServers(GetServersRequest()))
    assert failed.code is grpc.StatusCode.UNIMPLEMENTED
    assert failed.message == f"there is no method /{CHANNELZ}/GetServers"


def test_channelz_is_served_whole() -> None:
    names = {method.name for method in channelz_servicers()}
    snakes = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in names}
    assert snakes == {name for name in vars(Channelz) if name.startswith("get_")}
