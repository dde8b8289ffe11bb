"""Unary calls by the Connect protocol: a POST with a message as its body, or a GET with one in its query."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.compression import accepts_gzip, decompressed, gzip_if_worthwhile
from quikstate_server.transport.http.connect_error import error_body, http_status_of
from quikstate_server.transport.http.connect_headers import check_version, connect_deadline
from quikstate_server.transport.http.http_call import HttpCall
from quikstate_server.transport.http.messages import BodyMessage, read_body

_QUERY_VERSION: Final = "v1"
_NOT_STORED: Final = ("cache-control", "no-store")
"""Of GETs, which browsers and proxies would keep otherwise: answers are live state, of one caller."""


async def serve_post(call: HttpCall) -> None:
    """Serve one call whose message is the body."""
    encoding = call.exchange.header("content-encoding")

    async def read() -> bytes:
        body = await read_body(call.exchange, call.max_bytes)
        return call.decode(decompressed(body, encoding, call.max_bytes))

    await _serve(call, BodyMessage(read), encoding)


async def serve_get(call: HttpCall, parameters: Mapping[str, str]) -> None:
    """Serve one call whose message is in the query."""

    async def read() -> bytes:
        return call.decode(_message_of(parameters, call.max_bytes))

    await _serve(call, BodyMessage(read), parameters.get("compression"), _NOT_STORED)


def query_parameters(query: str) -> Mapping[str, str]:
    """Return the parameters of a query, each with its last value; bytes that are not UTF-8 as surrogates."""
    return dict(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))


def _message_of(parameters: Mapping[str, str], max_bytes: int) -> bytes:
    if (version := parameters.get("connect", _QUERY_VERSION)) != _QUERY_VERSION:
        raise failure(code_pb2.INVALID_ARGUMENT, f"`connect` must be {_QUERY_VERSION}, not {version!r}")
    try:
        message = parameters["message"].encode(errors="surrogateescape")
    except KeyError:
        raise failure(code_pb2.INVALID_ARGUMENT, "the query has no `message`") from None
    if parameters.get("base64") == "1":
        message = _from_base64(message)
    return decompressed(message, parameters.get("compression"), max_bytes)


def _from_base64(message: bytes) -> bytes:
    """Take both alphabets, and padding or none."""
    standard = message.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(standard + b"=" * (-len(standard) % 4), validate=True)
    except binascii.Error:
        raise failure(code_pb2.INVALID_ARGUMENT, "`message` is not base64, as `base64=1` says") from None


async def _serve(
    call: HttpCall, messages: AsyncIterator[bytes], encoding: str | None, *headers: tuple[str, str]
) -> None:
    gzip = accepts_gzip(call.exchange.header("accept-encoding"), encoding)
    try:
        check_version(call.exchange)
        response = await call.run(connect_deadline(call.exchange), messages, _no_stream)
        body, status, content_type = call.encode(response), 200, f"application/{call.encoding.name}"
    except CallFailed as failed:
        body, status, content_type = _failed(failed.status)
    fields = [("content-type", content_type), *headers]
    if gzip and (compressed := gzip_if_worthwhile(body)):
        body = compressed
        fields.append(("content-encoding", "gzip"))
    await call.response.send(status, fields, body)


def _failed(status: Status) -> tuple[bytes, int, str]:
    return error_body(status), http_status_of(status), "application/json"


async def _no_stream(item: bytes) -> None:
    raise AssertionError(f"a unary method returns its response: {item!r}")
