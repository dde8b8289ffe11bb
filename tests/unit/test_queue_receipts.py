"""A receipt identifies one delivery, and no other text is accepted as a receipt."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quikstate_server.primitives.queue.model import InvalidReceipt, Receipt

names = st.text(min_size=1, max_size=20)


@given(names)
def test_receipts_come_back_as_they_were(queue: str) -> None:
    receipt = Receipt(queue, "1795743325973-599001", "bz_QcZFIIwa-")
    assert Receipt.parse(str(receipt)) == receipt
    assert not str(receipt).startswith("-")  # or commands would take it for an option


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "é",
        "a",
        encoded("a.b"),
        encoded("..q"),
        encoded("a b.1-1.q"),
        encoded("a.1-1."),
        encoded("a.18446744073709551616-1.q"),
    ],
)
def test_other_texts_are_not_receipts(text: str) -> None:
    with pytest.raises(InvalidReceipt):
        Receipt.parse(text)
