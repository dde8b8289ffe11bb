"""A driver: the process that makes one language's calls, told what to do in lines of JSON."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

Answer = dict[str, Any]


class DriverError(Exception):
    """The driver ended, or said what it should not."""


class Driver:
    def __init__(self, command: Sequence[str], folder: Path, address: str) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | {"QUIKSTATE_ADDR": address},  # noqa: TID251 - the child's is ours, and where to call
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Driver:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def tell(self, **command: Any) -> Answer:
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise DriverError("the driver has ended") from None
        line = self._process.stdout.readline()
        if not line:
            raise DriverError(f"the driver ended instead of answering {command}")
        try:
            answer: Answer = json.loads(line)
        except ValueError:
            raise DriverError(f"the driver said {line!r}") from None
        return answer
