"""Content types, which say in which protocol a call comes, and in which encoding its messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from quikstate_server.transport.http.encodings import ENCODINGS, PROTO, MessageEncoding


class RpcProtocol(Enum):
    """A protocol for calls."""

    CONNECT_UNARY = auto()
    CONNECT_STREAM = auto()
    GRPC_WEB = auto()
    GRPC = auto()
    """It is served over HTTP/2 alone, and not by the router."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """A content type of requests and of the responses to them."""

    name: str
    protocol: RpcProtocol
    encoding: MessageEncoding
    text: bool = False
    """True for messages in base64."""


def _media_types() -> Iterator[MediaType]:
    for name, encoding in ENCODINGS.items():
        yield MediaType(f"application/{name}", RpcProtocol.CONNECT_UNARY, encoding)
        yield MediaType(f"application/connect+{name}", RpcProtocol.CONNECT_STREAM, encoding)
        yield MediaType(f"application/grpc-web+{name}", RpcProtocol.GRPC_WEB, encoding)
        yield MediaType(f"application/grpc-web-text+{name}", RpcProtocol.GRPC_WEB, encoding, text=True)
        yield MediaType(f"application/grpc+{name}", RpcProtocol.GRPC, encoding)
    yield MediaType("application/grpc-web", RpcProtocol.GRPC_WEB, PROTO)
    yield MediaType("application/grpc-web-text", RpcProtocol.GRPC_WEB, PROTO, text=True)
    yield MediaType("application/grpc", RpcProtocol.GRPC, PROTO)


_MEDIA_TYPES: Final[Mapping[str, MediaType]] = {media_type.name: media_type for media_type in _media_types()}


def media_type_of(content_type: str | None) -> MediaType | None:
    """Return what a header names; None for what is not known. Parameters are ignored: all text is UTF-8."""
    name, _, _ = (content_type or "").partition(";")
    return _MEDIA_TYPES.get(name.strip().lower())
