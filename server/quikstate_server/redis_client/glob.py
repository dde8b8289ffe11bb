"""Redis's glob patterns, in SCAN and PSUBSCRIBE."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([*?\[\]\\])")


def escape_glob(text: str) -> str:
    """Return a pattern that matches `text` alone."""
    return _SPECIAL.sub(r"\\\1", text)
