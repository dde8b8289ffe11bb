"""The control socket of a worker, on which it answers its peers: one question per connection."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path

from quikstate_server.peers import AnswerQuestion, Peers

METRICS_QUESTION = "metrics"
"""The question for all metrics of a worker, in the OpenMetrics text format."""
READINESS_QUESTION = "readiness"
"""The question why a worker is not ready."""
READY_ANSWER = "ready"
"""The answer of a worker that is ready. The empty answer comes from one that does not know the question."""
_TIMEOUT_SECONDS = 1.0
_SUFFIX = ".sock"


class WorkerPeers(Peers):
    """The other workers, whose sockets are in the folder of this worker's own, `path`."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(number)
        self._path = path

    async def ask(self, question: str, argument: str) -> Sequence[str]:
        """Return the answers of all other workers that answer within a second."""
        paths = [path for path in self._path.parent.glob(f"*{_SUFFIX}") if path != self._path]
        answers = await asyncio.gather(
            *(asyncio.to_thread(ask, path, question, argument) for path in paths), return_exceptions=True
        )
        return [answer for answer in answers if isinstance(answer, str)]


def control_socket_path(folder: Path, number: int) -> Path:
    """Return the path of a worker's control socket."""
    return folder / f"{number}{_SUFFIX}"


async def serve(path: Path, answers: Mapping[str, AnswerQuestion]) -> asyncio.Server:
    """Answer questions at `path` until the returned server is closed."""

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            question, _, argument = (await reader.readline()).decode().strip().partition(" ")
            writer.write(answers[question](argument).encode() if question in answers else b"")
            await writer.drain()
        except ConnectionError:
            pass  # the peer is gone
        finally:
            writer.close()

    return await asyncio.start_unix_server(on_connection, path, limit=1 << 20)


def ask(path: Path, question: str, argument: str = "") -> str:
    """Return a worker's answer; raise OSError if there is none within a second."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_TIMEOUT_SECONDS)
        connection.connect(str(path))
        connection.sendall(f"{question} {argument}\n".encode())
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
        return b"".join(parts).decode()
