"""Composed handlers, served by grpc.aio. Nothing else touches grpc's context."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from typing import Any, Protocol

import grpc
import grpc.aio
from grpc_status import rpc_status

from quikstate_server.call_context import CallContext, enter
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Handler, Method


class Context(Protocol):
    """What we use of grpc.aio's ServicerContext."""

    def time_remaining(self) -> float | None: ...
    def peer(self) -> str: ...
    def invocation_metadata(self) -> Iterable[tuple[str, str | bytes]]: ...
    async def read(self) -> Any: ...
    async def write(self, message: bytes) -> None: ...
    async def abort_with_status(self, status: grpc.Status) -> None: ...


Behaviour = Callable[[Any, Context], Awaitable[Any]]
_BROKEN_SECONDS = 0.1
_END: Any = grpc.aio.EOF  # type: ignore[attr-defined] # the stubs lack it


class Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg] # generic in the stubs alone
    """All methods in one look-up. What is not here is UNIMPLEMENTED.

    They are not grpc's "registered methods", which generated code makes of a service: at every call
    grpc.aio waits for the next call of each of those anew, 0.6 µs a method.
    """

    def __init__(self, handlers: Mapping[Method, Handler]) -> None:
        self._handlers = {f"/{method.full_name}": adapt(method, handlers[method]) for method in handlers}

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        return self._handlers.get(details.method)


def adapt(method: Method, handler: Handler) -> grpc.RpcMethodHandler[Any, Any]:
    """A handler in grpc's form. It takes and gives bytes: messages are made in the chain.

    To grpc every client streams: else it would read the one message before it asks us anything, and a
    call that sends none would be nobody's, for as long as its client likes.
    """
    made: Any = grpc.stream_unary_rpc_method_handler
    behaviour = _answering(method, handler)
    if method.server_streaming:
        made, behaviour = grpc.stream_stream_rpc_method_handler, _streaming(method, handler)
    adapted: grpc.RpcMethodHandler[Any, Any] = made(behaviour)
    return adapted


def _answering(method: Method, handler: Handler) -> Behaviour:
    name = method.full_name

    async def answering(_: Any, context: Context) -> Any:
        _enter(name, context)
        try:
            return await handler(_items(context), _no_stream)
        except CallFailed as failure:
            return await _abort(context, failure)

    return answering


def _streaming(method: Method, handler: Handler) -> Behaviour:
    name = method.full_name

    async def streaming(_: Any, context: Context) -> None:
        _enter(name, context)

        async def send(item: bytes) -> None:
            try:
                await context.write(item)
            except grpc.aio.BaseError as gone:
                raise asyncio.CancelledError from gone  # as the caller's leaving is told elsewhere

        try:
            await handler(_items(context), send)
        except CallFailed as failure:
            await _abort(context, failure)

    return streaming


def _enter(method: str, context: Context) -> None:
    remaining = context.time_remaining()
    deadline = None if remaining is None else time.monotonic() + remaining
    enter(CallContext(method, deadline, "", context.peer(), context.invocation_metadata))


async def _items(context: Context) -> AsyncIterator[bytes]:
    """What the client sends, until it says that this was all.

    A client that has gone looks as if it had said so, just before its call is cancelled. One that has said
    nothing at all by then most likely is gone: it is not answered in haste, since grpc.aio never frees
    what it could not send (grpc/grpc#43360).
    """
    spoke = False
    try:
        while (item := await context.read()) is not _END:
            spoke = True
            yield item
    except grpc.aio.BaseError as gone:
        raise asyncio.CancelledError from gone
    if not spoke:
        await asyncio.sleep(_BROKEN_SECONDS)


async def _abort(context: Context, failure: CallFailed) -> None:
    await context.abort_with_status(rpc_status.to_status(failure.status))  # raises what ends the call


async def _no_stream(item: Any) -> None:
    raise AssertionError(f"a unary method returns its answer: {item!r}")
