"""Reads the pages of a List method, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from quikstate_server.cli.common.channel import CALL_SECONDS


class Page(Protocol):
    """A response that names the page behind it; "" on the last one."""

    next_page_token: str


P = TypeVar("P", bound=Page)


def read_pages(call: Callable[..., P], request: Any, seconds: float = CALL_SECONDS) -> Iterator[P]:
    """Yield each page from that of `request` on, which is changed meanwhile."""
    while True:
        page = call(request, timeout=seconds)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token
