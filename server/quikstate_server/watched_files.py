"""Files that the server reads again when they change.

They are polled: that shows what inotify does not, such as a mounted ConfigMap.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

POLL_SECONDS = 0.5
"""Interval at which files are looked at."""


def file_versions(paths: Sequence[Path]) -> Sequence[object]:
    """Return values that change with the files, whether they are written in place or replaced."""
    return [_version(path) for path in paths]


def _version(path: Path) -> object:
    try:
        stat = path.stat()
    except OSError as error:
        return error.errno
    except ValueError:  # no file can have this name
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_dev, stat.st_size


async def changes(
    paths: Callable[[], Sequence[Path]], known: Sequence[object], poll_seconds: float = POLL_SECONDS
) -> AsyncIterator[None]:
    """Yield whenever a file has changed since its versions were `known`, which were taken before it was read.

    A change while the files are read makes new versions, so that they are read once more. `paths` may return
    others then.
    """
    while True:
        await asyncio.sleep(poll_seconds)
        versions = await asyncio.to_thread(file_versions, paths())
        if versions != known:
            known = versions
            yield
