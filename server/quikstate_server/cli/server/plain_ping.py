"""`quikstate ping` without typer and pydantic: containers run it every few seconds."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from quikstate_server.cli import SIGNALLED, UNTRUE
from quikstate_server.cli.common.plain_connection import parse_plain_words, plain_variables
from quikstate_server.cli.context.chosen import choose_server
from quikstate_server.cli.server import ping

DEFAULT_SECONDS = 3.0
LEAST_SECONDS = 0.001


def run_plain(words: Sequence[str]) -> bool:
    """Ping as the words say, and end the program as typer would.

    Return False, with nothing done, if only typer can parse them.
    """
    parsed, variables = parse_plain_words(words, ("service", "timeout")), plain_variables()
    if parsed is None or variables is None or len(parsed.arguments) > 1:
        return False
    seconds = _seconds(parsed.options.get("timeout"))
    if seconds is None:
        return False
    flags = {**parsed.connection, **({"addr": parsed.arguments[0]} if parsed.arguments else {})}
    try:
        server = choose_server(flags, variables)
        json = bool(parsed.options.get("json"))
        is_serving = ping.run(server, parsed.options.get("service", ""), seconds, json=json)
    except KeyboardInterrupt:
        sys.exit(SIGNALLED + signal.SIGINT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains as it exits
        sys.exit(UNTRUE)
    sys.exit(0 if is_serving else UNTRUE)


def _seconds(text: str | None) -> float | None:
    """Return the timeout; None for one that typer would refuse."""
    if text is None:
        return DEFAULT_SECONDS
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if LEAST_SECONDS <= seconds < float("inf") else None
