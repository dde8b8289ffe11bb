"""What holds for the code as a whole: import rules, one version, no KEYS."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from support.harness.checkout import ROOT, SERVER, program, pyproject

PYTHON = sorted([*SERVER.rglob("*.py"), *(ROOT / "clients/python/quikstate").glob("*.py")])


def test_imports_go_one_way() -> None:
    result = subprocess.run(
        [program("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_version_stands_in_pyproject_alone() -> None:
    declared = pyproject()["project"]["version"]
    assert version("quikstate") == declared
    assert [path for path in PYTHON if declared in strings(path)] == []


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_python_sends_keys(path: Path) -> None:
    """KEYS stops Redis for as long as it walks over everything."""
    assert [text for text in strings(path) if text.split()[:1] == ["KEYS"]] == []


@pytest.mark.parametrize("path", sorted(SERVER.rglob("*.lua")), ids=lambda path: path.name)
def test_no_script_calls_keys(path: Path) -> None:
    calls = re.findall(r"""redis\.p?call\(\s*(["'])(\w+)\1""", path.read_text(encoding="utf-8"))
    assert "KEYS" not in {command.upper() for _, command in calls}


def strings(path: Path) -> list[str]:
    """What the code of a module says in strings; docstrings do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [
        node.value.decode(errors="replace") if isinstance(node.value, bytes) else node.value
        for node in constants
        if isinstance(node.value, str | bytes) and id(node) not in documentation
    ]
