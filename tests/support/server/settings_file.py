"""Files of settings for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class WriteSettings(Protocol):
    def __call__(self, content: object) -> Path:
        """Write a file of settings: text as it is, all else as YAML."""


def nested(path: str, value: object) -> object:
    """Return the tree that sets one value in a file."""
    section, _, name = path.rpartition(".")
    return {section: {name: value}} if section else {name: value}
