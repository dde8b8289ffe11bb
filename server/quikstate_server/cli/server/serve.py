"""`quikstate serve`: runs a server, or a supervisor of several processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

import uvloop

from quikstate_server.cli import SIGNALLED, UNTRUE
from quikstate_server.cli.common.plain_flags import parse_plain_flags
from quikstate_server.cli.common.refusal import exit_on_refusal
from quikstate_server.garbage_collection import pause_collection
from quikstate_server.settings import Configuration, read


def run_plain(words: Sequence[str]) -> bool:
    """Serve with the settings in `words`, and end the program as typer would.

    Return False, with nothing done, if only typer can parse them.
    """
    pause_collection()
    flags = parse_plain_flags(words)
    if flags is None:
        return False
    try:
        with exit_on_refusal():
            run(read(flags.values, flags.file))
    except KeyboardInterrupt:
        sys.exit(SIGNALLED + signal.SIGINT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains as it exits
        sys.exit(UNTRUE)
    return True


def run(configuration: Configuration) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    if configuration.settings.workers > 1:
        from quikstate_server.workers.supervisor import supervise

        uvloop.run(supervise(configuration))
    else:
        from quikstate_server.serving import serve

        uvloop.run(serve(configuration))
