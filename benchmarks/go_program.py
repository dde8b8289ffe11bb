"""The Go program in `gocaller/`: a caller for what h2load cannot do, and grpc-go's empty call."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from benchmarks.processes import BenchmarkFailed

_SOURCE = Path(__file__).parent / "gocaller"
_BUILD_SECONDS = 600


@cache
def go_program() -> Path:
    """Return the program, built if need be; BenchmarkFailed where there is no Go."""
    if not shutil.which("go"):
        raise BenchmarkFailed("needs Go, which is not installed")
    built = _SOURCE.parent.parent / "build" / "benchmarks" / "gocaller"
    done = subprocess.run(
        ["go", "build", "-o", built, "."],
        cwd=_SOURCE,
        capture_output=True,
        text=True,
        timeout=_BUILD_SECONDS,
        check=False,
    )
    if done.returncode:
        raise BenchmarkFailed(f"needs a Go program that could not be built: {done.stderr.strip()}")
    return built


def go_command(flags: Mapping[str, object]) -> list[str]:
    return [str(go_program()), *(f"-{name}={value}" for name, value in flags.items())]


def delimited(messages: Sequence[bytes]) -> bytes:
    """Return the messages, each after its length."""
    return b"".join(_varint(len(message)) + message for message in messages)


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
