"""What a worker tells the processes beside it: one question a connection, on a unix socket of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

_SECONDS = 1.0
Answer = Callable[[], bytes]


async def answer(path: Path, answers: Mapping[str, Answer]) -> asyncio.Server:
    """Answer questions by their names at `path`, until the server that is returned is closed."""

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            question = (await reader.readline()).decode().strip()
            writer.write(answers[question]() if question in answers else b"")
            await writer.drain()
        except ConnectionError:
            pass  # whoever asked has gone
        finally:
            writer.close()

    return await asyncio.start_unix_server(on_connection, path)


def ask(path: Path, question: str) -> bytes:
    """The answer, within a second; OSError if there is none."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(str(path))
        connection.sendall(f"{question}\n".encode())
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
        return b"".join(parts)
