"""Docstrings begin with a verb (PEP 257), and a public class name means one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from support.harness.checkout import SERVER

# fmt: off
NO_VERBS = frozenset(
    {
        "A", "After", "All", "An", "As", "At", "Because", "Before", "Between", "Both", "But", "By",
        "Each", "Every", "Everything", "False", "For", "From", "Here", "How", "If", "In", "It", "Its",
        "Just", "Less", "More", "Most", "No", "Nobody", "None", "Not", "Nothing", "Of", "On", "Once",
        "One", "Ones", "Only", "Other", "Others", "Same", "So", "Some", "Such", "That", "The", "Their",
        "There", "These", "They", "This", "Those", "To", "True", "Two", "Under", "Until", "What",
        "Whatever", "When", "Where", "Whether", "Which", "While", "Who", "Whom", "Whose", "Why", "With",
        "Within", "Without",
    }
)
# fmt: on
"""Words that begin no imperative sentence. A review finds the nouns and adjectives."""


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SERVER.rglob("*.py")):
        yield path.relative_to(SERVER), ast.parse(path.read_text(encoding="utf-8"))


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    offenders = [
        f"{path}:{node.lineno} {node.name}: {docstring.splitlines()[0]}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (docstring := ast.get_docstring(node))
        and not _begins_with_verb(docstring)
    ]
    assert not offenders, "\n".join([f"{len(offenders)} docstrings:", *offenders])


def test_a_public_class_name_stands_in_one_module() -> None:
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(str(path))
    shared = [f"{name}: {', '.join(paths)}" for name, paths in sorted(modules.items()) if len(paths) > 1]
    assert not shared, "\n".join(["a name for each:", *shared])


def _begins_with_verb(docstring: str) -> bool:
    """Return False for a word of the list, a quoted name, or anything else that begins no sentence."""
    first = docstring.split()[0].rstrip(",.:;")
    return re.fullmatch(r"[A-Z][a-z]+(-[a-z]+)*", first) is not None and first not in NO_VERBS
