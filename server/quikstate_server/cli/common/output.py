"""Output of commands: tables for people, JSON for programs, one line for an error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence


def say(text: str) -> None:
    """Print a line at once, whoever reads it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(what: str) -> None:
    """Print one line on standard error."""
    sys.stderr.write(f"quikstate: {what}\n")
    sys.stderr.flush()


def say_json(value: object) -> None:
    say(json.dumps(value, indent=2, ensure_ascii=False))


def say_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print aligned columns, of which the last is not cut, so that whole lines can be searched and copied."""
    from wcwidth import wcswidth  # slow, as in a command without tables

    def cells(text: str) -> int:
        """Return how wide a terminal shows a text: CJK and emoji take two cells; control characters none."""
        width: int = wcswidth(text)
        return width if width >= 0 else len(text)

    lines = [[title.upper() for title in titles], *map(list, rows)]
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = [cell + " " * (width - cells(cell)) for cell, width in zip(line, widths, strict=True)]
        say("  ".join(padded).rstrip())
