"""Serves composed handlers by grpc.aio. No other code touches grpc's context."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol

import grpc
import grpc.aio
from grpc_status import rpc_status

from quikstate_server.call_context import CallContext, enter
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Handler, Method


class Context(Protocol):
    """The used part of grpc.aio's ServicerContext."""

    def time_remaining(self) -> float | None: ...
    def peer(self) -> str: ...
    def auth_context(self) -> Mapping[str, Iterable[bytes]]: ...
    def invocation_metadata(self) -> Iterable[tuple[str, str | bytes]]: ...
    async def read(self) -> Any: ...
    async def write(self, message: bytes) -> None: ...
    async def abort_with_status(self, status: grpc.Status) -> None: ...


Behaviour = Callable[[Any, Context], Awaitable[Any]]
_BREAK_SECONDS = 0.1
"""A stream that breaks looks half-closed for less than this, until its call is cancelled."""
_END: Any = grpc.aio.EOF  # type: ignore[attr-defined] # the stubs lack it


class Handlers(grpc.GenericRpcHandler):  # type: ignore[type-arg] # generic in the stubs alone
    """All methods in one look-up. A method that is not in it is UNIMPLEMENTED.

    They are not grpc's "registered methods", which generated code registers: at every call grpc.aio begins to
    wait for the next call of each of those, 0.6 µs a method.
    """

    def __init__(self, handlers: Mapping[Method, Handler], confirm_half_close: Collection[str] = ()) -> None:
        """Take as `confirm_half_close` the full names of methods where a half-close does something."""
        self._handlers: dict[str, grpc.RpcMethodHandler[Any, Any]] = {}
        for method, handler in handlers.items():
            confirm = method.full_name in confirm_half_close
            self._handlers[f"/{method.full_name}"] = adapt(method, handler, confirm_half_close=confirm)

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        return self._handlers.get(details.method)


def adapt(method: Method, handler: Handler, *, confirm_half_close: bool) -> grpc.RpcMethodHandler[Any, Any]:
    """Return a handler in grpc's form. It takes and returns bytes: the chain parses messages.

    To grpc every client streams: otherwise it would read the one message before it calls the handler, and no
    limit would apply to a call that sends none.
    """
    name = method.full_name
    made: Any = grpc.stream_unary_rpc_method_handler
    behaviour = _unary(name, handler)
    if method.server_streaming:
        made, behaviour = grpc.stream_stream_rpc_method_handler, _streaming(name, handler, confirm_half_close)
    adapted: grpc.RpcMethodHandler[Any, Any] = made(behaviour)
    return adapted


def _unary(name: str, handler: Handler) -> Behaviour:
    async def unary(_: Any, context: Context) -> Any:
        _enter(name, context)
        try:
            return await handler(_messages(context), _no_stream)
        except CallFailed as failure:
            return await _abort(context, failure)

    return unary


def _streaming(name: str, handler: Handler, confirm_half_close: bool) -> Behaviour:
    async def stream(_: Any, context: Context) -> None:
        _enter(name, context)

        async def send(item: bytes) -> None:
            try:
                await context.write(item)
            except grpc.aio.BaseError as gone:
                raise asyncio.CancelledError from gone  # as for a client that leaves at any other time

        try:
            await handler(_messages(context, confirm_half_close), send)
        except CallFailed as failure:
            await _abort(context, failure)

    return stream


def _enter(method: str, context: Context) -> None:
    remaining = context.time_remaining()
    deadline = None if remaining is None else time.monotonic() + remaining
    header_values, certificate = partial(_header_values, context), partial(_certificate, context)
    enter(CallContext(method, deadline, "", context.peer(), header_values, certificate))


def _header_values(context: Context, name: str) -> Sequence[str]:
    return [str(value) for key, value in context.invocation_metadata() if key == name]


def _certificate(context: Context) -> bytes | None:
    """Return the client's certificate in DER: gRPC has it in PEM."""
    pem = next(iter(context.auth_context().get("x509_pem_cert", ())), None)
    return None if pem is None else _der(pem)


@lru_cache(maxsize=1_024)
def _der(pem: bytes) -> bytes:
    """Convert a certificate, once for all calls of a client."""
    return ssl.PEM_cert_to_DER_cert(pem.decode())


async def _messages(context: Context, confirm_half_close: bool = False) -> AsyncIterator[bytes]:
    """Yield what the client sends, until its half-close. A stream that breaks cancels the reader instead.

    To a reader a break looks like a half-close, just before the call is cancelled. So where a half-close
    does something, such as release a lock, it is confirmed: it counts if the call is not cancelled within
    _BREAK_SECONDS. The same wait precedes the response to a client that has sent nothing. It most likely
    is gone, and grpc.aio never frees a response that it could not send (grpc/grpc#43360). Other calls do
    not wait.
    """
    silent = True
    try:
        while (item := await context.read()) is not _END:
            silent = False
            yield item
    except grpc.aio.BaseError as gone:
        raise asyncio.CancelledError from gone
    if silent or confirm_half_close:
        await asyncio.sleep(_BREAK_SECONDS)


async def _abort(context: Context, failure: CallFailed) -> None:
    await context.abort_with_status(rpc_status.to_status(failure.status))  # raises what ends the call


async def _no_stream(item: Any) -> None:
    raise AssertionError(f"a unary method returns its response: {item!r}")
