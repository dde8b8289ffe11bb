"""The pauses between attempts grow to a limit, and begin anew."""

from __future__ import annotations

from itertools import islice

from quikstate_server.backoff import Backoff


def test_backoff_pauses_grow_to_the_longest_and_stay_there() -> None:
    backoff = Backoff(0.5, 3.0)
    assert list(islice(backoff, 5)) == [0.5, 1.0, 2.0, 3.0, 3.0]
    assert next(iter(backoff)) == 0.5, "each iterator begins anew"


def test_backoff_grows_by_its_factor() -> None:
    assert list(islice(Backoff(1.0, 20.0, factor=4), 4)) == [1.0, 4.0, 16.0, 20.0]


def test_backoff_that_starts_at_once_has_no_first_pause() -> None:
    assert list(islice(Backoff(0.5, 3.0, at_once=True), 3)) == [0.0, 0.5, 1.0]
