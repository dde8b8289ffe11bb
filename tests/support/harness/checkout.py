"""The checkout under test, and the programs of the environment that tests run in."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SERVER = ROOT / "server" / "quikstate_server"


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def program(name: str) -> str:
    """A program of this environment, which need not be on PATH."""
    return str(Path(sys.executable).with_name(name))
