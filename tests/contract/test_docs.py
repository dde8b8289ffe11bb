"""The paths that the documentation names exist, so that a reader who follows them arrives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.harness.checkout import ROOT, SERVER

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.*<>-]+(/[\w.*<>-]*)+|[\w.*-]+\.(py|lua|proto|md|yaml|toml)")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
DOCUMENTS = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _exists(name: str) -> bool:
    pattern = re.sub(r"<\w+>\*?", "*", name).rstrip("/")
    folders = ROOT, ROOT / "protos/quikstate/v1"
    return any(any(folder.glob(pattern)) for folder in folders) or any(
        any(folder.rglob(pattern)) for folder in (SERVER, ROOT / "tests")
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_documents_link_to_what_exists(document: Path) -> None:
    links = _LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["docs/ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_documents_name_paths_that_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = [word for code in _CODE.findall(text) for word in code.split(": ")[:1] if _PATH.fullmatch(word)]
    assert paths
    assert [path for path in paths if not _exists(path)] == []
