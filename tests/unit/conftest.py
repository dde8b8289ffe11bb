"""What tests of the settings ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from support.server.settings_file import WriteSettings


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without our variables: the developer's must not reach the tests."""
    for name in list(os.environ):  # noqa: TID251 - see above
        if name.startswith(("QUIKSTATE_", "REDIS_")):
            monkeypatch.delenv(name)


@pytest.fixture
def write_settings(tmp_path: Path) -> WriteSettings:
    """Writes a file of settings."""

    def write(content: object) -> Path:
        path = tmp_path / "quikstate.yaml"
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
        return path

    return write
