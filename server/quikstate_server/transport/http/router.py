"""Chooses what serves a request that is not gRPC."""

from __future__ import annotations

from importlib import resources
from typing import Final

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status

from quikstate_server.settings import Settings
from quikstate_server.transport.http.call import Route, routes_of
from quikstate_server.transport.http.connect_error import error_body
from quikstate_server.transport.http.connect_stream import serve_stream
from quikstate_server.transport.http.connect_unary import query_parameters, serve_get, serve_post
from quikstate_server.transport.http.cors import Cors
from quikstate_server.transport.http.encodings import ENCODINGS
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.grpc_web import refuse_grpc_web, serve_grpc_web
from quikstate_server.transport.http.http_call import NEEDS_HTTP2, HttpCall
from quikstate_server.transport.http.media_type import MediaType, RpcProtocol, media_type_of
from quikstate_server.transport.http.response import Response
from quikstate_server.transport.transport import ServedApi

_OPENAPI: Final = "/openapi.json"
_UNARY_TYPES: Final = "application/json, application/proto"
_STREAM_TYPES: Final = "application/connect+json, application/connect+proto"
_WEB_TYPES: Final = "application/grpc-web+proto, application/grpc-web-text+proto"


class RequestRouter:
    """Serves requests by their method, path and content type."""

    def __init__(self, settings: Settings, api: ServedApi) -> None:
        self._routes = routes_of(api)
        self._probes = api.probes
        self._cors = Cors(settings.allowed_origins)
        self._max_bytes = settings.limits.max_message_bytes

    async def serve(self, exchange: Exchange) -> None:
        """Serve one request to its end."""
        if not self._cors.allows(exchange):
            refused = (
                f"pages of {exchange.header('origin')} may not call: the setting cors_origins names who may"
            )
            await Response(exchange).send_text(403, refused)
            return
        response = Response(exchange, self._cors.headers(exchange))
        path, _, query = exchange.target.partition("?")
        match exchange.method:
            case "POST":
                await self._post(exchange, response, path)
            case "GET" | "HEAD":
                await self._get(exchange, response, path, query)
            case "OPTIONS":
                await response.send(
                    204, [("allow", "GET, POST, OPTIONS"), *self._cors.preflight_headers(exchange)]
                )
            case _:
                await _refuse_verb(response, "GET, POST, OPTIONS")

    async def _get(self, exchange: Exchange, response: Response, path: str, query: str) -> None:
        if probe := self._probes.get(path):
            healthy = probe()
            await response.send_text(
                200 if healthy else 503, "ok" if healthy else "not ok", ("cache-control", "no-store")
            )
        elif path == _OPENAPI:
            await response.send(200, [("content-type", "application/json")], openapi_document())
        elif (route := self._routes.get(path)) is None:
            await _refuse_path(response, path)
        elif exchange.method != "GET" or not route.method.no_side_effects or route.method.streaming:
            await _refuse_verb(response, "GET, POST" if route.method.no_side_effects else "POST")
        else:
            await self._serve_get(exchange, response, route, query)

    async def _serve_get(self, exchange: Exchange, response: Response, route: Route, query: str) -> None:
        parameters = query_parameters(query)
        if (encoding := ENCODINGS.get(parameters.get("encoding", ""))) is None:
            await response.send_text(415, "the query must have `encoding=json` or `encoding=proto`")
        else:
            await serve_get(HttpCall(route, encoding, exchange, response, self._max_bytes), parameters)

    async def _post(self, exchange: Exchange, response: Response, path: str) -> None:
        media_type = media_type_of(exchange.header("content-type"))
        route = self._routes.get(path)
        if media_type and media_type.protocol is RpcProtocol.GRPC:
            await response.send_text(505, "gRPC needs HTTP/2; over HTTP/1.1 use Connect or gRPC-Web")
        elif media_type and media_type.protocol is RpcProtocol.GRPC_WEB:
            await self._serve_grpc_web(exchange, response, path, media_type)
        elif route is None:
            await _refuse_path(response, path)
        elif media_type is None or _is_stream(media_type) != route.method.streaming:
            await _refuse_type(response, route)
        else:
            call = HttpCall(route, media_type.encoding, exchange, response, self._max_bytes)
            await _serve_connect(call)

    async def _serve_grpc_web(
        self, exchange: Exchange, response: Response, path: str, media_type: MediaType
    ) -> None:
        if (route := self._routes.get(path)) is None:
            await refuse_grpc_web(response, media_type.name, _no_method(path), text=media_type.text)
            return
        call = HttpCall(route, media_type.encoding, exchange, response, self._max_bytes)
        await serve_grpc_web(call, media_type.name, text=media_type.text)


async def _serve_connect(call: HttpCall) -> None:
    if not call.route.method.streaming:
        await serve_post(call)
    elif call.needs_http2():
        await call.response.send_text(505, NEEDS_HTTP2)
    else:
        await serve_stream(call)


def openapi_document() -> bytes:
    """Return the OpenAPI document, which stands with the stubs; few ask for it, so it is not kept."""
    return (resources.files("quikstate.v1") / "openapi.json").read_bytes()


def _is_stream(media_type: MediaType) -> bool:
    return media_type.protocol is RpcProtocol.CONNECT_STREAM


def _no_method(path: str) -> Status:
    return Status(code=code_pb2.UNIMPLEMENTED, message=f"there is no method {path}")


async def _refuse_path(response: Response, path: str) -> None:
    await response.send(404, [("content-type", "application/json")], error_body(_no_method(path)))


async def _refuse_verb(response: Response, allowed: str) -> None:
    await response.send_text(405, f"use {allowed}", ("allow", allowed))


async def _refuse_type(response: Response, route: Route) -> None:
    types = _STREAM_TYPES if route.method.streaming else _UNARY_TYPES
    allowed = f"{types}, {_WEB_TYPES}"
    await response.send_text(415, f"the content-type must be one of {allowed}", ("accept-post", allowed))
