"""Commands as Redis reads them."""

from __future__ import annotations

from collections.abc import Callable

import hiredis

Argument = str | bytes | int

pack: Callable[[tuple[Argument, ...]], bytes] = hiredis.pack_command  # type: ignore[assignment] # typed for one word
"""One command, from its words."""
