"""Looks at a server again and again, and shows what happened between two looks."""

from __future__ import annotations

import json as json_text
import time
from contextlib import suppress

import grpc

from quikstate_server.cli.common.channel import connected, fault_of, is_refused_caller
from quikstate_server.cli.common.output import say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.top import view
from quikstate_server.cli.top.document import document, fault_document
from quikstate_server.cli.top.rates import rates_between
from quikstate_server.cli.top.sample import Sample, take_sample
from quikstate_server.cli.top.screen import Display, Paper, display


def run(server: ServerTarget, interval: float, *, once: bool, json: bool) -> None:
    """Show one interval after the other; end with an error if the first look reaches no server."""
    with suppress(KeyboardInterrupt), connected(server) as channel:
        first = take_sample(channel)
        if once:
            time.sleep(interval)  # in a command with one thread
            _show(server.address, first, take_sample(channel), Paper(), json=json)
        elif json:
            _show_all(channel, server, first, interval, Paper(), json=True)
        else:
            with display() as shown_on:
                _show_all(channel, server, first, interval, shown_on, json=False)


def _show_all(
    channel: grpc.Channel,
    server: ServerTarget,
    before: Sample,
    interval: float,
    shown_on: Display,
    *,
    json: bool,
) -> None:
    """Show each interval until the display ends; wait for a server that has gone away."""
    while shown_on.wait(interval):
        look = _look(channel, server)
        if isinstance(look, str):
            _show_fault(server.address, look, shown_on, json=json)
        else:
            _show(server.address, before, look, shown_on, json=json)
            before = look


def _look(channel: grpc.Channel, server: ServerTarget) -> Sample | str:
    """Return what a server tells, or why it does not answer; raise the error of a caller that is refused."""
    try:
        return take_sample(channel)
    except grpc.RpcError as error:
        if is_refused_caller(error):
            raise
        return fault_of(error, server)


def _show(address: str, before: Sample, now: Sample, shown_on: Display, *, json: bool) -> None:
    rates = rates_between(before, now)
    if json:
        say(json_text.dumps(document(address, now, rates), ensure_ascii=False))
    else:
        shown_on.show(view.frame(address, now, rates, *shown_on.size))


def _show_fault(address: str, why: str, shown_on: Display, *, json: bool) -> None:
    if json:
        say(json_text.dumps(fault_document(address, why), ensure_ascii=False))
    else:
        shown_on.show(view.not_answering(address, why, shown_on.size[0]))
