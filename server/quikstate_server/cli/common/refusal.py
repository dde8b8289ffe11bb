"""Ends a command that cannot begin. It imports nothing slow: `ping` uses it too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from quikstate_server.cli import REFUSED
from quikstate_server.cli.common.output import complain


def refuse(why: str) -> NoReturn:
    """End the command, which could not begin, with one line."""
    complain(why)
    sys.exit(REFUSED)


@contextmanager
def exit_on_refusal() -> Iterator[None]:
    """End the program with a line for each wrong setting if StartRefused is raised inside."""
    from quikstate_server.settings import StartRefused

    try:
        yield
    except StartRefused as refused:
        for line in refused.lines:
            complain(line)
        sys.exit(REFUSED)
