"""Ends a command whose settings are wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from quikstate_server.cli import REFUSED
from quikstate_server.cli.common.output import complain
from quikstate_server.settings import StartRefused


@contextmanager
def exit_on_refusal() -> Iterator[None]:
    """End the program with a line for each wrong setting if StartRefused is raised inside."""
    try:
        yield
    except StartRefused as refused:
        for line in refused.lines:
            complain(line)
        sys.exit(REFUSED)
