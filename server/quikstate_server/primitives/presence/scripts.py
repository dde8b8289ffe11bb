"""Loads the scripts of presence, and holds the bounds that they share."""

from __future__ import annotations

import math

from quikstate_server.redis_client.script import Script, load_script

MAX_BATCH = 100
"""The largest number of users or workspaces that one script reaps."""
UPDATE_SECONDS = 5.0
"""The deadline of an update that takes several scripts, from the first to the last."""
TOMBSTONE_MS = 2 * round(UPDATE_SECONDS * 1_000)
"""How long a workspace remembers who left, so that a script which arrives late is known to be late."""


def load_presence_script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    """Load a script of presence with the files that it shares with others."""
    flags = "allow-oom" if allow_oom else ""
    return load_script(__package__, file, *parts, flags=flags, read_only=read_only)


def milliseconds(seconds: float) -> int:
    """Convert seconds, rounded up."""
    return math.ceil(seconds * 1_000)
