"""Commands in the protocol of Redis."""

from __future__ import annotations

from collections.abc import Callable

import hiredis

Argument = str | bytes | int

pack: Callable[[tuple[Argument, ...]], bytes] = hiredis.pack_command  # type: ignore[assignment] # typed for one word
"""Returns the bytes of one command, from its name and arguments."""
