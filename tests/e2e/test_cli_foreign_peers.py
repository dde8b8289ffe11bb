"""A command that is pointed at another program's port says in one line what is there.

The other programs are what these tests serve, not quikstate on a transport: they run once.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from support.server.command import quikstate

PEERS = {
    "HTTP/1": (b"", b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "an HTTP/1 server"),
    "SSH": (b"SSH-2.0-OpenSSH_9.2\r\n", b"Invalid SSH identification string.\r\n", "an SSH server"),
    "Redis": (
        b"",
        b"-ERR unknown command 'PRI', with args\r\n",
        "a Redis server",
    ),
    "TLS": (b"", b"\x15\x03\x03\x00\x02\x02\x0a", "may need TLS"),
    "another": (b"", b"500 what do you mean?\r\n", "does not speak gRPC"),
}
"""What they say first, what they answer, and what the command says of them."""


@contextmanager
def speaking(greeting: bytes, answer: bytes) -> Iterator[str]:
    """Serve connections with fixed words; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(greeting)
                    if connection.recv(4_096):
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("name", PEERS)
def test_command_says_what_is_on_a_port_without_grpc(name: str) -> None:
    greeting, answer, words = PEERS[name]
    with speaking(greeting, answer) as address:
        for command, status in (["ping", address], 1), (["lock", "ls", "--addr", address], 69):
            failed = quikstate(*command)
            assert (failed.returncode, words in failed.stderr) == (status, True), failed.stderr
            assert len(failed.stderr.splitlines()) == 1


def test_command_with_tls_says_that_the_port_is_plain() -> None:
    greeting, answer, words = PEERS["Redis"]
    with speaking(greeting, answer) as address:
        for command in ["ping", address, "--tls"], ["lock", "ls", "--addr", address, "--tls"]:
            assert words in quikstate(*command).stderr
