"""The other processes of this server, for answers that are the server's and not one process's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

AnswerQuestion = Callable[[str], str]
"""Answer a question of a peer, given its argument. It must return at once."""


class Peers:
    """The peers of a process: none for a server that is one process. Workers have their own kind."""

    def __init__(self) -> None:
        self.answers: dict[str, AnswerQuestion] = {}
        """What answers each question that this process is asked. The name of a question has no spaces."""

    async def ask(self, question: str, argument: str) -> Sequence[str]:  # noqa: ARG002 - there are none
        """Return the answers of all peers that answer in time."""
        return ()
