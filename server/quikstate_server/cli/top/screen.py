"""A terminal that shows one frame over the other, and what stands in its place without one."""

from __future__ import annotations

import os
import select
import shutil
import sys
import termios
import time
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from quikstate_server.cli.common.output import say

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""Another screen without a cursor, and back."""
_HOME, _END_LINE, _END_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"
_QUIT = b"q"
_MOST_KEYS = 64


class Display(Protocol):
    """Where frames are shown."""

    @property
    def size(self) -> tuple[int, int]:
        """Return how many columns and lines a frame may have."""

    def show(self, lines: Sequence[str]) -> None:
        """Show a frame."""

    def wait(self, seconds: float) -> bool:
        """Wait for the next look; return False to end."""


class Paper:
    """Prints each frame below the last one."""

    size = (120, 60)

    def show(self, lines: Sequence[str]) -> None:
        say("\n".join([*lines, ""]))

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)  # in a command with one thread
        return True


class Screen:
    """Draws each frame in place of the last one; the key q ends."""

    @property
    def size(self) -> tuple[int, int]:
        return shutil.get_terminal_size()

    def show(self, lines: Sequence[str]) -> None:
        ended = (f"{line}{_END_LINE}" for line in lines)
        sys.stdout.write(_HOME + "\r\n".join(ended) + _END_SCREEN)
        sys.stdout.flush()

    def wait(self, seconds: float) -> bool:
        ends_at = time.monotonic() + seconds
        while (left := ends_at - time.monotonic()) > 0:
            ready, _, _ = select.select([sys.stdin], [], [], left)
            keys = os.read(sys.stdin.fileno(), _MOST_KEYS) if ready else None
            if keys == b"" or (keys and _QUIT in keys):
                return False
        return True


@contextmanager
def display() -> Iterator[Display]:
    """Use the terminal while entered, and leave it as it was; without one, print."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield Paper()
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    sys.stdout.write(_ENTER)
    try:
        yield Screen()
    finally:
        sys.stdout.write(_LEAVE)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
