"""Each script is loaded with just the shared files that its header names, each behind those it builds on."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from quikstate_server import primitives
from quikstate_server.redis_client.script import Script
from support.harness.checkout import SERVER

_USED_FILE = re.compile(r"\b(\w+\.lua):\s")
_USES = re.compile(r"^-- uses: .*\n(?:--  .*\n)*", re.MULTILINE)


def _scripts() -> list[Script]:
    names = [module.name for module in pkgutil.walk_packages(primitives.__path__, f"{primitives.__name__}.")]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    scripts = {value.name: value for value in values if isinstance(value, Script)}
    return [scripts[name] for name in sorted(scripts)]


def _text(folder: Path, file: str) -> str:
    return (folder / file).read_text(encoding="utf-8")


def _uses(folder: Path, file: str) -> list[str]:
    field = _USES.search(_text(folder, file))
    return _USED_FILE.findall(field[0]) if field else []


def _in_order(folder: Path, file: str, order: dict[str, None]) -> None:
    """Add `file` to `order` behind all files that it builds on."""
    for used in _uses(folder, file):
        _in_order(folder, used, order)
    order.setdefault(file)


@pytest.mark.parametrize("script", _scripts(), ids=lambda script: script.name)
def test_script_has_the_shared_files_that_its_header_names(script: Script) -> None:
    primitive, _, action = script.name.partition(".")
    folder = SERVER / "primitives" / primitive
    needed: dict[str, None] = {}
    _in_order(folder, f"{primitive}_{action}.lua", needed)
    loaded = {file.name for file in folder.glob("*.lua") if _text(folder, file.name) in script.source}
    assert loaded == set(needed)
    for file in needed:
        place = script.source.index(_text(folder, file))
        assert all(script.source.index(_text(folder, used)) < place for used in _uses(folder, file)), file
