"""What tests of the settings ask for."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without our variables: the developer's must not reach the tests."""
    for name in list(os.environ):  # noqa: TID251 - see above
        if name.startswith(("QUIKSTATE_", "REDIS_")):
            monkeypatch.delenv(name)
