"""Gives each call of a channel the caller's token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_AUTHORIZATION = "authorization"


class IdentifiedChannel:
    """A channel of grpc or grpc.aio for stubs; its calls have the header `authorization: Bearer …`.

    Interceptors would be eight classes: grpc and grpc.aio have their own for each kind of call.
    """

    def __init__(self, channel: Any, token: Callable[[], str]) -> None:
        self._channel = channel
        self._token = token

    def unary_unary(self, *words: Any, **more: Any) -> Any:
        return self._identified(self._channel.unary_unary(*words, **more))

    def unary_stream(self, *words: Any, **more: Any) -> Any:
        return self._identified(self._channel.unary_stream(*words, **more))

    def stream_unary(self, *words: Any, **more: Any) -> Any:
        return self._identified(self._channel.stream_unary(*words, **more))

    def stream_stream(self, *words: Any, **more: Any) -> Any:
        return self._identified(self._channel.stream_stream(*words, **more))

    def _identified(self, start: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any, metadata: Any = (), **more: Any) -> Any:
            header = _AUTHORIZATION, f"Bearer {self._token()}"
            return start(*words, metadata=(*metadata, header), **more)

        return call
