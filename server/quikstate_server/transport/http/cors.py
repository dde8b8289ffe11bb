"""Which web pages may call: cross-origin resource sharing (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from quikstate_server.transport.http.exchange import Exchange

_ANY: Final = "*"
_EXPOSED: Final = ("access-control-expose-headers", "grpc-status, grpc-message, grpc-status-details-bin")
"""What a page may read of a response, beside what every page may."""
_PREFLIGHT: Final = (
    ("access-control-allow-methods", "GET, POST"),
    ("access-control-max-age", "7200"),  # Chrome's maximum
)


class Cors:
    """Knows the origins that the setting cors_origins names."""

    def __init__(self, origins: Collection[str]) -> None:
        self._origins = origins
        self._any = _ANY in origins

    def allows(self, exchange: Exchange) -> bool:
        """Return True for a page of these origins, and for what is no page.

        Others are refused, and not merely kept from reading the response, as browsers do: a page that has
        its own name resolve to this server is of the same origin to the browser.
        """
        origin = exchange.header("origin")
        return origin is None or self._any or origin in self._origins

    def headers(self, exchange: Exchange) -> Sequence[tuple[str, str]]:
        """Return the headers that let the page read the response; the page must be allowed."""
        origin = exchange.header("origin")
        varies = [] if self._any or not self._origins else [("vary", "origin")]
        if origin is None:
            return varies
        return [("access-control-allow-origin", _ANY if self._any else origin), _EXPOSED, *varies]

    def preflight_headers(self, exchange: Exchange) -> Sequence[tuple[str, str]]:
        """Return what a browser asks for before a page's call; the page must be allowed.

        It may send any header: metadata is the caller's, and what is not known is not looked at.
        """
        requested = exchange.header("access-control-request-headers")
        allowed = [("access-control-allow-headers", requested)] if requested else []
        return [*_PREFLIGHT, *allowed, ("vary", "access-control-request-headers")]
