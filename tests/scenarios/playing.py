"""Plays a scenario: tells a driver what to call, and compares what it answers with what is expected."""

from __future__ import annotations

import importlib
import itertools
import json
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import grpc
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from google.protobuf.message_factory import GetMessageClass

import quikstate.v1
from scenarios.driver import Answer, Driver
from scenarios.matching import Mismatch, field, match
from scenarios.scenario import Scenario, Step, filled, kind
from support.harness.eventually import wait_until

PATIENCE = 10.0
"""Seconds that an answer may take, unless a step says `within`."""
CODES = {code.name: code.value[0] for code in grpc.StatusCode}
Redis = Callable[..., Any]


class Player:
    """Plays scenarios on one driver. Names in them are made unique by `${run}`."""

    def __init__(self, driver: Driver, run: str, redis: Redis, *, sees_reasons: bool = True) -> None:
        self._driver, self._run, self._raw = driver, run, redis
        self._sees_reasons = sees_reasons
        self._numbers = itertools.count()
        self._kept: dict[str, Any] = {}
        self._opened: dict[str, tuple[str, MethodDescriptor]] = {}

    def play(self, scenario: Scenario) -> None:
        """Raises Mismatch, with the step."""
        self._kept = {"run": f"{self._run}-{next(self._numbers)}"}
        self._opened = {}
        for number, step in enumerate(scenario.steps, 1):
            try:
                filled_in = filled(step, self._kept)
                getattr(self, f"_{kind(step)}")(filled_in)
            except (Mismatch, ParseError) as cause:
                raise Mismatch(f"step {number}, {kind(step)} {step[kind(step)]}: {cause}") from None
        for name in self._opened:
            self._tell("cancel", name)

    def _call(self, step: Step) -> None:
        """With `within`, which is for reads, again until it answers what is expected."""

        def expected() -> bool:
            try:
                self._call_once(step)
            except Mismatch:
                return False
            return True

        if "within" in step:
            with suppress(AssertionError):  # the last try says what it was
                wait_until(expected, within=step["within"])
        self._call_once(step)

    def _call_once(self, step: Step) -> None:
        self._start("call", step["call"], step)
        answer = self._received("call", step.get("timeout", PATIENCE) + 1)
        if "error" in step:
            self._failed(step["error"], answer)
        else:
            self._succeeded(step, answer)

    def _open(self, step: Step) -> None:
        self._start(step["as"], step["open"], step)

    def _start(self, name: str, rpc: str, step: Step) -> None:
        self._opened[name] = (f"{name}-{next(self._numbers)}", method(rpc))
        command: dict[str, Any] = {"method": f"quikstate.v1.{rpc}"}
        if "request" in step or not method(rpc).client_streaming:
            command["request"] = self._request(name, step.get("request", {}))
        if "timeout" in step:
            command["timeout"] = step["timeout"]
        self._tell("open", name, **command)

    def _send(self, step: Step) -> None:
        self._tell("send", step["send"], request=self._request(step["send"], step["request"]))

    def _half_close(self, step: Step) -> None:
        self._tell("half_close", step["half_close"])

    def _cancel(self, step: Step) -> None:
        self._tell("cancel", step["cancel"])

    def _item(self, step: Step) -> None:
        self._succeeded(step, self._next(step["item"], step))

    def _end(self, step: Step) -> None:
        answer = self._next(step["end"], step)
        if "error" in step:
            self._failed(step["error"], answer)
        else:
            match({"end": True}, answer, "stream")

    def _silence(self, step: Step) -> None:
        match({"nothing": True}, self._received(step["silence"], step["within"]), "stream")

    def _redis(self, step: Step) -> None:
        """What a service does that still speaks to Redis itself."""
        reply = self._raw(*step["redis"])
        if "reply" in step:
            match(step["reply"], reply, "reply")

    def _next(self, name: str, step: Step) -> Answer:
        """The next item that is none of `skipping`, such as heartbeats."""
        while True:
            answer = self._received(name, step.get("within", PATIENCE))
            item = answer.get("item", {})
            if not any(item.get(field) is not None for field in step.get("skipping", ["heartbeat"])):
                return answer

    def _received(self, name: str, within: float) -> Answer:
        answer = self._tell("receive", name, within=within)
        if "item" in answer:
            answer["item"] = self._normal(self._opened[name][1].output_type, answer["item"])
        return answer

    def _succeeded(self, step: Step, answer: Answer) -> None:
        if "item" not in answer:
            raise Mismatch(f"expected an answer, not {answer}")
        try:
            match(step.get("expect", {}), answer["item"])
        except Mismatch as mismatch:
            raise Mismatch(f"{mismatch}; it was {json.dumps(answer['item'])}") from None
        for name, path in step.get("keep", {}).items():
            self._kept[name] = field(answer["item"], path)

    def _failed(self, expected: dict[str, Any], answer: Answer) -> None:
        if "error" not in answer:
            raise Mismatch(f"expected an error, not {answer}")
        details = expected if self._sees_reasons else {}
        match({**details, "code": CODES[expected["code"]]}, answer["error"], "error")

    def _request(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        """As protobuf JSON has it, so that a fault in a scenario is not taken for one of a language."""
        message = ParseDict(request, GetMessageClass(self._opened[name][1].input_type)())
        return MessageToDict(message)

    def _normal(self, kind: Any, item: dict[str, Any]) -> dict[str, Any]:
        """With every field by its name in the proto, so that what is false or 0 can be expected."""
        message = ParseDict(item, GetMessageClass(kind)())
        return MessageToDict(
            message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
        )

    def _tell(self, what: str, name: str, **more: Any) -> Answer:
        return self._driver.tell(do=what, call=self._opened[name][0], **json.loads(json.dumps(more)))


def method(rpc: str) -> MethodDescriptor:
    """Of `LockService/AcquireLock`."""
    service, _, name = rpc.partition("/")
    for module in pkgutil.iter_modules(quikstate.v1.__path__):
        if module.name.endswith("_pb2"):
            file = importlib.import_module(f"quikstate.v1.{module.name}").DESCRIPTOR
            if service in file.services_by_name:
                found: MethodDescriptor = file.services_by_name[service].methods_by_name[name]
                return found
    raise Mismatch(f"no service has {rpc}")
