"""What a worker tells the processes beside it: one question a connection, on a unix socket of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from quikstate_server.peers import Answer, Peers

READINESS = "readiness"
"""The question why a worker is not ready."""
READY = "ready"
"""The answer of one that is: an empty one is that of a worker that knows no such question."""
_SECONDS = 1.0
_SUFFIX = ".sock"


class Workers(Peers):
    """Each has a socket in a folder that is theirs alone; `path` is ours."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    async def ask(self, question: str, about: str) -> Sequence[str]:
        others = [path for path in self._path.parent.glob(f"*{_SUFFIX}") if path != self._path]
        told = await asyncio.gather(
            *(asyncio.to_thread(ask, path, question, about) for path in others), return_exceptions=True
        )
        return [one for one in told if isinstance(one, str)]


def socket_in(folder: Path, number: int) -> Path:
    """Where a worker answers."""
    return folder / f"{number}{_SUFFIX}"


async def answer(path: Path, answers: Mapping[str, Answer]) -> asyncio.Server:
    """Answer questions by their names at `path`, until the server that is returned is closed."""

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            question, _, about = (await reader.readline()).decode().strip().partition(" ")
            writer.write(answers[question](about).encode() if question in answers else b"")
            await writer.drain()
        except ConnectionError:
            pass  # whoever asked has gone
        finally:
            writer.close()

    return await asyncio.start_unix_server(on_connection, path, limit=1 << 20)


def ask(path: Path, question: str, about: str = "") -> str:
    """The answer, within a second; OSError if there is none."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(str(path))
        connection.sendall(f"{question} {about}\n".encode())
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
        return b"".join(parts).decode()
