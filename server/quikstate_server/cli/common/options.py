"""Options that several commands have."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from quikstate_server.cli.common.refusal import refuse as refuse  # also for those that import it from here

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0}


def seconds(text: str) -> float:
    """Parse a duration such as 500ms, 30s, 15m or 1h; 0 needs no unit."""
    if text == "0":
        return 0.0
    match = _DURATION.fullmatch(text)
    if not match:
        raise typer.BadParameter(f"{text!r} is not a duration such as 500ms, 30s, 15m or 1h")
    return float(match[1]) * _SECONDS[match[2]]


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """Parse texts of the form name=value."""
    split = [text.partition("=") for text in texts]
    for name, equals, value in split:
        if not (name and equals):
            raise typer.BadParameter(f"{name + value!r} is not of the form name=value")
    return {name: value for name, _, value in split}


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def require_terminal(command: str) -> None:
    """End `command`, which asks for confirmation, if there is no terminal to ask on.

    A command asks if an error would destroy much: if it hits what its words do not name one by one, or takes
    a lock from its holders. It first reads what it will hit, and says so with `confirm`.
    """
    if not sys.stdin.isatty():
        refuse(f"{command}: no terminal to confirm on; pass --yes")


def confirm(question: str) -> None:
    """Ask on the terminal, and end the command unless the answer is yes."""
    typer.confirm(question, abort=True, err=True)
