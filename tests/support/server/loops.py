"""The event loop of the tests: the server's, and it says what a test left open."""

from __future__ import annotations

import warnings

import uvloop


class Loop(uvloop.Loop):
    """uvloop warns of open transports in the midst of closing, where an error makes it wait for ever."""

    def close(self) -> None:
        with warnings.catch_warnings(record=True) as left_open:
            warnings.simplefilter("always", ResourceWarning)
            super().close()
        if left_open:
            raise ResourceWarning("; ".join(str(warning.message) for warning in left_open))
