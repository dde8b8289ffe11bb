"""Make the calls of the shared scenarios through the Python stubs: a command a line of standard input,
an answer a line of standard output, as tests/scenarios/README.md says.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import threading
from collections.abc import Iterator
from queue import Empty, Queue
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status

import quikstate.v1

Outcome = dict[str, Any]
DETAILS = "grpc-status-details-bin"


def module_of(service: str) -> str:
    """The module that defines a service, without _pb2."""
    for module in pkgutil.iter_modules(quikstate.v1.__path__):
        name = f"quikstate.v1.{module.name}"
        if (
            module.name.endswith("_pb2")
            and service in importlib.import_module(name).DESCRIPTOR.services_by_name
        ):
            return name.removesuffix("_pb2")
    raise LookupError(service)


class Call:
    """One call of any kind. Its outcomes are kept as they come, for `receive`."""

    def __init__(self, channel: grpc.Channel, command: dict[str, Any]) -> None:
        service, name = command["method"].removeprefix("quikstate.v1.").split("/")
        module = module_of(service)
        descriptor = importlib.import_module(f"{module}_pb2").DESCRIPTOR.services_by_name[service]
        method = descriptor.methods_by_name[name]
        self._outcomes: Queue[Outcome] = Queue()
        self._requests: Queue[Message | None] = Queue()
        self._request_type = GetMessageClass(method.input_type)
        stub = getattr(importlib.import_module(f"{module}_pb2_grpc"), f"{service}Stub")(channel)
        request = command.get("request")
        argument = iter(self._requests.get, None) if method.client_streaming else self._read(request)
        if method.client_streaming and request is not None:
            self.send(request)
        rpc = getattr(stub, name)
        streams = method.client_streaming or method.server_streaming
        self._call = (rpc if streams else rpc.future)(argument, timeout=command.get("timeout"))
        threading.Thread(target=self._collect, args=(streams,), daemon=True).start()

    def _collect(self, streams: bool) -> None:
        try:
            for item in self._call if streams else [self._call.result()]:
                self._outcomes.put({"item": MessageToDict(item)})
            self._outcomes.put({"end": True})
        except (grpc.RpcError, grpc.FutureCancelledError):
            self._outcomes.put({"error": failure(self._call)})

    def send(self, request: dict[str, Any]) -> None:
        self._requests.put(self._read(request))

    def half_close(self) -> None:
        self._requests.put(None)

    def cancel(self) -> None:
        self._call.cancel()

    def receive(self, within: float) -> Outcome:
        try:
            return self._outcomes.get(timeout=within)
        except Empty:
            return {"nothing": True}

    def _read(self, request: dict[str, Any] | None) -> Message:
        message: Message = ParseDict(request or {}, self._request_type())
        return message


def failure(call: Any) -> dict[str, Any]:
    found = {"code": call.code().value[0], "message": call.details()}
    details = dict(call.trailing_metadata() or ()).get(DETAILS)
    for detail in Status.FromString(details).details if details else ():
        info = ErrorInfo()
        if detail.Unpack(info):
            found |= {"reason": info.reason, "metadata": dict(info.metadata)}
    return found


def answers(channel: grpc.Channel, commands: Iterator[dict[str, Any]]) -> Iterator[Outcome]:
    calls: dict[str, Call] = {}
    for command in commands:
        match command["do"]:
            case "open":
                calls[command["call"]] = Call(channel, command)
                yield {}
            case "receive":
                yield calls[command["call"]].receive(command["within"])
            case "send":
                calls[command["call"]].send(command["request"])
                yield {}
            case "half_close" | "cancel" as act:
                getattr(calls[command["call"]], act)()
                yield {}


def main(address: str) -> None:
    with grpc.insecure_channel(address) as channel:
        for answer in answers(channel, map(json.loads, sys.stdin)):
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(os.environ["QUIKSTATE_ADDR"])
