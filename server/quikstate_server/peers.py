"""The other processes of this server, which are asked for what the whole server has to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

AnswerQuestion = Callable[[str], str]
"""Answer a question of a peer, given its argument. It must return at once."""


class Peers:
    """The peers of a process: none for a server that is one process. Workers have their own kind."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        """The number of this process among its peers, 1 and up; 0 for a server that is one process."""
        self.answers: dict[str, AnswerQuestion] = {}
        """The function that answers each question of a peer. The name of a question has no spaces."""

    async def ask(self, question: str, argument: str) -> Sequence[str]:  # noqa: ARG002 - there are none
        """Return the answers of all peers that answer in time."""
        return ()
