"""Tests of primitives run on every topology: this holds them to it."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no Redis is a unit test, and stands in tests/unit."""
    for item in items:
        if _HERE in item.path.parents and "cell" not in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} asks for no topology: it belongs to tests/unit")
