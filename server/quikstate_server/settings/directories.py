"""Directories of the XDG base directory specification."""

from __future__ import annotations

import os
from pathlib import Path

CONTEXTS_FILE = "contexts.yaml"
"""The file with the contexts of the command, in `config_directory`."""


def data_directory() -> Path:
    """Return where an embedded Redis keeps its data; a user without a home gets the directory of services."""
    return _directory("XDG_DATA_HOME", ".local/share") or Path("/var/lib/quikstate")


def config_directory() -> Path | None:
    """Return where the contexts of the command are kept; None for a user without a home."""
    return _directory("XDG_CONFIG_HOME", ".config")


def _directory(variable: str, below_home: str) -> Path | None:
    given = Path(os.environ.get(variable, ""))
    if given.is_absolute():
        return given / "quikstate"
    home = Path("~").expanduser() if os.environ.get("HOME") else Path()
    return home / below_home / "quikstate" if home.is_absolute() else None
