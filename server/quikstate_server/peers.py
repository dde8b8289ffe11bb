"""The other processes of this server, for answers that are the server's and not one process's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Answer = Callable[[str], str]
"""What this process answers to a question about something; it must return at once."""


class Peers:
    """Of a server that is one process: there are none. Workers have a kind of their own."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        """What this process answers, by the name of the question: no word of it has a space."""

    async def ask(self, question: str, about: str) -> Sequence[str]:  # noqa: ARG002 - nobody is asked
        """The answer of each other process that gives one in time."""
        return ()
