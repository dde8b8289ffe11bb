"""Tells whether a file has changed. Who polls it sees what inotify does not, such as a mounted ConfigMap."""

from __future__ import annotations

from pathlib import Path

POLL_SECONDS = 1.0
"""Interval at which a file is looked at that the server reads again when it changes."""


def file_version(path: Path) -> object:
    """Return a value that changes with the file, whether it is written in place or replaced."""
    try:
        stat = path.stat()
    except OSError as error:
        return error.errno
    return stat.st_mtime_ns, stat.st_ino, stat.st_dev, stat.st_size
