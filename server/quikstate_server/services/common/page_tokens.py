"""Page tokens and page sizes of all List methods. A token holds the row after which its page begins."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

from quikstate_server.errors import InvalidRequest

_DEFAULT_PAGE_SIZE = 100


def page_size(requested: int, max_size: int) -> int:
    """Return how many rows a page may have: a default for 0, and `max_size` for more than that."""
    return min(requested or _DEFAULT_PAGE_SIZE, max_size)


def encode_page_token(last_row: str) -> str:
    """Return the token of the page after `last_row`; "", which means no further page, for ""."""
    return base64.urlsafe_b64encode(last_row.encode()).decode()


def decode_page_token(token: str, is_row: Callable[[str], object] = bool) -> str:
    """Return the row after which the page begins; "" for the first page.

    Raise InvalidRequest for a token that this method has not returned: `is_row` knows the rows of the method.
    """
    try:
        row = base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise _invalid_page_token() from None
    if row and not is_row(row):
        raise _invalid_page_token()
    return row


def _invalid_page_token() -> InvalidRequest:
    text = "must be empty or the next_page_token of an earlier response of this method"
    return InvalidRequest({"page_token": text})
